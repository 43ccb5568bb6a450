//! The functions of `gc` take what they give out, so the heap can be walked without knowing its types.

use refcycle::{Gc, Object, gc, managed};

#[managed]
struct Room {
    name: &'static str,
    #[managed(mut)]
    doors: Vec<Gc<Room>>,
}

fn names(objects: &[Object]) -> Vec<&'static str> {
    objects.iter().map(|object| object.clone().downcast::<Room>().unwrap().name).collect()
}

#[test]
fn referents_of_referents_are_found() {
    let attic = Room::new("attic", vec![]);
    let hall = Room::new("hall", vec![attic.clone()]);
    let house = Room::new("house", vec![hall]);
    let first = gc::get_referents(&house);
    assert_eq!(names(&first), ["hall"]);
    assert_eq!(names(&gc::get_referents(&first[0])), ["attic"]);
}

#[test]
fn referrers_of_what_get_objects_lists_are_found() {
    let cellar = Room::new("cellar", vec![]);
    let stairs = Room::new("stairs", vec![cellar]);
    let listed = gc::get_objects(None);
    let cellar = listed.iter().find(|object| names(&[(*object).clone()]) == ["cellar"]).unwrap();
    assert_eq!(names(&gc::get_referrers(cellar)), ["stairs"]);
    assert!(gc::is_tracked(cellar) && !gc::is_finalized(cellar));
    drop(stairs);
}

#[test]
fn an_object_counts_as_a_reference_like_any_other() {
    let room = Room::new("loft", vec![]);
    let object = Object::from(room.clone());
    assert_eq!((gc::getrefcount(&room), gc::getrefcount(&object)), (3, 3));
}
