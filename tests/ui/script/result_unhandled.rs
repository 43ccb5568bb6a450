//! A call of Rust that gives a `Result` needs a place that can raise.

use refcycle::gc_script;

fn parse(text: &str) -> Result<i64, std::num::ParseIntError> {
    text.parse()
}

gc_script! {
    def number(text: str) -> int {
        return parse(text.as_str());
    }
}

fn main() {
    let text = "7";
    gc_script! {
        n = parse(text);
        print(n, text.parse_as_number());
    }
}

trait Parse {
    fn parse_as_number(&self) -> Result<i64, String>;
}

impl Parse for str {
    fn parse_as_number(&self) -> Result<i64, String> {
        self.parse().map_err(|_| "no number".to_owned())
    }
}
