//! A second value beside one that stays where it is: a copy of a number, a counted reference to an object.

use super::here::quote;
use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::script::kind::Kind;

/// From a reference to the value.
pub fn of_reference(kind: &Kind, reference: impl ToTokens) -> TokenStream {
    match kind.is_plain() {
        true => quote!(*#reference),
        false => quote!(::core::clone::Clone::clone(#reference)),
    }
}

/// From the place that holds the value.
pub fn of_place(kind: &Kind, place: impl ToTokens) -> TokenStream {
    match kind.is_plain() {
        true => quote!(#place),
        false => quote!(::core::clone::Clone::clone(&#place)),
    }
}
