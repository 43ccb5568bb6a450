//! Which types can never be part of a cycle, so that the collector leaves them alone.
//!
//! Three ways, and "it may be" whenever none of them holds:
//! - declared with `acyclic`: the promise holds unconditionally, and every field is checked in a function body, where
//!   other declared types are taken at their word. So types that refer to each other can all be declared.
//! - found: without parameters, the promise has the condition that all fields keep it. The conditions have a parameter
//!   in them, or rustc would refuse one that does not hold. It is the fuel that is left: where types refer to each other
//!   without a declaration it runs out, and none of them keeps the promise. The type itself is assumed to keep it, as
//!   recursion alone makes no cycle.
//! - with parameters, a type whose fields are just those.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Generics, Ident, Type, parse_quote};

use super::shared;
use crate::managed::check;
use crate::managed::item::{Field, Item, Role, Storage};
use crate::managed::types;

/// `Trace::acyclic`; nothing for "it may be".
pub fn function(item: &Item) -> TokenStream {
    let private = &item.paths.private;
    if item.options.tracked.is_some() {
        return TokenStream::new();
    }
    let answer = if item.options.acyclic.is_some() {
        quote!(true)
    } else if !item.is_generic() {
        quote! {
            #[allow(unused_imports)]
            use #private::MaybeCyclic as _;
            #private::Probe::<Self>::ACYCLIC
        }
    } else if let Some(parameters) = bare_parameters(item) {
        let has_no_finalizer = match item.role {
            Role::Object => quote!(<Self as #private::Trace>::finalizer().is_none()),
            Role::Part => quote!(true),
        };
        quote!(#has_no_finalizer #(&& <#parameters as #private::Trace>::acyclic())*)
    } else {
        return TokenStream::new();
    };
    quote! {
        #[inline]
        fn acyclic() -> bool {
            #answer
        }
    }
}

/// The promise of being acyclic with its conditions or its checks.
pub fn acyclic(item: &Item) -> TokenStream {
    if item.options.acyclic.is_some() {
        return declared(item);
    }
    let found = found(item, "NoCycle", "Itself");
    let pointer_free = match item.role {
        Role::Object => TokenStream::new(),
        Role::Part => self::found(item, "NoPointer", "ItselfPointerFree"),
    };
    let comparisons = comparisons(item);
    quote!(#found #pointer_free #comparisons)
}

/// ```text
/// unsafe impl<Fuel> Keeps<NoCycle, Fuel> for Node {}
/// const _: () = {
///     fn fields_of_an_acyclic_type() {
///         require_acyclic::<Gc<Leaf>>();
///         require_pointer_free::<String>();
///     }
/// };
/// ```
fn declared(item: &Item) -> TokenStream {
    let private = &item.paths.private;
    let ty = item.self_type();
    let generics = shared::traced_generics(item);
    let (parameters, _, wheres) = generics.split_for_impl();
    let checks = item.fields().filter(|field| field.is_traced()).map(|field| {
        let (cfgs, ty) = (&field.cfgs, &field.ty);
        match field.storage {
            Storage::Plain => quote!(#(#cfgs)* #private::require_acyclic::<#ty>();),
            _ => quote!(#(#cfgs)* #private::require_pointer_free::<#ty>();),
        }
    });
    let fueled = with_fuel(&generics);
    let (fueled, _, _) = fueled.split_for_impl();
    quote! {
        #[automatically_derived]
        unsafe impl #fueled #private::Keeps<#private::NoCycle, __Fuel> for #ty #wheres {}
        const _: () = {
            #[allow(dead_code)]
            fn fields_of_an_acyclic_type #parameters() #wheres {
                #(#checks)*
            }
        };
    }
}

/// ```text
/// const __FINALIZED: bool = { … };
/// unsafe impl<Left> Keeps<NoCycle, Fuel<Left>> for Line
/// where
///     Gc<Point>: Keeps<NoCycle, Left>,
///     for<'a> Finalized<'a, __FINALIZED>: No,
/// {}
/// ```
/// `itself` stands in the conditions for the type itself.
fn found(item: &Item, promise: &str, itself: &str) -> TokenStream {
    if item.is_generic() && item.role == Role::Object {
        // Whether it has a `__del__` cannot be a condition on parameters.
        return TokenStream::new();
    }
    if item.variants.iter().any(|variant| !variant.cfgs.is_empty()) {
        return TokenStream::new();
    }
    let private = &item.paths.private;
    let (promise, itself) = (format_ident!("{promise}"), format_ident!("{itself}"));
    let mut conditions = Vec::new();
    for field in item.fields().filter(|field| field.is_traced() && !types::is_primitive(&field.ty)) {
        let ty = without_itself(field, item, parse_quote!(#private::#itself));
        let (Some(ty), true) = (ty, field.cfgs.is_empty()) else {
            return TokenStream::new();
        };
        conditions.push(quote!(#ty: #private::Keeps<#private::#promise, __Fuel>));
    }
    shared::once(&mut conditions);
    let ty = item.self_type();
    let finalized = (item.role == Role::Object).then(|| {
        conditions.push(quote!(for<'a> #private::Finalized<'a, __FINALIZED>: #private::No));
        quote! {
            const __FINALIZED: bool = {
                #[allow(unused_imports)]
                use #private::FindFinalizer as _;
                #ty::__FINALIZER.is_some()
            };
        }
    });
    let mut generics = with_fuel(&shared::traced_generics(item));
    if !conditions.is_empty() {
        let predicates: Vec<syn::WherePredicate> =
            conditions.into_iter().map(|condition| parse_quote!(#condition)).collect();
        generics.make_where_clause().predicates.extend(predicates);
    }
    let (parameters, _, wheres) = generics.split_for_impl();
    quote! {
        #finalized
        #[automatically_derived]
        unsafe impl #parameters #private::Keeps<#private::#promise, #private::Fuel<__Fuel>> for #ty #wheres {}
    }
}

fn with_fuel(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    generics.params.push(parse_quote!(__Fuel));
    generics
}

/// The stored type, with `itself` where it names the item's own type. `None`: it does so in a way that cannot be
/// replaced.
fn without_itself(field: &Field, item: &Item, itself: Type) -> Option<TokenStream> {
    struct Replace<'a> {
        name: &'a Ident,
        itself: Type,
    }
    impl Replace<'_> {
        fn is_itself(&self, ty: &Type) -> bool {
            let Type::Path(path) = ty else { return false };
            path.qself.is_none() && path.path.get_ident().is_some_and(|ident| ident == self.name || ident == "Self")
        }
    }
    impl VisitMut for Replace<'_> {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            if self.is_itself(ty) {
                *ty = self.itself.clone();
                return;
            }
            visit_mut::visit_type_mut(self, ty);
        }
    }
    let name = &item.input.ident;
    let mut ty: Type = syn::parse2(field.stored_type(&item.paths)).ok()?;
    Replace { name, itself }.visit_type_mut(&mut ty);
    let self_word = Ident::new("Self", name.span());
    let still = types::mentions(&ty, name) || types::mentions(&ty, &self_word);
    (!still).then(|| quote!(#ty))
}

/// The parameters that the fields consist of. `None`: there is more in them.
fn bare_parameters(item: &Item) -> Option<Vec<&Ident>> {
    let mut bare = Vec::new();
    for field in item.fields().filter(|field| field.is_traced() && !types::is_primitive(&field.ty)) {
        let parameters = types::parameters(&field.ty, &item.input.generics);
        match (&field.ty, &parameters[..]) {
            (Type::Path(path), [parameter]) if path.path.is_ident(*parameter) && field.storage == Storage::Plain => {
                bare.push(*parameter);
            }
            _ => return None,
        }
    }
    Some(bare)
}

/// Refuses derived comparisons where the type may be part of a cycle.
fn comparisons(item: &Item) -> TokenStream {
    if item.is_generic() || item.role == Role::Part {
        return TokenStream::new();
    }
    let private = &item.paths.private;
    let ty = item.self_type();
    let checks = check::comparisons(item).into_iter().map(|derive| {
        let message = check::endless_comparison(derive, &item.input.ident);
        quote_spanned! {derive.span()=>
            const _: () = {
                #[allow(unused_imports)]
                use #private::MaybeCyclic as _;
                ::core::assert!(#private::Probe::<#ty>::ACYCLIC, #message);
            };
        }
    });
    checks.collect()
}
