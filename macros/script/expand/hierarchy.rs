//! Inheritance: a derived struct starts with its base's, so a pointer to it is a pointer to its base; objects of a
//! hierarchy know their class, by which overridden methods are found.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::{Expander, ident};
use crate::script::model::{Default, Signature};
use crate::script::tree::Class;

impl Expander<'_> {
    /// Whether objects of the class know it.
    pub fn has_class(&self, class: &str) -> bool {
        self.model.is_polymorphic(class)
    }

    /// The class's static.
    pub fn class_static(&self, class: &str) -> TokenStream {
        let py = &self.py;
        if self.model.is_script_class(class) {
            let name = ident(class, Span::call_site());
            return quote!(#name::__class());
        }
        let name = ident(&crate::script::builtin::static_name(class), Span::call_site());
        quote!(&#py::exceptions::#name)
    }

    pub fn class_function(&self, class: &str) -> TokenStream {
        if !self.has_class(class) {
            return TokenStream::new();
        }
        let py = &self.py;
        let base = match self.model.base_of(class) {
            Some(base) => {
                let base = self.class_static(&base.name);
                quote!(::core::option::Option::Some(#base))
            }
            None => quote!(::core::option::Option::None),
        };
        let is_generic = self.model.classes.get(class).is_some_and(|class| !class.generics.is_empty());
        let objects = match is_generic {
            true => TokenStream::new(),
            false => {
                let name = ident(class, Span::call_site());
                quote!(.with_objects(#py::wrapped::<#name>))
            }
        };
        quote! {
            #[doc(hidden)]
            pub const fn __class() -> &'static #py::exceptions::Class {
                static CLASS: #py::exceptions::Class = #py::exceptions::Class::new(#class, #base)#objects;
                &CLASS
            }
        }
    }

    /// The path of a class's struct, seen from a class that derives from it.
    pub fn struct_path(&self, class: &str, owner: &str) -> TokenStream {
        if class == owner {
            return quote!(Self);
        }
        let name = ident(owner, Span::call_site());
        quote!(#name)
    }

    /// What a class of a hierarchy implements.
    pub fn hierarchy(&mut self, class: &Class) -> TokenStream {
        let class_name = class.name.to_string();
        if !self.has_class(&class_name) {
            return TokenStream::new();
        }
        let py = &self.py;
        let (parameters, ty) = self.class_generics(class);
        let lineage = self.model.lineage(&class_name);
        let mut bases: Vec<TokenStream> = lineage
            .iter()
            .skip(1)
            .filter(|base| self.model.is_script_class(&base.name))
            .map(|base| {
                let base = ident(&base.name, Span::call_site());
                quote!(#base)
            })
            .collect();
        if self.model.is_exception(&class_name) {
            bases.push(quote!(#py::exceptions::BaseException));
        }
        let class_of = match self.model.base_of(&class_name) {
            Some(_) => quote!(#py::HasClass::class(&self.__base)),
            None => quote!(self.__class.get()),
        };
        let deref = match self.model.base_of(&class_name) {
            Some(base) => {
                let base = match self.model.is_script_class(&base.name) {
                    true => {
                        let name = ident(&base.name, Span::call_site());
                        quote!(#name)
                    }
                    false => quote!(#py::exceptions::BaseException),
                };
                quote! {
                    impl #parameters ::core::ops::Deref for #ty {
                        type Target = #base;
                        fn deref(&self) -> &#base { &self.__base }
                    }
                }
            }
            None => TokenStream::new(),
        };
        quote! {
            #(
                // SAFETY: the struct is `repr(C)` and starts with its base, and that with its own.
                #[allow(unsafe_code)]
                unsafe impl #parameters #py::Extends<#bases> for #ty {}
            )*
            // SAFETY: each class of a script has a static of its own.
            #[allow(unsafe_code)]
            unsafe impl #parameters #py::HasOwnClass for #ty {
                fn own_class() -> &'static #py::exceptions::Class { Self::__class() }
            }
            // SAFETY: the struct starts with its base, and the class derives from the base's.
            #[allow(unsafe_code)]
            unsafe impl #parameters #py::HasClass for #ty {
                fn class(&self) -> &'static #py::exceptions::Class { #class_of }
            }
            #deref
        }
    }

    /// The method that finds the overriding one by the object's class.
    pub fn dispatcher(&mut self, class: &Class, rust_name: &str, text: &str, signature: &Signature) -> TokenStream {
        let private = self.paths.private.clone();
        let py = self.py.clone();
        let class_name = class.name.to_string();
        let name = ident(rust_name, class.name.span());
        let own = format_ident!("__own_{}", rust_name);
        let result = self.result(signature);
        let names: Vec<_> = signature.params.iter().map(|param| ident(&param.name, Span::call_site())).collect();
        let types = signature.params.iter().map(|param| self.ty(&param.kind));
        let params: Vec<TokenStream> = names.iter().zip(types).map(|(name, ty)| quote!(#name: #ty)).collect();
        let branches: Vec<TokenStream> = self
            .overriding(&class_name, text)
            .into_iter()
            .map(|derived| {
                let call = self.overriding_call(&derived, text, &name, signature);
                let derived = ident(&derived, Span::call_site());
                quote!(if class.is_subclass(#derived::__class()) { return #call; })
            })
            .collect();
        quote! {
            fn #name(this: &#private::Gc<Self>, #(#params),*) #result {
                let class = #py::HasClass::class(&**this);
                #(#branches)*
                Self::#own(this, #(#names),*)
            }
        }
    }

    /// The call of an overriding method where the overridden one is due: it may take more, give less and raise less.
    fn overriding_call(&mut self, derived: &str, method: &str, name: &Ident, wanted: &Signature) -> TokenStream {
        let py = self.py.clone();
        let Some((_, signature)) = self.model.method(derived, method) else {
            return TokenStream::new();
        };
        let span = Span::call_site();
        let mut args = Vec::new();
        for (at, param) in signature.params.iter().enumerate() {
            args.push(match (wanted.params.get(at), &param.default) {
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
        let call = self.seen(quote!(#class::#name(#py::downcast_ref::<#class, _>(this), #(#args),*)), &signature);
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
