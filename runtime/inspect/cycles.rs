//! [`cycles`]: the strongly connected components of the heap, and the field that would break each of them.
//!
//! Tarjan's algorithm (*Depth-first search and linear graph algorithms*, 1972), with a stack of its own.

use core::fmt;
use std::collections::BTreeMap;

use super::cut::{Cut, Inner, is_cycle};
use super::graph::{Adjacency, Graph, Node};
use super::table::grouped;
use crate::pointer::Object;

/// Objects each of which can be reached from each: none of them dies by count as long as that is so.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Cycle {
    /// The members. As long as somebody has this list, they are no garbage.
    pub objects: Vec<Object>,
    /// Their bytes.
    pub bytes: usize,
    /// How many there are of each type, most first.
    pub types: Vec<(&'static str, usize)>,
    /// The fields that would have to be weak so that the objects could die by count, the one that says most first. If
    /// there is a choice, those that look like back pointers: without them every member can still be reached from outside,
    /// and one of them leads to all others; they lead towards the outside; many of them lead to the same object. So
    /// `parent`, not `children`.
    pub weak: Vec<Cut>,
    /// Is it garbage that the next full collection finds? Not if something outside leads to it.
    pub is_garbage: bool,
}

/// All cycles, the one with most objects first. Takes time in proportion to the whole heap, and for the advice on a cycle
/// in proportion to its references times the fields that they are in.
///
/// Cycles are no leaks as long as somebody needs their members; but they are what only a collection can free.
///
/// ```
/// use refcycle::{Gc, inspect, managed};
///
/// #[managed]
/// struct Tree {
///     #[managed(mut)]
///     parent: Option<Gc<Tree>>,
///     #[managed(mut)]
///     children: Vec<Gc<Tree>>,
/// }
///
/// let root = Tree::new(None, Vec::new());
/// let child = Tree::new(Some(root.clone()), Vec::new());
/// root.children_mut().push(child);
/// let cycles = inspect::cycles();
/// assert_eq!(cycles[0].to_string(), "2 objects, 128 bytes: 2 Tree; weak `Tree.parent` would break it");
/// ```
pub fn cycles() -> Vec<Cycle> {
    let graph = Graph::new();
    let depths = graph.depths();
    members(&graph).into_iter().filter_map(|members| Cycle::new(&graph, &members, &depths)).collect()
}

/// The members of each cycle, the largest first.
pub(super) fn members(graph: &Graph) -> Vec<Vec<Node>> {
    let mut components = components(graph.edges());
    components.retain(|component| is_cycle(graph.edges(), component));
    components.iter_mut().for_each(|component| component.sort_unstable());
    components.sort_by_key(|component| (core::cmp::Reverse(component.len()), component[0]));
    components
}

impl Cycle {
    pub(super) fn new(graph: &Graph, members: &[Node], depths: &[u32]) -> Option<Self> {
        let weak = Inner::new(graph, members).cuts();
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        members.iter().for_each(|&node| *counts.entry(graph.type_name(node)).or_default() += 1);
        let mut types: Vec<_> = counts.into_iter().collect();
        types.sort_by_key(|&(_, count)| core::cmp::Reverse(count));
        // SAFETY: the objects of a graph are alive and have values.
        let object = |&node: &Node| unsafe { Object::from_header(graph.objects[node as usize]) };
        Some(Cycle {
            objects: members.iter().map(object).collect::<Option<_>>()?,
            bytes: members.iter().map(|&node| graph.bytes(node)).sum(),
            types,
            weak,
            is_garbage: depths[members[0] as usize] == Graph::UNREACHED,
        })
    }
}

/// The strongly connected components.
pub(super) fn components(edges: &Adjacency) -> Vec<Vec<Node>> {
    const UNSEEN: u32 = u32::MAX;
    let mut numbers = vec![UNSEEN; edges.len()];
    let mut lowest = vec![0_u32; edges.len()];
    let mut is_open = vec![false; edges.len()];
    let mut open: Vec<Node> = Vec::new();
    let mut visits: Vec<(Node, usize)> = Vec::new();
    let mut found = Vec::new();
    let mut number = 0;
    for start in 0..edges.len() as Node {
        if numbers[start as usize] != UNSEEN {
            continue;
        }
        visits.push((start, 0));
        while let Some((node, next)) = visits.last_mut() {
            let (node, index) = (*node, node_index(*node));
            if *next == 0 {
                numbers[index] = number;
                lowest[index] = number;
                number += 1;
                open.push(node);
                is_open[index] = true;
            }
            if let Some(&target) = edges.of(node).get(*next) {
                *next += 1;
                let target_index = node_index(target);
                if numbers[target_index] == UNSEEN {
                    visits.push((target, 0));
                } else if is_open[target_index] {
                    lowest[index] = lowest[index].min(numbers[target_index]);
                }
                continue;
            }
            visits.pop();
            if let Some(&(parent, _)) = visits.last() {
                lowest[node_index(parent)] = lowest[node_index(parent)].min(lowest[index]);
            }
            if lowest[index] == numbers[index] {
                let mut component = Vec::new();
                while let Some(member) = open.pop() {
                    is_open[node_index(member)] = false;
                    component.push(member);
                    if member == node {
                        break;
                    }
                }
                found.push(component);
            }
        }
    }
    found
}

fn node_index(node: Node) -> usize {
    node as usize
}

impl fmt::Display for Cycle {
    /// `2 objects, 96 bytes: 2 Node; weak `Node.parent` would break it`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.objects.len();
        let plural = if count == 1 { "" } else { "s" };
        let types: Vec<_> = self.types.iter().map(|(name, count)| format!("{} {name}", grouped(*count))).collect();
        write!(f, "{} object{plural}, {} bytes: {}", grouped(count), grouped(self.bytes), types.join(", "))?;
        if self.is_garbage {
            f.write_str("; garbage")?;
        }
        let fields: Vec<_> = self.weak.iter().map(|cut| format!("`{}`", cut.field)).collect();
        match &fields[..] {
            [] => Ok(()),
            [field] => write!(f, "; weak {field} would break it"),
            [fields @ .., last] => write!(f, "; weak {} and {last} would break it", fields.join(", ")),
        }
    }
}
