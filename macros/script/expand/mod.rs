//! From the tree and what is known about it to Rust. Nothing here can fail.
//!
//! Expressions become Rust expressions that own their value; where one is only looked at, a reference to it. What must
//! die before the next thing happens is bound in a block and dropped there, in CPython's order.

mod access;
mod any;
mod argument;
mod builtin;
mod by_class;
mod by_default;
mod call;
mod chain;
mod class;
mod closure;
mod coerce;
mod comprehension;
mod constant;
mod construct;
mod control;
mod copy;
mod default;
mod dispatch;
mod dynamic;
mod expr;
mod field;
mod foreign;
mod format;
mod function;
mod generator;
mod here;
mod hierarchy;
mod method;
mod module;
mod name;
mod operand;
mod operator;
mod outcome;
mod pattern;
mod rust;
mod seen;
mod stmt;
mod ty;

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};

use super::asks::Asks;
use super::infer::Types;
use super::kind::Kind;
use super::model::Model;
use super::moves::Moves;
use super::pointer::Pointers;
use super::scope::{ScopeId, Scopes, is_items};
use super::settle::Settled;
use super::tree::{Script, Stmt, StmtKind};
use crate::paths::Paths;

pub use control::Exit;
use here::quote;

/// What the stages before have found out about a script.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    pub model: &'a Model,
    pub scopes: &'a Scopes,
    pub types: &'a Types,
    pub settled: &'a Settled,
    pub pointers: &'a Pointers,
    pub moves: &'a Moves,
    pub asks: &'a Asks,
}

pub struct Expander<'a> {
    model: &'a Model,
    scopes: &'a Scopes,
    types: &'a Types,
    settled: &'a Settled,
    pointers: &'a Pointers,
    moves: &'a Moves,
    asks: &'a Asks,
    paths: &'a Paths,
    /// `::refcycle::private::py`: what scripts are made of.
    py: here::Path,
    scope: ScopeId,
    frame: Frame,
    /// Calls whose `Result` is wanted as it is.
    results: HashSet<usize>,
}

/// The function being expanded.
pub struct Frame {
    name: String,
    /// What `return` gives; unknown in a lambda and at the script's top.
    result: Option<Kind>,
    /// Errors are its result.
    raises: bool,
    class: Option<String>,
    is_method: bool,
    /// It is a class method that is given its class.
    takes_class: bool,
    /// `self` is a reference to a counted one, not to the object alone.
    has_pointer: bool,
    /// The constructs around the current place, outermost first.
    exits: Vec<Exit>,
    /// Labels given so far on the way here.
    depth: usize,
    /// The exceptions of the handlers around the current place.
    handled: Vec<Ident>,
    /// Of a function that yields.
    generator: Option<generator::Body>,
    /// It outlives what its handlers catch: what they catch may keep its locals.
    notes_caught: bool,
    /// Its result is an iterator that Rust sees without exceptions.
    is_viewed: bool,
}

impl Frame {
    fn new(name: &str, result: Option<Kind>, raises: bool) -> Frame {
        Frame {
            name: name.to_owned(),
            result,
            raises,
            class: None,
            is_method: false,
            takes_class: false,
            has_pointer: false,
            exits: Vec::new(),
            depth: 0,
            handled: Vec::new(),
            generator: None,
            notes_caught: false,
            is_viewed: false,
        }
    }
}

/// Expands a script: items if it only defines, else a block.
pub fn expand(script: &Script, facts: Facts<'_>, paths: &Paths) -> TokenStream {
    here::at(None, || expand_script(script, facts, paths))
}

fn expand_script(script: &Script, facts: Facts<'_>, paths: &Paths) -> TokenStream {
    let Facts { model, scopes, types, settled, pointers, moves, asks } = facts;
    let private = &paths.private;
    let mut expander = Expander {
        model,
        scopes,
        types,
        settled,
        pointers,
        moves,
        asks,
        paths,
        py: here::Path(quote!(#private::py)),
        scope: 0,
        frame: match script.main {
            Some(_) => Frame::new("<module>", None, true),
            None => Frame::new("<script>", None, script.raises.is_some()),
        },
        results: HashSet::new(),
    };
    match (is_items(script), script.main) {
        (true, _) => expander.items(&script.body),
        (false, Some(_)) => expander.program(script),
        (false, None) => expander.script(script),
    }
}

impl Expander<'_> {
    /// The items of a script, or those in the body of a function: they are visible in the whole block around them.
    fn items(&mut self, stmts: &[Stmt]) -> TokenStream {
        let mut tokens = TokenStream::new();
        for stmt in stmts {
            tokens.extend(self.definition(stmt));
        }
        tokens
    }

    fn definition(&mut self, stmt: &Stmt) -> TokenStream {
        match &stmt.kind {
            StmtKind::Def(function) if !self.scopes.is_closure(function.id) => self.function(function),
            StmtKind::Class(class) => self.class(class),
            StmtKind::Use { tokens, .. } if tokens.is_empty() => TokenStream::new(),
            StmtKind::Use { tokens, .. } => quote!(#[allow(unused_imports)] use #tokens;),
            StmtKind::Annotated { target, value: Some(value), public, .. } if self.scope == 0 => {
                self.constant(target, value, public.as_ref())
            }
            StmtKind::Rust(tokens) if self.scope == 0 => tokens.clone(),
            _ => TokenStream::new(),
        }
    }

    /// All items in a body, those inside its blocks too.
    fn hoisted(&mut self, stmts: &[Stmt]) -> TokenStream {
        let mut tokens = TokenStream::new();
        for stmt in stmts {
            match &stmt.kind {
                StmtKind::Def(_) | StmtKind::Class(_) | StmtKind::Use { .. } => tokens.extend(self.definition(stmt)),
                kind => {
                    let mut inner = Vec::new();
                    super::model::blocks(kind, &mut inner);
                    for block in inner {
                        tokens.extend(self.hoisted(block));
                    }
                }
            }
        }
        tokens
    }

    /// A name of the macro's own, which no name of the user's can meet.
    fn own(&self, name: &str) -> Ident {
        Ident::new(name, here::own())
    }

    /// The name of a scope's frame for messages.
    fn place(&self, span: Span) -> TokenStream {
        let py = &self.py;
        let name = &self.frame.name;
        quote::quote_spanned!(span=> const { &#py::exceptions::Location::new(::core::file!(), ::core::line!(), ::core::column!(), #name) })
    }
}

/// A method's name in Rust: what a `__del__` does is in a function of its own, beside the one that the runtime calls.
pub fn method_name(name: &str, span: Span) -> Ident {
    match name {
        "__del__" => ident(FINALIZER, span),
        _ => ident(name, span),
    }
}

/// What a `__del__` does.
pub const FINALIZER: &str = "__finalize_body";

/// The tokens of a call, as if they were written at `span` in the script: rustc tells the place of that to a function with
/// `#[track_caller]`, such as one that makes an object. Arguments stay what they are.
pub fn called_at(span: Span, call: TokenStream) -> TokenStream {
    let at = |mut token: proc_macro2::TokenTree| {
        token.set_span(span);
        token
    };
    call.into_iter().map(at).collect()
}

/// An identifier of the script as one of Rust: keywords are raw.
pub fn ident(name: &str, span: Span) -> Ident {
    const KEYWORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
        "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
        "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type",
        "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    match name {
        "_" => Ident::new("_underscore", span),
        // The names of the generated parameters, whatever macro the script was written in.
        "self" => Ident::new("this", Span::call_site().located_at(span)),
        "cls" => Ident::new("class", Span::call_site().located_at(span)),
        _ if KEYWORDS.contains(&name) => Ident::new_raw(name, span),
        _ => Ident::new(name, span),
    }
}
