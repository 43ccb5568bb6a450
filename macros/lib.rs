//! The macros of refcycle.

mod generator;
mod managed;
mod paths;
mod report;
mod script;

use proc_macro::TokenStream;

#[doc = include_str!("managed/managed.md")]
#[proc_macro_attribute]
pub fn managed(args: TokenStream, item: TokenStream) -> TokenStream {
    managed::attribute(args.into(), item.into()).into()
}

#[doc = include_str!("managed/trace.md")]
#[proc_macro_derive(Trace, attributes(managed, trace))]
pub fn derive_trace(item: TokenStream) -> TokenStream {
    managed::derive(item.into()).into()
}

#[doc = include_str!("generator/generator.md")]
#[proc_macro]
pub fn generator(input: TokenStream) -> TokenStream {
    generator::generator(input.into()).into()
}

#[doc = include_str!("script/script.md")]
#[proc_macro]
pub fn gc_script(script: TokenStream) -> TokenStream {
    script::expand(script.into()).into()
}
