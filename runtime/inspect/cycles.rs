//! [`cycles`]: the strongly connected components of the heap, and the field that would break each of them.
//!
//! Tarjan's algorithm (*Depth-first search and linear graph algorithms*, 1972), with a stack of its own.

use core::fmt;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::graph::{Graph, Node};
use crate::pointer::Object;
use crate::trace::Step;

/// Objects each of which can be reached from each: none of them dies by count as long as that is so.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Cycle {
    /// The members.
    pub objects: Vec<Object>,
    /// Their bytes.
    pub bytes: usize,
    /// How many there are of each type, most first.
    pub types: Vec<(&'static str, usize)>,
    /// `Type.field` of what would have to be weak so that the objects could die by count. One field if one suffices. If
    /// there is a choice, one without which all members could still be reached from outside: `parent`, not `children`.
    pub weak: Vec<String>,
    /// Is it garbage that the next full collection finds? Not if something outside leads to it.
    pub is_garbage: bool,
}

/// All cycles, the one with most objects first. Takes time in proportion to the whole heap.
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
    let mut components: Vec<Vec<Node>> =
        components(&graph).into_iter().filter(|component| is_cycle(&graph, component)).collect();
    components.sort_by_key(|component| core::cmp::Reverse(component.len()));
    let reached = reached_from_outside(&graph);
    components.into_iter().filter_map(|component| describe(&graph, component, &reached)).collect()
}

fn is_cycle(graph: &Graph, component: &[Node]) -> bool {
    component.len() > 1 || graph.referents(component[0]).contains(&component[0])
}

fn describe(graph: &Graph, mut members: Vec<Node>, reached: &[bool]) -> Option<Cycle> {
    members.sort_unstable();
    let bytes = members.iter().map(|&node| graph.bytes(node)).sum();
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    members.iter().for_each(|&node| *counts.entry(graph.type_name(node)).or_default() += 1);
    let mut types: Vec<_> = counts.into_iter().collect();
    types.sort_by_key(|&(_, count)| core::cmp::Reverse(count));
    let is_garbage = !reached[members[0] as usize];
    let weak = Inner::new(graph, &members).breakers();
    // SAFETY: the objects of a graph are alive and have values.
    let objects: Option<_> =
        members.iter().map(|&node| unsafe { Object::from_header(graph.objects[node as usize]) }).collect();
    Some(Cycle { objects: objects?, bytes, types, weak, is_garbage })
}

fn reached_from_outside(graph: &Graph) -> Vec<bool> {
    let mut reached = vec![false; graph.len()];
    let mut stack: Vec<Node> = graph.roots().collect();
    while let Some(node) = stack.pop() {
        if !core::mem::replace(&mut reached[node as usize], true) {
            stack.extend(graph.referents(node).iter().filter(|&&target| !reached[target as usize]));
        }
    }
    reached
}

/// The strongly connected components.
fn components(graph: &Graph) -> Vec<Vec<Node>> {
    const UNSEEN: u32 = u32::MAX;
    let mut numbers = vec![UNSEEN; graph.len()];
    let mut lowest = vec![0_u32; graph.len()];
    let mut is_open = vec![false; graph.len()];
    let mut open: Vec<Node> = Vec::new();
    let mut visits: Vec<(Node, usize)> = Vec::new();
    let mut found = Vec::new();
    let mut number = 0;
    for start in 0..graph.len() as Node {
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
            if let Some(&target) = graph.referents(node).get(*next) {
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

/// The references within a component, by field.
struct Inner {
    /// Members are numbered anew; each with its references: the target and the field's number.
    edges: Vec<Vec<(usize, usize)>>,
    /// `Type.field`
    fields: Vec<String>,
    /// Members that are referred to from outside of the component.
    entries: Vec<usize>,
}

impl Inner {
    fn new(graph: &Graph, members: &[Node]) -> Self {
        let numbers: HashMap<Node, usize> = members.iter().enumerate().map(|(number, &node)| (node, number)).collect();
        let mut fields = Vec::new();
        let mut field_numbers: HashMap<String, usize> = HashMap::new();
        let mut inside = vec![0_u32; members.len()];
        let mut edges = Vec::new();
        for &node in members {
            let mut of_node = Vec::new();
            graph.name_references(node, |target, way, is_weak| {
                let Some(&target) = numbers.get(&target).filter(|_| !is_weak) else { return };
                inside[target] += 1;
                let field = format!("{}{}", graph.type_name(node), field_text(way));
                let number = *field_numbers.entry(field).or_insert_with_key(|field| {
                    fields.push(field.clone());
                    fields.len() - 1
                });
                of_node.push((target, number));
            });
            edges.push(of_node);
        }
        let count = |node: Node| {
            // SAFETY: the objects of a graph are alive.
            unsafe { graph.objects[node as usize].as_ref() }.count()
        };
        let entries = members
            .iter()
            .enumerate()
            .filter(|&(number, &node)| count(node) > inside[number])
            .map(|(number, _)| number);
        Inner { entries: entries.collect(), edges, fields }
    }

    /// The fields that would have to be weak.
    fn breakers(&self) -> Vec<String> {
        let mut candidates: Vec<usize> = (0..self.fields.len()).collect();
        let mut uses = vec![0_usize; self.fields.len()];
        self.edges.iter().flatten().for_each(|&(_, field)| uses[field] += 1);
        let keeps: Vec<bool> = candidates.iter().map(|&field| self.all_reached_without(&[field])).collect();
        candidates.sort_by_key(|&field| (!keeps[field], uses[field]));
        if let Some(&field) = candidates.iter().find(|&&field| self.is_acyclic_without(&[field])) {
            return vec![self.fields[field].clone()];
        }
        let mut chosen: Vec<usize> = Vec::new();
        for field in candidates {
            chosen.push(field);
            if self.is_acyclic_without(&chosen) {
                break;
            }
        }
        // Those that turned out not to be needed.
        for index in (0..chosen.len()).rev() {
            let mut rest = chosen.clone();
            rest.remove(index);
            if self.is_acyclic_without(&rest) {
                chosen = rest;
            }
        }
        chosen.into_iter().map(|field| self.fields[field].clone()).collect()
    }

    /// Takes nodes away to which nothing refers, until there are none; are all gone?
    fn is_acyclic_without(&self, left_out: &[usize]) -> bool {
        let counted = |&&(_, field): &&(usize, usize)| !left_out.contains(&field);
        let mut references = vec![0_u32; self.edges.len()];
        self.edges.iter().flatten().filter(counted).for_each(|&(target, _)| references[target] += 1);
        let mut free: Vec<usize> = (0..self.edges.len()).filter(|&node| references[node] == 0).collect();
        let mut gone = 0;
        while let Some(node) = free.pop() {
            gone += 1;
            for &(target, _) in self.edges[node].iter().filter(counted) {
                references[target] -= 1;
                if references[target] == 0 {
                    free.push(target);
                }
            }
        }
        gone == self.edges.len()
    }

    fn all_reached_without(&self, left_out: &[usize]) -> bool {
        let mut reached: HashSet<usize> = self.entries.iter().copied().collect();
        let mut stack = self.entries.clone();
        while let Some(node) = stack.pop() {
            for &(target, field) in &self.edges[node] {
                if !left_out.contains(&field) && reached.insert(target) {
                    stack.push(target);
                }
            }
        }
        reached.len() == self.edges.len()
    }
}

/// The field's part of a way: without indices.
fn field_text(way: &[Step]) -> String {
    let fields = way.iter().filter(|step| matches!(step, Step::Field(_)));
    fields.map(Step::to_string).collect()
}

impl fmt::Display for Cycle {
    /// `2 objects, 96 bytes: 2 Node; weak `Node.parent` would break it`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.objects.len();
        write!(f, "{count} object{}, {} bytes: ", if count == 1 { "" } else { "s" }, self.bytes)?;
        for (index, (name, count)) in self.types.iter().enumerate() {
            write!(f, "{}{count} {name}", if index == 0 { "" } else { ", " })?;
        }
        if self.is_garbage {
            f.write_str("; garbage")?;
        }
        match &self.weak[..] {
            [] => Ok(()),
            [field] => write!(f, "; weak `{field}` would break it"),
            fields => write!(f, "; weak `{}` would break it", fields.join("` and `")),
        }
    }
}
