//! The place in the script that generated code stands for: what rustc finds wrong with it is shown there.

use std::cell::Cell;

use ::quote::ToTokens;
use proc_macro2::{Delimiter, Group, Span, TokenStream};

use crate::script::tree::{Expr, ExprKind};

thread_local! {
    /// The token of the script that is being expanded.
    static HERE: Cell<Option<Span>> = const { Cell::new(None) };
}

/// As `quote::quote!`; its own tokens are at the place that is being expanded.
macro_rules! quote {
    ($($tokens:tt)*) => { ::quote::quote_spanned!($crate::script::expand::here::here() => $($tokens)*) };
}
pub(crate) use quote;

/// The span of generated tokens: that of the script's token, so that rustc sees one piece of code with it.
pub fn here() -> Span {
    HERE.get().unwrap_or_else(Span::call_site)
}

/// The span of the macro's own names.
pub fn own() -> Span {
    HERE.get().map_or_else(Span::mixed_site, |place| Span::mixed_site().located_at(place))
}

/// `unsafe { … }`, which is the macro's own wherever it stands: a crate may forbid that of its own code.
pub fn unsafe_block(body: TokenStream) -> TokenStream {
    let own = own();
    let mut block = Group::new(Delimiter::Brace, body);
    block.set_span(own);
    ::quote::quote_spanned!(own => unsafe #block)
}

/// Expands at a place; `None`: at no place of the script's.
pub fn at<R>(place: Option<Span>, expand: impl FnOnce() -> R) -> R {
    let outer = HERE.replace(place);
    let expanded = expand();
    HERE.set(outer);
    expanded
}

/// The token that says what an expression does.
pub fn place_of(expr: &Expr) -> Span {
    match &expr.kind {
        ExprKind::Attribute { name: Some(name), .. } => name.span(),
        ExprKind::Call { callee, .. } => callee.end,
        ExprKind::Binary { op_span, .. } => *op_span,
        _ => expr.span,
    }
}

/// A path of the macro's own that is always written at the place that is being expanded.
#[derive(Clone)]
pub struct Path(pub TokenStream);

impl ToTokens for Path {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let here = here();
        tokens.extend(self.0.clone().into_iter().map(|mut token| {
            token.set_span(here);
            token
        }));
    }
}
