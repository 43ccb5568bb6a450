//! Calls: what is called, and which argument is which parameter.

use std::rc::Rc;

use proc_macro2::{Ident, Span};

use super::module::{overload, special_functions};
use super::{Infer, Member, Plan, Target};
use crate::script::builtin;
use crate::script::kind::Kind;
use crate::script::message;
use crate::script::model::{Origin, Role, Signature};
use crate::script::scope::{Binding, VarId};
use crate::script::tree::{Argument, Expr, ExprKind};

/// The arguments of a call, and where it closes.
#[derive(Clone, Copy)]
pub struct Arguments<'e> {
    pub list: &'e [Argument],
    pub close: Span,
}

impl<'e> Arguments<'e> {
    /// Those after the first, which is the receiver.
    fn after_receiver(self) -> Arguments<'e> {
        Arguments { list: self.list.get(1..).unwrap_or_default(), ..self }
    }
}

impl std::ops::Deref for Arguments<'_> {
    type Target = [Argument];

    fn deref(&self) -> &[Argument] {
        self.list
    }
}

/// What is called, when its parameters are known.
pub struct Called<'c> {
    pub target: Target,
    pub signature: &'c Rc<Signature>,
    /// The names of the class's generic parameters, and what they are for this receiver.
    pub class: Option<(&'c [Rc<str>], &'c [Kind])>,
    pub span: Span,
}

impl Infer<'_> {
    pub fn call(&mut self, expr: &Expr, callee: &Expr, args: Arguments<'_>, expected: Option<&Kind>) -> Kind {
        let plan = self.plan(callee, args, expected);
        let result = plan.result.clone();
        self.plans.insert(expr.id, plan);
        result
    }

    fn plan(&mut self, callee: &Expr, args: Arguments<'_>, expected: Option<&Kind>) -> Plan {
        match &callee.kind {
            ExprKind::Name(name) => self.call_name(callee, name, args, expected),
            ExprKind::Attribute { value, name: Some(name) } => self.call_attribute(callee, value, name, args, expected),
            ExprKind::Path(_) => {
                self.loose(&args);
                Plan::loose(Target::Path)
            }
            ExprKind::Lambda { params, .. } if params.iter().any(|param| param.ty.is_none()) => {
                let kinds = args.iter().map(|arg| self.expr(&arg.value, None)).collect();
                let wanted = Kind::Function(kinds, Box::new(self.fresh()));
                let kind = self.expr(callee, Some(&wanted));
                self.call_value(&kind, callee.span, args)
            }
            _ => {
                let kind = self.expr(callee, None);
                self.call_value(&kind, callee.span, args)
            }
        }
    }

    fn call_name(&mut self, callee: &Expr, name: &Ident, args: Arguments<'_>, expected: Option<&Kind>) -> Plan {
        let text = name.to_string();
        match self.scopes.lookup(self.scope, &text) {
            Binding::Def(node) => match self.model.functions.get(&node).cloned() {
                Some(signature) => self.call_signature(
                    Called { target: Target::Function(node), signature: &signature, class: None, span: name.span() },
                    args,
                    expected,
                ),
                None => self.unknown(&args),
            },
            Binding::Class(class) => self.construct(&class, name.span(), args, expected),
            Binding::Var(var) if let Some(signature) = self.closure(var) => {
                self.expr(callee, None);
                let called = Called { target: Target::Closure, signature: &signature, class: None, span: name.span() };
                self.call_signature(called, args, expected)
            }
            Binding::Var(_) | Binding::Constant(_) => {
                let kind = self.expr(callee, None);
                self.call_value(&kind, name.span(), args)
            }
            Binding::Import(path) => match path.as_slice() {
                [module, member] => {
                    let (module, member) = (module.clone(), Ident::new(member, name.span()));
                    self.call_module(&module, &member, args, expected)
                }
                _ => {
                    self.error(name.span(), format!("the module `{text}` can't be called"));
                    self.unknown(&args)
                }
            },
            Binding::Outside => self.call_outside(callee, name, args, expected),
        }
    }

    /// What a name that only a `def` binds takes.
    fn closure(&self, var: VarId) -> Option<Rc<Signature>> {
        let known = &self.scopes.vars[var];
        let node = known.def.filter(|_| known.bindings == 1 && !known.bound_inside)?;
        self.model.functions.get(&node).cloned()
    }

    fn call_outside(&mut self, callee: &Expr, name: &Ident, args: Arguments<'_>, expected: Option<&Kind>) -> Plan {
        let text = name.to_string();
        if builtin::is_exception(&text) {
            return self.raise_class(&text, &args);
        }
        if builtin::NAMES.contains(&text.as_str()) {
            return self.call_builtin(name, args, expected);
        }
        self.expr(callee, None);
        self.loose(&args);
        Plan::loose(Target::UnknownFunction)
    }

    fn raise_class(&mut self, class: &str, args: &[Argument]) -> Plan {
        for arg in args {
            self.expr(&arg.value, None);
        }
        Plan { result: Kind::named(class), ..Plan::loose(Target::Exception(class.to_owned())) }
    }

    pub fn unknown(&mut self, args: &[Argument]) -> Plan {
        self.loose(args);
        Plan::loose(Target::UnknownFunction)
    }

    /// Arguments of a call that only rustc understands.
    pub fn loose(&mut self, args: &[Argument]) {
        for arg in args {
            self.expr(&arg.value, None);
            if let Some(name) = &arg.name {
                self.error(
                    name.span(),
                    "arguments are named only in calls of what the script declares\nhelp: pass it by position",
                );
            }
        }
    }

    fn call_value(&mut self, kind: &Kind, span: Span, args: Arguments<'_>) -> Plan {
        let kind = self.shallow(kind).unwrapped().clone();
        match &kind {
            Kind::Function(params, result) => {
                self.positional(params, span, args);
                Plan {
                    params: params.clone(),
                    result: (**result).clone(),
                    args: (0..args.len()).map(Some).collect(),
                    ..Plan::loose(Target::Value)
                }
            }
            kind if kind.is("any") => self.call_any(Target::Value, args),
            Kind::Named(name, items) if matches!(&**name, "weak" | "WeakMethod") => {
                self.positional(&[], span, args);
                let result = items.first().cloned().unwrap_or(Kind::Unknown).optional();
                Plan { result, ..Plan::loose(Target::Value) }
            }
            Kind::Named(name, _) if &**name == "finalize" => {
                self.positional(&[], span, args);
                Plan { result: Kind::named("any"), ..Plan::loose(Target::Value) }
            }
            Kind::Named(name, kinds) => match self.model.method(name, "__call__") {
                Some((class, signature)) => {
                    let target =
                        Target::Method { class: class.name.to_string(), name: "__call__".to_owned(), exact: false };
                    let generics = class.generics.clone();
                    self.call_signature(
                        Called { target, signature: &signature, class: Some((&generics, kinds)), span },
                        args,
                        None,
                    )
                }
                None => {
                    if self.model.is_script_class(name) || kind.is_number() || kind.is("str") {
                        self.error(span, format!("`{kind}` can't be called"));
                    }
                    self.loose(&args);
                    Plan::loose(Target::Value)
                }
            },
            Kind::Class(class) => self.construct(&class.clone(), span, args, None),
            Kind::None => {
                self.error(span, "`None` can't be called");
                self.unknown(&args)
            }
            _ => {
                self.loose(&args);
                Plan::loose(Target::Value)
            }
        }
    }

    fn positional(&mut self, params: &[Kind], span: Span, args: Arguments<'_>) {
        for (at, arg) in args.iter().enumerate() {
            let wanted = params.get(at).cloned();
            let kind = self.expr(&arg.value, wanted.as_ref());
            if let Some(wanted) = wanted {
                self.flow(&kind, &wanted);
                self.fits(&kind, &wanted, &arg.value);
            }
            if let Some(name) = &arg.name {
                self.error(name.span(), "a function in a variable takes its arguments by position");
            }
        }
        self.count(params.len(), params.len(), args.len(), span, args);
    }

    fn count(&mut self, least: usize, most: usize, found: usize, span: Span, args: Arguments<'_>) {
        let plural = |count: usize| if count == 1 { "argument" } else { "arguments" };
        if found > most {
            let place = args.get(most).map_or(span, |arg| arg.value.span);
            self.error(place, format!("this call takes {most} {}, and {found} are given", plural(most)));
        } else if found < least {
            self.error(args.close, format!("this call takes {least} {}, and {found} are given", plural(least)));
        }
    }

    fn call_attribute(
        &mut self,
        callee: &Expr,
        value: &Expr,
        name: &Ident,
        args: Arguments<'_>,
        expected: Option<&Kind>,
    ) -> Plan {
        if let ExprKind::Call { callee: inner, args: none, .. } = &value.kind
            && matches!(&inner.kind, ExprKind::Name(word) if word == "super")
            && none.is_empty()
        {
            return self.call_super(name, args);
        }
        if name == "from_iterable"
            && let Some((module, member)) = self.module_path(value)
            && (module.as_str(), member.as_str()) == ("itertools", "chain")
        {
            return self.call_module(&module, &Ident::new("chain_from_iterable", name.span()), args, expected);
        }
        let owner = self.expr(value, None);
        let owner = self.shallow(&owner).unwrapped().clone();
        let text = name.to_string();
        match &owner {
            Kind::Module(module) => self.call_module(&module.clone(), name, args, expected),
            Kind::Class(class) => self.call_class(callee, &class.clone(), name, args),
            kind if kind.is("any") => self.call_any(Target::AnyMethod, args),
            Kind::Named(class, kinds) => self.call_method(callee, value, class, kinds, name, args),
            _ => {
                let (member, _) = self.member(&owner, name);
                self.members.insert(callee.id, member);
                if text == "format" && matches!(value.kind, ExprKind::Str(_)) {
                    self.error(name.span(), message::FORMAT_METHOD);
                }
                self.loose(&args);
                Plan::loose(Target::UnknownMethod)
            }
        }
    }

    fn call_method(
        &mut self,
        callee: &Expr,
        _value: &Expr,
        class: &str,
        kinds: &[Kind],
        name: &Ident,
        args: Arguments<'_>,
    ) -> Plan {
        let text = name.to_string();
        if class == "str" && text == "format" {
            self.error(name.span(), message::FORMAT_METHOD);
            self.loose(&args);
            return Plan { result: Kind::str(), ..Plan::loose(Target::UnknownMethod) };
        }
        if let Some(plan) = self
            .container_method(class, kinds, name, &args)
            .or_else(|| self.generator_method(class, kinds, name, &args))
        {
            return plan;
        }
        let Some((owner, signature)) = self.model.method(class, &text) else {
            return self.call_field(callee, class, kinds, name, args);
        };
        let generics = owner.generics.clone();
        let owner_name = owner.name.to_string();
        let target = match owner.origin {
            Origin::Script if matches!(signature.role, Role::Static | Role::Class) => {
                Target::Static { class: owner_name, name: text }
            }
            Origin::Script => Target::Method { class: owner_name, name: text, exact: false },
            _ => Target::BuiltinMethod { class: class.to_owned(), name: text },
        };
        if signature.role == Role::Property {
            let (member, kind) = self.member(&Kind::Named(class.into(), kinds.to_vec()), name);
            self.members.insert(callee.id, member);
            self.set_kind(callee, &kind);
            return self.call_value(&kind, name.span(), args);
        }
        let called = Called { target, signature: &signature, class: Some((&generics, kinds)), span: name.span() };
        let mut plan = self.call_signature(called, args, None);
        plan.signature = Some(signature);
        plan
    }

    /// A field that holds a function.
    fn call_field(&mut self, callee: &Expr, class: &str, kinds: &[Kind], name: &Ident, args: Arguments<'_>) -> Plan {
        let (member, kind) = self.member(&Kind::Named(class.into(), kinds.to_vec()), name);
        let known = !matches!(member, Member::Unknown);
        self.members.insert(callee.id, member);
        self.set_kind(callee, &kind);
        if known {
            return self.call_value(&kind, name.span(), args);
        }
        self.loose(&args);
        let builtin =
            class == "range" || self.model.classes.get(class).is_some_and(|class| class.origin == Origin::Builtin);
        if builtin {
            let members = self.model.members_of(class);
            if let Some(meant) = message::method_meant(class, &name.to_string()) {
                self.error(name.span(), format!("`{class}` has no method `{name}`\nhelp: write `{meant}`"));
            } else if let Some(meant) = message::suggestion(&name.to_string(), members.iter().map(String::as_str)) {
                self.error(name.span(), format!("`{class}` has no method `{name}`\nhelp: did you mean `{meant}`?"));
            } else if matches!(class, "int" | "float" | "bool") && self.model.method("str", &name.to_string()).is_some()
            {
                let text = format!("`{class}` has no method `{name}`: `str` has\nhelp: write `str(…).{name}(…)`");
                self.error(name.span(), text);
            } else if let Some(owner) = self.owner_of(&name.to_string()) {
                let help = match (class, name.to_string().as_str()) {
                    ("list" | "set", "join") => "\nhelp: write `\", \".join(xs)`",
                    ("str", "append") => "\nhelp: write `s += …;`",
                    ("range", _) if owner == "list" => "\nhelp: write `list(…)` around it",
                    _ => "",
                };
                self.error(name.span(), format!("`{class}` has no method `{name}`: `{owner}` has{help}"));
            }
        }
        Plan::loose(Target::UnknownMethod)
    }

    /// The builtin type that a method's name is known from.
    fn owner_of(&self, method: &str) -> Option<&'static str> {
        let types = ["list", "dict", "set", "str", "bytes"];
        types.into_iter().find(|class| self.model.method(class, method).is_some())
    }

    fn call_class(&mut self, callee: &Expr, class: &str, name: &Ident, args: Arguments<'_>) -> Plan {
        let text = name.to_string();
        if self
            .model
            .method(class, &text)
            .is_some_and(|(owner, signature)| owner.origin == Origin::Builtin && signature.role == Role::Static)
        {
            return self.call_module(class, name, args, None);
        }
        let Some((owner, signature)) = self.model.method(class, &text) else {
            let (member, kind) = self.member(&Kind::Class(class.into()), name);
            self.members.insert(callee.id, member);
            self.set_kind(callee, &kind);
            return self.call_value(&kind, name.span(), args);
        };
        let owner_name = owner.name.to_string();
        let generics = owner.generics.clone();
        let target = Target::Static { class: owner_name.clone(), name: text };
        if matches!(signature.role, Role::Static | Role::Class) {
            return self.call_signature(
                Called { target, signature: &signature, class: None, span: name.span() },
                args,
                None,
            );
        }
        // `Base.method(self, …)`: the receiver is the first argument.
        let Some(receiver) = args.first() else {
            self.error(args.close, format!("`{class}.{name}` needs its receiver as the first argument"));
            return self.unknown(&args);
        };
        let kind = self.expr(&receiver.value, Some(&Kind::named(class)));
        let kinds = self.shallow(&kind).args().to_vec();
        let mut plan = self.call_signature(
            Called { target, signature: &signature, class: Some((&generics, &kinds)), span: name.span() },
            args.after_receiver(),
            None,
        );
        for arg in plan.args.iter_mut().flatten() {
            *arg += 1;
        }
        plan
    }

    fn call_super(&mut self, name: &Ident, args: Arguments<'_>) -> Plan {
        let text = name.to_string();
        let Some(class) = self.frame.class.clone() else {
            self.error(name.span(), "`super()` stands in a method only");
            return self.unknown(&args);
        };
        let Some(base) = self.model.base_of(&class) else {
            self.error(name.span(), format!("`{class}` has no base class\nhelp: write `class {class}(Base) {{ … }}`"));
            return self.unknown(&args);
        };
        let base_name = base.name.to_string();
        if base.origin == Origin::Exception {
            for arg in args.list {
                self.expr(&arg.value, None);
            }
            return Plan::loose(Target::Super { class: base_name, name: text });
        }
        match self.model.method(&base_name, &text) {
            Some((owner, signature)) => {
                let target = Target::Super { class: owner.name.to_string(), name: text };
                let mut plan = self.call_signature(
                    Called { target, signature: &signature, class: None, span: name.span() },
                    args,
                    None,
                );
                plan.signature = Some(signature);
                plan
            }
            None if text == "__init__" => {
                let signature = self.constructor(&base_name);
                match self
                    .model
                    .root(&base_name)
                    .is_some_and(|_| signature.params.iter().all(|param| param.default.is_some()))
                {
                    true => {}
                    false if self.model.is_exception(&base_name) => {}
                    false => {
                        self.error(
                            name.span(),
                            format!("`{base_name}` has no `__init__`\nhelp: assign its fields: `self.field = …;`"),
                        );
                    }
                }
                self.loose(&args);
                Plan::loose(Target::Super { class: base_name, name: text })
            }
            None => {
                self.no_member(&base_name, name, "object");
                self.unknown(&args)
            }
        }
    }

    pub fn call_module(&mut self, module: &str, name: &Ident, args: Arguments<'_>, expected: Option<&Kind>) -> Plan {
        if builtin::is_module_exception(module, &name.to_string()) {
            return self.raise_class(&name.to_string(), &args);
        }
        if let Some(plan) = self.module_function(module, name, args, expected) {
            return plan;
        }
        let text = overload(module, &name.to_string(), &args).to_owned();
        let target = Target::Module { module: module.to_owned(), name: text.clone() };
        match self.model.method(module, &text) {
            Some((_, signature)) => {
                let mut plan = self.call_signature(
                    Called { target, signature: &signature, class: None, span: name.span() },
                    args,
                    expected,
                );
                plan.signature = Some(signature);
                plan
            }
            None => {
                let known = self.model.members_of(module);
                let known = known.iter().map(String::as_str).chain(special_functions(module).iter().copied());
                if let Some(meant) = message::suggestion(&text, known) {
                    self.error(
                        name.span(),
                        format!("the module `{module}` has no `{text}`\nhelp: did you mean `{meant}`?"),
                    );
                } else if self.model.classes.contains_key(module) {
                    self.error(name.span(), format!("the module `{module}` has no `{text}`"));
                }
                self.loose(&args);
                Plan::loose(target)
            }
        }
    }

    pub fn call_signature(&mut self, called: Called<'_>, args: Arguments<'_>, expected: Option<&Kind>) -> Plan {
        let Called { target, signature, class, span } = called;
        // What builtins raise is like an index out of range: it needs no handler.
        let is_builtin = matches!(target, Target::BuiltinMethod { .. } | Target::Module { .. });
        if signature.must_handle && signature.yields.is_none() && !is_builtin {
            self.must_handle(span, &format!("`{}`", shown(signature, &target)));
        }
        let (params, result) = self.instantiate(signature, class);
        if let Some(expected) = expected {
            let expected = self.shallow(expected);
            self.flow(&result, &expected);
        }
        let places = self.places(signature, span, args);
        // What a lambda takes may depend on the other arguments.
        let is_lambda = |arg: &&Argument| matches!(arg.value.kind, ExprKind::Lambda { .. });
        let given = places.iter().enumerate().filter_map(|(at, place)| Some((at, args.get((*place)?)?)));
        let (lambdas, others): (Vec<_>, Vec<_>) = given.partition(|(_, arg)| is_lambda(arg));
        for (at, arg) in others.into_iter().chain(lambdas) {
            let kind = self.expr(&arg.value, params.get(at));
            if let Some(param) = params.get(at) {
                self.flow(&kind, param);
                self.fits(&kind, param, &arg.value);
            }
        }
        // Arguments that fit no parameter are still looked at.
        for (at, arg) in args.iter().enumerate() {
            if !places.contains(&Some(at)) {
                self.expr(&arg.value, None);
            }
        }
        Plan { target, signature: Some(signature.clone()), args: places, params, result }
    }

    /// Which argument each parameter gets.
    fn places(&mut self, signature: &Signature, span: Span, args: Arguments<'_>) -> Vec<Option<usize>> {
        let mut places = vec![None; signature.params.len()];
        let positional = args.iter().take_while(|arg| arg.name.is_none()).count();
        for (at, arg) in args.iter().enumerate() {
            let Some(name) = &arg.name else {
                if at >= positional {
                    self.error(arg.value.span, "an argument by position can't follow a named one");
                } else if at < places.len() {
                    places[at] = Some(at);
                }
                continue;
            };
            match signature.params.iter().position(|param| name == &param.name) {
                Some(place) if places[place].is_some() => {
                    self.error(name.span(), format!("the argument `{name}` is given twice"));
                }
                Some(place) => places[place] = Some(at),
                None => {
                    let known = signature.params.iter().map(|param| param.name.as_str());
                    let help = match message::suggestion(&name.to_string(), known) {
                        Some(meant) => format!("\nhelp: did you mean `{meant}`?"),
                        None => String::new(),
                    };
                    self.error(name.span(), format!("`{}` has no parameter `{name}`{help}", signature.name));
                }
            }
        }
        let most = signature.params.len();
        if positional > most {
            self.count(0, most, positional, span, args);
        }
        let is_mixed = args.iter().skip(positional).any(|arg| arg.name.is_none());
        let has_unknown = args
            .iter()
            .any(|arg| arg.name.as_ref().is_some_and(|name| !signature.params.iter().any(|param| name == &param.name)));
        if is_mixed || has_unknown {
            return places;
        }
        let missing: Vec<&str> = signature
            .params
            .iter()
            .zip(&places)
            .filter(|(param, place)| place.is_none() && param.default.is_none())
            .map(|(param, _)| param.name.as_str())
            .collect();
        match missing.as_slice() {
            [] => {}
            [one] => self.error(args.close, format!("the argument `{one}` is missing")),
            many => self.error(args.close, format!("the arguments `{}` are missing", many.join("`, `"))),
        }
        places
    }
}

fn shown(signature: &Signature, target: &Target) -> String {
    match target {
        Target::Constructor(class) => class.clone(),
        _ => signature.name.clone(),
    }
}

impl Plan {
    pub fn loose(target: Target) -> Plan {
        Plan { target, signature: None, args: Vec::new(), params: Vec::new(), result: Kind::Unknown }
    }
}
