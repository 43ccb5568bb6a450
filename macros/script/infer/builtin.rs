//! Builtin functions and methods whose types no plain signature describes.

use proc_macro2::Ident;

use super::call::Arguments;
use super::{Infer, Plan, Target};
use crate::script::builtin;
use crate::script::kind::Kind;
use crate::script::model::Origin;
use crate::script::tree::{Argument, CompareOp, Expr, ExprKind};

impl Infer<'_> {
    pub fn call_builtin(&mut self, name: &Ident, args: Arguments<'_>, expected: Option<&Kind>) -> Plan {
        let text = name.to_string();
        if text == "open" {
            return self.open(name, args, expected);
        }
        let result = self.builtin_result(name, &text, args, expected);
        Plan { result, ..Plan::loose(Target::Builtin(text)) }
    }

    /// `open(path, mode, buffering, encoding)`
    fn open(&mut self, name: &Ident, args: Arguments<'_>, expected: Option<&Kind>) -> Plan {
        let is_mode = |(at, arg): &(usize, &Argument)| arg.name.as_ref().map_or(*at == 1, |name| name == "mode");
        if let Some((_, mode)) = args.iter().enumerate().find(is_mode)
            && let ExprKind::Str(letters) = &mode.value.kind
            && letters.contains('b')
        {
            let message =
                "files are opened as text\nhelp: leave `b` out, or read the bytes in Rust: `std::fs::read(path)`";
            self.error(mode.value.span, message);
        }
        self.call_module("io", name, args, expected)
    }

    fn builtin_result(&mut self, name: &Ident, text: &str, args: Arguments<'_>, expected: Option<&Kind>) -> Kind {
        let lookup = match text {
            "print" => &["sep", "end", "file", "flush"][..],
            "sorted" => &["key", "reverse"],
            "min" | "max" => &["key", "default"],
            "sum" | "enumerate" => &["start"],
            "round" => &["ndigits"],
            _ => &[],
        };
        for arg in args.iter() {
            if let Some(keyword) = &arg.name
                && !lookup.iter().any(|known| keyword == known)
            {
                self.error(keyword.span(), format!("`{text}` has no parameter `{keyword}`"));
            }
        }
        let (least, most) = match text {
            "print" => (0, usize::MAX),
            "zip" => (1, 7),
            "list" | "dict" | "set" | "frozenset" | "tuple" | "str" | "int" | "float" | "bool" | "bytes" | "input"
            | "super" => (0, 2),
            "range" => (1, 3),
            "min" | "max" => (1, usize::MAX),
            "isinstance" | "issubclass" | "divmod" | "floordiv" | "filter" => (2, 2),
            "map" => (2, 4),
            "pow" => (2, 3),
            "round" | "sum" | "enumerate" | "next" | "iter" | "format" => (1, 2),
            _ => (1, 1),
        };
        let positional = args.iter().filter(|arg| arg.name.is_none()).count();
        if positional < least || positional > most {
            let wanted = match (least, most) {
                (least, usize::MAX) => format!("at least {least}"),
                (least, most) if least == most => least.to_string(),
                (least, most) => format!("{least} to {most}"),
            };
            let place = if positional < least { args.close } else { args[most].value.span };
            self.error(place, format!("`{text}` takes {wanted} arguments, and {positional} are given"));
        }
        self.builtin_kind(name, text, &args, expected)
    }

    fn builtin_kind(&mut self, name: &Ident, text: &str, args: &[Argument], expected: Option<&Kind>) -> Kind {
        let name_span = name.span();
        match text {
            "sorted" | "min" | "max" => return self.ordered(text, args, expected),
            "map" | "filter" => return self.mapped(text, args),
            "isinstance" => return self.isinstance(args),
            "list" | "set" | "tuple" if args.is_empty() => {
                let expected = expected.map(|kind| self.shallow(kind.unwrapped())).filter(|kind| kind.is(text));
                return match expected {
                    Some(kind) => kind,
                    None if text == "tuple" => Kind::with("tuple", Vec::new()),
                    None => Kind::with(text, vec![self.fresh()]),
                };
            }
            "dict" if args.is_empty() => {
                return Kind::with("dict", vec![self.fresh(), self.fresh()]);
            }
            "super" => {
                self.error(name.span(), "`super()` is followed by a method: `super().__init__(…)`");
                return Kind::Unknown;
            }
            _ => {}
        }
        let kinds: Vec<Kind> = args
            .iter()
            .map(|arg| {
                let kind = self.expr(&arg.value, None);
                self.of_anything(text, &arg.value, &kind);
                self.shallow(&kind)
            })
            .collect();
        let first = kinds.first().cloned().unwrap_or(Kind::Unknown);
        let item = self.item_of(&first).unwrap_or(Kind::Unknown);
        if let Some(method) = builtin::special_method(text)
            && let Some(name) = first.unwrapped().name()
            && let Some((class, signature)) = self.model.method(name, method)
            && class.origin == Origin::Script
        {
            if signature.must_handle {
                self.must_handle(name_span, &format!("`{method}`"));
            }
            return signature.result.clone();
        }
        if let Some(arg) = args.first() {
            self.unsuited(text, &first, args.len(), arg.value.span);
            self.wrong_arguments(text, args, &kinds);
        }
        match text {
            "print" => Kind::None,
            "len" | "int" | "ord" | "hash" | "id" => Kind::int(),
            "float" => Kind::float(),
            "bool" | "any" | "all" | "isinstance" | "issubclass" | "callable" => Kind::bool(),
            "str" | "repr" | "chr" | "input" | "format" | "ascii" | "bin" | "oct" | "hex" => Kind::str(),
            "bytes" => {
                if let ([text], true) = (args, first.is("str")) {
                    let message = "a `str` has no bytes without an encoding\nhelp: write `bytes(text, \"utf-8\")`, or `text.encode()`";
                    self.error(text.value.span, message);
                }
                Kind::named("bytes")
            }
            "range" => Kind::named("range"),
            "enumerate" => Kind::with("Iterator", vec![Kind::with("tuple", vec![Kind::int(), item])]),
            "zip" => {
                let items = kinds.iter().map(|kind| self.item_of(kind).unwrap_or(Kind::Unknown)).collect();
                Kind::with("Iterator", vec![Kind::with("tuple", items)])
            }
            "reversed" | "iter" => Kind::with("Iterator", vec![item]),
            "next" => {
                let item = match first.name().and_then(|name| self.model.method(name, "__next__")) {
                    Some((_, signature)) => signature.result.clone(),
                    None => item,
                };
                match kinds.get(1) {
                    Some(default) => self.join(&item, default).unwrap_or(item),
                    None => item,
                }
            }
            "list" => Kind::list(item),
            "set" | "frozenset" => Kind::with(text, vec![item]),
            "tuple" => Kind::with("tuple...", vec![item]),
            "dict" => match first.is("dict") {
                true => first,
                false => match item {
                    Kind::Named(name, pair) if &*name == "tuple" && pair.len() == 2 => Kind::with("dict", pair),
                    _ => Kind::Unknown,
                },
            },
            "sum" => {
                if item.is("bool") {
                    Kind::int()
                } else {
                    item
                }
            }
            "abs" => match first.is("bool") {
                true => Kind::int(),
                false => first,
            },
            "round" if kinds.len() == 2 => first,
            "round" => Kind::int(),
            "divmod" => {
                let kind = self.number(&kinds);
                Kind::with("tuple", vec![kind.clone(), kind])
            }
            "floordiv" => match first.is_number() {
                true => self.number(&kinds),
                false => match first.name().and_then(|name| self.model.method(name, "__floordiv__")) {
                    Some((_, signature)) => signature.result.clone(),
                    None => Kind::Unknown,
                },
            },
            "pow" => self.number(&kinds),
            "type" => match &first {
                Kind::Named(name, _) if self.model.classes.contains_key(&**name) => Kind::Class(name.clone()),
                _ => Kind::Unknown,
            },
            _ => Kind::Unknown,
        }
    }

    fn number(&self, kinds: &[Kind]) -> Kind {
        match kinds.iter().any(|kind| kind.is("float")) {
            true => Kind::float(),
            false => Kind::int(),
        }
    }

    fn ordered(&mut self, text: &str, args: &[Argument], expected: Option<&Kind>) -> Kind {
        let mut positional = args.iter().filter(|arg| arg.name.is_none());
        let several = positional.clone().count() > 1;
        let wanted = expected.cloned().filter(|_| text == "sorted");
        let first = match positional.next() {
            Some(arg) => self.expr(&arg.value, wanted.as_ref()),
            None => return Kind::Unknown,
        };
        let item = match several {
            true => {
                let mut item = first;
                for arg in positional {
                    let kind = self.expr(&arg.value, None);
                    item = match self.join(&item, &kind) {
                        Some(item) => item,
                        None => {
                            self.no_order(CompareOp::Lt, &item, &kind, arg.value.span);
                            Kind::Unknown
                        }
                    };
                }
                item
            }
            false => self.item_of(&first).unwrap_or(Kind::Unknown),
        };
        for arg in args {
            match &arg.name {
                Some(name) if name == "key" => {
                    let result = self.fresh();
                    let wanted = Kind::Function(vec![item.clone()], Box::new(result));
                    let kind = self.expr(&arg.value, Some(&wanted));
                    self.flow(&kind, &wanted);
                }
                Some(_) => {
                    self.expr(&arg.value, None);
                }
                None => {}
            }
        }
        let is_none = |arg: &Argument| {
            arg.name.as_ref().is_some_and(|name| name == "default") && matches!(arg.value.kind, ExprKind::None)
        };
        match text {
            "sorted" => Kind::list(item),
            _ if args.iter().any(is_none) => item.optional(),
            _ => item,
        }
    }

    fn mapped(&mut self, text: &str, args: &[Argument]) -> Kind {
        let [function, first, rest @ ..] = args else {
            self.loose(args);
            return Kind::Unknown;
        };
        let mut item = |source: &Argument| {
            let kind = self.expr(&source.value, None);
            self.item_of(&kind).unwrap_or(Kind::Unknown)
        };
        let first = item(first);
        let items = std::iter::once(first.clone()).chain(rest.iter().map(item)).collect();
        let result = self.fresh();
        let wanted = Kind::Function(items, Box::new(result.clone()));
        let found = self.expr(&function.value, Some(&wanted));
        self.flow(&found, &wanted);
        match text {
            "filter" => Kind::with("Iterator", vec![first]),
            _ => Kind::with("Iterator", vec![self.shallow(&result)]),
        }
    }

    fn isinstance(&mut self, args: &[Argument]) -> Kind {
        let [value, class] = args else {
            self.loose(args);
            return Kind::bool();
        };
        self.expr(&value.value, None);
        let classes: Vec<&Expr> = match &class.value.kind {
            ExprKind::Tuple(items) => items.iter().collect(),
            _ => vec![&class.value],
        };
        for class in classes {
            let kind = self.expr(class, None);
            if !matches!(kind, Kind::Class(_)) {
                let builtin = matches!(&class.kind, ExprKind::Name(name)
                    if crate::script::builtin::TYPES.iter().any(|(known, _)| name == known));
                if !builtin {
                    self.error(class.span, "`isinstance` takes a class\nhelp: write `isinstance(x, ClassName)`");
                }
            }
        }
        Kind::bool()
    }

    /// Whether `d.update(…)` is given something else than a dict.
    fn gives_pairs(&mut self, arg: &Argument) -> bool {
        let kind = self.expr(&arg.value, None);
        let kind = self.shallow(&kind).unwrapped().clone();
        !kind.is("dict") && self.item_of(&kind).is_some_and(|item| self.shallow(&item).is("tuple"))
    }

    /// Methods of containers whose result depends on the number of arguments, or that take functions.
    pub fn container_method(&mut self, class: &str, kinds: &[Kind], name: &Ident, args: &[Argument]) -> Option<Plan> {
        let text = name.to_string();
        let result = match (class, text.as_str(), kinds) {
            ("dict" | "WeakValueDictionary" | "WeakKeyDictionary", "get" | "pop", [key, value]) if args.len() <= 2 => {
                for (arg, wanted) in args.iter().zip([key, value]) {
                    let kind = self.expr(&arg.value, Some(wanted));
                    if !matches!(kind, Kind::None) {
                        self.flow(&kind, wanted);
                    }
                }
                match (text.as_str(), args.get(1).map(|arg| &arg.value.kind)) {
                    ("get", None) | (_, Some(ExprKind::None)) => value.clone().optional(),
                    _ => value.clone(),
                }
            }
            ("dict", "update", [key, value])
                if let [pairs] = args
                    && self.gives_pairs(pairs) =>
            {
                let wanted = Kind::with("Iterable", vec![Kind::with("tuple", vec![key.clone(), value.clone()])]);
                let kind = self.expr(&pairs.value, Some(&wanted));
                self.flow(&kind, &wanted);
                let target = Target::BuiltinMethod { class: class.to_owned(), name: "update_from".to_owned() };
                return Some(Plan { result: Kind::None, args: vec![Some(0)], ..Plan::loose(target) });
            }
            ("set" | "frozenset", text, [item])
                if args.len() != 1 && (is_set_algebra(text) || class == "set" && is_set_update(text)) =>
            {
                let wanted = Kind::with("Iterable", vec![item.clone()]);
                for arg in args {
                    let kind = self.expr(&arg.value, Some(&wanted));
                    self.flow(&kind, &wanted);
                }
                match is_set_update(text) {
                    true => Kind::None,
                    false => Kind::with(class, vec![item.clone()]),
                }
            }
            ("tuple...", "count" | "index", [item]) if let [arg] = args => {
                let kind = self.expr(&arg.value, Some(item));
                self.flow(&kind, item);
                self.fits(&kind, item, &arg.value);
                Kind::int()
            }
            ("list", "sort", [item]) => {
                for arg in args {
                    match &arg.name {
                        Some(keyword) if keyword == "key" => {
                            let result = self.fresh();
                            let wanted = Kind::Function(vec![item.clone()], Box::new(result));
                            let kind = self.expr(&arg.value, Some(&wanted));
                            self.flow(&kind, &wanted);
                        }
                        Some(keyword) if keyword == "reverse" => {
                            self.expr(&arg.value, None);
                        }
                        Some(keyword) => {
                            self.error(keyword.span(), format!("`sort` has no parameter `{keyword}`"));
                        }
                        None => self.error(arg.value.span, "`sort` takes its arguments by name: `key=`, `reverse=`"),
                    }
                }
                Kind::None
            }
            _ => return None,
        };
        let target = Target::BuiltinMethod { class: class.to_owned(), name: text };
        Some(Plan { result, args: (0..args.len()).map(Some).collect(), ..Plan::loose(target) })
    }
}

/// Methods of sets that make a set of as many iterables as they are given.
pub fn is_set_algebra(method: &str) -> bool {
    matches!(method, "union" | "intersection" | "difference")
}

/// Those that change the set itself.
pub fn is_set_update(method: &str) -> bool {
    matches!(method, "update" | "intersection_update" | "difference_update")
}
