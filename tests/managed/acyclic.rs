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

/// A chain of types, each with an immutable pointer to the next.
macro_rules! chain {
    ($last:ident) => {
        managed_structs! { $last { n: u8 } }
    };
    ($first:ident $second:ident $($rest:ident)*) => {
        managed_structs! { $first { next: Option<Gc<$second>> } }
        chain!($second $($rest)*);
    };
}

chain! {
    C00 C01 C02 C03 C04 C05 C06 C07 C08 C09 C10 C11 C12 C13 C14 C15 C16 C17 C18 C19 C20 C21 C22 C23 C24 C25 C26 C27 C28 C29
    C30 C31 C32 C33 C34 C35 C36 C37 C38 C39 C40 C41 C42 C43 C44 C45 C46 C47 C48 C49 C50 C51 C52 C53 C54 C55 C56 C57 C58 C59
    C60 C61 C62 C63 C64 C65 C66 C67 C68 C69 C70 C71 C72 C73 C74 C75 C76 C77 C78 C79 C80 C81 C82 C83 C84 C85 C86 C87 C88 C89
}

#[test]
fn a_long_chain_of_types_compiles_and_is_tracked_at_its_far_end() {
    assert!(!is_acyclic::<C00>());
    assert!(is_acyclic::<C79>());
    assert!(is_acyclic::<C89>());
}
