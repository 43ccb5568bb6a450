use refcycle::managed;

use refcycle::Trace;

#[managed]
struct Show<T: Trace> {
    value: T,
}

#[managed]
impl Show<i32> {
    fn __del__(&self) {
        println!("{}", self.value);
    }
}

fn main() {}
