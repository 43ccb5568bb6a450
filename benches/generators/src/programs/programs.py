"""The programs in Python: runs one of them so many times, and tells how long that took and what it computed."""

import sys
import time
from collections.abc import Generator, Iterator


def count(end: int) -> Iterator[int]:
    for i in range(end):
        yield i


def fibonacci(length: int) -> Iterator[int]:
    a, b = 0, 1
    for i in range(length):
        yield a
        a, b = b, (a + b) % 1000003


def odd(source: Iterator[int]) -> Iterator[int]:
    for item in source:
        if item % 2 == 1:
            yield item


def tripled(source: Iterator[int]) -> Iterator[int]:
    for item in source:
        yield item * 3


def shifted(source: Iterator[int]) -> Iterator[int]:
    for item in source:
        yield item + 1


class Node:
    def __init__(self, value: int, left: "Node | None", right: "Node | None"):
        self.value = value
        self.left = left
        self.right = right


def grow(height: int) -> "Node | None":
    if height == 0:
        return None
    return Node(height, grow(height - 1), grow(height - 1))


def walk(node: Node) -> Iterator[int]:
    left = node.left
    if left is not None:
        yield from walk(left)
    yield node.value
    right = node.right
    if right is not None:
        yield from walk(right)


def total() -> Generator[int, int, None]:
    sum = 0
    while True:
        item = yield sum
        sum += item


def deep(depth: int, end: int) -> Iterator[int]:
    if depth == 0:
        for i in range(end):
            yield i
    else:
        yield from deep(depth - 1, end)


def sum_of(items: Iterator[int]) -> int:
    sum = 0
    for item in items:
        sum += item
    return sum


def accumulate(size: int) -> int:
    adding = total()
    next(adding)
    sum = 0
    for i in range(size):
        sum = adding.send(i)
    return sum


def make(size: int) -> int:
    sum = 0
    for i in range(size):
        sum += sum_of(count(1))
    return sum


def prepared(program: str, size: int):
    """The program, ready to run."""
    match program:
        case "count":
            return lambda: sum_of(count(size))
        case "fibonacci":
            return lambda: sum_of(fibonacci(size))
        case "pipeline":
            return lambda: sum_of(shifted(tripled(odd(count(size)))))
        case "tree":
            tree = grow(size)
            return lambda: sum_of(walk(tree))
        case "accumulate":
            return lambda: accumulate(size)
        case "make":
            return lambda: make(size)
        case _:
            depth = int(program.removeprefix("deep"))
            return lambda: sum_of(deep(depth, size))


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    run = prepared(sys.argv[1], int(sys.argv[2]))
    start = time.thread_time_ns()
    for _ in range(int(sys.argv[3])):
        result = run()
    print(time.thread_time_ns() - start, result)
