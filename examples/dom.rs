//! A document as a tree whose nodes know their parents. Both ways are strong references, so the tree is one big cycle:
//! it stays whole as long as anything holds any node of it, and the collector takes it as soon as nothing does.

use refcycle::{Gc, gc, managed};

#[managed(this)]
struct Element {
    tag: &'static str,
    #[managed(mut, default)]
    parent: Option<Gc<Element>>,
    #[managed(mut, default)]
    children: Vec<Gc<Element>>,
}

#[managed]
impl Element {
    /// Moves `child` here, away from where it was, and gives it back.
    fn append(this: &Gc<Self>, child: Gc<Element>) -> Gc<Element> {
        child.remove();
        child.set_parent(Some(this.clone()));
        this.children_mut().push(child.clone());
        child
    }

    fn remove(this: &Gc<Self>) {
        if let Some(parent) = this.take_parent() {
            parent.children_mut().retain(|child| !Gc::ptr_eq(child, this));
        }
    }

    /// Where the element is, from the root down.
    fn path(&self) -> String {
        match self.parent() {
            Some(parent) => format!("{}/{}", parent.path(), self.tag),
            None => self.tag.to_owned(),
        }
    }

    fn markup(&self) -> String {
        let inside: String = self.children().iter().map(|child| child.markup()).collect();
        format!("<{0}>{inside}</{0}>", self.tag)
    }
}

/// Builds a page, changes it, and lets go of it step by step.
pub fn main() {
    let html = Element::new("html");
    let body = html.append(Element::new("body"));
    let list = body.append(Element::new("ul"));
    let first = list.append(Element::new("li"));
    let link = first.append(Element::new("a"));
    let aside = body.append(Element::new("aside"));
    println!("{}", html.markup());

    aside.append(link.clone());
    println!("{} is at {}", link.tag, link.path());
    println!("{}", html.markup());

    list.remove();
    drop((list, first));
    println!("without the list: {} elements collected", gc::collect());

    drop((html, body, aside));
    println!("all but the link let go: {} elements collected", gc::collect());
    println!("{} is still at {}", link.tag, link.path());

    drop(link);
    println!("the link let go: {} elements collected", gc::collect());
}
