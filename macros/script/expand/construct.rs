//! `C(…)`: an object of a class.

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;

use super::class::stored;
use super::{Expander, ident};
use crate::script::infer::{MESSAGE, Plan, constructor};
use crate::script::model::ParamModel;
use crate::script::tree::{Argument, Class};

impl Expander<'_> {
    /// Whether the class is constructed by its fields.
    fn takes_fields(&self, class: &str) -> bool {
        self.model.is_script_class(class) && self.model.method(class, "__init__").is_none()
    }

    /// The call of a class. Class attributes that are given are set on the object.
    pub fn construct(&mut self, class: &str, plan: &Plan, args: &[Argument], span: Span) -> TokenStream {
        let path = ident(class, span);
        let signature = plan.signature.clone().filter(|_| self.takes_fields(class));
        let Some(signature) = signature.filter(|signature| signature.params.iter().any(is_optional)) else {
            return self.call_path(quote!(#path::new), None, plan, args, span);
        };
        let mut lets = TokenStream::new();
        let mut given: Vec<Option<Ident>> = vec![None; signature.params.len()];
        for (at, arg) in args.iter().enumerate() {
            let Some(param) = plan.args.iter().position(|place| *place == Some(at)) else { continue };
            let name = self.own(&format!("argument{at}"));
            let value = self.argument(plan, param, &arg.value);
            lets.extend(quote!(let #name = #value;));
            given[param] = Some(name);
        }
        let made = self.own("made");
        let mut required = Vec::new();
        let mut sets = TokenStream::new();
        for (param, name) in signature.params.iter().zip(given) {
            let Some(name) = name else { continue };
            match is_optional(param) {
                true => sets.extend(self.set_given(class, &made, param, &name)),
                false => required.push(name),
            }
        }
        let new = self.bare_constructor(class);
        quote!({ #lets let #made = #path::#new(#(#required),*); #sets #made })
    }

    /// `raise C;`: an exception without a message.
    pub fn construct_bare(&mut self, class: &str, span: Span) -> TokenStream {
        let path = ident(class, span);
        if self.takes_fields(class) {
            let new = self.bare_constructor(class);
            return quote!(#path::#new());
        }
        let call = quote!(#path::new());
        match self.model.method(class, "__init__").is_some_and(|(_, init)| init.raises) {
            true => self.fallible(call, span),
            false => call,
        }
    }

    /// What makes an object of the fields that need a value.
    fn bare_constructor(&self, class: &str) -> Ident {
        match self.model.is_exception(class) {
            true => format_ident!("__bare", span = Span::call_site()),
            false => format_ident!("new", span = Span::call_site()),
        }
    }

    fn set_given(&self, class: &str, object: &Ident, param: &ParamModel, value: &Ident) -> TokenStream {
        let py = &self.py;
        let stored = stored(&param.name);
        let set = quote!(#object.#stored.set(#value););
        if !self.is_message(class, param) {
            return set;
        }
        let init = |value: TokenStream| quote!(#py::exceptions::BaseException::init_message(&#object, #value););
        match self.model.field(class, MESSAGE) {
            Some(_) => {
                let init = init(quote!(::core::clone::Clone::clone(&#value)));
                quote!(#init #set)
            }
            None => init(quote!(#value)),
        }
    }

    /// `new` of a class without `__init__`: it takes the fields that need a value, after an exception's message.
    pub fn field_constructor(&mut self, class: &Class, make: &TokenStream) -> TokenStream {
        let private = &self.paths.private;
        let class_name = class.name.to_string();
        let public = &class.public;
        let signature = constructor(self.model, &class_name);
        let (optional, required): (Vec<&ParamModel>, Vec<&ParamModel>) =
            signature.params.iter().partition(|param| is_optional(param));
        let names: Vec<Ident> = required.iter().map(|param| ident(&param.name, Span::call_site())).collect();
        let stored = required.iter().map(|param| stored(&param.name));
        let types = required.iter().map(|param| self.ty(&param.kind));
        let params = quote!(#(#names: #types),*);
        let made = quote!(#make #(this.#stored.set(#names);)* this);
        let doc = documentation(&optional);
        let Some(message) = optional.iter().find(|param| self.is_message(&class_name, param)) else {
            return quote! {
                #[doc = #doc]
                #public fn new(#params) -> #private::Gc<Self> { #made }
            };
        };
        let (this, name, ty) =
            (ident("self", Span::call_site()), ident(MESSAGE, Span::call_site()), self.ty(&message.kind));
        let set = self.set_given(&class_name, &this, message, &name);
        quote! {
            #[doc(hidden)]
            pub fn __bare(#params) -> #private::Gc<Self> { #made }
            #[doc = #doc]
            #public fn new(#name: #ty, #params) -> #private::Gc<Self> {
                let #this = Self::__bare(#(#names),*);
                #set
                #this
            }
        }
    }

    fn is_message(&self, class: &str, param: &ParamModel) -> bool {
        param.name == MESSAGE && self.model.is_exception(class)
    }
}

fn is_optional(param: &ParamModel) -> bool {
    param.default.is_some()
}

fn documentation(optional: &[&ParamModel]) -> String {
    let setters: Vec<String> =
        optional.iter().filter(|param| param.name != MESSAGE).map(|param| format!("`set_{}`", param.name)).collect();
    match setters.is_empty() {
        true => "A new object.".to_owned(),
        false => format!(
            "A new object. Its other fields show the class's values until they are set: {}.",
            setters.join(", ")
        ),
    }
}
