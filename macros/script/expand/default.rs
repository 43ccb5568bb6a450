//! Default values that are made once: by the first call that needs one, for items; by the `def`, for nested functions,
//! which keep them.

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;
use syn::Index;

use super::function::lints;
use super::{Expander, Frame, ident};
use crate::script::infer::{Plan, Target};
use crate::script::kind::Kind;
use crate::script::model::{Default, Signature};
use crate::script::tree::{Argument, Class, Expr, ExprKind, Function};

/// What hands out the default of a parameter.
fn accessor(class: Option<&str>, function: &str, param: &str) -> Ident {
    match class {
        Some(class) => format_ident!("__default_{}_{}_{}", class, function, param, span = Span::call_site()),
        None => format_ident!("__default_{}_{}", function, param, span = Span::call_site()),
    }
}

/// The places of the parameters whose defaults a nested function keeps.
fn kept(signature: &Signature) -> Vec<usize> {
    let params = signature.params.iter().enumerate();
    params.filter(|(_, param)| matches!(param.default, Some(Default::Made))).map(|(at, _)| at).collect()
}

impl Expander<'_> {
    /// `fn __default_f_x() -> List<i64> { … }` for each default of a function that isn't a literal.
    pub fn default_items(&mut self, class: Option<&str>, function: &Function) -> TokenStream {
        let Some(signature) = self.model.functions.get(&function.id).cloned() else {
            return TokenStream::new();
        };
        let lints = lints();
        let mut tokens = TokenStream::new();
        for at in kept(&signature) {
            let known = &signature.params[at];
            let param = function.params.iter().find(|param| param.name == known.name);
            let Some(value) = param.and_then(|param| param.default.as_ref()) else { continue };
            let frame = Frame::new(&signature.name, None, false);
            let frame = std::mem::replace(&mut self.frame, frame);
            let value = self.value_as(value, &known.kind);
            self.frame = frame;
            let (name, ty) = (accessor(class, &signature.name, &known.name), self.ty(&known.kind));
            tokens.extend(quote! {
                #lints
                fn #name() -> #ty {
                    ::std::thread_local! { static VALUE: #ty = #value; }
                    VALUE.with(::core::clone::Clone::clone)
                }
            });
        }
        tokens
    }

    pub fn method_defaults(&mut self, class: &Class) -> TokenStream {
        let name = class.name.to_string();
        class.methods.iter().map(|method| self.default_items(Some(&name), method)).collect()
    }

    /// A default that was made before the call.
    pub fn made_default(&mut self, plan: &Plan, param: usize) -> TokenStream {
        let Some(signature) = &plan.signature else {
            return TokenStream::new();
        };
        let name = &signature.params[param].name;
        let class = match &plan.target {
            Target::Closure => {
                let callee = self.own("callee");
                return self.kept_default(quote!(#callee), signature, param);
            }
            Target::Constructor(class) => self.model.method(class, "__init__").map(|(owner, _)| owner.name.to_string()),
            Target::Method { class, .. } | Target::Static { class, .. } | Target::Super { class, .. } => {
                Some(class.clone())
            }
            _ => None,
        };
        self.item_default(class.as_deref(), &signature.name, name)
    }

    /// The default of a function that is an item.
    pub fn item_default(&self, class: Option<&str>, function: &str, param: &str) -> TokenStream {
        let accessor = accessor(class, function, param);
        quote!(#accessor())
    }

    /// A default that the function object keeps.
    fn kept_default(&self, function: TokenStream, signature: &Signature, param: usize) -> TokenStream {
        let kept = kept(signature);
        let place = Index::from(kept.iter().position(|at| *at == param).unwrap_or_default());
        let types = kept.iter().map(|at| self.ty(&signature.params[*at].kind));
        quote!(::core::clone::Clone::clone(&#function.defaults::<(#(#types,)*)>().#place))
    }

    /// The tuple of the defaults that a nested function keeps, made where its `def` stands; nothing if it keeps none.
    pub fn kept_defaults(&mut self, function: &Function, signature: &Signature) -> Option<TokenStream> {
        let kept = kept(signature);
        let values: Vec<TokenStream> = kept
            .iter()
            .filter_map(|at| {
                let known = &signature.params[*at];
                let param = function.params.iter().find(|param| param.name == known.name)?;
                Some(self.value_as(param.default.as_ref()?, &known.kind))
            })
            .collect();
        (!values.is_empty()).then(|| quote!((#(#values,)*)))
    }

    /// A nested function that is called by its name.
    pub fn call_closure(&mut self, callee: &Expr, plan: &Plan, args: &[Argument]) -> TokenStream {
        let span = callee.end;
        let kind = self.types.kind(callee);
        let function = self.own("callee");
        self.with_operands(&[(callee, Some(kind))], |this, refs| {
            let reference = &refs[0];
            let (lets, values) = this.arguments(plan, args);
            let call = this.fallible(quote!(#function.call((#(#values,)*))), span);
            quote!({ let #function = #reference; #lets #call })
        })
    }

    /// A function with defaults where one is wanted that takes fewer arguments.
    pub fn shortened(&mut self, value: &Expr, wanted: &Kind) -> Option<TokenStream> {
        let (Kind::Function(params, result), ExprKind::Name(name)) = (wanted.unwrapped(), &value.kind) else {
            return None;
        };
        let (plan, function) = self.function_named(value, &name.to_string())?;
        let signature = plan.signature.clone()?;
        let rest = signature.params.get(params.len()..).filter(|rest| !rest.is_empty())?;
        if rest.iter().any(|param| param.default.is_none()) {
            return None;
        }
        let py = self.py.clone();
        let callee = self.own("callee");
        let names: Vec<Ident> = (0..params.len()).map(|at| self.own(&format!("argument{at}"))).collect();
        let defaults: Vec<TokenStream> =
            (params.len()..signature.params.len()).map(|at| self.default(&plan, at)).collect();
        let types = params.iter().map(|kind| self.ty(kind));
        let all = signature.params.iter().map(|param| self.ty(&param.kind));
        let (given, made) = (self.ty(result), self.ty(&signature.result));
        let text = &signature.name;
        let function = quote! {
            #py::Function::<(#(#types,)*), #given>::new(
                #text,
                #function,
                |#callee: &#py::Function<(#(#all,)*), #made>, (#(#names,)*)| #callee.call((#(#names,)* #(#defaults,)*)),
            )
        };
        Some(match wanted {
            Kind::Optional(_) => quote!(::core::option::Option::Some(#function)),
            _ => function,
        })
    }

    /// A function of the script by its name: how a call of it would look, and its value.
    fn function_named(&mut self, value: &Expr, name: &str) -> Option<(Plan, TokenStream)> {
        use crate::script::scope::Binding;
        let (node, target) = match self.scopes.lookup(self.scope, name) {
            Binding::Def(node) => (node, Target::Function(node)),
            Binding::Var(var) => (self.scopes.vars[var].def?, Target::Closure),
            _ => return None,
        };
        let signature = self.model.functions.get(&node)?.clone();
        let params = signature.params.iter().map(|param| param.kind.clone()).collect();
        let plan = Plan { signature: Some(signature), params, ..Plan::loose(target) };
        Some((plan, self.value(value)))
    }

    /// The parameters of a lambda that keep their defaults: name, type and value of each.
    pub fn lambda_defaults(
        &mut self,
        params: &[crate::script::tree::Param],
        taken: usize,
    ) -> Vec<(Ident, TokenStream, TokenStream)> {
        let kept = params.iter().skip(taken).filter_map(|param| Some((param, param.default.as_ref()?)));
        kept.map(|(param, default)| {
            let ty = self.ty(&self.types.kind(default));
            (ident(&param.name.to_string(), param.name.span()), ty, self.value(default))
        })
        .collect()
    }
}
