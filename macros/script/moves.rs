//! Last uses of names. Where a name isn't used again its value is moved, not counted once more, if nobody can tell: the
//! object may then die a little before the function ends, so the script must have nothing that hears of deaths.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::asks::Asks;
use super::infer::Types;
use super::kind::Kind;
use super::model::{Model, Origin, blocks, own_expressions};
use super::scope::{ScopeId, Scopes, VarId, children};
use super::tree::{Block, Class, Expr, ExprKind, Function, Script, Stmt, StmtKind};

/// Names by their expressions.
#[derive(Default)]
pub struct Moves(HashSet<usize>);

impl Moves {
    pub fn contains(&self, expr: &Expr) -> bool {
        self.0.contains(&expr.id)
    }
}

pub fn find(script: &Script, model: &Model, scopes: &Scopes, types: &Types, asks: &Asks) -> Moves {
    let mut finder = Finder { model, scopes, types, found: Moves::default(), functions: Vec::new() };
    if asks.counts || finder.hears_deaths(script) {
        return finder.found;
    }
    finder.functions(&script.body);
    let functions = std::mem::take(&mut finder.functions);
    finder.body(0, &script.body, script.value.as_ref());
    for function in functions {
        let yields = model.functions.get(&function.id).is_some_and(|signature| signature.yields.is_some());
        if !yields {
            finder.body(scopes.of_node(function.id), &function.body.body, None);
        }
    }
    finder.found
}

struct Finder<'a> {
    model: &'a Model,
    scopes: &'a Scopes,
    types: &'a Types,
    found: Moves,
    functions: Vec<&'a Function>,
}

impl<'a> Finder<'a> {
    /// All functions, and whether anything in the script notices when an object dies.
    fn hears_deaths(&self, script: &Script) -> bool {
        let kinds = self.model.classes.values().filter(|class| class.origin == Origin::Script);
        let fields = kinds.flat_map(|class| &class.fields).any(|field| !field.weak && !self.is_silent(&field.kind));
        let yields = self.model.functions.values().any(|signature| signature.yields.is_some());
        let outside = self.model.classes.values().any(|class| class.origin == Origin::Outside);
        fields || yields || outside || self.hears(&script.body)
    }

    fn hears(&self, stmts: &[Stmt]) -> bool {
        stmts.iter().any(|stmt| {
            let here = match &stmt.kind {
                StmtKind::Class(class) => {
                    let has_weak = class.fields.iter().any(|field| field.weak.is_some());
                    has_weak || class.methods.iter().any(|it| it.name == "__del__" || self.hears(&it.body.body))
                }
                StmtKind::Def(function) => self.hears(&function.body.body),
                StmtKind::Import(imports) => imports
                    .iter()
                    .any(|import| import.path.first().is_some_and(|module| module == "weakref" || module == "gc")),
                StmtKind::Rust(_) | StmtKind::Raw(_) => true,
                _ => false,
            };
            let mut inner = Vec::new();
            blocks(&stmt.kind, &mut inner);
            here || inner.into_iter().any(|block| self.hears(block))
        })
    }

    /// Whether the death of a value of the kind does nothing but free memory.
    fn is_silent(&self, kind: &Kind) -> bool {
        match kind {
            Kind::None => true,
            Kind::Optional(inner) => self.is_silent(inner),
            Kind::Function(..) => true,
            Kind::Named(name, args) => {
                let known = match &**name {
                    "int" | "float" | "bool" | "str" | "bytes" | "list" | "dict" | "set" | "frozenset" | "tuple..."
                    | "tuple" | "range" => true,
                    name => self.model.is_script_class(name),
                };
                known && args.iter().all(|arg| self.is_silent(arg))
            }
            _ => false,
        }
    }

    fn functions(&mut self, stmts: &'a [Stmt]) {
        for stmt in stmts {
            match &stmt.kind {
                StmtKind::Class(class) => self.methods(class),
                StmtKind::Def(function) => self.function(function),
                kind => {
                    let mut inner = Vec::new();
                    blocks(kind, &mut inner);
                    inner.into_iter().for_each(|block| self.functions(block));
                }
            }
        }
    }

    fn methods(&mut self, class: &'a Class) {
        class.methods.iter().for_each(|method| self.function(method));
    }

    fn function(&mut self, function: &'a Function) {
        self.functions.push(function);
        self.functions(&function.body.body);
    }

    fn body(&mut self, scope: ScopeId, stmts: &[Stmt], value: Option<&Expr>) {
        let mut live = Live::new();
        let mut walk = Walk { finder: self, scope, always: Vec::new(), loops: Vec::new(), marks: true };
        if let Some(value) = value {
            walk.uses(&[value], &mut live, true);
        }
        walk.stmts(stmts, &mut live);
    }
}

/// Names whose values may be used later.
type Live = BTreeSet<VarId>;

/// The walk through one function, from its end to its beginning.
struct Walk<'w, 'a> {
    finder: &'w mut Finder<'a>,
    scope: ScopeId,
    /// What the handlers around the place use.
    always: Vec<Live>,
    loops: Vec<Loop>,
    /// Not while a loop is walked only to find out what it uses.
    marks: bool,
}

#[derive(Clone)]
struct Loop {
    breaks: Live,
    continues: Live,
}

impl Walk<'_, '_> {
    fn stmts(&mut self, stmts: &[Stmt], live: &mut Live) {
        for stmt in stmts.iter().rev() {
            self.stmt(stmt, live);
        }
    }

    fn block(&mut self, block: &Block, live: &Live) -> Live {
        let mut live = live.clone();
        self.stmts(&block.body, &mut live);
        live
    }

    fn stmt(&mut self, stmt: &Stmt, live: &mut Live) {
        live.extend(self.always.iter().flatten());
        match &stmt.kind {
            StmtKind::Assign { targets, value } => self.assign(targets, value, live),
            StmtKind::Annotated { target, value: Some(value), .. } => {
                self.assign(std::slice::from_ref(target), value, live);
            }
            StmtKind::Expr(value) => self.uses(&[value], live, true),
            StmtKind::Return(value) => {
                *live = self.always.iter().flatten().copied().collect();
                if let Some(value) = value {
                    self.uses(&[value], live, true);
                }
            }
            StmtKind::Raise { exception, cause } => {
                *live = self.always.iter().flatten().copied().collect();
                let parts: Vec<&Expr> = exception.iter().chain(cause).collect();
                self.uses(&parts, live, true);
            }
            StmtKind::Break | StmtKind::Continue => {
                if let Some(inner) = self.loops.last() {
                    let target = if matches!(stmt.kind, StmtKind::Break) { &inner.breaks } else { &inner.continues };
                    *live = target.clone();
                    live.extend(self.always.iter().flatten());
                }
            }
            StmtKind::If { arms, otherwise } => {
                let mut after = match otherwise {
                    Some(block) => self.block(block, live),
                    None => live.clone(),
                };
                for (condition, block) in arms.iter().rev() {
                    after.extend(self.block(block, live));
                    self.uses(&[condition], &mut after, true);
                }
                *live = after;
            }
            StmtKind::While { condition, body, otherwise } => {
                let endless = matches!(condition.kind, ExprKind::True);
                let mut exit = match otherwise {
                    Some(block) => self.block(block, live),
                    None => live.clone(),
                };
                if endless {
                    exit.clear();
                }
                let head = self.repeat(live, exit, |walk, live| {
                    walk.stmts(&body.body, live);
                    walk.uses(&[condition], live, false);
                });
                *live = head;
                self.uses(&[condition], live, false);
            }
            StmtKind::For { target, iterable, body, otherwise } => {
                let exit = match otherwise {
                    Some(block) => self.block(block, live),
                    None => live.clone(),
                };
                let mut head = self.repeat(live, exit, |walk, live| {
                    walk.stmts(&body.body, live);
                    walk.target(target, live);
                });
                self.uses(&[iterable], &mut head, true);
                *live = head;
            }
            StmtKind::Try(statement) => {
                let after = match &statement.finally {
                    Some(block) => self.block(block, live),
                    None => live.clone(),
                };
                if statement.finally.is_some() {
                    self.always.push(after.clone());
                }
                let mut handled = Live::new();
                for handler in &statement.handlers {
                    handled.extend(self.block(&handler.body, &after));
                }
                let mut inside = match &statement.otherwise {
                    Some(block) => self.block(block, &after),
                    None => after,
                };
                self.always.push(handled.clone());
                self.stmts(&statement.body.body, &mut inside);
                self.always.pop();
                if statement.finally.is_some() {
                    self.always.pop();
                }
                inside.extend(handled);
                *live = inside;
            }
            StmtKind::With { body, .. } => {
                // What is raised inside may be swallowed.
                self.always.push(live.clone());
                self.stmts(&body.body, live);
                self.always.pop();
                self.own(stmt, live, false);
            }
            StmtKind::Match { cases, .. } => {
                let mut after = live.clone();
                for case in cases {
                    after.extend(self.block(&case.body, live));
                }
                *live = after;
                self.own(stmt, live, false);
            }
            StmtKind::Def(function) => {
                for default in function.params.iter().filter_map(|param| param.default.as_ref()) {
                    self.uses(&[default], live, false);
                }
            }
            StmtKind::Augmented { .. } | StmtKind::Del(_) | StmtKind::Assert { .. } => self.own(stmt, live, false),
            StmtKind::Rust(_) | StmtKind::Raw(_) => live.extend(0..self.finder.scopes.vars.len()),
            StmtKind::Annotated { value: None, .. }
            | StmtKind::Pass
            | StmtKind::Nonlocal(_)
            | StmtKind::Import(_)
            | StmtKind::Use { .. }
            | StmtKind::Class(_) => {}
        }
    }

    fn assign(&mut self, targets: &[Expr], value: &Expr, live: &mut Live) {
        let mut parts = vec![value];
        for target in targets {
            match &target.kind {
                ExprKind::Name(_) | ExprKind::Tuple(_) | ExprKind::List(_) => self.target(target, live),
                _ => parts.push(target),
            }
        }
        self.uses(&parts, live, true);
    }

    /// Names that are bound; everything else in a target is used.
    fn target(&mut self, target: &Expr, live: &mut Live) {
        match &target.kind {
            ExprKind::Name(name) => {
                if let Some(var) = self.finder.scopes.var(self.scope, &name.to_string()) {
                    live.remove(&var);
                }
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                items.iter().for_each(|item| self.target(item, live));
            }
            ExprKind::Starred(inner) => self.target(inner, live),
            _ => self.uses(&[target], live, false),
        }
    }

    /// A loop: what its beginning uses, its end passes on.
    fn repeat(&mut self, after: &Live, exit: Live, turn: impl Fn(&mut Self, &mut Live)) -> Live {
        let marks = std::mem::replace(&mut self.marks, false);
        let mut head = exit.clone();
        loop {
            let found = self.turn(after, &head, &turn);
            match found.is_subset(&head) {
                true => break,
                false => head.extend(found),
            }
        }
        self.marks = marks;
        self.turn(after, &head, &turn);
        head
    }

    fn turn(&mut self, after: &Live, head: &Live, turn: &impl Fn(&mut Self, &mut Live)) -> Live {
        self.loops.push(Loop { breaks: after.clone(), continues: head.clone() });
        let mut live = head.clone();
        turn(self, &mut live);
        self.loops.pop();
        live
    }

    fn own(&mut self, stmt: &Stmt, live: &mut Live, marks: bool) {
        let mut parts: Vec<Expr> = Vec::new();
        own_expressions(&stmt.kind, &mut |expr| parts.push(expr.clone()));
        let parts: Vec<&Expr> = parts.iter().collect();
        self.uses(&parts, live, marks);
    }

    /// The names in expressions that are evaluated together: one that is there once, and not needed afterwards, is moved.
    /// A second mention might borrow the first one's value.
    fn uses(&mut self, parts: &[&Expr], live: &mut Live, marks: bool) {
        let mut mentions = Mentions::default();
        parts.iter().for_each(|part| self.mentions(part, false, &mut mentions));
        if mentions.anything {
            live.extend(0..self.finder.scopes.vars.len());
            return;
        }
        for (var, exprs) in mentions.names {
            let is_last = !live.contains(&var) && !self.always.iter().any(|always| always.contains(&var));
            if let ([Some(expr)], true, true) = (exprs.as_slice(), marks && self.marks, is_last) {
                let known = &self.finder.scopes.vars[var];
                let kind = &self.finder.types.vars[var];
                if known.scope == self.scope && !kind.is_plain() && self.finder.is_silent(kind) {
                    self.finder.found.0.insert(*expr);
                }
            }
            live.insert(var);
        }
    }

    /// `repeated`: inside something that is evaluated more than once, or later.
    fn mentions(&self, expr: &Expr, repeated: bool, found: &mut Mentions) {
        match &expr.kind {
            ExprKind::Name(name) | ExprKind::Walrus { name, .. } => {
                if let Some(var) = self.finder.scopes.var(self.scope, &name.to_string()) {
                    let is_bound = matches!(expr.kind, ExprKind::Walrus { .. });
                    found.names.entry(var).or_default().push((!repeated && !is_bound).then_some(expr.id));
                }
            }
            ExprKind::Rust(_) | ExprKind::Raw(_) => found.anything = true,
            _ => {}
        }
        let repeated = repeated || matches!(expr.kind, ExprKind::Lambda { .. } | ExprKind::Comprehension(_));
        children(expr, &mut |child| self.mentions(child, repeated, found));
    }
}

/// The names in an expression.
#[derive(Default)]
struct Mentions {
    /// The expressions by name, without those that can't be moved.
    names: HashMap<VarId, Vec<Option<usize>>>,
    /// Rust code may use any name.
    anything: bool,
}
