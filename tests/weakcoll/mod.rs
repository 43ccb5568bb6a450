//! Weak maps and sets, and `finalize`: what CPython's do, and ephemerons.

mod ephemerons;
mod finalize;
mod key_map;
mod references;
mod set;
mod value_map;

use refcycle::{Gc, managed};

use crate::support::log;

/// Says when it dies; `__del__` may bring it back.
#[managed]
pub struct Item {
    pub name: String,
    #[managed(mut)]
    pub me: Option<Gc<Item>>,
    #[managed(mut)]
    pub comes_back: bool,
}

thread_local! {
    static SAVED: std::cell::RefCell<Vec<Gc<Item>>> = const { std::cell::RefCell::new(Vec::new()) };
}

#[managed]
impl Item {
    fn __del__(this: &Gc<Self>) {
        log(format!("del {}", this.name));
        if this.comes_back() {
            SAVED.with_borrow_mut(|saved| saved.push(this.clone()));
        }
    }
}

pub fn item(name: &str) -> Gc<Item> {
    Item::new(name.into(), None, false)
}

pub fn looped(name: &str) -> Gc<Item> {
    let item = item(name);
    item.set_me(Some(item.clone()));
    item
}

/// What came back.
pub fn saved() -> Vec<Gc<Item>> {
    SAVED.take()
}

pub fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort();
    items
}
