//! Scripts as source text, and the errors they get, by line and column.

mod any;
mod classes;
mod constants;
mod defaults;
mod errors;
mod generators;
mod modules;
mod rust;
mod settled;
mod suits;
mod types;

use proc_macro2::{TokenStream, TokenTree};

use super::parse::parse;
use super::{flow, infer, model, overrides, scope};
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
    overrides::check(&script, &model, report);
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

/// Scripts that the tests of robustness start from.
const SAMPLES: &[&str] = &[
    include_str!("../samples/everything.script"),
    include_str!("../samples/ring.script"),
    include_str!("../samples/programs.script"),
];

/// The tokens of a script after all stages, errors included; a panic fails the test.
fn expanded(stream: TokenStream) -> TokenStream {
    super::expand_script(stream, &crate::paths::Paths::new(None))
}

/// All token sequences that leave out the end of a script, inside its groups too.
fn prefixes(stream: &TokenStream) -> Vec<TokenStream> {
    let trees: Vec<TokenTree> = stream.clone().into_iter().collect();
    let mut found = Vec::new();
    for (at, tree) in trees.iter().enumerate() {
        let before: TokenStream = trees[..at].iter().cloned().collect();
        found.push(before.clone());
        if let TokenTree::Group(group) = tree {
            for inner in prefixes(&group.stream()) {
                let mut shorter = proc_macro2::Group::new(group.delimiter(), inner);
                shorter.set_span(group.span());
                let mut prefix = before.clone();
                prefix.extend([TokenTree::Group(shorter)]);
                found.push(prefix);
            }
        }
    }
    found
}

#[test]
fn every_prefix_of_a_script_expands() {
    for sample in SAMPLES {
        let stream: TokenStream = sample.parse().expect("the sample must lex");
        for (at, prefix) in prefixes(&stream).into_iter().enumerate() {
            let mut report = Report::new();
            let _ = parse(prefix.clone(), &mut report);
            let _ = report.into_errors();
            // All stages take longer: an unoptimised build has no time for all of them.
            if at % 16 == 0 {
                expanded(prefix);
            }
        }
    }
}

/// A small generator of numbers, so that a failing mutation is found again.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or_default()
    }
}

/// A script with a token removed, doubled, or replaced by another one of its tokens, somewhere inside.
fn mutated(stream: &TokenStream, pool: &[TokenTree], random: &mut Random) -> TokenStream {
    let mut trees: Vec<TokenTree> = stream.clone().into_iter().collect();
    if trees.is_empty() {
        return stream.clone();
    }
    let at = random.below(trees.len());
    if let TokenTree::Group(group) = &trees[at]
        && random.below(4) > 0
    {
        let inner = mutated(&group.stream(), pool, random);
        let mut changed = proc_macro2::Group::new(group.delimiter(), inner);
        changed.set_span(group.span());
        trees[at] = TokenTree::Group(changed);
        return trees.into_iter().collect();
    }
    match random.below(4) {
        0 => {
            trees.remove(at);
        }
        1 => trees.insert(at, trees[at].clone()),
        2 => trees[at] = pool[random.below(pool.len())].clone(),
        _ => trees.insert(at, pool[random.below(pool.len())].clone()),
    }
    trees.into_iter().collect()
}

fn all_trees(stream: &TokenStream, pool: &mut Vec<TokenTree>) {
    for tree in stream.clone() {
        if let TokenTree::Group(group) = &tree {
            all_trees(&group.stream(), pool);
        }
        pool.push(tree);
    }
}

#[test]
fn mutated_scripts_expand() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for sample in SAMPLES {
        let stream: TokenStream = sample.parse().expect("the sample must lex");
        let mut pool = Vec::new();
        all_trees(&stream, &mut pool);
        for _ in 0..40 {
            let mut changed = stream.clone();
            for _ in 0..=random.below(3) {
                changed = mutated(&changed, &pool, &mut random);
            }
            expanded(changed);
        }
    }
}

/// An editor expands a script twice, with and without a marker at the cursor: what stands before it must be the same.
#[test]
fn what_stands_before_the_cursor_does_not_depend_on_it() {
    let cases = [
        ("class Node { name: str; } def f(n: Node) { print(1); n.| }", "n.marker"),
        ("def f(x: int) -> int { y = x + 1; | }", "marker"),
        ("class A { x: int; def f(self) { self.| } }", "self.marker"),
        ("use class shapes::Node; def f(n: Node) { print(1); n.| }", "n.marker"),
    ];
    for (source, _) in cases {
        let without = expanded(source.replace('|', "").parse().expect("lexes")).to_string();
        let with = expanded(source.replace('|', "marker").parse().expect("lexes")).to_string();
        let common = without.bytes().zip(with.bytes()).take_while(|(left, right)| left == right).count();
        let at = with.find("marker").expect("the marker is in the output, as the user's own token");
        assert!(common + 1 >= at.min(without.len()), "{source}: the outputs differ before the cursor");
    }
}

#[test]
fn what_does_not_parse_is_passed_on() {
    let text = expanded("class A { x: int; } def f(a: A) { a. }".parse().expect("lexes")).to_string();
    assert!(text.contains(". }") || text.contains(". ;") || text.contains(". )"), "{text}");
}
