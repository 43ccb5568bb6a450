//! Scripts in the middle of Rust functions: they see the Rust names around them, assign those that they name with
//! `nonlocal`, have a value, and hand on what they raise as a `Result`.

use std::collections::BTreeMap;

use refcycle::builtins::Exception;
use refcycle::gc_script;

/// A script is an expression: its value is that of its last line.
fn average(numbers: &[f64]) -> f64 {
    gc_script! {
        total = 0.0;
        for number in numbers { total += number; }
        total / len(numbers)
    }
}

/// A script assigns Rust's variables.
fn longest(words: Vec<&str>) -> (String, i64) {
    let mut found = String::new();
    let mut length = 0;
    gc_script! {
        nonlocal found, length;
        for word in words {
            if len(word) > length { found = word.to_owned(); length = len(word); }
        }
    }
    (found, length)
}

/// A script raises, and Rust's `?` takes it on.
fn settings(text: &str) -> Result<BTreeMap<String, i64>, Exception> {
    let mut settings = BTreeMap::new();
    gc_script! {
        raises;
        nonlocal settings;
        for line in str(text).splitlines() {
            name, _, value = line.partition("=");
            try {
                settings.insert(name.strip().to_string(), int(value));
            } except ValueError as e {
                raise ValueError(f "{name.strip()}: {e}") from e;
            }
        }
    }?;
    Ok(settings)
}

/// Calls each of them.
pub fn main() {
    println!("average {:?}", average(&[1.5, 2.5, 5.0]));

    let (word, length) = longest(vec!["to", "compile", "a", "script"]);
    println!("{word} has {length} letters");

    for text in ["width = 80\nheight = 24", "width = 80\nheight = tall"] {
        match settings(text) {
            Ok(settings) => println!("area {}", settings["width"] * settings["height"]),
            Err(problem) => println!("{problem}"),
        }
    }
}
