//! Errors of Rust as exceptions.

use super::class::*;
use super::exception::Exception;
use std::error::Error;
use std::io;

/// The exception that stands for an error.
pub(super) fn exception_of(error: Box<dyn Error>) -> Exception {
    let error = match error.downcast::<Exception>() {
        Ok(exception) => return *exception,
        Err(error) => error,
    };
    let mut exception = Exception::new(class_of(&*error), error.to_string());
    if let Some(cause) = error.source() {
        exception = exception.with_cause(Some(cause_of(cause)));
    }
    exception
}

fn cause_of(error: &(dyn Error + 'static)) -> Exception {
    if let Some(exception) = error.downcast_ref::<Exception>() {
        return exception.clone();
    }
    Exception::new(class_of(error), error.to_string()).with_cause(error.source().map(cause_of))
}

fn class_of(error: &(dyn Error + 'static)) -> &'static Class {
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return class_of_io(error.kind());
    }
    let is_value = error.is::<core::num::ParseIntError>()
        || error.is::<core::num::ParseFloatError>()
        || error.is::<core::num::TryFromIntError>()
        || error.is::<core::str::ParseBoolError>()
        || error.is::<core::char::ParseCharError>();
    if is_value {
        &VALUE_ERROR
    } else if error.is::<core::str::Utf8Error>() || error.is::<std::string::FromUtf8Error>() {
        &UNICODE_DECODE_ERROR
    } else {
        &RUNTIME_ERROR
    }
}

fn class_of_io(kind: io::ErrorKind) -> &'static Class {
    match kind {
        io::ErrorKind::NotFound => &FILE_NOT_FOUND_ERROR,
        io::ErrorKind::PermissionDenied => &PERMISSION_ERROR,
        io::ErrorKind::AlreadyExists => &FILE_EXISTS_ERROR,
        io::ErrorKind::IsADirectory => &IS_A_DIRECTORY_ERROR,
        io::ErrorKind::NotADirectory => &NOT_A_DIRECTORY_ERROR,
        io::ErrorKind::Interrupted => &INTERRUPTED_ERROR,
        io::ErrorKind::TimedOut => &TIMEOUT_ERROR,
        io::ErrorKind::WouldBlock => &BLOCKING_IO_ERROR,
        io::ErrorKind::BrokenPipe => &BROKEN_PIPE_ERROR,
        io::ErrorKind::ConnectionAborted => &CONNECTION_ABORTED_ERROR,
        io::ErrorKind::ConnectionRefused => &CONNECTION_REFUSED_ERROR,
        io::ErrorKind::ConnectionReset => &CONNECTION_RESET_ERROR,
        io::ErrorKind::UnexpectedEof => &EOF_ERROR,
        io::ErrorKind::OutOfMemory => &MEMORY_ERROR,
        _ => &OS_ERROR,
    }
}
