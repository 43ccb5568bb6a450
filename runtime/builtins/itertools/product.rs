//! `itertools.product`.

use super::steps;
use crate::builtins::exceptions::VALUE_ERROR;
use crate::builtins::protocol::{Iterate, collect};
use crate::builtins::tuple::{Tuple1, Tuple2, Tuple3, Tuple4};
use crate::builtins::{Exception, Iter, Result, Seq};
use crate::trace::Trace;

macro_rules! products {
    ($($function:ident $tuple:ident: $($type:ident $items:ident $at:tt),+;)+) => {$(
        #[doc = concat!("`itertools.product(", stringify!($($items),+), ")`")]
        pub fn $function<$($type: Iterate<Item: Trace + Clone>),+>(
            $($items: &$type),+
        ) -> Result<Iter<$tuple<$($type::Item),+>>> {
            let lists = ($(collect($items)?,)+);
            let lengths = vec![$(lists.$at.len()),+];
            Ok(steps((lists, first(&lengths), lengths), |(lists, places, lengths)| {
                let Some(now) = places else { return Ok(None) };
                let chosen = $tuple::new($(lists.$at[now[$at]].clone()),+);
                if !turn(now, lengths) {
                    *places = None;
                }
                Ok(Some(chosen))
            }))
        }
    )+};
}

products! {
    product1 Tuple1: A a 0;
    product Tuple2: A a 0, B b 1;
    product3 Tuple3: A a 0, B b 1, C c 2;
    product4 Tuple4: A a 0, B b 1, C c 2, D d 3;
}

/// `itertools.product(items, repeat=times)`
pub fn product_repeat<X: Iterate<Item: Trace + Clone>>(items: &X, times: i64) -> Result<Iter<Seq<X::Item>>> {
    let Ok(times) = usize::try_from(times) else {
        return Err(Exception::new(&VALUE_ERROR, "repeat argument cannot be negative"));
    };
    let pool = collect(items)?;
    let lengths = vec![pool.len(); times];
    Ok(steps((pool, first(&lengths), lengths), |(pool, places, lengths)| {
        let Some(now) = places else { return Ok(None) };
        let chosen = now[..].iter().map(|place| pool[*place].clone()).collect();
        if !turn(now, lengths) {
            *places = None;
        }
        Ok(Some(chosen))
    }))
}

/// The first items, if every list has one.
fn first(lengths: &[usize]) -> Option<Vec<usize>> {
    (!lengths.contains(&0)).then(|| vec![0; lengths.len()])
}

/// Goes to the next places, the last the fastest; false after the last ones.
fn turn(places: &mut [usize], lengths: &[usize]) -> bool {
    for (place, length) in places.iter_mut().zip(lengths).rev() {
        *place += 1;
        if *place < *length {
            return true;
        }
        *place = 0;
    }
    false
}
