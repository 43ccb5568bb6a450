//! Python's `time`, as far as scripts need it.

use super::exceptions::VALUE_ERROR;
use super::{Exception, Result};
use core::time::Duration;
use std::sync::LazyLock;
use std::time::{Instant, SystemTime};

/// Where the clocks that only go forward begin.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// `time.time()`: seconds since 1970.
pub fn time() -> f64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or_else(|before| -before.duration().as_secs_f64(), |since| since.as_secs_f64())
}

/// `time.monotonic()`: seconds of a clock that only goes forward.
pub fn monotonic() -> f64 {
    START.elapsed().as_secs_f64()
}

/// `time.perf_counter()`: the same clock.
pub fn perf_counter() -> f64 {
    monotonic()
}

/// `time.sleep(seconds)`
pub fn sleep(seconds: f64) -> Result<()> {
    let duration = Duration::try_from_secs_f64(seconds)
        .map_err(|_| Exception::new(&VALUE_ERROR, "sleep length must be non-negative"))?;
    std::thread::sleep(duration);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_goes_forward() {
        let before = monotonic();
        sleep(0.001).unwrap();
        assert!(perf_counter() >= before + 0.001);
        assert!(time() > 1.6e9);
    }

    #[test]
    fn time_does_not_run_backwards() {
        assert_eq!(sleep(-1.0).unwrap_err().to_string(), "sleep length must be non-negative");
    }
}
