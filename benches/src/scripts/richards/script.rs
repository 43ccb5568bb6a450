//! As a script, line for line the Python program.

refcycle::gc_script! {
    IDLE: int = 0;
    WORKER: int = 1;
    HANDLER_A: int = 2;
    HANDLER_B: int = 3;
    DEVICE_A: int = 4;
    DEVICE_B: int = 5;

    DEVICE_PACKET: int = 0;
    WORK_PACKET: int = 1;

    BUFFER: int = 4;

    class Packet {
        link: Packet?;
        owner: int;
        kind: int;
        datum: int;
        data: list[int];

        def __init__(self, link: Packet?, owner: int, kind: int) {
            self.link = link;
            self.owner = owner;
            self.kind = kind;
            self.datum = 0;
            self.data = [0] * BUFFER;
        }
    }

    def append(queue: Packet?, packet: Packet) -> Packet {
        packet.link = None;
        if queue is None {
            return packet;
        }
        last = queue;
        while last.link is not None {
            last = last.link;
        }
        last.link = packet;
        return queue;
    }

    class Task {
        scheduler: Scheduler;
        number: int;
        priority: int;
        queue: Packet?;
        pending: bool;
        waiting: bool;
        held: bool;
        next: Task?;

        def __init__(self, scheduler: Scheduler, number: int, priority: int, queue: Packet?, waiting: bool) {
            self.scheduler = scheduler;
            self.number = number;
            self.priority = priority;
            self.queue = queue;
            self.pending = queue is not None;
            self.waiting = waiting;
            self.held = False;
            self.next = scheduler.first;
            scheduler.first = self;
            scheduler.tasks.append(self);
        }

        def run(self, packet: Packet?) -> Task? {
            return None;
        }

        def is_blocked(self) -> bool {
            return self.held or (self.waiting and not self.pending);
        }

        def step(self) -> Task? {
            packet = None;
            if self.waiting and self.pending {
                packet = self.queue;
                self.queue = packet.link;
                self.waiting = False;
                self.pending = self.queue is not None;
            }
            return self.run(packet);
        }

        def receive(self, packet: Packet, sender: Task) -> Task {
            if self.queue is None {
                self.queue = packet;
                self.pending = True;
                if self.priority > sender.priority {
                    return self;
                }
            } else {
                append(self.queue, packet);
            }
            return sender;
        }

        def wait(self) -> Task {
            self.waiting = True;
            return self;
        }

        def hold(self) -> Task? {
            self.scheduler.holds += 1;
            self.held = True;
            return self.next;
        }

        def release(self, number: int) -> Task {
            task = self.scheduler.tasks[number];
            task.held = False;
            return task if task.priority > self.priority else self;
        }

        def send(self, packet: Packet) -> Task {
            task = self.scheduler.tasks[packet.owner];
            self.scheduler.sent += 1;
            packet.link = None;
            packet.owner = self.number;
            return task.receive(packet, self);
        }
    }

    class IdleTask(Task) {
        control: int;
        count: int;

        def __init__(self, scheduler: Scheduler, number: int, count: int) {
            super().__init__(scheduler, number, 0, None, False);
            self.control = 1;
            self.count = count;
        }

        def run(self, packet: Packet?) -> Task? {
            self.count -= 1;
            if self.count == 0 {
                return self.hold();
            }
            if self.control & 1 == 0 {
                self.control >>= 1;
                return self.release(DEVICE_A);
            }
            self.control = (self.control >> 1) ^ 0xD008;
            return self.release(DEVICE_B);
        }
    }

    class WorkerTask(Task) {
        destination: int;
        letter: int;

        def __init__(self, scheduler: Scheduler, number: int, priority: int, queue: Packet?) {
            super().__init__(scheduler, number, priority, queue, True);
            self.destination = HANDLER_A;
            self.letter = 0;
        }

        def run(self, packet: Packet?) -> Task? {
            if packet is None {
                return self.wait();
            }
            self.destination = HANDLER_A + HANDLER_B - self.destination;
            packet.owner = self.destination;
            packet.datum = 0;
            for i in range(BUFFER) {
                self.letter += 1;
                if self.letter > 26 {
                    self.letter = 1;
                }
                packet.data[i] = 64 + self.letter;
            }
            return self.send(packet);
        }
    }

    class HandlerTask(Task) {
        work: Packet?;
        devices: Packet?;

        def __init__(self, scheduler: Scheduler, number: int, priority: int, queue: Packet?) {
            super().__init__(scheduler, number, priority, queue, True);
            self.work = None;
            self.devices = None;
        }

        def run(self, packet: Packet?) -> Task? {
            if packet is not None {
                if packet.kind == WORK_PACKET {
                    self.work = append(self.work, packet);
                } else {
                    self.devices = append(self.devices, packet);
                }
            }
            work = self.work;
            if work is not None {
                count = work.datum;
                if count >= BUFFER {
                    self.work = work.link;
                    return self.send(work);
                }
                device = self.devices;
                if device is not None {
                    self.devices = device.link;
                    device.datum = work.data[count];
                    work.datum = count + 1;
                    return self.send(device);
                }
            }
            return self.wait();
        }
    }

    class DeviceTask(Task) {
        packet: Packet?;

        def __init__(self, scheduler: Scheduler, number: int, priority: int) {
            super().__init__(scheduler, number, priority, None, True);
            self.packet = None;
        }

        def run(self, packet: Packet?) -> Task? {
            if packet is not None {
                self.packet = packet;
                return self.hold();
            }
            done = self.packet;
            if done is None {
                return self.wait();
            }
            self.packet = None;
            return self.send(done);
        }
    }

    class Scheduler {
        first: Task?;
        tasks: list[Task];
        sent: int;
        holds: int;

        def __init__(self) {
            self.first = None;
            self.tasks = [];
            self.sent = 0;
            self.holds = 0;
        }

        def schedule(self) {
            task = self.first;
            while task is not None {
                if task.is_blocked() {
                    task = task.next;
                } else {
                    task = task.step();
                }
            }
        }
    }

    def simulate(count: int) -> int {
        scheduler = Scheduler();
        IdleTask(scheduler, IDLE, count);
        queue = Packet(Packet(None, WORKER, WORK_PACKET), WORKER, WORK_PACKET);
        WorkerTask(scheduler, WORKER, 1000, queue);
        queue = Packet(Packet(Packet(None, DEVICE_A, DEVICE_PACKET), DEVICE_A, DEVICE_PACKET), DEVICE_A, DEVICE_PACKET);
        HandlerTask(scheduler, HANDLER_A, 2000, queue);
        queue = Packet(Packet(Packet(None, DEVICE_B, DEVICE_PACKET), DEVICE_B, DEVICE_PACKET), DEVICE_B, DEVICE_PACKET);
        HandlerTask(scheduler, HANDLER_B, 3000, queue);
        DeviceTask(scheduler, DEVICE_A, 4000);
        DeviceTask(scheduler, DEVICE_B, 5000);
        scheduler.schedule();
        return scheduler.sent * 100000 + scheduler.holds;
    }

    pub def run(times: int) -> int {
        result = 0;
        for i in range(times) {
            result = simulate(10000);
        }
        return result;
    }
}
