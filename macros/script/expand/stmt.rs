//! Statements.

use super::here::quote;
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::format_ident;

use super::{Exit, Expander, here};
use crate::script::kind::Kind;
use crate::script::tree::{Block, Expr, ExprKind, Function, Stmt, StmtKind};

impl Expander<'_> {
    pub fn stmts(&mut self, stmts: &[Stmt]) -> TokenStream {
        stmts.iter().map(|stmt| self.stmt(stmt)).collect()
    }

    pub fn block(&mut self, block: &Block) -> TokenStream {
        self.stmts(&block.body)
    }

    fn braced(&mut self, block: &Block) -> TokenStream {
        let body = self.block(block);
        quote!({ #body })
    }

    fn stmt(&mut self, stmt: &Stmt) -> TokenStream {
        here::at(Some(stmt.span), || self.stmt_here(stmt))
    }

    fn stmt_here(&mut self, stmt: &Stmt) -> TokenStream {
        if self.frame.generator.is_none() {
            return self.statement(stmt);
        }
        let outer = self.set_here(super::generator::Here::of(stmt));
        let tokens = self.statement(stmt);
        self.set_here(outer);
        tokens
    }

    fn statement(&mut self, stmt: &Stmt) -> TokenStream {
        match &stmt.kind {
            StmtKind::Expr(value) => self.discarded(value),
            StmtKind::Assign { targets, value } => self.assignment(targets, value),
            StmtKind::Annotated { target, value, .. } => match value {
                Some(value) => self.assignment(std::slice::from_ref(target), value),
                None => TokenStream::new(),
            },
            StmtKind::Augmented { target, op, value, .. } => self.augmented(target, *op, value),
            StmtKind::Return(value) => self.return_statement(value.as_ref()),
            StmtKind::Raise { exception, cause } => self.raise_statement(exception.as_ref(), cause.as_ref(), stmt.span),
            StmtKind::Break => {
                let exit = self.broken(false);
                quote!(#exit;)
            }
            StmtKind::Continue => {
                let exit = self.broken(true);
                quote!(#exit;)
            }
            StmtKind::Del(targets) => targets.iter().map(|target| self.delete(target)).collect(),
            StmtKind::Assert { condition, message } => self.assertion(condition, message.as_ref()),
            StmtKind::If { arms, otherwise } => self.branches(arms, otherwise.as_ref()),
            StmtKind::While { condition, body, otherwise } => self.while_loop(condition, body, otherwise.as_ref()),
            StmtKind::For { target, iterable, body, otherwise } => {
                self.for_loop(target, iterable, body, otherwise.as_ref())
            }
            StmtKind::Try(statement) => self.try_statement(statement),
            StmtKind::With { items, body } => self.with(items, body),
            StmtKind::Match { subject, cases } => self.match_statement(subject, cases),
            StmtKind::Def(function) => self.nested(function),
            StmtKind::Rust(tokens) => self.rust_block(tokens, stmt.span),
            StmtKind::Raw(tokens) => tokens.clone(),
            StmtKind::Pass
            | StmtKind::Nonlocal(_)
            | StmtKind::Import(_)
            | StmtKind::Use { .. }
            | StmtKind::Class(_) => TokenStream::new(),
        }
    }

    /// A value that nobody wants dies at once.
    fn discarded(&mut self, value: &Expr) -> TokenStream {
        let kind = self.types.kind(value);
        let value = match &value.kind {
            ExprKind::Yield(inner) => self.yield_sent(value, inner.as_deref()),
            ExprKind::YieldFrom(inner) => return self.yield_from(value, inner, false),
            _ => self.value(value),
        };
        // Rust takes what looks like a block for a statement of its own, which must be `()`.
        let is_block = match value.clone().into_iter().next() {
            Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
            Some(TokenTree::Ident(word)) => ["match", "if", "loop", "unsafe"].iter().any(|known| word == known),
            _ => false,
        };
        match kind {
            Kind::None => quote!(#value;),
            _ if is_block => quote!(let _ = #value;),
            _ => quote!(#value;),
        }
    }

    fn assignment(&mut self, targets: &[Expr], value: &Expr) -> TokenStream {
        if let [target] = targets {
            if let (ExprKind::Tuple(names), ExprKind::Tuple(values)) = (&target.kind, &value.kind)
                && names.len() == values.len()
                && !names.iter().any(|name| matches!(name.kind, ExprKind::Starred(_)))
            {
                return self.parallel(names, values);
            }
            let wanted = self.target_kind(target);
            let kind = self.types.kind(value);
            let found = match &wanted {
                Some(wanted) => self.value_as(value, wanted),
                None => self.bound_value(value),
            };
            return self.assign(target, found, &wanted.unwrap_or(kind));
        }
        let kind = self.types.kind(value);
        let found = self.value(value);
        let held = self.own("assigned");
        let mut tokens = quote!(let #held = #found;);
        for (at, target) in targets.iter().enumerate() {
            let value = match at + 1 == targets.len() || kind.is_plain() {
                true => quote!(#held),
                false => quote!(::core::clone::Clone::clone(&#held)),
            };
            tokens.extend(self.assign(target, value, &kind));
        }
        quote!({ #tokens })
    }

    /// `a, b = b, a;`: all values exist before the first name is bound.
    fn parallel(&mut self, names: &[Expr], values: &[Expr]) -> TokenStream {
        let mut tokens = TokenStream::new();
        let mut held = Vec::new();
        for (at, (name, value)) in names.iter().zip(values).enumerate() {
            let place = self.own(&format!("item{at}"));
            let wanted = self.target_kind(name);
            let kind = self.types.kind(value);
            let found = match &wanted {
                Some(wanted) => self.value_as(value, wanted),
                None => self.bound_value(value),
            };
            tokens.extend(quote!(let #place = #found;));
            held.push((place, wanted.unwrap_or(kind)));
        }
        for (name, (place, kind)) in names.iter().zip(&held) {
            tokens.extend(self.assign(name, quote!(#place), kind));
        }
        quote!({ #tokens })
    }

    /// The kind that a target wants, where it is known.
    fn target_kind(&mut self, target: &Expr) -> Option<Kind> {
        match &target.kind {
            ExprKind::Name(name) => {
                let var = self.scopes.var(self.scope, &name.to_string())?;
                Some(self.types.vars[var].clone())
            }
            ExprKind::Attribute { .. } | ExprKind::Index { .. } => Some(self.types.kind(target)),
            _ => None,
        }
        .filter(|kind| !matches!(kind, Kind::Unknown))
    }

    /// Stores a value; `kind` is what the value is.
    pub fn assign(&mut self, target: &Expr, value: TokenStream, kind: &Kind) -> TokenStream {
        match &target.kind {
            ExprKind::Name(name) => match self.scopes.var(self.scope, &name.to_string()) {
                Some(var) => {
                    let wanted = self.types.vars[var].clone();
                    let value = match matches!(kind, Kind::None) && self.scopes.vars[var].foreign {
                        true => quote!({ #value; ::core::option::Option::None }),
                        false => self.coerce(value, kind, &wanted, name.span()),
                    };
                    self.bind(var, value, name.span())
                }
                None => TokenStream::new(),
            },
            ExprKind::Tuple(items) | ExprKind::List(items) => self.unpack(target, items, value, kind),
            ExprKind::Attribute { value: owner, name: Some(name) } => {
                self.assign_attribute(target, owner, name, value, kind)
            }
            ExprKind::Index { value: owner, index } => self.assign_item(target, owner, index, value, kind),
            _ => TokenStream::new(),
        }
    }

    fn unpack(&mut self, target: &Expr, items: &[Expr], value: TokenStream, kind: &Kind) -> TokenStream {
        let py = self.py.clone();
        if matches!(kind, Kind::Optional(_)) {
            let present = kind.unwrapped().clone();
            let value = self.coerce(value, kind, &present, target.span);
            return self.unpack(target, items, value, &present);
        }
        let starred = items.iter().position(|item| matches!(item.kind, ExprKind::Starred(_)));
        let held: Vec<Ident> = (0..items.len()).map(|at| self.own(&format!("item{at}"))).collect();
        if kind.is("tuple") && starred.is_none() && kind.args().len() == items.len() {
            let kinds = kind.args().to_vec();
            let pattern = self.tuple_pattern(&held);
            let binds: TokenStream = items
                .iter()
                .zip(held.iter().zip(&kinds))
                .map(|(item, (place, kind))| self.assign(item, quote!(#place), kind))
                .collect();
            return quote!({ let #pattern = #value; #binds });
        }
        let item_kind = match kind.name() {
            Some("list" | "tuple..." | "set" | "Iterator" | "dict") => {
                kind.args().first().cloned().unwrap_or(Kind::Unknown)
            }
            Some("str") => Kind::str(),
            _ => Kind::Unknown,
        };
        let (unpacked, pattern) = match starred {
            None => {
                let count = items.len();
                (quote!(#py::unpack::<_, #count>(&#value)), quote!([#(#held),*]))
            }
            Some(at) => {
                let (before, after) = (at, items.len() - at - 1);
                let (left, rest, right) = (&held[..at], &held[at], &held[at + 1..]);
                (quote!(#py::unpack_rest::<_, #before, #after>(&#value)), quote!(([#(#left),*], #rest, [#(#right),*])))
            }
        };
        let unpacked = self.fallible(unpacked, target.span);
        let binds: TokenStream = items
            .iter()
            .zip(&held)
            .map(|(item, place)| match &item.kind {
                ExprKind::Starred(inner) => self.assign(inner, quote!(#place), &Kind::list(item_kind.clone())),
                _ => self.assign(item, quote!(#place), &item_kind),
            })
            .collect();
        quote!({ let #pattern = #unpacked; #binds })
    }

    pub fn tuple_pattern(&self, names: &[Ident]) -> TokenStream {
        let py = &self.py;
        let tuple = format_ident!("Tuple{}", names.len());
        let fields = (0..names.len()).map(|at| format_ident!("_{}", at));
        quote!(#py::#tuple { #(#fields: #names),* })
    }

    fn return_statement(&mut self, value: Option<&Expr>) -> TokenStream {
        let wanted = self.frame.result.clone();
        let exit = match (value, wanted) {
            (None, Some(Kind::Optional(_))) => self.returned(Some(quote!(::core::option::Option::None))),
            (None, _) => self.returned(None),
            (Some(value), Some(Kind::None)) => {
                let done = self.discarded(value);
                let exit = self.returned(None);
                quote!({ #done #exit })
            }
            (Some(value), wanted) => {
                let found = match (self.moved(value), &wanted) {
                    (Some(moved), Some(wanted)) => {
                        let kind = self.types.kind(value);
                        self.coerce(moved, &kind, wanted, value.span)
                    }
                    (Some(moved), None) => moved,
                    (None, Some(wanted)) => self.value_as(value, wanted),
                    (None, None) => self.value(value),
                };
                self.returned(Some(found))
            }
        };
        quote!(#exit;)
    }

    fn raise_statement(&mut self, exception: Option<&Expr>, cause: Option<&Expr>, span: Span) -> TokenStream {
        let py = self.py.clone();
        let place = self.place(span);
        let Some(exception) = exception else {
            let handled = self.frame.handled.last().cloned().unwrap_or_else(|| self.own("handled"));
            let exit = self.raise(quote!(::core::clone::Clone::clone(&#handled)));
            return quote!(#exit;);
        };
        let base = Kind::named("BaseException");
        let value = self.exception_value(exception);
        let value = match cause {
            Some(cause) if matches!(cause.kind, ExprKind::None) => {
                quote!(#value.with_cause(::core::option::Option::None))
            }
            Some(cause) => {
                let cause = self.value_as(cause, &base);
                quote!(#value.with_cause(::core::option::Option::Some(#cause)))
            }
            None => value,
        };
        let held = self.own("raising");
        let exit = self.raise(quote!(#held.at(#place)));
        quote!({ let #held: #py::Exception = #value; #exit; })
    }

    /// An exception, or one made of its class.
    pub fn exception_value(&mut self, exception: &Expr) -> TokenStream {
        let py = self.py.clone();
        match self.types.kind(exception) {
            Kind::Class(class) if self.model.is_script_class(&class) => {
                let made = self.construct_bare(&class, exception.span);
                quote!(#py::Exception::from(#py::upcast::<_, #py::exceptions::BaseException>(#made)))
            }
            Kind::Class(class) => {
                let class = self.class_static(&class);
                quote!(#py::Exception::bare(#class))
            }
            _ => self.value_as(exception, &Kind::named("BaseException")),
        }
    }

    fn assertion(&mut self, condition: &Expr, message: Option<&Expr>) -> TokenStream {
        let py = self.py.clone();
        let span = condition.span;
        let test = self.condition(condition);
        let exception = match message {
            Some(message) => {
                let message = self.value(message);
                quote!(#py::Exception::with_argument(&#py::exceptions::ASSERTION_ERROR, #message))
            }
            None => quote!(#py::Exception::bare(&#py::exceptions::ASSERTION_ERROR)),
        };
        let place = self.place(span);
        let held = self.own("raising");
        let exit = self.raise(quote!(#held.at(#place)));
        quote!(if !#test { let #held: #py::Exception = #exception; #exit; })
    }

    fn branches(&mut self, arms: &[(Expr, Block)], otherwise: Option<&Block>) -> TokenStream {
        let mut tokens = match otherwise {
            Some(block) => self.braced(block),
            None => TokenStream::new(),
        };
        for (at, (condition, block)) in arms.iter().enumerate().rev() {
            let condition = self.condition(condition);
            let body = self.braced(block);
            let rest = match tokens.is_empty() {
                true => TokenStream::new(),
                false => quote!(else #tokens),
            };
            tokens = quote!(if #condition #body #rest);
            if at > 0 {
                // A later condition may need statements of its own.
                tokens = quote!({ #tokens });
            }
        }
        tokens
    }

    fn while_loop(&mut self, condition: &Expr, body: &Block, otherwise: Option<&Block>) -> TokenStream {
        let (done, label) = (self.label("done"), self.label("while"));
        let endless = matches!(condition.kind, ExprKind::True);
        let test = match endless {
            true => TokenStream::new(),
            false => {
                let test = self.condition(condition);
                quote!(if !#test { break; })
            }
        };
        let exit = if otherwise.is_some() { done.clone() } else { label.clone() };
        let body = self.looped(body, exit, &label);
        match otherwise {
            Some(block) => {
                let otherwise = self.block(block);
                quote!(#done: { #label: loop { #test #body } #otherwise })
            }
            None => quote!(#label: loop { #test #body }),
        }
    }

    /// A loop's body: with an `else`, `break` leaves more than the loop.
    fn looped(&mut self, body: &Block, exit: syn::Lifetime, label: &syn::Lifetime) -> TokenStream {
        self.frame.exits.push(Exit::Loop { breaks: exit, continues: label.clone() });
        let body = self.block(body);
        self.frame.exits.pop();
        body
    }

    fn for_loop(&mut self, target: &Expr, iterable: &Expr, body: &Block, otherwise: Option<&Block>) -> TokenStream {
        let (done, label) = (self.label("done"), self.label("for"));
        let item = self.own("item");
        let iterator = self.iterator(iterable);
        let py = self.py.clone();
        let iterable_kind = self.types.kind(iterable);
        let kind = self.item_kind(&iterable_kind);
        let mark = self.mark();
        let items = self.hold("items", super::generator::is_traced(&iterable_kind));
        let next = self.fallible(quote!(#py::protocol::ScriptIterator::next(&mut #items)), iterable.span);
        let bind = self.assign(target, quote!(#item), &kind);
        let exit = if otherwise.is_some() { done.clone() } else { label.clone() };
        let body = self.looped(body, exit, &label);
        self.release(mark);
        let cycle = quote! {
            let mut #items = #iterator;
            #label: loop {
                let #item = match #next {
                    ::core::option::Option::Some(#item) => #item,
                    ::core::option::Option::None => break,
                };
                #bind
                #body
            }
        };
        match otherwise {
            Some(block) => {
                let otherwise = self.block(block);
                quote!(#done: { { #cycle } #otherwise })
            }
            None => quote!({ #cycle }),
        }
    }

    /// `iter(e)` of an expression.
    pub fn iterator(&mut self, iterable: &Expr) -> TokenStream {
        let py = self.py.clone();
        if let Some(lazy) = self.lazy(iterable) {
            return lazy;
        }
        let kind = self.types.kind(iterable);
        if let Some(name) = kind.unwrapped().name()
            && self.model.is_script_class(name)
        {
            return self.object_iterator(iterable, &kind);
        }
        let span = iterable.span;
        let object = self.behind_proxy(iterable);
        self.with_operands(&[(iterable, object)], |this, refs| {
            let reference = &refs[0];
            this.fallible(quote!(#py::protocol::Iterate::iter(#reference)), span)
        })
    }

    /// A `def` inside a function: an item if it captures nothing, which stands at the head of the body.
    fn nested(&mut self, function: &Function) -> TokenStream {
        let var = self.scopes.var(self.scope, &function.name.to_string());
        match var {
            Some(var) if self.scopes.vars[var].def == Some(function.id) => {
                let value = self.closure(function);
                self.bind(var, value, function.name.span())
            }
            _ => TokenStream::new(),
        }
    }
}
