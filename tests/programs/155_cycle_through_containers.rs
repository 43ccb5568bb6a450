//! Object -> list -> dict -> tuple -> object: every container on the way is counted if it is an object.

use super::python::*;
use std::cell::RefCell;
use std::collections::HashMap;

golden!("155_cycle_through_containers");

type Dict<K, V> = Gc<RefCell<HashMap<K, V>>>;
type Row = Gc<(Gc<Root>, i64)>;

#[managed]
struct Root {
    name: &'static str,
    items: Gc<List<Dict<&'static str, Row>>>,
}

impl Root {
    /// `self.items[0]["k"][0]`
    fn via_containers(&self) -> Gc<Root> {
        self.items.at(0).borrow()["k"].0.clone()
    }
}

#[managed]
impl Root {
    fn __del__(&self) {
        out!("del {} via itself: {}", self.name, self.via_containers().name);
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let r = Root::new("r", List::new());
    let row = Gc::new((r.clone(), 1));
    r.items.append(Gc::new(RefCell::new(HashMap::from([("k", row.clone())]))));
    drop(row);
    out!("reaches itself: {}", repr(&Gc::ptr_eq(&r.via_containers(), &r)));
    drop(r);
    out!("collected {}", gc::collect());
}
