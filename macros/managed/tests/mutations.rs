//! Whatever is written, the macro neither panics nor emits what does not parse.

use std::path::Path;
use std::{fs, iter};

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Item;

use super::{attributes, expand_item};

#[test]
fn no_mutation_makes_the_macro_panic() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("managed/tests/expansions");
    let mut expanded = 0;
    for entry in fs::read_dir(&folder).expect("the folder of snapshots") {
        let text = fs::read_to_string(entry.expect("a readable folder").path()).expect("a readable snapshot");
        let source = text.split("=====").next().unwrap_or_default();
        let tokens: TokenStream = source.parse().expect("the source lexes");
        for mutant in mutants(tokens) {
            // What is no item never reaches the macro.
            let Ok(mut item) = syn::parse2::<Item>(mutant.clone()) else { continue };
            if matches!(item, Item::Macro(_) | Item::Verbatim(_) | Item::Use(_)) || attributes(&mut item).is_empty() {
                continue;
            }
            let (output, errors) = expand_item(item);
            expanded += 1;
            if errors.is_empty() {
                let text = output.to_string();
                syn::parse2::<syn::File>(output).unwrap_or_else(|error| panic!("{error}:\n{mutant}\n=>\n{text}"));
            }
        }
    }
    assert!(expanded > 500, "only {expanded} mutants were items");
}

/// The tokens without one of them, with one of them twice, and with one of them replaced by a name, a number or a group.
fn mutants(tokens: TokenStream) -> Vec<TokenStream> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut mutants = Vec::new();
    for (place, tree) in trees.iter().enumerate() {
        let with = |new: TokenStream| -> TokenStream {
            let before = trees[..place].iter().cloned();
            before.chain(new).chain(trees[place + 1..].iter().cloned()).collect()
        };
        let twice = iter::repeat_n(tree.clone(), 2).collect();
        let words = ["", "1", "Gc<X>", "mut", "Self"].map(|word| word.parse().expect("it lexes"));
        mutants.extend(words.into_iter().chain([twice]).map(with));
        if let TokenTree::Group(group) = tree {
            let inner = self::mutants(group.stream()).into_iter();
            mutants.extend(inner.map(|inner| with(Group::new(group.delimiter(), inner).into_token_stream())));
        }
    }
    mutants
}
