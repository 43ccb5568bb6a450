//! `Debug` of managed types: ends on a cycle, and on a chain too long for the stack.

use core::any::TypeId;
use core::cell::Cell;
use core::fmt;

use crate::heap::List;

/// So many objects inside each other are shown.
const DEEPEST: usize = 64;
/// So many are shown in all: a graph has more paths than anybody could read.
const MOST: usize = 1000;

/// What is being shown. Needs no destructor: a `__del__` may show its object while the thread ends.
struct Showing {
    /// Objects inside each other, outermost first.
    path: List<(*const (), TypeId)>,
    /// Objects shown since the outermost one.
    count: Cell<usize>,
}

thread_local! {
    static SHOWING: Showing = const { Showing { path: List::new(), count: Cell::new(0) } };
}

/// Takes the innermost object from the list again, also when a `Debug` inside panics.
struct Shown;

impl Drop for Shown {
    fn drop(&mut self) {
        SHOWING.with(|showing| {
            showing.path.pop();
            if showing.path.len() == 0 {
                drop(showing.path.take());
                showing.count.set(0);
            }
        });
    }
}

/// Shows an object, or only its name if that is what is being shown already.
pub fn debug_object<T: 'static>(
    object: &T,
    name: &str,
    f: &mut fmt::Formatter<'_>,
    show: impl FnOnce(&mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    // The type tells an object from its own first field.
    let key = (core::ptr::from_ref(object).cast(), TypeId::of::<T>());
    let is_new = SHOWING.with(|showing| {
        let count = showing.count.get();
        let is_new = count < MOST && showing.path.len() < DEEPEST && !showing.path.with(|path| path.contains(&key));
        if is_new {
            showing.path.push(key);
            showing.count.set(count + 1);
        }
        is_new
    });
    if !is_new {
        return write!(f, "{name}(...)");
    }
    let _shown = Shown;
    show(f)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ring<'a>(&'a str);

    impl fmt::Debug for Ring<'static> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            debug_object(self, "Ring", f, |f| f.debug_tuple(self.0).field(self).finish())
        }
    }

    /// Shows itself twice, as if each time were another object.
    struct Wide(u32);

    impl fmt::Debug for Wide {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let inner = Wide(self.0 + 1);
            debug_object(self, "Wide", f, |f| f.debug_tuple("W").field(&inner).field(&inner).finish())
        }
    }

    #[test]
    fn of_more_objects_than_anybody_reads_some_are_shown() {
        let text = format!("{:?}", Wide(0));
        assert_eq!(text.matches("W(").count(), MOST);
    }

    struct Endless(Option<Box<Endless>>);

    impl fmt::Debug for Endless {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            debug_object(self, "Endless", f, |f| f.debug_tuple("E").field(&self.0).finish())
        }
    }

    #[test]
    fn a_cycle_is_cut_where_it_closes() {
        let ring = Ring("R");
        assert_eq!(format!("{ring:?} {ring:?}"), "R(Ring(...)) R(Ring(...))");
    }

    #[test]
    fn a_long_chain_is_cut() {
        let chain = (0..10_000).fold(None, |inner, _| Some(Box::new(Endless(inner))));
        let text = format!("{chain:?}");
        assert_eq!(text.matches("E(").count(), DEEPEST);
        let mut rest = chain;
        while let Some(inner) = rest {
            rest = inner.0;
        }
    }
}
