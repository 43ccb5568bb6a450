//! What can't be done with values of a type: told where it is tried, with what to write instead.

use proc_macro2::Span;

use super::Infer;
use crate::script::kind::Kind;
use crate::script::model::Origin;
use crate::script::tree::{Argument, BinaryOp, CompareOp, Expr, ExprKind};

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
            "len" if matches!(kind, Kind::Optional(_)) => {
                format!(
                    "this is `{shown}`: it may be `None`, which has no length\nhelp: test it first: `if x is not None {{ … }}`"
                )
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

    /// Reports `value[…]` of a value that has no items by place or key.
    pub fn no_items(&mut self, kind: &Kind, span: Span) {
        let help = match kind {
            Kind::None => "",
            kind if kind.is_number() => "",
            kind if kind.is("set") || kind.is("frozenset") || kind.is_iterator() => {
                "\nhelp: make a list of it: `list(…)`"
            }
            Kind::Function(..) => "\nhelp: call it first",
            _ => return,
        };
        let text = format!("`{}` can't be indexed{help}", self.resolved(kind));
        self.error(span, text);
    }

    /// Reports an assignment to an item of a value that never changes.
    pub fn fixed(&mut self, target: &Expr) {
        let ExprKind::Index { value, .. } = &target.kind else { return };
        let kind = self.kinds.get(value.id).cloned().unwrap_or(Kind::Unknown);
        let kind = self.resolved(&kind);
        let help = match kind.unwrapped().name() {
            Some("str") => "make a new one: `s = s.replace(…);`",
            Some("tuple" | "tuple...") => "make a new one, or take a list",
            Some("bytes") => "make a new one",
            _ => return,
        };
        self.error(value.span, format!("items of `{kind}` can't be assigned\nhelp: {help}"));
    }

    /// Reports `a, b = value` for a value without parts.
    pub fn no_parts(&mut self, kind: &Kind, count: usize, span: Span) {
        let kind = self.resolved(kind);
        let has_none = kind.is_number()
            || matches!(kind, Kind::None | Kind::Function(..))
            || (self.is_script_object(&kind) && self.lacks(&kind, "__iter__"));
        if has_none {
            self.error(span, format!("`{kind}` can't be unpacked into {count} names\nhelp: give it a tuple"));
        }
    }

    /// Reports a key, or an item of a set, that can change.
    pub fn hashable(&mut self, kind: &Kind, span: Span) {
        let kind = self.resolved(kind);
        let help = match kind.name() {
            Some("list") => "make it a tuple",
            Some("set") => "write `frozenset(…)` around it",
            Some("dict") => "make it a tuple of its items",
            _ => return,
        };
        self.error(
            span,
            format!("unhashable type: `{kind}` can change, so it is no key and no item of a set\nhelp: {help}"),
        );
    }

    /// Reports arguments of builtin functions that take one type only.
    pub fn wrong_arguments(&mut self, function: &str, args: &[Argument], kinds: &[Kind]) {
        let wanted = match function {
            "range" | "chr" | "bin" | "oct" | "hex" => Kind::int(),
            "ord" if !kinds.iter().any(|kind| kind.is("bytes")) => Kind::str(),
            "round" | "abs" => {
                let text = kinds.first().filter(|kind| kind.is("str") || kind.is("list"));
                if let (Some(kind), Some(arg)) = (text, args.first()) {
                    let kind = self.resolved(kind);
                    self.error(arg.value.span, format!("`{function}` takes a number, and this is `{kind}`"));
                }
                return;
            }
            "pow" => {
                if let ([left, right, ..], Some(arg)) = (kinds, args.get(1))
                    && self.model.method(left.name().unwrap_or_default(), "__pow__").is_none()
                    && !(left.is_number() && right.is_number())
                {
                    self.mismatch(BinaryOp::Pow, left, right, arg.value.span);
                }
                return;
            }
            _ => return,
        };
        for (arg, kind) in args.iter().zip(kinds) {
            self.has_type(kind, &wanted, &arg.value);
        }
    }
}
