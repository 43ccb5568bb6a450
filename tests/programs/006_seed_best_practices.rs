//! The notebook's five best practices: locals, no cycles, generators, explicit del, profiling.

use super::python::*;
use std::cell::RefCell;

golden!("006_seed_best_practices");

thread_local! {
    static LIVE: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn live() -> String {
    LIVE.with_borrow(repr)
}

#[managed(new = from_fields)]
struct Block {
    name: String,
    #[managed(weak)]
    parent: Option<Gc<Block>>,
    #[managed(mut)]
    child: Option<Gc<Block>>,
}

impl Block {
    fn new(name: impl Into<String>) -> Gc<Self> {
        let this = Block::from_fields(name.into(), None, None);
        LIVE.with_borrow_mut(|live| live.push(this.name.clone()));
        this
    }
}

#[managed]
impl Block {
    fn __del__(&self) {
        LIVE.with_borrow_mut(|live| live.retain(|name| *name != self.name));
    }
}

fn use_local() {
    let local = Block::new("local");
    out!("inside: {} {}", live(), local.name);
}

fn make_blocks(count: usize) -> impl Iterator<Item = Gc<Block>> {
    (0..count).map(|i| Block::new(format!("g{i}")))
}

fn program() {
    // 1. Local variables die with the call.
    use_local();
    out!("after call: {}", live());

    // 2. A weak back-reference avoids the cycle.
    let top = Block::new("top");
    top.set_child(Some(Block::new("child")));
    top.child().unwrap().set_parent(Some(top.clone()));
    out!("linked: {}", live());
    drop(top);
    out!("unlinked without gc: {}", live());

    // 3. An iterator keeps one block alive at a time.
    let mut most = 0;
    let mut block = None;
    for next in make_blocks(5) {
        block = Some(next);
        most = most.max(LIVE.with_borrow(Vec::len));
    }
    out!("most alive at once: {most}");
    drop(block);
    out!("after loop: {}", live());

    // 4. Explicit deletion.
    let big = Block::new("big");
    drop(big);
    out!("after del: {}", live());

    // 5. Profile: nothing is left for the collector.
    out!("left for gc: {}", gc::collect());
}

fn main() {
    gc::collect();
    gc::disable();
    program();
}
