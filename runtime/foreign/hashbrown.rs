use hashbrown::{HashMap, HashSet, HashTable};

super::containers! {
    [T; S: 'static] HashSet<T, S> => |this, tracer| tracer.items(this.iter(), |item, tracer| item.trace(tracer));
    [T;] HashTable<T> => |this, tracer| tracer.items(this.iter(), |item, tracer| item.trace(tracer));
    [K, V; S: 'static] HashMap<K, V, S> => |this, tracer| tracer.items(this.iter(), |(key, value), tracer| {
        key.trace(tracer);
        value.trace(tracer);
    });
}
