//! `#[managed]` and `#[derive(Trace)]`: tokens → item → check → expand.

mod check;
mod expand;
mod implementation;
mod item;
mod options;
#[cfg(test)]
mod tests;
mod types;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput, GenericParam};

use crate::paths::Paths;
use crate::report::{Report, guarded};
use item::{Item, Role};

/// `#[managed(args)] input`
pub fn attribute(args: TokenStream, input: TokenStream) -> TokenStream {
    guarded(input.clone(), || {
        let mut report = Report::new();
        let output = match report.ok(syn::parse2::<syn::Item>(input.clone())) {
            Some(item) => attribute_on(args, item, &mut report),
            None => input,
        };
        let errors = report.into_tokens();
        quote!(#output #errors)
    })
}

/// `#[derive(Trace)] input`
pub fn derive(input: TokenStream) -> TokenStream {
    guarded(TokenStream::new(), || {
        let mut report = Report::new();
        let input = report.ok(syn::parse2::<DeriveInput>(input));
        let output = input.map(|input| part(input, &mut report));
        let errors = report.into_tokens();
        quote!(#output #errors)
    })
}

fn attribute_on(args: TokenStream, item: syn::Item, report: &mut Report) -> TokenStream {
    if let Some((span, message)) = check::misplaced(&item) {
        report.error(span, message);
        return item.into_token_stream();
    }
    match item {
        syn::Item::Struct(item) => object(args, item.into(), report),
        syn::Item::Enum(item) => object(args, item.into(), report),
        syn::Item::Union(item) => object(args, item.into(), report),
        syn::Item::Impl(item) => {
            let root = options::of_impl(args, report);
            implementation::expand(item, &Paths::new(root.as_ref()), report)
        }
        _ => unreachable!("check::misplaced() lets no other item through"),
    }
}

fn object(args: TokenStream, input: DeriveInput, report: &mut Report) -> TokenStream {
    let options = options::of_type(args, report);
    let mut item = Item::new(Role::Object, input, options, report);
    check::item(&item, report);
    if is_hopeless(&item) {
        return item.input.to_token_stream();
    }
    if item.is_enum() {
        item.options.this = None;
    }
    expand::object(item)
}

fn part(input: DeriveInput, report: &mut Report) -> TokenStream {
    let options = options::of_part(&input.attrs, report);
    let item = Item::new(Role::Part, input, options, report);
    check::item(&item, report);
    if is_hopeless(&item) {
        return TokenStream::new();
    }
    expand::part(item)
}

/// Whether nothing but the type itself could be emitted without errors that nobody can read.
fn is_hopeless(item: &Item) -> bool {
    let has_lifetime = item.input.generics.params.iter().any(|param| matches!(param, GenericParam::Lifetime(_)));
    has_lifetime || matches!(item.input.data, Data::Union(_))
}
