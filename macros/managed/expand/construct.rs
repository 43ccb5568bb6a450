//! `new` and `new_cyclic`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Data, Generics};

use super::shared;
use crate::managed::item::{Field, Item, Shape};
use crate::managed::options::Constructor;

/// ```text
/// impl Node {
///     pub fn new(name: String, next: Option<Gc<Node>>) -> Gc<Self> {
///         Gc::new(Self { name, __next: Field::new(next) })
///     }
///     pub fn new_cyclic(fields: impl FnOnce(&Weak<Self>) -> (String, Option<Gc<Node>>)) -> Gc<Self> { … }
/// }
/// ```
pub fn constructors(item: &Item) -> TokenStream {
    if !matches!(item.input.data, Data::Struct(_)) {
        return TokenStream::new();
    }
    let new = new(item);
    let new_cyclic = new_cyclic(item);
    if new.is_empty() && new_cyclic.is_empty() {
        return TokenStream::new();
    }
    let generics: Generics = shared::traced_generics(item);
    let (parameters, _, wheres) = generics.split_for_impl();
    let ty = item.self_type();
    quote! {
        #[allow(private_interfaces)]
        impl #parameters #ty #wheres {
            #new
            #new_cyclic
        }
    }
}

/// The fields that a constructor takes: those without a default.
fn arguments(item: &Item) -> Vec<&Field> {
    item.fields().filter(|field| field.options.default.is_none()).collect()
}

fn new(item: &Item) -> TokenStream {
    let name = match &item.options.constructor {
        Constructor::New => Ident::new("new", item.input.ident.span()),
        Constructor::Named(name) => name.clone(),
        Constructor::None(_) => return TokenStream::new(),
    };
    let private = &item.paths.private;
    let visibility = &item.input.vis;
    let parameters = arguments(item).into_iter().map(|Field { cfgs, name, ty, .. }| quote!(#(#cfgs)* #name: #ty));
    let value = value(item);
    let doc = format!(" Allocates a `{}`.", item.input.ident);
    quote! {
        #[doc = #doc]
        #[inline]
        #[track_caller]
        #visibility fn #name(#(#parameters),*) -> #private::Gc<Self> {
            #private::Gc::new(#value)
        }
    }
}

/// The fields come as a tuple: a closure that returned the value itself could be no other than a literal, whose stored
/// fields the user does not know.
fn new_cyclic(item: &Item) -> TokenStream {
    let fields = arguments(item);
    if fields.is_empty() || fields.iter().any(|field| !field.cfgs.is_empty()) {
        return TokenStream::new();
    }
    let private = &item.paths.private;
    let visibility = &item.input.vis;
    let types = fields.iter().map(|field| &field.ty);
    let names = fields.iter().map(|field| &field.name);
    let value = value(item);
    let doc = format!(
        " Allocates a `{}` that holds weak references to itself: `fields` gets one and returns the fields as a tuple.",
        item.input.ident
    );
    quote! {
        #[doc = #doc]
        #[track_caller]
        #visibility fn new_cyclic(
            fields: impl #private::FnOnce(&#private::Weak<Self>) -> (#(#types,)*),
        ) -> #private::Gc<Self> {
            #private::Gc::new_cyclic(|this| {
                let (#(#names,)*) = fields(this);
                #value
            })
        }
    }
}

/// `Self { name, __next: Field::new(next) }`: arguments by name, defaults for the other fields.
fn value(item: &Item) -> TokenStream {
    literal(item, quote!(Self), |field| match &field.options.default {
        None => argument(field),
        Some(default) => match &default.expr {
            Some(expr) => quote!(#expr),
            None => {
                let private = &item.paths.private;
                quote!(#private::Default::default())
            }
        },
    })
}

/// `Node { name, __next: Field::new(next) }`, with a variable for each field.
pub fn filled(item: &Item) -> TokenStream {
    let name = &item.input.ident;
    literal(item, quote!(#name), argument)
}

fn argument(field: &Field) -> TokenStream {
    let name = &field.name;
    quote!(#name)
}

fn literal(item: &Item, ty: TokenStream, value: impl Fn(&Field) -> TokenStream) -> TokenStream {
    let private = &item.paths.private;
    let variant = &item.variants[0];
    let values = variant.fields.iter().map(|field| {
        let (cfgs, member) = (&field.cfgs, &field.member);
        let value = shared::store(field, private, value(field));
        let is_shorthand = quote!(#member).to_string() == value.to_string();
        match variant.shape {
            Shape::Named if is_shorthand => quote!(#(#cfgs)* #member),
            Shape::Named => quote!(#(#cfgs)* #member: #value),
            _ => quote!(#(#cfgs)* #value),
        }
    });
    let mut values: Vec<TokenStream> = values.collect();
    let has_this = item.options.this.is_some();
    match variant.shape {
        Shape::Unit if has_this => quote!(#ty { __this: #private::This::new() }),
        Shape::Unit => ty,
        Shape::Named => {
            values.extend(item.is_sealed().then(|| quote!(__made_by_new: #private::MadeByNew::new())));
            values.extend(has_this.then(|| quote!(__this: #private::This::new())));
            quote!(#ty { #(#values),* })
        }
        Shape::Tuple => {
            values.extend(has_this.then(|| quote!(#private::This::new())));
            quote!(#ty(#(#values),*))
        }
    }
}
