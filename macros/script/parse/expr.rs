//! Expressions, by Python's precedence.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;

use super::Parser;
use crate::script::message;
use crate::script::token::{Operator, Tokens};
use crate::script::tree::{
    Argument, BinaryOp, Clause, CompareOp, Comprehension, ComprehensionKind, Expr, ExprKind, Param, UnaryOp,
};

/// Rust's numeric types, the only ones after `as`.
const NUMBERS: &[&str] = &[
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64", "int",
    "float",
];

impl Parser<'_> {
    /// One expression, without unparenthesised tuples.
    pub fn expr(&mut self, tokens: &mut Tokens) -> Expr {
        self.nested(tokens, Self::walrus, |parser, tokens| {
            let span = tokens.span();
            let rest = tokens.rest();
            parser.make(span, span, ExprKind::Raw(rest))
        })
    }

    /// `a, b` without parentheses is a tuple; `*rest` may stand in it.
    pub fn expr_list(&mut self, tokens: &mut Tokens) -> Expr {
        let first = self.starred(tokens);
        if !tokens.is_char(',') {
            return first;
        }
        let span = first.span;
        let mut items = vec![first];
        while tokens.take_char(',').is_some() {
            if !starts_operand(tokens) {
                break;
            }
            items.push(self.starred(tokens));
        }
        self.make(span, tokens.previous_span(), ExprKind::Tuple(items))
    }

    fn starred(&mut self, tokens: &mut Tokens) -> Expr {
        match tokens.take_operator("*") {
            Some(span) => {
                let value = self.comparison_operand(tokens);
                self.make(span, value.end, ExprKind::Starred(Box::new(value)))
            }
            None => self.expr(tokens),
        }
    }

    fn walrus(&mut self, tokens: &mut Tokens) -> Expr {
        if tokens.is_word("lambda") {
            return self.lambda(tokens);
        }
        if tokens.is_word("yield") {
            return self.yielded(tokens);
        }
        let value = self.conditional(tokens);
        if !tokens.is_operator(":=") {
            return value;
        }
        let operator = tokens.span();
        tokens.take_operator(":=");
        let bound = self.expr(tokens);
        let (span, end) = (value.span, bound.end);
        match value.kind {
            ExprKind::Name(name) => self.make(span, end, ExprKind::Walrus { name, value: Box::new(bound) }),
            _ => {
                self.error(operator, "`:=` binds a plain name");
                bound
            }
        }
    }

    fn lambda(&mut self, tokens: &mut Tokens) -> Expr {
        let span = tokens.span();
        tokens.bump();
        let mut params = Vec::new();
        while !tokens.is_empty() && !tokens.is_char(':') {
            if tokens.is_operator("*") || tokens.is_operator("**") {
                self.error(tokens.span(), message::STAR_PARAMETER);
                tokens.bump();
                continue;
            }
            let Some(name) = self.name(tokens, "a parameter or `:`") else {
                break;
            };
            let default = tokens.take_operator("=").map(|_| self.expr(tokens));
            params.push(Param { name, ty: None, default });
            if tokens.take_char(',').is_none() {
                break;
            }
        }
        if tokens.take_char(':').is_none() {
            self.expected(tokens, "`:` and the lambda's value");
        }
        let body = self.expr(tokens);
        let end = body.end;
        self.make(span, end, ExprKind::Lambda { params, body: Box::new(body) })
    }

    pub fn yielded(&mut self, tokens: &mut Tokens) -> Expr {
        let span = tokens.span();
        tokens.bump();
        if tokens.take_word("from").is_some() {
            let value = self.expr(tokens);
            let end = value.end;
            return self.make(span, end, ExprKind::YieldFrom(Box::new(value)));
        }
        let value = starts_operand(tokens).then(|| Box::new(self.expr_list(tokens)));
        self.make(span, tokens.previous_span(), ExprKind::Yield(value))
    }

    /// `then if condition else otherwise`
    fn conditional(&mut self, tokens: &mut Tokens) -> Expr {
        let then = self.or(tokens);
        if !tokens.is_word("if") {
            return then;
        }
        tokens.bump();
        let condition = self.or(tokens);
        if tokens.take_word("else").is_none() {
            let found = message::found(tokens);
            let text =
                format!("expected `else` and the other value, found {found}\nhelp: write `a if condition else b`");
            self.error(tokens.span(), text);
            return then;
        }
        let otherwise = self.expr(tokens);
        let (span, end) = (then.span, otherwise.end);
        let kind = ExprKind::Conditional {
            condition: Box::new(condition),
            then: Box::new(then),
            otherwise: Box::new(otherwise),
        };
        self.make(span, end, kind)
    }

    fn or(&mut self, tokens: &mut Tokens) -> Expr {
        let mut left = self.and(tokens);
        loop {
            if tokens.is_operator("||") {
                self.complain(tokens.span(), message::OR);
                tokens.take_operator("||");
            } else if tokens.take_word("or").is_none() {
                return left;
            }
            let right = self.and(tokens);
            let (span, end) = (left.span, right.end);
            left = self.make(span, end, ExprKind::Or(Box::new(left), Box::new(right)));
        }
    }

    fn and(&mut self, tokens: &mut Tokens) -> Expr {
        let mut left = self.not(tokens);
        loop {
            if tokens.is_operator("&&") {
                self.complain(tokens.span(), message::AND);
                tokens.take_operator("&&");
            } else if tokens.take_word("and").is_none() {
                return left;
            }
            let right = self.not(tokens);
            let (span, end) = (left.span, right.end);
            left = self.make(span, end, ExprKind::And(Box::new(left), Box::new(right)));
        }
    }

    fn not(&mut self, tokens: &mut Tokens) -> Expr {
        let span = tokens.span();
        if tokens.is_char('!') && !tokens.is_operator("!=") && !tokens.is_operator("!==") {
            self.complain(span, message::NOT);
            tokens.bump();
        } else if tokens.take_word("not").is_none() {
            return self.comparison(tokens);
        }
        let value = self.nested(tokens, Self::not, |parser, tokens| {
            let rest = tokens.rest();
            parser.make(span, span, ExprKind::Raw(rest))
        });
        let end = value.end;
        self.make(span, end, ExprKind::Not(Box::new(value)))
    }

    fn comparison(&mut self, tokens: &mut Tokens) -> Expr {
        let first = self.comparison_operand(tokens);
        let mut rest = Vec::new();
        while let Some((op, span)) = self.compare_op(tokens) {
            rest.push((op, span, self.comparison_operand(tokens)));
        }
        let Some((_, _, last)) = rest.last() else {
            return first;
        };
        let (span, end) = (first.span, last.end);
        self.make(span, end, ExprKind::Compare { first: Box::new(first), rest })
    }

    fn compare_op(&mut self, tokens: &mut Tokens) -> Option<(CompareOp, Span)> {
        let span = tokens.span();
        if tokens.take_word("in").is_some() {
            return Some((CompareOp::In, span));
        }
        if tokens.is_word("not") && tokens.is_word_at(1, "in") {
            tokens.bump();
            tokens.bump();
            return Some((CompareOp::NotIn, span));
        }
        if tokens.take_word("is").is_some() {
            let negated = tokens.take_word("not").is_some();
            return Some((if negated { CompareOp::IsNot } else { CompareOp::Is }, span));
        }
        let operator = tokens.operator()?;
        let op = match operator.text {
            "==" => CompareOp::Eq,
            "!=" => CompareOp::Ne,
            "<" => CompareOp::Lt,
            "<=" => CompareOp::Le,
            ">" => CompareOp::Gt,
            ">=" => CompareOp::Ge,
            "===" | "!==" => {
                self.complain(span, message::TRIPLE_EQUAL);
                CompareOp::Eq
            }
            _ => return None,
        };
        tokens.take_operator(operator.text);
        Some((op, span))
    }

    /// Everything that binds tighter than a comparison.
    pub fn comparison_operand(&mut self, tokens: &mut Tokens) -> Expr {
        self.binary(tokens, 0)
    }

    fn binary(&mut self, tokens: &mut Tokens, level: usize) -> Expr {
        /// From loose to tight; all of them group to the left.
        const LEVELS: &[&[(&str, BinaryOp)]] = &[
            &[("|", BinaryOp::Or)],
            &[("^", BinaryOp::Xor)],
            &[("&", BinaryOp::And)],
            &[("<<", BinaryOp::Shl), (">>", BinaryOp::Shr)],
            &[("+", BinaryOp::Add), ("-", BinaryOp::Sub)],
            &[("*", BinaryOp::Mul), ("/", BinaryOp::TrueDiv), ("%", BinaryOp::Mod)],
        ];
        let Some(operators) = LEVELS.get(level) else {
            return self.unary(tokens);
        };
        let mut left = self.binary(tokens, level + 1);
        while let Some((op, found)) = known_operator(tokens, operators) {
            tokens.take_operator(found.text);
            let right = self.binary(tokens, level + 1);
            let (span, end) = (left.span, right.end);
            let kind = ExprKind::Binary { left: Box::new(left), op, op_span: found.span, right: Box::new(right) };
            left = self.make(span, end, kind);
        }
        left
    }

    fn unary(&mut self, tokens: &mut Tokens) -> Expr {
        let span = tokens.span();
        let op = match tokens.operator().map(|operator| operator.text) {
            Some("-") => UnaryOp::Neg,
            Some("+") => UnaryOp::Pos,
            Some("~") => UnaryOp::Invert,
            Some("++" | "--") => {
                self.error(span, message::INCREMENT);
                tokens.bump();
                tokens.bump();
                return self.power(tokens);
            }
            Some("&") => {
                self.complain(span, "`&` is not needed: a script borrows by itself\nhelp: leave `&` out");
                tokens.bump();
                return self.power(tokens);
            }
            _ => return self.power(tokens),
        };
        tokens.bump();
        let value = self.nested(tokens, Self::unary, |parser, tokens| {
            let rest = tokens.rest();
            parser.make(span, span, ExprKind::Raw(rest))
        });
        let end = value.end;
        self.make(span, end, ExprKind::Unary { op, value: Box::new(value) })
    }

    fn power(&mut self, tokens: &mut Tokens) -> Expr {
        let base = self.cast(tokens);
        if !tokens.is_operator("**") {
            return base;
        }
        let op_span = tokens.span();
        tokens.take_operator("**");
        let exponent = self.unary(tokens);
        let (span, end) = (base.span, exponent.end);
        let kind = ExprKind::Binary { left: Box::new(base), op: BinaryOp::Pow, op_span, right: Box::new(exponent) };
        self.make(span, end, kind)
    }

    /// `e as u32`; other uses of `as` belong to the statement.
    fn cast(&mut self, tokens: &mut Tokens) -> Expr {
        let mut value = self.postfix(tokens);
        while tokens.is_word("as")
            && matches!(tokens.peek_at(1), Some(TokenTree::Ident(ident)) if NUMBERS.iter().any(|number| ident == number))
        {
            tokens.bump();
            let Some(ty) = tokens.take_ident() else { break };
            let (span, end) = (value.span, ty.span());
            value = self.make(span, end, ExprKind::Cast { value: Box::new(value), ty });
        }
        value
    }

    fn postfix(&mut self, tokens: &mut Tokens) -> Expr {
        let mut value = self.atom(tokens);
        loop {
            let span = value.span;
            if let Some(group) = tokens.take_group(Delimiter::Parenthesis) {
                let mut args = self.arguments(&group);
                self.callables(&value, &mut args);
                let close = group.span_close();
                value = self.make(span, close, ExprKind::Call { callee: Box::new(value), args, close });
            } else if let Some(group) = tokens.take_group(Delimiter::Bracket) {
                let index = self.index(&group);
                let kind = ExprKind::Index { value: Box::new(value), index: Box::new(index) };
                value = self.make(span, group.span_close(), kind);
            } else if tokens.is_operator(".") {
                tokens.bump();
                value = self.attribute(value, tokens);
            } else if tokens.is_operator("++") || tokens.is_operator("--") {
                self.error(tokens.span(), message::INCREMENT);
                tokens.bump();
                tokens.bump();
            } else if tokens.is_char('?') {
                self.error(tokens.span(), message::QUESTION_MARK);
                tokens.bump();
            } else {
                return value;
            }
        }
    }

    fn attribute(&mut self, value: Expr, tokens: &mut Tokens) -> Expr {
        let span = value.span;
        if let Some(name) = tokens.take_ident() {
            let end = name.span();
            return self.make(span, end, ExprKind::Attribute { value: Box::new(value), name: Some(name) });
        }
        let end = tokens.previous_span();
        if tokens.peek_literal().is_some() {
            self.error(tokens.span(), "items of a tuple are read with brackets\nhelp: write `pair[0]`");
            tokens.bump();
        } else {
            let found = message::found(tokens);
            self.error(end, format!("expected a name after `.`, found {found}"));
        }
        self.make(span, end, ExprKind::Attribute { value: Box::new(value), name: None })
    }

    fn arguments(&mut self, group: &Group) -> Vec<Argument> {
        let mut tokens = Tokens::inside(group);
        let mut args = Vec::new();
        while !tokens.is_empty() {
            if tokens.is_operator("*") || tokens.is_operator("**") {
                self.error(tokens.span(), message::STAR_ARGUMENT);
                tokens.bump();
                tokens.take_char('*');
            }
            args.push(self.argument(&mut tokens));
            if tokens.take_char(',').is_none() {
                self.must_end(&mut tokens, "`,` or `)`");
                break;
            }
        }
        args
    }

    fn argument(&mut self, tokens: &mut Tokens) -> Argument {
        let named = tokens.peek_ident().is_some()
            && matches!(tokens.peek_at(1), Some(TokenTree::Punct(punct)) if punct.as_char() == '=')
            && {
                let mut ahead = tokens.clone();
                ahead.bump();
                ahead.is_operator("=")
            };
        if named {
            let name = tokens.take_ident();
            tokens.bump();
            return Argument { name, value: self.expr(tokens) };
        }
        let value = self.expr(tokens);
        if tokens.is_word("for") {
            let clauses = self.clauses(tokens);
            let (span, end) = (value.span, tokens.previous_span());
            let comprehension = Comprehension { kind: ComprehensionKind::Generator(value), clauses };
            let value = self.make(span, end, ExprKind::Comprehension(Box::new(comprehension)));
            return Argument { name: None, value };
        }
        Argument { name: None, value }
    }

    fn index(&mut self, group: &Group) -> Expr {
        let mut tokens = Tokens::inside(group);
        let span = tokens.span();
        let start = (!tokens.is_char(':')).then(|| self.expr_list(&mut tokens));
        if !tokens.is_char(':') {
            self.must_end(&mut tokens, "`]`");
            return start.unwrap_or_else(|| self.make(span, span, ExprKind::Raw(TokenStream::new())));
        }
        tokens.bump();
        let stop = (!tokens.is_empty() && !tokens.is_char(':')).then(|| Box::new(self.expr(&mut tokens)));
        let step = match tokens.take_char(':') {
            Some(_) if !tokens.is_empty() => Some(Box::new(self.expr(&mut tokens))),
            _ => None,
        };
        self.must_end(&mut tokens, "`]`");
        self.make(span, tokens.span(), ExprKind::Slice { start: start.map(Box::new), stop, step })
    }

    fn atom(&mut self, tokens: &mut Tokens) -> Expr {
        let span = tokens.span();
        match tokens.peek() {
            Some(TokenTree::Literal(_)) => self.literal(tokens),
            Some(TokenTree::Group(group)) => {
                let group = group.clone();
                tokens.bump();
                match group.delimiter() {
                    Delimiter::Parenthesis => self.parenthesised(&group),
                    Delimiter::Bracket => self.list(&group),
                    _ => self.braces(&group),
                }
            }
            Some(TokenTree::Ident(ident)) => {
                let ident = ident.clone();
                self.word(ident, tokens)
            }
            Some(TokenTree::Punct(_)) if tokens.is_operator("::") => self.path(tokens),
            Some(TokenTree::Punct(_)) if tokens.is_char('\'') => {
                self.error(span, message::SINGLE_QUOTES);
                tokens.bump();
                tokens.take_ident();
                tokens.take_char('\'');
                self.make(span, span, ExprKind::Raw(TokenStream::new()))
            }
            _ => {
                self.expected(tokens, "an expression");
                self.make(span, span, ExprKind::Raw(TokenStream::new()))
            }
        }
    }

    fn word(&mut self, ident: Ident, tokens: &mut Tokens) -> Expr {
        let span = ident.span();
        let text = ident.to_string();
        if text == "f" && self.is_format(tokens) {
            return self.format(tokens);
        }
        if matches!(tokens.peek_at(1), Some(TokenTree::Punct(punct)) if punct.as_char() == ':') {
            let mut ahead = tokens.clone();
            ahead.bump();
            if ahead.is_operator("::") {
                return self.path(tokens);
            }
        }
        if text == "rust"
            && matches!(tokens.peek_at(1), Some(TokenTree::Punct(punct)) if punct.as_char() == '!')
            && let Some(TokenTree::Group(group)) = tokens.peek_at(2).cloned()
        {
            tokens.rewind(tokens.position() + 3);
            return self.make(span, group.span_close(), ExprKind::Rust(group.stream()));
        }
        if let Some(text) = message::foreign_word(&text, tokens) {
            return self.foreign(text, tokens);
        }
        if message::is_reserved(&text) && !["True", "False", "None"].contains(&text.as_str()) {
            self.expected(tokens, "an expression");
            return self.make(span, span, ExprKind::Raw(TokenStream::new()));
        }
        tokens.bump();
        if tokens.is_char('!') && !tokens.is_operator("!=") && matches!(tokens.peek_at(1), Some(TokenTree::Group(_))) {
            let text = format!("Rust's macros are called in a block of Rust\nhelp: write `rust! {{ {ident}!(…) }}`");
            self.error(span, text);
            tokens.bump();
            tokens.bump();
            return self.make(span, span, ExprKind::Raw(TokenStream::new()));
        }
        let kind = match text.as_str() {
            "True" => ExprKind::True,
            "False" => ExprKind::False,
            "None" => ExprKind::None,
            _ => ExprKind::Name(ident),
        };
        self.make(span, span, kind)
    }

    /// A word of another language where an expression is due; what it stands for is used.
    fn foreign(&mut self, found: message::Foreign, tokens: &mut Tokens) -> Expr {
        let span = tokens.span();
        if found.fatal {
            self.error(span, found.text);
        } else {
            self.complain(span, found.text);
        }
        tokens.bump();
        let kind = match found.means {
            Some("True") => ExprKind::True,
            Some("False") => ExprKind::False,
            Some("None") => ExprKind::None,
            Some(name) => ExprKind::Name(Ident::new(name, span)),
            None if found.skip => return self.expr(tokens),
            None => ExprKind::Raw(TokenStream::new()),
        };
        self.make(span, span, kind)
    }

    /// A Rust path, generics included, as the user wrote it.
    fn path(&mut self, tokens: &mut Tokens) -> Expr {
        let span = tokens.span();
        let start = tokens.position();
        tokens.take_ident();
        while tokens.take_operator("::").is_some() {
            if tokens.is_operator("<") {
                self.angle_brackets(tokens);
            } else if tokens.take_ident().is_none() {
                self.expected(tokens, "a name after `::`");
                break;
            }
        }
        let path = tokens.since(start);
        self.make(span, tokens.previous_span(), ExprKind::Path(path))
    }

    /// Skips `< … >`, however deep.
    pub fn angle_brackets(&mut self, tokens: &mut Tokens) {
        let mut depth = 0usize;
        while let Some(tree) = tokens.peek() {
            match tree {
                TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
                TokenTree::Punct(punct) if punct.as_char() == '>' => depth -= 1,
                TokenTree::Punct(punct) if punct.as_char() == ';' => break,
                _ => {}
            }
            // `->` inside `Fn() -> T` does not close anything.
            if tokens.is_operator("->") {
                tokens.take_operator("->");
                depth += 1;
                depth -= 1;
                continue;
            }
            tokens.bump();
            if depth == 0 {
                return;
            }
        }
        self.expected(tokens, "`>`");
    }

    fn parenthesised(&mut self, group: &Group) -> Expr {
        let mut tokens = Tokens::inside(group);
        let (span, end) = (group.span_open(), group.span_close());
        if tokens.is_empty() {
            return self.make(span, end, ExprKind::Tuple(Vec::new()));
        }
        let inner = self.expr_list(&mut tokens);
        if tokens.is_word("for") {
            let clauses = self.clauses(&mut tokens);
            self.must_end(&mut tokens, "`)`");
            let comprehension = Comprehension { kind: ComprehensionKind::Generator(inner), clauses };
            return self.make(span, end, ExprKind::Comprehension(Box::new(comprehension)));
        }
        self.must_end(&mut tokens, "`,` or `)`");
        Expr { span, end, ..inner }
    }

    fn list(&mut self, group: &Group) -> Expr {
        let mut tokens = Tokens::inside(group);
        let (span, end) = (group.span_open(), group.span_close());
        let mut items = Vec::new();
        while !tokens.is_empty() {
            let item = self.starred(&mut tokens);
            if items.is_empty() && tokens.is_word("for") {
                let clauses = self.clauses(&mut tokens);
                self.must_end(&mut tokens, "`]`");
                let comprehension = Comprehension { kind: ComprehensionKind::List(item), clauses };
                return self.make(span, end, ExprKind::Comprehension(Box::new(comprehension)));
            }
            items.push(item);
            if tokens.take_char(',').is_none() {
                self.must_end(&mut tokens, "`,` or `]`");
                break;
            }
        }
        self.make(span, end, ExprKind::List(items))
    }

    /// A dict, a set, or a comprehension of either.
    fn braces(&mut self, group: &Group) -> Expr {
        let mut tokens = Tokens::inside(group);
        let (span, end) = (group.span_open(), group.span_close());
        if tokens.is_empty() {
            return self.make(span, end, ExprKind::Dict(Vec::new()));
        }
        let first = self.starred(&mut tokens);
        if tokens.take_char(':').is_none() {
            return self.set(span, end, first, &mut tokens);
        }
        let value = self.expr(&mut tokens);
        if tokens.is_word("for") {
            let clauses = self.clauses(&mut tokens);
            self.must_end(&mut tokens, "`}`");
            let comprehension = Comprehension { kind: ComprehensionKind::Dict(first, value), clauses };
            return self.make(span, end, ExprKind::Comprehension(Box::new(comprehension)));
        }
        let mut entries = vec![(first, value)];
        while tokens.take_char(',').is_some() && !tokens.is_empty() {
            let key = self.expr(&mut tokens);
            if tokens.take_char(':').is_none() {
                self.expected(&tokens, "`:` and a value");
                break;
            }
            entries.push((key, self.expr(&mut tokens)));
        }
        self.must_end(&mut tokens, "`,` or `}`");
        self.make(span, end, ExprKind::Dict(entries))
    }

    fn set(&mut self, span: Span, end: Span, first: Expr, tokens: &mut Tokens) -> Expr {
        if tokens.is_word("for") {
            let clauses = self.clauses(tokens);
            self.must_end(tokens, "`}`");
            let comprehension = Comprehension { kind: ComprehensionKind::Set(first), clauses };
            return self.make(span, end, ExprKind::Comprehension(Box::new(comprehension)));
        }
        let mut items = vec![first];
        while tokens.take_char(',').is_some() && !tokens.is_empty() {
            items.push(self.starred(tokens));
        }
        self.must_end(tokens, "`,` or `}`");
        self.make(span, end, ExprKind::Set(items))
    }

    fn clauses(&mut self, tokens: &mut Tokens) -> Vec<Clause> {
        let mut clauses = Vec::new();
        loop {
            if tokens.take_word("for").is_some() {
                let target = self.target_list(tokens);
                if tokens.take_word("in").is_none() {
                    self.expected(tokens, "`in`");
                }
                let iterable = self.or(tokens);
                clauses.push(Clause::For { target, iterable });
            } else if tokens.take_word("if").is_some() {
                clauses.push(Clause::If(self.or(tokens)));
            } else {
                return clauses;
            }
        }
    }

    /// The names between `for` and `in`.
    pub fn target_list(&mut self, tokens: &mut Tokens) -> Expr {
        let first = self.target(tokens);
        if !tokens.is_char(',') {
            return first;
        }
        let span = first.span;
        let mut items = vec![first];
        while tokens.take_char(',').is_some() && !tokens.is_word("in") {
            items.push(self.target(tokens));
        }
        self.make(span, tokens.previous_span(), ExprKind::Tuple(items))
    }

    fn target(&mut self, tokens: &mut Tokens) -> Expr {
        match tokens.take_operator("*") {
            Some(span) => {
                let value = self.postfix(tokens);
                let end = value.end;
                self.make(span, end, ExprKind::Starred(Box::new(value)))
            }
            None => self.postfix(tokens),
        }
    }

    /// Reports what is left in a group.
    pub fn must_end(&mut self, tokens: &mut Tokens, wanted: &str) {
        if !tokens.is_empty() {
            match message::foreign_operator(tokens) {
                Some(text) => self.error(tokens.span(), text),
                None => self.expected(tokens, wanted),
            }
            tokens.rest();
        }
    }
}

fn known_operator(tokens: &Tokens, known: &[(&'static str, BinaryOp)]) -> Option<(BinaryOp, Operator)> {
    let operator = tokens.operator()?;
    let (_, op) = known.iter().find(|(text, _)| *text == operator.text)?;
    Some((*op, operator))
}

/// Whether an expression can start here.
pub fn starts_operand(tokens: &Tokens) -> bool {
    match tokens.peek() {
        None => false,
        Some(TokenTree::Punct(_)) => {
            ["-", "+", "~", "*", "::", "'"].iter().any(|operator| tokens.is_operator(operator))
        }
        Some(TokenTree::Ident(ident)) => {
            let text = ident.to_token_stream().to_string();
            !message::is_reserved(&text) || ["lambda", "yield", "not", "True", "False", "None"].contains(&text.as_str())
        }
        Some(TokenTree::Group(_) | TokenTree::Literal(_)) => true,
    }
}

impl Parser<'_> {
    /// A number, with its sign, or a text in a pattern.
    pub fn pattern_number(&mut self, tokens: &mut Tokens) -> Expr {
        self.unary(tokens)
    }

    /// A name, an attribute or a class with its parts in a pattern.
    pub fn pattern_postfix(&mut self, tokens: &mut Tokens) -> Expr {
        self.postfix(tokens)
    }
}
