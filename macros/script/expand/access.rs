//! Attributes and items: read, assigned, deleted.

use super::here::quote;
use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;

use super::class::{shared, stored};
use super::copy;
use super::seen::Use;
use super::{Expander, ident};
use crate::script::infer::Member;
use crate::script::kind::Kind;
use crate::script::model::Origin;
use crate::script::tree::{Expr, ExprKind};

impl Expander<'_> {
    pub fn attribute(&mut self, expr: &Expr, value: &Expr, name: &Ident) -> TokenStream {
        let py = self.py.clone();
        if name == "__name__"
            && let ExprKind::Call { callee, args, .. } = &value.kind
            && matches!(&callee.kind, ExprKind::Name(name) if name == "type")
            && let [arg] = args.as_slice()
        {
            return self.with_operands(&[(&arg.value, None)], |_, refs| {
                let value = &refs[0];
                quote!(#py::Str::lit(#py::protocol::Show::type_name(#value)))
            });
        }
        match self.types.members.get(&expr.id).cloned() {
            Some(Member::ClassAttribute { class, name: field }) => {
                match self.attribute_of_given(expr, &class, &field, name.span()) {
                    Some(read) => read,
                    None => self.read_shared(&class, &field, name.span()),
                }
            }
            Some(Member::ClassName(_)) if let Some(given) = self.given_class(value) => {
                quote!(#py::Str::from(#given.name()))
            }
            Some(Member::Module { module, name: member }) => self.module_value(&module, &member, name.span()),
            Some(Member::ClassName(class)) => quote!(const { #py::Str::lit(#class) }),
            Some(Member::BoundMethod { class, name: method }) => self.bound_method(expr, value, &class, &method),
            _ => {
                if let Some(read) = self.attribute_of_chain(expr, value, name) {
                    return read;
                }
                let kind = self.types.kind(value);
                let wanted = Some(kind.unwrapped().clone()).filter(|kind| !matches!(kind, Kind::Unknown));
                if matches!(kind, Kind::Optional(_)) {
                    return self.attribute_of_optional(expr, value, kind.unwrapped(), name);
                }
                self.with_operands(&[(value, wanted)], |this, refs| this.attribute_of(expr, refs[0].clone(), name))
            }
        }
    }

    /// `C.x`
    pub fn is_class_attribute(&self, target: &Expr) -> bool {
        matches!(self.types.members.get(&target.id), Some(Member::ClassAttribute { .. }))
    }

    /// `x.name` where `x` may be `None`.
    fn attribute_of_optional(&mut self, expr: &Expr, value: &Expr, inner: &Kind, name: &Ident) -> TokenStream {
        let operand = self.receiver(value, inner, &name.to_string(), 0);
        self.assemble(vec![operand], |this, refs| this.attribute_of(expr, refs[0].clone(), name))
    }

    /// A reference to the object that an attribute or a method is wanted of; `None` raises.
    pub fn receiver(&mut self, value: &Expr, inner: &Kind, name: &str, at: usize) -> super::operand::Operand {
        match self.reached(value, inner, name) {
            Some(object) => self.held(object, inner, at),
            None => self.operand(value, None, at, &[]),
        }
    }

    /// The object behind a value that may be `None` or is a proxy, owned.
    pub fn reached(&mut self, value: &Expr, inner: &Kind, name: &str) -> Option<TokenStream> {
        let py = self.py.clone();
        let mut kind = self.types.kind(value);
        if !matches!(kind, Kind::Optional(_)) && !kind.is_proxy() {
            return None;
        }
        let mut found = self.value(value);
        if let Kind::Optional(present) = kind {
            found = self.fallible(quote!(#py::attribute_of_none(#found, #name)), value.span);
            kind = *present;
        }
        Some(self.coerce(found, &kind, inner, value.span))
    }

    /// An attribute of an object that is there, by reference.
    pub fn attribute_of(&mut self, expr: &Expr, owner: TokenStream, name: &Ident) -> TokenStream {
        let py = self.py.clone();
        let span = name.span();
        let text = name.to_string();
        match self.types.members.get(&expr.id).cloned() {
            Some(Member::Field { class, name: field }) => {
                match self.model.classes.get(&class).map(|class| class.origin) {
                    Some(Origin::Exception) => {
                        let owner = self.as_exception(expr, owner);
                        self.exception_attribute(owner, &field)
                    }
                    Some(Origin::Builtin) => {
                        let method = ident(&field, span);
                        quote!((#owner).#method())
                    }
                    _ => self.read_field(owner, &class, &field, span),
                }
            }
            Some(Member::Property { class, name: property }) => {
                let receiver_kind = match &expr.kind {
                    ExprKind::Attribute { value, .. } => self.types.kind(value),
                    _ => Kind::named(&class),
                };
                self.special_call(&receiver_kind, &property, owner, &[], span)
            }
            Some(Member::ClassAttribute { class, name: field }) => self.read_shared(&class, &field, span),
            Some(Member::Any) => self.any_attribute(owner, name),
            Some(Member::BuiltinMethod { .. }) => {
                let copy = quote!(::core::clone::Clone::clone(#owner));
                let method = ident(&text, span);
                let kind = self.types.kind(expr);
                self.builtin_method_value(copy, &method, &kind)
            }
            _ => {
                let kind = match &expr.kind {
                    ExprKind::Attribute { value, .. } => self.types.kind(value),
                    _ => Kind::Unknown,
                };
                let is_exception = kind.unwrapped().name().is_some_and(|name| self.model.is_exception(name));
                if is_exception {
                    return self.exception_attribute(owner, &text);
                }
                if text == "__name__" {
                    return quote!(#py::Str::from((#owner).name()));
                }
                self.rust_attribute(&kind, owner, name)
            }
        }
    }

    /// An exception of a class of the script as what all exceptions are.
    fn as_exception(&mut self, expr: &Expr, owner: TokenStream) -> TokenStream {
        let ExprKind::Attribute { value, .. } = &expr.kind else { return owner };
        let kind = self.types.kind(value).unwrapped().clone();
        match self.is_object(&kind) {
            true => {
                let copy = quote!(::core::clone::Clone::clone(#owner));
                self.coerce(copy, &kind, &Kind::named("BaseException"), value.span)
            }
            false => owner,
        }
    }

    fn exception_attribute(&mut self, owner: TokenStream, name: &str) -> TokenStream {
        let py = self.py.clone();
        match name {
            "__cause__" => quote!((#owner).cause()),
            "__context__" => quote!((#owner).context()),
            "__suppress_context__" => quote!((#owner).suppresses_context()),
            "args" => quote!((#owner).args()),
            "code" => quote!((#owner).value::<i64>().unwrap_or_default()),
            "value" => quote!((#owner).first_argument()),
            "message" => {
                let text = quote!(#py::protocol::Show::str(#owner));
                self.fallible(text, Span::call_site())
            }
            _ => {
                let method = ident(name, Span::call_site());
                quote!((#owner).#method())
            }
        }
    }

    pub fn module_value(&mut self, module: &str, name: &str, span: Span) -> TokenStream {
        let py = &self.py;
        let module_ident = ident(module, span);
        let name_ident = ident(name, span);
        match (module, name) {
            ("math", "pi" | "e" | "inf" | "nan" | "tau") | ("sys", "maxsize") => {
                quote!(#py::#module_ident::#name_ident)
            }
            ("gc", name) if name.starts_with("DEBUG") => quote!(#py::#module_ident::#name_ident),
            _ => quote!(#py::#module_ident::#name_ident()),
        }
    }

    pub fn assign_attribute(
        &mut self,
        target: &Expr,
        owner: &Expr,
        name: &Ident,
        value: TokenStream,
        kind: &Kind,
    ) -> TokenStream {
        let py = self.py.clone();
        let held = self.own("stored");
        match self.types.members.get(&target.id).cloned() {
            Some(Member::ClassAttribute { class, name: field }) => {
                let wanted = self.types.kind(target);
                let value = self.coerce(value, kind, &wanted, name.span());
                let class = ident(&class, Span::call_site());
                let shared = shared(&field);
                quote!({ let #held = #value; #class::#shared().with(|shared| shared.set(#held)); })
            }
            Some(Member::Module { module, name: member }) => {
                let wanted = self.types.kind(target);
                let value = self.coerce(value, kind, &wanted, name.span());
                let module = ident(&module, name.span());
                let setter = format_ident!("set_{}", member, span = name.span());
                quote!(#py::#module::#setter(#value);)
            }
            _ => {
                let wanted = self.types.kind(target);
                let stored = quote!(#held);
                if let Some(store) = self.store_in_chain(target, owner, &stored) {
                    let value = self.coerce(value, kind, &wanted, name.span());
                    return quote!({ let #held = #value; #store; });
                }
                let inner = self.types.kind(owner).unwrapped().clone();
                let operand = self.receiver(owner, &inner, &name.to_string(), 0);
                let store = self.assemble(vec![operand], |this, refs| {
                    this.store_attribute(target, refs[0].clone(), name, quote!(#held), kind)
                });
                quote!({ let #held = #value; #store; })
            }
        }
    }

    /// Stores a value in an object that is there.
    pub fn store_attribute(
        &mut self,
        target: &Expr,
        owner: TokenStream,
        name: &Ident,
        value: TokenStream,
        kind: &Kind,
    ) -> TokenStream {
        let span = name.span();
        let wanted = self.types.kind(target);
        let value = self.coerce(value, kind, &wanted, span);
        match self.types.members.get(&target.id).cloned() {
            Some(Member::Field { class, name: field }) => {
                let is_builtin = self.model.classes.get(&class).is_some_and(|class| class.origin == Origin::Builtin);
                if is_builtin {
                    let setter = format_ident!("set_{}", field, span = span);
                    return quote!((#owner).#setter(#value));
                }
                let stored = stored(&field);
                quote!((#owner).#stored.set(#value))
            }
            Some(Member::ClassAttribute { class, name: field }) => {
                let class = ident(&class, Span::call_site());
                let shared = shared(&field);
                quote!(#class::#shared().with(|shared| shared.set(#value)))
            }
            Some(Member::Property { class, name: property }) => {
                let Some((definer, signature)) = self.model.setter(&class, &property) else {
                    return TokenStream::new();
                };
                let definer = ident(&definer.name, Span::call_site());
                let setter = format_ident!("set_{}", property);
                let call = quote!(#definer::#setter(#owner, #value));
                match signature.raises {
                    true => self.fallible(call, span),
                    false => call,
                }
            }
            Some(Member::Any) => self.set_any_attribute(owner, name, value),
            _ => {
                let inner = match &target.kind {
                    ExprKind::Attribute { value, .. } => self.types.kind(value),
                    _ => Kind::Unknown,
                };
                self.set_rust_attribute(&inner, owner, name, value, kind)
            }
        }
    }

    pub fn item(&mut self, expr: &Expr, value: &Expr, index: &Expr) -> TokenStream {
        let owner_kind = self.types.kind(value).unwrapped().clone();
        let span = expr.span;
        if owner_kind.is("tuple")
            && let Some(places) = crate::script::infer::literal_slice(index, owner_kind.args().len())
        {
            let py = self.py.clone();
            let tuple = format_ident!("Tuple{}", places.len());
            let fields: Vec<_> = places.iter().map(|at| format_ident!("_{at}")).collect();
            return self.with_operands(&[(value, Some(owner_kind))], |_, refs| match fields.is_empty() {
                true => quote!(#py::Tuple0),
                false => {
                    let owner = &refs[0];
                    quote!(#py::#tuple::new(#(::core::clone::Clone::clone(&(#owner).#fields)),*))
                }
            });
        }
        if owner_kind.is("tuple") {
            let count = owner_kind.args().len() as i64;
            let at = crate::script::infer::literal_index(index).unwrap_or_default();
            let at = if at < 0 { at + count } else { at };
            let field = format_ident!("_{}", at.max(0) as usize);
            let plain = self.types.kind(expr).is_plain();
            return self.with_operands(&[(value, Some(owner_kind))], |_, refs| {
                let owner = &refs[0];
                match plain {
                    true => quote!((#owner).#field),
                    false => quote!(::core::clone::Clone::clone(&(#owner).#field)),
                }
            });
        }
        let wanted = self.index_kind(&owner_kind, index);
        if self.is_quiet(index)
            && let Some(chain) = self.container(value)
        {
            let py = self.py.clone();
            return self.with_operands(&[(index, Some(wanted))], |this, refs| {
                let index = &this.seen_by(Use::Value, index, &refs[0]);
                this.attempt(
                    &chain,
                    |it| quote!(#py::protocol::Peek::peek(#it, #index)),
                    |it| quote!(#py::protocol::GetItem::getitem(#it, #index)),
                    span,
                )
            });
        }
        let place = Some(owner_kind.clone()).filter(|kind| !matches!(kind, Kind::Unknown));
        self.with_operands(&[(value, place), (index, Some(wanted))], |this, refs| {
            let owner = this.seen_by(Use::Value, value, &refs[0]);
            let index = this.seen_by(Use::Value, index, &refs[1]);
            this.read_item(&owner_kind, owner, index, span)
        })
    }

    /// What an index of a container must be.
    pub fn index_kind(&self, owner: &Kind, index: &Expr) -> Kind {
        let found = self.types.kind(index);
        if owner.is("any") {
            return Kind::any();
        }
        if matches!(index.kind, ExprKind::Slice { .. }) {
            return found;
        }
        match (owner.name(), owner.args()) {
            (Some("dict" | "WeakValueDictionary" | "WeakKeyDictionary"), [key, _]) => key.clone(),
            (Some("list" | "str" | "tuple..." | "bytes"), _) => Kind::int(),
            _ => found.unwrapped().clone(),
        }
    }

    pub fn read_item(&mut self, owner_kind: &Kind, owner: TokenStream, index: TokenStream, span: Span) -> TokenStream {
        let py = self.py.clone();
        if self.is_object(owner_kind) {
            let kind = owner_kind
                .name()
                .and_then(|name| self.model.method(name, "__getitem__"))
                .and_then(|(_, signature)| Some(signature.params.first()?.kind.clone()))
                .unwrap_or(Kind::Unknown);
            let copy = copy::of_reference(&kind, &index);
            return self.special_call(owner_kind, "__getitem__", owner, &[(copy, kind)], span);
        }
        self.fallible(quote!(#py::protocol::GetItem::getitem(#owner, #index)), span)
    }

    pub fn assign_item(
        &mut self,
        target: &Expr,
        owner: &Expr,
        index: &Expr,
        value: TokenStream,
        kind: &Kind,
    ) -> TokenStream {
        let py = self.py.clone();
        let owner_kind = self.types.kind(owner).unwrapped().clone();
        let span = target.span;
        let held = self.own("stored");
        let wanted = match matches!(index.kind, ExprKind::Slice { .. }) {
            true => kind.clone(),
            false => self.types.kind(target),
        };
        let value = self.coerce(value, kind, &wanted, span);
        let index_wanted = self.index_kind(&owner_kind, index);
        if self.is_quiet(index)
            && wanted.is_plain()
            && owner_kind.is("list")
            && let Some(chain) = self.container(owner)
        {
            let at = self.own("index");
            let index = self.value_as(index, &index_wanted);
            let store = self.attempt(
                &chain,
                |it| quote!((#it).replace_item(#at, #held)),
                |it| quote!(#py::protocol::SetItem::setitem(#it, #at, #held).map(|()| #held)),
                span,
            );
            return quote!({ let #held = #value; let #at = #index; #store; });
        }
        let index = self.value_as(index, &index_wanted);
        let place = Some(owner_kind.clone()).filter(|kind| !matches!(kind, Kind::Unknown));
        let store = self.with_operands(&[(owner, place)], |this, refs| {
            let owner = refs[0].clone();
            match this.is_object(&owner_kind) {
                true => this.special_call(
                    &owner_kind,
                    "__setitem__",
                    owner,
                    &[(index, index_wanted), (quote!(#held), wanted)],
                    span,
                ),
                false => this.fallible(quote!(#py::protocol::SetItem::setitem(#owner, #index, #held)), span),
            }
        });
        quote!({ let #held = #value; #store; })
    }

    pub fn delete(&mut self, target: &Expr) -> TokenStream {
        let py = self.py.clone();
        let span = target.span;
        match &target.kind {
            ExprKind::Name(name) => match self.scopes.var(self.scope, &name.to_string()) {
                Some(var) => self.unbind(var, name.span()),
                None => TokenStream::new(),
            },
            ExprKind::Attribute { value: owner, name: Some(name) } => {
                let text = name.to_string();
                if let Some(Member::Any) = self.types.members.get(&target.id) {
                    let operand = self.operand(owner, None, 0, &[]);
                    let deleted =
                        self.assemble(vec![operand], |this, refs| this.delete_any_attribute(refs[0].clone(), name));
                    return quote!(#deleted;);
                }
                let Some(Member::Field { class, name: field }) = self.types.members.get(&target.id).cloned() else {
                    return TokenStream::new();
                };
                let stored = stored(&field);
                let inner = self.types.kind(owner).unwrapped().clone();
                let operand = self.receiver(owner, &inner, &text, 0);
                let deleted = self.assemble(vec![operand], |this, refs| {
                    let owner = &refs[0];
                    this.fallible(quote!((#owner).#stored.delete(#class, #field)), span)
                });
                quote!(#deleted;)
            }
            ExprKind::Index { value: owner, index } => {
                let owner_kind = self.types.kind(owner).unwrapped().clone();
                let wanted = self.index_kind(&owner_kind, index);
                let place = Some(owner_kind.clone()).filter(|kind| !matches!(kind, Kind::Unknown));
                let deleted = self.with_operands(&[(owner, place), (index, Some(wanted.clone()))], |this, refs| {
                    let (owner, index) = (refs[0].clone(), refs[1].clone());
                    match this.is_object(&owner_kind) {
                        true => {
                            let copy = copy::of_reference(&wanted, &index);
                            this.special_call(&owner_kind, "__delitem__", owner, &[(copy, wanted)], span)
                        }
                        false => this.fallible(quote!(#py::protocol::DelItem::delitem(#owner, #index)), span),
                    }
                });
                quote!(#deleted;)
            }
            _ => TokenStream::new(),
        }
    }
}
