//! Calling `__del__` by hand is an ordinary call; the real finalization still happens later.

use super::python::*;

golden!("115_del_called_directly");

#[managed]
struct T {
    name: &'static str,
    #[managed(mut, default)]
    calls: i64,
}

#[managed]
impl T {
    fn __del__(&self) {
        self.set_calls(self.calls() + 1);
        out!("del {} call {}", self.name, self.calls());
    }
}

fn main() {
    let t = T::new("t");
    t.__del__();
    out!("alive {}", t.calls());
    t.__del__();
    out!("alive {}", t.calls());
    drop(t);
    out!("end");
}
