use refcycle::{Gc, Weak, managed};

#[managed]
struct Gadget {
    me: Weak<Gadget>,
    name: String,
}

#[managed]
struct Counter {
    name: &'static str,
    #[managed(mut, default = 10)]
    count: u32,
    #[managed(mut, default)]
    log: Vec<String>,
}

#[managed(new = from_fields)]
struct Custom {
    text: String,
}

impl Custom {
    fn new(n: u32) -> Gc<Self> {
        Custom::from_fields(n.to_string())
    }
}

#[managed(new = false)]
struct NoNew {
    text: String,
}

impl NoNew {
    fn new() -> Gc<Self> {
        Self::new_cyclic(|_| ("made".to_owned(),))
    }
}

#[managed]
pub struct Window<T: Clone> {
    title: String,
    width: u32,
    height: u32,
    icon: Option<T>,
    #[managed(default = true)]
    visible: bool,
    #[managed(mut, default = width * 2)]
    zoom: u32,
    #[managed(weak)]
    parent: Option<Gc<Window<T>>>,
}

#[test]
fn new_cyclic_gives_a_weak_reference() {
    let gadget = Gadget::new_cyclic(|weak| (weak.clone(), "g".to_owned()));
    assert!(Gc::ptr_eq(&gadget.me.upgrade().unwrap(), &gadget));
    assert_eq!(gadget.name, "g");
}

#[test]
fn defaults_take_no_argument() {
    let counter = Counter::new("c");
    assert_eq!((counter.name, counter.count(), counter.log().len()), ("c", 10, 0));
}

#[test]
fn the_constructor_can_be_renamed_or_left_out() {
    assert_eq!(Custom::new(3).text, "3");
    assert_eq!(NoNew::new().text, "made");
}

#[test]
fn many_fields_have_a_builder() {
    let parent = Window::builder().title("p".to_owned()).width(2).height(1).build();
    assert_eq!((parent.title.as_str(), parent.width, parent.height, parent.visible), ("p", 2, 1, true));
    assert_eq!((parent.icon, parent.zoom()), (None::<u8>, 4));
    let child = Window::builder()
        .height(1)
        .maybe_icon(Some(7))
        .title("c".to_owned())
        .parent(parent.clone())
        .visible(false)
        .maybe_zoom(None)
        .width(2)
        .build();
    assert_eq!((child.icon, child.visible), (Some(7), false));
    assert!(Gc::ptr_eq(&child.parent().unwrap(), &parent));
}
