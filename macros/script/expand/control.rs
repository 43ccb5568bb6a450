//! Ways out of the code around a place: exceptions, `return`, `break`, `continue`; `try` and `with` that they pass.

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};
use syn::Lifetime;

use super::Expander;
use crate::script::kind::Kind;
use crate::script::scope::VarId;
use crate::script::tree::{Block, Expr, Handler, Try};

/// A construct that a way out passes or ends at.
#[derive(Clone)]
pub enum Exit {
    /// The cold path of a function that raises.
    Function {
        label: Lifetime,
    },
    Script {
        label: Lifetime,
    },
    /// A `try` with handlers: exceptions end here.
    Catch {
        label: Lifetime,
    },
    /// A handler: what leaves it unbinds its name.
    Handler {
        name: Option<VarId>,
    },
    /// A `finally` or a `with`: everything ends here, and goes on after.
    Finally {
        label: Lifetime,
    },
    /// With an `else`, `break` leaves more than the loop.
    Loop {
        breaks: Lifetime,
        continues: Lifetime,
    },
}

impl Expander<'_> {
    pub fn label(&mut self, name: &str) -> Lifetime {
        let depth = self.frame.depth;
        self.frame.depth += 1;
        Lifetime::new(&format!("'{name}{depth}"), Span::mixed_site())
    }

    /// The value of a `Result`; its error goes where exceptions go here.
    pub fn fallible(&mut self, result: TokenStream, span: Span) -> TokenStream {
        let place = self.place(span);
        let py = self.py.clone();
        if self.raises_nowhere() {
            return quote!(#py::exceptions::or_panic(#result, #place));
        }
        let raised = self.own("raised");
        let value = self.own("value");
        let raise = self.raise(quote!(#raised.at(#place)));
        quote!(match #result {
            ::core::result::Result::Ok(#value) => #value,
            ::core::result::Result::Err(#raised) => #raise,
        })
    }

    pub fn raises_nowhere(&self) -> bool {
        !self
            .frame
            .exits
            .iter()
            .any(|exit| matches!(exit, Exit::Function { .. } | Exit::Catch { .. } | Exit::Finally { .. }))
    }

    /// Raises an exception that is there.
    pub fn raise(&mut self, exception: TokenStream) -> TokenStream {
        let py = &self.py;
        for exit in self.frame.exits.iter().rev() {
            match exit {
                Exit::Function { label } | Exit::Catch { label } => return quote!(break #label (#exception)),
                Exit::Finally { label } => return quote!(break #label #py::Flow::Raise(#exception)),
                Exit::Script { .. } | Exit::Handler { .. } | Exit::Loop { .. } => {}
            }
        }
        let place = self.place(Span::call_site());
        quote!(#py::uncaught(#exception, #place))
    }

    /// `return value`
    pub fn returned(&mut self, value: Option<TokenStream>) -> TokenStream {
        let py = self.py.clone();
        let bound = self.own("returned");
        let mut cleanup = TokenStream::new();
        let exits = self.frame.exits.clone();
        for exit in exits.iter().rev() {
            match exit {
                Exit::Finally { label } => {
                    let value = value.unwrap_or_else(|| quote!(()));
                    return guarded(&bound, value, &cleanup, |value| quote!(break #label #py::Flow::Return(#value)));
                }
                Exit::Script { label } => {
                    let value = value.unwrap_or_else(|| quote!(()));
                    let raises = self.frame.raises;
                    return guarded(&bound, value, &cleanup, |value| match raises {
                        true => quote!(break #label ::core::result::Result::Ok(#value)),
                        false => quote!(break #label (#value)),
                    });
                }
                Exit::Handler { name: Some(var) } => cleanup.extend(self.forget(*var)),
                _ => {}
            }
        }
        let value = value.unwrap_or_else(|| quote!(()));
        let (raises, is_viewed) = (self.frame.raises, self.frame.is_viewed);
        guarded(&bound, value, &cleanup, |value| match (raises, is_viewed) {
            (true, _) => quote!(return ::core::result::Result::Ok(#value)),
            (false, true) => quote!(return (#value).with_failure()),
            (false, false) => quote!(return #value),
        })
    }

    /// The exception's name at the end of its handler: unbound, whether or not the body has done that.
    fn forget(&mut self, var: VarId) -> TokenStream {
        use super::name::Store;
        let name = self.var_ident(var, self.scopes.vars[var].name.span());
        match self.store(var) {
            Store::Slot => quote!(#name.clear();),
            Store::Cell => quote!(::core::mem::drop(#name.take());),
            _ => quote!(::core::mem::drop(#name);),
        }
    }

    pub fn broken(&mut self, continues: bool) -> TokenStream {
        let py = self.py.clone();
        let mut cleanup = TokenStream::new();
        let exits = self.frame.exits.clone();
        for exit in exits.iter().rev() {
            match (exit, continues) {
                (Exit::Loop { continues, .. }, true) => return quote!({ #cleanup continue #continues }),
                (Exit::Loop { breaks, .. }, false) => return quote!({ #cleanup break #breaks }),
                (Exit::Finally { label }, true) => return quote!({ #cleanup break #label #py::Flow::Continue }),
                (Exit::Finally { label }, false) => return quote!({ #cleanup break #label #py::Flow::Break }),
                (Exit::Handler { name: Some(var) }, _) => cleanup.extend(self.forget(*var)),
                _ => {}
            }
        }
        quote!(::core::unreachable!())
    }

    pub fn try_statement(&mut self, statement: &Try) -> TokenStream {
        let Some(finally) = &statement.finally else {
            return self.catching(statement);
        };
        let label = self.label("finally");
        self.frame.exits.push(Exit::Finally { label: label.clone() });
        let body = match statement.handlers.is_empty() {
            true => self.block(&statement.body),
            false => self.catching(statement),
        };
        self.frame.exits.pop();
        let (cleanup, done) = (self.label("cleanup"), self.label("done"));
        self.frame.exits.push(Exit::Catch { label: cleanup.clone() });
        let mark = self.mark();
        let is_traced = self.frame.result.as_ref().is_none_or(|kind| !super::name::contains_rust(kind));
        let flow = self.hold("flow", is_traced);
        let finally = self.block(finally);
        self.release(mark);
        self.frame.exits.pop();
        let (again, former) = (self.own("again"), self.own("former"));
        let py = self.py.clone();
        let ty = self.flow_type();
        let onward = self.onward(&flow);
        let raise = self.raise(quote!(match #flow {
            #py::Flow::Raise(#former) => #again.with_context(::core::option::Option::Some(#former)),
            _ => #again,
        }));
        quote! {{
            let mut #flow: #ty = #label: { #body #[allow(unreachable_code)] #py::Flow::Next };
            #done: {
                let #again: #py::Exception = #cleanup: { #finally break #done; };
                #raise;
            }
            #onward
        }}
    }

    fn flow_type(&self) -> TokenStream {
        let py = &self.py;
        match &self.frame.result {
            Some(kind) => {
                let ty = self.ty(kind);
                quote!(#py::Flow<#ty>)
            }
            None => quote!(#py::Flow<()>),
        }
    }

    /// Goes on where the body of a `finally` was heading.
    fn onward(&mut self, flow: &proc_macro2::Ident) -> TokenStream {
        let py = self.py.clone();
        let value = self.own("value");
        let raised = self.own("raised");
        let returns = match self.frame.result.is_some() {
            true => self.returned(Some(quote!(#value))),
            false => quote!(::core::unreachable!()),
        };
        let breaks = self.broken(false);
        let continues = self.broken(true);
        let raises = self.raise(quote!(#raised));
        quote! {
            match #flow {
                #py::Flow::Next => {}
                #py::Flow::Return(#value) => #returns,
                #py::Flow::Break => #breaks,
                #py::Flow::Continue => #continues,
                #py::Flow::Raise(#raised) => #raises,
            }
        }
    }

    /// `try … except … else`
    fn catching(&mut self, statement: &Try) -> TokenStream {
        let after = self.label("after");
        let catch = self.label("try");
        let handling = self.label("except");
        self.frame.exits.push(Exit::Catch { label: catch.clone() });
        let body = self.block(&statement.body);
        self.frame.exits.pop();
        let otherwise = statement.otherwise.as_ref().map(|block| self.block(block));
        self.frame.exits.push(Exit::Catch { label: handling.clone() });
        let mark = self.mark();
        let outer = self.frame.handled.last().cloned();
        let handled = self.hold("handled", true);
        self.frame.handled.push(handled.clone());
        let handlers: Vec<TokenStream> =
            statement.handlers.iter().map(|handler| self.handler(handler, &handled, &after)).collect();
        self.frame.handled.pop();
        self.release(mark);
        self.frame.exits.pop();
        let py = self.py.clone();
        let (caught, again) = (self.own("caught"), self.own("again"));
        let raise = self.raise(quote!(#again.with_context(::core::option::Option::Some(#handled))));
        // In a handler, what it handles is the context of what is raised here.
        let caught_here = match outer {
            Some(outer) => {
                quote!(#caught.with_context(::core::option::Option::Some(::core::clone::Clone::clone(&#outer))))
            }
            None => quote!(#caught),
        };
        quote! {
            #after: {
                let #caught: #py::Exception = #catch: { #body #otherwise break #after; };
                let mut #handled: #py::Exception = #caught_here;
                let #again: #py::Exception = #handling: {
                    #(#handlers)*
                    ::core::clone::Clone::clone(&#handled)
                };
                #raise;
            }
        }
    }

    fn handler(&mut self, handler: &Handler, handled: &Ident, after: &Lifetime) -> TokenStream {
        let tests: Vec<TokenStream> = handler
            .classes
            .iter()
            .filter_map(|class| match self.types.kind(class) {
                Kind::Class(name) => Some(self.class_static(&name)),
                _ => None,
            })
            .map(|class| quote!(#handled.is(#class)))
            .collect();
        let test = match tests.is_empty() {
            true => quote!(true),
            false => quote!(#(#tests)||*),
        };
        let var = handler.name.as_ref().and_then(|name| self.scopes.var(self.scope, &name.to_string()));
        let mut bind = TokenStream::new();
        let mut unbind = TokenStream::new();
        if let (Some(var), Some(name)) = (var, &handler.name) {
            let wanted = self.types.vars[var].clone();
            let value = quote!(::core::clone::Clone::clone(&#handled));
            let is_reported =
                wanted.unwrapped().name().is_some_and(|name| name != "any" && !self.model.is_exception(name));
            if !is_reported {
                let value = self.coerce(value, &Kind::named("BaseException"), &wanted, name.span());
                bind = self.bind(var, value, name.span());
            }
            unbind = self.forget(var);
            if self.frame.notes_caught {
                let escaping = self.own("escaping");
                bind = quote!(#escaping.note(&#handled); #bind);
            }
        }
        self.frame.exits.push(Exit::Handler { name: var });
        let body = self.block(&handler.body);
        self.frame.exits.pop();
        let ends = crate::script::infer::falls_through(&handler.body.body, &self.types.exhausted);
        let end = match ends {
            true => quote!(#unbind break #after;),
            false => TokenStream::new(),
        };
        quote!(if #test { #bind #body #end })
    }

    /// `with a as x, b as y { … }`
    pub fn with(&mut self, items: &[(Expr, Option<Expr>)], body: &Block) -> TokenStream {
        let Some(((manager, target), rest)) = items.split_first() else {
            return self.block(body);
        };
        let py = self.py.clone();
        let kind = self.types.kind(manager);
        let value = self.value(manager);
        let (entered, flow, raised) = (self.own("entered"), self.own("flow"), self.own("raised"));
        let mark = self.mark();
        let held = self.hold("manager", super::generator::is_traced(&kind));
        let enter = self.special_call(&kind, "__enter__", quote!(&#held), &[], manager.span);
        let entered_kind = match kind.name().and_then(|name| self.model.method(name, "__enter__")) {
            Some((class, signature)) => signature.result.substitute(&class.generics, kind.args()),
            None => Kind::Unknown,
        };
        let label = self.label("with");
        self.frame.exits.push(Exit::Finally { label: label.clone() });
        let (enter, bind) = match target {
            Some(target) => {
                let bind = self.assign(target, quote!(#entered), &entered_kind);
                (quote!(let #entered = #enter;), bind)
            }
            None => (quote!(::core::mem::drop(#enter);), TokenStream::new()),
        };
        let inner = self.with(rest, body);
        self.frame.exits.pop();
        self.release(mark);
        let none = quote!(#py::Any::none());
        let exit_kinds = [
            (none.clone(), Kind::named("any")),
            (none.clone(), Kind::named("any")),
            (none.clone(), Kind::named("any")),
        ];
        let left = self.special_call(&kind, "__exit__", quote!(&#held), &exit_kinds, manager.span);
        let raised_kinds = [
            (quote!(#py::Any::from(#py::sys::ExceptionType(#raised.class()))), Kind::named("any")),
            (quote!(::core::clone::Clone::clone(&#raised)), Kind::named("BaseException")),
            (none, Kind::named("any")),
        ];
        let (done, leaving) = (self.label("done"), self.label("exit"));
        self.frame.exits.push(Exit::Catch { label: leaving.clone() });
        let excepted = self.special_call(&kind, "__exit__", quote!(&#held), &raised_kinds, manager.span);
        let result = match kind.name().and_then(|name| self.model.method(name, "__exit__")) {
            Some((_, signature)) => signature.result.clone(),
            None => Kind::Unknown,
        };
        let swallowed = match result {
            Kind::None => quote!({ #excepted; false }),
            kind if kind.is("bool") => excepted,
            _ => self.fallible(quote!(#py::protocol::Truth::truth(&#excepted)), manager.span),
        };
        self.frame.exits.pop();
        let again = self.own("again");
        let raise = self.raise(quote!(#again.with_context(::core::option::Option::Some(#raised))));
        let onward = self.onward(&flow);
        let ty = self.flow_type();
        quote! {{
            let mut #held = #value;
            #enter
            let #flow: #ty = #label: { #bind #inner #[allow(unreachable_code)] #py::Flow::Next };
            if let #py::Flow::Raise(#raised) = #flow {
                #done: {
                    let #again: #py::Exception = #leaving: {
                        if #swallowed { break #done; }
                        ::core::clone::Clone::clone(&#raised)
                    };
                    #raise;
                }
            } else {
                #left;
                #onward
            }
        }}
    }
}

/// Gives a value to a way out, after the names on the way are unbound.
fn guarded(
    bound: &proc_macro2::Ident,
    value: TokenStream,
    cleanup: &TokenStream,
    exit: impl FnOnce(TokenStream) -> TokenStream,
) -> TokenStream {
    if cleanup.is_empty() {
        return exit(value);
    }
    let exit = exit(quote!(#bound));
    quote!({ let #bound = #value; #cleanup #exit })
}
