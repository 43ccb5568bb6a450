//! Which fields would have to be weak so that a cycle is none.
//!
//! Many sets of fields would do. What is wanted is the one that a programmer would choose: back pointers, to a parent or an
//! owner, and not what owns. So the fields are put in order, those first that look most like back pointers, and taken until
//! no cycle is left; then those are given back without which none is left either.
//!
//! A field looks like a back pointer, the first difference deciding, if
//! 1. without it every member can still be reached from outside, so that nothing would die early;
//! 2. without it there still is one member that leads to all others: its owner;
//! 3. it is a field: the items of a collection that is an object of its own are made weak less easily;
//! 4. more of its references lead towards the outside, counted in steps from there, or at least not away from it;
//! 5. more of them lead to the same object: an owner is the only one, its parts may all know it;
//! 6. it is declared later.
//!
//! For garbage, which nothing outside leads to, 1. and 4. tell nothing.

use std::collections::{HashMap, HashSet, VecDeque};

use super::cycles::components;
use super::graph::{Adjacency, Graph, Node, field_text};
use crate::short_name::without_paths;
use crate::trace::Step;

/// A field that is part of a cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cut {
    /// `Type.field`; `Type[…]` for the items of a collection that is an object of its own.
    pub field: String,
    /// How many of the cycle's references are of this field.
    pub references: usize,
    /// How many of the objects would still be part of a cycle if this field, and those before it, were weak.
    pub left: usize,
}

/// The members of a cycle and the references among them, by field.
pub(super) struct Inner {
    /// Members are numbered anew; each with its references: the target and the field's number.
    edges: Vec<Vec<(Node, usize)>>,
    fields: Vec<Field>,
    /// Members that are referred to from outside of the component.
    entries: Vec<Node>,
    /// Steps from those to each member.
    depths: Vec<u32>,
}

#[derive(Default)]
struct Field {
    name: String,
    is_item: bool,
    references: usize,
    /// References that lead away from the outside.
    forward: usize,
    targets: HashSet<Node>,
}

impl Inner {
    pub(super) fn new(graph: &Graph, members: &[Node]) -> Self {
        let numbers: HashMap<Node, Node> = (0..).zip(members).map(|(number, &node)| (node, number)).collect();
        let mut fields: Vec<Field> = Vec::new();
        let mut field_numbers: HashMap<String, usize> = HashMap::new();
        let mut inside = vec![0_u32; members.len()];
        let mut edges = Vec::with_capacity(members.len());
        for &node in members {
            let mut of_node = Vec::new();
            graph.name_references(node, |target, way, is_weak| {
                let Some(&target) = numbers.get(&target).filter(|_| !is_weak) else { return };
                inside[target as usize] += 1;
                let is_item = !way.iter().any(|step| matches!(step, Step::Field(_)));
                let steps = if is_item { "[…]".to_owned() } else { field_text(way) };
                let name = without_paths(graph.type_name(node)) + &steps;
                let number = *field_numbers.entry(name).or_insert_with_key(|name| {
                    fields.push(Field { name: name.clone(), is_item, ..Field::default() });
                    fields.len() - 1
                });
                fields[number].references += 1;
                fields[number].targets.insert(target);
                of_node.push((target, number));
            });
            edges.push(of_node);
        }
        let is_entry = |&(number, &node): &(usize, &Node)| graph.count(node) > inside[number];
        let entries = members.iter().enumerate().filter(is_entry).map(|(number, _)| number as Node).collect();
        let mut inner = Inner { edges, fields, entries, depths: Vec::new() };
        inner.depths = inner.depths_without(&[]);
        for (node, edges) in inner.edges.iter().enumerate() {
            for &(target, field) in edges {
                inner.fields[field].forward += usize::from(inner.depths[target as usize] > inner.depths[node]);
            }
        }
        inner
    }

    /// The fields that would have to be weak, the one that says most first.
    pub(super) fn cuts(&self) -> Vec<Cut> {
        let mut order: Vec<usize> = (0..self.fields.len()).collect();
        order.sort_by_cached_key(|&field| self.rank(field));
        let mut chosen: Vec<usize> = Vec::new();
        // What is owned stays owned, if that can be.
        for may_lose in [false, true] {
            for &field in &order {
                if self.left_without(&chosen) == 0 {
                    break;
                }
                let more: Vec<usize> = chosen.iter().copied().chain([field]).collect();
                if !chosen.contains(&field) && (may_lose || self.keeps_all_without(&more)) {
                    chosen = more;
                }
            }
        }
        for index in (0..chosen.len()).rev() {
            let mut rest = chosen.clone();
            rest.remove(index);
            if self.left_without(&rest) == 0 {
                chosen = rest;
            }
        }
        (1..=chosen.len()).map(|count| self.cut(&chosen[..count])).collect()
    }

    /// The last one of some fields.
    fn cut(&self, chosen: &[usize]) -> Cut {
        let field = &self.fields[chosen[chosen.len() - 1]];
        Cut { field: field.name.clone(), references: field.references, left: self.left_without(chosen) }
    }

    /// What decides about the order, the smallest first.
    fn rank(&self, number: usize) -> impl Ord + use<> {
        const WHOLE: usize = 1 << 10;
        let field = &self.fields[number];
        let without = self.without(&[number]);
        (
            !self.keeps_all_without(&[number]),
            sources(&without) != 1,
            field.is_item,
            field.forward * WHOLE / field.references,
            core::cmp::Reverse(field.references * WHOLE / field.targets.len()),
            core::cmp::Reverse(number),
        )
    }

    /// The references of all other fields.
    fn without(&self, left_out: &[usize]) -> Adjacency {
        let targets = |edges: &Vec<(Node, usize)>| {
            let kept = edges.iter().filter(|(_, field)| !left_out.contains(field));
            kept.map(|&(target, _)| target).collect::<Vec<_>>()
        };
        Adjacency::new(self.edges.iter().map(targets))
    }

    /// How many members would be part of a cycle.
    fn left_without(&self, left_out: &[usize]) -> usize {
        let edges = self.without(left_out);
        components(&edges).iter().filter(|component| is_cycle(&edges, component)).map(Vec::len).sum()
    }

    fn keeps_all_without(&self, left_out: &[usize]) -> bool {
        if self.entries.is_empty() {
            return sources(&self.without(left_out)) == 1;
        }
        self.depths_without(left_out).iter().all(|&depth| depth != Graph::UNREACHED)
    }

    fn depths_without(&self, left_out: &[usize]) -> Vec<u32> {
        let mut depths = vec![Graph::UNREACHED; self.edges.len()];
        let mut queue = VecDeque::from(self.entries.clone());
        self.entries.iter().for_each(|&entry| depths[entry as usize] = 0);
        while let Some(node) = queue.pop_front() {
            for &(target, field) in &self.edges[node as usize] {
                if !left_out.contains(&field) && depths[target as usize] == Graph::UNREACHED {
                    depths[target as usize] = depths[node as usize] + 1;
                    queue.push_back(target);
                }
            }
        }
        depths
    }
}

/// Are these objects, which can be reached from each other, part of a cycle?
pub(super) fn is_cycle(edges: &Adjacency, component: &[Node]) -> bool {
    component.len() > 1 || edges.of(component[0]).contains(&component[0])
}

/// How many components nothing else leads to.
fn sources(edges: &Adjacency) -> usize {
    let components = components(edges);
    let mut of = vec![0; edges.len()];
    for (number, component) in components.iter().enumerate() {
        component.iter().for_each(|&node| of[node as usize] = number);
    }
    let mut is_source = vec![true; components.len()];
    for node in 0..edges.len() as Node {
        for &target in edges.of(node) {
            is_source[of[target as usize]] &= of[target as usize] == of[node as usize];
        }
    }
    is_source.into_iter().filter(|&is| is).count()
}
