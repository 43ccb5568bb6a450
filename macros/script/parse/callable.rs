//! Functions of Python's and classes as values: `map(len, xs)`, `key=str.lower`. They have no value of their own, as what
//! they take and give depends on the place: there they are lambdas, `lambda item: len(item)`.

use proc_macro2::Ident;

use super::Parser;
use crate::script::builtin;
use crate::script::tree::{Argument, Expr, ExprKind, Param, Type, TypeKind};

impl Parser<'_> {
    /// The arguments of a call that takes functions.
    pub fn callables(&mut self, callee: &Expr, args: &mut [Argument]) {
        let name = match &callee.kind {
            ExprKind::Name(name) | ExprKind::Attribute { name: Some(name), .. } => name.to_string(),
            _ => return,
        };
        let by_key = matches!(name.as_str(), "sorted" | "min" | "max" | "sort");
        let count = args.len();
        for (at, arg) in args.iter_mut().enumerate() {
            match &arg.name {
                None if at == 0 && matches!(name.as_str(), "map" | "filter") => {
                    self.callable(&mut arg.value, count - 1)
                }
                Some(keyword) if keyword == "key" && by_key => self.callable(&mut arg.value, 1),
                keyword => {
                    let takes = module_takes(&name, at)
                        .or_else(|| taken_for_later(callee, at, count))
                        .or_else(|| self.takers.takes(&name, at, keyword.as_ref()));
                    if let Some(count) = takes {
                        self.callable(&mut arg.value, count);
                    }
                }
            }
        }
    }

    /// The value of a name that is annotated with `Callable[[…], …]`, or with a container of those.
    pub fn annotated_callable(&mut self, ty: &Type, value: &mut Expr) {
        let (name, args) = match &ty.kind {
            TypeKind::Named { name, args } => (name.to_string(), args),
            TypeKind::Optional(inner) => return self.annotated_callable(inner, value),
            _ => return,
        };
        match (name.as_str(), args.as_slice(), &mut value.kind) {
            ("Callable", [Type { kind: TypeKind::Params(params), .. }, _], _) => self.callable(value, params.len()),
            ("list", [item], ExprKind::List(values)) => {
                values.iter_mut().for_each(|value| self.annotated_callable(item, value));
            }
            ("dict", [_, item], ExprKind::Dict(entries)) => {
                entries.iter_mut().for_each(|(_, value)| self.annotated_callable(item, value));
            }
            ("tuple", items, ExprKind::Tuple(values)) => {
                items.iter().zip(values).for_each(|(item, value)| self.annotated_callable(item, value));
            }
            _ => {}
        }
    }

    fn callable(&mut self, value: &mut Expr, count: usize) {
        let owner = match &value.kind {
            ExprKind::Name(name) if is_callable(name) || self.takers.is_class(&name.to_string()) => None,
            ExprKind::Attribute { value: owner, name: Some(_) } => match &owner.kind {
                ExprKind::Name(name) if is_class(name) || self.takers.is_class(&name.to_string()) => {
                    Some(builtin::WHOLE.iter().any(|known| name == known))
                }
                _ => return,
            },
            _ => return,
        };
        let (span, end) = (value.span, value.end);
        let names: Vec<Ident> = (0..count).map(|at| Ident::new(&format!("item{at}"), span)).collect();
        let mut args: Vec<Argument> = names
            .iter()
            .map(|name| Argument { name: None, value: self.make(span, span, ExprKind::Name(name.clone())) })
            .collect();
        let callee = match (owner, &value.kind) {
            // `str.lower` is a method of the item.
            (Some(true), ExprKind::Attribute { name, .. }) if count > 0 => {
                let receiver = args.remove(0).value;
                self.make(span, end, ExprKind::Attribute { value: Box::new(receiver), name: name.clone() })
            }
            _ => value.clone(),
        };
        let body = self.make(span, end, ExprKind::Call { callee: Box::new(callee), args, close: end });
        let params = names.into_iter().map(|name| Param { name, ty: None, default: None }).collect();
        *value = self.make(span, end, ExprKind::Lambda { params, body: Box::new(body) });
    }
}

/// How many arguments a function takes that is an argument of a module's function.
fn module_takes(function: &str, at: usize) -> Option<usize> {
    match (function, at) {
        ("reduce" | "starmap", 0) | ("accumulate", 1) => Some(2),
        ("takewhile" | "dropwhile" | "filterfalse", 0) | ("groupby", 1) => Some(1),
        _ => None,
    }
}

/// How many arguments `weakref.finalize` and `atexit.register` keep for the function that they are given.
fn taken_for_later(callee: &Expr, at: usize, count: usize) -> Option<usize> {
    let of_module = |value: &Expr, wanted: &str| matches!(&value.kind, ExprKind::Name(module) if module == wanted);
    match (&callee.kind, at) {
        (ExprKind::Name(name), 1) if name == "finalize" => Some(count - 2),
        (ExprKind::Attribute { value, name: Some(name) }, 1) if name == "finalize" && of_module(value, "weakref") => {
            Some(count - 2)
        }
        (ExprKind::Attribute { value, name: Some(name) }, 0) if name == "register" && of_module(value, "atexit") => {
            Some(count - 1)
        }
        _ => None,
    }
}

/// Builtins, and names that look like classes: as a lambda, a function in a variable would do the same.
fn is_callable(name: &Ident) -> bool {
    let name = name.to_string();
    (builtin::NAMES.contains(&name.as_str()) && name != "super") || looks_like_a_class(&name)
}

fn is_class(name: &Ident) -> bool {
    let name = name.to_string();
    builtin::WHOLE.contains(&name.as_str()) || looks_like_a_class(&name)
}

fn looks_like_a_class(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)
}
