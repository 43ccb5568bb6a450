//! As Rust with `#[managed]` types: what a task does is an enum, a packet's data an array.

use std::cell::{Cell, RefCell};

use refcycle::{Gc, Trace, managed};

const IDLE: usize = 0;
const WORKER: usize = 1;
const HANDLER_A: usize = 2;
const HANDLER_B: usize = 3;
const DEVICE_A: usize = 4;
const DEVICE_B: usize = 5;

const BUFFER: usize = 4;

#[derive(Clone, Copy, PartialEq, Trace)]
enum Kind {
    Device,
    Work,
}

#[managed]
struct Packet {
    #[managed(mut)]
    link: Option<Gc<Packet>>,
    #[managed(mut)]
    owner: usize,
    kind: Kind,
    #[managed(mut, default)]
    datum: usize,
    #[managed(mut, default)]
    data: [i64; BUFFER],
}

fn append(queue: Option<Gc<Packet>>, packet: Gc<Packet>) -> Gc<Packet> {
    packet.set_link(None);
    let Some(queue) = queue else { return packet };
    let mut last = queue.clone();
    while let Some(next) = last.link() {
        last = next;
    }
    last.set_link(Some(packet));
    queue
}

#[derive(Trace)]
enum Work {
    Idle { control: Cell<i64>, count: Cell<i64> },
    Worker { destination: Cell<usize>, letter: Cell<i64> },
    Handler { work: RefCell<Option<Gc<Packet>>>, devices: RefCell<Option<Gc<Packet>>> },
    Device { packet: RefCell<Option<Gc<Packet>>> },
}

#[managed(this)]
struct Task {
    scheduler: Gc<Scheduler>,
    number: usize,
    priority: i64,
    #[managed(mut)]
    queue: Option<Gc<Packet>>,
    #[managed(mut)]
    pending: bool,
    #[managed(mut)]
    waiting: bool,
    #[managed(mut)]
    held: bool,
    next: Option<Gc<Task>>,
    work: Work,
}

#[managed]
impl Task {
    fn add(scheduler: &Gc<Scheduler>, number: usize, priority: i64, queue: Option<Gc<Packet>>, waiting: bool, work: Work) {
        let (pending, next) = (queue.is_some(), scheduler.first());
        let task = Task::new(scheduler.clone(), number, priority, queue, pending, waiting, false, next, work);
        scheduler.set_first(Some(task.clone()));
        scheduler.tasks_mut().push(task);
    }

    fn is_blocked(&self) -> bool {
        self.held() || (self.waiting() && !self.pending())
    }

    fn step(this: &Gc<Self>) -> Option<Gc<Task>> {
        let mut packet = None;
        if this.waiting()
            && this.pending()
            && let Some(first) = this.take_queue()
        {
            this.set_queue(first.link());
            this.set_waiting(false);
            this.set_pending(this.queue().is_some());
            packet = Some(first);
        }
        this.run(packet)
    }

    fn run(this: &Gc<Self>, packet: Option<Gc<Packet>>) -> Option<Gc<Task>> {
        match &this.work {
            Work::Idle { control, count } => {
                count.set(count.get() - 1);
                if count.get() == 0 {
                    return this.hold();
                }
                if control.get() & 1 == 0 {
                    control.set(control.get() >> 1);
                    return Some(this.release(DEVICE_A));
                }
                control.set((control.get() >> 1) ^ 0xD008);
                Some(this.release(DEVICE_B))
            }
            Work::Worker { destination, letter } => {
                let Some(packet) = packet else { return Some(this.wait()) };
                destination.set(HANDLER_A + HANDLER_B - destination.get());
                packet.set_owner(destination.get());
                packet.set_datum(0);
                let mut data = packet.data();
                for place in &mut data {
                    letter.set(if letter.get() == 26 { 1 } else { letter.get() + 1 });
                    *place = 64 + letter.get();
                }
                packet.set_data(data);
                Some(this.send(packet))
            }
            Work::Handler { work, devices } => {
                if let Some(packet) = packet {
                    let queue = if packet.kind == Kind::Work { work } else { devices };
                    let former = queue.take();
                    *queue.borrow_mut() = Some(append(former, packet));
                }
                let first = work.borrow().clone();
                if let Some(first) = first {
                    let count = first.datum();
                    if count >= BUFFER {
                        *work.borrow_mut() = first.link();
                        return Some(this.send(first));
                    }
                    let device = devices.borrow().clone();
                    if let Some(device) = device {
                        *devices.borrow_mut() = device.link();
                        device.set_datum(first.data()[count] as usize);
                        first.set_datum(count + 1);
                        return Some(this.send(device));
                    }
                }
                Some(this.wait())
            }
            Work::Device { packet: done } => {
                if let Some(packet) = packet {
                    *done.borrow_mut() = Some(packet);
                    return this.hold();
                }
                match done.take() {
                    Some(packet) => Some(this.send(packet)),
                    None => Some(this.wait()),
                }
            }
        }
    }

    fn receive(this: &Gc<Self>, packet: Gc<Packet>, sender: &Gc<Task>) -> Gc<Task> {
        match this.queue() {
            None => {
                this.set_queue(Some(packet));
                this.set_pending(true);
                if this.priority > sender.priority {
                    return this.clone();
                }
            }
            queue => {
                append(queue, packet);
            }
        }
        sender.clone()
    }

    fn wait(this: &Gc<Self>) -> Gc<Task> {
        this.set_waiting(true);
        this.clone()
    }

    fn hold(&self) -> Option<Gc<Task>> {
        self.scheduler.set_holds(self.scheduler.holds() + 1);
        self.set_held(true);
        self.next.clone()
    }

    fn release(this: &Gc<Self>, number: usize) -> Gc<Task> {
        let task = this.scheduler.tasks()[number].clone();
        task.set_held(false);
        if task.priority > this.priority { task } else { this.clone() }
    }

    fn send(this: &Gc<Self>, packet: Gc<Packet>) -> Gc<Task> {
        let task = this.scheduler.tasks()[packet.owner()].clone();
        this.scheduler.set_sent(this.scheduler.sent() + 1);
        packet.set_link(None);
        packet.set_owner(this.number);
        task.receive(packet, this)
    }
}

#[managed]
#[derive(Default)]
struct Scheduler {
    #[managed(mut)]
    first: Option<Gc<Task>>,
    #[managed(mut)]
    tasks: Vec<Gc<Task>>,
    #[managed(mut)]
    sent: i64,
    #[managed(mut)]
    holds: i64,
}

impl Scheduler {
    fn schedule(&self) {
        let mut next = self.first();
        while let Some(task) = next {
            next = if task.is_blocked() { task.next.clone() } else { task.step() };
        }
    }
}

fn packets(count: usize, owner: usize, kind: Kind) -> Option<Gc<Packet>> {
    (0..count).fold(None, |link, _| Some(Packet::new(link, owner, kind)))
}

fn simulate(count: i64) -> i64 {
    let scheduler = Scheduler::new(None, Vec::new(), 0, 0);
    let idle = Work::Idle { control: Cell::new(1), count: Cell::new(count) };
    Task::add(&scheduler, IDLE, 0, None, false, idle);
    let worker = Work::Worker { destination: Cell::new(HANDLER_A), letter: Cell::new(0) };
    Task::add(&scheduler, WORKER, 1000, packets(2, WORKER, Kind::Work), true, worker);
    for (handler, priority, device) in [(HANDLER_A, 2000, DEVICE_A), (HANDLER_B, 3000, DEVICE_B)] {
        let work = Work::Handler { work: RefCell::default(), devices: RefCell::default() };
        Task::add(&scheduler, handler, priority, packets(3, device, Kind::Device), true, work);
    }
    for (device, priority) in [(DEVICE_A, 4000), (DEVICE_B, 5000)] {
        Task::add(&scheduler, device, priority, None, true, Work::Device { packet: RefCell::default() });
    }
    scheduler.schedule();
    scheduler.sent() * 100_000 + scheduler.holds()
}

pub fn run(times: i64) -> i64 {
    (0..times).fold(0, |_, _| simulate(10_000))
}
