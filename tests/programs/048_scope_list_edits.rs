//! Pop, del item, slice delete, slice assign, clear, remove: which elements die and in what order.

use super::python::*;

golden!("048_scope_list_edits");

#[managed]
struct T {
    name: String,
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

fn t(name: &str) -> Gc<T> {
    T::new(name.to_owned())
}

fn names(items: &List<Gc<T>>) -> String {
    items.map(|t| t.name.clone()).join(",")
}

fn main() {
    let items = List::new();
    for i in 0..10 {
        items.append(t(&i.to_string()));
    }
    out!("pop");
    items.pop();
    out!("pop first");
    items.pop_at(0);
    out!("del [3]");
    items.pop_at(3);
    out!("{}", names(&items));
    out!("del [1:4]");
    items.replace(1..4, []);
    out!("{}", names(&items));
    out!("overwrite [0]");
    items.put(0, t("new"));
    out!("slice assign");
    items.replace(1..3, [t("s1"), t("s2"), t("s3")]);
    out!("{}", names(&items));
    out!("clear");
    items.clear();
    out!("end {}", items.len());
}
