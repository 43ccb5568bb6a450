//! `get_objects` contains exactly the live tracked objects.

use super::python::*;

golden!("216_api_live_census");

#[managed]
struct Node {
    name: &'static str,
    #[managed(mut, default)]
    me: Option<Gc<Node>>,
}

fn census() -> String {
    let nodes = gc::get_objects(None).into_iter().filter_map(|o| o.downcast::<Node>().ok());
    let mut names: Vec<_> = nodes.map(|node| node.name).collect();
    names.sort();
    repr(&names)
}

fn main() {
    gc::collect();
    gc::disable();
    let a = Node::new("a");
    let mut b = Node::new("b");
    let c = Node::new("c");
    c.set_me(Some(c.clone()));
    out!("{}", census());
    drop(a);
    out!("{}", census());
    drop(c);
    out!("garbage still listed {}", census());
    gc::collect();
    out!("{}", census());
    b.set_me(Some(b.clone()));
    b = Node::new("d");
    out!("{}", census());
    gc::collect();
    out!("{}", census());
}
