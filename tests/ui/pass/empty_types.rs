use refcycle::{Gc, managed};


#[managed]
struct Unit;

#[managed]
struct Braces {}

#[managed]
struct Parens();

#[managed]
enum Never {}

#[derive(refcycle::Trace)]
struct Part;

fn main() {
    let _all = (Unit::new(), Braces::new(), Parens::new(), |_: Gc<Never>| ());
}
