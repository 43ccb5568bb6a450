//! What makes an object of a class without `__init__`.

use refcycle::builtins::capture;
use refcycle::{Gc, gc_script};

gc_script! {
    pub class Person {
        name: str;
        friend: Person? = None;
        age: int = 30;
        def __repr__(self) -> str { return f "{self.name} ({self.age})"; }
    }

    pub class Student(Person) {
        school: str;
        weak tutor: Person? = None;
    }

    pub class Boxed[T] { value: T; spare: T? = None; }

    pub class Failure(ValueError) { code: int; place: str = "somewhere"; }
    pub class Stop(Exception) { }

    pub def people() {
        ann = Person("Ann");
        bob = Person("Bob", ann);
        cy = Person(age=5, name="Cy", friend=bob);
        print(ann, bob.friend, cy, cy.friend.friend);
    }

    pub def shown_through_the_class() {
        a, b = Person("a", age=1), Person("b");
        Person.age = 40;
        print(a, b);
        Person.age = 30;
    }

    pub def derived() {
        ann = Person("Ann");
        dan = Student("Dan", "home", ann, tutor=ann);
        print(dan, dan.school, dan.friend, dan.tutor);
        del ann;
        dan.friend = None;
        print(dan.tutor);
    }

    pub def generic() { print(Boxed(1).spare, Boxed("a", "b").spare); }

    pub def exceptions() {
        for n in range(5) {
            try {
                if n == 0 { raise Failure("bad", 7); }
                if n == 1 { raise Failure(code=8); }
                if n == 2 { raise Failure("bad", 9, place="here"); }
                if n == 3 { raise Stop("enough"); }
                raise Stop;
            } except Failure as e {
                print(repr(e), e.code, e.place);
            } except Stop as e {
                print(repr(e));
            }
        }
    }
}

#[test]
fn class_attributes_are_optional_by_place_and_by_name() {
    assert_eq!(capture(people), "Ann (30) Ann (30) Cy (5) Ann (30)\n");
}

#[test]
fn what_is_not_given_shows_the_class_attribute() {
    assert_eq!(capture(shown_through_the_class), "a (1) b (40)\n");
}

#[test]
fn required_fields_of_the_base_come_first_then_the_optional_ones() {
    assert_eq!(capture(derived), "Dan (30) home Ann (30) Ann (30)\nNone\n");
}

#[test]
fn an_attribute_of_a_generic_type() {
    assert_eq!(capture(generic), "None b\n");
}

#[test]
fn an_exception_takes_its_message_first() {
    let expected = "Failure('bad') 7 somewhere\nFailure() 8 somewhere\nFailure('bad') 9 here\nStop('enough')\nStop()\n";
    assert_eq!(capture(exceptions), expected);
}

#[test]
fn new_takes_what_needs_a_value() {
    let ann: Gc<Person> = Person::new("Ann".into());
    ann.set_friend(Some(Person::new("Bob".into())));
    assert_eq!((ann.age(), ann.friend().map(|friend| friend.name().to_string())), (30, Some("Bob".into())));
    let failure = Failure::new("bad".into(), 4);
    assert_eq!((failure.to_string(), failure.code()), ("bad".into(), 4));
}
