//! Values that are looked at where they are, while a collection that a failure starts changes all that leads to them.

use refcycle::builtins::capture;
use refcycle::gc_script;

gc_script! {
    import gc;
    class Box {
        name: str;
        items: list[Node];
        numbers: list[int];
        names: dict[str, Node];
        text: str;
        head: Node?;
        def __init__(self, name: str) {
            self.name = name;
            self.items = [];
            self.numbers = [1, 2, 3];
            self.names = {};
            self.text = "text";
            self.head = None;
        }
    }
    class Node {
        name: str;
        next: Node?;
        box: Box;
        def __init__(self, name: str, box: Box) {
            self.name = name;
            self.next = None;
            self.box = box;
        }
    }
    class Holder {
        box: Box;
        def __init__(self, box: Box) {
            self.box = box;
        }
    }
    class Bomb(Node) {
        holder: Holder;
        def __init__(self, name: str, holder: Holder) {
            super().__init__(name, holder.box);
            self.holder = holder;
            self.next = self;
        }
        def __del__(self) {
            print("bomb", self.name);
            old = self.holder.box;
            self.holder.box = Box("new " + self.name);
            old.numbers.clear();
            old.items.clear();
            old.names.clear();
            old.head = None;
        }
    }
    def arm(holder: Holder, name: str) {
        Bomb(name, holder);
    }
    def failing_reads() {
        gc.set_threshold(1, 1, 1);
        box = Box("first");
        holder = Holder(box);
        for turn in range(3) {
            arm(holder, "index" + str(turn));
            try {
                print(holder.box.numbers[10 + turn]);
            }
            except IndexError as e {
                print("index", e);
            }
            arm(holder, "pop" + str(turn));
            try {
                holder.box.numbers.clear();
                print(holder.box.numbers.pop());
            }
            except IndexError as e {
                print("pop", e);
            }
            arm(holder, "store" + str(turn));
            try {
                holder.box.numbers[7] = turn;
            }
            except IndexError as e {
                print("store", e);
            }
            arm(holder, "key" + str(turn));
            try {
                print(holder.box.names["no"].name);
            }
            except KeyError as e {
                print("key", e);
            }
            arm(holder, "text" + str(turn));
            try {
                print(holder.box.text[99]);
            }
            except IndexError as e {
                print("text", e);
            }
            arm(holder, "none" + str(turn));
            try {
                print(holder.box.head.name);
            }
            except AttributeError as e {
                print("none", e);
            }
        }
        gc.set_threshold(700, 10, 10);
        gc.collect();
    }
}

#[test]
fn a_failure_lets_go_of_the_place_first() {
    let printed = capture(failing_reads);
    let lines = |start: &str| printed.lines().filter(|line| line.starts_with(start)).count();
    let failures = ["index list", "pop pop", "store list", "key 'no'", "text string", "none 'NoneType'"];
    for failure in failures {
        assert_eq!(lines(failure), 3, "{failure}: {printed}");
    }
    assert_eq!(lines("bomb"), 18, "{printed}");
}
