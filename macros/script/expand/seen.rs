//! Values of Rust in a script: operators see its numbers and text as the script's own, names are bound to those, and what
//! Rust takes from a script is made to fit.

use proc_macro2::{Span, TokenStream};
use quote::format_ident;

use super::here::{self, quote};
use super::outcome::{called_name, is_typed_by_use};
use super::{Expander, ident};
use crate::script::infer::Target;
use crate::script::kind::Kind;
use crate::script::scope::Binding;
use crate::script::tree::{Expr, ExprKind};

/// What an operator does with `None`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It is an error.
    Operand,
    /// It is a value as others are.
    Value,
}

impl Expander<'_> {
    /// Whether rustc alone knows what the value is, and does know it.
    fn is_of_rust(&self, expr: &Expr) -> bool {
        if !matches!(self.types.kind(expr), Kind::Unknown) {
            return false;
        }
        match &expr.kind {
            ExprKind::Name(name) => match self.scopes.lookup(self.scope, &name.to_string()) {
                // Perhaps the use of a lambda tells what its parameters are.
                Binding::Var(var) => !self.scopes.vars[var].is_param,
                Binding::Outside => self.is_rust(name),
                _ => false,
            },
            ExprKind::Index { .. } => true,
            ExprKind::Path(_) => true,
            ExprKind::Call { callee, .. } => self.is_rust_call(expr, callee),
            _ => false,
        }
    }

    /// Whether a call is one of Rust, and gives what the function says.
    pub fn is_rust_call(&self, expr: &Expr, callee: &Expr) -> bool {
        let target = self.types.plans.get(&expr.id).map(|plan| &plan.target);
        matches!(target, Some(Target::Path | Target::UnknownFunction | Target::UnknownMethod))
            && !called_name(callee).is_some_and(|name| is_typed_by_use(&name))
    }

    /// A reference to the value as operators see it.
    ///
    /// ```text
    /// &*Seen::of(&count).operand()?
    /// ```
    pub fn seen_by(&mut self, used: Use, expr: &Expr, reference: &TokenStream) -> TokenStream {
        if !self.is_of_rust(expr) {
            return reference.clone();
        }
        let py = self.py.clone();
        let method = match used {
            Use::Operand => ident("operand", expr.span),
            Use::Value => ident("value", expr.span),
        };
        let seen = self.fallible(quote!(#py::Seen::of(#reference).#method()), expr.span);
        quote!(&*#seen)
    }

    /// The value that a name of the script's own is bound to.
    pub fn bound_value(&mut self, expr: &Expr) -> TokenStream {
        let value = self.value(expr);
        if !self.is_of_rust(expr) {
            return value;
        }
        let py = self.py.clone();
        self.fallible(quote!(#py::Bound::of(#value).raised()), expr.span)
    }

    /// A value where rustc alone knows the type of the place, if anybody does.
    ///
    /// ```text
    /// {
    ///     let slot = Slot::new();
    ///     if false { slot.take() } else { Placed::of(value, &slot).fill()?; slot.take() }
    /// }
    /// ```
    pub fn placed(&mut self, value: TokenStream, span: Span) -> TokenStream {
        here::at(Some(span), || {
            let py = self.py.clone();
            let (slot, placed) = (format_ident!("__slot", span = span), format_ident!("__value", span = span));
            let fill = self.fallible(quote!(#py::Placed::of(#placed, &#slot).fill()), span);
            quote!({
                let #placed = #value;
                let #slot = #py::Slot::new();
                if false { #slot.take() } else { #fill; #slot.take() }
            })
        })
    }
}
