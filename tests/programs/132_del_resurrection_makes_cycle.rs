//! A resurrection may itself create a cycle that only the collector can free, silently.

use super::python::*;

golden!("132_del_resurrection_makes_cycle");

#[managed]
struct Pair {
    name: &'static str,
    #[managed(mut, default)]
    twin: Option<Gc<Pair>>,
}

#[managed]
impl Pair {
    fn __del__(this: &Gc<Self>) {
        out!("del {}", this.name);
        if let Some(twin) = this.twin() {
            twin.set_twin(Some(this.clone()));
        }
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let a = Pair::new("a");
    let b = Pair::new("b");
    a.set_twin(Some(b.clone()));
    out!("drop a");
    drop(a);
    let twin = b.twin().unwrap();
    out!("a is back: {} {}", twin.name, repr(&Gc::ptr_eq(&twin.twin().unwrap(), &b)));
    drop(twin);
    out!("drop b");
    drop(b);
    out!("nothing happened yet");
    out!("collect {}", gc::collect());
    out!("collect {}", gc::collect());
}
