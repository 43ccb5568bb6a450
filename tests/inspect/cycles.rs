use std::cell::RefCell;

use refcycle::inspect::Cycle;
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

fn fields(cycle: &Cycle) -> Vec<&str> {
    cycle.weak.iter().map(|cut| cut.field.as_str()).collect()
}

#[managed]
struct Document {
    #[managed(mut)]
    root: Option<Gc<Element>>,
}

#[managed]
struct Element {
    document: Gc<Document>,
    #[managed(mut)]
    parent: Option<Gc<Element>>,
    #[managed(mut)]
    children: Vec<Gc<Element>>,
    #[managed(mut)]
    listener: Option<Gc<Listener>>,
}

#[managed]
struct Listener {
    #[managed(mut)]
    target: Option<Gc<Element>>,
}

fn element(document: &Gc<Document>, parent: Option<&Gc<Element>>) -> Gc<Element> {
    let element = Element::new(document.clone(), parent.cloned(), Vec::new(), None);
    element.set_listener(Some(Listener::new(Some(element.clone()))));
    if let Some(parent) = parent {
        parent.children_mut().push(element.clone());
    }
    element
}

fn document() -> Gc<Document> {
    let document = Document::new(None);
    let root = element(&document, None);
    for _ in 0..3 {
        element(&document, Some(&root));
    }
    document.set_root(Some(root));
    document
}

#[test]
fn back_pointers_should_be_weak_and_not_what_owns() {
    fresh(|| {
        let document = document();
        let cycles = inspect::cycles();
        assert_eq!(cycles.len(), 1);
        assert_eq!(fields(&cycles[0]), ["Element.document", "Element.parent", "Listener.target"]);
        drop((cycles, document));
    });
}

#[test]
fn who_else_holds_a_member_does_not_change_the_advice() {
    fresh(|| {
        let document = document();
        let root = document.root().unwrap();
        let child = root.children()[0].clone();
        assert_eq!(fields(&inspect::cycles()[0]), ["Element.document", "Element.parent", "Listener.target"]);
        drop((document, root, child));
    });
}

#[test]
fn garbage_gets_the_same_advice() {
    fresh(|| {
        gc::disable();
        let root = tree("root");
        add(&root, &tree("a"));
        add(&root, &tree("b"));
        drop(root);
        let cycles = inspect::cycles();
        assert_eq!((cycles[0].is_garbage, fields(&cycles[0])), (true, vec!["Tree.parent"]));
    });
}

#[test]
fn items_of_a_collection_of_its_own_can_be_what_leads_back() {
    type List = RefCell<Vec<Gc<Node>>>;
    #[managed]
    struct Node {
        #[managed(mut)]
        known: Option<Gc<List>>,
        #[managed(mut)]
        owner: Option<Gc<Node>>,
    }
    fresh(|| {
        let node = Node::new(None, None);
        node.set_known(Some(Gc::new(RefCell::new(vec![node.clone()]))));
        assert_eq!(fields(&inspect::cycles()[0]), ["RefCell<Vec<Gc<Node>>>[…]"]);

        let part = Node::new(None, Some(node.clone()));
        node.known().unwrap().replace(vec![part]);
        assert_eq!(fields(&inspect::cycles()[0]), ["Node.owner"]);
    });
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
        let found: Vec<_> =
            cycles.iter().map(|cycle| (cycle.objects.len(), cycle.types[0], fields(cycle), cycle.is_garbage)).collect();
        assert_eq!(
            found,
            [(10, ("Link", 10), vec!["Link.previous"], false), (7, ("Tree", 7), vec!["Tree.parent"], false),]
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
        let weak: Vec<_> = cycles[0].weak.iter().map(|cut| (cut.field.as_str(), cut.references, cut.left)).collect();
        assert_eq!(weak, [("Link.previous", 3, 3), ("Link.next", 3, 0)]);
        assert!(cycles[0].to_string().ends_with("weak `Link.previous` and `Link.next` would break it"));
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
        assert_eq!((cycles.len(), cycles[0].is_garbage, fields(&cycles[0])), (1, true, vec!["Link.next"]));
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
        assert_eq!(fields(&cycles[0]), ["Link.previous"]);
        drop((cycles, list));
    });
}
