//! An object that is key, value, element and field of itself.

use super::python::*;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

golden!("182_cycle_self_in_own_containers");

#[managed]
struct Knot {
    name: &'static str,
    #[managed(mut, default)]
    me: Option<Gc<Knot>>,
    #[managed(mut, default)]
    items: Vec<Gc<Knot>>,
    #[managed(mut, default)]
    by_name: HashMap<&'static str, Gc<Knot>>,
    #[managed(mut, default)]
    by_key: HashMap<Gc<Knot>, &'static str>,
    #[managed(mut, default)]
    members: HashSet<Gc<Knot>>,
}

/// Python's classes compare by identity.
impl PartialEq for Knot {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Knot {}

impl Hash for Knot {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self).hash(state);
    }
}

impl Knot {
    fn tie(this: &Gc<Self>) {
        this.set_me(Some(this.clone()));
        this.set_items(vec![this.clone(), this.clone()]);
        this.set_by_name(HashMap::from([("x", this.clone())]));
        this.set_by_key(HashMap::from([(this.clone(), "x")]));
        this.members_mut().insert(this.clone());
    }

    fn untie(&self) {
        self.set_me(None);
        self.items_mut().clear();
        self.by_name_mut().clear();
        self.by_key_mut().clear();
        self.members_mut().clear();
    }
}

#[managed]
impl Knot {
    fn __del__(&self) {
        out!("del {} {} {}", self.name, self.items().len(), self.members().len());
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let a = Knot::new("tied");
    Knot::tie(&a);
    drop(a);
    out!("dropped");
    gc::collect();
    let b = Knot::new("untied");
    Knot::tie(&b);
    b.untie();
    drop(b);
    out!("end {}", gc::collect());
}
