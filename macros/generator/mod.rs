//! `generator!`: tokens → input → mark → live → expand.
//!
//! A body becomes an `async` closure. Its slots (parameters, and variables that say `slot!`) are ordinary variables; at a
//! yield those that hold a value are moved into the yield, where the collector sees them, and back out of it.

mod expand;
mod input;
mod live;
mod mark;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

use crate::paths::Paths;
use crate::report::{Report, guarded};

/// `generator!(input)`
pub fn generator(input: TokenStream) -> TokenStream {
    guarded(TokenStream::new(), || {
        let mut report = Report::new();
        let output = report.ok(syn::parse2::<input::Input>(input)).map(|mut input| {
            let marks = mark::mark(&mut input, &mut report);
            let parked = live::parked(&input, marks.yields);
            expand::expand(input, &marks, &parked, &Paths::new(None))
        });
        let errors = report.into_tokens();
        // One expression, whatever happens.
        match output {
            Some(output) => quote::quote!({ #output #errors }),
            None => quote::quote!({ #errors }),
        }
    })
}
