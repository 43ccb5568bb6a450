"""examples/scheduler.rs in Python; scheduler.out is what CPython 3.11 prints for it."""


class Task:
    def __init__(self, name, body, wake):
        self.name = name
        self.body = body
        self.wake = wake


class Scheduler:
    def __init__(self):
        self.now = 0
        self.tasks = []

    def spawn(self, name, body):
        try:
            self.tasks.append(Task(name, body, self.now + next(body)))
        except StopIteration as e:
            print(f"t={self.now} {name} returned {e.value} at once")

    def run(self):
        while len(self.tasks) > 0:
            task = min(self.tasks, key=lambda t: t.wake)
            self.now = task.wake
            try:
                task.wake += task.body.send(self.now)
            except StopIteration as e:
                print(f"t={self.now} {task.name} returned {e.value}")
                self.tasks.remove(task)

    def cancel(self, name):
        self.tasks = [t for t in self.tasks if t.name != name]


def nap(name, times):
    slept = 0
    for i in range(times):
        now = yield i + 1
        slept += i + 1
        print(f"t={now} {name} is awake")
    return slept


def worker(name, times):
    try:
        slept = yield from nap(name, times)
        return f"slept {slept}"
    finally:
        print(f"    {name} cleans up")


def parent(scheduler):
    scheduler.spawn("child", worker("child", 2))
    yield 4
    scheduler.cancel("endless")
    return "done"


def scheduled():
    scheduler = Scheduler()
    scheduler.spawn("quick", worker("quick", 1))
    scheduler.spawn("endless", worker("endless", 1000))
    scheduler.spawn("parent", parent(scheduler))
    return scheduler


scheduler = scheduled()
scheduler.run()
print("all over at", scheduler.now)
