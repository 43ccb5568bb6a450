//! Every weak reference to the object is dead before the first callback runs.

use super::python::*;

golden!("253_weak_all_cleared_before_callbacks");

#[managed]
struct T {
    name: &'static str,
}

#[managed]
struct Panel {
    #[managed(mut, default)]
    refs: Vec<WeakRef<T>>,
}

impl Panel {
    fn report(&self) {
        let states: Vec<bool> = self.refs().iter().map(|x| x.upgrade().is_none()).collect();
        out!("callback sees {}", repr(&states));
    }
}

fn main() {
    let p = Panel::new();
    let t = T::new("t");
    for _ in 0..3 {
        p.refs_mut().push(WeakRef::with_callback(&t, p.clone(), |p, _| p.report()));
    }
    drop(t);
    out!("end");
}
