//! Fields that are set before anybody can read them: they need not know whether they are.
//!
//! A field is settled if every `__init__` that makes objects with it, those of derived classes included, sets it on all
//! paths before other code can see the object, and nothing deletes it. So is a class attribute with a literal for its
//! value that nobody assigns through the class: each object may start with a copy.

use std::collections::{BTreeSet, HashMap};

use super::infer::{Member, Target, Types};
use super::kind::Kind;
use super::model::{Model, Origin, blocks, own_expressions};
use super::scope::children;
use super::tree::{Block, Class, CompareOp, Expr, ExprKind, Field, FormatPart, Function, Script, Stmt, StmtKind};

/// A field by its class and its name.
type Key = (String, String);

#[derive(Default)]
pub struct Settled(BTreeSet<Key>);

impl Settled {
    pub fn has(&self, class: &str, field: &str) -> bool {
        self.0.contains(&(class.to_owned(), field.to_owned()))
    }

    #[cfg(test)]
    pub fn iter(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.iter()
    }
}

pub fn settle(script: &Script, model: &Model, types: &Types) -> Settled {
    // What is suspended is closed when it dies.
    let finalizes = model.functions.values().any(|function| function.yields.is_some());
    let mut seen = Seen { finalizes, ..Seen::default() };
    seen.stmts(&script.body, types);
    let mut fields = BTreeSet::new();
    for class in &seen.classes {
        for field in &class.fields {
            let key = (class.name.to_string(), field.name.to_string());
            if is_candidate(class, field, model) && !seen.unset.contains(&key.1) && !seen.assigned.contains(&key) {
                fields.insert(key);
            }
        }
    }
    for class in &seen.classes {
        Making::of(&class.name.to_string(), &seen, model, types, &mut fields);
    }
    Settled(fields)
}

fn is_candidate(class: &Class, field: &Field, model: &Model) -> bool {
    let (class, name) = (class.name.to_string(), field.name.to_string());
    let Some((_, known)) = model.field(&class, &name) else { return false };
    field.weak.is_none()
        && !model.is_generic_field(&class, &name)
        && is_handle(&known.kind, model)
        && field.default.as_ref().is_none_or(Expr::is_constant)
}

/// Whether values of the kind are read by a copy or a count, which runs no code.
pub fn is_handle(kind: &Kind, model: &Model) -> bool {
    match kind {
        Kind::Optional(inner) => is_handle(inner, model),
        Kind::Function(..) => true,
        Kind::Named(name, args) => match &**name {
            "int" | "float" | "bool" | "str" | "bytes" | "list" | "dict" | "set" | "frozenset" | "tuple..."
            | "range" | "Iterator" => true,
            "tuple" => (1..=8).contains(&args.len()) && args.iter().all(|arg| is_handle(arg, model)),
            name => model.classes.get(name).is_some_and(|class| class.origin != Origin::Builtin),
        },
        _ => false,
    }
}

/// What a look at the whole script finds.
#[derive(Default)]
struct Seen<'s> {
    classes: Vec<&'s Class>,
    inits: HashMap<String, &'s Function>,
    /// Names of fields that are deleted somewhere.
    unset: BTreeSet<String>,
    /// Class attributes that are assigned through the class.
    assigned: BTreeSet<Key>,
    /// Deaths and allocations may run code of the script.
    finalizes: bool,
}

impl<'s> Seen<'s> {
    fn stmts(&mut self, stmts: &'s [Stmt], types: &Types) {
        for stmt in stmts {
            self.stmt(stmt, types);
        }
    }

    fn stmt(&mut self, stmt: &'s Stmt, types: &Types) {
        match &stmt.kind {
            StmtKind::Class(class) => self.class(class, types),
            StmtKind::Def(function) => self.stmts(&function.body.body, types),
            StmtKind::Import(imports) => {
                let calls_back = |module: &proc_macro2::Ident| module == "weakref" || module == "gc";
                self.finalizes |= imports.iter().any(|import| import.path.first().is_some_and(calls_back));
            }
            StmtKind::Assign { targets, .. } => targets.iter().for_each(|target| self.target(target, types)),
            StmtKind::Augmented { target, .. } => self.target(target, types),
            StmtKind::Del(targets) => {
                for target in targets {
                    self.target(target, types);
                    if let ExprKind::Attribute { name: Some(name), .. } = &target.kind {
                        self.unset.insert(name.to_string());
                    }
                }
            }
            StmtKind::Rust(_) | StmtKind::Raw(_) => self.finalizes = true,
            _ => {}
        }
        let mut inner = Vec::new();
        blocks(&stmt.kind, &mut inner);
        inner.into_iter().for_each(|block| self.stmts(block, types));
    }

    fn class(&mut self, class: &'s Class, types: &Types) {
        self.classes.push(class);
        for method in &class.methods {
            if method.name == "__init__" {
                self.inits.insert(class.name.to_string(), method);
            }
            self.finalizes |= method.name == "__del__";
            self.stmts(&method.body.body, types);
        }
    }

    fn target(&mut self, target: &Expr, types: &Types) {
        if let Some(Member::ClassAttribute { class, name }) = types.members.get(&target.id) {
            self.assigned.insert((class.clone(), name.clone()));
        }
        children(target, &mut |inner| self.target(inner, types));
    }
}

/// What is known at a place of an `__init__`.
#[derive(Clone, Default)]
struct State {
    set: BTreeSet<Key>,
    /// The place isn't reached.
    dead: bool,
}

/// The making of an object of one class.
struct Making<'a> {
    class: &'a str,
    seen: &'a Seen<'a>,
    model: &'a Model,
    types: &'a Types,
    fields: &'a mut BTreeSet<Key>,
    /// Somebody else may have a reference to the object.
    shared: bool,
    /// An object that is made half, because `__init__` raises, is seen by its `__del__`.
    dies_aloud: bool,
}

impl Making<'_> {
    fn of(class: &str, seen: &Seen, model: &Model, types: &Types, fields: &mut BTreeSet<Key>) {
        let Some((owner, _)) = model.method(class, "__init__") else { return };
        let dies_aloud = model.method(class, "__del__").is_some();
        let owner = owner.name.to_string();
        let mut making = Making { class, seen, model, types, fields, shared: false, dies_aloud };
        let mut state = State::default();
        making.init(&owner, &mut state);
        making.expose_all(&state);
    }

    /// Runs the `__init__` of the class or of a base.
    fn init(&mut self, owner: &str, state: &mut State) {
        if let Some(init) = self.seen.inits.get(owner).copied() {
            self.block(&init.body, state);
            // A `return` ends this `__init__` alone; what it has not set counts as not set.
            state.dead = false;
        }
    }

    fn owner(&self, field: &str) -> Option<Key> {
        self.model.field(self.class, field).map(|(owner, _)| (owner.name.to_string(), field.to_owned()))
    }

    fn is_class_attribute(&self, field: &str) -> bool {
        self.model.field(self.class, field).is_some_and(|(_, field)| field.shared)
    }

    /// Everything that isn't set can be read from now on.
    fn expose_all(&mut self, state: &State) {
        if state.dead {
            return;
        }
        for class in self.model.lineage(self.class) {
            for field in class.fields.iter().filter(|field| !field.shared) {
                let key = (class.name.to_string(), field.name.clone());
                if !state.set.contains(&key) {
                    self.fields.remove(&key);
                }
            }
        }
    }

    /// Code that can be anything.
    fn code_runs(&mut self, state: &State) {
        if self.shared || self.dies_aloud {
            self.expose_all(state);
        }
    }

    /// Something is allocated, or may die.
    fn memory_moves(&mut self, state: &State) {
        if self.seen.finalizes {
            self.code_runs(state);
        }
    }

    fn may_raise(&mut self, state: &State) {
        if self.dies_aloud {
            self.expose_all(state);
        }
    }

    fn block(&mut self, block: &Block, state: &mut State) {
        block.body.iter().for_each(|stmt| self.stmt(stmt, state));
    }

    fn stmt(&mut self, stmt: &Stmt, state: &mut State) {
        if state.dead {
            return;
        }
        match &stmt.kind {
            StmtKind::Assign { targets, value } => {
                self.expr(value, state);
                targets.iter().for_each(|target| self.target(target, state));
            }
            StmtKind::Annotated { target, value, .. } => {
                if let Some(value) = value {
                    self.expr(value, state);
                    self.target(target, state);
                }
            }
            StmtKind::Augmented { target, value, .. } => {
                self.expr(target, state);
                self.expr(value, state);
                self.operator(&[target, value], state);
                self.target(target, state);
            }
            StmtKind::Return(value) => {
                value.iter().for_each(|value| self.expr(value, state));
                self.expose_all(state);
                state.dead = true;
            }
            StmtKind::Raise { exception, cause } => {
                exception.iter().chain(cause).for_each(|value| self.expr(value, state));
                self.may_raise(state);
                state.dead = true;
            }
            StmtKind::Break | StmtKind::Continue => state.dead = true,
            StmtKind::If { arms, otherwise } => self.branches(arms, otherwise.as_ref(), state),
            StmtKind::While { body, otherwise, .. } | StmtKind::For { body, otherwise, .. } => {
                own_expressions(&stmt.kind, &mut |expr| self.expr(expr, state));
                self.code_runs(state);
                // Twice: what the body's end shares, its beginning shows. It may also never run.
                for _ in 0..2 {
                    self.block(body, &mut state.clone());
                    self.code_runs(state);
                }
                otherwise.iter().for_each(|block| self.block(block, &mut state.clone()));
            }
            StmtKind::Try(statement) => {
                let before = state.clone();
                self.block(&statement.body, state);
                statement.otherwise.iter().for_each(|block| self.block(block, state));
                for handler in &statement.handlers {
                    let mut inside = before.clone();
                    self.block(&handler.body, &mut inside);
                    join(state, inside);
                }
                if let Some(block) = &statement.finally {
                    self.block(block, &mut before.clone());
                    self.block(block, state);
                }
            }
            StmtKind::With { body, .. } => {
                own_expressions(&stmt.kind, &mut |expr| self.expr(expr, state));
                self.code_runs(state);
                // What is raised inside may be swallowed.
                self.block(body, &mut state.clone());
                self.code_runs(state);
            }
            StmtKind::Match { cases, .. } => {
                own_expressions(&stmt.kind, &mut |expr| self.expr(expr, state));
                self.code_runs(state);
                let before = state.clone();
                for case in cases {
                    let mut inside = before.clone();
                    self.block(&case.body, &mut inside);
                    join(state, inside);
                }
            }
            // What it captures, it shares.
            StmtKind::Def(_) => self.shared = true,
            StmtKind::Rust(_) | StmtKind::Raw(_) => {
                self.shared = true;
                self.code_runs(state);
            }
            StmtKind::Expr(_) | StmtKind::Assert { .. } | StmtKind::Del(_) => {
                own_expressions(&stmt.kind, &mut |expr| self.expr(expr, state));
                self.may_raise(state);
                self.memory_moves(state);
            }
            StmtKind::Pass
            | StmtKind::Nonlocal(_)
            | StmtKind::Import(_)
            | StmtKind::Use { .. }
            | StmtKind::Class(_) => {}
        }
    }

    fn branches(&mut self, arms: &[(Expr, Block)], otherwise: Option<&Block>, state: &mut State) {
        let mut after = State { dead: true, ..State::default() };
        for (condition, block) in arms {
            self.expr(condition, state);
            let mut inside = state.clone();
            self.block(block, &mut inside);
            join(&mut after, inside);
        }
        if let Some(block) = otherwise {
            self.block(block, state);
        }
        join(state, after);
    }

    fn target(&mut self, target: &Expr, state: &mut State) {
        match &target.kind {
            ExprKind::Attribute { value, name: Some(name) } if is_self(value) => {
                match self.owner(&name.to_string()) {
                    Some(key) => {
                        if !state.set.insert(key) {
                            self.memory_moves(state);
                        }
                    }
                    // A setter.
                    None => {
                        self.shared = true;
                        self.code_runs(state);
                    }
                }
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                self.code_runs(state);
                items.iter().for_each(|item| self.target(item, state));
            }
            ExprKind::Starred(inner) => self.target(inner, state),
            ExprKind::Name(_) => {
                if is_self(target) {
                    self.shared = true;
                }
                self.memory_moves(state);
            }
            ExprKind::Attribute { value, .. } => {
                self.expr(value, state);
                match self.types.members.get(&target.id) {
                    Some(Member::Field { .. }) => self.memory_moves(state),
                    _ => self.code_runs(state),
                }
                self.may_raise(state);
            }
            _ => {
                children(target, &mut |inner| self.expr(inner, state));
                self.code_runs(state);
            }
        }
    }

    fn expr(&mut self, expr: &Expr, state: &mut State) {
        match &expr.kind {
            ExprKind::Name(_) => self.shared |= is_self(expr),
            ExprKind::Attribute { value, name: Some(name) } if is_self(value) => {
                match (self.types.members.get(&expr.id), self.owner(&name.to_string())) {
                    (Some(Member::Field { .. }), Some(key)) => {
                        if !state.set.contains(&key) && !self.is_class_attribute(&key.1) {
                            self.fields.remove(&key);
                        }
                    }
                    _ => {
                        self.shared = true;
                        self.code_runs(state);
                    }
                }
            }
            ExprKind::Attribute { value, .. } => {
                self.expr(value, state);
                self.may_raise(state);
                if !matches!(self.types.members.get(&expr.id), Some(Member::Field { .. } | Member::Module { .. })) {
                    self.code_runs(state);
                }
            }
            ExprKind::Call { .. } => self.call(expr, state),
            ExprKind::Index { value, index } => {
                self.expr(value, state);
                self.expr(index, state);
                self.may_raise(state);
                let owner = self.types.kind(value);
                if !matches!(owner.name(), Some("list" | "str" | "tuple" | "dict")) || !self.is_simple(index) {
                    self.code_runs(state);
                }
            }
            ExprKind::Lambda { .. } => self.shared = true,
            ExprKind::Binary { left, right, .. } => {
                self.expr(left, state);
                self.expr(right, state);
                self.operator(&[left, right], state);
            }
            ExprKind::Compare { first, rest } => {
                self.expr(first, state);
                rest.iter().for_each(|(_, _, operand)| self.expr(operand, state));
                let by_identity = |(op, _, right): &(CompareOp, _, Expr)| {
                    matches!(op, CompareOp::Is | CompareOp::IsNot) || matches!(right.kind, ExprKind::None)
                };
                if !rest.iter().all(by_identity) {
                    let operands: Vec<&Expr> =
                        std::iter::once(&**first).chain(rest.iter().map(|(_, _, operand)| operand)).collect();
                    self.operator(&operands, state);
                }
            }
            ExprKind::Conditional { condition, then, otherwise } => {
                [condition, then, otherwise].into_iter().for_each(|part| self.expr(part, state));
                self.truth(condition, state);
            }
            ExprKind::And(left, right) | ExprKind::Or(left, right) => {
                self.expr(left, state);
                self.expr(right, state);
                self.truth(left, state);
            }
            ExprKind::Not(value) => {
                self.expr(value, state);
                self.truth(value, state);
            }
            ExprKind::List(_) => {
                children(expr, &mut |child| self.expr(child, state));
                self.memory_moves(state);
            }
            ExprKind::Dict(entries) if entries.is_empty() => self.memory_moves(state),
            ExprKind::Tuple(_) => children(expr, &mut |child| self.expr(child, state)),
            ExprKind::Format(parts) => {
                children(expr, &mut |child| self.expr(child, state));
                let quiet = |part: &FormatPart| match part {
                    FormatPart::Text(_) => true,
                    FormatPart::Value { value, .. } => self.is_simple(value),
                };
                if !parts.iter().all(quiet) {
                    self.code_runs(state);
                }
                self.may_raise(state);
            }
            ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Str(_)
            | ExprKind::Bytes(_)
            | ExprKind::True
            | ExprKind::False
            | ExprKind::None
            | ExprKind::Path(_) => {}
            _ => {
                children(expr, &mut |child| self.expr(child, state));
                self.code_runs(state);
            }
        }
    }

    fn is_simple(&self, value: &Expr) -> bool {
        let kind = self.types.kind(value);
        let kind = kind.unwrapped();
        kind.is_number() || kind.is("str") || matches!(kind, Kind::None)
    }

    /// An operator: what it does with objects is in their methods.
    fn operator(&mut self, operands: &[&Expr], state: &State) {
        self.may_raise(state);
        let repeats = |expr: &&Expr| self.types.kind(expr).is("list");
        if operands.iter().any(|operand| !self.is_simple(operand)) {
            // `[0] * n`
            match operands.iter().any(repeats) && operands.iter().any(|operand| self.types.kind(operand).is("int")) {
                true => self.memory_moves(state),
                false => self.code_runs(state),
            }
        }
    }

    fn truth(&mut self, value: &Expr, state: &State) {
        if !self.is_simple(value) {
            self.code_runs(state);
        }
    }

    fn call(&mut self, expr: &Expr, state: &mut State) {
        let ExprKind::Call { callee, args, .. } = &expr.kind else { return };
        let target = self.types.plans.get(&expr.id).map(|plan| plan.target.clone());
        match target {
            Some(Target::Super { class, name }) if name == "__init__" => {
                args.iter().for_each(|arg| self.expr(&arg.value, state));
                self.may_raise(state);
                self.init(&class, state);
            }
            Some(Target::Static { class, name }) if name == "__init__" => {
                args.iter().filter(|arg| !is_self(&arg.value)).for_each(|arg| self.expr(&arg.value, state));
                self.may_raise(state);
                self.init(&class, state);
            }
            target => {
                self.shared |= matches!(target, Some(Target::Super { .. }));
                match &callee.kind {
                    ExprKind::Attribute { value, .. } => self.expr(value, state),
                    ExprKind::Name(_) => {}
                    _ => self.expr(callee, state),
                }
                args.iter().for_each(|arg| self.expr(&arg.value, state));
                self.may_raise(state);
                let quiet = match &target {
                    Some(Target::BuiltinMethod { class, name }) => class == "list" && name == "append",
                    Some(Target::Builtin(name)) => match name.as_str() {
                        "len" | "range" => true,
                        "int" | "float" | "str" | "bool" | "abs" | "min" | "max" => {
                            args.iter().all(|arg| self.is_simple(&arg.value))
                        }
                        "list" | "dict" | "set" => args.is_empty(),
                        _ => false,
                    },
                    Some(Target::Constructor(class)) => self.model.method(class, "__init__").is_none(),
                    Some(Target::Module { module, .. }) => module == "math",
                    _ => false,
                };
                match quiet {
                    true => self.memory_moves(state),
                    false => self.code_runs(state),
                }
            }
        }
    }
}

fn is_self(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Name(name) if name == "self")
}

/// What holds on both ways to a place.
fn join(state: &mut State, other: State) {
    if state.dead {
        *state = other;
    } else if !other.dead {
        state.set = state.set.intersection(&other.set).cloned().collect();
    }
}
