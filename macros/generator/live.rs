//! Which slots hold a value at which yield, as far as the text of a body tells.
//!
//! A slot is parked at a yield unless it seems to have been moved away before and is not used again before it is assigned.
//! Where this errs, rustc says that a moved variable is used, or a variable stays an ordinary one, which at worst leaks.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{
    Arm, BinOp, Block, Expr, ExprAssign, ExprClosure, ExprForLoop, ExprIf, ExprLoop, ExprMethodCall, ExprPath,
    ExprWhile, ExprYield, Ident, Item, Local, Macro, PatIdent,
};

use super::input::Input;
use super::mark;

/// For each yield, by its number, the slots to park, in the order of their declaration.
pub fn parked(input: &Input, yields: usize) -> Vec<Vec<Ident>> {
    let mut reader = Reader::default();
    reader.scopes.push(Vec::new());
    for parameter in &input.parameters {
        reader.declare_slot(&parameter.name);
    }
    reader.visit_block(&input.body);
    let mut parked = vec![Vec::new(); yields];
    for point in &reader.yields {
        parked[point.number] = point
            .visible
            .iter()
            .filter(|&&slot| reader.is_parked(slot, point))
            .map(|&slot| reader.slots[slot].name.clone())
            .collect();
    }
    parked
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// As far as one sees, it stays.
    Look,
    /// It may be moved.
    Move,
    /// It gets a new value.
    Assign,
}

struct Slot {
    name: Ident,
    declared: usize,
}

struct Mention {
    slot: usize,
    at: usize,
    how: Use,
}

struct Point {
    number: usize,
    at: usize,
    /// In the order of their declaration.
    visible: Vec<usize>,
    /// Indices of the loops around it, the innermost last.
    loops: Vec<usize>,
}

#[derive(Default)]
struct Reader {
    clock: usize,
    /// Names, and which slot they mean, if any.
    scopes: Vec<Vec<(String, Option<usize>)>>,
    slots: Vec<Slot>,
    mentions: Vec<Mention>,
    yields: Vec<Point>,
    /// Beginning and end.
    loops: Vec<(usize, usize)>,
    open_loops: Vec<usize>,
    /// The pattern that is being read declares slots.
    declares_slots: bool,
    /// What is done to names here, if it is not a move.
    how: Option<Use>,
}

impl Reader {
    fn tick(&mut self) -> usize {
        self.clock += 1;
        self.clock
    }

    fn declare_slot(&mut self, name: &Ident) {
        let declared = self.tick();
        let slot = self.slots.len();
        self.slots.push(Slot { name: name.clone(), declared });
        self.declare(name, Some(slot));
    }

    fn declare(&mut self, name: &Ident, slot: Option<usize>) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.push((name.to_string(), slot));
        }
    }

    fn resolve(&self, name: &str) -> Option<usize> {
        self.scopes.iter().rev().flat_map(|scope| scope.iter().rev()).find(|(other, _)| other == name)?.1
    }

    fn mention(&mut self, name: &str, how: Use) {
        let at = self.tick();
        if let Some(slot) = self.resolve(name) {
            self.mentions.push(Mention { slot, at, how });
        }
    }

    fn in_scope(&mut self, visit: impl FnOnce(&mut Self)) {
        self.scopes.push(Vec::new());
        visit(self);
        self.scopes.pop();
    }

    fn in_loop(&mut self, visit: impl FnOnce(&mut Self)) {
        let (index, start) = (self.loops.len(), self.tick());
        self.loops.push((start, usize::MAX));
        self.open_loops.push(index);
        self.in_scope(visit);
        self.open_loops.pop();
        self.loops[index].1 = self.tick();
    }

    /// Reads an expression; names that stand in it by themselves are used as said.
    fn used(&mut self, expr: &Expr, how: Use) {
        let outer = self.how.replace(how);
        if let Expr::Path(path) = expr {
            self.visit_expr_path(path);
        } else {
            self.how = None;
            self.visit_expr(expr);
        }
        self.how = outer;
    }

    /// Names in the tokens of a macro, and in its texts, where they may be formatted.
    fn tokens(&mut self, tokens: TokenStream, how: Use) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_punct = |at: Option<&TokenTree>, c| matches!(at, Some(TokenTree::Punct(punct)) if punct.as_char() == c);
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(name) => {
                    let is_borrowed = at > 0 && is_punct(tokens.get(at - 1), '&');
                    let is_receiver = is_punct(tokens.get(at + 1), '.')
                        && !matches!(tokens.get(at + 2), Some(TokenTree::Ident(method)) if consumes(method));
                    self.mention(&name.to_string(), if is_borrowed || is_receiver { Use::Look } else { how });
                }
                TokenTree::Group(group) => self.tokens(group.stream(), how),
                TokenTree::Literal(literal) => {
                    for part in literal.to_string().split('{').skip(1) {
                        let end = part.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(part.len());
                        self.mention(&part[..end], Use::Look);
                    }
                }
                TokenTree::Punct(_) => {}
            }
        }
    }

    fn is_parked(&self, slot: usize, point: &Point) -> bool {
        self.next_use(slot, point).is_some_and(|how| how != Use::Assign) || !self.is_moved(slot, point)
    }

    /// The first use in a stretch of the text.
    fn first(&self, slot: usize, from: usize, to: usize) -> Option<Use> {
        let is_there = |mention: &&Mention| mention.slot == slot && mention.at > from && mention.at < to;
        self.mentions.iter().filter(is_there).min_by_key(|mention| mention.at).map(|mention| mention.how)
    }

    /// What happens to it next: after the yield, or before it in the next turn of a loop around both.
    fn next_use(&self, slot: usize, point: &Point) -> Option<Use> {
        let mut from = point.at;
        for &index in point.loops.iter().rev() {
            let (start, end) = self.loops[index];
            if start < self.slots[slot].declared {
                break;
            }
            let found = self.first(slot, from, end).or_else(|| self.first(slot, start, point.at));
            if found.is_some() {
                return found;
            }
            from = end;
        }
        self.first(slot, from, usize::MAX)
    }

    fn is_moved(&self, slot: usize, point: &Point) -> bool {
        let before = self.mentions.iter().filter(|mention| mention.slot == slot && mention.at < point.at);
        let last = before.filter(|mention| mention.how != Use::Look).max_by_key(|mention| mention.at);
        last.is_some_and(|mention| mention.how == Use::Move)
    }
}

/// Methods that take their receiver by value.
fn consumes(method: &Ident) -> bool {
    let name = method.to_string();
    name.starts_with("into_") || name.starts_with("unwrap") || name == "expect"
}

/// Macros that only look at their arguments.
fn only_looks(mac: &Macro) -> bool {
    const LOOKING: &[&str] = &[
        "print",
        "println",
        "eprint",
        "eprintln",
        "format",
        "write",
        "writeln",
        "panic",
        "assert",
        "assert_eq",
        "assert_ne",
        "debug_assert",
        "debug_assert_eq",
        "debug_assert_ne",
        "matches",
        "todo",
        "unreachable",
        "unimplemented",
    ];
    mac.path.segments.last().is_some_and(|last| LOOKING.iter().any(|name| last.ident == name))
}

impl<'a> Visit<'a> for Reader {
    fn visit_expr_path(&mut self, path: &'a ExprPath) {
        if let Some(name) = path.path.get_ident() {
            let how = self.how.unwrap_or(Use::Move);
            self.mention(&name.to_string(), how);
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Path(path) => return self.visit_expr_path(path),
            Expr::Reference(reference) => return self.used(&reference.expr, Use::Look),
            Expr::Field(field) => return self.used(&field.base, Use::Look),
            Expr::Unary(unary) => return self.used(&unary.expr, Use::Look),
            Expr::Index(index) => {
                self.used(&index.expr, Use::Look);
                return self.used(&index.index, Use::Look);
            }
            Expr::Binary(binary) => {
                let is_sum = matches!(binary.op, BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_));
                self.used(&binary.left, if is_sum { Use::Move } else { Use::Look });
                return self.used(&binary.right, if is_sum { Use::Move } else { Use::Look });
            }
            _ => {}
        }
        let outer = self.how.take();
        visit::visit_expr(self, expr);
        self.how = outer;
    }

    fn visit_expr_method_call(&mut self, call: &'a ExprMethodCall) {
        self.used(&call.receiver, if consumes(&call.method) { Use::Move } else { Use::Look });
        for argument in &call.args {
            self.visit_expr(argument);
        }
    }

    fn visit_expr_assign(&mut self, assign: &'a ExprAssign) {
        self.visit_expr(&assign.right);
        self.used(&assign.left, Use::Assign);
    }

    fn visit_expr_yield(&mut self, expr: &'a ExprYield) {
        if let Some(value) = &expr.expr {
            self.visit_expr(value);
        }
        let at = self.tick();
        let mut visible: Vec<usize> = Vec::new();
        for (name, slot) in self.scopes.iter().flatten() {
            if let Some(slot) = *slot
                && self.resolve(name) == Some(slot)
            {
                visible.push(slot);
            }
        }
        let (_, number) = mark::of_yield(expr);
        self.yields.push(Point { number, at, visible, loops: self.open_loops.clone() });
    }

    fn visit_macro(&mut self, mac: &'a Macro) {
        let how = if only_looks(mac) { Use::Look } else { Use::Move };
        self.tokens(mac.tokens.clone(), how);
    }

    fn visit_block(&mut self, block: &'a Block) {
        self.in_scope(|this| visit::visit_block(this, block));
    }

    fn visit_local(&mut self, local: &'a Local) {
        if let Some(init) = &local.init {
            self.visit_expr(&init.expr);
            if let Some((_, diverge)) = &init.diverge {
                self.visit_expr(diverge);
            }
        }
        self.declares_slots = local.attrs.iter().any(mark::is_slot);
        self.visit_pat(&local.pat);
        self.declares_slots = false;
    }

    fn visit_pat_ident(&mut self, pattern: &'a PatIdent) {
        if self.declares_slots && pattern.by_ref.is_none() {
            self.declare_slot(&pattern.ident);
        } else {
            self.declare(&pattern.ident, None);
        }
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_expr_if(&mut self, expr: &'a ExprIf) {
        self.in_scope(|this| {
            this.visit_expr(&expr.cond);
            this.visit_block(&expr.then_branch);
        });
        if let Some((_, branch)) = &expr.else_branch {
            self.visit_expr(branch);
        }
    }

    fn visit_arm(&mut self, arm: &'a Arm) {
        self.in_scope(|this| visit::visit_arm(this, arm));
    }

    fn visit_expr_while(&mut self, expr: &'a ExprWhile) {
        self.in_loop(|this| visit::visit_expr_while(this, expr));
    }

    fn visit_expr_loop(&mut self, expr: &'a ExprLoop) {
        self.in_loop(|this| visit::visit_expr_loop(this, expr));
    }

    fn visit_expr_for_loop(&mut self, expr: &'a ExprForLoop) {
        self.visit_expr(&expr.expr);
        self.in_loop(|this| {
            this.visit_pat(&expr.pat);
            this.visit_block(&expr.body);
        });
    }

    fn visit_expr_closure(&mut self, closure: &'a ExprClosure) {
        let first = self.mentions.len();
        self.in_scope(|this| visit::visit_expr_closure(this, closure));
        for mention in &mut self.mentions[first..] {
            mention.how = if closure.capture.is_some() { Use::Move } else { Use::Look };
        }
    }

    fn visit_item(&mut self, _: &'a Item) {}
}
