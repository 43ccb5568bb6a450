//! Functions, and what stands before an item: attributes, documentation, visibility, decorators.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};

use super::Parser;
use crate::script::message;
use crate::script::token::Tokens;
use crate::script::tree::{Block, Decorator, Function, Generic, Param, Stmt, StmtKind, Type};

/// What stands before an item.
#[derive(Default)]
pub struct Head {
    pub attributes: Vec<TokenStream>,
    pub decorators: Vec<Decorator>,
    pub public: Option<TokenStream>,
    pub shares: bool,
}

impl Parser<'_> {
    pub fn starts_item(&self, tokens: &Tokens) -> bool {
        tokens.is_char('#')
            || tokens.is_operator("@")
            || tokens.is_word("pub")
            || tokens.is_word("def")
            || tokens.is_word("class")
    }

    pub fn item(&mut self, tokens: &mut Tokens) -> Stmt {
        let head = self.head(tokens);
        let span = tokens.span();
        let kind = if tokens.is_word("def") {
            StmtKind::Def(Box::new(self.function(head, tokens)))
        } else if tokens.is_word("class") {
            StmtKind::Class(Box::new(self.class(head, tokens)))
        } else if let Some(found) =
            tokens.peek_ident().and_then(|ident| message::foreign_statement(&ident.to_string(), tokens))
            && matches!(found.then, message::Then::Function | message::Then::Class)
        {
            self.complain(span, found.text);
            for _ in 0..found.skip {
                tokens.bump();
            }
            match found.then {
                message::Then::Function => self.function_named(head, tokens),
                _ => StmtKind::Class(Box::new(self.class_named(head, tokens))),
            }
        } else if head.public.is_some() {
            self.simple(tokens, head.public)
        } else {
            self.expected(tokens, "`def` or `class`");
            StmtKind::Raw(TokenStream::new())
        };
        Stmt { span, kind }
    }

    /// A function after a foreign word for `def`.
    pub fn function_after(&mut self, tokens: &mut Tokens) -> StmtKind {
        self.function_named(Head::default(), tokens)
    }

    pub fn class_after(&mut self, tokens: &mut Tokens) -> StmtKind {
        StmtKind::Class(Box::new(self.class_named(Head::default(), tokens)))
    }

    fn function_named(&mut self, head: Head, tokens: &mut Tokens) -> StmtKind {
        StmtKind::Def(Box::new(self.signature(head, tokens)))
    }

    /// Documentation, attributes, decorators and visibility, in any order.
    pub fn head(&mut self, tokens: &mut Tokens) -> Head {
        let mut head = Head::default();
        loop {
            if tokens.is_char('#') {
                let start = tokens.position();
                tokens.bump();
                let Some(group) = tokens.take_group(Delimiter::Bracket) else {
                    self.error(tokens.span(), "comments are written with `//`\nhelp: `#` starts an attribute, `#[…]`");
                    return head;
                };
                match allows_sharing(&group) {
                    true => head.shares = true,
                    false => head.attributes.push(tokens.since(start)),
                }
            } else if tokens.is_operator("@") {
                let decorator = self.decorator(tokens);
                head.decorators.push(decorator);
            } else if tokens.is_word("pub") {
                let start = tokens.position();
                tokens.bump();
                tokens.take_group(Delimiter::Parenthesis);
                head.public = Some(tokens.since(start));
            } else {
                return head;
            }
        }
    }

    fn decorator(&mut self, tokens: &mut Tokens) -> Decorator {
        tokens.bump();
        let span = tokens.span();
        let mut path: Vec<Ident> = self.name(tokens, "the name of a decorator").into_iter().collect();
        while tokens.take_char('.').is_some() {
            path.extend(self.name(tokens, "a name after `.`"));
        }
        if let Some(group) = tokens.take_group(Delimiter::Parenthesis) {
            self.complain(group.span_open(), "decorators take no arguments here");
        }
        Decorator { span, path }
    }

    pub fn function(&mut self, head: Head, tokens: &mut Tokens) -> Function {
        tokens.bump();
        self.signature(head, tokens)
    }

    fn signature(&mut self, head: Head, tokens: &mut Tokens) -> Function {
        let name = self.name(tokens, "the function's name").unwrap_or_else(|| Ident::new("_unnamed", tokens.span()));
        let generics = self.generics(tokens);
        let params = match tokens.take_group(Delimiter::Parenthesis) {
            Some(group) => self.params(&mut Tokens::inside(&group)),
            None => {
                let found = message::found(tokens);
                self.error(tokens.span(), format!("expected `(` and the parameters, found {found}"));
                Vec::new()
            }
        };
        let raises = tokens.take_word("raises");
        let result = self.result(tokens);
        let raises = raises.or_else(|| self.late_raises(tokens));
        let body = match tokens.is_char(';') {
            true if !self.bodies => {
                tokens.bump();
                Block { body: Vec::new() }
            }
            true => {
                self.error(tokens.span(), "a function needs a body\nhelp: write `{ pass; }`");
                tokens.bump();
                self.failed = false;
                Block { body: Vec::new() }
            }
            false => self.block(tokens, "def name(…)"),
        };
        self.expressions += 1;
        Function {
            id: self.expressions - 1,
            shares: head.shares,
            attributes: head.attributes,
            decorators: head.decorators,
            public: head.public,
            name,
            generics,
            params,
            raises,
            result,
            body,
        }
    }

    fn result(&mut self, tokens: &mut Tokens) -> Option<Type> {
        if tokens.take_operator("->").is_some() {
            return Some(self.ty(tokens));
        }
        None
    }

    /// `raises` belongs before the arrow.
    fn late_raises(&mut self, tokens: &mut Tokens) -> Option<Span> {
        let span = tokens.take_word("raises")?;
        self.complain(span, "`raises` stands before the result\nhelp: write `def f() raises -> int { … }`");
        Some(span)
    }

    /// `[T, U: Ord]` after a name.
    pub fn generics(&mut self, tokens: &mut Tokens) -> Vec<Generic> {
        if tokens.is_operator("<") {
            self.error(
                tokens.span(),
                "generic parameters stand in brackets\nhelp: write `def first[T](xs: list[T]) -> T?`",
            );
            self.angle_brackets(tokens);
            return Vec::new();
        }
        let Some(group) = tokens.take_group(Delimiter::Bracket) else {
            return Vec::new();
        };
        let mut inside = Tokens::inside(&group);
        let mut generics = Vec::new();
        while let Some(name) = self.generic_name(&mut inside) {
            let mut bounds = TokenStream::new();
            if inside.take_char(':').is_some() {
                let start = inside.position();
                while !inside.is_empty() && !inside.is_char(',') {
                    inside.bump();
                }
                bounds = inside.since(start);
            }
            generics.push(Generic { name, bounds });
            if inside.take_char(',').is_none() {
                self.must_end(&mut inside, "`,` or `]`");
                break;
            }
        }
        generics
    }

    fn generic_name(&mut self, tokens: &mut Tokens) -> Option<Ident> {
        if tokens.is_empty() {
            return None;
        }
        self.name(tokens, "the name of a generic parameter")
    }

    fn params(&mut self, tokens: &mut Tokens) -> Vec<Param> {
        let mut params: Vec<Param> = Vec::new();
        while !tokens.is_empty() {
            if tokens.is_operator("*") || tokens.is_operator("**") {
                self.error(tokens.span(), message::STAR_PARAMETER);
                tokens.bump();
                tokens.take_char('*');
                if tokens.take_char(',').is_some() {
                    continue;
                }
            }
            if tokens.is_operator("&") {
                self.error(tokens.span(), "`self` is written without `&`\nhelp: write `def method(self)`");
                tokens.bump();
                tokens.take_word("mut");
            }
            if let Some(span) = tokens.take_word("mut") {
                self.complain(span, message::MUT);
            }
            let Some(name) = self.name(tokens, "a parameter") else {
                tokens.rest();
                break;
            };
            let ty = tokens.take_char(':').map(|_| self.ty(tokens));
            let mut default = tokens.take_operator("=").map(|_| self.expr(tokens));
            if let (Some(ty), Some(default)) = (&ty, &mut default) {
                self.annotated_callable(ty, default);
            }
            if default.is_none() && name != "self" && params.iter().any(|param| param.default.is_some()) {
                let text = format!("`{name}` needs a default value, as a parameter before it has one");
                self.complain(name.span(), text);
            }
            if params.iter().any(|param| param.name == name) {
                self.complain(name.span(), format!("there are two parameters named `{name}`"));
            }
            params.push(Param { name, ty, default });
            if tokens.take_char(',').is_none() {
                self.must_end(tokens, "`,` or `)`");
                break;
            }
        }
        params
    }
}

/// `#[allow(mutable_default)]`, the one lint that is the script's own.
fn allows_sharing(attribute: &Group) -> bool {
    let mut inside = Tokens::inside(attribute);
    let listed = inside.take_word("allow").and_then(|_| inside.take_group(Delimiter::Parenthesis));
    listed.is_some_and(|listed| {
        let mut inside = Tokens::inside(&listed);
        inside.take_word("mutable_default").is_some() && inside.is_empty()
    })
}
