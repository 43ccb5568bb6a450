//! A generator from its creation to its end.

use refcycle::{Gc, Generator, GeneratorState, Step, gc};

use super::support::Log;

#[test]
fn a_generator_is_an_iterator() {
    let numbers = || {
        Generator::new(3, async |mut co, end| {
            for i in 0..end {
                co.yield_(i).await;
            }
        })
    };
    assert_eq!(numbers().collect::<Vec<i32>>(), [0, 1, 2]);
    assert_eq!(numbers().map(|x| x * 2).chain(numbers().skip(1)).sum::<i32>(), 9);
    let mut fused = numbers().fuse();
    assert_eq!(fused.by_ref().count(), 3);
    assert_eq!(fused.next(), None);
    for x in &numbers() {
        assert!(x < 3);
    }
}

#[test]
fn values_are_sent_and_returned() {
    let average: Generator<f64, f64, usize> = Generator::new((), async |mut co, ()| {
        let (mut sum, mut count) = (0.0, 0);
        let mut answer = 0.0;
        loop {
            let value: f64 = co.yield_(answer).await;
            if value < 0.0 {
                return count;
            }
            (sum, count) = (sum + value, count + 1);
            answer = sum / count as f64;
        }
    });
    assert_eq!(average.state(), GeneratorState::Created);
    assert_eq!(average.send(0.0), Step::Yielded(0.0));
    assert_eq!(average.send(4.0), Step::Yielded(4.0));
    assert_eq!(average.send(8.0), Step::Yielded(6.0));
    assert_eq!(average.state(), GeneratorState::Suspended);
    assert_eq!(average.send(-1.0), Step::Returned(2));
    assert_eq!(average.state(), GeneratorState::Finished);
    assert_eq!(average.send(1.0), Step::Finished);
}

#[test]
fn nothing_runs_before_it_is_asked_for() {
    let log = Log::default();
    let generator = Generator::new(log.node("argument"), {
        let log = log.clone();
        async move |mut co, node: Gc<_>| {
            log.add("started");
            co.yield_(1).await;
            drop(node);
            log.add("ended");
        }
    });
    log.expect(&[]);
    assert_eq!(generator.next(), Some(1));
    log.expect(&["started"]);
    assert_eq!(generator.next(), None);
    log.expect(&["del argument", "ended"]);
    assert_eq!(generator.next(), None);
    log.expect(&[]);
}

/// A generator with an argument, two locals and a `finally`.
fn holding(log: &Log, name: &str) -> Generator<i32> {
    let (log, name) = (log.clone(), name.to_owned());
    let argument = log.node(&name);
    Generator::new(argument, async move |mut co, argument| {
        let first = log.node(&format!("{name}.first"));
        let second = log.node(&format!("{name}.second"));
        let _finally = log.on_drop(format!("finally {name}"));
        let (_, (_argument, _first, _second)) = co.suspend(1, (argument, first, second)).await;
        let _: Result<(), _> = co.suspend(2, ()).await.0;
    })
}

#[test]
fn closing_runs_what_stands_for_finally_then_releases_the_locals_in_order() {
    let log = Log::default();
    let closed = holding(&log, "closed");
    closed.next();
    closed.close();
    log.expect(&["finally closed", "del closed", "del closed.first", "del closed.second"]);
    assert_eq!(closed.state(), GeneratorState::Finished);
    closed.close();
    drop(closed);
    log.expect(&[]);
    let deleted = holding(&log, "deleted");
    let another = deleted.clone();
    deleted.next();
    drop(deleted);
    log.expect(&[]);
    drop(another);
    log.expect(&["finally deleted", "del deleted", "del deleted.first", "del deleted.second"]);
    let unstarted = holding(&log, "unstarted");
    unstarted.close();
    log.expect(&["del unstarted"]);
    assert_eq!(unstarted.next(), None);
    drop(holding(&log, "dropped"));
    log.expect(&["del dropped"]);
}

#[test]
fn a_yielded_value_is_not_kept() {
    let log = Log::default();
    let nodes = {
        let log = log.clone();
        Generator::new((), async move |mut co, ()| {
            for name in ["a", "b"] {
                co.yield_(log.node(name)).await;
            }
        })
    };
    for node in &nodes {
        assert_eq!(Gc::strong_count(&node), 1);
        drop(node);
        log.add("after");
    }
    log.expect(&["del a", "after", "del b", "after"]);
}

#[test]
fn what_is_sent_belongs_to_the_body() {
    let log = Log::default();
    let sink: Generator<(), Option<Gc<_>>> = Generator::new((), {
        let log = log.clone();
        async move |mut co, ()| {
            let kept = co.yield_(()).await;
            log.add("kept");
            drop(co.yield_(()).await);
            log.add("ignored");
            let _: (_, Option<Gc<_>>) = co.suspend((), kept).await;
        }
    });
    sink.send(Some(log.node("first")));
    log.expect(&["del first"]);
    sink.send(Some(log.node("second")));
    log.expect(&["kept"]);
    sink.send(Some(log.node("third")));
    log.expect(&["del third", "ignored"]);
    drop(sink);
    log.expect(&["del second"]);
}

#[test]
fn it_is_one_object_and_can_be_referred_to_weakly() {
    let before = gc::get_objects(None).len();
    let generator = Generator::new((), async |mut co, ()| co.yield_(1).await);
    assert_eq!(gc::get_objects(None).len(), before + 1);
    assert_eq!(size_of::<Option<Generator<i32>>>(), size_of::<usize>());
    assert_eq!(gc::getrefcount(&generator), 2);
    let weak = Generator::downgrade(&generator);
    assert!(Generator::ptr_eq(&weak.upgrade().unwrap(), &generator));
    assert_eq!(generator.by_ref().count(), 1);
    assert!(weak.upgrade().is_some());
    drop(generator);
    assert!(weak.upgrade().is_none());
    assert_eq!(gc::get_objects(None).len(), before);
}

trait ByRef {
    fn by_ref(&self) -> &Self;
}

impl ByRef for Generator<i32> {
    fn by_ref(&self) -> &Self {
        self
    }
}

#[test]
fn a_hundred_generators_over_generators() {
    let log = Log::default();
    let mut top: Generator<i32> = Generator::new((), async |mut co, ()| {
        for i in 0..5 {
            co.yield_(i).await;
        }
    });
    for level in 0..100 {
        let log = log.clone();
        top = Generator::new(top, async move |mut co, mut inner: Generator<i32>| {
            let _finally = log.on_drop(format!("{level}"));
            while let Some(item) = inner.next() {
                ((), inner) = match co.suspend(item + 1, inner).await {
                    (Ok(()), inner) => ((), inner),
                };
            }
        });
    }
    assert_eq!(top.next(), Some(100));
    assert_eq!(top.next(), Some(101));
    log.expect(&[]);
    drop(top);
    let names: Vec<_> = (0..100).rev().map(|level| level.to_string()).collect();
    log.expect(&names.iter().map(String::as_str).collect::<Vec<_>>());
}
