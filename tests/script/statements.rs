//! Statements and expressions: a script that runs where it stands.

use refcycle::gc_script;

#[test]
fn a_script_sees_the_names_around_it() {
    let xs = vec![1_i64, 2, 3];
    let total = gc_script! {
        t = 0;
        for x in xs { t += x; }
        t
    };
    assert_eq!(total, 6);
}

#[test]
fn nonlocal_assigns_a_rust_variable() {
    let mut count = 1_i64;
    gc_script! {
        nonlocal count;
        for i in range(4) { count += i; }
    }
    assert_eq!(count, 7);
}

#[test]
fn a_script_that_raises_is_a_result() {
    let result: Result<i64, refcycle::builtins::Exception> = gc_script! {
        raises;
        d = {"a": 1};
        d["a"] + d["b"]
    };
    assert_eq!(result.unwrap_err().to_string(), "'b'");
}

fn parse(text: &str) -> Result<i64, std::num::ParseIntError> {
    text.parse()
}

#[test]
fn errors_of_rust_are_exceptions() {
    let text = String::from("12x");
    let message = gc_script! {
        message = "";
        try {
            rust! { let _ = parse(&text).map_err(refcycle::builtins::Exception::from_error); }
            raise RuntimeError("not a number");
        } except RuntimeError as e {
            message = str(e);
        }
        message
    };
    assert_eq!(message.to_string(), "not a number");
}
