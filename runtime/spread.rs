//! Hashes whose bits are not spread yet: those of Python, where an int's is the int, and addresses.

/// Spreads a hash over all bits.
pub(crate) fn spread(hash: i64) -> u64 {
    const MULTIPLIER: u128 = 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835;
    let product = u128::from(hash as u64).wrapping_mul(MULTIPLIER);
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiples_of_a_power_of_two_are_spread() {
        let mut low: Vec<u64> = (0..256).map(|i| spread(i << 32) & 0xff).collect();
        low.sort_unstable();
        low.dedup();
        assert!(low.len() > 128);
    }
}
