//! [`Picture`]: the objects around one, or of a cycle, as a graph to be drawn.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use super::cycles::Cycle;
use super::graph::{Graph, Node, field_text, way_text};
use crate::header::HAS_FINALIZER;
use crate::pointer::{Reference, header_at};
use crate::short_name::without_paths;

/// Objects and the references between them, to be drawn by Graphviz ([`Picture::dot`]) or, with the feature `svg`,
/// as SVG.
///
/// A box is an object, with its type and its count; an arrow is a field. The box in question has a thick frame; objects
/// with a `__del__` are orange; what something outside of the heap refers to has a blue frame. Weak references are dashed
/// and violet. Objects for which there is no room are drawn as one box for each type, with a dotted frame.
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
#[cfg_attr(not(feature = "svg"), allow(dead_code, reason = "Graphviz finds its own order and has no room"))]
pub(super) struct Drawn {
    pub(super) label: String,
    /// The whole name of the type.
    pub(super) type_name: &'static str,
    pub(super) is_focus: bool,
    pub(super) has_finalizer: bool,
    pub(super) is_root: bool,
    /// Stands for objects that are not drawn.
    pub(super) is_rest: bool,
    /// How far from outside it is: owners come first.
    pub(super) depth: u32,
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
    /// The objects nearest to one, at most `most` of them, in both directions. The reference that is passed here isn't
    /// counted. Takes time in proportion to the whole heap.
    pub fn around(object: &impl Reference, most: usize) -> Picture {
        let mut graph = Graph::new();
        let Some(focus) = graph.number(header_at(object)) else { return Picture::empty() };
        graph.ignore_reference(focus);
        let mut weak: HashMap<Node, Vec<Node>> = HashMap::new();
        for node in 0..graph.len() as Node {
            graph.name_references(node, |target, _, is_weak| {
                if is_weak {
                    weak.entry(target).or_default().push(node);
                    weak.entry(node).or_default().push(target);
                }
            });
        }
        let mut picture = Picture::of(&graph, focus, most, &weak, |_| true);
        picture.boxes[0].is_focus = true;
        picture
    }

    /// The members of a cycle, at most `most` of them. The references that `cycle` itself holds aren't counted. Takes time
    /// in proportion to the whole heap.
    ///
    /// ```
    /// use refcycle::{Gc, inspect::{self, Picture}, managed};
    ///
    /// #[managed]
    /// struct Loop { #[managed(mut)] me: Option<Gc<Loop>> }
    ///
    /// let x = Loop::new(None);
    /// x.set_me(Some(x.clone()));
    /// let picture = Picture::of_cycle(&inspect::cycles()[0], 10);
    /// assert!(picture.dot().contains(r#"n0 -> n0 [label="me"]"#));
    /// ```
    pub fn of_cycle(cycle: &Cycle, most: usize) -> Picture {
        let mut graph = Graph::new();
        let members: Vec<Node> = cycle.objects.iter().filter_map(|object| graph.number(object.header())).collect();
        members.iter().for_each(|&member| graph.ignore_reference(member));
        Picture::of_members(&graph, &members, most)
    }

    /// The objects nearest to that of some which is nearest to outside, at most `most` of them, and no others.
    pub(super) fn of_members(graph: &Graph, members: &[Node], most: usize) -> Picture {
        let depths = graph.depths();
        let Some(&first) = members.iter().min_by_key(|member| depths[**member as usize]) else {
            return Picture::empty();
        };
        let members: HashSet<Node> = members.iter().copied().collect();
        Picture::of(graph, first, most, &HashMap::new(), |node| members.contains(&node))
    }

    fn empty() -> Picture {
        Picture { boxes: Vec::new(), arrows: Vec::new() }
    }

    /// What is nearest to `start`, also along the references in `weak`.
    fn of(
        graph: &Graph,
        start: Node,
        most: usize,
        weak: &HashMap<Node, Vec<Node>>,
        wanted: impl Fn(Node) -> bool,
    ) -> Picture {
        let referrers = graph.referrers();
        let drawn = nearest(start, most, &wanted, |node| {
            // In turns, lest one direction takes all the room.
            let (mut up, mut down) = (referrers.of(node).iter(), graph.referents(node).iter());
            let turns = core::iter::from_fn(move || {
                let (before, after) = (up.next(), down.next());
                (before.is_some() || after.is_some()).then(|| before.into_iter().chain(after))
            });
            turns.flatten().chain(weak.get(&node).into_iter().flatten()).copied()
        });
        let places: HashMap<Node, usize> = drawn.iter().enumerate().map(|(place, &node)| (node, place)).collect();
        let depths = graph.depths();
        let mut picture = Picture::empty();
        picture.boxes.extend(drawn.iter().map(|&node| Drawn::object(graph, node, depths[node as usize])));
        let mut rest = Rest { depths: &depths, left: BTreeMap::new() };
        for (from, &node) in drawn.iter().enumerate() {
            let mut arrows = Arrows::default();
            graph.name_references(node, |target, way, is_weak| {
                if let Some(&to) = places.get(&target) {
                    arrows.add(to, label(&way_text(way)), is_weak);
                } else if wanted(target) && !is_weak {
                    rest.at(from, graph.type_name(target), target).fields.insert(label(&field_text(way)));
                }
            });
            picture.arrows.extend(arrows.finish(from));
            for &referrer in referrers.of(node) {
                if wanted(referrer) && !places.contains_key(&referrer) {
                    rest.at(from, graph.type_name(referrer), referrer).refers_back = true;
                }
            }
        }
        rest.draw(&mut picture);
        picture
    }

    /// The picture in Graphviz's language: `dot -Tsvg` draws it.
    pub fn dot(&self) -> String {
        let mut text = String::from(
            "digraph {\n    node [shape=box style=\"rounded,filled\" fillcolor=white fontname=sans]\n    \
             edge [fontname=sans fontsize=11]\n",
        );
        for (number, drawn) in self.boxes.iter().enumerate() {
            let mut style = String::new();
            match (drawn.has_finalizer, drawn.is_root) {
                (true, _) => style += " fillcolor=\"#ffe8cc\"",
                (false, true) => style += " fillcolor=\"#d0ebff\"",
                (false, false) => {}
            }
            if drawn.is_root {
                style += " color=\"#1971c2\"";
            }
            if drawn.is_focus {
                style += " penwidth=3";
            }
            if drawn.is_rest {
                style += " style=dotted";
            }
            text += &format!("    n{number} [label=\"{}\"{style}]\n", escaped(&drawn.label));
        }
        for Arrow { from, to, label, is_weak } in &self.arrows {
            let style = if *is_weak { " style=dashed color=\"#ae3ec9\" constraint=false" } else { "" };
            text += &format!("    n{from} -> n{to} [label=\"{}\"{style}]\n", escaped(label));
        }
        text + "}\n"
    }
}

/// The nodes nearest to one, at most `most` of them.
fn nearest<I: Iterator<Item = Node>>(
    start: Node,
    most: usize,
    wanted: &impl Fn(Node) -> bool,
    neighbours: impl Fn(Node) -> I,
) -> Vec<Node> {
    let mut found = vec![start];
    let mut seen = HashSet::from([start]);
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for neighbour in neighbours(node) {
            if found.len() >= most {
                return found;
            }
            if wanted(neighbour) && seen.insert(neighbour) {
                found.push(neighbour);
                queue.push_back(neighbour);
            }
        }
    }
    found
}

/// A way as it is written at an arrow.
fn label(way: &str) -> String {
    way.trim_start_matches('.').to_owned()
}

impl Drawn {
    fn object(graph: &Graph, node: Node, depth: u32) -> Self {
        // SAFETY: the objects of a graph are alive.
        let head = unsafe { graph.objects[node as usize].as_ref() };
        let outside = graph.outside[node as usize];
        let type_name = graph.type_name(node);
        let mut label = without_paths(type_name);
        match graph.count(node) {
            1 => label += "\n1 reference",
            count => label += &format!("\n{count} references"),
        }
        if outside > 0 {
            label += &format!("\n{outside} from outside");
        }
        Drawn {
            label,
            type_name,
            is_focus: false,
            has_finalizer: head.has(HAS_FINALIZER),
            is_root: outside > 0,
            is_rest: false,
            depth,
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

/// What is left out: objects of one type that one drawn object refers to, or that refer to it.
#[derive(Default)]
struct Left {
    objects: HashSet<Node>,
    /// The fields that refer to them.
    fields: BTreeSet<String>,
    refers_back: bool,
}

/// What is left out beside each drawn object, by type.
struct Rest<'a> {
    depths: &'a [u32],
    left: BTreeMap<(usize, &'static str), Left>,
}

impl Rest<'_> {
    fn at(&mut self, place: usize, type_name: &'static str, object: Node) -> &mut Left {
        let left = self.left.entry((place, type_name)).or_default();
        left.objects.insert(object);
        left
    }

    fn draw(self, picture: &mut Picture) {
        for ((place, type_name), Left { objects, fields, refers_back }) in self.left {
            let rest = picture.boxes.len();
            picture.boxes.push(Drawn {
                label: format!("{} more {}", objects.len(), without_paths(type_name)),
                type_name,
                is_focus: false,
                has_finalizer: false,
                is_root: false,
                is_rest: true,
                depth: objects.iter().map(|&object| self.depths[object as usize]).min().unwrap_or(0),
            });
            let mut arrow = |from, to, label| picture.arrows.push(Arrow { from, to, label, is_weak: false });
            if !fields.is_empty() {
                arrow(place, rest, fields.into_iter().collect::<Vec<_>>().join(", "));
            }
            if refers_back {
                arrow(rest, place, String::new());
            }
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
