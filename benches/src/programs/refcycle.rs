//! refcycle: managed types as a user writes them; everything is left to the collector.

use refcycle::{Gc, gc, managed};

use super::shared;
use super::{Payload, Token};
use crate::payload::Payload as _;

#[managed]
pub struct Branch {
    left: Option<Gc<Branch>>,
    right: Option<Gc<Branch>>,
    _token: Token,
}

#[managed]
pub struct One {
    #[managed(mut)]
    next: Option<Gc<One>>,
    _payload: Payload,
}

#[managed]
pub struct Two {
    #[managed(mut)]
    first: Option<Gc<Two>>,
    #[managed(mut)]
    second: Option<Gc<Two>>,
    _payload: Payload,
}

#[managed]
pub struct Three {
    #[managed(mut)]
    first: Option<Gc<Three>>,
    #[managed(mut)]
    second: Option<Gc<Three>>,
    #[managed(mut)]
    third: Option<Gc<Three>>,
    _payload: Payload,
}

pub struct Refcycle;

impl shared::Contestant for Refcycle {
    type Leaf = Gc<Payload>;
    type Branch = Gc<Branch>;
    type One = Gc<One>;
    type Two = Gc<Two>;
    type Three = Gc<Three>;

    fn collect() {
        gc::collect();
    }
}

impl shared::Leaf for Gc<Payload> {
    #[inline]
    fn make(number: u64) -> Self {
        Gc::new(Payload::of(number))
    }
}

impl shared::Branch for Gc<Branch> {
    #[inline]
    #[allow(clippy::unit_arg, reason = "the token is `()` where time counts")]
    fn make([left, right]: [Option<Self>; 2]) -> Self {
        Branch::new(left, right, Token::of(0))
    }

    #[inline]
    fn children(&self) -> [Option<&Self>; 2] {
        [self.left.as_ref(), self.right.as_ref()]
    }
}

impl shared::Linked<1> for Gc<One> {
    #[inline]
    fn make([next]: [Option<Self>; 1], number: u64) -> Self {
        One::new(next, Payload::of(number))
    }

    #[inline]
    fn get<const LINK: usize>(&self) -> Option<Self> {
        self.next()
    }

    #[inline]
    fn set<const LINK: usize>(&self, to: Option<Self>) {
        self.set_next(to);
    }
}

impl shared::Linked<2> for Gc<Two> {
    #[inline]
    fn make([first, second]: [Option<Self>; 2], number: u64) -> Self {
        Two::new(first, second, Payload::of(number))
    }

    #[inline]
    fn get<const LINK: usize>(&self) -> Option<Self> {
        if LINK == 0 { self.first() } else { self.second() }
    }

    #[inline]
    fn set<const LINK: usize>(&self, to: Option<Self>) {
        if LINK == 0 { self.set_first(to) } else { self.set_second(to) }
    }
}

impl shared::Linked<3> for Gc<Three> {
    #[inline]
    fn make([first, second, third]: [Option<Self>; 3], number: u64) -> Self {
        Three::new(first, second, third, Payload::of(number))
    }

    #[inline]
    fn get<const LINK: usize>(&self) -> Option<Self> {
        match LINK {
            0 => self.first(),
            1 => self.second(),
            _ => self.third(),
        }
    }

    #[inline]
    fn set<const LINK: usize>(&self, to: Option<Self>) {
        match LINK {
            0 => self.set_first(to),
            1 => self.set_second(to),
            _ => self.set_third(to),
        }
    }
}
