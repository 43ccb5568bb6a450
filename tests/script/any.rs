//! `any`: what is known only when the program runs.

use refcycle::builtins::{Any, capture};
use refcycle::gc_script;

gc_script! {
    import gc, sys;

    pub class Animal {
        name: str;
        def speak(self) -> str { return "..."; }
        def named(self, prefix: str = "", times: int = 1) -> str { return prefix + self.name * times; }
    }

    pub class Dog(Animal) {
        tricks: list[str];
        age: int = 3;
        weak owner: Animal? = None;
        def speak(self) -> str { return "woof"; }
        def roll(self, n: int) raises -> int {
            if n < 0 { raise ValueError("no"); }
            return n;
        }
        @property
        def loud(self) -> str { return self.name.upper(); }
        @loud.setter
        def loud(self, value: str) { self.name = value.lower(); }
        @staticmethod
        def twice(n: int) -> int { return n * 2; }
    }

    class Bag {
        items: list[any];
        def __len__(self) -> int { return len(self.items); }
        def __getitem__(self, i: int) raises -> any { return self.items[i]; }
        def __setitem__(self, i: int, value: any) raises { self.items[i] = value; }
        def __delitem__(self, i: int) raises { del self.items[i]; }
        def __contains__(self, x: any) -> bool { return x in self.items; }
        def __iter__(self) -> Iterator[any] { return iter(self.items); }
        def __call__(self, x: any) { self.items.append(x); }
        def __eq__(self, other: any) -> bool {
            if isinstance(other, Bag) { return self.items == other.items; }
            return other == len(self.items);
        }
        def __lt__(self, other: any) -> bool { return len(self.items) < len(other); }
        def __hash__(self) -> int { return len(self.items); }
    }

    class Holder { value: any; other: any = None; }
    class Point { x: int; y: int = 0; }

    def kind(x: any) -> str {
        if x is None { return "none"; }
        if isinstance(x, bool) { return "bool"; }
        if isinstance(x, int) { return f "int {x + 1}"; }
        if isinstance(x, str) { return "str " + x; }
        if isinstance(x, Dog) { return f "dog {x.speak()} {x.tricks}"; }
        if isinstance(x, Animal) { return f "animal {x.speak()}"; }
        if isinstance(x, list) { return f "list of {len(x)}: {x[0]}"; }
        if isinstance(x, (dict, set)) { return f "{type(x).__name__} {x}"; }
        if isinstance(x, LookupError) { return f "error {x!r}"; }
        return type(x).__name__;
    }

    def kinds() {
        things: list[any] = [
            1, "x", 2.5, None, True, [1, 2], {"k": 1}, {3}, (1, "b"), Dog("rex", ["sit"]), Animal("cat"), KeyError("k"), kind,
        ];
        for x in things { print(kind(x), end="; "); }
        print(things[9] is things[9], things[5] == [1.0, 2.0], things[8] == (True, "b"), things[0] is things[1]);
    }

    def attributes() {
        d: any = Dog("rex", ["sit"]);
        print(d.name, d.speak(), d.loud, d.tricks[0], d.age, d.owner, d.twice(4));
        d.tricks.append("roll");
        d.name = "max";
        print(d.tricks, d.name, d.named("<"), d.named("<", 2));
        d.loud = "BEN";
        d.age = 4;
        speak: any = d.speak;
        print(d.name, d.age, speak(), Dog.age);
        del d.age;
        print(d.age, d.__class__.__name__);
    }

    def try_all(d: any) {
        try { print(d.wings); } except AttributeError as e { print(e); }
        try { d.wings = 2; } except AttributeError as e { print(e); }
        try { d.fly(1); } except AttributeError as e { print(e); }
        try { d.name = 5; } except TypeError as e { print(e); }
        try { d.roll(-1); } except ValueError as e { print(e); }
        try { d.roll(); } except TypeError as e { print(e); }
        try { d.named("a", 1, 2); } except TypeError as e { print(e); }
        try { d.twice("x"); } except TypeError as e { print(e); }
        try { print(d[0]); } except TypeError as e { print(e); }
        try { print(len(d)); } except TypeError as e { print(e); }
        try { for part in d { print(part); } } except TypeError as e { print(e); }
        try { d(); } except TypeError as e { print(e); }
        try { text: int = d.name; print(text); } except TypeError as e { print(e); }
        try { print(sorted([d, d])); } except TypeError as e { print(e); }
    }

    def special() {
        bag: any = Bag([1, "two"]);
        bag([3]);
        bag[0] = 10;
        print(len(bag), bag[0], bag[1], "two" in bag, 4 in bag, [x for x in bag]);
        del bag[1];
        print(bag == 2, bag == Bag([10, [3]]), bag == Bag([10]), 2 == bag, bag < Bag([1, 2, 3]), hash(bag));
        first, second = bag;
        print(first, second, bool(bag), list(bag));
    }

    def containers() {
        x: any = {"a": [1, 2]};
        x["b"] = (3, 4);
        print(x["a"][1], "a" in x, 5 in x["a"], 3 in x["b"], x.get("z", 9), list(x.keys()), x["b"][0:1]);
        del x["a"];
        x["b"] = None;
        print(x, bool(x), x["b"] is None);
        keys: dict[any, str] = {1: "one", "two": "2", (1, 2): "pair", None: "none"};
        print(keys[1.0], keys["two"], keys[(1, 2)], keys[True], keys[None], len(keys));
        numbers: set[any] = {1, 1.0, True, "1"};
        print(len(numbers), 1 in numbers, "2" in numbers);
        empty: any = [];
        empty.append(1);
        empty.append("a");
        print(empty, [1] == empty, empty[-1]);
        steps: any = iter([1, 2]);
        print(next(steps), next(steps), next(steps, "done"), sorted([x for x in [3, 1]]), max(x["b"] or 2, 1));
    }

    def back() {
        x: any = 5;
        n: int = x;
        f: float = x;
        maybe: str? = None;
        x = maybe;
        text: str? = x;
        print(n + 1, f, text);
        value: any = Animal("cat");
        cat: Animal = value;
        value = Dog("rex", []);
        also: Animal = value;
        print(cat.speak(), also.speak(), int(x or 7), float("1.5"));
        pair: tuple[int, any] = (1, "b");
        numbers: list[int] = [i for i in range(3)];
        value = numbers;
        again: list[int] = value;
        again.append(3);
        print(pair[1], numbers);
    }

    def patterns(x: any) -> str {
        match x {
            case None { return "nothing"; }
            case 1 | 2 { return "small"; }
            case "x" { return "ex"; }
            case Point(x=0, y=y) { return f "on the axis at {y}"; }
            case Point(x, y) { return f "{x},{y}"; }
            case int(n) if n > 100 { return f "large {n + 1}"; }
            case str(text) { return text + "!"; }
            case list(items) { return f "{len(items)} items"; }
            case other { return f "? {other}"; }
        }
    }

    def cycles() {
        h: any = Holder(None);
        h.value = h;
        g = Holder(1, h);
        items: list[any] = [g];
        g.value = items;
        print(g.other is h, g.value[0] is g);
        del h, g, items;
        print(gc.collect());
    }

    def counts() {
        node = Holder(None);
        same: any = node;
        print(sys.getrefcount(node), sys.getrefcount(same), gc.is_tracked(same), gc.is_tracked(same.value));
        kept: list[any] = [same, same];
        print(sys.getrefcount(node));
    }

    pub def echo(x: any) -> any { return x; }
}

#[test]
fn isinstance_tells_and_narrows() {
    let expected = "int 2; str x; float; none; bool; list of 2: 1; dict {'k': 1}; set {3}; tuple; dog woof ['sit']; \
                    animal ...; error KeyError('k'); function; True True True False\n";
    assert_eq!(capture(kinds), expected);
}

#[test]
fn attributes_and_methods_are_found_by_name() {
    let expected = "rex woof REX sit 3 None 8\n['sit', 'roll'] max <max <maxmax\nben 4 woof 3\n3 Dog\n";
    assert_eq!(capture(attributes), expected);
}

#[test]
fn what_is_missing_raises() {
    let expected = "\
'Dog' object has no attribute 'wings'
'Dog' object has no attribute 'wings'
'Dog' object has no attribute 'fly'
expected a 'str', not a 'int'
no
Dog.roll() missing 1 required positional argument: 'n'
Dog.named() takes from 1 to 3 positional arguments but 4 were given
Dog.twice() argument 1 has the wrong type: 'str'
'Dog' object is not subscriptable
object of type 'Dog' has no len()
'Dog' object is not iterable
'Dog' object is not callable
expected a 'int', not a 'str'
'<' not supported between instances of 'Dog' and 'Dog'
";
    assert_eq!(capture(|| try_all(Any::from(Dog::new("rex".into(), ["sit".into()].into())))), expected);
}

#[test]
fn special_methods_are_found_too() {
    let expected = "3 10 two True False [10, 'two', [3]]\nTrue True False True True 2\n10 [3] True [10, [3]]\n";
    assert_eq!(capture(special), expected);
}

#[test]
fn containers_do_what_they_do() {
    let expected = "\
2 True False True 9 ['a', 'b'] (3,)
{'b': None} True True
one 2 pair one none 4
2 True False
[1, 'a'] False a
1 2 done [1, 3] 2
";
    assert_eq!(capture(containers), expected);
}

#[test]
fn an_annotated_binding_converts_back() {
    assert_eq!(capture(back), "6 5.0 None\n... woof 7 1.5\nb [0, 1, 2, 3]\n");
}

#[test]
fn patterns_look_at_what_is_there() {
    let text = |x: Any| patterns(x).to_string();
    assert_eq!(text(Any::none()), "nothing");
    assert_eq!(text(Any::from(2_i64)), "small");
    assert_eq!(text(Any::from(200_i64)), "large 201");
    assert_eq!(text(echo(Any::from(refcycle::builtins::Str::lit("x")))), "ex");
    assert_eq!(text(Any::from(refcycle::builtins::Str::lit("y"))), "y!");
    assert_eq!(text(Any::from(Point::new(0))), "on the axis at 0");
    assert_eq!(text(Any::from(Point::new(4))), "4,0");
    assert_eq!(text(Any::from(refcycle::builtins::List::from([1_i64]))), "1 items");
    assert_eq!(text(Any::from(1.5)), "? 1.5");
}

#[test]
fn cycles_through_it_are_collected() {
    assert_eq!(capture(cycles), "True True\n3\n");
}

#[test]
fn references_are_counted() {
    assert_eq!(capture(counts), "3 3 True False\n5\n");
}
