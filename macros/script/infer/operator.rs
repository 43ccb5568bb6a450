//! Operators and comparisons.

use proc_macro2::Span;

use super::Infer;
use crate::script::kind::Kind;
use crate::script::message;
use crate::script::tree::{BinaryOp, CompareOp, Expr, UnaryOp};

impl Infer<'_> {
    pub fn unary(&mut self, op: UnaryOp, value: &Expr, expected: Option<&Kind>) -> Kind {
        let kind = self.expr(value, expected);
        let kind = self.shallow(&kind);
        if kind.is("any") {
            self.no_any_operator(method_sign(op), value.span);
            return Kind::Unknown;
        }
        if kind.is("bool") {
            return Kind::int();
        }
        if kind.is("int") || kind.is("float") {
            return kind;
        }
        let method = match op {
            UnaryOp::Neg => "__neg__",
            UnaryOp::Pos => "__pos__",
            UnaryOp::Invert => "__invert__",
        };
        match kind.name().and_then(|name| self.model.method(name, method)) {
            Some((_, signature)) => signature.result.clone(),
            None => {
                let sign = method_sign(op);
                self.no_number(&kind, sign, method, value.span);
                Kind::Unknown
            }
        }
    }

    pub fn binary_kind(&mut self, op: BinaryOp, left: &Kind, right: &Kind, span: Span) -> Kind {
        let (left, right) = (self.shallow(left).unwrapped().clone(), self.shallow(right).unwrapped().clone());
        if left.is_number() && right.is_number() {
            let is_float = left.is("float") || right.is("float");
            let is_bool = left.is("bool") && right.is("bool");
            return match op {
                BinaryOp::TrueDiv => Kind::float(),
                BinaryOp::And | BinaryOp::Or | BinaryOp::Xor if is_bool => Kind::bool(),
                _ if is_float => Kind::float(),
                _ => Kind::int(),
            };
        }
        if op == BinaryOp::Mod && left.is("str") {
            self.error(span, message::PERCENT);
            return Kind::str();
        }
        let (owner, other, method) = match self.model.is_reflected(op, &left, &right) {
            true => (&right, &left, op.reflected()),
            false => (&left, &right, format!("__{}__", op.method())),
        };
        if let Some(name) = owner.name()
            && let Some((class, signature)) = self.model.method(name, &method)
        {
            let generics = class.generics.clone();
            let (params, result) = self.instantiate(&signature, Some((&generics, owner.args())));
            if let Some(param) = params.first() {
                self.flow(other, param);
            }
            if signature.must_handle {
                self.must_handle(span, &format!("`{}`", op.text()));
            }
            return result;
        }
        if let Some(name) = left.name()
            && self.model.is_script_class(name)
        {
            let text = format!(
                "`{name}` has no operator `{}`\nhelp: give it `def __{}__(self, other: {name})`",
                op.text(),
                op.method()
            );
            self.error(span, text);
            return Kind::Unknown;
        }
        if left.is("any") || right.is("any") {
            self.no_any_operator(op.text(), span);
            return Kind::Unknown;
        }
        let sequence = |kind: &Kind| matches!(kind.name(), Some("list" | "str" | "bytes" | "tuple..." | "tuple"));
        match op {
            BinaryOp::Add if sequence(&left) => {
                self.mismatch(op, &left, &right, span);
                if left.is("tuple") && right.is("tuple") {
                    let items = left.args().iter().chain(right.args()).cloned().collect();
                    return Kind::with("tuple", items);
                }
                self.flow(&right, &left);
                left
            }
            BinaryOp::Mul if sequence(&left) => {
                self.times(&left, &right, span);
                left
            }
            BinaryOp::Mul if sequence(&right) => {
                self.times(&right, &left, span);
                right
            }
            BinaryOp::And | BinaryOp::Or | BinaryOp::Sub | BinaryOp::Xor
                if matches!(left.name(), Some("set" | "frozenset" | "DictKeys")) =>
            {
                match left.args() {
                    [key, ..] if left.is("DictKeys") => Kind::with("set", vec![key.clone()]),
                    _ => left,
                }
            }
            BinaryOp::Or if left.is("dict") => left,
            _ => {
                self.mismatch(op, &left, &right, span);
                Kind::Unknown
            }
        }
    }

    pub fn compare(&mut self, first: &Expr, rest: &[(CompareOp, Span, Expr)]) -> Kind {
        let mut left = self.expr(first, None);
        for (op, span, operand) in rest {
            let known = self.shallow(&left);
            let expected = match op {
                CompareOp::Eq | CompareOp::Ne | CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => {
                    Some(known.clone()).filter(|kind| !kind.is_unknown() && !kind.is_number())
                }
                _ => None,
            };
            let right = self.expr(operand, expected.as_ref());
            self.tested_for_none(first, operand);
            self.no_order(*op, &known, &right, *span);
            if let Some(name) = known.name()
                && self.model.is_script_class(name)
            {
                let method = match op {
                    CompareOp::Lt | CompareOp::Gt => Some(("__lt__", "<")),
                    CompareOp::Le | CompareOp::Ge => Some(("__le__", "<=")),
                    _ => None,
                };
                if let Some((method, text)) = method
                    && self.model.method(name, method).is_none()
                    && self.model.method(name, &method.replace("l", "g")).is_none()
                {
                    let text = format!(
                        "`{name}` has no order: `{text}` needs `{method}`\nhelp: give it `def {method}(self, other: {name}) -> bool`"
                    );
                    self.error(*span, text);
                }
            }
            if matches!(op, CompareOp::In | CompareOp::NotIn) {
                let container = self.shallow(&right);
                if container.is_number() {
                    let text = format!("`{container}` contains nothing: `in` needs a container");
                    self.error(operand.span, text);
                }
            }
            left = right;
        }
        Kind::bool()
    }

    /// Operands of builtin types that no operator takes.
    pub fn mismatch(&mut self, op: BinaryOp, left: &Kind, right: &Kind, span: Span) {
        let builtin = |kind: &Kind| {
            let names = ["int", "float", "bool", "str", "bytes", "list", "dict", "set", "tuple", "range"];
            kind.name().is_some_and(|name| names.contains(&name))
        };
        let adds =
            |kind: &Kind| matches!(op, BinaryOp::Add) && !(kind.is("dict") || kind.is("set") || kind.is("range"));
        let nothing = |one: &Kind, other: &Kind| matches!(one, Kind::None | Kind::Function(..)) && builtin(other);
        let mixed = builtin(left) && builtin(right) && (left.name() != right.name() || !adds(left));
        if mixed || nothing(left, right) || nothing(right, left) {
            let (left, right) = (self.resolved(left), self.resolved(right));
            let help = match (left.is("str"), right.is("str")) {
                (true, false) if op == BinaryOp::Add => {
                    "\nhelp: write `str(…)` around the right side, or use `f \"…{value}…\"`"
                }
                (false, true) if op == BinaryOp::Add => {
                    "\nhelp: write `str(…)` around the left side, or use `f \"…{value}…\"`"
                }
                _ if matches!(left, Kind::Function(..)) => "\nhelp: call it: the left side is a function",
                _ if matches!(right, Kind::Function(..)) => "\nhelp: call it: the right side is a function",
                _ => "",
            };
            let text = format!("unsupported operand types for `{}`: `{left}` and `{right}`{help}", op.text());
            self.error(span, text);
        }
    }

    /// Only a whole number repeats a sequence.
    pub fn times(&mut self, sequence: &Kind, times: &Kind, span: Span) {
        if self.is_builtin_value(times) && !times.is("int") && !times.is("bool") {
            let (sequence, times) = (self.resolved(sequence), self.resolved(times));
            let text = format!(
                "unsupported operand types for `*`: `{sequence}` and `{times}`\nhelp: a `{sequence}` is repeated by an `int`"
            );
            self.error(span, text);
        }
    }
}

fn method_sign(op: UnaryOp) -> &'static str {
    match op {
        UnaryOp::Neg => "-",
        UnaryOp::Pos => "+",
        UnaryOp::Invert => "~",
    }
}
