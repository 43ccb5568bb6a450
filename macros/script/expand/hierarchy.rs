//! Inheritance: a derived struct starts with its base's, so a pointer to it is a pointer to its base; objects of a
//! hierarchy know their class, by which overridden methods are found.

use super::here::{quote, unsafe_block};
use proc_macro2::{Span, TokenStream};

use super::{Expander, ident};
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

    /// Whether the class's struct starts with that of a class of the script.
    pub fn inherits(&self, class: &str) -> bool {
        self.model.base_of(class).is_some_and(|base| self.model.is_script_class(&base.name))
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
        let private = &self.paths.private;
        let root = self.model.root(&class_name).map(|root| root.name.to_string()).unwrap_or_default();
        // SAFETY: the base's part lies in an object of this class.
        let derived = unsafe_block(quote!(#py::derived_pointer(#private::HasThis::this(&self.__base))));
        let pointer = match self.inherits(&class_name) && self.pointers.has_own(&root) {
            true => quote! {
                impl #parameters #private::HasThis for #ty {
                    #[inline]
                    fn this(&self) -> &#private::Gc<Self> {
                        #derived
                    }
                }
            },
            false => TokenStream::new(),
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
                        #[inline]
                        fn deref(&self) -> &#base { &self.__base }
                    }
                }
            }
            None => TokenStream::new(),
        };
        quote! {
            #(
                // SAFETY: the struct is `repr(C)` and starts with its base, and that with its own.
                unsafe impl #parameters #py::Extends<#bases> for #ty {}
            )*
            // SAFETY: each class of a script has a static of its own.
            unsafe impl #parameters #py::HasOwnClass for #ty {
                #[inline]
                fn own_class() -> &'static #py::exceptions::Class { Self::__class() }
            }
            // SAFETY: the struct starts with its base, and the class derives from the base's.
            unsafe impl #parameters #py::HasClass for #ty {
                #[inline]
                fn class(&self) -> &'static #py::exceptions::Class { #class_of }
            }
            #deref
            #pointer
        }
    }
}
