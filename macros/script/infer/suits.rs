//! What can't be done with values of a type: told where it is tried, with what to write instead.

use proc_macro2::Span;

use super::Infer;
use crate::script::kind::Kind;
use crate::script::model::Origin;
use crate::script::tree::{CompareOp, Expr, ExprKind};

impl Infer<'_> {
    /// Whether a value is certainly of a type that the language itself has.
    pub fn is_builtin_value(&self, kind: &Kind) -> bool {
        let names = ["int", "float", "bool", "str", "bytes", "list", "dict", "set", "frozenset", "tuple", "tuple..."];
        match kind {
            Kind::None => true,
            kind => kind.name().is_some_and(|name| names.contains(&name)),
        }
    }

    /// Whether the script itself says what a value can do.
    fn is_script_object(&self, kind: &Kind) -> bool {
        let class = kind.name().and_then(|name| self.model.classes.get(name));
        class.is_some_and(|class| class.origin == Origin::Script)
    }

    /// What a `for` over `iterable` binds.
    pub fn iterated_item(&mut self, kind: &Kind, iterable: &Expr) -> Kind {
        if let Some(item) = self.item_of(kind) {
            return item;
        }
        let kind = self.shallow(kind);
        let help = match &kind {
            kind if kind.is("int") => "write `range(…)` around it".to_owned(),
            Kind::None => "give it a list".to_owned(),
            kind if kind.is_number() => "give it a list, or `range(…)`".to_owned(),
            kind if self.is_script_object(kind) && self.lacks(kind, "__iter__") => {
                "give its class `def __iter__(self) -> Iterator[int]`, or of another type".to_owned()
            }
            _ => return Kind::Unknown,
        };
        let text = format!("`{}` can't be iterated over\nhelp: {help}", self.resolved(&kind));
        self.error(iterable.span, text);
        Kind::Unknown
    }

    fn lacks(&self, kind: &Kind, method: &str) -> bool {
        kind.name().is_some_and(|name| self.model.method(name, method).is_none())
    }

    /// Reports a sign before a value that is no number.
    pub fn no_number(&mut self, kind: &Kind, sign: &str, method: &str, span: Span) {
        let help = match kind {
            kind if kind.is("str") => "write `int(…)` around it".to_owned(),
            kind if self.is_script_object(kind) => format!("give its class `def {method}(self) -> {kind}`"),
            kind if self.is_builtin_value(kind) => "give it a number".to_owned(),
            _ => return,
        };
        let text = format!("`{sign}` stands before numbers, and this is `{}`\nhelp: {help}", self.resolved(kind));
        self.error(span, text);
    }

    /// Reports `<` and the like between values of types that have no order in common.
    pub fn no_order(&mut self, op: CompareOp, left: &Kind, right: &Kind, span: Span) {
        let text = match op {
            CompareOp::Lt => "<",
            CompareOp::Le => "<=",
            CompareOp::Gt => ">",
            CompareOp::Ge => ">=",
            _ => return,
        };
        let (left, right) = (self.resolved(left), self.resolved(right));
        let sets = |kind: &Kind| kind.is("set") || kind.is("frozenset");
        let tuples = |kind: &Kind| kind.is("tuple") || kind.is("tuple...");
        let alike = left.name() == right.name()
            || (left.is_number() && right.is_number())
            || (sets(&left) && sets(&right))
            || (tuples(&left) && tuples(&right));
        if alike || !self.is_builtin_value(&left) || !self.is_builtin_value(&right) {
            return;
        }
        let help = match (left.is("str"), right.is("str")) {
            (true, _) if right.is_number() => format!("write `{right}(…)` around the left side"),
            (_, true) if left.is_number() => format!("write `{left}(…)` around the right side"),
            _ => "compare values of one type".to_owned(),
        };
        self.error(span, format!("`{text}` has no meaning between `{left}` and `{right}`\nhelp: {help}"));
    }

    /// An empty list that is only shown or counted may be one of anything.
    pub fn of_anything(&mut self, function: &str, value: &Expr, kind: &Kind) {
        let is_empty = match &value.kind {
            ExprKind::List(items) => items.is_empty(),
            ExprKind::Dict(entries) => entries.is_empty(),
            _ => false,
        };
        if is_empty && matches!(function, "print" | "len" | "str" | "repr" | "bool") {
            for item in kind.args() {
                self.flow(&Kind::int(), item);
            }
        }
    }

    /// Reports an argument of a builtin function that this one does nothing with.
    pub fn unsuited(&mut self, function: &str, kind: &Kind, count: usize, span: Span) {
        let kind = self.resolved(kind);
        let shown = kind.to_string();
        let text = match function {
            "len" if kind.is_number() || matches!(kind, Kind::None) => {
                format!("`{shown}` has no length\nhelp: give `len` a container or a text")
            }
            "len" if self.is_script_object(&kind) && self.lacks(&kind, "__len__") => {
                format!("`{shown}` has no length\nhelp: give its class `def __len__(self) -> int`")
            }
            "sum" if count == 1 => match self.item_of(&kind) {
                Some(item) if item.is("str") => {
                    "`sum` adds numbers, and these are `str`\nhelp: write `\"\".join(…)`".to_owned()
                }
                _ => return,
            },
            "int" | "float" if self.is_builtin_value(&kind) => {
                match kind.is_number() || kind.is("str") || kind.is("bytes") {
                    true => return,
                    false => format!(
                        "`{function}` makes numbers of numbers and texts, and this is `{shown}`\nhelp: take one item of it"
                    ),
                }
            }
            _ => return,
        };
        self.error(span, text);
    }
}
