//! Special methods where the runtime looks for them: `print(x)`, `x == y`, `if x`.

use proc_macro2::TokenStream;
use quote::quote;

use super::Expander;
use crate::script::kind::Kind;
use crate::script::model::Signature;
use crate::script::tree::Class;

impl Expander<'_> {
    /// `impl Object for Node { … }`
    pub fn object(&mut self, class: &Class) -> TokenStream {
        let class_name = class.name.to_string();
        let py = self.py.clone();
        let private = &self.paths.private;
        let (parameters, ty) = self.class_generics(class);
        let gc = quote!(#private::Gc<Self>);
        let mut methods = TokenStream::new();
        if self.model.is_exception(&class_name) && self.model.method(&class_name, "__str__").is_none() {
            methods.extend(quote! {
                fn __str__(this: &#gc) -> #py::Result<#py::Str> {
                    #py::protocol::Show::str(&#py::Exception::from(#py::upcast::<_, #py::exceptions::BaseException>(::core::clone::Clone::clone(this))))
                }
            });
        }
        if self.model.is_exception(&class_name) && self.model.method(&class_name, "__repr__").is_none() {
            methods.extend(quote! {
                fn __repr__(this: &#gc) -> #py::Result<#py::Str> {
                    #py::protocol::Show::repr(&#py::Exception::from(#py::upcast::<_, #py::exceptions::BaseException>(::core::clone::Clone::clone(this))))
                }
            });
        }
        for name in ["__repr__", "__str__"] {
            if let Some(call) = self.special(&class_name, name, &[]) {
                let name = super::ident(name, class.name.span());
                methods.extend(quote! {
                    fn #name(this: &#gc) -> #py::Result<#py::Str> { #call }
                });
            }
        }
        for name in ["__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"] {
            if let Some(call) = self.special(&class_name, name, &["other"]) {
                let name = super::ident(name, class.name.span());
                methods.extend(quote! {
                    fn #name(this: &#gc, other: &#gc) -> #py::Result<bool> { #call }
                });
            }
        }
        for (name, result) in [("__hash__", quote!(i64)), ("__len__", quote!(i64)), ("__bool__", quote!(bool))] {
            if let Some(call) = self.special(&class_name, name, &[]) {
                let name = super::ident(name, class.name.span());
                methods.extend(quote! {
                    fn #name(this: &#gc) -> #py::Result<#result> { #call }
                });
            }
        }
        if self.model.method(&class_name, "__len__").is_some() {
            methods.extend(quote!(
                const HAS_LEN: bool = true;
            ));
        }
        let shown = match self.has_class(&class_name) {
            true => quote!(fn name(this: &#gc) -> &'static str { #py::HasClass::class(&**this).name() }),
            false => TokenStream::new(),
        };
        let lints = super::function::lints();
        quote! {
            #lints
            impl #parameters #py::Object for #ty {
                const NAME: &'static str = #class_name;
                #shown
                #methods
            }
        }
    }

    /// The call of a special method, as a `Result`; `None` if no class of the lineage defines it.
    fn special(&mut self, class: &str, name: &str, args: &[&str]) -> Option<TokenStream> {
        let (owner, signature) = self.model.method(class, name)?;
        let owner = owner.name.to_string();
        let receiver = self.receiver_as(quote!(this), class, &owner);
        let path = self.struct_path(class, &owner);
        let method = super::ident(name, proc_macro2::Span::call_site());
        let args: Vec<TokenStream> =
            args.iter().zip(&signature.params).map(|(arg, param)| self.special_arg(arg, class, &param.kind)).collect();
        let call = quote!(#path::#method(#receiver, #(#args),*));
        Some(wrapped(call, &signature))
    }

    fn special_arg(&self, arg: &str, class: &str, wanted: &Kind) -> TokenStream {
        let py = &self.py;
        let arg = super::ident(arg, proc_macro2::Span::call_site());
        let clone = quote!(::core::clone::Clone::clone(#arg));
        match wanted {
            kind if kind.is("any") => quote!(#py::Any::from(#clone)),
            Kind::Optional(inner) if inner.is("any") => quote!(::core::option::Option::Some(#py::Any::from(#clone))),
            Kind::Named(name, _) if &**name != class && self.model.is_script_class(name) => {
                let base = super::ident(name, proc_macro2::Span::call_site());
                quote!(#py::upcast::<_, #base>(#clone))
            }
            Kind::Optional(_) => quote!(::core::option::Option::Some(#clone)),
            _ => clone,
        }
    }
}

fn wrapped(call: TokenStream, signature: &Signature) -> TokenStream {
    match signature.raises {
        true => call,
        false => quote!(::core::result::Result::Ok(#call)),
    }
}
