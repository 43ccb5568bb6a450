use refcycle::{Gc, managed};


#[managed]
struct Task<F: Fn() + 'static> {
    run: F,
}

fn main() {
    let text = Gc::new(String::from("captured"));
    let task = Task::new(move || println!("{text}"));
    (task.run)();
}
