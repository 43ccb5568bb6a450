//! What stands in `#[managed(…)]`, on a type and on a field.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Path, Token};

use crate::report::Report;

/// The options of a type or of an `impl`.
#[derive(Default)]
pub struct TypeOptions {
    /// `crate = path`
    pub root: Option<Path>,
    /// `new = name`, `new = false`
    pub constructor: Constructor,
    /// `acyclic`
    pub acyclic: Option<Span>,
    /// `tracked`
    pub tracked: Option<Span>,
    /// `this`
    pub this: Option<Span>,
    /// `script`: a class of `gc_script!`, which says itself how scripts see its objects.
    pub script: Option<Span>,
    /// `inherits`: the first field is the part of a base, which may know the object's own pointer.
    pub inherits: Option<Span>,
}

/// How the constructor that takes all fields is called.
#[derive(Default)]
pub enum Constructor {
    #[default]
    New,
    Named(Ident),
    None(Span),
}

/// The options of a field.
#[derive(Default)]
pub struct FieldOptions {
    /// `mut`
    pub mutable: Option<Span>,
    /// `weak`
    pub weak: Option<Span>,
    /// `untraced`
    pub untraced: Option<Span>,
    /// `copy`
    pub copy: Option<Span>,
    /// `guard`
    pub guard: Option<Span>,
    /// `default`, `default = expr`
    pub default: Option<DefaultValue>,
    /// `shown = "name"`: what `inspect` calls the field; with an empty name its parts pass for the object's. For what
    /// `gc_script!` writes.
    pub shown: Option<String>,
}

/// The value that a field gets without an argument.
pub struct DefaultValue {
    pub span: Span,
    /// `None`: the type's own default.
    pub expr: Option<Expr>,
}

const TYPE_OPTIONS: &[&str] = &["acyclic", "crate", "new", "this", "tracked"];
const PART_OPTIONS: &[&str] = &["acyclic", "crate"];
const IMPL_OPTIONS: &[&str] = &["crate"];
const FIELD_OPTIONS: &[&str] = &["mut", "weak", "untraced", "default", "copy", "guard"];
/// Options of a type that no message mentions.
const HIDDEN_TYPE_OPTIONS: &[&str] = &["inherits", "script"];
/// Options of a field that no message mentions.
const HIDDEN_FIELD_OPTIONS: &[&str] = &["shown"];

/// One `name` or `name = value` of a list.
struct Entry {
    name: Ident,
    value: Option<Expr>,
}

impl Entry {
    /// For an option that is a bare word.
    fn flag(&self, slot: &mut Option<Span>, report: &mut Report) {
        if let Some(value) = &self.value {
            let name = &self.name;
            report.error(value, format!("`{name}` takes no value\nhelp: write `#[managed({name})]`"));
        }
        *slot = Some(self.name.span());
    }
}

/// The options in the attribute on a `struct` or an `enum`.
pub fn of_type(args: TokenStream, report: &mut Report) -> TypeOptions {
    let mut options = TypeOptions::default();
    for entry in entries(args, TYPE_OPTIONS, HIDDEN_TYPE_OPTIONS, "a type", report) {
        match entry.name.to_string().as_str() {
            "acyclic" => entry.flag(&mut options.acyclic, report),
            "this" => entry.flag(&mut options.this, report),
            "tracked" => entry.flag(&mut options.tracked, report),
            "script" => entry.flag(&mut options.script, report),
            "inherits" => entry.flag(&mut options.inherits, report),
            "crate" => options.root = root(&entry, report),
            "new" => options.constructor = constructor(&entry, report),
            _ => unreachable!("entries() lets only known names through"),
        }
    }
    options
}

/// The options in the attribute on an `impl`.
pub fn of_impl(args: TokenStream, report: &mut Report) -> Option<Path> {
    let entries = entries(args, IMPL_OPTIONS, &[], "an `impl`", report);
    entries.iter().find_map(|entry| root(entry, report))
}

/// The options of a derive: `#[trace(crate = path)]` on the type.
pub fn of_part(attrs: &[Attribute], report: &mut Report) -> TypeOptions {
    let mut options = TypeOptions::default();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("trace")) {
        let Meta::List(list) = &attr.meta else {
            report.error(attr, "this attribute has no options\nhelp: remove it");
            continue;
        };
        for entry in entries(list.tokens.clone(), PART_OPTIONS, &[], "a derive", report) {
            match entry.name.to_string().as_str() {
                "acyclic" => entry.flag(&mut options.acyclic, report),
                _ => options.root = root(&entry, report),
            }
        }
    }
    options
}

/// Takes the `#[managed(…)]` attributes out of a field's attributes.
pub fn of_field(attrs: &mut Vec<Attribute>, report: &mut Report) -> FieldOptions {
    let mut options = FieldOptions::default();
    let mut lists = TokenStream::new();
    for attr in attrs.extract_if(.., |attr| attr.path().is_ident("managed")) {
        match &attr.meta {
            Meta::List(list) if !list.tokens.is_empty() => {
                let tokens = &list.tokens;
                lists.extend(quote::quote!(#tokens,));
            }
            _ => report.error(
                &attr,
                "this attribute has no options\n\
                 help: write `#[managed(mut)]`, `#[managed(weak)]` or `#[managed(untraced)]`, or remove it",
            ),
        }
    }
    for entry in entries(lists, FIELD_OPTIONS, HIDDEN_FIELD_OPTIONS, "a field", report) {
        match entry.name.to_string().as_str() {
            "mut" => entry.flag(&mut options.mutable, report),
            "weak" => entry.flag(&mut options.weak, report),
            "untraced" => entry.flag(&mut options.untraced, report),
            "copy" => entry.flag(&mut options.copy, report),
            "guard" => entry.flag(&mut options.guard, report),
            "default" => {
                let span = entry.name.span();
                options.default = Some(DefaultValue { span, expr: entry.value });
            }
            "shown" => match &entry.value {
                Some(Expr::Lit(ExprLit { lit: Lit::Str(name), .. })) => options.shown = Some(name.value()),
                _ => report.error(&entry.name, "`shown` needs a text\nhelp: write `#[managed(shown = \"name\")]`"),
            },
            _ => unreachable!("entries() lets only known names through"),
        }
    }
    options
}

/// Parses a list; only the first entry of each known name comes out, everything else is an error.
fn entries(tokens: TokenStream, known: &[&str], hidden: &[&str], on: &str, report: &mut Report) -> Vec<Entry> {
    let parsed = (|input: ParseStream<'_>| Ok(parse_list(input, report))).parse2(tokens);
    let mut entries: Vec<Entry> = Vec::new();
    for entry in parsed.expect("parse_list() takes every token") {
        let name = entry.name.to_string();
        if !known.contains(&name.as_str()) && !hidden.contains(&name.as_str()) {
            report.error(&entry.name, unknown(&name, known, on));
        } else if entries.iter().any(|earlier| earlier.name == entry.name) {
            report.error(&entry.name, format!("`{name}` is given twice\nhelp: remove one of them"));
        } else {
            entries.push(entry);
        }
    }
    entries
}

/// Never fails: what does not parse is skipped up to the next comma.
fn parse_list(input: ParseStream<'_>, report: &mut Report) -> Vec<Entry> {
    let mut entries = Vec::new();
    while !input.is_empty() {
        if let Err(error) = parse_entry(input, &mut entries) {
            report.parse_error(error);
            skip_to_comma(input);
        }
        let _: Option<Token![,]> = input.parse().ok();
    }
    entries
}

/// An entry is kept as soon as its name is there, so that a broken value does not make it look forgotten.
fn parse_entry(input: ParseStream<'_>, entries: &mut Vec<Entry>) -> syn::Result<()> {
    let Ok(name) = input.call(Ident::parse_any) else {
        return Err(input.error("expected the name of an option"));
    };
    let equals: Option<Token![=]> = input.parse()?;
    let missing = syn::Error::new_spanned(&name, format!("expected a value after `{name} =`"));
    entries.push(Entry { name, value: None });
    if equals.is_some() {
        if input.is_empty() || input.peek(Token![,]) {
            return Err(missing);
        }
        let value = input.parse()?;
        entries.last_mut().expect("pushed above").value = Some(value);
    }
    if !input.is_empty() && !input.peek(Token![,]) {
        return Err(input.error("expected `,` between two options"));
    }
    Ok(())
}

fn skip_to_comma(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        let _: Option<proc_macro2::TokenTree> = input.parse().ok();
    }
}

fn root(entry: &Entry, report: &mut Report) -> Option<Path> {
    match &entry.value {
        Some(Expr::Path(path)) if path.qself.is_none() && names_a_module(&path.path) => Some(path.path.clone()),
        value => {
            let message = "`crate` needs the path where refcycle is found\n\
                           help: write `#[managed(crate = path::to::refcycle)]`";
            match value {
                Some(value) => report.error(value, message),
                None => report.error(&entry.name, message),
            }
            None
        }
    }
}

fn names_a_module(path: &Path) -> bool {
    path.segments.iter().all(|segment| segment.arguments.is_none() && segment.ident != "Self")
}

fn constructor(entry: &Entry, report: &mut Report) -> Constructor {
    match &entry.value {
        Some(Expr::Lit(lit)) if matches!(&lit.lit, Lit::Bool(lit) if !lit.value) => {
            return Constructor::None(lit.span());
        }
        Some(Expr::Path(path)) if let Ok(name) = syn::parse2(path.to_token_stream()) => {
            return Constructor::Named(name);
        }
        Some(value) => report.error(value, NEW_VALUE),
        None => report.error(&entry.name, NEW_VALUE),
    }
    Constructor::New
}

const NEW_VALUE: &str = "`new` needs a name for the constructor, or `false` for none\n\
                         help: write `#[managed(new = from_fields)]` or `#[managed(new = false)]`";

fn unknown(name: &str, known: &[&str], on: &str) -> String {
    let near = known
        .iter()
        .map(|option| (distance(name, option), option))
        .filter(|(distance, option)| *distance <= 2 && *distance < option.len())
        .min();
    let list = known.join("`, `");
    let elsewhere = [(TYPE_OPTIONS, "the type"), (FIELD_OPTIONS, "a field")]
        .into_iter()
        .find(|(options, _)| options.contains(&name));
    match (near, elsewhere) {
        (Some((_, option)), _) => format!("there is no option `{name}`\nhelp: write `{option}`"),
        (None, Some((_, place))) => {
            format!("`{name}` is not an option of {on}, but of {place}\nhelp: move `#[managed({name})]` to {place}")
        }
        (None, None) => {
            format!("there is no option `{name}`\nhelp: the options of {on} are `{list}`")
        }
    }
}

/// Levenshtein's distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}
