use refcycle::Gc;

struct Point {
    x: i32,
}

fn main() {
    let point = Gc::new(Point { x: 1 });
    println!("{}", point.x);
}
