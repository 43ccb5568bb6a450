//! `print`, and where it goes.

use super::exceptions::OS_ERROR;
use super::{Exception, Result, Str};
use core::cell::RefCell;
use std::io::Write;

thread_local! {
    /// What is captured, innermost last.
    static CAPTURED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// `print(parts…, sep=sep, end=end)`
pub fn print(parts: &[Str], sep: &Str, end: &Str) -> Result<()> {
    let mut line = String::with_capacity(parts.iter().map(|part| part.as_str().len() + 1).sum());
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            line.push_str(sep);
        }
        line.push_str(part);
    }
    line.push_str(end);
    write(&line)
}

/// Writes text to the standard output, or to what captures it.
pub fn write(text: &str) -> Result<()> {
    // A thread that ends may have lost its captures already.
    let is_captured = CAPTURED.try_with(|captured| match captured.borrow_mut().last_mut() {
        Some(output) => {
            output.push_str(text);
            true
        }
        None => false,
    });
    if is_captured == Ok(true) {
        return Ok(());
    }
    std::io::stdout().lock().write_all(text.as_bytes()).map_err(|error| Exception::new(&OS_ERROR, error.to_string()))
}

/// Is the output of this thread captured?
pub(crate) fn is_captured() -> bool {
    CAPTURED.with_borrow(|captured| !captured.is_empty())
}

/// Runs code and gives what it prints on this thread meanwhile.
///
/// ```
/// use refcycle::builtins::{capture, write};
///
/// assert_eq!(capture(|| write("hello").unwrap()), "hello");
/// ```
pub fn capture(code: impl FnOnce()) -> String {
    /// Ends the capture also when the code panics.
    struct Capture;

    impl Drop for Capture {
        fn drop(&mut self) {
            if std::thread::panicking() {
                CAPTURED.with_borrow_mut(Vec::pop);
            }
        }
    }

    CAPTURED.with_borrow_mut(|captured| captured.push(String::new()));
    let capture = Capture;
    code();
    drop(capture);
    CAPTURED.with_borrow_mut(Vec::pop).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::Function;
    use std::sync::mpsc::{Sender, channel};

    #[test]
    fn what_dies_with_its_thread_can_print() {
        struct Last(Sender<bool>);
        impl Drop for Last {
            fn drop(&mut self) {
                let part = Function::<(), ()>::new("f", (), |(), ()| Ok(()));
                let printed = print(&[Str::from(part.name())], &Str::lit(""), &Str::lit("\n"));
                self.0.send(printed.is_ok()).unwrap();
            }
        }
        thread_local!(static KEPT: RefCell<Option<Last>> = const { RefCell::new(None) });
        let (sender, receiver) = channel();
        let thread = std::thread::spawn(move || {
            // What is used first is gone last.
            KEPT.set(Some(Last(sender)));
            capture(|| write("used").unwrap());
        });
        thread.join().unwrap();
        assert_eq!(receiver.recv(), Ok(true));
    }

    #[test]
    fn parts_are_separated_and_ended() {
        let parts = [Str::lit("a"), Str::lit("b")];
        let blank = Str::lit(" ");
        assert_eq!(capture(|| print(&parts, &blank, &Str::lit("\n")).unwrap()), "a b\n");
        assert_eq!(capture(|| print(&[], &blank, &Str::EMPTY).unwrap()), "");
    }

    #[test]
    fn captures_nest() {
        let outer = capture(|| {
            write("1").unwrap();
            assert_eq!(capture(|| write("2").unwrap()), "2");
            write("3").unwrap();
        });
        assert_eq!(outer, "13");
    }
}
