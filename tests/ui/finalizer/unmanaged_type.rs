use refcycle::managed;


struct A;

#[managed]
impl A {
    fn __del__(&self) {}
}

#[derive(refcycle::Trace)]
struct Part;

#[managed]
impl Part {
    fn __del__(&self) {}
}

fn main() {}
