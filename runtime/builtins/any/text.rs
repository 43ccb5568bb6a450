//! `str` and `bytes`.

use super::callable::each;
use super::dynamic::{Dynamic, Order, no_order, type_error};
use super::method::{int, no_method, text};
use super::{Any, Repr};
use crate::builtins::protocol::{GetItem, Hashed, Identity, Iterate, Len, Show, collect};
use crate::builtins::{Bytes, Exception, Iter, Result, Slice, Str};

/// What an index selects.
pub(super) enum Index {
    At(i64),
    Slice(Slice),
}

/// An index of a sequence.
pub(super) fn index(index: &Any, type_name: &str) -> Result<Index> {
    if let Some(slice) = index.get::<Slice>() {
        return Ok(Index::Slice(slice));
    }
    i64::from_any(index).map(Index::At).ok_or_else(|| bad_index(index, type_name))
}

#[cold]
fn bad_index(index: &Any, type_name: &str) -> Exception {
    let kind = if type_name == "str" { "string" } else { type_name };
    let found = index.type_name();
    type_error(format!("{kind} indices must be integers or slices, not {found}"))
}

impl Dynamic for Str {
    fn into_any(self) -> Any {
        Any(Repr::Str(self))
    }

    fn from_any(any: &Any) -> Option<Str> {
        match &any.0 {
            Repr::Str(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn is_identical(&self, other: &Any) -> bool {
        matches!(&other.0, Repr::Str(other) if self.is(other))
    }

    fn address(&self) -> i64 {
        self.id()
    }

    fn equals(&self, other: &Any) -> Result<bool> {
        Ok(matches!(&other.0, Repr::Str(other) if self == other))
    }

    fn ordered(&self, operator: Order, other: &Any) -> Result<bool> {
        match &other.0 {
            Repr::Str(other) => Ok(operator.holds(Some(self.cmp(other)))),
            _ => Err(no_order(operator, "str", other.type_name())),
        }
    }

    fn hashed(&self) -> Result<i64> {
        self.hash()
    }

    fn is_true(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }

    fn length(&self) -> Result<i64> {
        Len::len(self)
    }

    fn item(&self, at: &Any) -> Result<Any> {
        let found = match index(at, "str")? {
            Index::At(at) => self.getitem(&at)?,
            Index::Slice(slice) => self.getitem(&slice)?,
        };
        Ok(Any::from(found))
    }

    fn has(&self, item: &Any) -> Result<bool> {
        match &item.0 {
            Repr::Str(item) => Ok(self.contains(item.as_str())),
            _ => Err(type_error(format!("'in <string>' requires string as left operand, not {}", item.type_name()))),
        }
    }

    fn iterate(&self) -> Result<Iter<Any>> {
        Ok(each(self.iter()?))
    }

    fn methods(&self) -> &'static [&'static str] {
        &[
            "upper",
            "lower",
            "title",
            "capitalize",
            "swapcase",
            "casefold",
            "strip",
            "lstrip",
            "rstrip",
            "startswith",
            "endswith",
            "removeprefix",
            "removesuffix",
            "find",
            "rfind",
            "index",
            "count",
            "replace",
            "split",
            "rsplit",
            "splitlines",
            "join",
            "isdigit",
            "isalpha",
            "isalnum",
            "isspace",
            "isupper",
            "islower",
            "zfill",
            "encode",
        ]
    }

    fn invoke(&self, name: &str, arguments: &[Any]) -> Result<Any> {
        let found = match (name, arguments) {
            ("upper", []) => Any::from(self.upper()),
            ("lower", []) => Any::from(self.lower()),
            ("title", []) => Any::from(self.title()),
            ("capitalize", []) => Any::from(self.capitalize()),
            ("swapcase", []) => Any::from(self.swapcase()),
            ("casefold", []) => Any::from(self.casefold()),
            ("strip", []) => Any::from(self.strip(None)),
            ("strip", [chars]) => Any::from(self.strip(Some(&text(chars)?))),
            ("lstrip", []) => Any::from(self.lstrip(None)),
            ("lstrip", [chars]) => Any::from(self.lstrip(Some(&text(chars)?))),
            ("rstrip", []) => Any::from(self.rstrip(None)),
            ("rstrip", [chars]) => Any::from(self.rstrip(Some(&text(chars)?))),
            ("startswith", [prefix]) => Any::from(self.startswith(text(prefix)?, None, None)),
            ("endswith", [suffix]) => Any::from(self.endswith(text(suffix)?, None, None)),
            ("removeprefix", [prefix]) => Any::from(self.removeprefix(text(prefix)?)),
            ("removesuffix", [suffix]) => Any::from(self.removesuffix(text(suffix)?)),
            ("find", [sub]) => Any::from(self.find(text(sub)?, None, None)),
            ("rfind", [sub]) => Any::from(self.rfind(text(sub)?, None, None)),
            ("index", [sub]) => Any::from(self.index(text(sub)?, None, None)?),
            ("count", [sub]) => Any::from(self.count(text(sub)?, None, None)),
            ("replace", [old, new]) => Any::from(self.replace(text(old)?, text(new)?, -1)),
            ("split", []) => Any::from(self.split(None, -1)?),
            ("split", [sep]) => Any::from(self.split(Option::<Str>::from_any(sep).flatten().as_ref(), -1)?),
            ("rsplit", []) => Any::from(self.rsplit(None, -1)?),
            ("rsplit", [sep]) => Any::from(self.rsplit(Option::<Str>::from_any(sep).flatten().as_ref(), -1)?),
            ("splitlines", []) => Any::from(self.splitlines(false)),
            ("join", [parts]) => {
                let parts: Result<Vec<Str>> = collect(parts)?.into_iter().map(|part| text(&part)).collect();
                Any::from(self.join(&crate::builtins::List::from(parts?))?)
            }
            ("isdigit", []) => Any::from(self.isdigit()),
            ("isalpha", []) => Any::from(self.isalpha()),
            ("isalnum", []) => Any::from(self.isalnum()),
            ("isspace", []) => Any::from(self.isspace()),
            ("isupper", []) => Any::from(self.isupper()),
            ("islower", []) => Any::from(self.islower()),
            ("zfill", [width]) => Any::from(self.zfill(int(width)?)),
            ("encode", []) => Any::from(self.encode(None)?),
            _ => return Err(no_method(self, name, arguments)),
        };
        Ok(found)
    }
}

impl Dynamic for Bytes {
    fn is_identical(&self, other: &Any) -> bool {
        other.get::<Bytes>().is_some_and(|other| self.is(&other))
    }

    fn address(&self) -> i64 {
        self.id()
    }

    fn equals(&self, other: &Any) -> Result<bool> {
        Ok(other.get::<Bytes>().is_some_and(|other| *self == other))
    }

    fn hashed(&self) -> Result<i64> {
        self.hash()
    }

    fn is_true(&self) -> Result<bool> {
        Ok(!self.is_empty())
    }

    fn length(&self) -> Result<i64> {
        Len::len(self)
    }

    fn item(&self, at: &Any) -> Result<Any> {
        Ok(match index(at, "byte")? {
            Index::At(at) => Any::from(self.getitem(&at)?),
            Index::Slice(slice) => Any::from(self.getitem(&slice)?),
        })
    }

    fn iterate(&self) -> Result<Iter<Any>> {
        Ok(each(self.iter()?))
    }

    fn methods(&self) -> &'static [&'static str] {
        &["decode", "hex"]
    }

    fn invoke(&self, name: &str, arguments: &[Any]) -> Result<Any> {
        match (name, arguments) {
            ("decode", []) => Ok(Any::from(self.decode(None)?)),
            ("hex", []) => Ok(Any::from(self.hex())),
            _ => Err(no_method(self, name, arguments)),
        }
    }
}
