//! What a method must keep to when it takes the place of a base's: whoever calls the base's may meet it.

use super::kind::Kind;
use super::model::{Model, Origin, Role, Signature, blocks};
use super::tree::{Class, Field, Function, Script, Stmt, StmtKind};
use crate::report::Report;

/// Checks every method of every class against the nearest one that it overrides.
pub fn check(script: &Script, model: &Model, report: &mut Report) {
    check_stmts(&script.body, model, report);
}

fn check_stmts(stmts: &[Stmt], model: &Model, report: &mut Report) {
    for stmt in stmts {
        match &stmt.kind {
            StmtKind::Class(class) => {
                class.fields.iter().for_each(|field| check_field(class, field, model, report));
                class.methods.iter().for_each(|method| {
                    check_method(class, method, model, report);
                    check_stmts(&method.body.body, model, report);
                });
            }
            StmtKind::Def(function) => check_stmts(&function.body.body, model, report),
            _ => {}
        }
        let mut inner = Vec::new();
        blocks(&stmt.kind, &mut inner);
        inner.into_iter().for_each(|stmts| check_stmts(stmts, model, report));
    }
}

/// A field that a base has, too, is the same field.
fn check_field(class: &Class, field: &Field, model: &Model, report: &mut Report) {
    let (class, name) = (class.name.to_string(), field.name.to_string());
    let Some(holder) = model.redeclared(&class, &name).filter(|holder| *holder.name != *class) else { return };
    let (Some((_, own)), Some((_, held))) = (model.field(&class, &name), model.field(&holder.name, &name)) else {
        return;
    };
    let whose = format!("`{}.{name}`", holder.name);
    let text = if own.kind != held.kind {
        format!("`{class}.{name}` is {whose}, of type `{}`\nhelp: give it the same type, or another name", held.kind)
    } else if own.weak || held.weak || model.is_generic_field(&holder.name, &name) {
        format!("{whose} can't be declared anew\nhelp: assign it in `__init__`")
    } else {
        return;
    };
    report.error(field.name.span(), text);
}

fn check_method(class: &Class, method: &Function, model: &Model, report: &mut Report) {
    let name = method.name.to_string();
    let (Some(signature), Some(base)) = (model.functions.get(&method.id), model.base_of(&class.name.to_string()))
    else {
        return;
    };
    if name == "__init__" || name == "__del__" || signature.role == Role::Setter {
        return;
    }
    let Some((owner, overridden)) = model.method(&base.name, &name) else {
        return;
    };
    if owner.origin != Origin::Script {
        return;
    }
    let whose = format!("`{}.{name}`", owner.name);
    if let Some(text) = objection(signature, &overridden, model) {
        report.error(method.name.span(), format!("`{}.{name}` can't take the place of {whose}: {text}", class.name));
    }
}

/// Why `signature` can't stand where `overridden` is called.
fn objection(signature: &Signature, overridden: &Signature, model: &Model) -> Option<String> {
    if signature.role != overridden.role {
        return Some(format!("that is {}\nhelp: write the same decorator here", role(overridden.role)));
    }
    let (count, wanted) = (signature.params.len(), overridden.params.len());
    if count < wanted || signature.params.iter().skip(wanted).any(|param| param.default.is_none()) {
        let names: Vec<String> =
            overridden.params.iter().map(|param| format!("{}: {}", param.name, param.kind)).collect();
        return Some(match names.is_empty() {
            true => "that takes no arguments\nhelp: give the parameters here default values".to_owned(),
            false => format!("that takes `({})`\nhelp: take the same parameters", names.join(", ")),
        });
    }
    for (param, wanted) in signature.params.iter().zip(&overridden.params) {
        if let (Some(_), None) = (&wanted.default, &param.default) {
            return Some(format!("there `{}` has a default value\nhelp: give it one here, too", wanted.name));
        }
        if !fits(&wanted.kind, &param.kind, model) {
            return Some(format!(
                "there `{}` is `{}`, here `{}`\nhelp: write `{}: {}`",
                wanted.name, wanted.kind, param.kind, param.name, wanted.kind
            ));
        }
    }
    if !fits(&signature.result, &overridden.result, model) {
        return Some(match overridden.result {
            Kind::None => "that returns nothing\nhelp: leave the result out".to_owned(),
            _ => format!("that returns `{0}`\nhelp: write `-> {0}`", overridden.result),
        });
    }
    if signature.raises && overridden.yields.is_some() {
        return Some("calling that can't raise, since it yields\nhelp: yield here, too".to_owned());
    }
    if signature.must_handle && !overridden.must_handle {
        return Some(format!("that can't raise\nhelp: add `raises` to it: `def {}(…) raises`", overridden.name));
    }
    None
}

/// Whether every value of `kind` is one of `wanted`, where it stands or after a silent conversion.
fn fits(kind: &Kind, wanted: &Kind, model: &Model) -> bool {
    match (kind, wanted) {
        (Kind::Unknown | Kind::Var(_) | Kind::Rust(_), _) | (_, Kind::Unknown | Kind::Var(_) | Kind::Rust(_)) => true,
        (Kind::None, Kind::Optional(_)) => true,
        (Kind::Optional(kind), Kind::Optional(wanted)) => fits(kind, wanted, model),
        (kind, Kind::Optional(wanted)) => fits(kind, wanted, model),
        (_, wanted) if wanted.is("any") => true,
        (kind, wanted) if kind.is("Generator") && wanted.is("Iterator") => kind.args().first() == wanted.args().first(),
        (Kind::Named(kind, args), Kind::Named(wanted, wanted_args)) => {
            args == wanted_args && (kind == wanted || model.is_subclass(kind, wanted))
        }
        (kind, wanted) => kind == wanted,
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Static => "a static method",
        Role::Class => "a class method",
        Role::Property | Role::Setter => "a property",
        Role::Method | Role::Function => "a method",
    }
}
