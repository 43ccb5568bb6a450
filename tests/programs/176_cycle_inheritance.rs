//! Cycles through fields of a base class: a trait object in Rust.

use super::python::*;
use refcycle::unsize;

golden!("176_cycle_inheritance");

trait Shape: Trace {
    fn name(&self) -> &'static str;
    fn area(&self) -> i64;
    fn neighbour(&self) -> Option<Gc<dyn Shape>>;

    /// The `__del__` of the base class, which each class calls.
    fn del(&self) {
        let neighbour = self.neighbour().unwrap();
        out!("del {} {} next to {} {}", self.name(), self.area(), neighbour.name(), neighbour.area());
    }
}

#[managed]
struct Point {
    name: &'static str,
    #[managed(mut, default)]
    neighbour: Option<Gc<dyn Shape>>,
}

#[managed]
struct Square {
    name: &'static str,
    side: i64,
    #[managed(mut, default)]
    neighbour: Option<Gc<dyn Shape>>,
}

#[managed]
struct Rect {
    name: &'static str,
    w: i64,
    h: i64,
    #[managed(mut, default)]
    neighbour: Option<Gc<dyn Shape>>,
}

macro_rules! shapes {
    ($($class:ident, |$this:ident| $area:expr;)+) => {$(
        impl Shape for $class {
            fn name(&self) -> &'static str {
                self.name
            }

            fn area(&self) -> i64 {
                let $this = self;
                $area
            }

            fn neighbour(&self) -> Option<Gc<dyn Shape>> {
                self.neighbour()
            }
        }

        #[managed]
        impl $class {
            fn __del__(&self) {
                self.del();
            }
        }
    )+};
}

shapes! {
    Point, |_this| 0;
    Square, |this| this.side * this.side;
    Rect, |this| this.w * this.h;
}

fn main() {
    gc::collect();
    gc::disable();
    let s = Square::new("sq", 3);
    let r = Rect::new("re", 2, 5);
    let p = Point::new("pt");
    s.set_neighbour(Some(unsize!(r.clone() => dyn Shape)));
    r.set_neighbour(Some(unsize!(p.clone() => dyn Shape)));
    p.set_neighbour(Some(unsize!(s.clone() => dyn Shape)));
    drop((s, r, p));
    out!("collected {}", gc::collect());
}
