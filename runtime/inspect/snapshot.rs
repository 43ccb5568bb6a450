//! [`Snapshot`]: how many objects of each type there are, and how large they are.

use core::any::TypeId;
use core::fmt;
use core::hash::BuildHasherDefault;
use core::ops::AddAssign;
use core::ptr;
use std::collections::HashMap;
use std::hash::DefaultHasher;

use super::graph::Graph;
use super::growth::Growth;
use super::sites::{Site, SiteCounts};
use super::{retained, table};
use crate::header::{Generation, Header, TRACKED, TypeTable};
use crate::heap::{self, Heap, Which};

/// Objects and their bytes, the words in front of the values included. What a value owns outside of its object, such as
/// the buffer of a `Vec`, is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sum {
    /// Objects.
    pub count: usize,
    /// Their bytes.
    pub bytes: usize,
}

impl AddAssign for Sum {
    fn add_assign(&mut self, other: Sum) {
        self.count += other.count;
        self.bytes += other.bytes;
    }
}

/// The objects of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The type's name.
    pub type_name: &'static str,
    /// The name that Rust gives the type, with its path: types of several modules may have the same name.
    pub type_path: &'static str,
    /// Objects.
    pub count: usize,
    /// Their bytes.
    pub bytes: usize,
    /// Bytes that would be freed if all objects of this type went, if that was asked for.
    pub retained: Option<usize>,
    pub(super) type_id: TypeId,
}

/// The objects of this thread by type, largest first.
///
/// ```
/// use refcycle::{Gc, inspect::Snapshot};
///
/// let _numbers: Vec<_> = (0..1_000).map(Gc::new).collect();
/// let _text = Gc::new(String::from("one"));
/// let snapshot = Snapshot::take();
/// assert_eq!(snapshot.row("i32").unwrap().count, 1_000);
/// println!("{snapshot}");
/// // type                   count   bytes
/// // i32                    1,000  32,000
/// // alloc::string::String      1      48
/// // total                  1,001  32,048
/// ```
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub(super) rows: Vec<Row>,
    total: Sum,
    generations: [Sum; 4],
    untracked: Sum,
    sites: Vec<Site>,
}

impl Snapshot {
    /// Looks at every object once; a million of them take some 10 ms. Allocates for each type, but not for each object.
    pub fn take() -> Snapshot {
        let mut counts = Counts::default();
        let mut sites = SiteCounts::new();
        heap::with(|heap| {
            heap.for_each_object(Which::All, |header| {
                // SAFETY: the walk passes live objects.
                let (head, bytes) = unsafe { (header.as_ref(), Heap::size_of_object(header)) };
                counts.add(head, bytes);
                if let Some(sites) = &mut sites {
                    sites.add(header, bytes);
                }
            });
        });
        counts.finish(sites.map(SiteCounts::finish).unwrap_or_default())
    }

    /// As [`Snapshot::take`], with the bytes that would be freed if all objects of a type went: theirs, and those of what
    /// nothing else leads to. Garbage that was not collected yet retains nothing.
    ///
    /// Takes memory for each object and reference, and time that grows little faster than their number.
    ///
    /// ```
    /// use refcycle::{Gc, inspect::Snapshot, managed};
    ///
    /// #[managed]
    /// struct Page { lines: Vec<Gc<String>> }
    ///
    /// let page = Page::new((0..100).map(|n| Gc::new(n.to_string())).collect());
    /// let snapshot = Snapshot::with_retained();
    /// assert_eq!(snapshot.row("Page").unwrap().retained, Some(snapshot.total().bytes));
    /// # drop(page);
    /// ```
    pub fn with_retained() -> Snapshot {
        let mut snapshot = Snapshot::take();
        let retained = retained::by_type(&Graph::new());
        for row in &mut snapshot.rows {
            row.retained = Some(retained.get(&row.type_id).copied().unwrap_or(0));
        }
        snapshot
    }

    /// What changed since an earlier snapshot, what grew most first.
    ///
    /// ```
    /// use refcycle::{Gc, inspect::Snapshot};
    ///
    /// let before = Snapshot::take();
    /// let _kept: Vec<_> = (0..1_000).map(Gc::new).collect();
    /// let growth = Snapshot::take().since(&before);
    /// assert_eq!((growth.rows()[0].type_name, growth.rows()[0].count()), ("i32", 1_000));
    /// println!("{growth}");
    /// // type    count    bytes    now
    /// // i32    +1,000  +32,000  1,000
    /// // total  +1,000  +32,000
    /// ```
    pub fn since(&self, earlier: &Snapshot) -> Growth {
        Growth::between(earlier, self)
    }

    /// The types, that with most bytes first.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub(super) fn has_retained(&self) -> bool {
        self.rows.iter().any(|row| row.retained.is_some())
    }

    /// The first row whose type's name, or path, is or ends with the segments of `type_name`: `String` or
    /// `string::String`.
    pub fn row(&self, type_name: &str) -> Option<&Row> {
        let is_end =
            |name: &str| name.strip_suffix(type_name).is_some_and(|path| path.is_empty() || path.ends_with("::"));
        self.rows.iter().find(|row| is_end(row.type_name) || is_end(row.type_path))
    }

    /// The objects by the place where they were made, that with most bytes first; empty unless
    /// [`trace_allocations`](super::trace_allocations) is on. What was made before that isn't among them.
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }

    /// All objects.
    pub fn total(&self) -> Sum {
        self.total
    }

    /// Those of generation 0, 1 or 2 that the collector knows.
    ///
    /// # Panics
    /// If the generation is more than 2.
    pub fn generation(&self, generation: usize) -> Sum {
        assert!(generation <= 2, "invalid generation: {generation}; there are 0 (young), 1 (middle) and 2 (old)");
        self.generations[generation]
    }

    /// Those that [`gc::freeze`](crate::gc::freeze) took out of the collector's sight.
    pub fn frozen(&self) -> Sum {
        self.generations[Generation::Permanent as usize]
    }

    /// Those that the collector doesn't know, since their types can't be part of a cycle.
    pub fn untracked(&self) -> Sum {
        self.untracked
    }
}

impl fmt::Display for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use table::grouped;
        let Sum { count, bytes } = self.total;
        let names = table::told_apart(self.rows.iter().map(|row| (row.type_name, row.type_path)));
        if self.has_retained() {
            let rows = names.into_iter().zip(&self.rows).map(|(name, row)| {
                let numbers = [row.count, row.bytes, row.retained.unwrap_or(0)].map(grouped);
                let [count, bytes, retained] = numbers;
                [name, count, bytes, retained]
            });
            let total = ["total".to_owned(), grouped(count), grouped(bytes), String::new()];
            return table::write(f, ["type", "count", "bytes", "retained"], rows.chain([total]));
        }
        let rows = names.into_iter().zip(&self.rows);
        let rows = rows.map(|(name, row)| [name, grouped(row.count), grouped(row.bytes)]);
        let total = ["total".to_owned(), grouped(count), grouped(bytes)];
        table::write(f, ["type", "count", "bytes"], rows.chain([total]))
    }
}

/// Sums by type while a walk is under way.
#[derive(Default)]
struct Counts {
    types: Vec<(&'static TypeTable, Sum)>,
    /// Indices into `types` by the address of the table.
    indices: HashMap<usize, usize, BuildHasherDefault<DefaultHasher>>,
    /// The last object's type: most have the same as their neighbour.
    last: Option<(*const TypeTable, usize)>,
    generations: [Sum; 4],
    untracked: Sum,
}

impl Counts {
    #[inline]
    fn add(&mut self, head: &Header, bytes: usize) {
        let table = head.table();
        let index = match self.last {
            Some((last, index)) if ptr::eq(last, table) => index,
            _ => self.index(table),
        };
        let one = Sum { count: 1, bytes };
        self.types[index].1 += one;
        if head.has(TRACKED) {
            self.generations[head.generation() as usize] += one;
        } else {
            self.untracked += one;
        }
    }

    fn index(&mut self, table: &'static TypeTable) -> usize {
        let types = &mut self.types;
        let index = *self.indices.entry(ptr::from_ref(table).addr()).or_insert_with(|| {
            types.push((table, Sum::default()));
            types.len() - 1
        });
        self.last = Some((table, index));
        index
    }

    fn finish(self, sites: Vec<Site>) -> Snapshot {
        // A type may have several tables, made in different places of the program.
        let mut rows: Vec<Row> = Vec::new();
        let mut total = Sum::default();
        let mut by_type: HashMap<TypeId, usize> = HashMap::new();
        for (table, sum) in self.types {
            total += sum;
            let type_id = (table.type_id)();
            let index = *by_type.entry(type_id).or_insert_with(|| {
                let (type_name, type_path) = ((table.type_name)(), (table.type_path)());
                rows.push(Row { type_name, type_path, count: 0, bytes: 0, retained: None, type_id });
                rows.len() - 1
            });
            rows[index].count += sum.count;
            rows[index].bytes += sum.bytes;
        }
        rows.sort_by_key(|row| (core::cmp::Reverse(row.bytes), row.type_name, row.type_path));
        Snapshot { rows, total, generations: self.generations, untracked: self.untracked, sites }
    }
}

#[cfg(feature = "serde")]
mod serialized {
    use serde::ser::{Serialize, SerializeStruct, Serializer};

    use super::{Row, Site, Snapshot, Sum};

    impl Serialize for Sum {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut fields = serializer.serialize_struct("Sum", 2)?;
            fields.serialize_field("count", &self.count)?;
            fields.serialize_field("bytes", &self.bytes)?;
            fields.end()
        }
    }

    impl Serialize for Row {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut fields = serializer.serialize_struct("Row", 5)?;
            fields.serialize_field("type", self.type_name)?;
            fields.serialize_field("path", self.type_path)?;
            fields.serialize_field("count", &self.count)?;
            fields.serialize_field("bytes", &self.bytes)?;
            fields.serialize_field("retained", &self.retained)?;
            fields.end()
        }
    }

    impl Serialize for Site {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut fields = serializer.serialize_struct("Site", 5)?;
            fields.serialize_field("location", &self.location.to_string())?;
            fields.serialize_field("type", self.type_name)?;
            fields.serialize_field("path", self.type_path)?;
            fields.serialize_field("count", &self.count)?;
            fields.serialize_field("bytes", &self.bytes)?;
            fields.end()
        }
    }

    impl Serialize for Snapshot {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let [young, middle, old, frozen] = &self.generations;
            let mut fields = serializer.serialize_struct("Snapshot", 6)?;
            fields.serialize_field("total", &self.total)?;
            fields.serialize_field("generations", &[young, middle, old])?;
            fields.serialize_field("frozen", frozen)?;
            fields.serialize_field("untracked", &self.untracked)?;
            fields.serialize_field("types", &self.rows)?;
            fields.serialize_field("sites", &self.sites)?;
            fields.end()
        }
    }
}
