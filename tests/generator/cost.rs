//! What a generator costs, counted: one allocation, nothing traced for an item.

use std::cell::Cell;
use std::rc::Rc;

use refcycle::{Generator, Trace, Tracer, gc, generator};

use crate::support::allocations;

/// Counts how often it is looked at.
struct Traced(Rc<Cell<usize>>);

// SAFETY: it refers to nothing managed.
unsafe impl Trace for Traced {
    fn trace(&self, _tracer: &mut Tracer<'_>) {
        self.0.set(self.0.get() + 1);
    }
}

fn counting(local: Traced) -> Generator<u64> {
    generator!(|local| {
        for i in 0..u64::MAX {
            yield_!(i);
        }
        drop(local);
    })
}

#[test]
fn items_cost_no_tracing() {
    let looks = Rc::new(Cell::new(0));
    let local = Traced(looks.clone());
    let inner = counting(local);
    let outer: Generator<u64> = generator!(|inner = inner.clone()| {
        yield_from!(inner);
    });
    assert_eq!((&outer).take(100_000).sum::<u64>(), 4_999_950_000);
    assert_eq!(looks.get(), 0);
    gc::get_referents(&inner);
    assert_eq!(looks.get(), 1, "it is seen by who looks");
}

#[test]
fn a_generator_is_one_allocation() {
    gc::collect();
    let make = |count: usize| -> Vec<Generator<u64>> {
        let generators: Vec<_> = (0..count).map(|_| counting(Traced(Rc::default()))).collect();
        generators.iter().for_each(|generator| assert_eq!(generator.next(), Some(0)));
        generators
    };
    // Collections need memory of their own.
    gc::disable();
    drop(make(1_000));
    let (objects, before) = (gc::get_objects(None).len(), allocations());
    let generators = make(1_000);
    // An `Rc` each, and the list of them.
    let own = allocations() - before - 1_001;
    assert_eq!(gc::get_objects(None).len(), objects + generators.len());
    if cfg!(feature = "system-alloc") {
        assert!((1_000..1_010).contains(&own), "one each; lists of the heap grow now and then");
    } else {
        assert!(own < 100, "only the heap's blocks, which hold many objects");
    }
}
