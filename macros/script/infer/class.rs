//! Classes: the values of their attributes, their methods.

use super::Infer;
use crate::script::kind::Kind;
use crate::script::tree::{Class, Expr, ExprKind, Field};

impl Infer<'_> {
    pub fn class(&mut self, class: &Class) {
        let name = class.name.to_string();
        for field in &class.fields {
            if let Some(value) = &field.default {
                self.class_attribute(&name, field, value);
            }
        }
        class.methods.iter().for_each(|method| self.function(method, Some(&name)));
    }

    fn class_attribute(&mut self, class: &str, field: &Field, value: &Expr) {
        let text = field.name.to_string();
        let kind = self.model.field(class, &text).map_or(Kind::Unknown, |(_, field)| field.kind.clone());
        let found = self.expr(value, Some(&kind));
        self.flow(&found, &kind);
        if self.model.is_generic_field(class, &text) && !is_literal(value) {
            self.error(
                value.span,
                format!(
                    "`{text}` has another type for each kind of `{class}`, so it can't be one value of the class\nhelp: declare it without a value: `{text}: {kind};`, and set it in `__init__`"
                ),
            );
        }
    }
}

/// Whether a value can be made again wherever it is wanted, and nobody would notice.
pub fn is_literal(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Unary { value, .. } => matches!(value.kind, ExprKind::Int(_) | ExprKind::Float(_)),
        ExprKind::Int(_)
        | ExprKind::Float(_)
        | ExprKind::Str(_)
        | ExprKind::Bytes(_)
        | ExprKind::True
        | ExprKind::False
        | ExprKind::None
        | ExprKind::Raw(_) => true,
        ExprKind::Tuple(items) => items.is_empty(),
        _ => false,
    }
}
