//! Expressions.

use proc_macro2::{Ident, Span};

use super::call::Arguments;
use super::{Infer, Member};
use crate::script::kind::Kind;
use crate::script::model::{Origin, Role};
use crate::script::scope::Binding;
use crate::script::tree::{
    BinaryOp, Clause, CompareOp, Comprehension, ComprehensionKind, Expr, ExprKind, FormatPart, Param, UnaryOp,
};
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

    fn tuple(&mut self, items: &[Expr], expected: Option<&Kind>) -> Kind {
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

    fn items(&mut self, container: &str, items: &[Expr], expected: Option<&Kind>) -> Kind {
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

    fn dict(&mut self, entries: &[(Expr, Expr)], expected: Option<&Kind>) -> Kind {
        let mut key = self.expected_arg("dict", 0, expected);
        let mut value = self.expected_arg("dict", 1, expected);
        if entries.is_empty()
            && let Some(expected) = expected
        {
            let expected = self.shallow(expected.unwrapped());
            if expected.is("set") {
                self.report_empty_set();
            }
        }
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

    fn report_empty_set(&mut self) {}

    fn comprehension(&mut self, expr: &Expr, comprehension: &Comprehension, expected: Option<&Kind>) -> Kind {
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

    fn attribute(&mut self, expr: &Expr, value: &Expr, name: &Ident) -> Kind {
        let owner = self.expr(value, None);
        let owner = self.shallow(&owner);
        let (member, kind) = self.member(&owner, name);
        if !self.stores.contains(&expr.id) {
            self.check_shared(&member, name);
        }
        self.members.insert(expr.id, member);
        kind
    }

    /// An attribute whose name is still to be written, which the parser reports. An editor tries one that is not known:
    /// the body around it must be as wrong without it.
    fn unnamed(&mut self, value: &Expr, span: Span) {
        let owner = self.expr(value, None);
        let mut quiet = crate::report::Report::new();
        std::mem::swap(self.report, &mut quiet);
        self.member(&self.shallow(&owner), &Ident::new("unnamed_attribute", span));
        std::mem::swap(self.report, &mut quiet);
        quiet.discard();
    }

    pub fn member(&mut self, owner: &Kind, name: &Ident) -> (Member, Kind) {
        let text = name.to_string();
        match owner.unwrapped().clone() {
            Kind::Module(module) => self.module_member(&module, name),
            Kind::Class(class) => self.class_member(&class, name),
            kind if kind.is("any") => (Member::Any, Kind::any()),
            Kind::Named(class, args) => {
                if text == "__class__" {
                    return (Member::Unknown, Kind::Class(class));
                }
                self.instance_member(&class, &args, name)
            }
            Kind::Function(..) if text == "__name__" => (Member::Unknown, Kind::str()),
            Kind::None if !text.starts_with("__") => {
                self.error(name.span(), format!("`None` has no attribute `{text}`"));
                (Member::Unknown, Kind::Unknown)
            }
            _ => (Member::Unknown, Kind::Unknown),
        }
    }

    fn module_member(&mut self, module: &str, name: &Ident) -> (Member, Kind) {
        let text = name.to_string();
        let member = Member::Module { module: module.to_owned(), name: text.clone() };
        if let Some((_, field)) = self.model.field(module, &text) {
            return (member, field.kind.clone());
        }
        if let Some((_, signature)) = self.model.method(module, &text) {
            let params = signature.params.iter().map(|param| param.kind.clone()).collect();
            return (member, Kind::Function(params, Box::new(signature.result.clone())));
        }
        let known = self.model.members_of(module);
        if let Some(meant) = message::suggestion(&text, known.iter().map(String::as_str)) {
            self.error(name.span(), format!("the module `{module}` has no `{text}`\nhelp: did you mean `{meant}`?"));
        } else if module == "math" {
            self.error(name.span(), format!("the module `{module}` has no `{text}`"));
        }
        (member, Kind::Unknown)
    }

    fn class_member(&mut self, class: &str, name: &Ident) -> (Member, Kind) {
        let text = name.to_string();
        if text == "__name__" {
            return (Member::ClassName(class.to_owned()), Kind::str());
        }
        if let Some((owner, field)) = self.model.field(class, &text) {
            let kind = field.kind.clone();
            if !field.shared && owner.origin == Origin::Script {
                let message = format!(
                    "`{text}` belongs to each object of `{class}`, not to the class\nhelp: for a class attribute, give it a value: `{text}: {kind} = …;`"
                );
                self.error(name.span(), message);
            }
            let owner = owner.name.to_string();
            if self.model.is_generic_field(class, &text) {
                let message =
                    format!("`{text}` has another type for each kind of `{class}`\nhelp: read it through an object");
                self.error(name.span(), message);
            }
            return (Member::ClassAttribute { class: owner, name: text }, kind);
        }
        if let Some((owner, signature)) = self.model.method(class, &text) {
            let member = Member::BoundMethod { class: owner.name.to_string(), name: text };
            let params = signature.params.iter().map(|param| param.kind.clone()).collect();
            return (member, Kind::Function(params, Box::new(signature.result.clone())));
        }
        self.no_member(class, name, "class");
        (Member::Unknown, Kind::Unknown)
    }

    fn instance_member(&mut self, class: &str, args: &[Kind], name: &Ident) -> (Member, Kind) {
        let text = name.to_string();
        if let Some((owner, field)) = self.model.field(class, &text) {
            let kind = field.kind.substitute(&owner.generics, args);
            return (Member::Field { class: owner.name.to_string(), name: text }, kind);
        }
        if let Some((owner, signature)) = self.model.method(class, &text) {
            let class = owner.name.to_string();
            let origin = owner.origin;
            let generics = owner.generics.clone();
            let (params, result) = self.instantiate(&signature, Some((&generics, args)));
            if signature.role == Role::Property {
                if signature.must_handle {
                    self.must_handle(name.span(), &format!("the property `{text}`"));
                }
                return (Member::Property { class, name: text }, result);
            }
            let kind = Kind::Function(params, Box::new(result));
            return match origin {
                Origin::Script => (Member::BoundMethod { class, name: text }, kind),
                _ => (Member::BuiltinMethod { class, name: text }, kind),
            };
        }
        if self.model.classes.get(class).is_some_and(|class| class.origin == Origin::Script) {
            self.no_member(class, name, "object");
        }
        (Member::Unknown, Kind::Unknown)
    }

    /// Reports a member that a class of the script doesn't have.
    pub fn no_member(&mut self, class: &str, name: &Ident, what: &str) {
        let text = name.to_string();
        if self.model.is_exception(class) || text.starts_with("__") {
            return;
        }
        let known = self.model.members_of(class);
        let help = match message::suggestion(&text, known.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if what == "object" => {
                format!("declare it in the class: `{text}: int;`, or another type")
            }
            None => {
                format!("declare it in the class: `{text}: int = 0;`, or another type and value")
            }
        };
        self.error(name.span(), format!("`{class}` has no attribute `{text}`\nhelp: {help}"));
    }

    /// Reports an attribute that can't be assigned.
    pub fn check_assignable(&mut self, target: &Expr) {
        let ExprKind::Attribute { name: Some(name), .. } = &target.kind else {
            return;
        };
        match self.members.get(&target.id).cloned() {
            Some(Member::Property { class, name: property }) if self.model.setter(&class, &property).is_none() => {
                self.error(
                    name.span(),
                    format!("the property `{property}` has no setter\nhelp: write `@{property}.setter def {property}(self, value: …) {{ … }}` in `{class}`"),
                );
            }
            Some(Member::Module { module, name: constant }) if module == "math" => {
                self.error(name.span(), format!("`math.{constant}` can't be assigned"));
            }
            Some(Member::BoundMethod { class, name: method }) => {
                self.error(name.span(), format!("`{method}` is a method of `{class}`: it can't be replaced"));
            }
            _ => {}
        }
    }

    fn index(&mut self, value: &Expr, index: &Expr) -> Kind {
        let owner = self.expr(value, None);
        let owner = self.shallow(&owner).unwrapped().clone();
        let index_kind = self.expr(index, None);
        let is_slice = matches!(index.kind, ExprKind::Slice { .. });
        match (owner.name(), owner.args()) {
            (Some("any"), _) => Kind::any(),
            (Some("list" | "tuple..."), [item]) if !is_slice => {
                self.fits(&index_kind, &Kind::int(), index);
                item.clone()
            }
            (Some("list" | "tuple..." | "str"), _) if is_slice => owner,
            (Some("bytes"), _) if is_slice => owner,
            (Some("bytes"), _) => Kind::int(),
            (Some("str"), _) => Kind::str(),
            (Some("dict" | "WeakValueDictionary" | "WeakKeyDictionary"), [key, value]) => {
                self.flow(&index_kind, key);
                self.fits(&index_kind, key, index);
                value.clone()
            }
            (Some("tuple"), items) if is_slice => match literal_slice(index, items.len()) {
                Some(places) => Kind::with("tuple", places.into_iter().map(|at| items[at].clone()).collect()),
                None => {
                    self.error(index.span, message::TUPLE_INDEX);
                    Kind::Unknown
                }
            },
            (Some("tuple"), items) => {
                let at = literal_index(index).map(|at| if at < 0 { at + items.len() as i64 } else { at });
                match at.and_then(|at| usize::try_from(at).ok()).map(|at| items.get(at)) {
                    Some(Some(item)) => item.clone(),
                    Some(None) => {
                        let text = format!("this tuple has {} items", items.len());
                        self.error(index.span, text);
                        Kind::Unknown
                    }
                    None => {
                        self.error(index.span, message::TUPLE_INDEX);
                        Kind::Unknown
                    }
                }
            }
            (Some(class), args) => match self.model.method(class, "__getitem__") {
                Some((owner, signature)) => {
                    let (params, result) = {
                        let generics = owner.generics.clone();
                        self.instantiate(&signature, Some((&generics, args)))
                    };
                    if let Some(param) = params.first() {
                        self.flow(&index_kind, param);
                    }
                    if signature.must_handle {
                        self.must_handle(value.span, "`__getitem__`");
                    }
                    result
                }
                None => {
                    if self.model.is_script_class(class) {
                        let class = class.to_owned();
                        self.error(value.span, format!("`{class}` can't be indexed: it has no `__getitem__`"));
                    }
                    self.no_items(&owner, value.span);
                    Kind::Unknown
                }
            },
            _ => {
                self.no_items(&owner, value.span);
                Kind::Unknown
            }
        }
    }

    fn unary(&mut self, op: UnaryOp, value: &Expr, expected: Option<&Kind>) -> Kind {
        let kind = self.expr(value, expected);
        let kind = self.shallow(&kind);
        if kind.is("any") {
            self.no_any_operator(method_sign(op), value.span);
            return Kind::Unknown;
        }
        if kind.is("bool") {
            return Kind::int();
        }
        if kind.is("int") || kind.is("float") {
            return kind;
        }
        let method = match op {
            UnaryOp::Neg => "__neg__",
            UnaryOp::Pos => "__pos__",
            UnaryOp::Invert => "__invert__",
        };
        match kind.name().and_then(|name| self.model.method(name, method)) {
            Some((_, signature)) => signature.result.clone(),
            None => {
                let sign = method_sign(op);
                self.no_number(&kind, sign, method, value.span);
                Kind::Unknown
            }
        }
    }

    pub fn binary_kind(&mut self, op: BinaryOp, left: &Kind, right: &Kind, span: Span) -> Kind {
        let (left, right) = (self.shallow(left).unwrapped().clone(), self.shallow(right).unwrapped().clone());
        if left.is_number() && right.is_number() {
            let is_float = left.is("float") || right.is("float");
            let is_bool = left.is("bool") && right.is("bool");
            return match op {
                BinaryOp::TrueDiv => Kind::float(),
                BinaryOp::And | BinaryOp::Or | BinaryOp::Xor if is_bool => Kind::bool(),
                _ if is_float => Kind::float(),
                _ => Kind::int(),
            };
        }
        if op == BinaryOp::Mod && left.is("str") {
            self.error(span, message::PERCENT);
            return Kind::str();
        }
        let (owner, other, method) = match self.model.is_reflected(op, &left, &right) {
            true => (&right, &left, op.reflected()),
            false => (&left, &right, format!("__{}__", op.method())),
        };
        if let Some(name) = owner.name()
            && let Some((class, signature)) = self.model.method(name, &method)
        {
            let generics = class.generics.clone();
            let (params, result) = self.instantiate(&signature, Some((&generics, owner.args())));
            if let Some(param) = params.first() {
                self.flow(other, param);
            }
            if signature.must_handle {
                self.must_handle(span, &format!("`{}`", op.text()));
            }
            return result;
        }
        if let Some(name) = left.name()
            && self.model.is_script_class(name)
        {
            let text = format!(
                "`{name}` has no operator `{}`\nhelp: give it `def __{}__(self, other: {name})`",
                op.text(),
                op.method()
            );
            self.error(span, text);
            return Kind::Unknown;
        }
        if left.is("any") || right.is("any") {
            self.no_any_operator(op.text(), span);
            return Kind::Unknown;
        }
        let sequence = |kind: &Kind| matches!(kind.name(), Some("list" | "str" | "bytes" | "tuple..." | "tuple"));
        match op {
            BinaryOp::Add if sequence(&left) => {
                self.mismatch(op, &left, &right, span);
                if left.is("tuple") && right.is("tuple") {
                    let items = left.args().iter().chain(right.args()).cloned().collect();
                    return Kind::with("tuple", items);
                }
                self.flow(&right, &left);
                left
            }
            BinaryOp::Mul if sequence(&left) => {
                self.times(&left, &right, span);
                left
            }
            BinaryOp::Mul if sequence(&right) => {
                self.times(&right, &left, span);
                right
            }
            BinaryOp::And | BinaryOp::Or | BinaryOp::Sub | BinaryOp::Xor
                if matches!(left.name(), Some("set" | "frozenset" | "DictKeys")) =>
            {
                match left.args() {
                    [key, ..] if left.is("DictKeys") => Kind::with("set", vec![key.clone()]),
                    _ => left,
                }
            }
            BinaryOp::Or if left.is("dict") => left,
            _ => {
                self.mismatch(op, &left, &right, span);
                Kind::Unknown
            }
        }
    }

    fn compare(&mut self, first: &Expr, rest: &[(CompareOp, Span, Expr)]) -> Kind {
        let mut left = self.expr(first, None);
        for (op, span, operand) in rest {
            let known = self.shallow(&left);
            let expected = match op {
                CompareOp::Eq | CompareOp::Ne | CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => {
                    Some(known.clone()).filter(|kind| !kind.is_unknown() && !kind.is_number())
                }
                _ => None,
            };
            let right = self.expr(operand, expected.as_ref());
            self.tested_for_none(first, operand);
            self.no_order(*op, &known, &right, *span);
            if let Some(name) = known.name()
                && self.model.is_script_class(name)
            {
                let method = match op {
                    CompareOp::Lt | CompareOp::Gt => Some(("__lt__", "<")),
                    CompareOp::Le | CompareOp::Ge => Some(("__le__", "<=")),
                    _ => None,
                };
                if let Some((method, text)) = method
                    && self.model.method(name, method).is_none()
                    && self.model.method(name, &method.replace("l", "g")).is_none()
                {
                    let text = format!(
                        "`{name}` has no order: `{text}` needs `{method}`\nhelp: give it `def {method}(self, other: {name}) -> bool`"
                    );
                    self.error(*span, text);
                }
            }
            if matches!(op, CompareOp::In | CompareOp::NotIn) {
                let container = self.shallow(&right);
                if container.is_number() {
                    let text = format!("`{container}` contains nothing: `in` needs a container");
                    self.error(operand.span, text);
                }
            }
            left = right;
        }
        Kind::bool()
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

fn method_sign(op: UnaryOp) -> &'static str {
    match op {
        UnaryOp::Neg => "-",
        UnaryOp::Pos => "+",
        UnaryOp::Invert => "~",
    }
}

/// The places of a tuple that a slice with numbers as written takes.
pub fn literal_slice(index: &Expr, count: usize) -> Option<Vec<usize>> {
    let ExprKind::Slice { start, stop, step } = &index.kind else { return None };
    let bound = |part: &Option<Box<Expr>>| match part.as_deref() {
        None => Some(None),
        Some(part) => literal_index(part).map(Some),
    };
    let count = count as i64;
    let (start, stop, step) = (bound(start)?, bound(stop)?, bound(step)?.unwrap_or(1));
    let (least, most) = if step > 0 { (0, count) } else { (-1, count - 1) };
    let place = |at: i64| if at < 0 { at.saturating_add(count) } else { at }.clamp(least, most);
    let first = start.map_or(if step > 0 { 0 } else { most }, place);
    let last = stop.map_or(if step > 0 { most } else { -1 }, place);
    if step == 0 {
        return None;
    }
    let mut places = Vec::new();
    let mut at = first;
    while if step > 0 { at < last } else { at > last } {
        places.push(usize::try_from(at).ok()?);
        at = at.checked_add(step)?;
    }
    Some(places)
}

pub fn literal_index(index: &Expr) -> Option<i64> {
    match &index.kind {
        ExprKind::Int(literal) => literal.to_string().replace('_', "").parse().ok(),
        ExprKind::Unary { op: UnaryOp::Neg, value } => literal_index(value).map(|value| -value),
        _ => None,
    }
}
