//! A class's fields and methods by name, for those who hold an object as an `any`.
//!
//! ```text
//! const METHODS: &'static [&'static str] = &["walk"];
//! fn attribute(this: &Gc<Self>, name: &str) -> Option<Result<Any>> {
//!     match name { "name" => Some(this.__name.get("Node", "name").map(Any::from)), _ => None }
//! }
//! fn invoke(this: &Gc<Self>, name: &str, arguments: &[Any]) -> Option<Result<Any>> {
//!     match name { "walk" => Some((|| { … Ok(Any::from(Self::walk(this))) })()), _ => None }
//! }
//! ```

use std::collections::BTreeSet;
use std::rc::Rc;

use super::here::quote;
use proc_macro2::{Span, TokenStream};
use quote::format_ident;

use super::class::stored;
use super::{Expander, ident};
use crate::script::infer::{Plan, Target};
use crate::script::kind::Kind;
use crate::script::model::{Origin, Role, Signature};
use crate::script::tree::Class;

/// A member of a class, its own or inherited.
struct Inherited {
    owner: String,
    name: String,
    signature: Rc<Signature>,
}

impl Expander<'_> {
    /// What `impl Object` says about the class of an object and its members.
    pub fn dynamic(&mut self, class: &Class) -> TokenStream {
        let name = class.name.to_string();
        let own_class = self.class_of_objects(&name);
        let equality = self.equality(&name);
        let members = match class.public.is_some() || self.asks.objects {
            true => self.members(&name),
            false => TokenStream::new(),
        };
        quote!(#own_class #equality #members)
    }

    /// An object is one of the class that it was made of, whatever the class of the reference.
    fn class_of_objects(&self, class: &str) -> TokenStream {
        if !self.has_class(class) {
            return TokenStream::new();
        }
        let py = &self.py;
        let private = &self.paths.private;
        let gc = quote!(#private::Gc<Self>);
        let derived = self
            .model
            .classes
            .get(class)
            .is_some_and(|class| class.has_subclasses)
            .then(|| quote!(fn derived(this: &#gc) -> ::core::option::Option<#py::Any> { #py::derived(this) }));
        quote! {
            #derived
            fn into_any(this: #gc) -> #py::Any { #py::any_of(this) }
            fn from_any(any: &#py::Any) -> ::core::option::Option<#gc> { #py::instance_in(any) }
            fn instance(this: &#gc) -> ::core::option::Option<#py::Instance> {
                ::core::option::Option::Some(#py::Instance::of(::core::clone::Clone::clone(this)))
            }
        }
    }

    /// `__eq__` that takes anything is asked about anything.
    fn equality(&self, class: &str) -> TokenStream {
        let py = &self.py;
        let private = &self.paths.private;
        let Some((owner, signature)) = self.model.method(class, "__eq__") else {
            return TokenStream::new();
        };
        if !signature.params.first().is_some_and(|param| param.kind.is("any")) {
            return TokenStream::new();
        }
        let owner = self.struct_path(class, &owner.name);
        let call = quote!(#owner::__eq__(this, ::core::clone::Clone::clone(other)));
        let call = raising(call, &signature);
        quote! {
            fn equals(this: &#private::Gc<Self>, other: &#py::Any) -> #py::Result<bool> { #call }
        }
    }

    fn members(&mut self, class: &str) -> TokenStream {
        let py = self.py.clone();
        let private = self.paths.private.clone();
        let gc = quote!(#private::Gc<Self>);
        let (methods, properties) = self.inherited(class);
        let (reads, writes, deletes) = self.fields_by_name(class, &properties);
        let names = methods.iter().map(|method| &method.name);
        let calls: Vec<TokenStream> = methods.iter().map(|method| self.call_by_name(class, method)).collect();
        quote! {
            const METHODS: &'static [&'static str] = &[#(#names),*];
            fn attribute(this: &#gc, name: &str) -> ::core::option::Option<#py::Result<#py::Any>> {
                match name { #(#reads)* _ => ::core::option::Option::None }
            }
            fn set_attribute(this: &#gc, name: &str, value: &#py::Any) -> ::core::option::Option<#py::Result<()>> {
                match name { #(#writes)* _ => ::core::option::Option::None }
            }
            fn delete_attribute(this: &#gc, name: &str) -> ::core::option::Option<#py::Result<()>> {
                match name { #(#deletes)* _ => ::core::option::Option::None }
            }
            fn invoke(this: &#gc, name: &str, arguments: &[#py::Any]) -> ::core::option::Option<#py::Result<#py::Any>> {
                match name { #(#calls)* _ => ::core::option::Option::None }
            }
        }
    }

    /// Methods and properties that an `any` can reach, the class's own first.
    fn inherited(&self, class: &str) -> (Vec<Inherited>, Vec<Inherited>) {
        let mut seen = BTreeSet::new();
        let (mut methods, mut properties) = (Vec::new(), Vec::new());
        for owner in self.model.lineage(class).into_iter().filter(|class| class.origin == Origin::Script) {
            for (name, signature) in &owner.methods {
                let reachable = !matches!(name.as_str(), "__init__" | "__del__")
                    && signature.generics.is_empty()
                    && self.is_value(&signature.result)
                    && signature.params.iter().all(|param| self.is_value(&param.kind));
                if !seen.insert(name.clone()) || !reachable {
                    continue;
                }
                let member =
                    Inherited { owner: owner.name.to_string(), name: name.clone(), signature: signature.clone() };
                match signature.role {
                    Role::Property => properties.push(member),
                    Role::Setter => {}
                    _ => methods.push(member),
                }
            }
        }
        (methods, properties)
    }

    fn fields_by_name(
        &mut self,
        class: &str,
        properties: &[Inherited],
    ) -> (Vec<TokenStream>, Vec<TokenStream>, Vec<TokenStream>) {
        let py = self.py.clone();
        let (mut reads, mut writes, mut deletes) = (Vec::new(), Vec::new(), Vec::new());
        for Inherited { owner, name, signature } in properties {
            let (path, getter) = (self.struct_path(class, owner), ident(name, Span::call_site()));
            let got = self.seen(quote!(#path::#getter(this)), signature);
            let got = raising(got, signature);
            reads.push(quote!(#name => ::core::option::Option::Some(#got.map(#py::Any::from)),));
            let setter = self.model.setter(class, name).map(|(owner, setter)| (owner.name.to_string(), setter));
            if let Some((owner, setter)) = setter
                && let Some(param) = setter.params.first().filter(|param| self.is_value(&param.kind))
            {
                let (path, function) = (self.struct_path(class, &owner), format_ident!("set_{}", name));
                let set = raising(quote!(#path::#function(this, value)), &setter);
                writes.push(self.write_by_name(name, &param.kind, quote!(and_then), set));
            }
        }
        let fields: Vec<(String, Kind)> = self
            .model
            .lineage(class)
            .into_iter()
            .filter(|class| class.origin == Origin::Script)
            .flat_map(|class| class.fields.iter().map(|field| (field.name.clone(), field.kind.clone())))
            .collect();
        let mut seen: BTreeSet<String> = properties.iter().map(|property| property.name.clone()).collect();
        for (name, kind) in fields {
            if !seen.insert(name.clone()) || !self.is_value(&kind) {
                continue;
            }
            let stored = stored(&name);
            let read = self.try_read_field(quote!(this), class, &name);
            reads.push(quote!(#name => ::core::option::Option::Some(#read.map(#py::Any::from)),));
            writes.push(self.write_by_name(&name, &kind, quote!(map), quote!(this.#stored.set(value))));
            let delete = match self.is_settled(class, &name) {
                true => quote!(#py::undeletable(#class, #name)),
                false => quote!(this.#stored.delete(#class, #name)),
            };
            deletes.push(quote!(#name => ::core::option::Option::Some(#delete),));
        }
        (reads, writes, deletes)
    }

    fn write_by_name(&self, name: &str, kind: &Kind, then: TokenStream, set: TokenStream) -> TokenStream {
        let py = &self.py;
        let (ty, shown) = (self.ty(kind), kind.to_string());
        quote!(#name => ::core::option::Option::Some(#py::converted::<#ty>(value, #shown).#then(|value| #set)),)
    }

    fn call_by_name(&mut self, class: &str, method: &Inherited) -> TokenStream {
        let py = self.py.clone();
        let Inherited { owner, name, signature } = method;
        let called = format!("{class}.{name}");
        let params = &signature.params;
        let names = params.iter().map(|param| &param.name);
        let optional = params.iter().filter(|param| param.default.is_some()).count();
        let receivers = usize::from(signature.role != Role::Static);
        let count = quote!(#py::check_count(#called, #receivers, &[#(#names),*], #optional, arguments)?;);
        let target = Target::Method { class: owner.clone(), name: name.clone(), exact: false };
        let kinds = params.iter().map(|param| param.kind.clone()).collect();
        let plan = Plan { signature: Some(signature.clone()), params: kinds, ..Plan::loose(target) };
        let mut values = Vec::new();
        for (at, param) in params.iter().enumerate() {
            let ty = self.ty(&param.kind);
            let given = quote!(#py::argument::<#ty>(#called, arguments, #at)?);
            values.push(match param.default {
                Some(_) => {
                    let default = self.default(&plan, at);
                    quote!(if arguments.len() > #at { #given } else { #default })
                }
                None => given,
            });
        }
        let function = ident(name, Span::call_site());
        let path = self.struct_path(class, owner);
        let receiver = match signature.role {
            Role::Static | Role::Class => TokenStream::new(),
            _ => quote!(this,),
        };
        let call = self.seen(quote!(#path::#function(#receiver #(#values),*)), signature);
        let call = raising(call, signature);
        quote! {
            #name => ::core::option::Option::Some((|| -> #py::Result<#py::Any> {
                #count
                #call.map(#py::Any::from)
            })()),
        }
    }

    /// Whether every value of the kind can be an `any`.
    pub fn is_value(&self, kind: &Kind) -> bool {
        match kind {
            Kind::None => true,
            Kind::Unknown | Kind::Var(_) | Kind::Class(_) | Kind::Module(_) | Kind::Rust(_) => false,
            Kind::Optional(inner) => self.is_value(inner),
            Kind::Function(params, result) => params.iter().all(|kind| self.is_value(kind)) && self.is_value(result),
            Kind::Named(name, args) => {
                let known = match self.model.classes.get(&**name).map(|class| class.origin) {
                    Some(Origin::Builtin) => &**name != "UnraisableHookArgs",
                    _ => true,
                };
                known && args.iter().all(|arg| self.is_value(arg))
            }
        }
    }
}

/// A call as a `Result`.
fn raising(call: TokenStream, signature: &Signature) -> TokenStream {
    match signature.raises {
        true => call,
        false => quote!(::core::result::Result::<_, _>::Ok(#call)),
    }
}
