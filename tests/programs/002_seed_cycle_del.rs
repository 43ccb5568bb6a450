//! Two objects that refer to each other: `__del__` runs only in the collection.

use super::python::*;

golden!("002_seed_cycle_del");

#[managed(new = from_fields)]
struct MyObject {
    name: &'static str,
    #[managed(mut)]
    r#ref: Option<Gc<MyObject>>,
}

impl MyObject {
    fn new(name: &'static str) -> Gc<Self> {
        let this = MyObject::from_fields(name, None);
        out!("Object {} is created.", this.name);
        this
    }
}

#[managed]
impl MyObject {
    fn __del__(&self) {
        out!("Object {} is deleted.", self.name);
    }
}

fn main() {
    let obj1 = MyObject::new("obj1");
    let obj2 = MyObject::new("obj2");
    obj1.set_ref(Some(obj2.clone()));
    obj2.set_ref(Some(obj1.clone()));

    drop(obj1);
    drop(obj2);

    gc::collect();
}
