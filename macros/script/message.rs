//! The catalogue of messages for what people write out of habit, and for what the parser did not expect.

use proc_macro2::{Delimiter, Ident, TokenTree};

use super::token::Tokens;
use super::tree::{Type, TypeKind};

pub const TUPLE_INDEX: &str = "a tuple is indexed by a number as written, because its items have different types\nhelp: make it a list, or unpack it: `a, b = pair;`";
pub const OR: &str = "`||` is spelled `or`";
pub const AND: &str = "`&&` is spelled `and`";
pub const NOT: &str = "`!` is spelled `not`";
pub const TRIPLE_EQUAL: &str = "there is no `===`\nhelp: write `==`, or `is` for the same object";
pub const INCREMENT: &str = "there is no `++` or `--`\nhelp: write `x += 1;`";
pub const QUESTION_MARK: &str = "`?` is not needed: an exception propagates by itself\nhelp: leave `?` out; for a choice write `a if condition else b`";
pub const SINGLE_QUOTES: &str = "`'` quotes one character only\nhelp: write \"text\"";
pub const ELSE_IF: &str = "`else if` is spelled `elif`";
pub const MUT: &str = "every name can be rebound: there is no `mut`\nhelp: leave `mut` out";
pub const STAR_PARAMETER: &str = "there are no star parameters\nhelp: take a `list[T]`";
pub const STAR_ARGUMENT: &str = "there are no star arguments\nhelp: pass the list itself";
pub const CLASS_DECORATOR: &str = "the only decorator of a class is `@dataclass`";
pub const FORMAT_METHOD: &str = "there is no `.format`\nhelp: write `f \"…{value}…\"`";
pub const PERCENT: &str = "there is no `%`-formatting\nhelp: write `f \"…{value}…\"`";

pub const GENERATOR_TYPE: &str = "`Generator` needs three types in brackets: what it yields, what it is sent, what it returns\nhelp: write `Generator[int, None, None]`";
pub const YIELD_OUTSIDE: &str =
    "`yield` outside a function\nhelp: put it into a function: `def items() -> Iterator[int] { yield 1; }`";
pub const YIELD_IN_LAMBDA: &str = "`yield` in a lambda\nhelp: write a `def` that yields";
pub const YIELD_IN_COMPREHENSION: &str = "`yield` in a comprehension\nhelp: write a `for` loop that yields";
pub const YIELDS_ITERATOR: &str =
    "a function that yields returns an iterator\nhelp: write `-> Iterator[int]`, or another type";

/// Words that can't be names.
const RESERVED: &[&str] = &[
    "and", "as", "assert", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for",
    "from", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "while", "with",
    "yield", "None", "True", "False",
];

pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

/// How a message names the token here.
pub fn found(tokens: &Tokens) -> String {
    match tokens.peek() {
        None => "the end".to_owned(),
        Some(TokenTree::Group(group)) => match group.delimiter() {
            Delimiter::Parenthesis => "`(`".to_owned(),
            Delimiter::Bracket => "`[`".to_owned(),
            _ => "`{`".to_owned(),
        },
        Some(TokenTree::Punct(punct)) => match tokens.operator() {
            Some(operator) => format!("`{}`", operator.text),
            None => format!("`{}`", punct.as_char()),
        },
        Some(tree) => {
            let text = tree.to_string();
            match text.chars().count() > 24 {
                true => format!("`{}…`", text.chars().take(20).collect::<String>()),
                false => format!("`{text}`"),
            }
        }
    }
}

/// A word of another language where an expression is due.
pub struct Foreign {
    pub text: String,
    /// The word of this language that it stands for.
    pub means: Option<&'static str>,
    /// The word is left out, the expression follows.
    pub skip: bool,
    pub fatal: bool,
}

pub fn foreign_word(word: &str, tokens: &Tokens) -> Option<Foreign> {
    let spelled = |means: &'static str| {
        Some(Foreign { text: format!("`{word}` is spelled `{means}`"), means: Some(means), skip: false, fatal: false })
    };
    let followed_by_name =
        matches!(tokens.peek_at(1), Some(TokenTree::Ident(ident)) if !is_reserved(&ident.to_string()));
    match word {
        "true" => spelled("True"),
        "false" => spelled("False"),
        "null" | "nil" | "nullptr" | "undefined" | "NULL" => spelled("None"),
        "this" if matches!(tokens.peek_at(1), Some(TokenTree::Punct(punct)) if punct.as_char() == '.') => {
            spelled("self")
        }
        "new" if followed_by_name => Some(Foreign {
            text: "an object is made by calling its class: there is no `new`\nhelp: leave `new` out".to_owned(),
            means: None,
            skip: true,
            fatal: false,
        }),
        "await" | "async" if followed_by_name => {
            Some(Foreign { text: format!("there is no `{word}` in a script"), means: None, skip: true, fatal: true })
        }
        "move" if followed_by_name => Some(Foreign {
            text: "`move` is not needed: the last use of a value moves it\nhelp: leave `move` out".to_owned(),
            means: None,
            skip: true,
            fatal: false,
        }),
        _ => None,
    }
}

/// What to parse after a foreign word at the start of a statement has been reported.
pub enum Then {
    Statement,
    Function,
    Class,
    Raise,
    Nothing,
}

pub struct ForeignStatement {
    pub text: String,
    /// How many tokens the foreign words take.
    pub skip: usize,
    pub then: Then,
}

/// A statement that starts with another language's word.
pub fn foreign_statement(word: &str, tokens: &Tokens) -> Option<ForeignStatement> {
    let name_follows = matches!(tokens.peek_at(1), Some(TokenTree::Ident(ident)) if !is_reserved(&ident.to_string()));
    let group_follows =
        |delimiter| matches!(tokens.peek_at(1), Some(TokenTree::Group(group)) if group.delimiter() == delimiter);
    let one = |text: String, then| Some(ForeignStatement { text, skip: 1, then });
    match word {
        "let" | "var" | "const" | "local" | "auto" if name_follows => {
            let skip = 1 + usize::from(tokens.is_word_at(1, "mut"));
            let text =
                format!("a name is declared by its first assignment: there is no `{word}`\nhelp: leave `{word}` out");
            Some(ForeignStatement { text, skip, then: Then::Statement })
        }
        "mut" if name_follows => one(MUT.to_owned(), Then::Statement),
        "global" if name_follows => one(
            "there is no `global`\nhelp: write `nonlocal name;` for a name of the enclosing function or of Rust"
                .to_owned(),
            Then::Nothing,
        ),
        "fn" | "func" | "function" | "fun" | "proc" if name_follows => {
            one(format!("`{word}` is spelled `def`"), Then::Function)
        }
        "async" if name_follows || tokens.is_word_at(1, "def") => {
            one("there is no `async` in a script".to_owned(), Then::Statement)
        }
        "struct" | "interface" | "trait" | "enum" | "object" if name_follows => one(
            format!("there is no `{word}` in a script\nhelp: write `class Name {{ … }}`, or put it outside in Rust"),
            Then::Class,
        ),
        "impl" if name_follows => one("methods stand in their class: there is no `impl`".to_owned(), Then::Class),
        "throw" if name_follows => one("`throw` is spelled `raise`".to_owned(), Then::Raise),
        "switch" if name_follows || group_follows(Delimiter::Parenthesis) => {
            one("`switch` is spelled `match`\nhelp: write `match x { case 1 { … } }`".to_owned(), Then::Nothing)
        }
        "do" if group_follows(Delimiter::Brace) => one(
            "there is no `do … while`\nhelp: write `while True { …; if not condition { break; } }`".to_owned(),
            Then::Nothing,
        ),
        "loop" if group_follows(Delimiter::Brace) => one("`loop` is spelled `while True`".to_owned(), Then::Nothing),
        "unless" | "until" if name_follows => {
            one(format!("there is no `{word}`\nhelp: write `if not condition {{ … }}`"), Then::Nothing)
        }
        "foreach" => one("`foreach` is spelled `for`\nhelp: write `for x in items { … }`".to_owned(), Then::Nothing),
        "print" | "echo" | "println"
            if matches!(tokens.peek_at(1), Some(TokenTree::Literal(_))) || (word != "print" && name_follows) =>
        {
            one("`print` is a function\nhelp: write `print(value);`".to_owned(), Then::Nothing)
        }
        "println" | "eprintln" | "format" | "vec" | "panic" | "assert_eq" | "dbg" if matches!(tokens.peek_at(1), Some(TokenTree::Punct(punct)) if punct.as_char() == '!') =>
        {
            let help = match word {
                "println" | "eprintln" | "dbg" => "print(value);",
                "format" => "f \"…{value}…\"",
                "vec" => "[a, b]",
                "panic" => "raise RuntimeError(\"…\");",
                _ => "assert a == b;",
            };
            one(format!("Rust's macros are called in `rust! {{ … }}` only\nhelp: write `{help}`"), Then::Nothing)
        }
        _ => None,
    }
}

/// An operator that stands after a complete expression by habit.
pub fn foreign_operator(tokens: &Tokens) -> Option<String> {
    let operator = tokens.operator()?;
    let text = match operator.text {
        "=>" => {
            "there is no `=>`\nhelp: a function without a name is `lambda x: value`, a case is `case pattern { … }`"
        }
        "++" | "--" => INCREMENT,
        ".." => "a range of numbers is spelled `range(start, stop)`",
        "->" => "members are reached with `.`",
        "?" => QUESTION_MARK,
        "#" => "comments are written with `//`",
        "!" => "`!` is spelled `not`, and stands before its operand",
        "::" => "attributes are reached with `.`; `::` is for Rust paths",
        "@" => "there is no `@` operator",
        "'" => SINGLE_QUOTES,
        _ => return None,
    };
    Some(text.to_owned())
}

/// The message for a statement without `;`.
pub fn missing_semicolon(tokens: &Tokens, is_expression: bool) -> String {
    let found = found(tokens);
    let mut text = format!("expected `;`, found {found}");
    if is_expression && tokens.peek_ident().is_some_and(|ident| is_word_of_operators(&ident.to_string())) {
        return text;
    }
    text.push_str(
        "\nhelp: every statement ends in `;` (and `//` starts a comment: floor division is `floordiv(a, b)`)",
    );
    text
}

fn is_word_of_operators(word: &str) -> bool {
    matches!(word, "and" | "or" | "in" | "is" | "not")
}

/// Whether the token here begins a statement rather than going on with one.
pub fn starts_statement(tokens: &Tokens) -> bool {
    tokens.peek_ident().is_some()
}

/// Whether the next word can only begin a statement with a block.
pub fn starts_block(tokens: &Tokens) -> bool {
    ["def", "class", "while", "try"].iter().any(|word| tokens.is_word(word))
}

pub fn stray_clause(word: &str) -> String {
    match word {
        "elif" | "else" => format!("`{word}` without an `if` before it"),
        "case" => "`case` outside a `match`\nhelp: write `match x { case 1 { … } }`".to_owned(),
        _ => format!("`{word}` without a `try` before it"),
    }
}

/// Python's escapes that Rust's literals lack never get here: rustc refuses them. This is for what Rust accepts and
/// Python reads otherwise.
pub fn missing_escape(literal: &str) -> Option<String> {
    (literal.starts_with('"') && literal.contains("\\N{"))
        .then(|| "`\\N{…}` is not known here\nhelp: write `\\u{…}`".to_owned())
}

/// A type's name in another language.
pub fn foreign_type(name: &str, args: &[Type]) -> Option<String> {
    let spelled = match (name, args.len()) {
        ("i64" | "i32" | "i16" | "i8" | "u8" | "u16" | "u32" | "u64" | "usize" | "isize" | "integer" | "long", 0) => {
            "int"
        }
        ("f64" | "f32" | "double", 0) => "float",
        ("String" | "string", 0) => "str",
        ("boolean" | "Bool", 0) => "bool",
        ("List" | "Vec", 1) => "list[…]",
        ("Dict" | "HashMap", 2) => "dict[…]",
        ("Set" | "HashSet", 1) => "set[…]",
        ("Tuple", _) => "tuple[…]",
        ("Optional" | "Option", 1) => "T?",
        ("Any" | "object", 0) => "any",
        ("Union", _) => "T?",
        ("void" | "unit", 0) => "None",
        _ => return None,
    };
    let help = match name {
        "i32" | "i16" | "i8" | "u8" | "u16" | "u32" | "u64" | "usize" | "isize" | "f32" => {
            format!("\nhelp: for Rust's own type write `core::primitive::{name}`")
        }
        _ => String::new(),
    };
    Some(format!("`{name}` is spelled `{spelled}`{help}"))
}

/// What a foreign type's name stands for.
pub fn meant_type(name: &Ident, args: &[Type]) -> Option<TypeKind> {
    let plain = |text: &str| Some(TypeKind::Named { name: Ident::new(text, name.span()), args: args.to_vec() });
    match name.to_string().as_str() {
        "f64" | "f32" | "double" => plain("float"),
        "String" | "string" => plain("str"),
        "boolean" | "Bool" => plain("bool"),
        "List" | "Vec" => plain("list"),
        "Dict" | "HashMap" => plain("dict"),
        "Set" | "HashSet" => plain("set"),
        "Tuple" => plain("tuple"),
        "Any" | "object" => plain("any"),
        "void" | "unit" => Some(TypeKind::None),
        "Optional" | "Option" => args.first().map(|inner| TypeKind::Optional(Box::new(inner.clone()))),
        "Union" => None,
        _ => plain("int"),
    }
}

/// The known name that a misspelled one is closest to.
pub fn suggestion<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let limit = match name.chars().count() {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    known
        .into_iter()
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= limit || candidate.eq_ignore_ascii_case(name))
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

/// What Python calls a method that other languages have.
pub fn method_meant(class: &str, method: &str) -> Option<&'static str> {
    Some(match (class, method) {
        ("list", "push" | "push_back" | "add") => "append",
        ("list" | "set" | "dict", "length" | "size" | "len") => "len(xs)",
        ("str", "length" | "size") => "len(s)",
        ("set", "append" | "push") => "add",
        ("dict", "has_key" | "contains_key") => "key in d",
        ("dict", "iteritems") => "items",
        ("str", "to_uppercase") => "upper",
        ("str", "to_lowercase") => "lower",
        _ => return None,
    })
}

/// Insertions, deletions, replacements and swaps between two words.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut rows = vec![vec![0; right.len() + 1]; left.len() + 1];
    for (row, line) in rows.iter_mut().enumerate() {
        line[0] = row;
    }
    for (column, cell) in rows[0].iter_mut().enumerate() {
        *cell = column;
    }
    for row in 1..=left.len() {
        for column in 1..=right.len() {
            let same = left[row - 1] == right[column - 1];
            let mut best = (rows[row - 1][column] + 1)
                .min(rows[row][column - 1] + 1)
                .min(rows[row - 1][column - 1] + usize::from(!same));
            if row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1] {
                best = best.min(rows[row - 2][column - 2] + 1);
            }
            rows[row][column] = best;
        }
    }
    rows[left.len()][right.len()]
}
