//! Functions that yield: an `async` closure that hands its locals over at each yield.
//!
//! ```text
//! Generator::raising((this, (n, ())), async move |mut co, (this, (n, ()))| {
//!     …
//!     let (sent, back) = co.suspend(value, (this, (n, ()))).await;
//!     (this, (n, ())) = back;
//! })
//! ```

use std::rc::Rc;

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

use super::name::{Store, contains_rust};
use super::{Expander, Frame, called_at, ident};
use crate::script::kind::Kind;
use crate::script::model::{Role, Signature, Yields, expr_yields, own_expressions};
use crate::script::scope::{VarId, children};
use crate::script::tree::{Argument, Clause, Expr, ExprKind, Function, Stmt, StmtKind};

/// The generator whose body is being written.
pub struct Body {
    yields: Rc<Yields>,
    /// The variables of functions around it that it uses.
    captured: Vec<VarId>,
    /// What waits at the current place under names that are not the user's: iterators, context managers, operands.
    held: Vec<Ident>,
    here: Here,
}

/// What the statement being written does.
#[derive(Clone, Copy, Default)]
pub struct Here {
    /// Its own expressions yield.
    yields: bool,
    /// Operands wait while another one yields: none may be borrowed.
    spills: bool,
}

impl Here {
    pub fn of(stmt: &Stmt) -> Here {
        let mut here = Here::default();
        own_expressions(&stmt.kind, &mut |expr| {
            here.yields |= expr_yields(expr);
            here.spills |= spills(expr);
        });
        here.spills |= here.yields && matches!(stmt.kind, StmtKind::Augmented { .. });
        here
    }
}

impl Body {
    pub fn new(yields: Rc<Yields>, captured: Vec<VarId>) -> Body {
        Body { yields, captured, held: Vec::new(), here: Here::default() }
    }
}

impl Expander<'_> {
    /// A call of the function: an expression that makes the generator, from the names of its parameters.
    pub fn generator(&mut self, function: &Function, signature: &Signature, captures: &[VarId]) -> TokenStream {
        let py = self.py.clone();
        let Some(yields) = signature.yields.clone() else {
            return TokenStream::new();
        };
        let mut frame = Frame::new(&self.frame_name(function, signature), Some(yields.returned.clone()), true);
        frame.class = self.frame.class.clone();
        frame.generator = Some(Body::new(yields.clone(), captures.to_vec()));
        let mut arguments = Vec::new();
        let mut names = Vec::new();
        for var in captures {
            let name = self.var_ident(*var, self.scopes.vars[*var].name.span());
            arguments.push(quote!(::core::clone::Clone::clone(#name)));
            names.push(quote!(mut #name));
        }
        for (at, param) in function.params.iter().enumerate() {
            let name = ident(&param.name.to_string(), param.name.span());
            match (at, signature.role) {
                (0, Role::Method | Role::Property) => arguments.push(quote!(::core::clone::Clone::clone(#name))),
                (0, Role::Class) => continue,
                _ => arguments.push(quote!(#name)),
            }
            names.push(quote!(#name));
        }
        let body = self.body(function, frame);
        let made = self.raising(&yields, &arguments, &names, body, function.name.span());
        match (&signature.result, yields.is_manager) {
            (_, true) => quote!(#py::contextlib::GeneratorContextManager::of(#made)),
            (result, _) if result.is("Iterator") => quote!(#py::Iter::of(#made)),
            _ => made,
        }
    }

    fn frame_name(&self, function: &Function, signature: &Signature) -> String {
        match (&self.frame.class, signature.role) {
            (Some(class), role) if role != Role::Function => format!("{class}.{}", function.name),
            _ => function.name.to_string(),
        }
    }

    /// The generator itself.
    fn raising(
        &mut self,
        yields: &Yields,
        arguments: &[TokenStream],
        names: &[TokenStream],
        body: TokenStream,
        span: Span,
    ) -> TokenStream {
        let py = self.py.clone();
        let (item, sent, returned) = (self.ty(&yields.item), self.ty(&yields.sent), self.ty(&yields.returned));
        let (arguments, names) = (nested(arguments), nested(names));
        let co = self.own("co");
        let lints = super::function::lints();
        let made = quote! {
            #py::generator::Generator::<#item, #sent, #returned, #py::generator::Raises<#py::Exception>>::raising(
                #arguments,
                #lints
                async move |mut #co: #py::generator::Co<'_, #item, #sent, #py::Exception>, #names|
                    -> #py::Result<#returned> { #body },
            )
        };
        called_at(span, made)
    }

    /// Whether Rust code sees what a function returns without the exceptions: they are panics there.
    pub fn is_viewed(&self, signature: &Signature) -> bool {
        !signature.raises && !signature.must_handle && signature.result.is_iterator()
    }

    /// What a call of a function of the script gives, as scripts see it.
    pub fn seen(&self, call: TokenStream, signature: &Signature) -> TokenStream {
        match self.is_viewed(signature) {
            true => quote!(#call.as_raising()),
            false => call,
        }
    }

    /// `yield value` where what the generator is sent is wanted: not `None`, unless that is said.
    pub fn yield_value(&mut self, expr: &Expr, value: Option<&Expr>) -> TokenStream {
        let sent = self.yield_sent(expr, value);
        let gives = self.types.kind(expr);
        match &gives {
            Kind::None | Kind::Optional(_) | Kind::Unknown => sent,
            kind if kind.is("any") => sent,
            kind => {
                let (py, shown) = (self.py.clone(), kind.to_string());
                self.fallible(quote!(#py::not_none(#sent, #shown)), expr.span)
            }
        }
    }

    /// What the generator is sent, as it is.
    pub fn yield_sent(&mut self, expr: &Expr, value: Option<&Expr>) -> TokenStream {
        let Some(item) = self.frame.generator.as_ref().map(|body| body.yields.item.clone()) else {
            return quote!(::core::unreachable!());
        };
        let value = match value {
            Some(value) => self.value_as(value, &item),
            None => self.coerce(quote!(()), &Kind::None, &item, expr.span),
        };
        self.yielded(expr.span, value)
    }

    fn yielded(&mut self, span: Span, value: TokenStream) -> TokenStream {
        let (held, co, sent) = (self.own("value"), self.own("co"), self.own("sent"));
        let resumed = self.suspended(span, &sent, |locals| quote!(#co.suspend(#held, #locals).await));
        let sent = self.fallible(quote!(#sent), span);
        quote!({ let #held = #value; #resumed #sent })
    }

    /// Hands the locals over, waits, and takes them back; `result` is bound to the first part of what comes.
    fn suspended(&mut self, span: Span, result: &Ident, wait: impl FnOnce(&TokenStream) -> TokenStream) -> TokenStream {
        // At the place of the `yield`: rustc says there that a local is still borrowed.
        let names: Vec<TokenStream> = self
            .handed_over()
            .into_iter()
            .map(|mut name| {
                name.set_span(span.resolved_at(name.span()));
                quote!(#name)
            })
            .collect();
        let locals = nested(&names);
        let waiting = wait(&locals);
        if names.is_empty() {
            return quote_spanned!(span=> let (#result, ()) = #waiting;);
        }
        let back = self.own("back");
        quote_spanned!(span=> let (#result, #back) = #waiting; #locals = #back;)
    }

    /// What the collector must see while the generator is suspended here, in the order in which it is released.
    fn handed_over(&self) -> Vec<Ident> {
        let scope = self.scopes.frame(self.scope);
        let mut names: Vec<Ident> = self
            .release_order(scope)
            .into_iter()
            .filter(|var| match self.store(*var) {
                Store::Cell => true,
                Store::Slot => self.is_kept(*var),
                Store::Plain | Store::Foreign | Store::This => false,
            })
            .map(|var| self.var_ident(var, self.scopes.vars[var].name.span()))
            .collect();
        if let Some(body) = &self.frame.generator {
            names.extend(body.captured.iter().map(|var| self.var_ident(*var, self.scopes.vars[*var].name.span())));
            names.extend(body.held.iter().cloned());
        }
        names
    }

    /// `yield from value`; `is_used`: what it gives is wanted.
    pub fn yield_from(&mut self, expr: &Expr, value: &Expr, is_used: bool) -> TokenStream {
        let Some(yields) = self.frame.generator.as_ref().map(|body| body.yields.clone()) else {
            return quote!(::core::unreachable!());
        };
        let py = self.py.clone();
        let kind = self.types.kind(value).unwrapped().clone();
        let (held, co, result) = (self.own("inner"), self.own("co"), self.own("result"));
        let (source, is_delegated) = self.source(value, &kind, &yields);
        let resumed = self.suspended(expr.span, &result, |locals| match (is_delegated, kind.name()) {
            (true, Some("Generator")) => quote!(#co.delegate(#held, #locals).await),
            (true, _) => quote! {
                match #held.into_generator() {
                    ::core::result::Result::Ok(#held) => #held.delegate(&mut #co, #locals).await,
                    ::core::result::Result::Err(#held) => #py::yield_from(&mut #co, #held, #locals).await,
                }
            },
            (false, _) => quote!(#py::yield_from(&mut #co, #held, #locals).await),
        });
        let result = self.fallible(quote!(#result), expr.span);
        let returned = self.types.kind(expr);
        let given = match &returned {
            _ if !is_used => quote!({ #result; }),
            Kind::None => quote!({ #result; }),
            Kind::Optional(_) => quote!(::core::option::Option::flatten(#result)),
            kind if kind.is("any") => quote!(#result.unwrap_or_default()),
            kind => {
                let shown = kind.to_string();
                self.fallible(quote!(#py::not_none(#result, #shown)), expr.span)
            }
        };
        quote!({ let #held = #source; #resumed #given })
    }

    /// What a `yield from` goes through, and whether that can be delegated to as it is.
    fn source(&mut self, value: &Expr, kind: &Kind, yields: &Yields) -> (TokenStream, bool) {
        let py = self.py.clone();
        let item = self.item_kind(kind);
        let sent = match kind.args() {
            [_, sent, _] if kind.is("Generator") => sent.sent(),
            _ => yields.sent.clone(),
        };
        let is_same = (item == yields.item || item.is_unknown()) && sent == yields.sent;
        let source = match (kind.is_iterator(), self.types.kind(value)) {
            (true, Kind::Optional(_)) => self.with_operands(&[(value, None)], |this, refs| {
                let iterator = &refs[0];
                this.fallible(quote!(#py::protocol::Iterate::iter(#iterator)), value.span)
            }),
            (true, _) => self.value(value),
            (false, _) => {
                let items = self.iterator(value);
                quote!(#py::Items(#items))
            }
        };
        if is_same {
            return (source, kind.is_iterator());
        }
        let convert_item = self.conversion(&item, &yields.item, value.span);
        let convert_sent = match (sent == yields.sent, &sent) {
            (true, _) => self.conversion(&sent, &sent, value.span),
            // Nothing is sent, or nobody looks at it.
            (false, Kind::None) => quote!(|_| ::core::result::Result::Ok(())),
            _ if matches!(yields.sent, Kind::None) => {
                quote!(|()| ::core::result::Result::Ok(::core::default::Default::default()))
            }
            _ => self.conversion(&yields.sent, &sent, value.span),
        };
        (quote!(#py::Converted::new(#source, #convert_item, #convert_sent)), false)
    }

    /// A function that converts values.
    pub fn conversion(&mut self, from: &Kind, to: &Kind, span: Span) -> TokenStream {
        let py = self.py.clone();
        let outer = std::mem::replace(&mut self.frame, Frame::new("iterator", None, true));
        let label = self.label("raise");
        self.frame.exits.push(super::Exit::Function { label: label.clone() });
        let value = self.own("value");
        let converted = self.coerce(quote!(#value), from, to, span);
        self.frame = outer;
        let (from, to, raised) = (self.ty(from), self.ty(to), self.own("raised"));
        quote! {
            |#value: #from| -> #py::Result<#to> {
                let #raised: #py::Exception = #label: { return ::core::result::Result::Ok(#converted); };
                ::core::result::Result::Err(#raised)
            }
        }
    }

    /// `g.send(v)`, `g.throw(e)`, `g.close()`
    pub fn generator_method(
        &mut self,
        callee: &Expr,
        class: &str,
        name: &str,
        args: &[Argument],
        wanted: &[Kind],
    ) -> TokenStream {
        let py = self.py.clone();
        let ExprKind::Attribute { value, .. } = &callee.kind else {
            return TokenStream::new();
        };
        let span = callee.end;
        let method = ident(name, span);
        let kind = self.types.kind(value).unwrapped().clone();
        let operand = self.receiver(value, &kind, name, 9);
        let call = |receiver: &TokenStream, argument: Option<&TokenStream>| match class {
            "Generator" => {
                let arguments = std::iter::once(receiver).chain(argument);
                quote!(#py::generator::#method(#(#arguments),*))
            }
            _ => quote!((#receiver).#method(#argument)),
        };
        self.assemble(vec![operand], |this, refs| match (name, args.first()) {
            ("throw", Some(exception)) => {
                let exception = this.exception_value(&exception.value);
                let thrown = this.own("thrown");
                let call = this.fallible(call(&refs[0], Some(&quote!(#thrown))), span);
                quote!({ let #thrown = #exception; #call })
            }
            (_, Some(argument)) => {
                let wanted = wanted.first().cloned();
                this.with_values(&[(&argument.value, wanted)], |this, values| {
                    this.fallible(call(&refs[0], values.first()), span)
                })
            }
            (_, None) => this.fallible(call(&refs[0], None), span),
        })
    }

    /// `(item for x in iterable …)`: the first iterable is gone over from outside, the rest runs later.
    pub fn generator_expression(&mut self, expr: &Expr, clauses: &[Clause], item: &Expr) -> TokenStream {
        let py = self.py.clone();
        let Some((Clause::For { target, iterable }, rest)) = clauses.split_first() else {
            return TokenStream::new();
        };
        let kind = self.item_kind(&self.types.kind(expr));
        let yields = Rc::new(Yields::items(kind.clone()));
        let iterator = self.iterator(iterable);
        let captures = self.captures(expr.id);
        let cells: Vec<Ident> =
            captures.iter().map(|var| self.var_ident(*var, self.scopes.vars[*var].name.span())).collect();
        let mut frame = Frame::new("<genexpr>", Some(Kind::None), true);
        frame.class = self.frame.class.clone();
        frame.generator = Some(Body::new(yields.clone(), captures));
        let outer_scope = std::mem::replace(&mut self.scope, self.scopes.of_node(expr.id));
        let outer_frame = std::mem::replace(&mut self.frame, frame);
        let items = self.hold("items", is_traced(&self.types.kind(iterable)));
        let body = self.framed_by(|this| {
            let cycle = this.cycle(target, iterable, &items, |this| {
                this.clauses(rest, None, &mut |this| {
                    let value = this.value_as(item, &kind);
                    this.yielded(expr.span, value)
                })
            });
            quote!(#cycle return ::core::result::Result::Ok(());)
        });
        self.frame = outer_frame;
        self.scope = outer_scope;
        let arguments: Vec<TokenStream> = std::iter::once(quote!(#items))
            .chain(cells.iter().map(|cell| quote!(::core::clone::Clone::clone(&#cell))))
            .collect();
        let names: Vec<TokenStream> = std::iter::once(&items).chain(&cells).map(|name| quote!(mut #name)).collect();
        let made = self.raising(&yields, &arguments, &names, body, expr.span);
        quote!({ let #items = #iterator; #py::Iter::of(#made) })
    }

    /// Whether operands wait while another one yields.
    pub fn spills(&self) -> bool {
        self.frame.generator.as_ref().is_some_and(|body| body.here.spills)
    }

    /// Whether the statement being written yields.
    pub fn yields_here(&self) -> bool {
        self.frame.generator.as_ref().is_some_and(|body| body.here.yields)
    }

    /// Notes that for a statement; what held before is to be put back after it.
    pub fn set_here(&mut self, here: Here) -> Here {
        match &mut self.frame.generator {
            Some(body) => std::mem::replace(&mut body.here, here),
            None => Here::default(),
        }
    }

    /// How much is held here.
    pub fn mark(&self) -> usize {
        self.frame.generator.as_ref().map_or(0, |body| body.held.len())
    }

    /// What was held since the mark is not any more.
    pub fn release(&mut self, mark: usize) {
        if let Some(body) = &mut self.frame.generator {
            body.held.truncate(mark);
        }
    }

    /// A name for a value that waits while what follows runs, until `release`. In a generator it is handed over at each
    /// yield, if it can be traced.
    pub fn hold(&mut self, name: &str, is_traced: bool) -> Ident {
        if self.frame.generator.is_none() {
            return self.own(name);
        }
        let name = self.own(&format!("{name}{}", self.frame.depth));
        self.frame.depth += 1;
        if is_traced {
            self.hold_again(&name);
        }
        name
    }

    /// The same for a name that was held before.
    pub fn hold_again(&mut self, name: &Ident) {
        if let Some(body) = &mut self.frame.generator {
            body.held.push(name.clone());
        }
    }

    /// Values of expressions for a call or a display: in place, or bound one by one where a later one yields.
    pub fn with_values(
        &mut self,
        exprs: &[(&Expr, Option<Kind>)],
        build: impl FnOnce(&mut Self, &[TokenStream]) -> TokenStream,
    ) -> TokenStream {
        let mark = self.mark();
        let mut lets = TokenStream::new();
        let mut values = Vec::new();
        for (expr, wanted) in exprs {
            let value = match wanted {
                Some(wanted) => self.value_as(expr, wanted),
                None => self.value(expr),
            };
            if !self.spills() {
                values.push(value);
                continue;
            }
            let kind = wanted.clone().unwrap_or_else(|| self.types.kind(expr));
            let name = self.hold("value", is_traced(&kind));
            lets.extend(quote!(let mut #name = #value;));
            values.push(quote!(#name));
        }
        let built = build(self, &values);
        self.release(mark);
        match lets.is_empty() {
            true => built,
            false => quote!({ #lets #built }),
        }
    }
}

/// Whether a value of this kind is worth handing over, and the collector can look at it.
pub fn is_traced(kind: &Kind) -> bool {
    !kind.is_plain() && !kind.is("range") && !contains_rust(kind)
}

/// Whether a part of an expression waits while a later one yields.
fn spills(expr: &Expr) -> bool {
    let mut found = false;
    let mut is_first = true;
    children(expr, &mut |child| {
        found |= spills(child) || (!is_first && expr_yields(child));
        is_first = false;
    });
    found
}

/// `(a, (b, ()))`
fn nested(parts: &[TokenStream]) -> TokenStream {
    parts.iter().rev().fold(quote!(()), |rest, part| quote!((#part, #rest)))
}
