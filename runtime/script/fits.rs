//! Values of scripts where Rust wants one of its own types, and the other way round.

use super::{Lends, ToScript, not_none};
use crate::builtins::exceptions::{OVERFLOW_ERROR, TYPE_ERROR};
use crate::builtins::number::int::overflow;
use crate::builtins::{Exception, List, Result, Str};
use crate::trace::Trace;

/// A value that can be put where a `P` is wanted.
#[diagnostic::on_unimplemented(
    message = "expected a `{P}`, found a `{Self}`",
    label = "this is a `{Self}`, and a `{P}` is wanted"
)]
pub trait Fits<P> {
    /// The value as a `P`.
    fn fit(self) -> Result<P>;
}

/// The value as one of the type that its place wants.
#[inline]
pub fn fitting<T: Fits<P>, P>(value: T) -> Result<P> {
    value.fit()
}

/// What stays where it is, as a value of the type that its place wants.
#[inline]
pub fn lent<'a, T: Lends<'a, P>, P>(value: &'a T) -> Result<P> {
    value.lend()
}

#[diagnostic::do_not_recommend]
impl<T> Fits<T> for T {
    #[inline]
    fn fit(self) -> Result<T> {
        Ok(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T> Fits<Option<T>> for T {
    #[inline]
    fn fit(self) -> Result<Option<T>> {
        Ok(Some(self))
    }
}

#[diagnostic::do_not_recommend]
impl<T> Fits<T> for Option<T> {
    #[inline]
    fn fit(self) -> Result<T> {
        not_none(self, core::any::type_name::<T>())
    }
}

macro_rules! fits {
    ($($from:ty => $to:ty: |$it:ident| $result:expr;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl Fits<$to> for $from {
            #[inline]
            fn fit(self) -> Result<$to> {
                let $it = self;
                $result
            }
        }

        #[diagnostic::do_not_recommend]
        impl<'a> Lends<'a, $to> for $from {
            #[inline]
            fn lend(&'a self) -> Result<$to> {
                self.clone().fit()
            }
        }

        #[diagnostic::do_not_recommend]
        impl<'a> Lends<'a, Option<$to>> for $from {
            #[inline]
            fn lend(&'a self) -> Result<Option<$to>> {
                self.clone().fit()
            }
        }

        #[diagnostic::do_not_recommend]
        impl<'a> Lends<'a, Option<$to>> for Option<$from> {
            #[inline]
            fn lend(&'a self) -> Result<Option<$to>> {
                self.clone().fit()
            }
        }

        #[diagnostic::do_not_recommend]
        impl Fits<Option<$to>> for $from {
            #[inline]
            fn fit(self) -> Result<Option<$to>> {
                Fits::<$to>::fit(self).map(Some)
            }
        }

        #[diagnostic::do_not_recommend]
        impl Fits<Option<$to>> for Option<$from> {
            #[inline]
            fn fit(self) -> Result<Option<$to>> {
                self.map(Fits::<$to>::fit).transpose()
            }
        }
    )+};
}

#[diagnostic::do_not_recommend]
impl<T: Trace + Clone + Fits<P>, P> Fits<Vec<P>> for List<T> {
    fn fit(self) -> Result<Vec<P>> {
        self.to_vec().into_iter().map(T::fit).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Fits<P>, P: Trace> Fits<List<P>> for Vec<T> {
    fn fit(self) -> Result<List<P>> {
        self.into_iter().map(T::fit).collect::<Result<Vec<P>>>().map(List::from)
    }
}

#[cold]
fn too_large(value: i64, ty: &str) -> Exception {
    Exception::new(&OVERFLOW_ERROR, format!("{value} does not fit in a '{ty}'"))
}

fn single(text: &Str) -> Result<char> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => Ok(only),
        _ => {
            let found = text.chars().count();
            Err(Exception::new(&TYPE_ERROR, format!("expected a character, but string of length {found} found")))
        }
    }
}

macro_rules! integers {
    ($($type:ty)+) => { fits! { $(
        i64 => $type: |it| <$type>::try_from(it).map_err(|_| too_large(it, stringify!($type)));
        $type => i64: |it| i64::try_from(it).map_err(|_| overflow());
    )+ } };
}

integers!(i8 i16 i32 i128 isize u8 u16 u32 u64 u128 usize);

fits! {
    i64 => f64: |it| Ok(it as f64);
    i64 => f32: |it| Ok(it as f32);
    f64 => f32: |it| Ok(it as f32);
    f32 => f64: |it| Ok(f64::from(it));
    Str => String: |it| Ok(it.to_string());
    String => Str: |it| Ok(Str::from(it));
    char => Str: |it| it.to_script();
    Str => char: |it| single(&it);
    &str => Str: |it| Ok(Str::from(it.to_owned()));
}
