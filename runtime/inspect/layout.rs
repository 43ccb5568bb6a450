//! Where the boxes and arrows of a [`Picture`] lie: in rows, owners above what they own, found by the crate
//! `rust-sugiyama`.

use std::panic::resume_unwind;
use std::thread;

use rust_sugiyama::configure::{Config, CrossingMinimization, RankingType};
use rust_sugiyama::from_vertices_and_edges;

use super::picture::{Arrow, Picture};

/// Space between boxes, and between rows.
const SPACE: f64 = 22.0;

/// The crate recurses, once for each vertex at most, with less than this on the stack.
const STACK_OF_VERTEX: usize = 4 << 10;

/// A place on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct At {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// What a box takes up, or a label.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Where an arrow runs.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Course {
    /// By places between the upper box and the lower one.
    Down {
        by: Vec<At>,
        label: At,
        /// Does it point upwards?
        is_reversed: bool,
    },
    /// Straight to the other box, or back to its own: it had no say in where they lie.
    Direct,
}

/// The places of a picture's boxes, by their middles, and of its arrows, in the same order.
pub(super) struct Layout {
    pub(super) boxes: Vec<At>,
    pub(super) arrows: Vec<Course>,
}

/// Finds places for boxes and labels of the given sizes.
pub(super) fn lay_out(picture: &Picture, boxes: &[Size], labels: &[Size]) -> Layout {
    let downward = downward(picture);
    let mut vertices = Vertices::default();
    boxes.iter().for_each(|&size| {
        vertices.add(size);
    });
    // A label is a vertex of its own, so that it lies on nothing else.
    let mut ways: Vec<Vec<usize>> = Vec::new();
    for way in &downward {
        let label = vertices.add(labels[way.arrow]);
        ways.push(vec![way.upper, label, way.lower]);
    }
    // The first time the rows are found; the second time an arrow has a vertex in each row that it passes.
    let rows = rows(&vertices.place(&ways));
    for way in &mut ways {
        *way = way
            .windows(2)
            .flat_map(|pair| {
                let passed = rows[pair[0]] + 1..rows[pair[1]].max(rows[pair[0]] + 1);
                let between: Vec<usize> = passed.map(|_| vertices.add(Size { width: 1.0, height: 1.0 })).collect();
                core::iter::once(pair[0]).chain(between)
            })
            .chain(way.last().copied())
            .collect();
    }
    let places = vertices.place(&ways);
    let mut arrows = vec![Course::Direct; picture.arrows.len()];
    for (number, (down, way)) in downward.iter().zip(&ways).enumerate() {
        let by = way[1..way.len() - 1].iter().map(|&vertex| places[vertex]).collect();
        let label = places[boxes.len() + number];
        arrows[down.arrow] = Course::Down { by, label, is_reversed: down.is_reversed };
    }
    Layout { boxes: places[..boxes.len()].to_vec(), arrows }
}

/// What is to be placed.
#[derive(Default)]
struct Vertices(Vec<(u32, (f64, f64))>);

impl Vertices {
    fn add(&mut self, Size { width, height }: Size) -> usize {
        let number = self.0.len();
        self.0.push((number as u32, (width, height)));
        number
    }

    /// The middle of each vertex; parts that nothing connects lie side by side.
    fn place(&self, ways: &[Vec<usize>]) -> Vec<At> {
        let config = Config {
            minimum_length: 1,
            vertex_spacing: SPACE,
            dummy_vertices: true,
            dummy_size: 1.0,
            ranking_type: RankingType::MinimizeEdgeLength,
            c_minimization: CrossingMinimization::Barycenter,
            transpose: true,
        };
        let edges: Vec<(u32, u32)> =
            ways.iter().flat_map(|way| way.windows(2)).map(|pair| (pair[0] as u32, pair[1] as u32)).collect();
        let mut places = vec![At::default(); self.0.len()];
        let mut end = 0.0;
        let parts = with_stack(self.0.len() * STACK_OF_VERTEX, || from_vertices_and_edges(&self.0, &edges, &config));
        for (part, ..) in parts {
            let half = |vertex: usize| self.0[vertex].1.0 / 2.0;
            let left = part.iter().map(|&(vertex, (x, _))| x - half(vertex)).fold(f64::INFINITY, f64::min);
            let shift = end + SPACE - left;
            for (vertex, (x, y)) in part {
                places[vertex] = At { x: x + shift, y };
                end = f64::max(end, x + shift + half(vertex));
            }
        }
        places
    }
}

/// Runs code on a stack of some bytes, whatever is left of the caller's; on that if there are no threads.
fn with_stack<R: Send>(bytes: usize, code: impl Fn() -> R + Sync) -> R {
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(bytes.max(1 << 20));
        match builder.spawn_scoped(scope, &code) {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => code(),
        }
    })
}

/// The number of each vertex's row.
fn rows(places: &[At]) -> Vec<usize> {
    let mut heights: Vec<f64> = places.iter().map(|at| at.y).collect();
    heights.sort_by(f64::total_cmp);
    heights.dedup();
    places.iter().map(|at| heights.partition_point(|&y| y < at.y)).collect()
}

/// An arrow that decides about rows.
struct Downward {
    arrow: usize,
    upper: usize,
    lower: usize,
    /// Does it point upwards?
    is_reversed: bool,
}

/// The arrows that decide about rows, those first that lead away from outside. One that contradicts others before it is
/// turned around. A weak one takes part only if nothing else connects its boxes.
fn downward(picture: &Picture) -> Vec<Downward> {
    let arrows = &picture.arrows;
    let depth = |place: usize| picture.boxes[place].depth;
    let mut order: Vec<usize> = (0..arrows.len()).filter(|&number| arrows[number].from != arrows[number].to).collect();
    order.sort_by_key(|&number| {
        let Arrow { from, to, is_weak, .. } = arrows[number];
        (is_weak, depth(from) >= depth(to), depth(from) > depth(to), from > to)
    });
    let mut below = vec![Vec::new(); picture.boxes.len()];
    let mut groups: Vec<usize> = (0..picture.boxes.len()).collect();
    let mut found = Vec::new();
    for number in order {
        let Arrow { from, to, is_weak, .. } = arrows[number];
        let (mine, other) = (groups[from], groups[to]);
        if is_weak && mine == other {
            continue;
        }
        groups.iter_mut().filter(|group| **group == other).for_each(|group| *group = mine);
        let is_reversed = leads(&below, to, from);
        let (upper, lower) = if is_reversed { (to, from) } else { (from, to) };
        below[upper].push(lower);
        found.push(Downward { arrow: number, upper, lower, is_reversed });
    }
    found
}

/// Is there a way down from one box to another?
fn leads(below: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; below.len()];
    let mut stack = vec![from];
    while let Some(place) = stack.pop() {
        if place == to {
            return true;
        }
        if !core::mem::replace(&mut seen[place], true) {
            stack.extend(&below[place]);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect::picture::Drawn;

    fn random(seed: u64) -> Picture {
        let mut random = fastrand::Rng::with_seed(seed);
        let count = random.usize(1..15);
        let boxes = (0..count).map(|_| Drawn {
            label: "Type".to_owned(),
            type_name: "Type",
            is_focus: false,
            has_finalizer: false,
            is_root: false,
            is_rest: false,
            depth: random.u32(0..4),
        });
        let boxes = boxes.collect();
        let arrow = |random: &mut fastrand::Rng| Arrow {
            from: random.usize(0..count),
            to: random.usize(0..count),
            label: "field".repeat(random.usize(0..3)),
            is_weak: random.u8(0..4) == 0,
        };
        Picture { boxes, arrows: (0..random.usize(0..30)).map(|_| arrow(&mut random)).collect() }
    }

    fn lie_apart((a, s): (At, Size), (b, t): (At, Size)) -> bool {
        (a.x - b.x).abs() * 2.0 >= s.width + t.width || (a.y - b.y).abs() * 2.0 >= s.height + t.height
    }

    #[test]
    fn neither_boxes_nor_labels_cover_each_other() {
        for seed in 0..100 {
            let picture = random(seed);
            let boxes = vec![Size { width: 100.0, height: 40.0 }; picture.boxes.len()];
            let labels: Vec<Size> = picture
                .arrows
                .iter()
                .map(|arrow| Size { width: (arrow.label.len() as f64 * 7.0).max(1.0), height: 16.0 })
                .collect();
            let layout = lay_out(&picture, &boxes, &labels);
            let mut taken: Vec<(At, Size)> = layout.boxes.iter().copied().zip(boxes.iter().copied()).collect();
            for (course, size) in layout.arrows.iter().zip(&labels) {
                if let Course::Down { label, .. } = course {
                    taken.push((*label, *size));
                }
            }
            for (index, one) in taken.iter().enumerate() {
                for other in &taken[..index] {
                    assert!(lie_apart(*one, *other), "seed {seed}: {one:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn a_long_chain_needs_no_stack_of_the_caller() {
        let lay_out_chain = || {
            let mut picture = random(0);
            picture.boxes = vec![picture.boxes[0].clone(); 3_000];
            let arrow = |from| Arrow { from, to: from + 1, label: String::new(), is_weak: false };
            picture.arrows = (0..2_999).map(arrow).collect();
            let boxes = vec![Size { width: 100.0, height: 40.0 }; picture.boxes.len()];
            lay_out(&picture, &boxes, &vec![Size { width: 1.0, height: 16.0 }; picture.arrows.len()]).boxes.len()
        };
        let small = thread::Builder::new().stack_size(128 << 10).spawn(lay_out_chain).unwrap();
        assert_eq!(small.join().unwrap(), 3_000);
    }

    #[test]
    fn arrows_that_decide_lead_down() {
        for seed in 0..100 {
            let picture = random(seed);
            let boxes = vec![Size { width: 100.0, height: 40.0 }; picture.boxes.len()];
            let labels = vec![Size { width: 40.0, height: 16.0 }; picture.arrows.len()];
            let layout = lay_out(&picture, &boxes, &labels);
            for (arrow, course) in picture.arrows.iter().zip(&layout.arrows) {
                let Course::Down { by, is_reversed, .. } = course else { continue };
                let (from, to) = (layout.boxes[arrow.from], layout.boxes[arrow.to]);
                let (upper, lower) = if *is_reversed { (to, from) } else { (from, to) };
                let way: Vec<f64> = [upper].iter().chain(by).chain([&lower]).map(|at| at.y).collect();
                assert!(way.is_sorted_by(|a, b| a < b), "seed {seed}: {way:?}");
            }
        }
    }
}
