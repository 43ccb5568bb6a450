//! What every script knows without declaring it.

/// Functions that are typed and emitted one by one, because their parameters take many types.
pub const NAMES: &[&str] = &[
    "print",
    "len",
    "range",
    "enumerate",
    "zip",
    "map",
    "filter",
    "sorted",
    "reversed",
    "sum",
    "min",
    "max",
    "any",
    "all",
    "abs",
    "round",
    "divmod",
    "floordiv",
    "pow",
    "int",
    "float",
    "str",
    "bool",
    "repr",
    "ord",
    "chr",
    "hash",
    "id",
    "isinstance",
    "iter",
    "next",
    "list",
    "dict",
    "set",
    "frozenset",
    "tuple",
    "bytes",
    "input",
    "open",
    "super",
    "issubclass",
    "type",
    "callable",
    "format",
    "ascii",
    "bin",
    "oct",
    "hex",
];

/// The method of an object that a builtin function asks.
pub fn special_method(function: &str) -> Option<&'static str> {
    Some(match function {
        "abs" => "__abs__",
        "int" => "__int__",
        "float" => "__float__",
        "round" => "__round__",
        "divmod" => "__divmod__",
        "pow" => "__pow__",
        _ => return None,
    })
}

/// Types that need no declaration, with the number of their arguments.
pub const TYPES: &[(&str, usize)] = &[
    ("int", 0),
    ("float", 0),
    ("bool", 0),
    ("str", 0),
    ("bytes", 0),
    ("any", 0),
    ("list", 1),
    ("set", 1),
    ("frozenset", 1),
    ("dict", 2),
    ("weak", 1),
    ("Iterator", 1),
    ("Generator", 3),
    ("Iterable", 1),
];

/// Types whose values a pattern takes as a whole: `case int(n)`.
pub const WHOLE: &[&str] =
    &["int", "float", "str", "bool", "bytes", "list", "dict", "set", "frozenset", "tuple", "range"];

pub const MODULES: &[&str] = &[
    "gc",
    "sys",
    "weakref",
    "math",
    "itertools",
    "functools",
    "random",
    "atexit",
    "threading",
    "contextlib",
    "typing",
    "__future__",
    "collections",
    "dataclasses",
    "time",
    "io",
    "os",
];

/// Whether a name is hardly a variable of Rust's: it stands for the module.
pub fn is_module_alone(name: &str) -> bool {
    matches!(
        name,
        "gc" | "sys" | "weakref" | "math" | "itertools" | "functools" | "atexit" | "threading" | "contextlib"
    )
}

/// The classes of exceptions, each with its base.
pub const EXCEPTIONS: &[(&str, &str)] = &[
    ("BaseException", ""),
    ("GeneratorExit", "BaseException"),
    ("KeyboardInterrupt", "BaseException"),
    ("SystemExit", "BaseException"),
    ("Exception", "BaseException"),
    ("ArithmeticError", "Exception"),
    ("FloatingPointError", "ArithmeticError"),
    ("OverflowError", "ArithmeticError"),
    ("ZeroDivisionError", "ArithmeticError"),
    ("AssertionError", "Exception"),
    ("AttributeError", "Exception"),
    ("BufferError", "Exception"),
    ("EOFError", "Exception"),
    ("ImportError", "Exception"),
    ("ModuleNotFoundError", "ImportError"),
    ("LookupError", "Exception"),
    ("IndexError", "LookupError"),
    ("KeyError", "LookupError"),
    ("MemoryError", "Exception"),
    ("NameError", "Exception"),
    ("UnboundLocalError", "NameError"),
    ("OSError", "Exception"),
    ("BlockingIOError", "OSError"),
    ("ChildProcessError", "OSError"),
    ("ConnectionError", "OSError"),
    ("BrokenPipeError", "ConnectionError"),
    ("ConnectionAbortedError", "ConnectionError"),
    ("ConnectionRefusedError", "ConnectionError"),
    ("ConnectionResetError", "ConnectionError"),
    ("FileExistsError", "OSError"),
    ("FileNotFoundError", "OSError"),
    ("InterruptedError", "OSError"),
    ("IsADirectoryError", "OSError"),
    ("NotADirectoryError", "OSError"),
    ("PermissionError", "OSError"),
    ("ProcessLookupError", "OSError"),
    ("TimeoutError", "OSError"),
    ("ReferenceError", "Exception"),
    ("RuntimeError", "Exception"),
    ("NotImplementedError", "RuntimeError"),
    ("RecursionError", "RuntimeError"),
    ("StopIteration", "Exception"),
    ("StopAsyncIteration", "Exception"),
    ("SyntaxError", "Exception"),
    ("SystemError", "Exception"),
    ("TypeError", "Exception"),
    ("ValueError", "Exception"),
    ("UnicodeError", "ValueError"),
    ("UnicodeDecodeError", "UnicodeError"),
    ("UnicodeEncodeError", "UnicodeError"),
    ("UnicodeTranslateError", "UnicodeError"),
    ("Warning", "Exception"),
    ("BytesWarning", "Warning"),
    ("DeprecationWarning", "Warning"),
    ("EncodingWarning", "Warning"),
    ("FutureWarning", "Warning"),
    ("ImportWarning", "Warning"),
    ("PendingDeprecationWarning", "Warning"),
    ("ResourceWarning", "Warning"),
    ("RuntimeWarning", "Warning"),
    ("SyntaxWarning", "Warning"),
    ("UnicodeWarning", "Warning"),
    ("UserWarning", "Warning"),
];

/// The classes of exceptions that modules have, each with its base.
pub const MODULE_EXCEPTIONS: &[(&str, &str, &str)] = &[("io", "UnsupportedOperation", "OSError")];

pub fn is_module_exception(module: &str, name: &str) -> bool {
    MODULE_EXCEPTIONS.iter().any(|(known, class, _)| *known == module && *class == name)
}

pub fn is_exception(name: &str) -> bool {
    EXCEPTIONS.iter().any(|(known, _)| *known == name)
}

/// `ValueError` as the name of a static: `VALUE_ERROR`; `OSError` is `OS_ERROR`.
pub fn static_name(class: &str) -> String {
    let letters: Vec<char> = class.chars().collect();
    let mut name = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let starts_word = letter.is_uppercase()
            && at > 0
            && (letters[at - 1].is_lowercase() || letters.get(at + 1).is_some_and(|next| next.is_lowercase()));
        if starts_word {
            name.push('_');
        }
        name.extend(letter.to_uppercase());
    }
    name
}

/// The builtin classes and modules, in the language itself. `lent[T]`: the argument is only looked at.
pub const PRELUDE: &str = include_str!("prelude.script");
