//! Python's `gc` module, with the types of scripts.

use super::exceptions::VALUE_ERROR;
use super::protocol::Show;
use super::sys::unraisable;
use super::tuple::Tuple3;
use super::{Any, Dict, Exception, Function, Inspected, List, Result, Str};
use crate::gc::callbacks::{Info, Phase};
use crate::gc::{self, Debug};
use crate::pointer::Object;
use core::cell::OnceCell;

/// `gc.DEBUG_STATS`
pub const DEBUG_STATS: i64 = Debug::STATS.bits() as i64;
/// `gc.DEBUG_COLLECTABLE`
pub const DEBUG_COLLECTABLE: i64 = Debug::COLLECTABLE.bits() as i64;
/// `gc.DEBUG_UNCOLLECTABLE`
pub const DEBUG_UNCOLLECTABLE: i64 = Debug::UNCOLLECTABLE.bits() as i64;
/// `gc.DEBUG_SAVEALL`
pub const DEBUG_SAVEALL: i64 = Debug::SAVEALL.bits() as i64;
/// `gc.DEBUG_LEAK`
pub const DEBUG_LEAK: i64 = Debug::LEAK.bits() as i64;

/// `gc.collect(generation)`
pub fn collect(generation: i64) -> Result<i64> {
    match usize::try_from(generation) {
        Ok(generation @ 0..=2) => Ok(gc::collect_generation(generation) as i64),
        _ => Err(Exception::new(&VALUE_ERROR, "invalid generation")),
    }
}

/// `gc.enable()`
pub fn enable() {
    gc::enable();
}

/// `gc.disable()`
pub fn disable() {
    gc::disable();
}

/// `gc.isenabled()`
pub fn isenabled() -> bool {
    gc::is_enabled()
}

fn three((a, b, c): (usize, usize, usize)) -> Tuple3<i64, i64, i64> {
    Tuple3::new(a as i64, b as i64, c as i64)
}

/// `gc.get_count()`
pub fn get_count() -> Tuple3<i64, i64, i64> {
    three(gc::get_count())
}

/// `gc.get_threshold()`
pub fn get_threshold() -> Tuple3<i64, i64, i64> {
    three(gc::get_threshold())
}

/// `gc.set_threshold(young, middle, old)`: what isn't given stays.
pub fn set_threshold(young: i64, middle: Option<i64>, old: Option<i64>) {
    let (_, former_middle, former_old) = gc::get_threshold();
    let size = |number: i64| usize::try_from(number).unwrap_or(0);
    gc::set_threshold(size(young), middle.map_or(former_middle, size), old.map_or(former_old, size));
}

/// A dict from a name to a number for each of the pairs.
fn numbers(pairs: &[(&'static str, usize)]) -> Dict<Str, i64> {
    let pairs = pairs.iter().map(|(name, number)| (Str::lit(name), *number as i64));
    // Text can always be hashed and compared.
    Dict::from_pairs(pairs).unwrap_or_default()
}

/// `gc.get_stats()`: by generation, the youngest first.
pub fn get_stats() -> List<Dict<Str, i64>> {
    let stats = gc::get_stats();
    let generation = |stats: &gc::GenerationStats| {
        numbers(&[
            ("collections", stats.collections),
            ("collected", stats.collected),
            ("uncollectable", stats.uncollectable),
        ])
    };
    stats.iter().map(generation).collect()
}

/// `gc.freeze()`
pub fn freeze() {
    gc::freeze();
}

/// `gc.unfreeze()`
pub fn unfreeze() {
    gc::unfreeze();
}

/// `gc.get_freeze_count()`
pub fn get_freeze_count() -> i64 {
    gc::get_freeze_count() as i64
}

/// `gc.get_debug()`
pub fn get_debug() -> i64 {
    i64::from(gc::get_debug().bits())
}

/// `gc.set_debug(flags)`
pub fn set_debug(flags: i64) {
    gc::set_debug(Debug::from_bits(flags as u32));
}

/// `gc.get_objects(generation)`
pub fn get_objects(generation: Option<i64>) -> Result<List<Any>> {
    let generation = match generation {
        // As in CPython.
        None | Some(-1) => None,
        Some(generation @ 0..=2) => Some(generation as usize),
        Some(_) => {
            let message = "generation must be less than the number of available generations (3)";
            return Err(Exception::new(&VALUE_ERROR, message));
        }
    };
    Ok(listed(gc::get_objects(generation)))
}

/// `gc.get_referents(x)`
pub fn get_referents<T: Inspected>(x: &T) -> List<Any> {
    x.inspected().map_or_else(List::new, |object| listed(gc::get_referents(&object)))
}

/// `gc.get_referrers(x)`
pub fn get_referrers<T: Inspected>(x: &T) -> List<Any> {
    x.inspected().map_or_else(List::new, |object| listed(gc::get_referrers(&object)))
}

fn listed(objects: Vec<Object>) -> List<Any> {
    objects.into_iter().map(Any::from).collect()
}

/// `gc.is_tracked(x)`
pub fn is_tracked<T: Inspected>(x: &T) -> bool {
    x.inspected().is_some_and(|object| gc::is_tracked(&object))
}

/// `gc.is_finalized(x)`
pub fn is_finalized<T: Inspected>(x: &T) -> bool {
    x.inspected().is_some_and(|object| gc::is_finalized(&object))
}

/// A function of `gc.callbacks`.
pub type Callback = Function<(Str, Dict<Str, i64>), ()>;

thread_local! {
    static CALLBACKS: OnceCell<List<Callback>> = const { OnceCell::new() };
    static GARBAGE: OnceCell<List<Any>> = const { OnceCell::new() };
}

/// `gc.callbacks`: the functions that are called when a collection starts and stops.
pub fn callbacks() -> List<Callback> {
    if let Some(list) = CALLBACKS.with(|list| list.get().cloned()) {
        return list;
    }
    let list = List::new();
    // Nobody else has come first: making an empty list runs no code of a script that could get here.
    CALLBACKS.with(|current| current.get_or_init(|| list.clone()).clone());
    gc::callbacks::append(call_back);
    list
}

fn call_back(phase: Phase, info: &Info) {
    let Ok(Some(list)) = CALLBACKS.try_with(|list| list.get().cloned()) else { return };
    let phase = match phase {
        Phase::Start => Str::lit("start"),
        Phase::Stop => Str::lit("stop"),
    };
    for callback in &list {
        let info = numbers(&[
            ("generation", info.generation),
            ("collected", info.collected),
            ("uncollectable", info.uncollectable),
        ]);
        if let Err(exception) = callback.call((phase.clone(), info)) {
            unraisable(exception, callback.name());
        }
    }
}

/// `gc.garbage`: what collections have kept because of `DEBUG_SAVEALL`, and what a script puts there.
pub fn garbage() -> List<Any> {
    let list = match GARBAGE.with(|list| list.get().cloned()) {
        Some(list) => list,
        None => {
            let list = List::new();
            GARBAGE.with(|current| current.get_or_init(|| list).clone())
        }
    };
    for object in gc::garbage::get() {
        list.append(Any::from(object));
    }
    gc::garbage::clear();
    list
}

/// An object whose type only the collector knows.
impl Show for Object {
    fn type_name(&self) -> &'static str {
        Object::type_name(self)
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("{self:?}"));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::testing::{log, say};

    #[test]
    fn generations_have_numbers() {
        assert_eq!(collect(0).unwrap(), 0);
        for wrong in [-1, 3] {
            assert_eq!(collect(wrong).unwrap_err().to_string(), "invalid generation");
        }
    }

    #[test]
    fn thresholds_that_are_not_given_stay() {
        assert_eq!(get_threshold(), Tuple3::new(700, 10, 10));
        set_threshold(400, Some(8), None);
        assert_eq!(get_threshold(), Tuple3::new(400, 8, 10));
        set_threshold(700, Some(10), Some(10));
    }

    #[test]
    fn callbacks_are_a_list() {
        let callback = Function::new("watch", (), |(), (phase, info): (Str, Dict<Str, i64>)| {
            say(format!("{phase} {info:?}"));
            Ok(())
        });
        callbacks().append(callback.clone());
        collect(1).unwrap();
        callbacks().remove(&callback).unwrap();
        collect(1).unwrap();
        assert_eq!(
            log(),
            [
                "start {'generation': 1, 'collected': 0, 'uncollectable': 0}",
                "stop {'generation': 1, 'collected': 0, 'uncollectable': 0}"
            ]
        );
    }

    #[test]
    fn saved_objects_are_in_the_garbage() {
        set_debug(DEBUG_SAVEALL);
        let ring = crate::builtins::Cell::<Function<(), ()>>::unbound();
        ring.set(Function::new("f", ring.clone(), |_, ()| Ok(())));
        drop(ring);
        collect(2).unwrap();
        set_debug(0);
        assert_eq!(garbage().count_items(), 2);
        garbage().clear();
        assert_eq!(collect(2).unwrap(), 2);
    }

    #[test]
    fn objects_can_be_listed() {
        let ring = crate::builtins::Cell::<Function<(), ()>>::unbound();
        let names =
            || -> Vec<_> { get_objects(None).unwrap().to_vec().iter().map(|any| Show::type_name(any)).collect() };
        let before = names().len();
        ring.set(Function::new("f", ring.clone(), |_, ()| Ok(())));
        assert_eq!(names().len(), before + 1);
        assert!(get_objects(Some(3)).is_err());
        ring.take();
    }
}
