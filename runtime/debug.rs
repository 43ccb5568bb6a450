//! `Debug` of managed types: ends on a cycle, and on a chain too long for the stack.

use core::any::TypeId;
use core::cell::RefCell;
use core::fmt;

/// So many objects inside each other are shown.
const DEEPEST: usize = 64;

thread_local! {
    /// The objects that are being shown, outermost first.
    static SHOWN: RefCell<Vec<(*const (), TypeId)>> = const { RefCell::new(Vec::new()) };
}

/// Takes the innermost object from the list again, also when a `Debug` inside panics.
struct Shown;

impl Drop for Shown {
    fn drop(&mut self) {
        SHOWN.with_borrow_mut(Vec::pop);
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
    let is_new = SHOWN.with_borrow_mut(|shown| {
        let is_new = shown.len() < DEEPEST && !shown.contains(&key);
        if is_new {
            shown.push(key);
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
