//! What counts as true.

use crate::builtins::{Result, Str};

/// Values that can stand in a condition. Zero, empty containers and `None` are false.
#[diagnostic::on_unimplemented(message = "a `{Self}` can't be a condition of a script")]
pub trait Truth {
    /// `bool(self)`
    fn truth(&self) -> Result<bool>;
}

macro_rules! truth {
    ($($type:ty: $value:ident => $is_true:expr;)+) => {
        $(impl Truth for $type {
            #[inline]
            fn truth(&self) -> Result<bool> {
                let $value = self;
                Ok($is_true)
            }
        })+
    };
}

truth! {
    bool: value => *value;
    i64: value => *value != 0;
    f64: value => *value != 0.0;
    Str: value => !value.is_empty();
    (): _none => false;
}

impl<T: Truth> Truth for Option<T> {
    #[inline]
    fn truth(&self) -> Result<bool> {
        self.as_ref().map_or(Ok(false), T::truth)
    }
}

macro_rules! references {
    ($($type:ty)+) => {$(
        impl<T: Truth + ?Sized> Truth for $type {
            #[inline]
            fn truth(&self) -> Result<bool> {
                (**self).truth()
            }
        }
    )+};
}

references!(&T &mut T);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_zero_are_false() {
        assert!(!0.truth().unwrap() && !(-0.0).truth().unwrap() && !Str::EMPTY.truth().unwrap());
        assert!(!None::<i64>.truth().unwrap() && !Some(0).truth().unwrap() && Some(1).truth().unwrap());
        assert!(f64::NAN.truth().unwrap() && Str::lit("0").truth().unwrap());
    }
}
