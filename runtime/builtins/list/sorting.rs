//! `xs.sort`

use super::List;
use crate::builtins::exceptions::VALUE_ERROR;
use crate::builtins::function::Function;
use crate::builtins::protocol::Compare;
use crate::builtins::sort::{arrange, sorted_places};
use crate::builtins::{Exception, Result};
use crate::trace::Trace;

impl<T: Trace + Clone> List<T> {
    /// `xs.sort(reverse=reverse)`
    pub fn sort(&self, reverse: bool) -> Result<()>
    where
        T: Compare,
    {
        if let Some(order) = T::TOTAL {
            // Runs no code of a script, so nobody can look at the list meanwhile.
            self.change(|items| items.sort_by(|a, b| if reverse { order(b, a) } else { order(a, b) }));
            return Ok(());
        }
        self.rearrange(|items| sorted_places(items, reverse))
    }

    /// `xs.sort(key=key, reverse=reverse)`
    pub fn sort_by_key<K: Compare + 'static>(&self, key: &Function<(T,), K>, reverse: bool) -> Result<()> {
        self.rearrange(|items| {
            let keys: Vec<K> = items.iter().map(|item| key.call((item.clone(),))).collect::<Result<_>>()?;
            sorted_places(&keys, reverse)
        })
    }

    /// As in CPython the list is empty while it is sorted, and what is put into it meanwhile is lost.
    fn rearrange(&self, order: impl FnOnce(&[T]) -> Result<Vec<usize>>) -> Result<()> {
        let mut items = self.take().take();
        let order = order(&items);
        if let Ok(places) = &order {
            items = arrange(items, places);
        }
        let intruders = self.change(|current| core::mem::replace(current, items));
        let was_changed = !intruders.is_empty();
        drop(intruders);
        order?;
        if was_changed {
            return Err(Exception::new(&VALUE_ERROR, "list modified during sort"));
        }
        Ok(())
    }
}
