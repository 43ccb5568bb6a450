//! A tokenizer as a chain of generators: characters, tokens, the values of lines. Each stage runs only as far as it is
//! asked to, and one that is abandoned closes those before it.

use refcycle::gc_script;

gc_script! {
    class Token {
        kind: str;
        text: str;

        def __init__(self, kind: str, text: str) { self.kind = kind; self.text = text; }
    }

    class SyntaxProblem(Exception) { }

    def characters(text: str) -> Iterator[str] {
        try {
            for c in text { yield c; }
            yield "\n";
        } finally {
            print("source closed");
        }
    }

    def tokens(source: Iterator[str]) raises -> Iterator[Token] {
        number = "";
        for c in source {
            if c.isdigit() { number += c; continue; }
            if number != "" { yield Token("number", number); number = ""; }
            if c in "+*" { yield Token("operator", c); }
            elif c == "\n" { yield Token("end", "end of line"); }
            elif c != " " { raise SyntaxProblem("unexpected character " + c); }
        }
    }

    def values(stream: Iterator[Token]) raises -> Iterator[int] {
        while True {
            token = next(stream, None);
            if token is None { return; }
            total, product = 0, 1;
            while True {
                if token.kind != "number" { raise SyntaxProblem("expected a number, found " + token.text); }
                product *= int(token.text);
                token = next(stream);
                if token.kind == "end" { break; }
                if token.text == "+" { total += product; product = 1; }
                token = next(stream);
            }
            yield total + product;
        }
    }

    def evaluate(text: str) raises -> Iterator[int] { yield from values(tokens(characters(text))); }
}

/// Runs the pipeline from Rust, where it is an iterator of results.
pub fn main() {
    for text in ["1 + 2 * 3\n10 * 10", "2 * + 3", "4 $ 4"] {
        for value in evaluate(text.into()) {
            match value {
                Ok(value) => println!("value {value}"),
                Err(problem) => println!("problem: {problem}"),
            }
        }
    }
    let first = evaluate("7 * 6\n1".into()).next();
    println!("first value {}", first.unwrap().unwrap());
}
