//! Methods whose overrides have other default values: the object's class says what an argument is that isn't given.
//!
//! ```text
//! fn __by_default_area(this: &Gc<Shape>, scale: Option<i64>) -> i64 {
//!     let class = HasClass::class(&**this);
//!     if class.is_subclass(Square::__class()) { return …; }
//!     …
//! }
//! ```

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;

use super::{Expander, ident};
use crate::script::infer::{Plan, Target};
use crate::script::model::{Default, Signature};
use crate::script::tree::{Class, Expr, ExprKind};

/// The function that takes an `Option` for each argument whose default the object's class decides.
pub fn by_default(method: &str) -> Ident {
    format_ident!("__by_default_{}", method, span = Span::call_site())
}

impl Expander<'_> {
    /// The parameters of a method for which a class below has another default value.
    pub fn varied_defaults(&self, class: &str, method: &str) -> Vec<usize> {
        let own = self.model.classes.get(class).and_then(|class| class.methods.get(method));
        let Some(own) = own.filter(|_| self.model.is_dispatched(class, method)) else { return Vec::new() };
        let below = self.overriding_below(class, method);
        let varies = |at: &usize| {
            own.params[*at].default.as_ref().is_some_and(|default| {
                below.iter().any(|derived| {
                    let other = self.model.classes[derived].methods[method].params.get(*at);
                    other.and_then(|param| param.default.as_ref()).is_some_and(|other| !is_same(default, other))
                })
            })
        };
        (0..own.params.len()).filter(varies).collect()
    }

    /// The classes below that have the method of their own, the most derived first.
    fn overriding_below(&self, class: &str, method: &str) -> Vec<String> {
        let mut below = self.derived(class);
        below.retain(|derived| self.model.classes[derived].methods.contains_key(method));
        below
    }

    /// What calls that leave such an argument out call; nothing if there is none.
    pub fn method_by_default(&mut self, class: &Class, text: &str, signature: &Signature) -> TokenStream {
        let class_name = class.name.to_string();
        let varied = self.varied_defaults(&class_name, text);
        if varied.is_empty() {
            return TokenStream::new();
        }
        let (private, py) = (self.paths.private.clone(), self.py.clone());
        let name = by_default(text);
        let generics = self.value_generics(signature);
        let result = self.result(signature);
        let params = signature.params.iter().enumerate().map(|(at, param)| {
            let (name, ty) = (ident(&param.name, Span::call_site()), self.ty(&param.kind));
            match varied.contains(&at) {
                true => quote!(#name: ::core::option::Option<#ty>),
                false => quote!(#name: #ty),
            }
        });
        let params: Vec<TokenStream> = params.collect();
        let mut branches = TokenStream::new();
        for derived in self.overriding_below(&class_name, text) {
            let function = self.exact_name(&derived, text);
            let derived_name = ident(&derived, Span::call_site());
            let receiver = quote!(#py::downcast_ref::<#derived_name, _>(this));
            let call = self.overriding_call(&derived, text, &function, receiver, signature, &varied);
            branches.extend(quote!(if class.is_subclass(#derived_name::__class()) { return #call; }));
        }
        let own = self.exact_name(&class_name, text);
        let own = self.overriding_call(&class_name, text, &own, quote!(this), signature, &varied);
        quote! {
            #[doc(hidden)]
            pub fn #name #generics (this: &#private::Gc<Self>, #(#params),*) #result {
                let class = #py::HasClass::class(&**this);
                #branches
                #own
            }
        }
    }

    /// The default value of a method's parameter, as the class that defines the method has it.
    pub fn default_of(&mut self, class: &str, method: &str, signature: &Signature, param: usize) -> TokenStream {
        let target = Target::Method { class: class.to_owned(), name: method.to_owned(), exact: true };
        let params = signature.params.iter().map(|param| param.kind.clone()).collect();
        let plan = Plan { signature: Some(signature.clone().into()), params, ..Plan::loose(target) };
        self.default(&plan, param)
    }
}

/// Whether nobody can tell the two values from each other.
fn is_same(one: &Default, other: &Default) -> bool {
    match (one, other) {
        (Default::Literal(one), Default::Literal(other)) => is_same_literal(one, other),
        _ => false,
    }
}

fn is_same_literal(one: &Expr, other: &Expr) -> bool {
    match (&one.kind, &other.kind) {
        (ExprKind::Int(one), ExprKind::Int(other)) | (ExprKind::Float(one), ExprKind::Float(other)) => {
            one.to_string() == other.to_string()
        }
        (ExprKind::Str(one), ExprKind::Str(other)) => one == other,
        (ExprKind::Bytes(one), ExprKind::Bytes(other)) => one == other,
        (ExprKind::True, ExprKind::True)
        | (ExprKind::False, ExprKind::False)
        | (ExprKind::None, ExprKind::None)
        | (ExprKind::Tuple(_), ExprKind::Tuple(_)) => true,
        (ExprKind::Unary { op, value }, ExprKind::Unary { op: other_op, value: other }) => {
            op == other_op && is_same_literal(value, other)
        }
        _ => false,
    }
}
