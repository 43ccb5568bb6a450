//! `gc_script!`: from tokens to Rust.
//!
//! Every stage takes the report and goes on after an error; nothing can fail any more when `expand` begins.

mod asks;
mod builtin;
mod expand;
mod flow;
mod infer;
mod kind;
mod message;
mod model;
mod moves;
mod overrides;
mod parse;
mod pointer;
mod scope;
mod settle;
#[cfg(test)]
mod tests;
mod token;
mod tree;

use proc_macro2::TokenStream;
use quote::quote;

use self::asks::Asks;
use crate::paths::Paths;
use crate::report::{Report, guarded};

/// The entry: a panic below is the crate's own bug, and says so.
pub fn expand(stream: TokenStream) -> TokenStream {
    guarded(TokenStream::new(), || expand_script(stream, &Paths::new(None)))
}

/// Expands a script, and reports all its errors after it.
fn expand_script(stream: TokenStream, paths: &Paths) -> TokenStream {
    let mut report = Report::new();
    let asks = Asks::of(&stream);
    let (script, expressions) = parse::parse(stream, &mut report);
    let model = model::Model::new(&script, &mut report);
    overrides::check(&script, &model, &mut report);
    let mut scopes = scope::resolve(&script, &mut report);
    flow::check(&script, &mut scopes, &mut report);
    let types = infer::infer(&script, expressions, &model, &scopes, &mut report);
    let settled = settle::settle(&script, &model, &types);
    let pointers = pointer::find(&script, &model, &scopes, &types, &asks);
    let moves = moves::find(&script, &model, &scopes, &types, &asks);
    let facts = expand::Facts {
        model: &model,
        scopes: &scopes,
        types: &types,
        settled: &settled,
        pointers: &pointers,
        moves: &moves,
        asks: &asks,
    };
    let tokens = expand::expand(&script, facts, paths);
    // A program is an item, too: its `main`.
    let is_items = scope::is_items(&script) || script.main.is_some();
    let errors = report.into_tokens();
    match is_items || errors.is_empty() {
        true => quote!(#tokens #errors),
        // An expression takes only one expression: the errors come last in it.
        false => quote!({ #tokens; #errors }),
    }
}
