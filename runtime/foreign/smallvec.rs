use smallvec::SmallVec;

super::containers! {
    [T; const N: usize] SmallVec<[T; N]> => |this, tracer| this.iter().for_each(|item| item.trace(tracer));
}
