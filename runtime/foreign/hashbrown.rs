use hashbrown::{HashMap, HashSet, HashTable};

super::containers! {
    [T; S: 'static] HashSet<T, S> => |this, tracer| this.iter().for_each(|item| item.trace(tracer));
    [T;] HashTable<T> => |this, tracer| this.iter().for_each(|item| item.trace(tracer));
    [K, V; S: 'static] HashMap<K, V, S> => |this, tracer| for (key, value) in this {
        key.trace(tracer);
        value.trace(tracer);
    };
}
