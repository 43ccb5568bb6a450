//! Classes.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use super::Parser;
use super::item::Head;
use crate::script::message;
use crate::script::token::Tokens;
use crate::script::tree::{Class, ExprKind, Field, StmtKind, Type, TypeKind};

impl Parser<'_> {
    pub fn class(&mut self, head: Head, tokens: &mut Tokens) -> Class {
        tokens.bump();
        self.class_named(head, tokens)
    }

    pub fn class_named(&mut self, head: Head, tokens: &mut Tokens) -> Class {
        for decorator in &head.decorators {
            if decorator.path.last().is_none_or(|name| name != "dataclass") {
                self.complain(decorator.span, message::CLASS_DECORATOR);
            }
        }
        let name = self.name(tokens, "the class's name").unwrap_or_else(|| Ident::new("_Unnamed", tokens.span()));
        let generics = self.generics(tokens);
        let base = tokens.take_group(Delimiter::Parenthesis).and_then(|group| {
            let mut inside = Tokens::inside(&group);
            let base = (!inside.is_empty()).then(|| self.ty(&mut inside));
            if inside.is_char(',') {
                self.error(inside.span(), "a class has one base: there is no multiple inheritance");
                inside.rest();
            }
            self.must_end(&mut inside, "`)`");
            base
        });
        self.expressions += 1;
        let mut class = Class {
            id: self.expressions - 1,
            attributes: head.attributes,
            public: head.public,
            name,
            generics,
            base: base.filter(|base| !is_object(base)),
            fields: Vec::new(),
            methods: Vec::new(),
            raw: Vec::new(),
        };
        if tokens.is_char(':') {
            self.error(tokens.span(), "a block opens with `{`, not with `:`\nhelp: write `class Name { … }`");
            tokens.bump();
        }
        match tokens.take_group(Delimiter::Brace) {
            Some(group) => {
                self.members(&mut class, &mut Tokens::inside(&group));
                class.fields.iter_mut().for_each(|field| field.shares |= head.shares);
            }
            None => self.expected(tokens, "`{` and the class's members"),
        }
        class
    }

    fn members(&mut self, class: &mut Class, tokens: &mut Tokens) {
        while !tokens.is_empty() {
            self.failed = false;
            let start = tokens.position();
            if tokens.take_char(';').is_some() {
                continue;
            }
            self.nested(
                tokens,
                |parser, tokens| parser.member(class, tokens),
                |_, tokens| {
                    tokens.rest();
                },
            );
            if tokens.position() == start {
                tokens.bump();
            }
        }
        self.failed = false;
    }

    fn member(&mut self, class: &mut Class, tokens: &mut Tokens) {
        let head = self.head(tokens);
        if tokens.is_word("def") {
            let method = self.function(head, tokens);
            tokens.take_char(';');
            class.methods.push(method);
            return;
        }
        if tokens.is_word("class") {
            self.complain(tokens.span(), "a class can't stand inside another one\nhelp: move it out");
            let _ = self.class(head, tokens);
            return;
        }
        if let Some(word) = tokens.peek_ident().map(ToString::to_string)
            && let Some(found) = message::foreign_statement(&word, tokens)
            && matches!(found.then, message::Then::Function)
        {
            self.complain(tokens.span(), found.text);
            for _ in 0..found.skip {
                tokens.bump();
            }
            if let StmtKind::Def(function) = self.function_after(tokens) {
                class.methods.push(*function);
            }
            return;
        }
        if tokens.is_word("pass") {
            tokens.bump();
            self.end_of_field(tokens);
            return;
        }
        self.field(head, class, tokens);
    }

    fn field(&mut self, head: Head, class: &mut Class, tokens: &mut Tokens) {
        let start = tokens.position();
        let is_weak = tokens.is_word("weak") && matches!(tokens.peek_at(1), Some(TokenTree::Ident(_)));
        let weak = if is_weak { tokens.take_word("weak") } else { None };
        for decorator in &head.decorators {
            self.complain(decorator.span, "a decorator stands before a `def`");
        }
        let Some(name) = self.name(tokens, "a field or a method") else {
            self.skip_member(class, start, tokens);
            return;
        };
        if tokens.take_char(':').is_none() {
            let text = match tokens.is_operator("=") {
                true => format!("a field needs a type\nhelp: write `{name}: int = …;`"),
                false => format!("expected `:` and the type of `{name}`, found {}", message::found(tokens)),
            };
            self.error(name.span(), text);
            self.skip_member(class, start, tokens);
            return;
        }
        let ty = self.ty(tokens);
        let mut default = tokens.take_operator("=").map(|_| self.expr(tokens));
        if let Some(default) = &mut default {
            self.annotated_callable(&ty, default);
        }
        let missing = matches!(ty.kind, TypeKind::Missing)
            || matches!(&default, Some(default) if matches!(default.kind, ExprKind::Raw(_)));
        self.end_of_field(tokens);
        if !missing {
            class.fields.push(Field {
                shares: head.shares,
                attributes: head.attributes,
                public: head.public,
                weak,
                name,
                ty,
                default,
            });
        }
    }

    fn end_of_field(&mut self, tokens: &mut Tokens) {
        if tokens.take_char(';').is_some() {
            return;
        }
        let previous = tokens.previous_span();
        if tokens.is_char(',') {
            self.error(tokens.span(), "a field ends in `;`, not in `,`");
            tokens.bump();
            return;
        }
        let found = message::found(tokens);
        self.error(previous, format!("expected `;` after the field, found {found}"));
        while !tokens.is_empty() && !tokens.is_word("def") && tokens.take_char(';').is_none() {
            tokens.bump();
        }
    }

    fn skip_member(&mut self, class: &mut Class, start: usize, tokens: &mut Tokens) {
        while !tokens.is_empty() && !tokens.is_word("def") && tokens.take_char(';').is_none() {
            tokens.bump();
        }
        let skipped: TokenStream = tokens.since(start);
        class.raw.push(skipped);
    }
}

fn is_object(base: &Type) -> bool {
    matches!(&base.kind, TypeKind::Named { name, .. } if name == "object")
}
