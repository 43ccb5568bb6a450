//! What several emitters need.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{GenericParam, Generics, WherePredicate, parse_quote};

use crate::managed::item::{Field, Item};
use crate::managed::types;

/// The item's generics with the bounds that tracing needs: `T: Trace` for what is traced, `T: 'static` for the rest.
pub fn traced_generics(item: &Item) -> Generics {
    let private = &item.paths.private;
    let traced: Vec<&Ident> = item
        .fields()
        .filter(|field| field.is_traced())
        .flat_map(|field| types::parameters(&field.ty, &item.input.generics))
        .collect();
    with_bounds(item, |parameter| {
        if traced.contains(&parameter) {
            return parse_quote!(#parameter: #private::Trace);
        }
        parse_quote!(#parameter: 'static)
    })
}

/// The item's generics with a predicate more for each type parameter.
pub fn with_bounds(item: &Item, bound: impl Fn(&Ident) -> WherePredicate) -> Generics {
    let mut generics = item.input.generics.clone();
    let parameters = item
        .input
        .generics
        .params
        .iter()
        .filter_map(|param| match param {
            GenericParam::Type(param) => Some(bound(&param.ident)),
            _ => None,
        });
    let predicates: Vec<WherePredicate> = parameters.collect();
    if !predicates.is_empty() {
        generics.make_where_clause().predicates.extend(predicates);
    }
    generics
}

/// `Node::<_, _>`: as `Self`, but with its parameters left open.
pub fn open_type(item: &Item) -> TokenStream {
    let name = &item.input.ident;
    let holes = item
        .input
        .generics
        .params
        .iter()
        .filter_map(|param| match param {
            GenericParam::Lifetime(_) => None,
            _ => Some(quote!(_)),
        });
    let holes: Vec<TokenStream> = holes.collect();
    if holes.is_empty() {
        return quote!(#name);
    }
    quote!(#name::<#(#holes),*>)
}

/// The value to store for an argument of the declared type.
pub fn store(field: &Field, private: &TokenStream, value: TokenStream) -> TokenStream {
    use crate::managed::item::Storage::*;
    match field.storage {
        Plain => value,
        Value | Copy => quote!(#private::Field::new(#value)),
        Guard => quote!(#private::Guarded::new(#value)),
        Weak => quote!(#private::Field::new(#private::Weaken::weaken(#value))),
        Weaks => quote!(#private::Guarded::new(#private::Weaken::weaken(#value))),
    }
}
