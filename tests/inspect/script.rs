//! Objects of scripts are seen by the names and the lines of the script.

use refcycle::gc_script;
use refcycle::inspect::{self, Snapshot};

use crate::support::fresh;

const FIRST: u32 = line!() + 3;

gc_script! {
    class Named {
        _name: int?;
    }

    class Node(Named) {
        children: list[Node];
        by_name: dict[str, Node];
        pair: tuple[int, Node]?;
        weak parent: Node?;

        def __init__(self, parent: Node?) {
            self._name = None;
            self.children = [];
            self.by_name = {};
            self.pair = None;
            self.parent = parent;
        }
    }

    def family() -> Node {
        root = Node(None);
        child = Node(parent=root);
        root.children.append(child);
        root.by_name["child"] = child;
        root.pair = (1, child);
        return root;
    }

    def numbers() -> Iterator[int] {
        yield 1;
    }

    def everything() -> list[any] {
        return [
            Node(None),
            [1, 2],
            {1: 2},
            {1, 2},
            [n for n in [1]],
            lambda: 5,
            ValueError("no"),
            numbers(),
        ];
    }
}

#[test]
fn fields_have_their_names() {
    fresh(|| {
        let root = family();
        let names: Vec<_> = inspect::referents(&root).iter().map(ToString::to_string).collect();
        assert_eq!(names, [".children: list", ".by_name: dict", ".pair[1]: Node"]);
        let child = root.children();
        let child = inspect::referents(child.object()).pop().unwrap().object;
        let mut referrers: Vec<_> = inspect::referrers(&child).iter().map(ToString::to_string).collect();
        referrers.sort();
        assert_eq!(referrers, ["Node.pair[1]", "dict[0]", "list[0]"]);
        let back = inspect::referents(&child).into_iter().find(|referent| referent.is_weak).unwrap();
        assert_eq!(back.to_string(), ".parent: Node");
    });
}

#[test]
fn objects_were_made_where_the_script_says() {
    fresh(|| {
        inspect::trace_allocations(true);
        let kept = everything();
        let sites: Vec<_> = Snapshot::take()
            .sites()
            .iter()
            .filter(|site| site.location.file() == file!())
            .map(|site| (site.type_name, site.location.line() - FIRST))
            .collect();
        for made in [
            ("Node", 34),
            ("list", 35),
            ("dict", 36),
            ("set", 37),
            ("list", 38),
            ("function", 39),
            ("BaseException", 40),
            ("generator", 28),
        ] {
            assert!(sites.contains(&made), "{made:?} in {sites:?}");
        }
        inspect::trace_allocations(false);
        drop(kept);
    });
}
