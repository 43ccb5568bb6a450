//! [`report`]: two snapshots as a page for a browser.

use super::cycles::{Cycle, cycles};
use super::growth::GrowthRow;
use super::picture::{Picture, short};
use super::snapshot::{Snapshot, Sum};
use super::table::{grouped, signed};

/// How many cycles are drawn.
const CYCLES: usize = 5;
/// How many objects of each.
const BOXES: usize = 12;

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:70em;padding:0 1em;color:#212529}\
table{border-collapse:collapse;width:100%}th{text-align:right;cursor:pointer;user-select:none}\
th:hover{text-decoration:underline}td{text-align:right;font-variant-numeric:tabular-nums}\
th,td{padding:.2em .6em;border-bottom:1px solid #dee2e6}th:first-child,td:first-child{text-align:left}\
td:last-child{width:25%;text-align:left}.bar{height:.8em;border-radius:2px;background:#f76707}\
.less{background:#40c057}img,pre{max-width:100%;overflow:auto}code{background:#f1f3f5;padding:0 .2em}";

/// Sorts by a column: numbers by the attribute `data-n`, the first click with the largest on top.
const SCRIPT: &str = "document.querySelectorAll('th').forEach((head,column)=>head.addEventListener('click',()=>{\
const body=document.querySelector('tbody'),rows=[...body.rows],down=head.dataset.down!=='1';\
document.querySelectorAll('th').forEach(other=>delete other.dataset.down);if(down)head.dataset.down='1';\
const key=row=>{const cell=row.cells[column];return cell.dataset.n===undefined?cell.textContent:+cell.dataset.n};\
rows.sort((a,b)=>{const x=key(a),y=key(b);const order=typeof x==='string'?y.localeCompare(x):x-y;\
return down?-order:order});body.append(...rows)}))";

/// A page that compares two snapshots: a table that can be sorted, with bars, and the largest cycles that the heap has
/// now, drawn if the feature `layout-rs` is on. It needs nothing else: write it to a file and open that in a browser.
pub fn report(before: &Snapshot, after: &Snapshot) -> String {
    let growth = after.since(before);
    let largest = growth.rows().iter().map(|row| row.bytes().unsigned_abs()).max().unwrap_or(0).max(1);
    let rows: String = growth.rows().iter().map(|row| table_row(row, largest)).collect();
    let found = cycles();
    let drawn: String = found.iter().take(CYCLES).map(section).collect();
    let Sum { count, bytes } = after.total();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Heap growth</title><style>{STYLE}</style>\n\
         <h1>Heap growth</h1>\n<p>{} objects, {} bytes; {} objects, {} bytes since the first snapshot.</p>\n\
         <table><thead><tr><th>type<th>objects<th>change<th>bytes<th>change<th></tr></thead><tbody>\n{rows}</tbody>\
         </table>\n<h2>Cycles: {}</h2>\n{drawn}<script>{SCRIPT}</script></html>\n",
        grouped(count),
        grouped(bytes),
        signed(growth.count()),
        signed(growth.bytes()),
        grouped(found.len()),
    )
}

fn table_row(row: &GrowthRow, largest: usize) -> String {
    let width = row.bytes().unsigned_abs() * 100 / largest;
    let class = if row.bytes() < 0 { "bar less" } else { "bar" };
    let number = |value: isize, text: String| format!("<td data-n=\"{value}\">{text}");
    format!(
        "<tr><td title=\"{}\">{}{}{}{}{}<td data-n=\"{}\"><div class=\"{class}\" style=\"width:{width}%\"></div></tr>\n",
        escaped(row.type_name),
        escaped(&short(row.type_name)),
        number(row.count_after.cast_signed(), grouped(row.count_after)),
        number(row.count(), signed(row.count())),
        number(row.bytes_after.cast_signed(), grouped(row.bytes_after)),
        number(row.bytes(), signed(row.bytes())),
        row.bytes(),
    )
}

fn section(cycle: &Cycle) -> String {
    let picture = Picture::of_cycle(cycle, BOXES);
    format!("<h3>{}</h3>\n{}\n", escaped(&cycle.to_string()), shown(&picture))
}

/// As an image of its own, so that names in one picture don't meet those in another.
#[cfg(feature = "layout-rs")]
fn shown(picture: &Picture) -> String {
    let mut address = String::from("data:image/svg+xml,");
    for byte in picture.svg().bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'/' | b':' | b'=' | b' ' => {
                address.push(char::from(byte));
            }
            _ => address += &format!("%{byte:02X}"),
        }
    }
    format!("<img alt=\"the objects and their references\" src=\"{address}\">")
}

#[cfg(not(feature = "layout-rs"))]
fn shown(picture: &Picture) -> String {
    format!("<details><summary>for Graphviz</summary><pre>{}</pre></details>", escaped(&picture.dot()))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
