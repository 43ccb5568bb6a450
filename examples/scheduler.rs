//! Cooperative tasks: generators that yield how long they want to sleep, are sent the time, and return a result.

use refcycle::gc_script;

gc_script! {
    class Task {
        name: str;
        body: Generator[int, int, str];
        wake: int;

        def __init__(self, name: str, body: Generator[int, int, str], wake: int) {
            self.name = name;
            self.body = body;
            self.wake = wake;
        }
    }

    class Scheduler {
        now: int;
        tasks: list[Task];

        def __init__(self) { self.now = 0; self.tasks = []; }

        def spawn(self, name: str, body: Generator[int, int, str]) {
            try {
                self.tasks.append(Task(name, body, self.now + next(body)));
            } except StopIteration as e {
                print(f "t={self.now} {name} returned {e.value} at once");
            }
        }

        def run(self) {
            while len(self.tasks) > 0 {
                task = min(self.tasks, key=lambda t: t.wake);
                self.now = task.wake;
                try {
                    task.wake += task.body.send(self.now);
                } except StopIteration as e {
                    print(f "t={self.now} {task.name} returned {e.value}");
                    self.tasks.remove(task);
                }
            }
        }

        def cancel(self, name: str) {
            self.tasks = [t for t in self.tasks if t.name != name];
        }
    }

    def nap(name: str, times: int) -> Generator[int, int, int] {
        slept = 0;
        for i in range(times) {
            now = yield i + 1;
            slept += i + 1;
            print(f "t={now} {name} is awake");
        }
        return slept;
    }

    def worker(name: str, times: int) -> Generator[int, int, str] {
        try {
            slept = yield from nap(name, times);
            return f "slept {slept}";
        } finally {
            print(f "    {name} cleans up");
        }
    }

    def parent(scheduler: Scheduler) -> Generator[int, int, str] {
        scheduler.spawn("child", worker("child", 2));
        yield 4;
        scheduler.cancel("endless");
        return "done";
    }

    def scheduled() -> Scheduler {
        scheduler = Scheduler();
        scheduler.spawn("quick", worker("quick", 1));
        scheduler.spawn("endless", worker("endless", 1000));
        scheduler.spawn("parent", parent(scheduler));
        return scheduler;
    }
}

/// The tasks run from Rust.
pub fn main() {
    let scheduler = scheduled();
    scheduler.run();
    println!("all over at {}", scheduler.now());
}
