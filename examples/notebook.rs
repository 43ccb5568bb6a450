//! Python's memory management in Rust: this program prints what the same program prints in Python.

use refcycle::{Gc, gc, managed};

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

/// The notebook, from the first cell to the last.
pub fn main() {
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
