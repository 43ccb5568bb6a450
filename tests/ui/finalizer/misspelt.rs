use refcycle::managed;


#[managed]
struct A;

#[managed]
impl A {
    fn __delete__(&self) {}
    fn __del(&self) {}
}

fn main() {}
