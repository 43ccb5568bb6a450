//! Scripts as source text, and the errors they get, by line and column.

use proc_macro2::TokenStream;

use super::{flow, infer, model, scope};
use super::parse::parse;
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
    let source = include_str!("samples/everything.script");
    let found = reported(source, |stream, report| {
        let _ = parse(stream, report);
    });
    assert_eq!(found, "");
}
