//! What takes functions in a script: read from its tokens before they are parsed, since a call may stand before the `def`.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

/// The functions and constructors of a script by their names, and its classes.
#[derive(Default)]
pub struct Takers {
    functions: HashMap<String, Vec<Vec<Param>>>,
    classes: HashSet<String>,
}

/// A parameter, and how many arguments a function in its place takes.
struct Param {
    name: String,
    takes: Option<usize>,
}

impl Takers {
    pub fn of(stream: &TokenStream) -> Takers {
        let mut takers = Takers::default();
        takers.look(stream.clone(), None);
        takers
    }

    pub fn is_class(&self, name: &str) -> bool {
        self.classes.contains(name)
    }

    /// How many arguments a function takes that is given as this argument; `None` if the functions of that name disagree.
    pub fn takes(&self, function: &str, at: usize, keyword: Option<&Ident>) -> Option<usize> {
        let mut found = self.functions.get(function)?.iter().map(|params| {
            let param = match keyword {
                Some(name) => params.iter().find(|param| name == &param.name),
                None => params.get(at),
            };
            param.and_then(|param| param.takes)
        });
        let first = found.next()??;
        found.all(|other| other == Some(first)).then_some(first)
    }

    /// Looks at what a body declares; `class` names the class that it is the body of.
    fn look(&mut self, body: TokenStream, class: Option<&str>) {
        let mut trees = body.into_iter().peekable();
        let mut fields = Vec::new();
        let mut has_init = false;
        let mut start = true;
        while let Some(tree) = trees.next() {
            let is_start = std::mem::replace(&mut start, false);
            match tree {
                TokenTree::Ident(word) if word == "def" || word == "class" => {
                    let Some(TokenTree::Ident(name)) = trees.peek().cloned() else { continue };
                    let name = name.to_string();
                    let is_class = word == "class";
                    let params = trees.find_map(|tree| match tree {
                        TokenTree::Group(group) if !is_class && group.delimiter() == Delimiter::Parenthesis => {
                            Some(group)
                        }
                        TokenTree::Group(group) if is_class && group.delimiter() == Delimiter::Brace => Some(group),
                        _ => None,
                    });
                    let Some(group) = params else { continue };
                    if is_class {
                        self.look(group.stream(), Some(&name));
                        self.classes.insert(name);
                        start = true;
                        continue;
                    }
                    let taker = match (name.as_str(), class) {
                        ("__init__", Some(class)) => {
                            has_init = true;
                            class.to_owned()
                        }
                        _ => name,
                    };
                    let params = parts(group.stream(), ',').into_iter().filter_map(|part| param(&part));
                    let own = |param: &Param| param.name == "self" || param.name == "cls";
                    let params = params.skip_while(own).collect();
                    self.functions.entry(taker).or_default().push(params);
                }
                TokenTree::Ident(word) if class.is_some() && is_start => {
                    let mut part = vec![TokenTree::Ident(word)];
                    while let Some(next) = trees.next_if(|next| !is_char(next, ';')) {
                        part.push(next);
                    }
                    fields.extend(param(&part));
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    self.look(group.stream(), None);
                    start = true;
                }
                tree => start = is_char(&tree, ';'),
            }
        }
        if let Some(class) = class
            && !has_init
        {
            self.functions.entry(class.to_owned()).or_default().push(fields);
        }
    }
}

/// `name: Callable[[A, B], R] …`, or another parameter.
fn param(part: &[TokenTree]) -> Option<Param> {
    let [TokenTree::Ident(name), rest @ ..] = part else { return None };
    let takes = match rest {
        [colon, TokenTree::Ident(callable), TokenTree::Group(types), ..]
            if is_char(colon, ':') && callable == "Callable" =>
        {
            arity(types)
        }
        _ => None,
    };
    Some(Param { name: name.to_string(), takes })
}

fn arity(types: &Group) -> Option<usize> {
    match types.stream().into_iter().next()? {
        TokenTree::Group(params) if params.delimiter() == Delimiter::Bracket => Some(parts(params.stream(), ',').len()),
        _ => None,
    }
}

fn parts(stream: TokenStream, separator: char) -> Vec<Vec<TokenTree>> {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let parts = trees.split(|tree| is_char(tree, separator));
    parts.filter(|part| !part.is_empty()).map(<[TokenTree]>::to_vec).collect()
}

fn is_char(tree: &TokenTree, char: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == char)
}
