//! Exception classes: one static per class, linked to its base.

use crate::builtins::Any;
use crate::pointer::Object;
use core::fmt;

/// A class of exceptions. `except` walks the chain of bases and compares addresses, so a class is always a `static`.
pub struct Class {
    name: &'static str,
    base: Option<&'static Class>,
    /// A second base: Python's own hierarchy has one such class.
    also: Option<&'static Class>,
    wrap: Option<fn(Object) -> Any>,
}

impl Class {
    /// A class that derives from `base`; scripts get theirs from `class MyError(ValueError)`.
    pub const fn new(name: &'static str, base: Option<&'static Class>) -> Class {
        Class { name, base, also: None, wrap: None }
    }

    /// The class, with what makes an `any` of one of its objects.
    #[doc(hidden)]
    pub const fn with_objects(self, wrap: fn(Object) -> Any) -> Class {
        Class { wrap: Some(wrap), ..self }
    }

    /// An object of the class as an `any`, by the type that the class has in Rust.
    #[doc(hidden)]
    pub fn wrap(&self, object: Object) -> Option<Any> {
        self.wrap.map(|wrap| wrap(object))
    }

    /// The class's name, as messages show it.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The class that this one derives from; only `BaseException` has none.
    pub const fn base(&self) -> Option<&'static Class> {
        self.base
    }

    /// Whether `self` is `other` or derives from it.
    pub fn is_subclass(&self, other: &Class) -> bool {
        let mut class = self;
        loop {
            if core::ptr::eq(class, other) {
                return true;
            }
            if class.also.is_some_and(|also| also.is_subclass(other)) {
                return true;
            }
            match class.base {
                Some(base) => class = base,
                None => return false,
            }
        }
    }
}

impl fmt::Debug for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<class '{}'>", self.name)
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

macro_rules! hierarchy {
    ($($constant:ident $name:literal : $base:ident;)+) => {
        $(
            #[doc = concat!("Python's `", $name, "`.")]
            pub static $constant: Class = Class::new($name, Some(&$base));
        )+
        /// Python's built-in exception classes, bases first.
        pub static BUILTIN: &[&Class] = &[&BASE_EXCEPTION, $(&$constant),+];
    };
}

/// Python's `BaseException`, the root.
pub static BASE_EXCEPTION: Class = Class::new("BaseException", None);

hierarchy! {
    GENERATOR_EXIT "GeneratorExit": BASE_EXCEPTION;
    KEYBOARD_INTERRUPT "KeyboardInterrupt": BASE_EXCEPTION;
    SYSTEM_EXIT "SystemExit": BASE_EXCEPTION;
    EXCEPTION "Exception": BASE_EXCEPTION;
    ARITHMETIC_ERROR "ArithmeticError": EXCEPTION;
    FLOATING_POINT_ERROR "FloatingPointError": ARITHMETIC_ERROR;
    OVERFLOW_ERROR "OverflowError": ARITHMETIC_ERROR;
    ZERO_DIVISION_ERROR "ZeroDivisionError": ARITHMETIC_ERROR;
    ASSERTION_ERROR "AssertionError": EXCEPTION;
    ATTRIBUTE_ERROR "AttributeError": EXCEPTION;
    BUFFER_ERROR "BufferError": EXCEPTION;
    EOF_ERROR "EOFError": EXCEPTION;
    IMPORT_ERROR "ImportError": EXCEPTION;
    MODULE_NOT_FOUND_ERROR "ModuleNotFoundError": IMPORT_ERROR;
    LOOKUP_ERROR "LookupError": EXCEPTION;
    INDEX_ERROR "IndexError": LOOKUP_ERROR;
    KEY_ERROR "KeyError": LOOKUP_ERROR;
    MEMORY_ERROR "MemoryError": EXCEPTION;
    NAME_ERROR "NameError": EXCEPTION;
    UNBOUND_LOCAL_ERROR "UnboundLocalError": NAME_ERROR;
    OS_ERROR "OSError": EXCEPTION;
    BLOCKING_IO_ERROR "BlockingIOError": OS_ERROR;
    CHILD_PROCESS_ERROR "ChildProcessError": OS_ERROR;
    CONNECTION_ERROR "ConnectionError": OS_ERROR;
    BROKEN_PIPE_ERROR "BrokenPipeError": CONNECTION_ERROR;
    CONNECTION_ABORTED_ERROR "ConnectionAbortedError": CONNECTION_ERROR;
    CONNECTION_REFUSED_ERROR "ConnectionRefusedError": CONNECTION_ERROR;
    CONNECTION_RESET_ERROR "ConnectionResetError": CONNECTION_ERROR;
    FILE_EXISTS_ERROR "FileExistsError": OS_ERROR;
    FILE_NOT_FOUND_ERROR "FileNotFoundError": OS_ERROR;
    INTERRUPTED_ERROR "InterruptedError": OS_ERROR;
    IS_A_DIRECTORY_ERROR "IsADirectoryError": OS_ERROR;
    NOT_A_DIRECTORY_ERROR "NotADirectoryError": OS_ERROR;
    PERMISSION_ERROR "PermissionError": OS_ERROR;
    PROCESS_LOOKUP_ERROR "ProcessLookupError": OS_ERROR;
    TIMEOUT_ERROR "TimeoutError": OS_ERROR;
    REFERENCE_ERROR "ReferenceError": EXCEPTION;
    RUNTIME_ERROR "RuntimeError": EXCEPTION;
    NOT_IMPLEMENTED_ERROR "NotImplementedError": RUNTIME_ERROR;
    RECURSION_ERROR "RecursionError": RUNTIME_ERROR;
    STOP_ITERATION "StopIteration": EXCEPTION;
    STOP_ASYNC_ITERATION "StopAsyncIteration": EXCEPTION;
    SYNTAX_ERROR "SyntaxError": EXCEPTION;
    SYSTEM_ERROR "SystemError": EXCEPTION;
    TYPE_ERROR "TypeError": EXCEPTION;
    VALUE_ERROR "ValueError": EXCEPTION;
    UNICODE_ERROR "UnicodeError": VALUE_ERROR;
    UNICODE_DECODE_ERROR "UnicodeDecodeError": UNICODE_ERROR;
    UNICODE_ENCODE_ERROR "UnicodeEncodeError": UNICODE_ERROR;
    UNICODE_TRANSLATE_ERROR "UnicodeTranslateError": UNICODE_ERROR;
    WARNING "Warning": EXCEPTION;
    BYTES_WARNING "BytesWarning": WARNING;
    DEPRECATION_WARNING "DeprecationWarning": WARNING;
    ENCODING_WARNING "EncodingWarning": WARNING;
    FUTURE_WARNING "FutureWarning": WARNING;
    IMPORT_WARNING "ImportWarning": WARNING;
    PENDING_DEPRECATION_WARNING "PendingDeprecationWarning": WARNING;
    RESOURCE_WARNING "ResourceWarning": WARNING;
    RUNTIME_WARNING "RuntimeWarning": WARNING;
    SYNTAX_WARNING "SyntaxWarning": WARNING;
    UNICODE_WARNING "UnicodeWarning": WARNING;
    USER_WARNING "UserWarning": WARNING;
}

/// Python's `io.UnsupportedOperation`: an OSError and a ValueError.
pub static UNSUPPORTED_OPERATION: Class =
    Class { also: Some(&VALUE_ERROR), ..Class::new("UnsupportedOperation", Some(&OS_ERROR)) };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subclass_is_caught_by_each_of_its_bases() {
        assert!(KEY_ERROR.is_subclass(&KEY_ERROR));
        assert!(KEY_ERROR.is_subclass(&LOOKUP_ERROR));
        assert!(KEY_ERROR.is_subclass(&EXCEPTION));
        assert!(!KEY_ERROR.is_subclass(&INDEX_ERROR));
        assert!(!LOOKUP_ERROR.is_subclass(&KEY_ERROR));
        for class in [&OS_ERROR, &VALUE_ERROR, &EXCEPTION] {
            assert!(UNSUPPORTED_OPERATION.is_subclass(class));
        }
    }

    #[test]
    fn leaving_a_program_or_a_generator_is_not_an_exception() {
        for class in [&GENERATOR_EXIT, &KEYBOARD_INTERRUPT, &SYSTEM_EXIT] {
            assert!(!class.is_subclass(&EXCEPTION));
            assert!(class.is_subclass(&BASE_EXCEPTION));
        }
    }

    #[test]
    fn classes_are_told_apart_by_address_not_by_name() {
        static MINE: Class = Class::new("ValueError", Some(&EXCEPTION));
        assert!(!MINE.is_subclass(&VALUE_ERROR));
    }

    #[test]
    fn every_builtin_class_has_a_name_of_its_own() {
        for (i, class) in BUILTIN.iter().enumerate() {
            assert!(BUILTIN[i + 1..].iter().all(|c| c.name() != class.name()));
        }
    }
}
