//! What scripts say about Rust.

use super::errors;

#[test]
fn a_use_without_a_path() {
    assert_eq!(errors("use class;"), "1:10 a path to a class is due here\nhelp: write `use class shapes::Node;`\n");
    assert_eq!(errors("use std::;"), "1:5 a path of Rust is due here\nhelp: write `use std::fs;`\n");
}

#[test]
fn the_classes_of_a_use_are_types() {
    assert_eq!(errors("use class a::{Node, b::Edge as Line}; def f(x: Node, y: Line?) { pass; }"), "");
    assert_eq!(
        errors("use class a::Nodes; def f(x: Node) { pass; }"),
        "1:30 there is no type `Node`\nhelp: did you mean `Nodes`?\n"
    );
}
