//! Operators and comparisons.

use super::here::quote;
use proc_macro2::{Span, TokenStream};

use super::seen::Use;
use super::{Expander, copy, ident};
use crate::script::kind::Kind;
use crate::script::model::Origin;
use crate::script::tree::{BinaryOp, CompareOp, Expr, ExprKind, UnaryOp};

/// The trait and the function of a binary operator.
fn operator(op: BinaryOp) -> (TokenStream, TokenStream) {
    match op {
        BinaryOp::Add => (quote!(Add), quote!(add)),
        BinaryOp::Sub => (quote!(Sub), quote!(sub)),
        BinaryOp::Mul => (quote!(Mul), quote!(mul)),
        BinaryOp::TrueDiv => (quote!(TrueDiv), quote!(truediv)),
        BinaryOp::FloorDiv => (quote!(FloorDiv), quote!(floordiv)),
        BinaryOp::Mod => (quote!(Mod), quote!(rem)),
        BinaryOp::Pow => (quote!(Pow), quote!(pow)),
        BinaryOp::And => (quote!(And), quote!(and)),
        BinaryOp::Or => (quote!(Or), quote!(or)),
        BinaryOp::Xor => (quote!(Xor), quote!(xor)),
        BinaryOp::Shl => (quote!(Shl), quote!(shl)),
        BinaryOp::Shr => (quote!(Shr), quote!(shr)),
    }
}

/// Equality is for `None`, too.
fn used_by(op: CompareOp) -> Use {
    match op {
        CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => Use::Operand,
        _ => Use::Value,
    }
}

impl Expander<'_> {
    pub fn unary(&mut self, op: UnaryOp, value: &Expr) -> TokenStream {
        let py = self.py.clone();
        if let (UnaryOp::Neg, ExprKind::Int(literal)) = (op, &value.kind)
            && self.types.kind(value).is("int")
        {
            return quote!((-#literal as i64));
        }
        let (name, method) = match op {
            UnaryOp::Neg => (quote!(Neg::neg), "__neg__"),
            UnaryOp::Pos => (quote!(Pos::pos), "__pos__"),
            UnaryOp::Invert => (quote!(Invert::invert), "__invert__"),
        };
        let kind = self.types.kind(value).unwrapped().clone();
        let span = value.span;
        if self.is_object(&kind) {
            return self.with_operands(&[(value, Some(kind.clone()))], |this, refs| {
                this.special_call(&kind, method, refs[0].clone(), &[], span)
            });
        }
        self.with_operands(&[(value, Some(kind))], |this, refs| {
            let reference = this.seen_by(Use::Operand, value, &refs[0]);
            this.fallible(quote!(#py::protocol::#name(#reference)), span)
        })
    }

    /// Whether values of the kind are objects of a class of the script.
    pub fn is_object(&self, kind: &Kind) -> bool {
        kind.name().is_some_and(|name| self.model.is_script_class(name))
    }

    pub fn binary(&mut self, left: &Expr, op: BinaryOp, right: &Expr, span: Span) -> TokenStream {
        let left_kind = self.types.kind(left).unwrapped().clone();
        let right_kind = self.types.kind(right).unwrapped().clone();
        self.with_operands(&[(left, Some(left_kind.clone())), (right, Some(right_kind.clone()))], |this, refs| {
            let left = this.seen_by(Use::Operand, left, &refs[0]);
            let right = this.seen_by(Use::Operand, right, &refs[1]);
            this.operate(op, left, &left_kind, right, &right_kind, span)
        })
    }

    /// An operator on two references.
    pub fn operate(
        &mut self,
        op: BinaryOp,
        left: TokenStream,
        left_kind: &Kind,
        right: TokenStream,
        right_kind: &Kind,
        span: Span,
    ) -> TokenStream {
        let py = self.py.clone();
        if self.model.is_reflected(op, left_kind, right_kind) {
            let copy = copy::of_reference(left_kind, &left);
            return self.special_call(right_kind, &op.reflected(), right, &[(copy, left_kind.clone())], span);
        }
        if self.is_object(left_kind) {
            let method = format!("__{}__", op.method());
            let copy = copy::of_reference(right_kind, &right);
            return self.special_call(left_kind, &method, left, &[(copy, right_kind.clone())], span);
        }
        let (name, function) = operator(op);
        self.fallible(quote!(#py::protocol::#name::#function(#left, #right)), span)
    }

    /// The call of a special method of a script class with values that are there already.
    pub fn special_call(
        &mut self,
        kind: &Kind,
        method: &str,
        receiver: TokenStream,
        args: &[(TokenStream, Kind)],
        span: Span,
    ) -> TokenStream {
        let kind = kind.unwrapped();
        let Some((owner, signature)) = kind.name().and_then(|name| self.model.method(name, method)) else {
            let method = ident(method, span);
            let args = args.iter().map(|(value, _)| value);
            return quote!(#receiver.#method(#(#args),*));
        };
        let (origin, owner) = (owner.origin, owner.name.to_string());
        let path = ident(&owner, span);
        let name = ident(method, span);
        let args: Vec<TokenStream> = args
            .iter()
            .zip(&signature.params)
            .map(|((value, kind), param)| self.coerce(value.clone(), kind, &param.kind, span))
            .collect();
        let call = match origin {
            Origin::Builtin => quote!((#receiver).#name(#(#args),*)),
            _ => self.seen(quote!(#path::#name(#receiver, #(#args),*)), &signature),
        };
        match signature.raises {
            true => self.fallible(call, span),
            false => call,
        }
    }

    pub fn compare(&mut self, first: &Expr, rest: &[(CompareOp, Span, Expr)]) -> TokenStream {
        if let [(op, span, right)] = rest {
            return self.comparison(first, *op, right, *span);
        }
        // A chain evaluates each operand once, and stops at the first false link.
        let mut kinds = vec![self.types.kind(first)];
        kinds.extend(rest.iter().map(|(_, _, operand)| self.types.kind(operand)));
        let names: Vec<_> = (0..kinds.len()).map(|at| self.own(&format!("link{at}"))).collect();
        let mut tokens = quote!(true);
        for (at, (op, span, operand)) in rest.iter().enumerate().rev() {
            let (left, right) = (&names[at], &names[at + 1]);
            let former = at.checked_sub(1).map_or(first, |former| &rest[former].2);
            let left = self.seen_by(used_by(*op), former, &quote!(&#left));
            let seen = self.seen_by(used_by(*op), operand, &quote!(&#right));
            let test = self.compare_refs(*op, left, &kinds[at], seen, &kinds[at + 1], *span);
            let value = self.value(operand);
            tokens = quote!({ let #right = #value; if #test { #tokens } else { false } });
        }
        let value = self.value(first);
        let name = &names[0];
        quote!({ let #name = #value; #tokens })
    }

    fn comparison(&mut self, left: &Expr, op: CompareOp, right: &Expr, span: Span) -> TokenStream {
        let (left_kind, right_kind) = (self.types.kind(left), self.types.kind(right));
        if let Some(test) = self.none_test(left, op, right).or_else(|| self.proxy_test(left, op, right)) {
            return test;
        }
        if let Some(test) = self.identity(left, op, right) {
            return test;
        }
        let py = self.py.clone();
        let function = match op {
            CompareOp::Eq => Some(quote!(Equal::eq)),
            CompareOp::Ne => Some(quote!(Equal::ne)),
            _ => None,
        };
        if let (Some(function), true, true) = (function, left_kind.is("str"), right_kind.is("str"))
            && let Some(test) =
                self.test_in_place([left, right], |left, right| quote!(#py::protocol::#function(#left, #right)))
        {
            return self.fallible(test, span);
        }
        let mut wanted = (left_kind.clone(), right_kind.clone());
        if !matches!(op, CompareOp::In | CompareOp::NotIn) {
            wanted = self.comparable(&left_kind, &right_kind, op);
        } else {
            wanted.1 = right_kind.unwrapped().clone();
            let item = wanted.1.args().first().cloned().unwrap_or(Kind::Unknown);
            if wanted.1.is("any") || item.is("any") {
                wanted.0 = Kind::any();
            } else if left_kind.is("any") && !self.is_object(&wanted.1) {
                wanted.1 = Kind::any();
            }
        }
        let place = |kind: &Kind| Some(kind.clone()).filter(|kind| !matches!(kind, Kind::Unknown));
        let operands = [(left, place(&wanted.0)), (right, place(&wanted.1))];
        self.with_operands(&operands, |this, refs| {
            let used = used_by(op);
            let left = this.seen_by(used, left, &refs[0]);
            let right = this.seen_by(used, right, &refs[1]);
            this.compare_refs(op, left, &wanted.0, right, &wanted.1, span)
        })
    }

    /// `x is None` and its like need no comparison.
    fn none_test(&mut self, left: &Expr, op: CompareOp, right: &Expr) -> Option<TokenStream> {
        let negated = match op {
            CompareOp::Is | CompareOp::Eq => false,
            CompareOp::IsNot | CompareOp::Ne => true,
            _ => return None,
        };
        let value = match (&left.kind, &right.kind) {
            (_, ExprKind::None) => left,
            (ExprKind::None, _) => right,
            _ => return None,
        };
        let kind = self.types.kind(value);
        if let (Kind::Optional(_), Some(chain)) = (&kind, self.chain(value)) {
            let place = self.look(&chain);
            return Some(match negated {
                true => quote!((#place).is_some()),
                false => quote!((#place).is_none()),
            });
        }
        Some(match &kind {
            Kind::Optional(_) => self.with_operands(&[(value, None)], |_, refs| {
                let reference = &refs[0];
                match negated {
                    true => quote!((#reference).is_some()),
                    false => quote!((#reference).is_none()),
                }
            }),
            kind if kind.is("any") || matches!(kind, Kind::Unknown) => {
                let py = self.py.clone();
                self.with_operands(&[(value, None)], |_, refs| {
                    let reference = &refs[0];
                    match negated {
                        true => quote!((!#py::IsNone::is_none(#reference))),
                        false => quote!(#py::IsNone::is_none(#reference)),
                    }
                })
            }
            Kind::None => {
                let value = self.value(value);
                quote!({ #value; !#negated })
            }
            _ => {
                let value = self.value(value);
                quote!({ let _ = #value; #negated })
            }
        })
    }

    /// `p is x`: a proxy is the same as itself only, and no object.
    fn proxy_test(&mut self, left: &Expr, op: CompareOp, right: &Expr) -> Option<TokenStream> {
        let negated = match op {
            CompareOp::Is => false,
            CompareOp::IsNot => true,
            _ => return None,
        };
        let (left_kind, right_kind) = (self.types.kind(left), self.types.kind(right));
        if !left_kind.is_proxy() && !right_kind.is_proxy() {
            return None;
        }
        let is_optional = |kind: &Kind| matches!(kind, Kind::Optional(_));
        let py = self.py.clone();
        match left_kind.is_proxy() && right_kind.is_proxy() && is_optional(&left_kind) == is_optional(&right_kind) {
            true => Some(self.with_operands(&[(left, None), (right, None)], |_, refs| {
                let (left, right) = (&refs[0], &refs[1]);
                match negated {
                    true => quote!((!#py::protocol::Identity::is(#left, #right))),
                    false => quote!(#py::protocol::Identity::is(#left, #right)),
                }
            })),
            false => {
                let (left, right) = (self.value(left), self.value(right));
                Some(quote!({ let _ = (#left, #right); #negated }))
            }
        }
    }

    /// `a is b` of objects, by their addresses: neither side is converted.
    fn identity(&mut self, left: &Expr, op: CompareOp, right: &Expr) -> Option<TokenStream> {
        let negated = match op {
            CompareOp::Is => false,
            CompareOp::IsNot => true,
            _ => return None,
        };
        let sides = [left, right];
        let kinds = sides.map(|side| self.types.kind(side).unwrapped().clone());
        let is_class = |kind: &Kind| kind.name().is_some_and(|name| self.is_object(kind) || self.is_outside(name));
        // What only rustc knows is a reference, too, or none.
        let is_reference = |kind: &Kind| is_class(kind) || matches!(kind, Kind::Unknown);
        if !kinds.iter().any(is_class) || !kinds.iter().all(is_reference) {
            return None;
        }
        let py = self.py.clone();
        let test = |left: TokenStream, right: TokenStream| match negated {
            true => quote!((!#py::is_same(#left, #right))),
            false => quote!(#py::is_same(#left, #right)),
        };
        Some(match self.test_in_place(sides, test) {
            Some(test) => test,
            None => {
                self.with_operands(&[(left, None), (right, None)], |_, refs| test(refs[0].clone(), refs[1].clone()))
            }
        })
    }

    /// The kinds that both sides are brought to.
    fn comparable(&self, left: &Kind, right: &Kind, op: CompareOp) -> (Kind, Kind) {
        if left.is("any") || right.is("any") {
            return (Kind::any(), Kind::any());
        }
        let ordered = !matches!(op, CompareOp::Eq | CompareOp::Ne | CompareOp::Is | CompareOp::IsNot);
        if ordered {
            return (left.unwrapped().clone(), right.unwrapped().clone());
        }
        let (inner_left, inner_right) = (left.unwrapped(), right.unwrapped());
        let common = match (inner_left.name(), inner_right.name()) {
            (Some(left_name), Some(right_name)) if self.model.is_subclass(left_name, right_name) => inner_right.clone(),
            (Some(left_name), Some(right_name)) if self.model.is_subclass(right_name, left_name) => inner_left.clone(),
            _ => {
                // Numbers compare across their types.
                return match (left, right) {
                    (Kind::Optional(_), Kind::Optional(_)) => (left.clone(), right.clone()),
                    (Kind::Optional(_), _) => (left.clone(), right.clone().optional()),
                    (_, Kind::Optional(_)) => (left.clone().optional(), right.clone()),
                    _ => (left.clone(), right.clone()),
                };
            }
        };
        match matches!(left, Kind::Optional(_)) || matches!(right, Kind::Optional(_)) {
            true => (common.clone().optional(), common.optional()),
            false => (common.clone(), common),
        }
    }

    fn compare_refs(
        &mut self,
        op: CompareOp,
        left: TokenStream,
        left_kind: &Kind,
        right: TokenStream,
        right_kind: &Kind,
        span: Span,
    ) -> TokenStream {
        let py = self.py.clone();
        let protocol = quote!(#py::protocol);
        if let Some(test) = self.object_comparison(op, &left, left_kind, &right, right_kind, span) {
            return test;
        }
        let is_unknown = [left_kind, right_kind].iter().all(|kind| matches!(kind, Kind::Unknown));
        let iterated = |name| self.model.is_script_class(name) && self.model.method(name, "__contains__").is_none();
        let contains = match right_kind.name().is_some_and(iterated) {
            true => quote!(#py::functions::contains),
            false => quote!(#protocol::Contains::contains),
        };
        let (call, negated) = match op {
            CompareOp::Eq => (quote!(#protocol::Equal::eq(#left, #right)), false),
            CompareOp::Ne => (quote!(#protocol::Equal::ne(#left, #right)), false),
            CompareOp::Lt => (quote!(#protocol::Compare::lt(#left, #right)), false),
            CompareOp::Le => (quote!(#protocol::Compare::le(#left, #right)), false),
            CompareOp::Gt => (quote!(#protocol::Compare::gt(#left, #right)), false),
            CompareOp::Ge => (quote!(#protocol::Compare::ge(#left, #right)), false),
            CompareOp::In => (quote!(#contains(#right, #left)), false),
            CompareOp::NotIn => (quote!(#contains(#right, #left)), true),
            CompareOp::Is if is_unknown => return quote!(#py::Is::of(#left, #right).same()),
            CompareOp::IsNot if is_unknown => return quote!((!#py::Is::of(#left, #right).same())),
            CompareOp::Is => return quote!(#protocol::Identity::is(#left, #right)),
            CompareOp::IsNot => return quote!((!#protocol::Identity::is(#left, #right))),
        };
        let test = self.fallible(call, span);
        match negated {
            true => quote!((!#test)),
            false => test,
        }
    }

    /// Comparisons that a class of the script defines for another type than its own.
    fn object_comparison(
        &mut self,
        op: CompareOp,
        left: &TokenStream,
        left_kind: &Kind,
        right: &TokenStream,
        right_kind: &Kind,
        span: Span,
    ) -> Option<TokenStream> {
        let (receiver, receiver_kind, argument, argument_kind, method, negated) = match op {
            CompareOp::Eq => (left, left_kind, right, right_kind, "__eq__", false),
            CompareOp::Ne => (left, left_kind, right, right_kind, "__eq__", true),
            CompareOp::Lt => (left, left_kind, right, right_kind, "__lt__", false),
            CompareOp::Le => (left, left_kind, right, right_kind, "__le__", false),
            CompareOp::Gt => (left, left_kind, right, right_kind, "__gt__", false),
            CompareOp::Ge => (left, left_kind, right, right_kind, "__ge__", false),
            CompareOp::In => (right, right_kind, left, left_kind, "__contains__", false),
            CompareOp::NotIn => (right, right_kind, left, left_kind, "__contains__", true),
            CompareOp::Is | CompareOp::IsNot => return None,
        };
        let own = receiver_kind.name().filter(|name| self.model.is_script_class(name))?;
        self.model.method(own, method)?;
        if matches!(op, CompareOp::Ne) && self.model.method(own, "__ne__").is_some() {
            return None;
        }
        let copy = copy::of_reference(argument_kind, argument);
        let call = self.special_call(receiver_kind, method, receiver.clone(), &[(copy, argument_kind.clone())], span);
        Some(match negated {
            true => quote!((!#call)),
            false => call,
        })
    }

    /// `x += e`
    pub fn augmented(&mut self, target: &Expr, op: BinaryOp, value: &Expr) -> TokenStream {
        let kind = self.types.kind(target).unwrapped().clone();
        let value_kind = self.types.kind(value).unwrapped().clone();
        let span = target.span;
        match &target.kind {
            ExprKind::Attribute { name: Some(name), .. } if self.is_class_attribute(target) => {
                let former = self.value(target);
                let (left, right, held) = (self.own("former"), self.own("operand"), self.own("stored"));
                let found = self.value_as(value, &value_kind);
                let seen = self.seen_by(Use::Operand, value, &quote!(&#right));
                let result = self.in_place(op, quote!(&#left), &kind, seen, &value_kind, span);
                let store = self.store_attribute(target, TokenStream::new(), name, quote!(#held), &kind);
                quote!({
                    let #left = #former;
                    let #right = #found;
                    let #held = #result;
                    ::core::mem::drop(#left);
                    #store;
                })
            }
            ExprKind::Attribute { value: owner, name: Some(_) }
                if self.is_quiet(value) && kind.is_plain() && self.chain(owner).is_some() =>
            {
                let former = self.value(target);
                let (left, right, held) = (self.own("former"), self.own("operand"), self.own("stored"));
                let found = self.value_as(value, &value_kind);
                let seen = self.seen_by(Use::Operand, value, &quote!(&#right));
                let result = self.in_place(op, quote!(&#left), &kind, seen, &value_kind, span);
                let store = self.store_in_chain(target, owner, &quote!(#held));
                quote!({ let #left = #former; let #right = #found; let #held = #result; #store; })
            }
            ExprKind::Attribute { value: owner, name: Some(name) } => {
                let owner_kind = self.types.kind(owner);
                self.with_operands(&[(owner, Some(owner_kind.unwrapped().clone()))], |this, refs| {
                    let owner = refs[0].clone();
                    let former = this.attribute_of(target, owner.clone(), name);
                    let (left, right) = (this.own("former"), this.own("operand"));
                    let found = this.value_as(value, &value_kind);
                    let seen = this.seen_by(Use::Operand, value, &quote!(&#right));
                    let result = this.in_place(op, quote!(&#left), &kind, seen, &value_kind, span);
                    let held = this.own("stored");
                    let store = this.store_attribute(target, owner, name, quote!(#held), &kind);
                    quote!({
                        let #left = #former;
                        let #right = #found;
                        let #held = #result;
                        ::core::mem::drop(#left);
                        #store
                    })
                })
            }
            ExprKind::Index { value: owner, index } => {
                let py = self.py.clone();
                let owner_kind = self.types.kind(owner).unwrapped().clone();
                let index_wanted = self.index_kind(&owner_kind, index);
                self.with_operands(
                    &[(owner, Some(owner_kind.clone())), (index, Some(index_wanted.clone()))],
                    |this, refs| {
                        let (owner, index) = (refs[0].clone(), refs[1].clone());
                        let former = this.read_item(&owner_kind, owner.clone(), index.clone(), span);
                        let (left, right, held) = (this.own("former"), this.own("operand"), this.own("stored"));
                        let found = this.value_as(value, &value_kind);
                        let seen = this.seen_by(Use::Operand, value, &quote!(&#right));
                        let result = this.in_place(op, quote!(&#left), &kind, seen, &value_kind, span);
                        let copy = copy::of_reference(&index_wanted, &index);
                        let stored = match this.is_object(&owner_kind) {
                            true => this.special_call(
                                &owner_kind,
                                "__setitem__",
                                owner,
                                &[(copy, index_wanted.clone()), (quote!(#held), kind.clone())],
                                span,
                            ),
                            false => this.fallible(quote!(#py::protocol::SetItem::setitem(#owner, #copy, #held)), span),
                        };
                        quote!({
                            let #left = #former;
                            let #right = #found;
                            let #held = #result;
                            ::core::mem::drop(#left);
                            #stored;
                        })
                    },
                )
            }
            _ => {
                let operands = [(target, Some(kind.clone())), (value, Some(value_kind.clone()))];
                let result = self.with_operands(&operands, |this, refs| {
                    let left = this.seen_by(Use::Operand, target, &refs[0]);
                    let right = this.seen_by(Use::Operand, value, &refs[1]);
                    this.in_place(op, left, &kind, right, &value_kind, span)
                });
                self.assign(target, result, &kind)
            }
        }
    }

    /// An operator that changes its left side where that can be changed.
    fn in_place(
        &mut self,
        op: BinaryOp,
        left: TokenStream,
        left_kind: &Kind,
        right: TokenStream,
        right_kind: &Kind,
        span: Span,
    ) -> TokenStream {
        let py = self.py.clone();
        if let Some(name) = left_kind.name().filter(|name| self.model.is_script_class(name)) {
            let method = format!("__i{}__", op.method());
            if self.model.method(name, &method).is_some() {
                let copy = copy::of_reference(right_kind, &right);
                return self.special_call(left_kind, &method, left, &[(copy, right_kind.clone())], span);
            }
            return self.operate(op, left, left_kind, right, right_kind, span);
        }
        let mutable = matches!(
            left_kind.name(),
            Some("list" | "set" | "dict" | "WeakSet" | "WeakValueDictionary" | "WeakKeyDictionary")
        );
        if !mutable {
            return self.operate(op, left, left_kind, right, right_kind, span);
        }
        let (name, function) = match op {
            BinaryOp::Add => (quote!(IAdd), quote!(iadd)),
            BinaryOp::Sub => (quote!(ISub), quote!(isub)),
            BinaryOp::Mul => (quote!(IMul), quote!(imul)),
            BinaryOp::And => (quote!(IAnd), quote!(iand)),
            BinaryOp::Or => (quote!(IOr), quote!(ior)),
            BinaryOp::Xor => (quote!(IXor), quote!(ixor)),
            _ => return self.operate(op, left, left_kind, right, right_kind, span),
        };
        self.fallible(quote!(#py::protocol::#name::#function(#left, #right)), span)
    }
}
