//! Objects handed down and up through frames die exactly once at the outermost owner.

use super::python::*;

golden!("071_scope_nested_call_frames");

#[managed]
struct T {
    name: &'static str,
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

#[managed]
struct Bag {
    items: Gc<List<Gc<T>>>,
}

impl Bag {
    fn put(&self, t: Gc<T>) -> &Self {
        self.items.append(t);
        self
    }

    fn take(&self) -> Gc<T> {
        self.items.pop()
    }
}

fn inner(bag: &Bag) -> Gc<T> {
    bag.put(T::new("i1")).put(T::new("i2"));
    let t = bag.take();
    out!("inner took {}", t.name);
    t
}

fn outer(bag: &Bag) {
    let t = inner(bag);
    out!("outer has {}", t.name);
    bag.put(t);
    bag.put(inner(bag));
    out!("outer leaves {}", bag.items.len());
}

fn main() {
    let b = Bag::new(List::new());
    outer(&b);
    out!("bag {}", repr(&b.items.map(|t| t.name)));
    b.take();
    out!("took one");
    drop(b);
    out!("end");
}
