//! Displays and comprehensions: the one type that all items have.

use super::Infer;
use crate::script::kind::Kind;
use crate::script::message;
use crate::script::tree::{Clause, Comprehension, ComprehensionKind, Expr};

impl Infer<'_> {
    pub fn tuple(&mut self, items: &[Expr], expected: Option<&Kind>) -> Kind {
        let expected = expected.map(|kind| self.shallow(kind.unwrapped()));
        if let Some(Kind::Named(name, args)) = &expected
            && &**name == "tuple..."
            && let [item] = args.as_slice()
        {
            for each in items {
                let kind = self.expr(each, Some(item));
                self.flow(&kind, item);
            }
            return expected.clone().unwrap_or(Kind::Unknown);
        }
        if let Some(ninth) = items.get(8) {
            self.error(ninth.span, "a tuple has at most eight items\nhelp: make a class, or a list");
        }
        let wanted: Vec<Kind> = match &expected {
            Some(kind) if kind.is("tuple") => kind.args().to_vec(),
            _ => Vec::new(),
        };
        let kinds = items
            .iter()
            .enumerate()
            .map(|(at, item)| {
                let found = self.expr(item, wanted.get(at));
                // The place decides where both are known: a `T` goes where a `T?` is wanted.
                match wanted.get(at) {
                    Some(wanted) => {
                        self.flow(&found, wanted);
                        self.has_type(&found, wanted, item);
                        wanted.clone()
                    }
                    None => found,
                }
            })
            .collect();
        Kind::with("tuple", kinds)
    }

    pub fn items(&mut self, container: &str, items: &[Expr], expected: Option<&Kind>) -> Kind {
        let mut item = self.expected_arg(container, 0, expected);
        for each in items {
            let kind = self.expr(each, item.as_ref());
            if container == "set" {
                self.hashable(&kind, each.span);
            }
            item = Some(self.common(item, &kind, each));
        }
        let item = item.unwrap_or_else(|| self.fresh());
        Kind::with(container, vec![item])
    }

    fn expected_arg(&mut self, container: &str, at: usize, expected: Option<&Kind>) -> Option<Kind> {
        let expected = self.shallow(expected?.unwrapped());
        if expected.is("any") {
            // Who knows it as an `any` may put anything into it.
            return Some(expected);
        }
        expected.is(container).then(|| expected.args().get(at).cloned()).flatten()
    }

    fn common(&mut self, known: Option<Kind>, kind: &Kind, item: &Expr) -> Kind {
        let Some(known) = known else {
            return kind.clone();
        };
        match self.join(&known, kind) {
            Some(joined) => joined,
            None if known.is("float") && kind.is("int") => known,
            None if known.is("any") => known,
            None => {
                let (known, kind) = (self.resolved(&known), self.resolved(kind));
                self.refused.insert(item.id);
                let text = format!("this is `{kind}` among items of type `{known}`\nhelp: items have one type");
                self.error(item.span, text);
                known
            }
        }
    }

    pub fn dict(&mut self, entries: &[(Expr, Expr)], expected: Option<&Kind>) -> Kind {
        let mut key = self.expected_arg("dict", 0, expected);
        let mut value = self.expected_arg("dict", 1, expected);
        for (entry_key, entry_value) in entries {
            let kind = self.expr(entry_key, key.as_ref());
            self.hashable(&kind, entry_key.span);
            key = Some(self.common(key, &kind, entry_key));
            let kind = self.expr(entry_value, value.as_ref());
            value = Some(self.common(value, &kind, entry_value));
        }
        let key = key.unwrap_or_else(|| self.fresh());
        let value = value.unwrap_or_else(|| self.fresh());
        Kind::with("dict", vec![key, value])
    }

    pub fn comprehension(&mut self, expr: &Expr, comprehension: &Comprehension, expected: Option<&Kind>) -> Kind {
        let outer = self.scope;
        let inner = self.scopes.of_node(expr.id);
        let narrowed = self.narrowed.clone();
        let frame = self.frame.clone();
        // What a generator expression raises comes out where it is iterated over.
        let is_generator = matches!(comprehension.kind, ComprehensionKind::Generator(_));
        for (at, clause) in comprehension.clauses.iter().enumerate() {
            match clause {
                Clause::For { target, iterable } => {
                    self.scope = if at == 0 { outer } else { inner };
                    let kind = self.expr(iterable, None);
                    self.scope = inner;
                    if at == 0 {
                        self.frame.no_yield = Some(self.frame.no_yield.unwrap_or(message::YIELD_IN_COMPREHENSION));
                        self.frame.raises |= is_generator;
                    }
                    self.iterated(iterable);
                    let item = self.iterated_item(&kind, iterable);
                    self.bind_target(target, &item);
                }
                Clause::If(condition) => {
                    self.scope = inner;
                    self.condition(condition);
                    self.narrow(condition);
                }
            }
        }
        self.scope = inner;
        let kind = match &comprehension.kind {
            ComprehensionKind::List(item) => {
                let wanted = self.expected_arg("list", 0, expected);
                let kind = self.expr(item, wanted.as_ref());
                Kind::list(self.settled(wanted, kind))
            }
            ComprehensionKind::Set(item) => {
                let wanted = self.expected_arg("set", 0, expected);
                let kind = self.expr(item, wanted.as_ref());
                Kind::with("set", vec![self.settled(wanted, kind)])
            }
            ComprehensionKind::Generator(item) => {
                let wanted = self.expected_arg("Iterator", 0, expected);
                let kind = self.expr(item, wanted.as_ref());
                Kind::with("Iterator", vec![self.settled(wanted, kind)])
            }
            ComprehensionKind::Dict(key, value) => {
                let wanted = self.expected_arg("dict", 0, expected);
                let key_kind = self.expr(key, wanted.as_ref());
                let key_kind = self.settled(wanted, key_kind);
                let wanted = self.expected_arg("dict", 1, expected);
                let value_kind = self.expr(value, wanted.as_ref());
                Kind::with("dict", vec![key_kind, self.settled(wanted, value_kind)])
            }
        };
        self.scope = outer;
        self.narrowed = narrowed;
        self.frame = frame;
        kind
    }

    fn settled(&mut self, wanted: Option<Kind>, found: Kind) -> Kind {
        match wanted {
            Some(wanted) if !wanted.is_unknown() => {
                self.flow(&found, &wanted);
                wanted
            }
            _ => found,
        }
    }
}
