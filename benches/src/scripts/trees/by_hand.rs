//! As Rust with a `#[managed]` type, whose fields may change as those of the script may.

use refcycle::{Gc, managed};

#[managed]
struct Tree {
    #[managed(mut)]
    left: Option<Gc<Tree>>,
    #[managed(mut)]
    right: Option<Gc<Tree>>,
}

impl Tree {
    fn count(&self) -> i64 {
        match (self.left(), self.right()) {
            (Some(left), Some(right)) => 1 + left.count() + right.count(),
            _ => 1,
        }
    }
}

fn make(depth: u32) -> Gc<Tree> {
    if depth == 0 { Tree::new(None, None) } else { Tree::new(Some(make(depth - 1)), Some(make(depth - 1))) }
}

pub fn run(times: i64) -> i64 {
    let deepest = 12;
    let mut total = 0;
    for _ in 0..times {
        total += make(deepest + 1).count();
        let long_lived = make(deepest);
        for depth in (4..=deepest).step_by(4) {
            for _ in 0..1 << (deepest - depth + 4) {
                total += make(depth).count();
            }
        }
        total += long_lived.count();
    }
    total
}
