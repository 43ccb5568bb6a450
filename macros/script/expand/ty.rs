//! Kinds as Rust types.

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;

use super::{Expander, ident};
use crate::script::kind::{Kind, PROXY};
use crate::script::model::Origin;

impl Expander<'_> {
    /// The Rust type; `_` for what only rustc knows.
    pub fn ty(&self, kind: &Kind) -> TokenStream {
        let py = &self.py;
        match kind {
            Kind::Unknown | Kind::Var(_) | Kind::Class(_) | Kind::Module(_) => quote!(_),
            Kind::None => quote!(()),
            Kind::Optional(inner) => {
                let inner = self.ty(inner);
                quote!(::core::option::Option<#inner>)
            }
            Kind::Function(params, result) => {
                let params = params.iter().map(|param| self.ty(param));
                let result = self.ty(result);
                quote!(#py::Function<(#(#params,)*), #result>)
            }
            Kind::Rust(tokens) => tokens.0.clone(),
            Kind::Named(name, args) => self.named(name, args),
        }
    }

    fn named(&self, name: &str, args: &[Kind]) -> TokenStream {
        let py = &self.py;
        let types: Vec<TokenStream> = args.iter().map(|arg| self.ty(arg)).collect();
        match name {
            "int" => quote!(i64),
            "float" => quote!(f64),
            "bool" => quote!(bool),
            "str" => quote!(#py::Str),
            "bytes" => quote!(#py::Bytes),
            "any" => quote!(#py::Any),
            "list" => quote!(#py::List<#(#types),*>),
            "dict" => quote!(#py::Dict<#(#types),*>),
            "set" => quote!(#py::Set<#(#types),*>),
            "frozenset" => quote!(#py::FrozenSet<#(#types),*>),
            "tuple..." => quote!(#py::Seq<#(#types),*>),
            "range" => quote!(#py::Range),
            "weak" => quote!(#py::Ref<#(#types),*>),
            PROXY => quote!(#py::Proxy<#(#types),*>),
            "WeakMethod" | "WeakValueDictionary" | "WeakKeyDictionary" | "WeakSet" | "Thread" | "TextIOWrapper" => {
                let name = Ident::new(name, Span::call_site());
                match types.is_empty() {
                    true => quote!(#py::#name),
                    false => quote!(#py::#name<#(#types),*>),
                }
            }
            "StandardStream" => quote!(#py::io::StandardStream),
            "finalize" => match args {
                [params, object] => {
                    let params = params.args().iter().map(|param| self.ty(param));
                    let object = self.ty(object);
                    quote!(#py::Finalize<(#(#params,)*), #object>)
                }
                _ => quote!(_),
            },
            "Iterator" => quote!(#py::Iter<#(#types),*>),
            "Generator" => {
                let sent = self.ty(&args.get(1).map_or(Kind::Unknown, Kind::sent));
                let (item, returned) = (types.first(), types.get(2));
                quote!(#py::generator::Generator<#item, #sent, #returned, #py::generator::Raises<#py::Exception>>)
            }
            "GeneratorContextManager" => quote!(#py::contextlib::GeneratorContextManager<#(#types),*>),
            "DictKeys" | "DictValues" | "DictItems" | "UnraisableHookArgs" | "ExceptionType" => {
                let name = match name {
                    "DictKeys" => "KeysView",
                    "DictValues" => "ValuesView",
                    "DictItems" => "ItemsView",
                    name => name,
                };
                let name = Ident::new(name, Span::call_site());
                match types.is_empty() {
                    true => quote!(#py::#name),
                    false => quote!(#py::#name<#(#types),*>),
                }
            }
            "tuple" => {
                let tuple = format_ident!("Tuple{}", types.len());
                match types.is_empty() {
                    true => quote!(#py::#tuple),
                    false => quote!(#py::#tuple<#(#types),*>),
                }
            }
            _ => match self.model.classes.get(name).map(|class| class.origin) {
                Some(Origin::Exception) => quote!(#py::Exception),
                Some(Origin::Script | Origin::Outside) => {
                    let class = self.struct_type(name, args);
                    let private = &self.paths.private;
                    quote!(#private::Gc<#class>)
                }
                _ => {
                    let name = ident(name, Span::call_site());
                    quote!(#name)
                }
            },
        }
    }

    /// An iterator of which Rust sees the items alone: exceptions are panics.
    pub fn viewed_type(&self, kind: &Kind) -> TokenStream {
        let py = &self.py;
        let args: Vec<TokenStream> = kind.args().iter().map(|arg| self.ty(arg)).collect();
        match args.as_slice() {
            [item, _, returned] => {
                let sent = self.ty(&kind.args()[1].sent());
                quote!(#py::generator::Generator<#item, #sent, #returned, #py::generator::Panics<#py::Exception>>)
            }
            args => quote!(#py::Iter<#(#args,)* #py::generator::Panics<#py::Exception>>),
        }
    }

    /// The struct behind a class.
    pub fn struct_type(&self, class: &str, args: &[Kind]) -> TokenStream {
        let name = ident(class, Span::call_site());
        match args.is_empty() {
            true => quote!(#name),
            false => {
                let types = args.iter().map(|arg| self.ty(arg));
                quote!(#name<#(#types),*>)
            }
        }
    }

    /// Whether every part of the kind is known.
    pub fn is_complete(kind: &Kind) -> bool {
        match kind {
            Kind::Unknown | Kind::Var(_) | Kind::Class(_) | Kind::Module(_) => false,
            Kind::None | Kind::Rust(_) => true,
            Kind::Optional(inner) => Self::is_complete(inner),
            Kind::Function(params, result) => params.iter().all(Self::is_complete) && Self::is_complete(result),
            Kind::Named(_, args) => args.iter().all(Self::is_complete),
        }
    }
}
