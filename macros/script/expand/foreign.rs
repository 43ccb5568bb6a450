//! Attributes of managed types of Rust, of whose fields the macro knows nothing: rustc finds their getters and setters.

use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;

use super::here::{self, quote};
use super::{Expander, ident};
use crate::script::kind::Kind;
use crate::script::scope::Binding;
use crate::script::tree::{Expr, ExprKind};

impl Expander<'_> {
    /// ```text
    /// Got::of(Fields::of(&node).get().name()).raised()?
    /// ```
    pub fn rust_attribute(&mut self, kind: &Kind, owner: TokenStream, name: &Ident) -> TokenStream {
        let getter = ident(&name.to_string(), name.span());
        if kind.name().is_some_and(|name| self.model.is_script_class(name)) {
            // It was reported: the class is of this script, and has no such member.
            return quote!((#owner).#getter());
        }
        let owner = self.reach(kind, owner, name);
        self.got(owner, quote!(#getter()), name.span())
    }

    /// Without a name, which an editor completes: what stands before it is the same.
    pub fn unnamed_attribute(&mut self, kind: &Kind, owner: TokenStream, span: Span) -> TokenStream {
        match kind.name().is_some_and(|name| self.is_outside(name)) {
            true => self.got(owner, TokenStream::new(), span),
            false => quote!((#owner).),
        }
    }

    fn got(&mut self, owner: TokenStream, getter: TokenStream, span: Span) -> TokenStream {
        let py = self.py.clone();
        self.fallible(quote!(#py::Got::of(#py::Fields::of(#owner).get().#getter).raised()), span)
    }

    /// ```text
    /// node.set_name(py::fitting(value)?)
    /// ```
    pub fn set_rust_attribute(
        &mut self,
        owner_kind: &Kind,
        owner: TokenStream,
        name: &Ident,
        value: TokenStream,
        kind: &Kind,
    ) -> TokenStream {
        let owner = self.reach(owner_kind, owner, name);
        let setter = format_ident!("set_{}", name.to_string(), span = name.span());
        let value = match kind {
            Kind::None => quote!({ #value; ::core::option::Option::None }),
            // An error about the value's type stands at the attribute.
            _ => self.fitting(value, TokenStream::new(), name.span()),
        };
        quote!((#owner).#setter(#value))
    }

    /// Whether a value of which only rustc knows the type stands where the script says one.
    pub fn is_fitted(&self, expr: &Expr, kind: &Kind, wanted: &Kind) -> bool {
        let is_known = matches!(wanted, Kind::Named(..) | Kind::Optional(_)) && Self::is_complete(wanted);
        if !matches!(kind, Kind::Unknown) || !is_known || wanted.is("any") {
            return false;
        }
        match &expr.kind {
            ExprKind::Name(_) | ExprKind::Attribute { .. } => true,
            ExprKind::Call { callee, .. } => self.is_rust_call(expr, callee),
            _ => false,
        }
    }

    /// ```text
    /// py::fitting::<_, Str>(value)?
    /// py::lent::<_, Str>(&name)?          // A variable of Rust stays what it is.
    /// ```
    pub fn fitted(&mut self, expr: &Expr, wanted: &Kind, place: Span) -> TokenStream {
        let ty = self.ty(wanted);
        if let ExprKind::Name(name) = &expr.kind
            && matches!(self.scopes.lookup(self.scope, &name.to_string()), Binding::Outside)
        {
            let (py, value) = (self.py.clone(), self.value(expr));
            return self.fallible(quote!(#py::lent::<_, #ty>(&#value)), place);
        }
        let value = self.value(expr);
        self.fitting(value, quote!(::<_, #ty>), place)
    }

    /// The value has a name at the place where rustc is to say that it does not fit.
    fn fitting(&mut self, value: TokenStream, types: TokenStream, place: Span) -> TokenStream {
        here::at(Some(place), || {
            let py = self.py.clone();
            let given = Ident::new("__value", place);
            let fit = self.fallible(quote!(#py::fitting #types (#given)), place);
            quote!({ let #given = #value; #fit })
        })
    }

    /// What only rustc knows may be an `Option`.
    pub fn reach(&mut self, kind: &Kind, owner: TokenStream, name: &Ident) -> TokenStream {
        if !matches!(kind, Kind::Unknown) {
            return owner;
        }
        let py = self.py.clone();
        let text = name.to_string();
        self.fallible(quote!(#py::Reached::of(#owner).reach(#text)), name.span())
    }
}
