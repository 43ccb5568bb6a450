//! Exceptions: Python's hierarchy as managed objects.

mod class;
mod exception;
mod fail;
mod foreign;
mod location;
mod object;
mod os;
mod report;

pub use class::*;
pub use exception::Exception;
pub use fail::or_panic;
pub use location::Location;
pub use object::{BaseException, message_of, repr_of};
pub use report::Report;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gc;
    use crate::builtins::Any;
    use crate::builtins::protocol::Show;
    use std::cell::RefCell;
    use std::error::Error as _;

    #[test]
    fn the_message_depends_on_the_arguments() {
        let shown = |e: &Exception| (Show::str(e).unwrap().to_string(), Show::repr(e).unwrap().to_string());
        assert_eq!(shown(&Exception::new(&VALUE_ERROR, "bad")), ("bad".into(), "ValueError('bad')".into()));
        assert_eq!(shown(&Exception::bare(&VALUE_ERROR)), ("".into(), "ValueError()".into()));
        assert_eq!(shown(&Exception::new(&KEY_ERROR, "k")), ("'k'".into(), "KeyError('k')".into()));
        assert_eq!(shown(&Exception::with_argument(&KEY_ERROR, 5i64)), ("5".into(), "KeyError(5)".into()));
        let two = Exception::with_arguments(&VALUE_ERROR, vec![Any::from(1i64), Any::from(true)]);
        assert_eq!(shown(&two), ("(1, True)".into(), "ValueError(1, True)".into()));
    }

    #[test]
    fn the_value_of_a_stop_iteration() {
        let stop = Exception::with_argument(&STOP_ITERATION, 42i64);
        assert_eq!(stop.value::<i64>(), Some(42));
        assert_eq!(stop.value::<f64>(), None);
        assert_eq!(Show::str(&stop.first_argument()).unwrap(), "42");
        assert_eq!(Show::repr(&stop.args()).unwrap(), "(42,)");
        assert!(Exception::bare(&STOP_ITERATION).first_argument().is_none());
    }

    #[test]
    fn causes_are_sources() {
        let cause = Exception::new(&KEY_ERROR, "k");
        let error = Exception::new(&RUNTIME_ERROR, "failed").with_cause(Some(cause.clone()));
        assert_eq!(error.source().unwrap().to_string(), "'k'");
        assert!(error.cause().unwrap().ptr_eq(&cause));
        let again = error.with_cause(None);
        assert!(again.source().is_none());
    }

    #[test]
    fn a_loop_of_contexts_is_cut() {
        let first = Exception::new(&KEY_ERROR, "first");
        let second = Exception::new(&VALUE_ERROR, "second").with_context(Some(first.clone()));
        let first = first.with_context(Some(second.clone()));
        assert!(second.context().is_none());
        assert!(first.context().unwrap().ptr_eq(&second));
        assert!(first.clone().with_context(Some(first)).context().is_some());
    }

    #[test]
    fn a_report_is_plain_data() {
        fn is_plain<T: Send + Sync + 'static>(_: &T) {}
        let place = const { &Location::new("a.rs", 3, 5, "walk") };
        let context = Exception::new(&KEY_ERROR, "k");
        let report = Exception::new(&VALUE_ERROR, "bad").with_context(Some(context)).at(place).report();
        is_plain(&report);
        assert_eq!(report.to_string(), "ValueError: bad");
        assert_eq!(format!("{report:#}"), "ValueError: bad\n  at a.rs:3:5 in walk\nwhile handling KeyError: 'k'");
        assert_eq!(report.source().unwrap().to_string(), "KeyError: 'k'");
    }

    #[test]
    fn errors_of_rust_keep_their_kind() {
        let error = "x".parse::<i32>().unwrap_err();
        assert_eq!(format!("{:?}", Exception::from_error(error)), "ValueError: invalid digit found in string");
        let error = std::fs::read("/no/such/file").unwrap_err();
        assert!(Exception::from_error(error).is(&OS_ERROR));
        assert!(Exception::from_error("just text").is(&RUNTIME_ERROR));
        let exception = Exception::new(&KEY_ERROR, "k");
        assert!(Exception::from_error(exception.clone()).ptr_eq(&exception));
    }

    #[test]
    #[should_panic(expected = "ZeroDivisionError: division by zero\n  at a.rs:1:2 in main")]
    fn where_nothing_can_be_raised_it_panics() {
        or_panic(crate::builtins::number::int::truediv(1, 0), const { &Location::new("a.rs", 1, 2, "main") });
    }

    #[test]
    fn an_exception_that_keeps_itself_is_collected() {
        let exception = Exception::new(&VALUE_ERROR, "mine");
        let slot = Gc::new(RefCell::new(Some(exception.clone())));
        drop(exception.keep(Box::new(slot)));
        // It, the slot, and what CPython counts besides: the tuple of its arguments, a traceback and a frame.
        assert_eq!(crate::gc::collect(), 5);
    }

    #[test]
    fn frames_are_released_innermost_first() {
        use crate::builtins::testing::{Noisy, log};
        let exception =
            Exception::new(&VALUE_ERROR, "x").keep(Box::new(Noisy::new("inner"))).keep(Box::new(Noisy::new("outer")));
        drop(exception);
        assert_eq!(log(), ["inner", "outer"]);
    }
}
