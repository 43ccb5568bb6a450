//! Dead cycles through generators.

use std::cell::RefCell;
use std::rc::Rc;

use refcycle::{Gc, Generator, GeneratorState, gc};

use super::support::{Log, Node};

/// A generator that holds a node, and writes when it is closed and whether the node is usable then.
fn holder(log: &Log, name: &'static str, node: Gc<Node>) -> Generator<i32> {
    let log = log.clone();
    Generator::new(node, async move |mut co, mut node: Gc<Node>| {
        let _finally = OnEnd(log.clone(), name);
        for i in 0.. {
            node = co.suspend(i, node).await.1;
        }
    })
}

struct OnEnd(Log, &'static str);

impl Drop for OnEnd {
    fn drop(&mut self) {
        self.0.add(format!("finally {}", self.1));
    }
}

fn cycle(log: &Log, is_started: bool) {
    let node = log.node("node");
    let generator = holder(log, "generator", node.clone());
    if is_started {
        assert_eq!(generator.next(), Some(0));
        assert_eq!(generator.next(), Some(1));
    }
    node.set_generator(Some(generator));
}

#[test]
fn a_cycle_through_a_suspended_generator_is_collected_in_the_order_of_creation() {
    let log = Log::default();
    cycle(&log, true);
    log.expect(&[]);
    gc::collect();
    log.expect(&["del node", "finally generator"]);
    assert_eq!(gc::get_objects(None).len(), 0);
}

#[test]
fn a_cycle_through_a_generator_that_was_not_started_is_collected() {
    let log = Log::default();
    cycle(&log, false);
    gc::collect();
    log.expect(&["del node"]);
    assert_eq!(gc::get_objects(None).len(), 0);
}

#[test]
fn cycles_are_collected_by_themselves() {
    let log = Log::default();
    for _ in 0..5_000 {
        cycle(&log, true);
    }
    assert!(gc::get_objects(None).len() < 9_000);
    gc::collect();
}

#[test]
fn a_generator_that_holds_itself() {
    let log = Log::default();
    let make = |name: &'static str| -> Generator<i32, Option<Generator<i32, ()>>> {
        let log = log.clone();
        Generator::new((), async move |mut co, ()| {
            let _finally = log.on_drop(name);
            let _ = co.yield_(0).await;
        })
    };
    drop(make("a"));
    let me: Rc<RefCell<Option<Generator<i32>>>> = Rc::default();
    let looped: Generator<i32> = Generator::new((), {
        let (log, me) = (log.clone(), me.clone());
        async move |mut co, ()| {
            let mut itself = me.take();
            let _finally = log.on_drop("finally");
            loop {
                itself = co.suspend(0, itself).await.1;
            }
        }
    });
    *me.borrow_mut() = Some(looped.clone());
    looped.next();
    drop(looped);
    log.expect(&[]);
    assert!(gc::collect() <= 1);
    log.expect(&["finally"]);
    assert_eq!(gc::collect(), 0);
}

#[test]
fn what_a_generator_yields_may_keep_it() {
    let log = Log::default();
    for _ in 0..3 {
        let made: Rc<RefCell<Option<Generator<Gc<Node>>>>> = Rc::default();
        let generator = Generator::new((), {
            let log = log.clone();
            async move |mut co, ()| {
                let _finally = log.on_drop("finally");
                loop {
                    let node = log.node("item");
                    co.suspend(node.clone(), node).await.0.unwrap();
                }
            }
        });
        *made.borrow_mut() = Some(generator.clone());
        let item = generator.next().unwrap();
        let keeper = Generator::new(generator, async |mut co, kept: Generator<Gc<Node>>| {
            co.suspend(1, kept).await.0.unwrap();
        });
        keeper.next();
        item.set_generator(Some(keeper));
        made.take();
    }
    log.expect(&[]);
    gc::collect();
    log.expect(&["finally", "del item", "finally", "del item", "finally", "del item"]);
    assert_eq!(gc::collect(), 0);
}

thread_local! {
    static KEPT: RefCell<Vec<Gc<Node>>> = const { RefCell::new(Vec::new()) };
}

#[test]
fn what_it_holds_can_be_revived_while_it_is_closed() {
    struct Revive(Rc<RefCell<Option<Gc<Node>>>>);
    impl Drop for Revive {
        fn drop(&mut self) {
            if let Some(node) = self.0.take() {
                KEPT.with_borrow_mut(|kept| kept.push(node));
            }
        }
    }
    let log = Log::default();
    let node = log.node("node");
    let secret: Rc<RefCell<Option<Gc<Node>>>> = Rc::default();
    let generator = Generator::new(node.clone(), {
        let secret = secret.clone();
        async move |mut co, mut node: Gc<Node>| {
            let _revive = Revive(secret);
            loop {
                node = co.suspend(1, node).await.1;
            }
        }
    });
    generator.next();
    let weak = Generator::downgrade(&generator);
    node.set_generator(Some(generator));
    // Not traced: as long as it is there the node is alive.
    *secret.borrow_mut() = Some(node.clone());
    drop(node);
    assert_eq!(gc::collect(), 0);
    let node = secret.take().unwrap();
    let other = log.node("other");
    other.others_mut().push(node.clone());
    node.others_mut().push(other);
    drop(node);
    log.expect(&[]);
    // In a finaliser of the same dead set the generator is closed, which revives what it holds.
    assert_eq!(gc::collect(), 3);
    log.expect(&["del node", "del other"]);
    assert!(weak.upgrade().is_none());
    assert!(KEPT.take().is_empty());
}

#[test]
fn a_revived_generator_is_finished() {
    let log = Log::default();
    let kept: Rc<RefCell<Option<Generator<i32>>>> = Rc::default();
    struct Keep(Gc<Node>, Rc<RefCell<Option<Generator<i32>>>>);
    impl Drop for Keep {
        fn drop(&mut self) {
            *self.1.borrow_mut() = self.0.generator();
        }
    }
    // `Keep` refers to a node outside of the cycle, which refers to the generator: a second, untraced way to it would
    // keep it alive. So the node is handed over only when the generator is closed by hand.
    let node = log.node("node");
    let generator = Generator::new(node.clone(), {
        let kept = kept.clone();
        async move |mut co, node: Gc<Node>| {
            let node = co.suspend(1, node).await.1;
            let _keep = Keep(node, kept);
            co.yield_(2).await;
        }
    });
    generator.next();
    generator.next();
    node.set_generator(Some(generator));
    let taken = node.generator().unwrap();
    drop(node);
    taken.close();
    assert_eq!(kept.borrow().as_ref().map(Generator::state), Some(GeneratorState::Finished));
    drop(taken);
    assert_eq!(kept.take().unwrap().next(), None);
    log.expect(&["del node"]);
}

#[test]
fn running_generators_are_not_looked_at() {
    let log = Log::default();
    let node = log.node("node");
    let generator = holder(&log, "inner", node.clone());
    generator.next();
    node.set_generator(Some(generator));
    let outer = Generator::new(node, async move |mut co, mut node: Gc<Node>| {
        loop {
            assert_eq!(gc::collect(), 0);
            let item = node.generator().unwrap().next().unwrap();
            assert_eq!(gc::collect(), 0);
            node = co.suspend(item, node).await.1;
        }
    });
    assert_eq!(outer.next(), Some(1));
    assert_eq!(gc::collect(), 0);
    assert_eq!(outer.next(), Some(2));
    drop(outer);
    log.expect(&[]);
    gc::collect();
    log.expect(&["del node", "finally inner"]);
}
