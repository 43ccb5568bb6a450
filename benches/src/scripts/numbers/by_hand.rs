//! As Rust that looks for overflow, too.

fn sum(a: i64, b: i64) -> i64 {
    a.checked_add(b).expect("a number too large")
}

fn product(a: i64, b: i64) -> i64 {
    a.checked_mul(b).expect("a number too large")
}

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a.rem_euclid(b));
    }
    a
}

fn collatz(start: i64) -> i64 {
    let mut n = start;
    let mut steps = 0;
    while n != 1 {
        n = if n.rem_euclid(2) == 0 { n.div_euclid(2) } else { sum(product(3, n), 1) };
        steps = sum(steps, 1);
    }
    steps
}

fn polynomial(x: f64, terms: i64) -> f64 {
    let mut value = 0.0;
    for i in 0..terms {
        value = value * x + i as f64;
    }
    value
}

fn escapes(re: f64, im: f64) -> i64 {
    let (mut x, mut y) = (0.0, 0.0);
    for i in 0..60 {
        if x * x + y * y > 4.0 {
            return i;
        }
        (x, y) = (x * x - y * y + re, 2.0 * x * y + im);
    }
    60
}

pub fn run(times: i64) -> i64 {
    let mut total = 0;
    for _ in 0..times {
        for i in 1..100 {
            total = sum(total, sum(gcd(product(7, i), 840), collatz(i)));
            if polynomial(0.5, i) < 2.0 {
                total = sum(total, 1);
            }
            total = sum(total, escapes(-2.0 + 0.03 * i as f64, 0.25));
        }
    }
    total
}
