//! What only rustc can say: messages of generated code, as users see them.

use trybuild::TestCases;

#[test]
fn accepted() {
    TestCases::new().pass("tests/ui/pass/*.rs");
}

#[test]
fn refused() {
    let cases = TestCases::new();
    for rule in RULES {
        cases.compile_fail(format!("tests/ui/{rule}/*.rs"));
    }
}

const RULES: &[&str] = &[
    "access",
    "acyclic",
    "borrow",
    "construct",
    "derives",
    "drop",
    "finalizer",
    "generators",
    "items",
    "options",
    "script",
    "several",
    "this",
    "thread",
    "unmanaged",
    "untraceable",
    "weak",
];
