//! The model: a plain graph with reachability by search. What the runtime does must agree with it.

use super::objects::{FIELDS, Id, Kind};

/// An object or a watch.
pub struct Node {
    /// `None` for a watch.
    pub kind: Option<Kind>,
    /// Was its value dropped?
    pub gone: bool,
    /// References from handles and from running code.
    pub roots: usize,
    pub fields: Vec<[Option<Id>; FIELDS]>,
    pub items: Vec<Vec<Id>>,
    pub watches: Vec<Id>,
    pub finalized: bool,
    /// `get_mut` or `freeze` was called, so `get_objects` may leave it out.
    pub hidden: bool,
    /// What a watch watches.
    pub target: Option<Id>,
    /// What a watch keeps for its callback.
    pub kept: Option<Id>,
    pub called: bool,
    /// It was garbage when the last collection began. So it may be finalized, although a finalizer has revived it since,
    /// and a watch may have lost its callback.
    pub was_garbage: bool,
}

impl Node {
    pub fn object(kind: Kind) -> Node {
        Node {
            kind: Some(kind),
            gone: false,
            roots: 1,
            fields: vec![[None; FIELDS]; kind.bodies()],
            items: vec![Vec::new(); kind.bodies()],
            watches: Vec::new(),
            finalized: false,
            hidden: false,
            target: None,
            kept: None,
            called: false,
            was_garbage: false,
        }
    }

    pub fn watch(target: Id, kept: Option<Id>, was_garbage: bool) -> Node {
        Node {
            kind: None,
            fields: Vec::new(),
            items: Vec::new(),
            target: Some(target),
            kept,
            was_garbage,
            ..Node::object(Kind::Plain)
        }
    }

    fn edges(&self) -> impl Iterator<Item = Id> {
        let fields = self.fields.iter().flatten().flatten();
        fields.chain(self.items.iter().flatten()).chain(&self.watches).chain(&self.kept).copied()
    }

    pub fn has_finalizer(&self) -> bool {
        self.kind.is_some_and(Kind::has_finalizer)
    }
}

/// What the model knows of a weak reference.
#[derive(Clone, Copy)]
pub struct WeakInfo {
    pub target: Id,
    /// The target was garbage when a collection began, so the reference may have been cleared although a finalizer then
    /// revived the target.
    pub doubtful: bool,
}

#[derive(Default)]
pub struct World {
    pub nodes: Vec<Node>,
    pub weaks: Vec<Option<WeakInfo>>,
    /// The first disagreement.
    pub failure: Option<String>,
    pub collecting: bool,
    pub frozen: bool,
    /// Operations that code of objects may still do.
    pub budget: usize,
    /// Finalizers, callbacks and codes of payloads that ran.
    pub code_runs: usize,
}

impl World {
    pub fn add(&mut self, node: Node) -> Id {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    pub fn fail(&mut self, message: String) {
        self.failure.get_or_insert(message);
    }

    pub fn check(&mut self, holds: bool, message: impl FnOnce() -> String) {
        if !holds {
            self.fail(message());
        }
    }

    /// References to a node.
    pub fn in_degree(&self, id: Id) -> usize {
        let alive = self.nodes.iter().filter(|node| !node.gone);
        self.nodes[id].roots + alive.flat_map(Node::edges).filter(|&target| target == id).count()
    }

    /// Which nodes can be reached.
    pub fn reachable(&self) -> Vec<bool> {
        let mut reached: Vec<bool> = self.nodes.iter().map(|node| node.roots > 0).collect();
        let mut open: Vec<Id> = (0..reached.len()).filter(|&id| reached[id]).collect();
        while let Some(id) = open.pop() {
            for target in self.nodes[id].edges() {
                if !std::mem::replace(&mut reached[target], true) {
                    open.push(target);
                }
            }
        }
        reached
    }

    pub fn is_reachable(&self, id: Id) -> bool {
        self.reachable()[id]
    }

    /// Objects that can't be reached and are not gone.
    pub fn garbage(&self) -> Vec<Id> {
        let reached = self.reachable();
        let is_garbage = |&id: &Id| !reached[id] && !self.nodes[id].gone && self.nodes[id].kind.is_some();
        (0..reached.len()).filter(is_garbage).collect()
    }

    pub fn freeze(&mut self) {
        self.frozen = true;
        self.nodes.iter_mut().for_each(|node| node.hidden = true);
    }

    pub fn collection_begins(&mut self) {
        self.collecting = true;
        let reached = self.reachable();
        for weak in self.weaks.iter_mut().flatten() {
            weak.doubtful |= !reached[weak.target];
        }
        for (node, reached) in self.nodes.iter_mut().zip(reached) {
            let is_watch = node.kind.is_none();
            node.was_garbage = !reached || (is_watch && node.was_garbage);
        }
    }

    /// A finalizer is called.
    pub fn finalize(&mut self, id: Id) {
        let by_collection = self.collecting && self.nodes[id].was_garbage;
        let reachable = self.is_reachable(id);
        self.check(!reachable || by_collection, || format!("object {id} was finalized alive"));
        let node = &mut self.nodes[id];
        let again = std::mem::replace(&mut node.finalized, true);
        let gone = node.gone;
        self.check(!again, || format!("object {id} was finalized twice"));
        self.check(!gone, || format!("object {id} was finalized after its value was dropped"));
    }

    /// The value of an object is dropped.
    pub fn drop_value(&mut self, id: Id) {
        let reached = self.reachable();
        self.check(!reached[id], || format!("object {id} was dropped alive"));
        let lost: Vec<Id> = (0..self.nodes.len())
            .filter(|&watch| {
                let node = &self.nodes[watch];
                node.target == Some(id) && !node.called && !node.gone && !node.was_garbage && reached[watch]
            })
            .collect();
        self.check(lost.is_empty(), || format!("object {id} is dropped, but watches {lost:?} did not call back"));
        let node = &mut self.nodes[id];
        let again = std::mem::replace(&mut node.gone, true);
        let skipped = node.has_finalizer() && !node.finalized;
        node.fields.fill([None; FIELDS]);
        node.items.fill(Vec::new());
        node.watches.clear();
        self.check(!again, || format!("object {id} was dropped twice"));
        self.check(!skipped, || format!("object {id} was dropped but never finalized"));
    }

    /// The callback of a watch is called.
    pub fn call_back(&mut self, watch: Id, target_is_live: bool) {
        let target = self.nodes[watch].target.expect("a watch has a target");
        let reachable = self.is_reachable(target);
        self.check(!target_is_live, || format!("the callback of watch {watch} sees its object alive"));
        self.check(!reachable, || format!("watch {watch} called back, but object {target} is alive"));
        let again = std::mem::replace(&mut self.nodes[watch].called, true);
        self.check(!again, || format!("watch {watch} called back twice"));
    }

    /// What a watch keeps is dropped: it called back, or is gone itself.
    pub fn watch_dropped(&mut self, watch: Id) {
        let reachable = self.is_reachable(watch);
        let node = &mut self.nodes[watch];
        node.kept = None;
        node.gone |= !node.called;
        let gone = node.gone;
        self.check(!(gone && reachable), || format!("watch {watch} is gone, but can be reached"));
    }

    /// Was this the right answer of `Weak::upgrade`?
    pub fn upgraded(&mut self, weak: WeakInfo, answer: Option<Id>) {
        let WeakInfo { target, doubtful } = weak;
        match answer {
            Some(id) => {
                self.check(id == target, || format!("a weak reference to {target} gave {id}"));
                let gone = self.nodes[target].gone;
                self.check(!gone, || format!("a weak reference to {target}, which is gone, gave it"));
            }
            None => {
                let dying = self.nodes[target].gone || self.in_degree(target) == 0;
                self.check(dying || doubtful, || format!("a weak reference to {target}, which is alive, gave nothing"));
            }
        }
    }
}
