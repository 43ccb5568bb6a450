//! Functions and the script as a whole: declarations in the order that makes CPython's order of release, the body, and
//! the one cold path that an exception leaves by.

use super::here::quote;
use proc_macro2::TokenStream;

use super::{Exit, Expander, Frame, ident};
use crate::script::infer::{Body, falls_through};
use crate::script::kind::Kind;
use crate::script::model::{Signature, names_caught};
use crate::script::scope::{ScopeId, ScopeKind, VarId};
use crate::script::tree::{Expr, ExprKind, Function, Generic, Script, Stmt};

impl Expander<'_> {
    /// ```text
    /// pub fn ring(names: List<Str>) -> Result<Gc<Node>, Exception> { … }
    /// ```
    pub fn function(&mut self, function: &Function) -> TokenStream {
        let Some(signature) = self.model.functions.get(&function.id).cloned() else {
            return TokenStream::new();
        };
        let attributes = &function.attributes;
        let public = &function.public;
        let name = ident(&function.name.to_string(), function.name.span());
        let generics = self.generics(&function.generics);
        let params = self.params(function, &signature, 0);
        let result = self.result(&signature);
        let frame = Frame::new(&function.name.to_string(), Some(signature.result.clone()), signature.raises);
        let body = self.whole_body(function, &signature, frame);
        let lints = lints();
        let value = self.value_item(function.id, &function.name);
        let defaults = self.default_items(None, function);
        quote! {
            #(#attributes)*
            #lints
            #public fn #name #generics (#(#params),*) #result { #body }
            #defaults
            #value
        }
    }

    pub fn generics(&self, generics: &[Generic]) -> TokenStream {
        if generics.is_empty() {
            return TokenStream::new();
        }
        let py = &self.py;
        let each = generics.iter().map(|Generic { name, bounds }| match bounds.is_empty() {
            true => quote!(#name: #py::Value),
            false => quote!(#name: #py::Value + #bounds),
        });
        quote!(<#(#each),*>)
    }

    /// The parameters after the first `skip`.
    pub fn params(&self, function: &Function, signature: &Signature, skip: usize) -> Vec<TokenStream> {
        function
            .params
            .iter()
            .skip(skip)
            .zip(&signature.params)
            .map(|(param, known)| {
                let name = ident(&param.name.to_string(), param.name.span());
                let ty = self.ty(&known.kind);
                quote!(#name: #ty)
            })
            .collect()
    }

    pub fn result(&self, signature: &Signature) -> TokenStream {
        let py = &self.py;
        let ty = match self.is_viewed(signature) {
            true => self.viewed_type(&signature.result),
            false => self.ty(&signature.result),
        };
        match (signature.raises, &signature.result) {
            (true, _) => quote!(-> ::core::result::Result<#ty, #py::Exception>),
            (false, Kind::None) => TokenStream::new(),
            (false, _) => quote!(-> #ty),
        }
    }

    /// The inside of a function, or of one that only makes a generator.
    pub fn whole_body(&mut self, function: &Function, signature: &Signature, mut frame: Frame) -> TokenStream {
        let is_viewed = self.is_viewed(signature);
        if signature.yields.is_none() {
            frame.is_viewed = is_viewed;
            return self.body(function, frame);
        }
        let outer = std::mem::replace(&mut self.frame, frame);
        let made = self.generator(function, signature, &[]);
        self.frame = outer;
        match is_viewed {
            true => quote!(#made.with_failure()),
            false => made,
        }
    }

    /// The inside of a function.
    pub fn body(&mut self, function: &Function, frame: Frame) -> TokenStream {
        let outer_scope = std::mem::replace(&mut self.scope, self.scopes.of_node(function.id));
        let outer_frame = std::mem::replace(&mut self.frame, frame);
        let items = self.hoisted(&function.body.body);
        let body = self.framed(&function.body.body);
        let body = told(self.types.wrong.contains(&Body::Of(function.id)), body);
        self.frame = outer_frame;
        self.scope = outer_scope;
        quote!(#items #body)
    }

    fn framed(&mut self, stmts: &[Stmt]) -> TokenStream {
        self.frame.notes_caught = self.frame.generator.is_none() && names_caught(stmts);
        if self.frame.notes_caught {
            match self.kept(self.scope) {
                Some(frame) => return self.framed_for_caught(stmts, frame),
                None => self.frame.notes_caught = false,
            }
        }
        let ends = self.ends(stmts);
        if !self.frame.raises {
            let declarations = self.declarations(self.scope);
            let body = self.stmts(stmts);
            // rustc can't always see that the end is not reached: after a `finally`, for one.
            let end = match (ends, &self.frame.result) {
                (true, Some(Kind::Optional(_))) => quote!(::core::option::Option::None),
                (true, _) | (false, Some(Kind::None) | None) => TokenStream::new(),
                (false, Some(_)) => quote!(::core::unreachable!()),
            };
            return quote!(#declarations #body #end);
        }
        let end = match (ends, &self.frame.result) {
            (true, Some(Kind::Optional(_))) => quote!(return ::core::result::Result::Ok(::core::option::Option::None);),
            (true, _) => quote!(return ::core::result::Result::Ok(());),
            (false, _) => quote!(::core::unreachable!()),
        };
        self.framed_by(|this| {
            let body = this.stmts(stmts);
            quote!(#body #end)
        })
    }

    /// Whether the end of the body gives the result; where that needs a value, its absence has been reported.
    fn ends(&self, stmts: &[Stmt]) -> bool {
        let gives_none = matches!(self.frame.result, None | Some(Kind::None | Kind::Optional(_)));
        (gives_none || self.frame.generator.is_some()) && falls_through(stmts, &self.types.exhausted)
    }

    /// A body that catches exceptions by name: those that are still there when it ends keep its locals.
    fn framed_for_caught(&mut self, stmts: &[Stmt], frame: TokenStream) -> TokenStream {
        let scope = self.scope;
        let py = self.py.clone();
        let declarations = self.declarations(scope);
        let (escaping, returned, raised) = (self.own("escaping"), self.own("returned"), self.own("raised"));
        let label = self.label("returned");
        self.frame.exits.push(Exit::Script { label: label.clone() });
        let end = match (self.ends(stmts), &self.frame.result) {
            (true, Some(Kind::Optional(_))) => quote!(::core::option::Option::None),
            (true, _) => quote!(()),
            (false, _) => quote!(::core::unreachable!()),
        };
        let inside = match self.frame.raises {
            true => {
                let raise = self.label("raise");
                self.frame.exits.push(Exit::Function { label: raise.clone() });
                let body = self.stmts(stmts);
                self.frame.exits.pop();
                let leave = self.leave(scope);
                quote! {
                    let #raised: #py::Exception = #raise: { #body break #label ::core::result::Result::Ok(#end); };
                    return ::core::result::Result::Err(#leave)
                }
            }
            false => {
                let body = self.stmts(stmts);
                quote!(#body #end)
            }
        };
        self.frame.exits.pop();
        quote! {
            let mut #escaping = #py::Caught::new();
            #declarations
            let #returned = #label: { #inside };
            #escaping.keep(|| #frame);
            #returned
        }
    }

    /// A body that raises: the locals of its scope, and the one way that exceptions leave by.
    pub fn framed_by(&mut self, body: impl FnOnce(&mut Self) -> TokenStream) -> TokenStream {
        let scope = self.scope;
        let declarations = self.declarations(scope);
        let label = self.label("raise");
        self.frame.exits.push(Exit::Function { label: label.clone() });
        let body = body(self);
        self.frame.exits.pop();
        let leave = self.leave(scope);
        let py = &self.py;
        let leave = match self.frame.generator {
            Some(_) => quote!(#py::generator::leaving(#leave)),
            None => leave,
        };
        let raised = self.own("raised");
        quote! {
            #declarations
            let #raised: #py::Exception = #label: { #body };
            ::core::result::Result::Err(#leave)
        }
    }

    /// Locals are dropped in the reverse order of their declarations: so they are declared last bound first, then the
    /// parameters, last first. Cells come after plain locals, as CPython lays them out.
    fn declarations(&mut self, scope: ScopeId) -> TokenStream {
        let order = self.release_order(scope);
        let mut tokens = TokenStream::new();
        for var in order.into_iter().rev() {
            let declaration = match self.scopes.vars[var].is_param {
                true => self.declare_param(var),
                false => self.declare(var),
            };
            tokens.extend(declaration);
        }
        tokens
    }

    pub fn release_order(&self, scope: ScopeId) -> Vec<VarId> {
        let (params, others): (Vec<VarId>, Vec<VarId>) =
            self.scopes.scopes[scope].order.iter().partition(|var| self.scopes.vars[**var].is_param);
        let (cells, plain): (Vec<VarId>, Vec<VarId>) = others.into_iter().partition(|var| self.is_cell(*var));
        params.into_iter().chain(plain).chain(cells).collect()
    }

    /// Whether CPython keeps the variable in a cell.
    fn is_cell(&self, var: VarId) -> bool {
        let known = &self.scopes.vars[var];
        let in_function = self.scopes.scopes[known.scope].kind == ScopeKind::Function;
        known.captured || (known.in_comprehension && in_function)
    }

    /// The exception takes the frame's locals along; they die with it, in order.
    pub fn leave(&mut self, scope: ScopeId) -> TokenStream {
        let raised = self.own("raised");
        match self.kept(scope) {
            Some(frame) => quote!(#raised.keep(::std::boxed::Box::new(#frame))),
            None => quote!(#raised),
        }
    }

    /// The values of a frame's names, in the order in which they are released, as pairs in pairs.
    fn kept(&mut self, scope: ScopeId) -> Option<TokenStream> {
        let mut kept = Vec::new();
        for var in self.release_order(scope) {
            if !self.is_kept(var) {
                continue;
            }
            let name = self.var_ident(var, self.scopes.vars[var].name.span());
            match self.store(var) {
                super::name::Store::Slot | super::name::Store::Cell => kept.push(quote!(#name)),
                super::name::Store::This if self.frame.has_pointer => {
                    kept.push(quote!(::core::clone::Clone::clone(#name)));
                }
                _ => {}
            }
        }
        let last = kept.pop()?;
        Some(kept.into_iter().rev().fold(quote!((#last,)), |rest, value| quote!((#value, #rest))))
    }

    /// A script that runs where it stands.
    pub fn script(&mut self, script: &Script) -> TokenStream {
        let items = self.hoisted(&script.body);
        let declarations = self.declarations(0);
        let label = self.label("script");
        self.frame.exits.push(Exit::Script { label: label.clone() });
        let lints = lints();
        let py = self.py.clone();
        let tokens = if self.frame.raises {
            let raise = self.label("raise");
            self.frame.exits.push(Exit::Function { label: raise.clone() });
            let body = self.stmts(&script.body);
            let value = self.script_value(script);
            let leave = self.leave(0);
            let raised = self.own("raised");
            quote! {
                #lints
                #label: {
                    #declarations
                    let #raised: #py::Exception = #raise: {
                        #body
                        break #label ::core::result::Result::Ok(#value);
                    };
                    ::core::result::Result::Err(#leave)
                }
            }
        } else {
            let body = self.stmts(&script.body);
            let value = match &script.value {
                Some(_) => self.script_value(script),
                None => TokenStream::new(),
            };
            quote! {
                #lints
                #label: {
                    #declarations
                    #body
                    #value
                }
            }
        };
        self.frame.exits.clear();
        match self.types.wrong.contains(&Body::Script) {
            true => {
                let seen = seen(quote!(let _ = { #tokens };));
                quote!({ #items #seen })
            }
            false => quote!({ #items #tokens }),
        }
    }

    /// A script that is a whole program: the names at its top are let go at the end of the program, as a module's are.
    ///
    /// ```text
    /// fn main() -> ExitCode { program::run(|| { …; Ended::new(result, names) }) }
    /// ```
    pub fn program(&mut self, script: &Script) -> TokenStream {
        let items = self.hoisted(&script.body);
        let declarations = self.declarations(0);
        let (label, raise) = (self.label("script"), self.label("raise"));
        self.frame.exits.push(Exit::Script { label: label.clone() });
        self.frame.exits.push(Exit::Function { label: raise.clone() });
        let body = self.stmts(&script.body);
        self.frame.exits.clear();
        let names = self.kept(0).unwrap_or_else(|| quote!(()));
        let (ended, raised) = (self.own("ended"), self.own("raised"));
        let lints = lints();
        let py = &self.py;
        let run = quote! {
            #py::program::run(|| {
                #declarations
                let #ended: #py::Result<()> = #label: {
                    let #raised: #py::Exception = #raise: {
                        #body
                        break #label ::core::result::Result::Ok(());
                    };
                    ::core::result::Result::Err(#raised)
                };
                #py::program::Ended::new(#ended, #names)
            })
        };
        let run = told(self.types.wrong.contains(&Body::Script), run);
        quote! {
            #lints
            fn main() -> ::std::process::ExitCode {
                #items
                #run
            }
        }
    }

    /// What a block of statements gives: Rust may take an `i32` where the script has an `int`.
    fn script_value(&mut self, script: &Script) -> TokenStream {
        let Some(value) = &script.value else { return quote!(()) };
        let found = match self.moved(value) {
            Some(moved) => moved,
            None => self.value(value),
        };
        let is_own = match self.types.kind(value) {
            Kind::Named(..) | Kind::Optional(_) => true,
            Kind::Unknown => matches!(value.kind, ExprKind::Binary { .. } | ExprKind::Unary { .. }),
            _ => false,
        };
        match is_own {
            true => self.placed(found, value.span),
            false => found,
        }
    }

    /// The value of a local that is not used again.
    pub fn moved(&mut self, value: &Expr) -> Option<TokenStream> {
        let ExprKind::Name(name) = &value.kind else {
            return None;
        };
        let var = self.scopes.var(self.scope, &name.to_string())?;
        let held_up = self.frame.exits.iter().any(|exit| matches!(exit, Exit::Finally { .. }));
        let own = self.scopes.vars[var].scope == self.scopes.frame(self.scope);
        if held_up || !own || self.types.kind(value) != self.types.vars[var] {
            return None;
        }
        self.take(var, name.span())
    }
}

/// A body that is not for rustc if it is reported to be wrong.
fn told(is_wrong: bool, body: TokenStream) -> TokenStream {
    match is_wrong {
        false => body,
        true => {
            let seen = seen(quote!(return { #body };));
            quote!(#seen ::core::unreachable!())
        }
    }
}

/// What is reported to be wrong is for editors to look into; rustc would tell the same again, in other words.
fn seen(stmt: TokenStream) -> TokenStream {
    quote! {
        #[allow(unexpected_cfgs)]
        {
            #[cfg(rust_analyzer)]
            #stmt
        }
    }
}

/// Generated code is not what lints are for; it has the places of the script's tokens, so they would speak up.
pub fn lints() -> TokenStream {
    quote! {
        #[allow(
            unused, nonstandard_style, break_with_label_and_loop, dropping_copy_types, dropping_references, forgetting_copy_types,
            suspicious_double_ref_op, unconditional_recursion, irrefutable_let_patterns, double_negations, while_true,
            invalid_nan_comparisons, map_unit_fn, noop_method_call, clippy::all, clippy::pedantic, clippy::nursery,
            clippy::restriction
        )]
    }
}
