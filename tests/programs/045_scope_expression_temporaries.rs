//! An intermediate object dies as soon as the statement is over that reads a value from it.

use super::python::*;

golden!("045_scope_expression_temporaries");

#[managed]
struct Part {
    name: String,
}

#[managed]
impl Part {
    fn __del__(&self) {
        out!("del part {}", self.name);
    }
}

#[managed(new = from_fields)]
struct Whole {
    part: Gc<Part>,
    tag: &'static str,
}

impl Whole {
    fn new(tag: &'static str) -> Gc<Self> {
        Whole::from_fields(Part::new(format!("{tag}.part")), tag)
    }

    fn get(&self) -> Gc<Part> {
        self.part.clone()
    }
}

#[managed]
impl Whole {
    fn __del__(&self) {
        out!("del whole {}", self.tag);
    }
}

fn show(s: &str) -> String {
    out!("show {s}");
    s.to_owned()
}

fn main() {
    out!("tag read");
    let t = Whole::new("a").tag;
    out!("tag is {t}");
    out!("name through field");
    let n = Whole::new("b").part.name.clone();
    out!("name is {n}");
    out!("keep part");
    let p = Whole::new("c").part.clone();
    out!("kept {}", p.name);
    out!("through method");
    let q = Whole::new("d").get();
    out!("kept {}", q.name);
    out!("concat");
    let tag_of = |whole: Gc<Whole>| whole.tag;
    out!("{}{}", show(tag_of(Whole::new("e"))), show(tag_of(Whole::new("f"))));
    out!("end");
    drop((p, q));
}
