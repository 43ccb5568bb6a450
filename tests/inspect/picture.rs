use refcycle::inspect::{self, Picture, Snapshot};

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
        assert!(weak.contains(r#"n0 -> n5 [label="friend" style=dashed color=gray50]"#), "{weak}");
        Picture::around(&root, 3).dot()
    });
    assert!(dot.contains(r##"n0 [label="Tree\n6 references" penwidth=3 fillcolor="#d0ebff"]"##), "{dot}");
    assert!(dot.contains(r#"n0 -> n1 [label="children[0]"]"#), "{dot}");
    assert!(dot.contains(r#"n1 -> n0 [label="parent"]"#), "{dot}");
    assert!(dot.contains(r#"[label="3 more Tree" style=dotted]"#), "{dot}");
}

#[cfg(feature = "layout-rs")]
#[test]
fn pictures_are_drawn() {
    let svg = fresh(|| {
        let root = tree("root");
        add(&root, &tree("child"));
        root.set_parent(Some(root.clone()));
        let cycles = inspect::cycles();
        let svg = Picture::of_cycle(&cycles[0], 10).svg();
        root.set_parent(None);
        svg
    });
    for part in ["<svg ", "Tree", "children[0]", "parent", "</svg>"] {
        assert!(svg.contains(part), "{svg}");
    }
    assert!(!svg.contains("href=\"http"));
}

#[test]
fn a_report_is_one_page() {
    let page = fresh(|| {
        let before = Snapshot::take();
        let root = tree("root");
        add(&root, &tree("child"));
        inspect::report(&before, &Snapshot::take())
    });
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert!(page.contains("<td title=\"Tree\">Tree<td data-n=\"2\">2<td data-n=\"2\">+2"), "{page}");
    assert!(page.contains("weak `Tree.parent` would break it"));
    assert_eq!(page.contains("<img "), cfg!(feature = "layout-rs"));
}
