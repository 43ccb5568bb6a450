//! [`report`]: two snapshots as a page for a browser.

use std::collections::HashMap;

use super::cycles::{self, Cycle};
use super::graph::Graph;
use super::growth::{Growth, GrowthRow};
use super::markup::escaped;
use super::picture::Picture;
use super::snapshot::{Snapshot, Sum};
use super::table::{grouped, signed};
use crate::short_name::without_paths;

/// How many cycles are drawn.
const CYCLES: usize = 5;
/// How many objects of each.
const BOXES: usize = 8;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// A page that compares two snapshots: tables by type, and by the place where objects were made if that is known, which a
/// click sorts, with bars; and the largest cycles that the heap has now, drawn if the feature `svg` is on, else written for
/// Graphviz. It needs nothing else: write it to a file and open that in a browser. Takes time as
/// [`cycles`](super::cycles()) does.
///
/// ```no_run
/// use refcycle::inspect::{self, Snapshot};
///
/// let before = Snapshot::take();
/// // … what is suspected to leak …
/// let page = inspect::report(&before, &Snapshot::take());
/// std::fs::write("report.html", page)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn report(before: &Snapshot, after: &Snapshot) -> String {
    let growth = after.since(before);
    let Sum { count, bytes } = after.total();
    let cards = [
        ("objects", grouped(count)),
        ("change", signed(growth.count())),
        ("bytes", grouped(bytes)),
        ("change", signed(growth.bytes())),
    ];
    let cards: String = cards.iter().map(|(name, number)| format!("<div><dt>{name}<dd>{number}</div>")).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Heap growth</title>\n<style>{STYLE}</style>\n\
         <h1>Heap growth</h1>\n<dl>{cards}</dl>\n{}{}{}<script>{SCRIPT}</script>\n</html>\n",
        types(&growth, after),
        sites(&growth),
        found_cycles(),
    )
}

/// The table of types.
fn types(growth: &Growth, after: &Snapshot) -> String {
    let retained: HashMap<&str, usize> =
        after.rows().iter().filter_map(|row| Some((row.type_path, row.retained?))).collect();
    let name = |row: &GrowthRow| {
        format!("<td title=\"{}\">{}", escaped(row.type_path), escaped(&without_paths(row.type_name)))
    };
    let mut rows: Vec<_> = growth.rows().iter().chain(growth.unchanged()).collect();
    rows.sort_by_key(|row| core::cmp::Reverse(row.bytes()));
    if after.has_retained() {
        let kept =
            |row: &GrowthRow| cell(retained.get(row.type_path).copied().unwrap_or(0).cast_signed(), grouped_cell);
        return table(&["type"], &["retained"], &rows, name, kept);
    }
    table(&["type"], &[], &rows, name, |_| String::new())
}

/// The table of places, if there are any.
fn sites(growth: &Growth) -> String {
    if growth.sites().is_empty() {
        return String::new();
    }
    let name = |row: &GrowthRow| {
        let place = row.location.map(ToString::to_string).unwrap_or_default();
        format!(
            "<td>{}<td title=\"{}\">{}",
            escaped(&place),
            escaped(row.type_path),
            escaped(&without_paths(row.type_name))
        )
    };
    let rows: Vec<_> = growth.sites().iter().collect();
    let table = table(&["made at", "type"], &[], &rows, name, |_| String::new());
    format!("<h2>Where they were made</h2>\n{table}")
}

/// A table of what grew. `first` are the cells that begin a row, `more` those before the bar.
fn table(
    names: &[&str],
    more_names: &[&str],
    rows: &[&GrowthRow],
    first: impl Fn(&GrowthRow) -> String,
    more: impl Fn(&GrowthRow) -> String,
) -> String {
    let largest = rows.iter().map(|row| row.bytes().unsigned_abs()).max().unwrap_or(0).max(1);
    let columns = names.iter().chain(&["objects", "change", "bytes", "change"]).chain(more_names);
    let sorted = names.len() + 3;
    let heads: String = columns
        .enumerate()
        .map(|(column, name)| {
            let sort = if column == sorted { " aria-sort=\"descending\"" } else { "" };
            format!("<th scope=\"col\"{sort}><button>{name}</button>")
        })
        .collect();
    let body: String = rows
        .iter()
        .map(|row| {
            let width = (row.bytes().unsigned_abs() * 100).div_ceil(largest);
            let class = ["bar less", "bar none", "bar"][(row.bytes().signum() + 1) as usize];
            format!(
                "<tr>{}{}{}{}{}{}<td><div class=\"{class}\" style=\"width:{width}%\"></div>\n",
                first(row),
                cell(row.count_after.cast_signed(), grouped_cell),
                cell(row.count(), signed),
                cell(row.bytes_after.cast_signed(), grouped_cell),
                cell(row.bytes(), signed),
                more(row),
            )
        })
        .collect();
    format!("<div class=\"wide\"><table>\n<thead><tr>{heads}<th></th></thead>\n<tbody>\n{body}</tbody></table></div>\n")
}

fn cell(number: isize, text: impl Fn(isize) -> String) -> String {
    format!("<td data-n=\"{number}\">{}", text(number))
}

fn grouped_cell(number: isize) -> String {
    grouped(number.unsigned_abs())
}

/// The largest cycles of the heap, drawn.
fn found_cycles() -> String {
    let graph = Graph::new();
    let depths = graph.depths();
    let members = cycles::members(&graph);
    let largest = &members[..members.len().min(CYCLES)];
    // Pictures first: a description holds its objects, and they would show that.
    let pictures: Vec<Picture> = largest.iter().map(|members| Picture::of_members(&graph, members, BOXES)).collect();
    let described = largest.iter().map(|members| Cycle::new(&graph, members, &depths));
    let sections: String = described
        .zip(&pictures)
        .filter_map(|(cycle, picture)| Some(format!("<h3>{}</h3>\n{}\n", marked(&cycle?.to_string()), shown(picture))))
        .collect();
    let more = match members.len() - largest.len() {
        0 => String::new(),
        count => format!("<p class=\"soft\">and {} smaller ones</p>\n", grouped(count)),
    };
    format!("<h2>Cycles: {}</h2>\n{sections}{more}", grouped(members.len()))
}

/// A description with what is between backquotes as code.
fn marked(text: &str) -> String {
    let parts = text.split('`').map(escaped).enumerate();
    parts.map(|(index, part)| if index % 2 == 1 { format!("<code>{part}</code>") } else { part }).collect()
}

#[cfg(feature = "svg")]
fn shown(picture: &Picture) -> String {
    format!("<div class=\"wide picture\">{}</div>", picture.svg())
}

#[cfg(not(feature = "svg"))]
fn shown(picture: &Picture) -> String {
    format!(
        "<details><summary>for Graphviz</summary><pre class=\"wide picture\">{}</pre></details>",
        escaped(&picture.dot())
    )
}
