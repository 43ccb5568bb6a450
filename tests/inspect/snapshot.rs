use refcycle::inspect::Snapshot;
use refcycle::{Gc, gc, managed};

use super::{add, tree};
use crate::support::{self, fresh};

#[managed]
struct Leaf {
    number: u32,
}

#[test]
fn types_are_counted_and_sorted_by_bytes() {
    let (text, total, young, untracked) = fresh(|| {
        let leaves: Vec<_> = (0..1_000).map(Leaf::new).collect();
        assert_eq!(leaves[7].number, 7);
        let _tree = tree("one");
        let snapshot = Snapshot::take();
        assert!(snapshot.row("Leaf").is_some() && snapshot.row("eaf").is_none());
        (snapshot.to_string(), snapshot.total(), snapshot.generation(0), snapshot.untracked())
    });
    assert_eq!((total.count, young.count, untracked.count), (1_001, 1, 1_000));
    if cfg!(not(feature = "system-alloc")) {
        assert_eq!(
            text,
            "type   count   bytes\n\
             Leaf   1,000  32,000\n\
             Tree       1      96\n\
             total  1,001  32,096"
        );
    }
}

#[test]
fn types_of_the_same_name_are_told_apart() {
    #[managed]
    struct Tree {}
    fresh(|| {
        let (tree, other) = (tree("one"), Tree::new());
        let text = Snapshot::take().to_string();
        for path in [std::any::type_name::<super::Tree>(), std::any::type_name::<Tree>()] {
            assert!(text.contains(path), "{path} in {text}");
            assert_eq!(Snapshot::take().row(path).unwrap().type_name, "Tree");
        }
        drop((tree, other));
    });
}

#[test]
fn growth_shows_what_changed() {
    fresh(|| {
        let gone = tree("gone");
        let kept = tree("kept");
        let before = Snapshot::take();
        drop(gone);
        let _leaves: Vec<_> = (0..3).map(Leaf::new).collect();
        let growth = Snapshot::take().since(&before);
        let rows: Vec<_> = growth.rows().iter().map(|row| (row.type_name, row.count(), row.count_after)).collect();
        assert_eq!(rows, [("Leaf", 3, 3), ("Tree", -1, 1)]);
        assert_eq!(growth.count(), 2);
        assert!(growth.to_string().starts_with("type   count"), "{growth}");
        assert!(Snapshot::take().since(&Snapshot::take()).is_empty());
        drop(kept);
    });
}

#[test]
fn generations_are_told_apart() {
    fresh(|| {
        let _a = tree("a");
        gc::collect();
        let _b = tree("b");
        let snapshot = Snapshot::take();
        assert_eq!([0, 1, 2].map(|generation| snapshot.generation(generation).count), [1, 0, 1]);
        gc::freeze();
        assert_eq!(Snapshot::take().frozen().count, 2);
    });
}

#[test]
fn what_dies_with_a_type_is_retained_by_it() {
    #[managed]
    struct Owner {
        leaves: Vec<Gc<Leaf>>,
    }
    fresh(|| {
        let shared = Leaf::new(0);
        let owner = Owner::new(vec![shared.clone(), Leaf::new(1), Leaf::new(2)]);
        let root = tree("root");
        for name in ["a", "b"] {
            add(&root, &tree(name));
        }
        let snapshot = Snapshot::with_retained();
        let [leaf, own, trees] = ["Leaf", "Owner", "Tree"].map(|name| snapshot.row(name).unwrap());
        assert_eq!(leaf.retained, Some(leaf.bytes));
        assert_eq!(own.retained, Some(own.bytes + leaf.bytes / 3 * 2));
        assert_eq!(trees.retained, Some(trees.bytes));
        assert!(snapshot.to_string().contains("retained"));
        drop((shared, owner));
    });
}

/// Going over such a chain until nothing changes any more would take minutes.
#[test]
fn what_dies_with_a_long_chain_that_is_held_at_both_ends() {
    fresh(|| {
        let first = tree("first");
        let mut last = first.clone();
        for _ in 0..100_000 {
            let next = tree("next");
            add(&last, &next);
            last = next;
        }
        let snapshot = Snapshot::with_retained();
        assert_eq!(snapshot.row("Tree").unwrap().retained, Some(snapshot.total().bytes));
        drop((first, last));
    });
}

#[test]
fn nothing_is_allocated_for_an_object() {
    fn allocations(objects: u32) -> usize {
        fresh(move || {
            let kept: Vec<_> = (0..objects).map(Leaf::new).collect();
            let before = support::allocations();
            let snapshot = Snapshot::take();
            let allocations = support::allocations() - before;
            assert_eq!(snapshot.total().count, kept.len());
            allocations
        })
    }
    assert_eq!(allocations(10), allocations(200_000));
}

#[test]
fn snapshots_and_growth_can_be_written() {
    let (snapshot, growth) = fresh(|| {
        let before = Snapshot::take();
        let _leaf = Leaf::new(1);
        let after = Snapshot::with_retained();
        (serde_json::to_value(&after).unwrap(), serde_json::to_value(after.since(&before)).unwrap())
    });
    assert_eq!(snapshot["total"]["count"], 1);
    assert_eq!(snapshot["generations"][2]["count"], 0);
    assert_eq!(snapshot["untracked"]["count"], 1);
    assert_eq!(snapshot["types"][0]["type"], "Leaf");
    assert_eq!(snapshot["types"][0]["retained"], snapshot["types"][0]["bytes"]);
    assert_eq!(growth["types"][0]["count_after"], 1);
    assert_eq!(growth["sites"].as_array().unwrap().len(), 0);
}
