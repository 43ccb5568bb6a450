//! As Rust with `#[managed]` types: the kind of a constraint is an enum.

use std::cell::Cell;

use refcycle::{Gc, Trace, managed};

const REQUIRED: i64 = 0;
const PREFERRED: i64 = 2;
const STRONG_DEFAULT: i64 = 3;
const NORMAL: i64 = 4;
const WEAKEST: i64 = 6;

#[derive(Clone, Copy, PartialEq, Trace)]
enum Direction {
    None,
    Forward,
    Backward,
}

#[managed]
struct Variable {
    #[managed(mut)]
    value: i64,
    #[managed(mut, default)]
    constraints: Vec<Gc<Constraint>>,
    #[managed(mut, default)]
    determined_by: Option<Gc<Constraint>>,
    #[managed(mut, default)]
    mark: i64,
    #[managed(mut, default = WEAKEST)]
    walk_strength: i64,
    #[managed(mut, default = true)]
    stays: bool,
}

impl Variable {
    fn remove(&self, constraint: &Gc<Constraint>) {
        let place = self.constraints().iter().position(|known| Gc::ptr_eq(known, constraint));
        let removed = place.map(|place| self.constraints_mut().remove(place));
        drop(removed);
    }
}

#[derive(Trace)]
enum Kind {
    Stay(Unary),
    Edit(Unary),
    Equality(Binary),
    Scale { ends: Binary, scale: Gc<Variable>, offset: Gc<Variable> },
}

#[derive(Trace)]
struct Unary {
    variable: Gc<Variable>,
    satisfied: Cell<bool>,
}

#[derive(Trace)]
struct Binary {
    first: Gc<Variable>,
    second: Gc<Variable>,
    direction: Cell<Direction>,
}

impl Binary {
    fn input(&self) -> &Gc<Variable> {
        if self.direction.get() == Direction::Forward { &self.first } else { &self.second }
    }

    fn output(&self) -> &Gc<Variable> {
        if self.direction.get() == Direction::Forward { &self.second } else { &self.first }
    }

    fn choose_method(&self, strength: i64, mark: i64) {
        let (first, second) = (&self.first, &self.second);
        let forward = strength < second.walk_strength();
        let backward = strength < first.walk_strength();
        self.direction.set(if first.mark() == mark {
            if second.mark() != mark && forward { Direction::Forward } else { Direction::None }
        } else if second.mark() == mark || first.walk_strength() > second.walk_strength() {
            if backward { Direction::Backward } else { Direction::None }
        } else if forward {
            Direction::Forward
        } else {
            Direction::None
        });
    }
}

#[managed(this)]
struct Constraint {
    strength: i64,
    kind: Kind,
}

#[managed]
impl Constraint {
    fn unary(strength: i64, variable: &Gc<Variable>, kind: fn(Unary) -> Kind) -> Gc<Self> {
        Constraint::new(strength, kind(Unary { variable: variable.clone(), satisfied: Cell::new(false) }))
    }

    fn binary(strength: i64, first: &Gc<Variable>, second: &Gc<Variable>, kind: impl FnOnce(Binary) -> Kind) -> Gc<Self> {
        let ends =
            Binary { first: first.clone(), second: second.clone(), direction: Cell::new(Direction::None) };
        Constraint::new(strength, kind(ends))
    }

    fn is_input(&self) -> bool {
        matches!(self.kind, Kind::Edit(_))
    }

    fn is_satisfied(&self) -> bool {
        match &self.kind {
            Kind::Stay(end) | Kind::Edit(end) => end.satisfied.get(),
            Kind::Equality(ends) | Kind::Scale { ends, .. } => ends.direction.get() != Direction::None,
        }
    }

    fn variables(&self) -> impl Iterator<Item = &Gc<Variable>> {
        let variables = match &self.kind {
            Kind::Stay(end) | Kind::Edit(end) => [Some(&end.variable), None, None, None],
            Kind::Equality(ends) => [Some(&ends.first), Some(&ends.second), None, None],
            Kind::Scale { ends, scale, offset } => [Some(&ends.first), Some(&ends.second), Some(scale), Some(offset)],
        };
        variables.into_iter().flatten()
    }

    fn attach(this: &Gc<Self>) {
        this.variables().for_each(|variable| variable.constraints_mut().push(this.clone()));
        this.forget_method();
    }

    fn detach(this: &Gc<Self>) {
        this.variables().for_each(|variable| variable.remove(this));
        this.forget_method();
    }

    fn choose_method(&self, mark: i64) {
        match &self.kind {
            Kind::Stay(end) | Kind::Edit(end) => {
                end.satisfied.set(end.variable.mark() != mark && self.strength < end.variable.walk_strength());
            }
            Kind::Equality(ends) | Kind::Scale { ends, .. } => ends.choose_method(self.strength, mark),
        }
    }

    fn forget_method(&self) {
        match &self.kind {
            Kind::Stay(end) | Kind::Edit(end) => end.satisfied.set(false),
            Kind::Equality(ends) | Kind::Scale { ends, .. } => ends.direction.set(Direction::None),
        }
    }

    fn mark_inputs(&self, mark: i64) {
        match &self.kind {
            Kind::Stay(_) | Kind::Edit(_) => {}
            Kind::Equality(ends) => ends.input().set_mark(mark),
            Kind::Scale { ends, scale, offset } => {
                ends.input().set_mark(mark);
                scale.set_mark(mark);
                offset.set_mark(mark);
            }
        }
    }

    fn inputs_known(&self, mark: i64) -> bool {
        match &self.kind {
            Kind::Stay(_) | Kind::Edit(_) => true,
            Kind::Equality(ends) | Kind::Scale { ends, .. } => {
                let source = ends.input();
                source.mark() == mark || source.stays() || source.determined_by().is_none()
            }
        }
    }

    fn output(&self) -> &Gc<Variable> {
        match &self.kind {
            Kind::Stay(end) | Kind::Edit(end) => &end.variable,
            Kind::Equality(ends) | Kind::Scale { ends, .. } => ends.output(),
        }
    }

    fn recalculate(&self) {
        let target = self.output();
        match &self.kind {
            Kind::Stay(_) | Kind::Edit(_) => {
                target.set_walk_strength(self.strength);
                target.set_stays(!self.is_input());
            }
            Kind::Equality(ends) => {
                target.set_walk_strength(self.strength.max(ends.input().walk_strength()));
                target.set_stays(ends.input().stays());
            }
            Kind::Scale { ends, scale, offset } => {
                target.set_walk_strength(self.strength.max(ends.input().walk_strength()));
                target.set_stays(ends.input().stays() && scale.stays() && offset.stays());
            }
        }
        if target.stays() {
            self.execute();
        }
    }

    fn execute(&self) {
        match &self.kind {
            Kind::Stay(_) | Kind::Edit(_) => {}
            Kind::Equality(ends) => ends.output().set_value(ends.input().value()),
            Kind::Scale { ends, scale, offset } => {
                if ends.direction.get() == Direction::Forward {
                    ends.second.set_value(ends.first.value() * scale.value() + offset.value());
                } else {
                    ends.first.set_value((ends.second.value() - offset.value()).div_euclid(scale.value()));
                }
            }
        }
    }

    fn satisfy(this: &Gc<Self>, mark: i64, planner: &Planner) -> Option<Gc<Constraint>> {
        this.choose_method(mark);
        if !this.is_satisfied() {
            assert!(this.strength != REQUIRED, "could not satisfy a required constraint");
            return None;
        }
        this.mark_inputs(mark);
        let output = this.output();
        let overridden = output.replace_determined_by(Some(this.clone()));
        if let Some(overridden) = &overridden {
            overridden.forget_method();
        }
        assert!(planner.propagate(this, mark), "a cycle of constraints");
        output.set_mark(mark);
        overridden
    }
}

#[managed]
struct Planner {
    #[managed(mut)]
    current_mark: i64,
}

impl Planner {
    fn new_mark(&self) -> i64 {
        self.set_current_mark(self.current_mark() + 1);
        self.current_mark()
    }

    fn satisfy(&self, constraint: &Gc<Constraint>) {
        let mark = self.new_mark();
        let mut overridden = constraint.satisfy(mark, self);
        while let Some(constraint) = overridden {
            overridden = constraint.satisfy(mark, self);
        }
    }

    fn add(&self, constraint: &Gc<Constraint>) {
        constraint.attach();
        self.satisfy(constraint);
    }

    fn remove(&self, constraint: &Gc<Constraint>) {
        if !constraint.is_satisfied() {
            constraint.detach();
            return;
        }
        let output = constraint.output().clone();
        constraint.forget_method();
        constraint.detach();
        let unsatisfied = self.remove_downstream(output);
        for strength in REQUIRED..=WEAKEST {
            for other in unsatisfied.iter().filter(|other| other.strength == strength) {
                self.satisfy(other);
            }
        }
    }

    fn propagate(&self, constraint: &Gc<Constraint>, mark: i64) -> bool {
        let mut todo = vec![constraint.clone()];
        while let Some(step) = todo.pop() {
            let output = step.output();
            if output.mark() == mark {
                self.remove(constraint);
                return false;
            }
            step.recalculate();
            add_consumers(output, &mut todo);
        }
        true
    }

    fn remove_downstream(&self, variable: Gc<Variable>) -> Vec<Gc<Constraint>> {
        variable.set_determined_by(None);
        variable.set_walk_strength(WEAKEST);
        variable.set_stays(true);
        let mut unsatisfied = Vec::new();
        let mut todo = vec![variable];
        while let Some(changed) = todo.pop() {
            unsatisfied.extend(changed.constraints().iter().filter(|constraint| !constraint.is_satisfied()).cloned());
            let mut consumers = Vec::new();
            add_consumers(&changed, &mut consumers);
            for constraint in consumers {
                constraint.recalculate();
                todo.push(constraint.output().clone());
            }
        }
        unsatisfied
    }

    fn plan(&self, sources: &[Gc<Constraint>]) -> Vec<Gc<Constraint>> {
        let mark = self.new_mark();
        let mut plan = Vec::new();
        let mut todo: Vec<_> =
            sources.iter().filter(|source| source.is_input() && source.is_satisfied()).cloned().collect();
        while let Some(step) = todo.pop() {
            let output = step.output();
            if output.mark() != mark && step.inputs_known(mark) {
                output.set_mark(mark);
                add_consumers(output, &mut todo);
                plan.push(step);
            }
        }
        plan
    }
}

fn add_consumers(variable: &Variable, todo: &mut Vec<Gc<Constraint>>) {
    let determined_by = variable.determined_by();
    for constraint in variable.constraints().iter() {
        let determines = determined_by.as_ref().is_some_and(|known| Gc::ptr_eq(known, constraint));
        if !determines && constraint.is_satisfied() {
            todo.push(constraint.clone());
        }
    }
}

fn execute(plan: &[Gc<Constraint>]) {
    plan.iter().for_each(|constraint| constraint.execute());
}

fn change(planner: &Planner, variable: &Gc<Variable>, value: i64) {
    let edit = Constraint::unary(PREFERRED, variable, Kind::Edit);
    planner.add(&edit);
    let plan = planner.plan(std::slice::from_ref(&edit));
    for _ in 0..10 {
        variable.set_value(value);
        execute(&plan);
    }
    planner.remove(&edit);
}

fn chain(count: usize) -> i64 {
    let planner = Planner::new(0);
    let variables: Vec<_> = (0..=count).map(|_| Variable::new(0)).collect();
    for pair in variables.windows(2) {
        planner.add(&Constraint::binary(REQUIRED, &pair[0], &pair[1], Kind::Equality));
    }
    planner.add(&Constraint::unary(STRONG_DEFAULT, &variables[count], Kind::Stay));
    let edit = Constraint::unary(PREFERRED, &variables[0], Kind::Edit);
    planner.add(&edit);
    let plan = planner.plan(std::slice::from_ref(&edit));
    let mut wrong = 0;
    for i in 0..100 {
        variables[0].set_value(i);
        execute(&plan);
        wrong += i64::from(variables[count].value() != i);
    }
    planner.remove(&edit);
    wrong
}

fn projection(count: i64) -> i64 {
    let planner = Planner::new(0);
    let (scale, offset) = (Variable::new(10), Variable::new(1000));
    let (mut sources, mut targets) = (Vec::new(), Vec::new());
    for i in 0..count {
        let (source, target) = (Variable::new(i), Variable::new(i));
        planner.add(&Constraint::unary(NORMAL, &source, Kind::Stay));
        let kind = |ends| Kind::Scale { ends, scale: scale.clone(), offset: offset.clone() };
        planner.add(&Constraint::binary(REQUIRED, &source, &target, kind));
        sources.push(source);
        targets.push(target);
    }
    let mut wrong = 0;
    let (source, target) = (&sources[count as usize - 1], &targets[count as usize - 1]);
    change(&planner, source, 17);
    wrong += i64::from(target.value() != 1170);
    change(&planner, target, 1050);
    wrong += i64::from(source.value() != 5);
    for (variable, value, scaled, moved) in [(&scale, 5, 5, 1000), (&offset, 2000, 5, 2000)] {
        change(&planner, variable, value);
        let others = (0..).zip(&targets[..count as usize - 1]);
        wrong += others.filter(|(i, target)| target.value() != i * scaled + moved).count() as i64;
    }
    wrong
}

pub fn run(times: i64) -> i64 {
    (0..times).map(|_| chain(100) + projection(100)).sum()
}
