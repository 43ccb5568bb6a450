//! A doubly linked list with iterators, splicing, removal and loss of the whole list.

use super::python::*;

golden!("500_prog_doubly_linked_list");

thread_local! {
    static CREATED: Cell<usize> = const { Cell::new(0) };
    static DESTROYED: Cell<usize> = const { Cell::new(0) };
}

#[managed(new = from_value)]
struct Node {
    value: usize,
    #[managed(mut, default)]
    prev: Option<Gc<Node>>,
    #[managed(mut, default)]
    next: Option<Gc<Node>>,
}

impl Node {
    fn new(value: usize) -> Gc<Self> {
        CREATED.set(CREATED.get() + 1);
        Node::from_value(value)
    }
}

#[managed]
impl Node {
    fn __del__(&self) {
        DESTROYED.set(DESTROYED.get() + 1);
    }
}

/// An iterator over the values: it holds the node that it looks at.
fn values(first: Option<Gc<Node>>, step: fn(&Node) -> Option<Gc<Node>>) -> impl Iterator<Item = usize> {
    let mut current = None;
    let mut start = Some(first);
    std::iter::from_fn(move || {
        current = match start.take() {
            Some(first) => first,
            None => step(current.as_ref()?),
        };
        Some(current.as_ref()?.value)
    })
}

#[managed]
struct DList {
    #[managed(mut, default)]
    head: Option<Gc<Node>>,
    #[managed(mut, default)]
    tail: Option<Gc<Node>>,
    #[managed(mut, default)]
    size: usize,
}

impl DList {
    fn push_back(&self, value: usize) {
        let n = Node::new(value);
        match self.tail() {
            None => self.set_head(Some(n.clone())),
            Some(tail) => {
                tail.set_next(Some(n.clone()));
                n.set_prev(Some(tail));
            }
        }
        self.set_tail(Some(n));
        self.set_size(self.size() + 1);
    }

    fn push_front(&self, value: usize) {
        let n = Node::new(value);
        match self.head() {
            None => self.set_tail(Some(n.clone())),
            Some(head) => {
                head.set_prev(Some(n.clone()));
                n.set_next(Some(head));
            }
        }
        self.set_head(Some(n));
        self.set_size(self.size() + 1);
    }

    fn unlink(&self, n: &Node) {
        match n.prev() {
            None => self.set_head(n.next()),
            Some(prev) => prev.set_next(n.next()),
        }
        match n.next() {
            None => self.set_tail(n.prev()),
            Some(next) => next.set_prev(n.prev()),
        }
        n.set_prev(None);
        n.set_next(None);
        self.set_size(self.size() - 1);
    }

    fn remove_if_even(&self) -> usize {
        let mut removed = 0;
        let mut cur = self.head();
        while let Some(n) = cur {
            let after = n.next();
            if n.value % 2 == 0 {
                self.unlink(&n);
                removed += 1;
            }
            cur = after;
        }
        removed
    }

    fn reverse(&self) {
        let mut cur = self.head();
        while let Some(n) = cur {
            let after = n.next();
            n.set_next(n.prev());
            n.set_prev(after.clone());
            cur = after;
        }
        let head = self.replace_head(self.tail());
        self.set_tail(head);
    }

    fn forward(&self) -> impl Iterator<Item = usize> + use<> {
        values(self.head(), Node::next)
    }

    fn backward(&self) -> impl Iterator<Item = usize> + use<> {
        values(self.tail(), Node::prev)
    }

    fn clear(&self) {
        while let Some(head) = self.head() {
            self.unlink(&head);
        }
    }
}

fn alive() -> usize {
    CREATED.get() - DESTROYED.get()
}

fn list(values: impl Iterator<Item = usize>) -> String {
    repr(&values.collect::<Vec<_>>())
}

fn main() {
    gc::collect();
    gc::disable();
    let d = DList::new();
    for i in 0..10 {
        if i % 3 == 0 {
            d.push_front(i);
        } else {
            d.push_back(i);
        }
    }
    out!("forward {} size {}", list(d.forward()), d.size());
    out!("backward {}", list(d.backward()));
    out!("removed {} alive {}", d.remove_if_even(), alive());
    out!("forward {}", list(d.forward()));
    d.reverse();
    out!("reversed {} {}", list(d.forward()), list(d.backward()));
    let mut it = d.forward();
    out!("iterating {} {}", it.next().unwrap(), it.next().unwrap());
    d.clear();
    let held = alive();
    let rest = list(it);
    out!("cleared, iterator still holds a node: {held} {rest} alive {}", alive());
    for i in 0..1000 {
        d.push_back(i);
    }
    out!("alive {}", alive());
    drop(d);
    out!("lost without clear, alive {}", alive());
    let collected = gc::collect();
    out!("collected {collected} alive {}", alive());
}
