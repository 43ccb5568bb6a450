//! [`Growth`]: the difference of two snapshots.

use core::any::TypeId;
use core::fmt;
use std::collections::HashMap;

use super::snapshot::{Row, Snapshot};
use super::table::{self, grouped, signed};

/// How the objects of one type changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GrowthRow {
    /// The type's name.
    pub type_name: &'static str,
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
}

/// What changed between two snapshots: the types whose count or bytes did, the one that grew by most bytes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Growth {
    rows: Vec<GrowthRow>,
}

impl Growth {
    pub(super) fn between(before: &Snapshot, after: &Snapshot) -> Self {
        let mut rows: Vec<GrowthRow> = Vec::new();
        let mut indices: HashMap<TypeId, usize> = HashMap::new();
        for row in &before.rows {
            indices.insert(row.type_id, rows.len());
            rows.push(GrowthRow {
                type_name: row.type_name,
                count_before: row.count,
                count_after: 0,
                bytes_before: row.bytes,
                bytes_after: 0,
            });
        }
        for Row { type_name, type_id, count, bytes, .. } in &after.rows {
            let index = *indices.entry(*type_id).or_insert_with(|| {
                rows.push(GrowthRow { type_name, count_before: 0, count_after: 0, bytes_before: 0, bytes_after: 0 });
                rows.len() - 1
            });
            rows[index].count_after = *count;
            rows[index].bytes_after = *bytes;
        }
        rows.retain(|row| row.count() != 0 || row.bytes() != 0);
        rows.sort_by(|a, b| b.bytes().cmp(&a.bytes()).then(a.type_name.cmp(b.type_name)));
        Growth { rows }
    }

    /// The types that changed.
    pub fn rows(&self) -> &[GrowthRow] {
        &self.rows
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

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self
            .rows
            .iter()
            .map(|row| [row.type_name.to_owned(), signed(row.count()), signed(row.bytes()), grouped(row.count_after)]);
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
            let mut fields = serializer.serialize_struct("GrowthRow", 5)?;
            fields.serialize_field("type", self.type_name)?;
            fields.serialize_field("count_before", &self.count_before)?;
            fields.serialize_field("count_after", &self.count_after)?;
            fields.serialize_field("bytes_before", &self.bytes_before)?;
            fields.serialize_field("bytes_after", &self.bytes_after)?;
            fields.end()
        }
    }

    impl Serialize for Growth {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq(&self.rows)
        }
    }
}
