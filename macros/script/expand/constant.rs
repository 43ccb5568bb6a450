//! Constants among items: Rust's constants, so their values are computed by rustc.

use super::here::quote;
use proc_macro2::TokenStream;

use super::{Expander, ident};
use crate::script::kind::Kind;
use crate::script::tree::{BinaryOp, Expr, ExprKind, UnaryOp};

impl Expander<'_> {
    /// `LIMIT: int = 3;`
    pub fn constant(&mut self, target: &Expr, value: &Expr, public: Option<&TokenStream>) -> TokenStream {
        let ExprKind::Name(name) = &target.kind else {
            return TokenStream::new();
        };
        let name = ident(&name.to_string(), name.span());
        let kind = self.types.kind(target);
        let ty = self.ty(&kind);
        let value = self.constant_value(value, &kind);
        let lints = super::function::lints();
        quote!(#lints #public const #name: #ty = #value;)
    }

    /// Operators of numbers as those of Rust, which constants can have.
    fn constant_value(&mut self, expr: &Expr, wanted: &Kind) -> TokenStream {
        let kind = self.types.kind(expr);
        let value = match &expr.kind {
            ExprKind::Binary { left, op, right, .. } if is_constant(*op, &kind) => {
                let left = self.constant_value(left, &kind);
                let right = self.constant_value(right, &kind);
                self.constant_operator(*op, left, right)
            }
            // `floordiv(a, b)`: the only call that a constant can have.
            ExprKind::Call { args, .. } => {
                let operands: Vec<TokenStream> =
                    args.iter().map(|arg| self.constant_value(&arg.value, &kind)).collect();
                let py = &self.py;
                quote!(#py::number::constant::floordiv(#(#operands),*))
            }
            ExprKind::Unary { op, value: inner } if kind.is_number() => {
                let value = self.constant_value(inner, &kind);
                match op {
                    // The smallest int has no positive counterpart.
                    UnaryOp::Neg if matches!(inner.kind, ExprKind::Int(_)) => self.value(expr),
                    UnaryOp::Neg => quote!((-#value)),
                    UnaryOp::Pos => value,
                    UnaryOp::Invert => quote!((!#value)),
                }
            }
            _ => return self.value_as(expr, wanted),
        };
        self.coerce(value, &kind, wanted, expr.span)
    }

    fn constant_operator(&self, op: BinaryOp, left: TokenStream, right: TokenStream) -> TokenStream {
        let py = &self.py;
        let function = match op {
            BinaryOp::Add => return quote!((#left + #right)),
            BinaryOp::Sub => return quote!((#left - #right)),
            BinaryOp::Mul => return quote!((#left * #right)),
            BinaryOp::TrueDiv => return quote!((#left / #right)),
            BinaryOp::And => return quote!((#left & #right)),
            BinaryOp::Or => return quote!((#left | #right)),
            BinaryOp::Xor => return quote!((#left ^ #right)),
            BinaryOp::Shl => quote!(shl),
            BinaryOp::Shr => quote!(shr),
            BinaryOp::FloorDiv => quote!(floordiv),
            BinaryOp::Mod => quote!(rem),
            BinaryOp::Pow => quote!(pow),
        };
        quote!(#py::number::constant::#function(#left, #right))
    }
}

/// Whether rustc can compute the operator; `/` has a float for its result.
fn is_constant(op: BinaryOp, result: &Kind) -> bool {
    let of_both = matches!(op, BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::TrueDiv);
    result.is("int") || (of_both && result.is("float"))
}
