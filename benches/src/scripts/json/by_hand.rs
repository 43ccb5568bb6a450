//! As Rust with `#[managed]` types: a value is an enum, text a `String`.

use std::fmt::Write;

use indexmap::IndexMap;
use refcycle::{Gc, managed};

#[managed]
enum Value {
    Null,
    Flag(bool),
    Number(f64),
    Text(String),
    Array(Vec<Gc<Value>>),
    Object(IndexMap<String, Gc<Value>>),
}

impl Value {
    fn write(&self, out: &mut String) {
        match self {
            Value::Null => out.push_str("null"),
            Value::Flag(value) => out.push_str(if *value { "true" } else { "false" }),
            // `-0.0` is written as CPython writes the int that it is.
            Value::Number(value) => write!(out, "{}", value + 0.0).expect("a string can be written to"),
            Value::Text(text) => write_text(text, out),
            Value::Array(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Value::Object(entries) => {
                out.push('{');
                for (i, (key, value)) in entries.iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    write_text(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }

    fn weight(&self) -> i64 {
        match self {
            Value::Null | Value::Flag(_) => 1,
            Value::Number(value) => *value as i64,
            Value::Text(text) => text.chars().count() as i64,
            Value::Array(items) => items.iter().map(|item| item.weight()).sum(),
            Value::Object(entries) => {
                entries.iter().map(|(key, value)| key.chars().count() as i64 + value.weight()).sum()
            }
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            _ => out.push(c),
        }
    }
    out.push('"');
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn fail<T>(&self, wanted: &str) -> Result<T, String> {
        Err(format!("expected {wanted} at {}", self.at))
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn peek(&mut self) -> Result<u8, String> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
        self.byte().map_or_else(|| self.fail("more text"), Ok)
    }

    fn expect(&mut self, wanted: u8) -> Result<(), String> {
        if self.peek()? != wanted {
            return self.fail(&char::from(wanted).to_string());
        }
        self.at += 1;
        Ok(())
    }

    fn literal(&mut self, text: &str, value: Value) -> Result<Value, String> {
        if !self.text[self.at..].starts_with(text) {
            return self.fail(text);
        }
        self.at += text.len();
        Ok(value)
    }

    fn value(&mut self) -> Result<Gc<Value>, String> {
        let value = match self.peek()? {
            b'{' => self.object(),
            b'[' => self.array(),
            b'"' => self.string().map(Value::Text),
            b't' => self.literal("true", Value::Flag(true)),
            b'f' => self.literal("false", Value::Flag(false)),
            b'n' => self.literal("null", Value::Null),
            _ => self.number(),
        };
        value.map(Gc::new)
    }

    fn object(&mut self) -> Result<Value, String> {
        self.expect(b'{')?;
        let mut entries = IndexMap::new();
        if self.peek()? == b'}' {
            self.at += 1;
            return Ok(Value::Object(entries));
        }
        loop {
            let key = self.string()?;
            self.expect(b':')?;
            entries.insert(key, self.value()?);
            if self.peek()? == b'}' {
                self.at += 1;
                return Ok(Value::Object(entries));
            }
            self.expect(b',')?;
        }
    }

    fn array(&mut self) -> Result<Value, String> {
        self.expect(b'[')?;
        let mut items = Vec::new();
        if self.peek()? == b']' {
            self.at += 1;
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value()?);
            if self.peek()? == b']' {
                self.at += 1;
                return Ok(Value::Array(items));
            }
            self.expect(b',')?;
        }
    }

    fn string(&mut self) -> Result<String, String> {
        self.expect(b'"')?;
        let mut found = String::new();
        let mut start = self.at;
        while let Some(byte) = self.byte() {
            match byte {
                b'"' => {
                    found.push_str(&self.text[start..self.at]);
                    self.at += 1;
                    return Ok(found);
                }
                b'\\' => {
                    found.push_str(&self.text[start..self.at]);
                    found.push(self.escape()?);
                    start = self.at;
                }
                _ => self.at += 1,
            }
        }
        self.fail("the end of the string")
    }

    fn escape(&mut self) -> Result<char, String> {
        let rest = &self.text[self.at + 1..];
        let Some(c) = rest.chars().next() else { return self.fail("an escape") };
        self.at += 1 + c.len_utf8();
        Ok(match c {
            'n' => '\n',
            't' => '\t',
            'u' => {
                let code = rest.get(1..5).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                let Some(c) = code.and_then(char::from_u32) else { return self.fail("four hex digits") };
                self.at += 4;
                c
            }
            c => c,
        })
    }

    fn number(&mut self) -> Result<Value, String> {
        let start = self.at;
        while let Some(b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E') = self.byte() {
            self.at += 1;
        }
        match self.text[start..self.at].parse() {
            Ok(number) => Ok(Value::Number(number)),
            Err(_) => self.fail("a value"),
        }
    }
}

fn document(count: i64) -> String {
    let records: Vec<String> = (0..count)
        .map(|i| {
            let tags = r#"["red", "green \"and\" blue", "caf\u00e9"]"#;
            let place = format!(r#"{{"x": {i}.5, "y": -{}, "z": 1e3}}"#, i * 3);
            let name = format!(r#""id": {i}, "name": "record {i}""#);
            format!(r#"{{{name}, "tags": {tags}, "place": {place}, "ok": true, "next": null}}"#)
        })
        .collect();
    format!("{{\"records\": [\n  {}\n]}}", records.join(",\n  "))
}

pub fn run(times: i64) -> i64 {
    let text = document(200);
    let mut total = 0;
    for _ in 0..times {
        let found = Parser { text: &text, at: 0 }.value().expect("the document is well formed");
        let mut out = String::new();
        found.write(&mut out);
        total += found.weight() + out.chars().count() as i64;
    }
    total
}
