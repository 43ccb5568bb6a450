//! `+` of tuples, which is one of the items of both, and `in`.

use super::Result;
use super::protocol::{Add, Contains, Equal};
use super::tuple::{Tuple1, Tuple2, Tuple3, Tuple4, Tuple5, Tuple6, Tuple7, Tuple8};

macro_rules! sums {
    ($($left:ident $($a:ident $i:ident)+, $right:ident $($b:ident $j:ident)+: $sum:ident;)+) => {$(
        impl<$($a: Clone,)+ $($b: Clone),+> Add<$right<$($b),+>> for $left<$($a),+> {
            type Output = $sum<$($a,)+ $($b),+>;

            fn add(&self, other: &$right<$($b),+>) -> Result<Self::Output> {
                Ok($sum::new($(self.$i.clone(),)+ $(other.$j.clone()),+))
            }
        }
    )+};
}

sums! {
    Tuple1 A _0, Tuple1 B _0: Tuple2;
    Tuple1 A _0, Tuple2 B _0 C _1: Tuple3;
    Tuple1 A _0, Tuple3 B _0 C _1 D _2: Tuple4;
    Tuple1 A _0, Tuple4 B _0 C _1 D _2 E _3: Tuple5;
    Tuple1 A _0, Tuple5 B _0 C _1 D _2 E _3 F _4: Tuple6;
    Tuple1 A _0, Tuple6 B _0 C _1 D _2 E _3 F _4 G _5: Tuple7;
    Tuple1 A _0, Tuple7 B _0 C _1 D _2 E _3 F _4 G _5 H _6: Tuple8;
    Tuple2 A _0 B _1, Tuple1 C _0: Tuple3;
    Tuple2 A _0 B _1, Tuple2 C _0 D _1: Tuple4;
    Tuple2 A _0 B _1, Tuple3 C _0 D _1 E _2: Tuple5;
    Tuple2 A _0 B _1, Tuple4 C _0 D _1 E _2 F _3: Tuple6;
    Tuple2 A _0 B _1, Tuple5 C _0 D _1 E _2 F _3 G _4: Tuple7;
    Tuple2 A _0 B _1, Tuple6 C _0 D _1 E _2 F _3 G _4 H _5: Tuple8;
    Tuple3 A _0 B _1 C _2, Tuple1 D _0: Tuple4;
    Tuple3 A _0 B _1 C _2, Tuple2 D _0 E _1: Tuple5;
    Tuple3 A _0 B _1 C _2, Tuple3 D _0 E _1 F _2: Tuple6;
    Tuple3 A _0 B _1 C _2, Tuple4 D _0 E _1 F _2 G _3: Tuple7;
    Tuple3 A _0 B _1 C _2, Tuple5 D _0 E _1 F _2 G _3 H _4: Tuple8;
    Tuple4 A _0 B _1 C _2 D _3, Tuple1 E _0: Tuple5;
    Tuple4 A _0 B _1 C _2 D _3, Tuple2 E _0 F _1: Tuple6;
    Tuple4 A _0 B _1 C _2 D _3, Tuple3 E _0 F _1 G _2: Tuple7;
    Tuple4 A _0 B _1 C _2 D _3, Tuple4 E _0 F _1 G _2 H _3: Tuple8;
    Tuple5 A _0 B _1 C _2 D _3 E _4, Tuple1 F _0: Tuple6;
    Tuple5 A _0 B _1 C _2 D _3 E _4, Tuple2 F _0 G _1: Tuple7;
    Tuple5 A _0 B _1 C _2 D _3 E _4, Tuple3 F _0 G _1 H _2: Tuple8;
    Tuple6 A _0 B _1 C _2 D _3 E _4 F _5, Tuple1 G _0: Tuple7;
    Tuple6 A _0 B _1 C _2 D _3 E _4 F _5, Tuple2 G _0 H _1: Tuple8;
    Tuple7 A _0 B _1 C _2 D _3 E _4 F _5 G _6, Tuple1 H _0: Tuple8;
}

macro_rules! searched {
    ($($tuple:ident $($type:ident $item:ident)+;)+) => {$(
        impl<V, $($type: Equal<V>),+> Contains<V> for $tuple<$($type),+> {
            fn contains(&self, item: &V) -> Result<bool> {
                $(
                    if self.$item.eq(item)? {
                        return Ok(true);
                    }
                )+
                Ok(false)
            }
        }
    )+};
}

searched! {
    Tuple1 A _0;
    Tuple2 A _0 B _1;
    Tuple3 A _0 B _1 C _2;
    Tuple4 A _0 B _1 C _2 D _3;
    Tuple5 A _0 B _1 C _2 D _3 E _4;
    Tuple6 A _0 B _1 C _2 D _3 E _4 F _5;
    Tuple7 A _0 B _1 C _2 D _3 E _4 F _5 G _6;
    Tuple8 A _0 B _1 C _2 D _3 E _4 F _5 G _6 H _7;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::Str;

    #[test]
    fn the_items_of_both() {
        let sum = Tuple1::new(1i64).add(&Tuple2::new(Str::lit("a"), 2.5)).unwrap();
        assert!(sum == Tuple3::new(1, Str::lit("a"), 2.5));
    }

    #[test]
    fn an_item_is_found_by_its_value() {
        let pair = Tuple2::new(1i64, 2.5);
        assert!(pair.contains(&1i64).unwrap() && pair.contains(&2.5).unwrap() && !pair.contains(&2i64).unwrap());
    }
}
