//! [`Growth`]: the difference of two snapshots.

use core::fmt;
use core::hash::Hash;
use core::panic::Location;
use std::collections::HashMap;

use super::sites::Site;
use super::snapshot::{Row, Snapshot, Sum};
use super::table::{self, grouped, signed};

/// How the objects of one type changed, or those of one type that were made in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GrowthRow {
    /// The type's name.
    pub type_name: &'static str,
    /// The name that Rust gives the type, with its path: types of several modules may have the same name.
    pub type_path: &'static str,
    /// Where they were made, in [`Growth::sites`].
    pub location: Option<&'static Location<'static>>,
    /// Objects before.
    pub count_before: usize,
    /// Objects after.
    pub count_after: usize,
    /// Bytes before.
    pub bytes_before: usize,
    /// Bytes after.
    pub bytes_after: usize,
}

impl GrowthRow {
    /// By how many objects it grew.
    pub fn count(&self) -> isize {
        self.count_after.wrapping_sub(self.count_before).cast_signed()
    }

    /// By how many bytes it grew.
    pub fn bytes(&self) -> isize {
        self.bytes_after.wrapping_sub(self.bytes_before).cast_signed()
    }

    fn is_unchanged(&self) -> bool {
        self.count() == 0 && self.bytes() == 0
    }
}

/// What changed between two snapshots: the types whose count or bytes did, the one that grew by most bytes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Growth {
    rows: Vec<GrowthRow>,
    unchanged: Vec<GrowthRow>,
    sites: Vec<GrowthRow>,
}

impl Growth {
    pub(super) fn between(before: &Snapshot, after: &Snapshot) -> Self {
        let by_type = |row: &Row| {
            let names = (row.type_name, row.type_path);
            (row.type_id, names, None, Sum { count: row.count, bytes: row.bytes })
        };
        let by_site = |site: &Site| {
            let names = (site.type_name, site.type_path);
            ((site.location, names), names, Some(site.location), Sum { count: site.count, bytes: site.bytes })
        };
        let rows = compared(before.rows.iter().map(by_type), after.rows.iter().map(by_type));
        let (unchanged, rows) = rows.into_iter().partition(GrowthRow::is_unchanged);
        let mut sites = compared(before.sites().iter().map(by_site), after.sites().iter().map(by_site));
        sites.retain(|site| !site.is_unchanged());
        Growth { rows, unchanged, sites }
    }

    /// The types that changed.
    pub fn rows(&self) -> &[GrowthRow] {
        &self.rows
    }

    /// The types that didn't.
    pub(super) fn unchanged(&self) -> &[GrowthRow] {
        &self.unchanged
    }

    /// What changed by the place where objects were made, the one that grew by most bytes first: of those that were made
    /// while [`trace_allocations`](super::trace_allocations) was on.
    pub fn sites(&self) -> &[GrowthRow] {
        &self.sites
    }

    /// Did nothing change?
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// By how many objects the heap grew.
    pub fn count(&self) -> isize {
        self.rows.iter().map(GrowthRow::count).sum()
    }

    /// By how many bytes the heap grew.
    pub fn bytes(&self) -> isize {
        self.rows.iter().map(GrowthRow::bytes).sum()
    }
}

/// One row of a snapshot: a key, the names of the type, the place, the objects.
type Counted<K> = (K, (&'static str, &'static str), Option<&'static Location<'static>>, Sum);

/// The rows of two snapshots side by side, what grew most first.
fn compared<K: Eq + Hash>(
    before: impl Iterator<Item = Counted<K>>,
    after: impl Iterator<Item = Counted<K>>,
) -> Vec<GrowthRow> {
    let mut rows: Vec<GrowthRow> = Vec::new();
    let mut indices: HashMap<K, usize> = HashMap::new();
    let mut row = |(key, (type_name, type_path), location, sum): Counted<K>, set: fn(&mut GrowthRow, Sum)| {
        let index = *indices.entry(key).or_insert_with(|| {
            let (count_before, count_after, bytes_before, bytes_after) = (0, 0, 0, 0);
            rows.push(GrowthRow {
                type_name,
                type_path,
                location,
                count_before,
                count_after,
                bytes_before,
                bytes_after,
            });
            rows.len() - 1
        });
        set(&mut rows[index], sum);
    };
    for counted in before {
        row(counted, |row, sum| (row.count_before, row.bytes_before) = (sum.count, sum.bytes));
    }
    for counted in after {
        row(counted, |row, sum| (row.count_after, row.bytes_after) = (sum.count, sum.bytes));
    }
    rows.sort_by(|a, b| {
        let ways = a.location.cmp(&b.location);
        b.bytes().cmp(&a.bytes()).then(a.type_name.cmp(b.type_name)).then(ways)
    });
    rows
}

impl fmt::Display for GrowthRow {
    /// `src/main.rs:10:5: +3 Node, +96 bytes`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = self.location {
            write!(f, "{location}: ")?;
        }
        write!(f, "{} {}, {} bytes", signed(self.count()), self.type_name, signed(self.bytes()))
    }
}

impl fmt::Display for Growth {
    /// A table, with a line for each type that changed and one for all.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = table::told_apart(self.rows.iter().map(|row| (row.type_name, row.type_path)));
        let rows = names.into_iter().zip(&self.rows);
        let rows = rows.map(|(name, row)| [name, signed(row.count()), signed(row.bytes()), grouped(row.count_after)]);
        let total = ["total".to_owned(), signed(self.count()), signed(self.bytes()), String::new()];
        table::write(f, ["type", "count", "bytes", "now"], rows.chain([total]))
    }
}

#[cfg(feature = "serde")]
mod serialized {
    use serde::ser::{Serialize, SerializeStruct, Serializer};

    use super::{Growth, GrowthRow};

    impl Serialize for GrowthRow {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut fields = serializer.serialize_struct("GrowthRow", 7)?;
            fields.serialize_field("type", self.type_name)?;
            fields.serialize_field("path", self.type_path)?;
            fields.serialize_field("location", &self.location.map(ToString::to_string))?;
            fields.serialize_field("count_before", &self.count_before)?;
            fields.serialize_field("count_after", &self.count_after)?;
            fields.serialize_field("bytes_before", &self.bytes_before)?;
            fields.serialize_field("bytes_after", &self.bytes_after)?;
            fields.end()
        }
    }

    impl Serialize for Growth {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut fields = serializer.serialize_struct("Growth", 2)?;
            fields.serialize_field("types", &self.rows)?;
            fields.serialize_field("sites", &self.sites)?;
            fields.end()
        }
    }
}
