//! The part of Python's `os.path` that programs with files need.

use super::Str;
use std::path::Path;

/// `os.path.exists(path)`
pub fn exists(path: &Str) -> bool {
    Path::new(path.as_str()).exists()
}

/// `os.path.isfile(path)`
pub fn isfile(path: &Str) -> bool {
    Path::new(path.as_str()).is_file()
}

/// `os.path.isdir(path)`
pub fn isdir(path: &Str) -> bool {
    Path::new(path.as_str()).is_dir()
}

/// `os.path.join(directory, name)`: an absolute name stands alone.
pub fn join(directory: &Str, name: &Str) -> Str {
    match name.starts_with('/') || directory.is_empty() {
        true => name.clone(),
        false if directory.ends_with('/') => Str::from(format!("{directory}{name}")),
        false => Str::from(format!("{directory}/{name}")),
    }
}

/// `os.path.basename(path)`: what follows the last `/`.
pub fn basename(path: &Str) -> Str {
    Str::from(path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_put_together_and_taken_apart() {
        let joined = |directory, name| join(&Str::lit(directory), &Str::lit(name));
        assert_eq!(
            [joined("a", "b"), joined("a/", "b"), joined("", "b"), joined("a", "/b")],
            ["a/b", "a/b", "b", "/b"]
        );
        assert_eq!([basename(&Str::lit("a/b")), basename(&Str::lit("b"))], ["b", "b"]);
    }

    #[test]
    fn what_is_there_is_a_file_or_a_directory() {
        let here = Str::from(std::env::temp_dir().to_str().unwrap());
        assert_eq!((exists(&here), isdir(&here), isfile(&here)), (true, true, false));
    }
}
