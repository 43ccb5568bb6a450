//! A position in a sequence of token trees, and what is looked at from there.
//!
//! rustc has lexed the script; this layer only joins punctuation to Python's operators.

use proc_macro2::{Delimiter, Group, Ident, Literal, Spacing, Span, TokenStream, TokenTree};

/// Python's operators of more than one character, longest first.
const OPERATORS: &[&str] = &[
    "**=", "<<=", ">>=", "...", "===", "!==", "**", ":=", "->", "=>", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=",
    "%=", "&=", "|=", "^=", "@=", "<<", ">>", "&&", "||", "++", "--", "::", "..",
];

/// A cursor over the trees of one delimited group or of the whole script.
#[derive(Clone)]
pub struct Tokens {
    trees: Vec<TokenTree>,
    at: usize,
    /// Where an error stands when the tokens have run out.
    end: Span,
}

/// An operator, with the span of its first character.
#[derive(Clone)]
pub struct Operator {
    pub text: &'static str,
    pub span: Span,
    pub length: usize,
}

impl Tokens {
    pub fn new(stream: TokenStream, end: Span) -> Tokens {
        let mut trees = Vec::new();
        flatten(stream, &mut trees);
        Tokens { trees, at: 0, end }
    }

    pub fn inside(group: &Group) -> Tokens {
        Tokens::new(group.stream(), group.span_close())
    }

    pub fn is_empty(&self) -> bool {
        self.at >= self.trees.len()
    }

    /// Where the next token stands, or the end of the group.
    pub fn span(&self) -> Span {
        self.peek().map_or(self.end, TokenTree::span)
    }

    /// Where the token before this position stands.
    pub fn previous_span(&self) -> Span {
        match self.at.checked_sub(1).and_then(|at| self.trees.get(at)) {
            Some(TokenTree::Group(group)) => group.span_close(),
            Some(tree) => tree.span(),
            None => self.end,
        }
    }

    pub fn peek(&self) -> Option<&TokenTree> {
        self.trees.get(self.at)
    }

    pub fn peek_at(&self, ahead: usize) -> Option<&TokenTree> {
        self.trees.get(self.at + ahead)
    }

    pub fn bump(&mut self) -> Option<TokenTree> {
        let tree = self.trees.get(self.at).cloned();
        self.at += usize::from(tree.is_some());
        tree
    }

    pub fn position(&self) -> usize {
        self.at
    }

    pub fn rewind(&mut self, position: usize) {
        self.at = position;
    }

    /// The tokens from `start` to here, as the user wrote them.
    pub fn since(&self, start: usize) -> TokenStream {
        self.trees[start..self.at].iter().cloned().collect()
    }

    pub fn rest(&mut self) -> TokenStream {
        let rest = self.trees[self.at..].iter().cloned().collect();
        self.at = self.trees.len();
        rest
    }

    pub fn peek_ident(&self) -> Option<&Ident> {
        match self.peek() {
            Some(TokenTree::Ident(ident)) => Some(ident),
            _ => None,
        }
    }

    pub fn peek_literal(&self) -> Option<&Literal> {
        match self.peek() {
            Some(TokenTree::Literal(literal)) => Some(literal),
            _ => None,
        }
    }

    pub fn peek_group(&self, delimiter: Delimiter) -> Option<&Group> {
        match self.peek() {
            Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
            _ => None,
        }
    }

    pub fn is_word(&self, word: &str) -> bool {
        self.peek_ident().is_some_and(|ident| ident == word)
    }

    pub fn is_word_at(&self, ahead: usize, word: &str) -> bool {
        matches!(self.peek_at(ahead), Some(TokenTree::Ident(ident)) if ident == word)
    }

    pub fn take_word(&mut self, word: &str) -> Option<Span> {
        if !self.is_word(word) {
            return None;
        }
        self.bump().map(|tree| tree.span())
    }

    pub fn take_ident(&mut self) -> Option<Ident> {
        let ident = self.peek_ident().cloned()?;
        self.at += 1;
        Some(ident)
    }

    pub fn take_group(&mut self, delimiter: Delimiter) -> Option<Group> {
        let group = self.peek_group(delimiter).cloned()?;
        self.at += 1;
        Some(group)
    }

    /// The operator here, the longest that the punctuation spells.
    pub fn operator(&self) -> Option<Operator> {
        let Some(TokenTree::Punct(first)) = self.peek() else {
            return None;
        };
        let span = first.span();
        OPERATORS.iter().find(|text| self.spells(text)).map(|text| Operator { text, span, length: text.len() }).or_else(
            || {
                let text = single(first.as_char())?;
                Some(Operator { text, span, length: 1 })
            },
        )
    }

    pub fn is_operator(&self, text: &str) -> bool {
        self.operator().is_some_and(|operator| operator.text == text)
    }

    pub fn take_operator(&mut self, text: &str) -> Option<Span> {
        let operator = self.operator().filter(|operator| operator.text == text)?;
        self.at += operator.length;
        Some(operator.span)
    }

    /// One character of punctuation, whatever it is joined to (`?`, `:` of a slice).
    pub fn is_char(&self, wanted: char) -> bool {
        matches!(self.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
    }

    pub fn take_char(&mut self, wanted: char) -> Option<Span> {
        if !self.is_char(wanted) {
            return None;
        }
        self.bump().map(|tree| tree.span())
    }

    fn spells(&self, text: &str) -> bool {
        let last = text.len() - 1;
        text.chars().enumerate().all(|(ahead, wanted)| match self.peek_at(ahead) {
            Some(TokenTree::Punct(punct)) => {
                punct.as_char() == wanted && (ahead == last || punct.spacing() == Spacing::Joint)
            }
            _ => false,
        })
    }
}

/// Groups without delimiters come from `macro_rules!` and mean nothing here.
fn flatten(stream: TokenStream, trees: &mut Vec<TokenTree>) {
    for tree in stream {
        match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                flatten(group.stream(), trees);
            }
            tree => trees.push(tree),
        }
    }
}

fn single(character: char) -> Option<&'static str> {
    const SINGLE: &[(char, &str)] = &[
        ('+', "+"),
        ('-', "-"),
        ('*', "*"),
        ('/', "/"),
        ('%', "%"),
        ('&', "&"),
        ('|', "|"),
        ('^', "^"),
        ('~', "~"),
        ('<', "<"),
        ('>', ">"),
        ('=', "="),
        ('!', "!"),
        (':', ":"),
        (';', ";"),
        (',', ","),
        ('.', "."),
        ('?', "?"),
        ('@', "@"),
        ('#', "#"),
        ('$', "$"),
        ('\'', "'"),
    ];
    SINGLE.iter().find(|(known, _)| *known == character).map(|(_, text)| *text)
}
