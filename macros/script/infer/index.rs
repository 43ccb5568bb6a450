//! Subscripts.

use super::Infer;
use crate::script::kind::Kind;
use crate::script::message;
use crate::script::tree::{Expr, ExprKind, UnaryOp};

impl Infer<'_> {
    pub fn index(&mut self, value: &Expr, index: &Expr) -> Kind {
        let owner = self.expr(value, None);
        let owner = self.shallow(&owner).unwrapped().clone();
        let index_kind = self.expr(index, None);
        let is_slice = matches!(index.kind, ExprKind::Slice { .. });
        match (owner.name(), owner.args()) {
            (Some("any"), _) => Kind::any(),
            (Some("list" | "tuple..."), [item]) if !is_slice => {
                self.fits(&index_kind, &Kind::int(), index);
                item.clone()
            }
            (Some("list" | "tuple..." | "str"), _) if is_slice => owner,
            (Some("bytes"), _) if is_slice => owner,
            (Some("bytes"), _) => Kind::int(),
            (Some("str"), _) => Kind::str(),
            (Some("dict" | "WeakValueDictionary" | "WeakKeyDictionary"), [key, value]) => {
                self.flow(&index_kind, key);
                self.fits(&index_kind, key, index);
                value.clone()
            }
            (Some("tuple"), items) if is_slice => match literal_slice(index, items.len()) {
                Some(places) => Kind::with("tuple", places.into_iter().map(|at| items[at].clone()).collect()),
                None => {
                    self.error(index.span, message::TUPLE_INDEX);
                    Kind::Unknown
                }
            },
            (Some("tuple"), items) => {
                let at = literal_index(index).map(|at| if at < 0 { at + items.len() as i64 } else { at });
                match at.and_then(|at| usize::try_from(at).ok()).map(|at| items.get(at)) {
                    Some(Some(item)) => item.clone(),
                    Some(None) => {
                        let text = format!("this tuple has {} items", items.len());
                        self.error(index.span, text);
                        Kind::Unknown
                    }
                    None => {
                        self.error(index.span, message::TUPLE_INDEX);
                        Kind::Unknown
                    }
                }
            }
            (Some(class), args) => match self.model.method(class, "__getitem__") {
                Some((owner, signature)) => {
                    let (params, result) = {
                        let generics = owner.generics.clone();
                        self.instantiate(&signature, Some((&generics, args)))
                    };
                    if let Some(param) = params.first() {
                        self.flow(&index_kind, param);
                    }
                    if signature.must_handle {
                        self.must_handle(value.span, "`__getitem__`");
                    }
                    result
                }
                None => {
                    if self.model.is_script_class(class) {
                        let class = class.to_owned();
                        self.error(value.span, format!("`{class}` can't be indexed: it has no `__getitem__`"));
                    }
                    self.no_items(&owner, value.span);
                    Kind::Unknown
                }
            },
            _ => {
                self.no_items(&owner, value.span);
                Kind::Unknown
            }
        }
    }
}

/// The places of a tuple that a slice with numbers as written takes.
pub fn literal_slice(index: &Expr, count: usize) -> Option<Vec<usize>> {
    let ExprKind::Slice { start, stop, step } = &index.kind else { return None };
    let bound = |part: &Option<Box<Expr>>| match part.as_deref() {
        None => Some(None),
        Some(part) => literal_index(part).map(Some),
    };
    let count = count as i64;
    let (start, stop, step) = (bound(start)?, bound(stop)?, bound(step)?.unwrap_or(1));
    let (least, most) = if step > 0 { (0, count) } else { (-1, count - 1) };
    let place = |at: i64| if at < 0 { at.saturating_add(count) } else { at }.clamp(least, most);
    let first = start.map_or(if step > 0 { 0 } else { most }, place);
    let last = stop.map_or(if step > 0 { most } else { -1 }, place);
    if step == 0 {
        return None;
    }
    let mut places = Vec::new();
    let mut at = first;
    while if step > 0 { at < last } else { at > last } {
        places.push(usize::try_from(at).ok()?);
        at = at.checked_add(step)?;
    }
    Some(places)
}

pub fn literal_index(index: &Expr) -> Option<i64> {
    match &index.kind {
        ExprKind::Int(literal) => literal.to_string().replace('_', "").parse().ok(),
        ExprKind::Unary { op: UnaryOp::Neg, value } => literal_index(value).map(|value| -value),
        _ => None,
    }
}
