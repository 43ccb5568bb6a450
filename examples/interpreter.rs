//! A small language in parentheses, with closures. A function keeps the environment that it was made in, and the
//! environment keeps the function under its name: the interpreter makes cycles all the time, and frees none of them
//! by itself. The collector does.

use refcycle::gc_script;

gc_script! {
    class Value {
        def call(self, args: list[Value]) raises -> Value { raise TypeError(f "{self} can't be called"); }
        def number(self) raises -> int { raise TypeError(f "{self} isn't a number"); }
    }

    class Number(Value) {
        value: int;
        def __init__(self, value: int) { self.value = value; }
        def number(self) -> int { return self.value; }
        def __str__(self) -> str { return str(self.value); }
    }

    class Environment {
        alive: int = 0;
        names: dict[str, Value];
        outer: Environment?;

        def __init__(self, names: dict[str, Value], outer: Environment?) {
            self.names = names;
            self.outer = outer;
            Environment.alive += 1;
        }

        def __del__(self) { Environment.alive -= 1; }

        def look_up(self, name: str) raises -> Value {
            if name in self.names { return self.names[name]; }
            if self.outer is None { raise NameError(f "nothing is called {name}"); }
            return self.outer.look_up(name);
        }
    }

    class Node {
        def run(self, env: Environment) raises -> Value { raise NotImplementedError(); }
    }

    class Word(Node) {
        text: str;
        def __init__(self, text: str) { self.text = text; }
        def run(self, env: Environment) raises -> Value {
            return Number(int(self.text)) if self.text.isdigit() else env.look_up(self.text);
        }
    }

    class Form(Node) {
        parts: list[Node];
        def __init__(self, parts: list[Node]) { self.parts = parts; }

        def word(self, i: int) -> str {
            part = self.parts[i];
            return part.text if isinstance(part, Word) else "";
        }

        def run(self, env: Environment) raises -> Value {
            match self.word(0) {
                case "fun" {                                            // (fun name parameter body)
                    closure = Closure(self.word(1), self.word(2), self.parts[3], env);
                    env.names[closure.name] = closure;
                    return closure;
                }
                case "if" {                                             // (if condition then else)
                    chosen = 2 if self.parts[1].run(env).number() != 0 else 3;
                    return self.parts[chosen].run(env);
                }
                case "+" { return Number(self.operand(1, env) + self.operand(2, env)); }
                case "-" { return Number(self.operand(1, env) - self.operand(2, env)); }
                case "*" { return Number(self.operand(1, env) * self.operand(2, env)); }
                case _ { return self.parts[0].run(env).call([part.run(env) for part in self.parts[1:]]); }
            }
        }

        def operand(self, i: int, env: Environment) raises -> int { return self.parts[i].run(env).number(); }
    }

    class Closure(Value) {
        name: str;
        parameter: str;
        body: Node;
        env: Environment;

        def __init__(self, name: str, parameter: str, body: Node, env: Environment) {
            self.name = name;
            self.parameter = parameter;
            self.body = body;
            self.env = env;
        }

        def call(self, args: list[Value]) raises -> Value {
            return self.body.run(Environment({self.parameter: args[0]}, self.env));
        }

        def __str__(self) -> str { return f "<{self.name}>"; }
    }

    def parse(tokens: Iterator[str]) raises -> Node {
        token = next(tokens);
        if token != "(" { return Word(token); }
        parts: list[Node] = [];
        while True {
            part = parse(tokens);
            if isinstance(part, Word) and part.text == ")" { return Form(parts); }
            parts.append(part);
        }
    }

    def evaluate(text: str, env: Environment) raises -> str {
        return str(parse(iter(text.replace("(", "( ").replace(")", " )").split())).run(env));
    }

    /// Runs programs line by line, then lets go of everything.
    pub def main() {
        import gc;

        globals = Environment({}, None);
        for line in [
            "(fun factorial n (if n (* n (factorial (- n 1))) 1))",
            "(factorial 20)",
            "(fun adder n (fun add m (+ n m)))",
            "((adder 2) 40)",
            "(adder (adder 1))",
            "(+ 1 (adder 1))",
            "(double 4)",
            "(4 2)",
        ] {
            try { print(line, "=>", evaluate(line, globals)); }
            except Exception as e { print(line, "=>", f "{type(e).__name__}: {e}"); }
        }
        print("environments:", Environment.alive);
        gc.collect();
        print("after a collection:", Environment.alive);
        del globals;
        gc.collect();
        print("without the global one:", Environment.alive);
    }
}
