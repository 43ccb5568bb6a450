use refcycle::managed;

use refcycle::Trace;

#[managed]
struct Show<T: Trace> {
    value: T,
}

#[managed]
impl<T: Trace + std::fmt::Display> Show<T> {
    fn __del__(&self) {
        println!("{}", self.value);
    }
}

fn main() {}
