//! What several emitters need.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{GenericParam, Generics, Token, TraitBound, TypeParamBound, WherePredicate, parse_quote};

use crate::managed::item::{Field, Item};
use crate::managed::types;

/// The item's generics with the bounds that tracing needs: `T: Trace` for what is traced, `T: 'static` for the rest.
pub fn traced_generics(item: &Item) -> Generics {
    let private = &item.paths.private;
    let parameters = item.input.generics.type_params().map(|param| &param.ident);
    let traced: Vec<&Ident> = item
        .fields()
        .filter(|field| field.is_traced())
        .flat_map(|field| types::parameters(&field.ty, &item.input.generics))
        .collect();
    let mut generics = item.input.generics.clone();
    for parameter in parameters {
        let bound = if traced.contains(&parameter) { parse_quote!(#private::Trace) } else { parse_quote!('static) };
        add_bound(&mut generics, parameter, bound);
    }
    generics
}

/// Adds a bound where the user wrote those of this parameter, once.
pub fn add_bound(generics: &mut Generics, parameter: &Ident, bound: TypeParamBound) {
    let predicates = generics.where_clause.iter_mut().flat_map(|wheres| &mut wheres.predicates);
    let in_wheres = predicates.into_iter().find_map(|predicate| match predicate {
        WherePredicate::Type(predicate) if types::is_path(&predicate.bounded_ty, parameter) => {
            Some(&mut predicate.bounds)
        }
        _ => None,
    });
    if let Some(bounds) = in_wheres {
        push(bounds, bound);
        return;
    }
    if let Some(param) = generics.type_params_mut().find(|param| param.ident == *parameter) {
        push(&mut param.bounds, bound);
    }
}

fn push(bounds: &mut Punctuated<TypeParamBound, Token![+]>, bound: TypeParamBound) {
    let same = |other: &TypeParamBound| match (other, &bound) {
        (TypeParamBound::Trait(a), TypeParamBound::Trait(b)) => {
            let name = |bound: &TraitBound| bound.path.segments.last().map(|last| last.ident.clone());
            name(a) == name(b)
        }
        (a, b) => a == b,
    };
    if !bounds.iter().any(same) {
        bounds.push(bound);
    }
}

/// `Node::<_, _>`: as `Self`, but with its parameters left open.
pub fn open_type(item: &Item) -> TokenStream {
    let name = &item.input.ident;
    let holes = item.input.generics.params.iter().filter_map(|param| match param {
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

/// Leaves out what is there already.
pub fn once(tokens: &mut Vec<TokenStream>) {
    let mut seen = HashSet::new();
    tokens.retain(|tokens| seen.insert(tokens.to_string()));
}
