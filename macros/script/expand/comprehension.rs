//! Comprehensions: loops in place that fill a container. Their names live in them and die with them.

use proc_macro2::TokenStream;
use quote::quote;

use super::Expander;
use crate::script::kind::Kind;
use crate::script::tree::{Clause, Comprehension, ComprehensionKind, Expr};

impl Expander<'_> {
    pub fn comprehension(&mut self, expr: &Expr, comprehension: &Comprehension) -> TokenStream {
        let py = self.py.clone();
        let kind = self.types.kind(expr);
        let span = expr.span;
        let inner = self.scopes.of_node(expr.id);
        let outer = self.scope;
        let built = self.own("built");
        let order: Vec<_> = self.scopes.scopes[inner].order.clone();
        self.scope = inner;
        let declarations: TokenStream = order.into_iter().rev().map(|var| self.declare(var)).collect();
        let arg = |at: usize| kind.args().get(at).cloned().unwrap_or(Kind::Unknown);
        let (make, finish) = match &comprehension.kind {
            ComprehensionKind::List(_) => {
                let ty = self.ty(&arg(0));
                (quote!(#py::List::<#ty>::new()), quote!(#built))
            }
            ComprehensionKind::Generator(_) => {
                let ty = self.ty(&arg(0));
                (
                    quote!(#py::List::<#ty>::new()),
                    quote!(#py::Iter::new(#py::protocol::Iterate::iter(&#built).unwrap_or_else(|_| ::core::unreachable!()))),
                )
            }
            ComprehensionKind::Set(_) => {
                let ty = self.ty(&arg(0));
                (quote!(#py::Set::<#ty>::new()), quote!(#built))
            }
            ComprehensionKind::Dict(..) => {
                let (key, value) = (self.ty(&arg(0)), self.ty(&arg(1)));
                (quote!(#py::Dict::<#key, #value>::new()), quote!(#built))
            }
        };
        let loops = self.clauses(&comprehension.clauses, outer, inner, true, &mut |this| match &comprehension.kind {
            ComprehensionKind::List(item) | ComprehensionKind::Generator(item) => {
                let value = this.value_as(item, &arg(0));
                quote!(#built.append(#value);)
            }
            ComprehensionKind::Set(item) => {
                let value = this.value_as(item, &arg(0));
                let added = this.fallible(quote!(#built.add(#value)), span);
                quote!(#added;)
            }
            ComprehensionKind::Dict(key, value) => {
                let key = this.value_as(key, &arg(0));
                let value = this.value_as(value, &arg(1));
                let stored = this.fallible(quote!(#py::protocol::SetItem::setitem(&#built, #key, #value)), span);
                quote!(#stored;)
            }
        });
        self.scope = outer;
        quote!({ let #built = #make; { #declarations #loops } #finish })
    }

    fn clauses(
        &mut self,
        clauses: &[Clause],
        outer: usize,
        inner: usize,
        first: bool,
        item: &mut dyn FnMut(&mut Self) -> TokenStream,
    ) -> TokenStream {
        let Some((clause, rest)) = clauses.split_first() else {
            return item(self);
        };
        let py = self.py.clone();
        match clause {
            Clause::If(condition) => {
                let condition = self.condition(condition);
                let body = self.clauses(rest, outer, inner, false, item);
                quote!(if #condition { #body })
            }
            Clause::For { target, iterable } => {
                self.scope = if first { outer } else { inner };
                let iterator = self.iterator(iterable);
                self.scope = inner;
                let kind = self.item_kind(&self.types.kind(iterable));
                let (items, found) = (self.own("items"), self.own("item"));
                let next = self.fallible(quote!(#py::protocol::ScriptIterator::next(&mut #items)), iterable.span);
                let bind = self.assign(target, quote!(#found), &kind);
                let body = self.clauses(rest, outer, inner, false, item);
                quote! {{
                    let mut #items = #iterator;
                    loop {
                        let #found = match #next {
                            ::core::option::Option::Some(#found) => #found,
                            ::core::option::Option::None => break,
                        };
                        #bind
                        #body
                    }
                }}
            }
        }
    }
}
