//! What scripts do with objects of Rust types goes by Rust's traits: `str` by `Display`, `==` by `PartialEq`.

use core::cmp::Ordering;
use core::fmt::{self, Debug, Display};
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use std::hash::DefaultHasher;

type Format<T> = fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result;
type Eq<T> = fn(&T, &T) -> bool;
type Order<T> = fn(&T, &T) -> Option<Ordering>;

/// The traits that a type has, of those that scripts ask for.
pub struct Traits<T> {
    pub(super) display: Option<Format<T>>,
    pub(super) debug: Option<Format<T>>,
    pub(super) eq: Option<Eq<T>>,
    pub(super) order: Option<Order<T>>,
    pub(super) hash: Option<fn(&T) -> i64>,
}

impl<T> Traits<T> {
    /// None of them: as a class without special methods.
    pub const NONE: Traits<T> = Traits { display: None, debug: None, eq: None, order: None, hash: None };

    /// What [`traits!`](crate::traits) found.
    pub const fn new(
        display: Option<Format<T>>,
        debug: Option<Format<T>>,
        eq: Option<Eq<T>>,
        order: Option<Order<T>>,
        hash: Option<fn(&T) -> i64>,
    ) -> Traits<T> {
        Traits { display, debug, eq, order, hash }
    }
}

/// Looks for the traits of a type: a constant here shadows that of [`WithoutTraits`] if the type has its trait. In generic
/// code nothing is known of a parameter but its bounds.
pub struct FindTraits<T>(PhantomData<T>);

impl<T: Display> FindTraits<T> {
    /// `str`
    pub const DISPLAY: Option<Format<T>> = Some(T::fmt);
}

impl<T: Debug> FindTraits<T> {
    /// `repr`
    pub const DEBUG: Option<Format<T>> = Some(T::fmt);
}

impl<T: PartialEq> FindTraits<T> {
    /// `==`
    pub const EQ: Option<Eq<T>> = Some(T::eq);
}

impl<T: PartialOrd> FindTraits<T> {
    /// `<` and the like
    pub const ORDER: Option<Order<T>> = Some(T::partial_cmp);
}

impl<T: Hash> FindTraits<T> {
    /// `hash`
    pub const HASH: Option<fn(&T) -> i64> = Some(hash_of::<T>);
}

fn hash_of<T: Hash>(value: &T) -> i64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish() as i64
}

/// What [`FindTraits`] finds of a type without a trait.
pub trait WithoutTraits {
    /// The type.
    type Of;
    /// There is no `Display`.
    const DISPLAY: Option<Format<Self::Of>> = None;
    /// There is no `Debug`.
    const DEBUG: Option<Format<Self::Of>> = None;
    /// There is no `PartialEq`.
    const EQ: Option<Eq<Self::Of>> = None;
    /// There is no `PartialOrd`.
    const ORDER: Option<Order<Self::Of>> = None;
    /// There is no `Hash`.
    const HASH: Option<fn(&Self::Of) -> i64> = None;
}

impl<T> WithoutTraits for FindTraits<T> {
    type Of = T;
}

/// The traits of `Self`.
#[doc(hidden)]
#[macro_export]
macro_rules! __traits_of_self {
    () => {{
        #[allow(unused_imports)]
        use $crate::private::WithoutTraits as _;
        type Find<T> = $crate::private::FindTraits<T>;
        $crate::private::Traits::new(
            Find::<Self>::DISPLAY,
            Find::<Self>::DEBUG,
            Find::<Self>::EQ,
            Find::<Self>::ORDER,
            Find::<Self>::HASH,
        )
    }};
}
