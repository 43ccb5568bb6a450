use refcycle::{Gc, gc, inspect, managed};

use super::{add, tree};
use crate::support::fresh;

#[managed]
struct Link {
    #[managed(mut)]
    next: Option<Gc<Link>>,
    #[managed(mut)]
    previous: Option<Gc<Link>>,
}

fn ring(length: usize) -> Gc<Link> {
    let first = Link::new(None, None);
    let mut last = first.clone();
    for _ in 1..length {
        let link = Link::new(None, Some(last.clone()));
        last.set_next(Some(link.clone()));
        last = link;
    }
    first
}

#[test]
fn the_field_that_leads_back_should_be_weak() {
    fresh(|| {
        let root = tree("root");
        for name in ["a", "b", "c"] {
            let child = tree(name);
            add(&root, &child);
            add(&child, &tree("grandchild"));
        }
        let list = ring(10);
        let cycles = inspect::cycles();
        let found: Vec<_> = cycles
            .iter()
            .map(|cycle| (cycle.objects.len(), cycle.types[0], cycle.weak.clone(), cycle.is_garbage))
            .collect();
        assert_eq!(
            found,
            [
                (10, ("Link", 10), vec!["Link.previous".to_owned()], false),
                (7, ("Tree", 7), vec!["Tree.parent".to_owned()], false),
            ]
        );
        drop((cycles, root, list));
    });
}

#[test]
fn several_fields_are_named_if_one_does_not_do() {
    fresh(|| {
        let first = ring(3);
        first.set_previous(Some(first.next().unwrap().next().unwrap()));
        first.previous().unwrap().set_next(Some(first.clone()));
        let cycles = inspect::cycles();
        assert_eq!(cycles.len(), 1);
        assert_eq!(cycles[0].weak.len(), 2);
        assert!(cycles[0].to_string().ends_with("would break it"));
    });
}

#[test]
fn garbage_is_told_apart_and_self_references_are_cycles() {
    fresh(|| {
        gc::disable();
        let link = Link::new(None, None);
        link.set_next(Some(link.clone()));
        drop(link);
        let cycles = inspect::cycles();
        assert_eq!((cycles.len(), cycles[0].is_garbage, cycles[0].weak[0].as_str()), (1, true, "Link.next"));
        drop(cycles);
        assert_eq!(gc::collect(), 1);
        assert!(inspect::cycles().is_empty());
    });
}

#[test]
fn no_depth_is_too_deep() {
    fresh(|| {
        let list = ring(100_000);
        let cycles = inspect::cycles();
        assert_eq!(cycles[0].objects.len(), 100_000);
        assert_eq!(cycles[0].weak, ["Link.previous"]);
        drop((cycles, list));
    });
}
