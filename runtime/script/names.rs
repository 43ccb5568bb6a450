//! The names of the functions that every script knows: rustc proposes them where one is mistyped.

macro_rules! names {
    ($($name:ident)+) => {$(
        #[doc(hidden)]
        pub fn $name() {}
    )+};
}

names! {
    print len range enumerate zip map filter sorted reversed sum min max any all abs round divmod floordiv pow int float str bool repr ord chr hash id isinstance iter next list dict set frozenset tuple bytes input open issubclass r#type callable format ascii bin oct hex
}
