//! How scripts see the objects of a type.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;

use super::shared;
use crate::managed::item::Item;

/// A class of a script says itself what its objects are.
///
/// ```text
/// impl Object for Node {
///     const NAME: &'static str = "Node";
///     const TRAITS: Traits<Self> = traits_of_self!();
/// }
/// ```
pub fn object(item: &Item) -> TokenStream {
    if item.options.script.is_some() {
        return TokenStream::new();
    }
    let private = &item.paths.private;
    let generics = shared::traced_generics(item);
    let (parameters, _, wheres) = generics.split_for_impl();
    let ty = item.self_type();
    let name = item.input.ident.unraw().to_string();
    quote! {
        #[automatically_derived]
        impl #parameters #private::Object for #ty #wheres {
            const NAME: &'static str = #name;
            const TRAITS: #private::Traits<Self> = #private::traits_of_self!();
        }
    }
}
