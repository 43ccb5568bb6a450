//! Attributes of managed types of Rust, of whose fields the macro knows nothing: rustc finds their getters and setters.

use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;

use super::here::{self, quote};
use super::{Expander, ident};
use crate::script::kind::Kind;

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
        let py = self.py.clone();
        let owner = self.reach(owner_kind, owner, name);
        let setter = format_ident!("set_{}", name.to_string(), span = name.span());
        let value = match kind {
            Kind::None => quote!({ #value; ::core::option::Option::None }),
            // A name at the attribute: an error about the value's type stands there.
            _ => here::at(Some(name.span()), || {
                let stored = Ident::new("__value", name.span());
                let fit = self.fallible(quote!(#py::fitting(#stored)), name.span());
                quote!({ let #stored = #value; #fit })
            }),
        };
        quote!((#owner).#setter(#value))
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
