//! [`Report`]: an exception as a plain error.

use super::exception::Exception;
use super::location::Location;
use core::fmt;

/// What an exception says, without the objects that it refers to: `Send` and `Sync`.
///
/// Its `Display` is the message with the class in front; `{:#}` adds the places of the script and the causes.
#[derive(Clone, Debug)]
pub struct Report {
    class: &'static str,
    message: String,
    locations: Vec<Location>,
    because: Option<(Reason, Box<Report>)>,
}

/// Why one exception followed another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Cause,
    Context,
}

/// Chains are followed no further than this: they can be loops.
const LONGEST_CHAIN: usize = 100;

impl Report {
    pub(super) fn new(exception: &Exception) -> Report {
        Report::with_chain(exception, LONGEST_CHAIN)
    }

    fn with_chain(exception: &Exception, length: usize) -> Report {
        let object = exception.object();
        let next = |exception: Exception| Box::new(Report::with_chain(&exception, length - 1));
        let because = if length == 0 {
            None
        } else if let Some(cause) = object.cause() {
            Some((Reason::Cause, next(cause.clone())))
        } else if object.suppresses_context() {
            None
        } else {
            object.context().map(|context| (Reason::Context, next(context)))
        };
        Report {
            class: exception.class().name(),
            message: exception.to_string(),
            locations: object.locations(),
            because,
        }
    }

    /// The name of the exception's class.
    pub fn class(&self) -> &'static str {
        self.class
    }

    /// The exception's message.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The places of the script that it passed, innermost first.
    pub fn locations(&self) -> &[Location] {
        &self.locations
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.class)?;
        if !self.message.is_empty() {
            write!(f, ": {}", self.message)?;
        }
        if !f.alternate() {
            return Ok(());
        }
        for location in &self.locations {
            write!(f, "\n  at {location}")?;
        }
        match &self.because {
            Some((Reason::Cause, cause)) => write!(f, "\ncaused by {cause:#}"),
            Some((Reason::Context, context)) => write!(f, "\nwhile handling {context:#}"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for Report {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        self.because.as_ref().map(|(_, report)| &**report as _)
    }
}
