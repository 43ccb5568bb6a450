use indexmap::{IndexMap, IndexSet};

super::containers! {
    [T; S: 'static] IndexSet<T, S> => |this, tracer| tracer.items(this.iter(), |item, tracer| item.trace(tracer));
    [K, V; S: 'static] IndexMap<K, V, S> => |this, tracer| tracer.items(this.iter(), |(key, value), tracer| {
        key.trace(tracer);
        value.trace(tracer);
    });
}
