//! The crate's own `Debug`, which writes `Node(...)` where a cycle closes.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::parse_quote;

use super::{shared, trace};
use crate::managed::item::{Field, Item, Shape, Storage, Variant};
use crate::managed::types;

/// ```text
/// impl Debug for Node {
///     fn fmt(&self, f: &mut Formatter<'_>) -> Result {
///         debug_object(self, "Node", f, |f| {
///             let mut out = f.debug_struct("Node");
///             out.field("name", &self.name);
///             out.finish()
///         })
///     }
/// }
/// ```
pub fn debug(item: &Item) -> TokenStream {
    let Some(_) = item.derive("Debug") else {
        return TokenStream::new();
    };
    let private = &item.paths.private;
    let shown: Vec<_> = item.fields().flat_map(|field| types::parameters(&field.ty, &item.input.generics)).collect();
    let mut generics = shared::traced_generics(item);
    for parameter in shown {
        shared::add_bound(&mut generics, parameter, parse_quote!(#private::fmt::Debug));
    }
    let (parameters, _, wheres) = generics.split_for_impl();
    let ty = item.self_type();
    let name = item.input.ident.unraw().to_string();
    let body = if item.is_enum() {
        let arms = item.variants.iter().map(|variant| arm(item, variant));
        quote!(match self { #(#arms)* })
    } else {
        of_variant(item, &item.variants[0], &name, |field| {
            let member = &field.member;
            quote!(&self.#member)
        })
    };
    quote! {
        #[automatically_derived]
        impl #parameters #private::fmt::Debug for #ty #wheres {
            fn fmt(&self, f: &mut #private::fmt::Formatter<'_>) -> #private::fmt::Result {
                #private::debug_object(self, #name, f, |f| #body)
            }
        }
    }
}

fn arm(item: &Item, variant: &Variant) -> TokenStream {
    let (cfgs, name) = (&variant.cfgs, variant.name.as_ref().expect("an enum's variant has a name"));
    let pattern = trace::pattern(variant, variant.fields.iter());
    let body = of_variant(item, variant, &name.unraw().to_string(), |field| {
        let binding = trace::binding(field);
        quote!(#binding)
    });
    quote!(#(#cfgs)* Self::#name #pattern => #body)
}

fn of_variant(item: &Item, variant: &Variant, name: &str, place: impl Fn(&Field) -> TokenStream) -> TokenStream {
    if variant.shape == Shape::Unit {
        return quote!({ f.write_str(#name) });
    }
    let private = &item.paths.private;
    let kind = match variant.shape {
        Shape::Named => "debug_struct",
        _ => "debug_tuple",
    };
    let kind = format_ident!("{kind}");
    let fields = variant.fields.iter().map(|field| {
        let place = place(field);
        let value = match field.storage {
            Storage::Plain | Storage::Guard | Storage::Weaks => place,
            Storage::Value => quote!(#place.get()),
            Storage::Copy => {
                let ty = &field.ty;
                quote!(&#private::copied::<#ty, _>(#place))
            }
            Storage::Weak => quote!(&#private::WeakShown),
        };
        let label = (variant.shape == Shape::Named).then(|| {
            let label = field.name.unraw().to_string();
            quote!(#label,)
        });
        let cfgs = &field.cfgs;
        quote!(#(#cfgs)* out.field(#label #value);)
    });
    quote!({
        let mut out = f.#kind(#name);
        #(#fields)*
        out.finish()
    })
}
