use refcycle::{Gc, inspect};

use super::{add, tree};
use crate::support::fresh;

#[test]
fn the_shortest_way_from_outside_is_found() {
    fresh(|| {
        let root = tree("root");
        let (a, b) = (tree("a"), tree("b"));
        add(&root, &a);
        add(&a, &b);
        drop(a);
        let why = inspect::why_alive(&b).unwrap();
        assert_eq!(why.to_string(), "Tree.children[0]\nTree.children[0]\nTree");
        assert_eq!((why.hops.len(), why.outside), (2, 1));
        drop(why);
        let shortcut = tree("shortcut");
        shortcut.children_mut().push(b.clone());
        assert_eq!(inspect::why_alive(&b).unwrap().hops.len(), 1);
    });
}

#[test]
fn a_reference_on_the_stack_is_a_reason_but_not_the_one_that_asks() {
    fresh(|| {
        let object = tree("object");
        assert!(inspect::why_alive(&object).is_none());
        let other = object.clone();
        let why = inspect::why_alive(&object).unwrap();
        assert_eq!((why.hops.len(), why.outside, why.to_string().as_str()), (0, 1, "Tree"));
        drop(other);
    });
}

#[test]
fn garbage_has_no_reason() {
    fresh(|| {
        let a = tree("a");
        let b = tree("b");
        add(&a, &b);
        drop(a);
        assert!(inspect::why_alive(&b).is_none());
        assert_eq!(inspect::objects::<super::Tree>().len(), 2);
        let first = inspect::objects::<super::Tree>().swap_remove(0);
        assert!(Gc::strong_count(&first) >= 2);
    });
}
