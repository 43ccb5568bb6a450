//! [`why_alive`]: the shortest way to an object from outside the heap.

use core::fmt;
use std::collections::VecDeque;

use super::graph::{Graph, Node};
use crate::pointer::{Object, Reference, header_at};

/// Why an object is alive: a way to it that begins with an object which something outside of the heap refers to, such as
/// a local variable.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WhyAlive {
    /// The objects on the way, with the field that leads on; the object that was asked about isn't among them.
    pub hops: Vec<Hop>,
    /// The object that was asked about.
    pub object: Object,
    /// References from outside to the first object of the way. If that is the one that was asked about, the reference
    /// that was passed isn't counted.
    pub outside: usize,
}

/// One object of a [`WhyAlive`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Hop {
    /// The object.
    pub object: Object,
    /// Where it refers to the next one: `.field[index]`; empty if the type doesn't say.
    pub field: String,
}

/// The shortest way to an object from outside the heap, not counting the reference that is passed here. `None` if there
/// is none: what is left is garbage, once that reference is dropped.
///
/// If something else outside refers to the object itself, the way has no hops, unless the heap has another one. Takes
/// time in proportion to the whole heap.
///
/// ```
/// use refcycle::{Gc, inspect, managed};
///
/// #[managed]
/// struct Page { links: Vec<Gc<Link>> }
/// #[managed]
/// struct Link { target: Gc<String> }
///
/// let target = Gc::new(String::from("here"));
/// let page = Page::new(vec![Link::new(target.clone())]);
/// let why = inspect::why_alive(&target).unwrap();
/// assert_eq!(why.to_string(), "Page.links[0]\nLink.target\nalloc::string::String");
/// # drop(page);
/// ```
pub fn why_alive(object: &impl Reference) -> Option<WhyAlive> {
    let graph = Graph::new();
    let target = graph.number(header_at(object))?;
    // In the graph the reference that was passed is one from outside.
    let own = graph.outside[target as usize].saturating_sub(1);
    let way = shortest(&graph, target);
    if way.is_none() && own == 0 {
        return None;
    }
    let way = way.unwrap_or_else(|| vec![target]);
    let outside = if way.len() == 1 { own } else { graph.outside[way[0] as usize] } as usize;
    let fields = way.windows(2).map(|pair| graph.way(pair[0], pair[1]).unwrap_or_default());
    let hops: Option<Vec<Hop>> = way
        .iter()
        .zip(fields.collect::<Vec<_>>())
        .map(|(&node, field)| {
            // SAFETY: the objects of a graph are alive and have values.
            let object = unsafe { Object::from_header(graph.objects[node as usize]) }?;
            Some(Hop { object, field })
        })
        .collect();
    // SAFETY: the reference that was passed keeps its object.
    let object = unsafe { Object::from_header(header_at(object)) }?;
    Some(WhyAlive { hops: hops?, object, outside })
}

/// The shortest way to `target` from a root other than itself, against the direction of the references.
fn shortest(graph: &Graph, target: Node) -> Option<Vec<Node>> {
    const UNSEEN: Node = Node::MAX;
    let referrers = graph.referrers();
    let mut next = vec![UNSEEN; graph.len()];
    next[target as usize] = target;
    let mut queue = VecDeque::from([target]);
    while let Some(node) = queue.pop_front() {
        if node != target && graph.is_root(node) {
            let mut way = vec![node];
            let mut at = node;
            while at != target {
                at = next[at as usize];
                way.push(at);
            }
            return Some(way);
        }
        for &referrer in referrers.of(node) {
            if next[referrer as usize] == UNSEEN {
                next[referrer as usize] = node;
                queue.push_back(referrer);
            }
        }
    }
    None
}

impl fmt::Display for WhyAlive {
    /// A line for each object: `Type.field[index]`, at the end the type of the object that was asked about.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Hop { object, field } in &self.hops {
            writeln!(f, "{}{field}", object.type_name())?;
        }
        f.write_str(self.object.type_name())
    }
}
