//! A generator of numbers: an iterator in Rust.

use super::python::*;

golden!("003_seed_generate_nums");

fn generate_nums(num: i64) -> impl Iterator<Item = i64> {
    0..num
}

fn main() {
    for number in generate_nums(10) {
        out!("{number}");
    }
}
