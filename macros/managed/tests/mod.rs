//! Unit tests on source text: errors with their places, expansions as text.

mod derive;
mod expansions;
mod fields;
mod implementations;
mod mutations;
mod options;
mod types;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Item, Meta};

use crate::report::Report;

/// Expands the item in `source`, which carries `#[managed]` or `#[derive(Trace)]` as its first attribute.
fn expand(source: &str) -> (TokenStream, Vec<syn::Error>) {
    expand_item(syn::parse_str(source).expect("the test's source parses"))
}

fn expand_item(mut item: Item) -> (TokenStream, Vec<syn::Error>) {
    let attr = attributes(&mut item).remove(0);
    let mut report = Report::new();
    let output = if attr.path().is_ident("managed") {
        let args = match attr.meta {
            Meta::List(list) => list.tokens,
            _ => TokenStream::new(),
        };
        super::attribute_on(args, item, &mut report)
    } else {
        let tokens = item.to_token_stream();
        // A derive stands on nothing but a struct, an enum or a union.
        let impls = syn::parse2(tokens.clone()).ok().map(|input| super::part(input, &mut report));
        quote!(#tokens #impls)
    };
    (output, report.into_errors())
}

fn attributes(item: &mut Item) -> &mut Vec<Attribute> {
    match item {
        Item::Struct(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::Union(item) => &mut item.attrs,
        Item::Impl(item) => &mut item.attrs,
        Item::Trait(item) => &mut item.attrs,
        Item::Fn(item) => &mut item.attrs,
        Item::Type(item) => &mut item.attrs,
        Item::Mod(item) => &mut item.attrs,
        Item::Const(item) => &mut item.attrs,
        _ => panic!("no test needs this kind of item"),
    }
}

/// The errors of `source`, each as `line:column..end: message`.
#[track_caller]
fn check(source: &str, expected: &[&str]) {
    let (output, errors) = expand(source);
    let shown: Vec<String> = errors
        .iter()
        .map(|error| {
            let (start, end) = (error.span().start(), error.span().end());
            format!("{}:{}..{}: {error}", start.line, start.column + 1, end.column + 1)
        })
        .collect();
    assert_eq!(shown, expected, "\n--- found:\n{}\n", shown.join("\n"));
    // Whatever is wrong, what is emitted parses.
    syn::parse2::<syn::File>(output).expect("the expansion parses");
}
