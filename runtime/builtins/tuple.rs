//! `tuple[A, B]`: a value that lies in what holds it. Its items are released last to first. A collection counts it as an
//! object of its own all the same, as Python's users expect.

use super::Result;
use super::protocol::{Compare, Equal, Hashed, Identity, Show, Truth, hash_sequence, same_or_equal};
use crate::trace::{Step, Trace, Tracer};
use core::fmt;

/// The empty tuple.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tuple0;

/// The arguments of a [`Function`](super::Function), as Rust has them.
pub trait Arguments: Trace + Clone {
    /// The tuple that a script has for them.
    type Tuple: Trace + Clone;

    /// The arguments as a script's tuple.
    fn tuple(self) -> Self::Tuple;
}

impl Arguments for () {
    type Tuple = Tuple0;

    fn tuple(self) -> Tuple0 {
        Tuple0
    }
}

/// Declares a tuple type: its fields stand in reverse, since Rust drops them in the order of declaration.
macro_rules! tuples {
    ($($name:ident $count:literal: $(($type:ident $field:ident $index:tt))+; reversed $(($rtype:ident $rfield:ident))+;)+) => {$(
        #[doc = concat!("A tuple of ", $count, "; the last item is dropped first. It can be taken apart by a pattern, and converts from and into Rust's tuple.")]
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        pub struct $name<$($type),+> {
            $(pub $rfield: $rtype,)+
        }

        impl<$($type),+> $name<$($type),+> {
            /// A tuple of these items.
            #[inline]
            #[allow(clippy::too_many_arguments)]
            pub const fn new($($field: $type),+) -> Self {
                $name { $($field),+ }
            }
        }

        impl<$($type),+> From<($($type,)+)> for $name<$($type),+> {
            #[inline]
            fn from(($($field,)+): ($($type,)+)) -> Self {
                $name { $($field),+ }
            }
        }

        impl<$($type),+> From<$name<$($type),+>> for ($($type,)+) {
            #[inline]
            fn from(tuple: $name<$($type),+>) -> Self {
                ($(tuple.$field,)+)
            }
        }

        // SAFETY: the fields are all that it owns.
        unsafe impl<$($type: Trace),+> Trace for $name<$($type),+> {
            #[inline]
            fn trace(&self, tracer: &mut Tracer<'_>) {
                if !Self::acyclic() {
                    tracer.inline_object();
                }
                $(self.$field.trace(tracer);)+
            }

            fn trace_named(&self, tracer: &mut Tracer<'_>) {
                $(tracer.step(Step::Index($index), |tracer| self.$field.trace_named(tracer));)+
            }

            fn acyclic() -> bool {
                $($type::acyclic())&&+
            }

            #[inline]
            fn drops_quietly() -> bool {
                $($type::drops_quietly())&&+
            }

            #[inline]
            fn clones_quietly() -> bool {
                $($type::clones_quietly())&&+
            }
        }

        impl<$($type: Show),+> fmt::Debug for $name<$($type),+> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.repr().map_err(|_| fmt::Error)?)
            }
        }

        impl<$($type: Trace + Clone),+> Arguments for ($($type,)+) {
            type Tuple = $name<$($type),+>;

            fn tuple(self) -> Self::Tuple {
                self.into()
            }
        }

        protocols!($name<$($type),+>, $count: $(($type $field))+);
        protocols!(($($type,)+), $count: $(($type $index))+);
    )+};
}

/// The protocols of a tuple, ours or Rust's.
macro_rules! protocols {
    ($tuple:ty, $count:literal: $(($type:ident $item:tt))+) => {
        impl<$($type: Show),+> Show for $tuple {
            fn type_name(&self) -> &'static str {
                "tuple"
            }

            fn write_repr(&self, out: &mut String) -> Result<()> {
                let mut separator = "(";
                $(
                    out.push_str(separator);
                    self.$item.write_repr(out)?;
                    separator = ", ";
                )+
                let _ = separator;
                out.push_str(if $count == 1 { ",)" } else { ")" });
                Ok(())
            }
        }

        impl<$($type: Equal + Identity),+> Equal for $tuple {
            fn eq(&self, other: &Self) -> Result<bool> {
                $(if !same_or_equal(&self.$item, &other.$item)? {
                    return Ok(false);
                })+
                Ok(true)
            }
        }

        impl<$($type: Compare + Equal + Identity),+> Compare for $tuple {
            fn lt(&self, other: &Self) -> Result<bool> {
                $(if !same_or_equal(&self.$item, &other.$item)? {
                    return Compare::lt(&self.$item, &other.$item);
                })+
                Ok(false)
            }

            fn le(&self, other: &Self) -> Result<bool> {
                $(if !same_or_equal(&self.$item, &other.$item)? {
                    return Compare::le(&self.$item, &other.$item);
                })+
                Ok(true)
            }

            fn gt(&self, other: &Self) -> Result<bool> {
                $(if !same_or_equal(&self.$item, &other.$item)? {
                    return Compare::gt(&self.$item, &other.$item);
                })+
                Ok(false)
            }

            fn ge(&self, other: &Self) -> Result<bool> {
                $(if !same_or_equal(&self.$item, &other.$item)? {
                    return Compare::ge(&self.$item, &other.$item);
                })+
                Ok(true)
            }
        }

        impl<$($type: Hashed),+> Hashed for $tuple {
            const COMPARING_RUNS_CODE: bool = $($type::COMPARING_RUNS_CODE)||+;

            fn hash(&self) -> Result<i64> {
                Ok(hash_sequence([$(Hashed::hash(&self.$item)?),+].into_iter()))
            }
        }

        impl<$($type: Identity),+> Identity for $tuple {
            fn is(&self, other: &Self) -> bool {
                $(self.$item.is(&other.$item))&&+
            }

            fn id(&self) -> i64 {
                hash_sequence([$(self.$item.id()),+].into_iter())
            }
        }

        impl<$($type),+> Truth for $tuple {
            fn truth(&self) -> Result<bool> {
                Ok(true)
            }
        }

        impl<$($type),+> super::protocol::Len for $tuple {
            fn len(&self) -> Result<i64> {
                Ok($count)
            }
        }
    };
}

tuples! {
    Tuple1 1: (A _0 0); reversed (A _0);
    Tuple2 2: (A _0 0) (B _1 1); reversed (B _1) (A _0);
    Tuple3 3: (A _0 0) (B _1 1) (C _2 2); reversed (C _2) (B _1) (A _0);
    Tuple4 4: (A _0 0) (B _1 1) (C _2 2) (D _3 3); reversed (D _3) (C _2) (B _1) (A _0);
    Tuple5 5: (A _0 0) (B _1 1) (C _2 2) (D _3 3) (E _4 4); reversed (E _4) (D _3) (C _2) (B _1) (A _0);
    Tuple6 6: (A _0 0) (B _1 1) (C _2 2) (D _3 3) (E _4 4) (F _5 5); reversed (F _5) (E _4) (D _3) (C _2) (B _1) (A _0);
    Tuple7 7: (A _0 0) (B _1 1) (C _2 2) (D _3 3) (E _4 4) (F _5 5) (G _6 6); reversed (G _6) (F _5) (E _4) (D _3) (C _2) (B _1) (A _0);
    Tuple8 8: (A _0 0) (B _1 1) (C _2 2) (D _3 3) (E _4 4) (F _5 5) (G _6 6) (H _7 7); reversed (H _7) (G _6) (F _5) (E _4) (D _3) (C _2) (B _1) (A _0);
}

impl Show for Tuple0 {
    fn type_name(&self) -> &'static str {
        "tuple"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str("()");
        Ok(())
    }
}

impl Truth for Tuple0 {
    fn truth(&self) -> Result<bool> {
        Ok(false)
    }
}

impl super::protocol::Len for Tuple0 {
    fn len(&self) -> Result<i64> {
        Ok(0)
    }
}

impl Equal for Tuple0 {
    fn eq(&self, _other: &Tuple0) -> Result<bool> {
        Ok(true)
    }
}

impl Identity for Tuple0 {
    fn is(&self, _other: &Tuple0) -> bool {
        true
    }

    fn id(&self) -> i64 {
        0
    }
}

impl Hashed for Tuple0 {
    const COMPARING_RUNS_CODE: bool = false;

    fn hash(&self) -> Result<i64> {
        Ok(hash_sequence([].into_iter()))
    }
}

// SAFETY: it owns nothing.
unsafe impl Trace for Tuple0 {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn acyclic() -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::Str;
    use crate::builtins::testing::{Noisy, log};

    #[test]
    fn the_last_item_is_released_first() {
        drop(Tuple3::new(Noisy::new("a"), Noisy::new("b"), Noisy::new("c")));
        assert_eq!(log(), ["c", "b", "a"]);
    }

    #[test]
    fn it_can_be_taken_apart() {
        let Tuple2 { _0: name, _1: age } = Tuple2::new("ann", 40);
        assert_eq!((name, age), Tuple2 { _0: "ann", _1: 40 }.into());
    }

    #[test]
    fn printing() {
        assert_eq!(format!("{:?}", Tuple1::new(1i64)), "(1,)");
        assert_eq!(format!("{:?}", Tuple2::new(Str::lit("a"), Tuple2::new(1.0, None::<bool>))), "('a', (1.0, None))");
        assert_eq!(Show::repr(&Tuple0).unwrap(), "()");
        assert_eq!(Show::repr(&(1i64, true)).unwrap(), "(1, True)");
    }

    #[test]
    fn order_is_that_of_the_first_difference() {
        assert!(Compare::lt(&Tuple2::new(1i64, 2i64), &Tuple2::new(1, 3)).unwrap());
        assert!(!Compare::lt(&Tuple2::new(1i64, 2i64), &Tuple2::new(1, 2)).unwrap());
        assert!(Compare::ge(&(2i64, 0i64), &(1, 9)).unwrap());
    }

    #[test]
    fn hashes_are_cpythons() {
        assert_eq!(Hashed::hash(&Tuple2::new(1i64, 2i64)).unwrap(), -3550055125485641917);
        assert_eq!(Hashed::hash(&(1i64, 2i64, 3i64)).unwrap(), 529344067295497451);
    }
}
