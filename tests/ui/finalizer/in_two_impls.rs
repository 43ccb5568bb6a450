use refcycle::managed;


#[managed]
struct A;

#[managed]
impl A {
    fn __del__(&self) {}
}

#[managed]
impl A {
    fn __del__(&self) {}
}

fn main() {}
