//! `Callable`: functions and closures as managed objects.

use super::Result;
use super::protocol::{Equal, Hashed, Identity, Show, Truth};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};

/// Python's `Callable[[…], R]`: a reference to a function with what it has captured. `A` is the tuple of its parameters.
///
/// What is captured is traced, so a cycle through a closure is collected. The code is a plain function that gets the
/// captured variables, usually [`Cell`](super::Cell)s, as its first argument.
///
/// ```
/// use refcycle::builtins::Function;
///
/// let add = Function::new("add", 10, |ten, (x,): (i64,)| Ok(ten + x));
/// assert_eq!(add.call((5,)).unwrap(), 15);
/// ```
pub struct Function<A: 'static, R: 'static>(Gc<dyn Call<A, R>>);

/// The object behind a [`Function`].
#[doc(hidden)]
pub trait Call<A, R>: Trace {
    /// Runs the code.
    fn call(&self, arguments: A) -> Result<R>;

    /// The function's name.
    fn name(&self) -> &'static str;

    /// The tuple of default values that its `def` made.
    fn defaults(&self) -> Option<&dyn core::any::Any> {
        None
    }
}

/// The variables that a function captures: in Python, a tuple of cells that belongs to the function.
pub struct Captured<C>(pub C);

// SAFETY: the cells are all that it owns.
unsafe impl<C: Trace> Trace for Captured<C> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.inline_object();
        self.0.trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        self.0.trace_named(tracer);
    }

    #[inline]
    fn drops_quietly() -> bool {
        C::drops_quietly()
    }
}

struct Closure<E, A, R> {
    name: &'static str,
    environment: E,
    code: fn(&E, A) -> Result<R>,
}

// SAFETY: the environment is all that can own a `Gc`.
unsafe impl<E: Trace, A: 'static, R: 'static> Trace for Closure<E, A, R> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.environment.trace(tracer);
    }

    fn trace_named(&self, tracer: &mut Tracer<'_>) {
        self.environment.trace_named(tracer);
    }

    fn type_name() -> &'static str {
        "function"
    }

    #[inline]
    fn drops_quietly() -> bool {
        E::drops_quietly()
    }
}

impl<E: Trace, A: 'static, R: 'static> Call<A, R> for Closure<E, A, R> {
    fn call(&self, arguments: A) -> Result<R> {
        (self.code)(&self.environment, arguments)
    }

    fn name(&self) -> &'static str {
        self.name
    }
}

/// A closure with default values that were made when its `def` ran.
struct Keeping<D, E, A, R> {
    defaults: D,
    closure: Closure<E, A, R>,
}

// SAFETY: the defaults and the environment are all that can own a `Gc`.
unsafe impl<D: Trace, E: Trace, A: 'static, R: 'static> Trace for Keeping<D, E, A, R> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.defaults.trace(tracer);
        self.closure.trace(tracer);
    }

    fn type_name() -> &'static str {
        "function"
    }
}

impl<D: Trace, E: Trace, A: 'static, R: 'static> Call<A, R> for Keeping<D, E, A, R> {
    fn call(&self, arguments: A) -> Result<R> {
        self.closure.call(arguments)
    }

    fn name(&self) -> &'static str {
        self.closure.name
    }

    fn defaults(&self) -> Option<&dyn core::any::Any> {
        Some(&self.defaults)
    }
}

/// A closure of Rust.
struct Untraced<A, R>(Box<dyn Fn(A) -> Result<R>>);

// SAFETY: what the closure captures counts as referred to from outside.
unsafe impl<A: 'static, R: 'static> Trace for Untraced<A, R> {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}
}

impl<A: 'static, R: 'static> Function<A, R> {
    /// A function with what it has captured. `code` is a function, or a closure that captures nothing.
    #[track_caller]
    pub fn new<E: Trace>(name: &'static str, environment: E, code: fn(&E, A) -> Result<R>) -> Function<A, R> {
        let closure = Gc::new(Closure { name, environment, code });
        Function(crate::unsize!(closure => dyn Call<A, R>))
    }

    /// A function that keeps default values: generated code reads them for the arguments that a call leaves out.
    #[doc(hidden)]
    #[track_caller]
    pub fn keeping<D: Trace, E: Trace>(
        name: &'static str,
        defaults: D,
        environment: E,
        code: fn(&E, A) -> Result<R>,
    ) -> Function<A, R> {
        let function = Gc::new(Keeping { defaults, closure: Closure { name, environment, code } });
        Function(crate::unsize!(function => dyn Call<A, R>))
    }

    /// The default values that it keeps.
    ///
    /// # Panics
    /// If it keeps none of this type.
    #[doc(hidden)]
    pub fn defaults<D: 'static>(&self) -> &D {
        let defaults = self.0.defaults().and_then(|defaults| defaults.downcast_ref());
        defaults.expect("a function that keeps defaults of this type")
    }

    /// A closure of Rust as a function of a script. What it has captured isn't traced: a managed pointer in it counts as a
    /// reference from outside.
    ///
    /// ```
    /// use refcycle::builtins::Function;
    ///
    /// let factor = 3;
    /// let times = Function::from_rust("times", move |(x,): (i64,)| Ok(x * factor));
    /// assert_eq!(times.call((5,)).unwrap(), 15);
    /// ```
    #[track_caller]
    pub fn from_rust(name: &'static str, code: impl Fn(A) -> Result<R> + 'static) -> Function<A, R> {
        Function::new(name, Untraced(Box::new(code)), |code: &Untraced<A, R>, arguments| (code.0)(arguments))
    }

    /// Calls it. It stays alive until the call has ended, even if it gives up its last reference.
    #[inline]
    pub fn call(&self, arguments: A) -> Result<R> {
        self.0.call(arguments)
    }

    pub(crate) fn object(&self) -> &Gc<dyn Call<A, R>> {
        &self.0
    }

    pub(crate) fn from_object(object: Gc<dyn Call<A, R>>) -> Function<A, R> {
        Function(object)
    }

    /// `f.__name__`
    pub fn name(&self) -> &'static str {
        self.0.name()
    }
}

impl<A, R> Clone for Function<A, R> {
    fn clone(&self) -> Function<A, R> {
        Function(self.0.clone())
    }
}

crate::trace::handle!([A: 'static, R: 'static] Function<A, R>);

impl<A: 'static, R: 'static> Show for Function<A, R> {
    fn type_name(&self) -> &'static str {
        "function"
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&format!("<function {} at {:#x}>", self.name(), self.id()));
        Ok(())
    }
}

impl<A, R> Identity for Function<A, R> {
    fn is(&self, other: &Function<A, R>) -> bool {
        Gc::ptr_eq(&self.0, &other.0)
    }

    fn id(&self) -> i64 {
        Gc::as_ptr(&self.0).addr() as i64
    }
}

impl<A, R> Equal for Function<A, R> {
    fn eq(&self, other: &Function<A, R>) -> Result<bool> {
        Ok(self.is(other))
    }
}

impl<A, R> Hashed for Function<A, R> {
    fn hash(&self) -> Result<i64> {
        Ok(self.id() >> 4)
    }
}

impl<A, R> Truth for Function<A, R> {
    fn truth(&self) -> Result<bool> {
        Ok(true)
    }
}

impl<A: 'static, R: 'static> core::fmt::Debug for Function<A, R> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.repr().map_err(|_| core::fmt::Error)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::Cell;

    #[test]
    fn copies_share_what_was_captured() {
        let total = Cell::new(0i64);
        let count = Function::new("count", total.clone(), |total: &Cell<i64>, (by,): (i64,)| {
            total.set(total.get("total")? + by);
            total.get("total")
        });
        let same = count.clone();
        assert_eq!((count.call((2,)).unwrap(), same.call((3,)).unwrap()), (2, 5));
        assert_eq!(total.get("total").unwrap(), 5);
        assert!(count.is(&same));
    }

    #[test]
    fn a_function_in_its_own_variable_is_collected() {
        let slot: Cell<Function<(i64,), i64>> = Cell::unbound();
        slot.set(Function::new("again", slot.clone(), |slot: &Cell<Function<(i64,), i64>>, (n,): (i64,)| {
            if n == 0 { Ok(0) } else { Ok(n + slot.get("again")?.call((n - 1,))?) }
        }));
        assert_eq!(slot.get("again").unwrap().call((4,)).unwrap(), 10);
        drop(slot);
        assert_eq!(crate::gc::collect(), 2);
    }
}
