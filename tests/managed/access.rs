use refcycle::{Gc, gc, managed};
use std::cell::Cell;
use std::collections::HashMap;

#[managed]
#[derive(Debug)]
struct Node {
    name: String,
    #[managed(mut)]
    next: Option<Gc<Node>>,
    #[managed(mut)]
    children: Vec<Gc<Node>>,
    #[managed(mut)]
    count: u32,
}

fn node(name: &str) -> Gc<Node> {
    Node::new(name.to_owned(), None, Vec::new(), 0)
}

#[test]
fn fields_are_read_and_set() {
    let (a, b) = (node("a"), node("b"));
    assert_eq!(a.name, "a");
    a.set_count(a.count() + 1);
    assert_eq!((a.count(), a.replace_count(5), a.count()), (1, 1, 5));
    a.set_next(Some(b.clone()));
    assert_eq!(a.next().unwrap().name, "b");
    assert_eq!(Gc::strong_count(&b), 2);
    assert!(Gc::ptr_eq(&a.take_next().unwrap(), &b));
    assert!(a.next().is_none());
    a.children_mut().push(b.clone());
    assert_eq!(a.children().len(), 1);
    assert_eq!(a.replace_children(vec![]).len(), 1);
    assert_eq!(a.take_children().len(), 0);
}

#[test]
fn fields_are_read_without_counting_while_all_is_held() {
    let (a, b) = (node("a"), node("b"));
    a.set_next(Some(b.clone()));
    let hold = gc::hold();
    let held = a.next_in(&hold).unwrap();
    assert_eq!(Gc::strong_count(&b), 2);
    a.set_next(None);
    drop(b);
    assert_eq!(held.name, "b");
}

#[test]
fn a_cycle_through_fields_is_collected() {
    let (a, b) = (node("a"), node("b"));
    a.set_next(Some(b.clone()));
    b.children_mut().push(a.clone());
    drop((a, b));
    assert_eq!(gc::collect(), 2);
}

#[test]
#[should_panic(expected = "`Node.children` cannot be changed while it is in use: a guard of `children()`")]
fn a_borrow_conflict_names_type_and_field() {
    let a = node("a");
    let _reading = a.children();
    a.set_children(Vec::new());
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Color {
    Red,
    Green,
}

type Link = Option<Gc<Node>>;

#[managed]
#[derive(Debug)]
struct Options {
    #[managed(mut, copy)]
    color: Color,
    #[managed(mut, copy)]
    link: Link,
    #[managed(mut)]
    pause: std::time::Duration,
    #[managed(mut, guard)]
    number: u32,
    #[managed(mut)]
    table: HashMap<String, Gc<Node>>,
    #[managed(untraced)]
    calls: Cell<u32>,
}

// SAFETY: owns no pointer.
unsafe impl refcycle::Trace for Color {
    fn trace(&self, _: &mut refcycle::Tracer<'_>) {}
}

#[test]
fn the_getter_can_be_chosen() {
    let options = Options::new(Color::Red, Some(node("a")), std::time::Duration::ZERO, 1, HashMap::new(), Cell::new(0));
    options.set_color(Color::Green);
    assert_eq!(options.color(), Color::Green);
    assert_eq!(options.link().unwrap().name, "a");
    options.set_pause(options.pause() * 2);
    assert!(format!("{options:?}").starts_with("Options { color: Green, link: Some(Node {"));
    *options.number_mut() += 1;
    assert_eq!(*options.number(), 2);
    options.table_mut().insert("a".to_owned(), node("a"));
    assert_eq!(options.table()["a"].name, "a");
    options.calls.set(1);
}

#[managed]
struct Watcher {
    #[managed(mut)]
    slot: Option<Gc<Dying>>,
    #[managed(mut)]
    list: Vec<Gc<Dying>>,
}

#[managed]
struct Dying {
    watcher: Gc<Watcher>,
}

#[managed]
impl Dying {
    fn __del__(&self) {
        self.watcher.set_slot(None);
        self.watcher.list_mut().clear();
        assert!(self.watcher.slot().is_none());
    }
}

#[test]
fn a_finaliser_may_touch_the_field_that_is_replaced() {
    let watcher = Watcher::new(None, vec![]);
    for _ in 0..3 {
        watcher.set_slot(Some(Dying::new(watcher.clone())));
        watcher.list_mut().push(Dying::new(watcher.clone()));
    }
    watcher.set_slot(None);
    watcher.list_mut().push(Dying::new(watcher.clone()));
    watcher.list_mut().clear();
    watcher.set_list(vec![Dying::new(watcher.clone())]);
    watcher.set_list(vec![]);
    assert_eq!(Gc::strong_count(&watcher), 1);
}
