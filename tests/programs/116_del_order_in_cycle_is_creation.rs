//! Within one collection `__del__` runs in creation order, whatever the linking or deletion order.

use super::python::*;

golden!("116_del_order_in_cycle_is_creation");

#[managed]
struct Node {
    name: &'static str,
    #[managed(mut, default)]
    next: Option<Gc<Node>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        out!("del {} -> next is {}", self.name, self.next().unwrap().name);
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let c = Node::new("1st");
    let a = Node::new("2nd");
    let d = Node::new("3rd");
    let b = Node::new("4th");
    a.set_next(Some(b.clone()));
    b.set_next(Some(c.clone()));
    c.set_next(Some(d.clone()));
    d.set_next(Some(a.clone()));
    drop(b);
    drop(d);
    drop(a);
    drop(c);
    out!("collected {}", gc::collect());
}
