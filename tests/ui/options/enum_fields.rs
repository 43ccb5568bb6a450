use refcycle::{Gc, managed};


#[managed(new = make)]
enum Expr {
    Number(#[managed(mut)] i64),
    Pair {
        #[managed(weak)]
        left: Option<Gc<Expr>>,
    },
}

fn main() {}
