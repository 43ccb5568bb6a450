use refcycle::{Gc, managed};


#[managed]
trait Draw {}

#[managed]
fn draw() {}

#[managed]
type Link = Option<Gc<String>>;

#[managed]
mod nodes {}

#[managed]
static N: u8 = 1;

#[managed]
use std::rc::Rc;

fn main() {}
