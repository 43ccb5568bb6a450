//! `T::builder()`, for types with many fields. What is set is in the builder's type, so `build()` cannot fail.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{Data, Type, parse_quote};

use super::{construct, shared};
use crate::managed::item::{Field, Item, Shape};
use crate::managed::types;

/// More fields than this, and arguments without names are hard to read.
const FEW: usize = 4;

struct Part<'a> {
    field: &'a Field,
    /// The parameter that says whether it is set; `None` for an optional field.
    state: Option<Ident>,
    /// What stands there until then, named so that the error reads well.
    missing: Ident,
}

/// ```text
/// pub struct title_is_missing {}
/// pub struct WindowBuilder<Title> { title: Title, icon: Option<Option<Gc<Icon>>>, … }
/// impl Window { pub fn builder() -> WindowBuilder<title_is_missing> { … } }
/// impl WindowBuilder<title_is_missing> { pub fn title(self, title: String) -> WindowBuilder<Set<String>> { … } }
/// impl<Title> WindowBuilder<Title> {
///     pub fn icon(…) …
///     pub fn maybe_icon(…) …
///     pub fn build(self) -> Gc<Window> where Title: IsSet<String> { … }
/// }
/// ```
pub fn builder(item: &Item) -> TokenStream {
    if !has_builder(item) {
        return TokenStream::new();
    }
    let parts: Vec<Part<'_>> = item.fields().map(part).collect();
    let builder = name(item);
    let definition = definition(item, &builder, &parts);
    let start = start(item, &builder, &parts);
    let setters = parts.iter().map(|part| match &part.state {
        Some(_) => required(item, &builder, &parts, part),
        None => optional(item, &builder, &parts, part),
    });
    let build = build(item, &builder, &parts);
    quote! {
        #definition
        #start
        #(#setters)*
        #build
    }
}

pub fn has_builder(item: &Item) -> bool {
    matches!(item.input.data, Data::Struct(_))
        && item.variants[0].shape == Shape::Named
        && item.variants[0].fields.len() > FEW
        && item.fields().all(|field| field.cfgs.is_empty())
}

/// `WindowBuilder`, unless that is the type of a field.
fn name(item: &Item) -> Ident {
    let name = format_ident!("{}Builder", item.input.ident);
    if item.fields().any(|field| types::mentions(&field.ty, &name)) {
        return format_ident!("__{name}");
    }
    name
}

fn part(field: &Field) -> Part<'_> {
    let is_optional = field.options.default.is_some() || types::only_argument(&field.ty, "Option").is_some();
    let name = field.name.unraw();
    Part {
        field,
        state: (!is_optional).then(|| format_ident!("{}_", name)),
        missing: format_ident!("{}_is_missing", name),
    }
}

fn definition(item: &Item, builder: &Ident, parts: &[Part<'_>]) -> TokenStream {
    let private = &item.paths.private;
    let missing = parts.iter().filter(|part| part.state.is_some()).map(|Part { missing, .. }| {
        quote! {
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            pub struct #missing {}
        }
    });
    let fields = parts.iter().map(|part| {
        let (name, ty) = (&part.field.name, &part.field.ty);
        match &part.state {
            Some(state) => quote!(#name: #state),
            None => quote!(#name: #private::Option<#ty>),
        }
    });
    let mut generics = shared::traced_generics(item);
    generics.params.extend(states(parts).map(|state| -> syn::GenericParam { parse_quote!(#state) }));
    let (parameters, _, wheres) = generics.split_for_impl();
    let ty = item.self_type();
    let doc = format!(" Builds a `{}`; made by its `builder()`.", item.input.ident);
    quote! {
        #(#missing)*
        #[doc = #doc]
        #[must_use = "nothing is made before `build()`"]
        #[allow(non_camel_case_types)]
        pub struct #builder #parameters #wheres {
            #(#fields,)*
            __of: #private::PhantomData<fn() -> #ty>,
        }
    }
}

fn start(item: &Item, builder: &Ident, parts: &[Part<'_>]) -> TokenStream {
    let private = &item.paths.private;
    let generics = shared::traced_generics(item);
    let (parameters, _, wheres) = generics.split_for_impl();
    let (ty, visibility) = (item.self_type(), &item.input.vis);
    let result = with_states(item, builder, parts, |part| {
        let missing = &part.missing;
        quote!(#missing)
    });
    let fields = parts.iter().map(|Part { field, state, missing }| {
        let name = &field.name;
        match state {
            Some(_) => quote!(#name: #missing {}),
            None => quote!(#name: #private::Option::None),
        }
    });
    let doc = format!(" Starts a `{}`: set its fields by name, then call `build()`.", item.input.ident);
    quote! {
        #[allow(non_camel_case_types, private_interfaces)]
        impl #parameters #ty #wheres {
            #[doc = #doc]
            #visibility fn builder() -> #result {
                #builder { #(#fields,)* __of: #private::PhantomData }
            }
        }
    }
}

/// The setter of a field that must be set, once.
fn required(item: &Item, builder: &Ident, parts: &[Part<'_>], part: &Part<'_>) -> TokenStream {
    let private = &item.paths.private;
    let mut generics = shared::traced_generics(item);
    let others = states(parts).filter(|state| Some(*state) != part.state.as_ref());
    generics.params.extend(others.map(|state| -> syn::GenericParam { parse_quote!(#state) }));
    let (parameters, _, wheres) = generics.split_for_impl();
    let (name, ty) = (&part.field.name, &part.field.ty);
    let state_after = |set: TokenStream| {
        with_states(item, builder, parts, |other| match &other.state {
            Some(state) if Some(state) != part.state.as_ref() => quote!(#state),
            _ => set.clone(),
        })
    };
    let missing = &part.missing;
    let before = state_after(quote!(#missing));
    let after = state_after(quote!(#private::Set<#ty>));
    let fields = parts.iter().map(|other| {
        let field = &other.field.name;
        if field == name { quote!(#name: #private::Set(#name)) } else { quote!(#field: self.#field) }
    });
    let doc = format!(" Sets `{}`.", name.unraw());
    quote! {
        #[allow(non_camel_case_types, private_interfaces)]
        impl #parameters #before #wheres {
            #[doc = #doc]
            pub fn #name(self, #name: #ty) -> #after {
                #builder { #(#fields,)* __of: #private::PhantomData }
            }
        }
    }
}

/// The setters of a field that has a default: one for a value, one for what may be a value.
fn optional(item: &Item, builder: &Ident, parts: &[Part<'_>], part: &Part<'_>) -> TokenStream {
    let private = &item.paths.private;
    let mut generics = shared::traced_generics(item);
    generics.params.extend(states(parts).map(|state| -> syn::GenericParam { parse_quote!(#state) }));
    let (parameters, _, wheres) = generics.split_for_impl();
    let ty = with_states(item, builder, parts, |part| {
        let state = &part.state;
        quote!(#state)
    });
    let name = &part.field.name;
    let maybe = format_ident!("maybe_{}", name.unraw(), span = name.span());
    let has_default = part.field.options.default.is_some();
    let (inner, given, maybe_given): (&Type, _, _) = match types::only_argument(&part.field.ty, "Option") {
        Some(inner) if !has_default => (
            inner,
            quote!(#private::Option::Some(#private::Option::Some(#name))),
            quote!(#private::Option::Some(#name)),
        ),
        _ => (&part.field.ty, quote!(#private::Option::Some(#name)), quote!(#name)),
    };
    let doc = format!(" Sets `{}`.", name.unraw());
    let maybe_doc = format!(" Sets `{}`, or leaves its default for `None`.", name.unraw());
    quote! {
        #[allow(non_camel_case_types, private_interfaces)]
        impl #parameters #ty #wheres {
            #[doc = #doc]
            pub fn #name(mut self, #name: #inner) -> Self {
                self.#name = #given;
                self
            }

            #[doc = #maybe_doc]
            pub fn #maybe(mut self, #name: #private::Option<#inner>) -> Self {
                self.#name = #maybe_given;
                self
            }
        }
    }
}

fn build(item: &Item, builder: &Ident, parts: &[Part<'_>]) -> TokenStream {
    let private = &item.paths.private;
    let mut generics = shared::traced_generics(item);
    generics.params.extend(states(parts).map(|state| -> syn::GenericParam { parse_quote!(#state) }));
    let (parameters, _, wheres) = generics.split_for_impl();
    let ty = with_states(item, builder, parts, |part| {
        let state = &part.state;
        quote!(#state)
    });
    let conditions = parts.iter().filter_map(|part| {
        let (state, ty) = (part.state.as_ref()?, &part.field.ty);
        Some(quote!(#state: #private::IsSet<#ty>))
    });
    let lets = parts.iter().map(|part| {
        let name = &part.field.name;
        let default = part.field.options.default.as_ref().map(|default| match &default.expr {
            Some(expr) => quote!(#expr),
            None => quote!(#private::Default::default()),
        });
        match &part.state {
            Some(_) => quote!(let #name = #private::IsSet::value(self.#name);),
            None => {
                let default = default.unwrap_or_else(|| quote!(#private::Option::None));
                quote! {
                    let #name = match self.#name {
                        #private::Option::Some(value) => value,
                        #private::Option::None => #default,
                    };
                }
            }
        }
    });
    let managed = item.self_type();
    let value = construct::filled(item);
    let doc = format!(" Allocates the `{}`.", item.input.ident);
    quote! {
        #[allow(non_camel_case_types, private_interfaces)]
        impl #parameters #ty #wheres {
            #[doc = #doc]
            #[track_caller]
            pub fn build(self) -> #private::Gc<#managed>
            where
                #(#conditions,)*
            {
                #(#lets)*
                #private::Gc::new(#value)
            }
        }
    }
}

fn states<'a>(parts: &'a [Part<'_>]) -> impl Iterator<Item = &'a Ident> {
    parts.iter().filter_map(|part| part.state.as_ref())
}

/// `WindowBuilder<T, …>` with a type for each field that must be set.
fn with_states(
    item: &Item,
    builder: &Ident,
    parts: &[Part<'_>],
    state: impl Fn(&Part<'_>) -> TokenStream,
) -> TokenStream {
    let own = item.input.generics.params.iter().filter_map(|param| match param {
        syn::GenericParam::Type(param) => Some(&param.ident),
        syn::GenericParam::Const(param) => Some(&param.ident),
        syn::GenericParam::Lifetime(_) => None,
    });
    let states = parts.iter().filter(|part| part.state.is_some()).map(state);
    quote!(#builder<#(#own,)* #(#states),*>)
}
