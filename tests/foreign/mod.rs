//! Containers of other crates, each behind the feature of its crate's name: what they hold is traced.

use refcycle::{Gc, gc, managed};

/// A test per container: an object that holds itself through it is collected.
macro_rules! traced {
    ($($test:ident: $type:ty = |$owner:ident| $value:expr;)+) => {$(
        #[test]
        fn $test() {
            #[managed]
            struct Owner {
                #[managed(mut, guard)]
                items: Option<$type>,
            }
            let $owner = Owner::new(None);
            let items = $value;
            $owner.set_items(Some(items));
            drop($owner);
            assert_eq!(gc::collect(), 1);
        }
    )+};
}

traced! {
    an_array_vec: arrayvec::ArrayVec<Gc<Owner>, 4> = |owner| [owner.clone()].into_iter().collect();
    an_either: either::Either<u32, Gc<Owner>> = |owner| either::Right(owner.clone());
    a_hashbrown_map: hashbrown::HashMap<u32, Gc<Owner>> = |owner| [(1, owner.clone())].into_iter().collect();
    a_hash_table: hashbrown::HashTable<Gc<Owner>> = |owner| {
        let mut table = hashbrown::HashTable::new();
        table.insert_unique(1, owner.clone(), |_| 1);
        table
    };
    an_index_map: indexmap::IndexMap<u32, Gc<Owner>> = |owner| [(1, owner.clone())].into_iter().collect();
    a_graph_by_its_nodes: petgraph::Graph<Gc<Owner>, ()> = |owner| {
        let mut graph = petgraph::Graph::new();
        graph.add_node(owner.clone());
        graph
    };
    a_stable_graph_by_its_edges: petgraph::stable_graph::StableGraph<(), Gc<Owner>> = |owner| {
        let mut graph = petgraph::stable_graph::StableGraph::new();
        let node = graph.add_node(());
        graph.add_edge(node, node, owner.clone());
        graph
    };
    a_slot_map: slotmap::SlotMap<slotmap::DefaultKey, Gc<Owner>> = |owner| {
        let mut map = slotmap::SlotMap::new();
        map.insert(owner.clone());
        map
    };
    a_dense_slot_map: slotmap::DenseSlotMap<slotmap::DefaultKey, Gc<Owner>> = |owner| {
        let mut map = slotmap::DenseSlotMap::new();
        map.insert(owner.clone());
        map
    };
    a_secondary_map: slotmap::SecondaryMap<slotmap::DefaultKey, Gc<Owner>> = |owner| {
        let mut map = slotmap::SecondaryMap::new();
        map.insert(slotmap::DefaultKey::default(), owner.clone());
        map.insert(slotmap::SlotMap::<_, ()>::new().insert(()), owner.clone());
        map
    };
    a_small_vec: smallvec::SmallVec<[Gc<Owner>; 2]> = |owner| [owner.clone(), owner.clone(), owner.clone()].into_iter().collect();
}

#[test]
fn an_index_set_and_a_hash_set_hold_their_items() {
    let item = Gc::new(1);
    let set = Gc::new(indexmap::IndexSet::from([item.clone()]));
    let other = Gc::new(hashbrown::HashSet::<_>::from_iter([item.clone()]));
    assert_eq!(gc::get_referents(&set).len(), 1);
    assert_eq!(gc::get_referents(&other).len(), 1);
}

#[test]
fn objects_of_bytes_and_json_are_not_tracked() {
    #[managed]
    struct Message {
        body: bytes::Bytes,
        meta: serde_json::Value,
    }
    let message = Message::new(bytes::Bytes::from_static(b"hi"), serde_json::json!({"to": "you"}));
    assert!(!gc::is_tracked(&message));
    assert_eq!((&message.body[..], &message.meta["to"]), (&b"hi"[..], &serde_json::json!("you")));
}

mod serialised {
    use serde::{Deserialize, Serialize};

    use super::*;

    #[managed]
    #[derive(Serialize, Deserialize)]
    struct Node {
        name: String,
        #[managed(mut)]
        next: Option<Gc<Node>>,
        #[managed(mut)]
        tags: Vec<u32>,
    }

    #[test]
    fn an_object_is_written_and_read_as_its_value() {
        let node = Node::new("a".into(), Some(Node::new("b".into(), None, vec![2])), vec![1]);
        let text = serde_json::to_string(&node).unwrap();
        assert_eq!(text, r#"{"name":"a","next":{"name":"b","next":null,"tags":[2]},"tags":[1]}"#);
        let copy: Gc<Node> = serde_json::from_str(&text).unwrap();
        assert_eq!(copy.next().unwrap().name, "b");
        assert_eq!(*copy.tags(), [1]);
    }

    #[test]
    fn fields_have_the_names_that_serde_is_asked_for() {
        #[managed]
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Account {
            #[managed(mut)]
            owner_name: String,
            #[managed(mut)]
            #[serde(rename = "sum")]
            balance: i64,
            #[managed(weak)]
            #[serde(skip)]
            bank: Option<Gc<Node>>,
        }
        let account = Account::new("Ann".into(), 5, None);
        assert_eq!(serde_json::to_string(&account).unwrap(), r#"{"ownerName":"Ann","sum":5}"#);
    }

    #[test]
    fn an_object_that_two_share_is_written_twice() {
        let shared = Gc::<str>::from("x");
        assert_eq!(serde_json::to_string(&[shared.clone(), shared]).unwrap(), r#"["x","x"]"#);
    }

    #[test]
    fn a_cycle_is_an_error_that_names_the_type() {
        let node = Node::new("a".into(), None, vec![]);
        node.set_next(Some(node.clone()));
        let error = serde_json::to_string(&node).unwrap_err().to_string();
        assert!(error.starts_with("a `Node` refers to itself"), "{error}");
        node.set_next(None);
        assert!(serde_json::to_string(&node).is_ok(), "the error left nothing behind");
    }

    #[test]
    fn slices_and_text_are_read_into_objects() {
        let text: Gc<str> = serde_json::from_str(r#""x""#).unwrap();
        let items: Gc<[u8]> = serde_json::from_str("[1,2]").unwrap();
        assert_eq!((&*text, &*items), ("x", &[1, 2][..]));
    }
}
