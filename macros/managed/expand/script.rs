//! How scripts see the objects of a type.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Member;
use syn::ext::IdentExt;
use syn::parse_quote;

use super::shared;
use crate::managed::item::{Field, Item};

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
    let fields = plain_fields(item);
    quote! {
        #[automatically_derived]
        impl #parameters #private::Object for #ty #wheres {
            const NAME: &'static str = #name;
            const TRAITS: #private::Traits<Self> = #private::traits_of_self!();
        }
        #fields
    }
}

/// Getters for the fields that have none, which methods of the same name don't shadow.
///
/// ```text
/// pub struct Fields<'a>(&'a Node);
/// impl<'a> Fields<'a> {
///     pub fn name(&self) -> &'a String { &self.0.name }
/// }
/// impl Deref for Fields<'_> { type Target = Node; … }
/// impl PlainFields for Node { type Of<'a> = Fields<'a>; … }
/// ```
fn plain_fields(item: &Item) -> TokenStream {
    let is_plain = |field: &&Field| !field.is_mutable() && matches!(field.member, Member::Named(_));
    let plain: Vec<&Field> = item.fields().filter(is_plain).collect();
    if plain.is_empty() || item.is_enum() {
        return TokenStream::new();
    }
    let private = &item.paths.private;
    let generics = shared::traced_generics(item);
    let (parameters, _, wheres) = generics.split_for_impl();
    let mut lent = generics.clone();
    lent.params.insert(0, parse_quote!('a));
    let (lent_parameters, arguments, _) = lent.split_for_impl();
    let ty = item.self_type();
    let visibility = &item.input.vis;
    let getters = plain.iter().map(|Field { cfgs, name, visibility, member, ty, .. }| {
        quote! {
            #(#cfgs)*
            #[inline]
            #visibility fn #name(&self) -> &'a #ty {
                &self.0.#member
            }
        }
    });
    quote! {
        #[allow(missing_docs, private_interfaces)]
        #visibility struct Fields #lent_parameters (&'a #ty) #wheres;
        #[allow(missing_docs, private_interfaces)]
        impl #lent_parameters Fields #arguments #wheres {
            #(#getters)*
        }
        #[automatically_derived]
        impl #lent_parameters #private::Deref for Fields #arguments #wheres {
            type Target = #ty;
            #[inline]
            fn deref(&self) -> &#ty {
                self.0
            }
        }
        #[automatically_derived]
        impl #parameters #private::PlainFields for #ty #wheres {
            type Of<'a> = Fields #arguments;
            #[inline]
            fn of(&self) -> Self::Of<'_> {
                Fields(self)
            }
        }
    }
}
