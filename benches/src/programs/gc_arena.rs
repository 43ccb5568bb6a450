//! gc-arena: incremental mark and sweep. Pointers can't leave the arena's calls, so the workloads are written anew; the
//! collector is given its share of time after each call.

use std::hint::black_box;

use gc_arena::{Arena, Collect, Gc, Mutation, RefLock, Rootable};

use super::{Payload, Program, Random, Token, shared};
use crate::payload::Payload as _;
use crate::watch::{Pauses, Watch, now};

#[derive(Collect)]
#[collect(no_drop)]
struct Branch<'gc> {
    children: [Option<Gc<'gc, Branch<'gc>>>; 2],
    _token: Token,
}

#[derive(Collect)]
#[collect(no_drop)]
struct Node<'gc, const N: usize> {
    links: [Option<Pointer<'gc, N>>; N],
    _payload: Payload,
}

type Pointer<'gc, const N: usize> = Gc<'gc, RefLock<Node<'gc, N>>>;

/// All that the arena keeps alive.
#[derive(Collect)]
#[collect(no_drop)]
struct Root<'gc> {
    leaf: Option<Gc<'gc, Payload>>,
    branch: Option<Gc<'gc, Branch<'gc>>>,
    one: Option<Pointer<'gc, 1>>,
    two: Option<Pointer<'gc, 2>>,
    hub: Option<Pointer<'gc, 3>>,
    threes: Vec<Pointer<'gc, 3>>,
}

type Heap = Arena<Rootable![Root<'_>]>;

fn heap() -> Heap {
    Arena::new(|_| Root { leaf: None, branch: None, one: None, two: None, hub: None, threes: Vec::new() })
}

pub fn program(workload: &str) -> Option<Program> {
    Some(match workload {
        "leaf" => leaf,
        "pair" => pair,
        "clone-leaf" => clone_leaf,
        "clone-node" => clone_node,
        "trees" => trees,
        "parents" => parents,
        "gcbench" => gcbench,
        "list" => list,
        "ring" => ring,
        "edges" => edges,
        "cycles" => cycles,
        "live" => live,
        "live-hub" => live_with_hub,
        "pauses" => pauses,
        "pauses-large" => pauses_large,
        "traverse" => traverse,
        _ => return None,
    })
}

fn make<'gc, const N: usize>(
    mutation: &Mutation<'gc>,
    links: [Option<Pointer<'gc, N>>; N],
    number: u64,
) -> Pointer<'gc, N> {
    Gc::new(mutation, RefLock::new(Node { links, _payload: Payload::of(number) }))
}

/// Operations in one call.
const BATCH: u64 = 100;

/// Runs operations in calls of [`BATCH`], and the collector after each.
fn batches(heap: &mut Heap, operations: u64, mut operation: impl for<'gc> FnMut(&Mutation<'gc>, &mut Root<'gc>, u64)) {
    let mut number = 0;
    while number < operations {
        heap.mutate_root(|mutation, root| {
            for number in number..operations.min(number + BATCH) {
                operation(mutation, root, number);
            }
        });
        number += BATCH;
        heap.collect_debt();
    }
}

/// Two cycles: what the first one was in the midst of may leave garbage.
fn collect(heap: &mut Heap) {
    heap.finish_cycle();
    heap.finish_cycle();
}

fn leaf(watch: &Watch) {
    let operations = watch.scaled(4_000_000);
    watch.time("", operations, || {
        let mut heap = heap();
        batches(&mut heap, operations, |mutation, _, number| {
            black_box(Gc::new(mutation, Payload::of(number)));
        });
        collect(&mut heap);
    });
}

fn pair(watch: &Watch) {
    let operations = watch.scaled(2_000_000);
    watch.time("", operations, || {
        let mut heap = heap();
        batches(&mut heap, operations, |mutation, _, number| {
            let inner = make::<1>(mutation, [None], number);
            black_box(make(mutation, [Some(inner)], number));
        });
        collect(&mut heap);
    });
}

fn clone_leaf(watch: &Watch) {
    let operations = watch.scaled(20_000_000);
    let mut heap = heap();
    heap.mutate_root(|mutation, root| root.leaf = Some(Gc::new(mutation, Payload::of(1))));
    heap.mutate(|_, root| {
        watch.time("", operations, || {
            for _ in 0..operations {
                black_box(*black_box(&root.leaf));
            }
        });
    });
}

fn clone_node(watch: &Watch) {
    let operations = watch.scaled(20_000_000);
    let mut heap = heap();
    heap.mutate_root(|mutation, root| root.one = Some(make(mutation, [None], 1)));
    heap.mutate(|_, root| {
        watch.time("", operations, || {
            for _ in 0..operations {
                black_box(*black_box(&root.one));
            }
        });
    });
}

fn grow<'gc>(mutation: &Mutation<'gc>, depth: u32) -> Gc<'gc, Branch<'gc>> {
    let child = || (depth > 0).then(|| grow(mutation, depth - 1));
    Gc::new(mutation, Branch { children: [child(), child()], _token: Token::of(0) })
}

fn size(tree: Gc<'_, Branch<'_>>) -> u64 {
    let [left, right] = tree.children;
    1 + left.map_or(0, size) + right.map_or(0, size)
}

fn trees(watch: &Watch) {
    const DEPTH: u32 = 12;
    let rounds = watch.scaled(100);
    let stays = watch.depth(16);
    watch.time("", rounds * shared::nodes(DEPTH) + shared::nodes(stays), || {
        let mut heap = heap();
        heap.mutate_root(|mutation, root| root.branch = Some(grow(mutation, stays)));
        for _ in 0..rounds {
            heap.mutate(|mutation, _| assert_eq!(size(grow(mutation, DEPTH)), shared::nodes(DEPTH)));
            heap.collect_debt();
        }
        heap.mutate(|_, root| assert_eq!(root.branch.map(size), Some(shared::nodes(stays))));
        heap.mutate_root(|_, root| root.branch = None);
        collect(&mut heap);
    });
}

fn grow_with_parents<'gc>(mutation: &Mutation<'gc>, depth: u32, parent: Option<Pointer<'gc, 3>>) -> Pointer<'gc, 3> {
    let node = make(mutation, [None, None, parent], u64::from(depth));
    if depth > 0 {
        for link in 0..2 {
            let child = grow_with_parents(mutation, depth - 1, Some(node));
            node.borrow_mut(mutation).links[link] = Some(child);
        }
    }
    node
}

fn parents(watch: &Watch) {
    let rounds = watch.scaled(400);
    watch.time("", rounds * shared::nodes(shared::PARENTS_DEPTH), || {
        let mut heap = heap();
        for _ in 0..rounds {
            heap.mutate(|mutation, _| {
                black_box(grow_with_parents(mutation, shared::PARENTS_DEPTH, None));
            });
            heap.collect_debt();
        }
        collect(&mut heap);
    });
}

fn populate<'gc>(mutation: &Mutation<'gc>, depth: u32, node: Pointer<'gc, 2>) {
    if depth > 0 {
        for link in 0..2 {
            node.borrow_mut(mutation).links[link] = Some(make(mutation, [None, None], 0));
        }
        let links = node.borrow().links;
        links.into_iter().flatten().for_each(|child| populate(mutation, depth - 1, child));
    }
}

fn grow_up<'gc>(mutation: &Mutation<'gc>, depth: u32) -> Pointer<'gc, 2> {
    let child = || (depth > 0).then(|| grow_up(mutation, depth - 1));
    make(mutation, [child(), child()], 0)
}

fn gcbench(watch: &Watch) {
    let plan = shared::GcBench::new(watch);
    watch.time("", plan.total(), || {
        let mut heap = heap();
        heap.mutate(|mutation, _| {
            black_box(grow_up(mutation, plan.stretch));
        });
        heap.mutate_root(|mutation, root| {
            let long_lived = make(mutation, [None, None], 0);
            populate(mutation, plan.long, long_lived);
            root.two = Some(long_lived);
        });
        let array = plan.array();
        for depth in plan.depths() {
            for _ in 0..plan.rounds(depth) {
                heap.mutate(|mutation, _| {
                    let root = make(mutation, [None, None], 0);
                    populate(mutation, depth, root);
                    black_box(root);
                });
                heap.collect_debt();
            }
            for _ in 0..plan.rounds(depth) {
                heap.mutate(|mutation, _| {
                    black_box(grow_up(mutation, depth));
                });
                heap.collect_debt();
            }
        }
        black_box(&array);
        heap.mutate_root(|_, root| root.two = None);
        collect(&mut heap);
    });
}

fn list(watch: &Watch) {
    let length = watch.scaled(1_000_000);
    let mut heap = heap();
    watch.time("build", length, || {
        batches(&mut heap, length, |mutation, root, number| {
            root.one = Some(make(mutation, [root.one], number));
        });
    });
    watch.time("drop", length, || {
        heap.mutate_root(|_, root| root.one = None);
        collect(&mut heap);
    });
}

fn link<'gc, const N: usize>(mutation: &Mutation<'gc>, before: Pointer<'gc, N>, after: Pointer<'gc, N>) {
    after.borrow_mut(mutation).links[0] = Some(before);
    before.borrow_mut(mutation).links[1] = Some(after);
}

fn ring(watch: &Watch) {
    let length = watch.scaled(1_000_000);
    let mut heap = heap();
    watch.time("build", length, || {
        // The ring is closed from the start, and grows behind its first node.
        batches(&mut heap, length, |mutation, root, number| {
            let node = make(mutation, [None, None], number);
            match root.two {
                None => {
                    link(mutation, node, node);
                    root.two = Some(node);
                }
                Some(first) => {
                    let second = first.borrow().links[1].unwrap_or(first);
                    link(mutation, node, second);
                    link(mutation, first, node);
                }
            }
        });
    });
    watch.time("collect", length, || {
        heap.mutate_root(|_, root| root.two = None);
        collect(&mut heap);
    });
}

fn edges(watch: &Watch) {
    let operations = watch.scaled(2_000_000);
    let size = watch.scaled(100_000);
    let mut heap = heap();
    heap.mutate_root(|mutation, root| {
        root.threes = (0..size).map(|number| make(mutation, [None; 3], number)).collect();
    });
    let mut random = Random::new();
    watch.time("", operations, || {
        batches(&mut heap, operations, |mutation, root, _| {
            let from = root.threes[random.below(root.threes.len())];
            let to = root.threes[random.below(root.threes.len())];
            from.borrow_mut(mutation).links[random.below(3)] = Some(to);
        });
    });
    heap.mutate_root(|_, root| root.threes = Vec::new());
    collect(&mut heap);
}

#[inline]
fn churn<'gc>(mutation: &Mutation<'gc>, number: u64, hub: Option<Pointer<'gc, 3>>) {
    let a = make(mutation, [None, None, hub], number);
    let b = make(mutation, [Some(a), None, hub], number);
    a.borrow_mut(mutation).links[0] = Some(b);
}

fn cycles(watch: &Watch) {
    let operations = watch.scaled(1_000_000);
    watch.time("", operations, || {
        let mut heap = heap();
        batches(&mut heap, operations, |mutation, _, number| {
            let a = make::<1>(mutation, [None], number);
            let b = make(mutation, [Some(a)], number);
            a.borrow_mut(mutation).links[0] = Some(b);
        });
        collect(&mut heap);
    });
}

const RING: u64 = 10;

fn small_ring<'gc>(mutation: &Mutation<'gc>, hub: Option<Pointer<'gc, 3>>) -> Pointer<'gc, 3> {
    let first = make(mutation, [None, None, hub], 0);
    let mut last = first;
    for number in 1..RING {
        let next = make(mutation, [None, None, hub], number);
        link(mutation, last, next);
        last = next;
    }
    link(mutation, last, first);
    first
}

fn live(watch: &Watch) {
    live_around(watch, &mut heap());
}

fn live_with_hub(watch: &Watch) {
    let mut heap = heap();
    heap.mutate_root(|mutation, root| root.hub = Some(make(mutation, [None; 3], 0)));
    live_around(watch, &mut heap);
}

fn live_around(watch: &Watch, heap: &mut Heap) {
    let objects = watch.scaled(1_000_000);
    let operations = watch.scaled(4_000_000);
    batches(heap, objects / RING, |mutation, root, _| root.threes.push(small_ring(mutation, root.hub)));
    watch.time("churn", operations, || {
        batches(heap, operations, |mutation, root, number| churn(mutation, number, root.hub));
    });
    watch.time("collect", objects, || collect(heap));
    watch.time("end", objects, || {
        heap.mutate_root(|_, root| (root.threes, root.hub) = (Vec::new(), None));
        collect(heap);
    });
}

fn pauses(watch: &Watch) {
    pauses_among(watch, 1_000_000);
}

fn pauses_large(watch: &Watch) {
    pauses_among(watch, 10_000_000);
}

fn pauses_among(watch: &Watch, objects: u64) {
    let operations = watch.scaled(2_000_000);
    let mut heap = heap();
    batches(&mut heap, watch.scaled(objects) / RING, |mutation, root, _| root.threes.push(small_ring(mutation, None)));
    let mut random = Random::new();
    let mut pauses = Pauses::new();
    watch.time("", operations, || {
        let mut before = now();
        for number in 0..operations {
            heap.mutate_root(|mutation, root| {
                churn(mutation, number, None);
                if number % 10 == 0 {
                    let place = random.below(root.threes.len());
                    root.threes[place] = small_ring(mutation, None);
                }
            });
            heap.collect_debt();
            let after = now();
            pauses.add(after - before);
            before = after;
        }
    });
    watch.pauses(&pauses);
    heap.mutate_root(|_, root| root.threes = Vec::new());
    collect(&mut heap);
}

fn traverse(watch: &Watch) {
    let depth = watch.depth(18);
    let mut heap = heap();
    heap.mutate_root(|mutation, root| root.branch = Some(grow(mutation, depth)));
    heap.mutate(|_, root| {
        assert_eq!(root.branch.map(size), Some(shared::nodes(depth)));
        watch.time("borrowed", shared::nodes(depth), || assert_eq!(root.branch.map(size), Some(shared::nodes(depth))));
    });
    heap.mutate_root(|_, root| root.branch = None);
    collect(&mut heap);
}
