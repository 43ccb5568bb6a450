use either::Either;

super::containers! {
    [L, R;] Either<L, R> => |this, tracer| match this {
        Either::Left(left) => left.trace(tracer),
        Either::Right(right) => right.trace(tracer),
    };
}
