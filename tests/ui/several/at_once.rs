use refcycle::{Gc, managed};


#[managed(thiss)]
struct Node<T> {
    #[managed(muut)]
    a: std::rc::Rc<Gc<Node<T>>>,
    #[managed(weak)]
    b: Gc<Node<T>>,
    c: T,
}

// The item is there all the same: this is the only other error.
fn main() {
    let _: () = Gc::new(1);
    let _ = |node: &Node<i32>| node.c;
}
