//! Classes and functions: their fields, parameters and results, those of the script and those that every script knows.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use proc_macro2::{Ident, Span, TokenStream};

use super::kind::{Kind, PROXY, RustType};
use super::parse::parse_prelude;
use super::tree::{
    BinaryOp, Class, Decorator, Expr, ExprKind, Function, Generic, Script, Stmt, StmtKind, Type, TypeKind,
};
use super::{builtin, message};
use crate::report::Report;

#[derive(Default)]
pub struct Model {
    pub classes: BTreeMap<String, ClassModel>,
    /// By the function's node.
    pub functions: HashMap<usize, Rc<Signature>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    Builtin,
    Exception,
    Script,
    /// Brought in by `use class`.
    Outside,
}

#[derive(Clone)]
pub struct ClassModel {
    pub name: Rc<str>,
    pub span: Span,
    pub origin: Origin,
    pub generics: Vec<Rc<str>>,
    pub base: Option<Kind>,
    pub fields: Vec<FieldModel>,
    pub methods: BTreeMap<String, Rc<Signature>>,
    pub setters: BTreeMap<String, Rc<Signature>>,
    pub has_subclasses: bool,
}

#[derive(Clone)]
pub struct FieldModel {
    pub name: String,
    pub kind: Kind,
    /// A class attribute.
    pub shared: bool,
    /// One container for all objects, which no `__init__` replaces: reading it through an object is a trap.
    pub trap: bool,
    pub weak: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    Function,
    Method,
    Static,
    /// `@classmethod`
    Class,
    Property,
    Setter,
}

#[derive(Clone)]
pub struct Signature {
    pub name: String,
    pub role: Role,
    pub generics: Vec<Rc<str>>,
    /// Without `self`.
    pub params: Vec<ParamModel>,
    pub result: Kind,
    pub raises: bool,
    /// Whoever calls it must handle that: `__del__`, `__next__` and `__exit__` may raise without saying so.
    pub must_handle: bool,
    /// For a function that yields: calling it makes a generator, and never raises.
    pub yields: Option<Rc<Yields>>,
}

/// What a generator yields, is sent and returns.
#[derive(Clone)]
pub struct Yields {
    pub item: Kind,
    /// What a `yield` gives, as annotated.
    pub gives: Kind,
    /// `None`, `any` or `T?`: whatever it is sent, `next` sends `None`.
    pub sent: Kind,
    pub returned: Kind,
    /// `@contextmanager`
    pub is_manager: bool,
}

#[derive(Clone)]
pub struct ParamModel {
    pub name: String,
    pub kind: Kind,
    pub default: Option<Default>,
    /// The argument is only looked at.
    pub lent: bool,
}

/// What a parameter is without an argument.
#[derive(Clone)]
pub enum Default {
    /// A value that the call itself writes down.
    Literal(Expr),
    /// A value that was made when the `def` ran.
    Made,
    /// A field that its constructor leaves unset: the class attribute shows through.
    Unset,
}

impl Default {
    fn of(value: Expr) -> Default {
        match value.is_literal() {
            true => Default::Literal(value),
            false => Default::Made,
        }
    }

    /// The value that a call writes down.
    pub fn literal(self) -> Option<Expr> {
        match self {
            Default::Literal(value) => Some(value),
            Default::Made | Default::Unset => None,
        }
    }
}

impl Model {
    pub fn new(script: &Script, report: &mut Report) -> Model {
        let mut model = Model::default();
        model.exceptions();
        let prelude = parse_prelude(builtin::PRELUDE);
        let mut quiet = Report::new();
        model.declare(&prelude.body, Origin::Builtin, &mut quiet);
        quiet.discard();
        model.declare(&script.body, Origin::Script, report);
        model.inherit(report);
        model
    }

    fn exceptions(&mut self) {
        let of_modules = builtin::MODULE_EXCEPTIONS.iter().map(|(_, name, base)| (name, base));
        for (name, base) in builtin::EXCEPTIONS.iter().map(|(name, base)| (name, base)).chain(of_modules) {
            let base = (!base.is_empty()).then(|| Kind::named(base));
            self.classes.insert((*name).to_owned(), ClassModel::empty(name, Origin::Exception, base));
        }
    }

    fn declare(&mut self, stmts: &[Stmt], origin: Origin, report: &mut Report) {
        for stmt in stmts {
            match &stmt.kind {
                StmtKind::Class(class) => {
                    let name = class.name.to_string();
                    let mut known = ClassModel::empty(&name, origin, None);
                    known.span = class.name.span();
                    known.generics = generic_names(&class.generics);
                    if origin == Origin::Builtin
                        && let Some(exception) = self.classes.get(&name)
                    {
                        known = exception.clone();
                    }
                    self.classes.insert(name, known);
                }
                StmtKind::Use { classes, .. } => {
                    for text in classes.iter().map(Ident::to_string) {
                        self.classes.insert(text.clone(), ClassModel::empty(&text, Origin::Outside, None));
                    }
                }
                _ => {}
            }
        }
        for stmt in stmts {
            self.members(stmt, &[], report);
        }
    }

    /// Signatures need the names of all classes, so this comes second.
    fn members(&mut self, stmt: &Stmt, generics: &[Rc<str>], report: &mut Report) {
        match &stmt.kind {
            StmtKind::Class(class) => self.class(class, report),
            StmtKind::Def(function) => self.function(function, Role::Function, generics, report),
            _ => {}
        }
        let mut inner = Vec::new();
        blocks(&stmt.kind, &mut inner);
        for block in inner {
            for stmt in block {
                self.members(stmt, generics, report);
            }
        }
    }

    fn function(&mut self, function: &Function, role: Role, outer: &[Rc<str>], report: &mut Report) {
        let signature = Rc::new(self.signature(function, role, outer, report));
        self.functions.insert(function.id, signature);
        let mut generics = outer.to_vec();
        generics.extend(generic_names(&function.generics));
        for stmt in &function.body.body {
            self.members(stmt, &generics, report);
        }
    }

    fn class(&mut self, class: &Class, report: &mut Report) {
        let generics = generic_names(&class.generics);
        let base = class.base.as_ref().map(|base| self.kind(base, &generics, report));
        let mut fields = Vec::new();
        for field in &class.fields {
            let mut kind = self.kind(&field.ty, &generics, report);
            if field.weak.is_some() {
                kind = kind.optional();
            }
            let container = field.default.as_ref().and_then(Expr::new_container);
            fields.push(FieldModel {
                name: field.name.to_string(),
                kind,
                shared: field.default.is_some(),
                trap: container.is_some() && !field.shares && !sets_in_init(class, &field.name),
                weak: field.weak.is_some(),
            });
        }
        let mut methods = BTreeMap::new();
        let mut setters = BTreeMap::new();
        for method in &class.methods {
            let role = role(method, report);
            self.function(method, role, &generics, report);
            let signature = self.functions[&method.id].clone();
            let table = if role == Role::Setter { &mut setters } else { &mut methods };
            table.insert(method.name.to_string(), signature);
        }
        if let Some(known) = self.classes.get_mut(&class.name.to_string()) {
            if known.origin != Origin::Exception {
                known.base = base;
            }
            known.fields = fields;
            known.methods = methods;
            known.setters = setters;
        }
    }

    fn signature(&self, function: &Function, role: Role, outer: &[Rc<str>], report: &mut Report) -> Signature {
        let mut generics = outer.to_vec();
        let own = generic_names(&function.generics);
        generics.extend(own.iter().cloned());
        let is_method = !matches!(role, Role::Function | Role::Static);
        let mut params = Vec::new();
        for (at, param) in function.params.iter().enumerate() {
            if at == 0 && is_method {
                if param.name != "self" && param.name != "cls" {
                    let text = format!(
                        "the first parameter of a method is `self`\nhelp: write `def {}(self, …)`, or put `@staticmethod` before it",
                        function.name
                    );
                    report.error(param.name.span(), text);
                }
                continue;
            }
            let kind = match &param.ty {
                Some(ty) => self.kind(ty, &generics, report),
                None => {
                    let text = format!(
                        "the parameter `{0}` needs a type\nhelp: write `{0}: int`, or another type",
                        param.name
                    );
                    report.error(param.name.span(), text);
                    Kind::Unknown
                }
            };
            let lent = kind.is("lent") || matches!(&kind, Kind::Optional(inner) if inner.is("lent"));
            params.push(ParamModel {
                name: param.name.to_string(),
                kind: unlent(kind),
                default: param.default.clone().map(Default::of),
                lent,
            });
        }
        if is_method && function.params.is_empty() {
            let text = format!(
                "a method takes `self`\nhelp: write `def {}(self)`, or put `@staticmethod` before it",
                function.name
            );
            report.error(function.name.span(), text);
        }
        let result = match &function.result {
            Some(ty) => self.kind(ty, &generics, report),
            None => Kind::None,
        };
        let always_raises = matches!(function.name.to_string().as_str(), "__del__" | "__next__" | "__exit__");
        let is_manager = function.decorators.iter().any(Decorator::is_contextmanager);
        let yields = yields(&function.body.body).then(|| Rc::new(Yields::of(&result, is_manager)));
        let result = match &yields {
            Some(yields) if is_manager => Kind::with("GeneratorContextManager", vec![yields.item.clone()]),
            _ => result,
        };
        Signature {
            name: function.name.to_string(),
            role,
            generics: own,
            params,
            result,
            raises: yields.is_none() && (function.raises.is_some() || (is_method && always_raises)),
            must_handle: function.raises.is_some(),
            yields,
        }
    }

    /// The meaning of a written type; unknown names are reported.
    pub fn kind(&self, ty: &Type, generics: &[Rc<str>], report: &mut Report) -> Kind {
        match &ty.kind {
            TypeKind::None => Kind::None,
            TypeKind::Missing => Kind::Unknown,
            TypeKind::Rust(tokens) => Kind::Rust(RustType(tokens.clone())),
            TypeKind::Optional(inner) => self.kind(inner, generics, report).optional(),
            TypeKind::Params(_) | TypeKind::Ellipsis => {
                report.error(ty.span, "a type is due here");
                Kind::Unknown
            }
            TypeKind::Named { name, args } => self.named(ty, name, args, generics, report),
        }
    }

    fn named(&self, ty: &Type, name: &Ident, args: &[Type], generics: &[Rc<str>], report: &mut Report) -> Kind {
        let text = name.to_string();
        match text.as_str() {
            "Callable" => return self.callable(ty, args, generics, report),
            "tuple" if matches!(args, [_, Type { kind: TypeKind::Ellipsis, .. }]) => {
                return Kind::with("tuple...", vec![self.kind(&args[0], generics, report)]);
            }
            "ref" | "ReferenceType" if args.len() == 1 => {
                return Kind::with("weak", vec![self.kind(&args[0], generics, report)]);
            }
            "TextIO" if args.is_empty() && !self.classes.contains_key(&text) => return Kind::named("TextIOWrapper"),
            "CallableProxyType" if args.len() == 1 => {
                return Kind::with(PROXY, vec![self.kind(&args[0], generics, report)]);
            }
            "finalize" if self.classes.get(&text).is_some_and(|class| class.origin == Origin::Builtin) => {
                return self.finalize(ty, args, generics, report);
            }
            _ => {}
        }
        let kinds: Vec<Kind> = args.iter().map(|arg| self.kind(arg, generics, report)).collect();
        if generics.iter().any(|known| **known == *text) {
            return Kind::named(&text);
        }
        let wanted = match (text.as_str(), self.classes.get(&text)) {
            ("tuple" | "lent", _) => return Kind::with(&text, kinds),
            (_, Some(class)) => Some(class.generics.len()),
            _ => builtin::TYPES.iter().find(|(known, _)| *known == text).map(|(_, count)| *count),
        };
        let Some(wanted) = wanted else {
            // A type of Rust that is in scope, or a mistake.
            let known = self.classes.keys().map(String::as_str).chain(builtin::TYPES.iter().map(|(known, _)| *known));
            if let Some(meant) = message::suggestion(&text, known) {
                report.error(ty.span, format!("there is no type `{text}`\nhelp: did you mean `{meant}`?"));
                return Kind::Unknown;
            }
            let mut tokens = TokenStream::new();
            tokens.extend([proc_macro2::TokenTree::Ident(name.clone())]);
            return Kind::Rust(RustType(tokens));
        };
        let outside = self.classes.get(&text).is_some_and(|class| class.origin == Origin::Outside);
        if kinds.len() != wanted && !outside {
            let text = match wanted {
                0 => format!("`{text}` takes no types in brackets"),
                1 => format!("`{text}` needs one type in brackets\nhelp: write `{text}[int]`, or another type"),
                3 if text == "Generator" => message::GENERATOR_TYPE.to_owned(),
                _ => format!("`{text}` needs {wanted} types in brackets"),
            };
            report.error(ty.span, text);
            return Kind::with(&name.to_string(), vec![Kind::Unknown; wanted]);
        }
        Kind::with(&text, kinds)
    }

    fn callable(&self, ty: &Type, args: &[Type], generics: &[Rc<str>], report: &mut Report) -> Kind {
        let [Type { kind: TypeKind::Params(params), .. }, result] = args else {
            report.error(
                ty.span,
                "a `Callable` lists its parameters and its result\nhelp: write `Callable[[int, str], bool]`",
            );
            return Kind::Unknown;
        };
        let params = params.iter().map(|param| self.kind(param, generics, report)).collect();
        Kind::Function(params, Box::new(self.kind(result, generics, report)))
    }

    /// `finalize[[A, B], T]`: the parameters of the function, and the object's type.
    fn finalize(&self, ty: &Type, args: &[Type], generics: &[Rc<str>], report: &mut Report) -> Kind {
        let [Type { kind: TypeKind::Params(params), .. }, object] = args else {
            report.error(
                ty.span,
                "a `finalize` lists the parameters of its function, and the type of its object\nhelp: write `weakref.finalize[[str, int], Node]`",
            );
            return Kind::Unknown;
        };
        let params = params.iter().map(|param| self.kind(param, generics, report)).collect();
        Kind::with("finalize", vec![Kind::with("tuple", params), self.kind(object, generics, report)])
    }

    /// Marks bases, and reports loops and unknown ones.
    fn inherit(&mut self, report: &mut Report) {
        let names: Vec<String> = self.classes.keys().cloned().collect();
        for name in names {
            let class = &self.classes[&name];
            if class.origin != Origin::Script {
                continue;
            }
            let span = class.span;
            let Some(base) = class.base.as_ref().and_then(Kind::name).map(str::to_owned) else {
                if class.base.is_some() {
                    report.error(span, "the base of a class is a class of the same script");
                    self.forget_base(&name);
                }
                continue;
            };
            match self.classes.get(&base).map(|class| class.origin) {
                Some(Origin::Script) if self.is_own_ancestor(&name) => {
                    report.error(span, format!("`{name}` is its own base"));
                    self.forget_base(&name);
                }
                Some(Origin::Script | Origin::Exception) => {
                    if let Some(class) = self.classes.get_mut(&base) {
                        class.has_subclasses = true;
                    }
                }
                _ => {
                    let text =
                        format!("`{base}` can't be a base: a base is a class of the same script, or an exception");
                    report.error(span, text);
                    self.forget_base(&name);
                }
            }
        }
    }

    fn forget_base(&mut self, name: &str) {
        if let Some(class) = self.classes.get_mut(name) {
            class.base = None;
        }
    }

    fn is_own_ancestor(&self, name: &str) -> bool {
        let mut at = self.base_of(name);
        for _ in 0..self.classes.len() {
            match at {
                Some(base) if &*base.name == name => return true,
                Some(base) => at = self.base_of(&base.name),
                None => return false,
            }
        }
        true
    }

    pub fn base_of(&self, name: &str) -> Option<&ClassModel> {
        let base = self.classes.get(name)?.base.as_ref()?;
        self.classes.get(base.name()?)
    }

    /// The class and its bases, itself first.
    pub fn lineage(&self, name: &str) -> Vec<&ClassModel> {
        let mut lineage = Vec::new();
        let mut at = self.classes.get(name);
        while let Some(class) = at {
            lineage.push(class);
            at = self.base_of(&class.name);
            if lineage.len() > self.classes.len() {
                break;
            }
        }
        lineage
    }

    pub fn is_subclass(&self, name: &str, base: &str) -> bool {
        self.lineage(name).iter().any(|class| &*class.name == base)
    }

    pub fn is_script_class(&self, name: &str) -> bool {
        self.classes.get(name).is_some_and(|class| class.origin == Origin::Script)
    }

    pub fn is_exception(&self, name: &str) -> bool {
        self.is_subclass(name, "BaseException")
    }

    /// Whether values of the class carry their class at run time.
    pub fn is_polymorphic(&self, name: &str) -> bool {
        let lineage = self.lineage(name);
        lineage.len() > 1 || lineage.first().is_some_and(|class| class.has_subclasses)
    }

    /// The root of a class's hierarchy in the script.
    pub fn root(&self, name: &str) -> Option<&ClassModel> {
        self.lineage(name).into_iter().rfind(|class| class.origin == Origin::Script)
    }

    pub fn method(&self, class: &str, name: &str) -> Option<(&ClassModel, Rc<Signature>)> {
        self.lineage(class).into_iter().find_map(|class| Some((class, class.methods.get(name)?.clone())))
    }

    pub fn setter(&self, class: &str, name: &str) -> Option<(&ClassModel, Rc<Signature>)> {
        self.lineage(class).into_iter().find_map(|class| Some((class, class.setters.get(name)?.clone())))
    }

    pub fn field(&self, class: &str, name: &str) -> Option<(&ClassModel, &FieldModel)> {
        self.lineage(class)
            .into_iter()
            .find_map(|class| Some((class, class.fields.iter().find(|field| field.name == name)?)))
    }

    /// The class whose struct holds a field that classes derived from it declare anew; `None` for other fields.
    ///
    /// Objects have one such field, whatever class declares it, and without a value of their own show that of their class.
    pub fn redeclared(&self, class: &str, name: &str) -> Option<&ClassModel> {
        let declares = |class: &ClassModel| class.fields.iter().any(|field| field.name == name);
        let holder = self.lineage(class).into_iter().rfind(|class| declares(class))?;
        let anew = |other: &ClassModel| {
            other.name != holder.name && declares(other) && self.is_subclass(&other.name, &holder.name)
        };
        self.classes.values().any(anew).then_some(holder)
    }

    /// Whether a base of the class holds the field that it declares.
    pub fn redeclares(&self, class: &str, name: &str) -> bool {
        self.redeclared(class, name).is_some_and(|holder| &*holder.name != class)
    }

    /// Whether the type of a field depends on the generic parameters of its class.
    pub fn is_generic_field(&self, class: &str, name: &str) -> bool {
        self.field(class, name)
            .is_some_and(|(owner, field)| owner.generics.iter().any(|generic| field.kind.mentions(generic)))
    }

    /// Whether some class of the script below `class` has a method of this name of its own.
    pub fn is_overridden(&self, class: &str, method: &str) -> bool {
        self.classes.values().any(|other| {
            &*other.name != class && other.methods.contains_key(method) && self.is_subclass(&other.name, class)
        })
    }

    /// Whether calls of a method of the class look for the one that takes its place.
    pub fn is_dispatched(&self, class: &str, method: &str) -> bool {
        let own = self.classes.get(class).and_then(|class| class.methods.get(method));
        own.is_some_and(|own| !matches!(own.role, Role::Static | Role::Class))
            && method != "__init__"
            && method != "__del__"
            && self.is_overridden(class, method)
    }

    /// Whether it is the right operand that defines the operator: `2 * v` is `v.__rmul__(2)`.
    pub fn is_reflected(&self, op: BinaryOp, left: &Kind, right: &Kind) -> bool {
        let Some(right_name) = right.name().filter(|name| self.is_script_class(name)) else { return false };
        if self.method(right_name, &op.reflected()).is_none() {
            return false;
        }
        let Some(left_name) = left.name().filter(|name| self.is_script_class(name)) else { return true };
        match self.method(left_name, &format!("__{}__", op.method())) {
            None => true,
            Some((_, signature)) => signature.params.first().is_some_and(|param| {
                let wanted = param.kind.unwrapped();
                wanted
                    .name()
                    .is_some_and(|name| name != "any" && name != right_name && !self.is_subclass(right_name, name))
                    && (wanted.is_number()
                        || wanted.is("str")
                        || self.is_script_class(wanted.name().unwrap_or_default()))
            }),
        }
    }

    /// All members' names, for suggestions.
    pub fn members_of(&self, class: &str) -> Vec<String> {
        self.lineage(class)
            .iter()
            .flat_map(|class| class.fields.iter().map(|field| field.name.clone()).chain(class.methods.keys().cloned()))
            .collect()
    }
}

impl Yields {
    /// By the annotation of the result; unknown if that is wrong, which `infer` reports.
    fn of(result: &Kind, is_manager: bool) -> Yields {
        match (result.name(), result.args()) {
            (Some("Iterator"), [item]) => Yields { is_manager, ..Yields::items(item.clone()) },
            (Some("Generator"), [item, sent, returned]) => {
                let (item, gives, returned) = (item.clone(), sent.clone(), returned.clone());
                Yields { item, sent: gives.sent(), gives, returned, is_manager }
            }
            _ => {
                let unknown = || Kind::Unknown;
                Yields { item: unknown(), gives: unknown(), sent: unknown(), returned: unknown(), is_manager }
            }
        }
    }

    /// Of a generator that yields and does nothing else.
    pub fn items(item: Kind) -> Yields {
        Yields { item, gives: Kind::None, sent: Kind::None, returned: Kind::None, is_manager: false }
    }
}

impl ClassModel {
    fn empty(name: &str, origin: Origin, base: Option<Kind>) -> ClassModel {
        ClassModel {
            name: name.into(),
            span: Span::call_site(),
            origin,
            generics: Vec::new(),
            base,
            fields: Vec::new(),
            methods: BTreeMap::new(),
            setters: BTreeMap::new(),
            has_subclasses: false,
        }
    }
}

/// Whether `__init__` assigns `self.name`.
fn sets_in_init(class: &Class, name: &Ident) -> bool {
    let init = class.methods.iter().find(|method| method.name == "__init__");
    init.is_some_and(|init| sets(&init.body.body, name))
}

fn sets(stmts: &[Stmt], name: &Ident) -> bool {
    stmts.iter().any(|stmt| {
        let here = match &stmt.kind {
            StmtKind::Assign { targets, .. } => targets.iter().any(|target| is_own(target, name)),
            _ => false,
        };
        let mut inner = Vec::new();
        blocks(&stmt.kind, &mut inner);
        here || inner.into_iter().any(|block| sets(block, name))
    })
}

/// `self.name`, or a part of an unpacking that is it.
fn is_own(target: &Expr, name: &Ident) -> bool {
    match &target.kind {
        ExprKind::Attribute { value, name: Some(field) } => {
            field == name && matches!(&value.kind, ExprKind::Name(owner) if owner == "self")
        }
        ExprKind::Tuple(items) => items.iter().any(|item| is_own(item, name)),
        _ => false,
    }
}

fn unlent(kind: Kind) -> Kind {
    match kind {
        Kind::Named(name, mut args) if &*name == "lent" => args.pop().unwrap_or(Kind::Unknown),
        Kind::Optional(inner) => unlent(*inner).optional(),
        kind => kind,
    }
}

pub fn generic_names(generics: &[Generic]) -> Vec<Rc<str>> {
    generics.iter().map(|generic| generic.name.to_string().into()).collect()
}

fn role(method: &Function, report: &mut Report) -> Role {
    let mut role = Role::Method;
    for decorator in &method.decorators {
        let names: Vec<String> = decorator.path.iter().map(ToString::to_string).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        role = match names.as_slice() {
            ["staticmethod"] => Role::Static,
            ["classmethod"] => Role::Class,
            ["property"] => Role::Property,
            [name, "setter"] if method.name == name => Role::Setter,
            ["override"] | ["contextmanager"] | [_, "contextmanager"] => role,
            _ => {
                let text =
                    "the decorators of methods are `@staticmethod`, `@classmethod`, `@property` and `@name.setter`";
                report.error(decorator.span, text);
                role
            }
        };
    }
    role
}

/// Whether a `yield` belongs to these statements' function.
fn yields(stmts: &[Stmt]) -> bool {
    stmts.iter().any(|stmt| {
        if matches!(stmt.kind, StmtKind::Def(_) | StmtKind::Class(_)) {
            return false;
        }
        let mut found = false;
        own_expressions(&stmt.kind, &mut |expr| found |= expr_yields(expr));
        let mut inner = Vec::new();
        blocks(&stmt.kind, &mut inner);
        found || inner.into_iter().any(yields)
    })
}

/// Whether a `yield` of the function around it is in an expression.
pub fn expr_yields(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Yield(_) | ExprKind::YieldFrom(_) => true,
        ExprKind::Lambda { .. } => false,
        _ => {
            let mut found = false;
            super::scope::children(expr, &mut |child| found |= expr_yields(child));
            found
        }
    }
}

/// The expressions that stand in a statement itself, not in its blocks.
pub fn own_expressions(kind: &StmtKind, visit: &mut dyn FnMut(&Expr)) {
    match kind {
        StmtKind::Expr(value) => visit(value),
        StmtKind::Assign { targets, value } => {
            visit(value);
            targets.iter().for_each(visit);
        }
        StmtKind::Annotated { target, value, .. } => {
            value.iter().for_each(&mut *visit);
            visit(target);
        }
        StmtKind::Augmented { target, value, .. } => {
            visit(target);
            visit(value);
        }
        StmtKind::Return(value) => value.iter().for_each(visit),
        StmtKind::Raise { exception, cause } => exception.iter().chain(cause).for_each(visit),
        StmtKind::Del(targets) => targets.iter().for_each(visit),
        StmtKind::Assert { condition, message } => {
            visit(condition);
            message.iter().for_each(visit);
        }
        StmtKind::If { arms, .. } => arms.iter().for_each(|(condition, _)| visit(condition)),
        StmtKind::While { condition, .. } => visit(condition),
        StmtKind::For { target, iterable, .. } => {
            visit(iterable);
            visit(target);
        }
        StmtKind::Try(statement) => {
            statement.handlers.iter().flat_map(|handler| &handler.classes).for_each(visit);
        }
        StmtKind::With { items, .. } => {
            for (manager, target) in items {
                visit(manager);
                target.iter().for_each(&mut *visit);
            }
        }
        StmtKind::Match { subject, cases } => {
            visit(subject);
            cases.iter().filter_map(|case| case.guard.as_ref()).for_each(visit);
        }
        _ => {}
    }
}

/// The blocks of a statement that belong to the same function.
pub fn blocks<'s>(kind: &'s StmtKind, found: &mut Vec<&'s [Stmt]>) {
    match kind {
        StmtKind::If { arms, otherwise } => {
            found.extend(arms.iter().map(|(_, block)| block.body.as_slice()));
            found.extend(otherwise.iter().map(|block| block.body.as_slice()));
        }
        StmtKind::While { body, otherwise, .. } | StmtKind::For { body, otherwise, .. } => {
            found.push(&body.body);
            found.extend(otherwise.iter().map(|block| block.body.as_slice()));
        }
        StmtKind::Try(statement) => {
            found.push(&statement.body.body);
            found.extend(statement.handlers.iter().map(|handler| handler.body.body.as_slice()));
            found.extend(statement.otherwise.iter().map(|block| block.body.as_slice()));
            found.extend(statement.finally.iter().map(|block| block.body.as_slice()));
        }
        StmtKind::With { body, .. } => found.push(&body.body),
        StmtKind::Match { cases, .. } => found.extend(cases.iter().map(|case| case.body.body.as_slice())),
        _ => {}
    }
}

/// Whether a body has handlers that give what they catch a name.
pub fn names_caught(stmts: &[Stmt]) -> bool {
    stmts.iter().any(|stmt| {
        let here = match &stmt.kind {
            StmtKind::Try(statement) => statement.handlers.iter().any(|handler| handler.name.is_some()),
            _ => false,
        };
        let mut inner = Vec::new();
        blocks(&stmt.kind, &mut inner);
        here || inner.into_iter().any(names_caught)
    })
}
