use refcycle::{Gc, Trace, managed};
use std::fmt::Debug;
use std::marker::PhantomData;

#[managed]
#[derive(Debug, Clone)]
struct Many<A, B: Trace + Clone, const N: usize, C = u8>
where
    A: Trace + Debug,
    C: 'static,
{
    a: [A; N],
    #[managed(mut)]
    b: Option<B>,
    c: PhantomData<C>,
    #[managed(weak)]
    me: Option<Gc<Many<A, B, N, C>>>,
    #[managed(mut)]
    call: fn(A) -> B,
}

impl<A: Trace + Debug, B: Trace + Clone, const N: usize, C: 'static> Many<A, B, N, C> {
    fn size(&self) -> usize {
        N + self.a.len()
    }
}

#[managed]
struct Unsized<T: Trace + ?Sized> {
    shared: Gc<T>,
}

#[managed]
struct Bare<T> {
    value: T,
}

#[managed]
impl<T> Bare<T> {
    fn __del__(&self) {
        let _ = &self.value;
    }
}

#[managed]
struct Swapped<A, B>(A, B);

#[managed]
impl<B, A> Swapped<B, A> {
    fn __del__(this: &Gc<Self>) {
        let _ = (&this.0, &this.1);
    }
}

fn main() {
    drop((Bare::new(1), Swapped::new("a", 2_u8)));
}
