//! Values of a type that can't be where another is wanted: told in the script's words, at the value.

use super::Infer;
use crate::script::builtin;
use crate::script::kind::Kind;
use crate::script::tree::Expr;

impl Infer<'_> {
    /// Reports a value that can't be a `wanted`. What is not known for sure is left to rustc.
    pub fn fits(&mut self, found: &Kind, wanted: &Kind, value: &Expr) {
        self.keeps_weak(found, wanted, value.span);
        self.has_type(found, wanted, value);
    }

    /// The same, where proxies have been looked at.
    pub fn has_type(&mut self, found: &Kind, wanted: &Kind, value: &Expr) {
        // What is looked at twice, as the place of an assignment is, is told once.
        if !self.speaking || !self.refuses(found, wanted) || !self.refused.insert(value.id) {
            return;
        }
        let (found, wanted) = (self.resolved(found), self.resolved(wanted));
        let help = remedy(&found, &wanted).map_or_else(String::new, |help| format!("\nhelp: {help}"));
        self.error(value.span, format!("expected `{wanted}`, found `{found}`{help}"));
    }

    /// Reports the value of a `case` that no subject equals. Classes of the script may say otherwise in `__eq__`.
    pub fn can_equal(&mut self, found: &Kind, subject: &Kind, value: &Expr) {
        let (found, subject) = (self.resolved(found), self.resolved(subject));
        let is_builtin = |kind: &Kind| kind.unwrapped().name().is_some_and(|name| !self.model.is_script_class(name));
        let differ = is_builtin(&found)
            && is_builtin(&subject)
            && self.refuses(&found, &subject)
            && self.refuses(&subject, &found);
        if !self.speaking || !differ || !self.refused.insert(value.id) {
            return;
        }
        let text = format!(
            "this `{found}` is never equal to what is matched, which is `{subject}`\nhelp: write a value of type `{subject}`, or remove this `case`"
        );
        self.error(value.span, text);
    }

    /// Whether no value of the one kind can become one of the other.
    pub fn refuses(&self, found: &Kind, wanted: &Kind) -> bool {
        match (self.shallow(found), self.shallow(wanted)) {
            (Kind::Optional(found), wanted) => self.refuses(&found, wanted.unwrapped()),
            (Kind::None, Kind::Named(..)) => self.is_certain(wanted),
            (found, Kind::Optional(wanted)) => !matches!(found, Kind::None) && self.refuses(&found, &wanted),
            (Kind::Function(..), Kind::Named(..)) => self.is_certain(wanted),
            (Kind::Function(found, made), Kind::Function(wanted, given)) => {
                found.len() == wanted.len()
                    && (wanted.iter().zip(&found).any(|(wanted, found)| self.refuses(wanted, found))
                        || (!matches!(*given, Kind::None) && self.refuses(&made, &given)))
            }
            (found @ Kind::Named(..), Kind::None | Kind::Function(..)) => {
                found.is_number() || found.is("str") || found.is("list")
            }
            (found @ Kind::Named(..), wanted @ Kind::Named(..)) => self.refuses_type(&found, &wanted),
            _ => false,
        }
    }

    fn refuses_type(&self, found: &Kind, wanted: &Kind) -> bool {
        if !self.is_certain(found) || !self.is_certain(wanted) {
            // Whatever an iterator is made of, no number is.
            return (wanted.is_iterator() || wanted.is("Iterable")) && found.is_number()
                || wanted.is("Iterable") && self.refuses_items(found, wanted);
        }
        let (Some(name), Some(wanted_name)) = (found.name(), wanted.name()) else {
            return false;
        };
        if name == wanted_name {
            return found.args().len() == wanted.args().len()
                && found.args().iter().zip(wanted.args()).any(|(found, wanted)| self.refuses(found, wanted))
                || (name == "tuple" && found.args().len() != wanted.args().len());
        }
        let widens = matches!((name, wanted_name), ("int" | "bool", "float") | ("bool", "int"));
        let related = self.model.is_subclass(name, wanted_name) || self.model.is_subclass(wanted_name, name);
        let both_exceptions = self.model.is_exception(name) && self.model.is_exception(wanted_name);
        !widens && !related && !both_exceptions
    }

    fn refuses_items(&self, found: &Kind, wanted: &Kind) -> bool {
        let is_container = matches!(found.name(), Some("list" | "set" | "frozenset" | "tuple..." | "Iterator"));
        match (found.args().first(), wanted.args().first()) {
            (Some(found), Some(wanted)) => is_container && self.refuses(found, wanted),
            _ => false,
        }
    }

    /// Types that only a conversion that is written down makes of each other.
    fn is_certain(&self, kind: &Kind) -> bool {
        match self.shallow(kind) {
            Kind::Named(name, _) => {
                matches!(
                    &*name,
                    "int" | "float" | "bool" | "str" | "bytes" | "list" | "dict" | "set" | "frozenset" | "tuple"
                ) || self.model.is_script_class(&name)
                    || builtin::is_exception(&name)
            }
            _ => false,
        }
    }
}

fn remedy(found: &Kind, wanted: &Kind) -> Option<String> {
    let target = wanted.unwrapped().name()?;
    match (found, target) {
        (Kind::None, _) => Some(format!("make the type `{wanted}?`")),
        (found, "Iterable") if wanted.args()[0].is("str") && found.args().first().is_some_and(Kind::is_number) => {
            Some("convert the items: `[str(x) for x in …]`".to_owned())
        }
        (found, "str") if found.is_number() => Some("write `str(…)` around it".to_owned()),
        (found, "int" | "float") if found.is("str") => Some(format!("write `{target}(…)` around it")),
        (found, "int") if found.is("float") => Some("write `int(…)` around it, or `round(…)`".to_owned()),
        _ => None,
    }
}
