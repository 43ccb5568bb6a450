//! An owner that builds its parts after itself was created before them, so its `__del__` comes first in a cycle.

use super::python::*;

golden!("117_del_owner_created_first");

#[managed(new = from_fields)]
struct Part {
    name: String,
    owner: Gc<Machine>,
}

impl Part {
    fn new(name: String, owner: Gc<Machine>) -> Gc<Self> {
        out!("new part {name}");
        Part::from_fields(name, owner)
    }
}

#[managed]
impl Part {
    fn __del__(&self) {
        out!("del part {} of {}", self.name, self.owner.name);
    }
}

#[managed(new = from_fields)]
struct Machine {
    name: &'static str,
    parts: Gc<List<Gc<Part>>>,
}

impl Machine {
    fn new(name: &'static str) -> Gc<Self> {
        let this = Machine::from_fields(name, List::new());
        this.parts.append(Part::new(format!("{name}.1"), this.clone()));
        this.parts.append(Part::new(format!("{name}.2"), this.clone()));
        out!("new machine {name}");
        this
    }
}

#[managed]
impl Machine {
    fn __del__(&self) {
        out!("del machine {} with {}", self.name, repr(&self.parts.map(|p| p.name.clone())));
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let m = Machine::new("m");
    drop(m);
    out!("collect");
    out!("found at least three: {}", repr(&(gc::collect() >= 3)));
}
