//! The only file that spells crate paths.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// Where generated code finds the runtime.
#[derive(Clone)]
pub struct Paths {
    /// `::refcycle`, or what `crate = path` says.
    pub root: TokenStream,
    /// The module with everything that generated code names: `::refcycle::private`.
    pub private: TokenStream,
}

impl Paths {
    /// `root`: the path given with `crate = path`, if any.
    pub fn new(root: Option<&syn::Path>) -> Self {
        let root = match root {
            Some(path) => path.to_token_stream(),
            None => quote!(::refcycle),
        };
        let private = quote!(#root::private);
        Paths { root, private }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_path_replaces_the_crates_own() {
        let path = syn::parse_quote!(crate::deps::rc);
        assert_eq!(
            Paths::new(None).private.to_string(),
            ":: refcycle :: private"
        );
        assert_eq!(
            Paths::new(Some(&path)).private.to_string(),
            "crate :: deps :: rc :: private"
        );
    }
}
