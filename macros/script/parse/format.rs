//! `f "…{expr}…"`: the text is scanned here before its expressions are lexed, because rustc reports over the whole
//! call otherwise.

use proc_macro2::{Literal, Span, TokenStream, TokenTree};

use super::Parser;
use crate::script::token::Tokens;
use crate::script::tree::{Expr, ExprKind, FormatPart};

/// A piece of a format string before its expressions are parsed.
pub enum Piece {
    Text(String),
    Hole { source: String, debug: bool, conversion: Option<char>, spec: Vec<Piece> },
}

impl Parser<'_> {
    pub fn is_format(&self, tokens: &Tokens) -> bool {
        matches!(tokens.peek_at(1), Some(TokenTree::Literal(literal)) if is_text(literal))
    }

    /// `f` and the literal after it; adjacent strings, formatted or not, join.
    pub fn format(&mut self, tokens: &mut Tokens) -> Expr {
        let span = tokens.span();
        let mut parts = Vec::new();
        loop {
            let formatted = tokens.is_word("f") && self.is_format(tokens);
            if formatted {
                tokens.bump();
            }
            let Some(literal) = tokens.peek_literal().filter(|literal| is_text(literal)).cloned() else {
                break;
            };
            tokens.bump();
            let syn::Lit::Str(text) = syn::Lit::new(literal.clone()) else {
                break;
            };
            if formatted {
                match parse_format(&text.value()) {
                    Ok(pieces) => self.pieces(pieces, literal.span(), &mut parts),
                    Err(message) => self.complain(literal.span(), message),
                }
            } else {
                parts.push(FormatPart::Text(text.value()));
            }
        }
        self.make(span, tokens.previous_span(), ExprKind::Format(parts))
    }

    fn pieces(&mut self, pieces: Vec<Piece>, span: Span, parts: &mut Vec<FormatPart>) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => parts.push(FormatPart::Text(text)),
                Piece::Hole { source, debug, conversion, spec } => {
                    let Some(value) = self.hole(&source, span) else {
                        continue;
                    };
                    if debug {
                        parts.push(FormatPart::Text(format!("{source}=")));
                    }
                    let conversion = conversion.or((debug && spec.is_empty()).then_some('r'));
                    let mut spec_parts = Vec::new();
                    self.pieces(spec, span, &mut spec_parts);
                    parts.push(FormatPart::Value { value, conversion, spec: spec_parts });
                }
            }
        }
    }

    /// The expression between `{` and `}`, at the span of the whole literal.
    fn hole(&mut self, source: &str, span: Span) -> Option<Expr> {
        let stream: TokenStream = match source.parse() {
            Ok(stream) => stream,
            Err(_) => {
                self.complain(span, format!("`{source}` in this format string does not read as an expression"));
                return None;
            }
        };
        let mut tokens = Tokens::new(respan(stream, span), span);
        let value = self.expr_list(&mut tokens);
        self.must_end(&mut tokens, "`}`");
        Some(value)
    }
}

fn is_text(literal: &Literal) -> bool {
    let text = literal.to_string();
    text.starts_with('"') || text.starts_with("r\"") || text.starts_with("r#")
}

/// Splits the text of a format string; a message if it is malformed.
fn parse_format(text: &str) -> Result<Vec<Piece>, String> {
    let characters: Vec<char> = text.chars().collect();
    let (pieces, _) = scan(&characters, 0, false)?;
    Ok(pieces)
}

fn scan(characters: &[char], mut at: usize, in_spec: bool) -> Result<(Vec<Piece>, usize), String> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    while let Some(&character) = characters.get(at) {
        let doubled = characters.get(at + 1) == Some(&character);
        match character {
            '{' if doubled && !in_spec => {
                text.push('{');
                at += 2;
            }
            '{' => {
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                let (hole, after) = scan_hole(characters, at + 1)?;
                pieces.push(hole);
                at = after;
            }
            '}' if in_spec => break,
            '}' if doubled => {
                text.push('}');
                at += 2;
            }
            '}' => {
                return Err("a single `}` in a format string\nhelp: write `}}` for the character".to_owned());
            }
            _ => {
                text.push(character);
                at += 1;
            }
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Ok((pieces, at))
}

fn scan_hole(characters: &[char], start: usize) -> Result<(Piece, usize), String> {
    let end = hole_end(characters, start)?;
    let mut source: String = characters[start..end].iter().collect();
    let debug = source.trim_end().ends_with('=') && !source.trim_end().ends_with("==");
    if debug {
        let trimmed = source.trim_end().len() - 1;
        source.truncate(trimmed);
    }
    if source.trim().is_empty() {
        return Err("an empty `{}` in a format string\nhelp: write the expression between the braces".to_owned());
    }
    let mut at = end;
    let mut conversion = None;
    if characters.get(at) == Some(&'!') {
        conversion = characters.get(at + 1).copied();
        if !matches!(conversion, Some('r' | 's' | 'a')) {
            return Err("a conversion is `!r`, `!s` or `!a`".to_owned());
        }
        at += 2;
    }
    let mut spec = Vec::new();
    if characters.get(at) == Some(&':') {
        (spec, at) = scan(characters, at + 1, true)?;
    }
    if characters.get(at) != Some(&'}') {
        return Err("a `{` of this format string is not closed\nhelp: write `{{` for the character".to_owned());
    }
    Ok((Piece::Hole { source, debug, conversion, spec }, at + 1))
}

/// Where the expression ends: at `}`, at `:`, or at `!` that is not `!=`, outside brackets and strings.
fn hole_end(characters: &[char], start: usize) -> Result<usize, String> {
    let mut depth = 0usize;
    let mut quote = None;
    for (at, &character) in characters.iter().enumerate().skip(start) {
        if let Some(open) = quote {
            if character == open {
                quote = None;
            }
            continue;
        }
        match character {
            '"' | '\'' => quote = Some(character),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '}' if depth > 0 => depth -= 1,
            '}' => return Ok(at),
            ':' if depth == 0 => return Ok(at),
            '!' if depth == 0 && characters.get(at + 1) != Some(&'=') => return Ok(at),
            _ => {}
        }
    }
    Err("a `{` of this format string is not closed\nhelp: write `{{` for the character".to_owned())
}

fn respan(stream: TokenStream, span: Span) -> TokenStream {
    stream
        .into_iter()
        .map(|tree| match tree {
            TokenTree::Group(group) => {
                let mut inner = proc_macro2::Group::new(group.delimiter(), respan(group.stream(), span));
                inner.set_span(span);
                TokenTree::Group(inner)
            }
            mut tree => {
                tree.set_span(span);
                tree
            }
        })
        .collect()
}
