//! Finds the yields and the slots of a body.
//!
//! A yield becomes a `yield` expression of syn's, which no stable program has, with an attribute for its kind and number; a
//! variable that is a slot gets an attribute too. `expand` takes all of them out again.

use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Expr, ExprAsync, ExprClosure, ExprYield, Item, Local, LocalInit, Macro, PatIdent, Stmt, parse_quote,
};

use super::input::Input;
use crate::report::Report;

/// What is known of a body's yields.
#[derive(Default)]
pub struct Marks {
    /// How many there are.
    pub yields: usize,
    /// Whether what comes back from one is used.
    pub is_sent_to: bool,
}

/// The attribute of a variable that is a slot.
pub const SLOT: &str = "slot";
/// The attribute of a `yield_!`.
pub const YIELD: &str = "yield_";
/// The attribute of a `yield_from!`.
pub const YIELD_FROM: &str = "yield_from";

pub fn mark(input: &mut Input, report: &mut Report) -> Marks {
    let mut marker = Marker { marks: Marks::default(), report, inside: None };
    marker.visit_block_mut(&mut input.body);
    marker.marks
}

/// The kind and the number of a marked yield.
pub fn of_yield(expr: &ExprYield) -> (&'static str, usize) {
    let attribute = &expr.attrs[0];
    let kind = if attribute.path().is_ident(YIELD) { YIELD } else { YIELD_FROM };
    let number = attribute.parse_args::<syn::LitInt>().and_then(|number| number.base10_parse());
    (kind, number.expect("written by `mark`"))
}

pub fn is_slot(attribute: &Attribute) -> bool {
    attribute.path().is_ident(SLOT)
}

struct Marker<'a> {
    marks: Marks,
    report: &'a mut Report,
    /// What of the user's encloses the place, if it is not the body itself.
    inside: Option<&'static str>,
}

impl Marker<'_> {
    /// The macro as a marked yield, if it is one.
    fn as_yield(&mut self, mac: &Macro) -> Option<Expr> {
        let kind = [YIELD, YIELD_FROM].into_iter().find(|kind| mac.path.is_ident(kind))?;
        if let Some(inside) = self.inside {
            self.report.error(
                &mac.path,
                format!("`{kind}!` must stand in the generator's own body, not in {inside}, which can't be suspended"),
            );
        }
        let value: Expr = if mac.tokens.is_empty() && kind == YIELD {
            parse_quote!(())
        } else {
            self.report.ok(mac.parse_body()).unwrap_or_else(|| parse_quote!(::core::unreachable!()))
        };
        let (number, span) = (self.marks.yields, mac.path.get_ident()?.span());
        self.marks.yields += 1;
        let name = syn::Ident::new(kind, span);
        Some(Expr::Yield(ExprYield {
            attrs: vec![parse_quote!(#[#name(#number)])],
            yield_token: syn::Token![yield](span),
            expr: Some(Box::new(value)),
        }))
    }

    fn visit_inside(&mut self, inside: &'static str, visit: impl FnOnce(&mut Self)) {
        let outer = self.inside.replace(inside);
        visit(self);
        self.inside = outer;
    }
}

impl VisitMut for Marker<'_> {
    fn visit_stmt_mut(&mut self, statement: &mut Stmt) {
        if let Stmt::Macro(mac) = statement
            && let Some(marked) = self.as_yield(&mac.mac)
        {
            *statement = Stmt::Expr(marked, mac.semi_token);
            if let Stmt::Expr(Expr::Yield(marked), _) = statement {
                visit_mut::visit_expr_yield_mut(self, marked);
            }
            return;
        }
        visit_mut::visit_stmt_mut(self, statement);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Macro(mac) = expr
            && let Some(marked) = self.as_yield(&mac.mac)
        {
            *expr = marked;
            self.marks.is_sent_to |= matches!(expr, Expr::Yield(marked) if of_yield(marked).0 == YIELD);
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_local_mut(&mut self, local: &mut Local) {
        if let Some(LocalInit { expr, .. }) = &mut local.init
            && let Expr::Macro(mac) = &**expr
            && mac.mac.path.is_ident(SLOT)
        {
            if let Some(value) = self.report.ok(mac.mac.parse_body()) {
                **expr = value;
            }
            if self.inside.is_none() {
                local.attrs.push(parse_quote!(#[slot]));
                MakeMutable.visit_pat_mut(&mut local.pat);
            }
        }
        visit_mut::visit_local_mut(self, local);
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        self.visit_inside("a closure", |this| visit_mut::visit_expr_closure_mut(this, closure));
    }

    fn visit_expr_async_mut(&mut self, block: &mut ExprAsync) {
        self.visit_inside("an `async` block", |this| visit_mut::visit_expr_async_mut(this, block));
    }

    fn visit_item_mut(&mut self, item: &mut Item) {
        self.visit_inside("an item", |this| visit_mut::visit_item_mut(this, item));
    }
}

/// Slots are assigned again after each yield.
struct MakeMutable;

impl VisitMut for MakeMutable {
    fn visit_pat_ident_mut(&mut self, pattern: &mut PatIdent) {
        if pattern.by_ref.is_none() && pattern.mutability.is_none() {
            pattern.mutability = Some(Default::default());
        }
    }
}
