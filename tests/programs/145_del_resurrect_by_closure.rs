//! A dying object survives in a closure created by its `__del__`.

use super::python::*;
use std::cell::RefCell;

golden!("145_del_resurrect_by_closure");

type Hook = Box<dyn Fn() -> String>;

thread_local! {
    static HOOKS: RefCell<Vec<Hook>> = const { RefCell::new(Vec::new()) };
}

fn call_all() -> String {
    HOOKS.with_borrow(|hooks| repr(&hooks.iter().map(|h| h()).collect::<Vec<_>>()))
}

#[managed]
struct T {
    name: &'static str,
}

impl T {
    fn late(&self) -> String {
        format!("late {}", self.name)
    }
}

#[managed]
impl T {
    fn __del__(this: &Gc<Self>) {
        out!("del {}", this.name);
        let (captured, receiver) = (this.clone(), this.clone());
        let speak = Box::new(move || format!("closure over {}", captured.name));
        let late = Box::new(move || receiver.late());
        HOOKS.with_borrow_mut(|hooks| hooks.extend([speak as Hook, late]));
    }
}

fn main() {
    let t = T::new("t");
    drop(t);
    out!("{}", call_all());
    drop(HOOKS.with_borrow_mut(Vec::pop));
    out!("bound method dropped {}", call_all());
    drop(HOOKS.take());
    out!("closure dropped: silent second death");
}
