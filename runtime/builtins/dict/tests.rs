use super::Dict;
use crate::builtins::protocol::*;
use crate::builtins::testing::{Noisy, log, say};
use crate::builtins::tuple::Tuple2;
use crate::builtins::{List, Result, Str};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};

fn dict(keys: &str) -> Dict<Str, Gc<Noisy>> {
    Dict::from_pairs(keys.split(' ').map(|key| (Str::from(key), Noisy::new(key)))).unwrap()
}

fn ints(pairs: &[(i64, i64)]) -> Dict<i64, i64> {
    Dict::from_pairs(pairs.iter().copied()).unwrap()
}

fn shown(value: &impl Show) -> String {
    value.repr().unwrap().to_string()
}

#[test]
fn a_dying_dict_releases_its_entries_first_to_last() {
    drop(dict("a b c"));
    assert_eq!(log(), ["a", "b", "c"]);
}

#[test]
fn each_edit_releases_what_it_removes() {
    let d = dict("a b c");
    d.setitem("a".into(), Noisy::new("a2")).unwrap();
    drop(d.pop(&"b".into()).unwrap());
    d.setitem("b".into(), Noisy::new("b2")).unwrap();
    assert_eq!(log(), ["a", "b"]);
    d.delitem(&"c".into()).unwrap();
    assert_eq!(log(), ["c"]);
    assert_eq!(shown(&d.keys()), "dict_keys(['a', 'b'])");
    drop(d.setdefault("a".into(), Noisy::new("unused")).unwrap());
    drop(d.get_or(&"a".into(), Noisy::new("unused too")).unwrap());
    assert_eq!(log(), ["unused", "unused too"]);
    d.clear();
    assert_eq!(log(), ["a2", "b2"]);
}

#[test]
fn it_is_empty_before_the_first_entry_dies() {
    let d: Dict<i64, Gc<Noisy>> = Dict::new();
    let inner = d.clone();
    d.insert(1, Noisy::then("one", move || inner.insert(9, Noisy::new("nine")).unwrap())).unwrap();
    d.clear();
    assert_eq!(shown(&d.keys()), "dict_keys([9])");
}

#[test]
fn an_equal_key_that_is_there_stays() {
    let d: Dict<f64, i64> = Dict::new();
    d.insert(0.0, 1).unwrap();
    d.insert(-0.0, 2).unwrap();
    assert_eq!(shown(&d), "{0.0: 2}");
}

#[test]
fn a_missing_key() {
    let error = ints(&[]).getitem(&5).unwrap_err();
    assert_eq!(format!("{error:?}"), "KeyError: 5");
    let error = dict("a").pop(&"b".into()).err().unwrap();
    assert_eq!(format!("{error:?}"), "KeyError: 'b'");
    assert_eq!(error.value::<Str>(), Some(Str::lit("b")));
    assert_eq!(ints(&[]).popitem().unwrap_err().to_string(), "'popitem(): dictionary is empty'");
}

#[test]
fn methods() {
    let d = ints(&[(1, 10), (2, 20), (3, 30)]);
    assert_eq!(d.popitem().unwrap(), Tuple2::new(3, 30));
    assert_eq!(d.get(&2).unwrap(), Some(20));
    assert!(d.contains(&1).unwrap() && !d.contains(&3).unwrap());
    d.update(&ints(&[(2, 0), (5, 50)])).unwrap();
    assert_eq!(shown(&d), "{1: 10, 2: 0, 5: 50}");
    assert_eq!(shown(&d.items()), "dict_items([(1, 10), (2, 0), (5, 50)])");
    assert_eq!(shown(&d.or(&ints(&[(1, 1)])).unwrap()), "{1: 1, 2: 0, 5: 50}");
    assert!(Equal::eq(&d, &ints(&[(5, 50), (2, 0), (1, 10)])).unwrap());
    assert!(!Equal::eq(&d, &d.or(&ints(&[(1, 1)])).unwrap()).unwrap());
    assert!(d.values().contains(&50).unwrap() && d.items().contains(&Tuple2::new(2, 0)).unwrap());
    assert_eq!(d.pop_or(&77, 7).unwrap(), 7);
}

#[test]
fn a_change_of_size_ends_an_iteration() {
    let d = ints(&[(1, 1), (2, 2)]);
    let mut keys = d.keys().iter().unwrap();
    assert_eq!(ScriptIterator::next(&mut keys).unwrap(), Some(1));
    d.insert(1, 5).unwrap();
    assert_eq!(ScriptIterator::next(&mut keys).unwrap(), Some(2));
    d.insert(3, 3).unwrap();
    for _ in 0..2 {
        let error = ScriptIterator::next(&mut keys).unwrap_err();
        assert_eq!(format!("{error:?}"), "RuntimeError: dictionary changed size during iteration");
        d.delitem(&3).unwrap_or(());
    }
}

#[test]
fn iterating_backwards() {
    let d = ints(&[(1, 1), (2, 2), (3, 3)]);
    d.delitem(&2).unwrap();
    let mut keys = d.reversed().unwrap();
    assert_eq!(ScriptIterator::next(&mut keys).unwrap(), Some(3));
    assert_eq!(ScriptIterator::next(&mut keys).unwrap(), Some(1));
    assert_eq!(ScriptIterator::next(&mut keys).unwrap(), None);
}

#[test]
fn a_dict_that_contains_itself_is_collected() {
    let d: Dict<i64, List<Box<dyn Trace>>> = Dict::new();
    let list: List<Box<dyn Trace>> = List::new();
    list.append(Box::new(d.object().clone()));
    d.table().borrow_mut().push(1, 1, list.clone());
    drop((d, list));
    assert_eq!(crate::gc::collect(), 2);
}

/// A key whose `__eq__` changes the dict in which it is.
#[derive(Clone)]
struct Meddler {
    name: &'static str,
    dict: Dict<Meddler, i64>,
}

// SAFETY: reports its one reference.
unsafe impl Trace for Meddler {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.dict.trace(tracer);
    }
}

impl Hashed for Meddler {
    fn hash(&self) -> Result<i64> {
        Ok(1)
    }
}

impl Equal for Meddler {
    fn eq(&self, other: &Meddler) -> Result<bool> {
        say(format!("{} == {}", self.name, other.name));
        if self.name == "first" {
            self.dict.clear();
        }
        Ok(self.name == other.name)
    }
}

impl Identity for Meddler {
    fn is(&self, _other: &Meddler) -> bool {
        false
    }

    fn id(&self) -> i64 {
        0
    }
}

impl crate::builtins::Dynamic for Meddler {}

impl Show for Meddler {
    fn type_name(&self) -> &'static str {
        "Meddler"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(self.name);
        Ok(())
    }
}

#[test]
fn an_eq_that_changes_the_dict_makes_it_look_again() {
    let dict = Dict::new();
    let key = |name| Meddler { name, dict: dict.clone() };
    dict.insert(key("first"), 1).unwrap();
    assert_eq!(dict.get(&key("second")).unwrap(), None);
    assert_eq!(log(), ["first == second"]);
    dict.insert(key("second"), 2).unwrap();
    assert_eq!(dict.get(&key("second")).unwrap(), Some(2));
    dict.clear();
}

#[test]
fn pop_with_none_as_its_default_says_whether_there_was_an_entry() {
    let d = ints(&[(1, 10), (2, 20)]);
    assert_eq!((d.pop_optional(&1).unwrap(), d.pop_optional(&1).unwrap()), (Some(10), None));
    assert_eq!(shown(&d), "{2: 20}");
}
