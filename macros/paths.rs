//! The only file that spells crate paths.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

/// Where generated code finds the runtime.
#[derive(Clone)]
pub struct Paths {
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
        Paths { private: quote!(#root::private) }
    }
}

impl Paths {
    /// `private`, for an error that stands at `span`.
    pub fn private_at(&self, span: Span) -> TokenStream {
        let tokens = self.private.clone().into_iter().map(|mut token| {
            token.set_span(span);
            token
        });
        tokens.collect()
    }
}

/// The short name that [`import`](Paths::import) gives to the module.
const SHORT: &str = "__rc";

impl Paths {
    /// `use ::refcycle::private as __rc;`
    pub fn import(&self) -> TokenStream {
        let (private, short) = (&self.private, Ident::new(SHORT, Span::call_site()));
        quote!(use #private as #short;)
    }

    /// The paths for where that import holds.
    pub fn imported() -> Self {
        Paths { private: Ident::new(SHORT, Span::call_site()).to_token_stream() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_path_replaces_the_crates_own() {
        let path = syn::parse_quote!(crate::deps::rc);
        assert_eq!(Paths::new(None).private.to_string(), ":: refcycle :: private");
        assert_eq!(Paths::new(Some(&path)).private.to_string(), "crate :: deps :: rc :: private");
    }
}
