//! Generators written with `generator!`.

use refcycle::{Gc, Generator, Step, gc, generator};

use super::support::{Log, Node};

fn walk(root: Gc<Node>) -> Generator<String> {
    generator!(|root| {
        let mut stack = slot!(vec![root]);
        while let Some(node) = stack.pop() {
            stack.extend(node.others().iter().rev().cloned());
            yield_!(node.name.clone());
        }
    })
}

fn tree(log: &Log, name: &str, height: u32) -> Gc<Node> {
    let node = log.node(name);
    if height > 0 {
        node.others_mut().push(tree(log, &format!("{name}l"), height - 1));
        node.others_mut().push(tree(log, &format!("{name}r"), height - 1));
    }
    node
}

#[test]
fn a_walk_over_a_tree() {
    let log = Log::default();
    assert_eq!(walk(tree(&log, "t", 2)).collect::<Vec<_>>(), ["t", "tl", "tll", "tlr", "tr", "trl", "trr"]);
}

fn in_order(node: Gc<Node>) -> Generator<usize, (), usize> {
    generator!(|node| -> usize {
        let mut count = 1;
        let others = node.others().clone();
        if let [left, _] = &others[..] {
            count += yield_from!(in_order(left.clone()));
        }
        yield_!(node.name.len());
        if let [_, right] = &others[..] {
            count += yield_from!(in_order(right.clone()));
        }
        count
    })
}

#[test]
fn a_walk_that_delegates() {
    let log = Log::default();
    let walk = in_order(tree(&log, "t", 10));
    let lengths: Vec<_> = std::iter::from_fn(|| match walk.resume(()) {
        Step::Yielded(length) => Some(Ok(length)),
        Step::Returned(count) => Some(Err(count)),
        Step::Finished => None,
    })
    .collect();
    assert_eq!(lengths.len(), 2048);
    assert_eq!(lengths.last(), Some(&Err(2047)));
    assert_eq!(lengths[0], Ok(11));
}

#[test]
fn values_are_sent_to_yields() {
    let echo: Generator<String, &'static str> = generator!(|mut said = String::new()| {
        while said.len() < 10 {
            let word = yield_!(said.clone());
            said.push_str(word);
        }
    });
    assert_eq!(echo.send("ignored"), Step::Yielded(String::new()));
    assert_eq!(echo.send("abc"), Step::Yielded("abc".into()));
    assert_eq!(echo.send("defghijk"), Step::Returned(()));
}

#[test]
fn captures_slots_and_plain_variables() {
    let log = Log::default();
    let offset = 100;
    let (a, b) = (log.node("a"), log.node("b"));
    let generator = generator!(|a, mut list = vec![b.clone(), b], end: u32 = 2| {
        for i in 0..end {
            let (c, _d) = slot!((log.node("c"), log.node("d")));
            if i == 1 {
                list.clear();
            }
            yield_!(offset + i);
            drop(c);
            yield_!(offset + i + 10);
        }
        yield_!(a.name.len() as u32);
    });
    let items: Vec<u32> = generator.inspect(|_| assert_eq!(gc::collect(), 0)).collect();
    assert_eq!(items, [100, 110, 101, 111, 1]);
}

#[test]
fn every_part_of_a_cycle_through_slots_is_seen() {
    let log = Log::default();
    for steps in 0..6 {
        let (first, second) = (log.node("first"), log.node("second"));
        let generator: Generator<i32> = generator!(|first, kept = second.clone()| {
            yield_!(1);
            let moved = slot!(first);
            yield_!(2);
            {
                let list = slot!(vec![moved.clone(), kept.clone()]);
                yield_!(3);
                drop(list);
                let again = slot!(moved);
                yield_!(4);
                let _ = &again;
            }
            yield_!(5);
        });
        for step in 1..=steps {
            assert_eq!(generator.next(), Some(step).filter(|&step| step < 6));
        }
        second.set_generator(Some(generator.clone()));
        generator.next();
        drop((generator, second));
        gc::collect();
        assert!(gc::get_objects(None).is_empty(), "after {steps} steps");
    }
}

#[test]
fn generators_nest() {
    let rows: Generator<Generator<(u32, u32)>> = generator!(|| {
        for row in 0..3 {
            yield_!(generator!(|| for column in 0..row {
                yield_!((row, column));
            }));
        }
    });
    assert_eq!(rows.flatten().collect::<Vec<_>>(), [(1, 0), (2, 0), (2, 1)]);
}
