//! Values of one kind where another is wanted: `T` where `T?` is, a `Dog` where an `Animal` is.

use super::here::quote;
use proc_macro2::{Span, TokenStream};

use super::{Expander, here};
use crate::script::kind::Kind;
use crate::script::model::Origin;
use crate::script::tree::{Expr, ExprKind};

impl Expander<'_> {
    /// The value of an expression where `wanted` is due.
    pub fn value_as(&mut self, expr: &Expr, wanted: &Kind) -> TokenStream {
        here::at(Some(here::place_of(expr)), || self.converted(expr, wanted))
    }

    fn converted(&mut self, expr: &Expr, wanted: &Kind) -> TokenStream {
        if self.types.refused.contains(&expr.id) {
            // Reported: rustc need not say it again.
            let value = self.value(expr);
            return match Self::is_complete(wanted) {
                true => {
                    let ty = self.ty(wanted);
                    quote!({ let _ = #value; let nothing: #ty = ::core::unreachable!(); nothing })
                }
                false => quote!({ let _ = #value; ::core::unreachable!() }),
            };
        }
        match (&expr.kind, wanted) {
            (ExprKind::Yield(value), wanted) if matches!(wanted, Kind::Optional(_)) || wanted.is("any") => {
                let kind = self.types.kind(expr).sent();
                let sent = self.yield_sent(expr, value.as_deref());
                return self.coerce(sent, &kind, wanted, expr.span);
            }
            (ExprKind::None, Kind::Optional(inner)) => {
                let inner = self.ty(inner);
                return quote!(::core::option::Option::<#inner>::None);
            }
            (ExprKind::Conditional { condition, then, otherwise }, _) => {
                let condition = self.condition(condition);
                let then = self.value_as(then, wanted);
                let otherwise = self.value_as(otherwise, wanted);
                return quote!(if #condition { #then } else { #otherwise });
            }
            (ExprKind::Name(_), _) if let Some(shortened) = self.shortened(expr, wanted) => return shortened,
            (ExprKind::Int(literal), kind) if kind.unwrapped().is("float") => {
                let value: f64 = literal.to_string().replace('_', "").parse().unwrap_or_default();
                let value = quote!(#value);
                return if matches!(kind, Kind::Optional(_)) {
                    quote!(::core::option::Option::Some(#value))
                } else {
                    value
                };
            }
            _ => {}
        }
        let kind = self.types.kind(expr);
        if matches!(wanted, Kind::Unknown | Kind::Var(_)) {
            return self.bound_value(expr);
        }
        if self.is_fitted(expr, &kind, wanted) {
            return self.fitted(expr, wanted, here::place_of(expr));
        }
        let value = self.value(expr);
        self.coerce(value, &kind, wanted, expr.span)
    }

    /// Whether a value needs a conversion to be a `wanted`.
    pub fn converts(&self, expr: &Expr, kind: &Kind, wanted: &Kind) -> bool {
        if matches!(expr.kind, ExprKind::None) {
            return true;
        }
        if wanted.is("any") {
            return !kind.is("any");
        }
        match (kind, wanted) {
            (Kind::Unknown | Kind::Var(_), _) | (_, Kind::Unknown | Kind::Var(_)) => false,
            (Kind::Optional(kind), Kind::Optional(wanted)) => self.converts(expr, kind, wanted),
            (Kind::Optional(_), _) | (_, Kind::Optional(_)) => true,
            (kind, wanted) if kind.is_proxy() => !wanted.is_proxy(),
            (Kind::Named(..), Kind::Named(..)) => self.differs(kind, wanted),
            (Kind::Function(params, _), Kind::Function(wanted, _)) => params.len() != wanted.len(),
            _ => false,
        }
    }

    fn are_exceptions(&self, name: &str, wanted: &str) -> bool {
        let builtin = |name: &str| self.model.classes.get(name).is_some_and(|class| class.origin == Origin::Exception);
        builtin(name) && builtin(wanted)
    }

    pub fn coerce(&mut self, value: TokenStream, kind: &Kind, wanted: &Kind, span: Span) -> TokenStream {
        let py = self.py.clone();
        match (kind, wanted) {
            (kind, wanted) if wanted.is("any") => match kind.is("any") {
                true => value,
                false => self.forgotten(value),
            },
            (Kind::Unknown | Kind::Var(_), _) | (_, Kind::Unknown | Kind::Var(_) | Kind::Rust(_)) => value,
            (kind, wanted) if kind.is("any") => self.remembered(value, wanted, span),
            (Kind::None, Kind::None) => value,
            (Kind::None, Kind::Optional(_)) => quote!({ #value; ::core::option::Option::None }),
            (Kind::Optional(inner), Kind::Optional(wanted_inner)) => {
                if inner == wanted_inner || !self.differs(inner, wanted_inner) {
                    return value;
                }
                let item = self.own("item");
                let converted = self.coerce(quote!(#item), inner, wanted_inner, span);
                quote!(match #value {
                    ::core::option::Option::Some(#item) => ::core::option::Option::Some(#converted),
                    ::core::option::Option::None => ::core::option::Option::None,
                })
            }
            (_, Kind::Optional(inner)) => {
                let value = self.coerce(value, kind, inner, span);
                quote!(::core::option::Option::Some(#value))
            }
            (Kind::Optional(inner), _) => {
                let name = wanted.to_string();
                let value = self.fallible(quote!(#py::not_none(#value, #name)), span);
                self.coerce(value, inner, wanted, span)
            }
            (Kind::Named(_, args), wanted) if kind.is_proxy() && !wanted.is_proxy() && !wanted.is("any") => {
                let object = self.fallible(quote!(#value.object()), span);
                match args.first() {
                    Some(inner) => self.coerce(object, inner, wanted, span),
                    None => object,
                }
            }
            (Kind::Named(_, args), Kind::Named(_, wanted_args))
                if kind.is_iterator() && wanted.is("Iterator") && self.differs(&args[0], &wanted_args[0]) =>
            {
                let iterator = match kind.is("Generator") {
                    true => quote!(#py::Iter::of(#value)),
                    false => value,
                };
                let convert = self.conversion(&args[0], &wanted_args[0], span);
                quote!(#iterator.converted(#convert))
            }
            (Kind::Named(name, _), Kind::Named(wanted_name, wanted_args)) if name != wanted_name => {
                self.convert(value, name, wanted_name, wanted_args, span)
            }
            (Kind::Function(params, result), Kind::Function(wanted_params, wanted_result))
                if self.functions_differ(kind, wanted) =>
            {
                self.adapted_function(value, (params, result), (wanted_params, wanted_result), span)
            }
            (Kind::Class(class), wanted) if !matches!(wanted, Kind::Class(_)) && self.model.is_exception(class) => {
                value
            }
            _ => value,
        }
    }

    /// Whether a function of one type stands where one of another is wanted: it takes more, or gives less.
    fn functions_differ(&self, kind: &Kind, wanted: &Kind) -> bool {
        let (Kind::Function(params, result), Kind::Function(wanted_params, wanted_result)) = (kind, wanted) else {
            return false;
        };
        Self::is_complete(kind)
            && Self::is_complete(wanted)
            && params.len() == wanted_params.len()
            && (params.iter().zip(wanted_params).any(|(param, wanted)| self.differs(wanted, param))
                || self.differs(result, wanted_result))
    }

    fn differs(&self, kind: &Kind, wanted: &Kind) -> bool {
        match (kind, wanted) {
            (Kind::Named(name, args), Kind::Named(wanted_name, wanted_args)) => match name == wanted_name {
                true => kind.is("Iterator") && self.differs(&args[0], &wanted_args[0]),
                false => !self.are_exceptions(name, wanted_name),
            },
            (Kind::Optional(kind), Kind::Optional(wanted)) => self.differs(kind, wanted),
            (Kind::Named(..) | Kind::None, Kind::Optional(_)) | (Kind::Optional(_), Kind::Named(..)) => true,
            _ => false,
        }
    }

    fn convert(
        &mut self,
        value: TokenStream,
        name: &str,
        wanted_name: &str,
        wanted_args: &[Kind],
        span: Span,
    ) -> TokenStream {
        let py = self.py.clone();
        if self.are_exceptions(name, wanted_name) {
            return value;
        }
        match (name, wanted_name) {
            ("int", "float") => quote!((#value as f64)),
            ("bool", "int") => quote!((#value as i64)),
            ("bool", "float") => quote!((#value as i64 as f64)),
            ("Generator", "Iterator") => quote!(#py::Iter::of(#value)),
            (_, "Iterator") => {
                let items = self.fallible(quote!(#py::protocol::Iterate::iter(&#value)), span);
                quote!(#py::Iter::new(#items))
            }
            ("list", "tuple...") => quote!(#py::Seq::from(#value)),
            _ if self.model.is_script_class(name) && self.model.is_subclass(name, wanted_name) => {
                match self.model.is_script_class(wanted_name) {
                    true => {
                        let base = self.struct_type(wanted_name, wanted_args);
                        quote!(#py::upcast::<_, #base>(#value))
                    }
                    false => quote!(#py::Exception::from(#py::upcast::<_, #py::exceptions::BaseException>(#value))),
                }
            }
            _ if self.model.is_script_class(wanted_name) && self.model.is_subclass(wanted_name, name) => {
                let derived = self.struct_type(wanted_name, wanted_args);
                let value = match self.model.is_script_class(name) {
                    true => value,
                    false => quote!(#py::exception_object(#value)),
                };
                self.fallible(quote!(#py::downcast::<#derived, _>(#value)), span)
            }
            _ => value,
        }
    }
}
