//! What would be freed if the objects of a type went: sums over the dominator tree.
//!
//! An object dominates another if every way from outside to that one leads through it. The tree is found as by Cooper,
//! Harvey and Kennedy, *A simple, fast dominance algorithm* (2001): go over the nodes in reverse postorder until nothing
//! changes. Nothing recurses.

use core::any::TypeId;
use std::collections::HashMap;

use super::graph::{Graph, Node};

/// Retained bytes by type. An object that is dominated by another of its type counts once, with that.
pub(super) fn by_type(graph: &Graph) -> HashMap<TypeId, usize> {
    let order = reverse_postorder(graph);
    let dominators = dominators(graph, &order);
    // Children after their dominators: so sums go up from the end, and the nearest of each type comes down from the
    // beginning.
    let mut sums = vec![0_usize; order.len() + 1];
    for place in (1..=order.len()).rev() {
        sums[place] += graph.bytes(order[place - 1]);
        let own = sums[place];
        sums[dominators[place]] += own;
    }
    outermost(graph, &order, &dominators, &sums)
}

/// The nodes that can be reached from outside, each before what it leads to, except on cycles. Its place in the list is
/// its number from 1; 0 is outside.
fn reverse_postorder(graph: &Graph) -> Vec<Node> {
    let mut seen = vec![false; graph.len()];
    let mut order = Vec::new();
    let mut stack: Vec<(Node, usize)> = Vec::new();
    for root in graph.roots() {
        if core::mem::replace(&mut seen[root as usize], true) {
            continue;
        }
        stack.push((root, 0));
        while let Some((node, next)) = stack.last_mut() {
            if let Some(&target) = graph.referents(*node).get(*next) {
                *next += 1;
                if !core::mem::replace(&mut seen[target as usize], true) {
                    stack.push((target, 0));
                }
            } else {
                order.push(*node);
                stack.pop();
            }
        }
    }
    order.reverse();
    order
}

/// The place of each place's nearest dominator.
fn dominators(graph: &Graph, order: &[Node]) -> Vec<usize> {
    const UNKNOWN: usize = usize::MAX;
    let mut places = vec![UNKNOWN; graph.len()];
    for (index, &node) in order.iter().enumerate() {
        places[node as usize] = index + 1;
    }
    let referrers = graph.referrers();
    let mut dominators = vec![UNKNOWN; order.len() + 1];
    dominators[0] = 0;
    let mut changed = true;
    while changed {
        changed = false;
        for (index, &node) in order.iter().enumerate() {
            let place = index + 1;
            let mut nearest = if graph.outside[node as usize] > 0 { 0 } else { UNKNOWN };
            for &referrer in referrers.of(node) {
                let from = places[referrer as usize];
                if from == UNKNOWN || dominators[from] == UNKNOWN {
                    continue;
                }
                nearest = if nearest == UNKNOWN { from } else { common(&dominators, nearest, from) };
            }
            if dominators[place] != nearest {
                dominators[place] = nearest;
                changed = true;
            }
        }
    }
    dominators
}

/// The nearest place that dominates both.
fn common(dominators: &[usize], mut a: usize, mut b: usize) -> usize {
    while a != b {
        if a > b {
            a = dominators[a];
        } else {
            b = dominators[b];
        }
    }
    a
}

/// For each type the sums of those of its objects that no other of the type dominates.
fn outermost(graph: &Graph, order: &[Node], dominators: &[usize], sums: &[usize]) -> HashMap<TypeId, usize> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); order.len() + 1];
    for place in 1..=order.len() {
        children[dominators[place]].push(place);
    }
    let type_of = |place: usize| {
        // SAFETY: the objects of a graph are alive.
        (unsafe { graph.objects[order[place - 1] as usize].as_ref() }.table().type_id)()
    };
    let mut retained = HashMap::new();
    let mut open: HashMap<TypeId, usize> = HashMap::new();
    let mut stack: Vec<(usize, bool)> = children[0].iter().map(|&place| (place, false)).collect();
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
