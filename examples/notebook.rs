//! Python's memory management in Rust: this program prints what the same program prints in Python.
//!
//! It is here twice: in Rust, and as a script (`cargo run --example notebook -- script`).

use refcycle::{Gc, gc, gc_script, managed};

#[managed(new = from_name)]
struct MyObject {
    name: String,
    /// Can be changed: has a getter, `partner()`, and a setter, `set_partner(…)`.
    #[managed(mut, default)]
    partner: Option<Gc<MyObject>>,
    /// Does not keep the parent alive.
    #[managed(weak, default)]
    parent: Option<Gc<MyObject>>,
}

impl MyObject {
    fn new(name: &str) -> Gc<Self> {
        println!("Object {name} is created.");
        MyObject::from_name(name.to_owned())
    }
}

#[managed]
impl MyObject {
    fn __del__(&self) {
        println!("Object {} is deleted.", self.name);
    }
}

fn generate_nums(num: u32) -> impl Iterator<Item = u32> {
    0..num
}

fn use_local() {
    let local = MyObject::new("local");
    println!("using {}", local.name);
}

/// Runs the notebook in Rust, or as a script if that is asked for.
pub fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("script") => in_script(),
        _ => in_rust(),
    }
}

/// The notebook, from the first cell to the last.
pub fn in_rust() {
    println!("# Reference counting");
    let a = Gc::new(Vec::<i32>::new());
    println!("{}", gc::getrefcount(&a));
    let b = a.clone();
    println!("{}", gc::getrefcount(&a));
    drop(b);
    println!("{}", gc::getrefcount(&a));

    println!("# Garbage collection");
    gc::collect();
    gc::disable();
    println!("automatic collection: {}", gc::is_enabled());
    gc::enable();
    println!("automatic collection: {}", gc::is_enabled());

    println!("# Two objects that refer to each other");
    let before = gc::get_stats();
    let obj1 = MyObject::new("obj1");
    let obj2 = MyObject::new("obj2");
    obj1.set_partner(Some(obj2.clone()));
    obj2.set_partner(Some(obj1.clone()));
    drop((obj1, obj2));
    println!("both names are gone, both objects are alive");
    println!("collected: {}", gc::collect());
    for (generation, (old, new)) in before.iter().zip(gc::get_stats()).enumerate() {
        let (runs, freed) = (new.collections - old.collections, new.collected - old.collected);
        println!("generation {generation}: collections {runs}, collected {freed}, uncollectable {}", new.uncollectable);
    }
    println!("garbage: {}", gc::garbage::len());

    println!("# Generators");
    for number in generate_nums(10) {
        println!("{number}");
    }

    println!("# 1. Use local variables: they die with the call");
    use_local();

    println!("# 2. Avoid cycles: a weak reference does not count");
    let child = MyObject::new("child");
    let parent = MyObject::new("parent");
    parent.set_partner(Some(child.clone()));
    child.set_parent(Some(parent.clone()));
    println!("parent of {} is {}", child.name, child.parent().unwrap().name);
    drop(parent);
    println!("child has a parent: {}", child.parent().is_some());

    println!("# 3. Use iterators: one object is alive at a time");
    for block in (0..3).map(|i| MyObject::new(&format!("block {i}"))) {
        println!("using {}", block.name);
    }

    println!("# 4. Delete explicitly what is large");
    drop(child);
    println!("child is gone");

    println!("# 5. Measure: nothing is left for the collector");
    println!("collected: {}", gc::collect());
}

/// The same notebook as Python has it.
pub fn in_script() {
    gc_script! {
        import gc, sys, weakref;

        class MyObject {
            name: str;
            partner: MyObject?;
            parent: weakref.ref[MyObject]?;

            def __init__(self, name: str) {
                self.name = name;
                self.partner = None;
                self.parent = None;
                print(f "Object {self.name} is created.");
            }

            def __del__(self) { print(f "Object {self.name} is deleted."); }
        }

        def generate_nums(num: int) -> Iterator[int] {
            for x in range(num) { yield x; }
        }

        def use_local() {
            local = MyObject("local");
            print("using", local.name);
        }

        def shown(truth: bool) -> str { return str(truth).lower(); }

        print("# Reference counting");
        a: list[int] = [];
        print(sys.getrefcount(a));
        b = a;
        print(sys.getrefcount(a));
        del b;
        print(sys.getrefcount(a));

        print("# Garbage collection");
        gc.collect();
        gc.disable();
        print("automatic collection:", shown(gc.isenabled()));
        gc.enable();
        print("automatic collection:", shown(gc.isenabled()));

        print("# Two objects that refer to each other");
        before = gc.get_stats();
        obj1 = MyObject("obj1");
        obj2 = MyObject("obj2");
        obj1.partner = obj2;
        obj2.partner = obj1;
        del obj1, obj2;
        print("both names are gone, both objects are alive");
        print("collected:", gc.collect());
        for generation, (old, new) in enumerate(zip(before, gc.get_stats())) {
            collections = new["collections"] - old["collections"];
            collected = new["collected"] - old["collected"];
            lost = new["uncollectable"];
            print(f "generation {generation}: collections {collections}, collected {collected}, uncollectable {lost}");
        }
        print("garbage:", len(gc.garbage));

        print("# Generators");
        for number in generate_nums(10) { print(number); }

        print("# 1. Use local variables: they die with the call");
        use_local();

        print("# 2. Avoid cycles: a weak reference does not count");
        child = MyObject("child");
        parent = MyObject("parent");
        parent.partner = child;
        child.parent = weakref.ref(parent);
        print("parent of", child.name, "is", child.parent().name);
        del parent;
        print("child has a parent:", shown(child.parent() is not None));

        print("# 3. Use iterators: one object is alive at a time");
        for block in (MyObject(f "block {i}") for i in range(3)) {
            print("using", block.name);
            del block;
        }

        print("# 4. Delete explicitly what is large");
        del child;
        print("child is gone");

        print("# 5. Measure: nothing is left for the collector");
        print("collected:", gc.collect());
    }
}
