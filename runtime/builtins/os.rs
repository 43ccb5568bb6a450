//! The part of Python's `os` that programs with files need.

use super::{Exception, List, Result, Str};
use std::{fs, io};

fn about<T>(path: &Str, result: io::Result<T>) -> Result<T> {
    result.map_err(|error| Exception::of_system(error, Some(path)))
}

/// `os.getpid()`
pub fn getpid() -> i64 {
    i64::from(std::process::id())
}

/// `os.remove(path)`: of a file.
pub fn remove(path: &Str) -> Result<()> {
    about(path, fs::remove_file(path.as_str()))
}

/// `os.rename(source, target)`
pub fn rename(source: &Str, target: &Str) -> Result<()> {
    about(source, fs::rename(source.as_str(), target.as_str()))
}

/// `os.mkdir(path)`
pub fn mkdir(path: &Str) -> Result<()> {
    about(path, fs::create_dir(path.as_str()))
}

/// `os.rmdir(path)`: of an empty directory.
pub fn rmdir(path: &Str) -> Result<()> {
    about(path, fs::remove_dir(path.as_str()))
}

/// `os.listdir(path)`: names in the order of the system.
pub fn listdir(path: &Str) -> Result<List<Str>> {
    let entries = about(path, fs::read_dir(path.as_str()))?;
    let names = List::new();
    for entry in entries {
        names.append(Str::from(about(path, entry)?.file_name().to_string_lossy().as_ref()));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_is_made_listed_and_removed() {
        let temporary = std::env::temp_dir().join(format!("refcycle-os-{}", getpid()));
        let path = Str::from(temporary.to_str().unwrap());
        let (first, second) = (Str::from(format!("{path}/a")), Str::from(format!("{path}/b")));
        mkdir(&path).unwrap();
        fs::write(first.as_str(), "").unwrap();
        rename(&first, &second).unwrap();
        assert_eq!(listdir(&path).unwrap().to_vec(), ["b"]);
        assert!(remove(&first).unwrap_err().is(&crate::builtins::exceptions::FILE_NOT_FOUND_ERROR));
        remove(&second).unwrap();
        rmdir(&path).unwrap();
        assert_eq!(listdir(&path).unwrap_err().filename(), Some(path));
    }
}
