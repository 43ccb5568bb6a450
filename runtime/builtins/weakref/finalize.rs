//! [`finalize`]: a function that is called when an object dies, at the latest at the end of the program.

use crate::builtins::protocol::{Equal, Identity, Show, Truth};
use crate::builtins::tuple::{Arguments, Tuple4};
use crate::builtins::{Any, AnyArguments, AnyValue, Dict, Function, Referent, Result, Str, atexit, unraisable};
use crate::cell::ByValue;
use crate::trace::{Trace, Tracer};
use crate::weak;

/// Python's `weakref.finalize`: what is promised for the death of an object `V`. `A` is the tuple of the function's
/// parameters.
pub struct Finalize<A: Arguments, V: Referent>(weak::Finalize<V::Object, Work<A>, Result<Any>>);

/// A function whose result has been forgotten, with its arguments.
struct Work<A> {
    function: Any,
    call: fn(&Any, A) -> Result<Any>,
    arguments: A,
}

/// What [`Finalize::peek`] and [`Finalize::detach`] give: the object, the function, its arguments, and no keyword arguments.
pub type Promised<A, V> = Tuple4<V, Any, <A as Arguments>::Tuple, Dict<Str, Any>>;

/// `weakref.finalize(x, function, *arguments)`: the function is called when `x` dies, or by hand, or at the end of the
/// program. What it raises is raised by [`Finalize::call`], and goes to the hook for unraisable exceptions otherwise.
///
/// ```
/// use refcycle::builtins::{Function, List, weakref::finalize};
///
/// let log = List::new();
/// let note = Function::new("note", log.clone(), |log: &List<i64>, (code,)| Ok(log.append(code)));
/// let file = List::from([0]);
/// let promise = finalize(&file, &note, (7,));
/// assert!(promise.alive());
/// drop(file);
/// assert!(!promise.alive());
/// assert_eq!(log.to_vec(), [7]);
/// ```
pub fn finalize<A, R, V>(x: &V, function: &Function<A, R>, arguments: A) -> Finalize<A, V>
where
    A: Arguments + AnyArguments,
    R: AnyValue,
    V: Referent,
{
    atexit::register_finalizers();
    let work = Work { function: Any::from(function.clone()), call: call::<A, R>, arguments };
    let discard = |result: Result<Any>| {
        if let Err(exception) = result {
            unraisable(exception, "finalize");
        }
    };
    Finalize(weak::promise(x.pointer(), work, |work| (work.call)(&work.function, work.arguments), discard))
}

fn call<A: Arguments, R: AnyValue>(function: &Any, arguments: A) -> Result<Any> {
    let Some(function) = function.get::<Function<A, R>>() else { return Ok(Any::none()) };
    function.call(arguments).map(Any::from)
}

impl<A: Arguments, V: Referent> Finalize<A, V> {
    /// `f()`: calls the function now, unless it was called or detached; its result, or `None`.
    pub fn call(&self) -> Result<Any> {
        self.0.call().unwrap_or_else(|| Ok(Any::none()))
    }

    /// `f.alive`: is the function still to be called?
    pub fn alive(&self) -> bool {
        self.0.alive()
    }

    /// `f.atexit`: will it be called at the end of the program if the object is alive then?
    pub fn atexit(&self) -> bool {
        self.alive() && self.0.is_at_exit()
    }

    /// `f.atexit = yes`
    pub fn set_atexit(&self, yes: bool) {
        self.0.set_at_exit(yes);
    }

    /// `f.peek()`: what was promised, if it still is.
    pub fn peek(&self) -> Option<Promised<A, V>> {
        let object = self.0.peek()?;
        let (function, arguments) = self.0.look(|work| (work.function.clone(), work.arguments.clone()))?;
        Some(promised(V::from_pointer(object), function, arguments))
    }

    /// `f.detach()`: takes the promise back; what was promised, if it still was.
    pub fn detach(&self) -> Option<Promised<A, V>> {
        let (object, work) = self.0.detach()?;
        Some(promised(V::from_pointer(object), work.function, work.arguments))
    }
}

fn promised<A: Arguments, V>(object: V, function: Any, arguments: A) -> Promised<A, V> {
    Tuple4 { _0: object, _1: function, _2: arguments.tuple(), _3: Dict::new() }
}

impl<A: Arguments, V: Referent> Clone for Finalize<A, V> {
    fn clone(&self) -> Self {
        Finalize(self.0.clone())
    }
}

// SAFETY: the function and the arguments are all that can own a `Gc`.
unsafe impl<A: Arguments> Trace for Work<A> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.function.trace(tracer);
        self.arguments.trace(tracer);
    }
}

// SAFETY: a promise is a reference to the object that it is.
unsafe impl<A: Arguments, V: Referent> Trace for Finalize<A, V> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
    }
}

// SAFETY: a count goes up; that neither runs code of the program nor panics.
unsafe impl<A: Arguments, V: Referent> ByValue for Finalize<A, V> {
    fn duplicate(&self) -> Self {
        self.clone()
    }
}

impl<A: Arguments, V: Referent> Identity for Finalize<A, V> {
    fn is(&self, other: &Self) -> bool {
        self.0.address() == other.0.address()
    }

    fn id(&self) -> i64 {
        self.0.address() as i64
    }
}

impl<A: Arguments, V: Referent> Equal for Finalize<A, V> {
    fn eq(&self, other: &Self) -> Result<bool> {
        Ok(self.is(other))
    }
}

impl<A: Arguments, V: Referent> Truth for Finalize<A, V> {
    fn truth(&self) -> Result<bool> {
        Ok(true)
    }
}

impl<A: Arguments, V: Referent + Show> Show for Finalize<A, V> {
    fn type_name(&self) -> &'static str {
        "finalize"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&match self.0.peek().map(V::from_pointer) {
            Some(object) => {
                format!("<finalize object at {:#x}; for {}>", self.id(), super::reference::described(&object))
            }
            None => format!("<finalize object at {:#x}; dead>", self.id()),
        });
        Ok(())
    }
}

impl<A: Arguments, V: Referent + Show> core::fmt::Debug for Finalize<A, V> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.repr().map_err(|_| core::fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::exceptions::VALUE_ERROR;
    use crate::builtins::testing::{Noisy, log, say};
    use crate::builtins::{Exception, UnraisableHookArgs, sys};

    fn cleanup() -> Function<(Str, i64), Str> {
        Function::new("cleanup", (), |(), (label, code): (Str, i64)| {
            say(format!("cleanup {label} {code}"));
            Ok(Str::from(format!("{label}!")))
        })
    }

    #[test]
    fn it_runs_once_at_death_or_by_hand() {
        let a = Noisy::new("a");
        let f = finalize(&a, &cleanup(), (Str::lit("fa"), 1));
        drop(a);
        assert!(!f.alive() && f.call().unwrap().is_none());
        let b = Noisy::new("b");
        let g = finalize(&b, &cleanup(), (Str::lit("fb"), 2));
        assert_eq!(g.call().unwrap().get::<Str>().unwrap(), "fb!");
        assert!(g.peek().is_none());
        drop(b);
        assert_eq!(log(), ["a", "cleanup fa 1", "cleanup fb 2", "b"]);
    }

    #[test]
    fn what_was_promised_can_be_seen_and_taken_back() {
        let a = Noisy::new("a");
        let f = finalize(&a, &cleanup(), (Str::lit("fa"), 1));
        let seen = f.peek().unwrap();
        assert!(f.alive() && seen._0.is(&a));
        assert_eq!((seen._2._0, seen._2._1, seen._3.count_items()), (Str::lit("fa"), 1, 0));
        assert!(f.detach().is_some() && f.detach().is_none() && !f.alive());
        drop((seen._0, a));
        assert_eq!(log(), ["a"]);
    }

    #[test]
    fn what_it_raises_is_unraisable_or_the_callers() {
        let failing = Function::new("failing", (), |(), ()| -> Result<()> { Err(Exception::new(&VALUE_ERROR, "no")) });
        let hook = Function::new("hook", (), |(), (args,): (UnraisableHookArgs,)| {
            say(args.exc_value.str()?);
            Ok(())
        });
        sys::set_unraisablehook(Some(hook));
        let a = Noisy::new("a");
        let f = finalize(&a, &failing, ());
        drop(a);
        assert!(!f.alive());
        let b = Noisy::new("b");
        let g = finalize(&b, &failing, ());
        assert_eq!(g.call().unwrap_err().to_string(), "no");
        assert!(!g.alive());
        drop(b);
        sys::set_unraisablehook(None);
        assert_eq!(log(), ["a", "no", "b"]);
    }
}
