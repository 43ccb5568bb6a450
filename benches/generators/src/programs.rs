//! The same programs for each contestant. All are erased and boxed, as a function's result would be.

use refcycle_lib::{Gc, managed};

#[managed(crate = refcycle_lib)]
pub struct Node {
    pub value: u64,
    pub left: Option<Gc<Node>>,
    pub right: Option<Gc<Node>>,
}

/// A full tree.
pub fn tree(height: u32) -> Gc<Node> {
    fn grow(height: u32) -> Option<Gc<Node>> {
        (height > 0).then(|| Node::new(u64::from(height), grow(height - 1), grow(height - 1)))
    }
    grow(height).expect("a height")
}

pub mod refcycle {
    use super::*;
    use refcycle_lib::Generator;

    pub fn count(end: u64) -> Generator<u64> {
        Generator::new(end, async |mut co, end| {
            for i in 0..end {
                co.yield_(i).await;
            }
        })
    }

    /// With a local that the collector must see.
    pub fn count_with_local(end: u64) -> Generator<u64> {
        Generator::new((end, Gc::new(1_u64)), async |mut co, (end, mut step)| {
            for i in 0..end {
                let item = i * *step;
                (_, step) = co.suspend(item, step).await;
            }
        })
    }

    pub fn pipeline(end: u64) -> Generator<u64> {
        let odd = Generator::new(count(end), async |mut co, mut source: Generator<u64>| {
            while let Some(item) = source.next() {
                (_, source) = co.suspend(item | 1, source).await;
            }
        });
        Generator::new(odd, async |mut co, mut source: Generator<u64>| {
            while let Some(item) = source.next() {
                (_, source) = co.suspend(item * 3, source).await;
            }
        })
    }

    pub fn walk(node: Gc<Node>) -> Generator<u64> {
        Generator::new(node, async |mut co, mut node: Gc<Node>| {
            if let Some(left) = node.left.clone() {
                (_, node) = co.delegate(walk(left), node).await;
            }
            (_, node) = co.suspend(node.value, node).await;
            if let Some(right) = node.right.clone() {
                let _ = co.delegate(walk(right), node).await;
            }
        })
    }

    pub fn deep(depth: u32, end: u64) -> Generator<u64> {
        if depth == 0 {
            return count(end);
        }
        Generator::new(deep(depth - 1, end), async |mut co, inner: Generator<u64>| co.yield_from(inner).await)
    }
}

pub mod by_hand {
    use super::*;

    type Items = Box<dyn Iterator<Item = u64>>;

    pub fn count(end: u64) -> Items {
        struct Count(u64, u64);
        impl Iterator for Count {
            type Item = u64;
            fn next(&mut self) -> Option<u64> {
                let item = self.0;
                (item < self.1).then(|| {
                    self.0 += 1;
                    item
                })
            }
        }
        Box::new(Count(0, end))
    }

    pub fn pipeline(end: u64) -> Items {
        let odd: Items = Box::new(count(end).map(|item| item | 1));
        Box::new(odd.map(|item| item * 3))
    }

    pub fn walk(root: Gc<Node>) -> Items {
        struct Walk(Vec<Gc<Node>>);
        impl Walk {
            fn descend(&mut self, mut node: Option<Gc<Node>>) {
                while let Some(next) = node {
                    node = next.left.clone();
                    self.0.push(next);
                }
            }
        }
        impl Iterator for Walk {
            type Item = u64;
            fn next(&mut self) -> Option<u64> {
                let node = self.0.pop()?;
                self.descend(node.right.clone());
                Some(node.value)
            }
        }
        let mut walk = Walk(Vec::new());
        walk.descend(Some(root));
        Box::new(walk)
    }
}

pub mod genawaiter {
    use super::*;
    use genawaiter_lib::rc::Gen;

    type Items = Box<dyn Iterator<Item = u64>>;

    pub fn count(end: u64) -> Items {
        Box::new(
            Gen::new(|co| async move {
                for i in 0..end {
                    co.yield_(i).await;
                }
            })
            .into_iter(),
        )
    }

    pub fn pipeline(end: u64) -> Items {
        let source = count(end);
        let odd = Gen::new(|co| async move {
            for item in source {
                co.yield_(item | 1).await;
            }
        });
        Box::new(
            Gen::new(|co| async move {
                for item in odd {
                    co.yield_(item * 3).await;
                }
            })
            .into_iter(),
        )
    }

    pub fn walk(node: Gc<Node>) -> Items {
        Box::new(
            Gen::new(|co| async move {
                if let Some(left) = node.left.clone() {
                    for item in walk(left) {
                        co.yield_(item).await;
                    }
                }
                co.yield_(node.value).await;
                if let Some(right) = node.right.clone() {
                    for item in walk(right) {
                        co.yield_(item).await;
                    }
                }
            })
            .into_iter(),
        )
    }

    pub fn deep(depth: u32, end: u64) -> Items {
        if depth == 0 {
            return count(end);
        }
        let inner = deep(depth - 1, end);
        Box::new(
            Gen::new(|co| async move {
                for item in inner {
                    co.yield_(item).await;
                }
            })
            .into_iter(),
        )
    }
}
