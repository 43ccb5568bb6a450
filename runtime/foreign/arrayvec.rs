use arrayvec::{ArrayString, ArrayVec};

super::containers! {
    [T; const N: usize] ArrayVec<T, N> => |this, tracer| this.iter().for_each(|item| item.trace(tracer));
}

super::plain!([const N: usize] ArrayString<N>);
