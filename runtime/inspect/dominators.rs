//! Dominators: an object dominates another if every way from outside to that one leads through it.
//!
//! They are found as by Lengauer and Tarjan, *A fast algorithm for finding dominators in a flowgraph* (1979), in the simple
//! version: in O(m log n) for n objects and m references, whatever their shape. Nothing recurses.

use super::graph::{Adjacency, Node};

/// Where a node stands in the order of a depth-first search from outside; outside itself is place 0.
pub(super) type Place = usize;

const OUTSIDE: Place = 0;
const NONE: Place = Place::MAX;

/// What can be reached from outside, with the nearest dominator of each.
pub(super) struct Dominators {
    /// The node of each place, from 1 on. Whatever dominates a node comes before it.
    nodes: Vec<Node>,
    nearest: Vec<Place>,
}

impl Dominators {
    pub(super) fn new(edges: &Adjacency, is_root: impl Fn(Node) -> bool) -> Self {
        let Search { nodes, parents, places } = Search::new(edges, &is_root);
        let referrers = edges.reversed();
        let mut forest = Forest::new(nodes.len() + 1);
        let mut nearest = vec![OUTSIDE; nodes.len() + 1];
        // The places with a semidominator that wait for all of those between to be known: the first of each, and the next.
        let mut first_waiting = vec![NONE; nodes.len() + 1];
        let mut next_waiting = vec![NONE; nodes.len() + 1];
        for place in (1..=nodes.len()).rev() {
            let node = nodes[place - 1];
            let mut semidominator = if is_root(node) { OUTSIDE } else { place };
            for &referrer in referrers.of(node) {
                let from = places[referrer as usize];
                if from != NONE {
                    let least = forest.least_above(from);
                    semidominator = semidominator.min(forest.semidominators[least]);
                }
            }
            forest.semidominators[place] = semidominator;
            next_waiting[place] = core::mem::replace(&mut first_waiting[semidominator], place);
            let parent = parents[place];
            forest.above[place] = parent;
            let mut waiting = core::mem::replace(&mut first_waiting[parent], NONE);
            while waiting != NONE {
                let least = forest.least_above(waiting);
                let is_bypassed = forest.semidominators[least] < forest.semidominators[waiting];
                nearest[waiting] = if is_bypassed { least } else { parent };
                waiting = next_waiting[waiting];
            }
        }
        for place in 1..=nodes.len() {
            if nearest[place] != forest.semidominators[place] {
                nearest[place] = nearest[nearest[place]];
            }
        }
        Dominators { nodes, nearest }
    }

    /// The places but that of outside, in order.
    pub(super) fn places(&self) -> core::ops::RangeInclusive<Place> {
        1..=self.nodes.len()
    }

    pub(super) fn node(&self, place: Place) -> Node {
        self.nodes[place - 1]
    }

    /// The place of a place's nearest dominator.
    pub(super) fn nearest(&self, place: Place) -> Place {
        self.nearest[place]
    }
}

/// A depth-first search from outside.
struct Search {
    nodes: Vec<Node>,
    /// From which place each place was found.
    parents: Vec<Place>,
    /// The place of each node; [`NONE`] if nothing leads there.
    places: Vec<Place>,
}

impl Search {
    fn new(edges: &Adjacency, is_root: impl Fn(Node) -> bool) -> Self {
        let mut search = Search { nodes: Vec::new(), parents: vec![OUTSIDE], places: vec![NONE; edges.len()] };
        let mut stack: Vec<(Node, usize)> = Vec::new();
        for root in (0..edges.len() as Node).filter(|&node| is_root(node)) {
            stack.extend(search.find(root, OUTSIDE));
            while let Some((node, next)) = stack.last_mut() {
                let Some(&target) = edges.of(*node).get(*next) else {
                    stack.pop();
                    continue;
                };
                *next += 1;
                let from = search.places[*node as usize];
                stack.extend(search.find(target, from));
            }
        }
        search
    }

    /// Gives a node its place; that it is to be searched, unless it was found before.
    fn find(&mut self, node: Node, from: Place) -> Option<(Node, usize)> {
        let place = &mut self.places[node as usize];
        (*place == NONE).then(|| {
            self.nodes.push(node);
            self.parents.push(from);
            *place = self.nodes.len();
            (node, 0)
        })
    }
}

/// The places that were dealt with, as a forest whose ways up become shorter as they are gone.
struct Forest {
    /// A place further up; [`NONE`] for the root of a tree.
    above: Vec<Place>,
    /// Of the places up to `above`, that with the least semidominator.
    least: Vec<Place>,
    semidominators: Vec<Place>,
    /// Kept for its memory.
    way: Vec<Place>,
}

impl Forest {
    fn new(places: usize) -> Self {
        let each: Vec<Place> = (0..places).collect();
        Forest { above: vec![NONE; places], least: each.clone(), semidominators: each, way: Vec::new() }
    }

    /// The place with the least semidominator on the way up to the root of the tree, without that root unless it is
    /// `place` itself.
    fn least_above(&mut self, place: Place) -> Place {
        if self.above[place] == NONE {
            return place;
        }
        let mut at = place;
        while self.above[self.above[at]] != NONE {
            self.way.push(at);
            at = self.above[at];
        }
        while let Some(at) = self.way.pop() {
            let above = self.above[at];
            if self.semidominators[self.least[above]] < self.semidominators[self.least[at]] {
                self.least[at] = self.least[above];
            }
            self.above[at] = self.above[above];
        }
        self.least[place]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What can be reached without one node.
    fn reached(edges: &Adjacency, roots: &[bool], without: Option<Node>) -> Vec<bool> {
        let mut reached = vec![false; edges.len()];
        let mut stack: Vec<Node> = (0..edges.len() as Node).filter(|&node| roots[node as usize]).collect();
        while let Some(node) = stack.pop() {
            if Some(node) != without && !core::mem::replace(&mut reached[node as usize], true) {
                stack.extend(edges.of(node));
            }
        }
        reached
    }

    #[test]
    fn without_a_dominator_an_object_cannot_be_reached() {
        for seed in 0..500 {
            let mut random = fastrand::Rng::with_seed(seed);
            let count = random.usize(1..12);
            let degree = random.usize(1..4);
            let lists: Vec<Vec<Node>> = (0..count)
                .map(|_| (0..random.usize(0..=degree)).map(|_| random.u32(0..count as u32)).collect())
                .collect();
            let edges = Adjacency::new(lists.into_iter());
            let roots: Vec<bool> = (0..count).map(|_| random.u8(0..4) == 0).collect();
            let dominators = Dominators::new(&edges, |node| roots[node as usize]);

            let all = reached(&edges, &roots, None);
            let found: Vec<Node> = dominators.places().map(|place| dominators.node(place)).collect();
            assert_eq!(found.len(), all.iter().filter(|reached| **reached).count(), "seed {seed}");
            for place in dominators.places() {
                let mut above = Vec::new();
                let mut at = dominators.nearest(place);
                while at != OUTSIDE {
                    above.push(dominators.node(at));
                    at = dominators.nearest(at);
                }
                let node = dominators.node(place);
                for &other in found.iter().filter(|other| **other != node) {
                    let dominates = !reached(&edges, &roots, Some(other))[node as usize];
                    assert_eq!(above.contains(&other), dominates, "seed {seed}: {other} over {node}");
                }
            }
        }
    }
}
