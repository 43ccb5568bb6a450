//! The heap as a graph with numbered nodes, for questions that take more than one look at an object.
//!
//! A graph borrows nothing: it is good as long as no code of the program runs, and so never leaves a function of this
//! module.

use core::hash::{BuildHasherDefault, Hasher};
use core::ptr::NonNull;
use std::collections::{HashMap, VecDeque};

use crate::header::{Header, Mark};
use crate::heap::{self, Heap, Which};
use crate::trace::{Step, Task, Tracer, name_references};

/// The number of an object.
pub(super) type Node = u32;

/// All objects and the references between them.
pub(super) struct Graph {
    pub(super) objects: Vec<NonNull<Header>>,
    numbers: HashMap<NonNull<Header>, Node, BuildHasherDefault<AddressHasher>>,
    edges: Adjacency,
    /// References to each object from outside the heap, or from values that can't be looked at now.
    pub(super) outside: Vec<u32>,
    /// References that only exist because somebody asks.
    ignored: HashMap<Node, u32>,
}

/// Hashes addresses, which are their own enemies only in their lowest bits.
#[derive(Default)]
struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only addresses are looked up");
    }

    fn write_usize(&mut self, address: usize) {
        // Fibonacci hashing (Knuth, The Art of Computer Programming, section 6.4); the table looks at both ends.
        let product = (address as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = product ^ (product >> 32);
    }
}

/// Lists of neighbours, one after the other.
pub(super) struct Adjacency {
    /// Where the list of each node begins, and at the end where the last one ends.
    starts: Vec<usize>,
    targets: Vec<Node>,
}

impl Adjacency {
    /// From the lists of all nodes.
    pub(super) fn new(lists: impl Iterator<Item = Vec<Node>>) -> Self {
        let (mut starts, mut targets) = (vec![0], Vec::new());
        for mut list in lists {
            targets.append(&mut list);
            starts.push(targets.len());
        }
        Adjacency { starts, targets }
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    #[inline]
    pub(super) fn of(&self, node: Node) -> &[Node] {
        let node = node as usize;
        &self.targets[self.starts[node]..self.starts[node + 1]]
    }

    /// The lists that lead back.
    pub(super) fn reversed(&self) -> Self {
        let mut starts = vec![0; self.len() + 1];
        for &target in &self.targets {
            starts[target as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut targets = vec![0; self.targets.len()];
        for node in 0..self.len() as Node {
            for &target in self.of(node) {
                targets[next[target as usize]] = node;
                next[target as usize] += 1;
            }
        }
        Adjacency { starts, targets }
    }
}

impl Graph {
    pub(super) const UNREACHED: u32 = u32::MAX;

    pub(super) fn new() -> Self {
        let mut objects = Vec::new();
        heap::with(|heap| {
            heap.for_each_object(Which::All, |header| {
                // SAFETY: the walk passes live objects. The value of one that is marked dead may be gone.
                if unsafe { header.as_ref() }.mark() != Mark::Dead {
                    objects.push(header);
                }
            });
        });
        assert!(u32::try_from(objects.len()).is_ok(), "refcycle: more objects than `inspect` can number");
        let numbers: HashMap<_, _, BuildHasherDefault<AddressHasher>> =
            (0..).zip(&objects).map(|(number, &object)| (object, number)).collect();
        // SAFETY: as above.
        let mut outside: Vec<u32> = objects.iter().map(|object| unsafe { object.as_ref() }.count()).collect();
        let mut starts = vec![0];
        let mut targets = Vec::new();
        for &object in &objects {
            let mut visit = |target| {
                if let Some(&number) = numbers.get(&target) {
                    let outside = &mut outside[number as usize];
                    *outside = outside.saturating_sub(1);
                    targets.push(number);
                }
            };
            // SAFETY: it is alive and has a value.
            unsafe { Tracer::new(Task::Visit(&mut visit)).trace_object(object) };
            starts.push(targets.len());
        }
        for (object, outside) in objects.iter().zip(&mut outside) {
            // SAFETY: as above.
            if unsafe { object.as_ref() }.is_immortal() {
                *outside = (*outside).max(1);
            }
        }
        Graph { objects, numbers, edges: Adjacency { starts, targets }, outside, ignored: HashMap::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.objects.len()
    }

    pub(super) fn edges(&self) -> &Adjacency {
        &self.edges
    }

    pub(super) fn number(&self, object: NonNull<Header>) -> Option<Node> {
        self.numbers.get(&object).copied()
    }

    /// Leaves one reference from outside out of account: that by which the question was asked.
    pub(super) fn ignore_reference(&mut self, node: Node) {
        let outside = &mut self.outside[node as usize];
        *outside = outside.saturating_sub(1);
        *self.ignored.entry(node).or_default() += 1;
    }

    /// References to an object, without those that were ignored.
    pub(super) fn count(&self, node: Node) -> u32 {
        // SAFETY: the objects of a graph are alive.
        let count = unsafe { self.objects[node as usize].as_ref() }.count();
        count.saturating_sub(self.ignored.get(&node).copied().unwrap_or(0))
    }

    /// How many references lead from outside to each object, at least; [`Graph::UNREACHED`] if nothing leads there.
    pub(super) fn depths(&self) -> Vec<u32> {
        let mut depths = vec![Self::UNREACHED; self.len()];
        let mut queue: VecDeque<Node> = self.roots().collect();
        queue.iter().for_each(|&root| depths[root as usize] = 0);
        while let Some(node) = queue.pop_front() {
            for &target in self.referents(node) {
                if depths[target as usize] == Self::UNREACHED {
                    depths[target as usize] = depths[node as usize] + 1;
                    queue.push_back(target);
                }
            }
        }
        depths
    }

    /// What an object refers to, as often as it does.
    #[inline]
    pub(super) fn referents(&self, node: Node) -> &[Node] {
        self.edges.of(node)
    }

    /// What refers to each object.
    pub(super) fn referrers(&self) -> Adjacency {
        self.edges.reversed()
    }

    /// Does something outside refer to it?
    pub(super) fn is_root(&self, node: Node) -> bool {
        self.outside[node as usize] > 0
    }

    /// The nodes that something outside refers to.
    pub(super) fn roots(&self) -> impl Iterator<Item = Node> {
        (0..self.len() as Node).filter(|&node| self.is_root(node))
    }

    pub(super) fn bytes(&self, node: Node) -> usize {
        // SAFETY: the objects of a graph are alive and have values.
        unsafe { Heap::size_of_object(self.objects[node as usize]) }
    }

    pub(super) fn type_name(&self, node: Node) -> &'static str {
        super::type_name(self.objects[node as usize])
    }

    /// Calls `visit` with each reference of an object: the target, the way to it, and whether it is weak.
    pub(super) fn name_references(&self, node: Node, mut visit: impl FnMut(Node, &[Step], bool)) {
        let mut named = |edge: crate::trace::Edge<'_>| {
            if let Some(target) = self.number(edge.target) {
                visit(target, edge.way, edge.is_weak);
            }
        };
        // SAFETY: the objects of a graph are alive and have values.
        unsafe { name_references(self.objects[node as usize], &mut named) };
    }

    /// The way from an object to another that it refers to.
    pub(super) fn way(&self, from: Node, to: Node) -> Option<String> {
        let mut found = None;
        self.name_references(from, |target, way, is_weak| {
            if target == to && !is_weak && found.is_none() {
                found = Some(way_text(way));
            }
        });
        found
    }
}

/// `.field`, without indices.
pub(super) fn field_text(way: &[Step]) -> String {
    way.iter().filter(|step| matches!(step, Step::Field(_))).map(Step::to_string).collect()
}

/// `.field[index]`
pub(super) fn way_text(way: &[Step]) -> String {
    way.iter().map(Step::to_string).collect()
}
