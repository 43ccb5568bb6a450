//! A child shared by two owners dies with the last one.

use super::python::*;

golden!("053_scope_shared_child");

#[managed]
struct Child {
    name: &'static str,
}

#[managed]
impl Child {
    fn __del__(&self) {
        out!("del child {}", self.name);
    }
}

#[managed]
struct Owner {
    name: &'static str,
    child: Gc<Child>,
}

#[managed]
impl Owner {
    fn __del__(&self) {
        out!("del owner {} holding {}", self.name, self.child.name);
    }
}

fn main() {
    let c = Child::new("c");
    let o1 = Owner::new("o1", c.clone());
    let o2 = Owner::new("o2", c.clone());
    drop(c);
    out!("name gone");
    drop(o1);
    out!("first owner gone");
    let o3 = Owner::new("o3", o2.child.clone());
    drop(o2);
    out!("second owner gone");
    drop(o3);
    out!("third owner gone");
}
