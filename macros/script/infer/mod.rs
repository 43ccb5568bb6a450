//! The types of expressions and names, as far as the macro needs them: which local is `T?`, the class of a receiver,
//! what a call calls. What stays unknown is rustc's to infer.

mod any;
mod builtin;
mod call;
mod class;
mod collection;
mod construct;
mod default;
mod exhaustive;
mod expr;
mod fits;
mod generator;
mod index;
mod member;
mod module;
mod operator;
mod plan;
mod stmt;
mod suits;
mod unify;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use proc_macro2::Span;

use super::kind::Kind;
use super::message;
use super::model::{Model, Yields};
use super::scope::{ScopeId, Scopes, VarId, is_items};
use super::tree::{Block, Expr, ExprKind, Function, Script, Stmt, StmtKind};
use crate::report::Report;

pub use builtin::{is_set_algebra, is_set_update};
pub use construct::{MESSAGE, constructor};
pub use index::{literal_index, literal_slice};
pub use module::thread_parts;
pub use plan::{Member, Plan, Target};

/// What was found out.
pub struct Types {
    kinds: Vec<Kind>,
    pub vars: Vec<Kind>,
    pub plans: HashMap<usize, Plan>,
    pub members: HashMap<usize, Member>,
    /// Functions of the script that are used as values.
    pub values: HashSet<usize>,
    /// Values of a wrong type, which have been reported.
    pub refused: HashSet<usize>,
    /// Bodies in which something has been reported.
    pub wrong: HashSet<Body>,
    /// Names that are compared with `None`.
    pub tested: HashSet<VarId>,
    /// Subjects of a `match` with a case for whatever they are.
    pub exhausted: HashSet<usize>,
}

/// What statements stand in.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Body {
    Script,
    Of(usize),
}

impl Types {
    pub fn kind(&self, expr: &Expr) -> Kind {
        self.kinds.get(expr.id).cloned().unwrap_or(Kind::Unknown)
    }
}

/// Infers and checks the whole script.
pub fn infer(script: &Script, expressions: usize, model: &Model, scopes: &Scopes, report: &mut Report) -> Types {
    let mut infer = Infer {
        model,
        scopes,
        report,
        kinds: vec![Kind::Unknown; expressions],
        vars: vec![Kind::Unknown; scopes.vars.len()],
        plans: HashMap::new(),
        members: HashMap::new(),
        values: HashSet::new(),
        refused: HashSet::new(),
        wrong: HashSet::new(),
        tested: HashSet::new(),
        exhausted: HashSet::new(),
        sent: HashSet::new(),
        table: Vec::new(),
        narrowed: HashMap::new(),
        bound: vec![None; scopes.vars.len()],
        scope: 0,
        frame: Frame::script(script),
        loops: 0,
        stores: HashSet::new(),
        speaking: false,
        errors: 0,
        is_items: is_items(script) || script.main.is_some(),
        generics: Vec::new(),
    };
    infer.generics = infer.all_generics(script);
    infer.annotations();
    // The first round finds the kinds of names, the second one those of expressions, and reports.
    infer.script(script);
    infer.speaking = true;
    infer.script(script);
    infer.finish()
}

struct Infer<'a> {
    model: &'a Model,
    scopes: &'a Scopes,
    report: &'a mut Report,
    kinds: Vec<Kind>,
    vars: Vec<Kind>,
    plans: HashMap<usize, Plan>,
    members: HashMap<usize, Member>,
    values: HashSet<usize>,
    refused: HashSet<usize>,
    wrong: HashSet<Body>,
    tested: HashSet<VarId>,
    /// Subjects of a `match` with a case for whatever they are.
    exhausted: HashSet<usize>,
    /// Names that are bound to what generators are sent.
    sent: HashSet<VarId>,
    /// What variables for kinds stand for.
    table: Vec<Option<Kind>>,
    narrowed: HashMap<VarId, Kind>,
    /// Where each name was first bound, and to what.
    bound: Vec<Option<(Span, Kind)>>,
    scope: ScopeId,
    frame: Frame,
    loops: usize,
    /// Attributes that are assigned or deleted, not read.
    stores: HashSet<usize>,
    speaking: bool,
    /// How many errors have been reported in this body.
    errors: usize,
    /// Generic parameters of the script's classes and functions.
    generics: Vec<Rc<str>>,
    /// No name of a Rust function is seen from here.
    is_items: bool,
}

/// The function around the current place.
#[derive(Clone, Default)]
struct Frame {
    result: Option<Kind>,
    raises: bool,
    /// Depth of `try` bodies with handlers, and of `with`.
    tries: usize,
    class: Option<String>,
    is_script: bool,
    /// The top of a script with `main;`.
    is_program: bool,
    handlers: usize,
    yields: Option<Rc<Yields>>,
    /// Why nothing can yield here.
    no_yield: Option<&'static str>,
    /// A value that no call makes.
    made_once: bool,
}

impl Frame {
    fn script(script: &Script) -> Frame {
        Frame {
            raises: script.raises.is_some() || script.main.is_some(),
            is_script: true,
            is_program: script.main.is_some(),
            no_yield: Some(message::YIELD_OUTSIDE),
            ..Frame::default()
        }
    }
}

impl Infer<'_> {
    fn script(&mut self, script: &Script) {
        self.stmts(&script.body);
        if let Some(value) = &script.value {
            self.expr(value, None);
        }
        if self.errors > 0 {
            self.wrong.insert(Body::Script);
        }
    }

    /// Kinds of annotated names, before anything uses them.
    fn annotations(&mut self) {
        let mut quiet = Report::new();
        let generics = self.generics.clone();
        for (id, var) in self.scopes.vars.iter().enumerate() {
            if let Some(ty) = &var.annotation {
                // Parameters are reported with their functions.
                self.vars[id] = match var.is_param {
                    true => self.model.kind(ty, &generics, &mut quiet),
                    false => {
                        let kind = self.model.kind(ty, &generics, self.report);
                        self.referent_left_open(kind)
                    }
                };
            }
        }
        quiet.discard();
    }

    /// A weak reference refers to an object of some type: for a name of `ref[any]`, what it is bound to says which.
    fn referent_left_open(&mut self, kind: Kind) -> Kind {
        match kind.args() {
            [referent] if kind.is("weak") && referent.is("any") => Kind::with("weak", vec![self.fresh()]),
            _ => kind,
        }
    }

    fn all_generics(&self, script: &Script) -> Vec<Rc<str>> {
        let mut names = Vec::new();
        for stmt in &script.body {
            if let StmtKind::Class(class) = &stmt.kind {
                names.extend(super::model::generic_names(&class.generics));
                class.methods.iter().for_each(|method| names.extend(super::model::generic_names(&method.generics)));
            }
            if let StmtKind::Def(function) = &stmt.kind {
                names.extend(super::model::generic_names(&function.generics));
            }
        }
        names
    }

    fn finish(mut self) -> Types {
        let kinds = std::mem::take(&mut self.kinds).iter().map(|kind| self.resolved(kind)).collect();
        let vars = std::mem::take(&mut self.vars).iter().map(|kind| self.resolved(kind)).collect();
        let mut plans = std::mem::take(&mut self.plans);
        for plan in plans.values_mut() {
            plan.params = plan.params.iter().map(|kind| self.resolved(kind)).collect();
            plan.result = self.resolved(&plan.result);
        }
        Types {
            kinds,
            vars,
            plans,
            members: std::mem::take(&mut self.members),
            values: std::mem::take(&mut self.values),
            refused: std::mem::take(&mut self.refused),
            wrong: std::mem::take(&mut self.wrong),
            tested: std::mem::take(&mut self.tested),
            exhausted: std::mem::take(&mut self.exhausted),
        }
    }

    fn error(&mut self, span: Span, text: impl Into<String>) {
        if self.speaking {
            self.errors += 1;
            self.report.error(span, text.into());
        }
    }

    fn can_raise(&self) -> bool {
        self.frame.raises || self.frame.tries > 0
    }

    /// Whether a call that must be handled may stand here.
    fn must_handle(&mut self, span: Span, what: &str) {
        if self.can_raise() {
            return;
        }
        if self.frame.made_once {
            let text = format!(
                "{what} can raise, and this value is made once: nothing can handle it here\nhelp: make it in a function that catches the exception"
            );
            self.error(span, text);
            return;
        }
        let text = match self.frame.is_script {
            true => format!(
                "{what} can raise, and nothing handles it here\nhelp: put `raises;` at the head of the script, or catch it: `try {{ … }} except Exception as e {{ … }}`"
            ),
            false => format!(
                "{what} can raise, and nothing handles it here\nhelp: add `raises` to the function: `def f() raises -> …`, or catch it: `try {{ … }} except Exception as e {{ … }}`"
            ),
        };
        self.error(span, text);
    }

    fn function(&mut self, function: &Function, class: Option<&str>) {
        let Some(signature) = self.model.functions.get(&function.id).cloned() else {
            return;
        };
        self.defaults(function, class, &signature);
        let scope = std::mem::replace(&mut self.scope, self.scopes.of_node(function.id));
        let is_closure = self.scopes.is_closure(function.id);
        let result = match &signature.yields {
            Some(yields) => yields.returned.clone(),
            None => signature.result.clone(),
        };
        let frame = Frame {
            result: Some(result.clone()),
            raises: signature.raises || signature.must_handle || is_closure,
            class: class.map(str::to_owned),
            yields: signature.yields.clone(),
            ..Frame::default()
        };
        let frame = std::mem::replace(&mut self.frame, frame);
        let loops = std::mem::take(&mut self.loops);
        let narrowed = std::mem::take(&mut self.narrowed);
        let errors = std::mem::take(&mut self.errors);
        self.generator_head(function, &signature);
        self.self_kind(function, class);
        self.stmts(&function.body.body);
        if !matches!(result, Kind::None) && falls_through(&function.body.body, &self.exhausted) {
            let text = format!(
                "`{}` returns `{result}`, but its end can be reached without a value\nhelp: add `return …;`",
                function.name
            );
            if !matches!(result, Kind::Optional(_) | Kind::Unknown) {
                self.error(function.name.span(), text);
            }
        }
        if self.errors > 0 {
            self.wrong.insert(Body::Of(function.id));
        }
        // What a closure is made for is wrong with it.
        self.errors = errors + if is_closure { self.errors } else { 0 };
        self.frame = frame;
        self.loops = loops;
        self.narrowed = narrowed;
        self.scope = scope;
    }

    /// `self` has the class's kind.
    fn self_kind(&mut self, function: &Function, class: Option<&str>) {
        let Some(class) = class.and_then(|class| self.model.classes.get(class)) else {
            return;
        };
        let Some(first) = function.params.first().filter(|param| param.ty.is_none()) else {
            return;
        };
        if let Some(var) = self.scopes.var(self.scope, &first.name.to_string()) {
            let args = class.generics.iter().map(|name| Kind::named(name)).collect();
            self.vars[var] = match first.name == "cls" {
                true => Kind::Class(class.name.clone()),
                false => Kind::Named(class.name.clone(), args),
            };
        }
    }
}

/// Whether control can reach the end of a block; one of the cases of a `match` of an exhausted subject is always run.
pub fn falls_through(stmts: &[Stmt], exhausted: &HashSet<usize>) -> bool {
    let Some(last) = stmts.last() else {
        return true;
    };
    let falls_through = |block: &Block| falls_through(&block.body, exhausted);
    match &last.kind {
        StmtKind::Return(_) | StmtKind::Raise { .. } | StmtKind::Break | StmtKind::Continue => false,
        StmtKind::Assert { condition, .. } => !matches!(condition.kind, ExprKind::False),
        StmtKind::If { arms, otherwise } => {
            otherwise.as_ref().is_none_or(falls_through) || arms.iter().any(|(_, block)| falls_through(block))
        }
        StmtKind::While { condition, body, .. } => !matches!(condition.kind, ExprKind::True) || breaks(&body.body),
        StmtKind::Try(statement) => {
            if statement.finally.as_ref().is_some_and(|block| !falls_through(block)) {
                return false;
            }
            let end = statement.otherwise.as_ref().unwrap_or(&statement.body);
            (falls_through(&statement.body) && falls_through(end))
                || statement.handlers.iter().any(|handler| falls_through(&handler.body))
        }
        StmtKind::With { body, .. } => falls_through(body),
        StmtKind::Match { subject, cases } => {
            cases.iter().any(|case| falls_through(&case.body)) || !exhausted.contains(&subject.id)
        }
        StmtKind::Expr(value) => !matches!(&value.kind, ExprKind::Call { callee, .. }
            if matches!(&callee.kind, ExprKind::Attribute { value, name: Some(name) }
                if name == "exit" && matches!(&value.kind, ExprKind::Name(module) if module == "sys"))),
        StmtKind::Raw(_) | StmtKind::Rust(_) => false,
        _ => true,
    }
}

fn breaks(stmts: &[Stmt]) -> bool {
    stmts.iter().any(|stmt| match &stmt.kind {
        StmtKind::Break => true,
        StmtKind::While { .. } | StmtKind::For { .. } => false,
        kind => {
            let mut inner = Vec::new();
            super::model::blocks(kind, &mut inner);
            inner.into_iter().any(breaks)
        }
    })
}
