//! Calls of Rust: a `Result` raises its error.

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};

use super::{Expander, here, ident};
use crate::script::kind::Kind;
use crate::script::model::Origin;
use crate::script::tree::{Argument, Expr, ExprKind};
use crate::script::{builtin, message};

impl Expander<'_> {
    /// The call of a function that only rustc knows.
    pub fn call_rust(&mut self, expr: &Expr, callee: &Expr, path: &TokenStream, args: &[Argument]) -> TokenStream {
        let call = self.with_arguments(args, |_, args| quote!(#path(#(#args),*)));
        let call = match &callee.kind {
            ExprKind::Name(name) => self.suggesting(&name.to_string(), call),
            _ => call,
        };
        match called_name(callee).is_some_and(|name| is_typed_by_use(&name)) {
            true => call,
            false => self.outcome(expr, call, callee.end),
        }
    }

    /// Whether a class is one of another script, or a type of Rust.
    pub fn is_outside(&self, class: &str) -> bool {
        self.model.classes.get(class).is_some_and(|class| class.origin == Origin::Outside)
    }

    /// A name of Rust's, or a builtin's mistyped: rustc proposes what it sees around a name that it doesn't know.
    pub fn suggesting(&self, name: &str, used: TokenStream) -> TokenStream {
        let Some(meant) = message::suggestion(name, builtin::NAMES.iter().copied().filter(|known| *known != "super"))
        else {
            return used;
        };
        let py = &self.py;
        let meant = ident(&meant, here::here());
        quote!({ #[allow(unused_imports)] use #py::names::#meant; #used })
    }

    /// A method that only rustc knows: of a managed type of Rust, or of any other.
    pub fn call_rust_method(&mut self, expr: &Expr, callee: &Expr, args: &[Argument]) -> TokenStream {
        let ExprKind::Attribute { value, name: Some(name) } = &callee.kind else {
            return TokenStream::new();
        };
        let call = self.rust_method(value, name, args);
        match is_typed_by_use(&name.to_string()) {
            true => call,
            false => self.outcome(expr, call, name.span()),
        }
    }

    fn rust_method(&mut self, value: &Expr, name: &Ident, args: &[Argument]) -> TokenStream {
        let method = ident(&name.to_string(), name.span());
        let inner = self.types.kind(value).unwrapped().clone();
        if let Some(place) = self.rust_place(value, &inner, &name.to_string()) {
            return match matches!(value.kind, ExprKind::Call { .. }) {
                true => self.call_on(place, &method, args),
                false => self.with_arguments(args, |_, args| quote!(#place.#method(#(#args),*))),
            };
        }
        let operand = self.receiver(value, &inner, &name.to_string(), 0);
        let kind = self.types.kind(value);
        self.assemble(vec![operand], |this, refs| {
            let receiver = match takes_option(&name.to_string()) {
                true => refs[0].clone(),
                false => this.reach(&kind, refs[0].clone(), name),
            };
            this.call_on(receiver, &method, args)
        })
    }

    /// A method of a value that may have to be found first: the call itself can't fail.
    fn call_on(&mut self, receiver: TokenStream, method: &Ident, args: &[Argument]) -> TokenStream {
        if args.is_empty() {
            return quote!((#receiver).#method());
        }
        let held = self.own("receiver");
        let call = self.with_arguments(args, |_, args| quote!(#held.#method(#(#args),*)));
        quote!(match #receiver { #[allow(unused_mut)] mut #held => #call })
    }

    /// The receiver of a method of Rust as it is written in Rust: rustc borrows it as the method asks.
    fn rust_place(&mut self, value: &Expr, kind: &Kind, method: &str) -> Option<TokenStream> {
        use super::name::Store;
        if !matches!(kind, Kind::Unknown | Kind::Rust(_)) || matches!(self.types.kind(value), Kind::Optional(_)) {
            return None;
        }
        match &value.kind {
            ExprKind::Name(name) => match self.scopes.var(self.scope, &name.to_string()) {
                // It may be `None`.
                Some(var) if self.types.tested.contains(&var) && !takes_option(method) => None,
                Some(var) if matches!(self.store(var), Store::Plain | Store::Foreign) => {
                    let place = self.var_ident(var, name.span());
                    Some(quote!(#place))
                }
                Some(_) => None,
                None => {
                    let place = ident(&name.to_string(), name.span());
                    Some(quote!(#place))
                }
            },
            ExprKind::Call { .. } => {
                if takes_result(method) {
                    self.results.insert(value.id);
                }
                Some(self.value(value))
            }
            _ => None,
        }
    }

    /// The value that a function of Rust gave; the error of a `Result` is raised, which must be possible here.
    ///
    /// ```text
    /// py::Outcome::of(call).raised()
    /// ```
    pub fn outcome(&mut self, expr: &Expr, call: TokenStream, span: Span) -> TokenStream {
        if self.results.contains(&expr.id) {
            return call;
        }
        let py = self.py.clone();
        if self.raises_nowhere() {
            let value = Ident::new("value", span);
            return quote!(#py::Outcome::of(#call).#value());
        }
        let raised = Ident::new("raised", span);
        self.fallible(quote!(#py::Outcome::of(#call).#raised()), span)
    }
}

/// Methods of `Option` itself, which `None` has, too.
fn takes_option(method: &str) -> bool {
    const METHODS: &[&str] = &[
        "and",
        "and_then",
        "as_deref",
        "as_mut",
        "as_ref",
        "clone",
        "cloned",
        "copied",
        "expect",
        "filter",
        "flatten",
        "get_or_insert",
        "get_or_insert_with",
        "insert",
        "is_none",
        "is_none_or",
        "is_some",
        "is_some_and",
        "iter",
        "map",
        "map_or",
        "map_or_else",
        "ok_or",
        "ok_or_else",
        "or",
        "or_else",
        "replace",
        "take",
        "unwrap",
        "unwrap_or",
        "unwrap_or_default",
        "unwrap_or_else",
        "xor",
        "zip",
    ];
    METHODS.contains(&method)
}

/// Methods of `Result` itself: what they are called on stays one.
fn takes_result(method: &str) -> bool {
    matches!(
        method,
        "unwrap"
            | "unwrap_or"
            | "unwrap_or_else"
            | "unwrap_or_default"
            | "expect"
            | "ok"
            | "err"
            | "is_ok"
            | "is_err"
            | "map_err"
    )
}

/// The name of the function or method that is called.
pub fn called_name(callee: &Expr) -> Option<String> {
    match &callee.kind {
        ExprKind::Path(path) => path.clone().into_iter().last().map(|last| last.to_string()),
        ExprKind::Name(name) | ExprKind::Attribute { name: Some(name), .. } => Some(name.to_string()),
        _ => None,
    }
}

/// Functions whose result has the type that its use asks for, or none at all: their `Result`s can't be told.
pub fn is_typed_by_use(name: &str) -> bool {
    matches!(name, "into" | "collect" | "sum" | "product" | "default" | "exit" | "abort")
}
