//! `rust! { … }`: Rust in place.

use std::collections::BTreeSet;

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use super::Expander;
use super::name::Store;

impl Expander<'_> {
    /// The block as it is. A name of the script that is not kept as a plain variable is one in it, with a copy of the
    /// value.
    pub fn rust_block(&mut self, tokens: &TokenStream, span: Span) -> TokenStream {
        let mut names = BTreeSet::new();
        idents(tokens, &mut names);
        let mut lets = TokenStream::new();
        for name in names {
            let text = name.to_string();
            let text = text.strip_prefix("r#").unwrap_or(&text);
            let Some(var) = self.scopes.var(self.scope, text) else { continue };
            if matches!(self.store(var), Store::Slot | Store::Cell) {
                let place = self.var_ident(var, name.span());
                let value = self.read(var, span);
                lets.extend(quote!(let #place = #value;));
            }
        }
        quote!({ #lets #tokens })
    }
}

fn idents(tokens: &TokenStream, names: &mut BTreeSet<Ident>) {
    for tree in tokens.clone() {
        match tree {
            TokenTree::Ident(ident) => {
                names.insert(ident);
            }
            TokenTree::Group(group) => idents(&group.stream(), names),
            _ => {}
        }
    }
}
