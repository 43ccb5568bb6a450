//! Values that are only looked at: borrowed where they have a place, else bound for as long as they are needed and
//! dropped right after, first to last.

use super::here::quote;
use proc_macro2::{Ident, TokenStream};

use super::Expander;
use crate::script::builtin;
use crate::script::kind::Kind;
use crate::script::scope::{Binding, children};
use crate::script::tree::{Expr, ExprKind};

/// An operand of the code being built.
pub struct Operand {
    /// An expression of reference type.
    pub reference: TokenStream,
    /// `let name = …;`, if the value needs a place.
    place: Option<(Ident, TokenStream)>,
    drops: bool,
    is_traced: bool,
}

impl Expander<'_> {
    /// Builds code from references to the values of `exprs`, each of the kind wanted for it.
    pub fn with_operands(
        &mut self,
        exprs: &[(&Expr, Option<Kind>)],
        build: impl FnOnce(&mut Self, &[TokenStream]) -> TokenStream,
    ) -> TokenStream {
        let mut operands = Vec::new();
        let mark = self.mark();
        for (at, (expr, wanted)) in exprs.iter().enumerate() {
            let later: Vec<&Expr> = exprs[at + 1..].iter().map(|(expr, _)| *expr).collect();
            let operand = self.operand(expr, wanted.as_ref(), at, &later);
            self.hold_operand(&operand);
            operands.push(operand);
        }
        self.release(mark);
        self.assemble(operands, build)
    }

    /// An operand waits while the next one yields.
    fn hold_operand(&mut self, operand: &Operand) {
        if let Some((name, _)) = operand.place.as_ref().filter(|_| operand.is_traced && self.spills()) {
            self.hold_again(name);
        }
    }

    /// One operand; `later`: what is evaluated while it is held.
    pub fn operand(&mut self, expr: &Expr, wanted: Option<&Kind>, at: usize, later: &[&Expr]) -> Operand {
        let kind = self.types.kind(expr);
        let converts = wanted.is_some_and(|wanted| self.converts(expr, &kind, wanted));
        if !converts && let Some(reference) = self.stable(expr, later) {
            return Operand { reference, place: None, drops: false, is_traced: false };
        }
        let value = match wanted {
            Some(wanted) if !matches!(wanted, Kind::Unknown) => self.value_as(expr, wanted),
            _ => self.value(expr),
        };
        self.held(value, wanted.unwrap_or(&kind), at)
    }

    /// An operand for a value that is there already.
    pub fn held(&mut self, value: TokenStream, kind: &Kind, at: usize) -> Operand {
        let name = match self.spills() {
            true => self.hold("operand", false),
            false => self.own(&format!("operand{at}")),
        };
        Operand {
            reference: quote!(&#name),
            place: Some((name, value)),
            drops: !kind.is_plain(),
            is_traced: super::generator::is_traced(kind),
        }
    }

    /// Builds code from references to values that are made for it: they die right after it, first to last.
    pub fn lent(
        &mut self,
        values: Vec<TokenStream>,
        build: impl FnOnce(&mut Self, &[TokenStream]) -> TokenStream,
    ) -> TokenStream {
        let held = values.into_iter().enumerate().map(|(at, value)| self.held(value, &Kind::Unknown, at)).collect();
        self.assemble(held, build)
    }

    pub fn assemble(
        &mut self,
        operands: Vec<Operand>,
        build: impl FnOnce(&mut Self, &[TokenStream]) -> TokenStream,
    ) -> TokenStream {
        let references: Vec<TokenStream> = operands.iter().map(|operand| operand.reference.clone()).collect();
        let mark = self.mark();
        operands.iter().for_each(|operand| self.hold_operand(operand));
        let built = build(self, &references);
        self.release(mark);
        if operands.iter().all(|operand| operand.place.is_none()) {
            return built;
        }
        let places = operands.iter().filter_map(|operand| operand.place.as_ref());
        let mutable = self.spills().then(|| quote!(mut));
        let lets = places.map(|(name, value)| quote!(let #mutable #name = #value;));
        let drops: Vec<TokenStream> = operands
            .iter()
            .filter(|operand| operand.drops)
            .filter_map(|operand| operand.place.as_ref())
            .map(|(name, _)| quote!(::core::mem::drop(#name);))
            .collect();
        if drops.is_empty() {
            return quote!({ #(#lets)* #built });
        }
        let result = self.own("result");
        quote!({ #(#lets)* let #result = #built; #(#drops)* #result })
    }

    /// Whether a name that the script does not bind is one of Rust's.
    pub fn is_rust(&self, name: &Ident) -> bool {
        let name = name.to_string();
        !builtin::NAMES.contains(&name.as_str()) && !self.model.classes.contains_key(&name)
    }

    /// A reference to a value that stays where it is while `later` is evaluated.
    pub fn stable(&mut self, expr: &Expr, later: &[&Expr]) -> Option<TokenStream> {
        let py = self.py.clone();
        match &expr.kind {
            ExprKind::Name(name) => {
                let var = match self.scopes.lookup(self.scope, &name.to_string()) {
                    Binding::Var(var) => var,
                    Binding::Outside if self.is_rust(name) => {
                        let place = super::ident(&name.to_string(), name.span());
                        return Some(quote!(&#place));
                    }
                    _ => return None,
                };
                // A narrowed name is read through a conversion.
                if self.types.kind(expr) != self.types.vars[var] {
                    return None;
                }
                if later.iter().any(|expr| rebinds(expr, &name.to_string())) {
                    return None;
                }
                self.borrow(var, name.span())
            }
            ExprKind::Str(text) => Some(quote!(const { &#py::Str::lit(#text) })),
            ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::True | ExprKind::False => {
                let value = self.value(expr);
                Some(quote!(&#value))
            }
            _ => None,
        }
    }
}

fn rebinds(expr: &Expr, name: &str) -> bool {
    if matches!(&expr.kind, ExprKind::Walrus { name: bound, .. } if bound == name) {
        return true;
    }
    let mut found = false;
    children(expr, &mut |child| found |= rebinds(child, name));
    found
}
