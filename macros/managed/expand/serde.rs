//! Names for serde: a stored field is renamed, its data is not.

use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, MetaNameValue, Token, parse_quote};

use crate::managed::item::{Field, Item};

/// `#[serde(rename = "next")]` for a field that is stored under another name, if serde derives something for the type
/// and the user has not named the field.
pub fn rename(item: &Item, field: &Field, attrs: &[Attribute]) -> Option<Attribute> {
    if !has_serde(item) || attrs.iter().any(names_field) {
        return None;
    }
    let name = field.name.unraw().to_string();
    let name = match rename_all(&item.input.attrs) {
        Some(rule) => renamed(&name, &rule),
        None => name,
    };
    Some(parse_quote!(#[serde(rename = #name)]))
}

/// Does serde derive something for the type?
pub fn has_serde(item: &Item) -> bool {
    item.derive("Serialize").or(item.derive("Deserialize")).is_some()
}

fn names_field(attr: &Attribute) -> bool {
    let Meta::List(list) = &attr.meta else { return false };
    let is_rename = |token: TokenTree| matches!(token, TokenTree::Ident(ident) if ident == "rename");
    list.path.is_ident("serde") && list.tokens.clone().into_iter().any(is_rename)
}

/// The rule of `#[serde(rename_all = "…")]`.
fn rename_all(attrs: &[Attribute]) -> Option<String> {
    let lists = attrs.iter().filter(|attr| attr.path().is_ident("serde"));
    let metas = lists.filter_map(|attr| attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok());
    metas.flatten().find_map(|meta| match meta {
        Meta::NameValue(MetaNameValue { path, value: Expr::Lit(ExprLit { lit: Lit::Str(rule), .. }), .. })
            if path.is_ident("rename_all") =>
        {
            Some(rule.value())
        }
        _ => None,
    })
}

/// A field's name by serde's rules; an unknown rule is left for serde to report.
fn renamed(name: &str, rule: &str) -> String {
    let capitalised = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    let pascal = || name.split('_').map(capitalised).collect::<String>();
    match rule {
        "UPPERCASE" | "SCREAMING_SNAKE_CASE" => name.to_uppercase(),
        "PascalCase" => pascal(),
        "camelCase" => {
            let pascal = pascal();
            let mut letters = pascal.chars();
            letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
        }
        "kebab-case" => name.replace('_', "-"),
        "SCREAMING-KEBAB-CASE" => name.to_uppercase().replace('_', "-"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::renamed;

    #[test]
    fn names_follow_the_rules_of_serde() {
        let rules =
            ["snake_case", "camelCase", "PascalCase", "SCREAMING_SNAKE_CASE", "kebab-case", "SCREAMING-KEBAB-CASE"];
        let names = rules.map(|rule| renamed("next_item", rule));
        assert_eq!(names, ["next_item", "nextItem", "NextItem", "NEXT_ITEM", "next-item", "NEXT-ITEM"]);
    }
}
