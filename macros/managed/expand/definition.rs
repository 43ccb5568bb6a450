//! The type itself, as the user wrote it but for what `mut` and `weak` change.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, Fields, Member, Meta, Path, Token, Visibility, parse_quote};

use super::serde;
use crate::managed::item::Item;

/// ```text
/// pub struct Node {
///     pub name: String,
///     __next: ::refcycle::private::Field<Option<Gc<Node>>>,
/// }
/// ```
pub fn definition(item: &Item) -> TokenStream {
    let mut input = item.input.clone();
    for attr in &mut input.attrs {
        remove_derives(attr, item);
    }
    input.attrs.retain(|attr| !is_empty_derive(attr));
    if let Data::Struct(data) = &mut input.data {
        let stored = &item.variants[0].fields;
        for (field, stored) in data.fields.iter_mut().zip(stored).filter(|(_, stored)| stored.is_mutable()) {
            field.ty = syn::Type::Verbatim(stored.stored_type(&item.paths));
            field.vis = Visibility::Inherited;
            field.attrs.extend(serde::rename(item, stored, &field.attrs));
            if let Member::Named(name) = &stored.member {
                field.ident = Some(name.clone());
            }
        }
        if let (true, Fields::Named(fields)) = (item.is_sealed(), &mut data.fields) {
            fields.named.push(seal(item));
        }
        if item.options.this.is_some() {
            add_this(&mut data.fields, item);
            let is_tuple = matches!(data.fields, Fields::Unnamed(_));
            data.semi_token = is_tuple.then(Default::default);
        }
    }
    input.into_token_stream()
}

/// The field that keeps others from writing literals.
fn seal(item: &Item) -> syn::Field {
    let private = &item.paths.private;
    let skip = serde::has_serde(item).then(|| quote!(#[serde(skip)]));
    parse_quote!(#skip __made_by_new: #private::MadeByNew)
}

/// The hidden word with the object's own pointer.
fn add_this(fields: &mut Fields, item: &Item) {
    let private = &item.paths.private;
    let skip = serde::has_serde(item).then(|| quote!(#[serde(skip)]));
    match fields {
        Fields::Named(fields) => fields.named.push(parse_quote!(#skip __this: #private::This<Self>)),
        Fields::Unnamed(fields) => fields.unnamed.push(parse_quote!(#skip #private::This<Self>)),
        Fields::Unit => *fields = Fields::Named(parse_quote!({ #skip __this: #private::This<Self> })),
    }
}

/// Takes `Debug` out of the derives: the crate has its own, which ends on a cycle. `Hash` too where it is refused.
fn remove_derives(attr: &mut Attribute, item: &Item) {
    if !attr.path().is_ident("derive") {
        return;
    }
    let Meta::List(list) = &mut attr.meta else { return };
    let Ok(derives) = list.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated) else {
        return;
    };
    let has_mutable = item.fields().any(|field| field.is_mutable());
    let is_removed = |path: &Path| {
        path.segments.last().is_some_and(|last| last.ident == "Debug" || has_mutable && last.ident == "Hash")
    };
    if derives.iter().any(is_removed) {
        let others = derives.iter().filter(|path| !is_removed(path));
        list.tokens = quote!(#(#others),*);
    }
}

fn is_empty_derive(attr: &Attribute) -> bool {
    matches!(&attr.meta, Meta::List(list) if list.path.is_ident("derive") && list.tokens.is_empty())
}
