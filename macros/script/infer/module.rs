//! Functions of modules whose types no plain signature describes: they take any object, or a function with its arguments.

use proc_macro2::{Ident, Span};

use super::call::Arguments;
use super::{Infer, Member, Plan, Target};
use crate::script::kind::{Kind, PROXY};
use crate::script::scope::Binding;
use crate::script::tree::{Argument, Expr, ExprKind};

/// The names of the functions of a module that are typed here.
pub fn special_functions(module: &str) -> &'static [&'static str] {
    match module {
        "weakref" => &["ref", "proxy", "WeakMethod", "finalize", "WeakValueDictionary", "WeakKeyDictionary", "WeakSet"],
        "atexit" => &["register", "unregister"],
        "threading" => &["Thread"],
        "itertools" => &["chain"],
        _ => &[],
    }
}

/// The name in the prelude of what a function of a module is with so many arguments.
pub fn overload<'n>(module: &str, name: &'n str, args: &[Argument]) -> &'n str {
    let is_given = |wanted: &str| args.iter().any(|arg| arg.name.as_ref().is_some_and(|name| name == wanted));
    match (module, name, args.len()) {
        ("functools", "reduce", 3) => "reduce_from",
        ("itertools", "islice", 3 | 4) => "islice_from",
        ("itertools", "accumulate", 2) => "accumulate_by",
        ("itertools", "repeat", 2) => "repeat_times",
        ("itertools", "product", 2) if is_given("repeat") => "product_repeat",
        ("itertools", "product", 1) => "product1",
        ("itertools", "product", 3) => "product3",
        ("itertools", "product", 4) => "product4",
        ("itertools", "zip_longest", 3) if is_given("fillvalue") => "zip_longest_with",
        ("itertools", "groupby", 2) => "groupby_key",
        ("math", "log", 2) => "log_base",
        ("random", "randrange", 2) => "randrange_from",
        ("dict", "fromkeys", 2) => "fromkeys_with",
        _ => name,
    }
}

impl Infer<'_> {
    pub fn module_function(
        &mut self,
        module: &str,
        name: &Ident,
        args: Arguments<'_>,
        expected: Option<&Kind>,
    ) -> Option<Plan> {
        let text = name.to_string();
        let result = match (module, text.as_str()) {
            ("weakref", "ref") => self.weak_reference("weak", args, expected),
            ("weakref", "proxy") => self.weak_reference(PROXY, args, expected),
            ("weakref", "WeakMethod") => self.weak_method(args),
            ("weakref", "finalize") => self.finalize(args),
            ("weakref", "WeakValueDictionary" | "WeakKeyDictionary" | "WeakSet") => {
                self.weak_container(&text, args, expected)
            }
            ("atexit", "register") => {
                self.deferred("`atexit.register` takes a function", args.first(), args.get(1..).unwrap_or_default());
                Kind::None
            }
            ("atexit", "unregister") => {
                self.deferred("`atexit.unregister` takes a function", args.first(), &[]);
                Kind::None
            }
            ("threading", "Thread") => self.thread(args),
            ("itertools", "chain") => self.chain(args),
            ("sys", "exit") => {
                self.must_handle(name.span(), "`sys.exit`");
                return None;
            }
            _ => return None,
        };
        let target = Target::Module { module: module.to_owned(), name: text };
        Some(Plan { result, args: (0..args.len()).map(Some).collect(), ..Plan::loose(target) })
    }

    /// `itertools.chain(a, b, …)`
    fn chain(&mut self, args: Arguments<'_>) -> Kind {
        let item = self.fresh();
        let wanted = Kind::with("Iterable", vec![item.clone()]);
        for arg in args.iter() {
            let kind = self.expr(&arg.value, None);
            self.flow(&kind, &wanted);
        }
        Kind::with("Iterator", vec![item])
    }

    /// The module and the name of what is a member of a module: `itertools.chain`, or `chain` that was imported.
    pub fn module_path(&self, value: &Expr) -> Option<(String, String)> {
        let path = |name: &Ident| match self.scopes.lookup(self.scope, &name.to_string()) {
            Binding::Import(path) => path,
            _ => Vec::new(),
        };
        match &value.kind {
            ExprKind::Name(name) => match path(name).as_slice() {
                [module, member] => Some((module.clone(), member.clone())),
                _ => None,
            },
            ExprKind::Attribute { value, name: Some(member) } => match &value.kind {
                ExprKind::Name(name) => match path(name).as_slice() {
                    [module] => Some((module.clone(), member.to_string())),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    /// The object that the first argument refers to.
    fn referent(&mut self, args: Arguments<'_>) -> Kind {
        let Some(object) = args.first() else {
            self.error(args.close, "the object is missing");
            return Kind::Unknown;
        };
        let kind = self.expr(&object.value, None);
        let kind = self.shallow(&kind);
        if kind.is_proxy() {
            self.error(object.value.span, "a proxy can't be referred to weakly: pass the object itself");
        }
        kind.unwrapped().clone()
    }

    /// `ref(x)`, `ref(x, callback)`, and `proxy` likewise.
    fn weak_reference(&mut self, made: &str, args: Arguments<'_>, expected: Option<&Kind>) -> Kind {
        let referent = self.referent(args);
        let referent = self.wanted_referent(made, &referent, expected).unwrap_or(referent);
        let reference = Kind::with(made, vec![referent]);
        self.callback(&reference, args);
        reference
    }

    /// The `T` of the reference that is due, for an object of a class below it.
    fn wanted_referent(&self, made: &str, referent: &Kind, expected: Option<&Kind>) -> Option<Kind> {
        let mut expected = self.shallow(expected?);
        if let Kind::Optional(inner) = expected {
            expected = self.shallow(&inner);
        }
        let wanted = self.shallow(expected.args().first()?);
        let fits = expected.is(made) && self.model.is_subclass(referent.name()?, wanted.name()?);
        fits.then_some(wanted)
    }

    /// The second argument: a function that takes the reference.
    fn callback(&mut self, reference: &Kind, args: Arguments<'_>) {
        if let Some(callback) = args.get(1) {
            let wanted = Kind::Function(vec![reference.clone()], Box::new(Kind::None));
            self.expr(&callback.value, Some(&wanted));
        }
        if let Some(third) = args.get(2) {
            self.error(third.value.span, "this takes an object and a callback");
        }
    }

    fn weak_method(&mut self, args: Arguments<'_>) -> Kind {
        let Some(method) = args.first() else {
            self.error(args.close, "the method is missing");
            return Kind::Unknown;
        };
        let bound = self.expr(&method.value, None);
        let is_method = match &method.value.kind {
            ExprKind::Attribute { value, .. } => {
                let owner = self.kinds.get(value.id).cloned().unwrap_or(Kind::Unknown);
                matches!(self.members.get(&method.value.id), Some(Member::BoundMethod { .. }))
                    && !matches!(self.shallow(&owner), Kind::Class(_))
            }
            _ => false,
        };
        if !is_method {
            self.error(
                method.value.span,
                "`WeakMethod` takes a method of an object\nhelp: write `weakref.WeakMethod(object.method)`",
            );
        }
        let reference = Kind::with("WeakMethod", vec![bound]);
        self.callback(&reference, args);
        reference
    }

    fn finalize(&mut self, args: Arguments<'_>) -> Kind {
        let object = self.referent(args);
        let rest = args.get(2..).unwrap_or_default();
        let params = self.deferred("`weakref.finalize` takes an object, and a function", args.get(1), rest);
        Kind::with("finalize", vec![Kind::with("tuple", params), object])
    }

    /// A function that is called later, and the arguments that it is given then; its parameters.
    fn deferred(&mut self, what: &str, function: Option<&Argument>, args: &[Argument]) -> Vec<Kind> {
        let Some(function) = function else {
            self.loose(args);
            return Vec::new();
        };
        let kinds: Vec<Kind> = args.iter().map(|arg| self.expr(&arg.value, None)).collect();
        let wanted = Kind::Function(kinds.clone(), Box::new(Kind::Unknown));
        let found = self.expr(&function.value, Some(&wanted));
        for name in args.iter().filter_map(|arg| arg.name.as_ref()) {
            self.error(name.span(), "arguments for later are given by position");
        }
        let Kind::Function(params, _) = self.shallow(&found) else {
            self.error(
                function.value.span,
                format!("{what}\nhelp: name a `def` of the script, a method of an object, or write `lambda: …`"),
            );
            return Vec::new();
        };
        if params.len() != args.len() {
            let text = format!("the function takes {} arguments, and {} are given for it", params.len(), args.len());
            self.error(function.value.span, text);
        }
        for ((arg, kind), param) in args.iter().zip(&kinds).zip(&params) {
            self.flow(kind, param);
            self.keeps_weak(kind, param, arg.value.span);
        }
        params
    }

    /// `WeakSet()`, `WeakSet(items)`, and the dictionaries likewise.
    fn weak_container(&mut self, class: &str, args: Arguments<'_>, expected: Option<&Kind>) -> Kind {
        let expected = expected.map(|kind| self.shallow(kind.unwrapped())).filter(|kind| kind.is(class));
        let count = if class == "WeakSet" { 1 } else { 2 };
        let result = match expected {
            Some(kind) => kind,
            None => Kind::with(class, (0..count).map(|_| self.fresh()).collect()),
        };
        if let Some(second) = args.get(1) {
            self.error(second.value.span, format!("`{class}` takes one argument: what to fill it from"));
        }
        if let Some(from) = args.first() {
            let kind = self.expr(&from.value, None);
            let kind = self.shallow(&kind);
            let item = self.item_of(&kind).unwrap_or(Kind::Unknown);
            match (kind.args(), item.args()) {
                _ if class == "WeakSet" => self.flow(&item, &result.args()[0]),
                ([key, value], _) | (_, [key, value]) => {
                    self.flow(key, &result.args()[0]);
                    self.flow(value, &result.args()[1]);
                }
                _ => {}
            }
        }
        result
    }

    /// `Thread(target=f, args=(a, b))`: a function that captures nothing, and arguments that can be copied.
    fn thread(&mut self, args: Arguments<'_>) -> Kind {
        for name in args.iter().filter_map(|arg| arg.name.as_ref()) {
            if name != "target" && name != "args" {
                self.error(name.span(), format!("a thread has no `{name}` here: only `target` and `args`"));
            }
        }
        let found = thread_parts(&args);
        let Some(target) = found.target else {
            self.error(
                args.close,
                "the thread's function is missing\nhelp: write `threading.Thread(target=work, args=(1, \"a\"))`",
            );
            return Kind::named("Thread");
        };
        let kind = self.expr(target, None);
        let is_def = matches!(&target.kind, ExprKind::Name(name)
            if matches!(self.scopes.lookup(self.scope, &name.to_string()), Binding::Def(_)));
        let Kind::Function(params, _) = self.shallow(&kind) else {
            self.error(target.span, THREAD_TARGET);
            return Kind::named("Thread");
        };
        if !is_def {
            self.error(target.span, THREAD_TARGET);
        }
        let Some(values) = found.args else {
            let place = args.iter().find(|arg| arg.name.as_ref().is_some_and(|name| name == "args"));
            if let Some(place) = place {
                self.error(
                    place.value.span,
                    "the arguments are written as a tuple\nhelp: write `args=(a, b)` or `args=(a,)`",
                );
            }
            return Kind::named("Thread");
        };
        if values.len() != params.len() {
            let text = format!("the function takes {} arguments, and {} are given", params.len(), values.len());
            self.error(target.span, text);
        }
        for (value, param) in values.iter().zip(&params) {
            let found = self.expr(value, Some(param));
            self.flow(&found, param);
            self.portable(param, value.span);
        }
        Kind::named("Thread")
    }

    fn portable(&mut self, kind: &Kind, span: Span) {
        let plain = kind.is_plain() || matches!(kind.unwrapped().name(), Some("str" | "bytes"));
        if !plain && !kind.is_unknown() {
            self.error(
                span,
                format!("a `{kind}` can't be given to a thread, which has objects of its own\nhelp: pass numbers or text, and make the object there"),
            );
        }
    }

    /// Reports a proxy where its object is wanted: whoever took it would keep the object alive.
    pub fn keeps_weak(&mut self, found: &Kind, wanted: &Kind, span: Span) {
        let (found, wanted) = (self.shallow(found), self.shallow(wanted));
        let takes_any = wanted.is_unknown() || wanted.unwrapped().is("any") || matches!(wanted, Kind::None);
        if found.is_proxy() && !wanted.is_proxy() && !takes_any {
            let object = self.resolved(wanted.unwrapped());
            self.error(
                span,
                format!("this is a proxy, and a `{object}` would keep its object alive\nhelp: make the type `weakref.ProxyType[{object}]`"),
            );
        }
    }
}

const THREAD_TARGET: &str =
    "a thread runs a `def` that captures nothing\nhelp: write `threading.Thread(target=work, args=(1, \"a\"))`";

/// What a thread is made from.
pub struct ThreadParts<'e> {
    pub target: Option<&'e Expr>,
    pub args: Option<&'e [Expr]>,
}

pub fn thread_parts(args: &[Argument]) -> ThreadParts<'_> {
    let named = |wanted: &str| args.iter().find(|arg| arg.name.as_ref().is_some_and(|name| name == wanted));
    let values = match named("args").map(|arg| &arg.value.kind) {
        None => Some(&[][..]),
        Some(ExprKind::Tuple(items)) => Some(items.as_slice()),
        Some(_) => None,
    };
    ThreadParts { target: named("target").map(|arg| &arg.value), args: values }
}
