//! The cases of a `match`.

use proc_macro2::{Delimiter, TokenTree};

use super::Parser;
use crate::script::token::Tokens;
use crate::script::tree::{Case, Expr, ExprKind, Pattern, PatternKind};

impl Parser<'_> {
    pub fn case(&mut self, tokens: &mut Tokens) -> Case {
        let pattern = self.pattern_list(tokens);
        let guard = tokens.take_word("if").map(|_| self.expr(tokens));
        if tokens.is_operator("=>") {
            self.error(tokens.span(), "a case has a block\nhelp: write `case pattern { … }`");
            tokens.bump();
            tokens.bump();
        }
        let body = self.block(tokens, "case pattern");
        Case { pattern, guard, body }
    }

    fn pattern_list(&mut self, tokens: &mut Tokens) -> Pattern {
        let first = self.item_pattern(tokens);
        if !tokens.is_char(',') && !matches!(first.kind, PatternKind::Rest(_)) {
            return first;
        }
        let span = first.span;
        let mut items = vec![first];
        while tokens.take_char(',').is_some() && !begins_block(tokens) && !tokens.is_word("if") {
            items.push(self.item_pattern(tokens));
        }
        self.sequence(span, items)
    }

    /// A part of a sequence, which may be the rest of it.
    fn item_pattern(&mut self, tokens: &mut Tokens) -> Pattern {
        let Some(span) = tokens.take_operator("*") else { return self.pattern(tokens) };
        let name = self.name(tokens, "a name after `*`").filter(|name| name != "_");
        Pattern { span, kind: PatternKind::Rest(name) }
    }

    fn sequence(&mut self, span: proc_macro2::Span, items: Vec<Pattern>) -> Pattern {
        let mut rests = items.iter().filter(|item| matches!(item.kind, PatternKind::Rest(_)));
        if let Some(second) = rests.nth(1) {
            self.error(second.span, "one name of a pattern can take the rest, not two");
        }
        Pattern { span, kind: PatternKind::Sequence(items) }
    }

    fn pattern(&mut self, tokens: &mut Tokens) -> Pattern {
        let first = self.closed_pattern(tokens);
        let span = first.span;
        let mut choices = vec![first];
        while tokens.take_operator("|").is_some() {
            choices.push(self.closed_pattern(tokens));
        }
        let pattern = match choices.pop() {
            Some(only) if choices.is_empty() => only,
            Some(last) => {
                choices.push(last);
                Pattern { span, kind: PatternKind::Or(choices) }
            }
            None => Pattern { span, kind: PatternKind::Wildcard },
        };
        if tokens.take_word("as").is_some()
            && let Some(name) = self.name(tokens, "a name after `as`")
        {
            return Pattern { span, kind: PatternKind::As(Box::new(pattern), name) };
        }
        pattern
    }

    fn closed_pattern(&mut self, tokens: &mut Tokens) -> Pattern {
        let span = tokens.span();
        if let Some(group) = tokens.take_group(Delimiter::Parenthesis) {
            return self.grouped_pattern(span, &mut Tokens::inside(&group), false);
        }
        if let Some(group) = tokens.take_group(Delimiter::Bracket) {
            return self.grouped_pattern(span, &mut Tokens::inside(&group), true);
        }
        if tokens.is_word("_") {
            tokens.bump();
            return Pattern { span, kind: PatternKind::Wildcard };
        }
        let value = self.nested(tokens, Self::pattern_value, |parser, tokens| {
            let rest = tokens.rest();
            parser.make(span, span, ExprKind::Raw(rest))
        });
        let kind = match value.kind {
            ExprKind::Name(name) if !is_class_name(&name.to_string()) => PatternKind::Capture(name),
            ExprKind::Call { callee, args, .. } => {
                let mut positional = Vec::new();
                let mut keywords = Vec::new();
                for arg in args {
                    let pattern = value_pattern(arg.value);
                    match arg.name {
                        Some(name) => keywords.push((name, pattern)),
                        None => positional.push(pattern),
                    }
                }
                PatternKind::Class { class: *callee, positional, keywords }
            }
            _ => PatternKind::Value(value),
        };
        Pattern { span, kind }
    }

    /// `|` separates patterns: only what binds tighter is a value.
    fn pattern_value(&mut self, tokens: &mut Tokens) -> Expr {
        let negative = tokens.is_operator("-");
        if negative || matches!(tokens.peek(), Some(TokenTree::Literal(_))) {
            return self.pattern_number(tokens);
        }
        self.pattern_postfix(tokens)
    }

    /// `(a, b)`, or `(a)`, which is `a`; `[a]` is a sequence of one.
    fn grouped_pattern(&mut self, span: proc_macro2::Span, tokens: &mut Tokens, is_list: bool) -> Pattern {
        let mut items = Vec::new();
        let mut is_sequence = is_list;
        while !tokens.is_empty() {
            items.push(self.item_pattern(tokens));
            if tokens.take_char(',').is_none() {
                self.must_end(tokens, if is_list { "`,` or `]`" } else { "`,` or `)`" });
                break;
            }
            is_sequence = true;
        }
        match items.pop() {
            Some(only) if items.is_empty() && !is_sequence && !matches!(only.kind, PatternKind::Rest(_)) => only,
            last => {
                items.extend(last);
                self.sequence(span, items)
            }
        }
    }
}

/// The pattern that an argument of a class pattern stands for.
fn value_pattern(value: Expr) -> Pattern {
    let span = value.span;
    let kind = match value.kind {
        ExprKind::Name(name) if name == "_" => PatternKind::Wildcard,
        ExprKind::Name(name) if !is_class_name(&name.to_string()) => PatternKind::Capture(name),
        ExprKind::Call { callee, args, .. } => {
            let (named, positional): (Vec<_>, Vec<_>) = args.into_iter().partition(|arg| arg.name.is_some());
            PatternKind::Class {
                class: *callee,
                positional: positional.into_iter().map(|arg| value_pattern(arg.value)).collect(),
                keywords: named.into_iter().filter_map(|arg| Some((arg.name?, value_pattern(arg.value)))).collect(),
            }
        }
        ExprKind::Tuple(items) | ExprKind::List(items) => {
            PatternKind::Sequence(items.into_iter().map(value_pattern).collect())
        }
        ExprKind::Starred(inner) => PatternKind::Rest(match inner.kind {
            ExprKind::Name(name) if name != "_" => Some(name),
            _ => None,
        }),
        kind => PatternKind::Value(Expr { kind, ..value }),
    };
    Pattern { span, kind }
}

fn begins_block(tokens: &Tokens) -> bool {
    matches!(tokens.peek(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
}

fn is_class_name(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}
