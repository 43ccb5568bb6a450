//! `Box`: one owner, no count. A limit, for workloads that need no sharing.

use std::hint::black_box;

use super::{Payload, Program, Token, shared};
use crate::payload::Payload as _;
use crate::watch::Watch;

struct Branch {
    children: [Option<Box<Branch>>; 2],
    _token: Token,
}

struct One {
    next: Option<Box<One>>,
    _payload: Payload,
}

struct Two {
    links: [Option<Box<Two>>; 2],
    _payload: Payload,
}

pub fn program(workload: &str) -> Option<Program> {
    Some(match workload {
        "leaf" => leaf,
        "pair" => pair,
        "trees" => trees,
        "gcbench" => gcbench,
        "list" => list,
        "traverse" => traverse,
        _ => return None,
    })
}

fn leaf(watch: &Watch) {
    let operations = watch.scaled(4_000_000);
    watch.time("", operations, || {
        for number in 0..operations {
            black_box(Box::new(Payload::of(number)));
        }
    });
}

fn pair(watch: &Watch) {
    let operations = watch.scaled(2_000_000);
    watch.time("", operations, || {
        for number in 0..operations {
            let inner = Box::new(One { next: None, _payload: Payload::of(number) });
            black_box(Box::new(One { next: Some(inner), _payload: Payload::of(number) }));
        }
    });
}

fn grow(depth: u32) -> Box<Branch> {
    let child = || (depth > 0).then(|| grow(depth - 1));
    Box::new(Branch { children: [child(), child()], _token: Token::of(0) })
}

fn size(tree: &Branch) -> u64 {
    let [left, right] = &tree.children;
    1 + left.as_deref().map_or(0, size) + right.as_deref().map_or(0, size)
}

fn trees(watch: &Watch) {
    const DEPTH: u32 = 12;
    let rounds = watch.scaled(100);
    let stays = watch.depth(16);
    watch.time("", rounds * shared::nodes(DEPTH) + shared::nodes(stays), || {
        let long_lived = grow(stays);
        for _ in 0..rounds {
            assert_eq!(size(&grow(DEPTH)), shared::nodes(DEPTH));
        }
        assert_eq!(size(&long_lived), shared::nodes(stays));
    });
}

fn node() -> Box<Two> {
    Box::new(Two { links: [None, None], _payload: Payload::of(0) })
}

fn populate(depth: u32, node_to_fill: &mut Two) {
    if depth > 0 {
        for link in &mut node_to_fill.links {
            *link = Some(node());
        }
        node_to_fill.links.iter_mut().flatten().for_each(|child| populate(depth - 1, child));
    }
}

fn grow_up(depth: u32) -> Box<Two> {
    let child = || (depth > 0).then(|| grow_up(depth - 1));
    Box::new(Two { links: [child(), child()], _payload: Payload::of(0) })
}

fn gcbench(watch: &Watch) {
    let plan = shared::GcBench::new(watch);
    watch.time("", plan.total(), || {
        drop(black_box(grow_up(plan.stretch)));
        let mut long_lived = node();
        populate(plan.long, &mut long_lived);
        let array = plan.array();
        for depth in plan.depths() {
            for _ in 0..plan.rounds(depth) {
                let mut root = node();
                populate(depth, &mut root);
                black_box(root);
            }
            for _ in 0..plan.rounds(depth) {
                black_box(grow_up(depth));
            }
        }
        black_box((&long_lived, &array));
    });
}

fn list(watch: &Watch) {
    let length = watch.scaled(1_000_000);
    let mut head = watch.time("build", length, || {
        let mut head = None;
        for number in 0..length {
            head = Some(Box::new(One { next: head, _payload: Payload::of(number) }));
        }
        head
    });
    watch.time("drop", length, || {
        // Link by link: dropped as a whole it would overflow the stack.
        while let Some(node) = head {
            head = node.next;
        }
    });
}

fn traverse(watch: &Watch) {
    let depth = watch.depth(18);
    let tree = grow(depth);
    assert_eq!(size(&tree), shared::nodes(depth));
    watch.time("borrowed", shared::nodes(depth), || assert_eq!(size(&tree), shared::nodes(depth)));
}
