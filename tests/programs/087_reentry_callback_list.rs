//! Handlers that unsubscribe themselves or others while being called.

use super::python::*;

golden!("087_reentry_callback_list");

#[managed]
struct Bus {
    #[managed(mut)]
    handlers: Gc<List<Gc<Handler>>>,
}

impl Bus {
    fn fire(&self, value: i64) {
        for h in List::each(&self.handlers().copy()) {
            h.handle(self, value);
        }
    }

    fn fire_live(&self, value: i64) {
        for h in List::each(&self.handlers()) {
            h.handle(self, value);
        }
    }

    fn names(&self) -> String {
        repr(&self.handlers().map(|h| h.name))
    }
}

#[managed]
struct Handler {
    name: &'static str,
    removes: &'static str,
}

impl Handler {
    fn handle(&self, bus: &Bus, value: i64) {
        out!("   {} handles {value}", self.name);
        let kept = List::of(bus.handlers().items().iter().filter(|h| h.name != self.removes).cloned());
        if kept.len() != bus.handlers().len() {
            out!("   {} removes {}", self.name, self.removes);
            bus.set_handlers(kept);
        }
    }
}

#[managed]
impl Handler {
    fn __del__(&self) {
        out!("   del {}", self.name);
    }
}

fn program() {
    let b = Bus::new(List::new());
    for (name, removes) in [("a", "a"), ("b", "c"), ("c", "b"), ("d", "x")] {
        b.handlers().append(Handler::new(name, removes));
    }
    out!("fire over a copy");
    b.fire(1);
    out!("left {}", b.names());
    b.handlers().append(Handler::new("e", "d"));
    b.handlers().append(Handler::new("f", "e"));
    out!("fire over the live list");
    b.fire_live(2);
    out!("left {}", b.names());
}

fn main() {
    program();
    out!("end");
}
