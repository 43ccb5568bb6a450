//! Python's `random`: the same Mersenne Twister, and so the same numbers from the same seed.

use super::exceptions::{INDEX_ERROR, VALUE_ERROR};
use super::{Exception, List, Result};
use crate::trace::Trace;
use core::cell::RefCell;
use core::hash::{BuildHasher, Hasher};

const SIZE: usize = 624;
const SHIFT: usize = 397;

/// MT19937.
struct Twister {
    state: [u32; SIZE],
    next: usize,
}

impl Twister {
    fn of_number(seed: u32) -> Twister {
        let mut state = [seed; SIZE];
        for i in 1..SIZE {
            let former = state[i - 1];
            state[i] = (former ^ (former >> 30)).wrapping_mul(1812433253).wrapping_add(i as u32);
        }
        Twister { state, next: SIZE }
    }

    fn of_key(key: &[u32]) -> Twister {
        let mut twister = Twister::of_number(19650218);
        let state = &mut twister.state;
        let (mut i, mut j) = (1, 0);
        let mix = |state: &[u32; SIZE], i: usize| state[i - 1] ^ (state[i - 1] >> 30);
        for _ in 0..SIZE.max(key.len()) {
            state[i] = (state[i] ^ mix(state, i).wrapping_mul(1664525)).wrapping_add(key[j]).wrapping_add(j as u32);
            (i, j) = (i + 1, (j + 1) % key.len());
            if i == SIZE {
                state[0] = state[SIZE - 1];
                i = 1;
            }
        }
        for _ in 0..SIZE - 1 {
            state[i] = (state[i] ^ mix(state, i).wrapping_mul(1566083941)).wrapping_sub(i as u32);
            i += 1;
            if i == SIZE {
                state[0] = state[SIZE - 1];
                i = 1;
            }
        }
        state[0] = 0x8000_0000;
        twister
    }

    fn of_seed(seed: i64) -> Twister {
        let magnitude = seed.unsigned_abs();
        let (low, high) = (magnitude as u32, (magnitude >> 32) as u32);
        if high == 0 { Twister::of_key(&[low]) } else { Twister::of_key(&[low, high]) }
    }

    fn refill(&mut self) {
        for i in 0..SIZE {
            let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % SIZE] & 0x7fff_ffff);
            let odd = if y & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[i] = self.state[(i + SHIFT) % SIZE] ^ (y >> 1) ^ odd;
        }
        self.next = 0;
    }

    fn next_u32(&mut self) -> u32 {
        if self.next == SIZE {
            self.refill();
        }
        let mut y = self.state[self.next];
        self.next += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    fn bits(&mut self, count: u32) -> u64 {
        match count {
            0 => 0,
            1..=32 => u64::from(self.next_u32() >> (32 - count)),
            _ => {
                let low = u64::from(self.next_u32());
                low | u64::from(self.next_u32() >> (64 - count)) << 32
            }
        }
    }

    /// A number below `limit`, each as likely as the others.
    fn below(&mut self, limit: u64) -> u64 {
        let bits = u64::BITS - limit.leading_zeros();
        loop {
            let number = self.bits(bits);
            if number < limit {
                return number;
            }
        }
    }

    fn float(&mut self) -> f64 {
        let (high, low) = (self.next_u32() >> 5, self.next_u32() >> 6);
        (f64::from(high) * 67108864.0 + f64::from(low)) * (1.0 / 9007199254740992.0)
    }
}

thread_local! {
    static GENERATOR: RefCell<Option<Twister>> = const { RefCell::new(None) };
}

/// Uses this thread's generator; one that nobody has seeded begins anywhere.
fn with<R>(use_it: impl FnOnce(&mut Twister) -> R) -> R {
    GENERATOR.with_borrow_mut(|generator| {
        use_it(generator.get_or_insert_with(|| {
            let seed = std::hash::RandomState::new().build_hasher().finish();
            Twister::of_seed(seed as i64)
        }))
    })
}

/// `random.seed(n)`
pub fn seed(n: i64) {
    GENERATOR.set(Some(Twister::of_seed(n)));
}

/// `random.random()`
pub fn random() -> f64 {
    with(Twister::float)
}

/// `random.uniform(a, b)`
pub fn uniform(a: f64, b: f64) -> f64 {
    a + (b - a) * random()
}

/// `random.randrange(n)`
pub fn randrange(n: i64) -> Result<i64> {
    randrange_from(0, n)
}

/// `random.randrange(start, stop)`
pub fn randrange_from(start: i64, stop: i64) -> Result<i64> {
    if start >= stop {
        let width = i128::from(stop) - i128::from(start);
        let message = if start == 0 {
            "empty range for randrange()".to_owned()
        } else {
            format!("empty range for randrange() ({start}, {stop}, {width})")
        };
        return Err(Exception::new(&VALUE_ERROR, message));
    }
    let width = stop.wrapping_sub(start) as u64;
    Ok(start.wrapping_add(with(|generator| generator.below(width)) as i64))
}

/// `random.randint(a, b)`: both ends included.
pub fn randint(a: i64, b: i64) -> Result<i64> {
    randrange_from(a, super::number::int::add(b, 1)?)
}

/// `random.choice(items)`
pub fn choice<T: Trace + Clone>(items: &List<T>) -> Result<T> {
    let count = items.count_items() as u64;
    if count == 0 {
        return Err(Exception::new(&INDEX_ERROR, "Cannot choose from an empty sequence"));
    }
    let place = with(|generator| generator.below(count));
    items.item(place as usize).ok_or_else(|| Exception::new(&INDEX_ERROR, "list index out of range"))
}

/// `random.shuffle(items)`
pub fn shuffle<T: Trace>(items: &List<T>) {
    items.change(|items| {
        for i in (1..items.len()).rev() {
            let j = with(|generator| generator.below(i as u64 + 1));
            items.swap(i, j as usize);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_cpythons_numbers() {
        seed(42);
        assert_eq!([random(), random()], [0.6394267984578837, 0.025010755222666936]);
        assert_eq!([randint(1, 100).unwrap(), randrange(1000).unwrap()], [36, 250]);
        let list: List<i64> = (0..10).collect();
        shuffle(&list);
        assert_eq!(list.to_vec(), [9, 7, 8, 0, 4, 6, 5, 1, 2, 3]);
        seed(-12345678901234567);
        assert_eq!(random(), 0.09702702310935107);
    }

    #[test]
    fn nothing_to_choose_from() {
        assert_eq!(choice(&List::<i64>::new()).unwrap_err().to_string(), "Cannot choose from an empty sequence");
        assert_eq!(randrange(0).unwrap_err().to_string(), "empty range for randrange()");
        assert_eq!(randrange_from(3, 1).unwrap_err().to_string(), "empty range for randrange() (3, 1, -2)");
    }
}
