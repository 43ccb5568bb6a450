//! An iterator seen as one of another item type: of `Dog`s where one of `Animal`s is wanted.

use super::object::{Iter, Steps};
use crate::builtins::{Any, Exception, Result};
use crate::generator::Step;
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};

/// The object of such an iterator.
struct Converted<A: 'static, B: 'static> {
    source: Iter<A>,
    convert: fn(A) -> Result<B>,
}

// SAFETY: the source is all that can own a `Gc`.
unsafe impl<A, B> Trace for Converted<A, B> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.source.trace(tracer);
    }

    fn type_name() -> &'static str {
        "iterator"
    }
}

impl<A, B> Converted<A, B> {
    fn converted(&self, step: Step<A, Any>) -> Result<Step<B, Any>> {
        Ok(match step {
            Step::Yielded(item) => Step::Yielded((self.convert)(item)?),
            Step::Returned(value) => Step::Returned(value),
            Step::Finished => Step::Finished,
        })
    }
}

impl<A, B> Steps<B> for Converted<A, B> {
    fn step(&self) -> Result<Option<B>> {
        self.source.step()?.map(self.convert).transpose()
    }

    fn advance(&self) -> Result<Step<B, Any>> {
        self.converted(self.source.object().advance()?)
    }

    fn throw(&self, exception: Exception) -> Result<Step<B, Any>> {
        self.converted(self.source.object().throw(exception)?)
    }

    fn close(&self) -> Result<()> {
        self.source.close()
    }

    fn class_name(&self) -> &'static str {
        self.source.object().class_name()
    }
}

impl<A: 'static> Iter<A> {
    /// The same items as values of another type.
    pub fn converted<B: 'static>(self, convert: fn(A) -> Result<B>) -> Iter<B> {
        let object = Gc::new(Converted { source: self, convert });
        Iter::from_object(crate::unsize!(object => dyn Steps<B>))
    }
}

#[cfg(test)]
mod tests {
    use crate::builtins::protocol::Iterate;
    use crate::builtins::{Iter, List};

    #[test]
    fn items_are_converted_one_by_one() {
        let numbers = Iter::new(List::from([1i64, 2]).iter().unwrap());
        let floats = numbers.clone().converted(|n| Ok(n as f64));
        assert_eq!((floats.advance().unwrap(), numbers.advance().unwrap()), (1.0, 2));
        assert_eq!(floats.step().unwrap(), None);
    }
}
