//! Calls.

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};

use super::by_default::by_default;
use super::{Expander, called_at, ident, method_name};
use crate::script::infer::{Plan, Target, is_set_algebra, is_set_update};
use crate::script::kind::Kind;
use crate::script::model::{Default, Role};
use crate::script::tree::{Argument, Expr, ExprKind};

impl Expander<'_> {
    pub fn call(&mut self, expr: &Expr, callee: &Expr, args: &[Argument]) -> TokenStream {
        let Some(plan) = self.types.plans.get(&expr.id).cloned() else {
            return TokenStream::new();
        };
        let span = callee.end;
        match &plan.target {
            Target::Function(_) => {
                let name = self.value_name(callee);
                self.call_path(quote!(#name), None, &plan, args, span)
            }
            Target::Constructor(class) if self.is_outside(class) => {
                let class = ident(class, span);
                self.call_rust(expr, callee, &quote!(#class::new), args)
            }
            Target::Constructor(class) => match self.given_class(callee) {
                Some(given) => self.construct_given(&given, class, &plan, args, span),
                None => self.construct(class, &plan, args, span),
            },
            Target::Exception(class) => self.exception(class, args, span),
            Target::Method { class, name, exact } => self.call_method(callee, class, name, *exact, &plan, args),
            Target::Static { class, name } => self.call_static(callee, class, name, &plan, args),
            Target::BuiltinMethod { class, name } => self.call_builtin_method(callee, class, name, &plan, args),
            Target::Module { module, name } => self.call_module(module, name, &plan, args, span),
            Target::Builtin(name) => self.call_builtin(expr, name, args),
            Target::Value => self.call_value(expr, callee, &plan, args),
            Target::Closure => self.call_closure(callee, &plan, args),
            Target::Super { class, name } => self.call_super(class, name, &plan, args, span),
            Target::Path | Target::UnknownFunction => {
                let path = match &callee.kind {
                    ExprKind::Path(path) => path.clone(),
                    _ => self.value_name(callee),
                };
                self.call_rust(expr, callee, &path, args)
            }
            Target::AnyMethod => self.call_any_method(callee, args),
            Target::UnknownMethod => self.call_rust_method(expr, callee, args),
        }
    }

    fn value_name(&mut self, callee: &Expr) -> TokenStream {
        match &callee.kind {
            ExprKind::Name(name) => {
                let name = ident(&name.to_string(), name.span());
                quote!(#name)
            }
            _ => self.value(callee),
        }
    }

    /// Calls a function with owned arguments in the order of its parameters; they are evaluated as written.
    pub fn call_path(
        &mut self,
        path: TokenStream,
        receiver: Option<TokenStream>,
        plan: &Plan,
        args: &[Argument],
        span: Span,
    ) -> TokenStream {
        let mark = self.mark();
        let (lets, values) = self.arguments(plan, args);
        self.release(mark);
        self.call_with(path, receiver.into_iter().chain(values).collect(), lets, plan, span)
    }

    /// Calls a function with all that it takes.
    fn call_with(
        &mut self,
        path: TokenStream,
        all: Vec<TokenStream>,
        lets: TokenStream,
        plan: &Plan,
        span: Span,
    ) -> TokenStream {
        let call = called_at(span, quote!(#path(#(#all),*)));
        let call = match &plan.signature {
            Some(signature) if signature.raises => self.fallible(call, span),
            Some(signature) => self.seen(call, signature),
            None => call,
        };
        match lets.is_empty() {
            true => call,
            false => quote!({ #lets #call }),
        }
    }

    /// The arguments by parameter; `lets` if they were not written in that order.
    pub fn arguments(&mut self, plan: &Plan, args: &[Argument]) -> (TokenStream, Vec<TokenStream>) {
        let given: Vec<usize> = plan.args.iter().flatten().copied().collect();
        let in_order = given.is_sorted() && !self.spills();
        let mut lets = TokenStream::new();
        let mut names: Vec<Option<Ident>> = vec![None; args.len()];
        if !in_order {
            for (at, arg) in args.iter().enumerate() {
                let Some(param) = plan.args.iter().position(|place| *place == Some(at)) else { continue };
                let value = self.argument(plan, param, &arg.value);
                let is_traced = plan.params.get(param).is_some_and(super::generator::is_traced);
                let name = match self.spills() {
                    true => self.hold("argument", is_traced),
                    false => self.own(&format!("argument{at}")),
                };
                let mutable = self.spills().then(|| quote!(mut));
                lets.extend(quote!(let #mutable #name = #value;));
                names[at] = Some(name);
            }
        }
        let values = plan
            .args
            .iter()
            .enumerate()
            .map(|(param, place)| match place {
                Some(at) => match names.get(*at).and_then(Option::as_ref) {
                    Some(name) => quote!(#name),
                    None => match args.get(*at) {
                        Some(arg) => self.argument(plan, param, &arg.value),
                        None => TokenStream::new(),
                    },
                },
                None => self.default(plan, param),
            })
            .collect();
        (lets, values)
    }

    pub fn argument(&mut self, plan: &Plan, param: usize, value: &Expr) -> TokenStream {
        match plan.params.get(param) {
            Some(kind) => self.value_as(value, kind),
            None => self.value(value),
        }
    }

    pub fn default(&mut self, plan: &Plan, param: usize) -> TokenStream {
        let default = plan.signature.as_ref().and_then(|signature| signature.params.get(param)?.default.clone());
        if matches!(default, Some(Default::Made)) {
            return self.made_default(plan, param);
        }
        let default = default.and_then(Default::literal);
        match (default, plan.params.get(param)) {
            (Some(default), Some(kind)) => match (&default.kind, kind) {
                // Literals have no recorded kind where they come from another scope.
                (ExprKind::None, _) | (_, Kind::Optional(_)) => match default.kind {
                    ExprKind::None => quote!(::core::option::Option::None),
                    _ => {
                        let value = self.value(&default);
                        quote!(::core::option::Option::Some(#value))
                    }
                },
                (ExprKind::Int(literal), kind) if kind.is("float") => {
                    let value: f64 = literal.to_string().replace('_', "").parse().unwrap_or_default();
                    quote!(#value)
                }
                (ExprKind::Unary { value, .. }, _) => {
                    let value = self.value(value);
                    quote!((-#value))
                }
                _ => self.value(&default),
            },
            _ => TokenStream::new(),
        }
    }

    fn call_method(
        &mut self,
        callee: &Expr,
        class: &str,
        name: &str,
        _exact: bool,
        plan: &Plan,
        args: &[Argument],
    ) -> TokenStream {
        let span = callee.end;
        let (value, method) = match &callee.kind {
            ExprKind::Attribute { value, name: Some(_) }
                if name != "__call__" || self.types.kind(callee) == Kind::Unknown =>
            {
                (&**value, name)
            }
            _ => (callee, name),
        };
        let kind = self.types.kind(value).unwrapped().clone();
        let path = ident(class, span);
        let function = method_name(method, span);
        let operand = self.called_receiver(value, &kind, method, args);
        let varied = self.varied_defaults(class, name);
        self.assemble(vec![operand], |this, refs| {
            let receiver = refs[0].clone();
            match varied.iter().any(|at| plan.args.get(*at) == Some(&None)) {
                true => {
                    let function = by_default(name);
                    this.call_by_default(quote!(#path::#function), receiver, &varied, plan, args, span)
                }
                false => this.call_path(quote!(#path::#function), Some(receiver), plan, args, span),
            }
        })
    }

    /// A call that leaves an argument out whose default the object's class decides.
    fn call_by_default(
        &mut self,
        path: TokenStream,
        receiver: TokenStream,
        varied: &[usize],
        plan: &Plan,
        args: &[Argument],
        span: Span,
    ) -> TokenStream {
        let mark = self.mark();
        let (lets, mut values) = self.arguments(plan, args);
        self.release(mark);
        for at in varied {
            let value = &values[*at];
            values[*at] = match plan.args[*at] {
                Some(_) => quote!(::core::option::Option::Some(#value)),
                None => quote!(::core::option::Option::None),
            };
        }
        values.insert(0, receiver);
        self.call_with(path, values, lets, plan, span)
    }

    /// The receiver of a call: borrowed if nothing can rebind it, else counted for as long as the method runs.
    fn called_receiver(
        &mut self,
        value: &Expr,
        kind: &Kind,
        method: &str,
        args: &[Argument],
    ) -> super::operand::Operand {
        if let Some(object) = self.reached(value, kind, method) {
            return self.held(object, kind, 9);
        }
        if self.asks.counts {
            let object = self.value(value);
            return self.held(object, kind, 9);
        }
        let later: Vec<&Expr> = args.iter().map(|arg| &arg.value).collect();
        self.operand(value, None, 9, &later)
    }

    fn call_static(&mut self, callee: &Expr, class: &str, name: &str, plan: &Plan, args: &[Argument]) -> TokenStream {
        if self.takes_class(class, name) {
            return self.call_of_class(callee, class, name, plan, args);
        }
        let span = callee.end;
        let path = ident(class, span);
        let function = method_name(name, span);
        let is_method =
            plan.signature.as_ref().is_some_and(|signature| !matches!(signature.role, Role::Static | Role::Class));
        if !is_method {
            return self.call_path(quote!(#path::#function), None, plan, args, span);
        }
        // `Base.method(self, …)` calls the very method of the base.
        let function = self.exact_name(class, name);
        let Some(first) = args.first() else { return TokenStream::new() };
        let kind = self.types.kind(&first.value).unwrapped().clone();
        let operand = self.operand(&first.value, Some(&kind), 9, &[]);
        self.assemble(vec![operand], |this, refs| {
            let receiver = refs[0].clone();
            this.call_path(quote!(#path::#function), Some(receiver), plan, args, span)
        })
    }

    /// The method itself where its name dispatches.
    pub fn exact_name(&self, class: &str, name: &str) -> Ident {
        match self.model.is_dispatched(class, name) {
            true => ident(&format!("__own_{name}"), Span::call_site()),
            false => method_name(name, Span::call_site()),
        }
    }

    fn call_super(&mut self, class: &str, name: &str, plan: &Plan, args: &[Argument], span: Span) -> TokenStream {
        let py = self.py.clone();
        let receiver = match self.scopes.var(self.scope, "self") {
            Some(var) => match self.borrow(var, span) {
                Some(receiver) => receiver,
                None => {
                    let value = self.read(var, span);
                    quote!(&#value)
                }
            },
            None => quote!(this),
        };
        if !self.model.is_script_class(class) {
            let values: Vec<TokenStream> = args.iter().map(|arg| self.value(&arg.value)).collect();
            return match name {
                "__init__" => quote!((#receiver).init(::std::vec![#(#py::Any::from(#values)),*])),
                "__str__" => {
                    let text = quote!(#py::message_of(#receiver));
                    self.fallible(text, span)
                }
                _ => quote!(()),
            };
        }
        if plan.signature.is_none() {
            return quote!(());
        }
        let path = ident(class, span);
        let function = self.exact_name(class, name);
        self.call_path(quote!(#path::#function), Some(receiver), plan, args, span)
    }

    /// A value that can be called: a function in a variable, a weak reference.
    fn call_value(&mut self, expr: &Expr, callee: &Expr, plan: &Plan, args: &[Argument]) -> TokenStream {
        let span = callee.end;
        let kind = self.types.kind(callee).unwrapped().clone();
        if kind.is("any") {
            return self.call_any(callee, args);
        }
        if kind.is("weak") || kind.is("WeakMethod") {
            return self.with_operands(&[(callee, Some(kind))], |_, refs| {
                let reference = &refs[0];
                quote!((#reference).call())
            });
        }
        if kind.is("finalize") {
            return self.with_operands(&[(callee, Some(kind))], |this, refs| {
                let promise = &refs[0];
                this.fallible(quote!((#promise).call()), span)
            });
        }
        if let Kind::Class(class) = &kind {
            return self.construct(class, plan, args, span);
        }
        let exprs: Vec<_> =
            args.iter().enumerate().map(|(at, arg)| (&arg.value, plan.params.get(at).cloned())).collect();
        if matches!(kind, Kind::Unknown) {
            let function = self.value(callee);
            let call = self.with_values(&exprs, |_, values| quote!((#function)(#(#values),*)));
            return self.outcome(expr, call, span);
        }
        self.with_operands(&[(callee, Some(kind))], |this, refs| {
            let function = &refs[0];
            this.with_values(&exprs, |this, values| this.fallible(quote!((#function).call((#(#values,)*))), span))
        })
    }

    /// `ValueError("…")`
    fn exception(&mut self, class: &str, args: &[Argument], span: Span) -> TokenStream {
        let py = self.py.clone();
        let class = self.class_static(class);
        let exprs: Vec<_> = args.iter().map(|arg| (&arg.value, None)).collect();
        self.with_values(&exprs, |_, values| {
            let made = match values {
                [] => quote!(#py::Exception::bare(#class)),
                [one] => quote!(#py::Exception::with_argument(#class, #one)),
                many => quote!(#py::Exception::with_arguments(#class, ::std::vec![#(#py::Any::from(#many)),*])),
            };
            called_at(span, made)
        })
    }

    /// `a.xs.append(item)`, `a.xs.pop(index)`: `None` if the list is not in a field that can be looked at, or the
    /// argument runs code.
    fn call_in_place(
        &mut self,
        list: &Expr,
        name: &str,
        plan: &Plan,
        args: &[Argument],
        span: Span,
    ) -> Option<TokenStream> {
        if !matches!(name, "append" | "pop") || !args.iter().all(|arg| self.is_quiet(&arg.value)) {
            return None;
        }
        let chain = self.container(list)?;
        let (lets, values) = self.arguments(plan, args);
        let held = self.own("argument");
        let value = values.first();
        let call = match name {
            "append" => {
                let place = self.look(&chain);
                quote!((#place).append(#held))
            }
            _ => self.attempt(&chain, |it| quote!((#it).take_item(#held)), |it| quote!((#it).pop(#held)), span),
        };
        Some(quote!({ #lets let #held = #value; #call }))
    }

    fn call_builtin_method(
        &mut self,
        callee: &Expr,
        class: &str,
        name: &str,
        plan: &Plan,
        args: &[Argument],
    ) -> TokenStream {
        let ExprKind::Attribute { value, .. } = &callee.kind else {
            return TokenStream::new();
        };
        let span = callee.end;
        if matches!(class, "Generator" | "Iterator") {
            return self.generator_method(callee, class, name, args, &plan.params);
        }
        let kind = self.types.kind(value).unwrapped().clone();
        if class == "list"
            && let Some(call) = self.call_in_place(value, name, plan, args, span)
        {
            return call;
        }
        let operand = self.receiver(value, &kind, name, 9);
        self.assemble(vec![operand], |this, refs| {
            let receiver = refs[0].clone();
            match (class, name, args.len()) {
                ("dict" | "WeakValueDictionary" | "WeakKeyDictionary", "get" | "pop", _) => {
                    this.dict_lookup(receiver, name, &kind, plan, args, span)
                }
                ("dict", "update_from", _) => {
                    let items = this.items_of(&args[0].value);
                    this.lent(vec![items], |this, refs| {
                        let items = &refs[0];
                        this.fallible(quote!((#receiver).update_from(#items)), span)
                    })
                }
                ("tuple...", _, 1) => {
                    let item = kind.args().first().cloned();
                    this.with_operands(&[(&args[0].value, item)], |this, refs| {
                        let (item, method) = (&refs[0], ident(name, span));
                        this.fallible(quote!((#receiver).#method(#item)), span)
                    })
                }
                ("set" | "frozenset", _, count) if count != 1 && (is_set_algebra(name) || is_set_update(name)) => {
                    this.set_of_several(receiver, name, args, span)
                }
                ("list", "sort", _) => this.sort(receiver, args, span),
                ("int", _, _) => {
                    let (py, method) = (&this.py, ident(name, span));
                    quote!(#py::number::IntMethods::#method(#receiver))
                }
                ("float", _, _) => {
                    let (py, method) = (&this.py, ident(name, span));
                    let call = quote!(#py::number::FloatMethods::#method(#receiver));
                    match plan.signature.as_ref().is_some_and(|signature| signature.raises) {
                        true => this.fallible(call, span),
                        false => call,
                    }
                }
                _ => this.builtin_call(receiver, name, plan, args, span),
            }
        })
    }

    /// `s.union(a, b)`, `s.update(a, b)`: one after the other.
    fn set_of_several(&mut self, set: TokenStream, name: &str, args: &[Argument], span: Span) -> TokenStream {
        let method = ident(name, span);
        let items: Vec<TokenStream> = args.iter().map(|arg| self.items_of(&arg.value)).collect();
        self.lent(items, |this, refs| match is_set_update(name) {
            true => {
                let updates: Vec<TokenStream> =
                    refs.iter().map(|items| this.fallible(quote!((#set).#method(#items)), span)).collect();
                quote!({ #(#updates;)* })
            }
            false => refs
                .iter()
                .fold(quote!((#set).copy()), |made, items| this.fallible(quote!((#made).#method(#items)), span)),
        })
    }

    /// A builtin's method or function by its signature: lent arguments by reference.
    pub fn builtin_call(
        &mut self,
        receiver: TokenStream,
        name: &str,
        plan: &Plan,
        args: &[Argument],
        span: Span,
    ) -> TokenStream {
        let method = ident(name, span);
        self.lent_call(quote!((#receiver).#method), plan, args, span)
    }

    pub fn lent_call(&mut self, path: TokenStream, plan: &Plan, args: &[Argument], span: Span) -> TokenStream {
        let Some(signature) = plan.signature.clone() else {
            let args: Vec<_> = args.iter().map(|arg| (&arg.value, None)).collect();
            return self.with_values(&args, |this, args| this.fallible(quote!(#path(#(#args),*)), span));
        };
        let mut operands = Vec::new();
        let mut built: Vec<TokenStream> = Vec::new();
        let mut lent_at: Vec<Option<usize>> = Vec::new();
        let mark = self.mark();
        let mut lets = TokenStream::new();
        for (at, param) in signature.params.iter().enumerate() {
            let arg = plan.args.get(at).copied().flatten().and_then(|place| args.get(place));
            let wanted = plan.params.get(at).cloned().unwrap_or(Kind::Unknown);
            match arg {
                Some(arg) if param.lent => {
                    let inner = wanted.unwrapped().clone();
                    let inner = Some(inner).filter(|kind| Self::is_complete(kind) && !kind.is("Iterable"));
                    operands.push(self.operand(&arg.value, inner.as_ref(), at, &[]));
                    lent_at.push(Some(operands.len() - 1));
                    built.push(TokenStream::new());
                }
                Some(arg) => {
                    let value = self.value_as(&arg.value, &wanted);
                    built.push(match self.spills() {
                        true => {
                            let name = self.hold("argument", super::generator::is_traced(&wanted));
                            lets.extend(quote!(let mut #name = #value;));
                            quote!(#name)
                        }
                        false => value,
                    });
                    lent_at.push(None);
                }
                None => {
                    built.push(self.default(plan, at));
                    lent_at.push(None);
                }
            }
        }
        self.release(mark);
        let call = self.assemble(operands, |this, refs| {
            let args = built.iter().zip(&lent_at).zip(&signature.params).map(|((built, lent), param)| match lent {
                Some(place) => {
                    let reference = &refs[*place];
                    match param.kind {
                        Kind::Optional(_) => quote!(::core::option::Option::Some(#reference)),
                        _ => quote!(#reference),
                    }
                }
                None => built.clone(),
            });
            let call = quote!(#path(#(#args),*));
            match signature.raises {
                true => this.fallible(call, span),
                false => call,
            }
        });
        match lets.is_empty() {
            true => call,
            false => quote!({ #lets #call }),
        }
    }

    fn dict_lookup(
        &mut self,
        receiver: TokenStream,
        name: &str,
        kind: &Kind,
        plan: &Plan,
        args: &[Argument],
        span: Span,
    ) -> TokenStream {
        let key = kind.args().first().cloned();
        let Some(first) = args.first() else { return TokenStream::new() };
        let default = args.get(1);
        let is_none = default.is_some_and(|default| matches!(default.value.kind, ExprKind::None));
        let value = kind.args().get(1).cloned().unwrap_or(Kind::Unknown);
        self.with_operands(&[(&first.value, key)], |this, refs| {
            let key = &refs[0];
            match (name, default) {
                ("get", None) => this.optional_item(quote!((#receiver).get(#key)), &value, span),
                ("get", Some(_)) if is_none => this.optional_item(quote!((#receiver).get(#key)), &value, span),
                ("pop", Some(_)) if is_none => this.optional_item(quote!((#receiver).pop_optional(#key)), &value, span),
                ("pop", None) => this.fallible(quote!((#receiver).pop(#key)), span),
                (_, Some(default)) => {
                    let wanted = plan.result.clone();
                    let default = this.value_as(&default.value, &wanted);
                    let method = ident(&format!("{name}_or"), span);
                    this.fallible(quote!((#receiver).#method(#key, #default)), span)
                }
                _ => TokenStream::new(),
            }
        })
    }

    /// `T??` is `T?`.
    fn optional_item(&mut self, call: TokenStream, value: &Kind, span: Span) -> TokenStream {
        let found = self.fallible(call, span);
        match value {
            Kind::Optional(_) => quote!(::core::option::Option::flatten(#found)),
            _ => found,
        }
    }

    fn sort(&mut self, receiver: TokenStream, args: &[Argument], span: Span) -> TokenStream {
        let reverse = args.iter().find(|arg| arg.name.as_ref().is_some_and(|name| name == "reverse"));
        let reverse = match reverse {
            Some(arg) => self.condition(&arg.value),
            None => quote!(false),
        };
        let key = args.iter().find(|arg| arg.name.as_ref().is_some_and(|name| name == "key"));
        match key {
            Some(key) => {
                let key = self.value(&key.value);
                self.fallible(quote!((#receiver).sort_by_key(&#key, #reverse)), span)
            }
            None => self.fallible(quote!((#receiver).sort(#reverse)), span),
        }
    }
}
