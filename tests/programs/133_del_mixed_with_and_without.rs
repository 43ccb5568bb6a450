//! Members of a cycle without `__del__` are freed silently with the others.

use super::python::*;

golden!("133_del_mixed_with_and_without");

#[managed]
struct Quiet {
    name: &'static str,
    #[managed(mut, default)]
    other: Option<Gc<Loud>>,
}

#[managed]
struct Loud {
    name: &'static str,
    #[managed(mut, default)]
    other: Option<Gc<Quiet>>,
}

#[managed]
impl Loud {
    fn __del__(&self) {
        out!("del {} sees {}", self.name, self.other().unwrap().name);
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let q = Quiet::new("q");
    let l = Loud::new("l");
    let m = Loud::new("m");
    q.set_other(Some(l.clone()));
    l.set_other(Some(q.clone()));
    m.set_other(Some(q.clone()));
    drop((q, l, m));
    out!("m was acyclic, dead already");
    out!("collected {}", gc::collect());
}
