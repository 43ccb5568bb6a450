//! A document tree with parent and owner pointers: queries, detaching, moving, cloning and losing subtrees.

use super::python::*;
use std::cell::RefCell;
use std::collections::BTreeMap;

golden!("503_prog_dom_tree");

thread_local! {
    static LIVE: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn live() -> String {
    let mut tags = LIVE.with_borrow(Vec::clone);
    tags.sort();
    repr(&tags)
}

#[managed(this, new = from_fields)]
struct Node {
    tag: String,
    #[managed(mut, default)]
    attrs: BTreeMap<String, String>,
    #[managed(mut, default)]
    parent: Option<Gc<Node>>,
    #[managed(mut)]
    owner: Option<Gc<Document>>,
    children: Gc<List<Gc<Node>>>,
}

impl Node {
    fn new(tag: impl Into<String>, owner: Option<Gc<Document>>) -> Gc<Self> {
        let tag = tag.into();
        LIVE.with_borrow_mut(|live| live.push(tag.clone()));
        Node::from_fields(tag, owner, List::new())
    }

    fn path(&self) -> String {
        match self.parent() {
            None => self.tag.clone(),
            Some(parent) => format!("{}>{}", parent.path(), self.tag),
        }
    }

    fn copy(&self, owner: Option<Gc<Document>>) -> Gc<Node> {
        let copy = Node::new(format!("{}'", self.tag), owner.clone());
        copy.attrs_mut().extend(self.attrs().clone());
        for c in List::each(&self.children) {
            copy.append(c.copy(owner.clone()));
        }
        copy
    }

    fn text(&self) -> String {
        let inner = self.children.map(|c| c.text()).concat();
        format!("<{}>{inner}</{}>", self.tag, self.tag)
    }
}

#[managed]
impl Node {
    fn append(this: &Gc<Self>, child: Gc<Node>) -> Gc<Node> {
        if child.parent().is_some() {
            child.remove();
        }
        child.set_parent(Some(this.clone()));
        this.children.append(child.clone());
        child
    }

    fn remove(this: &Gc<Self>) -> Gc<Node> {
        let siblings = this.parent().unwrap().children.clone();
        let index = siblings.items().iter().position(|child| Gc::ptr_eq(child, this)).unwrap();
        siblings.pop_at(index);
        this.set_parent(None);
        this.clone()
    }

    fn walk(this: &Gc<Self>) -> Box<dyn Iterator<Item = Gc<Node>>> {
        let below = List::each(&this.children).flat_map(|c| c.walk());
        Box::new(std::iter::once(this.clone()).chain(below))
    }

    fn find(this: &Gc<Self>, tag: &str) -> Gc<Node> {
        this.walk().find(|n| n.tag == tag).unwrap()
    }

    fn __del__(&self) {
        LIVE.with_borrow_mut(|live| {
            let index = live.iter().position(|tag| *tag == self.tag).unwrap();
            live.remove(index);
        });
    }
}

#[managed(this, new = from_fields)]
struct Document {
    #[managed(mut)]
    root: Option<Gc<Node>>,
}

impl Document {
    fn new() -> Gc<Self> {
        let this = Document::from_fields(None);
        this.set_root(Some(Node::new("html", Some(this.clone()))));
        this
    }

    fn top(&self) -> Gc<Node> {
        self.root().unwrap()
    }
}

#[managed]
impl Document {
    fn create(this: &Gc<Self>, tag: &str) -> Gc<Node> {
        Node::new(tag, Some(this.clone()))
    }

    fn __del__(&self) {
        out!("document closed");
    }
}

fn build() -> Gc<Document> {
    let d = Document::new();
    d.top().append(d.create("head")).append(d.create("title"));
    let body = d.top().append(d.create("body"));
    let div = body.append(d.create("div"));
    div.append(d.create("p"));
    div.append(d.create("img"));
    body.append(d.create("footer"));
    d
}

fn main() {
    gc::collect();
    gc::disable();
    let d = build();
    out!("{}", d.top().text());
    out!("found {}", d.top().find("img").path());
    let div = d.top().find("div").remove();
    out!("detached {} from {}", div.text(), d.top().text());
    div.set_owner(None);
    for c in List::each(&div.children) {
        c.set_owner(None);
    }
    drop(div);
    let found = gc::collect() > 0;
    out!("collect after losing a detached subtree {} {}", repr(&found), live());
    d.top().find("head").append(d.top().find("footer"));
    out!("moved {}", d.top().text());
    let copy = d.top().find("head").copy(None);
    out!("cloned {}", copy.text());
    let title = d.top().find("title");
    drop(d);
    gc::collect();
    out!("one title keeps the document: {}", title.owner().unwrap().top().find("footer").path());
    drop(title);
    gc::collect();
    out!("left {}", live());
    drop(copy);
    gc::collect();
    out!("left {}", live());
}
