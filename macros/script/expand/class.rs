//! Classes: a `#[managed]` struct, its constructor, its accessors, its methods, and what the runtime asks of it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::function::lints;
use super::{Expander, FINALIZER, Frame, ident};
use crate::script::kind::Kind;
use crate::script::model::Signature;
use crate::script::tree::{Class, Field, Function};

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
        let finalizer = self.finalizer(class);
        let object = self.object(class);
        let (parameters, ty) = self.class_generics(class);
        let lints = lints();
        let private = &self.paths.private;
        quote! {
            #structure
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
    /// pub struct Node { #[managed(shown = "name")] __name: Attr<Str>, … }
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
            let name = stored(&shown);
            let ty = self.field_type(&class_name, field);
            fields.push(quote!(#[managed(shown = #shown)] #name: #ty));
        }
        let markers = class.generics.iter().map(|generic| &generic.name);
        let marker = match class.generics.is_empty() {
            true => TokenStream::new(),
            false => quote!(__generics: ::core::marker::PhantomData<(#(#markers,)*)>,),
        };
        quote! {
            #[#root::managed(new = false, this, tracked, script)]
            #(#attributes)*
            #layout
            #[allow(non_snake_case, dead_code, non_camel_case_types)]
            #public struct #name #parameters { #(#fields,)* #marker }
        }
    }

    fn field_type(&self, class: &str, field: &Field) -> TokenStream {
        let py = self.py.clone();
        let kind = self.field_kind(class, &field.name.to_string());
        let ty = self.ty(&kind);
        match field.weak {
            Some(_) => {
                let inner = self.ty(kind.unwrapped());
                quote!(#py::WeakAttr<#inner>)
            }
            None => quote!(#py::Attr<#ty>),
        }
    }

    pub fn field_kind(&self, class: &str, field: &str) -> Kind {
        self.model.field(class, field).map_or(Kind::Unknown, |(_, field)| field.kind.clone())
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
        let (class_param, class_arg) = match self.has_class(&class_name) {
            true => (quote!(class: &'static #py::exceptions::Class), quote!(Self::__class())),
            false => (TokenStream::new(), TokenStream::new()),
        };
        let own_class = self.class_function(&class_name);
        // The part of the object that is its base's knows the object, too.
        let bases =
            self.model.lineage(&class_name).into_iter().skip(1).filter(|base| self.model.is_script_class(&base.name));
        let place: TokenStream = bases
            .map(|base| {
                let base = ident(&base.name, Span::call_site());
                quote!(<#base as #private::Trace>::placed(#py::upcast_ref::<_, #base>(&this));)
            })
            .collect();
        let make = quote!(let this = #private::Gc::new(Self::__unset(#class_arg)); #place);
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

    /// The struct's value with no field set.
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
                fields.push(quote!(__class: #py::ClassPointer::new(class)));
            }
            None => {}
        }
        for field in &class.fields {
            let name = stored(&field.name.to_string());
            fields.push(match field.weak {
                Some(_) => quote!(#name: #py::WeakAttr::unset()),
                None => quote!(#name: #py::Attr::unset()),
            });
        }
        if !class.generics.is_empty() {
            fields.push(quote!(__generics: ::core::marker::PhantomData));
        }
        let private = &self.paths.private;
        quote!(Self {
            #(#fields,)*
            __this: #private::This::new(),
        })
    }

    /// The getter and the setter that Rust code uses.
    fn accessors(&mut self, class: &Class, field: &Field) -> TokenStream {
        let py = self.py.clone();
        let class_name = class.name.to_string();
        let text = field.name.to_string();
        let taken = self.model.classes[&class_name].methods.contains_key(&text);
        let public = field.public.as_ref().or(class.public.as_ref()).filter(|_| !text.starts_with('_'));
        let kind = self.field_kind(&class_name, &text);
        let ty = self.ty(&kind);
        let name = ident(&text, field.name.span());
        let setter = format_ident!("set_{}", text, span = field.name.span());
        let stored = stored(&text);
        let attributes = &field.attributes;
        let read = self.read_field(quote!(self), &class_name, &text);
        let place = self.place(field.name.span());
        let storage = match &field.default {
            Some(default) => {
                let shared = shared(&text);
                let value = self.value_as(default, &kind);
                if self.model.is_generic_field(&class_name, &text) {
                    quote! {
                        #[doc(hidden)]
                        pub fn #shared() -> #py::Constant<#ty> { #py::Constant(|| #value) }
                    }
                } else {
                    // At the end of a program its value is let go with the global names.
                    let made = match kind.is_plain() {
                        true => quote!(#py::Attr::new(#value)),
                        false => quote!(#py::program::class_attribute(#value, |visit| {
                            let _ = VALUE.try_with(|value| visit(value));
                        })),
                    };
                    quote! {
                    #[doc(hidden)]
                    pub fn #shared() -> &'static ::std::thread::LocalKey<#py::Attr<#ty>> {
                        ::std::thread_local! { static VALUE: #py::Attr<#ty> = #made; }
                        &VALUE
                    }
                    }
                }
            }
            None => TokenStream::new(),
        };
        let accessors = match taken {
            true => TokenStream::new(),
            false => quote! {
                #(#attributes)*
                #public fn #name(&self) -> #ty { #py::exceptions::or_panic(#read, #place) }
                #[doc = concat!("Sets `", #text, "`; the former value dies after.")]
                #public fn #setter(&self, value: #ty) { self.#stored.set(value); }
            },
        };
        quote!(#storage #accessors)
    }

    /// A field's value as a `Result`; `owner`: an expression that derefs to the struct.
    pub fn read_field(&self, owner: TokenStream, class: &str, field: &str) -> TokenStream {
        let stored = stored(field);
        match self.model.field(class, field) {
            Some((definer, known)) if known.shared => {
                let definer = self.struct_path(class, &definer.name);
                let shared = shared(field);
                quote!(#owner.#stored.get_or(#definer::#shared(), #class, #field))
            }
            _ => quote!(#owner.#stored.get(#class, #field)),
        }
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
        let receiver = match signature.role {
            Role::Static | Role::Class => TokenStream::new(),
            _ => quote!(this: &#private::Gc<Self>,),
        };
        let result = self.result(&signature);
        let generics = self.generics(&method.generics);
        let mut frame = Frame::new(&format!("{class_name}.{text}"), Some(signature.result.clone()), signature.raises);
        frame.class = Some(class_name.clone());
        frame.is_method = !is_static;
        let body = self.whole_body(method, &signature, frame);
        let dispatched =
            !is_static && self.model.is_overridden(&class_name, &text) && text != "__init__" && text != "__del__";
        let span = method.name.span();
        if !dispatched {
            let name = ident(&rust_name, span);
            return quote! {
                #(#attributes)*
                #public fn #name #generics (#receiver #(#params),*) #result { #body }
            };
        }
        let own = format_ident!("__own_{}", rust_name, span = span);
        let dispatcher = self.dispatcher(class, &rust_name, &text, &signature);
        quote! {
            #[doc(hidden)]
            pub fn #own #generics (#receiver #(#params),*) #result { #body }
            #(#attributes)*
            #public #dispatcher
        }
    }

    /// `__del__` where the runtime looks for it; what it raises goes to the unraisable hook.
    fn finalizer(&mut self, class: &Class) -> TokenStream {
        let class_name = class.name.to_string();
        let Some((owner, _)) = self.model.method(&class_name, "__del__") else {
            return TokenStream::new();
        };
        let owner = owner.name.to_string();
        let private = self.paths.private.clone();
        let py = self.py.clone();
        let path = self.struct_path(&class_name, &owner);
        let body = ident(FINALIZER, class.name.span());
        let name = format!("{class_name}.__del__");
        quote! {
            fn __del__(this: &#private::Gc<Self>) {
                if let ::core::result::Result::Err(raised) = #path::#body(this) {
                    #py::unraisable(raised, #name);
                }
            }
        }
    }
}
