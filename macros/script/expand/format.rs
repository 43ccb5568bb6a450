//! Format strings.

use super::here::quote;
use proc_macro2::TokenStream;

use super::Expander;
use crate::script::tree::FormatPart;

impl Expander<'_> {
    /// Each value is shown, and dies, before the next one is evaluated.
    pub fn format(&mut self, parts: &[FormatPart]) -> TokenStream {
        let py = self.py.clone();
        let text = self.own("text");
        let mut pushes = Vec::new();
        for part in parts {
            match part {
                FormatPart::Text(part) => pushes.push(quote!(#text.push_str(#part);)),
                FormatPart::Value { value, conversion, spec } => {
                    pushes.push(self.formatted(value, *conversion, spec, quote!(&mut #text)));
                }
            }
        }
        quote!({ let mut #text = ::std::string::String::new(); #(#pushes)* #py::Str::from(#text) })
    }

    fn formatted(
        &mut self,
        value: &crate::script::tree::Expr,
        conversion: Option<char>,
        spec: &[FormatPart],
        text: TokenStream,
    ) -> TokenStream {
        let py = self.py.clone();
        let span = value.span;
        let show = quote!(#py::protocol::Show);
        let spec = match spec {
            [] => None,
            [FormatPart::Text(spec)] => Some(quote!(#spec)),
            parts => {
                let spec = self.format(parts);
                Some(quote!(::core::convert::AsRef::<str>::as_ref(&#spec)))
            }
        };
        let written = self.with_operands(&[(value, None)], |this, refs| {
            let value = &refs[0];
            match (conversion, spec) {
                (None | Some('s'), None) => this.fallible(quote!(#show::write_str(#value, #text)), span),
                (Some(_), None) => this.fallible(quote!(#show::write_repr(#value, #text)), span),
                (None, Some(spec)) => this.fallible(quote!(#show::write_format(#value, #text, #spec)), span),
                (Some(conversion), Some(spec)) => {
                    let shown = match conversion {
                        's' => quote!(#show::str(#value)),
                        _ => quote!(#show::repr(#value)),
                    };
                    let shown = this.fallible(shown, span);
                    this.fallible(quote!(#show::write_format(&#shown, #text, #spec)), span)
                }
            }
        });
        quote!(#written;)
    }
}
