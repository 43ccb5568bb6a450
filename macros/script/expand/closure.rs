//! Functions as values: nested functions and lambdas with the cells they capture, methods bound to their object.

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};

use super::{Exit, Expander, Frame, called_at, ident, method_name};
use crate::script::kind::Kind;
use crate::script::scope::VarId;
use crate::script::tree::{Expr, Function, Param};

impl Expander<'_> {
    /// A function of the script as a value: one object however often it is named.
    pub fn function_value(&mut self, node: usize, name: &Ident) -> TokenStream {
        let is_generic = self.model.functions.get(&node).is_some_and(|signature| !signature.generics.is_empty());
        match is_generic {
            true => self.new_function_value(node, name),
            false => {
                let value = value_of(&name.to_string());
                quote!(#value())
            }
        }
    }

    /// What hands out the one object of a function that is used as a value.
    pub fn value_item(&mut self, node: usize, name: &Ident) -> TokenStream {
        let py = self.py.clone();
        let Some(signature) = self.model.functions.get(&node).cloned() else {
            return TokenStream::new();
        };
        if !self.types.values.contains(&node) || !signature.generics.is_empty() {
            return TokenStream::new();
        }
        let params = signature.params.iter().map(|param| self.ty(&param.kind));
        let result = self.ty(&signature.result);
        let ty = quote!(#py::Function<(#(#params,)*), #result>);
        let function = value_of(&name.to_string());
        let made = self.new_function_value(node, name);
        let lints = super::function::lints();
        quote! {
            #lints
            fn #function() -> #ty {
                ::std::thread_local! { static VALUE: #ty = #made; }
                VALUE.with(::core::clone::Clone::clone)
            }
        }
    }

    fn new_function_value(&mut self, node: usize, name: &Ident) -> TokenStream {
        let py = self.py.clone();
        let Some(signature) = self.model.functions.get(&node).cloned() else {
            return TokenStream::new();
        };
        let kinds: Vec<Kind> = signature.params.iter().map(|param| param.kind.clone()).collect();
        let params: Vec<Ident> = (0..kinds.len()).map(|at| self.own(&format!("argument{at}"))).collect();
        let types = kinds.iter().map(|kind| self.ty(kind));
        let text = name.to_string();
        let function = ident(&text, name.span());
        let result = self.ty(&signature.result);
        let call = self.seen(quote!(#function(#(#params),*)), &signature);
        let call = match signature.raises {
            true => call,
            false => quote!(::core::result::Result::Ok(#call)),
        };
        quote!(#py::Function::<(#(#types,)*), #result>::new(#text, (), |_, (#(#params,)*)| #call))
    }

    /// `object.method` as a value: it keeps the object.
    pub fn bound_method(&mut self, expr: &Expr, value: &Expr, class: &str, method: &str) -> TokenStream {
        let kind = self.types.kind(value).unwrapped().clone();
        let object = match kind {
            Kind::Class(_) => TokenStream::new(),
            _ => self.value_as(value, &kind),
        };
        self.method_of(expr, object, &kind, class, method)
    }

    /// The method of an object, which is given by its value and its kind, or of a class.
    pub fn method_of(
        &mut self,
        expr: &Expr,
        object: TokenStream,
        kind: &Kind,
        class: &str,
        method: &str,
    ) -> TokenStream {
        let py = self.py.clone();
        let Kind::Function(params, result) = self.types.kind(expr) else {
            return TokenStream::new();
        };
        let Some((owner, signature)) = self.model.method(class, method) else {
            return TokenStream::new();
        };
        let owner = owner.name.to_string();
        let names: Vec<Ident> = (0..params.len()).map(|at| self.own(&format!("argument{at}"))).collect();
        let types: Vec<TokenStream> = params.iter().map(|kind| self.ty(kind)).collect();
        let result = self.ty(&result);
        let name = method_name(method, expr.span);
        let path = ident(&owner, expr.span);
        let finish = |call: TokenStream| match signature.raises {
            true => call,
            false => {
                let call = self.seen(call, &signature);
                quote!(::core::result::Result::Ok(#call))
            }
        };
        if let Kind::Class(_) = kind {
            let call = finish(quote!(#path::#name(#(#names),*)));
            return quote!(#py::Function::<(#(#types,)*), #result>::new(#method, (), |_, (#(#names,)*)| #call));
        }
        let held = self.own("object");
        let receiver = quote!(#held);
        let call = finish(quote!(#path::#name(#receiver, #(#names),*)));
        let ty = self.ty(kind);
        quote!(#py::Function::<(#(#types,)*), #result>::new(#method, #object, |#held: &#ty, (#(#names,)*)| #call))
    }

    /// `items.append` as a value.
    pub fn builtin_method_value(&mut self, object: TokenStream, method: &Ident, kind: &Kind) -> TokenStream {
        let py = self.py.clone();
        let Kind::Function(params, result) = kind else {
            return TokenStream::new();
        };
        let names: Vec<Ident> = (0..params.len()).map(|at| self.own(&format!("argument{at}"))).collect();
        let types = params.iter().map(|kind| self.ty(kind));
        let result = self.ty(result);
        let text = method.to_string();
        let held = self.own("object");
        quote!(#py::Function::<(#(#types,)*), #result>::new(#text, #object, |#held, (#(#names,)*)| #py::IntoResult::into_result(#held.#method(#(#names),*))))
    }

    /// A function that converts what it is given, calls another, and converts what that gives.
    pub fn adapted_function(
        &mut self,
        function: TokenStream,
        (params, result): (&[Kind], &Kind),
        (wanted_params, wanted_result): (&[Kind], &Kind),
        span: Span,
    ) -> TokenStream {
        let py = self.py.clone();
        let outer = std::mem::replace(&mut self.frame, Frame::new("function", None, true));
        let label = self.label("raise");
        self.frame.exits.push(Exit::Function { label: label.clone() });
        let names: Vec<Ident> = (0..params.len()).map(|at| self.own(&format!("argument{at}"))).collect();
        let mut arguments = Vec::new();
        for ((name, param), wanted) in names.iter().zip(params).zip(wanted_params) {
            arguments.push(self.coerce(quote!(#name), wanted, param, span));
        }
        let held = self.own("function");
        let called = self.fallible(quote!(#held.call((#(#arguments,)*))), span);
        let given = self.coerce(called, result, wanted_result, span);
        self.frame = outer;
        let types = wanted_params.iter().map(|kind| self.ty(kind));
        let own_types = params.iter().map(|kind| self.ty(kind));
        let (result, own_result, raised) = (self.ty(wanted_result), self.ty(result), self.own("raised"));
        quote!({
            let #held = #function;
            #py::Function::<(#(#types,)*), #result>::new(
                #held.name(),
                #held,
                |#held: &#py::Function<(#(#own_types,)*), #own_result>, (#(#names,)*)| {
                    let #raised: #py::Exception = #label: { return ::core::result::Result::Ok(#given); };
                    ::core::result::Result::Err(#raised)
                },
            )
        })
    }

    /// A nested function that captures variables of the functions around it.
    pub fn closure(&mut self, function: &Function) -> TokenStream {
        let Some(signature) = self.model.functions.get(&function.id).cloned() else {
            return TokenStream::new();
        };
        let kinds: Vec<Kind> = signature.params.iter().map(|param| param.kind.clone()).collect();
        let names: Vec<Ident> =
            function.params.iter().map(|param| ident(&param.name.to_string(), param.name.span())).collect();
        let mut frame = Frame::new(&function.name.to_string(), Some(signature.result.clone()), true);
        frame.class = self.frame.class.clone();
        let captures = self.captures(function.id);
        let defaults = self.kept_defaults(function, &signature);
        let body = match signature.yields {
            Some(_) => {
                let made = self.generator(function, &signature, &captures);
                quote!(::core::result::Result::Ok(#made))
            }
            None => self.body(function, frame),
        };
        let parts = Parts { params: &names, kinds: &kinds, result: &signature.result, defaults, kept: Vec::new() };
        self.closure_of(&function.name.to_string(), function.name.span(), &captures, parts, body)
    }

    pub fn lambda(&mut self, expr: &Expr, params: &[Param], body: &Expr) -> TokenStream {
        let Kind::Function(kinds, result) = self.types.kind(expr) else {
            return TokenStream::new();
        };
        let params_taken = params.iter().take(kinds.len());
        let names: Vec<Ident> = params_taken.map(|param| ident(&param.name.to_string(), param.name.span())).collect();
        let captures = self.captures(expr.id);
        let kept = self.lambda_defaults(params, kinds.len());
        let outer_scope = std::mem::replace(&mut self.scope, self.scopes.of_node(expr.id));
        let mut frame = Frame::new("<lambda>", None, true);
        frame.class = self.frame.class.clone();
        let outer_frame = std::mem::replace(&mut self.frame, frame);
        let scope = self.scope;
        let mut declarations = TokenStream::new();
        let vars: Vec<VarId> = self.scopes.scopes[scope].order.clone();
        for var in vars.into_iter().rev() {
            let declaration = match self.scopes.vars[var].is_param {
                true => self.declare_param(var),
                false => self.declare(var),
            };
            declarations.extend(declaration);
        }
        let label = self.label("raise");
        self.frame.exits.push(Exit::Function { label: label.clone() });
        let value = match &*result {
            Kind::None => {
                let value = self.value(body);
                quote!({ #value; })
            }
            result => self.value_as(body, result),
        };
        self.frame.exits.pop();
        let leave = self.leave(scope);
        self.frame = outer_frame;
        self.scope = outer_scope;
        let py = self.py.clone();
        let raised = self.own("raised");
        let body = quote! {
            #declarations
            let #raised: #py::Exception = #label: { return ::core::result::Result::Ok(#value); };
            ::core::result::Result::Err(#leave)
        };
        let parts = Parts { params: &names, kinds: &kinds, result: &result, defaults: None, kept };
        self.closure_of("<lambda>", expr.span, &captures, parts, body)
    }

    pub fn captures(&self, node: usize) -> Vec<VarId> {
        self.scopes.captures.get(&node).map(|vars| vars.iter().copied().collect()).unwrap_or_default()
    }

    fn closure_of(
        &mut self,
        name: &str,
        span: Span,
        captures: &[VarId],
        parts: Parts<'_>,
        body: TokenStream,
    ) -> TokenStream {
        let py = self.py.clone();
        let Parts { params, kinds, result, defaults, kept } = parts;
        let types: Vec<TokenStream> = kinds.iter().map(|kind| self.ty(kind)).collect();
        let result = self.ty(result);
        let cells: Vec<Ident> =
            captures.iter().map(|var| self.var_ident(*var, self.scopes.vars[*var].name.span())).collect();
        let cell_types: Vec<TokenStream> = captures
            .iter()
            .map(|var| {
                let ty = self.ty(&self.types.vars[*var]);
                quote!(#py::Cell<#ty>)
            })
            .collect();
        let lints = super::function::lints();
        let kept_names: Vec<&Ident> = kept.iter().map(|(name, ..)| name).collect();
        let captured = |parts| {
            let parts = tupled(parts);
            quote!(#py::Captured(#parts))
        };
        let (made, pattern, ty) = match cells.is_empty() && kept.is_empty() {
            true => (quote!(()), quote!(()), quote!(())),
            false => {
                let copies = cells.iter().map(|cell| quote!(#py::Cell::clone(&#cell)));
                let made = captured(copies.chain(kept.iter().map(|(.., value)| value.clone())).collect());
                let names = cells.iter().chain(kept_names.iter().copied());
                let pattern = captured(names.map(|name| quote!(#name)).collect());
                let types = tupled(cell_types.into_iter().chain(kept.iter().map(|(_, ty, _)| ty.clone())).collect());
                (made, pattern, quote!(#py::Captured<#types>))
            }
        };
        let (make, defaults) = match defaults {
            Some(defaults) => (quote!(keeping), quote!(#defaults,)),
            None => (quote!(new), TokenStream::new()),
        };
        let closure = quote! {
            #py::Function::<(#(#types,)*), #result>::#make(
                #name,
                #defaults
                #made,
                #lints
                |#pattern: &#ty, (#(#params,)*): (#(#types,)*)| -> #py::Result<#result> {
                    #(let #kept_names = ::core::clone::Clone::clone(#kept_names);)*
                    #body
                },
            )
        };
        called_at(span, closure)
    }
}

/// What a function object is made of.
struct Parts<'p> {
    params: &'p [Ident],
    kinds: &'p [Kind],
    result: &'p Kind,
    /// The tuple of default values that calls by name read.
    defaults: Option<TokenStream>,
    /// Parameters that always have their defaults: name, type, value.
    kept: Vec<(Ident, TokenStream, TokenStream)>,
}

/// A tuple of any length: tuples of Rust have traits only up to twelve items.
fn tupled(mut items: Vec<TokenStream>) -> TokenStream {
    const LONGEST: usize = 12;
    let rest = match items.len() > LONGEST {
        true => Some(tupled(items.split_off(LONGEST - 1))),
        false => None,
    };
    quote!((#(#items,)* #rest))
}

fn value_of(name: &str) -> Ident {
    quote::format_ident!("__value_of_{}", name, span = proc_macro2::Span::call_site())
}
