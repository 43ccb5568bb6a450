//! Arithmetic of `int` in constants, where rustc evaluates it and a failure is a compile error.

use super::int::{quotient, rest};

/// `a // b`
pub const fn floordiv(a: i64, b: i64) -> i64 {
    assert!(b != 0, "integer division or modulo by zero");
    quotient(a, b)
}

/// `a % b`
pub const fn rem(a: i64, b: i64) -> i64 {
    assert!(b != 0, "integer modulo by zero");
    rest(a, b)
}

/// `a << b`
pub const fn shl(a: i64, b: i64) -> i64 {
    assert!(b >= 0, "negative shift count");
    assert!(b < 64 && a << b >> b == a, "integer overflow: the result doesn't fit in 64 bits");
    a << b
}

/// `a >> b`
pub const fn shr(a: i64, b: i64) -> i64 {
    assert!(b >= 0, "negative shift count");
    a >> if b < 64 { b } else { 63 }
}

/// `a ** b`
pub const fn pow(a: i64, b: i64) -> i64 {
    assert!(b >= 0, "an int to a negative power is no int: write a float as the base");
    assert!(b <= u32::MAX as i64, "integer overflow: the result doesn't fit in 64 bits");
    a.checked_pow(b as u32).expect("integer overflow: the result doesn't fit in 64 bits")
}
