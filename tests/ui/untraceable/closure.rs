use refcycle::{Gc, managed};


#[managed]
struct Button {
    on_click: Box<dyn Fn(&Gc<Button>)>,
    #[managed(mut)]
    on_key: Vec<Box<dyn FnMut(char)>>,
}

fn main() {}
