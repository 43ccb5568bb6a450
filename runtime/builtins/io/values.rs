//! Files as values of scripts.

use super::{FileObject, TextIOWrapper};
use crate::builtins::protocol::{Equal, Hashed, Identity, Show, Truth};
use crate::builtins::{Referent, Result};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};

// SAFETY: a file is its one reference.
unsafe impl Trace for TextIOWrapper {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

impl Referent for TextIOWrapper {
    type Object = FileObject;

    fn pointer(&self) -> &Gc<FileObject> {
        &self.0
    }

    fn from_pointer(pointer: Gc<FileObject>) -> TextIOWrapper {
        TextIOWrapper(pointer)
    }
}

impl Identity for TextIOWrapper {
    fn is(&self, other: &TextIOWrapper) -> bool {
        Gc::ptr_eq(&self.0, &other.0)
    }

    fn id(&self) -> i64 {
        Gc::as_ptr(&self.0).addr() as i64
    }
}

impl Equal for TextIOWrapper {
    fn eq(&self, other: &TextIOWrapper) -> Result<bool> {
        Ok(self.is(other))
    }
}

impl Hashed for TextIOWrapper {
    fn hash(&self) -> Result<i64> {
        Ok(self.id() >> 4)
    }
}

impl Truth for TextIOWrapper {
    fn truth(&self) -> Result<bool> {
        Ok(true)
    }
}

impl Show for TextIOWrapper {
    fn type_name(&self) -> &'static str {
        "TextIOWrapper"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str("<_io.TextIOWrapper name=");
        self.0.name.write_repr(out)?;
        out.push_str(&format!(" mode='{}' encoding='{}'>", self.0.mode, self.0.encoding));
        Ok(())
    }
}

impl core::fmt::Debug for TextIOWrapper {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.repr().map_err(|_| core::fmt::Error)?)
    }
}
