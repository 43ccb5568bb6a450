use refcycle::Trace;

#[derive(Trace)]
struct Part<'a> {
    name: std::borrow::Cow<'a, str>,
}

fn main() {}
