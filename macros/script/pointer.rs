//! Methods that use `self` as a value, and so need the object's own pointer: only objects that have one carry it.

use std::collections::HashSet;

use super::asks::Asks;
use super::infer::{Member, Target, Types};
use super::model::{Model, Role, blocks, names_caught, own_expressions};
use super::scope::{Scopes, children};
use super::tree::{Class, Expr, ExprKind, Function, Script, Stmt, StmtKind};

#[derive(Default)]
pub struct Pointers {
    /// By the method's node.
    methods: HashSet<usize>,
    /// Classes whose objects carry the pointer in their own part.
    classes: HashSet<String>,
}

impl Pointers {
    pub fn is_needed(&self, method: &Function) -> bool {
        self.methods.contains(&method.id)
    }

    /// Whether the class adds the pointer to its objects.
    pub fn has_own(&self, class: &str) -> bool {
        self.classes.contains(class)
    }
}

pub fn find(script: &Script, model: &Model, scopes: &Scopes, types: &Types, asks: &Asks) -> Pointers {
    let mut search = Search { model, scopes, types, asks, found: Pointers::default() };
    search.stmts(&script.body);
    search.found
}

struct Search<'a> {
    model: &'a Model,
    scopes: &'a Scopes,
    types: &'a Types,
    asks: &'a Asks,
    found: Pointers,
}

impl Search<'_> {
    fn stmts(&mut self, stmts: &[Stmt]) {
        for stmt in stmts {
            match &stmt.kind {
                StmtKind::Class(class) => self.class(class),
                StmtKind::Def(function) => self.stmts(&function.body.body),
                kind => {
                    let mut inner = Vec::new();
                    blocks(kind, &mut inner);
                    inner.into_iter().for_each(|block| self.stmts(block));
                }
            }
        }
    }

    fn class(&mut self, class: &Class) {
        let name = class.name.to_string();
        // `==` of Rust knows the other object by its value; an overriding method is found with the object's pointer, and
        // so is what a derived class shows of itself.
        let is_derived = self.model.base_of(&name).is_some();
        let mut needed = class.methods.iter().any(|method| {
            let text = method.name.to_string();
            let shows = is_derived && matches!(text.as_str(), "__repr__" | "__str__");
            text == "__eq__" || shows || self.model.is_dispatched(&name, &text)
        });
        for method in &class.methods {
            if self.needs_pointer(method) {
                self.found.methods.insert(method.id);
                needed = true;
            }
            self.stmts(&method.body.body);
        }
        if needed && let Some(root) = self.model.root(&name) {
            self.found.classes.insert(root.name.to_string());
        }
    }

    fn needs_pointer(&self, method: &Function) -> bool {
        let Some(signature) = self.model.functions.get(&method.id) else { return false };
        if matches!(signature.role, Role::Static | Role::Class) {
            return false;
        }
        // What is raised takes `self` along, as what is caught may. What `__del__` raises goes no further than the hook.
        let leaves = signature.raises && (method.name != "__del__" || self.asks.hook);
        let keeps = leaves || names_caught(&method.body.body);
        let suspends = signature.yields.is_some();
        self.asks.counts || keeps || suspends || self.captures(method) || self.mentioned(&method.body.body)
    }

    /// Whether a function within the method shares its `self`.
    fn captures(&self, method: &Function) -> bool {
        let receiver = self.scopes.var(self.scopes.of_node(method.id), "self");
        receiver.is_some_and(|var| self.scopes.vars[var].captured)
    }

    fn mentioned(&self, stmts: &[Stmt]) -> bool {
        stmts.iter().any(|stmt| {
            let mut found = match &stmt.kind {
                StmtKind::Def(function) => self.mentioned(&function.body.body),
                StmtKind::Rust(_) | StmtKind::Raw(_) => true,
                _ => false,
            };
            own_expressions(&stmt.kind, &mut |expr| found |= self.is_value(expr));
            let mut inner = Vec::new();
            blocks(&stmt.kind, &mut inner);
            found || inner.into_iter().any(|block| self.mentioned(block))
        })
    }

    /// Whether `self` is used in the expression otherwise than for a field or a call of a method.
    fn is_value(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Name(name) => name == "self",
            ExprKind::Attribute { value, .. } if is_self(value) => {
                !matches!(self.types.members.get(&expr.id), Some(Member::Field { .. } | Member::Property { .. }))
            }
            ExprKind::Call { callee, args, .. } => {
                let is_method =
                    matches!(self.types.plans.get(&expr.id).map(|plan| &plan.target), Some(Target::Method { .. }));
                let of_callee = match &callee.kind {
                    ExprKind::Attribute { value, .. } if is_method && is_self(value) => false,
                    _ => self.is_value(callee),
                };
                of_callee || args.iter().any(|arg| self.is_value(&arg.value))
            }
            ExprKind::Rust(_) | ExprKind::Raw(_) => true,
            _ => {
                let mut found = false;
                children(expr, &mut |child| found |= self.is_value(child));
                found
            }
        }
    }
}

fn is_self(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Name(name) if name == "self")
}
