use refcycle::{Gc, Trace, gc, managed};

/// A pair.
#[managed]
#[derive(Clone)]
pub struct Pair(pub u32, #[managed(mut)] Option<Gc<Pair>>);

#[managed]
struct Unit;

#[managed]
enum Expr {
    Number(i64),
    Add(Gc<Expr>, Gc<Expr>),
    Let { name: String, value: Gc<Expr> },
    Hole(std::cell::RefCell<Option<Gc<Expr>>>),
    Nothing,
}

fn eval(expr: &Expr) -> i64 {
    match expr {
        Expr::Number(n) => *n,
        Expr::Add(a, b) => eval(a) + eval(b),
        Expr::Let { name, value } => name.len() as i64 + eval(value),
        Expr::Hole(inner) => inner.borrow().as_ref().map_or(0, |inner| eval(inner)),
        Expr::Nothing => 0,
    }
}

#[managed]
struct Cache<K: Ord + Trace, V: Trace, const N: usize>
where
    V: Clone,
{
    #[managed(mut)]
    entries: std::collections::BTreeMap<K, V>,
    #[managed(mut)]
    me: Option<Gc<Cache<K, V, N>>>,
    sizes: [usize; N],
}

#[managed]
struct Loose<T, U> {
    value: T,
    #[managed(untraced)]
    foreign: std::sync::mpsc::Sender<U>,
}

#[derive(Trace)]
struct Road {
    to: Gc<City>,
    #[managed(untraced)]
    lock: std::sync::Mutex<u32>,
}

#[derive(Trace)]
enum Goal<T> {
    City(Gc<City>),
    Other(T),
    #[allow(dead_code)]
    None,
}

#[managed]
struct City {
    #[managed(mut)]
    roads: Vec<Road>,
    #[managed(mut)]
    goals: Vec<Goal<u8>>,
    #[cfg(not(test))]
    absent: DoesNotExist,
    #[cfg(test)]
    present: u8,
}

#[test]
fn tuple_and_unit_structs() {
    let pair = Pair::new(1, None);
    pair.set_field_1(Some(pair.clone()));
    assert_eq!(pair.field_1().unwrap().0, 1);
    let copy = Pair::clone(&pair);
    assert_eq!(copy.0, 1);
    drop(copy);
    drop(pair);
    assert_eq!(gc::collect(), 1);
    let _unit: Gc<Unit> = Unit::new();
}

#[test]
fn enums() {
    let two = Gc::new(Expr::Number(2));
    let sum = Gc::new(Expr::Add(two.clone(), Gc::new(Expr::Let { name: "x".to_owned(), value: two })));
    assert_eq!(eval(&sum), 5);
    let hole = Gc::new(Expr::Hole(None.into()));
    if let Expr::Hole(inner) = &*hole {
        *inner.borrow_mut() = Some(Gc::new(Expr::Add(hole.clone(), Gc::new(Expr::Nothing))));
    }
    drop(hole);
    assert_eq!(gc::collect(), 3);
}

#[test]
fn generics() {
    let cache = Cache::<String, u32, 2>::new(Default::default(), None, [1, 2]);
    cache.entries_mut().insert("a".to_owned(), 1);
    cache.set_me(Some(cache.clone()));
    assert_eq!((cache.entries()["a"], cache.sizes), (1, [1, 2]));
    assert_eq!(<Cache<String, u32, 2> as Trace>::type_name(), "Cache<String, u32, 2>");
    drop(cache);
    assert_eq!(gc::collect(), 1);

    let (sender, receiver) = std::sync::mpsc::channel::<&'static str>();
    let loose = Loose::new(3_u8, sender);
    loose.foreign.send("sent").unwrap();
    assert_eq!((loose.value, receiver.recv()), (3, Ok("sent")));
}

#[test]
fn parts_are_traced() {
    let city = City::new(vec![], vec![], 1);
    city.roads_mut().push(Road { to: city.clone(), lock: 0.into() });
    city.goals_mut().extend([Goal::City(city.clone()), Goal::Other(1), Goal::None]);
    assert_eq!(*city.roads()[0].lock.lock().unwrap(), 0);
    assert_eq!(Gc::strong_count(&city.roads()[0].to), 3);
    assert_eq!(city.present, 1);
    drop(city);
    assert_eq!(gc::collect(), 1);
}
