//! An open file as text.

use super::mode::Mode;
use crate::builtins::exceptions::{OS_ERROR, UNSUPPORTED_OPERATION, VALUE_ERROR};
use crate::builtins::text::Codec;
use crate::builtins::{Exception, Result};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

/// How much is read at once, and how much written text waits at most.
const CHUNK: usize = 8192;

pub struct Stream {
    file: File,
    pub mode: Mode,
    codec: Codec,
    flushes_lines: bool,
    /// Text that was read, with the line ends of the file; what lies before `given` was given out.
    text: String,
    given: usize,
    /// The first bytes of a character whose others weren't read yet.
    split: Vec<u8>,
    /// What was written and the system doesn't have yet.
    pending: Vec<u8>,
    /// `next()` reads ahead as it likes: the position isn't told then.
    is_stepping: bool,
}

impl Stream {
    pub fn new(mut file: File, mode: Mode, codec: Codec, flushes_lines: bool) -> Result<Stream> {
        if mode.appends {
            file.seek(SeekFrom::End(0)).map_err(failed)?;
        }
        let (text, split, pending) = (String::new(), Vec::new(), Vec::new());
        Ok(Stream { file, mode, codec, flushes_lines, text, given: 0, split, pending, is_stepping: false })
    }

    fn rest(&self) -> &str {
        &self.text[self.given..]
    }

    /// Before anything is read: what was written goes to the file first.
    fn begin_reading(&mut self) -> Result<()> {
        if !self.mode.reads {
            return Err(Exception::new(&UNSUPPORTED_OPERATION, "not readable"));
        }
        self.flush()
    }

    /// Reads on; false at the end of the file. The places in `rest()` stay as they are.
    fn fill(&mut self) -> Result<bool> {
        let mut chunk = [0; CHUNK];
        let count = self.file.read(&mut chunk).map_err(failed)?;
        self.take_in(&chunk[..count], count == 0)?;
        Ok(count > 0)
    }

    fn take_in(&mut self, bytes: &[u8], is_last: bool) -> Result<()> {
        let mut bytes = [&self.split, bytes].concat();
        self.split = match is_last {
            true => Vec::new(),
            false => bytes.split_off(self.codec.whole(&bytes)),
        };
        let text = self.codec.decode(&bytes)?;
        self.text.drain(..self.given);
        self.given = 0;
        self.text.push_str(&text);
        Ok(())
    }

    /// Gives out so many bytes of the text: every end of a line as `\n`.
    fn give(&mut self, length: usize) -> String {
        let text = &self.text[self.given..self.given + length];
        let text = match text.contains('\r') {
            true => text.replace("\r\n", "\n").replace('\r', "\n"),
            false => text.to_owned(),
        };
        self.given += length;
        text
    }

    pub fn read_all(&mut self) -> Result<String> {
        self.begin_reading()?;
        let mut bytes = Vec::new();
        self.file.read_to_end(&mut bytes).map_err(failed)?;
        self.take_in(&bytes, true)?;
        Ok(self.give(self.rest().len()))
    }

    pub fn read(&mut self, count: usize) -> Result<String> {
        self.begin_reading()?;
        let (mut length, mut found) = (0, 0);
        while found < count {
            match self.rest()[length..].chars().next() {
                // What follows decides whether this is the end of a line already.
                Some('\r') if length + 1 == self.rest().len() && self.fill()? => continue,
                Some('\r') if self.rest()[length..].starts_with("\r\n") => length += 2,
                Some(character) => length += character.len_utf8(),
                None if self.fill()? => continue,
                None => break,
            }
            found += 1;
        }
        Ok(self.give(length))
    }

    /// The next line with its end, or so many characters of it; empty at the end of the file.
    pub fn line(&mut self, limit: Option<usize>) -> Result<String> {
        self.begin_reading()?;
        let mut searched = 0;
        let (body, end) = loop {
            match self.rest()[searched..].find(['\n', '\r']).map(|found| found + searched) {
                Some(found) if self.rest()[found..] == *"\r" && self.fill()? => searched = found,
                Some(found) if self.rest()[found..].starts_with("\r\n") => break (found, 2),
                Some(found) => break (found, 1),
                None => {
                    searched = self.rest().len();
                    if !self.fill()? {
                        break (self.rest().len(), 0);
                    }
                }
            }
        };
        let within = limit.and_then(|limit| self.rest()[..body].char_indices().nth(limit).map(|(at, _)| at));
        match within {
            Some(length) => Ok(self.give(length)),
            None if limit == Some(self.rest()[..body].chars().count()) => Ok(self.give(body)),
            None => Ok(self.give(body + end)),
        }
    }

    /// The next line for a loop.
    pub fn step(&mut self) -> Result<Option<String>> {
        self.is_stepping = true;
        let line = self.line(None)?;
        self.is_stepping = !line.is_empty();
        Ok(Some(line).filter(|line| !line.is_empty()))
    }

    /// The number of characters written.
    pub fn write(&mut self, text: &str) -> Result<i64> {
        if !self.mode.writes {
            return Err(Exception::new(&UNSUPPORTED_OPERATION, "not writable"));
        }
        let bytes = self.codec.encode(text)?;
        self.forget();
        self.pending.extend(bytes);
        if self.pending.len() > CHUNK || (self.flushes_lines && text.contains(['\n', '\r'])) {
            self.flush()?;
        }
        Ok(text.chars().count() as i64)
    }

    pub fn flush(&mut self) -> Result<()> {
        let pending = core::mem::take(&mut self.pending);
        self.file.write_all(&pending).map_err(failed)
    }

    /// What was read ahead is of no use any more.
    fn forget(&mut self) {
        self.text.clear();
        self.given = 0;
        self.split.clear();
    }

    pub fn tell(&mut self) -> Result<i64> {
        if self.is_stepping {
            return Err(Exception::new(&OS_ERROR, "telling position disabled by next() call"));
        }
        self.flush()?;
        let position = self.file.stream_position().map_err(failed)? as i64;
        let ahead = self.codec.encode(self.rest())?.len() + self.split.len();
        Ok(position - ahead as i64)
    }

    pub fn seek(&mut self, offset: i64, whence: i64) -> Result<i64> {
        let unsupported = |message| Err(Exception::new(&UNSUPPORTED_OPERATION, message));
        let wanted = match (whence, u64::try_from(offset)) {
            (0, Ok(offset)) => SeekFrom::Start(offset),
            (0, Err(_)) => return Err(Exception::new(&VALUE_ERROR, format!("negative seek position {offset}"))),
            (1, Ok(0)) => SeekFrom::Start(self.tell()? as u64),
            (1, _) => return unsupported("can't do nonzero cur-relative seeks"),
            (2, Ok(0)) => SeekFrom::End(0),
            (2, _) => return unsupported("can't do nonzero end-relative seeks"),
            _ => {
                let message = format!("invalid whence ({whence}, should be 0, 1 or 2)");
                return Err(Exception::new(&VALUE_ERROR, message));
            }
        };
        self.flush()?;
        self.forget();
        self.is_stepping = false;
        Ok(self.file.seek(wanted).map_err(failed)? as i64)
    }

    pub fn truncate(&mut self, size: Option<i64>) -> Result<i64> {
        if !self.mode.writes {
            return Err(Exception::new(&UNSUPPORTED_OPERATION, "truncate"));
        }
        self.flush()?;
        let size = match size {
            Some(size) => size,
            None => self.file.stream_position().map_err(failed)? as i64,
        };
        // Linux's EINVAL.
        let length = u64::try_from(size).map_err(|_| failed(std::io::Error::from_raw_os_error(22)))?;
        self.file.set_len(length).map_err(failed)?;
        Ok(size)
    }
}

/// A file that nobody closed: what was written reaches it all the same.
impl Drop for Stream {
    fn drop(&mut self) {
        // As in CPython, nobody hears of a failure.
        let _ = self.flush();
    }
}

fn failed(error: std::io::Error) -> Exception {
    Exception::of_system(error, None)
}
