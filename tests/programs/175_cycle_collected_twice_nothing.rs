//! A second collection finds nothing; live cycles are never touched.

use super::python::*;

golden!("175_cycle_collected_twice_nothing");

#[managed]
struct Node {
    name: &'static str,
    #[managed(mut, default)]
    peer: Option<Gc<Node>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn pair(x: &'static str, y: &'static str) -> Gc<Node> {
    let a = Node::new(x);
    let b = Node::new(y);
    a.set_peer(Some(b.clone()));
    b.set_peer(Some(a.clone()));
    a
}

fn main() {
    let live = List::new();
    gc::collect();
    gc::disable();
    live.append(pair("live1", "live2"));
    pair("dead1", "dead2");
    for _ in 0..3 {
        out!("collect {}", gc::collect());
    }
    let (first, second) = (live.at(0), live.at(0).peer().unwrap());
    out!("alive {} {} {}", first.name, second.name, repr(&Gc::ptr_eq(&second.peer().unwrap(), &first)));
    drop((first, second));
    live.pop();
    out!("collect {}", gc::collect());
}
