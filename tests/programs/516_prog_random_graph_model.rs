//! Random graph surgery checked against a model: after each collection exactly the reachable nodes are alive.

use super::python::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

golden!("516_prog_random_graph_model");

thread_local! {
    static ALIVE: RefCell<BTreeSet<usize>> = const { RefCell::new(BTreeSet::new()) };
    static FINALIZED: Cell<usize> = const { Cell::new(0) };
}

#[managed(new = from_fields)]
struct Node {
    ident: usize,
    out: Gc<List<Gc<Node>>>,
}

impl Node {
    fn new(ident: usize) -> Gc<Self> {
        ALIVE.with_borrow_mut(|alive| alive.insert(ident));
        Node::from_fields(ident, List::new())
    }
}

#[managed]
impl Node {
    fn __del__(&self) {
        ALIVE.with_borrow_mut(|alive| alive.remove(&self.ident));
        FINALIZED.set(FINALIZED.get() + 1);
    }
}

struct Random {
    state: usize,
}

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.state = (self.state * 1103515245 + 12345) % 2147483648;
        (self.state / 32768) % n
    }
}

#[derive(Default)]
struct Model {
    edges: BTreeMap<usize, Vec<usize>>,
    roots: Vec<usize>,
}

impl Model {
    fn reachable(&self) -> BTreeSet<usize> {
        let mut seen = BTreeSet::new();
        let mut work = self.roots.clone();
        while let Some(x) = work.pop() {
            if seen.insert(x) {
                work.extend(&self.edges[&x]);
            }
        }
        seen
    }
}

struct World {
    rng: Random,
    model: Model,
    roots: Vec<Gc<Node>>,
    made: usize,
}

impl World {
    fn new(seed: usize) -> Self {
        World { rng: Random { state: seed }, model: Model::default(), roots: Vec::new(), made: 0 }
    }

    fn walk(&mut self, steps: usize) -> Gc<Node> {
        let mut n = self.roots[self.rng.below(self.roots.len())].clone();
        for _ in 0..steps {
            if !n.out.is_empty() {
                n = n.out.at(self.rng.below(n.out.len()));
            }
        }
        n
    }

    fn random_walk(&mut self, longest: usize) -> Gc<Node> {
        let steps = self.rng.below(longest);
        self.walk(steps)
    }

    fn step(&mut self) {
        let action = self.rng.below(10);
        if action < 4 || self.roots.is_empty() {
            let n = Node::new(self.made);
            self.made += 1;
            self.model.edges.insert(n.ident, Vec::new());
            self.model.roots.push(n.ident);
            self.roots.push(n);
        } else if action < 7 {
            // Python evaluates the argument of `walk` before its body draws a root.
            let a = self.random_walk(4);
            let b = self.random_walk(4);
            a.out.append(b.clone());
            self.model.edges.get_mut(&a.ident).unwrap().push(b.ident);
        } else if action < 9 {
            let i = self.rng.below(self.roots.len());
            self.roots.remove(i);
            self.model.roots.remove(i);
        } else {
            let c = self.random_walk(3);
            if !c.out.is_empty() {
                let j = self.rng.below(c.out.len());
                c.out.pop_at(j);
                self.model.edges.get_mut(&c.ident).unwrap().remove(j);
            }
        }
    }
}

fn run(seed: usize, rounds: usize, steps: usize) {
    let mut w = World::new(seed);
    let mut checks = 0;
    for r in 0..rounds {
        for _ in 0..steps {
            w.step();
        }
        let expected = w.model.reachable();
        let subset = ALIVE.with_borrow(|alive| expected.is_subset(alive));
        gc::collect();
        if subset && ALIVE.with_borrow(|alive| expected == *alive) {
            checks += 1;
        } else {
            out!("mismatch at round {r}");
        }
    }
    let alive = ALIVE.with_borrow(BTreeSet::len);
    out!("seed {seed} rounds ok {checks} made {} alive {alive} roots {}", w.made, w.roots.len());
}

fn main() {
    gc::collect();
    gc::disable();
    for seed in [1, 2, 3] {
        run(seed, 30, 40);
        gc::collect();
        out!("world dropped, alive {}", ALIVE.with_borrow(BTreeSet::len));
    }
    out!("finalized {}", FINALIZED.get());
}
