//! The type under the attribute, as the other stages see it.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Fields, Member, Meta, Path, Token, Type, Visibility};

use super::options::{self, FieldOptions, TypeOptions};
use super::types;
use crate::paths::Paths;
use crate::report::Report;

/// What a type is to the collector.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `#[managed]`: lives in a `Gc`.
    Object,
    /// `#[derive(Trace)]`: stored by value inside objects.
    Part,
}

pub struct Item {
    pub role: Role,
    /// The user's item, without our own attributes.
    pub input: DeriveInput,
    pub options: TypeOptions,
    pub paths: Paths,
    /// One for a struct.
    pub variants: Vec<Variant>,
    /// The derives that stand under the attribute.
    pub derives: Vec<Path>,
}

pub struct Variant {
    /// `None` for a struct.
    pub name: Option<Ident>,
    /// The attributes `#[cfg(…)]`.
    pub cfgs: Vec<Attribute>,
    pub shape: Shape,
    pub fields: Vec<Field>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Named,
    Tuple,
    Unit,
}

pub struct Field {
    /// The name that accessors and arguments are made of: `next`, `field_0`.
    pub name: Ident,
    /// Where the value is stored: `next`, `__next`, `0`.
    pub member: Member,
    pub visibility: Visibility,
    pub cfgs: Vec<Attribute>,
    pub docs: Vec<Attribute>,
    /// As the user wrote it.
    pub ty: Type,
    pub options: FieldOptions,
    pub storage: Storage,
}

/// How a field is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// As it is: immutable.
    Plain,
    /// `Field<T>`, read by a count or a copy.
    Value,
    /// `Field<T>`, read by a copy of a type of which the user says that it is `Copy`.
    Copy,
    /// `Guarded<T>`, read by guard.
    Guard,
    /// `Field<Option<Weak<T>>>` for an `Option<Gc<T>>`.
    Weak,
    /// `Guarded<Vec<Weak<T>>>` for a `Vec<Gc<T>>`, likewise for maps.
    Weaks,
}

impl Item {
    pub fn new(role: Role, mut input: DeriveInput, options: TypeOptions, report: &mut Report) -> Self {
        let paths = Paths::new(options.root.as_ref());
        let mut variants: Vec<Variant> = match &mut input.data {
            Data::Struct(data) => vec![Variant {
                name: None,
                cfgs: Vec::new(),
                shape: Shape::of(&data.fields),
                fields: fields(role, &mut data.fields, report),
            }],
            Data::Enum(data) => data
                .variants
                .iter_mut()
                .map(|variant| Variant {
                    name: Some(variant.ident.clone()),
                    cfgs: cfgs(&variant.attrs),
                    shape: Shape::of(&variant.fields),
                    fields: fields(Role::Part, &mut variant.fields, report),
                })
                .collect(),
            Data::Union(_) => Vec::new(),
        };
        let derives = derives(&input.attrs);
        let (name, (_, arguments, _)) = (&input.ident, input.generics.split_for_impl());
        // Some types of fields are written again where `Self` is another type.
        for field in variants.iter_mut().flat_map(|variant| &mut variant.fields) {
            types::name_self(&mut field.ty, &quote!(#name #arguments));
        }
        Item { role, input, options, paths, variants, derives }
    }

    pub fn is_enum(&self) -> bool {
        matches!(self.input.data, Data::Enum(_))
    }

    /// Objects live in a `Gc` and nowhere else, so a literal is kept from being written by a field that only `new` can
    /// make. With changed or hidden fields nobody can write one anyway.
    pub fn is_sealed(&self) -> bool {
        self.role == Role::Object
            && !self.is_enum()
            && self.options.this.is_none()
            && self.options.inherits.is_none()
            && self.variants.iter().all(|variant| variant.shape == Shape::Named)
            && self.fields().all(|field| !field.is_mutable())
    }

    pub fn is_generic(&self) -> bool {
        !self.input.generics.params.is_empty()
    }

    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.variants.iter().flat_map(|variant| &variant.fields)
    }

    pub fn derive(&self, name: &str) -> Option<&Path> {
        self.derives.iter().find(|path| path.segments.last().is_some_and(|last| last.ident == name))
    }

    /// The type with its parameters: `Node<T>`.
    pub fn self_type(&self) -> TokenStream {
        let name = &self.input.ident;
        let (_, arguments, _) = self.input.generics.split_for_impl();
        quote!(#name #arguments)
    }
}

impl Shape {
    fn of(fields: &Fields) -> Self {
        match fields {
            Fields::Named(_) => Shape::Named,
            Fields::Unnamed(_) => Shape::Tuple,
            Fields::Unit => Shape::Unit,
        }
    }
}

impl Field {
    /// What the struct stores.
    pub fn stored_type(&self, paths: &Paths) -> TokenStream {
        let private = &paths.private;
        let ty = &self.ty;
        match self.storage {
            Storage::Plain => ty.to_token_stream(),
            Storage::Value | Storage::Copy => quote!(#private::Field<#ty>),
            Storage::Guard => quote!(#private::Guarded<#ty>),
            Storage::Weak => {
                let target = types::only_argument(ty, "Option").and_then(|gc| types::only_argument(gc, "Gc"));
                quote!(#private::Field<#private::Option<#private::Weak<#target>>>)
            }
            Storage::Weaks => {
                let weak = weakened(ty, paths);
                quote!(#private::Guarded<#weak>)
            }
        }
    }

    /// Whether the field is changed through `&self` by its accessors.
    pub fn is_mutable(&self) -> bool {
        self.storage != Storage::Plain
    }

    pub fn is_traced(&self) -> bool {
        let weak = matches!(self.storage, Storage::Weak | Storage::Weaks);
        // The last two are errors; tracing them would add rustc's own.
        !weak
            && self.options.untraced.is_none()
            && types::shared_gc(&self.ty).is_none()
            && types::closure(&self.ty).is_none()
    }
}

/// `HashMap<K, Weak<V>>` for `HashMap<K, Gc<V>>`.
pub fn weakened(ty: &Type, paths: &Paths) -> TokenStream {
    let mut ty = ty.clone();
    if let Type::Path(path) = &mut ty
        && let Some(last) = path.path.segments.last_mut()
        && let syn::PathArguments::AngleBracketed(arguments) = &mut last.arguments
    {
        for argument in &mut arguments.args {
            let syn::GenericArgument::Type(argument) = argument else {
                continue;
            };
            if let Some(target) = types::only_argument(argument, "Gc") {
                let private = &paths.private;
                *argument = syn::parse_quote!(#private::Weak<#target>);
            }
        }
    }
    ty.into_token_stream()
}

/// Only fields of a managed struct are stored in another way.
fn fields(role: Role, fields: &mut Fields, report: &mut Report) -> Vec<Field> {
    let fields = fields.iter_mut().enumerate().map(|(index, field)| {
        let options = options::of_field(&mut field.attrs, report);
        let storage = match role {
            Role::Object => storage(&field.ty, &options),
            Role::Part => Storage::Plain,
        };
        let name = field.ident.clone().unwrap_or_else(|| format_ident!("field_{index}", span = field.ty.span()));
        let member = match &field.ident {
            None => Member::from(index),
            Some(name) if storage == Storage::Plain => Member::from(name.clone()),
            Some(name) => Member::from(format_ident!("__{}", name.unraw(), span = name.span())),
        };
        Field {
            name,
            member,
            visibility: field.vis.clone(),
            cfgs: cfgs(&field.attrs),
            docs: field.attrs.iter().filter(|attr| attr.path().is_ident("doc")).cloned().collect(),
            ty: field.ty.clone(),
            options,
            storage,
        }
    });
    fields.collect()
}

fn storage(ty: &Type, options: &FieldOptions) -> Storage {
    if options.weak.is_some() {
        return weak_storage(ty).unwrap_or(Storage::Plain);
    }
    if options.mutable.is_none() {
        return Storage::Plain;
    }
    if options.guard.is_some() {
        return Storage::Guard;
    }
    if options.copy.is_some() {
        return Storage::Copy;
    }
    if types::is_by_value(ty) {
        return Storage::Value;
    }
    Storage::Guard
}

/// How a type is stored weak: those with a place for "it is gone" can be.
pub fn weak_storage(ty: &Type) -> Option<Storage> {
    let is_gc = |ty: &Type| types::only_argument(ty, "Gc").is_some();
    let segment = types::last_segment(ty)?;
    match (segment.ident.to_string().as_str(), &types::arguments(segment)[..]) {
        ("Option", [target]) if is_gc(target) => Some(Storage::Weak),
        ("Vec" | "VecDeque", [target]) if is_gc(target) => Some(Storage::Weaks),
        ("HashMap" | "BTreeMap", [_, value, ..]) if is_gc(value) => Some(Storage::Weaks),
        _ => None,
    }
}

fn cfgs(attrs: &[Attribute]) -> Vec<Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("cfg")).cloned().collect()
}

/// The paths in `#[derive(…)]`; what does not parse is rustc's to report.
fn derives(attrs: &[Attribute]) -> Vec<Path> {
    let lists = attrs.iter().filter(|attr| attr.path().is_ident("derive")).filter_map(|attr| match &attr.meta {
        Meta::List(list) => list.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).ok(),
        _ => None,
    });
    lists.flatten().collect()
}
