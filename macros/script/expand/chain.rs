//! Values in fields that are looked at where they are: `a.b.c` counts neither `b` nor what it refers to.
//!
//! What looks at them neither runs code of the program nor allocates objects, so nothing can change the fields meanwhile.

use proc_macro2::{Ident, Span, TokenStream};

use super::Expander;
use super::class::stored;
use super::here::{quote, unsafe_block};
use crate::script::infer::Member;
use crate::script::kind::Kind;
use crate::script::model::Origin;
use crate::script::scope::Binding;
use crate::script::settle::is_handle;
use crate::script::tree::{Expr, ExprKind};

/// The way to a value in a field of an object in a field …
pub struct Chain {
    /// A reference to an object that stays where it is.
    base: TokenStream,
    /// The fields on the way.
    fields: Vec<Ident>,
}

impl Expander<'_> {
    /// The way to the value of an expression, if it is a field that can be looked at.
    pub fn chain(&mut self, expr: &Expr) -> Option<Chain> {
        let ExprKind::Attribute { value: owner, name: Some(_) } = &expr.kind else { return None };
        let Some(Member::Field { class, name }) = self.types.members.get(&expr.id).cloned() else { return None };
        if !self.is_looked_at(&class, &name) || matches!(self.types.kind(owner), Kind::Optional(_)) {
            return None;
        }
        let mut chain = match self.chain(owner) {
            Some(chain) => chain,
            None => Chain { base: self.stable(owner, &[])?, fields: Vec::new() },
        };
        chain.fields.push(stored(&name));
        Some(chain)
    }

    /// Whether a field of a class of the script always has a value that can be looked at.
    fn is_looked_at(&self, class: &str, field: &str) -> bool {
        self.model.classes.get(class).is_some_and(|class| class.origin == Origin::Script)
            && self.is_settled(class, field)
    }

    /// The value at the end of the way, for code that only copies, counts or compares.
    pub fn look(&self, chain: &Chain) -> TokenStream {
        let base = &chain.base;
        let fields = chain.fields.iter();
        // SAFETY: nobody changes the fields on the way while the value is looked at.
        unsafe_block(quote!((#base)#(.#fields.at())*))
    }

    /// What `attempt` finds in a value where it is. If that is nothing, `fail` does the same with a counted reference,
    /// as the exception that says so is an object.
    pub fn attempt(
        &mut self,
        chain: &Chain,
        attempt: impl FnOnce(TokenStream) -> TokenStream,
        fail: impl FnOnce(TokenStream) -> TokenStream,
        span: Span,
    ) -> TokenStream {
        let (it, found) = (self.own("it"), self.own("found"));
        let place = self.look(chain);
        let attempt = attempt(place.clone());
        let fail = fail(quote!(&#it));
        let fail = self.fallible(quote!({ let #it = ::core::clone::Clone::clone(#place); #fail }), span);
        quote! {
            match #attempt {
                ::core::option::Option::Some(#found) => #found,
                ::core::option::Option::None => #fail,
            }
        }
    }

    /// `a.b.c`
    pub fn attribute_of_chain(&mut self, expr: &Expr, owner: &Expr, name: &Ident) -> Option<TokenStream> {
        let field = self.looked_at_field(expr)?;
        let chain = self.chain(owner)?;
        let place = self.look(&chain);
        let py = self.py.clone();
        if matches!(self.types.kind(owner), Kind::Optional(_)) {
            let text = name.to_string();
            let found = quote!((#place).as_ref().map(|it| it.#field.get()));
            return Some(self.fallible(quote!(#py::attribute_of_none(#found, #text)), name.span()));
        }
        Some(quote!((#place).#field.get()))
    }

    /// `a.b.c = value`; the former value dies after.
    pub fn store_in_chain(&mut self, target: &Expr, owner: &Expr, value: &TokenStream) -> Option<TokenStream> {
        let field = self.looked_at_field(target)?;
        if matches!(self.types.kind(owner), Kind::Optional(_)) {
            return None;
        }
        let chain = self.chain(owner)?;
        let place = self.look(&chain);
        Some(match self.types.kind(target).is_plain() {
            true => quote!((#place).#field.set(#value)),
            false => quote!(::core::mem::drop((#place).#field.replace(#value))),
        })
    }

    fn looked_at_field(&self, expr: &Expr) -> Option<Ident> {
        let Some(Member::Field { class, name }) = self.types.members.get(&expr.id) else { return None };
        self.is_looked_at(class, name).then(|| stored(name))
    }

    /// A test of two values of which one or both are in fields. `test` gets references to them.
    pub fn test_in_place(
        &mut self,
        [left, right]: [&Expr; 2],
        test: impl FnOnce(TokenStream, TokenStream) -> TokenStream,
    ) -> Option<TokenStream> {
        if !self.is_quiet(left) || !self.is_quiet(right) {
            return None;
        }
        let chains = [self.chain(left), self.chain(right)];
        if chains.iter().all(Option::is_none) {
            return None;
        }
        let mut places = Vec::new();
        for (side, chain) in [left, right].into_iter().zip(chains) {
            places.push(match chain {
                Some(chain) => self.look(&chain),
                None => self.stable(side, &[])?,
            });
        }
        let right = places.pop()?;
        Some(test(places.pop()?, right))
    }

    /// The way to a builtin container whose items may be copied without running code.
    pub fn container(&mut self, expr: &Expr) -> Option<Chain> {
        let kind = self.types.kind(expr);
        let is_quiet = match (kind.name(), kind.args()) {
            (Some("str" | "bytes" | "range"), _) => true,
            (Some("list" | "tuple..."), [item]) => is_handle(item, self.model),
            (Some("dict"), [key, value]) => is_simple(key) && is_handle(value, self.model),
            (Some("set" | "frozenset"), [item]) => is_simple(item),
            _ => false,
        };
        if is_quiet { self.chain(expr) } else { None }
    }

    /// Whether an expression runs no code and changes nothing, so that it does not matter when it is evaluated.
    pub fn is_quiet(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Str(_)
            | ExprKind::True
            | ExprKind::False
            | ExprKind::None => true,
            ExprKind::Name(name) => match self.scopes.lookup(self.scope, &name.to_string()) {
                Binding::Var(var) => !self.scopes.vars[var].captured,
                Binding::Constant(_) => true,
                _ => false,
            },
            ExprKind::Attribute { value, .. } => self.looked_at_field(expr).is_some() && self.is_quiet(value),
            ExprKind::Unary { value, .. } => is_simple(&self.types.kind(value)) && self.is_quiet(value),
            ExprKind::Binary { left, right, .. } => {
                [left, right].into_iter().all(|side| is_simple(&self.types.kind(side)) && self.is_quiet(side))
            }
            ExprKind::Call { callee, args, .. } => {
                // `len` of a builtin container.
                let [arg] = args.as_slice() else { return false };
                let kind = self.types.kind(&arg.value);
                matches!(&callee.kind, ExprKind::Name(name) if name == "len")
                    && matches!(kind.name(), Some("list" | "str" | "dict" | "set" | "bytes" | "tuple..."))
                    && self.is_quiet(&arg.value)
            }
            _ => false,
        }
    }
}

/// Whether values are compared and hashed without running code.
fn is_simple(kind: &Kind) -> bool {
    kind.is_number() || kind.is("str")
}
