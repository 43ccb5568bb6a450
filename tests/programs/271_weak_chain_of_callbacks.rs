//! Each callback may drop the next object, giving nested deaths.

use super::python::*;

golden!("271_weak_chain_of_callbacks");

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
struct Chain {
    items: Gc<List<Gc<T>>>,
    refs: Gc<List<WeakRef<T>>>,
}

impl Chain {
    fn add(this: &Gc<Self>, t: Gc<T>) {
        this.items.append(t.clone());
        this.refs.append(WeakRef::with_callback(&t, this.clone(), |chain, _| chain.next()));
    }

    fn next(&self) {
        out!("callback, left {}", self.items.len());
        if !self.items.is_empty() {
            self.items.pop_at(0);
        }
        out!("callback done");
    }
}

fn main() {
    let c = Chain::new(List::new(), List::new());
    for n in ["a", "b", "c"] {
        Chain::add(&c, T::new(n));
    }
    out!("drop first");
    c.items.pop_at(0);
    out!("end {}", repr(&c.refs.map(|r| r.upgrade().is_none())));
}
