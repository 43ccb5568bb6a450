//! Arguments that are checked when a function is called, not when it is compiled.

use super::Any;
use super::dynamic::{AnyValue, type_error};
use crate::builtins::protocol::Show;
use crate::builtins::{Exception, Result};

/// The arguments of a [`Function`](crate::builtins::Function) that can be called through an `any`.
pub trait AnyArguments: Sized {
    /// The arguments for a function of this name.
    ///
    /// # Errors
    /// A TypeError if there are too many or too few, or one is of another type.
    fn from_anys(function: &str, arguments: &[Any]) -> Result<Self>;
}

/// One argument of a function of this name, by its place from 0.
///
/// # Errors
/// A TypeError if it is of another type.
pub fn argument<T: AnyValue>(function: &str, arguments: &[Any], place: usize) -> Result<T> {
    let given = &arguments[place];
    T::from_any(given).ok_or_else(|| wrong_type(function, place, given))
}

#[cold]
fn wrong_type(function: &str, place: usize, given: &Any) -> Exception {
    let place = place + 1;
    type_error(format!("{function}() argument {place} has the wrong type: '{}'", given.type_name()))
}

/// Checks how many arguments a function of this name is given; `names` are its parameters, `optional` how many of the last
/// ones have defaults. A receiver counts as an argument, too.
///
/// # Errors
/// A TypeError if there are too many or too few.
pub fn check_count(function: &str, receivers: usize, names: &[&str], optional: usize, arguments: &[Any]) -> Result<()> {
    let (given, most) = (arguments.len(), names.len());
    if given > most || given + optional < most {
        return Err(wrong_count(function, receivers, &names[..most - optional], most, given));
    }
    Ok(())
}

#[cold]
fn wrong_count(function: &str, receivers: usize, required: &[&str], most: usize, given: usize) -> Exception {
    if given > most {
        let (most, given, least) = (most + receivers, given + receivers, required.len() + receivers);
        let takes = match least == most {
            true => most.to_string(),
            false => format!("from {least} to {most}"),
        };
        let (plural, verb) = (if most == 1 { "" } else { "s" }, if given == 1 { "was" } else { "were" });
        return type_error(format!("{function}() takes {takes} positional argument{plural} but {given} {verb} given"));
    }
    let missing: Vec<String> = required[given..].iter().map(|name| format!("'{name}'")).collect();
    let plural = if missing.len() == 1 { "" } else { "s" };
    let names = match missing.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, [only])) => format!("{only} and {last}"),
        Some((last, rest)) => format!("{}, and {last}", rest.join(", ")),
        None => String::new(),
    };
    type_error(format!("{function}() missing {} required positional argument{plural}: {names}", missing.len()))
}

macro_rules! arguments {
    ($($count:literal: $($type:ident $place:tt)*;)+) => {$(
        impl<$($type: AnyValue),*> AnyArguments for ($($type,)*) {
            fn from_anys(function: &str, arguments: &[Any]) -> Result<Self> {
                if arguments.len() != $count {
                    return Err(wrong_number(function, $count, arguments.len()));
                }
                Ok(($(argument::<$type>(function, arguments, $place)?,)*))
            }
        }
    )+};
}

#[cold]
fn wrong_number(function: &str, wanted: usize, given: usize) -> Exception {
    let (plural, verb) = (if wanted == 1 { "" } else { "s" }, if given == 1 { "was" } else { "were" });
    type_error(format!("{function}() takes {wanted} positional argument{plural} but {given} {verb} given"))
}

arguments! {
    0: ;
    1: A 0;
    2: A 0 B 1;
    3: A 0 B 1 C 2;
    4: A 0 B 1 C 2 D 3;
    5: A 0 B 1 C 2 D 3 E 4;
    6: A 0 B 1 C 2 D 3 E 4 F 5;
    7: A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    8: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
}
