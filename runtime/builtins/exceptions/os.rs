//! What an OSError knows of the system's error: its number, its text and the file.

use super::class::*;
use super::exception::Exception;
use super::object::BaseException;
use crate::builtins::any::Any;
use crate::builtins::protocol::Show;
use crate::builtins::{Result, Str};

/// The class of an exception that is made as `OSError(number, text)`: `OSError(2, "…")` is a FileNotFoundError.
pub(super) fn class_for(class: &'static Class, arguments: &[Any]) -> &'static Class {
    if !core::ptr::eq(class, &OS_ERROR) || !has_number(arguments) {
        return class;
    }
    match arguments[0].get::<i64>() {
        Some(1 | 13) => &PERMISSION_ERROR,
        Some(2) => &FILE_NOT_FOUND_ERROR,
        Some(3) => &PROCESS_LOOKUP_ERROR,
        Some(4) => &INTERRUPTED_ERROR,
        Some(10) => &CHILD_PROCESS_ERROR,
        Some(11 | 114 | 115) => &BLOCKING_IO_ERROR,
        Some(17) => &FILE_EXISTS_ERROR,
        Some(20) => &NOT_A_DIRECTORY_ERROR,
        Some(21) => &IS_A_DIRECTORY_ERROR,
        Some(32 | 108) => &BROKEN_PIPE_ERROR,
        Some(103) => &CONNECTION_ABORTED_ERROR,
        Some(104) => &CONNECTION_RESET_ERROR,
        Some(110) => &TIMEOUT_ERROR,
        Some(111) => &CONNECTION_REFUSED_ERROR,
        _ => class,
    }
}

/// Whether the first two arguments are the number and the text.
fn has_number(arguments: &[Any]) -> bool {
    (2..=5).contains(&arguments.len())
}

fn has_file(arguments: &[Any]) -> bool {
    (3..=5).contains(&arguments.len()) && !arguments[2].is_none()
}

impl BaseException {
    fn is_os_error(&self) -> bool {
        self.class().is_subclass(&OS_ERROR)
    }

    /// How many of the arguments `args` has: the name of a file is not one of them.
    pub(super) fn shown_count(&self, arguments: &[Any]) -> usize {
        match self.is_os_error() && has_file(arguments) {
            true => 2,
            false => arguments.len(),
        }
    }

    /// `[Errno 2] No such file or directory: 'a.txt'`; whether it is of that form.
    pub(super) fn write_os_error(&self, arguments: &[Any], out: &mut String) -> Result<bool> {
        if !self.is_os_error() || !has_number(arguments) {
            return Ok(false);
        }
        out.push_str("[Errno ");
        arguments[0].write_str(out)?;
        out.push_str("] ");
        arguments[1].write_str(out)?;
        if has_file(arguments) {
            out.push_str(": ");
            arguments[2].write_repr(out)?;
        }
        Ok(true)
    }

    fn os_argument<T: Clone + 'static>(&self, index: usize) -> Option<T> {
        let has_number = self.is_os_error() && (2..=5).contains(&self.given_count());
        self.argument(index).filter(|_| has_number)?.get()
    }
}

impl Exception {
    /// The OSError that stands for an error of the system, about a file if it is named.
    pub(in crate::builtins) fn of_system(error: std::io::Error, file: Option<&Str>) -> Exception {
        let Some(number) = error.raw_os_error() else { return Exception::from_error(error) };
        let text = error.to_string();
        let text = text.strip_suffix(&format!(" (os error {number})")).unwrap_or(&text);
        let mut arguments = vec![Any::from(i64::from(number)), Any::from(Str::from(text))];
        arguments.extend(file.map(|file| Any::from(file.clone())));
        Exception::with_arguments(&OS_ERROR, arguments)
    }

    /// `e.errno` of an OSError: the system's number of the error.
    pub fn errno(&self) -> Option<i64> {
        self.object().os_argument(0)
    }

    /// `e.strerror` of an OSError: the system's text.
    pub fn strerror(&self) -> Option<Str> {
        self.object().os_argument(1)
    }

    /// `e.filename` of an OSError: the file that it is about.
    pub fn filename(&self) -> Option<Str> {
        self.object().os_argument(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(class: &'static Class, file: Option<&'static str>) -> Exception {
        let mut arguments = vec![Any::from(2i64), Any::from(Str::lit("gone"))];
        arguments.extend(file.map(|file| Any::from(Str::lit(file))));
        Exception::with_arguments(class, arguments)
    }

    #[test]
    fn the_number_chooses_the_class() {
        assert!(made(&OS_ERROR, None).is(&FILE_NOT_FOUND_ERROR));
        assert!(!made(&PERMISSION_ERROR, None).is(&FILE_NOT_FOUND_ERROR));
        assert!(!made(&VALUE_ERROR, None).is(&OS_ERROR));
    }

    #[test]
    fn it_shows_the_number_and_the_file() {
        let (plain, about) = (made(&OS_ERROR, None), made(&OS_ERROR, Some("a.txt")));
        assert_eq!(plain.to_string(), "[Errno 2] gone");
        assert_eq!(about.to_string(), "[Errno 2] gone: 'a.txt'");
        assert_eq!(about.repr().unwrap(), Str::lit("FileNotFoundError(2, 'gone')"));
        assert_eq!((plain.filename(), about.filename()), (None, Some(Str::lit("a.txt"))));
        assert_eq!((about.errno(), about.object().argument_count()), (Some(2), 2));
    }

    #[test]
    fn one_argument_is_a_message() {
        let error = Exception::new(&OS_ERROR, "disk on fire");
        assert_eq!((error.to_string(), error.errno(), error.strerror()), ("disk on fire".to_owned(), None, None));
    }
}
