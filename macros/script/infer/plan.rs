//! What calls and attributes turned out to mean.

use std::rc::Rc;

use crate::script::kind::Kind;
use crate::script::model::Signature;

/// A call.
#[derive(Clone)]
pub struct Plan {
    pub target: Target,
    pub signature: Option<Rc<Signature>>,
    /// For each parameter the argument's place, or its default.
    pub args: Vec<Option<usize>>,
    pub params: Vec<Kind>,
    pub result: Kind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A function of the script that captures nothing.
    Function(usize),
    /// `C(…)`
    Constructor(String),
    /// A builtin exception class.
    Exception(String),
    /// A method of a script class, by the class that defines it; `exact`: no dispatch.
    Method {
        class: String,
        name: String,
        exact: bool,
    },
    /// `C.m(…)` of a static or class method, or with the receiver as first argument.
    Static {
        class: String,
        name: String,
    },
    BuiltinMethod {
        class: String,
        name: String,
    },
    Module {
        module: String,
        name: String,
    },
    Builtin(String),
    /// A value that can be called.
    Value,
    /// A nested function by its name.
    Closure,
    /// `super().m(…)`
    Super {
        class: String,
        name: String,
    },
    Path,
    /// A method of an `any`.
    AnyMethod,
    UnknownMethod,
    UnknownFunction,
}

/// An attribute that is read.
#[derive(Clone, Debug, PartialEq)]
pub enum Member {
    Field {
        class: String,
        name: String,
    },
    /// `C.x`
    ClassAttribute {
        class: String,
        name: String,
    },
    Property {
        class: String,
        name: String,
    },
    /// A method as a value.
    BoundMethod {
        class: String,
        name: String,
    },
    BuiltinMethod {
        class: String,
        name: String,
    },
    Module {
        module: String,
        name: String,
    },
    /// An attribute of an `any`.
    Any,
    /// `type(x).__name__` and the like.
    ClassName(String),
    Unknown,
}
