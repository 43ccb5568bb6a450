use refcycle::Trace;

#[derive(Trace)]
struct Part {
    lock: std::sync::Mutex<u32>,
}

fn main() {}
