use refcycle::managed;


#[managed]
struct A {
    n: i32,
}

impl A {
    fn __del__(&self) {
        println!("{}", self.n);
    }
}

fn main() {
    drop(A::new(1));
}
