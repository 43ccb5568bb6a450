//! `gc_script!`: from tokens to Rust.

mod message;
mod parse;
mod token;
mod tree;
#[cfg(test)]
mod tests;
