//! Generators that delegate to others.

use std::cell::RefCell;
use std::rc::Rc;

use refcycle::{Gc, Generator, GeneratorState, Step, gc};

use super::exceptions::{Error, Raising};
use super::support::{Log, Node};

/// `depth` generators that delegate to each other, with a `finally` and a local each.
fn tower(log: &Log, depth: i32) -> Raising {
    let log = log.clone();
    Generator::raising(depth, async move |mut co, depth| {
        let local = log.node(&format!("local{depth}"));
        if depth == 0 {
            let mut local = local;
            for i in 1..3 {
                let (sent, same) = co.suspend(i, local).await;
                local = same;
                if let Err(error) = sent {
                    log.add("finally 0");
                    return Err(error);
                }
            }
            log.add("finally 0");
            return Ok(10);
        }
        let (result, _local) = co.delegate(tower(&log, depth - 1), local).await;
        log.add(format!("finally {depth}"));
        result.map(|result| result.unwrap() + 1)
    })
}

#[test]
fn items_results_and_ends_pass_through() {
    let log = Log::default();
    let generator = tower(&log, 2);
    assert_eq!(generator.resume(()), Ok(Step::Yielded(1)));
    assert_eq!(generator.resume(()), Ok(Step::Yielded(2)));
    log.expect(&[]);
    assert_eq!(generator.resume(()), Ok(Step::Returned(12)));
    log.expect(&["finally 0", "del local0", "finally 1", "del local1", "finally 2", "del local2"]);
}

#[test]
fn closing_and_deletion_go_from_the_inside_out() {
    let lines = ["finally 0", "del local0", "finally 1", "del local1", "finally 2", "del local2"];
    let log = Log::default();
    let closed = tower(&log, 2);
    closed.next();
    assert_eq!(closed.close(), Ok(()));
    log.expect(&lines);
    let deleted = tower(&log, 2);
    deleted.next();
    drop(deleted);
    log.expect(&lines);
    let mut high: Vec<String> = Vec::new();
    for level in 0..=300 {
        high.extend([format!("finally {level}"), format!("del local{level}")]);
    }
    let generator = tower(&log, 300);
    assert_eq!(generator.next(), Some(Ok(1)));
    assert_eq!(generator.next(), Some(Ok(2)));
    drop(generator);
    log.expect(&high.iter().map(String::as_str).collect::<Vec<_>>());
}

/// The same without exceptions: `finally` is a drop.
fn plain_tower(log: &Log, depth: i32) -> Generator<i32> {
    let log = log.clone();
    Generator::new(depth, async move |mut co, depth| {
        let local = log.node(&format!("local{depth}"));
        let _finally = log.on_drop(format!("finally {depth}"));
        if depth == 0 {
            co.suspend(1, local).await.0.unwrap();
        } else {
            co.delegate(plain_tower(&log, depth - 1), local).await.0.unwrap();
        }
    })
}

#[test]
fn drops_go_from_the_inside_out_at_any_depth() {
    let log = Log::default();
    for depth in [0, 1, 200] {
        let generator = plain_tower(&log, depth);
        assert_eq!(generator.next(), Some(1));
        generator.close();
        let lines: Vec<_> = (0..=depth).flat_map(|n| [format!("finally {n}"), format!("del local{n}")]).collect();
        log.expect(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(generator.next(), None);
    }
}

#[test]
fn a_hundred_thousand_levels_on_a_small_stack() {
    let work = || {
        fn down(depth: u32) -> Generator<u32> {
            Generator::new(depth, async |mut co, depth| {
                if depth == 0 {
                    for i in 0..1000 {
                        co.yield_(i).await;
                    }
                } else {
                    co.yield_from(down(depth - 1)).await;
                }
            })
        }
        let generator = down(100_000);
        assert_eq!(generator.next(), Some(0));
        assert_eq!((&generator).sum::<u32>(), 499_500);
        let abandoned = down(100_000);
        assert_eq!(abandoned.next(), Some(0));
        drop(abandoned);
        assert_eq!(gc::get_objects(None).len(), 1);
    };
    std::thread::Builder::new().stack_size(128 << 10).spawn(work).unwrap().join().unwrap();
}

#[test]
fn what_is_thrown_reaches_the_innermost_first() {
    let log = Log::default();
    fn level(log: &Log, depth: i32, handles: i32) -> Raising {
        let log = log.clone();
        Generator::raising((), async move |mut co, ()| {
            let result = if depth == 0 {
                co.suspend(1, ()).await.0.map(|()| 0)
            } else {
                co.delegate(level(&log, depth - 1, handles), ()).await.0.map(Option::unwrap)
            };
            match result {
                Err(error) if depth == handles => {
                    log.add(format!("{error:?} handled at {depth}"));
                    co.suspend(99, ()).await.0?;
                    Ok(depth)
                }
                result => result,
            }
        })
    }
    for handles in 0..3 {
        let generator = level(&log, 2, handles);
        generator.next();
        assert_eq!(generator.throw(Error::Value("x")), Ok(Step::Yielded(99)));
        log.expect(&[&format!("Value(\"x\") handled at {handles}")]);
        assert_eq!(generator.resume(()), Ok(Step::Returned(handles)));
    }
    let generator = level(&log, 2, 3);
    generator.next();
    assert_eq!(generator.throw(Error::Value("y")), Err(Error::Value("y")));
    assert_eq!(generator.state(), GeneratorState::Finished);
}

#[test]
fn an_exit_that_is_swallowed_inside_is_raised_again_outside() {
    let log = Log::default();
    let outer = |log: &Log, inner: Raising| -> Raising {
        let log = log.clone();
        Generator::raising(inner, async move |mut co, inner: Raising| {
            let result = co.delegate(inner, ()).await.0;
            log.add(format!("outer sees {result:?}"));
            result.map(Option::unwrap)
        })
    };
    let swallowing: Raising = Generator::raising((), async |mut co, ()| {
        let _ = co.suspend(1, ()).await;
        Ok(5)
    });
    let generator = outer(&log, swallowing);
    generator.next();
    assert_eq!(generator.close(), Ok(()));
    log.expect(&["outer sees Err(Exit)"]);
    let yielding: Raising = Generator::raising((), async |mut co, ()| {
        let _ = co.suspend(1, ()).await;
        let _ = co.suspend(2, ()).await;
        Ok(5)
    });
    let generator = outer(&log, yielding.clone());
    generator.next();
    let ignored = Error::Runtime("generator ignored GeneratorExit");
    assert_eq!(generator.close(), Err(ignored));
    log.expect(&[&format!("outer sees Err({ignored:?})")]);
    assert_eq!(yielding.state(), GeneratorState::Suspended);
    assert_eq!(yielding.resume(()), Ok(Step::Returned(5)));
}

#[test]
fn rings_of_delegation_are_refused() {
    type Slots = Rc<RefCell<Vec<Raising>>>;
    let slots: Slots = Rc::default();
    for i in 0..3_usize {
        let (others, slots_of_body) = (slots.clone(), slots.clone());
        drop(others);
        slots.borrow_mut().push(Generator::raising((), async move |mut co, ()| {
            let next = slots_of_body.borrow()[(i + 1) % 3].clone();
            Ok(co.delegate(next, ()).await.0?.unwrap_or(-1))
        }));
    }
    let first = slots.borrow()[0].clone();
    assert_eq!(first.resume(()), Err(Error::Value("generator already executing")));
    assert!(slots.take().iter().all(|generator| generator.state() == GeneratorState::Finished));
}

#[test]
fn a_delegate_can_be_resumed_by_others_too() {
    let count = || {
        Generator::new((), async |mut co, ()| {
            for i in 0..9 {
                co.yield_(i).await;
            }
        })
    };
    let inner: Generator<i32> = count();
    let middle: Generator<i32> = Generator::new(inner.clone(), async |mut co, inner: Generator<i32>| {
        co.delegate(inner, ()).await.0.unwrap();
        co.yield_(100).await;
    });
    let outer = |middle: &Generator<i32>| -> Generator<i32> {
        Generator::new(middle.clone(), async |mut co, middle: Generator<i32>| {
            co.delegate(middle, ()).await.0.unwrap();
            co.yield_(200).await;
        })
    };
    let (one, two) = (outer(&middle), outer(&middle));
    let taken = [&one, &two, &inner, &middle, &one, &inner, &two, &middle].map(|g| g.next().unwrap());
    assert_eq!(taken, [0, 1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(inner.next(), Some(8));
    assert_eq!(inner.next(), None);
    assert_eq!(one.next(), Some(100));
    assert_eq!(middle.next(), None);
    assert_eq!(two.next(), Some(200));
    assert_eq!(one.next(), Some(200));
    assert_eq!((one.next(), two.next()), (None, None));
}

/// Yields `first` and the next, then all that `inner` yields, then `last`.
fn around(first: i32, inner: Generator<i32>, last: i32) -> Generator<i32> {
    Generator::new(inner, async move |mut co, inner: Generator<i32>| {
        co.yield_(first).await;
        co.yield_(first + 1).await;
        co.delegate(inner, ()).await.0.unwrap();
        co.yield_(last).await;
    })
}

#[test]
fn one_in_the_middle_goes_on_after_an_outer_one_ended_its_delegate() {
    let middle = around(
        0,
        Generator::new((), async |mut co, ()| {
            for i in 2..5 {
                co.yield_(i).await
            }
        }),
        5,
    );
    let outer = around(-2, middle.clone(), 6);
    assert_eq!((&outer).take(5).last(), Some(2));
    assert_eq!(middle.next(), Some(3));
    assert_eq!((outer.next(), outer.next()), (Some(4), Some(5)));
    assert_eq!(middle.next(), None);
    assert_eq!((outer.next(), outer.next()), (Some(6), None));
}

#[test]
fn one_in_the_middle_finds_what_its_delegate_delegated_to_since() {
    let innermost = Generator::new((), async |mut co, ()| {
        for i in 10..13 {
            co.yield_(i).await
        }
    });
    let middle = around(0, around(2, innermost, 20), 30);
    let outer = around(-2, middle.clone(), 40);
    assert_eq!((&outer).take(5).last(), Some(2));
    assert_eq!(middle.next(), Some(3));
    assert_eq!(outer.next(), Some(10));
    assert_eq!((middle.next(), outer.next(), middle.next()), (Some(11), Some(12), Some(20)));
    assert_eq!((outer.next(), middle.next(), outer.next()), (Some(30), None, Some(40)));
}

#[test]
fn closing_a_delegate_ends_it_for_the_outer_one() {
    let inner: Raising = Generator::raising((), async |mut co, ()| {
        co.suspend(1, ()).await.0?;
        Ok(5)
    });
    let outer: Raising = Generator::raising(inner.clone(), async |mut co, inner: Raising| {
        Ok(co.delegate(inner, ()).await.0?.unwrap_or(-1))
    });
    outer.next();
    assert_eq!(inner.close(), Ok(()));
    assert_eq!(outer.resume(()), Ok(Step::Returned(-1)));
}

#[test]
fn a_dead_cycle_through_a_delegation() {
    let log = Log::default();
    let node = log.node("node");
    let inner: Generator<i32> = Generator::new(node.clone(), {
        let log = log.clone();
        async move |mut co, node: Gc<Node>| {
            let _finally = log.on_drop("finally inner");
            co.suspend(1, node).await.0.unwrap();
        }
    });
    let outer: Generator<i32> = Generator::new(inner, {
        let log = log.clone();
        async move |mut co, inner: Generator<i32>| {
            let _finally = log.on_drop("finally outer");
            co.delegate(inner, ()).await.0.unwrap();
        }
    });
    assert_eq!(outer.next(), Some(1));
    node.set_generator(Some(outer));
    drop(node);
    log.expect(&[]);
    gc::collect();
    log.expect(&["del node", "finally inner", "finally outer"]);
    assert_eq!(gc::get_objects(None).len(), 0);
}
