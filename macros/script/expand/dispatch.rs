//! Overridden methods: each class of a hierarchy has a table of them, which its objects point to, so that a call is one
//! indirect call. A derived class's table starts with its base's.

use super::here::{quote, unsafe_block};
use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;

use super::{Expander, ident};
use crate::script::kind::Kind;
use crate::script::model::{ClassModel, Default, Signature};
use crate::script::tree::Class;

/// The type of the table with the methods that a class adds to its base's.
fn table_name(class: &str) -> Ident {
    format_ident!("__{}Methods", class, span = Span::call_site())
}

impl Expander<'_> {
    /// Exceptions begin with an object of the runtime, which has no table, and a function with types of its own has no
    /// address: their classes are compared one by one.
    fn uses_table(&self, class: &str, signature: &Signature) -> bool {
        !self.model.is_exception(class) && signature.generics.is_empty()
    }

    /// The class whose table has the place of a method, as `class` calls it.
    fn slot_class(&self, class: &str, method: &str) -> Option<&ClassModel> {
        let (_, wanted) = self.model.method(class, method)?;
        let has_slot = |owner: &&ClassModel| {
            let own = owner.methods.get(method);
            own.is_some_and(|own| is_same(own, &wanted) && self.model.is_dispatched(&owner.name, method))
        };
        self.model.lineage(class).into_iter().rfind(has_slot)
    }

    /// The methods that a class's own table adds.
    fn slots(&self, class: &str) -> Vec<String> {
        let Some(known) = self.model.classes.get(class) else { return Vec::new() };
        let is_here = |name: &&String| {
            self.model.is_dispatched(class, name)
                && self.uses_table(class, &known.methods[*name])
                && self.slot_class(class, name).is_some_and(|owner| &*owner.name == class)
        };
        known.methods.keys().filter(is_here).cloned().collect()
    }

    /// The classes of the lineage that add methods to the table, the last first.
    fn tables(&self, class: &str) -> Vec<String> {
        let lineage = self.model.lineage(class);
        lineage.iter().map(|class| class.name.to_string()).filter(|class| !self.slots(class).is_empty()).collect()
    }

    fn has_methods(&self, class: &str) -> bool {
        self.has_class(class) && !self.model.is_exception(class)
    }

    /// ```text
    /// #[repr(C)]
    /// struct __ShapeMethods { __base: &'static Class, area: fn(&Gc<Shape>) -> f64 }
    /// ```
    pub fn method_table(&mut self, class: &Class) -> TokenStream {
        let class_name = class.name.to_string();
        let slots = self.slots(&class_name);
        if !self.has_methods(&class_name) || slots.is_empty() {
            return TokenStream::new();
        }
        let py = self.py.clone();
        let private = self.paths.private.clone();
        let table = table_name(&class_name);
        let name = ident(&class_name, Span::call_site());
        let base = match self.tables(&class_name).get(1) {
            Some(base) => {
                let base = table_name(base);
                quote!(#base)
            }
            None => quote!(&'static #py::exceptions::Class),
        };
        let mut fields = Vec::new();
        for slot in &slots {
            let signature = self.model.classes[&class_name].methods[slot].clone();
            let slot = ident(slot, Span::call_site());
            let types = signature.params.iter().map(|param| self.ty(&param.kind));
            let result = self.result(&signature);
            fields.push(quote!(#slot: fn(&#private::Gc<#name>, #(#types),*) #result));
        }
        quote! {
            #[repr(C)]
            #[allow(non_camel_case_types, non_snake_case, clippy::type_complexity)]
            struct #table { __base: #base, #(#fields),* }
            // SAFETY: it is `repr(C)`, and starts with the class or with the base's table.
            unsafe impl #py::MethodTable for #table {}
        }
    }

    /// What hands out the class's table.
    pub fn methods_function(&mut self, class: &str) -> TokenStream {
        if !self.has_methods(class) {
            return TokenStream::new();
        }
        let py = self.py.clone();
        let mut ty = quote!(&'static #py::exceptions::Class);
        let mut value = self.class_static(class);
        for owner in self.tables(class).iter().rev() {
            let slots = self.slots(owner);
            let mut fields = Vec::new();
            for slot in &slots {
                let function = self.slot_value(class, owner, slot);
                let slot = ident(slot, Span::call_site());
                fields.push(quote!(#slot: #function));
            }
            let table = table_name(owner);
            ty = quote!(#table);
            value = quote!(#table { __base: #value, #(#fields),* });
        }
        quote! {
            #[doc(hidden)]
            pub fn __methods() -> #py::ClassPointer {
                static METHODS: #ty = #value;
                #py::ClassPointer::new(&METHODS)
            }
        }
    }

    /// What stands in `class`'s table for a method of `owner`.
    fn slot_value(&mut self, class: &str, owner: &str, method: &str) -> TokenStream {
        let private = self.paths.private.clone();
        let py = self.py.clone();
        let wanted = self.model.classes[owner].methods[method].clone();
        let Some(implementer) = self.model.method(class, method).map(|(class, _)| class.name.to_string()) else {
            return TokenStream::new();
        };
        let span = Span::call_site();
        let (owner_name, implementer_name) = (ident(owner, span), ident(&implementer, span));
        let names: Vec<Ident> = wanted.params.iter().map(|param| ident(&param.name, span)).collect();
        let function = self.exact_name(&implementer, method);
        let call = match implementer == owner {
            true => quote!(#owner_name::#function(this, #(#names),*)),
            false => {
                // The table is that of the derived class's objects.
                let receiver = unsafe_block(quote!(#py::derived_pointer::<#implementer_name, #owner_name>(this)));
                self.overriding_call(&implementer, method, &function, receiver, &wanted, &[])
            }
        };
        quote!(|this: &#private::Gc<#owner_name>, #(#names),*| #call)
    }

    /// The method that finds the one that takes its place.
    pub fn dispatcher(&mut self, class: &Class, rust_name: &str, text: &str, signature: &Signature) -> TokenStream {
        let private = self.paths.private.clone();
        let class_name = class.name.to_string();
        let name = ident(rust_name, class.name.span());
        let result = self.result(signature);
        let names: Vec<_> = signature.params.iter().map(|param| ident(&param.name, Span::call_site())).collect();
        let types = signature.params.iter().map(|param| self.ty(&param.kind));
        let params: Vec<TokenStream> = names.iter().zip(types).map(|(name, ty)| quote!(#name: #ty)).collect();
        let slot_class = self.slot_class(&class_name, text).map(|class| class.name.to_string());
        match slot_class.filter(|_| self.uses_table(&class_name, signature)) {
            Some(owner) if owner != class_name => {
                let owner = ident(&owner, Span::call_site());
                quote!(fn #name(&self, #(#params),*) #result { #owner::#name(self, #(#names),*) })
            }
            Some(_) => {
                let table = table_name(&class_name);
                // SAFETY: the objects of the class and of those derived from it have tables that start with its own.
                let methods = unsafe_block(quote!(this.__class.methods::<#table>()));
                quote! {
                    fn #name(this: &#private::Gc<Self>, #(#params),*) #result {
                        let methods = #methods;
                        (methods.#name)(this, #(#names),*)
                    }
                }
            }
            None => self.comparing_dispatcher(&class_name, &name, text, signature, &params, &names),
        }
    }

    fn comparing_dispatcher(
        &mut self,
        class: &str,
        name: &Ident,
        text: &str,
        signature: &Signature,
        params: &[TokenStream],
        names: &[Ident],
    ) -> TokenStream {
        let private = self.paths.private.clone();
        let py = self.py.clone();
        let result = self.result(signature);
        let own = self.exact_name(class, text);
        let generics = self.value_generics(signature);
        let branches: Vec<TokenStream> = self
            .overriding(class, text)
            .into_iter()
            .map(|derived| {
                let class = ident(&derived, Span::call_site());
                let receiver = quote!(#py::downcast_ref::<#class, _>(this));
                let call = self.overriding_call(&derived, text, name, receiver, signature, &[]);
                quote!(if class.is_subclass(#class::__class()) { return #call; })
            })
            .collect();
        quote! {
            fn #name #generics (this: &#private::Gc<Self>, #(#params),*) #result {
                let class = #py::HasClass::class(&**this);
                #(#branches)*
                Self::#own(this, #(#names),*)
            }
        }
    }

    /// The generic parameters of a method's own.
    pub fn value_generics(&self, signature: &Signature) -> TokenStream {
        let py = &self.py;
        let generics = signature.generics.iter().map(|generic| ident(generic, Span::call_site()));
        match signature.generics.is_empty() {
            true => TokenStream::new(),
            false => quote!(<#(#generics: #py::Value),*>),
        }
    }

    /// The call of an overriding method where the overridden one is due: it may take more, give less and raise less.
    /// The arguments at `optional` are options.
    pub fn overriding_call(
        &mut self,
        derived: &str,
        method: &str,
        name: &Ident,
        receiver: TokenStream,
        wanted: &Signature,
        optional: &[usize],
    ) -> TokenStream {
        let Some((_, signature)) = self.model.method(derived, method) else {
            return TokenStream::new();
        };
        let span = Span::call_site();
        let mut args = Vec::new();
        for (at, param) in signature.params.iter().enumerate() {
            args.push(match (wanted.params.get(at), &param.default) {
                (Some(given), Some(_)) if optional.contains(&at) => {
                    let name = ident(&given.name, span);
                    let value = self.coerce(quote!(value), &given.kind, &param.kind, span);
                    let default = self.default_of(derived, method, &signature, at);
                    quote!(match #name {
                        ::core::option::Option::Some(value) => #value,
                        ::core::option::Option::None => #default,
                    })
                }
                (Some(given), _) => {
                    let value = ident(&given.name, span);
                    self.coerce(quote!(#value), &given.kind, &param.kind, span)
                }
                (None, Some(Default::Literal(default))) => self.value_as(default, &param.kind),
                (None, Some(Default::Made)) => self.item_default(Some(derived), method, &param.name),
                (None, Some(Default::Unset) | None) => TokenStream::new(),
            });
        }
        let class = ident(derived, span);
        let call = self.seen(quote!(#class::#name(#receiver, #(#args),*)), &signature);
        let converts = signature.result != wanted.result;
        match (signature.raises, wanted.raises) {
            (false, true) => {
                let value = self.coerce(call, &signature.result, &wanted.result, span);
                quote!(::core::result::Result::Ok(#value))
            }
            (true, true) if converts => {
                let value = self.coerce(quote!(value), &signature.result, &wanted.result, span);
                quote!(#call.map(|value| #value))
            }
            _ => {
                let value = self.coerce(call, &signature.result, &wanted.result, span);
                match self.is_viewed(wanted) {
                    true => quote!(#value.with_failure()),
                    false => value,
                }
            }
        }
    }

    /// The nearest classes below that have the method of their own; they look further down themselves.
    fn overriding(&self, class: &str, method: &str) -> Vec<String> {
        self.model
            .classes
            .values()
            .filter(|other| {
                &*other.name != class
                    && other.methods.contains_key(method)
                    && self
                        .model
                        .lineage(&other.name)
                        .iter()
                        .skip(1)
                        .find(|between| between.methods.contains_key(method))
                        .is_some_and(|nearest| &*nearest.name == class)
            })
            .map(|other| other.name.to_string())
            .collect()
    }
}

/// Whether methods can stand in the same place of a table.
fn is_same(one: &Signature, other: &Signature) -> bool {
    let kinds =
        |signature: &Signature| -> Vec<Kind> { signature.params.iter().map(|param| param.kind.clone()).collect() };
    one.raises == other.raises && one.result == other.result && kinds(one) == kinds(other)
}
