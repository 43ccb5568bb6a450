use refcycle::Gc;

struct Point;

fn main() {
    let _point = Gc::new_cyclic(|_| Point);
}
