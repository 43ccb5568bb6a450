//! Special methods where the runtime looks for them: `print(x)`, `x == y`, `if x`.

use super::here::quote;
use proc_macro2::TokenStream;

use super::Expander;
use crate::script::kind::Kind;
use crate::script::model::Signature;
use crate::script::tree::Class;

impl Expander<'_> {
    /// `impl Object for Node { … }`
    pub fn object(&mut self, class: &Class) -> TokenStream {
        let class_name = class.name.to_string();
        let py = self.py.clone();
        let private = &self.paths.private;
        let (parameters, ty) = self.class_generics(class);
        let gc = quote!(#private::Gc<Self>);
        let mut methods = TokenStream::new();
        if self.model.is_exception(&class_name) {
            for (name, inherited) in [("__str__", quote!(message_of)), ("__repr__", quote!(repr_of))] {
                if self.model.method(&class_name, name).is_none() {
                    let name = super::ident(name, class.name.span());
                    methods.extend(quote! {
                        fn #name(this: &#gc) -> #py::Result<#py::Str> {
                            #py::#inherited(#py::upcast_ref::<_, #py::exceptions::BaseException>(this))
                        }
                    });
                }
            }
        }
        for name in ["__repr__", "__str__"] {
            if let Some(call) = self.special(&class_name, name, &[]) {
                let name = super::ident(name, class.name.span());
                methods.extend(quote! {
                    fn #name(this: &#gc) -> #py::Result<#py::Str> { #call }
                });
            }
        }
        if let Some((owner, signature)) = self.model.method(&class_name, "__format__") {
            let owner = owner.name.to_string();
            let path = self.struct_path(&class_name, &owner);
            let call = wrapped(quote!(#path::__format__(this, #py::Str::from(spec))), &signature);
            methods.extend(quote! {
                fn __format__(this: &#gc, spec: &str) -> #py::Result<#py::Str> { #call }
            });
        }
        for name in ["__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"] {
            if let Some(call) = self.special(&class_name, name, &["other"]) {
                let name = super::ident(name, class.name.span());
                methods.extend(quote! {
                    fn #name(this: &#gc, other: &#gc) -> #py::Result<bool> { #call }
                });
            }
        }
        for (name, result) in [("__hash__", quote!(i64)), ("__len__", quote!(i64)), ("__bool__", quote!(bool))] {
            if let Some(call) = self.special(&class_name, name, &[]) {
                let name = super::ident(name, class.name.span());
                methods.extend(quote! {
                    fn #name(this: &#gc) -> #py::Result<#result> { #call }
                });
            }
        }
        if self.model.method(&class_name, "__len__").is_some() {
            methods.extend(quote!(
                const HAS_LEN: bool = true;
            ));
        }
        let shown = match self.has_class(&class_name) {
            true => quote!(fn name(this: &#gc) -> &'static str { #py::HasClass::class(&**this).name() }),
            false => TokenStream::new(),
        };
        let dynamic = self.dynamic(class);
        let lints = super::function::lints();
        let traits = self.traits(class);
        let operators = self.operators(class);
        quote! {
            #lints
            impl #parameters #py::Object for #ty {
                const NAME: &'static str = #class_name;
                #shown
                #methods
                #dynamic
            }
            #traits
            #operators
        }
    }

    /// Rust's own traits: `{:?}` is `repr`, `{}` is `str`, `==` is `__eq__`.
    fn traits(&mut self, class: &Class) -> TokenStream {
        let private = self.paths.private.clone();
        let py = self.py.clone();
        let class_name = class.name.to_string();
        let (parameters, ty) = self.class_generics(class);
        let repr = self.text(&class_name, &["__repr__"]);
        let str = self.text(&class_name, &["__str__", "__repr__"]);
        let equal = match self.model.method(&class_name, "__eq__") {
            Some(_) => quote! {
                impl #parameters ::core::cmp::PartialEq for #ty {
                    fn eq(&self, other: &Self) -> bool {
                        let (this, other) = (#private::HasThis::this(self), #private::HasThis::this(other));
                        <Self as #py::Object>::__eq__(this, other).unwrap_or_else(|raised| ::core::panic!("{raised}"))
                    }
                }
            },
            None => TokenStream::new(),
        };
        quote! {
            impl #parameters ::core::fmt::Debug for #ty {
                fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    #py::show(#repr, formatter)
                }
            }
            impl #parameters ::core::fmt::Display for #ty {
                fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    #py::show(#str, formatter)
                }
            }
            #equal
        }
    }

    /// What the first of these methods that the class has gives, or what objects show by themselves.
    fn text(&mut self, class: &str, methods: &[&str]) -> TokenStream {
        let py = self.py.clone();
        let root = self.model.root(class).map(|root| root.name.to_string());
        if root.is_some_and(|root| self.pointers.has_own(&root)) {
            let method = super::ident(methods[0], proc_macro2::Span::call_site());
            let private = &self.paths.private;
            return quote!(<Self as #py::Object>::#method(#private::HasThis::this(self)));
        }
        let receiver = quote!(self);
        let call = methods.iter().find_map(|method| self.special_of(receiver.clone(), class, method, &[]));
        match (call, self.model.is_exception(class)) {
            (Some(call), _) => call,
            (None, true) if methods.len() > 1 => quote!(#py::message_of(self)),
            (None, true) => quote!(#py::repr_of(self)),
            (None, false) => {
                let name = match self.has_class(class) {
                    true => quote!(#py::HasClass::class(self).name()),
                    false => quote!(#class),
                };
                quote!(#py::default_repr(#name, self))
            }
        }
    }

    /// Operators and iteration, for code that knows the class by its traits only.
    fn operators(&mut self, class: &Class) -> TokenStream {
        let py = self.py.clone();
        let private = self.paths.private.clone();
        let class_name = class.name.to_string();
        let (parameters, ty) = self.class_generics(class);
        let gc = quote!(#private::Gc<Self>);
        let lints = super::function::lints();
        let mut tokens = TokenStream::new();
        for (name, method) in BINARY {
            let Some((_, signature)) = self.model.method(&class_name, method) else { continue };
            let [param] = signature.params.as_slice() else { continue };
            let (trait_name, method_name) = (quote::format_ident!("{}", name), quote::format_ident!("{}", method));
            let (argument, output) = (self.ty(&param.kind), self.ty(&signature.result));
            let call = wrapped(quote!(Self::#method_name(this, ::core::clone::Clone::clone(other))), &signature);
            tokens.extend(quote! {
                #lints
                impl #parameters #py::#trait_name<#argument> for #ty {
                    type Output = #output;
                    fn #method_name(this: &#gc, other: &#argument) -> #py::Result<#output> { #call }
                }
            });
        }
        if let Some((_, signature)) = self.model.method(&class_name, "__next__") {
            let item = self.ty(&signature.result);
            let call = wrapped(quote!(Self::__next__(this)), &signature);
            tokens.extend(quote! {
                #lints
                impl #parameters #py::ObjectNext for #ty {
                    type Item = #item;
                    fn __next__(this: &#gc) -> #py::Result<#item> { #call }
                }
            });
        }
        if let Some((_, signature)) = self.model.method(&class_name, "__iter__") {
            let kind = Kind::named(&class_name);
            let item = self.ty(&self.item_kind(&kind));
            let iter = self.ty(&signature.result);
            let call = wrapped(self.seen(quote!(Self::__iter__(this)), &signature), &signature);
            tokens.extend(quote! {
                #lints
                impl #parameters #py::ObjectIter for #ty {
                    type Item = #item;
                    type Iter = #iter;
                    fn __iter__(this: &#gc) -> #py::Result<#iter> { #call }
                }
            });
        }
        tokens
    }

    /// The call of a special method, as a `Result`; `None` if no class of the lineage defines it.
    fn special(&mut self, class: &str, name: &str, args: &[&str]) -> Option<TokenStream> {
        self.special_of(quote!(this), class, name, args)
    }

    fn special_of(&mut self, receiver: TokenStream, class: &str, name: &str, args: &[&str]) -> Option<TokenStream> {
        let (owner, signature) = self.model.method(class, name)?;
        let owner = owner.name.to_string();
        let path = self.struct_path(class, &owner);
        let method = super::ident(name, proc_macro2::Span::call_site());
        let args: Vec<TokenStream> =
            args.iter().zip(&signature.params).map(|(arg, param)| self.special_arg(arg, class, &param.kind)).collect();
        let call = quote!(#path::#method(#receiver, #(#args),*));
        Some(wrapped(call, &signature))
    }

    fn special_arg(&self, arg: &str, class: &str, wanted: &Kind) -> TokenStream {
        let py = &self.py;
        let arg = super::ident(arg, proc_macro2::Span::call_site());
        let clone = quote!(::core::clone::Clone::clone(#arg));
        match wanted {
            kind if kind.is("any") => quote!(#py::Any::from(#clone)),
            Kind::Optional(inner) if inner.is("any") => quote!(::core::option::Option::Some(#py::Any::from(#clone))),
            Kind::Named(name, _) if &**name != class && self.model.is_script_class(name) => {
                let base = super::ident(name, proc_macro2::Span::call_site());
                quote!(#py::upcast::<_, #base>(#clone))
            }
            Kind::Optional(_) => quote!(::core::option::Option::Some(#clone)),
            _ => clone,
        }
    }
}

fn wrapped(call: TokenStream, signature: &Signature) -> TokenStream {
    match signature.raises {
        true => call,
        false => quote!(::core::result::Result::Ok(#call)),
    }
}

const BINARY: &[(&str, &str)] = &[
    ("ObjectAdd", "__add__"),
    ("ObjectSub", "__sub__"),
    ("ObjectMul", "__mul__"),
    ("ObjectTrueDiv", "__truediv__"),
    ("ObjectFloorDiv", "__floordiv__"),
    ("ObjectMod", "__mod__"),
    ("ObjectPow", "__pow__"),
    ("ObjectAnd", "__and__"),
    ("ObjectOr", "__or__"),
    ("ObjectXor", "__xor__"),
    ("ObjectShl", "__lshift__"),
    ("ObjectShr", "__rshift__"),
    ("ObjectGetItem", "__getitem__"),
];
