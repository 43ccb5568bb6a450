//! `gc_script!`: from tokens to Rust.
//!
//! Every stage takes the report and goes on after an error; nothing can fail any more when `expand` begins.

mod builtin;
mod flow;
mod infer;
mod kind;
mod message;
mod model;
mod parse;
mod scope;
#[cfg(test)]
mod tests;
mod token;
mod tree;

use proc_macro2::TokenStream;

use crate::report::Report;

/// All errors of a script.
fn check(stream: TokenStream, report: &mut Report) {
    let (script, expressions) = parse::parse(stream, report);
    let model = model::Model::new(&script, report);
    let mut scopes = scope::resolve(&script, report);
    flow::check(&script, &mut scopes, report);
    let _types = infer::infer(&script, expressions, &model, &scopes, report);
}
