//! [`referrers`] and [`referents`]: the references of an object, by field.

use core::fmt;
use core::ptr::NonNull;

use super::graph::way_text;
use crate::header::{Header, Mark};
use crate::heap::{self, Which};
use crate::pointer::{Object, Reference, header_at};
use crate::trace::name_references;

/// A reference to an object that was asked about.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Referrer {
    /// Whose value has the reference.
    pub object: Object,
    /// Where it is in the value: `.field[index]`; empty if the type doesn't say.
    pub field: String,
    /// Is it a weak reference?
    pub is_weak: bool,
}

/// A reference of an object that was asked about.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Referent {
    /// Where it is in the value: `.field[index]`; empty if the type doesn't say.
    pub field: String,
    /// What it refers to.
    pub object: Object,
    /// Is it a weak reference?
    pub is_weak: bool,
}

/// The references to an object from the heap, weak ones included. Takes time in proportion to the whole heap.
///
/// ```
/// use refcycle::{Gc, inspect, managed};
///
/// #[managed]
/// struct Shelf { books: Vec<Gc<String>> }
///
/// let book = Gc::new(String::from("Emma"));
/// let shelf = Shelf::new(vec![Gc::new(String::from("Persuasion")), book.clone()]);
/// let referrers = inspect::referrers(&book);
/// assert_eq!(referrers[0].to_string(), "Shelf.books[1]");
/// # drop(shelf);
/// ```
pub fn referrers(object: &impl Reference) -> Vec<Referrer> {
    let wanted = header_at(object);
    let mut found = Vec::new();
    heap::with(|heap| {
        heap.for_each_object(Which::All, |header| {
            for_each_reference(header, |target, field, is_weak| {
                if target == wanted {
                    // SAFETY: the walk passes live objects.
                    let object = unsafe { Object::from_header(header) };
                    found.extend(object.map(|object| Referrer { object, field: field(), is_weak }));
                }
            });
        });
    });
    found
}

/// The references of an object, weak ones included, in the order of its fields.
///
/// ```
/// use refcycle::{Gc, inspect, managed};
///
/// #[managed]
/// struct Page { title: Gc<str>, links: Vec<Gc<String>> }
///
/// let page = Page::new(Gc::from("News"), vec![Gc::new("a".into()), Gc::new("b".into())]);
/// let fields: Vec<_> = inspect::referents(&page).into_iter().map(|referent| referent.field).collect();
/// assert_eq!(fields, [".title", ".links[0]", ".links[1]"]);
/// ```
pub fn referents(object: &impl Reference) -> Vec<Referent> {
    let mut found = Vec::new();
    for_each_reference(header_at(object), |target, field, is_weak| {
        // SAFETY: a reference, and a weak one that was not cleared, lead to a live object.
        let object = unsafe { Object::from_header(target) };
        found.extend(object.map(|object| Referent { field: field(), object, is_weak }));
    });
    found
}

fn for_each_reference(object: NonNull<Header>, mut visit: impl FnMut(NonNull<Header>, &dyn Fn() -> String, bool)) {
    // SAFETY: callers pass live objects.
    if unsafe { object.as_ref() }.mark() == Mark::Dead {
        return;
    }
    // SAFETY: as above; one that is marked dead, whose value may be gone, was left out.
    unsafe { name_references(object, &mut |edge| visit(edge.target, &|| way_text(edge.way), edge.is_weak)) };
}

impl fmt::Display for Referrer {
    /// `Type.field[index]`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.object.type_name(), self.field)
    }
}

impl fmt::Display for Referent {
    /// `.field[index]: Type`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.object.type_name())
    }
}
