use indexmap::{IndexMap, IndexSet};

super::containers! {
    [T; S: 'static] IndexSet<T, S> => |this, tracer| this.iter().for_each(|item| item.trace(tracer));
    [K, V; S: 'static] IndexMap<K, V, S> => |this, tracer| for (key, value) in this {
        key.trace(tracer);
        value.trace(tracer);
    };
}
