//! Statements: what they bind, and where they may stand.

use proc_macro2::{Ident, Span};

use super::exhaustive::has_rest;
use super::{Infer, Member};
use crate::report::Report;
use crate::script::kind::Kind;
use crate::script::model::Role;
use crate::script::scope::{Binding, VarId};
use crate::script::tree::{
    BinaryOp, Block, CompareOp, Expr, ExprKind, Function, Handler, Pattern, PatternKind, Stmt, StmtKind, Try, Type,
};

impl Infer<'_> {
    pub fn stmts(&mut self, stmts: &[Stmt]) {
        let mut stopped = false;
        for stmt in stmts {
            if stopped && self.speaking {
                stopped = false;
            }
            self.stmt(stmt);
            stopped |= matches!(
                stmt.kind,
                StmtKind::Return(_) | StmtKind::Break | StmtKind::Continue | StmtKind::Raise { .. }
            );
        }
    }

    fn block(&mut self, block: &Block) {
        self.stmts(&block.body);
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Expr(value) => {
                self.expr(value, None);
                self.idle(value);
            }
            StmtKind::Assign { targets, value } => self.assign(targets, value),
            StmtKind::Annotated { target, value, ty, .. } => self.annotated(target, value.as_ref(), ty),
            StmtKind::Augmented { target, op, value, op_span } => {
                let left = self.expr(target, None);
                let grows = *op == BinaryOp::Add && left.is("list");
                let right = self.expr(value, Some(&left).filter(|_| grows));
                if grows && right.is("list") {
                    self.fits(&right, &left, value);
                }
                let result = self.binary_kind(*op, &left, &right, *op_span);
                if let ExprKind::Name(name) = &target.kind
                    && left.is("int")
                    && result.is("float")
                {
                    self.error(
                        *op_span,
                        format!("`{name}` is an `int`, and this makes it a `float`\nhelp: bind it to a `float` first: `{name} = 0.0;`"),
                    );
                }
            }
            StmtKind::Return(value) => self.returned(value.as_ref(), stmt.span),
            StmtKind::Raise { exception, cause } => self.raise(exception.as_ref(), cause.as_ref(), stmt.span),
            StmtKind::Break | StmtKind::Continue => {
                if self.loops == 0 {
                    let word = if matches!(stmt.kind, StmtKind::Break) { "break" } else { "continue" };
                    self.error(stmt.span, format!("`{word}` outside a loop"));
                }
            }
            StmtKind::Del(targets) => targets.iter().for_each(|target| self.delete(target)),
            StmtKind::Assert { condition, message } => {
                self.condition(condition);
                if let Some(message) = message {
                    self.expr(message, None);
                }
                if let ExprKind::Tuple(items) = &condition.kind
                    && !items.is_empty()
                {
                    self.error(
                        condition.span,
                        "a tuple is always true\nhelp: write `assert condition, message;` without parentheses",
                    );
                }
            }
            StmtKind::If { arms, otherwise } => {
                for (condition, block) in arms {
                    self.condition(condition);
                    let narrowed = self.narrowed.clone();
                    self.narrow(condition);
                    self.block(block);
                    self.narrowed = narrowed;
                }
                self.optional_block(otherwise.as_ref());
            }
            StmtKind::While { condition, body, otherwise } => {
                self.condition(condition);
                let narrowed = self.narrowed.clone();
                self.narrow(condition);
                self.looped(body);
                self.narrowed = narrowed;
                self.optional_block(otherwise.as_ref());
            }
            StmtKind::For { target, iterable, body, otherwise } => {
                let kind = self.expr(iterable, None);
                self.iterated(iterable);
                let item = self.iterated_item(&kind, iterable);
                self.bind_target(target, &item);
                self.looped(body);
                self.optional_block(otherwise.as_ref());
            }
            StmtKind::Try(statement) => self.try_statement(statement),
            StmtKind::With { items, body } => self.with(items, body),
            StmtKind::Match { subject, cases } => {
                let kind = self.expr(subject, None);
                for case in cases {
                    self.pattern(&case.pattern, &kind);
                    if let Some(guard) = &case.guard {
                        self.expr(guard, None);
                    }
                    self.block(&case.body);
                }
                if self.exhausts(cases, &kind) {
                    self.exhausted.insert(subject.id);
                }
            }
            StmtKind::Def(function) => self.def(function),
            StmtKind::Class(class) => self.class(class),
            StmtKind::Nonlocal(names) => {
                for name in names {
                    if self.frame.is_program {
                        self.error(name.span(), "there is no Rust around a program that `nonlocal` could name");
                    }
                    if !self.frame.is_script && self.scopes.var(self.scope, &name.to_string()).is_none() {
                        self.error(name.span(), format!("no enclosing function binds `{name}`"));
                    }
                }
            }
            StmtKind::Import(imports) => {
                for import in imports {
                    let Some(module) = import.path.first() else {
                        continue;
                    };
                    let name = module.to_string();
                    if !crate::script::builtin::MODULES.contains(&name.as_str()) {
                        let known = crate::script::builtin::MODULES.iter().copied();
                        let help = match crate::script::message::suggestion(&name, known) {
                            Some(meant) => format!("did you mean `{meant}`?"),
                            None => format!("for Rust's modules write `use {name}::…;`"),
                        };
                        self.error(module.span(), format!("there is no module `{name}`\nhelp: {help}"));
                    }
                }
            }
            StmtKind::Pass | StmtKind::Use { .. } | StmtKind::Rust(_) | StmtKind::Raw(_) => {}
        }
    }

    /// An expression that does nothing as a statement.
    fn idle(&mut self, value: &Expr) {
        let text = match &value.kind {
            ExprKind::Compare { rest, .. } if rest.len() == 1 && rest[0].0 == CompareOp::Eq => {
                "this comparison is not used\nhelp: to assign, write `=`"
            }
            ExprKind::Name(name) if matches!(self.scopes.lookup(self.scope, &name.to_string()), Binding::Def(_)) => {
                "the function is not called\nhelp: write `()` after its name"
            }
            _ => return,
        };
        self.error(value.span, text);
    }

    fn looped(&mut self, body: &Block) {
        self.loops += 1;
        self.block(body);
        self.loops -= 1;
    }

    fn optional_block(&mut self, block: Option<&Block>) {
        if let Some(block) = block {
            self.block(block);
        }
    }

    fn def(&mut self, function: &Function) {
        for decorator in &function.decorators {
            if !decorator.is_contextmanager() {
                self.error(
                    decorator.span,
                    "there are no decorators of functions\nhelp: call the wrapper where the function is used",
                );
            }
        }
        self.function(function, None);
        if let Some(var) = self.scopes.var(self.scope, &function.name.to_string())
            && self.scopes.vars[var].def == Some(function.id)
            && let Some(signature) = self.model.functions.get(&function.id)
        {
            debug_assert_eq!(signature.role, Role::Function);
            let params = signature.params.iter().map(|param| param.kind.clone()).collect();
            self.vars[var] = Kind::Function(params, Box::new(signature.result.clone()));
        }
    }

    fn assign(&mut self, targets: &[Expr], value: &Expr) {
        let expected = match targets {
            [Expr { kind: ExprKind::Name(name), .. }] => {
                self.scopes.var(self.scope, &name.to_string()).map(|var| self.vars[var].clone())
            }
            [target @ Expr { kind: ExprKind::Attribute { .. } | ExprKind::Index { .. }, .. }] => {
                Some(self.expr(target, None))
            }
            _ => None,
        };
        let expected = expected.filter(|kind| !kind.is_unknown());
        self.bound_to_sent(targets, value);
        let kind = self.expr(value, expected.as_ref());
        for target in targets {
            self.bind_target(target, &kind);
            if let ExprKind::Name(name) = &target.kind
                && let Some(var) = self.scopes.var(self.scope, &name.to_string())
                && self.scopes.vars[var].annotation.is_some()
            {
                let wanted = self.vars[var].clone();
                self.has_type(&kind, &wanted, value);
            }
            let is_place = matches!(target.kind, ExprKind::Attribute { .. } | ExprKind::Index { .. });
            if is_place && !matches!(self.members.get(&target.id), Some(Member::BoundMethod { .. })) {
                let wanted = self.kinds.get(target.id).cloned().unwrap_or(Kind::Unknown);
                self.has_type(&kind, &wanted, value);
            }
        }
    }

    fn annotated(&mut self, target: &Expr, value: Option<&Expr>, ty: &Type) {
        let ExprKind::Name(name) = &target.kind else {
            self.error(ty.span, "only plain names are annotated; fields are declared in their class");
            return;
        };
        let binding = self.scopes.lookup(self.scope, &name.to_string());
        let kind = match &binding {
            Binding::Var(var) => self.vars[*var].clone(),
            Binding::Constant(name) => self.constant_kind(name),
            _ => return,
        };
        self.set_kind(target, &kind);
        self.annotated_again(name, &binding, ty, &kind);
        let Some(value) = value else { return };
        let found = self.expr(value, Some(&kind));
        self.flow(&found, &kind);
        self.fits(&found, &kind, value);
        if matches!(binding, Binding::Constant(_)) && !self.is_constant(value) {
            let text = format!(
                "a constant is made of literals, other constants and operators\nhelp: write a function: `def {name}() -> {kind} {{ return …; }}`"
            );
            self.error(value.span, text);
        }
    }

    /// A name has one type, however often it is annotated.
    fn annotated_again(&mut self, name: &Ident, binding: &Binding, ty: &Type, known: &Kind) {
        let Binding::Var(var) = binding else { return };
        let first = self.scopes.vars[*var].annotation.as_ref().map(|first| first.span);
        let mut quiet = Report::new();
        let found = self.model.kind(ty, &self.generics, &mut quiet);
        quiet.discard();
        let (found, known) = (self.resolved(&found), self.resolved(known));
        if first.is_some() && found != known && !found.is("weak") && !matches!(found, Kind::Unknown) {
            let text = format!(
                "`{name}` is annotated with `{known}` first, and with `{found}` here\nhelp: a name has one type: choose another name here"
            );
            self.error(ty.span, text);
        }
    }

    /// Whether rustc can compute a value.
    fn is_constant(&self, value: &Expr) -> bool {
        match &value.kind {
            ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Str(_)
            | ExprKind::Bytes(_)
            | ExprKind::True
            | ExprKind::False
            | ExprKind::None
            | ExprKind::Path(_)
            | ExprKind::Rust(_)
            | ExprKind::Raw(_) => true,
            ExprKind::Name(name) => !matches!(
                self.scopes.lookup(self.scope, &name.to_string()),
                Binding::Var(_) | Binding::Def(_) | Binding::Class(_)
            ),
            ExprKind::Attribute { .. } => matches!(self.members.get(&value.id), Some(Member::Module { .. })),
            ExprKind::Unary { value, .. } => self.is_constant(value),
            ExprKind::Binary { left, right, .. } => {
                self.kinds[value.id].is_number() && self.is_constant(left) && self.is_constant(right)
            }
            ExprKind::Call { callee, args, .. } => {
                matches!(&callee.kind, ExprKind::Name(name) if name == "floordiv")
                    && args.iter().all(|arg| self.is_constant(&arg.value))
            }
            _ => false,
        }
    }

    /// Binds what stands left of `=`, in a `for`, after `as`.
    pub fn bind_target(&mut self, target: &Expr, kind: &Kind) {
        match &target.kind {
            ExprKind::Name(name) => {
                let bound = self.scopes.var(self.scope, &name.to_string());
                if let Some(var) = bound {
                    self.bind_var(var, kind, name.span());
                    let kind = self.vars[var].clone();
                    self.set_kind(target, &kind);
                }
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => self.unpack(target, items, kind),
            ExprKind::Starred(inner) => self.bind_target(inner, kind),
            ExprKind::Attribute { .. } | ExprKind::Index { .. } => {
                self.stores.insert(target.id);
                let wanted = self.expr(target, None);
                self.fixed(target);
                self.flow(kind, &wanted);
                self.keeps_weak(kind, &wanted, target.span);
                self.check_assignable(target);
            }
            _ => {
                self.expr(target, None);
            }
        }
    }

    fn unpack(&mut self, target: &Expr, items: &[Expr], kind: &Kind) {
        let kind = self.shallow(kind).unwrapped().clone();
        let starred = items.iter().position(|item| matches!(item.kind, ExprKind::Starred(_)));
        if kind.is("tuple") {
            let kinds = kind.args().to_vec();
            let fits = match starred {
                Some(_) => kinds.len() + 1 >= items.len(),
                None => kinds.len() == items.len(),
            };
            if !fits {
                let text = format!("{} names for a tuple of {}", items.len(), kinds.len());
                self.error(target.span, text);
            }
            if starred.is_none() {
                for (item, kind) in items.iter().zip(&kinds) {
                    self.bind_target(item, kind);
                }
                return;
            }
        }
        let item_kind = match self.item_of(&kind) {
            Some(item) => item,
            None => {
                self.no_parts(&kind, items.len(), target.span);
                Kind::Unknown
            }
        };
        for item in items {
            match &item.kind {
                ExprKind::Starred(inner) => self.bind_target(inner, &Kind::list(item_kind.clone())),
                _ => self.bind_target(item, &item_kind),
            }
        }
    }

    pub fn bind_var(&mut self, var: VarId, kind: &Kind, span: Span) {
        let known = self.vars[var].clone();
        if self.scopes.vars[var].annotation.is_some() || self.scopes.vars[var].foreign {
            self.flow(kind, &known);
            self.keeps_weak(kind, &known, span);
            return;
        }
        if self.scopes.vars[var].def.is_some() {
            return;
        }
        let first = self.bound[var].clone();
        if first.is_none() {
            self.bound[var] = Some((span, kind.clone()));
        }
        match self.join(&known, kind) {
            Some(joined) => self.vars[var] = joined,
            None => {
                let (known, kind) = (self.resolved(&known), self.resolved(kind));
                let name = &self.scopes.vars[var].name;
                let text = match known.is("int") && kind.is("float") {
                    true => format!(
                        "`{name}` was bound to an `int` first, and to a `float` here\nhelp: write `{name} = 0.0;` there"
                    ),
                    false => format!(
                        "`{name}` was bound to `{known}` first, and to `{kind}` here\nhelp: a name has one type: choose another name here"
                    ),
                };
                self.error(span, text);
            }
        }
    }

    fn delete(&mut self, target: &Expr) {
        self.stores.insert(target.id);
        self.expr(target, None);
        if let ExprKind::Name(name) = &target.kind
            && matches!(
                self.scopes.lookup(self.scope, &name.to_string()),
                Binding::Def(_) | Binding::Class(_) | Binding::Import(_)
            )
        {
            self.error(name.span(), format!("`{name}` is a definition: `del` unbinds variables"));
        }
    }

    fn returned(&mut self, value: Option<&Expr>, span: Span) {
        let result = self.frame.result.clone();
        if self.frame.is_script {
            if let Some(value) = value {
                self.expr(value, None);
            }
            return;
        }
        if let Some(value) = value {
            let kind = self.expr(value, result.as_ref());
            if let Some(wanted) = &result {
                self.flow(&kind, wanted);
                match wanted {
                    Kind::None => self.keeps_weak(&kind, wanted, value.span),
                    _ => self.fits(&kind, wanted, value),
                }
            }
            if matches!(result, Some(Kind::None)) && !matches!(kind, Kind::None | Kind::Unknown | Kind::Var(_)) {
                let kind = self.resolved(&kind);
                let text = match &self.frame.yields {
                    Some(yields) => format!(
                        "this generator returns nothing\nhelp: say what it returns in its head: `-> Generator[{}, {}, {kind}]`",
                        yields.item,
                        yields.sent.unwrapped()
                    ),
                    None => {
                        format!("this function returns nothing\nhelp: add the result to its head: `-> {kind}`")
                    }
                };
                self.error(value.span, text);
            }
            return;
        }
        if let Some(result) = result
            && !matches!(result, Kind::None | Kind::Optional(_) | Kind::Unknown)
        {
            self.error(span, format!("`return` without a value in a function that returns `{result}`"));
        }
    }

    fn raise(&mut self, exception: Option<&Expr>, cause: Option<&Expr>, span: Span) {
        match exception {
            Some(exception) => {
                let kind = self.expr(exception, None);
                let kind = self.shallow(&kind);
                let is_exception = match &kind {
                    Kind::Class(name) | Kind::Named(name, _) => self.model.is_exception(name),
                    Kind::Unknown | Kind::Var(_) | Kind::Rust(_) => true,
                    Kind::Optional(inner) => inner.name().is_none_or(|name| self.model.is_exception(name)),
                    _ => false,
                };
                if !is_exception {
                    let text = format!(
                        "only exceptions can be raised, and this is `{}`\nhelp: write `raise ValueError(\"…\");`",
                        self.resolved(&kind)
                    );
                    self.error(exception.span, text);
                }
                if let Kind::Class(class) = &kind
                    && self.constructor(class).params.iter().any(|param| param.default.is_none())
                {
                    let text = format!("`{class}` can't be made without arguments\nhelp: write `raise {class}(…);`");
                    self.error(exception.span, text);
                }
            }
            None if self.frame.handlers == 0 => {
                self.error(
                    span,
                    "`raise` without an exception stands in a handler only\nhelp: write `raise ValueError(\"…\");`",
                );
            }
            None => {}
        }
        if let Some(cause) = cause {
            self.expr(cause, None);
        }
        if !self.can_raise() {
            let help = match self.frame.is_script {
                true => "put `raises;` at the head of the script",
                false => "add `raises` to the function: `def f() raises -> …`",
            };
            self.error(span, format!("nothing handles an exception that is raised here\nhelp: {help}"));
        }
    }

    fn try_statement(&mut self, statement: &Try) {
        self.frame.tries += 1;
        self.block(&statement.body);
        self.frame.tries -= 1;
        self.frame.tries += usize::from(statement.finally.is_some());
        self.optional_block(statement.otherwise.as_ref());
        for handler in &statement.handlers {
            self.handler(handler);
        }
        self.frame.tries -= usize::from(statement.finally.is_some());
        self.optional_block(statement.finally.as_ref());
    }

    fn handler(&mut self, handler: &Handler) {
        let mut names = Vec::new();
        for class in &handler.classes {
            let kind = self.expr(class, None);
            match &kind {
                Kind::Class(name) if self.model.is_exception(name) => names.push(name.to_string()),
                Kind::Unknown => {
                    let text = match &class.kind {
                        ExprKind::Name(name) => {
                            let known = crate::script::builtin::EXCEPTIONS.iter().map(|(name, _)| *name);
                            match crate::script::message::suggestion(&name.to_string(), known) {
                                Some(meant) => format!("there is no exception `{name}`\nhelp: did you mean `{meant}`?"),
                                None => format!("there is no exception `{name}`"),
                            }
                        }
                        _ => "`except` takes the names of exception classes".to_owned(),
                    };
                    self.error(class.span, text);
                }
                _ => self.error(class.span, "`except` takes the names of exception classes"),
            }
        }
        let mut narrowed = self.narrowed.clone();
        if let Some(name) = &handler.name
            && let Some(var) = self.scopes.var(self.scope, &name.to_string())
        {
            let taken = match names.as_slice() {
                [only] => Kind::named(only),
                _ => Kind::named("BaseException"),
            };
            let kind = taken.clone();
            let kind = if self.model.root(kind.name().unwrap_or_default()).is_some() {
                kind
            } else {
                Kind::named("BaseException")
            };
            let known = self.vars[var].clone();
            if self.scopes.vars[var].annotation.is_some() && self.refuses(&kind, &known) {
                let known = self.resolved(&known);
                let text = format!(
                    "`{name}` is a `{known}`, and an exception here\nhelp: a name has one type: choose another name here"
                );
                self.error(name.span(), text);
            }
            self.bind_var(var, &kind, name.span());
            // Handlers of different classes may share a name: here it is what this one takes.
            narrowed.insert(var, taken);
        }
        let outer = std::mem::replace(&mut self.narrowed, narrowed);
        self.frame.handlers += 1;
        self.block(&handler.body);
        self.frame.handlers -= 1;
        self.narrowed = outer;
    }

    fn with(&mut self, items: &[(Expr, Option<Expr>)], body: &Block) {
        for (manager, target) in items {
            let kind = self.expr(manager, None);
            let kind = self.shallow(&kind);
            let entered = match kind.name().and_then(|name| self.model.method(name, "__enter__")) {
                Some((class, signature)) => {
                    let generics = class.generics.clone();
                    signature.result.substitute(&generics, kind.args())
                }
                None => {
                    if let Some(name) = kind.name()
                        && self.model.is_script_class(name)
                    {
                        let text = format!("`{name}` is no context manager: it has no `__enter__`");
                        self.error(manager.span, text);
                    }
                    if kind.is("any") {
                        let text = "what an `any` does when it is entered is not known\nhelp: give it a type first: `m: Manager = …;`";
                        self.error(manager.span, text);
                    }
                    if self.is_builtin_value(&kind) {
                        let text = format!(
                            "a `{}` is no context manager: `with` needs `__enter__` and `__exit__`",
                            self.resolved(&kind)
                        );
                        self.error(manager.span, text);
                    }
                    Kind::Unknown
                }
            };
            if let Some(name) = kind.name()
                && self.model.is_script_class(name)
                && self.model.method(name, "__exit__").is_none()
            {
                self.error(manager.span, format!("`{name}` is no context manager: it has no `__exit__`"));
            }
            if let Some(target) = target {
                self.bind_target(target, &entered);
            }
        }
        self.frame.tries += 1;
        self.block(body);
        self.frame.tries -= 1;
    }

    fn pattern(&mut self, pattern: &Pattern, kind: &Kind) {
        match &pattern.kind {
            PatternKind::Wildcard | PatternKind::Rest(None) => {}
            PatternKind::Capture(name) | PatternKind::Rest(Some(name)) => {
                if let Some(var) = self.scopes.var(self.scope, &name.to_string()) {
                    self.bind_var(var, kind, name.span());
                }
            }
            PatternKind::Value(value) => {
                let found = self.expr(value, None);
                self.can_equal(&found, kind, value);
            }
            PatternKind::Or(patterns) => patterns.iter().for_each(|pattern| self.pattern(pattern, kind)),
            PatternKind::As(inner, name) => {
                self.pattern(inner, kind);
                let narrowed = match &inner.kind {
                    PatternKind::Class { class, .. } => self.instance_kind(class).unwrap_or_else(|| kind.clone()),
                    _ => kind.clone(),
                };
                if let Some(var) = self.scopes.var(self.scope, &name.to_string()) {
                    self.bind_var(var, &narrowed, name.span());
                }
            }
            PatternKind::Sequence(patterns) => {
                let kind = self.shallow(kind).unwrapped().clone();
                if kind.is("any") {
                    let text = "what an `any` holds is not known to have items\nhelp: give it a type first: `xs: list[int] = x;`, or another type";
                    self.error(pattern.span, text);
                }
                let is_fixed = kind.is("tuple") && !has_rest(patterns);
                for (at, pattern) in patterns.iter().enumerate() {
                    let item = match is_fixed {
                        true => kind.args().get(at).cloned(),
                        false => self.item_of(&kind),
                    };
                    let item = item.unwrap_or(Kind::Unknown);
                    match pattern.kind {
                        PatternKind::Rest(_) => self.pattern(pattern, &Kind::list(item)),
                        _ => self.pattern(pattern, &item),
                    }
                }
            }
            PatternKind::Class { class, positional, keywords } => {
                self.expr(class, None);
                let instance = self.instance_kind(class).unwrap_or(Kind::Unknown);
                let name = instance.name().unwrap_or_default().to_owned();
                let fields: Vec<(String, Kind)> = self
                    .model
                    .lineage(&name)
                    .iter()
                    .rev()
                    .flat_map(|class| class.fields.iter().map(|field| (field.name.clone(), field.kind.clone())))
                    .collect();
                if let ([whole], true) = (positional.as_slice(), crate::script::builtin::WHOLE.contains(&name.as_str()))
                {
                    let kind = if instance.args().is_empty() { instance } else { kind.clone() };
                    return self.pattern(whole, &kind);
                }
                for (at, pattern) in positional.iter().enumerate() {
                    let kind = fields.get(at).map_or(Kind::Unknown, |(_, kind)| kind.clone());
                    self.pattern(pattern, &kind);
                }
                for (field, pattern) in keywords {
                    let known = fields.iter().find(|(name, _)| field == name);
                    if known.is_none() && !name.is_empty() {
                        self.error(field.span(), format!("`{name}` has no field `{field}`"));
                    }
                    self.pattern(pattern, &known.map_or(Kind::Unknown, |(_, kind)| kind.clone()));
                }
            }
        }
    }

    /// The kind of the instances of a class that an expression names.
    pub fn instance_kind(&mut self, class: &Expr) -> Option<Kind> {
        match self.expr(class, None) {
            Kind::Class(name) => {
                let generics = self.model.classes.get(&*name).map_or(0, |class| class.generics.len());
                let args = (0..generics).map(|_| Kind::Unknown).collect();
                Some(Kind::Named(name, args))
            }
            _ => None,
        }
    }

    /// What a true condition says about names.
    pub fn narrow(&mut self, condition: &Expr) {
        match &condition.kind {
            ExprKind::And(left, right) => {
                self.narrow(left);
                self.narrow(right);
            }
            ExprKind::Call { callee, args, .. }
                if matches!(&callee.kind, ExprKind::Name(name) if name == "isinstance") && args.len() == 2 =>
            {
                if let ExprKind::Name(name) = &args[0].value.kind
                    && let Some(var) = self.scopes.var(self.scope, &name.to_string())
                    && self.is_steady(var)
                    && let Some(kind) = self.instance_kind(&args[1].value)
                    // What a list holds is not known by its being one.
                    && (kind.args().is_empty() || !self.vars[var].is("any"))
                {
                    self.narrowed.insert(var, kind);
                }
            }
            ExprKind::Compare { first, rest } if rest.len() == 1 && rest[0].0 == CompareOp::IsNot => {
                if let ExprKind::Name(name) = &first.kind
                    && matches!(rest[0].2.kind, ExprKind::None)
                    && let Some(var) = self.scopes.var(self.scope, &name.to_string())
                    && self.is_steady(var)
                    && let Kind::Optional(inner) = self.shallow(&self.vars[var])
                {
                    self.narrowed.insert(var, *inner);
                }
            }
            _ => {}
        }
    }

    /// Whether nothing rebinds a name.
    fn is_steady(&self, var: VarId) -> bool {
        let var = &self.scopes.vars[var];
        var.bindings <= 1 && !var.bound_inside
    }
}
