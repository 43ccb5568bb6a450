//! All errors of one expansion.
//!
//! Every stage takes `&mut Report` and goes on after an error, so that one build shows all of them. A report that is
//! dropped unread would lose errors: it panics.

use std::fmt::Display;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

/// The errors found so far.
#[must_use]
pub struct Report {
    errors: Vec<syn::Error>,
    read: bool,
}

/// Where an error stands: a span, a range from the first token to the last, or the tokens themselves.
pub trait Place {
    /// The error with `message` at this place.
    fn error(self, message: String) -> syn::Error;
}

impl Place for Span {
    fn error(self, message: String) -> syn::Error {
        syn::Error::new(self, message)
    }
}

impl Place for Range<Span> {
    fn error(self, message: String) -> syn::Error {
        // syn takes a range of spans only as tokens that carry them.
        let (first, last) = (Ident::new("_first", self.start), Ident::new("_last", self.end));
        syn::Error::new_spanned(quote!(#first #last), message)
    }
}

impl<T: ToTokens + ?Sized> Place for &T {
    fn error(self, message: String) -> syn::Error {
        syn::Error::new_spanned(self, message)
    }
}

impl Report {
    pub fn new() -> Self {
        Report { errors: Vec::new(), read: false }
    }

    /// Notes an error. A line `help: …` in the message is shown as rustc's own help.
    pub fn error(&mut self, place: impl Place, message: impl Display) {
        self.errors.push(place.error(message.to_string()));
    }

    /// Takes over an error of syn's parser (or several: they can be combined).
    pub fn parse_error(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// The value, or `None` with its error noted.
    pub fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.parse_error(error)).ok()
    }

    /// How many there are so far, to see whether a check has found any.
    pub fn count(&self) -> usize {
        self.errors.len()
    }

    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// The errors as `compile_error!` calls, to be emitted after everything else.
    pub fn into_tokens(mut self) -> TokenStream {
        self.read = true;
        let errors = std::mem::take(&mut self.errors);
        errors.iter().map(syn::Error::to_compile_error).collect()
    }

    /// Forgets the errors: somebody else reports them.
    pub fn discard(mut self) {
        self.read = true;
    }

    /// The errors themselves, in the order they were found.
    #[cfg(test)]
    pub fn into_errors(mut self) -> Vec<syn::Error> {
        self.read = true;
        let errors = std::mem::take(&mut self.errors);
        errors.into_iter().flatten().collect()
    }
}

impl Drop for Report {
    fn drop(&mut self) {
        if !self.read && !std::thread::panicking() {
            panic!("a report of {} errors was dropped unread", self.errors.len());
        }
    }
}

/// Runs an expansion; a panic in it becomes an error that says whose bug it is, after `fallback`: what to emit instead,
/// usually the user's own tokens.
pub fn guarded(fallback: TokenStream, expand: impl FnOnce() -> TokenStream) -> TokenStream {
    let panic = match catch_unwind(AssertUnwindSafe(expand)) {
        Ok(tokens) => return tokens,
        Err(panic) => panic,
    };
    let reason = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    let bug = syn::Error::new(
        Span::call_site(),
        format!(
            "this is a bug in refcycle, not in your code: its macro panicked with `{reason}`\n\
             help: please report it with the item that this attribute or macro stands on"
        ),
    )
    .to_compile_error();
    quote!(#fallback #bug)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(error: &syn::Error) -> (usize, usize, usize) {
        let (start, end) = (error.span().start(), error.span().end());
        (start.line, start.column, end.column)
    }

    #[test]
    fn an_error_stands_on_a_span_a_range_or_tokens() {
        let tokens: TokenStream = "alpha beta gamma".parse().unwrap();
        let spans: Vec<Span> = tokens.clone().into_iter().map(|t| t.span()).collect();
        let mut report = Report::new();
        report.error(spans[1], "one");
        report.error(spans[0]..spans[1], "two");
        report.error(&tokens, "three");
        let errors = report.into_errors();
        assert_eq!(place(&errors[0]), (1, 6, 10));
        assert_eq!(place(&errors[1]), (1, 0, 10));
        assert_eq!(place(&errors[2]), (1, 0, 16));
    }

    #[test]
    fn all_errors_are_emitted_in_order() {
        let mut report = Report::new();
        report.error(Span::call_site(), "first");
        report.parse_error(syn::Error::new(Span::call_site(), "second"));
        assert!(!report.is_empty());
        let text = report.into_tokens().to_string();
        assert!(text.find("first").unwrap() < text.find("second").unwrap());
    }

    #[test]
    #[should_panic(expected = "dropped unread")]
    fn a_forgotten_report_panics() {
        let mut report = Report::new();
        report.error(Span::call_site(), "lost");
    }

    #[test]
    fn a_panic_is_the_crates_own_bug_and_keeps_the_item() {
        let tokens = guarded(
            quote!(
                struct Kept;
            ),
            || panic!("no {}", "way"),
        )
        .to_string();
        assert!(tokens.starts_with("struct Kept ;"));
        assert!(tokens.contains("a bug in refcycle, not in your code: its macro panicked with `no way`"));
    }
}
