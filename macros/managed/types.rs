//! What the spelling of a field's type tells. A macro sees no more: an alias is an unknown type, and every answer for an
//! unknown type must be the safe one.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{GenericArgument, GenericParam, Generics, Ident, Lifetime, PathArguments, PathSegment, Type, TypePath};

/// The type without the parentheses around it, visible or not.
fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        _ => ty,
    }
}

/// Puts a type's name in the place of `Self`.
pub fn name_self(ty: &mut Type, name: &TokenStream) {
    let found = replaced(ty.to_token_stream(), name);
    // `Self::Item` stays what it is.
    if let Some(named) = found.and_then(|tokens| syn::parse2(tokens).ok()) {
        *ty = named;
    }
}

/// The tokens with `name` for each `Self`; `None` if there is no such.
fn replaced(tokens: TokenStream, name: &TokenStream) -> Option<TokenStream> {
    let mut found = false;
    let tokens = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Ident(word) if word == "Self" => {
            found = true;
            name.clone()
        }
        TokenTree::Group(group) => match replaced(group.stream(), name) {
            Some(inner) => {
                found = true;
                TokenTree::Group(Group::new(group.delimiter(), inner)).into()
            }
            None => TokenTree::Group(group).into(),
        },
        token => token.into(),
    });
    let tokens: TokenStream = tokens.collect();
    found.then_some(tokens)
}

/// The last segment of a plain path: `Gc<Node>` of `refcycle::Gc<Node>`.
pub fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match bare(ty) {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        _ => None,
    }
}

/// The type arguments of a segment.
pub fn arguments(segment: &PathSegment) -> Vec<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return Vec::new();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// `T` of `name<T>`.
pub fn only_argument<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let segment = last_segment(ty).filter(|segment| segment.ident == name)?;
    match arguments(segment)[..] {
        [argument] => Some(argument),
        _ => None,
    }
}

const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128",
    "usize",
];

pub fn is_primitive(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.get_ident().is_some_and(|ident| PRIMITIVES.iter().any(|primitive| ident == primitive))
}

/// Whether a getter can hand the value out by value at the cost of a copy or a count.
pub fn is_by_value(ty: &Type) -> bool {
    let ty = bare(ty);
    match ty {
        Type::Tuple(tuple) => tuple.elems.iter().all(is_by_value),
        Type::Array(array) => is_by_value(&array.elem),
        Type::Reference(_) | Type::FnPtr(_) => true,
        Type::Path(_) => {
            is_primitive(ty)
                || last_segment(ty).is_some_and(|segment| match segment.ident.to_string().as_str() {
                    "Gc" | "Weak" | "PhantomData" => arguments(segment).len() == 1,
                    "Duration" | "Instant" | "SystemTime" | "Generator" | "WeakGenerator" => true,
                    "Option" => arguments(segment).iter().all(|argument| is_by_value(argument)),
                    _ => false,
                })
        }
        _ => false,
    }
}

/// Whether the type is spelled `Gc<…>` or `Option<Gc<…>>`.
pub fn leads_to_object(ty: &Type) -> bool {
    let is_pointer = |ty| last_segment(ty).is_some_and(|segment| segment.ident == "Gc");
    is_pointer(ty) || only_argument(ty, "Option").is_some_and(is_pointer)
}

/// Whether the type is known to have a default value, so that `take_` makes sense.
pub fn can_be_taken(ty: &Type) -> bool {
    const TAKEN: &[&str] = &[
        "Option",
        "Vec",
        "String",
        "VecDeque",
        "HashMap",
        "HashSet",
        "BTreeMap",
        "BTreeSet",
        "BinaryHeap",
        "LinkedList",
        "IndexMap",
        "IndexSet",
        "Weak",
    ];
    last_segment(ty).is_some_and(|segment| TAKEN.iter().any(|name| segment.ident == name))
}

/// `…::private::py::List<T>`, `…::private::Field<T>`: what fields of scripts' classes are.
fn is_of_scripts(path: &TypePath) -> bool {
    path.path.segments.iter().rev().skip(1).take(2).any(|segment| segment.ident == "private")
}

/// Whether the type is made of well-known types and parameters alone, so that following it never leads back here.
///
/// `in_script`: in a class of a script.
pub fn is_flat(ty: &Type, generics: &Generics, in_script: bool) -> bool {
    const OWNERS: &[&str] = &[
        "Option",
        "Box",
        "Vec",
        "VecDeque",
        "HashMap",
        "HashSet",
        "BTreeMap",
        "BTreeSet",
        "BinaryHeap",
        "LinkedList",
        "Cell",
        "RefCell",
        "OnceCell",
    ];
    // The others of scripts' types are references.
    const WRAPPERS: &[&str] =
        &["Field", "Late", "Attr", "Tuple1", "Tuple2", "Tuple3", "Tuple4", "Tuple5", "Tuple6", "Tuple7", "Tuple8"];
    let ty = bare(ty);
    match ty {
        Type::Tuple(tuple) => tuple.elems.iter().all(|elem| is_flat(elem, generics, in_script)),
        Type::Array(array) => is_flat(&array.elem, generics, in_script),
        Type::Reference(_) | Type::FnPtr(_) => true,
        Type::Path(path) => {
            let is_parameter = generics.type_params().any(|param| path.path.is_ident(&param.ident));
            is_parameter
                || is_primitive(ty)
                || last_segment(ty).is_some_and(|segment| {
                    let name = segment.ident.to_string();
                    let arguments = arguments(segment);
                    match name.as_str() {
                        name if in_script && is_of_scripts(path) => {
                            !WRAPPERS.contains(&name)
                                || arguments.iter().all(|argument| is_flat(argument, generics, in_script))
                        }
                        "String" => arguments.is_empty(),
                        "Gc" | "Weak" | "PhantomData" => arguments.len() == 1,
                        _ => {
                            OWNERS.contains(&name.as_str())
                                && arguments.iter().all(|argument| is_flat(argument, generics, in_script))
                        }
                    }
                })
        }
        _ => false,
    }
}

/// The managed pointer that is spelled out somewhere in the type.
pub fn visible_gc(ty: &Type) -> Option<Span> {
    find(ty, |segment| segment.ident == "Gc" && !arguments(segment).is_empty()).map(|segment| segment.ident.span())
}

/// `Rc` or `Arc` with a managed pointer inside.
pub fn shared_gc(ty: &Type) -> Option<&PathSegment> {
    find(ty, |segment| {
        (segment.ident == "Rc" || segment.ident == "Arc")
            && arguments(segment).iter().any(|argument| visible_gc(argument).is_some())
    })
}

/// The first segment in the type, outside first, for which `wanted` holds.
fn find(ty: &Type, wanted: impl Fn(&PathSegment) -> bool) -> Option<&PathSegment> {
    struct Finder<'a, F> {
        wanted: F,
        found: Option<&'a PathSegment>,
    }
    impl<'a, F: Fn(&PathSegment) -> bool> Visit<'a> for Finder<'a, F> {
        fn visit_path_segment(&mut self, segment: &'a PathSegment) {
            if self.found.is_some() {
                return;
            }
            if (self.wanted)(segment) {
                self.found = Some(segment);
                return;
            }
            if segment.ident == "PhantomData" {
                return;
            }
            visit::visit_path_segment(self, segment);
        }

        // Neither `PhantomData` nor a function pointer owns anything of what it names.
        fn visit_type_fn_ptr(&mut self, _: &'a syn::TypeFnPtr) {}
    }
    let mut finder = Finder { wanted, found: None };
    finder.visit_type(ty);
    finder.found
}

/// A closure stored by value or boxed: `dyn Fn(…)`.
pub fn closure(ty: &Type) -> Option<&PathSegment> {
    find(ty, |segment| {
        ["Fn", "FnMut", "FnOnce"].iter().any(|name| segment.ident == name)
            && matches!(segment.arguments, PathArguments::Parenthesized(_))
    })
}

/// A reference or a lifetime that is not `'static`.
pub fn borrow(ty: &Type) -> Option<Span> {
    #[derive(Default)]
    struct Finder(Option<Span>);
    impl Visit<'_> for Finder {
        fn visit_lifetime(&mut self, lifetime: &Lifetime) {
            if lifetime.ident != "static" {
                self.0.get_or_insert(lifetime.span());
            }
        }

        fn visit_type_reference(&mut self, reference: &syn::TypeReference) {
            if reference.lifetime.is_none() {
                self.0.get_or_insert(reference.and_token.span);
            }
            visit::visit_type_reference(self, reference);
        }

        // Lifetimes in these are their own.
        fn visit_type_fn_ptr(&mut self, _: &syn::TypeFnPtr) {}

        fn visit_bound_lifetimes(&mut self, _: &syn::BoundLifetimes) {}

        fn visit_parenthesized_generic_arguments(&mut self, _: &syn::ParenthesizedGenericArguments) {}
    }
    let mut finder = Finder::default();
    finder.visit_type(ty);
    finder.0
}

/// Whether the type is just this name.
pub fn is_path(ty: &Type, name: &Ident) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident(name))
}

/// Whether the type mentions this name.
pub fn mentions(ty: &Type, name: &Ident) -> bool {
    find(ty, |segment| segment.ident == *name).is_some()
}

/// The type parameters that the type mentions.
pub fn parameters<'a>(ty: &Type, generics: &'a Generics) -> Vec<&'a Ident> {
    let parameters = generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(param) => Some(&param.ident),
        _ => None,
    });
    parameters.filter(|parameter| mentions(ty, parameter)).collect()
}
