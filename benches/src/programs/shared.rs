//! The workloads for contestants whose pointers are counted, or are used as if they were: cloned and dropped freely.

use std::hint::black_box;

use super::{Program, Random};
use crate::watch::{Pauses, Watch, now};

/// A pointer to an object with `N` links that can be set, and a payload.
pub trait Linked<const N: usize>: Clone + 'static {
    fn make(links: [Option<Self>; N], number: u64) -> Self;
    fn get<const LINK: usize>(&self) -> Option<Self>;
    fn set<const LINK: usize>(&self, to: Option<Self>);
}

/// A pointer to a node of a binary tree that is never changed.
pub trait Branch: Clone + 'static {
    fn make(children: [Option<Self>; 2]) -> Self;
    fn children(&self) -> [Option<&Self>; 2];
}

/// A pointer to a payload.
pub trait Leaf: Clone + 'static {
    fn make(number: u64) -> Self;
}

/// A way to manage memory.
pub trait Contestant: 'static {
    type Leaf: Leaf;
    type Branch: Branch;
    type One: Linked<1>;
    type Two: Linked<2>;
    type Three: Linked<3>;

    /// Does the program cut cycles?
    const CUTS: bool = false;
    /// Do collections start by themselves?
    const COLLECTS_ITSELF: bool = true;

    fn collect();
}

pub fn program<C: Contestant>(workload: &str) -> Option<Program> {
    Some(match workload {
        "leaf" => leaf::<C>,
        "pair" => pair::<C>,
        "clone-leaf" => clone_leaf::<C>,
        "clone-node" => clone_node::<C>,
        "trees" => trees::<C>,
        "parents" => parents::<C>,
        "gcbench" => gcbench::<C>,
        "list" => list::<C>,
        "ring" => ring::<C>,
        "edges" => edges::<C>,
        "cycles" => cycles::<C>,
        "live" => live::<C>,
        "live-hub" => live_with_hub::<C>,
        "pauses" => pauses::<C>,
        "pauses-large" => pauses_large::<C>,
        "traverse" => traverse::<C>,
        _ => return None,
    })
}

/// Operations between collections that the program has to ask for.
const BY_HAND: u64 = 10_000;

/// Collects now and then where nothing else does.
#[inline]
fn tick<C: Contestant>(operation: u64) {
    if !C::COLLECTS_ITSELF && !C::CUTS && operation % BY_HAND == BY_HAND - 1 {
        C::collect();
    }
}

fn tell_if_by_hand<C: Contestant>(watch: &Watch) {
    if !C::COLLECTS_ITSELF && !C::CUTS {
        watch.collected_by_hand();
    }
}

fn leaf<C: Contestant>(watch: &Watch) {
    let operations = watch.scaled(4_000_000);
    watch.time("", operations, || {
        for number in 0..operations {
            black_box(C::Leaf::make(number));
        }
        C::collect();
    });
}

fn pair<C: Contestant>(watch: &Watch) {
    let operations = watch.scaled(2_000_000);
    watch.time("", operations, || {
        for number in 0..operations {
            let inner = C::One::make([None], number);
            black_box(C::One::make([Some(inner)], number));
        }
        C::collect();
    });
}

fn clone_leaf<C: Contestant>(watch: &Watch) {
    let operations = watch.scaled(20_000_000);
    let leaf = C::Leaf::make(1);
    watch.time("", operations, || {
        for _ in 0..operations {
            black_box(C::Leaf::clone(black_box(&leaf)));
        }
    });
    drop(leaf);
    C::collect();
}

fn clone_node<C: Contestant>(watch: &Watch) {
    let operations = watch.scaled(20_000_000);
    let node = C::One::make([None], 1);
    watch.time("", operations, || {
        for _ in 0..operations {
            black_box(C::One::clone(black_box(&node)));
        }
    });
    drop(node);
    C::collect();
}

fn grow<B: Branch>(depth: u32) -> B {
    let child = || (depth > 0).then(|| grow(depth - 1));
    B::make([child(), child()])
}

fn size<B: Branch>(tree: &B) -> u64 {
    let [left, right] = tree.children();
    1 + left.map_or(0, size) + right.map_or(0, size)
}

fn size_counted<B: Branch>(tree: B) -> u64 {
    let [left, right] = tree.children().map(Option::<&B>::cloned);
    1 + left.map_or(0, size_counted) + right.map_or(0, size_counted)
}

/// The nodes of a binary tree.
pub fn nodes(depth: u32) -> u64 {
    (2 << depth) - 1
}

/// A tree that stays, and many that don't.
fn trees<C: Contestant>(watch: &Watch) {
    const DEPTH: u32 = 12;
    let rounds = watch.scaled(100);
    let stays = watch.depth(16);
    watch.time("", rounds * nodes(DEPTH) + nodes(stays), || {
        let long_lived = grow::<C::Branch>(stays);
        for _ in 0..rounds {
            assert_eq!(size(&grow::<C::Branch>(DEPTH)), nodes(DEPTH));
        }
        assert_eq!(size(&long_lived), nodes(stays));
        drop(long_lived);
        C::collect();
    });
}

fn grow_with_parents<P: Linked<3>>(depth: u32, parent: Option<P>) -> P {
    let node = P::make([None, None, parent], u64::from(depth));
    if depth > 0 {
        node.set::<0>(Some(grow_with_parents(depth - 1, Some(node.clone()))));
        node.set::<1>(Some(grow_with_parents(depth - 1, Some(node.clone()))));
    }
    node
}

pub const PARENTS_DEPTH: u32 = 10;

fn parents<C: Contestant>(watch: &Watch) {
    let rounds = watch.scaled(400);
    watch.time("", rounds * nodes(PARENTS_DEPTH), || {
        for round in 0..rounds {
            black_box(grow_with_parents::<C::Three>(PARENTS_DEPTH, None));
            tick::<C>((round + 1) * nodes(PARENTS_DEPTH) / BY_HAND * BY_HAND + BY_HAND - 1);
        }
        C::collect();
    });
    tell_if_by_hand::<C>(watch);
}

fn populate<P: Linked<2>>(depth: u32, node: &P) {
    if depth > 0 {
        node.set::<0>(Some(P::make([None, None], 0)));
        node.set::<1>(Some(P::make([None, None], 0)));
        populate(depth - 1, &node.get::<0>().expect("it was just set"));
        populate(depth - 1, &node.get::<1>().expect("it was just set"));
    }
}

fn grow_up<P: Linked<2>>(depth: u32) -> P {
    let child = || (depth > 0).then(|| grow_up(depth - 1));
    P::make([child(), child()], 0)
}

/// Ellis, Kovac and Boehm's benchmark: trees built from the top and from the bottom, beside a large one that stays.
pub struct GcBench {
    pub stretch: u32,
    pub long: u32,
}

impl GcBench {
    pub fn new(watch: &Watch) -> Self {
        GcBench { stretch: watch.depth(17), long: watch.depth(15) }
    }

    pub fn depths(&self) -> impl Iterator<Item = u32> {
        (4..=self.long).step_by(2)
    }

    pub fn rounds(&self, depth: u32) -> u64 {
        2 * nodes(self.stretch) / nodes(depth)
    }

    pub fn total(&self) -> u64 {
        let short_lived: u64 = self.depths().map(|depth| 2 * self.rounds(depth) * nodes(depth)).sum();
        short_lived + nodes(self.stretch) + nodes(self.long)
    }

    pub fn array(&self) -> Vec<f64> {
        vec![0.5; 500_000]
    }
}

fn gcbench<C: Contestant>(watch: &Watch) {
    let plan = GcBench::new(watch);
    watch.time("", plan.total(), || {
        drop(black_box(grow_up::<C::Two>(plan.stretch)));
        let long_lived = C::Two::make([None, None], 0);
        populate(plan.long, &long_lived);
        let array = plan.array();
        for depth in plan.depths() {
            for _ in 0..plan.rounds(depth) {
                let root = C::Two::make([None, None], 0);
                populate(depth, &root);
                black_box(root);
            }
            for _ in 0..plan.rounds(depth) {
                black_box(grow_up::<C::Two>(depth));
            }
        }
        black_box((&long_lived, &array));
        drop(long_lived);
        C::collect();
    });
}

fn list<C: Contestant>(watch: &Watch) {
    let length = watch.scaled(1_000_000);
    let mut head = watch.time("build", length, || {
        let mut head = None;
        for number in 0..length {
            head = Some(C::One::make([head], number));
        }
        head
    });
    watch.time("drop", length, || {
        if C::CUTS {
            // Link by link: dropped as a whole it would overflow the stack.
            while let Some(node) = head {
                head = node.get::<0>();
                node.set::<0>(None);
            }
        } else {
            drop(head);
            C::collect();
        }
    });
}

/// A ring in which each refers to the next and the one before; some member of it.
fn build_ring<P: Linked<N>, const N: usize>(length: u64, make: impl Fn(u64) -> P) -> P {
    let first = make(0);
    let mut last = first.clone();
    for number in 1..length {
        let next = make(number);
        next.set::<0>(Some(last.clone()));
        last.set::<1>(Some(next.clone()));
        last = next;
    }
    first.set::<0>(Some(last.clone()));
    last.set::<1>(Some(first.clone()));
    first
}

fn cut_ring<P: Linked<N>, const N: usize>(first: P) {
    let mut next = Some(first);
    while let Some(node) = next {
        next = node.get::<1>();
        node.set::<0>(None);
        node.set::<1>(None);
    }
}

fn ring<C: Contestant>(watch: &Watch) {
    let length = watch.scaled(1_000_000);
    let first = watch.time("build", length, || build_ring(length, |number| C::Two::make([None, None], number)));
    watch.time("collect", length, || {
        if C::CUTS {
            cut_ring(first);
        } else {
            drop(first);
            C::collect();
        }
    });
}

fn set_any<P: Linked<3>>(node: &P, link: usize, to: Option<P>) {
    match link {
        0 => node.set::<0>(to),
        1 => node.set::<1>(to),
        _ => node.set::<2>(to),
    }
}

fn edges<C: Contestant>(watch: &Watch) {
    let operations = watch.scaled(2_000_000);
    let size = watch.scaled(100_000);
    let graph: Vec<C::Three> = (0..size).map(|number| C::Three::make([None, None, None], number)).collect();
    let mut random = Random::new();
    watch.time("", operations, || {
        for operation in 0..operations {
            let from = &graph[random.below(graph.len())];
            let to = graph[random.below(graph.len())].clone();
            set_any(from, random.below(3), Some(to));
            tick::<C>(operation);
        }
    });
    tell_if_by_hand::<C>(watch);
    if C::CUTS {
        for node in &graph {
            (0..3).for_each(|link| set_any(node, link, None));
        }
    }
    drop(graph);
    C::collect();
}

/// Two that refer to each other, and to the hub if there is one, and are left.
#[inline]
fn churn<C: Contestant>(number: u64, hub: Option<&C::Three>) {
    let a = C::Three::make([None, None, hub.cloned()], number);
    let b = C::Three::make([Some(a.clone()), None, hub.cloned()], number);
    a.set::<0>(Some(b));
    if C::CUTS {
        a.set::<0>(None);
    }
}

fn cycles<C: Contestant>(watch: &Watch) {
    let operations = watch.scaled(1_000_000);
    watch.time("", operations, || {
        for number in 0..operations {
            let a = C::One::make([None], number);
            let b = C::One::make([Some(a.clone())], number);
            a.set::<0>(Some(b));
            if C::CUTS {
                a.set::<0>(None);
            }
            tick::<C>(number);
        }
        C::collect();
    });
    tell_if_by_hand::<C>(watch);
}

const RING: u64 = 10;

/// Many live objects, in rings; held by the result.
fn populate_rings<C: Contestant>(objects: u64, hub: Option<&C::Three>) -> Vec<C::Three> {
    (0..objects / RING).map(|_| small_ring::<C>(hub)).collect()
}

fn small_ring<C: Contestant>(hub: Option<&C::Three>) -> C::Three {
    build_ring(RING, |number| C::Three::make([None, None, hub.cloned()], number))
}

fn cut_rings<C: Contestant>(rings: Vec<C::Three>) {
    if C::CUTS {
        rings.into_iter().for_each(cut_ring);
    }
}

fn live<C: Contestant>(watch: &Watch) {
    live_around::<C>(watch, None);
}

fn live_with_hub<C: Contestant>(watch: &Watch) {
    live_around::<C>(watch, Some(&C::Three::make([None, None, None], 0)));
    C::collect();
}

fn live_around<C: Contestant>(watch: &Watch, hub: Option<&C::Three>) {
    let objects = watch.scaled(1_000_000);
    let operations = watch.scaled(4_000_000);
    let rings = populate_rings::<C>(objects, hub);
    watch.time("churn", operations, || {
        for number in 0..operations {
            churn::<C>(number, hub);
            // As often as there is a million more objects: each collection looks at all of them.
            tick::<C>(number / 50);
        }
    });
    tell_if_by_hand::<C>(watch);
    watch.time("collect", objects, C::collect);
    watch.time("end", objects, || {
        cut_rings::<C>(rings);
        C::collect();
    });
}

fn pauses<C: Contestant>(watch: &Watch) {
    pauses_among::<C>(watch, 1_000_000);
}

fn pauses_large<C: Contestant>(watch: &Watch) {
    pauses_among::<C>(watch, 10_000_000);
}

/// Small cycles are made and left, and now and then one of the large heap's rings is replaced.
fn pauses_among<C: Contestant>(watch: &Watch, objects: u64) {
    let operations = watch.scaled(2_000_000);
    let mut rings = populate_rings::<C>(watch.scaled(objects), None);
    let mut random = Random::new();
    let mut pauses = Pauses::new();
    watch.time("", operations, || {
        let mut before = now();
        for number in 0..operations {
            churn::<C>(number, None);
            if number % 10 == 0 {
                let place = random.below(rings.len());
                let old = std::mem::replace(&mut rings[place], small_ring::<C>(None));
                if C::CUTS {
                    cut_ring(old);
                }
            }
            tick::<C>(number / 50);
            let after = now();
            pauses.add(after - before);
            before = after;
        }
    });
    tell_if_by_hand::<C>(watch);
    watch.pauses(&pauses);
    cut_rings::<C>(rings);
    C::collect();
}

fn traverse<C: Contestant>(watch: &Watch) {
    let depth = watch.depth(18);
    let tree = grow::<C::Branch>(depth);
    // Once before, so that the caches hold the same for all.
    assert_eq!(size(&tree), nodes(depth));
    watch.time("borrowed", nodes(depth), || assert_eq!(size(&tree), nodes(depth)));
    watch.time("counted", nodes(depth), || assert_eq!(size_counted(tree.clone()), nodes(depth)));
    drop(tree);
    C::collect();
}

/// The objects of a contestant whose pointers and cells have the API of `Rc` and `RefCell`.
macro_rules! objects {
    ($pointer:ident, $cell:ident) => {
        pub struct Node<const N: usize> {
            links: [$cell<Option<$pointer<Node<N>>>>; N],
            _payload: Payload,
        }

        pub struct Branch {
            children: [Option<$pointer<Branch>>; 2],
            _token: Token,
        }

        impl shared::Leaf for $pointer<Payload> {
            #[inline]
            fn make(number: u64) -> Self {
                $pointer::new(Payload::of(number))
            }
        }

        impl shared::Branch for $pointer<Branch> {
            #[inline]
            fn make(children: [Option<Self>; 2]) -> Self {
                $pointer::new(Branch { children, _token: Token::of(0) })
            }

            #[inline]
            fn children(&self) -> [Option<&Self>; 2] {
                self.children.each_ref().map(Option::as_ref)
            }
        }

        impl<const N: usize> shared::Linked<N> for $pointer<Node<N>> {
            #[inline]
            fn make(links: [Option<Self>; N], number: u64) -> Self {
                $pointer::new(Node { links: links.map($cell::new), _payload: Payload::of(number) })
            }

            #[inline]
            fn get<const LINK: usize>(&self) -> Option<Self> {
                self.links[LINK].borrow().clone()
            }

            #[inline]
            fn set<const LINK: usize>(&self, to: Option<Self>) {
                let old = std::mem::replace(&mut *self.links[LINK].borrow_mut(), to);
                drop(old);
            }
        }
    };
}
pub(super) use objects;

/// Says which objects a contestant has, and what else there is to know of it.
macro_rules! contestant {
    ($name:ident, $pointer:ident { $($rest:tt)* }) => {
        pub struct $name;

        impl shared::Contestant for $name {
            type Leaf = $pointer<Payload>;
            type Branch = $pointer<Branch>;
            type One = $pointer<Node<1>>;
            type Two = $pointer<Node<2>>;
            type Three = $pointer<Node<3>>;

            $($rest)*
        }
    };
}
pub(super) use contestant;
