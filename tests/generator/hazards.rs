//! What must not go wrong: panics, drops and collections wherever they can happen.

use std::cell::RefCell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use refcycle::{Gc, Generator, GeneratorState, gc};

use super::support::{Log, Node};

/// Yields with locals, delegates, yields in a nested block and in a helper.
fn winding(log: &Log) -> Generator<i32> {
    async fn helper(co: &mut refcycle::generator::Co<'_, i32>, log: &Log) {
        let node = log.node("helper");
        let _finally = log.on_drop("finally helper");
        co.suspend(40, node).await.0.unwrap();
    }
    let log = log.clone();
    Generator::new(log.node("argument"), async move |mut co, mut argument: Gc<Node>| {
        let _finally = log.on_drop("finally");
        let mut list = vec![log.node("a"), log.node("b")];
        for i in 0..2 {
            (_, (argument, list)) = co.suspend(i, (argument, list)).await;
        }
        let inner: Generator<i32> = Generator::new(log.node("inner"), async |mut co, node: Gc<Node>| {
            for i in 0..2 {
                co.suspend(20 + i, node.clone()).await.0.unwrap();
            }
        });
        (_, argument) = co.delegate(inner, argument).await;
        {
            let _inner = log.on_drop("finally block");
            (_, argument) = co.suspend(30, argument).await;
        }
        helper(&mut co, &log).await;
        drop(argument);
        co.yield_(50).await;
        list.clear();
        co.yield_(60).await;
    })
}

#[test]
fn a_generator_can_be_dropped_wherever_it_waits() {
    let log = Log::default();
    let all = winding(&log).count();
    assert_eq!(all, 8);
    for steps in 0..=all + 1 {
        for way in 0..3 {
            let generator = winding(&log);
            for _ in 0..steps {
                generator.next();
                gc::collect();
            }
            match way {
                0 => drop(generator),
                1 => {
                    generator.close();
                    drop(generator);
                }
                _ => {
                    let node = log.node("cycle");
                    node.set_generator(Some(generator));
                    node.others_mut().push(node.clone());
                    drop(node);
                    gc::collect();
                }
            }
            assert!(gc::get_objects(None).is_empty(), "{steps} {way} {:?}", gc::get_objects(None));
        }
    }
}

#[test]
fn a_panic_finishes_the_generator_and_those_that_delegate_to_it() {
    let log = Log::default();
    let panics_at = |at: i32| -> Generator<i32> {
        let log = log.clone();
        let inner: Generator<i32> = Generator::new(log.node("inner"), {
            let log = log.clone();
            async move |mut co, mut node: Gc<Node>| {
                let _finally = log.on_drop("finally inner");
                for i in 0..10 {
                    if i == at {
                        panic!("at {i}");
                    }
                    node = co.suspend(i, node).await.1;
                }
            }
        });
        Generator::new(inner, async move |mut co, inner: Generator<i32>| {
            let _finally = log.on_drop("finally outer");
            let node = log.node("outer");
            co.delegate(inner, node).await.0.unwrap();
        })
    };
    for at in [0, 1, 5] {
        let generator = panics_at(at);
        let panic = catch_unwind(AssertUnwindSafe(|| (&generator).count())).unwrap_err();
        assert_eq!(*panic.downcast::<String>().unwrap(), format!("at {at}"));
        log.expect(&["finally inner", "del inner", "finally outer", "del outer"]);
        assert_eq!(generator.state(), GeneratorState::Finished);
        assert_eq!(generator.next(), None);
        generator.close();
    }
}

#[test]
fn a_panic_in_a_drop_while_it_is_closed() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("bomb");
        }
    }
    let log = Log::default();
    let make = || -> Generator<i32> {
        let log = log.clone();
        Generator::new(log.node("node"), async move |mut co, node: Gc<Node>| {
            let _finally = log.on_drop("finally");
            let _bomb = Bomb;
            co.suspend(1, node).await.0.unwrap();
        })
    };
    let closed = make();
    closed.next();
    assert!(catch_unwind(AssertUnwindSafe(|| closed.close())).is_err());
    log.expect(&["finally", "del node"]);
    assert_eq!(closed.state(), GeneratorState::Finished);
    let complaints = Log::default();
    let sink = complaints.clone();
    let former = gc::set_unraisable_hook(Some(Rc::new(move |error| sink.add(error.to_string()))));
    let dropped = make();
    dropped.next();
    drop(dropped);
    let node = log.node("cycle");
    node.set_generator(Some(make()));
    node.generator().unwrap().next();
    node.others_mut().push(node.clone());
    drop(node);
    gc::collect();
    gc::set_unraisable_hook(former);
    complaints.expect(&["Exception ignored in: generator.__del__: bomb"; 2]);
    log.expect(&["finally", "del node", "del cycle", "del node", "finally"]);
}

#[test]
fn a_generator_that_resumes_itself_panics() {
    thread_local! {
        static ITSELF: RefCell<Option<Generator<i32>>> = const { RefCell::new(None) };
    }
    let log = Log::default();
    let generator = Generator::new(log.node("node"), {
        let log = log.clone();
        async move |mut co, mut node: Gc<Node>| {
            let itself = ITSELF.with_borrow(|itself| itself.clone().unwrap());
            let again = || itself.next();
            assert!(catch_unwind(AssertUnwindSafe(again)).is_err());
            assert!(catch_unwind(AssertUnwindSafe(|| itself.close())).is_err());
            node = co.suspend(1, node).await.1;
            log.add("resumed");
            drop(node);
            itself.next();
        }
    });
    ITSELF.set(Some(generator.clone()));
    assert_eq!(generator.next(), Some(1));
    assert!(catch_unwind(AssertUnwindSafe(|| generator.next())).is_err());
    assert_eq!(generator.state(), GeneratorState::Finished);
    log.expect(&["resumed", "del node"]);
    ITSELF.take();
}

#[test]
fn resuming_an_outer_generator_from_an_inner_one() {
    thread_local! {
        static OUTER: RefCell<Option<Generator<i32>>> = const { RefCell::new(None) };
        static MIDDLE: RefCell<Option<Generator<i32>>> = const { RefCell::new(None) };
    }
    let inner: Generator<i32> = Generator::new((), async |mut co, ()| {
        for outer in [OUTER.with_borrow(Clone::clone), MIDDLE.with_borrow(Clone::clone)].into_iter().flatten() {
            assert_eq!(outer.state(), GeneratorState::Running);
            assert!(catch_unwind(AssertUnwindSafe(|| outer.next())).is_err());
            assert!(catch_unwind(AssertUnwindSafe(|| outer.close())).is_err());
            co.yield_(1).await;
        }
    });
    let middle: Generator<i32> = Generator::new(inner, async |mut co, inner| co.yield_from(inner).await);
    let outer: Generator<i32> = Generator::new(middle.clone(), async |mut co, middle| co.yield_from(middle).await);
    OUTER.set(Some(outer.clone()));
    MIDDLE.set(Some(middle));
    assert_eq!((&outer).count(), 2);
    // One that is driven on its own, and from whose inside the outer one is resumed.
    let inner: Generator<i32> = Generator::new((), async |mut co, ()| {
        co.yield_(1).await;
        let outer = OUTER.with_borrow(|outer| outer.clone().unwrap());
        assert!(catch_unwind(AssertUnwindSafe(|| outer.next())).is_err());
        co.yield_(2).await;
    });
    let outer: Generator<i32> = Generator::new(inner.clone(), async |mut co, inner| co.yield_from(inner).await);
    OUTER.set(Some(outer.clone()));
    assert_eq!(outer.next(), Some(1));
    assert_eq!(inner.next(), Some(2));
    assert_eq!(outer.state(), GeneratorState::Finished);
    assert_eq!(inner.next(), None);
    OUTER.take();
    MIDDLE.take();
}

#[test]
fn a_collection_inside_the_body() {
    let log = Log::default();
    let node = log.node("node");
    let generator = Generator::new(node.clone(), {
        let log = log.clone();
        async move |mut co, mut node: Gc<Node>| {
            let list = vec![node.clone(); 3];
            for i in 0..3 {
                let garbage = log.node("garbage");
                garbage.others_mut().push(garbage.clone());
                garbage.others_mut().push(node.clone());
                drop(garbage);
                gc::collect();
                assert_eq!(list.len(), 3);
                node = co.suspend(i, node).await.1;
                gc::collect();
            }
        }
    });
    node.set_generator(Some(generator.clone()));
    drop(node);
    assert_eq!(generator.next(), Some(0));
    assert_eq!(generator.next(), Some(1));
    log.expect(&["del garbage", "del garbage"]);
    drop(generator);
    gc::collect();
    // The list in the body is not handed over: what it refers to counts as referred to from outside.
    log.expect(&[]);
    let node = gc::get_objects(None).into_iter().find_map(|object| object.downcast::<Node>().ok()).unwrap();
    node.generator().unwrap().close();
    node.set_generator(None);
    drop(node);
    log.expect(&["del node"]);
}

#[test]
fn futures_are_misused() {
    misuse([0, 2, 3, 4]);
}

/// Separate, so that tools that look for leaks can leave it out.
#[test]
fn futures_are_leaked() {
    misuse([1, 5]);
}

/// Polls a future of the body and drops it, awaits another one, leaks one: nothing of that is useful, none of it may harm.
fn misuse<const N: usize>(ways: [u32; N]) {
    struct OnceOnly<F>(F, bool);
    impl<F: Future + Unpin> Future for OnceOnly<F> {
        type Output = ();
        fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
            if self.1 {
                return Poll::Ready(());
            }
            self.1 = true;
            let _ = Pin::new(&mut self.0).poll(context);
            Poll::Pending
        }
    }
    let log = Log::default();
    let make = |way: u32| -> Generator<i32> {
        let log = log.clone();
        Generator::new(log.node("argument"), async move |mut co, argument: Gc<Node>| match way {
            0 => {
                let first = pin!(co.suspend(1, argument));
                OnceOnly(first, false).await;
            }
            1 => {
                let first = Box::pin(co.suspend(1, argument));
                let mut context = Context::from_waker(Waker::noop());
                let mut first = OnceOnly(first, false);
                let _ = Pin::new(&mut first).poll(&mut context);
                std::mem::forget(first);
                std::future::pending::<()>().await;
            }
            2 => std::future::pending::<()>().await,
            3 => {
                let mut context = Context::from_waker(Waker::noop());
                {
                    let mut first = pin!(co.suspend(1, argument));
                    assert!(first.as_mut().poll(&mut context).is_pending());
                    assert!(first.as_mut().poll(&mut context).is_pending());
                }
                std::future::pending::<()>().await;
            }
            4 => {
                let inner: Generator<i32> = Generator::new((), async |mut co, ()| co.yield_(5).await);
                let first = pin!(co.delegate(inner, argument));
                OnceOnly(first, false).await;
            }
            _ => {
                let inner: Generator<i32> = Generator::new((), async |mut co, ()| co.yield_(5).await);
                let kept = inner.clone();
                let mut first = Box::pin(co.delegate(inner, ()));
                let mut context = Context::from_waker(Waker::noop());
                assert!(first.as_mut().poll(&mut context).is_pending());
                std::mem::forget(first);
                LEFT.with_borrow_mut(|left| left.push(kept));
                drop(argument);
            }
        })
    };
    thread_local! {
        static LEFT: RefCell<Vec<Generator<i32>>> = const { RefCell::new(Vec::new()) };
    }
    for way in ways {
        let generator = make(way);
        for _ in 0..4 {
            let _ = catch_unwind(AssertUnwindSafe(|| generator.next()));
            gc::collect();
        }
        drop(generator);
        gc::collect();
        for left in LEFT.take() {
            left.next();
            left.close();
        }
    }
}

#[test]
fn a_finaliser_that_resumes_the_generators_of_its_cycle() {
    let log = Log::default();
    struct Resume(Rc<RefCell<Option<Generator<i32>>>>, Log);
    impl Drop for Resume {
        fn drop(&mut self) {
            if let Some(generator) = self.0.take() {
                let next = catch_unwind(AssertUnwindSafe(|| generator.next()));
                self.1.add(format!("{:?}", next.is_err()));
            }
        }
    }
    let weak: Rc<RefCell<Option<Generator<i32>>>> = Rc::default();
    let node = log.node("node");
    let generator = Generator::new(node.clone(), {
        let (weak, log) = (weak.clone(), log.clone());
        async move |mut co, mut node: Gc<Node>| {
            let _resume = Resume(weak, log);
            loop {
                node = co.suspend(1, node).await.1;
            }
        }
    });
    generator.next();
    *weak.borrow_mut() = Some(generator.clone());
    node.set_generator(Some(generator.clone()));
    drop(node);
    generator.close();
    log.expect(&["true", "del node"]);
    assert_eq!(generator.next(), None);
}
