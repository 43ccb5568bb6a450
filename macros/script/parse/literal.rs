//! Literals: rustc has lexed them, this turns them into values.

use proc_macro2::{Literal, TokenStream, TokenTree};

use super::Parser;
use crate::script::message;
use crate::script::token::Tokens;
use crate::script::tree::{Expr, ExprKind};

impl Parser<'_> {
    pub fn literal(&mut self, tokens: &mut Tokens) -> Expr {
        let span = tokens.span();
        let Some(literal) = tokens.peek_literal().cloned() else {
            return self.make(span, span, ExprKind::Raw(TokenStream::new()));
        };
        let kind = match syn::Lit::new(literal.clone()) {
            syn::Lit::Str(_) | syn::Lit::Char(_) => {
                let text = self.joined(tokens);
                return self.make(span, tokens.previous_span(), ExprKind::Str(text));
            }
            syn::Lit::ByteStr(bytes) => ExprKind::Bytes(bytes.value()),
            syn::Lit::Int(int) => self.int(&literal, &int),
            syn::Lit::Float(float) => self.float(&literal, &float),
            _ => {
                self.error(span, format!("`{literal}` is not a literal of the language"));
                ExprKind::Raw(TokenTree::Literal(literal.clone()).into())
            }
        };
        tokens.bump();
        self.make(span, span, kind)
    }

    fn int(&mut self, literal: &Literal, int: &syn::LitInt) -> ExprKind {
        if !int.suffix().is_empty() {
            let (digits, suffix) = (int.base10_digits(), int.suffix());
            let text = format!("numbers have no suffix here\nhelp: write `{digits}`, or `{digits} as {suffix}`");
            self.error(literal.span(), text);
        } else if int.base10_parse::<u64>().is_ok_and(|value| value <= 1 << 63) {
            return ExprKind::Int(literal.clone());
        } else {
            self.error(literal.span(), "this number does not fit in the 64 bits of an `int`");
        }
        ExprKind::Int(Literal::i64_unsuffixed(0))
    }

    fn float(&mut self, literal: &Literal, float: &syn::LitFloat) -> ExprKind {
        if !float.suffix().is_empty() {
            self.error(literal.span(), "numbers have no suffix here");
            return ExprKind::Float(Literal::f64_unsuffixed(0.0));
        }
        ExprKind::Float(literal.clone())
    }

    /// Adjacent string literals are one; a format string among them is not allowed yet to follow a plain one.
    fn joined(&mut self, tokens: &mut Tokens) -> String {
        let mut text = String::new();
        while let Some(literal) = tokens.peek_literal() {
            let span = literal.span();
            let part = match syn::Lit::new(literal.clone()) {
                syn::Lit::Str(part) => part.value(),
                syn::Lit::Char(part) => part.value().to_string(),
                _ => break,
            };
            if let Some(escape) = message::missing_escape(&literal.to_string()) {
                self.complain(span, escape);
            }
            text.push_str(&part);
            tokens.bump();
        }
        text
    }
}
