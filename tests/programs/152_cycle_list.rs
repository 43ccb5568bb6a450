//! A list that contains itself, and two lists that contain each other.

use super::python::*;

golden!("152_cycle_list");

/// `list[Any]`.
fn list() -> Gc<List<Object>> {
    List::new()
}

fn main() {
    gc::collect();
    gc::disable();
    let a = list();
    a.append(a.clone().into());
    out!("contains itself: {} {}", repr(&a.at(0).ptr_eq(&a.clone().into())), a.len());
    drop(a);
    out!("collected {}", gc::collect());
    let b = list();
    let c = List::of([Object::from(b.clone())]);
    b.append(c.clone().into());
    let inner: Gc<List<Object>> = b.at(0).downcast().unwrap();
    out!("mutual: {}", repr(&inner.at(0).ptr_eq(&b.clone().into())));
    drop((b, c, inner));
    out!("collected {}", gc::collect());
    let d = list();
    d.append(d.clone().into());
    d.pop();
    drop(d);
    out!("broken by hand, collected {}", gc::collect());
}
