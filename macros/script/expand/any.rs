//! What is done with an `any`: looked up by name when the program runs.

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};

use super::{Expander, ident};
use crate::script::builtin::WHOLE;
use crate::script::kind::Kind;
use crate::script::tree::{Argument, Expr, ExprKind};

impl Expander<'_> {
    /// A value as an `any`.
    pub fn forgotten(&self, value: TokenStream) -> TokenStream {
        let py = &self.py;
        quote!(#py::Any::from(#value))
    }

    /// The value of an `any` where a type is wanted.
    pub fn remembered(&mut self, value: TokenStream, wanted: &Kind, span: Span) -> TokenStream {
        let py = self.py.clone();
        let (ty, name) = (self.ty(wanted), wanted.to_string());
        self.fallible(quote!(#py::converted::<#ty>(&#value, #name)), span)
    }

    /// `x.name`
    pub fn any_attribute(&mut self, owner: TokenStream, name: &Ident) -> TokenStream {
        let text = name.to_string();
        self.fallible(quote!((#owner).attribute(#text)), name.span())
    }

    /// `x.name = value`
    pub fn set_any_attribute(&mut self, owner: TokenStream, name: &Ident, value: TokenStream) -> TokenStream {
        let text = name.to_string();
        self.fallible(quote!((#owner).set_attribute(#text, &#value)), name.span())
    }

    /// `del x.name`
    pub fn delete_any_attribute(&mut self, owner: TokenStream, name: &Ident) -> TokenStream {
        let text = name.to_string();
        self.fallible(quote!((#owner).delete_attribute(#text)), name.span())
    }

    /// `x.name(…)`
    pub fn call_any_method(&mut self, callee: &Expr, args: &[Argument]) -> TokenStream {
        let ExprKind::Attribute { value, name: Some(name) } = &callee.kind else {
            return TokenStream::new();
        };
        let text = name.to_string();
        let later: Vec<&Expr> = args.iter().map(|arg| &arg.value).collect();
        let operand = self.operand(value, None, 9, &later);
        self.assemble(vec![operand], |this, refs| {
            let owner = &refs[0];
            let values = this.any_arguments(args);
            this.fallible(quote!((#owner).invoke(#text, &[#(#values),*])), name.span())
        })
    }

    /// `x(…)`
    pub fn call_any(&mut self, callee: &Expr, args: &[Argument]) -> TokenStream {
        self.with_operands(&[(callee, None)], |this, refs| {
            let function = &refs[0];
            let values = this.any_arguments(args);
            this.fallible(quote!((#function).call(&[#(#values),*])), callee.end)
        })
    }

    fn any_arguments(&mut self, args: &[Argument]) -> Vec<TokenStream> {
        args.iter().map(|arg| self.value_as(&arg.value, &Kind::any())).collect()
    }

    /// `isinstance(x, class)`, for a reference to an `any`.
    pub fn any_instance(&mut self, class: &str, value: TokenStream) -> TokenStream {
        let py = self.py.clone();
        if self.model.is_exception(class) || (self.model.is_script_class(class) && self.has_class(class)) {
            let class = self.class_static(class);
            return quote!(#py::is_instance(#value, #class));
        }
        let is_generic = self.model.classes.get(class).is_some_and(|class| !class.generics.is_empty());
        if WHOLE.contains(&class) || is_generic {
            return quote!((#value).is_a(#class));
        }
        let class = ident(class, Span::call_site());
        let private = &self.paths.private;
        quote!((#value).to::<#private::Gc<#class>>().is_some())
    }
}
