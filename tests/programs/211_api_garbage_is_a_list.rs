//! `gc::garbage` stays empty for cycles with `__del__`; it is an ordinary list that keeps what one puts there.

use super::python::*;
use refcycle::gc::garbage;

golden!("211_api_garbage_is_a_list");

#[managed(new = from_fields)]
struct Node {
    name: &'static str,
    #[managed(mut)]
    me: Option<Gc<Node>>,
}

impl Node {
    fn new(name: &'static str) -> Gc<Self> {
        let this = Node::from_fields(name, None);
        this.set_me(Some(this.clone()));
        this
    }
}

#[managed]
impl Node {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn main() {
    gc::collect();
    gc::disable();
    Node::new("a");
    gc::collect();
    out!("garbage {}", garbage::len());
    let n = Node::new("b");
    garbage::append(n.clone().into());
    drop(n);
    out!("collected {} garbage {}", gc::collect(), garbage::len());
    // The only element.
    garbage::clear();
    out!("collected {} garbage {}", gc::collect(), garbage::len());
}
