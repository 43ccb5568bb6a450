//! A tuple in a cycle closed through a list or an object.

use super::python::*;

golden!("154_cycle_tuple");

#[managed]
struct Pair {
    name: &'static str,
    #[managed(mut, default)]
    both: Option<Gc<(Gc<Pair>, Gc<Pair>)>>,
}

#[managed]
impl Pair {
    fn __del__(&self) {
        let both = self.both().unwrap();
        out!("del {} {} {}", self.name, both.0.name, both.1.name);
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let items: Gc<List<Object>> = List::new();
    let t = Gc::new((items.clone(), 1));
    items.append(t.clone().into());
    drop(t);
    drop(items);
    out!("collected {}", gc::collect());
    let a = Pair::new("a");
    let b = Pair::new("b");
    a.set_both(Some(Gc::new((a.clone(), b.clone()))));
    b.set_both(Some(Gc::new((b.clone(), a.clone()))));
    drop((a, b));
    out!("collected {}", gc::collect());
}
