//! Deaths caused from inside `__del__` nest: the inner `__del__` completes before the outer continues.

use super::python::*;
use std::cell::RefCell;

golden!("128_del_triggers_other_deaths");

thread_local! {
    /// A dict, in the order of insertion.
    static REGISTRY: RefCell<Vec<(&'static str, Gc<Thing>)>> = const { RefCell::new(Vec::new()) };
}

/// `del Registry.items[name]`, if it is there.
fn unregister(name: &str) {
    let removed = REGISTRY.with_borrow_mut(|items| {
        let index = items.iter().position(|(key, _)| *key == name)?;
        Some(items.remove(index))
    });
    drop(removed);
}

fn registered() -> String {
    REGISTRY.with_borrow(|items| repr(&items.iter().map(|(name, _)| *name).collect::<Vec<_>>()))
}

#[managed]
struct Thing {
    name: &'static str,
    kills: &'static str,
}

impl Thing {
    fn register(name: &'static str, kills: &'static str) {
        let this = Thing::new(name, kills);
        REGISTRY.with_borrow_mut(|items| items.push((name, this)));
    }
}

#[managed]
impl Thing {
    fn __del__(&self) {
        out!("enter {}", self.name);
        unregister(self.kills);
        out!("leave {}", self.name);
    }
}

fn main() {
    Thing::register("a", "b");
    Thing::register("b", "c");
    Thing::register("c", "d");
    Thing::register("d", "nothing");
    Thing::register("e", "a");
    out!("kill a");
    unregister("a");
    out!("left {}", registered());
    out!("kill e");
    unregister("e");
    out!("left {}", registered());
}
