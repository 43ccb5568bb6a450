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
        let end = self.types.exhausted.contains(&subject.id).then(|| quote!(::core::unreachable!()));
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
        quote!(#done: { let #held = #value; #(#arms)* #end })
    }

    /// The test of a pattern, and what it binds once the whole pattern has matched.
    fn pattern(&mut self, pattern: &Pattern, held: &Ident, kind: &Kind) -> (TokenStream, TokenStream) {
        let copy = copy::of_place(kind, held);
        match &pattern.kind {
            PatternKind::Wildcard | PatternKind::Rest(None) => (quote!(true), TokenStream::new()),
            PatternKind::Capture(name) | PatternKind::Rest(Some(name)) => {
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
                let (tests, binds): (Vec<TokenStream>, Vec<TokenStream>) =
                    patterns.iter().map(|pattern| self.pattern(pattern, held, kind)).unzip();
                let bind = match binds.iter().all(TokenStream::is_empty) {
                    true => TokenStream::new(),
                    false => quote!(#(if #tests { #binds } else)* { ::core::unreachable!() }),
                };
                (quote!((#(#tests)||*)), bind)
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
            PatternKind::Sequence(patterns) => self.sequence_pattern(patterns, held, kind),
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

    /// `(a, b)`, `[a, *rest]`: a tuple is taken apart by its fields, a list by what a script unpacks.
    fn sequence_pattern(&mut self, patterns: &[Pattern], held: &Ident, kind: &Kind) -> (TokenStream, TokenStream) {
        let inner = kind.unwrapped().clone();
        let object = self.own("object");
        let (test, binds) = match inner.name() {
            Some("tuple") => self.tuple_parts(patterns, &object, &inner),
            Some("list" | "tuple...") => self.list_parts(patterns, &object, &inner),
            _ => (quote!(false), TokenStream::new()),
        };
        within(kind, held, &object, test, binds)
    }

    fn tuple_parts(&mut self, patterns: &[Pattern], object: &Ident, kind: &Kind) -> (TokenStream, TokenStream) {
        let py = self.py.clone();
        let (mut tests, mut binds) = (vec![quote!(true)], TokenStream::new());
        let kinds = kind.args();
        let rest = rest_of(patterns);
        let fits = match rest {
            Some(_) => patterns.len() <= kinds.len() + 1,
            None => patterns.len() == kinds.len(),
        };
        if !fits {
            return (quote!(false), binds);
        }
        let item = self.item_kind(kind);
        let mut field = 0;
        for (at, pattern) in patterns.iter().enumerate() {
            let place = |field: usize| {
                let field = format_ident!("_{}", field);
                quote!(#object.#field)
            };
            let (test, bind) = if rest == Some(at) {
                let count = kinds.len() + 1 - patterns.len();
                let items: Vec<TokenStream> = (field..field + count)
                    .map(|field| {
                        let value = copy::of_place(&kinds[field], place(field));
                        self.coerce(value, &kinds[field], &item, pattern.span)
                    })
                    .collect();
                field += count;
                let ty = self.ty(&item);
                let list = quote!(#py::List::<#ty>::from([#(#items),*]));
                self.part(pattern, &Kind::list(item.clone()), list, at)
            } else {
                field += 1;
                let kind = &kinds[field - 1];
                self.part(pattern, kind, copy::of_place(kind, place(field - 1)), at)
            };
            tests.push(test);
            binds.extend(bind);
        }
        (quote!((#(#tests)&&*)), binds)
    }

    fn list_parts(&mut self, patterns: &[Pattern], object: &Ident, kind: &Kind) -> (TokenStream, TokenStream) {
        let py = self.py.clone();
        let item = self.item_kind(kind);
        let rest = rest_of(patterns);
        let at = rest.unwrap_or(patterns.len());
        let (before, after) = (at, patterns.len() - at - usize::from(rest.is_some()));
        let names: Vec<Ident> = (0..patterns.len()).map(|at| self.own(&format!("part{at}"))).collect();
        let (mut tests, mut binds) = (vec![quote!(true)], TokenStream::new());
        for (index, (pattern, name)) in patterns.iter().zip(&names).enumerate() {
            let kind = if rest == Some(index) { Kind::list(item.clone()) } else { item.clone() };
            let (test, bind) = self.pattern(pattern, name, &kind);
            tests.push(test);
            binds.extend(bind);
        }
        let (left, right) = (&names[..at], &names[patterns.len() - after..]);
        let middle = match rest {
            Some(at) => {
                let name = &names[at];
                quote!(#name)
            }
            None => quote!(_),
        };
        let is_open = rest.is_some();
        let parts = quote!(#py::matched::<_, #before, #after>(#object, #is_open));
        let shape = quote!(::core::option::Option::Some(([#(#left),*], #middle, [#(#right),*])));
        let test = quote!((match #parts { #shape => (#(#tests)&&*), _ => false }));
        let binds = match binds.is_empty() {
            true => binds,
            false => quote!({ let #shape = #parts else { ::core::unreachable!() }; #binds }),
        };
        (test, binds)
    }

    /// A part of the subject, under a name of its own.
    fn part(&mut self, pattern: &Pattern, kind: &Kind, value: TokenStream, at: usize) -> (TokenStream, TokenStream) {
        let held = self.own(&format!("part{at}"));
        let (test, bind) = self.pattern(pattern, &held, kind);
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
        within(kind, held, &object, test, binds)
    }
}

/// Where the pattern is that takes the rest.
fn rest_of(patterns: &[Pattern]) -> Option<usize> {
    patterns.iter().position(|pattern| matches!(pattern.kind, PatternKind::Rest(_)))
}

/// The test and the bindings of an object, which a `T?` has or has not.
fn within(
    kind: &Kind,
    held: &Ident,
    object: &Ident,
    test: TokenStream,
    binds: TokenStream,
) -> (TokenStream, TokenStream) {
    let is_optional = matches!(kind, Kind::Optional(_));
    let test = match is_optional {
        true => {
            quote!((match &#held { ::core::option::Option::Some(#object) => #test, ::core::option::Option::None => false }))
        }
        false => quote!({ let #object = &#held; #test }),
    };
    let binds = match (binds.is_empty(), is_optional) {
        (true, _) => binds,
        (false, true) => quote!({
            let ::core::option::Option::Some(#object) = &#held else { ::core::unreachable!() };
            #binds
        }),
        (false, false) => quote!({ let #object = &#held; #binds }),
    };
    (test, binds)
}
