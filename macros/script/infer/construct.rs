//! `C(…)`: what constructs a class.

use std::rc::Rc;

use proc_macro2::Span;

use super::call::{Arguments, Called};
use super::{Infer, Plan, Target};
use crate::script::kind::Kind;
use crate::script::model::{Default, Model, Origin, ParamModel, Role, Signature};

impl Infer<'_> {
    pub fn construct(&mut self, class: &str, span: Span, args: Arguments<'_>, expected: Option<&Kind>) -> Plan {
        let Some(model) = self.model.classes.get(class) else {
            return self.unknown(&args);
        };
        if model.origin == Origin::Outside {
            self.loose(&args);
            return Plan { result: Kind::named(class), ..Plan::loose(Target::Constructor(class.to_owned())) };
        }
        let name: Rc<str> = model.name.clone();
        let generics = model.generics.clone();
        let kinds: Vec<Kind> = generics.iter().map(|_| self.fresh()).collect();
        let result = Kind::Named(name, kinds.clone());
        if let Some(expected) = expected
            && expected.unwrapped().is(class)
        {
            self.flow(&result, &expected.unwrapped().clone());
        }
        let signature = self.constructor(class);
        let target = Target::Constructor(class.to_owned());
        let mut plan = self.call_signature(
            Called { target, signature: &signature, class: Some((&generics, &kinds)), span },
            args,
            None,
        );
        plan.result = result;
        plan
    }

    /// `__init__`, or the fields in order.
    pub fn constructor(&self, class: &str) -> Rc<Signature> {
        constructor(self.model, class)
    }
}

/// What constructs a class: its `__init__`, or its fields: those without a value in order, the bases' first, then the
/// class attributes, which an object need not set. An exception takes its message before them.
pub fn constructor(model: &Model, class: &str) -> Rc<Signature> {
    if let Some((_, init)) = model.method(class, "__init__") {
        return init;
    }
    let lineage = model.lineage(class);
    let is_exception = model.is_exception(class);
    let fields = |shared: bool| {
        let classes = lineage.iter().rev().filter(|class| class.origin == Origin::Script);
        let held = classes
            .flat_map(|holder| holder.fields.iter().filter(|field| !model.redeclares(&holder.name, &field.name)));
        // A field that is declared anew is what the last declaration says, where the first one stands.
        let fields = held.filter_map(|field| Some(model.field(class, &field.name)?.1));
        fields.filter(move |field| field.shared == shared && !(is_exception && field.name == MESSAGE))
    };
    let param = |name: &str, kind: &Kind, default| ParamModel {
        name: name.to_owned(),
        kind: kind.clone(),
        default,
        lent: false,
    };
    let mut params = Vec::new();
    if is_exception {
        let kind = model.field(class, MESSAGE).map_or(Kind::str(), |(_, field)| field.kind.clone());
        params.push(param(MESSAGE, &kind, Some(Default::Unset)));
    }
    params.extend(fields(false).map(|field| param(&field.name, &field.kind, None)));
    params.extend(fields(true).map(|field| param(&field.name, &field.kind, Some(Default::Unset))));
    Rc::new(Signature {
        name: class.to_owned(),
        role: Role::Function,
        generics: Vec::new(),
        params,
        result: Kind::None,
        raises: false,
        must_handle: false,
        yields: None,
    })
}

/// The first parameter of an exception's constructor.
pub const MESSAGE: &str = "message";
