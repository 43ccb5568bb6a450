//! Runs a program on the runtime and on the model, step by step.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

use refcycle::private::{DeathsDeferred, WalkLimits, defer_deaths, set_walk_limits, walk};
use refcycle::{Gc, Object, gc};

use super::objects::{
    Aligned, Body, FIELDS, Finalized, Id, Kind, Large, Link, Payload, Plain, Token, Watch, WatchState, WeakLink,
};
use super::program::{HANDLES, Op, WATCHES, WEAKS};
use super::world::{Node, WeakInfo, World};

/// The references that a program has.
#[derive(Default)]
struct Real {
    handles: [Option<Link>; HANDLES],
    weaks: [Option<WeakLink>; WEAKS],
    watches: [Option<(Watch, Id)>; WATCHES],
    crowd: Vec<Gc<Bystander>>,
    guards: Vec<Guard>,
}

/// What makes deaths wait.
#[allow(dead_code, reason = "kept until they are dropped")]
enum Guard {
    Deaths(DeathsDeferred),
    Hold(gc::Hold),
}

/// Does anything make deaths wait?
fn is_held() -> bool {
    REAL.with_borrow(|real| !real.guards.is_empty())
}

/// May values be looked at without a count?
fn is_lending() -> bool {
    REAL.with_borrow(|real| real.guards.iter().any(|guard| matches!(guard, Guard::Hold(_))))
}

/// An object that the model doesn't know.
type Bystander = RefCell<Option<Link>>;

thread_local! {
    static WORLD: RefCell<World> = RefCell::default();
    static REAL: RefCell<Real> = RefCell::default();
}

/// Operations that code of objects does in one program, so that every program ends.
const BUDGET: usize = 2_000;
const EXPECTED: &str = "a panic of the program";

/// Runs a program in a thread of its own; what it and the model disagree about, if they do.
pub fn run(ops: &[Op]) -> Result<(), String> {
    let ops = ops.to_vec();
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(move || run_here(&ops));
    match thread.expect("a thread").join() {
        Ok(result) => result,
        Err(payload) => Err(format!("the program panicked: {:?}", payload.downcast_ref::<String>())),
    }
}

fn run_here(ops: &[Op]) -> Result<(), String> {
    WORLD.with_borrow_mut(|world| {
        world.weaks = vec![None; WEAKS];
        world.budget = BUDGET;
    });
    set_walk_limits(WalkLimits { least: 0, step: 1, pace: 1, batch: 1 });
    gc::set_unraisable_hook(Some(Rc::new(|error| {
        if error.message() != Some(EXPECTED) || error.type_name.is_empty() {
            fail(format!("unraisable: {error}"));
        }
    })));
    gc::callbacks::append(|phase, _| match phase {
        gc::callbacks::Phase::Start => WORLD.with_borrow_mut(World::collection_begins),
        gc::callbacks::Phase::Stop => WORLD.with_borrow_mut(|world| world.collecting = false),
    });
    for (index, op) in ops.iter().enumerate() {
        top_level(op);
        if let Some(message) = failure() {
            return Err(format!("{message}; at operation {index}: {op:?}"));
        }
    }
    end();
    failure().map_or(Ok(()), |message| Err(format!("{message}; at the end")))
}

fn failure() -> Option<String> {
    WORLD.with_borrow(|world| world.failure.clone())
}

fn fail(message: String) {
    WORLD.with_borrow_mut(|world| world.fail(message));
}

/// Drops all that a program has; everything must die.
fn end() {
    gc::unfreeze();
    WORLD.with_borrow_mut(|world| world.frozen = false);
    // Code that runs meanwhile may fill the places again, until the budget is used up.
    for _ in 0..100 {
        while let Some(guard) = REAL.with_borrow_mut(|real| real.guards.pop()) {
            drop(guard);
        }
        (0..HANDLES).for_each(|place| drop_handle(place as u8));
        (0..WATCHES).for_each(|place| put_watch(place, None));
        (0..WEAKS).for_each(|place| put_weak(place, None));
        drop(REAL.with_borrow_mut(|real| std::mem::take(&mut real.crowd)));
        gc::unfreeze();
        WORLD.with_borrow_mut(|world| world.frozen = false);
        gc::collect();
    }
    settle();
    let left = WORLD.with_borrow(World::garbage);
    let enumerated = gc::get_objects(None);
    if !left.is_empty() || !enumerated.is_empty() {
        fail(format!("objects {left:?} were never dropped, and {enumerated:?} are still there"));
    }
}

/// Where an operation runs.
#[derive(Clone, Copy)]
enum Place<'a> {
    Program,
    Finalizer(&'a Gc<Finalized>),
    Callback(Option<&'a Link>),
    Drop,
}

fn top_level(op: &Op) {
    match op {
        Op::Compare => compare(),
        Op::Settle => {
            settle();
            compare();
        }
        Op::Panic | Op::This { .. } => {}
        op => execute(op, Place::Program),
    }
}

/// Runs code of an object.
fn nested(ops: &[Op], place: Place<'_>) {
    for op in ops {
        let may_go_on = WORLD.with_borrow_mut(|world| {
            world.code_runs += 1;
            world.budget = world.budget.saturating_sub(1);
            world.budget > 0 && world.failure.is_none()
        });
        if !may_go_on {
            return;
        }
        match op {
            Op::Panic => resume_unwind(Box::new(EXPECTED)),
            Op::Compare | Op::Settle => {}
            op => execute(op, place),
        }
    }
}

/// The finalizer of an object.
pub fn finalize(this: &Gc<Finalized>) {
    struct Done(Id);
    impl Drop for Done {
        fn drop(&mut self) {
            WORLD.with_borrow_mut(|world| world.nodes[self.0].roots -= 1);
        }
    }
    let id = this.body.payload.id.expect("a finalized object has an id");
    WORLD.with_borrow_mut(|world| {
        world.finalize(id);
        world.nodes[id].roots += 1;
        world.code_runs += 1;
    });
    let _done = Done(id);
    nested(&this.on_finalize, Place::Finalizer(this));
}

/// The `Drop` of an object's value.
pub fn value_dropped(id: Id, ops: &[Op]) {
    WORLD.with_borrow_mut(|world| world.drop_value(id));
    nested(ops, Place::Drop);
}

/// The callback of a watch.
pub fn call_back(state: WatchState, target_is_live: bool) {
    WORLD.with_borrow_mut(|world| {
        world.call_back(state.token.watch, target_is_live);
        world.code_runs += 1;
    });
    let ops = state.token.on_call.clone();
    nested(&ops, Place::Callback(state.kept.as_ref()));
}

/// The `Drop` of what a watch keeps.
pub fn watch_dropped(watch: Id) {
    WORLD.with_borrow_mut(|world| world.watch_dropped(watch));
}

fn execute(op: &Op, place: Place<'_>) {
    match *op {
        Op::New { to, kind, ref on_finalize, ref on_drop } => {
            let id = WORLD.with_borrow_mut(|world| world.add(Node::object(kind)));
            let payload = Payload { id: Some(id), on_drop: on_drop.as_slice().into() };
            put_handle(to, Link::new(kind, payload, on_finalize.as_slice().into()));
        }
        Op::Copy { from, to } => {
            if let Some(link) = copy_handle(from) {
                add_root(&link);
                put_handle(to, link);
            }
        }
        Op::Drop { handle } => drop_handle(handle),
        Op::Set { owner, field, value } => {
            let Some(value) = copy_handle(value) else { return };
            with_handle(owner, |owner| store(owner, field, Some(value)));
        }
        Op::Move { owner, field, value } => {
            let mut link = take_handle(value);
            with_handle(owner, |owner| {
                if let Some(link) = link.take() {
                    remove_root(&link);
                    store(owner, field, Some(link));
                }
            });
            if let Some(link) = link {
                put_back(value, link);
            }
        }
        Op::Clear { owner, field } => with_handle(owner, |owner| store(owner, field, None)),
        Op::Get { owner, field, to } => with_handle(owner, |owner| {
            let (body, field) = field_of(owner, field);
            let link = owner.body(body).fields[field].borrow().clone();
            if let Some(link) = link {
                add_root(&link);
                put_handle(to, link);
            }
        }),
        Op::Take { owner, field, to } => with_handle(owner, |owner| {
            let (body, field) = field_of(owner, field);
            let link = owner.body(body).fields[field].take();
            if let Some(link) = link {
                WORLD.with_borrow_mut(|world| world.nodes[owner.id()].fields[body][field] = None);
                add_root(&link);
                put_handle(to, link);
            }
        }),
        Op::Push { owner, body, value } => {
            let Some(value) = copy_handle(value) else { return };
            with_handle(owner, |owner| {
                let body = usize::from(body) % owner.bodies();
                WORLD.with_borrow_mut(|world| world.nodes[owner.id()].items[body].push(value.id()));
                owner.body(body).items.borrow_mut().push(value);
            });
        }
        Op::Pop { owner, body, to } => with_handle(owner, |owner| {
            let body = usize::from(body) % owner.bodies();
            let link = owner.body(body).items.borrow_mut().pop();
            if let Some(link) = link {
                WORLD.with_borrow_mut(|world| world.nodes[owner.id()].items[body].pop());
                add_root(&link);
                put_handle(to, link);
            }
        }),
        Op::ClearItems { owner, body } => with_handle(owner, |owner| {
            let body = usize::from(body) % owner.bodies();
            WORLD.with_borrow_mut(|world| world.nodes[owner.id()].items[body].clear());
            let items = owner.body(body).items.take();
            drop(items);
        }),
        Op::Downgrade { handle, to } => with_handle(handle, |object| {
            let doubtful = WORLD.with_borrow(|world| world.collecting);
            let info = WeakInfo { target: object.id(), doubtful };
            put_weak(usize::from(to) % WEAKS, Some((object.downgrade(), info)));
        }),
        Op::CopyWeak { from, to } => {
            let from = usize::from(from) % WEAKS;
            let weak = REAL.with_borrow(|real| real.weaks[from].clone());
            let info = WORLD.with_borrow(|world| world.weaks[from]);
            put_weak(usize::from(to) % WEAKS, weak.zip(info));
        }
        Op::DropWeak { weak } => put_weak(usize::from(weak) % WEAKS, None),
        Op::Upgrade { weak, to } => {
            if let Some(link) = upgrade(usize::from(weak) % WEAKS) {
                put_handle(to, link);
            }
        }
        Op::Watch { handle, kept, to, ref on_call } => {
            let kept = copy_handle(kept);
            with_handle(handle, |target| {
                let kept_id = kept.as_ref().map(Link::id);
                let watch = WORLD.with_borrow_mut(|world| {
                    let doubtful = world.collecting;
                    world.add(Node::watch(target.id(), kept_id, doubtful))
                });
                let state = WatchState { token: Token { watch, on_call: on_call.as_slice().into() }, kept };
                let reference = Watch::new(target, state);
                put_watch(usize::from(to) % WATCHES, Some((reference, watch)));
            });
        }
        Op::StoreWatch { watch, owner } => {
            let watch = usize::from(watch) % WATCHES;
            with_handle(owner, |owner| {
                let Some((reference, id)) = REAL.with_borrow_mut(|real| real.watches[watch].take()) else { return };
                WORLD.with_borrow_mut(|world| {
                    world.nodes[owner.id()].watches.push(id);
                    world.nodes[id].roots -= 1;
                });
                owner.body(0).watches.borrow_mut().push(reference);
            });
        }
        Op::DropWatch { watch } => put_watch(usize::from(watch) % WATCHES, None),
        Op::Unwrap { handle } => unwrap(handle, place),
        Op::GetMut { owner, value } => get_mut(owner, value, place),
        Op::Crowd { by_hundreds } => {
            let crowd = (0..usize::from(by_hundreds) * 100).map(|_| Gc::new(Bystander::default()));
            let mut crowd: Vec<_> = crowd.collect();
            REAL.with_borrow_mut(|real| real.crowd.append(&mut crowd));
        }
        Op::Allocate { count } => {
            let objects: Vec<_> = (0..usize::from(count) * 4).map(|_| Gc::new(Bystander::default())).collect();
            drop(objects);
        }
        Op::Collect { generation } => {
            let nested = WORLD.with_borrow(|world| world.collecting);
            let collected = gc::collect_generation(usize::from(generation));
            if nested && collected > 0 {
                fail(format!("a collection inside a collection collected {collected}"));
            }
        }
        // Most slices are small, some go from one end to the other.
        Op::Walk { work } => _ = walk(1 << (usize::from(work) * 12 / 256)),
        Op::Freeze => {
            gc::freeze();
            WORLD.with_borrow_mut(World::freeze);
        }
        Op::Unfreeze => {
            gc::unfreeze();
            WORLD.with_borrow_mut(|world| world.frozen = false);
        }
        Op::Threshold { young } => gc::set_threshold(usize::from(young), 2, 2),
        Op::Enable => gc::enable(),
        Op::Disable => gc::disable(),
        Op::Defer => {
            if REAL.with_borrow(|real| real.guards.len() < 3) {
                let guard = Guard::Deaths(defer_deaths());
                REAL.with_borrow_mut(|real| real.guards.push(guard));
            }
        }
        Op::Hold => {
            if REAL.with_borrow(|real| real.guards.len() < 3) {
                let guard = Guard::Hold(gc::hold());
                REAL.with_borrow_mut(|real| real.guards.push(guard));
            }
        }
        Op::EndDefer => {
            let guard = REAL.with_borrow_mut(|real| real.guards.pop());
            drop(guard);
        }
        Op::This { to } => {
            let this = match place {
                Place::Finalizer(this) => Some(Link::Finalized(this.clone())),
                Place::Callback(kept) => kept.cloned(),
                Place::Program | Place::Drop => None,
            };
            if let Some(this) = this {
                add_root(&this);
                put_handle(to, this);
            }
        }
        Op::Inspect => inspect(),
        Op::Panic | Op::Compare | Op::Settle => unreachable!("done by the callers"),
    }
}

fn add_root(link: &Link) {
    WORLD.with_borrow_mut(|world| world.nodes[link.id()].roots += 1);
}

fn remove_root(link: &Link) {
    WORLD.with_borrow_mut(|world| world.nodes[link.id()].roots -= 1);
}

fn copy_handle(place: u8) -> Option<Link> {
    REAL.with_borrow(|real| real.handles[usize::from(place) % HANDLES].clone())
}

/// Takes a handle out of its place; the model counts it still.
fn take_handle(place: u8) -> Option<Link> {
    REAL.with_borrow_mut(|real| real.handles[usize::from(place) % HANDLES].take())
}

/// Puts a reference that the model counts already into a place, and drops what was there.
fn put_handle(place: u8, link: Link) {
    let old = REAL.with_borrow_mut(|real| real.handles[usize::from(place) % HANDLES].replace(link));
    drop_link(old);
}

fn drop_handle(place: u8) {
    drop_link(take_handle(place));
}

fn drop_link(link: Option<Link>) {
    if let Some(link) = link {
        remove_root(&link);
        drop(link);
    }
}

/// Runs `action` with a handle out of its place, uncopied.
fn with_handle(place: u8, action: impl FnOnce(&Link)) {
    let Some(link) = take_handle(place) else { return };
    action(&link);
    put_back(place, link);
}

/// Puts a handle back, unless code that ran meanwhile has put another there.
fn put_back(place: u8, link: Link) {
    let index = usize::from(place) % HANDLES;
    let rest = REAL.with_borrow_mut(|real| match &mut real.handles[index] {
        Some(_) => Some(link),
        empty => {
            *empty = Some(link);
            None
        }
    });
    drop_link(rest);
}

fn put_weak(place: usize, weak: Option<(WeakLink, WeakInfo)>) {
    let (weak, info) = weak.unzip();
    WORLD.with_borrow_mut(|world| world.weaks[place] = info);
    drop(REAL.with_borrow_mut(|real| std::mem::replace(&mut real.weaks[place], weak)));
}

fn put_watch(place: usize, watch: Option<(Watch, Id)>) {
    let old = REAL.with_borrow_mut(|real| std::mem::replace(&mut real.watches[place], watch));
    if let Some((reference, id)) = old {
        WORLD.with_borrow_mut(|world| world.nodes[id].roots -= 1);
        drop(reference);
    }
}

/// Upgrades a weak reference, as a root.
fn upgrade(place: usize) -> Option<Link> {
    let link = REAL.with_borrow(|real| real.weaks[place].as_ref()?.upgrade());
    WORLD.with_borrow_mut(|world| {
        let Some(info) = world.weaks[place] else { return };
        world.upgraded(info, link.as_ref().map(Link::id));
        if let Some(link) = &link {
            world.nodes[link.id()].roots += 1;
        }
    });
    link
}

/// The body and the field of a field's number.
fn field_of(owner: &Link, number: u8) -> (usize, usize) {
    let number = usize::from(number);
    (number / FIELDS % owner.bodies(), number % FIELDS)
}

/// Stores first, drops the old value last.
fn store(owner: &Link, field: u8, value: Option<Link>) {
    let (body, field) = field_of(owner, field);
    WORLD.with_borrow_mut(|world| world.nodes[owner.id()].fields[body][field] = value.as_ref().map(Link::id));
    let old = owner.body(body).fields[field].replace(value);
    drop(old);
}

fn unwrap(handle: u8, place: Place<'_>) {
    let Some(link) = take_handle(handle) else { return };
    let id = link.id();
    let is_sole = WORLD.with_borrow(|world| world.in_degree(id)) == 1;
    let can_be_unwrapped =
        WORLD.with_borrow(|world| matches!(world.nodes[id].kind, Some(Kind::Plain | Kind::Large | Kind::Aligned)));
    // A callback may begin to hold.
    let may_be_unwrapped = is_sole && can_be_unwrapped && !is_lending();
    remove_root(&link);
    let result = link.try_unwrap();
    if matches!(place, Place::Program) && result.is_ok() != may_be_unwrapped {
        fail(format!("try_unwrap of object {id}: {}", result.is_ok()));
    }
    match result {
        // The panic of a value that nobody guards is the program's.
        Ok(body) => drop(catch_unwind(AssertUnwindSafe(|| drop(body)))),
        Err(link) => {
            add_root(&link);
            put_back(handle, link);
        }
    }
}

fn get_mut(owner: u8, value: u8, place: Place<'_>) {
    let value = copy_handle(value);
    let Some(mut link) = take_handle(owner) else { return };
    let id = link.id();
    // `value` is one more reference, which the model doesn't count.
    let is_value = value.as_ref().is_some_and(|value| value.id() == id);
    let is_sole = WORLD.with_borrow(|world| world.in_degree(id)) == 1 && !is_value;
    let has_weak = link.weak_count() > 0;
    let is_dyn = matches!(link, Link::Dyn(_));
    let result = link.get_mut();
    if matches!(place, Place::Program) && !is_dyn && result.is_some() != (is_sole && !has_weak && !is_lending()) {
        fail(format!("get_mut of object {id}: {}", result.is_some()));
    }
    if let Some(Body { fields: [field, _], items, .. }) = result {
        let value_id = value.as_ref().map(Link::id);
        WORLD.with_borrow_mut(|world| {
            world.nodes[id].hidden = true;
            world.nodes[id].fields[0][0] = value_id;
        });
        // What dies of it may collect while the object is borrowed.
        drop(std::mem::replace(field.get_mut(), value));
        items.get_mut().reserve(1);
    }
    put_back(owner, link);
}

/// The numbers of the objects that the collector shows, of all kinds but slices, the number of slices, and what keeps
/// them all: when that is dropped a collection may begin.
fn enumerate() -> (Vec<Id>, usize, Vec<Object>) {
    let objects = gc::get_objects(None);
    let mut ids = Vec::new();
    let mut slices = 0;
    for object in &objects {
        match id_of(object.clone()) {
            Ok(id) => ids.push(id),
            Err(other) => slices += usize::from(other.type_name() == std::any::type_name::<[Body]>()),
        }
    }
    (ids, slices, objects)
}

fn id_of(object: Object) -> Result<Id, Object> {
    let id = |body: &Body| body.payload.id.expect("an object has an id");
    let object = match object.downcast::<Plain>() {
        Ok(object) => return Ok(id(&object.0)),
        Err(object) => object,
    };
    let object = match object.downcast::<Finalized>() {
        Ok(object) => return Ok(id(&object.body)),
        Err(object) => object,
    };
    let object = match object.downcast::<Large>() {
        Ok(object) => return Ok(id(&object.body)),
        Err(object) => object,
    };
    object.downcast::<Aligned>().map(|object| id(&object.0))
}

/// Asks the collector about everything, at any time.
fn inspect() {
    let (ids, _, _objects) = enumerate();
    WORLD.with_borrow_mut(|world| {
        for id in ids {
            let gone = world.nodes[id].gone;
            world.check(!gone, || format!("get_objects shows object {id}, which is gone"));
        }
    });
    for place in 0..HANDLES as u8 {
        let Some(link) = copy_handle(place) else { continue };
        if let Link::Plain(object) = &link {
            drop((gc::get_referrers(object), gc::get_referents(object)));
        }
    }
    gc::get_count();
    gc::get_freeze_count();
}

/// Compares all that can be reached, and all that the collector shows, with the model. Only between operations.
fn compare() {
    let mut open: Vec<Link> = REAL.with_borrow(|real| real.handles.iter().flatten().cloned().collect());
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    while let Some(link) = open.pop() {
        if !seen.insert(link.id()) {
            continue;
        }
        for body in (0..link.bodies()).map(|index| link.body(index)) {
            open.extend(body.fields.iter().filter_map(|field| field.borrow().clone()));
            open.extend(body.items.borrow().iter().cloned());
        }
        found.push(link);
    }
    for link in &found {
        // One is in `found`.
        compare_object(link, link.strong_count() - 1);
    }
    drop(found);
    compare_enumeration();
    for place in 0..WEAKS {
        drop_link(upgrade(place));
    }
    let live_watches = REAL.with_borrow(|real| {
        let watches = real.watches.iter().flatten();
        watches.map(|(watch, id)| (*id, watch.is_live())).collect::<Vec<_>>()
    });
    WORLD.with_borrow_mut(|world| {
        for (watch, is_live) in live_watches {
            let called = world.nodes[watch].called;
            world.check(!(is_live && called), || format!("watch {watch} has called back, but its object is there"));
        }
    });
}

fn compare_object(link: &Link, count: usize) {
    let id = link.id();
    WORLD.with_borrow_mut(|world| {
        let degree = world.in_degree(id);
        world.check(count == degree, || format!("object {id} has {count} references; the model says {degree}"));
        for index in 0..link.bodies() {
            let body = link.body(index);
            let fields = body.fields.each_ref().map(|field| field.borrow().as_ref().map(Link::id));
            let items: Vec<Id> = body.items.borrow().iter().map(Link::id).collect();
            let same = fields == world.nodes[id].fields[index] && items == world.nodes[id].items[index];
            world.check(same, || format!("the references of object {id} are not those of the model"));
        }
    });
}

fn compare_enumeration() {
    let (mut ids, slices, _objects) = enumerate();
    let held = is_held();
    ids.sort_unstable();
    WORLD.with_borrow_mut(|world| {
        let twice = ids.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
        world.check(twice.is_none(), || format!("get_objects shows object {twice:?} twice"));
        let mut slices_expected = 0;
        let mut slices_hidden = 0;
        for id in 0..world.nodes.len() {
            let node = &world.nodes[id];
            let Some(kind) = node.kind else { continue };
            let (gone, hidden) = (node.gone, node.hidden);
            let degree = if gone { 0 } else { world.in_degree(id) };
            world.check(gone || degree > 0 || held, || format!("nothing refers to object {id}, but it is not gone"));
            let is_expected = degree > 0;
            if kind == Kind::Slice {
                slices_expected += usize::from(is_expected);
                slices_hidden += usize::from(is_expected && hidden);
                continue;
            }
            let is_shown = ids.binary_search(&id).is_ok();
            world.check(is_shown == is_expected || (hidden && !is_shown), || {
                format!("object {id} is shown by get_objects: {is_shown}")
            });
        }
        world.check((slices_expected - slices_hidden..=slices_expected).contains(&slices), || {
            format!("get_objects shows {slices} slices of {slices_expected}")
        });
    });
}

/// Collects until a collection runs no code of objects: then everything that could not be reached must be gone.
fn settle() {
    for _ in 0..BUDGET {
        let (garbage, runs) = WORLD.with_borrow(|world| (world.garbage(), world.code_runs));
        gc::collect();
        let is_held = is_held();
        let left = WORLD.with_borrow(|world| {
            let left: Vec<Id> = garbage.into_iter().filter(|&id| !world.nodes[id].gone).collect();
            (world.code_runs == runs && !world.frozen && !is_held).then_some(left)
        });
        match left {
            Some(left) if left.is_empty() => return,
            Some(left) => return fail(format!("a full collection left the dead objects {left:?}")),
            None if WORLD.with_borrow(|world| world.code_runs == runs) => return,
            None => {}
        }
    }
    fail(String::from("collections never came to an end"));
}
