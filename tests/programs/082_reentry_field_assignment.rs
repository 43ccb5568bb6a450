//! When a field is overwritten, the old value's `__del__` already sees the new value in the field.

use super::python::*;

golden!("082_reentry_field_assignment");

#[managed]
struct Slot {
    #[managed(mut)]
    item: Option<Gc<Item>>,
    #[managed(mut)]
    writes: i64,
}

impl Slot {
    fn put(&self, item: Option<Gc<Item>>) {
        self.set_writes(self.writes() + 1);
        self.set_item(item);
    }
}

#[managed]
struct Item {
    name: &'static str,
    slot: Gc<Slot>,
}

#[managed]
impl Item {
    fn __del__(&self) {
        match self.slot.item() {
            None => out!("del {} slot is empty", self.name),
            Some(item) => out!("del {} slot holds {}", self.name, item.name),
        }
        if self.name == "b" {
            self.slot.put(Some(Item::new("put by dying b", self.slot.clone())));
        }
    }
}

fn main() {
    let s = Slot::new(None, 0);
    s.put(Some(Item::new("a", s.clone())));
    s.put(Some(Item::new("b", s.clone())));
    out!("replace b");
    s.put(Some(Item::new("c", s.clone())));
    out!("slot holds {} writes {}", s.item().unwrap().name, s.writes());
    s.put(None);
    out!("end");
}
