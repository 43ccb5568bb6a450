//! Kinds that must agree.

use super::Infer;
use crate::script::kind::{Kind, PROXY};
use crate::script::model::Signature;

impl Infer<'_> {
    pub fn fresh(&mut self) -> Kind {
        self.table.push(None);
        Kind::Var(self.table.len() - 1)
    }

    /// The kind itself, or what its variable stands for.
    pub fn shallow(&self, kind: &Kind) -> Kind {
        let mut kind = kind.clone();
        while let Kind::Var(var) = kind {
            match &self.table[var] {
                Some(known) => kind = known.clone(),
                None => return kind,
            }
        }
        kind
    }

    /// The kind with all variables replaced; free ones are unknown.
    pub fn resolved(&self, kind: &Kind) -> Kind {
        let each = |kinds: &[Kind]| kinds.iter().map(|kind| self.resolved(kind)).collect();
        match self.shallow(kind) {
            Kind::Var(_) => Kind::Unknown,
            Kind::Named(name, args) => Kind::Named(name, each(&args)),
            Kind::Optional(inner) => self.resolved(&inner).optional(),
            Kind::Function(params, result) => Kind::Function(each(&params), Box::new(self.resolved(&result))),
            kind => kind,
        }
    }

    fn occurs(&self, var: usize, kind: &Kind) -> bool {
        match self.shallow(kind) {
            Kind::Var(other) => other == var,
            Kind::Named(_, args) => args.iter().any(|arg| self.occurs(var, arg)),
            Kind::Optional(inner) => self.occurs(var, &inner),
            Kind::Function(params, result) => {
                params.iter().any(|param| self.occurs(var, param)) || self.occurs(var, &result)
            }
            _ => false,
        }
    }

    /// Learns what it can from a value of `from` that goes where `to` is wanted.
    pub fn flow(&mut self, from: &Kind, to: &Kind) {
        match (self.shallow(from), self.shallow(to)) {
            (Kind::Var(left), Kind::Var(right)) if left == right => {}
            (Kind::Var(var), known) | (known, Kind::Var(var)) => self.settle(var, known),
            (from, to) if to.is("any") => self.forget(&from),
            (Kind::Optional(from), Kind::Optional(to)) => self.flow(&from, &to),
            (Kind::None, Kind::Optional(_)) => {}
            (from, Kind::Optional(to)) => self.flow(&from, &to),
            (Kind::Optional(from), to) => self.flow(&from, &to),
            (Kind::Named(_, left), Kind::Named(name, right)) if &*name == "Iterable" => {
                let item = match left.first() {
                    Some(_) => self.item_of(from),
                    None => return self.flow_items(from, &right),
                };
                if let (Some(item), Some(wanted)) = (item, right.first()) {
                    self.flow(&item, wanted);
                }
            }
            (Kind::Named(_, left), Kind::Named(_, right)) => {
                for (left, right) in left.iter().zip(&right) {
                    self.flow(left, right);
                }
            }
            (Kind::Function(left, left_result), Kind::Function(right, right_result)) => {
                for (left, right) in left.iter().zip(&right) {
                    self.flow(right, left);
                }
                self.flow(&left_result, &right_result);
            }
            _ => {}
        }
    }

    fn settle(&mut self, var: usize, known: Kind) {
        if !matches!(known, Kind::Unknown) && !self.occurs(var, &known) {
            self.table[var] = Some(known);
        }
    }

    fn flow_items(&mut self, from: &Kind, wanted: &[Kind]) {
        if let (Some(item), Some(wanted)) = (self.item_of(from), wanted.first()) {
            self.flow(&item, wanted);
        }
    }

    /// The kind that holds both, if there is one.
    pub fn join(&mut self, left: &Kind, right: &Kind) -> Option<Kind> {
        let (left, right) = (self.shallow(left), self.shallow(right));
        match (&left, &right) {
            (Kind::Unknown, other) | (other, Kind::Unknown) => Some(other.clone()),
            (Kind::Var(_), _) | (_, Kind::Var(_)) => {
                self.flow(&left, &right);
                Some(self.shallow(&left))
            }
            (any, other) | (other, any) if any.is("any") => {
                self.forget(other);
                Some(Kind::any())
            }
            (Kind::None, Kind::None) => Some(Kind::None),
            (Kind::None, other) | (other, Kind::None) => Some(other.clone().optional()),
            (Kind::Optional(left), Kind::Optional(right)) => Some(self.join(left, right)?.optional()),
            (Kind::Optional(inner), other) | (other, Kind::Optional(inner)) => {
                Some(self.join(inner, other)?.optional())
            }
            (Kind::Named(left_name, left_args), Kind::Named(right_name, right_args)) => {
                if left_name == right_name {
                    for (left, right) in left_args.iter().zip(right_args) {
                        self.flow(left, right);
                    }
                    // Generators that are sent or return different things are still iterators.
                    return match left.is("Generator") && self.resolved(&left) != self.resolved(&right) {
                        true => Some(Kind::with("Iterator", vec![left_args[0].clone()])),
                        false => Some(left.clone()),
                    };
                }
                if left.is_iterator() && right.is_iterator() {
                    self.flow(&left_args[0], &right_args[0]);
                    return Some(Kind::with("Iterator", vec![left_args[0].clone()]));
                }
                let common = self
                    .model
                    .lineage(left_name)
                    .into_iter()
                    .find(|class| self.model.is_subclass(right_name, &class.name))?;
                Some(Kind::named(&common.name))
            }
            _ if left == right => Some(left),
            (Kind::Function(..), Kind::Function(..)) => {
                self.flow(&left, &right);
                Some(left)
            }
            (Kind::Rust(_), Kind::Rust(_)) => Some(Kind::Unknown),
            _ => None,
        }
    }

    /// What a `for` over a value of this kind binds.
    pub fn item_of(&mut self, kind: &Kind) -> Option<Kind> {
        let kind = self.shallow(kind);
        let Kind::Named(name, args) = &kind else {
            return match kind {
                Kind::Optional(inner) => self.item_of(&inner),
                _ => None,
            };
        };
        match (&**name, args.as_slice()) {
            (
                "list" | "set" | "frozenset" | "tuple..." | "Iterator" | "Iterable" | "Generator" | "dict" | "DictKeys",
                [item, ..],
            ) => Some(item.clone()),
            ("DictValues", [_, value]) => Some(value.clone()),
            ("DictItems", [key, value]) => Some(Kind::with("tuple", vec![key.clone(), value.clone()])),
            ("str", _) => Some(Kind::str()),
            ("any", _) => Some(Kind::any()),
            ("bytes" | "range", _) => Some(Kind::int()),
            (PROXY, [object]) => self.item_of(object),
            ("tuple", items) => {
                let mut item = items.first()?.clone();
                for other in &items[1..] {
                    item = self.join(&item, other)?;
                }
                Some(item)
            }
            _ => {
                let (class, signature) = self.model.method(name, "__iter__")?;
                let result = signature.result.substitute(&class.generics, args);
                match &result {
                    Kind::Named(own, _) if own == name => {
                        let (class, next) = self.model.method(name, "__next__")?;
                        Some(next.result.substitute(&class.generics, args))
                    }
                    result => self.item_of(&result.clone()),
                }
            }
        }
    }

    /// The parameters and result of a call, with fresh variables for the signature's own generics and the class's
    /// arguments in the place of its names.
    pub fn instantiate(
        &mut self,
        signature: &Signature,
        class: Option<(&[std::rc::Rc<str>], &[Kind])>,
    ) -> (Vec<Kind>, Kind) {
        let mut names = signature.generics.clone();
        let mut kinds: Vec<Kind> = names.iter().map(|_| self.fresh()).collect();
        if let Some((class_names, class_kinds)) = class {
            names.extend(class_names.iter().cloned());
            kinds.extend(class_kinds.iter().cloned());
        }
        let params = signature.params.iter().map(|param| param.kind.substitute(&names, &kinds)).collect();
        (params, signature.result.substitute(&names, &kinds))
    }
}
