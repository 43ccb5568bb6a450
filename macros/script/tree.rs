//! The script as written: every node keeps the spans that an error or generated code needs.

use proc_macro2::{Ident, Literal, Span, TokenStream};

/// A whole `gc_script!`.
pub struct Script {
    pub body: Vec<Stmt>,
    /// The last expression without `;`: the script's value.
    pub value: Option<Expr>,
    /// `raises;` at the head of a statement script.
    pub raises: Option<Span>,
    /// `main;` at its head: the script is a whole program.
    pub main: Option<Span>,
}

/// A `{ … }` of statements.
#[derive(Clone)]
pub struct Block {
    pub body: Vec<Stmt>,
}

#[derive(Clone)]
pub struct Stmt {
    pub span: Span,
    pub kind: StmtKind,
}

#[derive(Clone)]
pub enum StmtKind {
    Expr(Expr),
    /// `a = b = value`
    Assign {
        targets: Vec<Expr>,
        value: Expr,
    },
    /// `target: ty = value`
    Annotated {
        target: Expr,
        ty: Type,
        value: Option<Expr>,
        public: Option<TokenStream>,
    },
    /// `target += value`
    Augmented {
        target: Expr,
        op: BinaryOp,
        op_span: Span,
        value: Expr,
    },
    Return(Option<Expr>),
    Raise {
        exception: Option<Expr>,
        cause: Option<Expr>,
    },
    Break,
    Continue,
    Pass,
    Del(Vec<Expr>),
    Assert {
        condition: Expr,
        message: Option<Expr>,
    },
    Nonlocal(Vec<Ident>),
    Import(Vec<Import>),
    /// `use path;`, emitted as it is, and the classes that it brings in.
    Use {
        tokens: TokenStream,
        classes: Vec<Ident>,
    },
    If {
        arms: Vec<(Expr, Block)>,
        otherwise: Option<Block>,
    },
    While {
        condition: Expr,
        body: Block,
        otherwise: Option<Block>,
    },
    For {
        target: Expr,
        iterable: Expr,
        body: Block,
        otherwise: Option<Block>,
    },
    Try(Try),
    With {
        items: Vec<(Expr, Option<Expr>)>,
        body: Block,
    },
    Match {
        subject: Expr,
        cases: Vec<Case>,
    },
    Def(Box<Function>),
    Class(Box<Class>),
    /// `rust! { … }`
    Rust(TokenStream),
    /// What did not parse, kept for the compiler and the editor.
    Raw(TokenStream),
}

#[derive(Clone)]
pub struct Try {
    pub body: Block,
    pub handlers: Vec<Handler>,
    pub otherwise: Option<Block>,
    pub finally: Option<Block>,
}

#[derive(Clone)]
pub struct Handler {
    pub span: Span,
    /// `except` alone takes everything.
    pub classes: Vec<Expr>,
    pub name: Option<Ident>,
    pub body: Block,
}

#[derive(Clone)]
pub struct Case {
    pub pattern: Pattern,
    pub guard: Option<Expr>,
    pub body: Block,
}

#[derive(Clone)]
pub struct Pattern {
    pub span: Span,
    pub kind: PatternKind,
}

#[derive(Clone)]
pub enum PatternKind {
    Wildcard,
    Capture(Ident),
    Value(Expr),
    Or(Vec<Pattern>),
    As(Box<Pattern>, Ident),
    /// `(a, b)` or `[a, *rest]`.
    Sequence(Vec<Pattern>),
    /// `*rest` or `*_`, within a sequence.
    Rest(Option<Ident>),
    Class {
        class: Expr,
        positional: Vec<Pattern>,
        keywords: Vec<(Ident, Pattern)>,
    },
}

/// One name that an `import` binds: `name` stands for `path`.
#[derive(Clone)]
pub struct Import {
    pub name: Ident,
    pub path: Vec<Ident>,
}

#[derive(Clone)]
pub struct Function {
    /// `#[allow(mutable_default)]`: a list as a default is meant to be shared.
    pub shares: bool,
    /// Names the function's scope; of one numbering with expressions.
    pub id: usize,
    pub attributes: Vec<TokenStream>,
    pub decorators: Vec<Decorator>,
    pub public: Option<TokenStream>,
    pub name: Ident,
    pub generics: Vec<Generic>,
    pub params: Vec<Param>,
    pub raises: Option<Span>,
    pub result: Option<Type>,
    pub body: Block,
}

#[derive(Clone)]
pub struct Decorator {
    pub span: Span,
    pub path: Vec<Ident>,
}

impl Decorator {
    pub fn is_contextmanager(&self) -> bool {
        self.path.last().is_some_and(|name| name == "contextmanager")
    }
}

#[derive(Clone)]
pub struct Generic {
    pub name: Ident,
    pub bounds: TokenStream,
}

#[derive(Clone)]
pub struct Param {
    pub name: Ident,
    pub ty: Option<Type>,
    pub default: Option<Expr>,
}

#[derive(Clone)]
pub struct Class {
    pub id: usize,
    pub attributes: Vec<TokenStream>,
    pub public: Option<TokenStream>,
    pub name: Ident,
    pub generics: Vec<Generic>,
    pub base: Option<Type>,
    pub fields: Vec<Field>,
    pub methods: Vec<Function>,
    pub raw: Vec<TokenStream>,
}

#[derive(Clone)]
pub struct Field {
    /// `#[allow(mutable_default)]`, here or before the class.
    pub shares: bool,
    pub attributes: Vec<TokenStream>,
    pub public: Option<TokenStream>,
    pub weak: Option<Span>,
    pub name: Ident,
    pub ty: Type,
    pub default: Option<Expr>,
}

#[derive(Clone)]
pub struct Type {
    pub span: Span,
    pub kind: TypeKind,
}

#[derive(Clone)]
pub enum TypeKind {
    /// `name` or `name[args]`
    Named {
        name: Ident,
        args: Vec<Type>,
    },
    /// `[A, B]` of a `Callable`
    Params(Vec<Type>),
    /// `tuple[T, ...]`
    Ellipsis,
    None,
    Optional(Box<Type>),
    /// A type in Rust's words.
    Rust(TokenStream),
    Missing,
}

/// An expression; `id` indexes what later stages find out about it.
#[derive(Clone)]
pub struct Expr {
    pub id: usize,
    pub span: Span,
    pub end: Span,
    pub kind: ExprKind,
}

impl Expr {
    /// Whether it is a number, a text or the like, written out.
    pub fn is_constant(&self) -> bool {
        match &self.kind {
            ExprKind::Unary { value, .. } => matches!(value.kind, ExprKind::Int(_) | ExprKind::Float(_)),
            ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Str(_)
            | ExprKind::Bytes(_)
            | ExprKind::True
            | ExprKind::False
            | ExprKind::None => true,
            _ => false,
        }
    }

    /// Whether the value can be made again wherever it is wanted, and nobody would notice.
    pub fn is_literal(&self) -> bool {
        match &self.kind {
            ExprKind::Raw(_) => true,
            ExprKind::Tuple(items) => items.is_empty(),
            _ => self.is_constant(),
        }
    }

    /// What kind of container the value is, if it makes one that can be changed.
    pub fn new_container(&self) -> Option<&'static str> {
        match &self.kind {
            ExprKind::List(_) => Some("list"),
            ExprKind::Dict(_) => Some("dict"),
            ExprKind::Set(_) => Some("set"),
            ExprKind::Comprehension(comprehension) => match comprehension.kind {
                ComprehensionKind::List(_) => Some("list"),
                ComprehensionKind::Dict(..) => Some("dict"),
                ComprehensionKind::Set(_) => Some("set"),
                ComprehensionKind::Generator(_) => None,
            },
            ExprKind::Call { callee, .. } => match &callee.kind {
                ExprKind::Name(name) => ["list", "dict", "set"].into_iter().find(|known| name == known),
                _ => None,
            },
            _ => None,
        }
    }
}

#[derive(Clone)]
pub enum ExprKind {
    Name(Ident),
    Int(Literal),
    Float(Literal),
    /// Adjacent string literals, joined.
    Str(String),
    Bytes(Vec<u8>),
    Format(Vec<FormatPart>),
    True,
    False,
    None,
    /// A Rust path with `::`.
    Path(TokenStream),
    Tuple(Vec<Expr>),
    List(Vec<Expr>),
    Set(Vec<Expr>),
    Dict(Vec<(Expr, Expr)>),
    Comprehension(Box<Comprehension>),
    Call {
        callee: Box<Expr>,
        args: Vec<Argument>,
        close: Span,
    },
    Attribute {
        value: Box<Expr>,
        name: Option<Ident>,
    },
    Index {
        value: Box<Expr>,
        index: Box<Expr>,
    },
    /// `a:b:c` between brackets.
    Slice {
        start: Option<Box<Expr>>,
        stop: Option<Box<Expr>>,
        step: Option<Box<Expr>>,
    },
    Unary {
        op: UnaryOp,
        value: Box<Expr>,
    },
    Binary {
        left: Box<Expr>,
        op: BinaryOp,
        op_span: Span,
        right: Box<Expr>,
    },
    Compare {
        first: Box<Expr>,
        rest: Vec<(CompareOp, Span, Expr)>,
    },
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Conditional {
        condition: Box<Expr>,
        then: Box<Expr>,
        otherwise: Box<Expr>,
    },
    Lambda {
        params: Vec<Param>,
        body: Box<Expr>,
    },
    Walrus {
        name: Ident,
        value: Box<Expr>,
    },
    Cast {
        value: Box<Expr>,
        ty: Ident,
    },
    Yield(Option<Box<Expr>>),
    YieldFrom(Box<Expr>),
    /// `*rest` in an unpacking
    Starred(Box<Expr>),
    Rust(TokenStream),
    /// What did not parse.
    Raw(TokenStream),
}

#[derive(Clone)]
pub struct Argument {
    pub name: Option<Ident>,
    pub value: Expr,
}

#[derive(Clone)]
pub enum FormatPart {
    Text(String),
    Value { value: Expr, conversion: Option<char>, spec: Vec<FormatPart> },
}

#[derive(Clone)]
pub struct Comprehension {
    pub kind: ComprehensionKind,
    pub clauses: Vec<Clause>,
}

#[derive(Clone)]
pub enum ComprehensionKind {
    List(Expr),
    Set(Expr),
    Dict(Expr, Expr),
    Generator(Expr),
}

#[derive(Clone)]
pub enum Clause {
    For { target: Expr, iterable: Expr },
    If(Expr),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOp {
    Neg,
    Pos,
    Invert,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    TrueDiv,
    FloorDiv,
    Mod,
    Pow,
    And,
    Or,
    Xor,
    Shl,
    Shr,
}

impl BinaryOp {
    pub fn text(self) -> &'static str {
        match self {
            BinaryOp::Add => "+",
            BinaryOp::Sub => "-",
            BinaryOp::Mul => "*",
            BinaryOp::TrueDiv => "/",
            BinaryOp::FloorDiv => "//",
            BinaryOp::Mod => "%",
            BinaryOp::Pow => "**",
            BinaryOp::And => "&",
            BinaryOp::Or => "|",
            BinaryOp::Xor => "^",
            BinaryOp::Shl => "<<",
            BinaryOp::Shr => ">>",
        }
    }

    /// The special method of the right operand, where the left one doesn't know the operator.
    pub fn reflected(self) -> String {
        format!("__r{}__", self.method())
    }

    /// The special method behind the operator, without its underscores.
    pub fn method(self) -> &'static str {
        match self {
            BinaryOp::Add => "add",
            BinaryOp::Sub => "sub",
            BinaryOp::Mul => "mul",
            BinaryOp::TrueDiv => "truediv",
            BinaryOp::FloorDiv => "floordiv",
            BinaryOp::Mod => "mod",
            BinaryOp::Pow => "pow",
            BinaryOp::And => "and",
            BinaryOp::Or => "or",
            BinaryOp::Xor => "xor",
            BinaryOp::Shl => "lshift",
            BinaryOp::Shr => "rshift",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompareOp {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    In,
    NotIn,
    Is,
    IsNot,
}
