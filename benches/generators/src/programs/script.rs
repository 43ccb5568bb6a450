//! As a script, line for line the Python program.

refcycle::gc_script! {
    def count(end: int) -> Iterator[int] {
        for i in range(end) {
            yield i;
        }
    }

    def fibonacci(length: int) -> Iterator[int] {
        a, b = 0, 1;
        for i in range(length) {
            yield a;
            a, b = b, (a + b) % 1000003;
        }
    }

    def odd(source: Iterator[int]) -> Iterator[int] {
        for item in source {
            if item % 2 == 1 {
                yield item;
            }
        }
    }

    def tripled(source: Iterator[int]) -> Iterator[int] {
        for item in source {
            yield item * 3;
        }
    }

    def shifted(source: Iterator[int]) -> Iterator[int] {
        for item in source {
            yield item + 1;
        }
    }

    pub class Node {
        value: int;
        left: Node?;
        right: Node?;

        def __init__(self, value: int, left: Node?, right: Node?) {
            self.value = value;
            self.left = left;
            self.right = right;
        }
    }

    pub def grow(height: int) -> Node? {
        if height == 0 {
            return None;
        }
        return Node(height, grow(height - 1), grow(height - 1));
    }

    def walk(node: Node) -> Iterator[int] {
        left = node.left;
        if left is not None {
            yield from walk(left);
        }
        yield node.value;
        right = node.right;
        if right is not None {
            yield from walk(right);
        }
    }

    def total() -> Generator[int, int, None] {
        sum = 0;
        while True {
            item = yield sum;
            sum += item;
        }
    }

    def deep(depth: int, end: int) -> Iterator[int] {
        if depth == 0 {
            for i in range(end) {
                yield i;
            }
        } else {
            yield from deep(depth - 1, end);
        }
    }

    def sum_of(items: Iterator[int]) -> int {
        sum = 0;
        for item in items {
            sum += item;
        }
        return sum;
    }

    pub def run_count(size: int) -> int { return sum_of(count(size)); }
    pub def run_fibonacci(size: int) -> int { return sum_of(fibonacci(size)); }
    pub def run_pipeline(size: int) -> int { return sum_of(shifted(tripled(odd(count(size))))); }
    pub def run_tree(tree: Node) -> int { return sum_of(walk(tree)); }
    pub def run_deep(depth: int, size: int) -> int { return sum_of(deep(depth, size)); }

    pub def accumulate(size: int) -> int {
        adding = total();
        next(adding);
        sum = 0;
        for i in range(size) {
            sum = adding.send(i);
        }
        return sum;
    }

    pub def make(size: int) -> int {
        sum = 0;
        for i in range(size) {
            sum += sum_of(count(1));
        }
        return sum;
    }
}

pub fn prepared(program: &str, size: i64) -> super::Run {
    match program {
        "count" => Box::new(move || run_count(size)),
        "fibonacci" => Box::new(move || run_fibonacci(size)),
        "pipeline" => Box::new(move || run_pipeline(size)),
        "tree" => {
            let tree = grow(size).expect("a height");
            Box::new(move || run_tree(tree.clone()))
        }
        "accumulate" => Box::new(move || accumulate(size)),
        "make" => Box::new(move || make(size)),
        _ => {
            let depth = super::depth(program);
            Box::new(move || run_deep(depth, size))
        }
    }
}
