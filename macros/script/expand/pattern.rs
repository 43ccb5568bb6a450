//! `match`.

use super::here::quote;
use proc_macro2::{Ident, TokenStream};
use quote::format_ident;

use super::Expander;
use super::copy;
use crate::script::builtin::WHOLE;
use crate::script::kind::Kind;
use crate::script::tree::{Case, Expr, ExprKind, Pattern, PatternKind};

impl Expander<'_> {
    pub fn match_statement(&mut self, subject: &Expr, cases: &[Case]) -> TokenStream {
        let done = self.label("match");
        let held = self.own("subject");
        let kind = self.types.kind(subject);
        let value = self.value(subject);
        let arms: Vec<TokenStream> = cases
            .iter()
            .map(|case| {
                let (test, binds) = self.pattern(&case.pattern, &held, &kind);
                let body = self.block(&case.body);
                let guarded = match &case.guard {
                    Some(guard) => {
                        let guard = self.condition(guard);
                        quote!(if #guard { #body break #done; })
                    }
                    None => quote!(#body break #done;),
                };
                quote!(if #test { #binds #guarded })
            })
            .collect();
        quote!(#done: { let #held = #value; #(#arms)* })
    }

    /// The test of a pattern, and what it binds once the whole pattern has matched.
    fn pattern(&mut self, pattern: &Pattern, held: &Ident, kind: &Kind) -> (TokenStream, TokenStream) {
        let copy = copy::of_place(kind, held);
        match &pattern.kind {
            PatternKind::Wildcard => (quote!(true), TokenStream::new()),
            PatternKind::Capture(name) => {
                let bind = match self.scopes.var(self.scope, &name.to_string()) {
                    Some(var) => {
                        let wanted = self.types.vars[var].clone();
                        let value = self.coerce(copy, kind, &wanted, name.span());
                        self.bind(var, value, name.span())
                    }
                    None => TokenStream::new(),
                };
                (quote!(true), bind)
            }
            PatternKind::Value(value) => (self.value_pattern(value, held, kind), TokenStream::new()),
            PatternKind::Or(patterns) => {
                let tests: Vec<TokenStream> =
                    patterns.iter().map(|pattern| self.pattern(pattern, held, kind).0).collect();
                (quote!((#(#tests)||*)), TokenStream::new())
            }
            PatternKind::As(inner, name) => {
                let (test, mut binds) = self.pattern(inner, held, kind);
                if let Some(var) = self.scopes.var(self.scope, &name.to_string()) {
                    let wanted = self.types.vars[var].clone();
                    let value = self.coerce(copy, kind, &wanted, name.span());
                    binds.extend(self.bind(var, value, name.span()));
                }
                (test, binds)
            }
            PatternKind::Tuple(patterns) => self.tuple_pattern_test(patterns, held, kind),
            PatternKind::Class { class, positional, keywords } => {
                self.class_pattern(class, positional, keywords, held, kind)
            }
        }
    }

    fn value_pattern(&mut self, value: &Expr, held: &Ident, kind: &Kind) -> TokenStream {
        let py = self.py.clone();
        if matches!(value.kind, ExprKind::None) {
            return match kind {
                Kind::Optional(_) => quote!(#held.is_none()),
                _ => quote!(#py::IsNone::is_none(&#held)),
            };
        }
        let wanted = kind.clone();
        let found = self.value_as(value, &wanted);
        let span = value.span;
        self.fallible(quote!(#py::protocol::Equal::eq(&#held, &#found)), span)
    }

    fn tuple_pattern_test(&mut self, patterns: &[Pattern], held: &Ident, kind: &Kind) -> (TokenStream, TokenStream) {
        let mut tests = vec![quote!(true)];
        let mut binds = TokenStream::new();
        if !kind.is("tuple") || kind.args().len() != patterns.len() {
            return (quote!(false), binds);
        }
        for (at, pattern) in patterns.iter().enumerate() {
            let field = format_ident!("_{}", at);
            let kind = kind.args()[at].clone();
            let (test, bind) = self.part(pattern, &kind, quote!(#held.#field), at);
            tests.push(test);
            binds.extend(bind);
        }
        (quote!((#(#tests)&&*)), binds)
    }

    /// A part of the subject, under a name of its own.
    fn part(&mut self, pattern: &Pattern, kind: &Kind, value: TokenStream, at: usize) -> (TokenStream, TokenStream) {
        let held = self.own(&format!("part{at}"));
        let (test, bind) = self.pattern(pattern, &held, kind);
        let value = copy::of_place(kind, &value);
        let test = quote!({ let #held = #value; #test });
        let bind = match bind.is_empty() {
            true => bind,
            false => quote!({ let #held = #value; #bind }),
        };
        (test, bind)
    }

    fn class_pattern(
        &mut self,
        class: &Expr,
        positional: &[Pattern],
        keywords: &[(Ident, Pattern)],
        held: &Ident,
        kind: &Kind,
    ) -> (TokenStream, TokenStream) {
        let ExprKind::Name(name) = &class.kind else {
            return (quote!(false), TokenStream::new());
        };
        let text = name.to_string();
        let inner = kind.unwrapped().clone();
        let object = self.own("object");
        let test = self.instance_of(&text, &inner, quote!(#object));
        let mut tests = vec![test];
        let mut binds = TokenStream::new();
        let args = if inner.is(&text) { inner.args().to_vec() } else { Vec::new() };
        let narrowed = Kind::Named(text.as_str().into(), args);
        if let ([whole], true) = (positional, WHOLE.contains(&text.as_str())) {
            let is_generic = self.model.classes.get(&text).is_some_and(|class| !class.generics.is_empty());
            let narrowed = if is_generic { inner.clone() } else { narrowed.clone() };
            let value = self.coerce(quote!(::core::clone::Clone::clone(#object)), &inner, &narrowed, name.span());
            let (test, bind) = self.part(whole, &narrowed, value, 0);
            tests.push(test);
            binds.extend(bind);
        }
        let fields: Vec<(String, Kind)> = self
            .model
            .lineage(&text)
            .iter()
            .rev()
            .flat_map(|class| class.fields.iter().filter(|field| !self.model.redeclares(&class.name, &field.name)))
            .map(|field| (field.name.clone(), field.kind.clone()))
            .collect();
        let by_place =
            positional.iter().enumerate().filter_map(|(at, pattern)| Some((fields.get(at)?.clone(), pattern)));
        let by_name = keywords.iter().filter_map(|(field, pattern)| {
            let known = fields.iter().find(|(name, _)| field == name)?;
            Some((known.clone(), pattern))
        });
        let parts: Vec<((String, Kind), &Pattern)> = by_place.chain(by_name).collect();
        for (at, ((field, kind), pattern)) in parts.into_iter().enumerate() {
            let owner = self.coerce(quote!(::core::clone::Clone::clone(#object)), &inner, &narrowed, name.span());
            let read = self.read_field(owner, &text, &field, name.span());
            let (test, bind) = self.part(pattern, &kind, read, at);
            tests.push(test);
            binds.extend(bind);
        }
        let test = quote!((#(#tests)&&*));
        match kind {
            Kind::Optional(_) => (
                quote!((match &#held { ::core::option::Option::Some(#object) => #test, ::core::option::Option::None => false })),
                match binds.is_empty() {
                    true => binds,
                    false => quote!({
                        let ::core::option::Option::Some(#object) = &#held else { ::core::unreachable!() };
                        #binds
                    }),
                },
            ),
            _ => (
                quote!({ let #object = &#held; #test }),
                match binds.is_empty() {
                    true => binds,
                    false => quote!({ let #object = &#held; #binds }),
                },
            ),
        }
    }
}
