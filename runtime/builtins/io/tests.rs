//! Files in the folder for temporary ones, each with a name of its own.

use super::*;
use crate::builtins::exceptions::{FILE_NOT_FOUND_ERROR, UNICODE_DECODE_ERROR, UNSUPPORTED_OPERATION};
use crate::builtins::protocol::Show;
use std::path::PathBuf;

/// A file that is removed at the end.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, content: impl AsRef<[u8]>) -> Temporary {
        let path = std::env::temp_dir().join(format!("refcycle-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        Temporary(path)
    }

    fn path(&self) -> Str {
        Str::from(self.0.to_str().unwrap())
    }

    fn open(&self, mode: &'static str) -> TextIOWrapper {
        open(&self.path(), Some(&Str::lit(mode)), -1, None).unwrap()
    }

    fn content(&self) -> String {
        std::fs::read_to_string(&self.0).unwrap()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn every_end_of_a_line_is_one_character() {
    let file = Temporary::new("ends", "one\r\ntwo\rthree\nfour").open("r");
    assert_eq!(file.read(Some(4)).unwrap(), "one\n");
    assert_eq!(file.tell().unwrap(), 5);
    assert_eq!(file.readline(-1).unwrap(), "two\n");
    assert_eq!(file.readline(2).unwrap(), "th");
    assert_eq!(file.readline(3).unwrap(), "ree");
    assert_eq!(file.readlines(-1).unwrap().to_vec(), ["\n", "four"]);
    assert_eq!(file.readline(-1).unwrap(), "");
}

#[test]
fn characters_and_ends_of_lines_may_lie_across_what_is_read_at_once() {
    for before in 8189..8194 {
        let temporary = Temporary::new("across", "x".repeat(before) + "é\r\n☃\r\n");
        let file = temporary.open("r");
        assert_eq!(file.readline(-1).unwrap().chars().count(), before + 2);
        assert_eq!(file.read(None).unwrap(), "☃\n");
        let file = temporary.open("r");
        assert_eq!(file.read(Some(before as i64 + 1)).unwrap().chars().last(), Some('é'));
        assert_eq!(file.tell().unwrap(), before as i64 + 2);
        assert_eq!(file.read(Some(2)).unwrap(), "\n☃");
    }
}

#[test]
fn what_was_written_is_there_when_the_last_reference_goes() {
    let temporary = Temporary::new("last", "");
    let file = temporary.open("w");
    assert_eq!(file.write(&Str::lit("é\n")).unwrap(), 2);
    let other = file.clone();
    drop(file);
    assert_eq!(temporary.content(), "");
    drop(other);
    assert_eq!(temporary.content(), "é\n");
}

#[test]
fn lines_are_given_away_at_once_if_that_is_asked() {
    let temporary = Temporary::new("line", "");
    let file = open(&temporary.path(), Some(&Str::lit("w")), 1, None).unwrap();
    file.write(&Str::lit("a")).unwrap();
    assert_eq!(temporary.content(), "");
    file.write(&Str::lit("b\n")).unwrap();
    assert_eq!(temporary.content(), "ab\n");
}

#[test]
fn a_file_can_be_read_and_written() {
    let temporary = Temporary::new("both", "one\ntwo\n");
    let file = temporary.open("r+");
    assert_eq!(file.readline(-1).unwrap(), "one\n");
    file.write(&Str::lit("end")).unwrap();
    assert_eq!(file.seek(0, 0).unwrap(), 0);
    assert_eq!(file.read(None).unwrap(), "one\ntwo\nend");
    assert_eq!(file.truncate(Some(3)).unwrap(), 3);
    assert_eq!(temporary.content(), "one");
    let file = temporary.open("a+");
    assert_eq!((file.tell().unwrap(), file.read(None).unwrap().as_str()), (3, ""));
}

#[test]
fn what_the_mode_does_not_allow_is_refused() {
    let temporary = Temporary::new("refused", "a");
    let (reading, writing) = (temporary.open("r"), temporary.open("a"));
    let message = |error: Exception| {
        assert!(error.is(&UNSUPPORTED_OPERATION) && error.is(&VALUE_ERROR));
        error.to_string()
    };
    assert_eq!(message(reading.write(&Str::lit("x")).unwrap_err()), "not writable");
    assert_eq!(message(reading.truncate(None).unwrap_err()), "truncate");
    assert_eq!(message(reading.seek(1, 1).unwrap_err()), "can't do nonzero cur-relative seeks");
    assert_eq!(message(writing.read(None).unwrap_err()), "not readable");
    assert_eq!(message(writing.__next__().unwrap_err()), "not readable");
}

#[test]
fn a_closed_file_does_nothing() {
    let file = Temporary::new("closed", "a").open("r");
    file.close().unwrap();
    file.close().unwrap();
    assert!(file.closed());
    for error in [file.read(None).unwrap_err(), file.flush().unwrap_err(), file.__enter__().unwrap_err()] {
        assert_eq!(error.to_string(), "I/O operation on closed file.");
    }
    assert!(file.repr().unwrap().ends_with("-closed' mode='r' encoding='UTF-8'>"));
}

#[test]
fn the_position_is_not_told_in_the_middle_of_a_loop() {
    let file = Temporary::new("loop", "a\nb\n").open("r");
    assert_eq!(file.__next__().unwrap(), "a\n");
    assert_eq!(file.tell().unwrap_err().to_string(), "telling position disabled by next() call");
    assert_eq!(file.readlines(-1).unwrap().to_vec(), ["b\n"]);
    assert_eq!(file.tell().unwrap(), 4);
}

#[test]
fn what_is_no_text_is_an_error() {
    let temporary = Temporary::new("no-text", b"ok\xff\n");
    let error = temporary.open("r").readline(-1).unwrap_err();
    assert!(error.is(&UNICODE_DECODE_ERROR));
    assert_eq!(error.to_string(), "'utf-8' codec can't decode byte 0xff in position 2: invalid start byte");
    let latin = open(&temporary.path(), None, -1, Some(&Str::lit("latin-1"))).unwrap();
    assert_eq!(latin.readline(-1).unwrap(), "okÿ\n");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = open(&Str::lit("/nowhere/at.all"), None, -1, None).unwrap_err();
    assert!(error.is(&FILE_NOT_FOUND_ERROR));
    assert_eq!(error.to_string(), "[Errno 2] No such file or directory: '/nowhere/at.all'");
}
