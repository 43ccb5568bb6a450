//! The rules that the macro itself can check. What only rustc can know (traits of a type, conflicts with other items) is
//! left to bounds in the expansion.

use syn::spanned::Spanned;
use syn::{Data, GenericParam, Path};

use super::expand::has_builder;
use super::item::{Field, Item, Role, Shape, weak_storage};
use super::options::Constructor;
use super::types;
use crate::report::Report;

pub fn item(item: &Item, report: &mut Report) {
    union(item, report);
    lifetimes(item, report);
    derives(item, report);
    type_options(item, report);
    for variant in &item.variants {
        for field in &variant.fields {
            options(item, field, report);
            borrow(field, report);
            hidden_pointer(field, report);
            weak(field, report);
            reserved(item, field, variant.shape, report);
        }
    }
}

/// A union does not know which of its fields is alive, so nothing in it can be traced.
fn union(item: &Item, report: &mut Report) {
    if let Data::Union(data) = &item.input.data {
        report.error(
            &data.union_token,
            "a union cannot be managed: nobody knows which of its fields to trace\nhelp: use an `enum`",
        );
    }
}

/// A managed object lives as long as somebody refers to it, also through a cycle, so it may borrow from nothing.
fn lifetimes(item: &Item, report: &mut Report) {
    for param in &item.input.generics.params {
        if let GenericParam::Lifetime(param) = param {
            report.error(
                param,
                format!(
                    "a managed type cannot have the lifetime `{}`: its objects live as long as somebody refers to \
                     them, so they may borrow from nothing\n\
                     help: own the value (`String` for `&str`), share it in a `Gc`, or use `&'static`",
                    param.lifetime
                ),
            );
        }
    }
}

/// Derived comparisons and hashes follow the pointers: on a cycle they never end.
fn derives(item: &Item, report: &mut Report) {
    if let Some(path) = item.derive("Trace") {
        report.error(path, "`#[managed]` already traces\nhelp: remove `Trace` from the derives");
    }
    if let (Some(path), Some(field)) = (item.derive("Hash"), item.fields().find(|field| field.is_mutable())) {
        report.error(
            path,
            format!(
                "a derived `Hash` would change with the field `{}`\n\
                 help: write `impl Hash` by hand, over fields that stay as they are",
                field.name
            ),
        );
    }
    if let (Some(_), Some(tracked)) = (item.options.acyclic, item.options.tracked) {
        report.error(tracked, "`tracked` and `acyclic` exclude each other\nhelp: remove one of them");
    }
    if item.options.acyclic.is_some() {
        return;
    }
    for path in comparisons(item) {
        if item.is_generic() && item.fields().any(|field| types::visible_gc(&field.ty).is_some()) {
            report.error(path, endless_comparison(path, &item.input.ident));
        }
    }
}

/// The derives that follow every pointer.
pub fn comparisons(item: &Item) -> Vec<&Path> {
    let names = ["PartialEq", "Eq", "PartialOrd", "Ord", "Hash"];
    names.iter().filter_map(|name| item.derive(name)).collect()
}

pub fn endless_comparison(derive: &Path, ty: &syn::Ident) -> String {
    let name = &derive.segments.last().expect("a derive has a name").ident;
    format!(
        "a derived `{name}` follows the pointers of `{ty}`, and never ends on a cycle\n\
         help: write the `impl` by hand, compare pointers with `Gc::ptr_eq`, or declare `#[managed(acyclic)]`"
    )
}

pub fn drop_ban() -> &'static str {
    "a managed type cannot implement `Drop`, which could see its fields after they died in a cycle\n\
     help: write `#[managed] impl` with `fn __del__(&self)`: it runs before anything is torn down"
}

/// Options that the kind of type has no place for.
fn type_options(item: &Item, report: &mut Report) {
    if let (Some(span), true) = (item.options.this, item.is_enum()) {
        report.error(
            span,
            "an enum has no room for its own pointer\n\
             help: write such methods as `fn name(this: &Gc<Self>)` in a plain `impl` and call `Type::name(&gc)`, \
             or wrap the enum in a struct",
        );
    }
    if !item.is_enum() {
        return;
    }
    match &item.options.constructor {
        Constructor::New => {}
        Constructor::Named(name) => report.error(name, NO_CONSTRUCTOR),
        Constructor::None(span) => report.error(*span, NO_CONSTRUCTOR),
    }
}

const NO_CONSTRUCTOR: &str = "enums get no constructor\nhelp: remove `new`, and write `Gc::new(Type::Variant(…))`";

/// Options that contradict each other or do nothing here.
fn options(item: &Item, field: &Field, report: &mut Report) {
    let options = &field.options;
    let name = &field.name;
    if item.role == Role::Part {
        let refused = [
            (
                options.mutable,
                "mut",
                "use a `Cell` or a `RefCell`, or change the part through the guard of the field that holds it",
            ),
            (options.weak, "weak", "declare the field as `Weak<…>`"),
            (options.copy, "copy", "remove it: a part has no getters"),
            (options.guard, "guard", "remove it: a part has no getters"),
            (options.default.as_ref().map(|default| default.span), "default", "remove it: a part has no constructor"),
        ];
        for (span, option, way_out) in refused {
            if let Some(span) = span {
                report.error(
                    span,
                    format!(
                        "`{option}` needs `#[managed]` on the type: a derive cannot change a field\nhelp: {way_out}"
                    ),
                );
            }
        }
        return;
    }
    if item.is_enum() {
        let refused = [
            (options.mutable, "mut", "use a `Cell` or a `RefCell`, or move the fields into a managed struct"),
            (options.weak, "weak", "declare the field as `Weak<…>`"),
            (options.copy, "copy", "remove it"),
            (options.guard, "guard", "remove it"),
            (options.default.as_ref().map(|default| default.span), "default", "remove it"),
        ];
        for (span, option, way_out) in refused {
            if let Some(span) = span {
                report.error(
                    span,
                    format!("`{option}` does nothing in an enum, which gets no accessors\nhelp: {way_out}"),
                );
            }
        }
        return;
    }
    if let (Some(span), Some(_)) = (options.untraced, options.weak) {
        report.error(span, format!("`{name}` is `weak`, so it is not traced anyway\nhelp: remove `untraced`"));
    }
    if let (Some(copy), Some(_)) = (options.copy, options.guard) {
        report.error(copy, format!("`{name}` cannot be read both by `copy` and by `guard`\nhelp: remove one of them"));
    }
    for (span, option) in [(options.copy, "copy"), (options.guard, "guard")] {
        let Some(span) = span else { continue };
        if options.weak.is_some() {
            report.error(span, format!("a `weak` field has its own getter\nhelp: remove `{option}`"));
        } else if options.mutable.is_none() {
            report.error(
                span,
                format!(
                    "`{option}` chooses the getter of a `mut` field, and `{name}` is immutable\n\
                     help: write `#[managed(mut, {option})]`, or read the field as `.{name}`"
                ),
            );
        }
    }
}

/// As for `lifetimes`.
fn borrow(field: &Field, report: &mut Report) {
    if let Some(span) = types::borrow(&field.ty) {
        report.error(
            span,
            format!(
                "the field `{}` borrows, but a managed object lives as long as somebody refers to it\n\
                 help: own the value (`String` for `&str`), share it in a `Gc`, or use `&'static`",
                field.name
            ),
        );
    }
}

/// A pointer that tracing cannot see keeps its whole cycle alive for ever; where that is visible it is surely a mistake.
fn hidden_pointer(field: &Field, report: &mut Report) {
    let name = &field.name;
    if let (Some(untraced), None, Some(_)) = (field.options.untraced, field.options.weak, types::visible_gc(&field.ty))
    {
        report.error(
            untraced,
            format!(
                "`untraced` on the field `{name}`, which holds a `Gc`: a cycle through it would never be found\n\
                 help: remove `untraced`"
            ),
        );
        return;
    }
    if let Some(segment) = types::shared_gc(&field.ty) {
        let shared = &segment.ident;
        report.error(
            segment,
            format!(
                "the field `{name}` holds a `Gc` inside an `{shared}`, which may have other owners, so tracing cannot \
                 look into it\n\
                 help: use a `Gc` in place of the `{shared}`"
            ),
        );
        return;
    }
    if field.options.untraced.is_some() {
        return;
    }
    if let Some(segment) = types::closure(&field.ty) {
        report.error(
            segment,
            format!(
                "the field `{name}` holds a closure, and nobody can see which `Gc` a closure captures\n\
                 help: make it a managed type with a method and fields for what it captures; if it captures no `Gc`, \
                 write `#[managed(untraced)]`; a plain `fn(…)` pointer needs nothing"
            ),
        );
    }
}

/// The types that can be stored weak: those with a place for "it is gone".
fn weak(field: &Field, report: &mut Report) {
    if field.options.weak.is_none() || weak_storage(&field.ty).is_some() {
        return;
    }
    let name = &field.name;
    let is_gc = |ty: &syn::Type| types::only_argument(ty, "Gc").is_some();
    let segment = types::last_segment(&field.ty);
    let way_out = if is_gc(&field.ty) {
        let ty = quote::quote!(#segment).to_string().replace(' ', "");
        format!("declare it as `Option<{ty}>`: it is `None` once the object is gone")
    } else if types::only_argument(&field.ty, "Weak").is_some() {
        "remove `weak` to keep the `Weak`, or declare it as `Option<Gc<…>>`".to_owned()
    } else if segment.is_some_and(|segment| segment.ident == "HashSet" || segment.ident == "BTreeSet") {
        "declare it as `Vec<Gc<…>>`".to_owned()
    } else {
        "`weak` is for `Option<Gc<T>>`, `Vec<Gc<T>>`, `VecDeque<Gc<T>>`, `HashMap<K, Gc<T>>` and `BTreeMap<K, Gc<T>>`, \
         spelled out in the field"
            .to_owned()
    };
    report.error(&field.ty, format!("the field `{name}` cannot be weak\nhelp: {way_out}"));
}

/// Names that the expansion needs for itself.
fn reserved(item: &Item, field: &Field, shape: Shape, report: &mut Report) {
    let name = field.name.to_string();
    let is_taken = match name.as_str() {
        "__this" | "__made_by_new" => shape == Shape::Named,
        "new" | "new_cyclic" | "builder" => field.is_mutable(),
        "build" => has_builder(item),
        _ => false,
    };
    if is_taken {
        report.error(
            field.name.span(),
            format!("a managed type has its own `{name}`\nhelp: give the field another name"),
        );
    }
}

/// Items that the attribute does not go on. `None`: it does.
pub fn misplaced(item: &syn::Item) -> Option<(proc_macro2::Span, &'static str)> {
    let on = match item {
        syn::Item::Struct(_) | syn::Item::Enum(_) | syn::Item::Union(_) | syn::Item::Impl(_) => {
            return None;
        }
        syn::Item::Trait(item) => (
            item.trait_token.span,
            "`#[managed]` cannot stand on a trait\n\
             help: write `trait Name: refcycle::Trace`, and `#[managed] impl Name for Type`",
        ),
        syn::Item::Fn(item) => (
            item.sig.fn_token.span,
            "`#[managed]` cannot stand on a function\nhelp: put it on the `impl` block around the method",
        ),
        syn::Item::Type(item) => (
            item.type_token.span,
            "`#[managed]` cannot stand on a type alias\nhelp: put it on the `struct` or `enum` itself",
        ),
        syn::Item::Mod(item) => (
            item.mod_token.span,
            "`#[managed]` cannot stand on a module\nhelp: put it on each `struct`, `enum` and `impl` in it",
        ),
        other => {
            (other.span(), "`#[managed]` stands on a `struct`, an `enum` or an `impl` block\nhelp: remove it here")
        }
    };
    Some(on)
}
