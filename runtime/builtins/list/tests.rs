use super::List;
use crate::builtins::protocol::*;
use crate::builtins::slice::Slice;
use crate::builtins::testing::{Noisy, log};
use crate::gc;
use crate::pointer::Gc;

fn noisy(names: &str) -> List<Gc<Noisy>> {
    names.split(' ').map(Noisy::new).collect()
}

fn slice(start: i64, stop: i64) -> Slice {
    Slice::new(Some(start), Some(stop), None)
}

fn shown(list: &impl Show) -> String {
    list.repr().unwrap().to_string()
}

/// A list of lists of lists.
#[derive(Clone)]
struct Nest(List<Nest>);

// SAFETY: reports its one reference.
unsafe impl crate::Trace for Nest {
    fn trace(&self, tracer: &mut crate::Tracer<'_>) {
        self.0.trace(tracer);
    }
}

impl Nest {
    fn of_depth(depth: usize) -> List<Nest> {
        (0..depth).fold(List::new(), |list, _| List::from([Nest(list)]))
    }
}

impl Show for Nest {
    fn type_name(&self) -> &'static str {
        "list"
    }

    fn write_repr(&self, out: &mut String) -> crate::builtins::Result<()> {
        self.0.write_repr(out)
    }
}

impl Equal for Nest {
    fn eq(&self, other: &Nest) -> crate::builtins::Result<bool> {
        Equal::eq(&self.0, &other.0)
    }
}

impl Identity for Nest {
    fn is(&self, other: &Nest) -> bool {
        self.0.is(&other.0)
    }

    fn id(&self) -> i64 {
        self.0.id()
    }
}

#[test]
fn a_dying_list_releases_its_items_last_to_first() {
    drop(noisy("a b c"));
    assert_eq!(log(), ["c", "b", "a"]);
}

#[test]
fn it_is_empty_before_the_first_item_dies() {
    let list = List::new();
    let inner = list.clone();
    list.append(Noisy::then("a", move || {
        inner.append(Noisy::new("late"));
    }));
    list.append(Noisy::new("b"));
    list.clear();
    assert_eq!(log(), ["b", "a"]);
    assert_eq!(list.count_items(), 1);
}

#[test]
fn each_edit_releases_what_it_removes() {
    let list = noisy("0 1 2 3 4 5");
    drop(list.pop(-1).unwrap());
    drop(list.pop(0).unwrap());
    list.delitem(&1).unwrap();
    assert_eq!(log(), ["5", "0", "2"]);
    list.setitem(0, Noisy::new("new")).unwrap();
    assert_eq!(log(), ["1"]);
    list.setitem(slice(0, 2), noisy("s t u")).unwrap();
    assert_eq!(log(), ["3", "new"]);
    list.delitem(&slice(1, 3)).unwrap();
    assert_eq!(log(), ["u", "t"]);
    assert_eq!(list.count_items(), 2);
    list.delitem(&Slice::new(None, None, Some(-1))).unwrap();
    assert_eq!(log(), ["s", "4"]);
}

#[test]
fn a_dying_item_may_change_the_list_that_it_leaves() {
    let list = List::new();
    let inner = list.clone();
    list.append(Noisy::then("first", move || {
        inner.append(Noisy::new("appended"));
        inner.setitem(0, Noisy::new("again")).unwrap();
    }));
    list.setitem(0, Noisy::new("second")).unwrap();
    assert_eq!(log(), ["first", "second"]);
    assert_eq!(list.count_items(), 2);
}

#[test]
fn a_list_that_contains_itself_is_collected() {
    let list = List::new();
    list.append(Nest(list.clone()));
    assert_eq!(shown(&list), "[[...]]");
    drop(list);
    assert_eq!(gc::collect(), 1);
}

#[test]
fn nested_lists_of_any_depth_die() {
    drop(Nest::of_depth(100_000));
}

#[test]
fn what_is_nested_too_deep_is_an_error() {
    let (a, b) = (Nest::of_depth(5000), Nest::of_depth(5000));
    assert_eq!(
        a.repr().unwrap_err().to_string(),
        "maximum recursion depth exceeded while getting the repr of an object"
    );
    assert_eq!(Equal::eq(&a, &b).unwrap_err().to_string(), "maximum recursion depth exceeded in comparison");
    assert_eq!(shown(&Nest::of_depth(2)), "[[[]]]");
    assert!(Equal::eq(&Nest::of_depth(300), &Nest::of_depth(300)).unwrap());
}

#[test]
fn printing() {
    assert_eq!(shown(&List::from([1i64, -2])), "[1, -2]");
    assert_eq!(shown(&List::from([crate::builtins::Str::lit("a")])), "['a']");
    assert_eq!(shown(&List::from([List::from([1.0]), List::new()])), "[[1.0], []]");
}

#[test]
fn indices_and_slices() {
    let list: List<i64> = (0..6).collect();
    assert_eq!(list.getitem(&-1).unwrap(), 5);
    assert_eq!(list.getitem(&6).unwrap_err().to_string(), "list index out of range");
    assert_eq!(list.setitem(-7, 0).unwrap_err().to_string(), "list assignment index out of range");
    assert_eq!(list.getitem(&slice(1, -1)).unwrap().to_vec(), [1, 2, 3, 4]);
    assert_eq!(list.getitem(&Slice::new(None, None, Some(-2))).unwrap().to_vec(), [5, 3, 1]);
    list.setitem(Slice::new(None, None, Some(2)), List::from([10, 12, 14])).unwrap();
    assert_eq!(list.to_vec(), [10, 1, 12, 3, 14, 5]);
    let error = list.setitem(Slice::new(None, None, Some(2)), List::from([1])).unwrap_err();
    assert_eq!(error.to_string(), "attempt to assign sequence of size 1 to extended slice of size 3");
    list.setitem(slice(3, 1), List::from([7, 8])).unwrap();
    assert_eq!(list.to_vec(), [10, 1, 12, 7, 8, 3, 14, 5]);
    list.delitem(&Slice::new(None, None, Some(3))).unwrap();
    assert_eq!(list.to_vec(), [1, 12, 8, 3, 5]);
    list.setitem(slice(0, 1), list.clone()).unwrap();
    assert_eq!(list.to_vec(), [1, 12, 8, 3, 5, 12, 8, 3, 5]);
}

#[test]
fn methods() {
    let list = List::from([3i64, 1, 3]);
    list.insert(-1, 2);
    list.insert(99, 9);
    list.insert(-99, 0);
    assert_eq!(list.to_vec(), [0, 3, 1, 2, 3, 9]);
    assert_eq!(list.count(&3).unwrap(), 2);
    assert_eq!(list.index(&3, Some(2), None).unwrap(), 4);
    assert_eq!(list.index(&3, Some(2), Some(-2)).unwrap_err().to_string(), "3 is not in list");
    list.remove(&3).unwrap();
    assert_eq!(list.remove(&7).unwrap_err().to_string(), "list.remove(x): x not in list");
    list.reverse();
    assert_eq!(list.to_vec(), [9, 3, 2, 1, 0]);
    list.sort(false).unwrap();
    list.extend(&list).unwrap();
    assert_eq!(list.to_vec(), [0, 1, 2, 3, 9, 0, 1, 2, 3, 9]);
    assert_eq!(List::<i64>::new().pop(-1).unwrap_err().to_string(), "pop from empty list");
    assert_eq!(list.pop(50).unwrap_err().to_string(), "pop index out of range");
}

#[test]
fn operators() {
    let list = List::from([1i64, 2]);
    assert_eq!(list.add(&List::from([3])).unwrap().to_vec(), [1, 2, 3]);
    assert_eq!(list.mul(&2).unwrap().to_vec(), [1, 2, 1, 2]);
    assert_eq!(Mul::mul(&-1i64, &list).unwrap().to_vec(), [0; 0]);
    assert!(list.iadd(&list).unwrap().is(&list));
    assert_eq!(list.to_vec(), [1, 2, 1, 2]);
    assert!(list.mul(&i64::MAX).is_err());
    assert!(Equal::eq(&List::from([1i64]), &List::from([1])).unwrap());
    assert!(Compare::lt(&List::from([1i64, 2]), &List::from([1, 3])).unwrap());
    assert!(Compare::lt(&List::from([1i64]), &List::from([1, 0])).unwrap());
    assert!(Compare::ge(&List::from([2i64]), &List::from([1, 9])).unwrap());
    let nan = List::from([f64::NAN]);
    assert!(Equal::eq(&nan, &nan).unwrap());
}

#[test]
fn iterating_goes_by_position() {
    let list: List<i64> = (0..5).collect();
    let mut seen = Vec::new();
    for item in &list {
        seen.push(item);
        if item == 0 {
            list.pop(0).unwrap();
        }
        if item == 4 {
            list.append(5);
        }
    }
    assert_eq!(seen, [0, 2, 3, 4, 5]);
    let mut backwards = list.reversed().unwrap();
    assert_eq!(ScriptIterator::next(&mut backwards).unwrap(), Some(5));
    list.clear();
    assert_eq!(ScriptIterator::next(&mut backwards).unwrap(), None);
}

std::thread_local! {
    static SHARED: List<std::borrow::Cow<'static, Loud>> = List::new();
}

/// What is made into an owned number by a method that changes the list in which it is.
struct Loud;

impl std::borrow::Borrow<Loud> for i64 {
    fn borrow(&self) -> &Loud {
        &Loud
    }
}

impl ToOwned for Loud {
    type Owned = i64;

    fn to_owned(&self) -> i64 {
        SHARED.with(|list| (0..100).for_each(|number| list.append(std::borrow::Cow::Owned(number))));
        0
    }
}

#[test]
#[should_panic(expected = "already borrowed")]
fn clones_that_are_code_of_a_program_do_not_change_the_list() {
    SHARED.with(|list| {
        list.append(std::borrow::Cow::Owned(1));
        list.append(std::borrow::Cow::Borrowed(&Loud));
        drop(list.to_vec());
    });
}
