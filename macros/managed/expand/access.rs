//! Getters, setters and guards of `mut` and `weak` fields.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::shared;
use crate::managed::item::{Field, Item, Storage, weakened};
use crate::managed::types;

/// ```text
/// impl Node {
///     pub fn next(&self) -> Option<Gc<Node>> { self.__next.get() }
///     pub fn set_next(&self, next: Option<Gc<Node>>) { self.__next.set(next) }
///     …
/// }
/// ```
pub fn accessors(item: &Item) -> TokenStream {
    let accessors: TokenStream =
        item.fields().filter(|field| field.is_mutable()).map(|field| of_field(item, field)).collect();
    let this = this(item);
    if accessors.is_empty() {
        return this;
    }
    let generics = shared::traced_generics(item);
    let (parameters, _, wheres) = generics.split_for_impl();
    let ty = item.self_type();
    quote! {
        #[allow(private_interfaces)]
        impl #parameters #ty #wheres {
            #accessors
        }
        #this
    }
}

fn of_field(item: &Item, field: &Field) -> TokenStream {
    let Field { cfgs, docs, name, visibility, ty, .. } = field;
    let getter = getter(item, field);
    let set_name = prefixed("set", name);
    let replace_name = prefixed("replace", name);
    let (set, replace) = (call(item, field, "set", quote!(#name)), call(item, field, "replace", quote!(#name)));
    let docs: TokenStream = if docs.is_empty() {
        let doc = format!(" The value of `{}`.", name.unraw());
        quote!(#[doc = #doc])
    } else {
        quote!(#(#docs)*)
    };
    let set_doc = format!(" Sets `{}`; the old value is dropped last.", name.unraw());
    let replace_doc = format!(" Sets `{}` and returns the old value.", name.unraw());
    let may_panic = matches!(field.storage, Storage::Guard | Storage::Weaks).then(|| quote!(#[track_caller]));
    let take = types::can_be_taken(ty).then(|| {
        let take_name = prefixed("take", name);
        let doc = format!(" Takes the value of `{}` and leaves the empty one.", name.unraw());
        let take = call(item, field, "take", TokenStream::new());
        quote! {
            #(#cfgs)*
            #[doc = #doc]
            #may_panic
            #visibility fn #take_name(&self) -> #ty {
                #take
            }
        }
    });
    let guard = guard(item, field);
    let lender = lender(item, field);
    quote! {
        #(#cfgs)*
        #docs
        #[inline]
        #may_panic
        #getter
        #lender
        #guard
        #(#cfgs)*
        #[doc = #set_doc]
        #[inline]
        #may_panic
        #visibility fn #set_name(&self, #name: #ty) {
            #set
        }
        #(#cfgs)*
        #[doc = #replace_doc]
        #may_panic
        #visibility fn #replace_name(&self, #name: #ty) -> #ty {
            #replace
        }
        #take
    }
}

fn getter(item: &Item, field: &Field) -> TokenStream {
    let Field { name, visibility, member, ty, .. } = field;
    let private = &item.paths.private;
    let label = label(item, field);
    let (result, value) = match field.storage {
        Storage::Plain => unreachable!("a plain field has no getter"),
        Storage::Value => (quote!(#ty), quote!(self.#member.get())),
        Storage::Copy => (quote!(#ty), quote!(#private::copied::<#ty, _>(&self.#member))),
        Storage::Guard => (quote!(#private::Ref<'_, #ty>), quote!(self.#member.read(#label))),
        Storage::Weak => (quote!(#ty), quote!(self.#member.upgraded())),
        Storage::Weaks => (quote!(#ty), quote!(self.#member.upgraded(#label))),
    };
    quote! {
        #visibility fn #name(&self) -> #result {
            #value
        }
    }
}

/// `next_in(&hold)`, for a field that leads to an object.
fn lender(item: &Item, field: &Field) -> TokenStream {
    let Field { cfgs, name, visibility, member, ty, .. } = field;
    if field.storage != Storage::Value || !types::leads_to_object(ty) {
        return TokenStream::new();
    }
    let private = &item.paths.private;
    let stored = field.stored_type(&item.paths);
    let lender_name = format_ident!("{}_in", name.unraw(), span = name.span());
    let doc = format!(" What `{}` refers to, without a count: it lives as long as `hold` does.", name.unraw());
    quote! {
        #(#cfgs)*
        #[doc = #doc]
        #[inline]
        #visibility fn #lender_name<'hold>(
            &self,
            hold: &'hold #private::Hold,
        ) -> <#stored as #private::Lend>::Lent<'hold> {
            #private::Lend::lend(&self.#member, hold)
        }
    }
}

/// `children_mut()`.
fn guard(item: &Item, field: &Field) -> TokenStream {
    let Field { cfgs, name, visibility, member, ty, .. } = field;
    let private = &item.paths.private;
    let target = match field.storage {
        Storage::Guard => quote!(#ty),
        Storage::Weaks => weakened(ty, &item.paths),
        _ => return TokenStream::new(),
    };
    let guard_name = format_ident!("{}_mut", name.unraw(), span = name.span());
    let label = label(item, field);
    let doc =
        format!(" `{}`, to change it in place. Deaths that this causes wait for the end of the guard.", name.unraw());
    quote! {
        #(#cfgs)*
        #[doc = #doc]
        #[inline]
        #[track_caller]
        #visibility fn #guard_name(&self) -> #private::Guard<'_, #target> {
            self.#member.write(#label)
        }
    }
}

/// `self.__next.set(next)`; a guarded field is told its name, and a weak one weakens what it stores.
fn call(item: &Item, field: &Field, method: &str, argument: TokenStream) -> TokenStream {
    let private = &item.paths.private;
    let member = &field.member;
    let is_weak = matches!(field.storage, Storage::Weak | Storage::Weaks);
    let argument = match (is_weak, argument.is_empty()) {
        (true, false) => quote!(#private::Weaken::weaken(#argument)),
        _ => argument,
    };
    let label = match field.storage {
        Storage::Guard | Storage::Weaks => Some(label(item, field)),
        _ => None,
    };
    let arguments = [Some(argument).filter(|argument| !argument.is_empty()), label].into_iter().flatten();
    let method = format_ident!("{method}");
    let call = quote!(self.#member.#method(#(#arguments),*));
    if is_weak && method != "set" {
        return quote!(#private::Weaken::upgraded(&#call));
    }
    call
}

/// `&FieldName { owner: "Node", field: "children" }`.
fn label(item: &Item, field: &Field) -> TokenStream {
    let private = &item.paths.private;
    let owner = item.input.ident.unraw().to_string();
    let name = field.name.unraw().to_string();
    quote!(&#private::FieldName { owner: #owner, field: #name })
}

fn prefixed(prefix: &str, name: &Ident) -> Ident {
    format_ident!("{prefix}_{}", name.unraw(), span = name.span())
}

/// ```text
/// impl HasThis for Node {
///     fn this(&self) -> &Gc<Self> { self.__this.get() }
/// }
/// ```
fn this(item: &Item) -> TokenStream {
    if item.options.this.is_none() {
        return TokenStream::new();
    }
    let private = &item.paths.private;
    let member = this_member(item);
    let generics = shared::traced_generics(item);
    let (parameters, _, wheres) = generics.split_for_impl();
    let ty = item.self_type();
    quote! {
        #[automatically_derived]
        impl #parameters #private::HasThis for #ty #wheres {
            #[inline]
            fn this(&self) -> &#private::Gc<Self> {
                self.#member.get()
            }
        }
    }
}

/// Where the hidden word is.
pub fn this_member(item: &Item) -> syn::Member {
    let variant = &item.variants[0];
    match variant.shape {
        crate::managed::item::Shape::Tuple => syn::Member::from(variant.fields.len()),
        _ => syn::Member::from(format_ident!("__this")),
    }
}
