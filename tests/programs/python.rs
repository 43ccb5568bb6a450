//! What the programs need of Python: `print`, `repr`, exceptions, and a list that is an object.

use std::cell::RefCell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::panic_any;
use std::rc::Rc;

pub use refcycle::{Gc, Object, Trace, Tracer, Weak, WeakRef, gc, managed};
pub use std::cell::Cell;

thread_local! {
    static OUTPUT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// `print`, into the output of the test that runs on this thread.
macro_rules! out {
    ($($part:tt)*) => { $crate::programs::python::print(&format!($($part)*)) };
}
pub(crate) use out;

/// The test of a program: `main` must print what CPython printed, which is recorded with the scripts.
macro_rules! golden {
    ($name:literal) => {
        #[test]
        fn prints_what_cpython_prints() {
            $crate::programs::python::check(main, include_str!(concat!("../golden/", $name, ".out")));
        }
    };
}
pub(crate) use golden;

pub fn print(line: &str) {
    OUTPUT.with_borrow_mut(|output| {
        output.push_str(line);
        output.push('\n');
    });
}

/// What `code` prints.
pub fn output_of(code: impl FnOnce()) -> String {
    code();
    OUTPUT.take()
}

pub fn check(main: fn(), expected: &str) {
    let output = output_of(main);
    assert!(output == expected, "the program printed\n{output}\nbut CPython prints\n{expected}");
}

/// A value as Python shows it.
pub fn repr<T: Repr + ?Sized>(value: &T) -> String {
    value.repr()
}

pub trait Repr {
    fn repr(&self) -> String;
}

impl Repr for bool {
    fn repr(&self) -> String {
        if *self { "True".to_owned() } else { "False".to_owned() }
    }
}

impl Repr for i64 {
    fn repr(&self) -> String {
        self.to_string()
    }
}

impl Repr for usize {
    fn repr(&self) -> String {
        self.to_string()
    }
}

impl Repr for str {
    fn repr(&self) -> String {
        let quote = if self.contains('\'') { '"' } else { '\'' };
        format!("{quote}{self}{quote}")
    }
}

impl Repr for String {
    fn repr(&self) -> String {
        self.as_str().repr()
    }
}

impl<T: Repr + ?Sized> Repr for &T {
    fn repr(&self) -> String {
        (**self).repr()
    }
}

impl<T: Repr> Repr for Vec<T> {
    fn repr(&self) -> String {
        format!("[{}]", self.iter().map(T::repr).collect::<Vec<_>>().join(", "))
    }
}

impl Repr for (usize, usize, usize) {
    fn repr(&self) -> String {
        format!("({}, {}, {})", self.0, self.1, self.2)
    }
}

/// What a program raises where nobody can catch it.
struct Exception {
    kind: &'static str,
    message: String,
}

/// `raise kind(message)` in a `__del__` or a callback.
pub fn raise(kind: &'static str, message: impl Into<String>) -> ! {
    panic_any(Exception { kind, message: message.into() })
}

/// `sys.unraisablehook`, given the exception's kind and message.
pub fn set_unraisable_hook(hook: fn(&str, &str)) {
    gc::set_unraisable_hook(Some(Rc::new(move |unraisable| {
        let exception = unraisable.payload.downcast_ref::<Exception>().expect("programs panic by `raise`");
        hook(exception.kind, &exception.message);
    })));
}

/// Python's list: an object whose elements die last to first, and that is changed before anything it lost dies.
#[managed(new = from_items)]
pub struct List<T: Trace> {
    #[managed(mut)]
    pub items: Elements<T>,
}

impl<T: Trace> List<T> {
    pub fn new() -> Gc<Self> {
        Self::of([])
    }

    pub fn of(items: impl IntoIterator<Item = T>) -> Gc<Self> {
        List::from_items(Elements(items.into_iter().collect()))
    }

    pub fn append(&self, item: T) {
        self.items_mut().push(item);
    }

    pub fn len(&self) -> usize {
        self.items().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `items[index] = item`.
    pub fn put(&self, index: usize, item: T) {
        let old = std::mem::replace(&mut self.items_mut()[index], item);
        drop(old);
    }

    pub fn pop(&self) -> T {
        self.items_mut().pop().expect("pop from an empty list")
    }

    pub fn pop_at(&self, index: usize) -> T {
        self.items_mut().remove(index)
    }

    /// `items[range] = new`, and `del items[range]` if `new` is empty.
    pub fn replace(&self, range: std::ops::Range<usize>, new: impl IntoIterator<Item = T>) {
        let old = Elements(self.items_mut().splice(range, new).collect());
        drop(old);
    }

    pub fn clear(&self) {
        drop(self.replace_items(Elements(Vec::new())));
    }

    /// `[f(x) for x in items]`.
    pub fn map<R>(&self, f: impl Fn(&T) -> R) -> Vec<R> {
        self.items().iter().map(f).collect()
    }
}

impl<T: Trace + Clone> List<T> {
    /// `items[index]`.
    pub fn at(&self, index: usize) -> T {
        self.items()[index].clone()
    }

    pub fn copy(&self) -> Gc<Self> {
        List::of(self.map(T::clone))
    }

    /// What `for x in items` visits: the list is held, and looked at again for each element.
    pub fn each(this: &Gc<Self>) -> impl Iterator<Item = T> + use<T> {
        let items = this.clone();
        let mut position = 0;
        std::iter::from_fn(move || {
            let item = items.items().get(position).cloned();
            position += 1;
            item
        })
    }
}

/// The elements of a [`List`].
pub struct Elements<T>(Vec<T>);

impl<T> Drop for Elements<T> {
    fn drop(&mut self) {
        while let Some(last) = self.0.pop() {
            drop(last);
        }
    }
}

// SAFETY: the vector is all that it owns, and `Drop` only changes the order in which elements are dropped.
unsafe impl<T: Trace> Trace for Elements<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

impl<T> Deref for Elements<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for Elements<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Elements<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
