//! Classes: the values of their attributes, their methods.

use proc_macro2::Ident;

use super::{Infer, Member};
use crate::script::kind::Kind;
use crate::script::tree::{Class, Expr, Field};

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

    /// A container that all objects share is read through the class, or it is a trap.
    pub fn check_shared(&mut self, member: &Member, name: &Ident) {
        let Member::Field { class, name: field } = member else {
            return;
        };
        let Some((owner, known)) = self.model.field(class, field).filter(|(_, known)| known.trap) else {
            return;
        };
        let (class, container) = (owner.name.clone(), known.kind.name().unwrap_or("container").to_owned());
        let text = format!(
            "`{field}` is one {container} for all objects of `{class}`\nhelp: read it as `{class}.{field}`; or give each object its own in `__init__`: `self.{field} = …;`; or put `#[allow(mutable_default)]` before its declaration"
        );
        self.error(name.span(), text);
    }

    fn class_attribute(&mut self, class: &str, field: &Field, value: &Expr) {
        let text = field.name.to_string();
        let kind = self.model.field(class, &text).map_or(Kind::Unknown, |(_, field)| field.kind.clone());
        let found = self.made_once(value, &kind);
        self.fits(&found, &kind, value);
        if self.model.is_generic_field(class, &text) && !value.is_literal() {
            self.error(
                value.span,
                format!(
                    "`{text}` has another type for each kind of `{class}`, so it can't be one value of the class\nhelp: declare it without a value: `{text}: {kind};`, and set it in `__init__`"
                ),
            );
        }
    }
}
