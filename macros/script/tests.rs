//! Scripts as source text, and the errors they get, by line and column.

use proc_macro2::TokenStream;

use super::parse::parse;
use crate::report::Report;

/// The errors of a script, one a line: `line:column message`.
fn errors(source: &str) -> String {
    let stream: TokenStream = source.parse().expect("the test's source must lex");
    let mut report = Report::new();
    let _ = parse(stream, &mut report);
    report
        .into_errors()
        .iter()
        .map(|error| {
            let start = error.span().start();
            format!("{}:{} {}\n", start.line, start.column + 1, error)
        })
        .collect()
}

#[test]
fn a_script_of_everything_parses() {
    assert_eq!(errors(include_str!("samples/everything.script")), "");
}
