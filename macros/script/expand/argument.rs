//! Arguments of Rust's functions, which rustc converts to the types that they take.

use proc_macro2::{Ident, Span, TokenStream};

use super::Expander;
use super::here::{self, quote};
use super::name::Store;
use crate::script::kind::Kind;
use crate::script::scope::{Binding, children};
use crate::script::tree::{Argument, Expr, ExprKind};

/// How an argument gets to the call.
enum Way {
    /// As it is: nothing else can be meant.
    Plain(TokenStream),
    /// The value, which may be moved.
    Owned(TokenStream),
    /// A reference to a value that stays in its place.
    Shown(TokenStream),
    /// A variable that the function may change.
    Changed(TokenStream),
}

impl Expander<'_> {
    /// ```text
    /// match (Some(text),) {
    ///     (mut argument0,) => {
    ///         let slot0 = Slot::new();
    ///         let call = once(|| parse(slot0.take()));
    ///         Passed::of(&mut argument0, &slot0).fill()?;
    ///         call()
    ///     }
    /// }
    /// ```
    pub fn with_arguments(
        &mut self,
        args: &[Argument],
        build: impl FnOnce(&mut Self, &[TokenStream]) -> TokenStream,
    ) -> TokenStream {
        let exprs: Vec<(&Expr, Option<Kind>)> = args.iter().map(|arg| (&arg.value, None)).collect();
        if self.spills() || args.iter().all(|arg| self.is_itself(&arg.value)) {
            return self.with_values(&exprs, build);
        }
        let py = self.py.clone();
        let (mut values, mut names, mut passed) = (Vec::new(), Vec::new(), Vec::new());
        let (mut slots, mut fills) = (TokenStream::new(), TokenStream::new());
        for (at, arg) in args.iter().enumerate() {
            let place = here::place_of(&arg.value);
            let way = match self.changed(&arg.value, args) {
                Some(place) => Way::Changed(place),
                None => self.way(&arg.value),
            };
            if let Way::Plain(value) = way {
                passed.push(value);
                continue;
            }
            here::at(Some(place), || {
                // Names of the user's own context, at the argument: an error about its type stands there.
                let (argument, slot) = (numbered("__argument", at, place), numbered("__slot", at, place));
                let filled = match way {
                    Way::Shown(reference) => quote!(#py::Shown::of(#reference, &#slot).fill()),
                    Way::Changed(place) => quote!(#py::Changed::of(&mut #place, &#slot).fill()),
                    Way::Owned(value) => {
                        values.push(quote!(::core::option::Option::Some(#value)));
                        names.push(quote!(mut #argument));
                        quote!(#py::Passed::of(&mut #argument, &#slot).fill())
                    }
                    Way::Plain(_) => TokenStream::new(),
                };
                let filled = self.fallible(filled, place);
                slots.extend(quote!(let #slot = #py::Slot::new();));
                fills.extend(quote!(#filled;));
                passed.push(quote!(#slot.take()));
            });
        }
        let call = self.own("call");
        let built = build(self, &passed);
        if slots.is_empty() {
            return built;
        }
        quote! {
            match (#(#values,)*) {
                (#(#names,)*) => {
                    #[allow(unused_imports)]
                    use #py::{Change as _, Convert as _};
                    #slots
                    let #call = #py::once(|| #built);
                    #fills
                    #call()
                }
            }
        }
    }

    /// Whether an argument is passed as it is.
    fn is_itself(&self, expr: &Expr) -> bool {
        let is_function = matches!(self.types.kind(expr), Kind::Function(..) | Kind::Class(_));
        let is_value = matches!(
            expr.kind,
            ExprKind::True | ExprKind::False | ExprKind::Lambda { .. } | ExprKind::Rust(_) | ExprKind::Raw(_)
        );
        is_function || is_value
    }

    /// The place of a variable with a type of Rust, if no other argument looks at it.
    fn changed(&mut self, expr: &Expr, args: &[Argument]) -> Option<TokenStream> {
        let ExprKind::Name(name) = &expr.kind else { return None };
        let var = self.scopes.var(self.scope, &name.to_string())?;
        let is_rust = matches!(self.types.vars[var], Kind::Unknown | Kind::Rust(_)) && !self.moves.contains(expr);
        let is_variable = matches!(self.store(var), Store::Foreign | Store::Plain) && !self.scopes.vars[var].is_param;
        let others = args.iter().filter(|arg| names(&arg.value, name)).count();
        (is_rust && is_variable && others == 1).then(|| {
            let place = self.var_ident(var, name.span());
            quote!(#place)
        })
    }

    fn way(&mut self, expr: &Expr) -> Way {
        if matches!(expr.kind, ExprKind::None) {
            return Way::Plain(quote!(::core::option::Option::None));
        }
        if self.is_itself(expr) {
            return Way::Plain(self.value(expr));
        }
        if let ExprKind::Name(name) = &expr.kind
            && !self.types.kind(expr).is_plain()
            && !self.moves.contains(expr)
            && !matches!(self.scopes.lookup(self.scope, &name.to_string()), Binding::Constant(_))
            && let Some(reference) = self.stable(expr, &[])
        {
            return Way::Shown(reference);
        }
        Way::Owned(self.value(expr))
    }
}

/// Whether an expression looks at a name.
fn names(expr: &Expr, name: &Ident) -> bool {
    if matches!(&expr.kind, ExprKind::Name(other) if other == name) {
        return true;
    }
    let mut found = false;
    children(expr, &mut |child| found |= names(child, name));
    found
}

fn numbered(name: &str, at: usize, span: Span) -> Ident {
    quote::format_ident!("{name}{at}", span = span)
}
