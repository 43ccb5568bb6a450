use refcycle::inspect::{self, Snapshot};
use refcycle::{Gc, managed};

use super::tree;
use crate::support::fresh;

#[managed]
struct Window {
    pub title: String,
}

/// With enough fields for a builder.
#[managed]
#[allow(dead_code)]
struct Big {
    a: u8,
    b: u8,
    c: u8,
    d: u8,
    e: u8,
    f: u8,
}

#[test]
fn every_way_to_make_an_object_is_noted() {
    fresh(|| {
        let before = tree("before");
        inspect::trace_allocations(true);
        let big = Big::builder().a(1).b(2).c(3).d(4).e(5).f(6);
        let first = line!() + 1;
        let plain = Gc::new(1_u8);
        let managed = Window::new("new".into());
        let built = big.build();
        let cyclic = Window::new_cyclic(|_| ("cyclic".into(),));
        let text = Gc::<str>::from("text");
        let slice = Gc::<[i32]>::from(vec![1, 2]);
        let lines = [
            inspect::allocated_at(&plain),
            inspect::allocated_at(&managed),
            inspect::allocated_at(&built),
            inspect::allocated_at(&cyclic),
            inspect::allocated_at(&text),
            inspect::allocated_at(&slice),
        ];
        assert_eq!(lines.map(|site| site.unwrap().line() - first), [0, 1, 2, 3, 4, 5]);
        assert_eq!(inspect::allocated_at(&before), None);
        assert_eq!(managed.title, "new");
        let windows = Snapshot::take().sites().iter().filter(|site| site.type_name == "Window").count();
        assert_eq!(windows, 2);
        inspect::trace_allocations(false);
        assert_eq!(inspect::allocated_at(&plain), None);
        assert!(Snapshot::take().sites().is_empty());
    });
}

#[test]
fn growth_is_known_by_place() {
    fresh(|| {
        inspect::trace_allocations(true);
        let make = |count: u8| (0..count).map(Gc::new).collect::<Vec<_>>();
        let few = make(1);
        let before = Snapshot::take();
        let more = make(5);
        let line = line!() + 1;
        let other = Gc::new(String::new());
        let growth = Snapshot::take().since(&before);
        let sites: Vec<_> = growth.sites().iter().map(|site| (site.type_name, site.count())).collect();
        assert_eq!(sites, [("u8", 5), ("alloc::string::String", 1)]);
        let last = &growth.sites()[1];
        assert_eq!(last.location.unwrap().line(), line);
        let end = format!(": +1 alloc::string::String, +{} bytes", last.bytes());
        assert!(last.to_string().ends_with(&end), "{last}");
        inspect::trace_allocations(false);
        drop((few, more, other));
    });
}
