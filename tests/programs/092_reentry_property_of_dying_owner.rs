//! Fields are released one by one: a later field's `__del__` runs when earlier fields of the owner are already gone.

use super::python::*;

golden!("092_reentry_property_of_dying_owner");

#[managed]
struct Part {
    name: &'static str,
    /// A weak field would not tell a dead sibling from none at all.
    #[managed(mut)]
    sibling: Option<Weak<Part>>,
}

#[managed]
impl Part {
    fn __del__(&self) {
        match self.sibling() {
            None => out!("del {}", self.name),
            Some(sibling) => out!("del {} sibling gone: {}", self.name, repr(&sibling.upgrade().is_none())),
        }
    }
}

#[managed(new = from_fields)]
struct Owner {
    first: Gc<Part>,
    second: Gc<Part>,
    third: Gc<Part>,
}

impl Owner {
    fn new() -> Gc<Self> {
        let this = Owner::from_fields(Part::new("first", None), Part::new("second", None), Part::new("third", None));
        this.first.set_sibling(Some(Gc::downgrade(&this.third)));
        this.second.set_sibling(Some(Gc::downgrade(&this.first)));
        this.third.set_sibling(Some(Gc::downgrade(&this.second)));
        this
    }
}

fn main() {
    let o = Owner::new();
    drop(o);
    out!("end");
}
