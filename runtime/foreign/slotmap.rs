use slotmap::{DefaultKey, DenseSlotMap, Key, KeyData, SecondaryMap, SlotMap, SparseSecondaryMap};

super::containers! {
    [V; K: Key + 'static] SlotMap<K, V> => |this, tracer| this.values().for_each(|value| value.trace(tracer));
    [V; K: Key + 'static] DenseSlotMap<K, V> => |this, tracer| this.values().for_each(|value| value.trace(tracer));
    [V; K: Key + 'static] SecondaryMap<K, V> => |this, tracer| this.values().for_each(|value| value.trace(tracer));
    [V; K: Key + 'static, S: std::hash::BuildHasher + 'static] SparseSecondaryMap<K, V, S> => |this, tracer| {
        this.values().for_each(|value| value.trace(tracer));
    };
}

super::plain!([] DefaultKey, [] KeyData);
