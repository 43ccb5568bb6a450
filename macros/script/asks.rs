//! What a script asks the runtime about, by the names in it: what nobody asks need not be kept.

use proc_macro2::{TokenStream, TokenTree};

#[derive(Default)]
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
        let mut asks = Asks::default();
        asks.look(stream.clone());
        asks
    }

    fn look(&mut self, stream: TokenStream) {
        for tree in stream {
            match tree {
                TokenTree::Ident(name) => match name.to_string().as_str() {
                    "getrefcount" => self.counts = true,
                    "any" | "garbage" | "get_objects" | "get_referents" | "get_referrers" => self.objects = true,
                    "unraisablehook" => self.hook = true,
                    _ => {}
                },
                TokenTree::Group(group) => self.look(group.stream()),
                _ => {}
            }
        }
    }
}
