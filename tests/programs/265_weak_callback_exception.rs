//! A panic in a callback goes to the unraisable hook; the other callbacks still run.

use super::python::*;

golden!("265_weak_callback_exception");

#[managed]
struct T {
    name: &'static str,
}

fn good(_: (), _: &WeakRef<T>) {
    out!("good callback");
}

fn bad(_: (), _: &WeakRef<T>) {
    out!("bad callback");
    raise("ValueError", "from callback");
}

fn main() {
    set_unraisable_hook(|kind, message| out!("unraisable {kind} {message}"));
    let t = T::new("t");
    let refs = [good, bad, good].map(|callback| WeakRef::with_callback(&t, (), callback));
    drop(t);
    out!("end {}", repr(&refs.map(|r| r.upgrade().is_none()).to_vec()));
}
