//! The results as a chart: a row for each thing measured, a dot for each contestant, on a logarithmic scale of ratios to
//! `Rc`.

use std::fmt::Write;

use crate::catalog::{self, LIMITS, OURS, RC};
use crate::compare::Results;

const LEFT: f64 = 270.0;
const WIDTH: f64 = 640.0;
const ROW: f64 = 24.0;
const TOP: f64 = 64.0;
/// Ratios at the ends of the scale; what lies beyond is drawn at its end.
const ENDS: (f64, f64) = (0.02, 200.0);
const COLOURS: [(&str, &str); 10] = [
    (OURS, "#d62728"),
    (LIMITS[0], "#bbbbbb"),
    (LIMITS[1], "#888888"),
    ("dumpster", "#1f77b4"),
    ("rust-cc", "#ff7f0e"),
    ("gc", "#2ca02c"),
    ("gc-arena", "#9467bd"),
    ("bacon_rajan_cc", "#8c564b"),
    ("gcmodule", "#e377c2"),
    ("boa_gc", "#17becf"),
];

fn place(ratio: f64) -> f64 {
    let share = (ratio.clamp(ENDS.0, ENDS.1) / ENDS.0).ln() / (ENDS.1 / ENDS.0).ln();
    LEFT + share * WIDTH
}

pub fn draw(results: &Results) -> String {
    let mut rows = String::new();
    let mut count = 0;
    for name in &results.workloads {
        let workload = catalog::workload(name);
        for (phase, title) in workload.phases {
            let base = results.get(name, RC).and_then(|outcome| outcome.time(phase));
            let Some(base) = base.filter(|&base| base >= 0.1) else { continue };
            let ratio = |contestant| Some(results.get(name, contestant)?.time(phase)? / base);
            let ratios =
                COLOURS.iter().rev().filter_map(|&(contestant, colour)| Some((contestant, colour, ratio(contestant)?)));
            draw_row(&mut rows, TOP + ROW * f64::from(count), &workload.row(title), ratios);
            count += 1;
        }
    }
    let bottom = TOP + ROW * f64::from(count);
    let (width, height) = (LEFT + WIDTH + 20.0, bottom + 10.0);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n{}{}{rows}</svg>\n",
        legend(),
        scale(bottom)
    )
}

fn draw_row<'a>(text: &mut String, top: f64, title: &str, ratios: impl Iterator<Item = (&'a str, &'a str, f64)>) {
    let middle = top + ROW / 2.0;
    add(text, format_args!("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{title}</text>", LEFT - 10.0, middle + 4.0));
    for (contestant, colour, ratio) in ratios {
        let radius = if contestant == OURS { 6 } else { 4 };
        let tip = format!("{contestant}: {ratio:.2}");
        add(
            text,
            format_args!(
                "<circle cx=\"{:.1}\" cy=\"{middle}\" r=\"{radius}\" fill=\"{colour}\"><title>{tip}</title></circle>",
                place(ratio)
            ),
        );
    }
}

fn legend() -> String {
    let mut text = String::new();
    for (index, (contestant, colour)) in (0_u32..).zip(COLOURS) {
        let x = 20.0 + f64::from(index) * 90.0;
        add(&mut text, format_args!("<circle cx=\"{x}\" cy=\"16\" r=\"5\" fill=\"{colour}\"/>"));
        add(&mut text, format_args!("<text x=\"{}\" y=\"20\" font-size=\"11\">{contestant}</text>", x + 8.0));
    }
    text
}

fn scale(bottom: f64) -> String {
    let mut text = String::new();
    for ratio in [0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0] {
        let x = place(ratio);
        let (colour, width) = if ratio == 1.0 { ("#000000", 1.5) } else { ("#dddddd", 1.0) };
        add(
            &mut text,
            format_args!(
                "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{TOP}\" y2=\"{bottom}\" stroke=\"{colour}\" stroke-width=\"{width}\"/>"
            ),
        );
        let label = if ratio == 1.0 { "Rc".to_owned() } else { ratio.to_string() };
        add(&mut text, format_args!("<text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{label}</text>", TOP - 8.0));
    }
    text
}

fn add(text: &mut String, element: std::fmt::Arguments<'_>) {
    writeln!(text, "{element}").expect("a string can be written to");
}
