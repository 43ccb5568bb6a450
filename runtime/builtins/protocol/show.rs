//! `repr`, `str` and `format`.

use crate::builtins::exceptions::TYPE_ERROR;
use crate::builtins::format::{format_bool, format_float, format_int, format_text};
use crate::builtins::number::write_float;
use crate::builtins::text::write_quoted;
use crate::builtins::{Exception, Result, Str};
use core::fmt::Write;

/// Values that can be printed: `repr(x)`, `str(x)`, `f "{x}"`.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` can't be printed from a script",
    label = "scripts don't know how to print this",
    note = "convert it to `str` in a `rust! {{ … }}` block first"
)]
pub trait Show {
    /// The name of the value's type, as messages show it.
    fn type_name(&self) -> &'static str;

    /// Appends `repr(self)`.
    fn write_repr(&self, out: &mut String) -> Result<()>;

    /// Appends `str(self)`: the same as `repr` unless a type says otherwise.
    fn write_str(&self, out: &mut String) -> Result<()> {
        self.write_repr(out)
    }

    /// Appends `format(self, spec)`: types that have no format specifiers take none.
    fn write_format(&self, out: &mut String, spec: &str) -> Result<()> {
        if spec.is_empty() { self.write_str(out) } else { Err(no_format(self.type_name())) }
    }

    /// `repr(self)`
    fn repr(&self) -> Result<Str> {
        let mut out = String::new();
        self.write_repr(&mut out)?;
        Ok(Str::from(out))
    }

    /// `str(self)`
    fn str(&self) -> Result<Str> {
        let mut out = String::new();
        self.write_str(&mut out)?;
        Ok(Str::from(out))
    }

    /// `format(self, spec)`
    fn format(&self, spec: &str) -> Result<Str> {
        let mut out = String::new();
        self.write_format(&mut out, spec)?;
        Ok(Str::from(out))
    }
}

#[cold]
fn no_format(type_name: &str) -> Exception {
    Exception::new(&TYPE_ERROR, format!("unsupported format string passed to {type_name}.__format__"))
}

impl Show for i64 {
    fn type_name(&self) -> &'static str {
        "int"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        write!(out, "{self}").expect("a String takes all text");
        Ok(())
    }

    fn write_format(&self, out: &mut String, spec: &str) -> Result<()> {
        format_int(out, *self, spec)
    }
}

impl Show for f64 {
    fn type_name(&self) -> &'static str {
        "float"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        write_float(out, *self);
        Ok(())
    }

    fn write_format(&self, out: &mut String, spec: &str) -> Result<()> {
        format_float(out, *self, spec)
    }
}

impl Show for bool {
    fn type_name(&self) -> &'static str {
        "bool"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(if *self { "True" } else { "False" });
        Ok(())
    }

    fn write_format(&self, out: &mut String, spec: &str) -> Result<()> {
        format_bool(out, *self, spec)
    }
}

impl Show for Str {
    fn type_name(&self) -> &'static str {
        "str"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        write_quoted(out, self);
        Ok(())
    }

    fn write_str(&self, out: &mut String) -> Result<()> {
        out.push_str(self);
        Ok(())
    }

    fn write_format(&self, out: &mut String, spec: &str) -> Result<()> {
        format_text(out, self, spec)
    }

    fn str(&self) -> Result<Str> {
        Ok(self.clone())
    }
}

/// `None`
impl Show for () {
    fn type_name(&self) -> &'static str {
        "NoneType"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str("None");
        Ok(())
    }
}

impl<T: Show> Show for Option<T> {
    fn type_name(&self) -> &'static str {
        self.as_ref().map_or("NoneType", T::type_name)
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        match self {
            Some(value) => value.write_repr(out),
            None => ().write_repr(out),
        }
    }

    fn write_str(&self, out: &mut String) -> Result<()> {
        match self {
            Some(value) => value.write_str(out),
            None => ().write_repr(out),
        }
    }

    fn write_format(&self, out: &mut String, spec: &str) -> Result<()> {
        match self {
            Some(value) => value.write_format(out, spec),
            None => ().write_format(out, spec),
        }
    }
}

macro_rules! references {
    ($($type:ty)+) => {$(
        impl<T: Show + ?Sized> Show for $type {
            fn type_name(&self) -> &'static str {
                (**self).type_name()
            }

            fn write_repr(&self, out: &mut String) -> Result<()> {
                (**self).write_repr(out)
            }

            fn write_str(&self, out: &mut String) -> Result<()> {
                (**self).write_str(out)
            }

            fn write_format(&self, out: &mut String, spec: &str) -> Result<()> {
                (**self).write_format(out, spec)
            }
        }
    )+};
}

references!(&T &mut T);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_quotes_only_in_repr() {
        assert_eq!(Show::repr(&Str::lit("a")).unwrap(), "'a'");
        assert_eq!(Show::str(&Some(Str::lit("a"))).unwrap(), "a");
        assert_eq!(Show::repr(&Some(Str::lit("a"))).unwrap(), "'a'");
    }

    #[test]
    fn names_of_constants() {
        assert_eq!(Show::str(&true).unwrap(), "True");
        assert_eq!(Show::str(&None::<i64>).unwrap(), "None");
        assert_eq!(Show::str(&()).unwrap(), "None");
    }

    #[test]
    fn none_takes_no_specifier() {
        assert_eq!(Show::format(&Some(5), "3").unwrap(), "  5");
        let error = Show::format(&None::<i64>, "3").unwrap_err();
        assert_eq!(error.to_string(), "unsupported format string passed to NoneType.__format__");
    }
}
