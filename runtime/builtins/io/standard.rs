//! `sys.stdout` and `sys.stderr`, and where `print(…, file=f)` goes.

use super::TextIOWrapper;
use crate::builtins::protocol::{Equal, Hashed, Identity, Show, Truth};
use crate::builtins::{Exception, Result, Str, output};
use crate::trace::{Trace, Tracer};
use std::io::Write;

/// What text can be written to.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` can't be written to",
    note = "give `file=` a file, or `sys.stderr`"
)]
pub trait Output {
    /// `f.write(text)`: the number of characters.
    fn write(&self, text: &Str) -> Result<i64>;
}

impl Output for TextIOWrapper {
    fn write(&self, text: &Str) -> Result<i64> {
        TextIOWrapper::write(self, text)
    }
}

/// A stream of the program.
#[derive(Clone, Copy, PartialEq)]
pub enum StandardStream {
    /// `sys.stdout`, where `print` writes.
    Output,
    /// `sys.stderr`
    Errors,
}

impl StandardStream {
    /// `sys.stdout.write(text)`: the number of characters.
    pub fn write(&self, text: &Str) -> Result<i64> {
        match self {
            StandardStream::Output => output::write(text)?,
            StandardStream::Errors => std::io::stderr().write_all(text.as_bytes()).map_err(Exception::from_error)?,
        }
        Ok(text.chars().count() as i64)
    }

    /// `sys.stdout.flush()`
    pub fn flush(&self) -> Result<()> {
        match self {
            StandardStream::Output => std::io::stdout().flush().map_err(Exception::from_error),
            // Nothing waits there.
            StandardStream::Errors => Ok(()),
        }
    }

    /// `sys.stdout.name`
    pub fn name(&self) -> Str {
        match self {
            StandardStream::Output => Str::lit("<stdout>"),
            StandardStream::Errors => Str::lit("<stderr>"),
        }
    }
}

impl Output for StandardStream {
    fn write(&self, text: &Str) -> Result<i64> {
        StandardStream::write(self, text)
    }
}

/// `print(parts…, sep=sep, end=end, file=file)`
pub fn print<F: Output>(parts: &[Str], sep: &Str, end: &Str, file: &F) -> Result<()> {
    let parts: Vec<&str> = parts.iter().map(Str::as_str).collect();
    let line = parts.join(sep.as_str()) + end.as_str();
    file.write(&Str::from(line)).map(drop)
}

// SAFETY: it owns nothing.
unsafe impl Trace for StandardStream {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn acyclic() -> bool {
        true
    }
}

impl Identity for StandardStream {
    fn is(&self, other: &StandardStream) -> bool {
        self == other
    }

    fn id(&self) -> i64 {
        *self as i64
    }
}

impl Equal for StandardStream {
    fn eq(&self, other: &StandardStream) -> Result<bool> {
        Ok(self == other)
    }
}

impl Hashed for StandardStream {
    fn hash(&self) -> Result<i64> {
        Ok(self.id())
    }
}

impl Truth for StandardStream {
    fn truth(&self) -> Result<bool> {
        Ok(true)
    }
}

impl Show for StandardStream {
    fn type_name(&self) -> &'static str {
        "TextIOWrapper"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("<_io.TextIOWrapper name='{}' mode='w' encoding='utf-8'>", self.name()));
        Ok(())
    }
}

impl core::fmt::Debug for StandardStream {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.repr().map_err(|_| core::fmt::Error)?)
    }
}
