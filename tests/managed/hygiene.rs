//! Where expansions have to work.
#![allow(dead_code)]

use refcycle as renamed;

mod no_prelude {
    #![no_implicit_prelude]

    #[::refcycle::managed]
    #[derive(::std::fmt::Debug)]
    pub struct Node {
        pub name: ::std::string::String,
        #[managed(mut)]
        next: ::std::option::Option<::refcycle::Gc<Node>>,
        #[managed(mut, default)]
        list: ::std::vec::Vec<u8>,
        #[managed(weak)]
        parent: ::std::option::Option<::refcycle::Gc<Node>>,
        pub n: u8,
    }

    #[::refcycle::managed]
    impl Node {
        fn __del__(&self) {}
    }

    #[::refcycle::managed]
    pub enum Kind<T> {
        A(T),
        B,
    }

    #[derive(::refcycle::Trace)]
    pub struct Part {
        a: ::refcycle::Gc<Node>,
    }
}

mod shadowed {
    #[allow(dead_code)]
    struct Option;
    #[allow(dead_code)]
    struct Result;
    #[allow(dead_code)]
    struct Gc;
    #[allow(dead_code)]
    struct Some;
    #[allow(dead_code)]
    struct None;
    #[allow(dead_code)]
    struct Vec;
    #[allow(dead_code)]
    struct Drop;
    #[allow(dead_code)]
    mod core {}
    #[allow(dead_code)]
    mod std {}
    #[allow(dead_code)]
    mod refcycle {}

    #[::refcycle::managed(this)]
    #[derive(Debug)]
    pub struct Node {
        #[managed(mut)]
        next: ::std::option::Option<::refcycle::Gc<Node>>,
        #[managed(weak)]
        parent: ::std::option::Option<::refcycle::Gc<Node>>,
        #[managed(mut)]
        pub r#type: u8,
        a: u8,
        b: u8,
    }

    #[::refcycle::managed]
    impl Node {
        fn __del__(this: &::refcycle::Gc<Self>) {
            let _ = this.r#type();
        }

        pub fn me(this: &::refcycle::Gc<Self>) -> ::refcycle::Gc<Self> {
            this.clone()
        }
    }
}

mod other_path {
    use super::renamed;

    #[renamed::managed(crate = super::renamed)]
    pub struct Node {
        #[managed(mut)]
        pub next: Option<renamed::Gc<Node>>,
    }

    #[renamed::managed(crate = super::renamed)]
    impl Node {
        fn __del__(&self) {}
    }

    #[derive(renamed::Trace)]
    #[trace(crate = super::renamed)]
    pub struct Part {
        pub node: renamed::Gc<Node>,
    }
}

mod names_of_the_expansion {
    pub const FINALIZED: usize = 1;
    pub struct WindowBuilder;
    pub struct Tracer;
    pub mod title {
        #[derive(Clone, Copy)]
        pub struct Font;
    }

    #[refcycle::managed]
    pub struct Window {
        title: [u8; FINALIZED],
        #[managed(untraced)]
        builder: WindowBuilder,
        #[managed(untraced)]
        tracer: Tracer,
        #[managed(untraced)]
        font: title::Font,
        #[managed(mut)]
        pub this: u8,
        #[managed(mut, default = 2)]
        pub fields: u8,
        #[managed(mut, default)]
        pub value: u8,
    }

    pub fn build() -> refcycle::Gc<Window> {
        Window::builder().title([1]).builder(WindowBuilder).tracer(Tracer).font(title::Font).this(1).build()
    }

    pub fn new() -> refcycle::Gc<Window> {
        Window::new_cyclic(|_| ([1], WindowBuilder, Tracer, title::Font, 1))
    }
}

macro_rules! linked {
    ($name:ident, $field:ident: $ty:ty, $default:expr) => {
        #[refcycle::managed]
        struct $name {
            #[managed(mut)]
            $field: $ty,
            #[managed(mut, default = $default)]
            count: u32,
        }

        #[refcycle::managed]
        impl $name {
            fn __del__(&self) {
                self.set_count(0);
            }
        }
    };
}

linked!(Linked, next: Option<refcycle::Gc<Linked>>, 1 + 1);

#[test]
fn in_a_module_with_other_names() {
    let node = shadowed::Node::new(None, None, 3, 0, 0);
    assert_eq!(node.me().r#type(), 3);
    node.set_type(4);
    assert_eq!(no_prelude::Node::builder().name("n".to_owned()).n(1).build().name, "n");
    let node = other_path::Node::new(None);
    node.set_next(Some(node.clone()));
    let _part = other_path::Part { node };
}

#[test]
fn next_to_names_that_the_expansion_uses() {
    use names_of_the_expansion::{build, new};
    assert_eq!((build().this(), build().fields(), new().value()), (1, 2, 0));
}

#[test]
fn in_a_macro() {
    let linked = Linked::new(None);
    linked.set_next(Some(linked.clone()));
    assert_eq!(linked.count(), 2);
}

#[test]
fn in_a_function() {
    use refcycle::{Gc, Trace, managed};

    #[derive(Trace)]
    struct Part(Gc<Local>);

    #[managed]
    #[derive(Debug)]
    struct Local {
        #[managed(mut)]
        next: Option<Gc<Local>>,
        a: u8,
        b: u8,
        c: u8,
        d: u8,
    }

    #[managed]
    impl Local {
        fn __del__(&self) {}
    }

    let local = Local::builder().a(1).b(2).c(3).d(4).build();
    local.set_next(Some(local.clone()));
    assert_eq!(format!("{local:?}"), "Local { next: Some(Local(...)), a: 1, b: 2, c: 3, d: 4 }");
    let _part = Part(local);
}
