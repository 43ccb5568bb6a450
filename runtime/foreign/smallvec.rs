use smallvec::SmallVec;

super::containers! {
    [T; const N: usize] SmallVec<[T; N]> => |this, tracer| tracer.items(this.iter(), |item, tracer| item.trace(tracer));
}
