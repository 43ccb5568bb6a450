//! Types of the standard library that own no managed pointer.

use core::marker::{PhantomData, PhantomPinned};
use core::{any, cmp, fmt, net, num, ops, sync::atomic, time};
use std::collections::hash_map::RandomState;
use std::{ffi, hash, io, path, process, thread};

use super::{Trace, Tracer};

/// `Trace` for types that own no managed pointer.
macro_rules! plain {
    ($([$($generics:tt)*] $type:ty),+ $(,)?) => {$(
        // SAFETY: values of this type own no `Gc`.
        #[diagnostic::do_not_recommend]
        unsafe impl<$($generics)*> Trace for $type {
            #[inline]
            fn trace(&self, _tracer: &mut Tracer<'_>) {}

            #[inline]
            fn acyclic() -> bool {
                true
            }

            #[inline]
            fn drops_quietly() -> bool {
                true
            }

            #[inline]
            fn clones_quietly() -> bool {
                true
            }
        }
    )+};
}

plain! {
    [] (), [] bool, [] char,
    [] u8, [] u16, [] u32, [] u64, [] u128, [] usize,
    [] i8, [] i16, [] i32, [] i64, [] i128, [] isize, [] f32, [] f64,
    [] num::NonZeroU8, [] num::NonZeroU16, [] num::NonZeroU32, [] num::NonZeroU64, [] num::NonZeroU128, [] num::NonZeroUsize,
    [] num::NonZeroI8, [] num::NonZeroI16, [] num::NonZeroI32, [] num::NonZeroI64, [] num::NonZeroI128, [] num::NonZeroIsize,
    [] String, [] ffi::CString, [] ffi::OsString, [] path::PathBuf,
    [T: Trace + ?Sized] &'static T,
    [T: ?Sized + 'static] *const T, [T: ?Sized + 'static] *mut T, [T: ?Sized + 'static] core::ptr::NonNull<T>,
    [T: ?Sized + 'static] PhantomData<T>, [] PhantomPinned, [] any::TypeId, [] fmt::Error, [] cmp::Ordering,
    [] ops::RangeFull, [] core::alloc::Layout,
    [] atomic::AtomicBool, [] atomic::AtomicU8, [] atomic::AtomicU16, [] atomic::AtomicU32, [] atomic::AtomicU64,
    [] atomic::AtomicUsize, [] atomic::AtomicI8, [] atomic::AtomicI16, [] atomic::AtomicI32, [] atomic::AtomicI64,
    [] atomic::AtomicIsize, [] atomic::Ordering,
    [] time::Duration, [] std::time::Instant, [] std::time::SystemTime,
    [] net::IpAddr, [] net::Ipv4Addr, [] net::Ipv6Addr, [] net::SocketAddr, [] net::SocketAddrV4, [] net::SocketAddrV6,
    [] RandomState, [H: 'static] hash::BuildHasherDefault<H>, [] hash::DefaultHasher,
    [] io::ErrorKind, [] std::fs::File, [] process::ExitStatus, [] thread::ThreadId,
}

/// `Trace` for unsized types that own no managed pointer.
macro_rules! plain_unsized {
    ($($type:ty),+) => {$(
        // SAFETY: values of this type own no `Gc`.
        unsafe impl Trace for $type {
            #[inline]
            fn trace(&self, _tracer: &mut Tracer<'_>) {}
        }
    )+};
}

plain_unsized!(str, ffi::CStr, ffi::OsStr, path::Path);

// SAFETY: the error inside, if there is one, is `Send` and so owns no `Gc`.
unsafe impl Trace for io::Error {
    #[inline]
    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    #[inline]
    fn acyclic() -> bool {
        true
    }
}

/// `Trace` for function pointers: code owns nothing.
macro_rules! functions {
    ($($argument:ident)*) => {
        functions!(@ fn($($argument),*) -> R; $($argument)*);
        functions!(@ unsafe fn($($argument),*) -> R; $($argument)*);
        functions!(@ extern "C" fn($($argument),*) -> R; $($argument)*);
        functions!(@ unsafe extern "C" fn($($argument),*) -> R; $($argument)*);
    };
    (@ $type:ty; $($argument:ident)*) => {
        plain!([R: 'static, $($argument: 'static),*] $type);
    };
}

functions!();
functions!(A);
functions!(A B);
functions!(A B C);
functions!(A B C D);
functions!(A B C D E);
functions!(A B C D E F);
functions!(A B C D E F G);
functions!(A B C D E F G H);
