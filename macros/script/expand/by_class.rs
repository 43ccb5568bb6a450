//! Class methods of classes that others derive from: they are given the class that they are called on.
//!
//! ```text
//! pub fn __of_class_make(class: &'static Class, name: Str) -> Gc<Animal> { … }
//! pub fn make(name: Str) -> Gc<Animal> { Self::__of_class_make(Self::__class(), name) }
//! ```

use std::rc::Rc;

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;

use super::field::shared_by_class;
use super::{Expander, ident};
use crate::script::infer::{Plan, Target, constructor};
use crate::script::kind::Kind;
use crate::script::model::{Role, Signature};
use crate::script::tree::{Argument, Expr, ExprKind};

/// The function that takes the class, too.
pub fn of_class(method: &str) -> Ident {
    format_ident!("__of_class_{}", method, span = Span::call_site())
}

impl Expander<'_> {
    /// Whether a class method is given the class that it is called on.
    pub fn takes_class(&self, class: &str, method: &str) -> bool {
        self.model.classes.get(class).is_some_and(|known| {
            let signature = known.methods.get(method).filter(|signature| signature.role == Role::Class);
            self.has_class(class)
                && known.generics.is_empty()
                && signature.is_some_and(|signature| signature.yields.is_none() && signature.generics.is_empty())
        })
    }

    /// The parameter `cls` of the class method around, if `value` is it.
    pub fn given_class(&self, value: &Expr) -> Option<Ident> {
        let is_given = self.frame.takes_class && matches!(&value.kind, ExprKind::Name(name) if name == "cls");
        is_given.then(|| ident("cls", value.span))
    }

    /// The classes below, the most derived first.
    pub fn derived(&self, class: &str) -> Vec<String> {
        let below = self.model.classes.values().filter(|other| &*other.name != class);
        let below = below.filter(|other| self.model.is_subclass(&other.name, class));
        let mut named: Vec<(usize, String)> =
            below.map(|other| (self.model.lineage(&other.name).len(), other.name.to_string())).collect();
        named.sort_by(|one, other| other.cmp(one));
        named.into_iter().map(|(_, name)| name).collect()
    }

    /// `cls(…)`: an object of the class that was given.
    pub fn construct_given(
        &mut self,
        given: &Ident,
        class: &str,
        plan: &Plan,
        args: &[Argument],
        span: Span,
    ) -> TokenStream {
        let (py, wanted) = (self.py.clone(), Kind::named(class));
        let mut branches = TokenStream::new();
        for derived in self.derived(class) {
            let signature = constructor(self.model, &derived);
            let made = match planned(Target::Constructor(derived.clone()), signature, args) {
                Ok(plan) => {
                    let made = self.construct(&derived, &plan, args, span);
                    self.coerce(made, &Kind::named(&derived), &wanted, span)
                }
                Err(objection) => {
                    let (text, ty) = (format!("{derived}.__init__() {objection}"), self.ty(&wanted));
                    let raised = quote!(#py::Exception::new(&#py::exceptions::TYPE_ERROR, #text));
                    self.fallible(quote!(#py::Result::<#ty>::Err(#raised)), span)
                }
            };
            let class = self.class_static(&derived);
            branches.extend(quote!(if #given.is_subclass(#class) { #made } else));
        }
        let made = self.construct(class, plan, args, span);
        quote!((#branches { #made }))
    }

    /// `C.m(…)`, `cls.m(…)` and `x.m(…)` of a class method that is given its class.
    pub fn call_of_class(
        &mut self,
        callee: &Expr,
        class: &str,
        name: &str,
        plan: &Plan,
        args: &[Argument],
    ) -> TokenStream {
        let span = callee.end;
        let ExprKind::Attribute { value, .. } = &callee.kind else { return TokenStream::new() };
        if let Some(given) = self.given_class(value) {
            return self.dispatched_by_class(&quote!(#given), class, name, plan, args, span);
        }
        match self.types.kind(value).unwrapped().clone() {
            Kind::Class(known) => {
                let given = self.class_static(&known);
                let path = ident(class, span);
                let function = of_class(name);
                self.call_path(quote!(#path::#function), Some(given), plan, args, span)
            }
            kind => {
                let (py, given) = (self.py.clone(), self.own("given"));
                self.with_operands(&[(value, Some(kind))], |this, refs| {
                    let object = &refs[0];
                    let call = this.dispatched_by_class(&quote!(#given), class, name, plan, args, span);
                    quote!({ let #given = #py::HasClass::class(&**#object); #call })
                })
            }
        }
    }

    /// A class method of a class that is known when the program runs only.
    fn dispatched_by_class(
        &mut self,
        given: &TokenStream,
        class: &str,
        name: &str,
        plan: &Plan,
        args: &[Argument],
        span: Span,
    ) -> TokenStream {
        let mut branches = TokenStream::new();
        for derived in self.derived(class) {
            let Some(signature) = self.model.classes[&derived].methods.get(name).cloned() else { continue };
            let target = Target::Static { class: derived.clone(), name: name.to_owned() };
            let result = signature.result.clone();
            let Ok(plan_there) = planned(target, signature, args) else { continue };
            let (path, function) = (ident(&derived, span), of_class(name));
            let call = self.call_path(quote!(#path::#function), Some(given.clone()), &plan_there, args, span);
            let call = self.coerce(call, &result, &plan.result, span);
            let class = self.class_static(&derived);
            branches.extend(quote!(if #given.is_subclass(#class) { #call } else));
        }
        let (path, function) = (ident(class, span), of_class(name));
        let call = self.call_path(quote!(#path::#function), Some(given.clone()), plan, args, span);
        match branches.is_empty() {
            true => call,
            false => quote!((#branches { #call })),
        }
    }

    /// `cls.x` of an attribute that classes declare anew.
    pub fn attribute_of_given(&mut self, expr: &Expr, class: &str, field: &str, span: Span) -> Option<TokenStream> {
        let ExprKind::Attribute { value, .. } = &expr.kind else { return None };
        let given = self.given_class(value)?;
        let holder = self.model.redeclared(class, field)?.name.to_string();
        let py = self.py.clone();
        let (holder, shared) = (ident(&holder, span), shared_by_class(field));
        let read = quote! {
            match #holder::#shared(#given) {
                ::core::option::Option::Some(shared) => shared.with(|shared| shared.get(#class, #field)),
                ::core::option::Option::None => #py::Attr::unset().get(#class, #field),
            }
        };
        Some(self.fallible(read, span))
    }
}

/// How a call of `signature` looks with these arguments, or why there is none, in CPython's words.
fn planned(target: Target, signature: Rc<Signature>, args: &[Argument]) -> Result<Plan, String> {
    let mut places = vec![None; signature.params.len()];
    for (at, arg) in args.iter().enumerate() {
        let place = match &arg.name {
            None => Some(at).filter(|at| *at < places.len()),
            Some(name) => signature.params.iter().position(|param| name == &param.name),
        };
        match (place, &arg.name) {
            (Some(place), _) => places[place] = Some(at),
            (None, Some(name)) => return Err(format!("got an unexpected keyword argument '{name}'")),
            (None, None) => {
                let (takes, given) = (places.len() + 1, args.len() + 1);
                let plural = if takes == 1 { "argument" } else { "arguments" };
                return Err(format!("takes {takes} positional {plural} but {given} were given"));
            }
        }
    }
    let missing: Vec<String> = signature
        .params
        .iter()
        .zip(&places)
        .filter(|(param, place)| place.is_none() && param.default.is_none())
        .map(|(param, _)| format!("'{}'", param.name))
        .collect();
    match missing.as_slice() {
        [] => {}
        [one] => return Err(format!("missing 1 required positional argument: {one}")),
        [first, second] => return Err(format!("missing 2 required positional arguments: {first} and {second}")),
        [most @ .., last] => {
            let (count, most) = (missing.len(), most.join(", "));
            return Err(format!("missing {count} required positional arguments: {most}, and {last}"));
        }
    }
    let params = signature.params.iter().map(|param| param.kind.clone()).collect();
    let result = signature.result.clone();
    Ok(Plan { target, params, result, args: places, signature: Some(signature) })
}
