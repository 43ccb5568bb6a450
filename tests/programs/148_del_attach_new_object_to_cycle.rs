//! An object attached to garbage by a `__del__` dies in the teardown; if it points back it postpones everything.

use super::python::*;

golden!("148_del_attach_new_object_to_cycle");

#[managed]
struct Extra {
    name: String,
    back: Option<Gc<Node>>,
}

#[managed]
impl Extra {
    fn __del__(&self) {
        out!("del extra {} {}", self.name, repr(&self.back.is_some()));
    }
}

#[managed]
struct Node {
    name: &'static str,
    points_back: bool,
    #[managed(mut, default)]
    peer: Option<Gc<Node>>,
    #[managed(mut, default)]
    extra: Option<Gc<Extra>>,
}

#[managed]
impl Node {
    fn __del__(&self) {
        out!("del {}", self.name);
        if self.points_back {
            self.set_extra(Some(Extra::new(format!("of {}", self.name), self.peer())));
        } else if self.name == "a" {
            self.set_extra(Some(Extra::new(format!("of {}", self.name), None)));
        }
    }
}

fn pair(a: &'static str, b: &'static str, points_back: bool) {
    let x = Node::new(a, points_back);
    let y = Node::new(b, points_back);
    x.set_peer(Some(y.clone()));
    y.set_peer(Some(x.clone()));
}

fn main() {
    gc::collect();
    gc::disable();
    pair("a", "b", false);
    out!("collected {}", gc::collect());
    pair("c", "d", true);
    out!("collected {}", gc::collect());
    out!("collected {}", gc::collect());
    out!("collected {}", gc::collect());
}
