//! Expressions.

use proc_macro2::{Ident, Span};

use super::Infer;
use super::call::Arguments;
use crate::script::kind::Kind;
use crate::script::model::Origin;
use crate::script::scope::Binding;
use crate::script::tree::{BinaryOp, Expr, ExprKind, FormatPart, Param};
use crate::script::{builtin, message};

impl Infer<'_> {
    pub fn set_kind(&mut self, expr: &Expr, kind: &Kind) {
        if let Some(slot) = self.kinds.get_mut(expr.id) {
            *slot = kind.clone();
        }
    }

    /// The kind of an expression; `expected` is what its place wants, where that is known.
    pub fn expr(&mut self, expr: &Expr, expected: Option<&Kind>) -> Kind {
        let kind = self.find(expr, expected);
        self.set_kind(expr, &kind);
        kind
    }

    /// What `find` finds; an expression that is told to be wrong is not told so again by rustc.
    fn checked(&mut self, expr: &Expr, find: impl FnOnce(&mut Self) -> Kind) -> Kind {
        let errors = self.errors;
        let kind = find(self);
        if self.errors > errors {
            self.refused.insert(expr.id);
        }
        kind
    }

    fn find(&mut self, expr: &Expr, expected: Option<&Kind>) -> Kind {
        match &expr.kind {
            ExprKind::Name(name) => self.name(name),
            ExprKind::Int(_) => match expected.map(Kind::unwrapped) {
                Some(kind) if kind.is("float") => Kind::float(),
                _ => Kind::int(),
            },
            ExprKind::Float(_) => Kind::float(),
            ExprKind::Str(_) => Kind::str(),
            ExprKind::Bytes(_) => Kind::named("bytes"),
            ExprKind::Format(parts) => {
                self.format(parts);
                Kind::str()
            }
            ExprKind::True | ExprKind::False => Kind::bool(),
            ExprKind::None => Kind::None,
            ExprKind::Tuple(items) => self.tuple(items, expected),
            ExprKind::List(items) => self.items("list", items, expected),
            ExprKind::Set(items) => self.items("set", items, expected),
            ExprKind::Dict(entries) => self.dict(entries, expected),
            ExprKind::Comprehension(comprehension) => self.comprehension(expr, comprehension, expected),
            ExprKind::Call { callee, args, close } => {
                self.call(expr, callee, Arguments { list: args, close: *close }, expected)
            }
            ExprKind::Attribute { value, name } => match name {
                Some(name) => self.attribute(expr, value, name),
                None => {
                    self.unnamed(value, expr.span);
                    Kind::Unknown
                }
            },
            ExprKind::Index { value, index } => self.index(value, index),
            ExprKind::Slice { start, stop, step } => {
                for part in [start, stop, step].into_iter().flatten() {
                    self.expr(part, None);
                }
                Kind::named("slice")
            }
            ExprKind::Unary { op, value } => self.checked(expr, |this| this.unary(*op, value, expected)),
            ExprKind::Binary { left, op, op_span, right } => {
                let left_expected = expected.filter(|kind| kind.unwrapped().is("list"));
                let left_kind = self.expr(left, left_expected);
                let right_expected = left_kind.is("list").then(|| left_kind.clone()).filter(|_| *op == BinaryOp::Add);
                let right_kind = self.expr(right, right_expected.as_ref());
                self.checked(expr, |this| this.binary_kind(*op, &left_kind, &right_kind, *op_span))
            }
            ExprKind::Compare { first, rest } => self.checked(expr, |this| this.compare(first, rest)),
            ExprKind::And(left, right) => {
                let found = {
                    let kind = self.expr(left, expected);
                    self.shallow(&kind)
                };
                let narrowed = self.narrowed.clone();
                self.narrow(left);
                let right = self.expr(right, expected);
                self.narrowed = narrowed;
                self.either(&found, &right, expected, expr.span)
            }
            ExprKind::Or(left, right) => {
                let left = self.expr(left, expected);
                let right = self.expr(right, expected);
                let left = match self.shallow(&left) {
                    // What is passed over was `None` or empty.
                    Kind::Optional(inner) if !matches!(self.shallow(&right), Kind::Optional(_) | Kind::None) => *inner,
                    left => left,
                };
                self.either(&left, &right, expected, expr.span)
            }
            ExprKind::Not(value) => {
                self.condition(value);
                Kind::bool()
            }
            ExprKind::Conditional { condition, then, otherwise } => {
                self.condition(condition);
                let narrowed = self.narrowed.clone();
                self.narrow(condition);
                let left = self.expr(then, expected);
                self.narrowed = narrowed;
                let right = self.expr(otherwise, expected);
                self.checked(expr, |this| this.either(&left, &right, expected, expr.span))
            }
            ExprKind::Lambda { params, body } => self.lambda(expr, params, body, expected),
            ExprKind::Walrus { name, value } => {
                let kind = self.expr(value, expected);
                let frame = self.scopes.frame(self.scope);
                match self.scopes.var(frame, &name.to_string()) {
                    Some(var) => {
                        self.bind_var(var, &kind, name.span());
                        kind
                    }
                    None => kind,
                }
            }
            ExprKind::Cast { value, ty } => {
                self.expr(value, None);
                match ty.to_string().as_str() {
                    "i64" | "int" => Kind::int(),
                    "f64" | "float" => Kind::float(),
                    _ => {
                        let tokens = proc_macro2::TokenTree::Ident(ty.clone()).into();
                        Kind::Rust(crate::script::kind::RustType(tokens))
                    }
                }
            }
            ExprKind::Yield(value) => self.yield_value(expr, value.as_deref()),
            ExprKind::YieldFrom(value) => self.yield_from(expr, value),
            ExprKind::Starred(inner) => {
                self.expr(inner, None);
                self.error(expr.span, message::STAR_ARGUMENT);
                Kind::Unknown
            }
            ExprKind::Path(_) | ExprKind::Rust(_) | ExprKind::Raw(_) => Kind::Unknown,
        }
    }

    fn name(&mut self, name: &Ident) -> Kind {
        let text = name.to_string();
        match self.scopes.lookup(self.scope, &text) {
            Binding::Var(var) => match self.narrowed.get(&var) {
                Some(kind) => kind.clone(),
                None => {
                    let kind = self.vars[var].clone();
                    self.shallow(&kind)
                }
            },
            Binding::Def(node) => match self.model.functions.get(&node) {
                Some(signature) => {
                    self.values.insert(node);
                    Kind::Function(
                        signature.params.iter().map(|param| param.kind.clone()).collect(),
                        Box::new(signature.result.clone()),
                    )
                }
                None => Kind::Unknown,
            },
            Binding::Class(class) => Kind::Class(class.as_str().into()),
            Binding::Constant(name) => self.constant_kind(&name),
            Binding::Import(path) => match path.as_slice() {
                [module] => Kind::Module(module.as_str().into()),
                [module, member] => self.module_member(module, &Ident::new(member, name.span())).1,
                _ => Kind::Unknown,
            },
            Binding::Outside => {
                if builtin::is_exception(&text) {
                    return Kind::Class(text.as_str().into());
                }
                if self.model.classes.get(&text).is_some_and(|class| class.origin == Origin::Outside)
                    || (builtin::NAMES.contains(&text.as_str()) && self.model.classes.contains_key(&text))
                {
                    return Kind::Class(text.as_str().into());
                }
                // Whether there is such a name in Rust is rustc's to say.
                let may_be_rust = !self.is_items && !builtin::is_module_alone(&text);
                if builtin::MODULES.contains(&text.as_str()) && !may_be_rust {
                    self.error(
                        name.span(),
                        format!("the module `{text}` is not imported\nhelp: write `import {text};`"),
                    );
                }
                Kind::Unknown
            }
        }
    }

    pub fn constant_kind(&mut self, name: &str) -> Kind {
        match self.scopes.constants.get(name) {
            Some(ty) => {
                let mut quiet = crate::report::Report::new();
                let kind = self.model.kind(ty, &[], &mut quiet);
                quiet.discard();
                kind
            }
            None => Kind::Unknown,
        }
    }

    fn format(&mut self, parts: &[FormatPart]) {
        for part in parts {
            if let FormatPart::Value { value, spec, .. } = part {
                self.expr(value, None);
                self.format(spec);
            }
        }
    }

    /// The kind of a value that is one of two.
    fn either(&mut self, left: &Kind, right: &Kind, expected: Option<&Kind>, span: Span) -> Kind {
        match self.join(left, right) {
            Some(kind) => kind,
            None if left.is_number() && right.is_number() => Kind::float(),
            None if expected.is_some_and(|kind| kind.unwrapped().is("any")) => Kind::named("any"),
            None => {
                let (left, right) = (self.resolved(left), self.resolved(right));
                let text = format!(
                    "this is `{left}` or `{right}`, which have no type in common\nhelp: give both one type, or bind it to a name that is `any`"
                );
                self.error(span, text);
                Kind::Unknown
            }
        }
    }

    /// An expression of which only the truth counts.
    pub fn condition(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::And(left, right) => {
                self.condition(left);
                let narrowed = self.narrowed.clone();
                self.narrow(left);
                self.condition(right);
                self.narrowed = narrowed;
                self.set_kind(expr, &Kind::bool());
            }
            ExprKind::Or(left, right) => {
                self.condition(left);
                self.condition(right);
                self.set_kind(expr, &Kind::bool());
            }
            _ => {
                self.expr(expr, None);
            }
        }
    }

    fn lambda(&mut self, expr: &Expr, params: &[Param], body: &Expr, expected: Option<&Kind>) -> Kind {
        let expected = expected.map(|kind| self.shallow(kind.unwrapped()));
        let (wanted, wanted_result) = match &expected {
            Some(Kind::Function(params, result)) => (params.clone(), Some((**result).clone())),
            _ => (Vec::new(), None),
        };
        let outer = std::mem::replace(&mut self.scope, self.scopes.of_node(expr.id));
        let mut kinds = Vec::new();
        for (at, param) in params.iter().enumerate() {
            // A parameter that no argument is wanted for keeps its default.
            let kind = match (wanted.get(at), &param.default) {
                (Some(kind), _) => kind.clone(),
                (None, Some(default)) => {
                    let inner = std::mem::replace(&mut self.scope, outer);
                    let kind = self.expr(default, None);
                    self.scope = inner;
                    kind
                }
                (None, None) => Kind::Unknown,
            };
            if matches!(self.shallow(&kind), Kind::Unknown) {
                let text = format!(
                    "the type of `{}` is not known here\nhelp: annotate the name that takes the lambda: `f: Callable[[int], int] = lambda …;`",
                    param.name
                );
                self.error(param.name.span(), text);
            }
            if let Some(var) = self.scopes.var(self.scope, &param.name.to_string()) {
                self.vars[var] = kind.clone();
            }
            if at < wanted.len() || param.default.is_none() {
                kinds.push(kind);
            }
        }
        let mut frame = self.frame.clone();
        frame.raises = true;
        frame.is_script = false;
        frame.is_program = false;
        frame.result = None;
        frame.no_yield = Some(message::YIELD_IN_LAMBDA);
        let frame = std::mem::replace(&mut self.frame, frame);
        let found = self.expr(body, wanted_result.as_ref());
        self.frame = frame;
        self.scope = outer;
        let result = match wanted_result {
            Some(wanted) => {
                let wanted = self.shallow(&wanted);
                self.flow(&found, &wanted);
                match wanted {
                    Kind::Unknown => found,
                    wanted => wanted,
                }
            }
            None => found,
        };
        Kind::Function(kinds, Box::new(result))
    }
}
