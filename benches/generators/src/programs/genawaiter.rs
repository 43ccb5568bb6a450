//! With genawaiter, boxed.

use std::convert::Infallible;

use ::genawaiter::rc::{Co, Gen};
use ::genawaiter::{Coroutine, GeneratorState};
use refcycle::Gc;

use super::{Node, Run, sum_of, tree};

type Items = Box<dyn Iterator<Item = i64>>;

fn count(end: i64) -> Items {
    let items = Gen::new(|co| async move {
        for i in 0..end {
            co.yield_(i).await;
        }
    });
    Box::new(items.into_iter())
}

fn fibonacci(length: i64) -> Items {
    let items = Gen::new(|co| async move {
        let (mut a, mut b) = (0, 1);
        for _ in 0..length {
            co.yield_(a).await;
            (a, b) = (b, (a + b) % 1_000_003);
        }
    });
    Box::new(items.into_iter())
}

fn odd(source: Items) -> Items {
    let items = Gen::new(|co| async move {
        for item in source {
            if item % 2 == 1 {
                co.yield_(item).await;
            }
        }
    });
    Box::new(items.into_iter())
}

fn tripled(source: Items) -> Items {
    let items = Gen::new(|co| async move {
        for item in source {
            co.yield_(item * 3).await;
        }
    });
    Box::new(items.into_iter())
}

fn shifted(source: Items) -> Items {
    let items = Gen::new(|co| async move {
        for item in source {
            co.yield_(item + 1).await;
        }
    });
    Box::new(items.into_iter())
}

fn walk(node: Gc<Node>) -> Items {
    let items = Gen::new(|co| async move {
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
    });
    Box::new(items.into_iter())
}

fn total() -> impl Coroutine<Resume = i64, Yield = i64, Return = Infallible> {
    Gen::new(|co: Co<i64, i64>| async move {
        let mut sum = 0;
        loop {
            sum += co.yield_(sum).await;
        }
    })
}

fn accumulate(size: i64) -> i64 {
    let mut adding = Box::pin(total());
    adding.as_mut().resume_with(0);
    (0..size).fold(0, |_, i| match adding.as_mut().resume_with(i) {
        GeneratorState::Yielded(sum) => sum,
        GeneratorState::Complete(never) => match never {},
    })
}

fn deep(depth: i64, end: i64) -> Items {
    if depth == 0 {
        return count(end);
    }
    let inner = deep(depth - 1, end);
    let items = Gen::new(|co| async move {
        for item in inner {
            co.yield_(item).await;
        }
    });
    Box::new(items.into_iter())
}

pub fn prepared(program: &str, size: i64) -> Run {
    match program {
        "count" => Box::new(move || sum_of(count(size))),
        "fibonacci" => Box::new(move || sum_of(fibonacci(size))),
        "pipeline" => Box::new(move || sum_of(shifted(tripled(odd(count(size)))))),
        "tree" => {
            let tree = tree(size);
            Box::new(move || sum_of(walk(tree.clone())))
        }
        "accumulate" => Box::new(move || accumulate(size)),
        "make" => Box::new(move || (0..size).map(|_| sum_of(count(1))).sum()),
        _ => {
            let depth = super::depth(program);
            Box::new(move || sum_of(deep(depth, size)))
        }
    }
}
