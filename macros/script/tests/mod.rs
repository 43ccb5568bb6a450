//! Scripts as source text, and the errors they get, by line and column.

mod errors;

use proc_macro2::TokenStream;

use super::parse::parse;
use super::{flow, infer, model, scope};
use crate::report::Report;

/// The errors that `stage` reports for a script, one a line: `line:column message`.
fn reported(source: &str, stage: impl FnOnce(TokenStream, &mut Report)) -> String {
    let stream: TokenStream = source.parse().expect("the test's source must lex");
    let mut report = Report::new();
    stage(stream, &mut report);
    report
        .into_errors()
        .iter()
        .map(|error| {
            let start = error.span().start();
            format!("{}:{} {}\n", start.line, start.column + 1, error)
        })
        .collect()
}

/// All stages that report.
fn check(stream: TokenStream, report: &mut Report) {
    let (script, expressions) = parse(stream, report);
    let model = model::Model::new(&script, report);
    let mut scopes = scope::resolve(&script, report);
    flow::check(&script, &mut scopes, report);
    let _ = infer::infer(&script, expressions, &model, &scopes, report);
}

/// The errors of a whole script.
fn errors(source: &str) -> String {
    reported(source, check)
}

#[test]
fn a_script_of_everything_parses() {
    let source = include_str!("../samples/everything.script");
    let found = reported(source, |stream, report| {
        let _ = parse(stream, report);
    });
    assert_eq!(found, "");
}

/// The expansion of a script as formatted Rust, as a function's body.
fn expansion(source: &str) -> String {
    let stream: TokenStream = source.parse().expect("the test's source must lex");
    let tokens = super::expand_script(stream, &crate::paths::Paths::new(None));
    let file = quote::quote!(fn script() { #tokens });
    match syn::parse2::<syn::File>(file.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => format!("{error}\n{file}"),
    }
}

/// `SCRIPT=path cargo test -p refcycle-macros show -- --ignored --nocapture`
#[test]
#[ignore = "a tool, not a test"]
fn show() {
    let path = std::env::var("SCRIPT").expect("SCRIPT names a file");
    let source = std::fs::read_to_string(path).expect("the file can be read");
    let inside = source.find("gc_script!").and_then(|at| source[at..].find('{').map(|open| at + open + 1));
    let script = match (inside, source.rfind('}')) {
        (Some(open), Some(close)) => &source[open..close],
        _ => &source,
    };
    println!("{}", expansion(script));
}
