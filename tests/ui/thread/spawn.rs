use refcycle::Gc;

fn main() {
    let text = Gc::new(String::from("a"));
    std::thread::spawn(move || println!("{text}"));
}
