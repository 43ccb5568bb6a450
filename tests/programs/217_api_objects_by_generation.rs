//! Survivors move from generation 0 to 1 to 2 and stay there.

use super::python::*;

golden!("217_api_objects_by_generation");

#[managed]
struct Node {
    name: &'static str,
    /// As every Python object has room for: without it the type could not be part of a cycle and would not be tracked.
    #[managed(mut, default)]
    any: Option<Object>,
}

fn place_of(name: &str) -> String {
    let is_there = |generation: &usize| {
        let nodes = gc::get_objects(Some(*generation)).into_iter().filter_map(|o| o.downcast::<Node>().ok());
        nodes.into_iter().any(|node| node.name == name)
    };
    repr(&(0..3_usize).filter(is_there).collect::<Vec<_>>())
}

fn main() {
    gc::collect();
    gc::disable();
    let n = Node::new("n");
    out!("{}", place_of("n"));
    gc::collect_generation(0);
    out!("{}", place_of("n"));
    let _m = Node::new("m");
    gc::collect_generation(0);
    out!("n {} m {}", place_of("n"), place_of("m"));
    gc::collect_generation(1);
    out!("n {} m {}", place_of("n"), place_of("m"));
    gc::collect_generation(2);
    out!("n {} m {}", place_of("n"), place_of("m"));
    drop(n);
    out!("n {}", place_of("n"));
}
