//! Parts of the language that the golden programs leave out.

use refcycle::builtins::capture;
use refcycle::gc_script;

/// What a script prints.
macro_rules! printed {
    ($($script:tt)*) => { capture(|| { let _ = gc_script! { $($script)* }; }) };
}

#[test]
fn arguments_by_name_and_defaults() {
    let text = printed! {
        def show(a: int, b: int = 2, c: str = "c") -> str { return f "{a} {b} {c}"; }
        print(show(1));
        print(show(1, c="x"));
        print(show(b=5, a=4));
    };
    assert_eq!(text, "1 2 c\n1 2 x\n4 5 c\n");
}

#[test]
fn matching() {
    let text = printed! {
        class Point { x: int; y: int; }
        def name(p: Point?) -> str {
            match p {
                case Point(x=0, y=0) { return "origin"; }
                case Point(x=0, y=y) if y > 0 { return f "up {y}"; }
                case Point(x, y) { return f "{x},{y}"; }
                case None { return "nothing"; }
            }
            return "?";
        }
        print(name(Point(0, 0)), name(Point(0, 3)), name(Point(1, 2)), name(None));
        for n in [1, 2, 3, -1] {
            match n {
                case 1 | 2 { print("small"); }
                case -1 { print("negative"); }
                case other { print("other", other); }
            }
        }
        match (1, "a") { case (1, text) { print(text); } case _ { pass; } }
    };
    assert_eq!(text, "origin up 3 1,2 nothing\nsmall\nsmall\nother 3\nnegative\na\n");
}

#[test]
fn slices_and_unpacking() {
    let text = printed! {
        xs = [0, 1, 2, 3, 4, 5];
        print(xs[1:4], xs[::-1], xs[-2:], xs[::2]);
        a, *rest = xs;
        print(a, rest);
        *start, last = "abc";
        print(start, last);
        a, b = 1, 2;
        a, b = b, a;
        print(a, b);
        (p, q), r = ((1, 2), 3);
        print(p, q, r);
        xs[1:3] = [9];
        del xs[0];
        print(xs, 9 in xs, 7 not in xs);
    };
    assert_eq!(
        text,
        "[1, 2, 3] [5, 4, 3, 2, 1, 0] [4, 5] [0, 2, 4]\n0 [1, 2, 3, 4, 5]\n['a', 'b'] c\n2 1\n1 2 3\n[9, 3, 4, 5] True True\n"
    );
}

#[test]
fn numbers() {
    let text = printed! {
        print(7 / 2, floordiv(7, 2), -7 % 3, 2 ** 10, 1.5 + 1, 3 * 2.0, round(2.5), abs(-3), divmod(7, 3));
        print(1 < 2 < 3, 1 < 3 < 2, not True, True and False, 0 or 5);
        x = 10;
        x -= 3; x *= 2; x %= 5;
        print(x, x if x > 3 else -x, 6 & 3, 6 | 3, 6 ^ 3, 1 << 4, ~5);
        print(f "{3.14159:.2f} {42:>6} {255:x} {1234567:,}", int("12") + 1, float("1.5"), str(3) + "x");
    };
    assert_eq!(
        text,
        "3.5 3 2 1024 2.5 6.0 2 3 (2, 1)\nTrue False False False 5\n4 4 2 7 5 16 -6\n3.14     42 ff 1,234,567 13 1.5 3x\n"
    );
}

#[test]
fn loops() {
    let text = printed! {
        for i, (a, b) in enumerate(zip([1, 2], "xy")) { print(i, a, b); }
        for x in [1, 2, 3] { if x == 2 { break; } } else { print("no break"); }
        for x in [1] { pass; } else { print("else"); }
        n = 0;
        while n < 3 { n += 1; if n == 2 { continue; } print(n); } else { print("done"); }
        print(sorted([3, 1, 2], reverse=True), sum(x * x for x in range(4)), max([1, 5, 2]), min(3, 1, 2));
        print([x + y for x in range(2) for y in range(2) if x != y], {k: v for k, v in zip("ab", [1, 2])});
        print(list(map(lambda x: x * 2, [1, 2])), list(filter(lambda x: x > 1, [1, 2])), list(reversed([1, 2])));
        for c in "hi" { print(c, end=" "); }
        print();
    };
    assert_eq!(
        text,
        "0 1 x\n1 2 y\nelse\n1\n3\ndone\n[3, 2, 1] 14 5 1\n[1, 1] {'a': 1, 'b': 2}\n[2, 4] [2] [2, 1]\nh i \n"
    );
}

#[test]
fn special_methods() {
    let text = printed! {
        class Vec2 {
            x: int;
            y: int;
            def __add__(self, other: Vec2) -> Vec2 { return Vec2(self.x + other.x, self.y + other.y); }
            def __mul__(self, k: int) -> Vec2 { return Vec2(self.x * k, self.y * k); }
            def __neg__(self) -> Vec2 { return Vec2(-self.x, -self.y); }
            def __eq__(self, other: Vec2) -> bool { return self.x == other.x and self.y == other.y; }
            def __hash__(self) -> int { return self.x * 31 + self.y; }
            def __lt__(self, other: Vec2) -> bool { return self.x < other.x; }
            def __repr__(self) -> str { return f "<{self.x},{self.y}>"; }
            def __bool__(self) -> bool { return self.x != 0; }
            def __len__(self) -> int { return 2; }
            def __getitem__(self, i: int) -> int { return self.x if i == 0 else self.y; }
            def __setitem__(self, i: int, v: int) { self.x = v; }
            def __contains__(self, v: int) -> bool { return self.x == v or self.y == v; }
            def __call__(self, k: int) -> int { return self.x * k; }
        }
        class Count {
            n: int;
            def __iter__(self) -> Count { return self; }
            def __next__(self) raises -> int {
                if self.n == 0 { raise StopIteration; }
                self.n -= 1;
                return self.n;
            }
        }
        v = Vec2(1, 2) + Vec2(3, 4) * 2;
        print(v, -v, v == Vec2(7, 10), v != Vec2(7, 10), v[1], len(v), 10 in v, v(2));
        v[0] = 5;
        v += Vec2(1, 1);
        print(v, {v: "value"}[v], sorted([Vec2(3, 0), Vec2(1, 0)]), "yes" if v else "no");
        for i in Count(3) { print(i, end=","); }
        print(list(Count(2)), sum([Vec2(1, 1), Vec2(2, 2)], Vec2(0, 0)));
    };
    assert_eq!(text, "<7,10> <-7,-10> True False 10 2 True 14\n<6,11> value [<1,0>, <3,0>] yes\n2,1,0,[1, 0] <3,3>\n");
}

#[test]
fn inheritance() {
    let text = printed! {
        class Animal {
            name: str;
            legs: int = 4;
            def __init__(self, name: str) { self.name = name; }
            def speak(self) -> str { return "..."; }
            def hello(self) -> str { return f "{self.name} says {self.speak()}"; }
        }
        class Dog(Animal) {
            def speak(self) -> str { return "woof"; }
        }
        class Puppy(Dog) {
            def __init__(self, name: str) { super().__init__(name + " jr"); self.legs = 3; }
            def speak(self) -> str { return super().speak() + "!"; }
        }
        zoo: list[Animal] = [Animal("a"), Dog("b"), Puppy("c")];
        for each in zoo {
            print(each.hello(), each.legs, isinstance(each, Dog));
            if isinstance(each, Puppy) { print("puppy", each.name); }
        }
        best: Animal? = None;
        best = Dog("x");
        print(best.hello(), Animal.legs);
    };
    assert_eq!(text, "a says ... 4 False\nb says woof 4 True\nc jr says woof! 3 True\npuppy c jr\nx says woof 4\n");
}

#[test]
fn failures() {
    let text = printed! {
        class Broken(ValueError) { code: int; def __init__(self, code: int) { super().__init__(f "broken {code}"); self.code = code; } }
        def risky(n: int) raises -> int {
            if n == 1 { raise Broken(7); }
            if n == 2 { raise KeyError("k"); }
            if n == 3 { assert False, "never"; }
            xs = [1];
            return xs[n];
        }
        for n in range(6) {
            try {
                print("got", risky(n));
            } except Broken as e {
                print("broken", e.code, e);
            } except (KeyError, AssertionError) as e {
                print("other", e);
            } except IndexError {
                print("index");
            } else {
                print("fine");
            } finally {
                print("finally");
            }
        }
        try {
            try { risky(1); } except Broken as e { raise RuntimeError("outer") from e; }
        } except RuntimeError as e {
            print(e, "because", e.__cause__);
        }
    };
    assert_eq!(
        text,
        "got 1\nfine\nfinally\nbroken 7 broken 7\nfinally\nother 'k'\nfinally\nother never\nfinally\nindex\nfinally\nindex\nfinally\nouter because broken 7\n"
    );
}

#[test]
fn closures() {
    let text = printed! {
        def counter() -> Callable[[], int] {
            count = 0;
            def next() -> int { nonlocal count; count += 1; return count; }
            return next;
        }
        a = counter();
        b = counter();
        print(a(), a(), b());
        fs: list[Callable[[], int]] = [lambda: i * 10 for i in range(3)];
        print([f() for f in fs]);
        add: Callable[[int, int], int] = lambda x, y: x + y;
        print(add(1, 2));
        def apply(f: Callable[[int], int], n: int) -> int { return f(n); }
        k = 5;
        print(apply(lambda x: x * k, 3));
        k = 6;
        print(apply(lambda x: x * k, 3));
    };
    assert_eq!(text, "1 2 1\n[20, 20, 20]\n3\n15\n18\n");
}

#[test]
fn a_function_stands_where_one_is_wanted_that_takes_less_or_gives_more() {
    let text = printed! {
        class Animal { name: str; }
        class Dog(Animal) { }
        def name(a: Animal) -> str { return a.name; }
        def made() -> Dog { return Dog("rex"); }
        def show(x: any) -> str { return f "any {x}"; }
        def bad(d: Dog) raises -> int { raise ValueError("no " + d.name); }
        def of_dog(f: Callable[[Dog], str?]) -> str { return f(Dog("fido")) or "none"; }
        g: Callable[[], Animal] = made;
        h: Callable[[int], str] = show;
        k: Callable[[Dog], float] = bad;
        print(of_dog(name), g().name, h(7), h.__name__);
        try { print(k(Dog("fido"))); } except ValueError as e { print(e); }
    };
    assert_eq!(text, "fido rex any 7 show\nno fido\n");
}

#[test]
fn an_object_is_shown_compared_and_tested_by_its_own_class() {
    let text = printed! {
        class Value { }
        class Named(Value) {
            name: str;
            def __str__(self) -> str { return f "<{self.name}>"; }
            def __repr__(self) -> str { return f "Named({self.name!r})"; }
            def __eq__(self, other: any) -> bool { return isinstance(other, Named) and other.name == self.name; }
            def __hash__(self) -> int { return hash(self.name); }
            def __len__(self) -> int { return len(self.name); }
        }
        class Quiet(Named) { def __bool__(self) -> bool { return False; } }

        values: list[Value] = [Named("a"), Named(""), Quiet("q"), Value()];
        print(values[:2], values[0]);
        print([bool(value) for value in values]);
        known: dict[Value, int] = {Named("a"): 1};
        print(values[0] == Named("a"), values[0] in known, values[3] == values[3]);
    };
    assert_eq!(text, "[Named('a'), Named('')] <a>\n[True, False, False, True]\nTrue True True\n");
}

#[test]
fn an_exception_says_what_its_class_says() {
    let text = printed! {
        class Refused(Exception) { code: int; def __str__(self) -> str { return f "refused with {self.code}"; } }
        try { raise Refused("no", 4); } except Exception as e { print(e, repr(e)); }
    };
    assert_eq!(text, "refused with 4 Refused('no')\n");
}

#[test]
fn builtins_and_classes_where_a_function_is_wanted() {
    let text = printed! {
        class Point {
            x: int;
            def __init__(self, x: int) { self.x = x; }
            def size(self) -> int { return abs(self.x); }
            @staticmethod
            def of(text: str) -> Point { return Point(int(text)); }
        }
        words = ["bb", "A", "ccc"];
        print(list(map(len, words)), sorted(words, key=len), sorted(words, key=str.lower), max(words, key=len));
        print([p.x for p in sorted(map(Point, [3, -4, 1]), key=Point.size)], [p.x for p in map(Point.of, ["7", "8"])]);
        print(list(map(str, [1, 2])), list(filter(bool, [0, 1, 2])), sum(map(ord, "ab")));
        words.sort(key=str.upper);
        f: Callable[[str], int] = len;
        print(words, f("abc"));
    };
    assert_eq!(
        text,
        "[2, 1, 3] ['A', 'bb', 'ccc'] ['A', 'bb', 'ccc'] ccc\n[1, 3, -4] [7, 8]\n['1', '2'] [1, 2] 195\n['A', 'bb', 'ccc'] 3\n"
    );
}

#[test]
fn the_largest_of_nothing_may_be_none() {
    let text = printed! {
        empty: list[int] = [];
        best = max(empty, default=None);
        if best is None { print("none"); }
        print(min(empty, key=abs, default=None), max([3, 1], default=None), max(empty, default=5));
    };
    assert_eq!(text, "none\nNone 3 5\n");
}

#[test]
fn what_the_collector_knows_is_a_list_like_any_other() {
    let text = printed! {
        import gc;
        class Node { next: any; def __init__(self) { self.next = None; } }
        n = Node();
        objects = gc.get_objects();
        last = objects[-1];
        print(len(objects) > 0, objects[0] is objects[0], any([x is n for x in objects]));
    };
    assert_eq!(text, "True True True\n");
}

#[test]
fn lambdas_called_where_they_stand() {
    let text = printed! {
        print((lambda x: x + 1)(3), (lambda a, b: a + b)("x", "y"), (lambda: 5)());
    };
    assert_eq!(text, "4 xy 5\n");
}

#[test]
fn a_class_method_may_be_called_on_a_class_that_takes_other_arguments() {
    let text = printed! {
        class Animal {
            name: str;
            def __init__(self, name: str) { self.name = name; }
            @classmethod
            def make(cls, name: str) raises -> Animal { return cls(name); }
        }
        class Fish(Animal) {
            depth: int;
            def __init__(self, name: str, depth: int) { super().__init__(name); self.depth = depth; }
        }
        try {
            print(Animal.make("a").name);
            Fish.make("f");
        } except TypeError as e {
            print(e);
        }
    };
    assert_eq!(text, "a\nFish.__init__() missing 1 required positional argument: 'depth'\n");
}
