//! A [`Picture`] as SVG.

use core::fmt::Write as _;
use std::collections::HashMap;

use super::layout::{At, Course, Layout, Size, lay_out};
use super::markup::escaped;
use super::picture::{Drawn, Picture};

/// Every letter is as wide as each other, so that boxes fit.
const STYLE: &str = include_str!("picture.css");

/// The width of a letter in a box.
const LETTER: f64 = 7.3;
/// The width of a letter at an arrow.
const SMALL: f64 = 6.7;
const LINE: f64 = 16.0;
/// The length of an arrow's head.
const HEAD: f64 = 8.0;
/// How far an arrow from a box to itself leaves that.
const TURN: f64 = 40.0;
/// Around the picture.
const MARGIN: f64 = 12.0;

impl Picture {
    /// The picture as a self-contained SVG document, for light pages and dark ones. Needs the feature `svg`. Meant for what
    /// can be taken in at a glance: the time grows with more than the square of the boxes.
    ///
    /// ```
    /// use refcycle::{Gc, inspect::Picture};
    ///
    /// let list = Gc::new(vec![Gc::new(1), Gc::new(2)]);
    /// let picture = Picture::around(&list, 10).svg();
    /// assert!(picture.starts_with("<svg "));
    /// ```
    pub fn svg(&self) -> String {
        let sizes: Vec<Size> = self.boxes.iter().map(size).collect();
        let labels: Vec<Size> = self.arrows.iter().map(|arrow| label_size(&arrow.label)).collect();
        let layout = lay_out(self, &self.rooms(&sizes, &labels), &labels);
        let areas: Vec<Area> = layout.boxes.iter().zip(&sizes).map(|(&at, &size)| Area::around(at, size)).collect();
        let ports = ports(self, &areas, &layout);
        let mut drawing = Drawing::default();
        for (drawn, area) in self.boxes.iter().zip(&areas) {
            drawing.object(drawn, area);
        }
        for (number, (arrow, course)) in self.arrows.iter().zip(&layout.arrows).enumerate() {
            let (from, to) = (&areas[arrow.from], &areas[arrow.to]);
            let (path, label) = match course {
                Course::Down { by, label, is_reversed } => (down(ports[number], by, *is_reversed), *label),
                Course::Direct if arrow.from == arrow.to => turn(from, labels[number]),
                Course::Direct => direct(from, to, &drawing.taken, labels[number]),
            };
            let class = if arrow.is_weak { " class=\"weak\"" } else { "" };
            drawing.arrow(&path, class);
            drawing.label(Area::around(label, labels[number]), &arrow.label, class);
        }
        drawing.legend(self);
        drawing.finish()
    }

    /// What the boxes need to lie apart: arrows that end there, and those that lead back to the same box, at both sides.
    fn rooms(&self, sizes: &[Size], labels: &[Size]) -> Vec<Size> {
        let mut rooms: Vec<Size> =
            sizes.iter().map(|&Size { width, height }| Size { width, height: height + HEAD * 3.0 }).collect();
        for (arrow, label) in self.arrows.iter().zip(labels).filter(|(arrow, _)| arrow.from == arrow.to) {
            rooms[arrow.from].width += 2.0 * (TURN + label.width);
        }
        rooms
    }
}

fn size(drawn: &Drawn) -> Size {
    let letters = drawn.label.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    Size { width: letters as f64 * LETTER + 20.0, height: drawn.label.lines().count() as f64 * LINE + 12.0 }
}

fn label_size(label: &str) -> Size {
    Size { width: (label.chars().count() as f64 * SMALL).max(1.0), height: LINE }
}

/// A part of the page.
#[derive(Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Area {
    fn around(At { x, y }: At, Size { width, height }: Size) -> Self {
        Area { left: x - width / 2.0, top: y - height / 2.0, width, height }
    }

    fn right(&self) -> f64 {
        self.left + self.width
    }

    fn bottom(&self) -> f64 {
        self.top + self.height
    }

    fn middle(&self) -> f64 {
        self.left + self.width / 2.0
    }

    fn overlaps(&self, other: &Area) -> bool {
        self.left < other.right() && other.left < self.right() && self.top < other.bottom() && other.top < self.bottom()
    }
}

/// Where the arrows touch their upper boxes and their lower ones: side by side, in the order of the places that they lead
/// to.
fn ports(picture: &Picture, areas: &[Area], layout: &Layout) -> Vec<(At, At)> {
    let mut sides: HashMap<(usize, bool), Vec<(f64, usize)>> = HashMap::new();
    let mut ports = vec![(At::default(), At::default()); picture.arrows.len()];
    for (number, (arrow, course)) in picture.arrows.iter().zip(&layout.arrows).enumerate() {
        let Course::Down { by, is_reversed, .. } = course else { continue };
        let (upper, lower) = if *is_reversed { (arrow.to, arrow.from) } else { (arrow.from, arrow.to) };
        let (above, below) = (&areas[upper], &areas[lower]);
        ports[number] = (At { x: 0.0, y: above.bottom() }, At { x: 0.0, y: below.top });
        let first = by.first().map_or(below.middle(), |at| at.x);
        let last = by.last().map_or(above.middle(), |at| at.x);
        sides.entry((upper, true)).or_default().push((first, number));
        sides.entry((lower, false)).or_default().push((last, number));
    }
    for ((place, is_bottom), mut arrows) in sides {
        arrows.sort_by(|a, b| a.0.total_cmp(&b.0));
        let Area { left, width, .. } = areas[place];
        let step = width / (arrows.len() + 1) as f64;
        for (index, (_, number)) in arrows.into_iter().enumerate() {
            let port = if is_bottom { &mut ports[number].0 } else { &mut ports[number].1 };
            port.x = left + step * (index + 1) as f64;
        }
    }
    ports
}

/// A line with its head, and where it goes.
struct Path {
    line: String,
    head: String,
    reaches: Vec<At>,
}

impl Path {
    /// Curves through some places, vertical where they meet, with the head at the end. `sign` is 1 if that points down.
    fn vertical(places: &[At], sign: f64) -> Self {
        let (&[first, ..], &[.., tip]) = (places, places) else { unreachable!("a line has two ends") };
        let mut line = format!("M{:.1} {:.1}", first.x, first.y);
        for (index, pair) in places.windows(2).enumerate() {
            let (at, mut next) = (pair[0], pair[1]);
            if index + 2 == places.len() {
                next.y -= HEAD * sign;
            }
            let middle = f64::midpoint(at.y, next.y);
            let _ = write!(line, "C{:.1} {middle:.1} {:.1} {middle:.1} {:.1} {:.1}", at.x, next.x, next.x, next.y);
        }
        let head = format!("M{:.1} {:.1}l-3.5 {}h7z", tip.x, tip.y, -HEAD * sign);
        Path { line, head, reaches: places.to_vec() }
    }
}

fn down((upper, lower): (At, At), by: &[At], is_reversed: bool) -> Path {
    let mut places: Vec<At> = core::iter::once(upper).chain(by.iter().copied()).chain([lower]).collect();
    if is_reversed {
        places.reverse();
    }
    Path::vertical(&places, if is_reversed { -1.0 } else { 1.0 })
}

/// An arrow from a box to itself, at its side.
fn turn(area: &Area, label: Size) -> (Path, At) {
    let (x, middle) = (area.right(), area.top + area.height / 2.0);
    let (start, end, far) = (middle - 10.0, middle + 10.0, x + TURN);
    let line =
        format!("M{x:.1} {start:.1}C{far:.1} {:.1} {far:.1} {:.1} {:.1} {end:.1}", start - 12.0, end + 12.0, x + HEAD);
    let head = format!("M{x:.1} {end:.1}l{HEAD} -3.5v7z");
    (Path { line, head, reaches: vec![At { x: far, y: end }] }, At { x: far - 4.0 + label.width / 2.0, y: middle })
}

/// An arrow to a box anywhere, with its label where it covers nothing, if there is such a place.
fn direct(from: &Area, to: &Area, taken: &[Area], label: Size) -> (Path, At) {
    let is_row = from.top < to.bottom() && to.top < from.bottom();
    let (start, end, sign) = if is_row {
        (from.bottom(), to.bottom(), -1.0)
    } else if from.top < to.top {
        (from.bottom(), to.top, 1.0)
    } else {
        (from.top, to.bottom(), -1.0)
    };
    let (start, end) = (At { x: from.middle(), y: start }, At { x: to.middle(), y: end });
    let below = At { x: f64::midpoint(start.x, end.x), y: start.y.max(end.y) + 26.0 };
    let places = if is_row { vec![start, below, end] } else { vec![start, end] };
    let between = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map(|part| {
        // On the curve, near enough.
        let y = if is_row { below.y } else { start.y + (end.y - start.y) * part };
        At { x: start.x + (end.x - start.x) * part, y }
    });
    let is_free = |at: &&At| !taken.iter().any(|area| area.overlaps(&Area::around(**at, label)));
    let label = between.iter().find(is_free).copied().unwrap_or(between[0]);
    (Path::vertical(&places, sign), label)
}

/// The parts of the document, in the order in which they cover each other.
#[derive(Default)]
struct Drawing {
    lines: String,
    boxes: String,
    labels: String,
    /// What boxes and labels take up.
    taken: Vec<Area>,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Drawing {
    fn reach(&mut self, area: Area) {
        self.left = self.left.min(area.left);
        self.right = self.right.max(area.right());
        self.top = self.top.min(area.top);
        self.bottom = self.bottom.max(area.bottom());
    }

    fn arrow(&mut self, path: &Path, class: &str) {
        let Path { line, head, reaches } = path;
        let _ = writeln!(
            self.lines,
            "<g{class}><path class=\"line\" d=\"{line}\"/><path class=\"head\" d=\"{head}\"/></g>"
        );
        for &At { x, y } in reaches {
            self.reach(Area { left: x, top: y, width: 0.0, height: 0.0 });
        }
    }

    fn label(&mut self, area: Area, text: &str, class: &str) {
        self.reach(area);
        self.taken.push(area);
        let (x, y, text) = (area.middle(), area.bottom() - 4.0, escaped(text));
        let _ = writeln!(self.labels, "<g{class}><text class=\"label\" x=\"{x:.1}\" y=\"{y:.1}\">{text}</text></g>");
    }

    fn object(&mut self, drawn: &Drawn, area: &Area) {
        self.reach(*area);
        self.taken.push(*area);
        let Area { left, top, width, height } = *area;
        let _ = write!(
            self.boxes,
            "<g><title>{}</title><rect class=\"{}\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" \
             height=\"{height:.1}\" rx=\"5\"/>",
            escaped(drawn.type_name),
            classes(drawn)
        );
        for (index, line) in drawn.label.lines().enumerate() {
            let class = if index == 0 { "" } else { " class=\"more\"" };
            let (x, y) = (left + width / 2.0, top + LINE * (index + 1) as f64 + 2.0);
            let _ = write!(self.boxes, "<text{class} x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escaped(line));
        }
        self.boxes += "</g>\n";
    }

    /// What the colors mean that occur.
    fn legend(&mut self, picture: &Picture) {
        let any = |is: fn(&Drawn) -> bool| picture.boxes.iter().any(is);
        let entries = [
            (any(|drawn| drawn.is_root), "box root", "referred to from outside"),
            (any(|drawn| drawn.has_finalizer), "box del", "has __del__"),
            (picture.arrows.iter().any(|arrow| arrow.is_weak), "weak", "weak reference"),
        ];
        let (mut left, top) = (self.left, self.bottom + 20.0);
        for (_, class, text) in entries.into_iter().filter(|(occurs, ..)| *occurs) {
            let sample = if class == "weak" {
                format!("<g class=\"weak\"><path class=\"line\" d=\"M{left:.1} {:.1}h20\"/></g>", top + 6.0)
            } else {
                format!("<rect class=\"{class}\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"20\" height=\"12\" rx=\"3\"/>")
            };
            let (x, y) = (left + 26.0, top + 10.0);
            let _ = writeln!(self.boxes, "{sample}<text class=\"legend\" x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>");
            let width = 26.0 + text.chars().count() as f64 * SMALL;
            self.reach(Area { left, top, width, height: LINE });
            left += width + 20.0;
        }
    }

    fn finish(self) -> String {
        let Drawing { lines, boxes, labels, .. } = self;
        let (left, top) = (self.left - MARGIN, self.top - MARGIN);
        let (width, height) = (self.right - left + MARGIN, self.bottom - top + MARGIN);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"{left:.0} {top:.0} {width:.0} {height:.0}\">\n<style>{STYLE}</style>\n\
             <rect class=\"page\" x=\"{left:.0}\" y=\"{top:.0}\" width=\"100%\" height=\"100%\"/>\n\
             {lines}{boxes}{labels}</svg>\n",
        )
    }
}

/// What a box is, for the style sheet.
fn classes(drawn: &Drawn) -> String {
    let mut classes = String::from("box");
    let marks =
        [(drawn.is_rest, " rest"), (drawn.has_finalizer, " del"), (drawn.is_root, " root"), (drawn.is_focus, " focus")];
    marks.iter().filter(|(is, _)| *is).for_each(|(_, class)| classes += class);
    classes
}
