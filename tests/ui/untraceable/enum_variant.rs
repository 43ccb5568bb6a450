use refcycle::{Gc, managed};


struct Foreign;

#[managed]
enum Expr {
    Leaf(Foreign),
    Pair(Gc<Expr>, Gc<Expr>),
}

fn main() {}
