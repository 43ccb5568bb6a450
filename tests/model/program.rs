//! Random programs: lists of operations on numbered places, made from a seed.

use super::objects::Kind;

/// Numbered places that hold references, for the main program and for all code of its objects.
pub const HANDLES: usize = 10;
/// Numbered places that hold weak references.
pub const WEAKS: usize = 6;
/// Numbered places that hold watches.
pub const WATCHES: usize = 4;

/// One operation. Numbers of places are taken modulo their number, so that any list of operations is a program; an
/// operation that finds its place empty does nothing.
#[derive(Clone, Debug)]
pub enum Op {
    New {
        to: u8,
        kind: Kind,
        on_finalize: Vec<Op>,
        on_drop: Vec<Op>,
    },
    /// Copies a handle.
    Copy {
        from: u8,
        to: u8,
    },
    Drop {
        handle: u8,
    },
    /// Stores a copy of a handle in a field.
    Set {
        owner: u8,
        field: u8,
        value: u8,
    },
    /// Moves a handle into a field, without counting.
    Move {
        owner: u8,
        field: u8,
        value: u8,
    },
    Clear {
        owner: u8,
        field: u8,
    },
    /// Copies a field to a handle.
    Get {
        owner: u8,
        field: u8,
        to: u8,
    },
    /// Moves a field to a handle.
    Take {
        owner: u8,
        field: u8,
        to: u8,
    },
    Push {
        owner: u8,
        body: u8,
        value: u8,
    },
    Pop {
        owner: u8,
        body: u8,
        to: u8,
    },
    ClearItems {
        owner: u8,
        body: u8,
    },
    Downgrade {
        handle: u8,
        to: u8,
    },
    CopyWeak {
        from: u8,
        to: u8,
    },
    DropWeak {
        weak: u8,
    },
    Upgrade {
        weak: u8,
        to: u8,
    },
    Watch {
        handle: u8,
        kept: u8,
        to: u8,
        on_call: Vec<Op>,
    },
    /// Moves a watch into an object.
    StoreWatch {
        watch: u8,
        owner: u8,
    },
    DropWatch {
        watch: u8,
    },
    Unwrap {
        handle: u8,
    },
    /// `get_mut`, and a copy of a handle stored through it.
    GetMut {
        owner: u8,
        value: u8,
    },
    /// Other live objects, so that what the program has is a small part of the heap.
    Crowd {
        by_hundreds: u8,
    },
    Allocate {
        count: u8,
    },
    Collect {
        generation: u8,
    },
    /// A slice of a walk over the old generation.
    Walk {
        work: u8,
    },
    Freeze,
    Unfreeze,
    Threshold {
        young: u8,
    },
    Enable,
    Disable,
    Defer,
    Hold,
    /// Ends the last `Defer` or `Hold`.
    EndDefer,
    /// Copies the object whose finalizer runs, or what a callback keeps, to a handle.
    This {
        to: u8,
    },
    Panic,
    /// Asks the collector about all objects.
    Inspect,
    /// Compares everything that can be seen with the model, without collecting.
    Compare,
    /// Collects until nothing more dies, then compares.
    Settle,
}

/// The length of the main list.
const LENGTH: usize = 120;
/// The code of objects whose code makes objects with code ends here.
const DEEPEST: usize = 2;

pub fn random(seed: u64) -> Vec<Op> {
    let mut random = fastrand::Rng::with_seed(seed);
    let style = Style::random(&mut random);
    let mut ops: Vec<Op> = (0..LENGTH).map(|_| style.op(&mut random, 0)).collect();
    if random.bool() {
        ops.insert(0, Op::Threshold { young: random.u8(1..30) });
    }
    if random.u8(..4) == 0 {
        ops.insert(0, Op::Crowd { by_hundreds: random.u8(1..8) });
    }
    ops
}

/// How wild a program is, so that there are programs of each sort.
struct Style {
    code_in_100: u8,
    panics: bool,
    defers: bool,
    freezes: bool,
    walks: bool,
}

impl Style {
    fn random(random: &mut fastrand::Rng) -> Self {
        Style {
            code_in_100: [0, 30, 80][random.usize(..3)],
            panics: random.bool(),
            defers: random.u8(..4) == 0,
            freezes: random.u8(..4) == 0,
            walks: random.bool(),
        }
    }

    fn code(&self, random: &mut fastrand::Rng, depth: usize) -> Vec<Op> {
        if depth >= DEEPEST || random.u8(..100) >= self.code_in_100 {
            return Vec::new();
        }
        let mut ops: Vec<Op> = (0..random.usize(1..5)).map(|_| self.op(random, depth + 1)).collect();
        if random.bool() {
            ops.insert(0, Op::This { to: random.u8(..) });
        }
        if self.panics && random.u8(..3) == 0 {
            ops.push(Op::Panic);
        }
        ops
    }

    fn op(&self, random: &mut fastrand::Rng, depth: usize) -> Op {
        if self.walks && random.u8(..5) == 0 {
            return Op::Walk { work: random.u8(..) };
        }
        let mut place = || random.u8(..);
        let [a, b, c] = [place(), place(), place()];
        match random.u8(..100) {
            0..14 => Op::New {
                to: a,
                kind: Kind::ALL[random.usize(..Kind::ALL.len())],
                on_finalize: self.code(random, depth),
                on_drop: self.code(random, depth),
            },
            14..20 => Op::Copy { from: a, to: b },
            20..29 => Op::Drop { handle: a },
            29..41 => Op::Set { owner: a, field: b, value: c },
            41..46 => Op::Move { owner: a, field: b, value: c },
            46..49 => Op::Clear { owner: a, field: b },
            49..52 => Op::Get { owner: a, field: b, to: c },
            52..55 => Op::Take { owner: a, field: b, to: c },
            55..61 => Op::Push { owner: a, body: b, value: c },
            61..63 => Op::Pop { owner: a, body: b, to: c },
            63..65 => Op::ClearItems { owner: a, body: b },
            65..69 => Op::Downgrade { handle: a, to: b },
            69 => Op::CopyWeak { from: a, to: b },
            70..72 => Op::DropWeak { weak: a },
            72..75 => Op::Upgrade { weak: a, to: b },
            75..79 => Op::Watch { handle: a, kept: b, to: c, on_call: self.code(random, depth) },
            79 => Op::StoreWatch { watch: a, owner: b },
            80 => Op::DropWatch { watch: a },
            81 => Op::Unwrap { handle: a },
            82..86 => Op::GetMut { owner: a, value: b },
            86 => Op::Allocate { count: a },
            87..93 => Op::Collect { generation: a % 3 },
            93 if self.freezes => Op::Freeze,
            94 if self.freezes => Op::Unfreeze,
            93 => Op::Disable,
            94 => Op::Enable,
            95 if self.defers => Op::Defer,
            96 if self.defers => Op::EndDefer,
            97 if self.defers => Op::Hold,
            95 => Op::Inspect,
            96 => Op::This { to: a },
            97 => Op::Compare,
            98 => Op::Settle,
            _ => Op::Collect { generation: 2 },
        }
    }
}

/// The shortest list found by leaving operations out that still fails.
pub fn minimise(mut ops: Vec<Op>, fails: impl Fn(&[Op]) -> bool) -> Vec<Op> {
    let mut size = ops.len() / 2;
    while size > 0 {
        let mut start = 0;
        let mut shorter = false;
        while start < ops.len() {
            let mut without = ops.clone();
            without.drain(start..(start + size).min(ops.len()));
            if fails(&without) {
                ops = without;
                shorter = true;
            } else {
                start += size;
            }
        }
        if !shorter {
            size /= 2;
        }
    }
    simplify_code(ops, &fails)
}

/// Leaves operations out of the code of objects where the program fails without them.
fn simplify_code(mut ops: Vec<Op>, fails: &impl Fn(&[Op]) -> bool) -> Vec<Op> {
    let mut number = 0;
    loop {
        let mut simpler = ops.clone();
        let mut seen = 0;
        if !leave_out(&mut simpler, number, &mut seen) {
            return ops;
        }
        if fails(&simpler) {
            ops = simpler;
        } else {
            number += 1;
        }
    }
}

/// Leaves out one operation of code of objects, by its number; was there one?
fn leave_out(ops: &mut [Op], number: usize, seen: &mut usize) -> bool {
    for op in ops {
        let codes: [Option<&mut Vec<Op>>; 2] = match op {
            Op::New { on_finalize, on_drop, .. } => [Some(on_finalize), Some(on_drop)],
            Op::Watch { on_call, .. } => [Some(on_call), None],
            _ => [None, None],
        };
        for code in codes.into_iter().flatten() {
            if number < *seen + code.len() {
                code.remove(number - *seen);
                return true;
            }
            *seen += code.len();
            if leave_out(code, number, seen) {
                return true;
            }
        }
    }
    false
}
