//! Where a name's value is stored, and how it is read, bound and unbound.

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};

use super::{Expander, copy, ident};
use crate::script::kind::Kind;
use crate::script::scope::{ScopeKind, VarId};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Store {
    /// A Rust local; rustc knows where it is bound.
    Plain,
    /// A local that knows whether it is bound.
    Slot,
    /// Shared with closures.
    Cell,
    /// A variable of the Rust code around the script.
    Foreign,
    /// The receiver: a reference that the caller keeps.
    This,
}

impl Expander<'_> {
    pub fn store(&self, var: VarId) -> Store {
        let known = &self.scopes.vars[var];
        if known.foreign {
            return Store::Foreign;
        }
        if known.captured {
            return Store::Cell;
        }
        if self.is_receiver(var) {
            return Store::This;
        }
        let in_comprehension = self.scopes.scopes[known.scope].kind == ScopeKind::Comprehension;
        let leaves = self.frame.raises || self.frame.notes_caught;
        let kept = leaves && !in_comprehension && self.is_kept(var);
        if known.unsure || known.behind || kept {
            return Store::Slot;
        }
        Store::Plain
    }

    /// `self` of a method, if nothing rebinds it.
    fn is_receiver(&self, var: VarId) -> bool {
        let known = &self.scopes.vars[var];
        known.is_param
            && self.frame.is_method
            && known.name == "self"
            && known.bindings <= 1
            && known.scope == self.scopes.frame(self.scope)
    }

    /// Whether an exception that leaves the frame keeps the value.
    pub fn is_kept(&self, var: VarId) -> bool {
        let kind = &self.types.vars[var];
        !kind.is_plain() && !contains_rust(kind)
    }

    pub fn var_ident(&self, var: VarId, span: Span) -> Ident {
        ident(&self.scopes.vars[var].name.to_string(), span)
    }

    /// Whether the variable belongs to the Rust function being written.
    fn is_own(&self, var: VarId) -> bool {
        self.scopes.frame(self.scopes.vars[var].scope) == self.scopes.frame(self.scope)
    }

    /// The name's value, owned.
    pub fn read(&mut self, var: VarId, span: Span) -> TokenStream {
        let name = self.var_ident(var, span);
        let text = self.scopes.vars[var].name.to_string();
        match self.store(var) {
            Store::Cell if self.is_own(var) => self.fallible(quote!(#name.get_local(#text)), span),
            Store::Cell => self.fallible(quote!(#name.get(#text)), span),
            Store::Slot => {
                let value = self.slot_ref(var, span);
                copy::of_reference(&self.types.vars[var], &value)
            }
            Store::This => quote!(::core::clone::Clone::clone(#name)),
            Store::Plain | Store::Foreign => copy::of_place(&self.types.vars[var], &name),
        }
    }

    fn slot_ref(&mut self, var: VarId, span: Span) -> TokenStream {
        let name = self.var_ident(var, span);
        let text = self.scopes.vars[var].name.to_string();
        match self.is_surely_bound(var) {
            true => quote!(#name.bound()),
            false => {
                let reference = self.fallible(quote!(#name.read(#text)), span);
                // A reference to a pointer may have to become one to the object.
                quote!((&*#reference))
            }
        }
    }

    /// Whether the name is bound wherever it is read.
    fn is_surely_bound(&self, var: VarId) -> bool {
        !self.scopes.vars[var].unsure && !self.scopes.vars[var].behind
    }

    /// A reference to the name's value, if nothing can rebind the name while it is used.
    pub fn borrow(&mut self, var: VarId, span: Span) -> Option<TokenStream> {
        let name = self.var_ident(var, span);
        match self.store(var) {
            // It goes and comes back while the reference would be waiting.
            _ if self.spills() => None,
            Store::Cell => None,
            Store::Slot => Some(self.slot_ref(var, span)),
            Store::This => Some(quote!(#name)),
            Store::Plain | Store::Foreign => Some(quote!(&#name)),
        }
    }

    /// The name's value, moved out of it: the name is not used again.
    pub fn take(&mut self, var: VarId, span: Span) -> Option<TokenStream> {
        let name = self.var_ident(var, span);
        let text = self.scopes.vars[var].name.to_string();
        match self.store(var) {
            Store::Plain if self.scopes.scopes[self.scopes.vars[var].scope].kind != ScopeKind::Comprehension => {
                Some(quote!(#name))
            }
            Store::Slot if self.is_own(var) => Some(match self.is_surely_bound(var) {
                true => quote!(#name.moved()),
                false => self.fallible(quote!(#name.take(#text)), span),
            }),
            _ => None,
        }
    }

    /// Binds the name; the former value dies after.
    pub fn bind(&mut self, var: VarId, value: TokenStream, span: Span) -> TokenStream {
        let name = self.var_ident(var, span);
        match self.store(var) {
            // The name is not there while the value is waited for.
            Store::Cell if self.yields_here() => self.bind_after(&name, value),
            // The value may be made of the former one.
            Store::Slot => self.bind_after(&name, value),
            Store::Cell => quote!(#name.set(#value);),
            Store::Foreign => {
                let value = self.placed(value, span);
                quote!(#name = #value;)
            }
            Store::Plain | Store::This => quote!(#name = #value;),
        }
    }

    fn bind_after(&self, name: &Ident, value: TokenStream) -> TokenStream {
        let bound = self.own("bound");
        quote!({ let #bound = #value; #name.set(#bound); })
    }

    /// `del name;`
    pub fn unbind(&mut self, var: VarId, span: Span) -> TokenStream {
        let name = self.var_ident(var, span);
        let text = self.scopes.vars[var].name.to_string();
        match self.store(var) {
            Store::Cell | Store::Slot => {
                let unbound = self.fallible(quote!(#name.unbind(#text)), span);
                quote!(#unbound;)
            }
            Store::Plain | Store::Foreign | Store::This => quote!(::core::mem::drop(#name);),
        }
    }

    /// The declaration of a local that is bound later.
    pub fn declare(&mut self, var: VarId) -> TokenStream {
        let name = self.var_ident(var, self.scopes.vars[var].name.span());
        let py = &self.py;
        let kind = &self.types.vars[var];
        let ty = self.ty(kind);
        match self.store(var) {
            Store::Cell => quote!(let mut #name = #py::Cell::<#ty>::unbound();),
            Store::Slot => quote!(let mut #name = #py::Local::<#ty>::unbound();),
            Store::Plain if matches!(kind, Kind::Unknown) => quote!(let mut #name;),
            Store::Plain => quote!(let mut #name: #ty;),
            Store::Foreign | Store::This => TokenStream::new(),
        }
    }

    /// A parameter becomes a local, so that parameters are released first to last.
    pub fn declare_param(&mut self, var: VarId) -> TokenStream {
        let name = self.var_ident(var, self.scopes.vars[var].name.span());
        let py = &self.py;
        // `cls` is known when the script is compiled.
        if matches!(self.types.vars[var], Kind::Class(_)) {
            return TokenStream::new();
        }
        match self.store(var) {
            Store::Cell if self.frame.is_method && self.scopes.vars[var].name == "self" => {
                quote!(let #name = #py::Cell::new(::core::clone::Clone::clone(#name));)
            }
            Store::Cell => quote!(let mut #name = #py::Cell::new(#name);),
            Store::Slot if self.frame.is_method && self.scopes.vars[var].name == "self" => {
                quote!(let mut #name = #py::Local::new(::core::clone::Clone::clone(#name));)
            }
            Store::Slot => quote!(let mut #name = #py::Local::new(#name);),
            Store::Plain => quote!(let mut #name = #name;),
            Store::Foreign | Store::This => TokenStream::new(),
        }
    }
}

/// A type of Rust that the collector may know nothing about.
pub fn contains_rust(kind: &Kind) -> bool {
    match kind {
        Kind::Unknown | Kind::Var(_) | Kind::Rust(_) | Kind::Class(_) | Kind::Module(_) => true,
        Kind::None => false,
        Kind::Optional(inner) => contains_rust(inner),
        Kind::Function(..) => false,
        Kind::Named(_, args) => args.iter().any(contains_rust),
    }
}
