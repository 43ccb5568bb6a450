use refcycle::{Gc, managed};

#[managed]
#[derive(Debug, Clone)]
struct Node {
    name: &'static str,
    #[managed(mut)]
    next: Option<Gc<Node>>,
    #[managed(mut)]
    list: Vec<u8>,
    #[managed(weak)]
    parent: Option<Gc<Node>>,
}

#[managed]
#[derive(Debug)]
enum Expr<T> {
    Leaf(T),
    Pair { left: Gc<Expr<T>>, right: Gc<Expr<T>> },
    Nothing,
}

#[test]
fn debug_ends_on_a_cycle() {
    let a = Node::new("a", None, vec![1], None);
    let b = Node::new("b", Some(a.clone()), vec![], Some(a.clone()));
    a.set_next(Some(b));
    assert_eq!(
        format!("{a:?}"),
        "Node { name: \"a\", next: Some(Node { name: \"b\", next: Some(Node(...)), list: [], parent: (Weak) }), list: \
         [1], parent: (Weak) }"
    );
    let guard = a.list_mut();
    assert!(format!("{a:?}").contains("list: <being changed>, parent"));
    drop(guard);
    a.set_next(None);
}

#[test]
fn debug_of_enums() {
    let leaf = Gc::new(Expr::Leaf(1));
    let pair = Gc::new(Expr::Pair { left: leaf, right: Gc::new(Expr::Nothing) });
    assert_eq!(format!("{pair:?}"), "Pair { left: Leaf(1), right: Nothing }");
}
