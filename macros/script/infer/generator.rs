//! What yields: the types of `yield` and `yield from`, where they may stand, the methods of generators.

use proc_macro2::{Ident, Span};

use super::{Infer, Plan, Target};
use crate::script::kind::Kind;
use crate::script::message;
use crate::script::model::Signature;
use crate::script::tree::{Argument, Expr, ExprKind, Function};

impl Infer<'_> {
    /// The head of a function that yields, or that should.
    pub fn generator_head(&mut self, function: &Function, signature: &Signature) {
        let name = &function.name;
        let decorator = function.decorators.iter().find(|decorator| decorator.is_contextmanager());
        let Some(yields) = &signature.yields else {
            if let Some(decorator) = decorator {
                self.error(
                    decorator.span,
                    "`@contextmanager` stands before a function that yields once\nhelp: yield what `with … as` binds",
                );
            }
            return;
        };
        if matches!(signature.name.as_str(), "__init__" | "__del__") && self.frame.class.is_some() {
            let text =
                format!("`{name}` can't yield: it returns nothing\nhelp: yield in another method, and call that");
            self.error(name.span(), text);
            return;
        }
        let place = function.result.as_ref().map_or(name.span(), |result| result.span);
        let is_wrong =
            matches!((&yields.item, &yields.sent, &yields.returned), (Kind::Unknown, Kind::Unknown, Kind::Unknown));
        if is_wrong {
            self.error(place, message::YIELDS_ITERATOR);
        }
    }

    /// `yield value`
    pub fn yield_value(&mut self, expr: &Expr, value: Option<&Expr>) -> Kind {
        let yields = self.yielding(expr.span);
        let item = yields.as_ref().map(|yields| yields.item.clone());
        match value {
            Some(value) => {
                let kind = self.expr(value, item.as_ref());
                if let Some(item) = item {
                    self.flow(&kind, &item);
                    if self.is_strange(&kind, &item) {
                        let (kind, item) = (self.resolved(&kind), self.resolved(&item));
                        let text = format!("this is `{kind}`, and the generator yields `{item}`");
                        self.error(value.span, text);
                    }
                }
            }
            None => {
                if let Some(item) = item
                    && !matches!(item, Kind::None | Kind::Optional(_) | Kind::Unknown)
                    && !item.is("any")
                {
                    self.error(expr.span, format!("`yield` without a value in a generator of `{item}`"));
                }
            }
        }
        yields.map_or(Kind::Unknown, |yields| yields.gives.clone())
    }

    /// A name that is bound to what a `yield` gives, and tested for `None`, can be `None`.
    pub fn tested_for_none(&mut self, tested: &Expr, other: &Expr) {
        if let (ExprKind::Name(name), ExprKind::None) = (&tested.kind, &other.kind)
            && let Some(var) = self.scopes.var(self.scope, &name.to_string())
        {
            self.tested.insert(var);
            if self.sent.contains(&var) {
                self.bind_var(var, &Kind::None, name.span());
            }
        }
    }

    /// `name = yield …;`
    pub fn bound_to_sent(&mut self, targets: &[Expr], value: &Expr) {
        if let ([Expr { kind: ExprKind::Name(name), .. }], ExprKind::Yield(_)) = (targets, &value.kind)
            && let Some(var) = self.scopes.var(self.scope, &name.to_string())
        {
            self.sent.insert(var);
        }
    }

    /// `yield from value`
    pub fn yield_from(&mut self, expr: &Expr, value: &Expr) -> Kind {
        let yields = self.yielding(expr.span);
        let kind = self.expr(value, None);
        self.iterated(value);
        let kind = self.shallow(&kind).unwrapped().clone();
        let item = self.item_of(&kind);
        if let (Some(yields), Some(item)) = (&yields, &item) {
            self.flow(item, &yields.item);
            if self.is_strange(item, &yields.item) {
                let (item, wanted) = (self.resolved(item), self.resolved(&yields.item));
                let text = format!(
                    "these items are `{item}`, and this generator yields `{wanted}`\nhelp: convert them: `for x in … {{ yield {wanted}(x); }}`"
                );
                self.error(value.span, text);
            }
        }
        if item.is_none() && (kind.is_number() || matches!(kind, Kind::None)) {
            self.error(
                value.span,
                format!("`{kind}` can't be iterated over: `yield from` needs a generator or a container"),
            );
        }
        match kind.name() {
            Some("Generator") => kind.args().get(2).cloned().unwrap_or(Kind::Unknown),
            Some("Iterator") => Kind::named("any"),
            Some(name) if self.model.is_script_class(name) => Kind::named("any"),
            _ => Kind::None,
        }
    }

    /// Whether no value of `kind` can be one of `wanted`, as far as is known.
    fn is_strange(&self, kind: &Kind, wanted: &Kind) -> bool {
        match (self.shallow(kind), self.shallow(wanted)) {
            (Kind::Named(name, _), Kind::Named(wanted, _)) => {
                let is_number = |name: &str| matches!(name, "int" | "float" | "bool");
                let fits = match (&*name, &*wanted) {
                    ("any", _) | (_, "any" | "Iterator" | "Iterable") | ("list", "tuple...") => true,
                    (name, wanted) if is_number(name) && is_number(wanted) => name == wanted || name != "float",
                    (name, wanted) => self.model.is_subclass(name, wanted) || self.model.is_subclass(wanted, name),
                };
                name != wanted && !fits && !self.is_generic(&name) && !self.is_generic(&wanted)
            }
            (Kind::Named(..), Kind::None) | (Kind::None, Kind::Named(..)) => !wanted.is("any") && !kind.is("any"),
            (Kind::Optional(kind), Kind::Optional(wanted)) => self.is_strange(&kind, &wanted),
            (Kind::Optional(kind), wanted @ Kind::Named(..)) => self.is_strange(&kind, &wanted),
            (kind @ Kind::Named(..), Kind::Optional(wanted)) => self.is_strange(&kind, &wanted),
            _ => false,
        }
    }

    fn is_generic(&self, name: &str) -> bool {
        !self.model.classes.contains_key(name) && !crate::script::builtin::TYPES.iter().any(|(known, _)| *known == name)
    }

    /// What the function around a `yield` yields; an error where there is no such function.
    fn yielding(&mut self, span: Span) -> Option<std::rc::Rc<crate::script::model::Yields>> {
        if let Some(text) = self.frame.no_yield {
            self.error(span, text);
            return None;
        }
        self.frame.yields.clone()
    }

    /// Going over the items of a generator that may raise is what can raise, not making it.
    pub fn iterated(&mut self, iterable: &Expr) {
        let ExprKind::Call { callee, .. } = &iterable.kind else {
            return;
        };
        let raising = self.plans.get(&iterable.id).and_then(|plan| plan.signature.clone());
        if let Some(signature) = raising
            && signature.must_handle
            && signature.yields.as_ref().is_some_and(|yields| !yields.is_manager)
        {
            self.must_handle(callee.end, &format!("`{}`", signature.name));
        }
    }

    /// `send`, `throw`, `close`
    pub fn generator_method(&mut self, class: &str, kinds: &[Kind], name: &Ident, args: &[Argument]) -> Option<Plan> {
        let text = name.to_string();
        if !matches!(class, "Generator" | "Iterator") {
            return None;
        }
        let item = kinds.first().cloned().unwrap_or(Kind::Unknown);
        let (params, result) = match text.as_str() {
            "send" if class == "Iterator" => {
                let text = "an `Iterator` can't be sent values\nhelp: annotate it `Generator[int, str, None]`: what it yields, what it is sent, what it returns";
                self.error(name.span(), text);
                self.loose(args);
                return Some(Plan::loose(Target::UnknownMethod));
            }
            "send" => (vec![kinds.get(1).cloned().unwrap_or(Kind::Unknown).sent()], item),
            "throw" => (vec![Kind::named("BaseException")], item),
            "close" => (Vec::new(), Kind::None),
            _ => {
                if let Some(meant) = message::suggestion(&text, ["send", "throw", "close"]) {
                    self.error(name.span(), format!("`{class}` has no method `{name}`\nhelp: did you mean `{meant}`?"));
                }
                return None;
            }
        };
        if args.len() != params.len() {
            let place = args.get(params.len()).map_or(name.span(), |arg| arg.value.span);
            let count = match params.len() {
                0 => "no arguments",
                _ => "1 argument",
            };
            self.error(place, format!("`{name}` takes {count}, and {} are given", args.len()));
        }
        for (at, arg) in args.iter().enumerate() {
            let wanted = params.get(at).filter(|kind| !kind.is("BaseException"));
            let kind = self.expr(&arg.value, wanted);
            let due = params.get(at).cloned().unwrap_or(Kind::Unknown);
            if wanted.is_some() {
                self.flow(&kind, &due);
            }
            if self.is_strange(&kind, &due) {
                let (kind, due) = (self.resolved(&kind), self.resolved(due.unwrapped()));
                let due = match due.is("BaseException") {
                    true => "an exception".to_owned(),
                    false => format!("`{due}`"),
                };
                self.error(arg.value.span, format!("this is `{kind}`, and `{name}` takes {due}"));
            }
        }
        let target = Target::BuiltinMethod { class: class.to_owned(), name: text };
        Some(Plan { result, params, args: (0..args.len()).map(Some).collect(), ..Plan::loose(target) })
    }
}
