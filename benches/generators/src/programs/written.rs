//! With `generator!`.

use refcycle::{Gc, Generator, generator};

use super::{Node, Run, sum_of, tree};

fn count(end: i64) -> Generator<i64> {
    generator!(|end| {
        for i in 0..end {
            yield_!(i);
        }
    })
}

fn fibonacci(length: i64) -> Generator<i64> {
    generator!(|length| {
        let (mut a, mut b) = (0, 1);
        for _ in 0..length {
            yield_!(a);
            (a, b) = (b, (a + b) % 1_000_003);
        }
    })
}

fn odd(source: Generator<i64>) -> Generator<i64> {
    generator!(|source| {
        while let Some(item) = source.next() {
            if item % 2 == 1 {
                yield_!(item);
            }
        }
    })
}

fn tripled(source: Generator<i64>) -> Generator<i64> {
    generator!(|source| {
        while let Some(item) = source.next() {
            yield_!(item * 3);
        }
    })
}

fn shifted(source: Generator<i64>) -> Generator<i64> {
    generator!(|source| {
        while let Some(item) = source.next() {
            yield_!(item + 1);
        }
    })
}

fn walk(node: Gc<Node>) -> Generator<i64> {
    generator!(|node| {
        if let Some(left) = node.left.clone() {
            yield_from!(walk(left));
        }
        yield_!(node.value);
        if let Some(right) = node.right.clone() {
            yield_from!(walk(right));
        }
    })
}

fn total() -> Generator<i64, i64> {
    generator!(|| {
        let mut sum = 0;
        loop {
            sum += yield_!(sum);
        }
    })
}

fn deep(depth: i64, end: i64) -> Generator<i64> {
    if depth == 0 {
        return count(end);
    }
    generator!(|inner = deep(depth - 1, end)| {
        yield_from!(inner);
    })
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
        "accumulate" => Box::new(move || {
            let adding = total();
            adding.resume(0);
            (0..size).fold(0, |_, i| adding.send(i).yielded().expect("it never ends"))
        }),
        "make" => Box::new(move || (0..size).map(|_| sum_of(count(1))).sum()),
        _ => {
            let depth = super::depth(program);
            Box::new(move || sum_of(deep(depth, size)))
        }
    }
}
