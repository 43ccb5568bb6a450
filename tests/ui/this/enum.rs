use refcycle::{Gc, managed};


#[managed(this)]
enum Expr {
    Number(i64),
    Negative(Gc<Expr>),
}

fn main() {}
