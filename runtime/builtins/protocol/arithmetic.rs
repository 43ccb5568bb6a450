//! Operators of numbers and text. A bool counts as an int; an int meets a float as a float.

use super::ops::*;
use crate::builtins::number::{float, int};
use crate::builtins::{Result, Str};

/// Implements an operator and its in-place form, where that has the same type.
macro_rules! arithmetic {
    ($($trait:ident::$method:ident, $in_place:ident::$in_place_method:ident: ints $ints:expr, floats $floats:expr;)+) => {$(
        arithmetic!(@both $trait::$method, $in_place::$in_place_method, i64, i64 => i64, |a, b| $ints(*a, *b));
        arithmetic!(@both $trait::$method, $in_place::$in_place_method, i64, bool => i64, |a, b| $ints(*a, i64::from(*b)));
        arithmetic!(@both $trait::$method, $in_place::$in_place_method, f64, f64 => f64, |a, b| $floats(*a, *b));
        arithmetic!(@both $trait::$method, $in_place::$in_place_method, f64, i64 => f64, |a, b| $floats(*a, *b as f64));
        arithmetic!(@both $trait::$method, $in_place::$in_place_method, f64, bool => f64, |a, b| $floats(*a, f64::from(*b)));
        arithmetic!(@plain $trait::$method, i64, f64 => f64, |a, b| $floats(*a as f64, *b));
        arithmetic!(@plain $trait::$method, bool, i64 => i64, |a, b| $ints(i64::from(*a), *b));
        arithmetic!(@plain $trait::$method, bool, bool => i64, |a, b| $ints(i64::from(*a), i64::from(*b)));
        arithmetic!(@plain $trait::$method, bool, f64 => f64, |a, b| $floats(f64::from(*a), *b));
    )+};
    (@plain $trait:ident::$method:ident, $left:ty, $right:ty => $output:ty, |$a:ident, $b:ident| $result:expr) => {
        impl $trait<$right> for $left {
            type Output = $output;

            #[inline]
            fn $method(&self, other: &$right) -> Result<$output> {
                let ($a, $b) = (self, other);
                $result
            }
        }
    };
    (@both $trait:ident::$method:ident, $in_place:ident::$in_place_method:ident, $left:ty, $right:ty => $output:ty, |$a:ident, $b:ident| $result:expr) => {
        arithmetic!(@plain $trait::$method, $left, $right => $output, |$a, $b| $result);

        impl $in_place<$right> for $left {
            #[inline]
            fn $in_place_method(&self, other: &$right) -> Result<$left> {
                $trait::$method(self, other)
            }
        }
    };
}

arithmetic! {
    Add::add, IAdd::iadd: ints int::add, floats (|a, b| Ok(a + b));
    Sub::sub, ISub::isub: ints int::sub, floats (|a, b| Ok(a - b));
    Mul::mul, IMul::imul: ints int::mul, floats (|a, b| Ok(a * b));
    FloorDiv::floordiv, IFloorDiv::ifloordiv: ints int::floordiv, floats float::floordiv;
    Mod::rem, IMod::irem: ints int::rem, floats float::rem;
    Pow::pow, IPow::ipow: ints int::pow, floats float::pow;
}

arithmetic!(@plain TrueDiv::truediv, i64, i64 => f64, |a, b| int::truediv(*a, *b));
arithmetic!(@plain TrueDiv::truediv, i64, bool => f64, |a, b| int::truediv(*a, i64::from(*b)));
arithmetic!(@plain TrueDiv::truediv, bool, i64 => f64, |a, b| int::truediv(i64::from(*a), *b));
arithmetic!(@plain TrueDiv::truediv, bool, bool => f64, |a, b| int::truediv(i64::from(*a), i64::from(*b)));
arithmetic!(@plain TrueDiv::truediv, i64, f64 => f64, |a, b| float::div(*a as f64, *b));
arithmetic!(@plain TrueDiv::truediv, bool, f64 => f64, |a, b| float::div(f64::from(*a), *b));
arithmetic!(@both TrueDiv::truediv, ITrueDiv::itruediv, f64, f64 => f64, |a, b| float::div(*a, *b));
arithmetic!(@both TrueDiv::truediv, ITrueDiv::itruediv, f64, i64 => f64, |a, b| float::div(*a, *b as f64));
arithmetic!(@both TrueDiv::truediv, ITrueDiv::itruediv, f64, bool => f64, |a, b| float::div(*a, f64::from(*b)));

macro_rules! bits {
    ($($trait:ident::$method:ident, $in_place:ident::$in_place_method:ident: $operator:tt;)+) => {$(
        arithmetic!(@both $trait::$method, $in_place::$in_place_method, i64, i64 => i64, |a, b| Ok(*a $operator *b));
        arithmetic!(@both $trait::$method, $in_place::$in_place_method, i64, bool => i64, |a, b| Ok(*a $operator i64::from(*b)));
        arithmetic!(@both $trait::$method, $in_place::$in_place_method, bool, bool => bool, |a, b| Ok(*a $operator *b));
        arithmetic!(@plain $trait::$method, bool, i64 => i64, |a, b| Ok(i64::from(*a) $operator *b));
    )+};
}

bits! {
    And::and, IAnd::iand: &;
    Or::or, IOr::ior: |;
    Xor::xor, IXor::ixor: ^;
}

arithmetic!(@both Shl::shl, IShl::ishl, i64, i64 => i64, |a, b| int::shl(*a, *b));
arithmetic!(@both Shr::shr, IShr::ishr, i64, i64 => i64, |a, b| int::shr(*a, *b));
arithmetic!(@plain Shl::shl, bool, i64 => i64, |a, b| int::shl(i64::from(*a), *b));
arithmetic!(@plain Shr::shr, bool, i64 => i64, |a, b| int::shr(i64::from(*a), *b));

arithmetic!(@both Add::add, IAdd::iadd, Str, Str => Str, |a, b| Ok(a.concat(b)));
arithmetic!(@both Mul::mul, IMul::imul, Str, i64 => Str, |a, b| Ok(a.repeat_text(*b)));
arithmetic!(@plain Mul::mul, i64, Str => Str, |a, b| Ok(b.repeat_text(*a)));

macro_rules! unary {
    ($($trait:ident::$method:ident, $type:ty => $output:ty, |$a:ident| $result:expr;)+) => {
        $(impl $trait for $type {
            type Output = $output;

            #[inline]
            fn $method(&self) -> Result<$output> {
                let $a = *self;
                $result
            }
        })+
    };
}

unary! {
    Neg::neg, i64 => i64, |a| int::neg(a);
    Neg::neg, f64 => f64, |a| Ok(-a);
    Neg::neg, bool => i64, |a| Ok(-i64::from(a));
    Pos::pos, i64 => i64, |a| Ok(a);
    Pos::pos, f64 => f64, |a| Ok(a);
    Pos::pos, bool => i64, |a| Ok(i64::from(a));
    Invert::invert, i64 => i64, |a| Ok(!a);
    Invert::invert, bool => i64, |a| Ok(!i64::from(a));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_int_meets_a_float_as_a_float() {
        assert_eq!(Add::add(&1i64, &0.5f64).unwrap(), 1.5);
        assert_eq!(TrueDiv::truediv(&7i64, &2i64).unwrap(), 3.5);
        assert_eq!(Mod::rem(&-7i64, &2i64).unwrap(), 1);
        assert_eq!(Pow::pow(&2.0f64, &3i64).unwrap(), 8.0);
    }

    #[test]
    fn a_bool_counts() {
        assert_eq!(Add::add(&true, &true).unwrap(), 2);
        assert!(!And::and(&true, &false).unwrap());
        assert_eq!(Invert::invert(&true).unwrap(), -2);
    }

    #[test]
    fn text_is_joined_and_repeated() {
        assert_eq!(Add::add(&Str::lit("a"), &Str::lit("b")).unwrap(), "ab");
        assert_eq!(Mul::mul(&3i64, &Str::lit("ab")).unwrap(), "ababab");
        assert_eq!(IAdd::iadd(&Str::lit("a"), &Str::lit("b")).unwrap(), "ab");
    }
}
