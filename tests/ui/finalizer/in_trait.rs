use refcycle::managed;


trait Close {}

#[managed]
struct A;

#[managed]
impl Close for A {
    fn __del__(&self) {}
}

fn main() {}
