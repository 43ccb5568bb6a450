use super::*;
use crate::builtins::exceptions::{ATTRIBUTE_ERROR, KEY_ERROR, TYPE_ERROR, VALUE_ERROR};
use crate::builtins::protocol::{Compare, Contains, DelItem, GetItem, Hashed, Identity, Len, SetItem, Truth};
use crate::builtins::tuple::{Tuple1, Tuple2};
use crate::builtins::{Dict, Exception, Function, List, Object as Class, Seq, Set, Slice, functions, protocol};
use crate::pointer::Gc;

fn list(items: Vec<Any>) -> Any {
    Any::from(List::from(items))
}

fn int(value: i64) -> Any {
    Any::from(value)
}

fn text(value: &'static str) -> Any {
    Any::from(Str::lit(value))
}

fn message(result: Result<impl Sized>) -> String {
    match result {
        Ok(_) => "no error".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn it_is_shown_as_what_it_is() {
    assert_eq!(Show::str(&int(5)).unwrap(), "5");
    assert_eq!(Show::repr(&text("a")).unwrap(), "'a'");
    assert_eq!(Show::str(&Any::none()).unwrap(), "None");
    assert_eq!(Show::format(&Any::from(1.5), ".2f").unwrap(), "1.50");
    assert_eq!(Any::from(1.5).type_name(), "float");
}

#[test]
fn what_is_an_any_isnt_wrapped_again() {
    assert_eq!(Any::from(Any::from(5_i64)).get::<i64>(), Some(5));
    assert_eq!(Any::from(Some(5_i64)).get::<i64>(), Some(5));
    assert!(Any::from(None::<i64>).is_none() && Any::from(()).is_none());
}

#[test]
fn a_value_stands_for_what_it_can_be_in_python() {
    assert_eq!((int(1).to::<f64>(), Any::from(true).to::<i64>()), (Some(1.0), Some(1)));
    assert_eq!((text("1").to::<i64>(), Any::from(1.5).to::<i64>()), (None, None));
    assert_eq!((Any::none().to::<Option<i64>>(), int(3).to::<Option<i64>>()), (Some(None), Some(Some(3))));
    let pair = Any::from(Tuple2::new(int(1), text("a")));
    assert_eq!(pair.to::<Tuple2<i64, Str>>(), Some(Tuple2::new(1, Str::lit("a"))));
    assert_eq!(message(converted::<i64>(&text("a"), "int")), "expected a 'int', not a 'str'");
}

#[test]
fn values_of_different_types_are_equal_as_in_python() {
    assert!(int(1).equals(&Any::from(1.0)).unwrap() && int(1).equals(&Any::from(true)).unwrap());
    assert!(!int(1).equals(&text("1")).unwrap() && !int(0).equals(&Any::none()).unwrap());
    let (ints, anys) = (Any::from(List::from([1_i64, 2])), list(vec![int(1), Any::from(2.0)]));
    assert!(ints.equals(&anys).unwrap() && anys.equals(&ints).unwrap());
    assert!(Any::from(Seq::from([1_i64])).equals(&Any::from(Tuple1::new(1.0))).unwrap());
    assert!(!Any::from(Seq::from([1_i64])).equals(&Any::from(List::from([1_i64]))).unwrap());
    let typed = Any::from(Dict::from_pairs([(Str::lit("a"), 1_i64)]).unwrap());
    let untyped = Any::from(Dict::from_pairs([(text("a"), int(1))]).unwrap());
    assert!(typed.equals(&untyped).unwrap() && untyped.equals(&typed).unwrap());
    let sets = (Any::from(Set::from_items([1_i64]).unwrap()), Any::from(Set::from_items([int(1)]).unwrap()));
    assert!(sets.0.equals(&sets.1).unwrap());
}

#[test]
fn equal_keys_are_the_same_key() {
    let dict: Dict<Any, i64> = Dict::new();
    for (place, key) in [int(1), Any::from(1.0), Any::from(true), text("1")].into_iter().enumerate() {
        dict.insert(key, place as i64).unwrap();
    }
    assert_eq!(dict.count_items(), 2);
    assert_eq!(dict.get(&int(1)).unwrap(), Some(2));
    assert_eq!(Hashed::hash(&Any::from(Tuple2::new(1_i64, 2_i64))).unwrap(), -3550055125485641917);
    assert_eq!(message(Hashed::hash(&list(vec![]))), "unhashable type: 'list'");
}

#[test]
fn order_is_that_of_the_values() {
    assert!(Compare::lt(&int(1), &Any::from(1.5)).unwrap());
    assert!(Compare::ge(&text("b"), &text("a")).unwrap());
    assert!(Compare::lt(&list(vec![int(1), int(2)]), &Any::from(List::from([1_i64, 3]))).unwrap());
    let error = Compare::lt(&int(1), &text("a"));
    assert_eq!(message(error), "'<' not supported between instances of 'int' and 'str'");
    let sorted = functions::sorted(&List::from([int(3), Any::from(1.5), int(2)]), false).unwrap();
    assert_eq!(format!("{sorted:?}"), "[1.5, 2, 3]");
}

#[test]
fn the_same_object_is_the_same() {
    let object = List::from([1_i64]);
    let (a, b) = (Any::from(object.clone()), Any::from(object));
    assert!(Identity::is(&a, &b) && !Identity::is(&a, &Any::from(List::from([1_i64]))));
    assert!(Identity::is(&Any::none(), &Any::none()) && !Identity::is(&Any::none(), &int(0)));
    assert_ne!(Identity::id(&a), 0);
}

#[test]
fn items_are_found_where_the_value_has_some() {
    let items = Any::from(List::from([1_i64, 2, 3]));
    assert_eq!(Len::len(&items).unwrap(), 3);
    assert_eq!(items.item(&int(-1)).unwrap().get::<i64>(), Some(3));
    assert_eq!(items.item(&Any::from(Slice::new(Some(1), None, None))).unwrap().repr().unwrap(), "[2, 3]");
    assert_eq!(GetItem::getitem(&text("abc"), &int(1)).unwrap().repr().unwrap(), "'b'");
    SetItem::setitem(&items, int(0), int(9)).unwrap();
    DelItem::delitem(&items, &int(1)).unwrap();
    assert_eq!(items.repr().unwrap(), "[9, 3]");
    assert!(Contains::contains(&items, &Any::from(9.0)).unwrap());
    assert!(Contains::contains(&text("abc"), &text("bc")).unwrap());
    assert_eq!(format!("{:?}", protocol::collect(&text("ab")).unwrap()), "['a', 'b']");
}

#[test]
fn what_a_value_cannot_do_raises_as_in_python() {
    let function = Any::from(Function::new("f", (), |(), (): ()| Ok(1_i64)));
    let cases: Vec<(Result<Any>, &str)> = vec![
        (int(1).item(&int(0)), "'int' object is not subscriptable"),
        (list(vec![]).item(&text("a")), "list indices must be integers or slices, not str"),
        (int(1).call(&[]), "'int' object is not callable"),
        (int(1).attribute("x"), "'int' object has no attribute 'x'"),
        (list(vec![]).invoke("push", &[]), "'list' object has no attribute 'push'"),
        (list(vec![]).invoke("append", &[]), "list.append() can't be called with 0 arguments"),
        (Any::from(List::from([1_i64])).invoke("append", &[text("a")]), "this list can't hold a 'str'"),
        (function.call(&[int(1)]), "f() takes 0 positional arguments but 1 was given"),
        (int(1).next(), "'int' object is not an iterator"),
    ];
    for (result, expected) in cases {
        assert_eq!(message(result), expected);
    }
    assert_eq!(message(Len::len(&int(1))), "object of type 'int' has no len()");
    assert_eq!(message(protocol::collect(&int(1))), "'int' object is not iterable");
    assert_eq!(message(SetItem::setitem(&text("a"), int(0), int(1))), "'str' object does not support item assignment");
    assert_eq!(message(Contains::contains(&int(1), &int(1))), "argument of type 'int' is not iterable");
}

#[test]
fn methods_of_builtin_types_are_called_by_name() {
    let items = Any::from(List::from([3_i64, 1]));
    items.invoke("append", &[int(2)]).unwrap();
    items.invoke("extend", &[Any::from(Seq::from([int(7)]))]).unwrap();
    assert_eq!(items.invoke("index", &[int(1)]).unwrap().get::<i64>(), Some(1));
    assert_eq!(items.invoke("pop", &[]).unwrap().get::<i64>(), Some(7));
    let append = items.attribute("append").unwrap();
    append.call(&[int(5)]).unwrap();
    assert_eq!(items.repr().unwrap(), "[3, 1, 2, 5]");
    let dict = Any::from(Dict::from_pairs([(Str::lit("a"), 1_i64)]).unwrap());
    assert_eq!(dict.invoke("get", &[text("b"), int(4)]).unwrap().get::<i64>(), Some(4));
    assert!(dict.invoke("get", &[int(7)]).unwrap().is_none());
    assert!(dict.item(&int(7)).unwrap_err().is(&KEY_ERROR));
    assert_eq!(text(" a ").invoke("strip", &[]).unwrap().repr().unwrap(), "'a'");
    assert_eq!(text(",").invoke("join", &[list(vec![text("a"), text("b")])]).unwrap().repr().unwrap(), "'a,b'");
}

#[test]
fn a_function_in_it_takes_and_gives_anys() {
    let function =
        Function::new("add", 10_i64, |ten, (x, name): (i64, Str)| Ok(Str::from(format!("{name}{}", ten + x))));
    let any = Any::from(function);
    assert_eq!(any.call(&[int(5), text("n")]).unwrap().repr().unwrap(), "'n15'");
    assert_eq!(message(any.call(&[text("n"), int(5)])), "add() argument 1 has the wrong type: 'str'");
    assert_eq!(any.attribute("__name__").unwrap().repr().unwrap(), "'add'");
}

#[test]
fn truth_is_that_of_the_value() {
    let truths = [int(0), text(""), list(vec![]), Any::none(), int(2), list(vec![Any::none()])];
    let truths: Result<Vec<bool>> = truths.iter().map(Truth::truth).collect();
    assert_eq!(truths.unwrap(), [false, false, false, false, true, true]);
}

#[test]
fn exceptions_have_attributes() {
    let cause = Exception::new(&TYPE_ERROR, "cause");
    let error = Any::from(Exception::new(&VALUE_ERROR, "bad").with_cause(Some(cause)));
    assert_eq!(error.attribute("args").unwrap().repr().unwrap(), "('bad',)");
    assert_eq!(error.attribute("__cause__").unwrap().repr().unwrap(), "TypeError('cause')");
    assert!(is_instance(&error, &VALUE_ERROR) && !is_instance(&error, &KEY_ERROR));
    assert!(error.to::<Exception>().is_some() && int(1).to::<Exception>().is_none());
}

struct Point(i64);

// SAFETY: owns no `Gc`.
unsafe impl Trace for Point {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn as_value() -> Option<crate::trace::AsValue> {
        Some(value_of::<Point>)
    }
}

impl Class for Point {
    const NAME: &'static str = "Point";
    const METHODS: &'static [&'static str] = &["twice"];

    fn attribute(this: &Gc<Self>, name: &str) -> Option<Result<Any>> {
        (name == "x").then(|| Ok(Any::from(this.0)))
    }

    fn invoke(this: &Gc<Self>, name: &str, _arguments: &[Any]) -> Option<Result<Any>> {
        (name == "twice").then(|| Ok(Any::from(this.0 * 2)))
    }
}

#[test]
fn an_object_answers_by_name() {
    let point = Any::from(Gc::new(Point(3)));
    assert_eq!(point.attribute("x").unwrap().get::<i64>(), Some(3));
    assert_eq!(point.invoke("twice", &[]).unwrap().get::<i64>(), Some(6));
    assert_eq!(point.attribute("twice").unwrap().call(&[]).unwrap().get::<i64>(), Some(6));
    let error = point.attribute("y").unwrap_err();
    assert!(error.is(&ATTRIBUTE_ERROR));
    assert_eq!(error.to_string(), "'Point' object has no attribute 'y'");
}

#[test]
fn an_object_that_only_the_collector_knew_is_one_of_its_class() {
    let point = Gc::new(Point(3));
    let found = Any::from(Object::from(point.clone()));
    assert_eq!(found.attribute("x").unwrap().get::<i64>(), Some(3));
    assert!(Identity::is(&found, &Any::from(point)));
    // Of a list nothing is known but which one it is.
    let items = List::from([1_i64]);
    let found = Any::from(Object::from(items.object().clone()));
    assert!(Identity::is(&found, &Any::from(items)));
    assert_eq!(found.type_name(), "list");
}

#[test]
fn a_cycle_through_it_is_collected() {
    let items: List<Any> = List::new();
    items.append(Any::from(items.clone()));
    items.append(Any::from(Tuple2::new(items.clone(), 1_i64)));
    assert_eq!(format!("{items:?}"), "[[...], ([...], 1)]");
    drop(items);
    // The list, and the tuple that lies in it.
    assert_eq!(crate::gc::collect(), 2);
}
