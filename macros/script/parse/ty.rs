//! Types.

use proc_macro2::{Delimiter, Span, TokenTree};

use super::Parser;
use crate::script::message;
use crate::script::token::Tokens;
use crate::script::tree::{Type, TypeKind};

impl Parser<'_> {
    pub fn ty(&mut self, tokens: &mut Tokens) -> Type {
        let span = tokens.span();
        self.nested(tokens, Self::union, |_, tokens| {
            tokens.rest();
            Type { span, kind: TypeKind::Missing }
        })
    }

    /// `T | None` is `T?`; other unions don't exist.
    fn union(&mut self, tokens: &mut Tokens) -> Type {
        let mut ty = self.optional(tokens);
        while tokens.is_operator("|") {
            let bar = tokens.span();
            tokens.bump();
            let other = self.optional(tokens);
            let is_none = matches!(other.kind, TypeKind::None);
            if !is_none && !matches!(ty.kind, TypeKind::None) {
                self.error(bar, "a union can only be with `None`\nhelp: write `T?`, or a common base class");
                continue;
            }
            let inner = if is_none { ty } else { other };
            ty = optional(inner);
        }
        ty
    }

    fn optional(&mut self, tokens: &mut Tokens) -> Type {
        let mut ty = self.named(tokens);
        while tokens.take_char('?').is_some() {
            ty = optional(ty);
        }
        ty
    }

    fn named(&mut self, tokens: &mut Tokens) -> Type {
        let span = tokens.span();
        if let Some(group) = tokens.take_group(Delimiter::Bracket) {
            return Type { span, kind: TypeKind::Params(self.types(&mut Tokens::inside(&group))) };
        }
        if let Some(group) = tokens.take_group(Delimiter::Parenthesis) {
            return self.grouped_type(span, &mut Tokens::inside(&group));
        }
        if tokens.take_operator("...").is_some() {
            tokens.bump();
            tokens.bump();
            return Type { span, kind: TypeKind::Ellipsis };
        }
        if tokens.is_char('&') {
            self.error(span, "there are no reference types: values are shared, and borrowed where that is enough\nhelp: leave `&` out");
            tokens.bump();
            return self.optional(tokens);
        }
        if let Some(literal) = tokens.peek_literal() {
            let text = format!("types need no quotes\nhelp: write {}", literal.to_string().replace('"', "`"));
            self.error(span, text);
            tokens.bump();
            return Type { span, kind: TypeKind::Missing };
        }
        if tokens.is_operator("::") || self.is_rust_type(tokens) {
            return self.rust_type(tokens);
        }
        let Some(name) = tokens.take_ident() else {
            self.expected(tokens, "a type");
            return Type { span, kind: TypeKind::Missing };
        };
        if name == "None" {
            return Type { span, kind: TypeKind::None };
        }
        if tokens.is_operator(".") {
            return self.dotted_type(tokens);
        }
        let args = match tokens.take_group(Delimiter::Bracket) {
            Some(group) => self.types(&mut Tokens::inside(&group)),
            None => Vec::new(),
        };
        if let Some(text) = message::foreign_type(&name.to_string(), &args) {
            self.complain(span, text);
            if let Some(kind) = message::meant_type(&name, &args) {
                return Type { span, kind };
            }
        }
        Type { span, kind: TypeKind::Named { name, args } }
    }

    /// `weakref.ref[T]`: the last name is the type's.
    fn dotted_type(&mut self, tokens: &mut Tokens) -> Type {
        let span = tokens.span();
        tokens.bump();
        if tokens.peek_ident().is_none() {
            self.expected(tokens, "a name after `.`");
            return Type { span, kind: TypeKind::Missing };
        }
        self.named(tokens)
    }

    fn grouped_type(&mut self, span: Span, tokens: &mut Tokens) -> Type {
        let mut types = self.types(tokens);
        match types.pop() {
            Some(only) if types.is_empty() => only,
            last => {
                types.extend(last);
                self.error(span, "a tuple's type has a name\nhelp: write `tuple[A, B]`");
                Type { span, kind: TypeKind::Missing }
            }
        }
    }

    fn types(&mut self, tokens: &mut Tokens) -> Vec<Type> {
        let mut types = Vec::new();
        while !tokens.is_empty() {
            types.push(self.ty(tokens));
            if tokens.take_char(',').is_none() {
                self.must_end(tokens, "`,` or `]`");
                break;
            }
        }
        types
    }

    /// A path with `::`, or a name with `<…>`.
    fn is_rust_type(&self, tokens: &Tokens) -> bool {
        let mut ahead = tokens.clone();
        ahead.take_ident().is_some() && (ahead.is_operator("::") || ahead.is_operator("<"))
    }

    fn rust_type(&mut self, tokens: &mut Tokens) -> Type {
        let span = tokens.span();
        let start = tokens.position();
        loop {
            tokens.take_operator("::");
            if tokens.take_ident().is_none() {
                self.expected(tokens, "a name of the path");
                break;
            }
            if tokens.is_operator("<") {
                self.angle_brackets(tokens);
            }
            if !tokens.is_operator("::") {
                break;
            }
            if matches!(tokens.peek_at(2), Some(TokenTree::Punct(punct)) if punct.as_char() == '<') {
                tokens.take_operator("::");
                self.angle_brackets(tokens);
                break;
            }
        }
        Type { span, kind: TypeKind::Rust(tokens.since(start)) }
    }
}

/// `T??` is `T?`.
fn optional(ty: Type) -> Type {
    match ty.kind {
        TypeKind::Optional(_) | TypeKind::None => ty,
        _ => Type { span: ty.span, kind: TypeKind::Optional(Box::new(ty)) },
    }
}
