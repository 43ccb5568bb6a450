//! Operands that an operator does not take.

use proc_macro2::Span;

use super::Infer;
use crate::script::kind::Kind;
use crate::script::tree::BinaryOp;

impl Infer<'_> {
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
