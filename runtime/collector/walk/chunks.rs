//! A list that grows without moving what it holds: the pause for one more item does not depend on how many there are.

/// Items of a chunk: 8 KiB of pointers.
const CHUNK: usize = 1024;

/// A list in chunks.
pub(super) struct Chunks<T> {
    /// All full but the last; none is empty.
    chunks: Vec<Vec<T>>,
}

impl<T: Copy> Chunks<T> {
    pub(super) const fn new() -> Self {
        Chunks { chunks: Vec::new() }
    }

    #[inline]
    pub(super) fn push(&mut self, item: T) {
        match self.chunks.last_mut() {
            Some(last) if last.len() < CHUNK => last.push(item),
            _ => self.push_chunk(item),
        }
    }

    #[cold]
    #[inline(never)]
    fn push_chunk(&mut self, item: T) {
        let mut chunk = Vec::with_capacity(CHUNK);
        chunk.push(item);
        self.chunks.push(chunk);
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<T> {
        let last = self.chunks.last_mut()?;
        let item = last.pop();
        if last.is_empty() {
            self.chunks.pop();
        }
        item
    }

    #[inline]
    pub(super) fn get(&self, index: usize) -> Option<T> {
        self.chunks.get(index / CHUNK)?.get(index % CHUNK).copied()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.chunks.last().map_or(0, |last| (self.chunks.len() - 1) * CHUNK + last.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_back_in_order_and_in_reverse() {
        let mut list = Chunks::new();
        (0..3 * CHUNK + 5).for_each(|number| list.push(number));
        assert_eq!(list.len(), 3 * CHUNK + 5);
        assert!((0..list.len()).all(|index| list.get(index) == Some(index)));
        assert_eq!(list.get(list.len()), None);
        assert!((0..list.len()).rev().all(|number| list.pop() == Some(number)));
        assert!(list.is_empty() && list.pop().is_none());
    }
}
