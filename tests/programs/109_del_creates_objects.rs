//! Objects created inside `__del__` live and die normally, nested inside it.

use super::python::*;

golden!("109_del_creates_objects");

#[managed(new = from_fields)]
struct Spark {
    name: String,
}

impl Spark {
    fn new(name: String) -> Gc<Self> {
        out!("new spark {name}");
        Spark::from_fields(name)
    }
}

#[managed]
impl Spark {
    fn __del__(&self) {
        out!("del spark {}", self.name);
    }
}

#[managed]
struct Bomb {
    depth: i64,
}

#[managed]
impl Bomb {
    fn __del__(&self) {
        out!("del bomb {}", self.depth);
        let _s = Spark::new(format!("s{}", self.depth));
        if self.depth > 0 {
            Bomb::new(self.depth - 1);
        }
        out!("end of del bomb {}", self.depth);
    }
}

fn main() {
    let b = Bomb::new(2);
    drop(b);
    out!("end");
}
