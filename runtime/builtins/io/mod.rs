//! Python's `io`: files as text. A file is closed when its last reference goes, at the latest.

mod mode;
mod standard;
mod stream;
#[cfg(test)]
mod tests;
mod values;

use super::exceptions::VALUE_ERROR;
use super::protocol::{Iterate, ScriptIterator};
use super::text::Codec;
use super::{Any, Exception, List, Result, Str};
use crate::pointer::Gc;
use crate::trace::{Trace, Tracer};
use core::cell::RefCell;
use mode::Mode;
pub use standard::{Output, StandardStream, print};
use stream::Stream;

/// A file that a script's `open` has opened. The lines that it gives end in `\n`, whatever they end in there.
///
/// ```
/// use refcycle::builtins::{Str, io};
///
/// # fn main() -> Result<(), refcycle::builtins::Exception> {
/// let path = std::env::temp_dir().join(format!("refcycle-doc-{}.txt", std::process::id()));
/// let name = Str::from(path.to_str().unwrap());
/// let file = io::open(&name, Some(&Str::lit("w")), -1, None)?;
/// file.write(&Str::lit("one\ntwo\n"))?;
/// drop(file);
/// let file = io::open(&name, None, -1, None)?;
/// assert_eq!(file.readline(-1)?, "one\n");
/// assert_eq!(file.read(None)?, "two\n");
/// # std::fs::remove_file(path).unwrap();
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct TextIOWrapper(Gc<FileObject>);

/// A file and what it was opened as; nothing is left of the stream when it is closed.
pub struct FileObject {
    name: Str,
    mode: Str,
    encoding: Str,
    stream: RefCell<Option<Stream>>,
}

// SAFETY: a file and texts own no `Gc`.
unsafe impl Trace for FileObject {
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn acyclic() -> bool {
        true
    }

    fn type_name() -> &'static str {
        "TextIOWrapper"
    }
}

/// `open(path, mode, buffering, encoding)`: `1` for `buffering` gives each line to the system at once.
///
/// # Errors
/// An OSError of the kind that the system's error says; a ValueError for a mode that there is not; a LookupError for an
/// encoding other than UTF-8, ASCII and Latin-1.
pub fn open(path: &Str, mode: Option<&Str>, buffering: i64, encoding: Option<&Str>) -> Result<TextIOWrapper> {
    let mode = mode.cloned().unwrap_or(Str::lit("r"));
    let parsed = Mode::parse(&mode)?;
    if path.contains('\0') {
        return Err(Exception::new(&VALUE_ERROR, "embedded null byte"));
    }
    let failed = |error| Exception::of_system(error, Some(path));
    let file = parsed.options().open(path.as_str()).map_err(failed)?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(failed(std::io::Error::from_raw_os_error(21)));
    }
    if buffering == 0 {
        return Err(Exception::new(&VALUE_ERROR, "can't have unbuffered text I/O"));
    }
    let stream = Stream::new(file, parsed, Codec::named(encoding)?, buffering == 1)?;
    let encoding = encoding.cloned().unwrap_or(Str::lit("UTF-8"));
    let (name, stream) = (path.clone(), RefCell::new(Some(stream)));
    Ok(TextIOWrapper(Gc::new(FileObject { name, mode, encoding, stream })))
}

impl TextIOWrapper {
    /// Something is done with the open file.
    fn with<R>(&self, act: impl FnOnce(&mut Stream) -> Result<R>) -> Result<R> {
        match &mut *self.0.stream.borrow_mut() {
            Some(stream) => act(stream),
            None => Err(Exception::new(&VALUE_ERROR, "I/O operation on closed file.")),
        }
    }

    /// Something is asked about the open file.
    fn ask(&self, answer: impl FnOnce(&Stream) -> bool) -> Result<bool> {
        match &*self.0.stream.borrow() {
            Some(stream) => Ok(answer(stream)),
            None => Err(Exception::new(&VALUE_ERROR, "I/O operation on closed file")),
        }
    }

    /// `f.read(size)`: all that is left without a size.
    pub fn read(&self, size: Option<i64>) -> Result<Str> {
        self.with(|stream| match usize::try_from(size.unwrap_or(-1)) {
            Ok(count) => stream.read(count),
            Err(_) => stream.read_all(),
        })
        .map(Str::from)
    }

    /// `f.readline(size)`: the next line, with its end; empty at the end of the file.
    pub fn readline(&self, size: i64) -> Result<Str> {
        self.with(|stream| stream.line(usize::try_from(size).ok())).map(Str::from)
    }

    /// `f.readlines(hint)`: lines until they have `hint` characters together, or all.
    pub fn readlines(&self, hint: i64) -> Result<List<Str>> {
        let lines = List::new();
        let mut total = 0;
        while let Some(line) = self.step()? {
            total += line.chars().count() as i64;
            lines.append(line);
            if hint > 0 && total >= hint {
                break;
            }
        }
        Ok(lines)
    }

    /// `f.write(text)`: the number of characters.
    pub fn write(&self, text: &Str) -> Result<i64> {
        self.with(|stream| stream.write(text))
    }

    /// `f.writelines(lines)`: nothing is added between them.
    pub fn writelines<X: Iterate<Item = Str>>(&self, lines: &X) -> Result<()> {
        self.with(|_| Ok(()))?;
        let mut lines = lines.iter()?;
        while let Some(line) = lines.next()? {
            self.write(&line)?;
        }
        Ok(())
    }

    /// `f.flush()`: gives what was written to the system.
    pub fn flush(&self) -> Result<()> {
        self.with(Stream::flush)
    }

    /// `f.close()`; a second time does nothing.
    pub fn close(&self) -> Result<()> {
        let stream = self.0.stream.borrow_mut().take();
        stream.map_or(Ok(()), |mut stream| stream.flush())
    }

    /// `f.seek(offset, whence)`: from the start; 2 with an offset of 0 is the end.
    pub fn seek(&self, offset: i64, whence: i64) -> Result<i64> {
        self.with(|stream| stream.seek(offset, whence))
    }

    /// `f.tell()`: the place in bytes.
    pub fn tell(&self) -> Result<i64> {
        self.with(Stream::tell)
    }

    /// `f.truncate(size)`
    pub fn truncate(&self, size: Option<i64>) -> Result<i64> {
        self.with(|stream| stream.truncate(size))
    }

    /// `f.readable()`
    pub fn readable(&self) -> Result<bool> {
        self.ask(|stream| stream.mode.reads)
    }

    /// `f.writable()`
    pub fn writable(&self) -> Result<bool> {
        self.ask(|stream| stream.mode.writes)
    }

    /// `f.closed`
    pub fn closed(&self) -> bool {
        self.0.stream.borrow().is_none()
    }

    /// `f.name`: the path that it was opened by.
    pub fn name(&self) -> Str {
        self.0.name.clone()
    }

    /// `f.mode`
    pub fn mode(&self) -> Str {
        self.0.mode.clone()
    }

    /// `f.encoding`
    pub fn encoding(&self) -> Str {
        self.0.encoding.clone()
    }

    /// The file itself, if it is open.
    pub fn __enter__(&self) -> Result<TextIOWrapper> {
        self.with(|_| Ok(()))?;
        Ok(self.clone())
    }

    /// Closes it.
    pub fn __exit__(&self, _kind: Any, _exception: Any, _traceback: Any) -> Result<()> {
        self.close()
    }

    /// `next(f)`
    pub fn __next__(&self) -> Result<Str> {
        self.step()?.ok_or_else(|| Exception::bare(&super::exceptions::STOP_ITERATION))
    }

    fn step(&self) -> Result<Option<Str>> {
        Ok(self.with(Stream::step)?.map(Str::from))
    }
}

impl ScriptIterator for TextIOWrapper {
    type Item = Str;

    fn next(&mut self) -> Result<Option<Str>> {
        self.step()
    }
}

impl Iterate for TextIOWrapper {
    type Item = Str;
    type Iter = TextIOWrapper;

    fn iter(&self) -> Result<TextIOWrapper> {
        self.__enter__()
    }
}
