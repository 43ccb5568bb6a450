//! What a script asks the runtime about, by the names in it: what nobody asks need not be kept.

use proc_macro2::TokenStream;

pub struct Asks {
    /// How often an object is referred to: receivers and arguments are counted as CPython counts them.
    pub counts: bool,
    /// Objects of any class.
    pub objects: bool,
    /// What `__del__` raises.
    pub hook: bool,
}

impl Asks {
    pub fn of(stream: &TokenStream) -> Asks {
        let objects = ["any", "garbage", "get_objects", "get_referents", "get_referrers"];
        Asks {
            counts: mentions(stream, "getrefcount"),
            objects: objects.into_iter().any(|name| mentions(stream, name)),
            hook: mentions(stream, "unraisablehook"),
        }
    }
}

/// Whether a name occurs anywhere in a script.
fn mentions(stream: &TokenStream, name: &str) -> bool {
    stream.clone().into_iter().any(|tree| match tree {
        proc_macro2::TokenTree::Ident(ident) => ident == name,
        proc_macro2::TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}
