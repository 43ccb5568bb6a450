"""examples/observer.rs in Python; observer.out is what CPython 3.11 prints for it."""

import gc
import weakref


class Observer:
    def notify(self, subject, value):
        pass


class Subject:
    def __init__(self, name):
        self.name = name
        self.value = 0
        self.observers = weakref.WeakSet()

    def watch(self, observer):
        self.observers.add(observer)

    def change(self, value):
        print(f"{self.name} = {value}, observers: {len(self.observers)}")
        self.value = value
        for observer in self.observers:
            observer.notify(self.name, value)


class View(Observer):
    def __init__(self, title):
        self.title = title

    def notify(self, subject, value):
        print(f"  {self.title} draws {subject} at {value}")

    def __del__(self):
        print(f"  {self.title} is closed")


class Alarm(Observer):
    def __init__(self, subject, limit):
        self.subject = subject
        self.handlers = []

        def check(value):
            if value > limit:
                print(f"  {self.subject.name} is above {limit}")

        self.handlers.append(check)

    def notify(self, subject, value):
        for handler in self.handlers:
            handler(value)

    def __del__(self):
        print("  the alarm is off")


temperature = Subject("temperature")
view = View("a thermometer")
temperature.watch(view)
temperature.change(20)

alarm = Alarm(temperature, 30)
temperature.watch(alarm)
del view
temperature.change(31)

# The alarm's handler refers to the alarm: it is a cycle, and still watches after it was let go.
watched = weakref.ref(alarm)
del alarm
temperature.change(32)
gc.collect()
temperature.change(33)
print("the alarm is alive:", watched() is not None)
