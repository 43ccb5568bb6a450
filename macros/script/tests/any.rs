//! Errors about `any`.

use super::errors;

#[test]
fn operators_need_types() {
    let help = "help: give it a type first: `n: int = …;`, or ask `if isinstance(x, int) { … }`\n";
    assert_eq!(
        errors("def f(x: any) -> int { return x + 1; }"),
        format!("1:33 `+` needs to know what an `any` is\n{help}")
    );
    assert_eq!(errors("def f(x: any) { print(-x); }"), format!("1:24 `-` needs to know what an `any` is\n{help}"));
    assert_eq!(errors("def f(x: any) -> int { if isinstance(x, int) { return x + 1; } return 0; }"), "");
}

#[test]
fn arguments_by_name() {
    assert_eq!(
        errors("def f(x: any) { x.method(n=1); }"),
        "1:26 arguments are named only in calls of what the script declares\nhelp: pass it by position\n"
    );
}

#[test]
fn raising_an_any() {
    assert_eq!(
        errors("def f(x: any) raises { raise x; }"),
        "1:30 only exceptions can be raised, and this is `any`\nhelp: write `raise ValueError(\"…\");`\n"
    );
}

#[test]
fn managers_need_types() {
    assert_eq!(
        errors("def f(x: any) { with x as y { print(y); } }"),
        "1:22 what an `any` does when it is entered is not known\nhelp: give it a type first: `m: Manager = …;`\n"
    );
}
