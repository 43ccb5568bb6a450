//! Places in a script.

use core::fmt;

/// A place in a script: generated code has one for each operation that can raise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file, as rustc names it.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// The function or method of the script.
    pub function: &'static str,
}

impl Location {
    /// A place in a script.
    pub const fn new(file: &'static str, line: u32, column: u32, function: &'static str) -> Location {
        Location { file, line, column, function }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{} in {}", self.file, self.line, self.column, self.function)
    }
}
