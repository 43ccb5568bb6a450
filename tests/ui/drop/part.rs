use refcycle::{Gc, Trace};

#[derive(Trace)]
struct Part(Gc<String>);

impl Drop for Part {
    fn drop(&mut self) {}
}

fn main() {}
