//! Sorting by a comparison that can fail, or run any code.

use super::Result;
use super::protocol::Compare;

/// The order in which `keys` are sorted: a stable merge sort on places, so that the keys are never moved while code of a
/// script looks at them. Asks for nothing but `<`; begins like CPython's: a run as it stands, then binary insertion.
pub(crate) fn sorted_places<K: Compare>(keys: &[K], reverse: bool) -> Result<Vec<usize>> {
    let mut places: Vec<usize> = (0..keys.len()).collect();
    if let Some(order) = K::TOTAL {
        if reverse {
            places.sort_by(|a, b| order(&keys[*b], &keys[*a]));
        } else {
            places.sort_by(|a, b| order(&keys[*a], &keys[*b]));
        }
        return Ok(places);
    }
    // As in CPython: equal items keep their order because what is sorted is turned round before and after.
    if reverse {
        places.reverse();
    }
    merge_sort(&mut places, &mut |a, b| keys[a].lt(&keys[b]))?;
    if reverse {
        places.reverse();
    }
    Ok(places)
}

type Less<'a> = dyn FnMut(usize, usize) -> Result<bool> + 'a;

/// Shorter pieces are sorted by insertion.
const SHORT: usize = 64;

fn merge_sort(places: &mut [usize], less: &mut Less<'_>) -> Result<()> {
    if places.len() < SHORT {
        return insertion_sort(places, less);
    }
    let (left, right) = places.split_at_mut(places.len() / 2);
    merge_sort(left, less)?;
    merge_sort(right, less)?;
    if !less(right[0], left[left.len() - 1])? {
        return Ok(());
    }
    let merged = merge(left, right, less)?;
    places.copy_from_slice(&merged);
    Ok(())
}

fn merge(left: &[usize], right: &[usize], less: &mut Less<'_>) -> Result<Vec<usize>> {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut l, mut r) = (0, 0);
    while l < left.len() && r < right.len() {
        if less(right[r], left[l])? {
            merged.push(right[r]);
            r += 1;
        } else {
            merged.push(left[l]);
            l += 1;
        }
    }
    merged.extend_from_slice(&left[l..]);
    merged.extend_from_slice(&right[r..]);
    Ok(merged)
}

fn insertion_sort(places: &mut [usize], less: &mut Less<'_>) -> Result<()> {
    for sorted in count_run(places, less)?..places.len() {
        let new = places[sorted];
        let (mut low, mut high) = (0, sorted);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(new, places[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        places[low..=sorted].rotate_right(1);
    }
    Ok(())
}

/// The length of the run that the slice begins with; a strictly falling one is turned round.
fn count_run(places: &mut [usize], less: &mut Less<'_>) -> Result<usize> {
    if places.len() < 2 {
        return Ok(places.len());
    }
    let falling = less(places[1], places[0])?;
    let mut end = 2;
    while end < places.len() && less(places[end], places[end - 1])? == falling {
        end += 1;
    }
    if falling {
        places[..end].reverse();
    }
    Ok(end)
}

/// Puts items into the order that `places` gives.
pub(crate) fn arrange<T>(items: Vec<T>, places: &[usize]) -> Vec<T> {
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    // Each place occurs once, so every item is taken once.
    places.iter().filter_map(|place| items[*place].take()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key whose order is that of its first part, by a comparison that isn't known to be total.
    struct Key(i64, usize);

    impl Compare for Key {
        fn lt(&self, other: &Key) -> Result<bool> {
            Compare::lt(&self.0, &other.0)
        }

        fn le(&self, other: &Key) -> Result<bool> {
            Compare::le(&self.0, &other.0)
        }

        fn gt(&self, other: &Key) -> Result<bool> {
            Compare::gt(&self.0, &other.0)
        }

        fn ge(&self, other: &Key) -> Result<bool> {
            Compare::ge(&self.0, &other.0)
        }
    }

    fn keys(count: usize) -> Vec<Key> {
        let mut random = 12345u64;
        let mut next = || {
            random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (random >> 33) as i64 % 50
        };
        (0..count).map(|i| Key(next(), i)).collect()
    }

    #[test]
    fn equal_items_keep_their_order() {
        for count in [0, 1, 2, 3, 10, 63, 64, 65, 200, 1000] {
            for reverse in [false, true] {
                let keys = keys(count);
                let places = sorted_places(&keys, reverse).unwrap();
                let sorted: Vec<_> = places.iter().map(|p| (keys[*p].0, keys[*p].1)).collect();
                let mut expected: Vec<_> = keys.iter().map(|k| (k.0, k.1)).collect();
                expected.sort_by_key(|(key, place)| (if reverse { -key } else { *key }, *place));
                assert_eq!(sorted, expected, "{count} {reverse}");
            }
        }
    }

    #[test]
    fn an_inconsistent_order_is_no_disaster() {
        let keys: Vec<f64> = (0..500).map(|i| if i % 3 == 0 { f64::NAN } else { f64::from(i % 17) }).collect();
        let mut places = sorted_places(&keys, false).unwrap();
        places.sort_unstable();
        assert!(places.iter().copied().eq(0..500));
    }

    #[test]
    fn a_total_order_is_sorted_natively() {
        assert_eq!(sorted_places(&[3i64, 1, 2], true).unwrap(), [0, 2, 1]);
        assert_eq!(arrange(vec!["c", "a", "b"], &[1, 2, 0]), ["a", "b", "c"]);
    }
}
