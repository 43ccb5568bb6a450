//! Names: which scope binds them, which functions capture them, what a name means where it is used.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::{Ident, Span};

use super::tree::{
    Argument, Block, Class, Clause, Comprehension, ComprehensionKind, Expr, ExprKind, FormatPart, Function, Pattern,
    PatternKind, Script, Stmt, StmtKind, Type,
};
use crate::report::Report;

pub type ScopeId = usize;
pub type VarId = usize;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    Var(VarId),
    /// A function that captures nothing, by its node.
    Def(usize),
    Class(String),
    /// An annotated constant among items.
    Constant(String),
    /// A module or one of its members.
    Import(Vec<String>),
    /// Nothing in the script: a builtin, or a name of Rust.
    Outside,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScopeKind {
    Script,
    Function,
    /// The names of a comprehension live in the frame around it.
    Comprehension,
    /// A generator expression: it runs later, in a frame of its own.
    Generator,
    Class,
}

pub struct Scope {
    pub parent: Option<ScopeId>,
    pub kind: ScopeKind,
    /// Own names, in the order in which they are first bound.
    pub order: Vec<VarId>,
    names: HashMap<String, VarId>,
    defs: HashMap<String, usize>,
    nonlocals: HashMap<String, Span>,
}

pub struct Var {
    pub name: Ident,
    pub scope: ScopeId,
    pub is_param: bool,
    /// A nested function uses it.
    pub captured: bool,
    /// A comprehension uses it, which is a function to CPython: so it is released as late as what is captured.
    pub in_comprehension: bool,
    /// Some path to a use has not bound it, or `del` may have unbound it.
    pub unsure: bool,
    /// Bound in a block whose end rustc's flow analysis can't follow (`finally`, `with`).
    pub behind: bool,
    pub annotation: Option<Type>,
    /// The function that a `def` binds it to.
    pub def: Option<usize>,
    /// A Rust variable outside, named by `nonlocal`.
    pub foreign: bool,
    /// A nested function binds it.
    pub bound_inside: bool,
    /// How many places bind it.
    pub bindings: usize,
}

#[derive(Default)]
pub struct Scopes {
    pub scopes: Vec<Scope>,
    pub vars: Vec<Var>,
    by_node: HashMap<usize, ScopeId>,
    /// Variables of enclosing functions that a function uses, itself or through functions in it.
    pub captures: HashMap<usize, BTreeSet<VarId>>,
    classes: BTreeSet<String>,
    imports: HashMap<String, Vec<String>>,
    /// Annotated constants among items, with their types.
    pub constants: HashMap<String, Type>,
    /// Functions that capture something: a `def` of theirs binds a variable.
    closures: BTreeSet<usize>,
}

/// A script of definitions only is items.
pub fn is_items(script: &Script) -> bool {
    script.value.is_none()
        && script.raises.is_none()
        && script.main.is_none()
        && script.body.iter().all(|stmt| match &stmt.kind {
            StmtKind::Def(_)
            | StmtKind::Class(_)
            | StmtKind::Use { .. }
            | StmtKind::Import(_)
            | StmtKind::Rust(_)
            | StmtKind::Raw(_) => true,
            StmtKind::Annotated { value, .. } => value.is_some(),
            _ => false,
        })
}

/// Finds the scopes of a script.
pub fn resolve(script: &Script, report: &mut Report) -> Scopes {
    // A function that captures is a value in a variable, and whoever uses it captures that variable: repeat until no
    // more functions turn out to be closures.
    let mut closures = BTreeSet::new();
    loop {
        let mut resolver = Resolver::new(closures.clone());
        resolver.script(script);
        let found = resolver.closures();
        if found == closures {
            for (span, text) in resolver.errors {
                report.error(span, text);
            }
            return resolver.scopes;
        }
        closures = found;
    }
}

impl Scopes {
    pub fn of_node(&self, node: usize) -> ScopeId {
        self.by_node.get(&node).copied().unwrap_or(0)
    }

    pub fn is_closure(&self, node: usize) -> bool {
        self.closures.contains(&node)
    }

    /// The function (or script) whose frame holds the names of `scope`.
    pub fn frame(&self, mut scope: ScopeId) -> ScopeId {
        while self.scopes[scope].kind == ScopeKind::Comprehension {
            match self.scopes[scope].parent {
                Some(parent) => scope = parent,
                None => break,
            }
        }
        scope
    }

    /// The function (or script) that a `:=` in `scope` binds its name in.
    fn named_in(&self, scope: ScopeId) -> ScopeId {
        let frame = self.frame(scope);
        match (self.scopes[frame].kind, self.scopes[frame].parent) {
            (ScopeKind::Generator, Some(parent)) => self.named_in(parent),
            _ => frame,
        }
    }

    pub fn lookup(&self, scope: ScopeId, name: &str) -> Binding {
        let mut at = Some(scope);
        let mut first = true;
        while let Some(id) = at {
            let scope = &self.scopes[id];
            // A class's own names are not seen from its methods.
            if scope.kind != ScopeKind::Class || first {
                if let Some(var) = scope.names.get(name) {
                    return Binding::Var(*var);
                }
                if let Some(def) = scope.defs.get(name) {
                    return Binding::Def(*def);
                }
            }
            first = false;
            at = scope.parent;
        }
        if self.constants.contains_key(name) {
            return Binding::Constant(name.to_owned());
        }
        if self.classes.contains(name) {
            return Binding::Class(name.to_owned());
        }
        match self.imports.get(name) {
            Some(path) => Binding::Import(path.clone()),
            None => Binding::Outside,
        }
    }

    pub fn var(&self, scope: ScopeId, name: &str) -> Option<VarId> {
        match self.lookup(scope, name) {
            Binding::Var(var) => Some(var),
            _ => None,
        }
    }

    /// The variable that a variable hides from its function.
    pub fn hidden(&self, var: VarId) -> Option<VarId> {
        let Var { name, scope, .. } = &self.vars[var];
        self.var(self.scopes[*scope].parent?, &name.to_string())
    }
}

struct Resolver {
    scopes: Scopes,
    /// The functions around the current place, outermost first, with their scopes.
    functions: Vec<(usize, ScopeId)>,
    /// Names used in functions, resolved when all bindings are known.
    uses: Vec<Use>,
    /// In the body of `try … finally` or `with`.
    behind: usize,
    /// Functions that keep a default value that was made when their `def` ran.
    keeping: BTreeSet<usize>,
    /// The script is items: what stands at its top is made once.
    is_items: bool,
    errors: Vec<(Span, String)>,
}

struct Use {
    name: Ident,
    scope: ScopeId,
    functions: Vec<(usize, ScopeId)>,
    in_class: bool,
}

impl Resolver {
    fn new(closures: BTreeSet<usize>) -> Resolver {
        let scopes = Scopes { closures, ..Scopes::default() };
        Resolver {
            scopes,
            functions: Vec::new(),
            uses: Vec::new(),
            behind: 0,
            keeping: BTreeSet::new(),
            is_items: false,
            errors: Vec::new(),
        }
    }

    fn script(&mut self, script: &Script) {
        let scope = self.open(None, ScopeKind::Script);
        self.is_items = is_items(script);
        if self.is_items {
            self.constants(&script.body);
        }
        self.stmts(&script.body, scope);
        if let Some(value) = &script.value {
            self.expr(value, scope);
        }
        self.capture();
    }

    /// `LIMIT: int = 3;` among items is a constant of Rust's.
    fn constants(&mut self, stmts: &[Stmt]) {
        for stmt in stmts {
            if let StmtKind::Annotated { target: Expr { kind: ExprKind::Name(name), .. }, ty, .. } = &stmt.kind {
                self.scopes.constants.insert(name.to_string(), ty.clone());
            }
        }
    }

    /// Marks what functions use of the functions around them.
    fn capture(&mut self) {
        for used in std::mem::take(&mut self.uses) {
            let Binding::Var(var) = self.scopes.lookup(used.scope, &used.name.to_string()) else {
                continue;
            };
            let home = self.scopes.frame(self.scopes.vars[var].scope);
            let crossed: Vec<usize> =
                used.functions.iter().rev().take_while(|(_, scope)| *scope != home).map(|(node, _)| *node).collect();
            if crossed.is_empty() {
                let inside = self.scopes.frame(used.scope) != used.scope && self.scopes.vars[var].scope == home;
                self.scopes.vars[var].in_comprehension |= inside;
                continue;
            }
            if used.in_class && self.crosses_class(used.scope, home) {
                let text = format!(
                    "a method can't use `{}`, a name of the code around its class\nhelp: pass it to the constructor, or make it a class attribute",
                    used.name
                );
                self.errors.push((used.name.span(), text));
                continue;
            }
            self.scopes.vars[var].captured = true;
            for node in crossed {
                self.scopes.captures.entry(node).or_default().insert(var);
            }
        }
    }

    /// Whether a class lies between a use and the scope that binds the name.
    fn crosses_class(&self, scope: ScopeId, home: ScopeId) -> bool {
        let mut at = Some(scope);
        while let Some(id) = at.filter(|id| *id != home) {
            if self.scopes.scopes[id].kind == ScopeKind::Class {
                return true;
            }
            at = self.scopes.scopes[id].parent;
        }
        false
    }

    /// The functions that capture or keep something, as far as this round knows.
    fn closures(&self) -> BTreeSet<usize> {
        let capturing = self.scopes.captures.iter().filter(|(_, vars)| !vars.is_empty()).map(|(node, _)| *node);
        capturing.chain(self.keeping.iter().copied()).collect()
    }

    fn open(&mut self, parent: Option<ScopeId>, kind: ScopeKind) -> ScopeId {
        self.scopes.scopes.push(Scope {
            parent,
            kind,
            order: Vec::new(),
            names: HashMap::new(),
            defs: HashMap::new(),
            nonlocals: HashMap::new(),
        });
        self.scopes.scopes.len() - 1
    }

    fn open_node(&mut self, node: usize, parent: ScopeId, kind: ScopeKind) -> ScopeId {
        let scope = self.open(Some(parent), kind);
        self.scopes.by_node.insert(node, scope);
        scope
    }

    fn bind(&mut self, name: &Ident, scope: ScopeId) -> Option<VarId> {
        let text = name.to_string();
        if self.scopes.scopes[scope].nonlocals.contains_key(&text) {
            self.used(name, scope);
            let var = self.scopes.var(scope, &text);
            if let Some(var) = var {
                self.scopes.vars[var].bound_inside = true;
            }
            return var;
        }
        if let Some(var) = self.scopes.scopes[scope].names.get(&text) {
            self.scopes.vars[*var].behind |= self.behind > 0;
            self.scopes.vars[*var].bindings += 1;
            return Some(*var);
        }
        // A `def` whose name is bound again is a variable like any other.
        let def = self.scopes.scopes[scope].defs.remove(&text);
        if def.is_some() {
            let text =
                format!("`{name}` is the name of a function: it can't be bound again\nhelp: choose another name");
            self.errors.push((name.span(), text));
        }
        let var = self.scopes.vars.len();
        self.scopes.vars.push(Var {
            name: name.clone(),
            scope,
            is_param: false,
            captured: false,
            in_comprehension: false,
            unsure: false,
            behind: self.behind > 0,
            annotation: None,
            def: None,
            foreign: false,
            bound_inside: false,
            bindings: 1,
        });
        let scope = &mut self.scopes.scopes[scope];
        scope.names.insert(text, var);
        scope.order.push(var);
        Some(var)
    }

    fn used(&mut self, name: &Ident, scope: ScopeId) {
        let mut at = Some(scope);
        let mut in_class = false;
        while let Some(id) = at {
            in_class |= self.scopes.scopes[id].kind == ScopeKind::Class;
            at = self.scopes.scopes[id].parent;
        }
        let functions = self.functions.clone();
        self.uses.push(Use { name: name.clone(), scope, functions, in_class });
    }

    fn stmts(&mut self, stmts: &[Stmt], scope: ScopeId) {
        // `nonlocal` holds for the whole function, wherever it stands; classes and functions are known from the start.
        for stmt in stmts {
            self.hoist(stmt, scope);
        }
        for stmt in stmts {
            self.stmt(stmt, scope);
        }
    }

    fn hoist(&mut self, stmt: &Stmt, scope: ScopeId) {
        match &stmt.kind {
            StmtKind::Nonlocal(names) => {
                for name in names {
                    self.nonlocal(name, scope);
                }
            }
            StmtKind::Class(class) => self.declare_class(class),
            StmtKind::Def(function) if !self.scopes.closures.contains(&function.id) => {
                let name = function.name.to_string();
                let known = self.scopes.scopes[scope].defs.insert(name, function.id);
                if known.is_some() {
                    let text = format!("there are two functions named `{}`", function.name);
                    self.errors.push((function.name.span(), text));
                }
            }
            StmtKind::Use { classes, .. } => {
                self.scopes.classes.extend(classes.iter().map(ToString::to_string));
            }
            StmtKind::Import(imports) => {
                for import in imports {
                    let path = import.path.iter().map(ToString::to_string).collect();
                    self.scopes.imports.insert(import.name.to_string(), path);
                }
            }
            _ => {}
        }
    }

    fn declare_class(&mut self, class: &Class) {
        if !self.scopes.classes.insert(class.name.to_string()) {
            let text = format!("there are two classes named `{}`", class.name);
            self.errors.push((class.name.span(), text));
        }
    }

    fn nonlocal(&mut self, name: &Ident, scope: ScopeId) {
        let text = name.to_string();
        if self.scopes.scopes[scope].names.contains_key(&text) {
            let message = format!("`{name}` is already a name of this function\nhelp: put `nonlocal {name};` first");
            self.errors.push((name.span(), message));
            return;
        }
        self.scopes.scopes[scope].nonlocals.insert(text.clone(), name.span());
        let parent = self.scopes.scopes[scope].parent;
        let outer = parent.and_then(|parent| self.scopes.var(parent, &text));
        if outer.is_none() && self.scopes.scopes[scope].kind == ScopeKind::Script {
            self.scopes.scopes[scope].nonlocals.remove(&text);
            if let Some(var) = self.bind(name, scope) {
                self.scopes.vars[var].foreign = true;
            }
        }
    }

    fn block(&mut self, block: &Block, scope: ScopeId) {
        self.stmts(&block.body, scope);
    }

    fn stmt(&mut self, stmt: &Stmt, scope: ScopeId) {
        match &stmt.kind {
            StmtKind::Expr(value) => self.expr(value, scope),
            StmtKind::Assign { targets, value } => {
                self.expr(value, scope);
                for target in targets {
                    self.target(target, scope);
                }
            }
            StmtKind::Annotated { target, ty, value, .. } => {
                if let Some(value) = value {
                    self.expr(value, scope);
                }
                self.annotated(target, ty, value.is_some(), scope);
            }
            StmtKind::Augmented { target, value, .. } => {
                self.expr(value, scope);
                if let ExprKind::Name(name) = &target.kind {
                    self.used(name, scope);
                }
                self.target(target, scope);
            }
            StmtKind::Return(value) => self.optional(value.as_ref(), scope),
            StmtKind::Raise { exception, cause } => {
                self.optional(exception.as_ref(), scope);
                self.optional(cause.as_ref(), scope);
            }
            StmtKind::Del(targets) => targets.iter().for_each(|target| self.expr(target, scope)),
            StmtKind::Assert { condition, message } => {
                self.expr(condition, scope);
                self.optional(message.as_ref(), scope);
            }
            StmtKind::If { arms, otherwise } => {
                for (condition, block) in arms {
                    self.expr(condition, scope);
                    self.block(block, scope);
                }
                self.optional_block(otherwise.as_ref(), scope);
            }
            StmtKind::While { condition, body, otherwise } => {
                self.expr(condition, scope);
                self.block(body, scope);
                self.optional_block(otherwise.as_ref(), scope);
            }
            StmtKind::For { target, iterable, body, otherwise } => {
                self.expr(iterable, scope);
                self.target(target, scope);
                self.block(body, scope);
                self.optional_block(otherwise.as_ref(), scope);
            }
            StmtKind::Try(statement) => {
                let behind = usize::from(statement.finally.is_some());
                self.behind += behind;
                self.block(&statement.body, scope);
                for handler in &statement.handlers {
                    handler.classes.iter().for_each(|class| self.expr(class, scope));
                    if let Some(name) = &handler.name {
                        self.bind(name, scope);
                    }
                    self.block(&handler.body, scope);
                }
                self.optional_block(statement.otherwise.as_ref(), scope);
                self.behind -= behind;
                self.optional_block(statement.finally.as_ref(), scope);
            }
            StmtKind::With { items, body } => {
                self.behind += 1;
                for (manager, target) in items {
                    self.expr(manager, scope);
                    if let Some(target) = target {
                        self.target(target, scope);
                    }
                }
                self.block(body, scope);
                self.behind -= 1;
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject, scope);
                for case in cases {
                    self.pattern(&case.pattern, scope);
                    self.optional(case.guard.as_ref(), scope);
                    self.block(&case.body, scope);
                }
            }
            StmtKind::Def(function) => {
                if self.scopes.closures.contains(&function.id)
                    && let Some(var) = self.bind(&function.name, scope)
                {
                    self.scopes.vars[var].def = Some(function.id);
                }
                self.function(function, scope);
            }
            StmtKind::Class(class) => self.class(class, scope),
            StmtKind::Break
            | StmtKind::Continue
            | StmtKind::Pass
            | StmtKind::Nonlocal(_)
            | StmtKind::Import(_)
            | StmtKind::Use { .. }
            | StmtKind::Rust(_)
            | StmtKind::Raw(_) => {}
        }
    }

    fn annotated(&mut self, target: &Expr, ty: &Type, bound: bool, scope: ScopeId) {
        let ExprKind::Name(name) = &target.kind else {
            self.target(target, scope);
            return;
        };
        if scope == 0 && self.scopes.constants.contains_key(&name.to_string()) {
            return;
        }
        let known = self.scopes.scopes[scope].names.get(&name.to_string()).copied();
        if let Some(var) = known
            && self.scopes.vars[var].annotation.is_some()
            && bound
        {
            return;
        }
        if let Some(var) = self.bind(name, scope) {
            self.scopes.vars[var].annotation = Some(ty.clone());
        }
    }

    fn optional(&mut self, value: Option<&Expr>, scope: ScopeId) {
        if let Some(value) = value {
            self.expr(value, scope);
        }
    }

    fn optional_block(&mut self, block: Option<&Block>, scope: ScopeId) {
        if let Some(block) = block {
            self.block(block, scope);
        }
    }

    fn function(&mut self, function: &Function, parent: ScopeId) {
        for param in &function.params {
            self.optional(param.default.as_ref(), parent);
        }
        let made_again = match self.scopes.scopes[parent].kind {
            ScopeKind::Class => false,
            ScopeKind::Script => !self.is_items,
            ScopeKind::Function | ScopeKind::Comprehension | ScopeKind::Generator => true,
        };
        let keeps = function.params.iter().filter_map(|param| param.default.as_ref()).any(|value| !value.is_literal());
        if made_again && keeps && function.generics.is_empty() {
            self.keeping.insert(function.id);
        }
        let scope = self.open_node(function.id, parent, ScopeKind::Function);
        self.functions.push((function.id, scope));
        let behind = std::mem::take(&mut self.behind);
        for param in &function.params {
            if let Some(var) = self.bind(&param.name, scope) {
                self.scopes.vars[var].is_param = true;
                self.scopes.vars[var].annotation = param.ty.clone();
            }
        }
        self.block(&function.body, scope);
        self.behind = behind;
        self.functions.pop();
    }

    fn class(&mut self, class: &Class, parent: ScopeId) {
        let scope = self.open_node(class.id, parent, ScopeKind::Class);
        for field in &class.fields {
            self.optional(field.default.as_ref(), scope);
        }
        for method in &class.methods {
            self.function(method, scope);
        }
    }

    fn target(&mut self, target: &Expr, scope: ScopeId) {
        match &target.kind {
            ExprKind::Name(name) => {
                self.bind(name, scope);
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => items.iter().for_each(|item| self.target(item, scope)),
            ExprKind::Starred(inner) => self.target(inner, scope),
            _ => self.expr(target, scope),
        }
    }

    fn pattern(&mut self, pattern: &Pattern, scope: ScopeId) {
        match &pattern.kind {
            PatternKind::Wildcard | PatternKind::Rest(None) => {}
            PatternKind::Capture(name) | PatternKind::Rest(Some(name)) => {
                self.bind(name, scope);
            }
            PatternKind::Value(value) => self.expr(value, scope),
            PatternKind::Or(patterns) | PatternKind::Sequence(patterns) => {
                patterns.iter().for_each(|pattern| self.pattern(pattern, scope));
            }
            PatternKind::As(inner, name) => {
                self.pattern(inner, scope);
                self.bind(name, scope);
            }
            PatternKind::Class { class, positional, keywords } => {
                self.expr(class, scope);
                positional.iter().for_each(|pattern| self.pattern(pattern, scope));
                keywords.iter().for_each(|(_, pattern)| self.pattern(pattern, scope));
            }
        }
    }

    fn expr(&mut self, expr: &Expr, scope: ScopeId) {
        match &expr.kind {
            ExprKind::Name(name) => self.used(name, scope),
            ExprKind::Walrus { name, value } => {
                self.expr(value, scope);
                // A comprehension's `:=` binds in the function around it.
                let home = self.scopes.named_in(scope);
                let var = self.bind(name, home);
                if home != self.scopes.frame(scope)
                    && let Some(var) = var
                {
                    self.used(name, scope);
                    self.scopes.vars[var].bound_inside = true;
                }
            }
            ExprKind::Lambda { params, body } => {
                params.iter().for_each(|param| self.optional(param.default.as_ref(), scope));
                let inner = self.open_node(expr.id, scope, ScopeKind::Function);
                self.functions.push((expr.id, inner));
                for param in params {
                    if let Some(var) = self.bind(&param.name, inner) {
                        self.scopes.vars[var].is_param = true;
                    }
                }
                self.expr(body, inner);
                self.functions.pop();
            }
            ExprKind::Comprehension(comprehension) => {
                self.comprehension(expr, comprehension, scope);
            }
            _ => children(expr, &mut |child| self.expr(child, scope)),
        }
    }

    /// The first iterable is evaluated outside; of a generator expression the rest runs later.
    fn comprehension(&mut self, expr: &Expr, comprehension: &Comprehension, scope: ScopeId) {
        let is_generator = matches!(comprehension.kind, ComprehensionKind::Generator(_));
        let mut clauses = comprehension.clauses.iter();
        let first = match clauses.next() {
            Some(Clause::For { target, iterable }) => {
                self.expr(iterable, scope);
                Some(target)
            }
            _ => None,
        };
        let kind = if is_generator { ScopeKind::Generator } else { ScopeKind::Comprehension };
        let inner = self.open_node(expr.id, scope, kind);
        if is_generator {
            self.functions.push((expr.id, inner));
        }
        if let Some(target) = first {
            self.target(target, inner);
        }
        for clause in clauses {
            match clause {
                Clause::For { target, iterable } => {
                    self.expr(iterable, inner);
                    self.target(target, inner);
                }
                Clause::If(condition) => self.expr(condition, inner),
            }
        }
        match &comprehension.kind {
            ComprehensionKind::List(item) | ComprehensionKind::Set(item) | ComprehensionKind::Generator(item) => {
                self.expr(item, inner);
            }
            ComprehensionKind::Dict(key, value) => {
                self.expr(key, inner);
                self.expr(value, inner);
            }
        }
        if is_generator {
            self.functions.pop();
        }
    }
}

/// Calls `visit` with the expressions that `expr` is made of, in the order in which they are evaluated.
pub fn children(expr: &Expr, visit: &mut dyn FnMut(&Expr)) {
    match &expr.kind {
        ExprKind::Format(parts) => format_parts(parts, visit),
        ExprKind::Tuple(items) | ExprKind::List(items) | ExprKind::Set(items) => items.iter().for_each(visit),
        ExprKind::Dict(entries) => entries.iter().for_each(|(key, value)| {
            visit(key);
            visit(value);
        }),
        ExprKind::Comprehension(comprehension) => {
            for clause in &comprehension.clauses {
                match clause {
                    Clause::For { target, iterable } => {
                        visit(iterable);
                        visit(target);
                    }
                    Clause::If(condition) => visit(condition),
                }
            }
            match &comprehension.kind {
                ComprehensionKind::List(item) | ComprehensionKind::Set(item) | ComprehensionKind::Generator(item) => {
                    visit(item);
                }
                ComprehensionKind::Dict(key, value) => {
                    visit(key);
                    visit(value);
                }
            }
        }
        ExprKind::Call { callee, args, .. } => {
            visit(callee);
            args.iter().for_each(|Argument { value, .. }| visit(value));
        }
        ExprKind::Attribute { value, .. }
        | ExprKind::Unary { value, .. }
        | ExprKind::Not(value)
        | ExprKind::Walrus { value, .. }
        | ExprKind::Cast { value, .. }
        | ExprKind::YieldFrom(value)
        | ExprKind::Starred(value)
        | ExprKind::Lambda { body: value, .. } => visit(value),
        ExprKind::Index { value, index } => {
            visit(value);
            visit(index);
        }
        ExprKind::Slice { start, stop, step } => {
            [start, stop, step].into_iter().flatten().for_each(|part| visit(part));
        }
        ExprKind::Binary { left, right, .. } | ExprKind::And(left, right) | ExprKind::Or(left, right) => {
            visit(left);
            visit(right);
        }
        ExprKind::Compare { first, rest } => {
            visit(first);
            rest.iter().for_each(|(_, _, operand)| visit(operand));
        }
        ExprKind::Conditional { condition, then, otherwise } => {
            visit(condition);
            visit(then);
            visit(otherwise);
        }
        ExprKind::Yield(value) => value.iter().for_each(|value| visit(value)),
        ExprKind::Name(_)
        | ExprKind::Int(_)
        | ExprKind::Float(_)
        | ExprKind::Str(_)
        | ExprKind::Bytes(_)
        | ExprKind::True
        | ExprKind::False
        | ExprKind::None
        | ExprKind::Path(_)
        | ExprKind::Rust(_)
        | ExprKind::Raw(_) => {}
    }
}

fn format_parts(parts: &[FormatPart], visit: &mut dyn FnMut(&Expr)) {
    for part in parts {
        if let FormatPart::Value { value, spec, .. } = part {
            visit(value);
            format_parts(spec, visit);
        }
    }
}
