use refcycle::{Gc, Trace, gc, managed};
use std::cell::RefCell;

thread_local! {
    static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn log(line: impl Into<String>) {
    LOG.with_borrow_mut(|log| log.push(line.into()));
}

#[managed]
struct Plain {
    name: &'static str,
    #[managed(mut)]
    other: Option<Gc<Plain>>,
}

#[managed]
impl Plain {
    fn __del__(&self) {
        log(format!("del {}", self.name));
    }
}

#[managed]
struct Pointer {
    name: &'static str,
}

#[managed]
impl Pointer {
    fn __del__(this: &Gc<Self>) {
        log(format!("del {} {}", this.name, Gc::ptr_eq(this, &this.clone())));
    }
}

#[managed]
struct Boxed<T: Trace + std::fmt::Display, const N: usize> {
    value: T,
    times: [u8; N],
}

mod elsewhere {
    use super::*;

    #[managed]
    impl<T: Trace + std::fmt::Display, const N: usize> Boxed<T, N> {
        fn __del__(&self) {
            log(format!("del {} {}", self.value, self.times.len()));
        }
    }
}

#[managed]
struct Free<T> {
    value: T,
}

#[managed]
impl<T: Trace> Free<T> {
    fn __del__(&self) {
        let _ = &self.value;
        log("del free");
    }
}

#[managed]
enum Either {
    A(u8),
    B,
}

#[managed]
impl Either {
    fn __del__(&self) {
        log(match self {
            Either::A(n) => format!("del A{n}"),
            Either::B => "del B".to_owned(),
        });
    }
}

#[test]
fn it_runs_where_the_last_reference_goes() {
    drop(Plain::new("p", None));
    drop(Pointer::new("q"));
    drop(Boxed::new(7, [0; 3]));
    drop(Free::new(1));
    drop((Gc::new(Either::A(1)), Gc::new(Either::B)));
    assert_eq!(LOG.take(), ["del p", "del q true", "del 7 3", "del free", "del A1", "del B"]);
}

#[test]
fn it_runs_in_order_of_creation_in_a_dead_cycle() {
    let a = Plain::new("a", None);
    let b = Plain::new("b", Some(a.clone()));
    a.set_other(Some(b));
    drop(a);
    assert!(LOG.take().is_empty());
    assert_eq!(gc::collect(), 2);
    assert_eq!(LOG.take(), ["del a", "del b"]);
}
