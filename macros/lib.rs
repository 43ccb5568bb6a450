//! The macros of refcycle.

mod managed;
mod paths;
mod report;

use proc_macro::TokenStream;

/// Makes a `struct` or an `enum` a type whose values live in a `Gc`, and an `impl` block one of such a type.
#[proc_macro_attribute]
pub fn managed(args: TokenStream, item: TokenStream) -> TokenStream {
    managed::attribute(args.into(), item.into()).into()
}

/// Makes a type traceable that is stored by value inside managed types.
#[proc_macro_derive(Trace, attributes(managed, trace))]
pub fn derive_trace(item: TokenStream) -> TokenStream {
    managed::derive(item.into()).into()
}
