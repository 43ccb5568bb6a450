//! Errors of `weakref`, `atexit`, `threading`, and of whole programs.

use super::errors;

/// The errors of statements after a class and some functions, on a line of their own.
fn errors_after(statements: &str) -> String {
    let declared = "import weakref; import atexit; import threading; import sys; import io; \
        class Node { name: str; def hello(self) -> str { return self.name; } } \
        def note(text: str) { print(text); } def take(n: Node) { pass; } n = Node(\"n\");";
    errors(&format!("{declared}\n{statements}"))
}

#[test]
fn weakref_is_understood() {
    let found = errors_after(
        "r: weakref.ref[Node] = weakref.ref(n); p: weakref.ProxyType[Node] = weakref.proxy(n); print(p.name, p.hello());
        m: weakref.WeakMethod[Callable[[], str]] = weakref.WeakMethod(n.hello); print(m()());
        f: weakref.finalize[[str], Node] = weakref.finalize(n, note, \"gone\"); f.atexit = not f.alive; f();
        d: weakref.WeakValueDictionary[str, Node] = weakref.WeakValueDictionary(); d[\"n\"] = n; print(d[\"n\"].name);
        k: weakref.WeakKeyDictionary[Node, int] = weakref.WeakKeyDictionary(); k[n] = 1; print(k.get(n, 2) + 1);
        s = weakref.WeakSet([n]) | weakref.WeakSet(); for x in s { print(x.name); }",
    );
    assert_eq!(found, "");
}

#[test]
fn a_proxy_is_no_object() {
    assert_eq!(
        errors_after("p: Node = weakref.proxy(n);"),
        "2:11 this is a proxy, and a `Node` would keep its object alive\nhelp: make the type `weakref.ProxyType[Node]`\n"
    );
    assert_eq!(
        errors_after("take(weakref.proxy(n));"),
        "2:6 this is a proxy, and a `Node` would keep its object alive\nhelp: make the type `weakref.ProxyType[Node]`\n"
    );
    assert_eq!(
        errors_after("r = weakref.ref(weakref.proxy(n));"),
        "2:17 a proxy can't be referred to weakly: pass the object itself\n"
    );
}

#[test]
fn a_proxy_has_what_its_object_has() {
    assert_eq!(
        errors_after("p = weakref.proxy(n); print(p.nam);"),
        "2:31 `Node` has no attribute `nam`\nhelp: did you mean `name`?\n"
    );
}

#[test]
fn a_weak_method_takes_a_method() {
    let text = "`WeakMethod` takes a method of an object\nhelp: write `weakref.WeakMethod(object.method)`\n";
    assert_eq!(errors_after("m = weakref.WeakMethod(note);"), format!("2:24 {text}"));
    assert_eq!(errors_after("b = n.hello; m = weakref.WeakMethod(b);"), format!("2:37 {text}"));
}

#[test]
fn a_function_for_later_fits_its_arguments() {
    assert_eq!(
        errors_after("weakref.finalize(n, note);"),
        "2:21 the function takes 1 arguments, and 0 are given for it\n"
    );
    assert_eq!(
        errors_after("weakref.finalize(n, 5, 1);"),
        "2:21 `weakref.finalize` takes an object, and a function\nhelp: name a `def` of the script, a method of an object, or write `lambda: …`\n"
    );
    assert_eq!(errors_after("atexit.register(note, text=\"a\");"), "2:23 arguments for later are given by position\n");
    assert_eq!(
        errors_after("atexit.register(5);"),
        "2:17 `atexit.register` takes a function\nhelp: name a `def` of the script, a method of an object, or write `lambda: …`\n"
    );
}

#[test]
fn types_of_weakref() {
    assert_eq!(
        errors_after("f: weakref.finalize[Node] = weakref.finalize(n, note, \"a\");"),
        "2:12 a `finalize` lists the parameters of its function, and the type of its object\nhelp: write `weakref.finalize[[str, int], Node]`\n"
    );
    assert_eq!(
        errors_after("d: weakref.WeakValueDictionary[Node] = weakref.WeakValueDictionary();"),
        "2:12 `WeakValueDictionary` needs 2 types in brackets\n"
    );
    assert_eq!(
        errors_after("s = weakref.WeekSet();"),
        "2:13 the module `weakref` has no `WeekSet`\nhelp: did you mean `WeakSet`?\n"
    );
}

#[test]
fn threads() {
    let target =
        "a thread runs a `def` that captures nothing\nhelp: write `threading.Thread(target=work, args=(1, \"a\"))`\n";
    assert_eq!(errors_after("t = threading.Thread(target=lambda: 1);"), format!("2:29 {target}"));
    assert_eq!(
        errors_after("t = threading.Thread(target=take, args=(n,));"),
        "2:41 a `Node` can't be given to a thread, which has objects of its own\nhelp: pass numbers or text, and make the object there\n"
    );
    assert_eq!(
        errors_after("t = threading.Thread(target=note, args=(\"a\"));"),
        "2:40 the arguments are written as a tuple\nhelp: write `args=(a, b)` or `args=(a,)`\n"
    );
    assert_eq!(
        errors_after("t = threading.Thread(target=note, args=(\"a\",), daemon=True);"),
        "2:48 a thread has no `daemon` here: only `target` and `args`\n"
    );
    assert_eq!(
        errors_after("t = threading.Thread(args=(1,));"),
        "2:31 the thread's function is missing\nhelp: write `threading.Thread(target=work, args=(1, \"a\"))`\n"
    );
}

#[test]
fn leaving_is_raising() {
    assert_eq!(
        errors("import sys; def f() { sys.exit(1); }"),
        "1:27 `sys.exit` can raise, and nothing handles it here\nhelp: add `raises` to the function: `def f() raises -> …`, or catch it: `try { … } except Exception as e { … }`\n"
    );
}

#[test]
fn a_program_may_raise_and_has_no_value() {
    assert_eq!(errors("main; import sys; def f() raises { sys.exit(1); } f();"), "");
    assert_eq!(
        errors("main; raises; x = 1;"),
        "1:7 a program may raise without saying so\nhelp: leave `raises;` out\n"
    );
    assert_eq!(errors("main; 1 + 1"), "1:7 a program has no value\nhelp: end the statement with `;`\n");
    assert_eq!(
        errors("main; nonlocal x; x = 1;"),
        "1:16 there is no Rust around a program that `nonlocal` could name\n"
    );
}

#[test]
fn files_are_understood() {
    let found = errors_after(
        "f: typing.TextIO = open(\"a\", \"w\", encoding=\"utf-8\"); print(f.write(\"x\") + f.tell(), f.name + f.mode, file=f);
        with open(\"a\") as g { for line in g { print(line.strip(), end=\"\"); } print(next(g), sorted(g), g.closed); }
        try { f.read(); } except io.UnsupportedOperation as e { print(e, file=sys.stderr); }",
    );
    assert_eq!(found, "");
}

#[test]
fn files_are_opened_as_text() {
    let help = "help: leave `b` out, or read the bytes in Rust: `std::fs::read(path)`";
    assert_eq!(errors_after("f = open(\"a\", \"rb\");"), format!("2:15 files are opened as text\n{help}\n"));
    assert_eq!(errors_after("f = open(\"a\", mode=\"wb\");"), format!("2:20 files are opened as text\n{help}\n"));
}

#[test]
fn builtins_can_be_called_later() {
    let found = errors_after(
        "weakref.finalize(n, print, \"gone\", 1); atexit.register(print, \"last\"); atexit.register(n.hello);",
    );
    assert_eq!(found, "");
}
