//! `__del__` may store its object: it lives on, with its fields, and `__del__` is not called again.

use super::python::*;
use std::cell::RefCell;

golden!("106_del_resurrect");

thread_local! {
    static SAVED: RefCell<Vec<Gc<Lazarus>>> = const { RefCell::new(Vec::new()) };
}

#[managed]
struct Lazarus {
    name: &'static str,
    #[managed(mut)]
    friends: Vec<&'static str>,
}

#[managed]
impl Lazarus {
    fn __del__(this: &Gc<Self>) {
        out!("del {}", this.name);
        SAVED.with_borrow_mut(|saved| saved.push(this.clone()));
    }
}

fn main() {
    let a = Lazarus::new("a", vec!["f1", "f2"]);
    drop(a);
    out!("saved {}", SAVED.with_borrow(Vec::len));
    let back = SAVED.with_borrow_mut(Vec::pop).unwrap();
    out!("back {} {}", back.name, repr(&*back.friends()));
    back.friends_mut().push("f3");
    let alias = back.clone();
    drop(back);
    out!("alias {}", repr(&*alias.friends()));
    drop(alias);
    out!("second death is silent, saved {}", SAVED.with_borrow(Vec::len));
}
