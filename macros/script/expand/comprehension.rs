//! Comprehensions: loops in place that fill a container. Their names live in them and die with them.

use super::here::quote;
use proc_macro2::{Ident, TokenStream};

use super::{Expander, called_at};
use crate::script::kind::Kind;
use crate::script::tree::{Clause, Comprehension, ComprehensionKind, Expr};

impl Expander<'_> {
    pub fn comprehension(&mut self, expr: &Expr, comprehension: &Comprehension) -> TokenStream {
        let py = self.py.clone();
        let kind = self.types.kind(expr);
        let arg = |at: usize| kind.args().get(at).cloned().unwrap_or(Kind::Unknown);
        let types: Vec<TokenStream> = kind.args().iter().map(|kind| self.ty(kind)).collect();
        let (container, item) = match &comprehension.kind {
            ComprehensionKind::List(item) => (quote!(List), item),
            ComprehensionKind::Set(item) => (quote!(Set), item),
            ComprehensionKind::Dict(key, _) => (quote!(Dict), key),
            ComprehensionKind::Generator(item) => {
                return self.generator_expression(expr, &comprehension.clauses, item);
            }
        };
        let span = expr.span;
        let inner = self.scopes.of_node(expr.id);
        let outer = self.scope;
        let built = self.own("built");
        let order: Vec<_> = self.scopes.scopes[inner].order.clone();
        self.scope = inner;
        let declarations: TokenStream = order.into_iter().rev().map(|var| self.declare(var)).collect();
        let loops = self.clauses(&comprehension.clauses, Some(outer), &mut |this| {
            let first = this.value_as(item, &arg(0));
            let stored = match &comprehension.kind {
                ComprehensionKind::Dict(_, value) => {
                    let value = this.value_as(value, &arg(1));
                    this.fallible(quote!(#py::protocol::SetItem::setitem(&#built, #first, #value)), span)
                }
                ComprehensionKind::Set(_) => this.fallible(quote!(#built.add(#first)), span),
                _ => quote!(#built.append(#first)),
            };
            quote!(#stored;)
        });
        self.scope = outer;
        let made = called_at(span, quote!(#py::#container::<#(#types),*>::new()));
        quote!({ let #built = #made; { #declarations #loops } #built })
    }

    /// The loops; `outer`: the scope of the first iterable.
    pub fn clauses(
        &mut self,
        clauses: &[Clause],
        outer: Option<usize>,
        item: &mut dyn FnMut(&mut Self) -> TokenStream,
    ) -> TokenStream {
        let Some((clause, rest)) = clauses.split_first() else {
            return item(self);
        };
        match clause {
            Clause::If(condition) => {
                let condition = self.condition(condition);
                let body = self.clauses(rest, None, item);
                quote!(if #condition { #body })
            }
            Clause::For { target, iterable } => {
                let inner = self.scope;
                self.scope = outer.unwrap_or(inner);
                let iterator = self.iterator(iterable);
                self.scope = inner;
                let mark = self.mark();
                let items = self.hold("items", super::generator::is_traced(&self.types.kind(iterable)));
                let cycle = self.cycle(target, iterable, &items, |this| this.clauses(rest, None, item));
                self.release(mark);
                quote!({ let mut #items = #iterator; #cycle })
            }
        }
    }

    /// A loop over what `items` still has.
    pub fn cycle(
        &mut self,
        target: &Expr,
        iterable: &Expr,
        items: &Ident,
        body: impl FnOnce(&mut Self) -> TokenStream,
    ) -> TokenStream {
        let py = self.py.clone();
        let kind = self.item_kind(&self.types.kind(iterable));
        let found = self.own("item");
        let next = self.fallible(quote!(#py::protocol::ScriptIterator::next(&mut #items)), iterable.span);
        let bind = self.assign(target, quote!(#found), &kind);
        let body = body(self);
        quote! {
            loop {
                let #found = match #next {
                    ::core::option::Option::Some(#found) => #found,
                    ::core::option::Option::None => break,
                };
                #bind
                #body
            }
        }
    }
}
