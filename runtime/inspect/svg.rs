//! A [`Picture`] as SVG, laid out by the crate `layout-rs`.

use layout::backends::svg::SVGWriter;
use layout::core::base::Orientation;
use layout::core::color::Color;
use layout::core::geometry::Point;
use layout::core::style::{LineStyleKind, StyleAttr};
use layout::std_shapes::shapes::{Arrow, Element, LineEndKind, ShapeKind};
use layout::topo::layout::VisualGraph;

use super::picture::{Drawn, Picture};

const FONT: usize = 13;
/// About the width of a letter.
const LETTER: f64 = 7.5;

impl Picture {
    /// The picture as a self-contained SVG document. Needs the feature `layout-rs`.
    pub fn svg(&self) -> String {
        let mut graph = VisualGraph::new(Orientation::TopToBottom);
        let boxes: Vec<_> = self.boxes.iter().map(|drawn| graph.add_node(element(drawn))).collect();
        for arrow in &self.arrows {
            let (style, color) = match arrow.is_weak {
                true => (LineStyleKind::Dashed, "gray"),
                false => (LineStyleKind::Normal, "black"),
            };
            let look = StyleAttr::new(Color::fast(color), 1, None, 0, FONT);
            let drawn = Arrow::new(LineEndKind::None, LineEndKind::Arrow, style, &arrow.label, &look, &None, &None);
            graph.add_edge(drawn, boxes[arrow.from], boxes[arrow.to]);
        }
        let mut writer = SVGWriter::new();
        if !self.boxes.is_empty() {
            graph.do_it(false, false, false, &mut writer);
        }
        writer.finalize()
    }
}

fn element(drawn: &Drawn) -> Element {
    let line = if drawn.is_rest { "gray" } else { "black" };
    let fill = Color::from_name(drawn.color()).unwrap_or_else(|| Color::fast("white"));
    let width = if drawn.is_focus { 3 } else { 1 };
    let look = StyleAttr::new(Color::fast(line), width, Some(fill), 4, FONT);
    let lines = drawn.label.lines();
    let letters = lines.clone().map(|line| line.chars().count()).max().unwrap_or(0);
    let size = Point::new(letters as f64 * LETTER + 16.0, lines.count() as f64 * 18.0 + 14.0);
    Element::create(ShapeKind::new_box(&drawn.label), look, Orientation::TopToBottom, size)
}
