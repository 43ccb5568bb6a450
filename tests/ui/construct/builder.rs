use refcycle::{Gc, managed};


#[managed]
struct Window {
    title: String,
    width: u32,
    height: u32,
    icon: Option<Gc<String>>,
    visible: bool,
}

fn main() {
    let _missing = Window::builder().title("t".to_owned()).width(1).visible(true).build();
    let _twice = Window::builder().width(1).width(2);
}
