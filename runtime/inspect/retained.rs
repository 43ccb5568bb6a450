//! What would be freed if the objects of a type went: sums over the tree of [dominators](super::dominators).

use core::any::TypeId;
use std::collections::HashMap;

use super::dominators::{Dominators, Place};
use super::graph::Graph;

/// Retained bytes by type. An object that is dominated by another of its type counts once, with that.
pub(super) fn by_type(graph: &Graph) -> HashMap<TypeId, usize> {
    let dominators = Dominators::new(graph.edges(), |node| graph.is_root(node));
    // Dominators come before what they dominate: so sums go up from the end.
    let mut sums = vec![0_usize; dominators.places().end() + 1];
    for place in dominators.places().rev() {
        sums[place] += graph.bytes(dominators.node(place));
        let own = sums[place];
        sums[dominators.nearest(place)] += own;
    }
    outermost(graph, &dominators, &sums)
}

/// For each type the sums of those of its objects that no other of the type dominates.
fn outermost(graph: &Graph, dominators: &Dominators, sums: &[usize]) -> HashMap<TypeId, usize> {
    let mut children: Vec<Vec<Place>> = vec![Vec::new(); sums.len()];
    for place in dominators.places() {
        children[dominators.nearest(place)].push(place);
    }
    let type_of = |place| {
        // SAFETY: the objects of a graph are alive.
        (unsafe { graph.objects[dominators.node(place) as usize].as_ref() }.table().type_id)()
    };
    let mut retained = HashMap::new();
    let mut open: HashMap<TypeId, usize> = HashMap::new();
    let mut stack: Vec<(Place, bool)> = children[0].iter().map(|&place| (place, false)).collect();
    while let Some((place, is_left)) = stack.pop() {
        let depth = open.entry(type_of(place)).or_default();
        if is_left {
            *depth -= 1;
            continue;
        }
        if *depth == 0 {
            *retained.entry(type_of(place)).or_default() += sums[place];
        }
        *depth += 1;
        stack.push((place, true));
        stack.extend(children[place].iter().map(|&child| (child, false)));
    }
    retained
}
