//! `type(x)`

use super::protocol::{Equal, Hashed, Identity, Show, Truth, hash_text};
use super::{Result, Str};
use crate::trace::{Trace, Tracer};

/// The type of a value, as a script sees it: it has a name.
#[derive(Clone, Copy, Debug)]
pub struct TypeObject {
    name: &'static str,
}

/// `type(x)`
pub fn type_of<T: Show + ?Sized>(x: &T) -> TypeObject {
    TypeObject { name: x.type_name() }
}

impl TypeObject {
    /// `__name__`
    pub fn __name__(&self) -> Str {
        Str::lit(self.name)
    }
}

// SAFETY: a name owns no `Gc`.
unsafe impl Trace for TypeObject {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn acyclic() -> bool {
        true
    }
}

impl Show for TypeObject {
    fn type_name(&self) -> &'static str {
        "type"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("<class '{}'>", self.name));
        Ok(())
    }
}

impl Identity for TypeObject {
    fn is(&self, other: &TypeObject) -> bool {
        self.name == other.name
    }

    fn id(&self) -> i64 {
        self.name.as_ptr().addr() as i64
    }
}

impl Equal for TypeObject {
    fn eq(&self, other: &TypeObject) -> Result<bool> {
        Ok(self.is(other))
    }
}

impl Hashed for TypeObject {
    const COMPARING_RUNS_CODE: bool = false;

    fn hash(&self) -> Result<i64> {
        Ok(hash_text(self.name.as_bytes()))
    }
}

impl Truth for TypeObject {
    fn truth(&self) -> Result<bool> {
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::List;

    #[test]
    fn types_have_names() {
        assert_eq!(type_of(&1i64).__name__(), "int");
        assert_eq!(type_of(&List::from([1i64])).repr().unwrap(), "<class 'list'>");
        assert!(type_of(&1i64).is(&type_of(&2i64)) && !type_of(&1i64).is(&type_of(&true)));
    }
}
