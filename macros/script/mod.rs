//! `gc_script!`: from tokens to Rust.
//!
//! Every stage takes the report and goes on after an error; nothing can fail any more when `expand` begins.

mod builtin;
mod expand;
mod flow;
mod infer;
mod kind;
mod message;
mod model;
mod overrides;
mod parse;
mod scope;
#[cfg(test)]
mod tests;
mod token;
mod tree;

use proc_macro2::TokenStream;
use quote::quote;

use crate::paths::Paths;
use crate::report::{Report, guarded};

/// The entry: a panic below is the crate's own bug, and says so.
pub fn expand(stream: TokenStream) -> TokenStream {
    guarded(TokenStream::new(), || expand_script(stream, &Paths::new(None)))
}

/// Expands a script, and reports all its errors after it.
fn expand_script(stream: TokenStream, paths: &Paths) -> TokenStream {
    let mut report = Report::new();
    let counted = mentions(&stream, "getrefcount");
    let asks = ["any", "garbage", "get_objects", "get_referents", "get_referrers"];
    let asks = asks.into_iter().any(|name| mentions(&stream, name));
    let (script, expressions) = parse::parse(stream, &mut report);
    let model = model::Model::new(&script, &mut report);
    overrides::check(&script, &model, &mut report);
    let mut scopes = scope::resolve(&script, &mut report);
    flow::check(&script, &mut scopes, &mut report);
    let types = infer::infer(&script, expressions, &model, &scopes, &mut report);
    let tokens = expand::expand(&script, &model, &scopes, &types, paths, counted, asks);
    // A program is an item, too: its `main`.
    let is_items = scope::is_items(&script) || script.main.is_some();
    let errors = report.into_tokens();
    match is_items || errors.is_empty() {
        true => quote!(#tokens #errors),
        // An expression takes only one expression: the errors come last in it.
        false => quote!({ #tokens; #errors }),
    }
}

/// Whether a name occurs anywhere in a script.
fn mentions(stream: &TokenStream, name: &str) -> bool {
    stream.clone().into_iter().any(|tree| match tree {
        proc_macro2::TokenTree::Ident(ident) => ident == name,
        proc_macro2::TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}
