use refcycle::inspect::{self, Picture, Snapshot};
use refcycle::{Gc, Trace, managed};

use super::{add, tree};
use crate::support::fresh;

#[test]
fn arrows_are_fields_and_what_has_no_room_is_counted() {
    let dot = fresh(|| {
        let root = tree("root");
        for name in ["a", "b", "c", "d", "e"] {
            let child = tree(name);
            add(&root, &child);
            root.set_friend(Some(child));
        }
        let weak = Picture::around(&root, 10).dot();
        assert!(
            weak.contains(r##"n0 -> n5 [label="friend" style=dashed color="#ae3ec9" constraint=false]"##),
            "{weak}"
        );
        Picture::around(&root, 3).dot()
    });
    // The five children refer to it; the reference that asks isn't counted.
    assert!(dot.contains(r#"n0 [label="Tree\n5 references" penwidth=3]"#), "{dot}");
    assert!(dot.contains(r#"n0 -> n1 [label="children[0]"]"#), "{dot}");
    assert!(dot.contains(r#"n1 -> n0 [label="parent"]"#), "{dot}");
    assert!(dot.contains(r#"n3 [label="3 more Tree" style=dotted]"#), "{dot}");
    assert!(dot.contains(r#"n0 -> n3 [label="children"]"#), "{dot}");
}

#[path = "../../examples/leak_hunt.rs"]
#[allow(dead_code, reason = "its `main`")]
mod leak_hunt;

// Boxes are in the order of their addresses, which the system's allocator decides with that feature.
#[cfg(not(feature = "system-alloc"))]
#[test]
fn the_picture_in_the_readme_is_that_of_the_example() {
    let drawn = fresh(|| leak_hunt::hunt().svg());
    assert!(
        drawn == include_str!("../../docs/leak.svg"),
        "draw it again: cargo run --example leak_hunt -- docs/leak.svg"
    );
}

#[managed]
struct Noisy {
    #[managed(mut)]
    next: Option<Gc<Noisy>>,
}

#[managed]
impl Noisy {
    fn __del__(&self) {}
}

#[test]
fn what_is_held_from_outside_and_what_has_a_finalizer_is_colored() {
    let dot = fresh(|| {
        let first = Noisy::new(None);
        let held = tree("held");
        let second = Noisy::new(Some(first.clone()));
        held.set_parent(Some(held.clone()));
        drop((first, second.clone()));
        let around = Picture::around(&second, 10).dot() + &Picture::around(&held.parent().unwrap(), 10).dot();
        held.set_parent(None);
        around
    });
    assert!(dot.contains(r##"n1 [label="Noisy\n1 reference" fillcolor="#ffe8cc"]"##), "{dot}");
    assert!(
        dot.contains(
            r##"n0 [label="Tree\n2 references\n1 from outside" fillcolor="#d0ebff" color="#1971c2" penwidth=3]"##
        ),
        "{dot}"
    );
}

#[test]
fn weak_references_lead_to_neighbours_in_both_directions() {
    fresh(|| {
        let (a, b) = (tree("a"), tree("b"));
        a.set_friend(Some(b.clone()));
        for object in [&a, &b] {
            assert!(Picture::around(object, 10).dot().contains(r#"[label="friend" style=dashed"#));
        }
    });
}

#[test]
fn no_direction_takes_all_the_room() {
    let dot = fresh(|| {
        let (grandmother, mother) = (tree("grandmother"), tree("mother"));
        add(&grandmother, &mother);
        (0..100).for_each(|_| add(&mother, &tree("child")));
        Picture::around(&mother, 4).dot()
    });
    assert!(dot.contains(r#"-> n0 [label="children[0]"]"#), "{dot}");
}

#[test]
fn a_cycle_is_shown_as_if_nobody_had_asked() {
    let dot = fresh(|| {
        let root = tree("root");
        add(&root, &tree("child"));
        drop(root);
        Picture::of_cycle(&inspect::cycles()[0], 10).dot()
    });
    assert_eq!(dot.matches(r#"[label="Tree\n1 reference"]"#).count(), 2, "{dot}");
}

#[test]
fn an_svg_has_the_names_and_needs_nothing_else() {
    let svg = fresh(|| {
        let root = tree("root");
        add(&root, &tree("child"));
        root.set_parent(Some(root.clone()));
        root.set_friend(Some(root.children()[0].clone()));
        let svg = Picture::around(&root, 10).svg();
        root.set_parent(None);
        svg
    });
    for part in
        ["<svg ", ">Tree<", ">children[0]<", ">parent<", ">friend<", ">2 references<", ">weak reference<", "</svg>"]
    {
        assert!(svg.contains(part), "{part} in {svg}");
    }
    for part in ["href", "url(", "<script", "@import"] {
        assert!(!svg.contains(part), "{part} in {svg}");
    }
}

#[test]
fn a_report_is_one_page() {
    #[allow(non_camel_case_types)]
    #[managed]
    struct script {
        next: Option<Gc<Wrapper<script>>>,
    }
    #[managed]
    struct Wrapper<T: Trace> {
        value: Option<T>,
    }
    let page = fresh(|| {
        let gone = tree("gone");
        let kept = Gc::new(1_u8);
        let before = Snapshot::take();
        drop(gone);
        let root = script::new(Some(Wrapper::new(None)));
        let page = inspect::report(&before, &Snapshot::with_retained());
        drop((root, kept));
        page
    });
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert!(page.contains("script&gt;\">Wrapper&lt;script&gt;<td data-n=\"1\">1"), "{page}");
    assert!(page.contains("Wrapper&lt;script&gt;") && !page.contains("Wrapper<script>"));
    let tree = std::any::type_name::<super::Tree>();
    let row = format!("<td title=\"{tree}\">Tree<td data-n=\"0\">0<td data-n=\"-1\">-1");
    assert!(page.contains(&row), "{page}");
    assert!(page.contains("<td title=\"u8\">u8<td data-n=\"1\">1<td data-n=\"0\">0"), "what did not change is there");
    assert!(page.contains("<button>retained</button>"));
    assert!(page.contains("<h2>Cycles: 0</h2>"));
}

#[test]
fn a_report_draws_cycles_as_they_are() {
    let (page, bytes) = fresh(|| {
        let before = Snapshot::take();
        let root = tree("root");
        add(&root, &tree("child"));
        let after = Snapshot::take();
        (inspect::report(&before, &after), after.total().bytes)
    });
    let cycle = format!("2 objects, {bytes} bytes: 2 Tree; weak <code>Tree.parent</code> would break it");
    assert!(page.contains(&cycle), "{page}");
    assert_eq!(page.matches("<svg ").count(), 1);
    assert_eq!(page.matches(">1 from outside<").count(), 1, "only what the program holds");
}
