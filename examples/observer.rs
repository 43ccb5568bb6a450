//! A model and what watches it. The model refers to its observers weakly, so that watching keeps nothing alive: a view
//! that is closed is gone at once, and hears of nothing any more. Handlers that hold the model are a cycle: collected.

use refcycle::gc_script;

/// Changes a temperature while those who watch it come and go.
pub fn main() {
    gc_script! {
        import gc, weakref;

        class Observer {
            def notify(self, subject: str, value: int) { pass; }
        }

        class Subject {
            name: str;
            value: int;
            observers: weakref.WeakSet[Observer];

            def __init__(self, name: str) {
                self.name = name;
                self.value = 0;
                self.observers = weakref.WeakSet();
            }

            def watch(self, observer: Observer) { self.observers.add(observer); }

            def change(self, value: int) {
                print(f "{self.name} = {value}, observers: {len(self.observers)}");
                self.value = value;
                for observer in self.observers { observer.notify(self.name, value); }
            }
        }

        class View(Observer) {
            title: str;

            def __init__(self, title: str) { self.title = title; }
            def notify(self, subject: str, value: int) { print(f "  {self.title} draws {subject} at {value}"); }
            def __del__(self) { print(f "  {self.title} is closed"); }
        }

        class Alarm(Observer) {
            subject: Subject;
            handlers: list[Callable[[int], None]];

            def __init__(self, subject: Subject, limit: int) {
                self.subject = subject;
                self.handlers = [];
                def check(value: int) {
                    if value > limit { print(f "  {self.subject.name} is above {limit}"); }
                }
                self.handlers.append(check);
            }

            def notify(self, subject: str, value: int) {
                for handler in self.handlers { handler(value); }
            }

            def __del__(self) { print("  the alarm is off"); }
        }

        temperature = Subject("temperature");
        view = View("a thermometer");
        temperature.watch(view);
        temperature.change(20);

        alarm = Alarm(temperature, 30);
        temperature.watch(alarm);
        del view;
        temperature.change(31);

        // The alarm's handler refers to the alarm: it is a cycle, and still watches after it was let go.
        watched = weakref.ref(alarm);
        del alarm;
        temperature.change(32);
        gc.collect();
        temperature.change(33);
        print("the alarm is alive:", watched() is not None);
    }
}
