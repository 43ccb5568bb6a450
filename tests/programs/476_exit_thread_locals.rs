//! Objects local to a thread's function die with the thread, before `join` returns.

use super::python::*;
use std::thread;

golden!("476_exit_thread_locals");

#[managed]
struct T {
    name: String,
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn work(name: String) {
    let t = T::new(name);
    out!("working {}", t.name);
}

fn main() {
    for i in 0..2 {
        // What a thread prints is its own until it ends.
        let th = thread::spawn(move || output_of(|| work(format!("thread{i}"))));
        for line in th.join().unwrap().lines() {
            out!("{line}");
        }
        out!("joined {i}");
    }
}
