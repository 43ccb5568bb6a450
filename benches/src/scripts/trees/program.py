"""Binary trees: many of several sizes that are made, walked and dropped, and one that stays."""


class Tree:
    def __init__(self, left: "Tree | None", right: "Tree | None"):
        self.left = left
        self.right = right

    def count(self) -> int:
        if self.left is None:
            return 1
        return 1 + self.left.count() + self.right.count()


def make(depth: int) -> Tree:
    if depth == 0:
        return Tree(None, None)
    return Tree(make(depth - 1), make(depth - 1))


def run(times: int) -> int:
    deepest = 12
    total = 0
    for i in range(times):
        total += make(deepest + 1).count()
        long_lived = make(deepest)
        for depth in range(4, deepest + 1, 4):
            for j in range(1 << (deepest - depth + 4)):
                total += make(depth).count()
        total += long_lived.count()
    return total
