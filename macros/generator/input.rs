//! What `generator!` is given: `|a, mut b: T = value| -> R { body }`.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Block, Expr, Ident, ReturnType, Stmt, Token, Type};

pub struct Input {
    pub parameters: Vec<Parameter>,
    pub output: ReturnType,
    pub body: Block,
}

/// A variable that the body starts with.
pub struct Parameter {
    pub name: Ident,
    pub ty: Option<Type>,
    /// What it is, if not the variable of that name outside.
    pub value: Option<Expr>,
}

impl Parse for Input {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        input.parse::<Option<Token![move]>>()?;
        let parameters = parameters(input)?;
        let output = input.parse()?;
        let body = body(input)?;
        if !input.is_empty() {
            return Err(input.error("unexpected after the body of the generator"));
        }
        Ok(Input { parameters, output, body })
    }
}

fn parameters(input: ParseStream) -> syn::Result<Vec<Parameter>> {
    let mut parameters = Vec::new();
    if input.peek(Token![||]) {
        input.parse::<Token![||]>()?;
        return Ok(parameters);
    }
    if !input.peek(Token![|]) {
        if input.peek(syn::token::Brace) {
            return Ok(parameters);
        }
        return Err(input.error(
            "expected `|`\nhelp: write `generator!(|node, mut count = 0| { … })`: variables that the body starts with, then \
             the body",
        ));
    }
    input.parse::<Token![|]>()?;
    while !input.peek(Token![|]) {
        input.parse::<Option<Token![mut]>>()?;
        let name = input.parse()?;
        let ty = if input.parse::<Option<Token![:]>>()?.is_some() { Some(input.parse()?) } else { None };
        let value = if input.parse::<Option<Token![=]>>()?.is_some() { Some(value(input)?) } else { None };
        parameters.push(Parameter { name, ty, value });
        if !input.peek(Token![|]) {
            input.parse::<Token![,]>()?;
        }
    }
    input.parse::<Token![|]>()?;
    Ok(parameters)
}

/// An expression that ends before `|`, or before the first `,` at which it is one.
fn value(input: ParseStream) -> syn::Result<Expr> {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![|]) {
        if input.peek(Token![,])
            && let Ok(value) = syn::parse2(tokens.clone())
        {
            return Ok(value);
        }
        tokens.extend([input.parse::<TokenTree>()?]);
    }
    if tokens.is_empty() {
        return Err(input.error("expected a value"));
    }
    syn::parse2(tokens)
}

/// A block, or an expression as one.
fn body(input: ParseStream) -> syn::Result<Block> {
    if input.peek(syn::token::Brace) {
        return input.parse();
    }
    let value: Expr = input.parse()?;
    let mut block: Block = syn::parse_quote!({});
    block.stmts.push(Stmt::Expr(value, None));
    Ok(block)
}

impl Parameter {
    /// The value that it starts with.
    pub fn start(&self) -> TokenStream {
        self.value.as_ref().map_or_else(|| self.name.to_token_stream(), ToTokens::to_token_stream)
    }
}
