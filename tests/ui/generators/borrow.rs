//! What is borrowed in a generator can't wait for the next item: the generator's values move while it is suspended.

use refcycle::gc_script;

gc_script! {
    def words(text: str) -> Iterator[int] {
        parts = rust! { text.as_str().split(' ').collect::<Vec<&str>>() };
        for part in parts {
            yield rust! { part.len() as i64 };
        }
    }
}

fn main() {
    drop(words("a b".into()));
}
