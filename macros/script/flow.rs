//! Which names are bound where: a use that no path has bound is an error; a name that only some paths bind is kept in
//! a slot that knows whether it is bound.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span};

use super::scope::{Binding, ScopeId, Scopes, VarId, children};
use super::tree::{
    Block, Clause, ComprehensionKind, Expr, ExprKind, Function, Pattern, PatternKind, Script, Stmt, StmtKind, Try,
};
use crate::report::Report;

const BOUND: u8 = 1;
const UNBOUND: u8 = 2;
const DELETED: u8 = 4;

/// What may hold of each variable here; no bit at all: this place is not reached.
type State = Vec<u8>;

/// Checks the whole script.
pub fn check(script: &Script, scopes: &mut Scopes, report: &mut Report) {
    let mut flow =
        Flow { scopes, errors: BTreeMap::new(), loops: Vec::new(), tries: Vec::new(), handled: Vec::new(), order: 0 };
    let start = vec![UNBOUND; flow.scopes.vars.len()];
    let mut state = start.clone();
    for (var, bits) in state.iter_mut().enumerate() {
        if flow.scopes.vars[var].foreign {
            *bits = BOUND;
        }
    }
    flow.stmts(&script.body, 0, &mut state);
    if let Some(value) = &script.value {
        flow.expr(value, 0, &mut state);
    }
    for (span, text) in flow.errors.into_values() {
        report.error(span, text);
    }
}

struct Flow<'s> {
    scopes: &'s mut Scopes,
    /// By the id of the expression, in source order: a loop's body is walked twice.
    errors: BTreeMap<usize, (Span, String)>,
    loops: Vec<Loop>,
    /// What may hold when an exception leaves each `try` body around this place.
    tries: Vec<State>,
    /// The names of the handlers around this place, which their ends unbind.
    handled: Vec<VarId>,
    order: usize,
}

#[derive(Default)]
struct Loop {
    breaks: State,
    continues: State,
}

fn join(into: &mut State, other: &State) {
    if into.is_empty() {
        into.clone_from(other);
        return;
    }
    for (bits, more) in into.iter_mut().zip(other) {
        *bits |= more;
    }
}

fn stop(state: &mut State) {
    state.fill(0);
}

impl Flow<'_> {
    fn stmts(&mut self, stmts: &[Stmt], scope: ScopeId, state: &mut State) {
        for stmt in stmts {
            self.stmt(stmt, scope, state);
        }
    }

    fn block(&mut self, block: &Block, scope: ScopeId, state: &mut State) {
        self.stmts(&block.body, scope, state);
    }

    fn bind(&mut self, name: &Ident, scope: ScopeId, state: &mut State) {
        if let Some(var) = self.scopes.var(scope, &name.to_string()) {
            self.set(var, BOUND, state);
        }
    }

    fn set(&mut self, var: VarId, bits: u8, state: &mut State) {
        if state[var] == 0 {
            return;
        }
        if bits == DELETED && self.handled.contains(&var) {
            self.scopes.vars[var].unsure = true;
        }
        state[var] = bits;
        for before in &mut self.tries {
            before[var] |= bits;
        }
    }

    fn use_name(&mut self, id: usize, name: &Ident, scope: ScopeId, state: &State) {
        let Binding::Var(var) = self.scopes.lookup(scope, &name.to_string()) else {
            return;
        };
        let home = self.scopes.frame(self.scopes.vars[var].scope);
        if home != self.scopes.frame(scope) || self.scopes.vars[var].bound_inside {
            return;
        }
        let bits = state[var];
        if bits & BOUND != 0 {
            self.scopes.vars[var].unsure |= bits & (UNBOUND | DELETED) != 0;
        } else if bits & DELETED != 0 {
            let text = format!("`{name}` is used after `del {name}`");
            self.errors.insert(id, (name.span(), text));
        } else if bits & UNBOUND != 0 {
            let help = match self.scopes.hidden(var) {
                Some(_) => format!("\nhelp: to mean the `{name}` outside, start the function with `nonlocal {name};`"),
                None => String::new(),
            };
            let text = format!("`{name}` is used before it is bound{help}");
            self.errors.insert(id, (name.span(), text));
        }
    }

    fn stmt(&mut self, stmt: &Stmt, scope: ScopeId, state: &mut State) {
        match &stmt.kind {
            StmtKind::Expr(value) => self.expr(value, scope, state),
            StmtKind::Assign { targets, value } => {
                self.expr(value, scope, state);
                targets.iter().for_each(|target| self.target(target, scope, state));
            }
            StmtKind::Annotated { target, value, .. } => {
                if let Some(value) = value {
                    self.expr(value, scope, state);
                    self.target(target, scope, state);
                }
            }
            StmtKind::Augmented { target, value, .. } => {
                self.expr(target, scope, state);
                self.expr(value, scope, state);
            }
            StmtKind::Return(value) => {
                self.optional(value.as_ref(), scope, state);
                stop(state);
            }
            StmtKind::Raise { exception, cause } => {
                self.optional(exception.as_ref(), scope, state);
                self.optional(cause.as_ref(), scope, state);
                stop(state);
            }
            StmtKind::Break => {
                if let Some(inner) = self.loops.last_mut() {
                    join(&mut inner.breaks, state);
                }
                stop(state);
            }
            StmtKind::Continue => {
                if let Some(inner) = self.loops.last_mut() {
                    join(&mut inner.continues, state);
                }
                stop(state);
            }
            StmtKind::Del(targets) => targets.iter().for_each(|target| self.delete(target, scope, state)),
            StmtKind::Assert { condition, message } => {
                self.expr(condition, scope, state);
                self.optional(message.as_ref(), scope, &mut state.clone());
                if matches!(condition.kind, ExprKind::False) {
                    stop(state);
                }
            }
            StmtKind::If { arms, otherwise } => {
                let mut after = State::new();
                for (condition, block) in arms {
                    self.expr(condition, scope, state);
                    let mut inside = state.clone();
                    self.block(block, scope, &mut inside);
                    join(&mut after, &inside);
                }
                if let Some(block) = otherwise {
                    self.block(block, scope, state);
                }
                join(&mut after, state);
                *state = after;
            }
            StmtKind::While { condition, body, otherwise } => {
                let endless = matches!(condition.kind, ExprKind::True);
                self.repeat(scope, state, otherwise.as_ref(), endless, |flow, state| {
                    flow.expr(condition, scope, state);
                    let before = state.clone();
                    flow.block(body, scope, state);
                    before
                });
            }
            StmtKind::For { target, iterable, body, otherwise } => {
                self.expr(iterable, scope, state);
                self.repeat(scope, state, otherwise.as_ref(), false, |flow, state| {
                    let before = state.clone();
                    flow.target(target, scope, state);
                    flow.block(body, scope, state);
                    before
                });
            }
            StmtKind::Try(statement) => self.try_statement(statement, scope, state),
            StmtKind::With { items, body } => {
                let mut excepted = state.clone();
                for (manager, target) in items {
                    self.expr(manager, scope, state);
                    if let Some(target) = target {
                        self.target(target, scope, state);
                    }
                }
                self.tries.push(state.clone());
                self.block(body, scope, state);
                join(&mut excepted, &self.tries.pop().unwrap_or_default());
                // An exception may have been swallowed by `__exit__`.
                join(state, &excepted);
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject, scope, state);
                let mut after = State::new();
                let mut complete = false;
                for case in cases {
                    let mut inside = state.clone();
                    self.pattern(&case.pattern, scope, &mut inside);
                    self.optional(case.guard.as_ref(), scope, &mut inside);
                    self.block(&case.body, scope, &mut inside);
                    join(&mut after, &inside);
                    complete |= case.guard.is_none()
                        && matches!(case.pattern.kind, PatternKind::Wildcard | PatternKind::Capture(_));
                }
                if complete {
                    stop(state);
                }
                join(&mut after, state);
                *state = after;
            }
            StmtKind::Def(function) => {
                for param in &function.params {
                    self.optional(param.default.as_ref(), scope, state);
                }
                self.function(function);
                self.bind(&function.name, scope, state);
            }
            StmtKind::Class(class) => {
                for field in &class.fields {
                    self.optional(field.default.as_ref(), scope, state);
                }
                for method in &class.methods {
                    for param in &method.params {
                        self.optional(param.default.as_ref(), scope, state);
                    }
                    self.function(method);
                }
            }
            StmtKind::Pass
            | StmtKind::Nonlocal(_)
            | StmtKind::Import(_)
            | StmtKind::Use { .. }
            | StmtKind::Rust(_)
            | StmtKind::Raw(_) => {}
        }
    }

    /// A loop: what its end passes on reaches its start, so the body is walked twice.
    fn repeat(
        &mut self,
        scope: ScopeId,
        state: &mut State,
        otherwise: Option<&Block>,
        endless: bool,
        mut turn: impl FnMut(&mut Self, &mut State) -> State,
    ) {
        let mut left = State::new();
        let mut breaks = State::new();
        for _ in 0..2 {
            self.loops.push(Loop::default());
            let mut inside = state.clone();
            left = turn(self, &mut inside);
            let ended = self.loops.pop().unwrap_or_default();
            join(state, &inside);
            if !ended.continues.is_empty() {
                join(state, &ended.continues);
            }
            breaks = ended.breaks;
        }
        join(&mut left, state);
        *state = left;
        if endless {
            stop(state);
        }
        if let Some(block) = otherwise {
            self.block(block, scope, state);
        }
        if !breaks.is_empty() {
            join(state, &breaks);
        }
    }

    fn try_statement(&mut self, statement: &Try, scope: ScopeId, state: &mut State) {
        let mut everywhere = state.clone();
        self.tries.push(state.clone());
        self.tries.push(state.clone());
        self.block(&statement.body, scope, state);
        let excepted = self.tries.pop().unwrap_or_default();
        if let Some(block) = &statement.otherwise {
            self.block(block, scope, state);
        }
        for handler in &statement.handlers {
            let mut inside = excepted.clone();
            handler.classes.iter().for_each(|class| self.expr(class, scope, &mut inside));
            let var = handler.name.as_ref().and_then(|name| self.scopes.var(scope, &name.to_string()));
            if let Some(var) = var {
                self.set(var, BOUND, &mut inside);
            }
            self.handled.extend(var);
            self.block(&handler.body, scope, &mut inside);
            if let Some(var) = var {
                self.handled.pop();
                self.set(var, DELETED, &mut inside);
            }
            join(state, &inside);
        }
        join(&mut everywhere, &self.tries.pop().unwrap_or_default());
        if let Some(block) = &statement.finally {
            // Once for every way into it, once for the way on.
            self.block(block, scope, &mut everywhere);
            self.block(block, scope, state);
        }
    }

    fn function(&mut self, function: &Function) {
        let scope = self.scopes.of_node(function.id);
        let mut state = vec![UNBOUND; self.scopes.vars.len()];
        for param in &function.params {
            if let Some(var) = self.scopes.var(scope, &param.name.to_string()) {
                state[var] = BOUND;
            }
        }
        let loops = std::mem::take(&mut self.loops);
        let tries = std::mem::take(&mut self.tries);
        self.block(&function.body, scope, &mut state);
        self.loops = loops;
        self.tries = tries;
    }

    fn optional(&mut self, value: Option<&Expr>, scope: ScopeId, state: &mut State) {
        if let Some(value) = value {
            self.expr(value, scope, state);
        }
    }

    fn target(&mut self, target: &Expr, scope: ScopeId, state: &mut State) {
        match &target.kind {
            ExprKind::Name(name) => self.bind(name, scope, state),
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                items.iter().for_each(|item| self.target(item, scope, state));
            }
            ExprKind::Starred(inner) => self.target(inner, scope, state),
            _ => self.expr(target, scope, state),
        }
    }

    fn delete(&mut self, target: &Expr, scope: ScopeId, state: &mut State) {
        self.expr(target, scope, state);
        if let ExprKind::Name(name) = &target.kind
            && let Some(var) = self.scopes.var(scope, &name.to_string())
        {
            self.set(var, DELETED, state);
        }
    }

    fn pattern(&mut self, pattern: &Pattern, scope: ScopeId, state: &mut State) {
        match &pattern.kind {
            PatternKind::Wildcard | PatternKind::Rest(None) => {}
            PatternKind::Capture(name) | PatternKind::Rest(Some(name)) => self.bind(name, scope, state),
            PatternKind::Value(value) => self.expr(value, scope, state),
            PatternKind::Or(patterns) => {
                let before = state.clone();
                let mut after = State::new();
                for pattern in patterns {
                    let mut inside = before.clone();
                    self.pattern(pattern, scope, &mut inside);
                    join(&mut after, &inside);
                }
                *state = after;
            }
            PatternKind::Sequence(patterns) => {
                patterns.iter().for_each(|pattern| self.pattern(pattern, scope, state));
            }
            PatternKind::As(inner, name) => {
                self.pattern(inner, scope, state);
                self.bind(name, scope, state);
            }
            PatternKind::Class { positional, keywords, .. } => {
                positional.iter().for_each(|pattern| self.pattern(pattern, scope, state));
                keywords.iter().for_each(|(_, pattern)| self.pattern(pattern, scope, state));
            }
        }
    }

    fn expr(&mut self, expr: &Expr, scope: ScopeId, state: &mut State) {
        self.order += 1;
        match &expr.kind {
            ExprKind::Name(name) => self.use_name(expr.id, name, scope, state),
            ExprKind::Walrus { name, value } => {
                self.expr(value, scope, state);
                self.bind(name, scope, state);
            }
            ExprKind::And(left, right) | ExprKind::Or(left, right) => {
                self.expr(left, scope, state);
                let mut taken = state.clone();
                self.expr(right, scope, &mut taken);
                join(state, &taken);
            }
            ExprKind::Conditional { condition, then, otherwise } => {
                self.expr(condition, scope, state);
                let mut taken = state.clone();
                self.expr(then, scope, &mut taken);
                self.expr(otherwise, scope, state);
                join(state, &taken);
            }
            ExprKind::Lambda { params, body } => {
                for param in params {
                    self.optional(param.default.as_ref(), scope, state);
                }
                let inner = self.scopes.of_node(expr.id);
                let mut inside = vec![UNBOUND; state.len()];
                for param in params {
                    self.bind_param(&param.name, inner, &mut inside);
                }
                self.expr(body, inner, &mut inside);
            }
            ExprKind::Comprehension(comprehension) => {
                let inner = self.scopes.of_node(expr.id);
                let is_generator = matches!(comprehension.kind, ComprehensionKind::Generator(_));
                let mut inside = state.clone();
                for (at, clause) in comprehension.clauses.iter().enumerate() {
                    match clause {
                        Clause::For { target, iterable } if at == 0 => {
                            self.expr(iterable, scope, state);
                            inside.clone_from(state);
                            self.target(target, inner, &mut inside);
                        }
                        Clause::For { target, iterable } => {
                            self.expr(iterable, inner, &mut inside);
                            self.target(target, inner, &mut inside);
                        }
                        Clause::If(condition) => self.expr(condition, inner, &mut inside),
                    }
                }
                match &comprehension.kind {
                    ComprehensionKind::List(item)
                    | ComprehensionKind::Set(item)
                    | ComprehensionKind::Generator(item) => self.expr(item, inner, &mut inside),
                    ComprehensionKind::Dict(key, value) => {
                        self.expr(key, inner, &mut inside);
                        self.expr(value, inner, &mut inside);
                    }
                }
                if !is_generator {
                    join(state, &inside);
                }
            }
            _ => children(expr, &mut |child| self.expr(child, scope, state)),
        }
    }

    fn bind_param(&mut self, name: &Ident, scope: ScopeId, state: &mut State) {
        if let Some(var) = self.scopes.var(scope, &name.to_string()) {
            state[var] = BOUND;
        }
    }
}
