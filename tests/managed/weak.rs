use refcycle::{Gc, Trace, gc, managed};
use std::collections::{BTreeMap, HashMap};

trait Shape: Trace {}

#[managed]
struct Tree {
    #[managed(weak)]
    parent: Option<Gc<Tree>>,
    #[managed(mut)]
    children: Vec<Gc<Tree>>,
    #[managed(weak)]
    watchers: Vec<Gc<Tree>>,
    #[managed(weak)]
    named: HashMap<String, Gc<Tree>>,
    #[managed(weak, default)]
    sorted: BTreeMap<u8, Gc<Tree>>,
    #[managed(weak, default = None)]
    shape: Option<Gc<dyn Shape>>,
}

fn tree(parent: Option<Gc<Tree>>) -> Gc<Tree> {
    Tree::new(parent, vec![], vec![], HashMap::new())
}

#[test]
fn a_weak_field_keeps_nothing_alive() {
    let root = tree(None);
    let leaf = tree(Some(root.clone()));
    root.children_mut().push(leaf.clone());
    assert_eq!(Gc::strong_count(&root), 1);
    assert!(Gc::ptr_eq(&leaf.parent().unwrap(), &root));
    drop(root);
    assert!(leaf.parent().is_none());
    assert_eq!(gc::collect(), 0);
    leaf.set_parent(Some(leaf.clone()));
    assert!(leaf.replace_parent(None).is_some());
    assert!(leaf.take_parent().is_none());
    assert!(leaf.shape().is_none());
}

#[test]
fn weak_collections_hand_out_what_is_alive() {
    let (root, a, b) = (tree(None), tree(None), tree(None));
    root.set_watchers(vec![a.clone(), b.clone()]);
    root.named_mut().insert("a".to_owned(), Gc::downgrade(&a));
    root.sorted_mut().insert(1, Gc::downgrade(&a));
    drop(a);
    assert_eq!((root.watchers().len(), root.named().len(), root.sorted().len()), (1, 0, 0));
    root.watchers_mut().retain(|weak| weak.upgrade().is_some());
    assert!(Gc::ptr_eq(&root.take_watchers()[0], &b));
    assert!(root.watchers().is_empty());
}
