//! Tarjan's components of an object graph, then dropping roots: what is freed at once and what waits for the collector.

use super::python::*;
use std::cell::RefCell;
use std::collections::BTreeMap;

golden!("504_prog_tarjan_scc");

thread_local! {
    static FREED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

#[managed]
struct Vertex {
    name: &'static str,
    out: Gc<List<Gc<Vertex>>>,
    #[managed(mut, default = -1)]
    index: i64,
    #[managed(mut, default = -1)]
    low: i64,
    #[managed(mut, default)]
    on_stack: bool,
}

#[managed]
impl Vertex {
    fn __del__(&self) {
        FREED.with_borrow_mut(|freed| freed.push(self.name));
    }
}

/// The names come in alphabetical order, so a sorted map visits them as a dict does.
#[derive(Default)]
struct Graph {
    vertices: BTreeMap<&'static str, Gc<Vertex>>,
}

impl Graph {
    fn vertex(&mut self, name: &'static str) -> Gc<Vertex> {
        self.vertices.entry(name).or_insert_with(|| Vertex::new(name, List::new())).clone()
    }

    fn edge(&mut self, a: &'static str, b: &'static str) {
        let target = self.vertex(b);
        self.vertex(a).out.append(target);
    }
}

#[derive(Default)]
struct Tarjan {
    counter: i64,
    stack: Vec<Gc<Vertex>>,
    components: Vec<Vec<&'static str>>,
}

impl Tarjan {
    fn run(mut self, g: &Graph) -> Vec<Vec<&'static str>> {
        for v in g.vertices.values() {
            if v.index() < 0 {
                self.connect(v);
            }
        }
        self.components
    }

    fn connect(&mut self, v: &Gc<Vertex>) {
        v.set_index(self.counter);
        v.set_low(self.counter);
        self.counter += 1;
        self.stack.push(v.clone());
        v.set_on_stack(true);
        for w in List::each(&v.out) {
            if w.index() < 0 {
                self.connect(&w);
                if w.low() < v.low() {
                    v.set_low(w.low());
                }
            } else if w.on_stack() && w.index() < v.low() {
                v.set_low(w.index());
            }
        }
        if v.low() == v.index() {
            let mut component = Vec::new();
            let mut done = false;
            while !done {
                let w = self.stack.pop().unwrap();
                w.set_on_stack(false);
                component.push(w.name);
                done = Gc::ptr_eq(&w, v);
            }
            component.sort();
            self.components.push(component);
        }
    }
}

fn flush(label: &str) {
    let mut freed = FREED.take();
    freed.sort();
    out!("{label} {}", repr(&freed));
}

fn main() {
    gc::collect();
    gc::disable();
    let mut g = Graph::default();
    for e in ["ab", "bc", "ca", "cd", "de", "ed", "ef", "fg", "hf", "hh", "ij", "jk"] {
        g.edge(&e[..1], &e[1..]);
    }
    out!("components {}", repr(&Tarjan::default().run(&g)));
    for name in ["b", "c", "d", "e", "f", "g", "j", "k"] {
        g.vertices.remove(name);
    }
    flush("nothing freed yet");
    g.vertices.remove("i");
    flush("i heads an acyclic chain");
    g.vertices.remove("h");
    flush("h is a self loop");
    gc::collect();
    flush("collected");
    g.vertices.remove("a");
    flush("a heads a cycle");
    gc::collect();
    flush("collected");
    out!("vertices left {}", g.vertices.len());
}
