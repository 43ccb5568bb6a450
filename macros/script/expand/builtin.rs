//! Builtin functions.

use super::here::quote;
use proc_macro2::{Span, TokenStream};
use quote::format_ident;

use super::seen::Use;
use super::{Expander, ident};
use crate::script::builtin;
use crate::script::kind::Kind;
use crate::script::tree::{Argument, Expr, ExprKind};

impl Expander<'_> {
    pub fn call_builtin(&mut self, expr: &Expr, name: &str, args: &[Argument]) -> TokenStream {
        let py = self.py.clone();
        let span = expr.span;
        let positional: Vec<&Expr> = args.iter().filter(|arg| arg.name.is_none()).map(|arg| &arg.value).collect();
        let keyword = |name: &str| {
            args.iter().find(|arg| arg.name.as_ref().is_some_and(|known| known == name)).map(|arg| &arg.value)
        };
        let first = positional.first().copied();
        if let (Some(method), [value, rest @ ..]) = (builtin::special_method(name), positional.as_slice())
            && let kind = self.types.kind(value).unwrapped().clone()
            && self.is_object(&kind)
        {
            return self.ask(&kind, method, value, rest, span);
        }
        match (name, positional.as_slice()) {
            ("print", _) => self.print(&positional, [keyword("sep"), keyword("end")], keyword("file"), span),
            ("isinstance", [value, class]) => self.isinstance(value, class),
            ("len", [value]) => {
                let kind = self.types.kind(value).unwrapped().clone();
                if self.is_object(&kind) {
                    return self.with_operands(&[(value, Some(kind.clone()))], |this, refs| {
                        this.special_call(&kind, "__len__", refs[0].clone(), &[], span)
                    });
                }
                if let Some(chain) = self.container(value) {
                    let place = self.look(&chain);
                    return self.fallible(quote!(#py::protocol::Len::len(#place)), span);
                }
                self.lookup(quote!(#py::protocol::Len::len), value, span)
            }
            ("str", []) => quote!(#py::Str::EMPTY),
            ("str", [value]) => self.lookup(quote!(#py::protocol::Show::str), value, span),
            ("repr", [value]) => self.about(quote!(#py::protocol::Show::repr), value, span),
            ("format", [value, spec]) => {
                let spec = self.value(spec);
                self.with_operands(&[(value, None)], |this, refs| {
                    let value = &refs[0];
                    this.fallible(
                        quote!(#py::protocol::Show::format(#value, ::core::convert::AsRef::as_ref(&#spec))),
                        span,
                    )
                })
            }
            ("bool", [value]) => self.condition(value),
            ("bool", []) => quote!(false),
            ("hash", [value]) => self.about(quote!(#py::protocol::Hashed::hash), value, span),
            ("id", [value]) => self.with_operands(&[(value, None)], |_, refs| {
                let value = &refs[0];
                quote!(#py::protocol::Identity::id(#value))
            }),
            ("int", []) => quote!(0i64),
            ("int", [value, base]) => {
                let base = self.value(base);
                self.with_operands(&[(value, None)], |this, refs| {
                    let value = &refs[0];
                    this.fallible(quote!(#py::functions::int_with_base(#value, #base)), span)
                })
            }
            ("int", [value]) => self.lookup(quote!(#py::functions::int), value, span),
            ("float", []) => quote!(0.0f64),
            ("float", [value]) => self.lookup(quote!(#py::functions::float), value, span),
            ("abs" | "ord" | "chr", [value]) => {
                let function = ident(name, span);
                self.lookup(quote!(#py::functions::#function), value, span)
            }
            ("any" | "all" | "sum", [value]) => {
                let function = ident(name, span);
                self.over_items(quote!(#py::functions::#function), value, span)
            }
            ("sum", [value, start]) => {
                let wanted = self.types.kind(expr);
                let start = self.value_as(start, &wanted);
                let items = self.items_of(value);
                self.lent(vec![items], |this, refs| {
                    let items = &refs[0];
                    this.fallible(quote!(#py::functions::sum_from(#items, #start)), span)
                })
            }
            ("round", [value]) => self.lookup(quote!(#py::functions::round), value, span),
            ("round", [value, digits]) => {
                let digits = self.value(digits);
                self.with_operands(&[(value, None)], |this, refs| {
                    let value = this.seen_by(Use::Value, value, &refs[0]);
                    this.fallible(quote!(#py::functions::round_to(#value, #digits)), span)
                })
            }
            ("divmod" | "pow", [left, right]) => {
                let function = ident(name, span);
                self.with_operands(&[(left, None), (right, None)], |this, refs| {
                    let left = this.seen_by(Use::Operand, left, &refs[0]);
                    let right = this.seen_by(Use::Operand, right, &refs[1]);
                    this.fallible(quote!(#py::functions::#function(#left, #right)), span)
                })
            }
            ("floordiv", [left, right]) => self.binary(left, crate::script::tree::BinaryOp::FloorDiv, right, span),
            ("range", _) => self.range(&positional, span),
            // An iterator is its own.
            ("iter", [value]) if self.types.kind(value).is_iterator() => {
                let wanted = self.types.kind(expr);
                self.value_as(value, &wanted)
            }
            ("enumerate" | "zip" | "map" | "filter" | "reversed" | "iter", [_, ..]) => {
                let items = self.lazy(expr);
                quote!(#py::Iter::new(#items))
            }
            ("next", [value]) => self.next(value, span),
            ("next", [value, default]) => self.next_or(expr, value, default),
            ("sorted", [value]) => self.sorted(value, keyword("key"), keyword("reverse"), span),
            ("min" | "max", _) => {
                let item = self.types.kind(expr);
                self.extreme(name, &item, &positional, keyword("key"), keyword("default"), span)
            }
            ("list", []) => {
                let ty = self.ty(&self.types.kind(expr));
                quote!(<#ty>::new())
            }
            ("set" | "frozenset" | "dict", []) => {
                let ty = self.ty(&self.types.kind(expr));
                quote!(<#ty>::new())
            }
            ("tuple", []) => quote!(#py::Tuple0 {}),
            ("list" | "set" | "dict" | "tuple" | "frozenset", [value]) => {
                let function = match name {
                    "list" => quote!(#py::functions::list),
                    "set" => quote!(#py::functions::set),
                    "frozenset" => quote!(#py::functions::frozenset),
                    "dict" => quote!(#py::functions::dict),
                    _ => quote!(#py::functions::tuple),
                };
                self.over_items(function, value, span)
            }
            ("bytes", []) => quote!(#py::Bytes::lit(b"")),
            ("bytes", [value]) if self.types.kind(value).is("int") => {
                let count = self.value(value);
                self.fallible(quote!(#py::Bytes::zeros(#count)), span)
            }
            ("bytes", [value]) => self.over_items(quote!(#py::Bytes::from_ints), value, span),
            ("bytes", [text, encoding]) => self.with_operands(&[(text, None), (encoding, None)], |this, refs| {
                let (text, encoding) = (&refs[0], &refs[1]);
                this.fallible(quote!(#py::Str::encode(#text, ::core::option::Option::Some(#encoding))), span)
            }),
            ("pow", [base, exponent, modulus]) => {
                let int = Some(Kind::int());
                let values = [(*base, int.clone()), (*exponent, int.clone()), (*modulus, int)];
                self.with_values(&values, |this, values| {
                    this.fallible(quote!(#py::functions::pow_mod(#(#values),*)), span)
                })
            }
            ("bin" | "oct" | "hex", [value]) => {
                let function = ident(name, span);
                let value = self.value_as(value, &Kind::int());
                self.fallible(quote!(#py::functions::#function(#value)), span)
            }
            ("ascii", [value]) => self.about(quote!(#py::functions::ascii), value, span),
            ("type", [value]) => self.with_operands(&[(value, None)], |_, refs| {
                let value = &refs[0];
                quote!(#py::type_of(#value))
            }),
            ("input", _) => {
                let prompt = match first {
                    Some(prompt) => self.value(prompt),
                    None => quote!(#py::Str::EMPTY),
                };
                self.fallible(quote!(#py::functions::input(&#prompt)), span)
            }
            _ => {
                let function = ident(name, span);
                let values: Vec<TokenStream> = positional.iter().map(|value| self.value(value)).collect();
                self.fallible(quote!(#py::functions::#function(#(#values),*)), span)
            }
        }
    }

    /// A builtin function that asks its first argument: `abs(v)` is `v.__abs__()`.
    fn ask(&mut self, kind: &Kind, method: &str, value: &Expr, rest: &[&Expr], span: Span) -> TokenStream {
        let rest_kinds: Vec<Kind> = rest.iter().map(|value| self.types.kind(value)).collect();
        let mut operands = vec![(value, Some(kind.clone()))];
        operands.extend(rest.iter().zip(&rest_kinds).map(|(value, kind)| (*value, Some(kind.clone()))));
        self.with_operands(&operands, |this, refs| {
            let args: Vec<(TokenStream, Kind)> = rest_kinds
                .iter()
                .zip(&refs[1..])
                .map(|(kind, reference)| (super::copy::of_reference(kind, reference), kind.clone()))
                .collect();
            this.special_call(kind, method, refs[0].clone(), &args, span)
        })
    }

    /// A function of one value that is only looked at.
    fn lookup(&mut self, function: TokenStream, value: &Expr, span: Span) -> TokenStream {
        let object = self.behind_proxy(value);
        self.with_operands(&[(value, object)], |this, refs| {
            let value = this.seen_by(Use::Value, value, &refs[0]);
            this.fallible(quote!(#function(#value)), span)
        })
    }

    /// The kind of the object that a proxy stands for.
    pub fn behind_proxy(&self, value: &Expr) -> Option<Kind> {
        let kind = self.types.kind(value);
        kind.is_proxy().then(|| kind.unwrapped().clone())
    }

    /// What is asked about a value itself, be it a proxy or not.
    fn about(&mut self, function: TokenStream, value: &Expr, span: Span) -> TokenStream {
        self.with_operands(&[(value, None)], |this, refs| {
            let value = &refs[0];
            this.fallible(quote!(#function(#value)), span)
        })
    }

    /// A function over the items of a value: a comprehension between its parentheses is run as a list.
    pub fn over_items(&mut self, function: TokenStream, value: &Expr, span: Span) -> TokenStream {
        if let ExprKind::Comprehension(_) | ExprKind::Call { .. } = value.kind
            && (self.is_lazy(value) || self.types.kind(value).is("Iterator"))
        {
            let items = self.items_of(value);
            return self.lent(vec![items], |this, refs| {
                let items = &refs[0];
                this.fallible(quote!(#function(#items)), span)
            });
        }
        let kind = self.types.kind(value);
        let wanted = Some(kind.unwrapped().clone()).filter(|kind| !matches!(kind, Kind::Unknown));
        self.with_operands(&[(value, wanted)], |this, refs| {
            let value = &refs[0];
            this.fallible(quote!(#function(#value)), span)
        })
    }

    /// Something with items, owned.
    pub fn items_of(&mut self, value: &Expr) -> TokenStream {
        let py = self.py.clone();
        match self.lazy(value) {
            Some(lazy) => quote!(#py::Iter::new(#lazy)),
            None => self.value(value),
        }
    }

    fn is_lazy(&self, value: &Expr) -> bool {
        matches!(&value.kind, ExprKind::Call { callee, .. } if matches!(&callee.kind, ExprKind::Name(name)
            if ["enumerate", "zip", "map", "filter", "reversed"].iter().any(|known| name == known)))
    }

    /// `print(a, b, sep=…, end=…, file=…)`: all arguments exist before the first is shown.
    fn print(
        &mut self,
        values: &[&Expr],
        [sep, end]: [Option<&Expr>; 2],
        file: Option<&Expr>,
        span: Span,
    ) -> TokenStream {
        let py = self.py.clone();
        let mut options = |value: Option<&Expr>, default: &str| match value {
            Some(value) if !matches!(value.kind, ExprKind::None) => self.value(value),
            _ => quote!(const { #py::Str::lit(#default) }),
        };
        let (sep, end) = (options(sep, " "), options(end, "\n"));
        let file = file.filter(|file| !matches!(file.kind, ExprKind::None)).map(|file| self.value(file));
        let exprs: Vec<(&Expr, Option<Kind>)> = values.iter().map(|value| (*value, None)).collect();
        self.with_operands(&exprs, |this, refs| {
            let texts: Vec<TokenStream> =
                refs.iter().map(|value| this.fallible(quote!(#py::protocol::Show::str(#value)), span)).collect();
            let print = match file {
                Some(file) => quote!(#py::io::print(&[#(#texts),*], &#sep, &#end, &#file)),
                None => quote!(#py::print(&[#(#texts),*], &#sep, &#end)),
            };
            this.fallible(print, span)
        })
    }

    fn isinstance(&mut self, value: &Expr, class: &Expr) -> TokenStream {
        let classes: Vec<&Expr> = match &class.kind {
            ExprKind::Tuple(items) => items.iter().collect(),
            _ => vec![class],
        };
        let kind = self.types.kind(value);
        // A narrowed name is looked at as what it was declared to be.
        let declared = match &value.kind {
            ExprKind::Name(name) => {
                self.scopes.var(self.scope, &name.to_string()).map(|var| self.types.vars[var].clone())
            }
            _ => None,
        };
        let kind = declared.unwrap_or(kind);
        let wanted = Some(kind.unwrapped().clone());
        let optional = matches!(kind, Kind::Optional(_)) && !kind.is_proxy();
        let (held, result) = (self.own("tested"), self.own("result"));
        let mut tests = Vec::new();
        for class in classes {
            let ExprKind::Name(name) = &class.kind else { continue };
            tests.push(self.instance_of(&name.to_string(), wanted.as_ref().unwrap_or(&Kind::Unknown), quote!(#held)));
        }
        let test = quote!((#(#tests)||*));
        let var = match &value.kind {
            ExprKind::Name(name) => self.scopes.var(self.scope, &name.to_string()),
            _ => None,
        };
        let found = match var {
            _ if self.types.kind(value).is_proxy() => {
                let object = self.types.kind(value).unwrapped().clone();
                self.value_as(value, &object)
            }
            Some(var) => self.read(var, value.span),
            None => self.value(value),
        };
        match optional {
            true => {
                quote!({
                    let #result = match &#found {
                        ::core::option::Option::Some(#held) => #test,
                        ::core::option::Option::None => false,
                    };
                    #result
                })
            }
            false => quote!({ let #result = { let #held = &#found; #test }; #result }),
        }
    }

    pub fn instance_of(&mut self, class: &str, kind: &Kind, value: TokenStream) -> TokenStream {
        let py = self.py.clone();
        if kind.is("any") {
            return self.any_instance(class, value);
        }
        let Some(name) = kind.name() else {
            return quote!(true);
        };
        if self.model.is_subclass(name, class) {
            return quote!(true);
        }
        if self.model.is_subclass(class, name) {
            let class_static = self.class_static(class);
            return match self.model.is_script_class(name) {
                true => quote!(#py::HasClass::class(&**#value).is_subclass(#class_static)),
                false => quote!(#value.is(#class_static)),
            };
        }
        let same = name == class;
        quote!(#same)
    }

    fn range(&mut self, values: &[&Expr], span: Span) -> TokenStream {
        let py = self.py.clone();
        let values: Vec<TokenStream> = values.iter().map(|value| self.value_as(value, &Kind::int())).collect();
        match values.as_slice() {
            [stop] => quote!(#py::Range::new(0, #stop)),
            [start, stop] => quote!(#py::Range::new(#start, #stop)),
            [start, stop, step] => self.fallible(quote!(#py::Range::stepped(#start, #stop, #step)), span),
            _ => TokenStream::new(),
        }
    }

    /// Iterators that need no object of their own in the head of a loop.
    pub fn lazy(&mut self, value: &Expr) -> Option<TokenStream> {
        let py = self.py.clone();
        let ExprKind::Call { callee, args, .. } = &value.kind else {
            return None;
        };
        let ExprKind::Name(name) = &callee.kind else {
            return None;
        };
        let plan = self.types.plans.get(&value.id)?;
        if !matches!(&plan.target, crate::script::infer::Target::Builtin(_)) {
            return None;
        }
        let span = value.span;
        let exprs: Vec<&Expr> = args.iter().filter(|arg| arg.name.is_none()).map(|arg| &arg.value).collect();
        let text = name.to_string();
        match (text.as_str(), exprs.as_slice()) {
            ("enumerate", [items, ..]) => {
                let start = args.iter().skip(1).map(|arg| &arg.value).next();
                let start = match start {
                    Some(start) => self.value(start),
                    None => quote!(0i64),
                };
                let items = self.items_of(items);
                Some(self.lent(vec![items], |this, refs| {
                    let items = &refs[0];
                    this.fallible(quote!(#py::iter::enumerate(#items, #start)), span)
                }))
            }
            ("zip", exprs) if !exprs.is_empty() => {
                let function = match exprs.len() {
                    2 => format_ident!("zip"),
                    count => format_ident!("zip{}", count),
                };
                let items: Vec<TokenStream> = exprs.iter().map(|items| self.items_of(items)).collect();
                Some(self.lent(items, |this, refs| this.fallible(quote!(#py::iter::#function(#(#refs),*)), span)))
            }
            ("reversed", [items]) => {
                let items = self.items_of(items);
                Some(self.lent(vec![items], |this, refs| {
                    let items = &refs[0];
                    this.fallible(quote!(#py::protocol::Reversible::reversed(#items)), span)
                }))
            }
            ("filter", [Expr { kind: ExprKind::None, .. }, items]) => {
                let items = self.items_of(items);
                Some(self.lent(vec![items], |this, refs| {
                    let items = &refs[0];
                    this.fallible(quote!(#py::iter::truthy(#items)), span)
                }))
            }
            ("map" | "filter", [function, sources @ ..]) if !sources.is_empty() => {
                let items = sources.iter().map(|items| self.item_kind(&self.types.kind(items))).collect();
                let result = match text.as_str() {
                    "map" => self.item_kind(&self.types.kind(value)),
                    _ => match self.types.kind(function) {
                        Kind::Function(_, result) => *result,
                        _ => Kind::bool(),
                    },
                };
                let wanted = Kind::Function(items, Box::new(result));
                let mut values = vec![self.value_as(function, &wanted)];
                values.extend(sources.iter().map(|items| self.items_of(items)));
                let name = match sources.len() {
                    1 => ident(&text, span),
                    count => format_ident!("{}{}", text, count, span = span),
                };
                Some(self.lent(values, |this, refs| this.fallible(quote!(#py::iter::#name(#(#refs),*)), span)))
            }
            ("iter", [items]) => {
                let kind = self.types.kind(items);
                if self.is_object(&kind) {
                    return Some(self.object_iterator(items, &kind));
                }
                Some(self.with_operands(&[(items, None)], |this, refs| {
                    let items = &refs[0];
                    this.fallible(quote!(#py::protocol::Iterate::iter(#items)), span)
                }))
            }
            _ => None,
        }
    }

    /// `iter(x)` of an object of a script class.
    pub fn object_iterator(&mut self, value: &Expr, kind: &Kind) -> TokenStream {
        let py = self.py.clone();
        let span = value.span;
        let inner = kind.unwrapped().clone();
        let made = self.with_operands(&[(value, Some(inner.clone()))], |this, refs| {
            this.special_call(&inner, "__iter__", refs[0].clone(), &[], span)
        });
        let result = inner
            .name()
            .and_then(|name| self.model.method(name, "__iter__"))
            .map_or(Kind::Unknown, |(class, signature)| signature.result.substitute(&class.generics, inner.args()));
        match self.is_object(&result) {
            true => made,
            false => self.lent(vec![made], |this, refs| {
                let items = &refs[0];
                this.fallible(quote!(#py::protocol::Iterate::iter(#items)), span)
            }),
        }
    }

    fn next(&mut self, value: &Expr, span: Span) -> TokenStream {
        let kind = self.types.kind(value).unwrapped().clone();
        if kind.name().is_some_and(|name| self.model.method(name, "__next__").is_some()) {
            return self.with_operands(&[(value, Some(kind.clone()))], |this, refs| {
                this.special_call(&kind, "__next__", refs[0].clone(), &[], span)
            });
        }
        let py = self.py.clone();
        let function = match kind.is("Generator") {
            true => quote!(#py::generator::next),
            false if kind.is("any") => quote!(#py::Any::next),
            false => quote!(#py::Iter::advance),
        };
        self.with_operands(&[(value, Some(kind))], |this, refs| {
            let value = &refs[0];
            this.fallible(quote!(#function(#value)), span)
        })
    }

    /// `next(it, default)`: the default is there before the step.
    fn next_or(&mut self, expr: &Expr, value: &Expr, default: &Expr) -> TokenStream {
        let py = self.py.clone();
        let span = expr.span;
        let wanted = self.types.kind(expr);
        let kind = self.types.kind(value).unwrapped().clone();
        let item_kind = self.item_kind(&kind);
        self.with_operands(&[(value, Some(kind))], |this, refs| {
            let iterator = &refs[0];
            this.with_values(&[(default, Some(wanted.clone()))], |this, values| {
                let (default, item) = (this.own("default"), this.own("item"));
                let step = quote!(#py::protocol::ScriptIterator::next(&mut ::core::clone::Clone::clone(#iterator)));
                let step = this.fallible(step, span);
                let found = this.coerce(quote!(#item), &item_kind, &wanted, span);
                let value = &values[0];
                quote!({
                    let #default = #value;
                    match #step {
                        ::core::option::Option::Some(#item) => #found,
                        ::core::option::Option::None => #default,
                    }
                })
            })
        })
    }

    fn sorted(&mut self, value: &Expr, key: Option<&Expr>, reverse: Option<&Expr>, span: Span) -> TokenStream {
        let py = self.py.clone();
        let reverse = match reverse {
            Some(reverse) => self.condition(reverse),
            None => quote!(false),
        };
        let function = match key {
            Some(_) => quote!(#py::functions::sorted_by_key),
            None => quote!(#py::functions::sorted),
        };
        let mut values = vec![self.items_of(value)];
        values.extend(key.map(|key| self.value(key)));
        self.lent(values, |this, refs| this.fallible(quote!(#function(#(#refs,)* #reverse)), span))
    }

    fn extreme(
        &mut self,
        name: &str,
        item: &Kind,
        values: &[&Expr],
        key: Option<&Expr>,
        default: Option<&Expr>,
        span: Span,
    ) -> TokenStream {
        let py = self.py.clone();
        let items = match values {
            [one] => self.items_of(one),
            several => {
                let values: Vec<TokenStream> = several.iter().map(|value| self.value_as(value, item)).collect();
                quote!([#(#values),*])
            }
        };
        // `default=None` where no item is one.
        let or_none = default.is_some_and(|default| matches!(default.kind, ExprKind::None)) && values.len() == 1;
        let default = default.filter(|_| !or_none);
        let function = match (key, default) {
            (Some(_), None) if or_none => format_ident!("{}_by_key_or_none", name),
            (None, None) if or_none => format_ident!("{}_or_none", name),
            (Some(_), _) => format_ident!("{}_by_key", name),
            (None, Some(_)) => format_ident!("{}_or", name),
            (None, None) => format_ident!("{}", name),
        };
        let default = match (key, default.map(|default| self.value_as(default, item))) {
            (Some(_), None) if or_none => TokenStream::new(),
            (Some(_), Some(default)) => quote!(::core::option::Option::Some(#default)),
            (Some(_), None) => quote!(::core::option::Option::None),
            (None, Some(default)) => default,
            (None, None) => TokenStream::new(),
        };
        let mut lent = vec![items];
        lent.extend(key.map(|key| self.value(key)));
        let found =
            self.lent(lent, |this, refs| this.fallible(quote!(#py::functions::#function(#(#refs,)* #default)), span));
        let items_optional = or_none && matches!(self.item_kind(&self.types.kind(values[0])), Kind::Optional(_));
        match items_optional {
            true => quote!(::core::option::Option::flatten(#found)),
            false => found,
        }
    }

    /// What a `for` over a value of the kind binds.
    pub fn item_kind(&self, kind: &Kind) -> Kind {
        let kind = kind.unwrapped();
        let args = kind.args();
        match (kind.name(), args) {
            (
                Some(
                    "list" | "set" | "frozenset" | "tuple..." | "Iterator" | "Iterable" | "Generator" | "dict"
                    | "DictKeys",
                ),
                [item, ..],
            ) => item.clone(),
            (Some("DictValues"), [_, value]) => value.clone(),
            (Some("DictItems"), [key, value]) => Kind::with("tuple", vec![key.clone(), value.clone()]),
            (Some("tuple"), [first, rest @ ..]) if rest.iter().all(|kind| kind == first) => first.clone(),
            (Some("str"), _) => Kind::str(),
            (Some("any"), _) => Kind::any(),
            (Some("range" | "bytes"), _) => Kind::int(),
            (Some(name), args) => match self.model.method(name, "__iter__") {
                Some((class, signature)) => {
                    let result = signature.result.substitute(&class.generics, args);
                    match self.is_object(&result) {
                        true => match self.model.method(result.name().unwrap_or_default(), "__next__") {
                            Some((class, next)) => next.result.substitute(&class.generics, args),
                            None => Kind::Unknown,
                        },
                        false => self.item_kind(&result),
                    }
                }
                None => Kind::Unknown,
            },
            _ => Kind::Unknown,
        }
    }
}
