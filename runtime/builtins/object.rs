//! Classes of scripts: what the runtime asks of a class, and what a reference to one of its objects can do for it.

use core::cmp::Ordering;
use core::fmt;

use super::exceptions::{RUNTIME_ERROR, STOP_ITERATION, TYPE_ERROR};
use super::protocol::*;
use super::traits::Traits;
use super::{Any, Exception, Result, Str};
use crate::pointer::Gc;
use crate::script::Instance;
use crate::trace::Trace;

/// A class of a script, or a `#[managed]` type that is used in one. Generated code overrides what the class defines; the
/// rest is as Python has it for a class without special methods.
pub trait Object: Trace + Sized {
    /// The class's name.
    const NAME: &'static str;
    /// Does it define `__len__`? Then an object without `__bool__` is true if it isn't empty.
    const HAS_LEN: bool = false;

    /// The traits of a Rust type that stand for special methods.
    #[doc(hidden)]
    const TRAITS: Traits<Self> = Traits::NONE;

    /// The name of the object's own class, which may be a derived one.
    fn name(_this: &Gc<Self>) -> &'static str {
        Self::NAME
    }

    /// `repr(this)`
    fn __repr__(this: &Gc<Self>) -> Result<Str> {
        match (Self::derived(this), Self::TRAITS.debug) {
            (Some(object), _) => object.repr(),
            (None, Some(debug)) => text(this, debug),
            (None, None) => Ok(Str::from(format!("<{} object at {:#x}>", Self::name(this), address(this)))),
        }
    }

    /// `str(this)`
    fn __str__(this: &Gc<Self>) -> Result<Str> {
        match (Self::derived(this), Self::TRAITS.display) {
            (Some(object), _) => object.str(),
            (None, Some(display)) => text(this, display),
            (None, None) => Self::__repr__(this),
        }
    }

    /// `format(this, spec)`
    fn __format__(this: &Gc<Self>, spec: &str) -> Result<Str> {
        if spec.is_empty() {
            return Self::__str__(this);
        }
        let message = format!("unsupported format string passed to {}.__format__", Self::name(this));
        Err(Exception::new(&TYPE_ERROR, message))
    }

    /// `this == other`
    fn __eq__(this: &Gc<Self>, other: &Gc<Self>) -> Result<bool> {
        match (Self::derived(this), Self::TRAITS.eq) {
            (Some(object), _) => object.eq(&Self::into_any(other.clone())),
            (None, Some(eq)) => Ok(eq(this, other)),
            (None, None) => Ok(Gc::ptr_eq(this, other)),
        }
    }

    /// `this != other`
    fn __ne__(this: &Gc<Self>, other: &Gc<Self>) -> Result<bool> {
        Ok(!Self::__eq__(this, other)?)
    }

    /// `this < other`
    fn __lt__(this: &Gc<Self>, other: &Gc<Self>) -> Result<bool> {
        match (Self::derived(this), Self::TRAITS.order) {
            (Some(object), _) => object.lt(&Self::into_any(other.clone())),
            (None, Some(order)) => Ok(order(this, other).is_some_and(Ordering::is_lt)),
            (None, None) => Err(no_order("<", this, other)),
        }
    }

    /// `this <= other`
    fn __le__(this: &Gc<Self>, other: &Gc<Self>) -> Result<bool> {
        match (Self::derived(this), Self::TRAITS.order) {
            (Some(object), _) => object.le(&Self::into_any(other.clone())),
            (None, Some(order)) => Ok(order(this, other).is_some_and(Ordering::is_le)),
            (None, None) => Err(no_order("<=", this, other)),
        }
    }

    /// `this > other`: by the other's `<`, as Python does.
    fn __gt__(this: &Gc<Self>, other: &Gc<Self>) -> Result<bool> {
        Self::__lt__(other, this)
    }

    /// `this >= other`: by the other's `<=`.
    fn __ge__(this: &Gc<Self>, other: &Gc<Self>) -> Result<bool> {
        Self::__le__(other, this)
    }

    /// `hash(this)`
    fn __hash__(this: &Gc<Self>) -> Result<i64> {
        match (Self::derived(this), Self::TRAITS) {
            (Some(object), _) => object.hash(),
            (None, Traits { hash: Some(hash), .. }) => Ok(hash(this)),
            (None, Traits { eq: Some(_), .. }) => {
                Err(Exception::new(&TYPE_ERROR, format!("unhashable type: '{}'", Self::name(this))))
            }
            (None, _) => Ok((address(this) as i64).rotate_right(4)),
        }
    }

    /// `bool(this)`
    fn __bool__(this: &Gc<Self>) -> Result<bool> {
        match Self::derived(this) {
            Some(object) => object.truth(),
            None if Self::HAS_LEN => Ok(Self::__len__(this)? != 0),
            None => Ok(true),
        }
    }

    /// `len(this)`
    fn __len__(this: &Gc<Self>) -> Result<i64> {
        match Self::derived(this) {
            Some(object) => object.len(),
            None => Err(Exception::new(&TYPE_ERROR, format!("object of type '{}' has no len()", Self::name(this)))),
        }
    }

    /// The methods that [`invoke`](Object::invoke) knows.
    #[doc(hidden)]
    const METHODS: &'static [&'static str] = &[];

    /// The object as an `any`: one of its own class, whatever the class of the reference.
    #[doc(hidden)]
    fn into_any(this: Gc<Self>) -> Any {
        super::any::wrapped::<Self>(this.into())
    }

    /// The object as one of its own class, if that derives from this one and may define what this one does not.
    #[doc(hidden)]
    fn derived(_this: &Gc<Self>) -> Option<Any> {
        None
    }

    /// The object that an `any` holds, if it is of this class.
    #[doc(hidden)]
    fn from_any(any: &Any) -> Option<Gc<Self>> {
        any.object::<Gc<Self>>()
    }

    /// The object with its class, if that is one of a hierarchy.
    #[doc(hidden)]
    fn instance(_this: &Gc<Self>) -> Option<Instance> {
        None
    }

    /// `this == other`, whatever the other is.
    #[doc(hidden)]
    fn equals(this: &Gc<Self>, other: &Any) -> Result<bool> {
        Self::from_any(other).map_or(Ok(false), |other| Self::__eq__(this, &other))
    }

    /// `this.name` of a field or a property; None: there is none of this name.
    #[doc(hidden)]
    fn attribute(_this: &Gc<Self>, _name: &str) -> Option<Result<Any>> {
        None
    }

    /// `this.name = value`
    #[doc(hidden)]
    fn set_attribute(_this: &Gc<Self>, _name: &str, _value: &Any) -> Option<Result<()>> {
        None
    }

    /// `del this.name`
    #[doc(hidden)]
    fn delete_attribute(_this: &Gc<Self>, _name: &str) -> Option<Result<()>> {
        None
    }

    /// `this.name(…)` of a method
    #[doc(hidden)]
    fn invoke(_this: &Gc<Self>, _name: &str, _arguments: &[Any]) -> Option<Result<Any>> {
        None
    }
}

fn address<T>(this: &Gc<T>) -> usize {
    Gc::as_ptr(this).addr()
}

/// What a `Display` or a `Debug` writes.
fn text<T>(this: &Gc<T>, format: fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result) -> Result<Str> {
    struct Shown<'a, T>(&'a T, fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result);
    impl<T> fmt::Display for Shown<'_, T> {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            (self.1)(self.0, formatter)
        }
    }
    let mut out = String::new();
    match fmt::write(&mut out, format_args!("{}", Shown(&**this, format))) {
        Ok(()) => Ok(Str::from(out)),
        Err(error) => Err(Exception::new(&RUNTIME_ERROR, error.to_string())),
    }
}

#[cold]
fn no_order<T: Object>(operator: &str, a: &Gc<T>, b: &Gc<T>) -> Exception {
    let message = format!("'{operator}' not supported between instances of '{}' and '{}'", T::name(a), T::name(b));
    Exception::new(&TYPE_ERROR, message)
}

impl<T: Object> Show for Gc<T> {
    fn type_name(&self) -> &'static str {
        T::name(self)
    }

    fn write_repr(&self, out: &mut String) -> Result<()> {
        out.push_str(&T::__repr__(self)?);
        Ok(())
    }

    fn write_str(&self, out: &mut String) -> Result<()> {
        out.push_str(&T::__str__(self)?);
        Ok(())
    }

    fn write_format(&self, out: &mut String, spec: &str) -> Result<()> {
        out.push_str(&T::__format__(self, spec)?);
        Ok(())
    }

    fn repr(&self) -> Result<Str> {
        T::__repr__(self)
    }

    fn str(&self) -> Result<Str> {
        T::__str__(self)
    }
}

impl<T: ?Sized> Identity for Gc<T> {
    #[inline]
    fn is(&self, other: &Gc<T>) -> bool {
        Gc::ptr_eq(self, other)
    }

    fn id(&self) -> i64 {
        Gc::as_ptr(self).addr() as i64
    }
}

impl<T: Object> Equal for Gc<T> {
    fn eq(&self, other: &Gc<T>) -> Result<bool> {
        T::__eq__(self, other)
    }

    fn ne(&self, other: &Gc<T>) -> Result<bool> {
        T::__ne__(self, other)
    }
}

/// A `T?` beside a `T`, which only rustc knows.
impl<T: Object> Equal<Gc<T>> for Option<Gc<T>> {
    fn eq(&self, other: &Gc<T>) -> Result<bool> {
        self.as_ref().map_or(Ok(false), |this| T::__eq__(this, other))
    }
}

impl<T: Object> Equal<Option<Gc<T>>> for Gc<T> {
    fn eq(&self, other: &Option<Gc<T>>) -> Result<bool> {
        other.as_ref().map_or(Ok(false), |other| T::__eq__(self, other))
    }
}

impl<T: Object> Compare for Gc<T> {
    fn lt(&self, other: &Gc<T>) -> Result<bool> {
        T::__lt__(self, other)
    }

    fn le(&self, other: &Gc<T>) -> Result<bool> {
        T::__le__(self, other)
    }

    fn gt(&self, other: &Gc<T>) -> Result<bool> {
        T::__gt__(self, other)
    }

    fn ge(&self, other: &Gc<T>) -> Result<bool> {
        T::__ge__(self, other)
    }
}

impl<T: Object> Hashed for Gc<T> {
    fn hash(&self) -> Result<i64> {
        T::__hash__(self)
    }
}

impl<T: Object> Truth for Gc<T> {
    fn truth(&self) -> Result<bool> {
        T::__bool__(self)
    }
}

impl<T: Object> Len for Gc<T> {
    fn len(&self) -> Result<i64> {
        T::__len__(self)
    }
}

/// Special methods that have an argument or a result of a type of their own: one trait each, which the class implements.
macro_rules! special {
    ($($trait:ident $method:ident: $protocol:ident::$name:ident, $doc:literal;)+) => {$(
        #[doc = concat!("A class that defines `", $doc, "`.")]
        pub trait $trait<R: ?Sized>: Trace + Sized {
            /// The type of the result.
            type Output;

            #[doc = concat!("`", $doc, "`")]
            fn $method(this: &Gc<Self>, other: &R) -> Result<Self::Output>;
        }

        impl<T: $trait<R>, R: ?Sized> $protocol<R> for Gc<T> {
            type Output = T::Output;

            #[inline]
            fn $name(&self, other: &R) -> Result<T::Output> {
                T::$method(self, other)
            }
        }
    )+};
}

special! {
    ObjectAdd __add__: Add::add, "this + other";
    ObjectSub __sub__: Sub::sub, "this - other";
    ObjectMul __mul__: Mul::mul, "this * other";
    ObjectTrueDiv __truediv__: TrueDiv::truediv, "this / other";
    ObjectFloorDiv __floordiv__: FloorDiv::floordiv, "floordiv(this, other)";
    ObjectMod __mod__: Mod::rem, "this % other";
    ObjectPow __pow__: Pow::pow, "this ** other";
    ObjectAnd __and__: And::and, "this & other";
    ObjectOr __or__: Or::or, "this | other";
    ObjectXor __xor__: Xor::xor, "this ^ other";
    ObjectShl __lshift__: Shl::shl, "this << other";
    ObjectShr __rshift__: Shr::shr, "this >> other";
    ObjectGetItem __getitem__: GetItem::getitem, "this[index]";
}

/// Operators with `=`: a class that has the plain operator only is given the trait by generated code, too.
macro_rules! special_in_place {
    ($($trait:ident $method:ident: $protocol:ident::$name:ident, $doc:literal;)+) => {$(
        #[doc = concat!("A class that defines `", $doc, "`.")]
        pub trait $trait<R: ?Sized>: Trace + Sized {
            #[doc = concat!("What the name is bound to after `", $doc, "`.")]
            fn $method(this: &Gc<Self>, other: &R) -> Result<Gc<Self>>;
        }

        impl<T: $trait<R>, R: ?Sized> $protocol<R> for Gc<T> {
            #[inline]
            fn $name(&self, other: &R) -> Result<Gc<T>> {
                T::$method(self, other)
            }
        }
    )+};
}

special_in_place! {
    ObjectIAdd __iadd__: IAdd::iadd, "this += other";
    ObjectISub __isub__: ISub::isub, "this -= other";
    ObjectIMul __imul__: IMul::imul, "this *= other";
    ObjectITrueDiv __itruediv__: ITrueDiv::itruediv, "this /= other";
    ObjectIFloorDiv __ifloordiv__: IFloorDiv::ifloordiv, "this = floordiv(this, other)";
    ObjectIMod __imod__: IMod::irem, "this %= other";
    ObjectIPow __ipow__: IPow::ipow, "this **= other";
    ObjectIAnd __iand__: IAnd::iand, "this &= other";
    ObjectIOr __ior__: IOr::ior, "this |= other";
    ObjectIXor __ixor__: IXor::ixor, "this ^= other";
    ObjectIShl __ilshift__: IShl::ishl, "this <<= other";
    ObjectIShr __irshift__: IShr::ishr, "this >>= other";
}

macro_rules! special_unary {
    ($($trait:ident $method:ident: $protocol:ident::$name:ident, $doc:literal;)+) => {$(
        #[doc = concat!("A class that defines `", $doc, "`.")]
        pub trait $trait: Trace + Sized {
            /// The type of the result.
            type Output;

            #[doc = concat!("`", $doc, "`")]
            fn $method(this: &Gc<Self>) -> Result<Self::Output>;
        }

        impl<T: $trait> $protocol for Gc<T> {
            type Output = T::Output;

            #[inline]
            fn $name(&self) -> Result<T::Output> {
                T::$method(self)
            }
        }
    )+};
}

special_unary! {
    ObjectNeg __neg__: Neg::neg, "-this";
    ObjectPos __pos__: Pos::pos, "+this";
    ObjectInvert __invert__: Invert::invert, "~this";
}

/// A class that defines `this[index] = value`.
pub trait ObjectSetItem<I, V>: Trace + Sized {
    /// `this[index] = value`
    fn __setitem__(this: &Gc<Self>, index: I, value: V) -> Result<()>;
}

impl<T: ObjectSetItem<I, V>, I, V> SetItem<I, V> for Gc<T> {
    fn setitem(&self, index: I, value: V) -> Result<()> {
        T::__setitem__(self, index, value)
    }
}

/// A class that defines `del this[index]`.
pub trait ObjectDelItem<I: ?Sized>: Trace + Sized {
    /// `del this[index]`
    fn __delitem__(this: &Gc<Self>, index: &I) -> Result<()>;
}

impl<T: ObjectDelItem<I>, I: ?Sized> DelItem<I> for Gc<T> {
    fn delitem(&self, index: &I) -> Result<()> {
        T::__delitem__(self, index)
    }
}

/// A class that defines `item in this`.
pub trait ObjectContains<V: ?Sized>: Trace + Sized {
    /// `item in this`
    fn __contains__(this: &Gc<Self>, item: &V) -> Result<bool>;
}

impl<T: ObjectContains<V>, V: ?Sized> Contains<V> for Gc<T> {
    fn contains(&self, item: &V) -> Result<bool> {
        T::__contains__(self, item)
    }
}

/// A class that defines `__iter__`.
pub trait ObjectIter: Trace + Sized {
    /// What a step gives.
    type Item;
    /// What `__iter__` gives: the object itself, a generator, an iterator of another object.
    type Iter: ScriptIterator<Item = Self::Item>;

    /// `iter(this)`
    fn __iter__(this: &Gc<Self>) -> Result<Self::Iter>;
}

impl<T: ObjectIter> Iterate for Gc<T> {
    type Item = T::Item;
    type Iter = T::Iter;

    fn iter(&self) -> Result<T::Iter> {
        T::__iter__(self)
    }
}

/// A class that defines `__next__`.
pub trait ObjectNext: Trace + Sized {
    /// What a step gives.
    type Item;

    /// `next(this)`; a StopIteration ends the loop.
    fn __next__(this: &Gc<Self>) -> Result<Self::Item>;
}

impl<T: ObjectNext> ScriptIterator for Gc<T> {
    type Item = T::Item;

    fn next(&mut self) -> Result<Option<T::Item>> {
        match T::__next__(self) {
            Ok(item) => Ok(Some(item)),
            Err(stop) if stop.is(&STOP_ITERATION) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtins::{Dict, List};
    use crate::trace::Tracer;

    struct Point(i64);

    // SAFETY: owns no `Gc`.
    unsafe impl Trace for Point {
        fn trace(&self, _tracer: &mut Tracer<'_>) {}
    }

    impl Object for Point {
        const NAME: &'static str = "Point";

        fn __eq__(this: &Gc<Point>, other: &Gc<Point>) -> Result<bool> {
            Ok(this.0 == other.0)
        }

        fn __hash__(this: &Gc<Point>) -> Result<i64> {
            Ok(this.0)
        }
    }

    impl ObjectAdd<Gc<Point>> for Point {
        type Output = Gc<Point>;

        fn __add__(this: &Gc<Point>, other: &Gc<Point>) -> Result<Gc<Point>> {
            Ok(Gc::new(Point(this.0 + other.0)))
        }
    }

    impl ObjectNext for Point {
        type Item = i64;

        fn __next__(_this: &Gc<Point>) -> Result<i64> {
            Err(Exception::bare(&STOP_ITERATION))
        }
    }

    #[test]
    fn special_methods_are_what_operators_call() {
        let three = Add::add(&Gc::new(Point(1)), &Gc::new(Point(2))).unwrap();
        assert!(Equal::eq(&three, &Gc::new(Point(3))).unwrap());
        assert!(ScriptIterator::next(&mut three.clone()).unwrap().is_none());
    }

    #[test]
    fn equal_objects_are_the_same_key() {
        let dict: Dict<Gc<Point>, i64> = Dict::new();
        let first = Gc::new(Point(1));
        dict.insert(first.clone(), 1).unwrap();
        dict.insert(Gc::new(Point(1)), 2).unwrap();
        assert_eq!((dict.count_items(), Gc::strong_count(&first)), (1, 2));
        assert_eq!(dict.get(&Gc::new(Point(1))).unwrap(), Some(2));
        assert!(List::from([first.clone()]).contains(&Gc::new(Point(1))).unwrap());
    }

    #[test]
    fn what_a_class_does_not_define() {
        let point = Gc::new(Point(1));
        assert!(Show::repr(&point).unwrap().starts_with("<Point object at 0x"));
        assert!(point.truth().unwrap());
        assert_eq!(Len::len(&point).unwrap_err().to_string(), "object of type 'Point' has no len()");
        let message = "'<' not supported between instances of 'Point' and 'Point'";
        assert_eq!(Compare::lt(&point, &point).unwrap_err().to_string(), message);
        let message = "unsupported format string passed to Point.__format__";
        assert_eq!(Show::format(&point, "5").unwrap_err().to_string(), message);
    }
}
