//! `Trace` and the two promises that go with it: no `Drop`, and the place where a `__del__` is found.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;

use super::{access, acyclic, shared};
use crate::managed::item::{Field, Item, Shape, Storage, Variant};
use crate::managed::types;

/// ```text
/// unsafe impl Trace for Node {
///     fn trace(&self, tracer: &mut Tracer<'_>) {
///         <String as Trace>::trace(&self.name, tracer);
///         trace_field::<Option<Gc<Node>>>(&self.__next, tracer);
///     }
///     fn trace_named(&self, tracer: &mut Tracer<'_>) { … }
///     fn finalizer() -> Option<fn(&Gc<Self>)> {
///         use FindFinalizer as _;
///         Node::__FINALIZER
///     }
///     fn acyclic() -> bool { … }
///     fn type_name() -> &'static str { "Node" }
/// }
/// impl Managed for Node {}
/// impl write__del__instead_of_Drop for Node {}
/// ```
pub fn object(item: &Item) -> TokenStream {
    let private = &item.paths.private;
    let finalizer = finalizer(item);
    let acyclic = acyclic::function(item);
    let name = type_name(item);
    let placed = placed(item);
    let value = as_value(item);
    let trace = implementation(item, quote!(#finalizer #acyclic #name #placed #value));
    let generics = shared::traced_generics(item);
    let (parameters, _, wheres) = generics.split_for_impl();
    let ty = item.self_type();
    let check = (!item.is_generic()).then(|| written_means_managed(item));
    quote! {
        #trace
        #check
        #[automatically_derived]
        impl #parameters #private::Managed for #ty #wheres {}
    }
}

pub fn part(item: &Item) -> TokenStream {
    let acyclic = acyclic::function(item);
    implementation(item, acyclic)
}

fn implementation(item: &Item, functions: TokenStream) -> TokenStream {
    let private = &item.paths.private;
    let generics = shared::traced_generics(item);
    let (parameters, _, wheres) = generics.split_for_impl();
    let ty = item.self_type();
    let body = body(item);
    let named = named(item);
    let quietly = drops_quietly(item);
    let drop_ban = quote_spanned! {item.input.ident.span()=>
        #[automatically_derived]
        impl #parameters #private::write__del__instead_of_Drop for #ty #wheres {}
    };
    let tracer = if body.is_empty() { quote!(_tracer) } else { quote!(tracer) };
    quote! {
        #[automatically_derived]
        unsafe impl #parameters #private::Trace for #ty #wheres {
            #[inline]
            fn trace(&self, #tracer: &mut #private::Tracer<'_>) {
                #body
            }
            #named
            #functions
            #quietly
        }
        #drop_ban
    }
}

fn body(item: &Item) -> TokenStream {
    if !item.is_enum() {
        let fields = traced(&item.variants[0]);
        return fields
            .map(|field| {
                let member = &field.member;
                report(item, field, quote!(&self.#member))
            })
            .collect();
    }
    if item.variants.iter().all(|variant| traced(variant).next().is_none()) {
        return TokenStream::new();
    }
    let arms = item.variants.iter().map(|variant| arm(item, variant));
    quote! {
        match self {
            #(#arms)*
        }
    }
}

/// `Self::Pair { left, .. } => { … }`
fn arm(item: &Item, variant: &Variant) -> TokenStream {
    let name = &variant.name;
    let cfgs = &variant.cfgs;
    let reports = traced(variant).map(|field| {
        let binding = binding(field);
        report(item, field, quote!(#binding))
    });
    let pattern = pattern(variant, traced(variant));
    quote! {
        #(#cfgs)*
        Self::#name #pattern => { #(#reports)* }
    }
}

/// ```text
/// fn trace_named(&self, tracer: &mut Tracer<'_>) {
///     use ReportNothing as _;
///     Named(&self.__next).report("next", tracer);
/// }
/// ```
///
/// Weak fields are reported too.
fn named(item: &Item) -> TokenStream {
    let private = &item.paths.private;
    let shown = |field: &&Field| {
        field.is_traced() && !types::is_primitive(&field.ty) || matches!(field.storage, Storage::Weak | Storage::Weaks)
    };
    if !item.fields().any(|field| shown(&field)) {
        return TokenStream::new();
    }
    let report = |field: &Field, value: TokenStream| {
        let cfgs = &field.cfgs;
        let name = match (&field.options.shown, &field.member) {
            (Some(shown), _) => shown.clone(),
            (None, syn::Member::Unnamed(index)) => index.index.to_string(),
            (None, syn::Member::Named(_)) => field.name.unraw().to_string(),
        };
        quote!(#(#cfgs)* #private::Named(#value).report(#name, tracer);)
    };
    let body = if item.is_enum() {
        let arms = item.variants.iter().map(|variant| {
            let (name, cfgs) = (&variant.name, &variant.cfgs);
            let reports = variant.fields.iter().filter(shown).map(|field| {
                let binding = binding(field);
                report(field, quote!(#binding))
            });
            let pattern = pattern(variant, variant.fields.iter().filter(shown));
            quote!(#(#cfgs)* Self::#name #pattern => { #(#reports)* })
        });
        quote!(match self { #(#arms)* })
    } else {
        let fields = item.variants[0].fields.iter().filter(shown).map(|field| {
            let member = &field.member;
            report(field, quote!(&self.#member))
        });
        quote!(#(#fields)*)
    };
    quote! {
        fn trace_named(&self, tracer: &mut #private::Tracer<'_>) {
            #[allow(unused_imports)]
            use #private::ReportNothing as _;
            #body
        }
    }
}

/// The pattern of a variant that binds these fields to `binding(field)`.
pub fn pattern<'a>(variant: &'a Variant, bound: impl Iterator<Item = &'a Field>) -> TokenStream {
    let bound = bound.map(|field| {
        let (cfgs, member, binding) = (&field.cfgs, &field.member, binding(field));
        quote!(#(#cfgs)* #member: #binding,)
    });
    match variant.shape {
        Shape::Unit => TokenStream::new(),
        // Numbered fields in braces work for tuple variants too.
        _ => quote!({ #(#bound)* .. }),
    }
}

pub fn binding(field: &Field) -> proc_macro2::Ident {
    match &field.member {
        syn::Member::Named(name) => format_ident!("__{}", name.unraw()),
        syn::Member::Unnamed(index) => format_ident!("__{}", index.index),
    }
}

fn traced(variant: &Variant) -> impl Iterator<Item = &Field> {
    variant.fields.iter().filter(|field| field.is_traced() && !types::is_primitive(&field.ty))
}

/// The type is spelled out with the user's tokens: an error stands on them.
fn report(item: &Item, field: &Field, value: TokenStream) -> TokenStream {
    let private = &item.paths.private;
    let Field { cfgs, ty, .. } = field;
    match field.storage {
        Storage::Plain => quote!(#(#cfgs)* <#ty as #private::Trace>::trace(#value, tracer);),
        Storage::Value | Storage::Copy => quote!(#(#cfgs)* #private::trace_field::<#ty>(#value, tracer);),
        Storage::Guard => quote!(#(#cfgs)* #private::trace_guarded::<#ty>(#value, tracer);),
        Storage::Weak | Storage::Weaks => unreachable!("a weak field is not traced"),
    }
}

/// The open parameters make rustc take the `impl` with the `__del__` whatever its bounds are, and then check them: a
/// narrower `impl` is an error, not a lost finaliser.
fn finalizer(item: &Item) -> TokenStream {
    let private = &item.paths.private;
    let ty = shared::open_type(item);
    let found = quote_spanned!(item.input.ident.span()=> #ty::__FINALIZER);
    let check = item.is_generic().then(|| written_means_managed(item));
    quote! {
        fn finalizer() -> #private::Option<fn(&#private::Gc<Self>)> {
            #[allow(unused_imports)]
            use #private::FindFinalizer as _;
            #check
            #found
        }
    }
}

/// A `__del__` in an `impl` without `#[managed]` is an error. With parameters it is one only when objects are made.
fn written_means_managed(item: &Item) -> TokenStream {
    let private = &item.paths.private;
    let name = &item.input.ident;
    let message = format!(
        "`{name}` has a `__del__` in an `impl` without `#[managed]`, so nobody would call it\n\
         help: write `#[managed]` above that `impl`"
    );
    let ty = if item.is_generic() { quote!(Self) } else { quote!(#name) };
    let check = quote_spanned! {name.span()=>
        ::core::assert!(#private::is_managed(#ty::__del__, #ty::__FINALIZER), #message)
    };
    if item.is_generic() {
        return quote!(const { #check });
    }
    quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #private::FindFinalizer as _;
            #check
        };
    }
}

/// Dropping a value drops its fields and no more, as there is no `Drop`. Their types are asked where following them ends
/// for sure; others drop quietly only if there is nothing to drop.
fn drops_quietly(item: &Item) -> TokenStream {
    let private = &item.paths.private;
    let in_script = item.options.script.is_some();
    let mut conditions = Vec::new();
    for (at, field) in item.fields().enumerate().filter(|(_, field)| !types::is_primitive(&field.ty)) {
        let ty = &field.ty;
        // A base has no part of a class that derives from it.
        let is_base = at == 0 && item.options.inherits.is_some();
        if !field.cfgs.is_empty() {
            return TokenStream::new();
        } else if field.options.untraced.is_none() && (is_base || types::is_flat(ty, &item.input.generics, in_script)) {
            conditions.push(quote!(<#ty as #private::Trace>::drops_quietly()));
        } else {
            conditions.push(quote!(!#private::needs_drop::<#ty>()));
        }
    }
    if item.variants.iter().any(|variant| !variant.cfgs.is_empty()) {
        return TokenStream::new();
    }
    shared::once(&mut conditions);
    let answer = if conditions.is_empty() { quote!(true) } else { quote!(#(#conditions)&&*) };
    quote! {
        #[inline]
        fn drops_quietly() -> bool {
            #answer
        }
    }
}

fn type_name(item: &Item) -> TokenStream {
    let private = &item.paths.private;
    let name = item.input.ident.unraw().to_string();
    let name = if item.is_generic() { quote!(#private::short_name::<Self>()) } else { quote!(#name) };
    quote! {
        fn type_name() -> &'static str {
            #name
        }
    }
}

/// How scripts see an object that only the collector knew.
fn as_value(item: &Item) -> TokenStream {
    if item.options.script.is_none() {
        return TokenStream::new();
    }
    let private = &item.paths.private;
    quote! {
        fn as_value() -> #private::Option<#private::AsValue> {
            #private::Option::Some(#private::py::value_of::<Self>)
        }
    }
}

fn placed(item: &Item) -> TokenStream {
    let private = &item.paths.private;
    if item.options.inherits.is_some()
        && let Some(base) = item.fields().next()
    {
        let base = &base.ty;
        return quote! {
            #[inline]
            fn holds_itself() -> bool {
                <#base as #private::Trace>::holds_itself()
            }

            #[inline]
            fn placed(this: &#private::Gc<Self>) {
                <#base as #private::Trace>::placed(#private::py::upcast_ref(this));
            }
        };
    }
    if item.options.this.is_none() {
        return TokenStream::new();
    }
    let member = access::this_member(item);
    quote! {
        #[inline]
        fn holds_itself() -> bool {
            true
        }

        #[inline]
        fn placed(this: &#private::Gc<Self>) {
            // SAFETY: the word lies in the object, whose type says above that it holds itself.
            unsafe { this.#member.set(this) };
        }
    }
}
