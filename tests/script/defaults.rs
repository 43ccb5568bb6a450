//! Default values: made once, where the `def` stands.

use refcycle::builtins::capture;
use refcycle::gc_script;

gc_script! {
    class Node {
        name: str;
        def __repr__(self) -> str { return self.name; }
        def __del__(self) { print("del", self.name); }
    }

    def seven() -> int { print("made"); return 7; }
    def show(a: int, b: int = seven(), c: Node = Node("c")) -> str { return f "{a} {b} {c}"; }

    #[allow(mutable_default)]
    def push(x: int, into: list[int] = []) -> list[int] { into.append(x); return into; }

    class Counter {
        start: int;
        def __init__(self, start: int = seven() + 1) { self.start = start; }
        def plus(self, by: Node = Node("by")) -> str { return f "{self.start} {by}"; }
        @staticmethod
        def named(node: Node = Node("static")) -> Node { return node; }
    }
    class Loud(Counter) {
        def plus(self, by: Node = Node("by")) -> str { return super().plus().upper(); }
    }

    def items() {
        print(show(1), show(2, 3), show(4, c=Node("own")));
        print(push(1), push(2), push(3, [0]));
    }

    def methods() { print(Counter().plus(), Counter(2).plus(), Loud(3).plus(), Counter.named()); }

    def nested() {
        base = Node("base");
        shared: list[Callable[[], str]] = [];
        for i in range(2) {
            def named(n: int = i, node: Node = base) -> str { return f "{n}{node}"; }
            print(named(), named(5), named(node=Node("other")));
            shared.append(named);
        }
        print([f() for f in shared]);
    }

    def lifetime() {
        def keeps(node: Node = Node("kept")) -> str { return node.name; }
        print(keeps());
        del keeps;
        print("end");
    }

    def lambdas() {
        fs: list[Callable[[], int]] = [lambda i=i: i * 10 for i in range(3)];
        print([f() for f in fs]);
        by: Callable[[int], str] = show;
        print(by(9));
    }
}

#[test]
fn a_function_has_one_value_for_all_calls() {
    assert_eq!(capture(items), "made\ndel own\n1 7 c 2 3 c 4 7 own\n[1, 2] [1, 2] [0, 3]\n");
}

#[test]
fn methods_have_their_own() {
    assert_eq!(capture(methods), "made\n8 by 2 by 3 BY static\n");
}

#[test]
fn a_nested_function_makes_its_values_each_time_its_def_runs() {
    assert_eq!(
        capture(nested),
        "del other\n0base 5base 0other\ndel other\n1base 5base 1other\n['0base', '1base']\ndel base\n"
    );
}

#[test]
fn a_nested_function_keeps_its_values_as_long_as_it_lives() {
    assert_eq!(capture(lifetime), "kept\ndel kept\nend\n");
}

#[test]
fn a_function_goes_where_one_with_fewer_arguments_is_wanted() {
    assert_eq!(capture(lambdas), "[0, 10, 20]\nmade\n9 7 c\n");
}

#[test]
fn defaults_see_the_names_of_a_script_as_they_are_then() {
    let text = capture(|| {
        gc_script! {
            start = 10;
            def from_start(n: int = start) -> int { return n; }
            add: Callable[[int], int] = lambda x, y=start: x + y;
            start = 20;
            print(from_start(), from_start(1), add(1), start);
        }
    });
    assert_eq!(text, "10 1 11 20\n");
}
