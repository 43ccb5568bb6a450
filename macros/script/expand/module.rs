//! Calls of functions of modules.

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};

use super::{Expander, ident};
use crate::script::infer::{Member, Plan, thread_parts};
use crate::script::kind::Kind;
use crate::script::tree::{Argument, ExprKind};

impl Expander<'_> {
    pub fn call_module(&mut self, module: &str, name: &str, plan: &Plan, args: &[Argument], span: Span) -> TokenStream {
        let py = self.py.clone();
        let module_name = ident(module, span);
        let name_ident = ident(name, span);
        match (module, name) {
            ("sys", "getrefcount") => self.refcount(args),
            ("weakref", "ref") => self.weak_reference(plan, "reference", args),
            ("weakref", "proxy") => self.weak_reference(plan, "proxy", args),
            ("weakref", "WeakMethod") => self.weak_method(args),
            ("weakref", "finalize") => self.finalize(args),
            ("weakref", "WeakValueDictionary" | "WeakKeyDictionary" | "WeakSet") => {
                self.weak_container(&plan.result, args, span)
            }
            ("atexit", "register") => self.register(args),
            ("atexit", "unregister") => self.unregister(args),
            ("threading", "Thread") => self.thread(args),
            ("itertools", "chain") => self.chain_of(plan, args, span),
            ("bytes", "fromhex") => self.lent_call(quote!(#py::Bytes::fromhex), plan, args, span),
            ("dict", _) => self.lent_call(quote!(#py::Dict::#name_ident), plan, args, span),
            _ => self.lent_call(quote!(#py::#module_name::#name_ident), plan, args, span),
        }
    }

    /// `itertools.chain(a, b, …)`: one behind the other, from the right.
    fn chain_of(&mut self, plan: &Plan, args: &[Argument], span: Span) -> TokenStream {
        let py = self.py.clone();
        let items: Vec<TokenStream> = args.iter().map(|arg| self.items_of(&arg.value)).collect();
        if items.is_empty() {
            let item = self.ty(&self.item_kind(&plan.result));
            return quote!(#py::Iter::new(#py::RustIter(::core::iter::empty::<#item>())));
        }
        self.lent(items, |this, refs| {
            let (last, rest) = (&refs[refs.len() - 1], &refs[..refs.len() - 1]);
            let last = this.fallible(quote!(#py::protocol::Iterate::iter(#last)), span);
            rest.iter().rev().fold(quote!(#py::Iter::new(#last)), |tail, items| {
                this.fallible(quote!(#py::itertools::chain(#items, &#tail)), span)
            })
        })
    }

    /// The runtime counts the argument as one more reference, as CPython does; a value that is made or copied for the
    /// call is that one.
    fn refcount(&mut self, args: &[Argument]) -> TokenStream {
        let py = self.py.clone();
        let Some(arg) = args.first() else { return TokenStream::new() };
        if let Some(reference) = self.stable(&arg.value, &[]) {
            return quote!(#py::sys::getrefcount(#reference));
        }
        let value = self.value(&arg.value);
        let held = self.own("counted");
        quote!({ let #held = #value; #py::sys::getrefcount(&#held) - 1 })
    }

    /// The callback that is the second argument, if there is one.
    fn callback(&mut self, reference: &Kind, args: &[Argument]) -> Option<TokenStream> {
        let callback = args.get(1).filter(|arg| !matches!(arg.value.kind, ExprKind::None))?;
        let wanted = Kind::Function(vec![reference.clone()], Box::new(Kind::None));
        Some(self.value_as(&callback.value, &wanted))
    }

    /// `weakref.ref(x, callback)`
    fn weak_reference(&mut self, plan: &Plan, function: &str, args: &[Argument]) -> TokenStream {
        let py = self.py.clone();
        let Some(object) = args.first() else { return TokenStream::new() };
        let made = plan.result.name().unwrap_or_default();
        let kind = plan.result.args().first().cloned().unwrap_or(Kind::Unknown);
        // A callback that takes references to a base gets one.
        let kind = match args.get(1).map(|callback| self.types.kind(&callback.value)) {
            Some(Kind::Function(params, _)) => match params.first().map(Kind::args) {
                Some([referent]) if !matches!(referent, Kind::Unknown) => referent.clone(),
                _ => kind,
            },
            _ => kind,
        };
        let callback = self.callback(&Kind::with(made, vec![kind.clone()]), args);
        let plain = ident(function, Span::call_site());
        let calling = ident(&format!("{function}_with_callback"), Span::call_site());
        self.with_operands(&[(&object.value, Some(kind))], |_, refs| {
            let object = &refs[0];
            match callback {
                Some(callback) => quote!(#py::weakref::#calling(#object, &#callback)),
                None => quote!(#py::weakref::#plain(#object)),
            }
        })
    }

    /// `weakref.WeakMethod(object.method)`: the object, and a function that binds the method to it.
    fn weak_method(&mut self, args: &[Argument]) -> TokenStream {
        let py = self.py.clone();
        let Some(method) = args.first() else { return TokenStream::new() };
        let ExprKind::Attribute { value: object, .. } = &method.value.kind else { return TokenStream::new() };
        let Some(Member::BoundMethod { class, name }) = self.types.members.get(&method.value.id).cloned() else {
            return TokenStream::new();
        };
        let bound = self.types.kind(&method.value);
        let callback = self.callback(&Kind::with("WeakMethod", vec![bound]), args);
        let kind = self.types.kind(object).unwrapped().clone();
        let held = self.own("object");
        let bind = self.method_of(&method.value, quote!(#held), &kind, &class, &name);
        let text = format!("{class}.{name}");
        self.with_operands(&[(object, Some(kind))], |_, refs| {
            let object = &refs[0];
            match callback {
                Some(callback) => {
                    quote!(#py::WeakMethod::with_callback(#object, #text, |#held| #bind, &#callback))
                }
                None => quote!(#py::WeakMethod::new(#object, #text, |#held| #bind)),
            }
        })
    }

    /// A function with the arguments that it is called with later.
    fn deferred(&mut self, function: &Argument, args: &[Argument]) -> (TokenStream, Vec<TokenStream>) {
        let params = match self.types.kind(&function.value) {
            Kind::Function(params, _) => params,
            _ => Vec::new(),
        };
        let callback = self.value(&function.value);
        let values = args.iter().zip(&params).map(|(arg, kind)| self.value_as(&arg.value, kind)).collect();
        (callback, values)
    }

    /// `weakref.finalize(object, function, a, b)`
    fn finalize(&mut self, args: &[Argument]) -> TokenStream {
        let py = self.py.clone();
        let [object, function, rest @ ..] = args else { return TokenStream::new() };
        let kind = self.types.kind(&object.value).unwrapped().clone();
        let later: Vec<_> = args[1..].iter().map(|arg| &arg.value).collect();
        let operand = self.operand(&object.value, Some(&kind), 0, &later);
        let (callback, values) = self.deferred(function, rest);
        self.assemble(vec![operand], |_, refs| {
            let object = &refs[0];
            quote!(#py::weakref::finalize(#object, &#callback, (#(#values,)*)))
        })
    }

    fn weak_container(&mut self, kind: &Kind, args: &[Argument], span: Span) -> TokenStream {
        let ty = self.ty(kind);
        let Some(from) = args.first() else { return quote!(<#ty>::new()) };
        let function = if kind.is("WeakSet") { quote!(from_iterable) } else { quote!(from_entries) };
        self.over_items(quote!(<#ty>::#function), &from.value, span)
    }

    /// `atexit.register(function, a, b)`
    fn register(&mut self, args: &[Argument]) -> TokenStream {
        let py = self.py.clone();
        let Some((function, rest)) = args.split_first() else { return TokenStream::new() };
        let (callback, values) = self.deferred(function, rest);
        quote!(#py::atexit::register(&#callback, (#(#values,)*)))
    }

    fn unregister(&mut self, args: &[Argument]) -> TokenStream {
        let py = self.py.clone();
        let Some(function) = args.first() else { return TokenStream::new() };
        self.with_operands(&[(&function.value, None)], |_, refs| {
            let function = &refs[0];
            quote!(#py::atexit::unregister(#function))
        })
    }

    /// `threading.Thread(target=f, args=(a, b))`
    fn thread(&mut self, args: &[Argument]) -> TokenStream {
        let py = self.py.clone();
        let parts = thread_parts(args);
        let (Some(target), Some(values)) = (parts.target, parts.args) else { return TokenStream::new() };
        let (ExprKind::Name(name), Kind::Function(params, _)) = (&target.kind, self.types.kind(target)) else {
            return TokenStream::new();
        };
        let raises = match self.scopes.lookup(self.scope, &name.to_string()) {
            crate::script::scope::Binding::Def(node) => {
                self.model.functions.get(&node).is_some_and(|signature| signature.raises)
            }
            _ => false,
        };
        let function = ident(&name.to_string(), name.span());
        let names: Vec<Ident> = (0..params.len()).map(|at| self.own(&format!("argument{at}"))).collect();
        let types: Vec<TokenStream> = params.iter().map(|kind| self.ty(kind)).collect();
        let values: Vec<TokenStream> =
            values.iter().zip(&params).map(|(value, kind)| self.value_as(value, kind)).collect();
        let call = quote!(#function(#(#names),*));
        let call = if raises { quote!(#call?) } else { call };
        let text = name.to_string();
        quote! {
            #py::Thread::new(#text, |(#(#names,)*): (#(#types,)*)| {
                #call;
                ::core::result::Result::Ok(())
            }, (#(#values,)*))
        }
    }
}
