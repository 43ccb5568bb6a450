//! Classes: a `#[managed]` struct, its constructor, its accessors, its methods, and what the runtime asks of it.

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;

use super::by_class::of_class;
use super::function::lints;
use super::{Expander, FINALIZER, Frame, ident};
use crate::script::model::Signature;
use crate::script::tree::{Class, Function};

/// The struct's field for a field of the class.
pub fn stored(name: &str) -> Ident {
    format_ident!("__{}", name.trim_start_matches('_'), span = Span::call_site())
}

/// What holds the value of a class attribute.
pub fn shared(name: &str) -> Ident {
    format_ident!("__shared_{}", name, span = Span::call_site())
}

impl Expander<'_> {
    pub fn class(&mut self, class: &Class) -> TokenStream {
        let structure = self.structure(class);
        let constructor = self.constructor(class);
        let accessors: Vec<TokenStream> = class.fields.iter().map(|field| self.accessors(class, field)).collect();
        let methods: Vec<TokenStream> = class.methods.iter().map(|method| self.method(class, method)).collect();
        let defaults = self.method_defaults(class);
        let hierarchy = self.hierarchy(class);
        let table = self.method_table(class);
        let finalizer = self.finalizer(class);
        let object = self.object(class);
        let (parameters, ty) = self.class_generics(class);
        let lints = lints();
        let private = &self.paths.private;
        quote! {
            #structure
            #table
            #lints
            impl #parameters #ty {
                #constructor
                #(#accessors)*
            }
            #lints
            #[#private::managed]
            impl #parameters #ty {
                #(#methods)*
                #finalizer
            }
            #defaults
            #hierarchy
            #object
        }
    }

    /// `<T: Value>` and `Stack<T>`.
    pub fn class_generics(&self, class: &Class) -> (TokenStream, TokenStream) {
        let parameters = self.generics(&class.generics);
        let name = ident(&class.name.to_string(), class.name.span());
        let names = class.generics.iter().map(|generic| &generic.name);
        match class.generics.is_empty() {
            true => (parameters, quote!(#name)),
            false => (parameters, quote!(#name<#(#names),*>)),
        }
    }

    /// ```text
    /// #[managed(new = false)]
    /// pub struct Node { #[managed(shown = "name")] __name: Late<Str>, … }
    /// ```
    fn structure(&mut self, class: &Class) -> TokenStream {
        let root = self.paths.private.clone();
        let py = self.py.clone();
        let attributes = &class.attributes;
        let public = &class.public;
        let name = ident(&class.name.to_string(), class.name.span());
        let parameters = self.generics(&class.generics);
        let class_name = class.name.to_string();
        let mut fields = Vec::new();
        let mut layout = TokenStream::new();
        if let Some(base) = self.base_struct(&class_name) {
            fields.push(quote!(#[managed(shown = "")] __base: #base));
            layout = quote!(#[repr(C)]);
        } else if self.model.is_polymorphic(&class_name) {
            fields.push(quote!(__class: #py::ClassPointer));
            layout = quote!(#[repr(C)]);
        }
        for field in &class.fields {
            let shown = field.name.to_string();
            if self.model.redeclares(&class_name, &shown) {
                continue;
            }
            let name = stored(&shown);
            let (ty, _) = self.stored_field(&class_name, field);
            fields.push(quote!(#[managed(shown = #shown)] #name: #ty));
        }
        let markers = class.generics.iter().map(|generic| &generic.name);
        let marker = match class.generics.is_empty() {
            true => TokenStream::new(),
            false => quote!(__generics: ::core::marker::PhantomData<(#(#markers,)*)>,),
        };
        let own_pointer = match self.pointers.has_own(&class_name) {
            true => quote!(, this),
            false if self.inherits(&class_name) => quote!(, inherits),
            false => TokenStream::new(),
        };
        quote! {
            #[#root::managed(new = false, tracked, script #own_pointer)]
            #(#attributes)*
            #layout
            #[allow(non_snake_case, dead_code, non_camel_case_types)]
            #public struct #name #parameters { #(#fields,)* #marker }
        }
    }

    /// The struct that a class's struct starts with.
    fn base_struct(&self, class: &str) -> Option<TokenStream> {
        let base = self.model.base_of(class)?;
        let py = self.py.clone();
        match self.model.is_script_class(&base.name) {
            true => {
                let args = self.model.classes.get(class)?.base.as_ref()?.args().to_vec();
                Some(self.struct_type(&base.name, &args))
            }
            false => Some(quote!(#py::exceptions::BaseException)),
        }
    }

    /// ```text
    /// pub fn new(name: Str) -> Gc<Self> { let this = Gc::new(Self::__unset(Self::__class())); Self::__init__(&this, name); this }
    /// ```
    fn constructor(&mut self, class: &Class) -> TokenStream {
        let private = self.paths.private.clone();
        let py = self.py.clone();
        let class_name = class.name.to_string();
        let unset = self.unset(class);
        let (class_param, class_arg) = match (self.has_class(&class_name), self.model.is_exception(&class_name)) {
            (false, _) => (TokenStream::new(), TokenStream::new()),
            (true, true) => (quote!(class: &'static #py::exceptions::Class), quote!(Self::__class())),
            (true, false) => (quote!(class: #py::ClassPointer), quote!(Self::__methods())),
        };
        let own_class = self.class_function(&class_name);
        let own_methods = self.methods_function(&class_name);
        let make = quote!(let this = #private::Gc::new(Self::__unset(#class_arg)););
        let new = match self.model.method(&class_name, "__init__") {
            Some((owner, init)) => {
                let owner = self.struct_path(&class_name, &owner.name);
                self.init_constructor(class, &make, &owner, &init)
            }
            None => self.field_constructor(class, &make),
        };
        quote! {
            #[doc(hidden)]
            pub fn __unset(#class_param) -> Self { #unset }
            #own_class
            #own_methods
            #new
        }
    }

    /// `new` with the parameters of `__init__`.
    fn init_constructor(
        &mut self,
        class: &Class,
        make: &TokenStream,
        owner: &TokenStream,
        init: &Signature,
    ) -> TokenStream {
        let private = &self.paths.private;
        let py = &self.py;
        let public = &class.public;
        let names: Vec<Ident> = init.params.iter().map(|param| ident(&param.name, Span::call_site())).collect();
        let types = init.params.iter().map(|param| self.ty(&param.kind));
        let params = quote!(#(#names: #types),*);
        let (body, result) = match init.raises {
            true => (
                quote!(#owner::__init__(&this, #(#names),*)?; ::core::result::Result::Ok(this)),
                quote!(::core::result::Result<#private::Gc<Self>, #py::Exception>),
            ),
            false => (quote!(#owner::__init__(&this, #(#names),*); this), quote!(#private::Gc<Self>)),
        };
        quote! {
            /// A new object.
            #[track_caller]
            #public fn new(#params) -> #result { #make #body }
        }
    }

    /// The struct's value before `__init__`.
    fn unset(&mut self, class: &Class) -> TokenStream {
        let py = self.py.clone();
        let class_name = class.name.to_string();
        let mut fields = Vec::new();
        match self.model.base_of(&class_name) {
            Some(base) if self.model.is_script_class(&base.name) => {
                let base = self.struct_path(&class_name, &base.name);
                fields.push(quote!(__base: #base::__unset(class)));
            }
            Some(_) => fields.push(quote!(__base: #py::exceptions::BaseException::of(class))),
            None if self.model.is_polymorphic(&class_name) => {
                fields.push(quote!(__class: class));
            }
            None => {}
        }
        let held = class.fields.iter().filter(|field| !self.model.redeclares(&class_name, &field.name.to_string()));
        for field in held.collect::<Vec<_>>() {
            let name = stored(&field.name.to_string());
            let (_, first) = self.stored_field(&class_name, field);
            fields.push(quote!(#name: #first));
        }
        if !class.generics.is_empty() {
            fields.push(quote!(__generics: ::core::marker::PhantomData));
        }
        let private = &self.paths.private;
        match self.pointers.has_own(&class_name) {
            true => fields.push(quote!(__this: #private::This::new())),
            false if self.inherits(&class_name) => {}
            false => fields.push(quote!(__made_by_new: #private::MadeByNew::new())),
        }
        quote!(Self { #(#fields),* })
    }

    fn method(&mut self, class: &Class, method: &Function) -> TokenStream {
        let Some(signature) = self.model.functions.get(&method.id).cloned() else {
            return TokenStream::new();
        };
        use crate::script::model::Role;
        let private = self.paths.private.clone();
        let class_name = class.name.to_string();
        let text = method.name.to_string();
        let attributes = &method.attributes;
        let public = method
            .public
            .as_ref()
            .or(class.public.as_ref())
            .filter(|_| !text.starts_with('_') || text.starts_with("__"));
        let rust_name = match (signature.role, text.as_str()) {
            (Role::Setter, name) => format!("set_{name}"),
            (_, "__del__") => FINALIZER.to_owned(),
            (_, name) => name.to_owned(),
        };
        let is_static = signature.role == Role::Static;
        let skip = usize::from(!is_static);
        let params = self.params(method, &signature, skip);
        let needs_pointer = self.pointers.is_needed(method);
        let (receiver, this) = match signature.role {
            Role::Static | Role::Class => (TokenStream::new(), TokenStream::new()),
            _ if needs_pointer => (quote!(this: &#private::Gc<Self>,), TokenStream::new()),
            _ => {
                let this = ident("self", method.name.span());
                (quote!(&self,), quote!(let #this = self;))
            }
        };
        let result = self.result(&signature);
        let generics = self.generics(&method.generics);
        let mut frame = Frame::new(&format!("{class_name}.{text}"), Some(signature.result.clone()), signature.raises);
        frame.class = Some(class_name.clone());
        frame.is_method = !is_static;
        frame.takes_class = self.takes_class(&class_name, &text);
        let takes_class = frame.takes_class;
        frame.has_pointer = needs_pointer;
        let body = self.whole_body(method, &signature, frame);
        let dispatched = signature.role != Role::Setter && self.model.is_dispatched(&class_name, &text);
        let span = method.name.span();
        if takes_class {
            let (name, of_class, given) = (ident(&rust_name, span), of_class(&text), ident("cls", span));
            let py = &self.py;
            let names = method.params.iter().skip(1).map(|param| ident(&param.name.to_string(), param.name.span()));
            return quote! {
                #[doc(hidden)]
                pub fn #of_class(#given: &'static #py::exceptions::Class, #(#params),*) #result { #body }
                #(#attributes)*
                #public fn #name(#(#params),*) #result { Self::#of_class(Self::__class(), #(#names),*) }
            };
        }
        if !dispatched {
            let name = ident(&rust_name, span);
            return quote! {
                #(#attributes)*
                #public fn #name #generics (#receiver #(#params),*) #result { #this #body }
            };
        }
        let own = format_ident!("__own_{}", rust_name, span = span);
        let dispatcher = self.dispatcher(class, &rust_name, &text, &signature);
        let by_default = self.method_by_default(class, &text, &signature);
        quote! {
            #[doc(hidden)]
            pub fn #own #generics (#receiver #(#params),*) #result { #this #body }
            #(#attributes)*
            #[inline]
            #public #dispatcher
            #by_default
        }
    }

    /// `__del__` where the runtime looks for it; what it raises goes to the unraisable hook.
    fn finalizer(&mut self, class: &Class) -> TokenStream {
        let class_name = class.name.to_string();
        let Some((owner, _)) = self.model.method(&class_name, "__del__") else {
            return TokenStream::new();
        };
        let owner = owner.name.to_string();
        let py = self.py.clone();
        let path = self.struct_path(&class_name, &owner);
        let body = ident(FINALIZER, class.name.span());
        let name = format!("{class_name}.__del__");
        quote! {
            fn __del__(&self) {
                if let ::core::result::Result::Err(raised) = #path::#body(self) {
                    #py::unraisable(raised, #name);
                }
            }
        }
    }
}
