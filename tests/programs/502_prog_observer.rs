//! Subjects with weakly held observers that come and go, also during notification.

use super::python::*;

golden!("502_prog_observer");

/// `Chained`, the derived class, is an observer with `drops`.
#[managed]
struct Observer {
    name: &'static str,
    #[managed(mut, default)]
    got: Vec<String>,
    drops: Option<Gc<List<Gc<Observer>>>>,
}

impl Observer {
    fn update(&self, topic: &str, value: i64) {
        self.got_mut().push(format!("{topic}={value}"));
        out!("   {} sees {topic} {value}", self.name);
        if let Some(drops) = &self.drops
            && value > 10
            && !drops.is_empty()
        {
            out!("   {} drops its friends", self.name);
            drops.clear();
        }
    }
}

#[managed]
impl Observer {
    fn __del__(&self) {
        out!("  del observer {} {}", self.name, repr(&*self.got()));
    }
}

#[managed]
struct Subject {
    topic: &'static str,
    #[managed(mut, default)]
    value: i64,
    #[managed(mut)]
    observers: Gc<List<WeakRef<Observer>>>,
    #[managed(mut, default)]
    pruned: usize,
}

impl Subject {
    fn forget(&self, r: &WeakRef<Observer>) {
        let kept = List::new();
        for x in List::each(&self.observers()) {
            if !WeakRef::ptr_eq(&x, r) {
                kept.append(x);
            }
        }
        self.set_observers(kept);
        self.set_pruned(self.pruned() + 1);
    }

    fn attach(this: &Gc<Self>, o: &Gc<Observer>) {
        this.observers().append(WeakRef::with_callback(o, this.clone(), |this, r| this.forget(r)));
    }

    fn set(&self, value: i64) {
        out!("{} becomes {value} observers {}", self.topic, self.observers().len());
        self.set_value(value);
        for r in List::each(&self.observers()) {
            if let Some(o) = r.upgrade() {
                o.update(self.topic, value);
            }
        }
    }
}

fn main() {
    let temp = Subject::new("temp", List::new());
    let a = Observer::new("a", None);
    Subject::attach(&temp, &a);
    Subject::attach(&temp, &Observer::new("nobody keeps me", None));
    let friends = List::of([Observer::new("b", None), Observer::new("c", None)]);
    let boss = Observer::new("boss", Some(friends.clone()));
    Subject::attach(&temp, &boss);
    for f in List::each(&friends) {
        Subject::attach(&temp, &f);
    }
    temp.set(5);
    drop(a);
    temp.set(7);
    temp.set(11);
    out!("observers {} pruned {}", temp.observers().len(), temp.pruned());
    let wind = Subject::new("wind", List::new());
    Subject::attach(&wind, &boss);
    wind.set(1);
    drop(temp);
    out!("one subject gone");
    drop(boss);
    out!("observers of wind {} pruned {}", wind.observers().len(), wind.pruned());
}
