//! As a script, line for line the Python program.

refcycle::gc_script! {
    class Node {
        left: Node?;
        right: Node?;
        i: int;
        j: int;

        def __init__(self, left: Node?, right: Node?) {
            self.left = left;
            self.right = right;
            self.i = 0;
            self.j = 0;
        }
    }

    def nodes(depth: int) -> int {
        return (1 << (depth + 1)) - 1;
    }

    def populate(depth: int, node: Node) {
        if depth > 0 {
            node.left = Node(None, None);
            node.right = Node(None, None);
            populate(depth - 1, node.left);
            populate(depth - 1, node.right);
        }
    }

    def make(depth: int) -> Node {
        if depth == 0 {
            return Node(None, None);
        }
        return Node(make(depth - 1), make(depth - 1));
    }

    pub def run(times: int) -> int {
        deepest = 12;
        made = 0;
        for i in range(times) {
            long_lived = Node(None, None);
            populate(deepest, long_lived);
            array = [0.0] * 5000;
            for at in range(len(array)) {
                array[at] = 1.0 / (at + 1);
            }
            for depth in range(4, deepest + 1, 2) {
                count = floordiv(2 * nodes(deepest), nodes(depth));
                for j in range(count) {
                    root = Node(None, None);
                    populate(depth, root);
                    made += nodes(depth);
                }
                for j in range(count) {
                    root = make(depth);
                    made += nodes(depth);
                }
            }
            if long_lived.left is None or array[1000] != 1.0 / 1001 {
                return 0;
            }
        }
        return made;
    }
}
