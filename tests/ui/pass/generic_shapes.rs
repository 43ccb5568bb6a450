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

fn main() {}
