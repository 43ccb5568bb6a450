//! Statements.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use super::Parser;
use super::expr::starts_operand;
use crate::script::message;
use crate::script::token::Tokens;
use crate::script::tree::{Argument, BinaryOp, Block, Expr, ExprKind, Handler, Import, Stmt, StmtKind, Try};

const AUGMENTED: &[(&str, BinaryOp)] = &[
    ("+=", BinaryOp::Add),
    ("-=", BinaryOp::Sub),
    ("*=", BinaryOp::Mul),
    ("/=", BinaryOp::TrueDiv),
    ("%=", BinaryOp::Mod),
    ("**=", BinaryOp::Pow),
    ("&=", BinaryOp::And),
    ("|=", BinaryOp::Or),
    ("^=", BinaryOp::Xor),
    ("<<=", BinaryOp::Shl),
    (">>=", BinaryOp::Shr),
];

impl Parser<'_> {
    /// The statements of a block; with `value`, a last expression without `;` is its value.
    pub fn statements(&mut self, tokens: &mut Tokens, value: bool) -> (Vec<Stmt>, Option<Expr>) {
        let mut body = Vec::new();
        while !tokens.is_empty() {
            self.failed = false;
            let start = tokens.position();
            if tokens.take_char(';').is_some() {
                continue;
            }
            let stmt = self.nested(tokens, Self::statement, |_, tokens| {
                let span = tokens.span();
                Stmt { span, kind: StmtKind::Raw(tokens.rest()) }
            });
            if let StmtKind::Expr(expr) = &stmt.kind
                && tokens.is_empty()
                && value
                && !self.failed
            {
                return (body, Some(expr.clone()));
            }
            if !ends_with_block(&stmt.kind) {
                self.semicolon(tokens, &stmt);
            }
            if tokens.position() == start {
                tokens.bump();
            }
            body.push(stmt);
        }
        self.failed = false;
        (body, None)
    }

    /// `;`, or the rest of the statement is skipped.
    fn semicolon(&mut self, tokens: &mut Tokens, stmt: &Stmt) {
        if tokens.take_char(';').is_some() {
            return;
        }
        if !self.failed {
            match message::foreign_operator(tokens) {
                Some(text) => self.error(tokens.span(), text),
                None => {
                    let text = message::missing_semicolon(tokens, matches!(stmt.kind, StmtKind::Expr(_)));
                    self.error(tokens.previous_span(), text);
                }
            }
            // What follows may well be the next statement.
            if message::starts_statement(tokens) {
                return;
            }
        }
        while let Some(tree) = tokens.bump() {
            match tree {
                TokenTree::Punct(punct) if punct.as_char() == ';' => return,
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return,
                _ if message::starts_block(tokens) => return,
                _ => {}
            }
        }
    }

    fn statement(&mut self, tokens: &mut Tokens) -> Stmt {
        let span = tokens.span();
        let kind = match tokens.peek_ident().map(ToString::to_string).as_deref() {
            Some("if") => self.branches(tokens),
            Some("while") => self.while_loop(tokens),
            Some("for") => self.for_loop(tokens),
            Some("try") if self.opens_block(tokens) => self.try_statement(tokens),
            Some("with") => self.with(tokens),
            Some("match") if self.is_match(tokens) => self.match_statement(tokens),
            Some("return") => self.returned(tokens),
            Some("raise") => self.raise(tokens),
            Some("break") => self.plain(tokens, StmtKind::Break),
            Some("continue") => self.plain(tokens, StmtKind::Continue),
            Some("pass") => self.plain(tokens, StmtKind::Pass),
            Some("del") => self.delete(tokens),
            Some("assert") => self.assert(tokens),
            Some("nonlocal") => self.nonlocal(tokens),
            Some("import") => self.import(tokens),
            Some("from") => self.member_import(tokens),
            Some("use") => self.use_item(tokens),
            Some("elif" | "else" | "except" | "finally" | "case") => self.stray_clause(tokens),
            Some("rust") if self.is_rust_block(tokens) => self.rust_block(tokens),
            Some(word) => match message::foreign_statement(word, tokens) {
                Some(text) => self.foreign_statement(text, tokens),
                None => return self.item_or_expression(tokens),
            },
            None => return self.item_or_expression(tokens),
        };
        Stmt { span, kind }
    }

    fn item_or_expression(&mut self, tokens: &mut Tokens) -> Stmt {
        let span = tokens.span();
        if self.starts_item(tokens) {
            return self.item(tokens);
        }
        let kind = self.simple(tokens, None);
        Stmt { span, kind }
    }

    /// An expression, an assignment or an annotation.
    pub fn simple(&mut self, tokens: &mut Tokens, public: Option<TokenStream>) -> StmtKind {
        let first = self.expr_list(tokens);
        if let ExprKind::Name(word) = &first.kind
            && (word == "main" || word == "raises")
            && tokens.is_char(';')
        {
            let text = format!(
                "`{word};` says something about the whole script\nhelp: write it at the head, before all statements"
            );
            self.complain(word.span(), text);
            return StmtKind::Pass;
        }
        if tokens.is_char(':') && !tokens.is_operator(":=") && !self.failed {
            tokens.bump();
            let ty = self.ty(tokens);
            let mut value = tokens.take_operator("=").map(|_| self.expr_list(tokens));
            if let Some(value) = &mut value {
                self.annotated_callable(&ty, value);
            }
            return StmtKind::Annotated { target: first, ty, value, public };
        }
        if let Some(operator) = tokens.operator()
            && let Some((_, op)) = AUGMENTED.iter().find(|(text, _)| *text == operator.text)
        {
            tokens.take_operator(operator.text);
            let value = self.expr_list(tokens);
            self.check_target(&first, "+=");
            return StmtKind::Augmented { target: first, op: *op, op_span: operator.span, value };
        }
        if !tokens.is_operator("=") {
            return StmtKind::Expr(first);
        }
        let mut targets = vec![first];
        let mut value = None;
        while tokens.take_operator("=").is_some() {
            if let Some(value) = value.take() {
                targets.push(value);
            }
            value = Some(self.expr_list(tokens));
        }
        for target in &targets {
            self.check_target(target, "=");
        }
        match value {
            Some(value) => StmtKind::Assign { targets, value },
            None => StmtKind::Pass,
        }
    }

    /// Reports what can't be assigned to.
    fn check_target(&mut self, target: &Expr, operator: &str) {
        match &target.kind {
            ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Index { .. } | ExprKind::Raw(_) => {}
            ExprKind::Tuple(items) | ExprKind::List(items) if operator == "=" => {
                if items.iter().filter(|item| matches!(item.kind, ExprKind::Starred(_))).count() > 1 {
                    self.error(target.span, "only one name of an unpacking can take the rest");
                }
                for item in items {
                    match &item.kind {
                        ExprKind::Starred(inner) => self.check_target(inner, operator),
                        _ => self.check_target(item, operator),
                    }
                }
            }
            ExprKind::Compare { .. } => self.error(target.span, "a comparison can't be assigned to"),
            ExprKind::True | ExprKind::False | ExprKind::None => {
                self.error(target.span, "a constant can't be assigned to");
            }
            ExprKind::Call { .. } => {
                self.error(target.span, "the result of a call can't be assigned to\nhelp: to compare, write `==`");
            }
            ExprKind::Path(_) => {
                self.error(target.span, "a Rust path can't be assigned to here\nhelp: write `rust! { path = value; }`");
            }
            _ => self.error(target.span, "this can't be assigned to"),
        }
    }

    fn plain(&mut self, tokens: &mut Tokens, kind: StmtKind) -> StmtKind {
        tokens.bump();
        kind
    }

    fn condition(&mut self, tokens: &mut Tokens, word: &str) -> Expr {
        if tokens.peek_group(Delimiter::Brace).is_some() {
            self.error(tokens.span(), format!("expected a condition after `{word}`"));
        }
        let condition = self.expr(tokens);
        if tokens.is_operator("=") {
            self.error(tokens.span(), "`=` assigns, it doesn't compare\nhelp: write `==`");
            tokens.bump();
            self.expr(tokens);
        }
        condition
    }

    fn branches(&mut self, tokens: &mut Tokens) -> StmtKind {
        tokens.bump();
        let mut arms = vec![self.arm(tokens, "if")];
        let mut otherwise = None;
        loop {
            if tokens.take_word("elif").is_some() {
                arms.push(self.arm(tokens, "elif"));
            } else if let Some(word) = ["elseif", "elsif"].iter().find(|word| tokens.is_word(word)) {
                self.complain(tokens.span(), format!("`{word}` is spelled `elif`"));
                tokens.bump();
                arms.push(self.arm(tokens, "elif"));
            } else if tokens.is_word("else") && tokens.is_word_at(1, "if") {
                self.complain(tokens.span(), message::ELSE_IF);
                tokens.bump();
                tokens.bump();
                arms.push(self.arm(tokens, "elif"));
            } else if tokens.take_word("else").is_some() {
                otherwise = Some(self.block(tokens, "else"));
                break;
            } else {
                break;
            }
        }
        StmtKind::If { arms, otherwise }
    }

    fn arm(&mut self, tokens: &mut Tokens, word: &str) -> (Expr, Block) {
        let condition = self.condition(tokens, word);
        let block = self.block(tokens, &format!("{word} condition"));
        (condition, block)
    }

    fn otherwise(&mut self, tokens: &mut Tokens) -> Option<Block> {
        tokens.take_word("else").map(|_| self.block(tokens, "else"))
    }

    fn while_loop(&mut self, tokens: &mut Tokens) -> StmtKind {
        tokens.bump();
        let condition = self.condition(tokens, "while");
        let body = self.block(tokens, "while condition");
        let otherwise = self.otherwise(tokens);
        StmtKind::While { condition, body, otherwise }
    }

    fn for_loop(&mut self, tokens: &mut Tokens) -> StmtKind {
        tokens.bump();
        let target = self.target_list(tokens);
        self.check_target(&target, "=");
        if tokens.take_word("in").is_none() {
            let found = message::found(tokens);
            self.error(tokens.span(), format!("expected `in`, found {found}\nhelp: write `for x in items {{ … }}`"));
        }
        let mut iterable = self.expr_list(tokens);
        if tokens.is_operator("..") {
            self.error(tokens.span(), "a range of numbers is spelled `range(start, stop)`");
            tokens.bump();
            tokens.bump();
            let end = self.expr(tokens);
            let range = Ident::new("range", iterable.span);
            let bounds = [iterable, end].map(|value| Argument { name: None, value });
            let callee = Box::new(self.make(range.span(), range.span(), ExprKind::Name(range.clone())));
            let close = range.span();
            let call = ExprKind::Call { callee, args: bounds.into(), close };
            iterable = self.make(range.span(), range.span(), call);
        }
        let body = self.block(tokens, "for x in items");
        let otherwise = self.otherwise(tokens);
        StmtKind::For { target, iterable, body, otherwise }
    }

    fn opens_block(&self, tokens: &Tokens) -> bool {
        matches!(tokens.peek_at(1), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
            || matches!(tokens.peek_at(1), Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
    }

    fn try_statement(&mut self, tokens: &mut Tokens) -> StmtKind {
        let span = tokens.span();
        tokens.bump();
        let body = self.block(tokens, "try");
        let mut handlers = Vec::new();
        loop {
            if tokens.is_word("catch") {
                self.complain(tokens.span(), "`catch` is spelled `except`\nhelp: write `except ValueError as e { … }`");
                handlers.push(self.handler(tokens));
            } else if tokens.is_word("except") {
                handlers.push(self.handler(tokens));
            } else {
                break;
            }
        }
        let otherwise = self.otherwise(tokens);
        let finally = tokens.take_word("finally").map(|_| self.block(tokens, "finally"));
        if handlers.is_empty() && finally.is_none() {
            self.error(span, "a `try` needs an `except` or a `finally`");
        } else if handlers.is_empty() && otherwise.is_some() {
            self.error(span, "the `else` of a `try` needs an `except` before it");
        }
        if let Some(early) = handlers.iter().rev().skip(1).find(|handler| handler.classes.is_empty()) {
            self.complain(early.span, "an `except` without a class takes everything: it must be the last one");
        }
        StmtKind::Try(Try { body, handlers, otherwise, finally })
    }

    fn handler(&mut self, tokens: &mut Tokens) -> Handler {
        let span = tokens.span();
        tokens.bump();
        let mut classes = Vec::new();
        let mut name = None;
        if tokens.peek_group(Delimiter::Brace).is_none() && !tokens.is_char(':') {
            let class = self.expr(tokens);
            if tokens.is_char(',') {
                self.error(tokens.span(), "several classes need parentheses\nhelp: write `except (A, B) as e { … }`");
                tokens.bump();
                self.expr(tokens);
            }
            classes = match class.kind {
                ExprKind::Tuple(items) => items,
                _ => vec![class],
            };
            if tokens.take_word("as").is_some() {
                name = self.name(tokens, "a name for the exception");
            }
        }
        let body = self.block(tokens, "except");
        Handler { span, classes, name, body }
    }

    fn with(&mut self, tokens: &mut Tokens) -> StmtKind {
        tokens.bump();
        let mut items = Vec::new();
        loop {
            let manager = self.expr(tokens);
            let target = tokens.take_word("as").map(|_| {
                let target = self.comparison_operand(tokens);
                self.check_target(&target, "=");
                target
            });
            items.push((manager, target));
            if tokens.take_char(',').is_none() {
                break;
            }
        }
        let body = self.block(tokens, "with manager as name");
        StmtKind::With { items, body }
    }

    /// `match` is a name unless an operand and a block follow.
    fn is_match(&self, tokens: &Tokens) -> bool {
        let mut ahead = tokens.clone();
        ahead.bump();
        if matches!(ahead.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() != '-') {
            return false;
        }
        while let Some(tree) = ahead.peek() {
            match tree {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return true,
                TokenTree::Punct(punct) if punct.as_char() == ';' => return false,
                _ if ahead.is_operator("=") => return false,
                _ => ahead.bump(),
            };
        }
        false
    }

    fn match_statement(&mut self, tokens: &mut Tokens) -> StmtKind {
        tokens.bump();
        let subject = self.expr_list(tokens);
        let mut cases = Vec::new();
        if let Some(group) = tokens.take_group(Delimiter::Brace) {
            let mut inside = Tokens::inside(&group);
            while !inside.is_empty() {
                self.failed = false;
                match inside.take_word("case") {
                    Some(_) => cases.push(self.case(&mut inside)),
                    None => {
                        let text = "expected `case`\nhelp: write `case 1 { … }`";
                        self.error(inside.span(), text);
                        skip_to_case(&mut inside);
                    }
                }
            }
        } else {
            self.expected(tokens, "`{` and the cases");
        }
        StmtKind::Match { subject, cases }
    }

    fn returned(&mut self, tokens: &mut Tokens) -> StmtKind {
        tokens.bump();
        StmtKind::Return(starts_operand(tokens).then(|| self.expr_list(tokens)))
    }

    fn raise(&mut self, tokens: &mut Tokens) -> StmtKind {
        tokens.bump();
        let exception = starts_operand(tokens).then(|| self.expr(tokens));
        let cause = tokens.take_word("from").map(|_| self.expr(tokens));
        StmtKind::Raise { exception, cause }
    }

    fn delete(&mut self, tokens: &mut Tokens) -> StmtKind {
        tokens.bump();
        let list = self.expr_list(tokens);
        let targets = match list.kind {
            ExprKind::Tuple(items) => items,
            _ => vec![list],
        };
        for target in &targets {
            if !matches!(
                target.kind,
                ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Index { .. } | ExprKind::Raw(_)
            ) {
                self.error(target.span, "`del` takes names, fields and items");
            }
        }
        StmtKind::Del(targets)
    }

    fn assert(&mut self, tokens: &mut Tokens) -> StmtKind {
        tokens.bump();
        let condition = self.expr(tokens);
        let message = tokens.take_char(',').map(|_| self.expr(tokens));
        StmtKind::Assert { condition, message }
    }

    fn nonlocal(&mut self, tokens: &mut Tokens) -> StmtKind {
        tokens.bump();
        StmtKind::Nonlocal(self.names(tokens))
    }

    fn names(&mut self, tokens: &mut Tokens) -> Vec<Ident> {
        let mut names = Vec::new();
        while let Some(name) = self.name(tokens, "a name") {
            names.push(name);
            if tokens.take_char(',').is_none() {
                break;
            }
        }
        names
    }

    fn import(&mut self, tokens: &mut Tokens) -> StmtKind {
        tokens.bump();
        let mut imports = Vec::new();
        loop {
            let path = self.dotted(tokens);
            let Some(first) = path.first().cloned() else {
                break;
            };
            let name = self.import_name(tokens).unwrap_or(first);
            imports.push(Import { name, path });
            if tokens.take_char(',').is_none() {
                break;
            }
        }
        StmtKind::Import(imports)
    }

    fn member_import(&mut self, tokens: &mut Tokens) -> StmtKind {
        tokens.bump();
        let module = self.dotted(tokens);
        if tokens.take_word("import").is_none() {
            self.expected(tokens, "`import`");
        }
        if tokens.is_operator("*") {
            self.error(tokens.span(), "names are imported one by one\nhelp: write `from module import name;`");
            tokens.bump();
        }
        let mut imports = Vec::new();
        while let Some(item) = tokens.take_ident() {
            let mut path = module.clone();
            path.push(item.clone());
            let name = self.import_name(tokens).unwrap_or(item);
            imports.push(Import { name, path });
            if tokens.take_char(',').is_none() {
                break;
            }
        }
        StmtKind::Import(imports)
    }

    fn dotted(&mut self, tokens: &mut Tokens) -> Vec<Ident> {
        let mut path: Vec<Ident> = self.name(tokens, "the name of a module").into_iter().collect();
        while tokens.take_char('.').is_some() {
            path.extend(self.name(tokens, "a name after `.`"));
        }
        path
    }

    fn import_name(&mut self, tokens: &mut Tokens) -> Option<Ident> {
        tokens.take_word("as")?;
        self.name(tokens, "a name after `as`")
    }

    /// `use path;`, `use class path::{A, B as C};`
    fn use_item(&mut self, tokens: &mut Tokens) -> StmtKind {
        tokens.bump();
        let is_class = tokens.take_word("class").is_some();
        let start = tokens.position();
        let span = tokens.span();
        while !tokens.is_empty() && !tokens.is_char(';') {
            tokens.bump();
        }
        let tokens = tokens.since(start);
        let Ok(tree) = syn::parse2::<syn::UseTree>(tokens.clone()) else {
            let text = match is_class {
                true => "a path to a class is due here\nhelp: write `use class shapes::Node;`",
                false => "a path of Rust is due here\nhelp: write `use std::fs;`",
            };
            self.error(span, text);
            return StmtKind::Pass;
        };
        let mut classes = Vec::new();
        if is_class {
            used_names(&tree, &mut classes);
        }
        // A name alone is in scope already.
        let tokens = match (&tree, is_class) {
            (syn::UseTree::Name(_), true) => TokenStream::new(),
            _ => tokens,
        };
        StmtKind::Use { tokens, classes }
    }

    fn stray_clause(&mut self, tokens: &mut Tokens) -> StmtKind {
        let span = tokens.span();
        if let Some(word) = tokens.take_ident() {
            self.error(span, message::stray_clause(&word.to_string()));
        }
        while !tokens.is_empty() && !tokens.is_char(';') {
            if tokens.peek_group(Delimiter::Brace).is_some() {
                let _ = self.block(tokens, "else");
                break;
            }
            tokens.bump();
        }
        StmtKind::Raw(TokenStream::new())
    }

    fn is_rust_block(&self, tokens: &Tokens) -> bool {
        matches!(tokens.peek_at(1), Some(TokenTree::Punct(punct)) if punct.as_char() == '!')
            && matches!(tokens.peek_at(2), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
            && !matches!(tokens.peek_at(3), Some(TokenTree::Punct(punct)) if ".+-*/".contains(punct.as_char()))
    }

    fn rust_block(&mut self, tokens: &mut Tokens) -> StmtKind {
        let span = tokens.span();
        tokens.bump();
        tokens.bump();
        let Some(TokenTree::Group(group)) = tokens.bump() else {
            return StmtKind::Pass;
        };
        if tokens.is_empty() {
            let kind = ExprKind::Rust(group.stream());
            return StmtKind::Expr(self.make(span, group.span_close(), kind));
        }
        StmtKind::Rust(group.stream())
    }

    fn foreign_statement(&mut self, found: message::ForeignStatement, tokens: &mut Tokens) -> StmtKind {
        self.complain(tokens.span(), found.text);
        for _ in 0..found.skip {
            tokens.bump();
        }
        match found.then {
            message::Then::Statement => self.statement(tokens).kind,
            message::Then::Function => self.function_after(tokens),
            message::Then::Class => self.class_after(tokens),
            message::Then::Raise => {
                tokens.rewind(tokens.position() - 1);
                self.raise(tokens)
            }
            message::Then::Nothing => {
                self.failed = true;
                StmtKind::Raw(TokenStream::new())
            }
        }
    }
}

/// Statements that need no `;`.
fn ends_with_block(kind: &StmtKind) -> bool {
    matches!(
        kind,
        StmtKind::If { .. }
            | StmtKind::While { .. }
            | StmtKind::For { .. }
            | StmtKind::Try(_)
            | StmtKind::With { .. }
            | StmtKind::Match { .. }
            | StmtKind::Def(_)
            | StmtKind::Class(_)
            | StmtKind::Rust(_)
    )
}

fn skip_to_case(tokens: &mut Tokens) {
    tokens.bump();
    while !tokens.is_empty() && !tokens.is_word("case") {
        tokens.bump();
    }
}

/// The names that a `use` brings in.
fn used_names(tree: &syn::UseTree, names: &mut Vec<Ident>) {
    match tree {
        syn::UseTree::Path(path) => used_names(&path.tree, names),
        syn::UseTree::Name(name) => names.push(name.ident.clone()),
        syn::UseTree::Rename(rename) => names.push(rename.rename.clone()),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| used_names(tree, names)),
        _ => {}
    }
}
