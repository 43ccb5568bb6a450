//! `#[managed] impl`: finds `__del__`, and gives methods their object's own pointer.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{FnArg, Generics, ImplItem, ImplItemFn, ItemImpl, Pat, PatType, ReturnType, Signature, Type, parse_quote};

use super::{check, types};
use crate::paths::Paths;
use crate::report::Report;

/// How a function takes its object.
enum Receiver {
    /// `&self`
    Borrowed,
    /// `this: &Gc<Self>`
    Pointer,
    /// Neither.
    Other,
}

/// Checks the block and expands it.
pub fn expand(mut item: ItemImpl, paths: &Paths, report: &mut Report) -> TokenStream {
    if let Some((path, _)) = &item.trait_
        && path.segments.last().is_some_and(|last| last.ident == "Drop")
    {
        report.error(path, check::drop_ban());
        return TokenStream::new();
    }
    let is_inherent = item.trait_.is_none();
    let name = types::last_segment(&item.self_ty).map(|segment| segment.ident.clone());
    let mut finalizer = None;
    let mut wrong = 0;
    for member in &mut item.items {
        let ImplItem::Fn(function) = member else { continue };
        if function.sig.ident == "__del__" {
            let span = function.sig.ident.span();
            let is_right = is_right_finalizer(&function.sig, is_inherent, finalizer.is_some(), name.as_ref(), report)
                && is_for_all(&item.self_ty, &item.generics, report);
            if is_right {
                finalizer = Some(span);
            } else {
                wrong += 1;
                set_aside(function, wrong);
            }
            continue;
        }
        spelling(&function.sig, is_inherent, report);
        match receiver(&function.sig, name.as_ref()) {
            Receiver::Pointer => own_pointer(function, paths),
            Receiver::Borrowed => {}
            Receiver::Other => pointer_by_another_way(&function.sig, report),
        }
    }
    if !is_inherent {
        item.items.retain(|member| !matches!(member, ImplItem::Fn(function) if is_set_aside(function)));
    }
    let finalizer = finalizer.map(|span| {
        let private = &paths.private;
        let (parameters, _, _) = item.generics.split_for_impl();
        let ty = &item.self_ty;
        let predicates = item.generics.where_clause.as_ref().map(|wheres| {
            let predicates = wheres.predicates.iter();
            quote!(#(#predicates,)*)
        });
        let private_here = paths.private_at(span);
        let managed = quote_spanned!(span=> Self: #private_here::Managed);
        quote! {
            #[automatically_derived]
            #[allow(private_interfaces)]
            impl #parameters #ty where #predicates #managed {
                #[doc(hidden)]
                pub const __FINALIZER: #private::Option<fn(&#private::Gc<Self>)> =
                    #private::Option::Some(|this| Self::__del__(this));
            }
        }
    });
    quote!(#item #finalizer)
}

/// Whether this `__del__` can be the type's finaliser; if not, that is reported.
fn is_right_finalizer(
    function: &Signature,
    is_inherent: bool,
    is_second: bool,
    name: Option<&Ident>,
    report: &mut Report,
) -> bool {
    if !is_inherent {
        report.error(
            &function.ident,
            "`__del__` belongs to the type, not to a trait\nhelp: move it to `#[managed] impl Type { … }`",
        );
        return false;
    }
    if is_second {
        report.error(&function.ident, "`__del__` is written twice\nhelp: write one that does both");
        return false;
    }
    signature(function, name, report)
}

/// A finaliser is that of every type that the struct's parameters make: each argument is a parameter of the `impl`.
fn is_for_all(ty: &Type, generics: &Generics, report: &mut Report) -> bool {
    let Some(segment) = types::last_segment(ty) else { return true };
    let is_parameter = |argument: &&Type| {
        generics.type_params().any(|param| types::is_path(argument, &param.ident))
            || generics.const_params().any(|param| types::is_path(argument, &param.ident))
    };
    let arguments = types::arguments(segment);
    let Some(fixed) = arguments.iter().find(|argument| !is_parameter(argument)) else { return true };
    let name = &segment.ident;
    report.error(
        fixed,
        format!(
            "a `__del__` is that of every `{name}`, whatever its parameters are\n\
             help: write it in `impl<T> {name}<T>`, with the bounds of the type"
        ),
    );
    false
}

const SET_ASIDE: &str = "__del_with_errors_";

/// Gives a wrong `__del__` another name: its body is still checked, and nothing else trips over it.
fn set_aside(function: &mut ImplItemFn, number: u32) {
    function.sig.ident = format_ident!("{SET_ASIDE}{number}", span = function.sig.ident.span());
    function.attrs.push(parse_quote!(#[allow(dead_code, unused_variables)]));
}

fn is_set_aside(function: &ImplItemFn) -> bool {
    function.sig.ident.to_string().starts_with(SET_ASIDE)
}

fn receiver(signature: &Signature, name: Option<&Ident>) -> Receiver {
    match signature.inputs.first() {
        Some(FnArg::Receiver(receiver)) if is_borrowed(receiver) => Receiver::Borrowed,
        Some(FnArg::Typed(argument)) if is_this(argument) && is_own_pointer(&argument.ty, name) => Receiver::Pointer,
        _ => Receiver::Other,
    }
}

/// `&self`
fn is_borrowed(receiver: &syn::Receiver) -> bool {
    let text = receiver.to_token_stream().to_string();
    text == "& self" || text == "self : & Self"
}

fn is_this(argument: &PatType) -> bool {
    matches!(&*argument.pat, Pat::Ident(pat) if pat.ident == "this" && pat.by_ref.is_none())
}

/// `&Gc<Self>`, `&Gc<Node<T>>`
fn is_own_pointer(ty: &Type, name: Option<&Ident>) -> bool {
    let Type::Reference(reference) = ty else {
        return false;
    };
    reference.mutability.is_none() && is_gc_of_self(&reference.elem, name)
}

fn is_gc_of_self(ty: &Type, name: Option<&Ident>) -> bool {
    let target = types::only_argument(ty, "Gc").and_then(types::last_segment);
    target.is_some_and(|target| target.ident == "Self" || Some(&target.ident) == name)
}

/// ```text
/// fn adopt(&self, child: Gc<Self>) {
///     let this: &Gc<Self> = HasThis::this(self);
///     …
/// }
/// ```
fn own_pointer(function: &mut ImplItemFn, paths: &Paths) {
    let Some(FnArg::Typed(argument)) = function.sig.inputs.first() else {
        return;
    };
    let (pat, ty) = (&argument.pat, &argument.ty);
    let private = paths.private_at(ty.span());
    let this = quote_spanned!(ty.span()=> #private::HasThis::this(self));
    let this = parse_quote!(let #pat: #ty = #this;);
    function.block.stmts.insert(0, this);
    function.sig.inputs[0] = parse_quote!(&self);
}

/// Near misses of `this: &Gc<Self>`.
fn pointer_by_another_way(signature: &Signature, report: &mut Report) {
    let name = &signature.ident;
    match signature.inputs.first() {
        Some(FnArg::Receiver(receiver)) if types_of(receiver).is_some_and(|ty| types::visible_gc(ty).is_some()) => {
            report.error(
                receiver,
                format!("Rust has no `self` of this type\nhelp: write `fn {name}(this: &Gc<Self>, …)`"),
            );
        }
        Some(FnArg::Typed(argument)) if is_this(argument) && types::visible_gc(&argument.ty).is_some() => {
            report.error(
                argument,
                format!("a method's own pointer is borrowed\nhelp: write `fn {name}(this: &Gc<Self>, …)`"),
            );
        }
        _ => {}
    }
}

/// The type of `self: Type`.
fn types_of(receiver: &syn::Receiver) -> Option<&Type> {
    match &receiver.kind {
        syn::ReceiverKind::Typed(_, ty) => Some(ty),
        _ => None,
    }
}

/// `__del__` is called by the runtime: with the object, for its effects.
fn signature(signature: &Signature, name: Option<&Ident>, report: &mut Report) -> bool {
    let before = report.count();
    const RIGHT: &str = "help: write `fn __del__(&self) { … }` or `fn __del__(this: &Gc<Self>) { … }`";
    let refused = [
        (signature.asyncness.map(|token| token.span()), "async"),
        (signature.constness.map(|token| token.span()), "const"),
    ];
    for (span, word) in refused {
        if let Some(span) = span {
            report.error(span, format!("`__del__` cannot be `{word}`\nhelp: remove `{word}`"));
        }
    }
    if let ReturnType::Type(arrow, ty) = &signature.output
        && !matches!(&**ty, Type::Tuple(tuple) if tuple.elems.is_empty())
    {
        report
            .error(arrow.span()..ty.span(), format!("`__del__` returns nothing: nobody is there to take it\n{RIGHT}"));
    }
    if !signature.generics.params.is_empty() {
        report.error(&signature.generics, format!("`__del__` cannot have parameters of its own\n{RIGHT}"));
    }
    if let Some(extra) = signature.inputs.iter().nth(1) {
        report.error(extra, format!("`__del__` takes nothing but its object\n{RIGHT}"));
    }
    if matches!(receiver(signature, name), Receiver::Other) {
        match signature.inputs.first() {
            Some(first) => {
                report.error(first, format!("`__del__` gets its object shared: it may be resurrected\n{RIGHT}"))
            }
            None => report.error(&signature.ident, format!("`__del__` takes its object\n{RIGHT}")),
        }
    }
    report.count() == before
}

/// Names that somebody means as `__del__`, which would silently never be called.
fn spelling(signature: &Signature, is_inherent: bool, report: &mut Report) {
    const MEANT: &[&str] = &[
        "__delete__",
        "__del",
        "del__",
        "_del_",
        "__dell__",
        "__drop__",
        "__destroy__",
        "__finalize__",
        "__finalizer__",
        "__destructor__",
        "__dealloc__",
    ];
    if is_inherent && MEANT.iter().any(|name| signature.ident == name) {
        report.error(
            &signature.ident,
            format!("`{}` would never be called\nhelp: a finaliser is called `__del__`", signature.ident),
        );
    }
}
