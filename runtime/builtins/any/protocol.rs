//! Operators, `print` and `for` on an `any`: what the value in it does.

use super::{Any, Order, Repr};
use crate::builtins::protocol::{
    Compare, Contains, DelItem, Equal, GetItem, Hashed, Identity, Iterate, Len, ScriptIterator, SetItem, Show, Truth,
};
use crate::builtins::{Iter, Result};

impl Show for Any {
    fn type_name(&self) -> &'static str {
        self.value().type_name()
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        self.value().write_repr(out)
    }

    fn write_str(&self, out: &mut String) -> Result<()> {
        self.value().write_str(out)
    }

    fn write_format(&self, out: &mut String, spec: &str) -> Result<()> {
        self.value().write_format(out, spec)
    }
}

impl Truth for Any {
    fn truth(&self) -> Result<bool> {
        self.value().is_true()
    }
}

impl Identity for Any {
    fn is(&self, other: &Any) -> bool {
        match (&self.0, &other.0) {
            (Repr::None, Repr::None) => true,
            (Repr::None, _) | (_, Repr::None) => false,
            _ => self.value().is_identical(other),
        }
    }

    fn id(&self) -> i64 {
        self.value().address()
    }
}

impl Equal for Any {
    fn eq(&self, other: &Any) -> Result<bool> {
        self.equals(other)
    }
}

impl Compare for Any {
    fn lt(&self, other: &Any) -> Result<bool> {
        self.value().ordered(Order::Less, other)
    }

    fn le(&self, other: &Any) -> Result<bool> {
        self.value().ordered(Order::LessEqual, other)
    }

    fn gt(&self, other: &Any) -> Result<bool> {
        self.value().ordered(Order::Greater, other)
    }

    fn ge(&self, other: &Any) -> Result<bool> {
        self.value().ordered(Order::GreaterEqual, other)
    }
}

impl Hashed for Any {
    fn hash(&self) -> Result<i64> {
        self.value().hashed()
    }
}

impl Len for Any {
    fn len(&self) -> Result<i64> {
        self.value().length()
    }
}

impl GetItem<Any> for Any {
    type Output = Any;

    fn getitem(&self, index: &Any) -> Result<Any> {
        self.item(index)
    }
}

impl SetItem<Any, Any> for Any {
    fn setitem(&self, index: Any, value: Any) -> Result<()> {
        self.value().set_item(&index, &value)
    }
}

impl DelItem<Any> for Any {
    fn delitem(&self, index: &Any) -> Result<()> {
        self.value().delete_item(index)
    }
}

impl Contains<Any> for Any {
    fn contains(&self, item: &Any) -> Result<bool> {
        self.value().has(item)
    }
}

impl Iterate for Any {
    type Item = Any;
    type Iter = Iter<Any>;

    fn iter(&self) -> Result<Iter<Any>> {
        self.value().iterate()
    }
}

impl ScriptIterator for Any {
    type Item = Any;

    fn next(&mut self) -> Result<Option<Any>> {
        self.step()
    }
}

impl core::fmt::Debug for Any {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.repr().map_err(|_| core::fmt::Error)?)
    }
}
