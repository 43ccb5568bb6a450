//! `__del__` may fail and handle that internally without anyone noticing.

use super::python::*;
use std::collections::HashMap;

golden!("105_del_internal_try");

#[managed]
struct Careful {
    name: &'static str,
    data: HashMap<&'static str, i64>,
}

#[managed]
impl Careful {
    fn __del__(&self) {
        match self.data.get("missing").ok_or("KeyError") {
            Ok(value) => out!("value {value}"),
            Err(error) => out!("del {} handled {error}", self.name),
        }
        out!("del {} finally", self.name);
    }
}

fn work() -> i64 {
    let c = Careful::new("a", HashMap::new());
    let failed: Result<i64, &str> = Err("v");
    match failed {
        Ok(value) => value,
        Err(e) => {
            drop(c);
            out!("still {e}");
            7
        }
    }
}

fn main() {
    out!("{}", work());
}
