use refcycle::{Acyclic, Gc, Trace, managed};
use std::cell::RefCell;

fn is_acyclic<T: Trace>() -> bool {
    T::acyclic()
}

macro_rules! managed_structs {
    ($($(#[$attr:meta])* $name:ident { $($(#[$field_attr:meta])* $field:ident: $ty:ty),* })+) => {$(
        #[managed]
        $(#[$attr])*
        #[allow(dead_code)]
        struct $name { $($(#[$field_attr])* $field: $ty,)* }
    )+};
}

managed_structs! {
    #[derive(PartialEq, Debug)]
    Point { x: i32, y: f64, name: String }
    #[derive(PartialEq, Debug)]
    Line { a: Gc<Point>, b: Option<Gc<Point>> }
    MutableNumber { #[managed(mut)] n: i32, #[managed(mut)] text: Vec<String> }
    MutableLine { #[managed(mut)] a: Option<Gc<Point>> }
    HoldsMutableLine { a: Gc<MutableLine> }
    List { head: i32, tail: Option<Gc<List>> }
    HoldsList { list: Vec<Gc<List>> }
    Ring { #[managed(mut)] next: Option<Gc<Ring>> }
    CellOfParts { all: RefCell<Vec<Json>> }
    CellOfPointers { all: RefCell<Vec<Gc<Point>>> }
    Weakly { #[managed(weak)] parent: Option<Gc<Ring>>, me: refcycle::Weak<Ring> }
    Finalized { n: i32 }
    HoldsFinalized { f: Gc<Finalized> }
    Dynamic { d: Gc<dyn Trace> }
    Ping { pong: Option<Gc<Pong>> }
    Pong { ping: Vec<Gc<Ping>> }
    Nested { parts: Vec<Json>, link: Link }
}

#[managed]
impl Finalized {
    fn __del__(&self) {}
}

#[derive(Trace)]
#[allow(dead_code)]
enum Json {
    Number(f64),
    List(Vec<Json>),
    Map(std::collections::BTreeMap<String, Json>),
}

#[derive(Trace)]
#[allow(dead_code)]
struct Link {
    to: Gc<Ring>,
}

/// A part that would be pointer-free only if it took itself for that.
#[derive(Trace)]
#[allow(dead_code)]
struct Sneaky {
    pointer: Option<Gc<Point>>,
    inner: RefCell<Vec<Sneaky>>,
}

#[managed(acyclic)]
struct DeclaredPing {
    pong: Option<Gc<DeclaredPong>>,
    #[managed(mut)]
    n: i32,
}

#[managed(acyclic)]
struct DeclaredPong {
    ping: Option<Gc<DeclaredPing>>,
}

#[managed]
struct HoldsDeclared {
    ping: Gc<DeclaredPing>,
}

#[managed]
#[allow(dead_code)]
struct Pair<A, B> {
    a: A,
    b: B,
    n: i32,
}

#[managed]
#[allow(dead_code)]
struct Stack<T: Trace> {
    items: Vec<Gc<Stack<T>>>,
    item: T,
}

#[managed(acyclic)]
#[allow(dead_code)]
struct DeclaredStack<T: Trace + Acyclic> {
    items: Vec<Gc<DeclaredStack<T>>>,
    item: T,
}

#[test]
fn what_cannot_be_in_a_cycle_is_found() {
    let found = [
        is_acyclic::<Point>(),
        is_acyclic::<Line>(),
        is_acyclic::<MutableNumber>(),
        is_acyclic::<List>(),
        is_acyclic::<HoldsList>(),
        is_acyclic::<CellOfParts>(),
        is_acyclic::<Weakly>(),
        is_acyclic::<DeclaredPing>(),
        is_acyclic::<DeclaredPong>(),
        is_acyclic::<HoldsDeclared>(),
        is_acyclic::<Json>(),
        is_acyclic::<Pair<i32, Point>>(),
        is_acyclic::<DeclaredStack<i32>>(),
    ];
    assert_eq!(found, [true; 13]);
}

#[test]
fn what_may_be_in_a_cycle_is_not_taken_for_acyclic() {
    let found = [
        is_acyclic::<MutableLine>(),
        is_acyclic::<HoldsMutableLine>(),
        is_acyclic::<Ring>(),
        is_acyclic::<CellOfPointers>(),
        is_acyclic::<Finalized>(),
        is_acyclic::<HoldsFinalized>(),
        is_acyclic::<Dynamic>(),
        is_acyclic::<Ping>(),
        is_acyclic::<Pong>(),
        is_acyclic::<Nested>(),
        is_acyclic::<Link>(),
        is_acyclic::<Sneaky>(),
        is_acyclic::<Pair<i32, Ring>>(),
        is_acyclic::<Pair<i32, Gc<Ring>>>(),
        is_acyclic::<Stack<i32>>(),
    ];
    assert_eq!(found, [false; 15]);
}

#[test]
fn objects_of_acyclic_types_are_not_tracked() {
    let point = Point::new(1, 2.0, "p".to_owned());
    let line = Line::new(point.clone(), None);
    let other = Line::new(point, None);
    assert!(line == other);
    let pong = DeclaredPong::new(None);
    let ping = DeclaredPing::new(Some(pong), 1);
    assert_eq!(ping.pong.as_ref().map(|pong| pong.ping.is_none()), Some(true));
    let holds = HoldsDeclared::new(ping);
    holds.ping.set_n(2);
    assert_eq!(holds.ping.n(), 2);
}
