//! Python's `sys`, as far as it makes sense here.

use super::exceptions::{Class, SYSTEM_EXIT};
use super::io::StandardStream;
use super::protocol::{Equal, Identity, Show, Truth};
use super::{Any, AnyValue, Exception, Function, Inspected, Referent, Result, Str};
use crate::trace::{Trace, Tracer};
use crate::unraisable::{Origin, Unraisable, unraisable_hook};
use core::cell::RefCell;

/// `sys.maxsize`
#[allow(non_upper_case_globals)]
pub const maxsize: i64 = i64::MAX;

/// `sys.getrefcount(x)`: the references there are, and one for the argument, as CPython counts.
pub fn getrefcount<T: Inspected>(x: &T) -> i64 {
    x.refcount() as i64
}

/// `sys.getsizeof(x)`: the bytes of the object itself, with its header.
pub fn getsizeof<T: Referent>(x: &T) -> i64 {
    const HEADER: usize = 16;
    (size_of_val(&**x.pointer()) + HEADER) as i64
}

/// `sys.stdout`, where `print` writes.
pub fn stdout() -> StandardStream {
    StandardStream::Output
}

/// `sys.stderr`
pub fn stderr() -> StandardStream {
    StandardStream::Errors
}

/// `sys.exit(code)`
pub fn exit(code: impl AnyValue) -> Result<()> {
    Err(Exception::with_argument(&SYSTEM_EXIT, code))
}

/// The class of an exception, as a value.
#[derive(Clone, Copy)]
pub struct ExceptionType(pub &'static Class);

impl ExceptionType {
    /// `__name__`
    pub fn __name__(&self) -> Str {
        Str::lit(self.0.name())
    }
}

// SAFETY: a class is a static.
unsafe impl Trace for ExceptionType {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn acyclic() -> bool {
        true
    }
}

impl Show for ExceptionType {
    fn type_name(&self) -> &'static str {
        "type"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("<class '{}'>", self.0.name()));
        Ok(())
    }
}

impl Identity for ExceptionType {
    fn is(&self, other: &ExceptionType) -> bool {
        core::ptr::eq(self.0, other.0)
    }

    fn id(&self) -> i64 {
        core::ptr::from_ref(self.0).addr() as i64
    }
}

impl Equal for ExceptionType {
    fn eq(&self, other: &ExceptionType) -> Result<bool> {
        Ok(self.is(other))
    }
}

impl Truth for ExceptionType {
    fn truth(&self) -> Result<bool> {
        Ok(true)
    }
}

/// What the hook for exceptions that nobody can catch gets.
#[derive(Clone)]
pub struct UnraisableHookArgs {
    /// The exception's class.
    pub exc_type: ExceptionType,
    /// The exception.
    pub exc_value: Option<Exception>,
    /// What failed, if it isn't said by `object`.
    pub err_msg: Option<Str>,
    /// What raised it: here the name of the function or method.
    pub object: Any,
    name: &'static str,
}

impl UnraisableHookArgs {
    /// `exc_type`
    pub fn exc_type(&self) -> ExceptionType {
        self.exc_type
    }

    /// `exc_value`
    pub fn exc_value(&self) -> Option<Exception> {
        self.exc_value.clone()
    }

    /// `err_msg`
    pub fn err_msg(&self) -> Option<Str> {
        self.err_msg.clone()
    }

    /// `object`
    pub fn object(&self) -> Any {
        self.object.clone()
    }
}

// SAFETY: the exception and the object are all that can own a `Gc`.
unsafe impl Trace for UnraisableHookArgs {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.exc_value.trace(tracer);
        self.object.trace(tracer);
    }
}

/// A function that takes exceptions nobody can catch.
pub type UnraisableHook = Function<(UnraisableHookArgs,), ()>;

thread_local! {
    static HOOK: RefCell<Option<UnraisableHook>> = const { RefCell::new(None) };
}

/// `sys.unraisablehook = hook`, on this thread; None restores the default.
pub fn set_unraisablehook(hook: Option<UnraisableHook>) {
    let former = HOOK.with(|current| current.replace(hook));
    drop(former);
}

/// `sys.unraisablehook`: the hook that was set, or the default.
pub fn unraisablehook() -> UnraisableHook {
    let default = || {
        Function::new("unraisablehook", (), |(), (args,): (UnraisableHookArgs,)| {
            if let Some(exception) = &args.exc_value {
                report(exception, args.name);
            }
            Ok(())
        })
    };
    // A thread that ends may have lost its hook already.
    HOOK.try_with(|hook| hook.borrow().clone()).ok().flatten().unwrap_or_else(default)
}

/// Takes an exception that nobody can catch, out of the function or method called `name`: the hook of the script gets it,
/// else that of Rust, else the standard error stream.
#[cold]
pub fn unraisable(exception: Exception, name: &'static str) {
    let Some(hook) = HOOK.try_with(|hook| hook.borrow().clone()).ok().flatten() else {
        return report(&exception, name);
    };
    let args = UnraisableHookArgs {
        exc_type: ExceptionType(exception.class()),
        exc_value: Some(exception),
        err_msg: None,
        object: Any::from(Str::lit(name)),
        name,
    };
    if let Err(second) = hook.call((args,)) {
        eprintln!("Exception ignored in sys.unraisablehook: {:#}", second.report());
    }
}

fn report(exception: &Exception, name: &'static str) {
    let report = exception.report();
    let Some(hook) = unraisable_hook() else {
        eprintln!("Exception ignored in: {name}\n{report:#}");
        return;
    };
    let (type_name, origin) = match name.strip_suffix(".__del__") {
        Some(class) => (class, Origin::Finalizer),
        None => (name, Origin::WeakCallback),
    };
    hook(&Unraisable { origin, type_name, payload: &report.to_string() });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::exceptions::VALUE_ERROR;
    use crate::builtins::{Cell, List};

    #[test]
    fn a_count_includes_the_argument() {
        let list = List::from([1i64]);
        let other = list.clone();
        assert_eq!(getrefcount(&list), 3);
        drop(other);
        assert_eq!(getrefcount(&list), 2);
    }

    #[test]
    fn the_hook_gets_what_nobody_catches() {
        let seen = Cell::new(Str::EMPTY);
        set_unraisablehook(Some(Function::new(
            "hook",
            seen.clone(),
            |seen: &Cell<Str>, (args,): (UnraisableHookArgs,)| {
                seen.set(Str::from(format!(
                    "{} {} {}",
                    args.exc_type.__name__(),
                    args.exc_value.str()?,
                    args.object.str()?
                )));
                Ok(())
            },
        )));
        unraisable(Exception::new(&VALUE_ERROR, "no luck"), "Bad.__del__");
        set_unraisablehook(None);
        assert_eq!(seen.get("seen").unwrap(), "ValueError no luck Bad.__del__");
    }

    #[test]
    fn without_one_the_hook_of_rust_gets_it() {
        use std::rc::Rc;
        let log = Rc::new(RefCell::new(Vec::new()));
        let sink = log.clone();
        crate::gc::set_unraisable_hook(Some(Rc::new(move |error| sink.borrow_mut().push(error.to_string()))));
        unraisable(Exception::new(&VALUE_ERROR, "no luck"), "Bad.__del__");
        crate::gc::set_unraisable_hook(None);
        assert_eq!(*log.borrow(), ["Exception ignored in: Bad.__del__: ValueError: no luck"]);
    }

    #[test]
    fn leaving_is_an_exception() {
        let exit = exit(3i64).unwrap_err();
        assert_eq!((exit.class().name(), exit.value::<i64>()), ("SystemExit", Some(3)));
    }
}
