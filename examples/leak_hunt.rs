//! Finds a leak with three calls: an editor tells its observers of every change, and its dialogs observe it; closing a
//! dialog forgets to say goodbye.
//!
//! `cargo run --example leak_hunt -- docs/leak.svg` writes the picture that README.md shows.

use refcycle::inspect::{self, Picture, Snapshot};
use refcycle::{Gc, managed};

#[managed]
struct Editor {
    #[managed(mut)]
    text: String,
    #[managed(mut)]
    observers: Vec<Gc<Dialog>>,
}

#[managed]
struct Dialog {
    title: String,
    editor: Gc<Editor>,
    #[managed(mut)]
    preview: String,
}

impl Editor {
    fn write(&self, text: &str) {
        self.text_mut().push_str(text);
        for dialog in self.observers().iter() {
            dialog.set_preview(format!("{}: {}", dialog.title, self.text()));
        }
    }
}

fn open(editor: &Gc<Editor>, title: &str) -> Gc<Dialog> {
    let dialog = Dialog::new(title.into(), editor.clone(), String::new());
    editor.observers_mut().push(dialog.clone());
    dialog
}

/// Closes three dialogs that don't go away, says why, and draws it.
pub fn hunt() -> Picture {
    let editor = Editor::new(String::new(), Vec::new());
    editor.write("It was a dark and stormy night");
    let before = Snapshot::take();

    for title in ["find", "replace", "spelling"] {
        let dialog = open(&editor, title);
        editor.write(".");
        drop(dialog); // closed, and gone?
    }

    // 1. What grew?
    let growth = Snapshot::take().since(&before);
    println!("{growth}\n");

    // 2. Why is one of them alive?
    let dialog = inspect::objects::<Dialog>().pop().expect("the table says so");
    let why = inspect::why_alive(&dialog).expect("the editor still knows it").to_string();
    println!("{why}\n");

    // 3. What hangs together with it? `observers` should be weak.
    Picture::around(&dialog, 10)
}

fn main() {
    let picture = hunt();
    match std::env::args().nth(1) {
        Some(file) => std::fs::write(file, picture.svg()).expect("the file can be written"),
        None => println!("{}", picture.dot()),
    }
}
