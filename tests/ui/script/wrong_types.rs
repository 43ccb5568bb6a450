//! Types that only rustc knows are wrong at the script's token.

use refcycle::gc_script;

fn half(n: i64) -> f64 {
    n as f64 / 2.0
}

struct Opaque;

gc_script! {
    class Account {
        owner: str;
        def __init__(self, owner: str) { self.owner = owner; }
    }

    def of_rust() -> int {
        half("a");
        x = half(3);
        return x;
    }

    def methods(xs: list[int], text: str) {
        xs.frobnicate(1);
        text.frobnicate();
        print(Opaque);
    }
}

fn main() {}
