//! Writes the `async` closure.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Ident, Local};

use super::input::Input;
use super::mark::{self, Marks};
use crate::paths::Paths;

/// ```text
/// #[allow(unused_assignments, unused_mut)]
/// let __generator = Generator::new((a, (b, ())), async move |mut __co: Co<'_, _, ()>, (mut a, (mut b, ()))| { … });
/// __generator
/// ```
pub fn expand(input: Input, marks: &Marks, parked: &[Vec<Ident>], paths: &Paths) -> TokenStream {
    let private = &paths.private;
    let Input { parameters, output, mut body } = input;
    let (co, generator) = (hidden("__co"), hidden("__generator"));
    Yields { parked, private, co: &co }.visit_block_mut(&mut body);
    let values = nested(parameters.iter().map(|parameter| parameter.start()));
    let names = nested(parameters.iter().map(|parameter| {
        let name = &parameter.name;
        quote!(mut #name)
    }));
    let types = nested(parameters.iter().map(|parameter| match &parameter.ty {
        Some(ty) => ty.to_token_stream(),
        None => quote!(_),
    }));
    let sent = if marks.is_sent_to { quote!(_) } else { quote!(()) };
    quote! {
        #[allow(unused_assignments, unused_mut)]
        let #generator = #private::Generator::new(
            #values,
            async move |mut #co: #private::Co<'_, _, #sent>, #names: #types| #output #body,
        );
        #generator
    }
}

/// A name that the user's code doesn't see.
fn hidden(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// `(a, (b, ()))`
fn nested(parts: impl DoubleEndedIterator<Item = TokenStream>) -> TokenStream {
    parts.rev().fold(quote!(()), |rest, part| quote!((#part, #rest)))
}

struct Yields<'a> {
    parked: &'a [Vec<Ident>],
    private: &'a TokenStream,
    co: &'a Ident,
}

impl VisitMut for Yields<'_> {
    fn visit_local_mut(&mut self, local: &mut Local) {
        local.attrs.retain(|attribute| !mark::is_slot(attribute));
        visit_mut::visit_local_mut(self, local);
    }

    /// ```text
    /// {
    ///     let __value = value;
    ///     let (__sent, (__0, (__1, ()))) = __co.suspend(__value, (a, (b, ()))).await;
    ///     a = __0;
    ///     b = __1;
    ///     sent(__sent)
    /// }
    /// ```
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let Expr::Yield(marked) = expr else { return };
        let (kind, number) = mark::of_yield(marked);
        let span = marked.yield_token.span;
        let (private, co, value) = (self.private, self.co, &marked.expr);
        let (value_name, sent) = (hidden("__value"), hidden("__sent"));
        // An error about one of them points at the yield.
        let slots: Vec<Ident> = self.parked[number]
            .iter()
            .map(|name| Ident::new(&name.to_string(), span.resolved_at(name.span())))
            .collect();
        let back: Vec<Ident> = (0..slots.len()).map(|index| hidden(&format!("__slot{index}"))).collect();
        let out = nested(slots.iter().map(ToTokens::to_token_stream));
        let into = nested(back.iter().map(ToTokens::to_token_stream));
        let (call, result) =
            if kind == mark::YIELD { (quote!(suspend), quote!(sent)) } else { (quote!(delegate), quote!(returned)) };
        *expr = Expr::Verbatim(quote_spanned! {span=> {
            let #value_name = #value;
            let (#sent, #into) = #co.#call(#value_name, #out).await;
            #(#slots = #back;)*
            #private::#result(#sent)
        }});
    }
}
