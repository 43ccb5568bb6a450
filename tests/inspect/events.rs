//! What the feature `tracing` tells.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use refcycle::{Gc, gc, managed};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::{add, tree};
use crate::support::{fresh, panic_quietly};

/// A span or an event: its name and its fields.
#[derive(Clone, Debug, Default)]
struct Seen {
    name: &'static str,
    fields: BTreeMap<&'static str, String>,
    is_closed: bool,
}

impl Seen {
    fn number(&self, field: &str) -> u64 {
        self.fields[field].parse().unwrap()
    }
}

impl Visit for Seen {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }
}

/// Takes down what it is told of this crate.
#[derive(Clone, Default)]
struct Log {
    spans: Arc<Mutex<Vec<Seen>>>,
    events: Arc<Mutex<Vec<Seen>>>,
    next: Arc<AtomicU64>,
    /// Spans that were entered and not left.
    open: Arc<AtomicU64>,
    panics: bool,
}

impl Log {
    fn span(&self, id: &Id, change: impl FnOnce(&mut Seen)) {
        change(&mut self.spans.lock().unwrap()[id.into_u64() as usize - 1]);
    }

    fn spans(&self) -> Vec<Seen> {
        self.spans.lock().unwrap().clone()
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "refcycle"
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        if self.panics {
            panic_quietly("no room");
        }
        let mut seen = Seen { name: attributes.metadata().name(), ..Seen::default() };
        attributes.record(&mut seen);
        self.spans.lock().unwrap().push(seen);
        Id::from_u64(self.next.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        self.span(id, |seen| values.record(seen));
    }

    fn event(&self, event: &Event<'_>) {
        let mut seen = Seen::default();
        event.record(&mut seen);
        seen.fields.insert("open spans", self.open.load(Ordering::Relaxed).to_string());
        self.events.lock().unwrap().push(seen);
    }

    fn exit(&self, id: &Id) {
        self.open.fetch_sub(1, Ordering::Relaxed);
        self.span(id, |seen| seen.is_closed = true);
    }

    fn enter(&self, _: &Id) {
        self.open.fetch_add(1, Ordering::Relaxed);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
}

/// Runs a test in a heap of its own, with a log of what it tells.
fn logged(log: &Log, test: impl FnOnce() + Send + 'static) {
    let log = log.clone();
    fresh(move || tracing::subscriber::with_default(log, test));
}

#[test]
fn a_collection_is_a_span() {
    let log = Log::default();
    logged(&log, || {
        let root = tree("root");
        add(&root, &tree("child"));
        drop(root);
        assert_eq!(gc::collect_generation(1), 2);
        gc::collect();
    });
    let spans = log.spans();
    let [first, second, ..] = &spans[..] else { panic!("{spans:?}") };
    assert_eq!((first.name, first.number("generation"), second.number("generation")), ("collection", 1, 2));
    assert_eq!((first.number("candidates"), first.number("freed")), (2, 2));
    assert!(first.fields.contains_key("duration_us"));
    assert!(spans.iter().all(|span| span.is_closed));
}

#[managed]
struct Faulty {
    #[managed(mut)]
    next: Option<Gc<Faulty>>,
}

#[managed]
impl Faulty {
    fn __del__(&self) {
        panic_quietly("no luck");
    }
}

#[test]
fn what_nobody_could_catch_is_an_event() {
    let log = Log::default();
    logged(&log, || {
        gc::set_unraisable_hook(Some(std::rc::Rc::new(|_| ())));
        drop(Faulty::new(None));
    });
    let events = log.events.lock().unwrap();
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0].fields["message"], "Exception ignored in: Faulty.__del__: no luck");
    assert_eq!(
        (events[0].fields["origin"].as_str(), events[0].fields["type_name"].as_str()),
        ("Finalizer", "\"Faulty\"")
    );
}

#[test]
fn finalizers_of_a_collection_run_inside_its_span() {
    #[managed]
    struct Watch {
        #[managed(mut)]
        itself: Option<Gc<Watch>>,
    }
    #[managed]
    impl Watch {
        fn __del__(&self) {
            tracing::info!(target: "refcycle", "dying");
        }
    }
    let log = Log::default();
    logged(&log, || {
        let watch = Watch::new(None);
        watch.set_itself(Some(watch.clone()));
        drop(watch);
        gc::collect();
    });
    let events = log.events.lock().unwrap();
    assert_eq!((events[0].fields["message"].as_str(), events[0].number("open spans")), ("dying", 1));
}

#[test]
fn a_subscriber_that_panics_leaves_the_collector_as_it_was() {
    let log = Log { panics: true, ..Log::default() };
    logged(&log, || {
        for _ in 0..2 {
            let faulty = tree("root");
            add(&faulty, &tree("child"));
            drop(faulty);
            assert_eq!(gc::collect(), 2);
        }
    });
}
