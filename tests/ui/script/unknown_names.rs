//! Whether there is such a name in Rust only rustc knows: it proposes the script's names and the builtins.

use refcycle::gc_script;

gc_script! {
    def total(numbers: list[int]) -> int {
        pritn(numbers);
        return sum(nmubers);
    }
}

fn main() {
    total([1].into());
    gc_script! {
        words = ["a"];
        print(wrods, sroted(words));
    }
}
