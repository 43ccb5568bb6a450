//! The dying object may attach itself to another living object.

use super::python::*;

golden!("131_del_resurrect_into_field_of_other");

#[managed]
struct Slot {
    #[managed(mut)]
    held: Option<Gc<Guest>>,
}

#[managed]
impl Slot {
    fn __del__(&self) {
        out!("del slot");
    }
}

#[managed]
struct Guest {
    name: &'static str,
    slot: Gc<Slot>,
}

#[managed]
impl Guest {
    fn __del__(this: &Gc<Self>) {
        out!("del guest {}", this.name);
        this.slot.set_held(Some(this.clone()));
    }
}

fn main() {
    let s = Slot::new(None);
    let g = Guest::new("g", s.clone());
    out!("drop guest");
    drop(g);
    let held = || s.held().unwrap();
    out!("slot holds {} {}", held().name, repr(&Gc::ptr_eq(&held().slot, &s)));
    let h = Guest::new("h", s.clone());
    out!("drop second guest");
    drop(h);
    out!("slot holds {}", held().name);
    s.set_held(None);
    out!("slot emptied");
    drop(s);
    out!("end");
}
