//! Constants among items.

use super::errors;

#[test]
fn constants_are_computed_by_rustc() {
    assert_eq!(
        errors("A: int = 2; B: int = A + 1; C: list[int] = [B]; def f() -> int { return A; } D: int = -f();"),
        "1:44 a constant is made of literals, other constants and operators\nhelp: write a function: `def C() -> list[int] { return …; }`\n1:87 a constant is made of literals, other constants and operators\nhelp: write a function: `def D() -> int { return …; }`\n"
    );
}
