//! smoke
use refcycle::*;
use std::cell::{Cell, RefCell};
struct Node {
    next: RefCell<Option<Gc<Node>>>,
    id: u32,
    resurrect: Cell<bool>,
}
thread_local! { static LOG: RefCell<Vec<String>> = const{RefCell::new(Vec::new())}; static KEEP: RefCell<Vec<Gc<Node>>> = const{RefCell::new(Vec::new())}; }
fn log(s: String) {
    LOG.with_borrow_mut(|l| l.push(s))
}
fn take() -> Vec<String> {
    LOG.take()
}
unsafe impl Trace for Node {
    fn trace(&self, t: &mut Tracer<'_>) {
        self.next.trace(t)
    }
    fn finalizer() -> Option<fn(&Gc<Self>)> {
        Some(|n| {
            log(format!("del {}", n.id));
            if n.resurrect.get() {
                KEEP.with_borrow_mut(|k| k.push(n.clone()))
            }
        })
    }
}
fn node(id: u32) -> Gc<Node> {
    Gc::new(Node { next: RefCell::new(None), id, resurrect: Cell::new(false) })
}
#[test]
fn basics() {
    let a = node(1);
    let b = node(2);
    *a.next.borrow_mut() = Some(b.clone());
    *b.next.borrow_mut() = Some(a.clone());
    let w = Gc::downgrade(&a);
    drop((a, b));
    assert!(w.upgrade().is_some());
    assert_eq!(take().len(), 0);
    assert_eq!(gc::collect(), 2);
    assert_eq!(take(), ["del 1", "del 2"]);
    assert!(w.upgrade().is_none());
    let a = node(3);
    a.resurrect.set(true);
    *a.next.borrow_mut() = Some(node(4));
    drop(a);
    assert_eq!(take(), ["del 3"]);
    assert_eq!(KEEP.with_borrow(|k| Gc::strong_count(&k[0])), 1);
    KEEP.take();
    assert_eq!(take(), ["del 4"]);
    let a = node(5);
    let b = node(6);
    *a.next.borrow_mut() = Some(b.clone());
    *b.next.borrow_mut() = Some(a.clone());
    b.resurrect.set(true);
    let w = WeakRef::with_callback(&a, (), |_, r| log(format!("cb {}", r.upgrade().is_none())));
    drop((a, b));
    assert_eq!(gc::collect(), 0);
    assert_eq!(take(), ["cb true", "del 5", "del 6"]);
    drop(w);
    KEEP.take();
    assert_eq!(gc::collect(), 2);
    assert_eq!(take().len(), 0);
}
#[test]
fn list_ten_million() {
    std::thread::Builder::new()
        .stack_size(64 << 10)
        .spawn(|| {
            struct L {
                n: Option<Gc<L>>,
                _s: Box<u32>,
            }
            unsafe impl Trace for L {
                fn trace(&self, t: &mut Tracer<'_>) {
                    self.n.trace(t)
                }
            }
            let mut h = None;
            for _ in 0..1_000_000 {
                h = Some(Gc::new(L { n: h, _s: Box::new(1) }));
            }
            drop(h);
        })
        .unwrap()
        .join()
        .unwrap();
}
#[test]
fn ring_loop() {
    for _ in 0..1_000_000 {
        let a = node(1);
        *a.next.borrow_mut() = Some(a.clone());
        LOG.with_borrow_mut(|l| l.clear());
    }
    assert!(gc::get_objects(None).len() < 2000);
}
