//! Attributes: of objects, classes and modules.

use proc_macro2::{Ident, Span};

use super::{Infer, Member};
use crate::script::builtin;
use crate::script::kind::Kind;
use crate::script::message;
use crate::script::model::{Origin, Role};
use crate::script::tree::{Expr, ExprKind};

impl Infer<'_> {
    pub fn attribute(&mut self, expr: &Expr, value: &Expr, name: &Ident) -> Kind {
        let owner = self.expr(value, None);
        let owner = self.shallow(&owner);
        let (member, kind) = self.member(&owner, name);
        if !self.stores.contains(&expr.id) {
            self.check_shared(&member, name);
        }
        self.members.insert(expr.id, member);
        kind
    }

    /// An attribute whose name is still to be written, which the parser reports. An editor tries one that is not known:
    /// the body around it must be as wrong without it.
    pub fn unnamed(&mut self, value: &Expr, span: Span) {
        let owner = self.expr(value, None);
        let mut quiet = crate::report::Report::new();
        std::mem::swap(self.report, &mut quiet);
        self.member(&self.shallow(&owner), &Ident::new("unnamed_attribute", span));
        std::mem::swap(self.report, &mut quiet);
        quiet.discard();
    }

    pub fn member(&mut self, owner: &Kind, name: &Ident) -> (Member, Kind) {
        let text = name.to_string();
        match owner.unwrapped().clone() {
            Kind::Module(module) => self.module_member(&module, name),
            Kind::Class(class) => self.class_member(&class, name),
            kind if kind.is("any") => (Member::Any, Kind::any()),
            Kind::Named(class, args) => {
                if text == "__class__" {
                    return (Member::Unknown, Kind::Class(class));
                }
                self.instance_member(&class, &args, name)
            }
            Kind::Function(..) if text == "__name__" => (Member::Unknown, Kind::str()),
            Kind::None if !text.starts_with("__") => {
                self.error(name.span(), format!("`None` has no attribute `{text}`"));
                (Member::Unknown, Kind::Unknown)
            }
            _ => (Member::Unknown, Kind::Unknown),
        }
    }

    pub fn module_member(&mut self, module: &str, name: &Ident) -> (Member, Kind) {
        let text = name.to_string();
        let member = Member::Module { module: module.to_owned(), name: text.clone() };
        if (module, text.as_str()) == ("os", "path") {
            return (member, Kind::Module("os_path".into()));
        }
        if builtin::is_module_exception(module, &text) {
            return (Member::ClassName(text.clone()), Kind::Class(text.as_str().into()));
        }
        if let Some((_, field)) = self.model.field(module, &text) {
            return (member, field.kind.clone());
        }
        if let Some((_, signature)) = self.model.method(module, &text) {
            let params = signature.params.iter().map(|param| param.kind.clone()).collect();
            return (member, Kind::Function(params, Box::new(signature.result.clone())));
        }
        let known = self.model.members_of(module);
        if let Some(meant) = message::suggestion(&text, known.iter().map(String::as_str)) {
            self.error(name.span(), format!("the module `{module}` has no `{text}`\nhelp: did you mean `{meant}`?"));
        } else if module == "math" {
            self.error(name.span(), format!("the module `{module}` has no `{text}`"));
        }
        (member, Kind::Unknown)
    }

    fn class_member(&mut self, class: &str, name: &Ident) -> (Member, Kind) {
        let text = name.to_string();
        if text == "__name__" {
            return (Member::ClassName(class.to_owned()), Kind::str());
        }
        if let Some((owner, field)) = self.model.field(class, &text) {
            let kind = field.kind.clone();
            if !field.shared && owner.origin == Origin::Script {
                let message = format!(
                    "`{text}` belongs to each object of `{class}`, not to the class\nhelp: for a class attribute, give it a value: `{text}: {kind} = …;`"
                );
                self.error(name.span(), message);
            }
            let owner = owner.name.to_string();
            if self.model.is_generic_field(class, &text) {
                let message =
                    format!("`{text}` has another type for each kind of `{class}`\nhelp: read it through an object");
                self.error(name.span(), message);
            }
            return (Member::ClassAttribute { class: owner, name: text }, kind);
        }
        if let Some((owner, signature)) = self.model.method(class, &text) {
            let member = Member::BoundMethod { class: owner.name.to_string(), name: text };
            let params = signature.params.iter().map(|param| param.kind.clone()).collect();
            return (member, Kind::Function(params, Box::new(signature.result.clone())));
        }
        self.no_member(class, name, "class");
        (Member::Unknown, Kind::Unknown)
    }

    fn instance_member(&mut self, class: &str, args: &[Kind], name: &Ident) -> (Member, Kind) {
        let text = name.to_string();
        if let Some((owner, field)) = self.model.field(class, &text) {
            let kind = field.kind.substitute(&owner.generics, args);
            return (Member::Field { class: owner.name.to_string(), name: text }, kind);
        }
        if let Some((owner, signature)) = self.model.method(class, &text) {
            let class = owner.name.to_string();
            let origin = owner.origin;
            let generics = owner.generics.clone();
            let (params, result) = self.instantiate(&signature, Some((&generics, args)));
            if signature.role == Role::Property {
                if signature.must_handle {
                    self.must_handle(name.span(), &format!("the property `{text}`"));
                }
                return (Member::Property { class, name: text }, result);
            }
            let kind = Kind::Function(params, Box::new(result));
            return match origin {
                Origin::Script => (Member::BoundMethod { class, name: text }, kind),
                _ => (Member::BuiltinMethod { class, name: text }, kind),
            };
        }
        if self.model.classes.get(class).is_some_and(|class| class.origin == Origin::Script) {
            self.no_member(class, name, "object");
        }
        (Member::Unknown, Kind::Unknown)
    }

    /// Reports a member that a class of the script doesn't have.
    pub fn no_member(&mut self, class: &str, name: &Ident, what: &str) {
        let text = name.to_string();
        if self.model.is_exception(class) || text.starts_with("__") {
            return;
        }
        let known = self.model.members_of(class);
        let help = match message::suggestion(&text, known.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if what == "object" => {
                format!("declare it in the class: `{text}: int;`, or another type")
            }
            None => {
                format!("declare it in the class: `{text}: int = 0;`, or another type and value")
            }
        };
        self.error(name.span(), format!("`{class}` has no attribute `{text}`\nhelp: {help}"));
    }

    /// Reports an attribute that can't be assigned.
    pub fn check_assignable(&mut self, target: &Expr) {
        let ExprKind::Attribute { name: Some(name), .. } = &target.kind else {
            return;
        };
        match self.members.get(&target.id).cloned() {
            Some(Member::Property { class, name: property }) if self.model.setter(&class, &property).is_none() => {
                self.error(
                    name.span(),
                    format!("the property `{property}` has no setter\nhelp: write `@{property}.setter def {property}(self, value: …) {{ … }}` in `{class}`"),
                );
            }
            Some(Member::Module { module, name: constant }) if module == "math" => {
                self.error(name.span(), format!("`math.{constant}` can't be assigned"));
            }
            Some(Member::BoundMethod { class, name: method }) => {
                self.error(name.span(), format!("`{method}` is a method of `{class}`: it can't be replaced"));
            }
            _ => {}
        }
    }
}
