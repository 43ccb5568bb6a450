//! An object that resurrects itself is finalized once however many times it is revived and dropped.

use super::python::*;
use std::cell::RefCell;

golden!("130_del_loop_in_list_of_survivors");

thread_local! {
    static BOX: RefCell<Vec<Gc<Cat>>> = const { RefCell::new(Vec::new()) };
}

#[managed]
struct Cat {
    name: &'static str,
    #[managed(mut, default)]
    deaths: i64,
}

#[managed]
impl Cat {
    fn __del__(this: &Gc<Self>) {
        this.set_deaths(this.deaths() + 1);
        out!("death {} of {}", this.deaths(), this.name);
        BOX.with_borrow_mut(|cats| cats.push(this.clone()));
    }
}

fn main() {
    let mut c = Some(Cat::new("tom"));
    for _ in 0..3 {
        drop(c.take());
        out!("box {}", BOX.with_borrow(Vec::len));
        if let Some(cat) = BOX.with_borrow_mut(Vec::pop) {
            out!("revived {} {}", cat.name, cat.deaths());
            c = Some(cat);
        }
    }
    out!("end {}", repr(&c.is_none()));
}
