//! Expressions as Rust expressions that own their value.

use super::here::quote;
use proc_macro2::{Span, TokenStream};
use quote::format_ident;

use super::{Expander, called_at, copy, here, ident};
use crate::script::kind::Kind;
use crate::script::scope::Binding;
use crate::script::tree::{Expr, ExprKind};

impl Expander<'_> {
    pub fn value(&mut self, expr: &Expr) -> TokenStream {
        here::at(Some(here::place_of(expr)), || match self.types.refused.contains(&expr.id) {
            true => self.refused(expr),
            false => self.value_here(expr),
        })
    }

    /// What is reported to be wrong: its parts, so that editors know them, and a value of its type that never comes.
    fn refused(&mut self, expr: &Expr) -> TokenStream {
        let parts = match &expr.kind {
            ExprKind::Binary { left, right, .. } => {
                let (left, right) = (self.value(left), self.value(right));
                quote!((#left, #right))
            }
            ExprKind::Conditional { condition, then, otherwise } => {
                let (condition, then, otherwise) = (self.condition(condition), self.value(then), self.value(otherwise));
                quote!((#condition, #then, #otherwise))
            }
            ExprKind::Unary { value, .. } => self.value(value),
            ExprKind::Compare { first, rest } => {
                let parts: Vec<TokenStream> = std::iter::once(&**first)
                    .chain(rest.iter().map(|(_, _, part)| part))
                    .map(|part| self.value(part))
                    .collect();
                quote!((#(#parts),*))
            }
            _ => self.value_here(expr),
        };
        let kind = self.types.kind(expr);
        let ty = match Self::is_complete(&kind) {
            true => self.ty(&kind),
            false => quote!(()),
        };
        quote!({ let _ = #parts; let nothing: #ty = ::core::unreachable!(); nothing })
    }

    fn value_here(&mut self, expr: &Expr) -> TokenStream {
        let py = self.py.clone();
        match &expr.kind {
            ExprKind::Name(name) => self.name_value(expr, name),
            ExprKind::Int(literal) => match self.types.kind(expr).is("float") {
                true => {
                    let value: f64 = literal.to_string().replace('_', "").parse().unwrap_or_default();
                    quote!(#value)
                }
                false => {
                    let literal = literal.clone();
                    quote!((#literal as i64))
                }
            },
            ExprKind::Float(literal) => quote!((#literal as f64)),
            ExprKind::Str(text) => quote!(const { #py::Str::lit(#text) }),
            ExprKind::Bytes(bytes) => {
                let literal = proc_macro2::Literal::byte_string(bytes);
                quote!(const { #py::Bytes::lit(#literal) })
            }
            ExprKind::Format(parts) => self.format(parts),
            ExprKind::True => quote!(true),
            ExprKind::False => quote!(false),
            ExprKind::None => quote!(()),
            ExprKind::Path(path) => path.clone(),
            ExprKind::Tuple(items) => self.tuple(expr, items),
            ExprKind::List(items) => self.list(expr, items),
            ExprKind::Set(items) => self.set(expr, items),
            ExprKind::Dict(entries) => self.dict(expr, entries),
            ExprKind::Comprehension(comprehension) => self.comprehension(expr, comprehension),
            ExprKind::Call { callee, args, .. } => self.call(expr, callee, args),
            ExprKind::Attribute { value, name: Some(name) } => self.attribute(expr, value, name),
            ExprKind::Attribute { value, name: None } => {
                // Incomplete: the editor completes what follows the dot.
                let kind = self.types.kind(value);
                self.with_operands(&[(value, None)], |this, refs| {
                    this.unnamed_attribute(&kind, refs[0].clone(), expr.span)
                })
            }
            ExprKind::Index { value, index } => self.item(expr, value, index),
            ExprKind::Slice { start, stop, step } => {
                let parts = [start, stop, step].map(|part| match part {
                    Some(part) => {
                        let kind = Kind::int().optional();
                        self.value_as(part, &kind)
                    }
                    None => quote!(::core::option::Option::None),
                });
                let [start, stop, step] = parts;
                quote!(#py::Slice::new(#start, #stop, #step))
            }
            ExprKind::Unary { op, value } => self.unary(*op, value),
            ExprKind::Binary { left, op, right, op_span } => self.binary(left, *op, right, *op_span),
            ExprKind::Compare { first, rest } => self.compare(first, rest),
            ExprKind::And(left, right) => self.either(expr, left, right, true),
            ExprKind::Or(left, right) => self.either(expr, left, right, false),
            ExprKind::Not(value) => {
                let condition = self.condition(value);
                quote!((!#condition))
            }
            ExprKind::Conditional { condition, then, otherwise } => {
                let kind = self.types.kind(expr);
                let condition = self.condition(condition);
                let then = self.value_as(then, &kind);
                let otherwise = self.value_as(otherwise, &kind);
                quote!(if #condition { #then } else { #otherwise })
            }
            ExprKind::Lambda { params, body } => self.lambda(expr, params, body),
            ExprKind::Walrus { name, value } => self.walrus(expr, name, value),
            ExprKind::Cast { value, ty } => {
                let span = expr.span;
                let ty = ident(&ty.to_string(), ty.span());
                let value = self.value(value);
                match ty.to_string().as_str() {
                    "int" | "i64" => self.fallible(quote!(#py::cast::<_, i64>(#value)), span),
                    "float" | "f64" => quote!((#value as f64)),
                    "f32" => quote!((#value as f32)),
                    _ => self.fallible(quote!(#py::cast::<_, #ty>(#value)), span),
                }
            }
            ExprKind::Rust(tokens) => self.rust_block(tokens, expr.span),
            ExprKind::Raw(tokens) => tokens.clone(),
            ExprKind::Starred(inner) => self.value(inner),
            ExprKind::Yield(value) => self.yield_value(expr, value.as_deref()),
            ExprKind::YieldFrom(value) => self.yield_from(expr, value, true),
        }
    }

    fn name_value(&mut self, expr: &Expr, name: &proc_macro2::Ident) -> TokenStream {
        let text = name.to_string();
        match self.scopes.lookup(self.scope, &text) {
            Binding::Var(var) => {
                let moved = self.moves.contains(expr).then(|| self.take(var, name.span())).flatten();
                let value = moved.unwrap_or_else(|| self.read(var, name.span()));
                let (known, narrowed) = (self.types.vars[var].clone(), self.types.kind(expr));
                match known == narrowed {
                    true => value,
                    false => self.coerce(value, &known, &narrowed, name.span()),
                }
            }
            Binding::Def(node) => self.function_value(node, name),
            Binding::Class(class) => {
                let class = ident(&class, name.span());
                quote!(#class)
            }
            Binding::Import(path) => match path.as_slice() {
                [module, member] => self.module_value(module, member, name.span()),
                // Reported where the kinds are found out.
                _ => TokenStream::new(),
            },
            Binding::Constant(_) => {
                let name = ident(&text, name.span());
                quote!((#name))
            }
            Binding::Outside => {
                let name = ident(&text, name.span());
                self.suggesting(&text, quote!(#name))
            }
        }
    }

    fn walrus(&mut self, expr: &Expr, name: &proc_macro2::Ident, value: &Expr) -> TokenStream {
        let frame = self.scopes.frame(self.scope);
        let Some(var) = self.scopes.var(frame, &name.to_string()) else {
            return self.value(value);
        };
        let wanted = self.types.vars[var].clone();
        let kind = self.types.kind(expr);
        let found = self.value(value);
        let held = self.own("bound");
        let copy = copy::of_place(&kind, &held);
        let stored = self.coerce(copy, &kind, &wanted, name.span());
        let bind = self.bind(var, stored, name.span());
        quote!({ let #held = #found; #bind #held })
    }

    fn tuple(&mut self, expr: &Expr, items: &[Expr]) -> TokenStream {
        let py = self.py.clone();
        let kind = self.types.kind(expr);
        if kind.is("tuple...") {
            let item = kind.args().first().cloned().unwrap_or(Kind::Unknown);
            let exprs: Vec<_> = items.iter().map(|each| (each, Some(item.clone()))).collect();
            return self.with_values(&exprs, |_, values| quote!(#py::Seq::from(::std::vec![#(#values),*])));
        }
        let kinds = kind.args();
        let exprs: Vec<_> = items.iter().enumerate().map(|(at, item)| (item, kinds.get(at).cloned())).collect();
        let tuple = format_ident!("Tuple{}", items.len());
        let fields = (0..items.len()).map(|at| format_ident!("_{}", at));
        match items.is_empty() {
            true => quote!(#py::#tuple {}),
            false => self.with_values(&exprs, |_, values| quote!(#py::#tuple { #(#fields: #values),* })),
        }
    }

    fn list(&mut self, expr: &Expr, items: &[Expr]) -> TokenStream {
        let py = self.py.clone();
        let item = self.types.kind(expr).args().first().cloned().unwrap_or(Kind::Unknown);
        let ty = self.ty(&item);
        if items.is_empty() {
            return called_at(expr.span, quote!(#py::List::<#ty>::new()));
        }
        let exprs: Vec<_> = items.iter().map(|each| (each, Some(item.clone()))).collect();
        self.with_values(&exprs, |_, values| {
            called_at(expr.span, quote!(#py::List::<#ty>::from(::std::vec![#(#values),*])))
        })
    }

    fn set(&mut self, expr: &Expr, items: &[Expr]) -> TokenStream {
        let py = self.py.clone();
        let item = self.types.kind(expr).args().first().cloned().unwrap_or(Kind::Unknown);
        let ty = self.ty(&item);
        let values: Vec<TokenStream> = items.iter().map(|each| self.value_as(each, &item)).collect();
        let held = self.own("set");
        let adds: Vec<TokenStream> = values
            .into_iter()
            .map(|value| {
                let added = self.fallible(quote!(#held.add(#value)), expr.span);
                quote!(#added;)
            })
            .collect();
        let made = called_at(expr.span, quote!(#py::Set::<#ty>::new()));
        quote!({ let #held = #made; #(#adds)* #held })
    }

    fn dict(&mut self, expr: &Expr, entries: &[(Expr, Expr)]) -> TokenStream {
        let py = self.py.clone();
        let kind = self.types.kind(expr);
        let key = kind.args().first().cloned().unwrap_or(Kind::Unknown);
        let value = kind.args().get(1).cloned().unwrap_or(Kind::Unknown);
        let (key_type, value_type) = (self.ty(&key), self.ty(&value));
        let made = called_at(expr.span, quote!(#py::Dict::<#key_type, #value_type>::new()));
        if entries.is_empty() {
            return made;
        }
        let held = self.own("dict");
        let mut stores = Vec::new();
        for (entry_key, entry_value) in entries {
            let entry_key = self.value_as(entry_key, &key);
            let entry_value = self.value_as(entry_value, &value);
            let stored =
                self.fallible(quote!(#py::protocol::SetItem::setitem(&#held, #entry_key, #entry_value)), expr.span);
            stores.push(quote!(#stored;));
        }
        quote!({ let #held = #made; #(#stores)* #held })
    }

    /// `a and b`, `a or b` as values: the side that decides.
    fn either(&mut self, expr: &Expr, left: &Expr, right: &Expr, and: bool) -> TokenStream {
        let kind = self.types.kind(expr);
        if kind.is("bool") || matches!(kind, Kind::Unknown) {
            return self.condition(expr);
        }
        let left_kind = self.types.kind(left);
        let held = self.own("left");
        let found = self.bound_value(left);
        let reference = quote!(&#held);
        let truth = self.truth(reference, &left_kind, left.span);
        let kept = self.coerce(quote!(#held), &left_kind, &kind, left.span);
        let other = self.value_as(right, &kind);
        match and {
            true => quote!({ let #held = #found; if #truth { ::core::mem::drop(#held); #other } else { #kept } }),
            false => quote!({ let #held = #found; if #truth { #kept } else { ::core::mem::drop(#held); #other } }),
        }
    }

    /// Whether a value counts as true.
    fn truth(&mut self, reference: TokenStream, kind: &Kind, span: Span) -> TokenStream {
        let py = self.py.clone();
        if kind.is("bool") {
            return quote!((*#reference));
        }
        if kind.is("int") {
            return quote!((*#reference != 0));
        }
        self.fallible(quote!(#py::protocol::Truth::truth(#reference)), span)
    }

    /// An expression as a Rust `bool`.
    pub fn condition(&mut self, expr: &Expr) -> TokenStream {
        match &expr.kind {
            ExprKind::And(left, right) => {
                let (left, right) = (self.condition(left), self.condition(right));
                quote!((#left && #right))
            }
            ExprKind::Or(left, right) => {
                let (left, right) = (self.condition(left), self.condition(right));
                quote!((#left || #right))
            }
            ExprKind::Not(value) => {
                let value = self.condition(value);
                quote!((!#value))
            }
            _ => {
                let kind = self.types.kind(expr);
                if kind.is("bool") {
                    return self.value(expr);
                }
                if matches!(kind, Kind::None) {
                    let value = self.value(expr);
                    return quote!({ #value; false });
                }
                let span = expr.span;
                if let Some(chain) = self.container(expr) {
                    let (py, place) = (self.py.clone(), self.look(&chain));
                    return self.fallible(quote!(#py::protocol::Truth::truth(#place)), span);
                }
                self.with_operands(&[(expr, None)], |this, refs| this.truth(refs[0].clone(), &kind, span))
            }
        }
    }
}
