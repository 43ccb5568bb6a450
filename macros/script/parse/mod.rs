//! From tokens to the tree. Parsing never fails: what does not parse is reported once per statement and kept as raw tokens.

mod callable;
mod class;
mod expr;
mod format;
mod item;
mod literal;
mod pattern;
mod stmt;
mod takers;
mod ty;

use proc_macro2::{Delimiter, Ident, Span, TokenStream};

use self::takers::Takers;
use super::message;
use super::token::Tokens;
use super::tree::{Block, Expr, ExprKind, Script};
use crate::report::Report;

/// Parses a whole script; the second value is the number of expressions in it.
pub fn parse(stream: TokenStream, report: &mut Report) -> (Script, usize) {
    let takers = Takers::of(&stream);
    let mut parser = Parser { report, expressions: 0, failed: false, depth: 0, bodies: true, takers };
    let script = parser.script(&mut Tokens::new(stream, Span::call_site()));
    let expressions = parser.expressions;
    (script, expressions)
}

/// The declarations that every script starts with: bodies are left out there.
pub fn parse_prelude(source: &str) -> Script {
    let stream = source.parse().unwrap_or_default();
    let mut report = Report::new();
    let takers = Takers::default();
    let mut parser =
        Parser { report: &mut report, expressions: PRELUDE_IDS, failed: false, depth: 0, bodies: false, takers };
    let script = parser.script(&mut Tokens::new(stream, Span::call_site()));
    report.discard();
    script
}

/// Where the numbers of the prelude's nodes begin, beyond those of any script.
const PRELUDE_IDS: usize = 1 << 32;

pub struct Parser<'r> {
    report: &'r mut Report,
    expressions: usize,
    /// An error of this statement was reported: the rest of it stays silent.
    failed: bool,
    /// Nesting of expressions and blocks; beyond the limit the input is refused, so that no script overflows the stack.
    depth: usize,
    /// Functions have bodies.
    bodies: bool,
    takers: Takers,
}

const DEPTH_LIMIT: usize = 120;

impl Parser<'_> {
    fn script(&mut self, tokens: &mut Tokens) -> Script {
        let main = self.announced(tokens, "main");
        let raises = self.announced(tokens, "raises");
        if let (Some(_), Some(raises)) = (main, raises) {
            self.complain(raises, "a program may raise without saying so\nhelp: leave `raises;` out");
        }
        let (body, value) = self.statements(tokens, true);
        if let (Some(_), Some(value)) = (main, &value) {
            self.complain(value.span, "a program has no value\nhelp: end the statement with `;`");
        }
        Script { body, value, raises, main }
    }

    /// A word with `;` after it, which says something about the whole script.
    fn announced(&mut self, tokens: &mut Tokens, word: &str) -> Option<Span> {
        let start = tokens.position();
        let span = tokens.take_word(word)?;
        if tokens.take_char(';').is_some() {
            return Some(span);
        }
        tokens.rewind(start);
        None
    }

    /// Reports the first error of a statement.
    fn error(&mut self, span: Span, text: impl Into<String>) {
        if !self.failed {
            self.report.error(span, text.into());
            self.failed = true;
        }
    }

    /// Reports something wrong that does not keep the statement from being understood.
    fn complain(&mut self, span: Span, text: impl Into<String>) {
        self.report.error(span, text.into());
    }

    fn expected(&mut self, tokens: &Tokens, what: &str) {
        let found = message::found(tokens);
        self.error(tokens.span(), format!("expected {what}, found {found}"));
    }

    fn make(&mut self, span: Span, end: Span, kind: ExprKind) -> Expr {
        let id = self.expressions;
        self.expressions += 1;
        Expr { id, span, end, kind }
    }

    /// A name that is being declared, not a word of the language.
    fn name(&mut self, tokens: &mut Tokens, what: &str) -> Option<Ident> {
        match tokens.peek_ident() {
            Some(ident) if message::is_reserved(&ident.to_string()) => {
                let text = format!("`{ident}` is a word of the language, not a name");
                self.error(ident.span(), text);
                tokens.take_ident()
            }
            Some(ident) if ["crate", "Self", "super"].iter().any(|word| ident == word) => {
                let text = format!("`{ident}` can't be a name in Rust");
                self.error(ident.span(), text);
                tokens.take_ident()
            }
            Some(_) => tokens.take_ident(),
            None => {
                self.expected(tokens, what);
                None
            }
        }
    }

    /// `{ … }`, with the messages for blocks that are opened in other ways.
    fn block(&mut self, tokens: &mut Tokens, after: &str) -> Block {
        if tokens.is_char(':') && !tokens.is_operator("::") {
            let text = format!("a block opens with `{{`, not with `:`\nhelp: write `{after} {{ … }}`");
            self.error(tokens.span(), text);
            tokens.bump();
        }
        match tokens.take_group(Delimiter::Brace) {
            Some(group) => {
                let mut inside = Tokens::inside(&group);
                let failed = std::mem::replace(&mut self.failed, false);
                let (body, _) = self.statements(&mut inside, false);
                self.failed = failed;
                Block { body }
            }
            None => {
                let found = message::found(tokens);
                let text = format!("expected `{{` after `{after}`, found {found}");
                self.error(tokens.span(), text);
                Block { body: Vec::new() }
            }
        }
    }

    /// Runs `parse` one level deeper, or refuses.
    fn nested<T>(
        &mut self,
        tokens: &mut Tokens,
        parse: impl FnOnce(&mut Self, &mut Tokens) -> T,
        refuse: impl FnOnce(&mut Self, &mut Tokens) -> T,
    ) -> T {
        if self.depth >= DEPTH_LIMIT {
            self.error(tokens.span(), "this is nested too deeply for `gc_script!`");
            return refuse(self, tokens);
        }
        self.depth += 1;
        let parsed = parse(self, tokens);
        self.depth -= 1;
        parsed
    }
}
