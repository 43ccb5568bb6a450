//! How fields of classes are stored, read and shown to Rust.

use super::here::quote;
use proc_macro2::{Span, TokenStream};
use quote::format_ident;

use super::class::{shared, stored};
use super::{Expander, ident};
use crate::script::kind::Kind;
use crate::script::tree::{Class, Field};

/// How a field is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Storage {
    /// Always holds a value, from the start: `Field<T>`.
    Plain,
    /// Is set before it is read: `Late<T>`.
    Late,
    /// Knows whether it is set: `Attr<T>`.
    Attr,
    Weak,
}

impl Expander<'_> {
    pub fn field_kind(&self, class: &str, field: &str) -> Kind {
        self.model.field(class, field).map_or(Kind::Unknown, |(_, field)| field.kind.clone())
    }

    /// `class`: one that has the field, or derives from one.
    fn storage(&self, class: &str, field: &str) -> Storage {
        let Some((definer, known)) = self.model.field(class, field) else { return Storage::Attr };
        if known.weak {
            return Storage::Weak;
        }
        if self.model.redeclared(class, field).is_some() {
            return Storage::Attr;
        }
        if !self.settled.has(&definer.name, field) {
            return Storage::Attr;
        }
        match known.shared || known.kind.is_number() || matches!(known.kind, Kind::Optional(_)) {
            true => Storage::Plain,
            false => Storage::Late,
        }
    }

    /// Whether the field always has a value, where others can read it.
    pub fn is_settled(&self, class: &str, field: &str) -> bool {
        matches!(self.storage(class, field), Storage::Plain | Storage::Late)
    }

    /// The type of the struct's field, and its value in an object that is being made.
    pub fn stored_field(&mut self, class: &str, field: &Field) -> (TokenStream, TokenStream) {
        let py = self.py.clone();
        let private = self.paths.private.clone();
        let text = field.name.to_string();
        let kind = self.field_kind(class, &text);
        let ty = self.ty(&kind);
        match self.storage(class, &text) {
            Storage::Plain => {
                let first = match &field.default {
                    Some(default) => self.value_as(default, &kind),
                    None => blank(&kind),
                };
                (quote!(#private::Field<#ty>), quote!(#private::Field::new(#first)))
            }
            Storage::Late => (quote!(#py::Late<#ty>), quote!(#py::Late::unset())),
            Storage::Attr => (quote!(#py::Attr<#ty>), quote!(#py::Attr::unset())),
            Storage::Weak => {
                let inner = self.ty(kind.unwrapped());
                (quote!(#py::WeakAttr<#inner>), quote!(#py::WeakAttr::unset()))
            }
        }
    }

    /// The value of a field; `owner`: a reference to an object of the class.
    pub fn read_field(&mut self, owner: TokenStream, class: &str, field: &str, span: Span) -> TokenStream {
        let place = stored(field);
        match self.is_settled(class, field) {
            true => quote!((#owner).#place.get()),
            false => {
                let read = self.read_unsettled(owner, class, field);
                self.fallible(read, span)
            }
        }
    }

    /// The value of a field as a `Result`.
    pub fn try_read_field(&self, owner: TokenStream, class: &str, field: &str) -> TokenStream {
        let (py, place) = (&self.py, stored(field));
        match self.is_settled(class, field) {
            true => quote!(#py::Result::Ok((#owner).#place.get())),
            false => self.read_unsettled(owner, class, field),
        }
    }

    fn read_unsettled(&self, owner: TokenStream, class: &str, field: &str) -> TokenStream {
        let place = stored(field);
        if let Some(holder) = self.model.redeclared(class, field) {
            let (holder, shared) = (ident(&holder.name, Span::call_site()), shared_by_class(field));
            let class_of = match self.model.is_exception(class) {
                true => quote!((#owner).class()),
                false => quote!((#owner).__class.get()),
            };
            return quote! {
                match #holder::#shared(#class_of) {
                    ::core::option::Option::Some(shared) => (#owner).#place.get_or(shared, #class, #field),
                    ::core::option::Option::None => (#owner).#place.get(#class, #field),
                }
            };
        }
        match self.model.field(class, field) {
            Some((definer, known)) if known.shared => {
                let definer = ident(&definer.name, Span::call_site());
                let shared = shared(field);
                quote!((#owner).#place.get_or(#definer::#shared(), #class, #field))
            }
            _ => quote!((#owner).#place.get(#class, #field)),
        }
    }

    /// `C.x`
    pub fn read_shared(&mut self, class: &str, field: &str, span: Span) -> TokenStream {
        let definer = ident(class, Span::call_site());
        let shared = shared(field);
        match self.storage(class, field) {
            Storage::Plain => quote!(#definer::#shared()),
            _ => self.fallible(quote!(#definer::#shared().with(|shared| shared.get(#class, #field))), span),
        }
    }

    /// The class's value of a class attribute, and what Rust code reads and sets the field by.
    pub fn accessors(&mut self, class: &Class, field: &Field) -> TokenStream {
        let class_name = class.name.to_string();
        let text = field.name.to_string();
        let shared = self.shared_value(&class_name, field);
        if self.model.redeclares(&class_name, &text) {
            return shared;
        }
        let by_class = self.by_class(&class_name, &text);
        let shared = quote!(#shared #by_class);
        if self.model.classes[&class_name].methods.contains_key(&text) {
            return shared;
        }
        let public = field.public.as_ref().or(class.public.as_ref()).filter(|_| !text.starts_with('_'));
        let ty = self.ty(&self.field_kind(&class_name, &text));
        let name = ident(&text, field.name.span());
        let setter = format_ident!("set_{}", text, span = field.name.span());
        let stored = stored(&text);
        let attributes = &field.attributes;
        let read = self.read_field(quote!(self), &class_name, &text, field.name.span());
        quote! {
            #shared
            #(#attributes)*
            #public fn #name(&self) -> #ty { #read }
            #[doc = concat!("Sets `", #text, "`; the former value dies after.")]
            #public fn #setter(&self, value: #ty) { self.#stored.set(value); }
        }
    }

    /// ```text
    /// pub fn __shared_kind_by_class(class: &'static Class) -> Option<&'static LocalKey<Attr<Str>>> { … }
    /// ```
    /// The value that objects of a class show of a field that classes declare anew.
    fn by_class(&mut self, holder: &str, field: &str) -> TokenStream {
        if self.model.redeclared(holder, field).is_none() {
            return TokenStream::new();
        }
        let mut declaring: Vec<(usize, String)> = self
            .model
            .classes
            .values()
            .filter(|class| self.model.is_subclass(&class.name, holder))
            .filter(|class| class.fields.iter().any(|known| known.name == field && known.shared))
            .map(|class| (self.model.lineage(&class.name).len(), class.name.to_string()))
            .collect();
        // The most derived first: the first that an object's class is or derives from is the nearest.
        declaring.sort_by(|one, other| other.cmp(one));
        let py = self.py.clone();
        let (name, shared) = (shared_by_class(field), shared(field));
        let ty = self.ty(&self.field_kind(holder, field));
        let classes = declaring.iter().map(|(_, class)| ident(class, Span::call_site()));
        quote! {
            #[doc(hidden)]
            pub fn #name(
                class: &'static #py::exceptions::Class,
            ) -> ::core::option::Option<&'static ::std::thread::LocalKey<#py::Attr<#ty>>> {
                #(if class.is_subclass(#classes::__class()) { return ::core::option::Option::Some(#classes::#shared()); })*
                ::core::option::Option::None
            }
        }
    }

    fn shared_value(&mut self, class: &str, field: &Field) -> TokenStream {
        let Some(default) = &field.default else { return TokenStream::new() };
        let py = self.py.clone();
        let text = field.name.to_string();
        let kind = self.field_kind(class, &text);
        let ty = self.ty(&kind);
        let shared = shared(&text);
        let value = self.value_as(default, &kind);
        let (ty, value) = match self.storage(class, &text) {
            Storage::Plain => (ty, value),
            _ if self.model.is_generic_field(class, &text) => {
                (quote!(#py::Constant<#ty>), quote!(#py::Constant(|| #value)))
            }
            _ => {
                // At the end of a program its value is let go with the global names.
                let made = match kind.is_plain() {
                    true => quote!(#py::Attr::new(#value)),
                    false => quote!(#py::program::class_attribute(#value, |visit| {
                        let _ = VALUE.try_with(|value| visit(value));
                    })),
                };
                (
                    quote!(&'static ::std::thread::LocalKey<#py::Attr<#ty>>),
                    quote!({
                        ::std::thread_local! { static VALUE: #py::Attr<#ty> = #made; }
                        &VALUE
                    }),
                )
            }
        };
        quote! {
            #[doc(hidden)]
            pub fn #shared() -> #ty { #value }
        }
    }
}

pub fn shared_by_class(field: &str) -> proc_macro2::Ident {
    format_ident!("__shared_{}_by_class", field, span = Span::call_site())
}

/// What stands in a field until it is set.
fn blank(kind: &Kind) -> TokenStream {
    match kind.name() {
        Some("int") => quote!(0),
        Some("float") => quote!(0.0),
        Some("bool") => quote!(false),
        _ => quote!(::core::option::Option::None),
    }
}
