use arrayvec::{ArrayString, ArrayVec};

super::containers! {
    [T; const N: usize] ArrayVec<T, N> => |this, tracer| tracer.items(this.iter(), |item, tracer| item.trace(tracer));
}

super::plain!([const N: usize] ArrayString<N>);
