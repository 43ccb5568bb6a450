//! As a script, line for line the Python program.

refcycle::gc_script! {
    REQUIRED: int = 0;
    STRONG_PREFERRED: int = 1;
    PREFERRED: int = 2;
    STRONG_DEFAULT: int = 3;
    NORMAL: int = 4;
    WEAK_DEFAULT: int = 5;
    WEAKEST: int = 6;

    NONE: int = 0;
    FORWARD: int = 1;
    BACKWARD: int = 2;

    class Variable {
        value: int;
        constraints: list[Constraint];
        determined_by: Constraint?;
        mark: int;
        walk_strength: int;
        stays: bool;

        def __init__(self, value: int) {
            self.value = value;
            self.constraints = [];
            self.determined_by = None;
            self.mark = 0;
            self.walk_strength = WEAKEST;
            self.stays = True;
        }
    }

    class Constraint {
        strength: int;

        def __init__(self, strength: int) {
            self.strength = strength;
        }

        def is_input(self) -> bool {
            return False;
        }

        def is_satisfied(self) -> bool {
            return False;
        }

        def attach(self) {
            pass;
        }

        def detach(self) {
            pass;
        }

        def choose_method(self, mark: int) {
            pass;
        }

        def forget_method(self) {
            pass;
        }

        def mark_inputs(self, mark: int) {
            pass;
        }

        def inputs_known(self, mark: int) -> bool {
            return True;
        }

        def output(self) -> Variable? {
            return None;
        }

        def recalculate(self) {
            pass;
        }

        def execute(self) {
            pass;
        }

        def satisfy(self, mark: int, planner: Planner) -> Constraint? {
            self.choose_method(mark);
            if not self.is_satisfied() {
                assert self.strength != REQUIRED, "could not satisfy a required constraint";
                return None;
            }
            self.mark_inputs(mark);
            output = self.output();
            overridden = output.determined_by;
            if overridden is not None {
                overridden.forget_method();
            }
            output.determined_by = self;
            assert planner.propagate(self, mark), "a cycle of constraints";
            output.mark = mark;
            return overridden;
        }
    }

    class UnaryConstraint(Constraint) {
        variable: Variable;
        satisfied: bool;

        def __init__(self, variable: Variable, strength: int) {
            super().__init__(strength);
            self.variable = variable;
            self.satisfied = False;
        }

        def is_satisfied(self) -> bool {
            return self.satisfied;
        }

        def attach(self) {
            self.variable.constraints.append(self);
            self.satisfied = False;
        }

        def detach(self) {
            self.variable.constraints.remove(self);
            self.satisfied = False;
        }

        def choose_method(self, mark: int) {
            self.satisfied = self.variable.mark != mark and self.strength < self.variable.walk_strength;
        }

        def forget_method(self) {
            self.satisfied = False;
        }

        def output(self) -> Variable? {
            return self.variable;
        }

        def recalculate(self) {
            self.variable.walk_strength = self.strength;
            self.variable.stays = not self.is_input();
            if self.variable.stays {
                self.execute();
            }
        }
    }

    class StayConstraint(UnaryConstraint) {
        def execute(self) {
            pass;
        }
    }

    class EditConstraint(UnaryConstraint) {
        def is_input(self) -> bool {
            return True;
        }
    }

    class BinaryConstraint(Constraint) {
        first: Variable;
        second: Variable;
        direction: int;

        def __init__(self, first: Variable, second: Variable, strength: int) {
            super().__init__(strength);
            self.first = first;
            self.second = second;
            self.direction = NONE;
        }

        def is_satisfied(self) -> bool {
            return self.direction != NONE;
        }

        def attach(self) {
            self.first.constraints.append(self);
            self.second.constraints.append(self);
            self.direction = NONE;
        }

        def detach(self) {
            self.first.constraints.remove(self);
            self.second.constraints.remove(self);
            self.direction = NONE;
        }

        def choose_method(self, mark: int) {
            first = self.first;
            second = self.second;
            self.direction = NONE;
            if first.mark == mark {
                if second.mark != mark and self.strength < second.walk_strength {
                    self.direction = FORWARD;
                }
            } elif second.mark == mark {
                if self.strength < first.walk_strength {
                    self.direction = BACKWARD;
                }
            } elif first.walk_strength > second.walk_strength {
                if self.strength < first.walk_strength {
                    self.direction = BACKWARD;
                }
            } elif self.strength < second.walk_strength {
                self.direction = FORWARD;
            }
        }

        def forget_method(self) {
            self.direction = NONE;
        }

        def mark_inputs(self, mark: int) {
            self.input().mark = mark;
        }

        def inputs_known(self, mark: int) -> bool {
            source = self.input();
            return source.mark == mark or source.stays or source.determined_by is None;
        }

        def input(self) -> Variable {
            return self.first if self.direction == FORWARD else self.second;
        }

        def output(self) -> Variable? {
            return self.second if self.direction == FORWARD else self.first;
        }

        def recalculate(self) {
            source = self.input();
            target = self.output();
            target.walk_strength = max(self.strength, source.walk_strength);
            target.stays = source.stays;
            if target.stays {
                self.execute();
            }
        }
    }

    class EqualityConstraint(BinaryConstraint) {
        def execute(self) {
            self.output().value = self.input().value;
        }
    }

    class ScaleConstraint(BinaryConstraint) {
        scale: Variable;
        offset: Variable;

        def __init__(self, source: Variable, scale: Variable, offset: Variable, target: Variable, strength: int) {
            super().__init__(source, target, strength);
            self.scale = scale;
            self.offset = offset;
        }

        def attach(self) {
            super().attach();
            self.scale.constraints.append(self);
            self.offset.constraints.append(self);
        }

        def detach(self) {
            super().detach();
            self.scale.constraints.remove(self);
            self.offset.constraints.remove(self);
        }

        def mark_inputs(self, mark: int) {
            super().mark_inputs(mark);
            self.scale.mark = mark;
            self.offset.mark = mark;
        }

        def execute(self) {
            if self.direction == FORWARD {
                self.second.value = self.first.value * self.scale.value + self.offset.value;
            } else {
                self.first.value = floordiv(self.second.value - self.offset.value, self.scale.value);
            }
        }

        def recalculate(self) {
            source = self.input();
            target = self.output();
            target.walk_strength = max(self.strength, source.walk_strength);
            target.stays = source.stays and self.scale.stays and self.offset.stays;
            if target.stays {
                self.execute();
            }
        }
    }

    class Planner {
        current_mark: int;

        def __init__(self) {
            self.current_mark = 0;
        }

        def new_mark(self) -> int {
            self.current_mark += 1;
            return self.current_mark;
        }

        def add(self, constraint: Constraint) {
            constraint.attach();
            mark = self.new_mark();
            overridden = constraint.satisfy(mark, self);
            while overridden is not None {
                overridden = overridden.satisfy(mark, self);
            }
        }

        def remove(self, constraint: Constraint) {
            if not constraint.is_satisfied() {
                constraint.detach();
                return;
            }
            output = constraint.output();
            constraint.forget_method();
            constraint.detach();
            unsatisfied = self.remove_downstream(output);
            strength = REQUIRED;
            while strength <= WEAKEST {
                for other in unsatisfied {
                    if other.strength == strength {
                        mark = self.new_mark();
                        overridden = other.satisfy(mark, self);
                        while overridden is not None {
                            overridden = overridden.satisfy(mark, self);
                        }
                    }
                }
                strength += 1;
            }
        }

        def propagate(self, constraint: Constraint, mark: int) -> bool {
            todo = [constraint];
            while len(todo) > 0 {
                step = todo.pop();
                output = step.output();
                if output.mark == mark {
                    self.remove(constraint);
                    return False;
                }
                step.recalculate();
                self.add_consumers(output, todo);
            }
            return True;
        }

        def remove_downstream(self, variable: Variable) -> list[Constraint] {
            variable.determined_by = None;
            variable.walk_strength = WEAKEST;
            variable.stays = True;
            unsatisfied: list[Constraint] = [];
            todo = [variable];
            while len(todo) > 0 {
                changed = todo.pop();
                for constraint in changed.constraints {
                    if not constraint.is_satisfied() {
                        unsatisfied.append(constraint);
                    }
                }
                for constraint in changed.constraints {
                    if constraint is not changed.determined_by and constraint.is_satisfied() {
                        constraint.recalculate();
                        todo.append(constraint.output());
                    }
                }
            }
            return unsatisfied;
        }

        def add_consumers(self, variable: Variable, todo: list[Constraint]) {
            for constraint in variable.constraints {
                if constraint is not variable.determined_by and constraint.is_satisfied() {
                    todo.append(constraint);
                }
            }
        }

        def plan(self, sources: list[Constraint]) -> list[Constraint] {
            mark = self.new_mark();
            plan: list[Constraint] = [];
            todo = [source for source in sources if source.is_input() and source.is_satisfied()];
            while len(todo) > 0 {
                step = todo.pop();
                output = step.output();
                if output.mark != mark and step.inputs_known(mark) {
                    plan.append(step);
                    output.mark = mark;
                    self.add_consumers(output, todo);
                }
            }
            return plan;
        }
    }

    def execute(plan: list[Constraint]) {
        for constraint in plan {
            constraint.execute();
        }
    }

    def change(planner: Planner, variable: Variable, value: int) {
        edit = EditConstraint(variable, PREFERRED);
        planner.add(edit);
        plan = planner.plan([edit]);
        for i in range(10) {
            variable.value = value;
            execute(plan);
        }
        planner.remove(edit);
    }

    def chain(count: int) -> int {
        planner = Planner();
        variables = [Variable(0) for i in range(count + 1)];
        for i in range(count) {
            planner.add(EqualityConstraint(variables[i], variables[i + 1], REQUIRED));
        }
        planner.add(StayConstraint(variables[count], STRONG_DEFAULT));
        edit = EditConstraint(variables[0], PREFERRED);
        planner.add(edit);
        plan = planner.plan([edit]);
        wrong = 0;
        for i in range(100) {
            variables[0].value = i;
            execute(plan);
            if variables[count].value != i {
                wrong += 1;
            }
        }
        planner.remove(edit);
        return wrong;
    }

    def projection(count: int) -> int {
        planner = Planner();
        scale = Variable(10);
        offset = Variable(1000);
        sources: list[Variable] = [];
        targets: list[Variable] = [];
        for i in range(count) {
            source = Variable(i);
            target = Variable(i);
            sources.append(source);
            targets.append(target);
            planner.add(StayConstraint(source, NORMAL));
            planner.add(ScaleConstraint(source, scale, offset, target, REQUIRED));
        }
        wrong = 0;
        source = sources[count - 1];
        target = targets[count - 1];
        change(planner, source, 17);
        if target.value != 1170 {
            wrong += 1;
        }
        change(planner, target, 1050);
        if source.value != 5 {
            wrong += 1;
        }
        change(planner, scale, 5);
        for i in range(count - 1) {
            if targets[i].value != i * 5 + 1000 {
                wrong += 1;
            }
        }
        change(planner, offset, 2000);
        for i in range(count - 1) {
            if targets[i].value != i * 5 + 2000 {
                wrong += 1;
            }
        }
        return wrong;
    }

    pub def run(times: int) -> int {
        wrong = 0;
        for i in range(times) {
            wrong += chain(100) + projection(100);
        }
        return wrong;
    }
}
