//! From the checked item to tokens; nothing here can fail. Each file emits one thing, and shows it in a comment.

mod access;
mod acyclic;
mod builder;
mod construct;
mod debug;
mod definition;
mod script;
mod serde;
mod shared;
mod trace;

use proc_macro2::TokenStream;
use quote::quote;

use super::item::Item;
use crate::paths::Paths;

pub use builder::has_builder;

/// A managed type: the user's tokens first, then what belongs to them.
///
/// ```text
/// struct Node { … }
/// const _: () = {
///     use ::refcycle::private as __rc;
///     impl Node { … }
///     …
/// };
/// ```
pub fn object(mut item: Item) -> TokenStream {
    let definition = definition::definition(&item);
    let import = item.paths.import();
    item.paths = Paths::imported();
    let item = &item;
    let constructors = construct::constructors(item);
    let accessors = access::accessors(item);
    let builder = builder::builder(item);
    let debug = debug::debug(item);
    let trace = trace::object(item);
    let acyclic = acyclic::acyclic(item);
    let script = script::object(item);
    quote! {
        #definition
        #[allow(dead_code, clippy::too_many_arguments, clippy::type_complexity)]
        const _: () = {
            #import
            #constructors
            #accessors
            #builder
            #debug
            #trace
            #acyclic
            #script
        };
    }
}

/// A part: the derive leaves the type alone.
pub fn part(mut item: Item) -> TokenStream {
    let import = item.paths.import();
    item.paths = Paths::imported();
    let trace = trace::part(&item);
    let acyclic = acyclic::acyclic(&item);
    quote! {
        const _: () = {
            #import
            #trace
            #acyclic
        };
    }
}
