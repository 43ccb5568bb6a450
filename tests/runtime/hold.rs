//! What is lent without a count stays while the hold lives, by whichever pointers its last references are dropped.

use refcycle::{Gc, Trace, gc, managed, unsize};

use crate::support::fresh;

trait Shape: Trace {
    fn side(&self) -> u64;
}

/// Nothing to drop, so that it dies the quick way.
#[managed]
struct Square {
    side: u64,
}

impl Shape for Square {
    fn side(&self) -> u64 {
        self.side
    }
}

#[managed]
struct Picture {
    #[managed(mut)]
    shape: Gc<dyn Shape>,
}

#[test]
fn a_trait_object_that_is_lent_outlives_its_last_reference_of_the_concrete_type() {
    fresh(|| {
        let square = Square::new(5);
        let picture = Picture::new(unsize!(square.clone() => dyn Shape));
        let hold = gc::hold();
        let lent = picture.shape_in(&hold);
        picture.set_shape(unsize!(Square::new(6) => dyn Shape));
        drop(square);
        let others: Vec<_> = (0..100).map(|_| Square::new(7)).collect();
        assert_eq!((lent.side(), others.len()), (5, 100));
        drop(hold);
    });
}

/// Knows its own pointer, and so can come back to life while it waits to die.
#[managed(this)]
struct Phoenix {
    #[managed(mut)]
    me: Option<Gc<Phoenix>>,
}

#[managed]
impl Phoenix {
    fn rise(&self, this: &Gc<Self>) {
        self.set_me(Some(this.clone()));
        // Makes it suspect.
        drop(this.clone());
    }
}

/// Runs code in as many nested deaths as there can be.
#[managed]
struct Matryoshka {
    inner: Option<Gc<Matryoshka>>,
    #[managed(mut)]
    slot: Option<Gc<Phoenix>>,
}

#[managed]
impl Matryoshka {
    fn __del__(&self) {
        if self.inner.is_some() {
            return;
        }
        let hold = gc::hold();
        let lent = self.slot_in(&hold).expect("it has one");
        self.set_slot(None);
        // It waits to die, and gets a reference to itself.
        lent.rise(refcycle::private::HasThis::this(lent));
        drop(hold);
        // Deaths are nested too deeply for the queue to run now.
        gc::collect();
    }
}

#[test]
fn what_came_back_to_life_while_it_waited_is_not_collected_before_its_turn() {
    for depth in 45..55 {
        fresh(move || {
            let phoenix = Phoenix::new(None);
            let mut outer = Matryoshka::new(None, Some(phoenix));
            for _ in 1..depth {
                outer = Matryoshka::new(Some(outer), None);
            }
            drop(outer);
            gc::collect();
            assert_eq!(gc::get_objects(None).len(), 0);
        });
    }
}
