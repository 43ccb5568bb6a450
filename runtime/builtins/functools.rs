//! Python's `functools`.

use super::exceptions::TYPE_ERROR;
use super::protocol::{Iterate, ScriptIterator};
use super::{Exception, Function, Result};

/// `functools.reduce(function, items)`
pub fn reduce<X: Iterate<Item: 'static> + ?Sized>(
    function: &Function<(X::Item, X::Item), X::Item>,
    items: &X,
) -> Result<X::Item> {
    let mut iterator = items.iter()?;
    let first = iterator.next()?;
    let first = first.ok_or_else(|| Exception::new(&TYPE_ERROR, "reduce() of empty iterable with no initial value"))?;
    fold(function, iterator, first)
}

/// `functools.reduce(function, items, initial)`
pub fn reduce_from<X: Iterate<Item: 'static> + ?Sized, S: 'static>(
    function: &Function<(S, X::Item), S>,
    items: &X,
    initial: S,
) -> Result<S> {
    fold(function, items.iter()?, initial)
}

fn fold<I: ScriptIterator, S>(function: &Function<(S, I::Item), S>, mut iterator: I, initial: S) -> Result<S> {
    let mut result = initial;
    while let Some(item) = iterator.next()? {
        result = function.call((result, item))?;
    }
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::{Range, Str};

    #[test]
    fn reducing() {
        let add = Function::new("add", (), |(), (a, b): (i64, i64)| Ok(a + b));
        assert_eq!(reduce(&add, &Range::to(5)).unwrap(), 10);
        let message = "reduce() of empty iterable with no initial value";
        assert_eq!(reduce(&add, &Range::to(0)).unwrap_err().to_string(), message);
        let join = Function::new("join", (), |(), (text, n): (Str, i64)| Ok(Str::from(format!("{text}{n}"))));
        assert_eq!(reduce_from(&join, &Range::to(3), Str::lit(">")).unwrap(), ">012");
    }
}
