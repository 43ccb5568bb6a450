//! The types that the macro itself knows about. What it doesn't know is rustc's to find out.

use std::fmt;
use std::rc::Rc;

use proc_macro2::TokenStream;

/// A type of the script.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Only rustc knows.
    Unknown,
    /// To be found out from later uses: the item type of `[]`.
    Var(usize),
    None,
    /// A type by its name in the script: `int`, `list`, a class, a generic parameter.
    Named(Rc<str>, Vec<Kind>),
    Optional(Box<Kind>),
    /// `Callable`: parameters and result.
    Function(Vec<Kind>, Box<Kind>),
    /// The name of a class as a value.
    Class(Rc<str>),
    /// A module: `gc`.
    Module(Rc<str>),
    /// A type in Rust's words.
    Rust(RustType),
}

/// What `weakref.proxy` makes.
pub const PROXY: &str = "ProxyType";

/// Tokens that compare by their text.
#[derive(Clone)]
pub struct RustType(pub TokenStream);

impl fmt::Debug for RustType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

impl PartialEq for RustType {
    fn eq(&self, other: &RustType) -> bool {
        self.0.to_string() == other.0.to_string()
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Kind) -> bool {
        match (self, other) {
            (Kind::Unknown, Kind::Unknown) | (Kind::None, Kind::None) => true,
            (Kind::Var(left), Kind::Var(right)) => left == right,
            (Kind::Named(left, left_args), Kind::Named(right, right_args)) => left == right && left_args == right_args,
            (Kind::Optional(left), Kind::Optional(right)) => left == right,
            (Kind::Function(left, left_result), Kind::Function(right, right_result)) => {
                left == right && left_result == right_result
            }
            (Kind::Class(left), Kind::Class(right)) | (Kind::Module(left), Kind::Module(right)) => left == right,
            (Kind::Rust(left), Kind::Rust(right)) => left == right,
            _ => false,
        }
    }
}

impl Kind {
    pub fn named(name: &str) -> Kind {
        Kind::Named(name.into(), Vec::new())
    }

    pub fn with(name: &str, args: Vec<Kind>) -> Kind {
        Kind::Named(name.into(), args)
    }

    pub fn int() -> Kind {
        Kind::named("int")
    }

    pub fn float() -> Kind {
        Kind::named("float")
    }

    pub fn bool() -> Kind {
        Kind::named("bool")
    }

    pub fn str() -> Kind {
        Kind::named("str")
    }

    pub fn list(item: Kind) -> Kind {
        Kind::with("list", vec![item])
    }

    pub fn any() -> Kind {
        Kind::named("any")
    }

    /// `T?`; `T??` is `T?`, and an `any` may be `None` anyway.
    pub fn optional(self) -> Kind {
        match self {
            Kind::Optional(_) | Kind::None => self,
            kind if kind.is("any") => kind,
            _ => Kind::Optional(Box::new(self)),
        }
    }

    /// What a generator that is sent this gets: it may always be `None`.
    pub fn sent(&self) -> Kind {
        match self {
            kind if kind.is("any") => kind.clone(),
            kind => kind.clone().optional(),
        }
    }

    /// `Iterator[…]` or `Generator[…]`
    pub fn is_iterator(&self) -> bool {
        self.is("Iterator") || self.is("Generator")
    }

    /// The `T` of `T?` and of a proxy, or the type itself: that of the object on which operations act.
    pub fn unwrapped(&self) -> &Kind {
        match self {
            Kind::Optional(inner) => inner.unwrapped(),
            Kind::Named(name, args) if &**name == PROXY => args.first().map_or(self, Kind::unwrapped),
            _ => self,
        }
    }

    /// Whether it is a proxy, which may be missing.
    pub fn is_proxy(&self) -> bool {
        match self {
            Kind::Optional(inner) => inner.is_proxy(),
            kind => kind.is(PROXY),
        }
    }

    pub fn is(&self, name: &str) -> bool {
        matches!(self, Kind::Named(known, _) if &**known == name)
    }

    pub fn name(&self) -> Option<&str> {
        match self {
            Kind::Named(name, _) => Some(name),
            _ => None,
        }
    }

    pub fn args(&self) -> &[Kind] {
        match self {
            Kind::Named(_, args) => args,
            _ => &[],
        }
    }

    pub fn is_number(&self) -> bool {
        self.is("int") || self.is("float") || self.is("bool")
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self, Kind::Unknown | Kind::Var(_))
    }

    /// Whether copies are free and nothing happens at the end of a value's life.
    pub fn is_plain(&self) -> bool {
        match self {
            Kind::None => true,
            Kind::Optional(inner) => inner.is_plain(),
            kind => kind.is_number(),
        }
    }

    /// Whether the name occurs in it.
    pub fn mentions(&self, name: &str) -> bool {
        let any = |kinds: &[Kind]| kinds.iter().any(|kind| kind.mentions(name));
        match self {
            Kind::Named(own, args) => &**own == name || any(args),
            Kind::Optional(inner) => inner.mentions(name),
            Kind::Function(params, result) => any(params) || result.mentions(name),
            _ => false,
        }
    }

    /// Puts `arg` in the place of the generic parameter `name`.
    pub fn substitute(&self, names: &[Rc<str>], args: &[Kind]) -> Kind {
        let each = |kinds: &[Kind]| kinds.iter().map(|kind| kind.substitute(names, args)).collect();
        match self {
            Kind::Named(name, inner) => match names.iter().position(|known| known == name) {
                Some(at) if inner.is_empty() => args.get(at).cloned().unwrap_or(Kind::Unknown),
                _ => Kind::Named(name.clone(), each(inner)),
            },
            Kind::Optional(inner) => inner.substitute(names, args).optional(),
            Kind::Function(params, result) => Kind::Function(each(params), Box::new(result.substitute(names, args))),
            kind => kind.clone(),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Unknown | Kind::Var(_) => write!(formatter, "_"),
            Kind::None => write!(formatter, "None"),
            Kind::Named(name, args) if args.is_empty() => write!(formatter, "{name}"),
            Kind::Named(name, args) if &**name == "tuple..." => write!(formatter, "tuple[{}, ...]", list(args)),
            Kind::Named(name, args) => write!(formatter, "{name}[{}]", list(args)),
            Kind::Optional(inner) => write!(formatter, "{inner}?"),
            Kind::Function(params, result) => {
                write!(formatter, "Callable[[{}], {result}]", list(params))
            }
            Kind::Class(name) => write!(formatter, "class {name}"),
            Kind::Module(name) => write!(formatter, "module {name}"),
            Kind::Rust(tokens) => write!(formatter, "{}", tokens.0),
        }
    }
}

fn list(kinds: &[Kind]) -> String {
    kinds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
