//! bumpalo: nothing is dropped, everything is freed at once. A limit, for workloads that can wait for that.

use std::cell::Cell;
use std::hint::black_box;

use bumpalo::Bump;

use super::{Program, shared};
use crate::watch::Watch;

struct Branch<'a> {
    children: [Option<&'a Branch<'a>>; 2],
}

struct One<'a> {
    _next: Option<&'a One<'a>>,
    _payload: u64,
}

#[derive(Default)]
struct Two<'a> {
    links: [Cell<Option<&'a Two<'a>>>; 2],
    _payload: u64,
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

/// Operations between resets.
const RESET: u64 = 1_000;

fn leaf(watch: &Watch) {
    let operations = watch.scaled(4_000_000);
    let mut bump = Bump::new();
    watch.time("", operations, || {
        for number in 0..operations {
            black_box(bump.alloc(number));
            if number % RESET == 0 {
                bump.reset();
            }
        }
    });
}

fn pair(watch: &Watch) {
    let operations = watch.scaled(2_000_000);
    let mut bump = Bump::new();
    watch.time("", operations, || {
        for number in 0..operations {
            let inner = bump.alloc(One { _next: None, _payload: number });
            black_box(bump.alloc(One { _next: Some(inner), _payload: number }));
            if number % RESET == 0 {
                bump.reset();
            }
        }
    });
}

fn grow(bump: &Bump, depth: u32) -> &Branch<'_> {
    let child = || (depth > 0).then(|| grow(bump, depth - 1));
    bump.alloc(Branch { children: [child(), child()] })
}

fn size(tree: &Branch<'_>) -> u64 {
    let [left, right] = tree.children;
    1 + left.map_or(0, size) + right.map_or(0, size)
}

fn trees(watch: &Watch) {
    const DEPTH: u32 = 12;
    let rounds = watch.scaled(100);
    let stays = watch.depth(16);
    watch.time("", rounds * shared::nodes(DEPTH) + shared::nodes(stays), || {
        let lasting = Bump::new();
        let long_lived = grow(&lasting, stays);
        let mut bump = Bump::new();
        for _ in 0..rounds {
            assert_eq!(size(grow(&bump, DEPTH)), shared::nodes(DEPTH));
            bump.reset();
        }
        assert_eq!(size(long_lived), shared::nodes(stays));
    });
}

fn populate<'a>(bump: &'a Bump, depth: u32, node: &Two<'a>) {
    if depth > 0 {
        for link in &node.links {
            link.set(Some(bump.alloc(Two::default())));
        }
        node.links.iter().filter_map(Cell::get).for_each(|child| populate(bump, depth - 1, child));
    }
}

fn grow_up(bump: &Bump, depth: u32) -> &Two<'_> {
    let child = || Cell::new((depth > 0).then(|| grow_up(bump, depth - 1)));
    bump.alloc(Two { links: [child(), child()], _payload: 0 })
}

fn gcbench(watch: &Watch) {
    let plan = shared::GcBench::new(watch);
    watch.time("", plan.total(), || {
        let mut bump = Bump::new();
        black_box(grow_up(&bump, plan.stretch));
        bump.reset();
        let lasting = Bump::new();
        let long_lived = lasting.alloc(Two::default());
        populate(&lasting, plan.long, long_lived);
        let array = plan.array();
        for depth in plan.depths() {
            for _ in 0..plan.rounds(depth) {
                let root = bump.alloc(Two::default());
                populate(&bump, depth, root);
                black_box(root);
                bump.reset();
            }
            for _ in 0..plan.rounds(depth) {
                black_box(grow_up(&bump, depth));
                bump.reset();
            }
        }
        black_box((&long_lived, &array));
    });
}

fn list(watch: &Watch) {
    let length = watch.scaled(1_000_000);
    let mut bump = Bump::new();
    watch.time("build", length, || {
        let mut head = None;
        for number in 0..length {
            head = Some(&*bump.alloc(One { _next: head, _payload: number }));
        }
        black_box(head);
    });
    watch.time("drop", length, || bump.reset());
}

fn traverse(watch: &Watch) {
    let depth = watch.depth(18);
    let bump = Bump::new();
    let tree = grow(&bump, depth);
    assert_eq!(size(tree), shared::nodes(depth));
    watch.time("borrowed", shared::nodes(depth), || assert_eq!(size(tree), shared::nodes(depth)));
}
