//! [`Picture`]: the objects around one, or of a cycle, as a graph to be drawn.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::cycles::Cycle;
use super::graph::{Graph, Node, way_text};
use crate::header::HAS_FINALIZER;
use crate::pointer::{Reference, header_at};

/// Objects and the references between them, to be drawn by Graphviz ([`Picture::dot`]) or, with the feature `layout-rs`,
/// as SVG.
///
/// A box is an object, with its type and its count; an arrow is a field. The box in question has a thick frame; types with
/// a `__del__` are orange; what something outside of the heap refers to is blue. Weak references are dashed. Objects for
/// which there is no room are drawn as one box for each type.
///
/// ```
/// use refcycle::{Gc, inspect::Picture, managed};
///
/// #[managed]
/// struct Owner { item: Gc<String> }
///
/// let owner = Owner::new(Gc::new(String::new()));
/// let dot = Picture::around(&owner, 10).dot();
/// assert!(dot.contains(r#"[label="item"]"#));
/// ```
#[derive(Clone, Debug)]
pub struct Picture {
    pub(super) boxes: Vec<Drawn>,
    pub(super) arrows: Vec<Arrow>,
}

/// A box.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    pub(super) label: String,
    pub(super) is_focus: bool,
    pub(super) has_finalizer: bool,
    pub(super) is_root: bool,
    /// Stands for objects that are not drawn.
    pub(super) is_rest: bool,
}

/// An arrow between two boxes.
#[derive(Clone, Debug)]
pub(super) struct Arrow {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: String,
    pub(super) is_weak: bool,
}

impl Picture {
    /// The objects nearest to one, at most `most` of them, in both directions.
    pub fn around(object: &impl Reference, most: usize) -> Picture {
        let graph = Graph::new();
        let Some(focus) = graph.number(header_at(object)) else { return Picture::empty() };
        Picture::of(&graph, focus, most, |_| true)
    }

    /// The members of a cycle, at most `most` of them.
    pub fn of_cycle(cycle: &Cycle, most: usize) -> Picture {
        let graph = Graph::new();
        let numbers = cycle.objects.iter().filter_map(|object| graph.number(object.header()));
        let members: std::collections::HashSet<Node> = numbers.collect();
        let first = cycle.objects.first().and_then(|object| graph.number(object.header()));
        let Some(first) = first else { return Picture::empty() };
        let mut picture = Picture::of(&graph, first, most, |node| members.contains(&node));
        picture.boxes[0].is_focus = false;
        picture
    }

    fn empty() -> Picture {
        Picture { boxes: Vec::new(), arrows: Vec::new() }
    }

    fn of(graph: &Graph, focus: Node, most: usize, wanted: impl Fn(Node) -> bool) -> Picture {
        let referrers = graph.referrers();
        let mut drawn: Vec<Node> = vec![focus];
        let mut places: HashMap<Node, usize> = HashMap::from([(focus, 0)]);
        let mut queue = VecDeque::from([focus]);
        while let Some(node) = queue.pop_front() {
            for &neighbour in graph.referents(node).iter().chain(referrers.of(node)) {
                if drawn.len() < most.max(1) && wanted(neighbour) && !places.contains_key(&neighbour) {
                    places.insert(neighbour, drawn.len());
                    drawn.push(neighbour);
                    queue.push_back(neighbour);
                }
            }
        }
        let mut picture = Picture::empty();
        picture.boxes.extend(drawn.iter().map(|&node| Drawn::object(graph, node, focus)));
        let mut rest = Rest::default();
        for (from, &node) in drawn.iter().enumerate() {
            let mut arrows = Arrows::default();
            graph.name_references(node, |target, way, is_weak| {
                let label = way_text(way).trim_start_matches('.').to_owned();
                if let Some(&to) = places.get(&target) {
                    arrows.add(to, label, is_weak);
                } else if wanted(target) && !is_weak {
                    rest.add(Side::After(from), graph.type_name(target));
                }
            });
            picture.arrows.extend(arrows.finish(from));
            for &referrer in referrers.of(node) {
                if wanted(referrer) && !places.contains_key(&referrer) {
                    rest.add(Side::Before(from), graph.type_name(referrer));
                }
            }
        }
        rest.draw(&mut picture);
        picture
    }

    /// The picture in Graphviz's language.
    pub fn dot(&self) -> String {
        let mut text = String::from("digraph {\n    node [shape=box style=filled fillcolor=white fontname=sans]\n");
        for (number, drawn) in self.boxes.iter().enumerate() {
            let mut style = String::new();
            if drawn.is_focus {
                style += " penwidth=3";
            }
            if drawn.is_rest {
                style += " style=dotted";
            } else {
                style += &format!(" fillcolor=\"{}\"", drawn.color());
            }
            text += &format!("    n{number} [label=\"{}\"{style}]\n", escaped(&drawn.label));
        }
        for Arrow { from, to, label, is_weak } in &self.arrows {
            let style = if *is_weak { " style=dashed color=gray50" } else { "" };
            text += &format!("    n{from} -> n{to} [label=\"{}\"{style}]\n", escaped(label));
        }
        text + "}\n"
    }
}

impl Drawn {
    fn object(graph: &Graph, node: Node, focus: Node) -> Self {
        // SAFETY: the objects of a graph are alive.
        let head = unsafe { graph.objects[node as usize].as_ref() };
        let count = head.count();
        let references = if count == 1 { "1 reference" } else { &format!("{count} references") };
        Drawn {
            label: format!("{}\n{references}", short(graph.type_name(node))),
            is_focus: node == focus,
            has_finalizer: head.has(HAS_FINALIZER),
            is_root: graph.outside[node as usize] > 0,
            is_rest: false,
        }
    }

    /// The color that it is filled with, as `#rrggbb`.
    pub(super) fn color(&self) -> &'static str {
        match (self.has_finalizer, self.is_root) {
            (true, _) => "#ffd8a8",
            (false, true) => "#d0ebff",
            (false, false) => "#ffffff",
        }
    }
}

/// The arrows of one box, several to the same one drawn as one.
#[derive(Default)]
struct Arrows(BTreeMap<(usize, bool), (String, usize)>);

impl Arrows {
    fn add(&mut self, to: usize, label: String, is_weak: bool) {
        self.0.entry((to, is_weak)).or_insert((label, 0)).1 += 1;
    }

    fn finish(self, from: usize) -> impl Iterator<Item = Arrow> {
        self.0.into_iter().map(move |((to, is_weak), (label, count))| Arrow {
            from,
            to,
            label: if count == 1 { label } else { format!("{label}, {} more", count - 1) },
            is_weak,
        })
    }
}

/// On which side of a drawn box others are left out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Before(usize),
    After(usize),
}

/// Counts what is left out, by type.
#[derive(Default)]
struct Rest(BTreeMap<(Side, &'static str), usize>);

impl Rest {
    fn add(&mut self, side: Side, type_name: &'static str) {
        *self.0.entry((side, type_name)).or_default() += 1;
    }

    fn draw(self, picture: &mut Picture) {
        for ((side, type_name), count) in self.0 {
            let rest = picture.boxes.len();
            let label = format!("{count} more {}", short(type_name));
            let (has_finalizer, is_root, is_focus) = (false, false, false);
            picture.boxes.push(Drawn { label, is_focus, has_finalizer, is_root, is_rest: true });
            let (from, to) = match side {
                Side::Before(place) => (rest, place),
                Side::After(place) => (place, rest),
            };
            picture.arrows.push(Arrow { from, to, label: String::new(), is_weak: false });
        }
    }
}

/// A type's name without the paths of modules: `Vec<String>` for `alloc::vec::Vec<alloc::string::String>`.
pub(super) fn short(name: &str) -> String {
    let mut result = String::with_capacity(name.len());
    let mut rest = name;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = if let Some(after) = after.strip_prefix("::") {
            after
        } else {
            result += word;
            let mark = after.chars().next().map_or(0, char::len_utf8);
            result += &after[..mark];
            &after[mark..]
        };
    }
    result
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_paths() {
        assert_eq!(short("alloc::vec::Vec<alloc::string::String>"), "Vec<String>");
        assert_eq!(short("(u8, a::B<'_, [c::D; 3]>)"), "(u8, B<'_, [D; 3]>)");
        assert_eq!(short("Node"), "Node");
    }
}
