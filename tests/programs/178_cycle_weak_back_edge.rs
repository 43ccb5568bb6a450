//! With a weak back edge the same structure is freed by refcount alone.

use super::python::*;

golden!("178_cycle_weak_back_edge");

#[managed]
struct StrongChild {
    parent: Gc<StrongParent>,
}

#[managed]
impl StrongChild {
    fn __del__(&self) {
        out!("del strong child");
    }
}

#[managed]
struct StrongParent {
    #[managed(mut, default)]
    child: Option<Gc<StrongChild>>,
}

#[managed]
impl StrongParent {
    fn __del__(&self) {
        out!("del strong parent");
    }
}

#[managed]
struct WeakChild {
    #[managed(weak)]
    parent: Option<Gc<WeakParent>>,
}

#[managed]
impl WeakChild {
    fn __del__(&self) {
        out!("del weak child, parent gone: {}", repr(&self.parent().is_none()));
    }
}

#[managed]
struct WeakParent {
    #[managed(mut, default)]
    child: Option<Gc<WeakChild>>,
}

#[managed]
impl WeakParent {
    fn __del__(&self) {
        out!("del weak parent");
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let s = StrongParent::new();
    s.set_child(Some(StrongChild::new(s.clone())));
    drop(s);
    out!("strong: nothing yet");
    out!("collected {}", gc::collect());
    let w = WeakParent::new();
    w.set_child(Some(WeakChild::new(Some(w.clone()))));
    let parent = w.child().unwrap().parent().unwrap();
    out!("weak parent reachable: {}", repr(&Gc::ptr_eq(&parent, &w)));
    drop((parent, w));
    out!("weak: freed already, collected {}", gc::collect());
}
