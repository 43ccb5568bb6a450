"""examples/interpreter.rs in Python; interpreter.out is what CPython 3.11 prints for it."""

import gc


class Value:
    def call(self, args):
        raise TypeError(f"{self} can't be called")

    def number(self):
        raise TypeError(f"{self} isn't a number")


class Number(Value):
    def __init__(self, value):
        self.value = value

    def number(self):
        return self.value

    def __str__(self):
        return str(self.value)


class Environment:
    alive = 0

    def __init__(self, names, outer):
        self.names = names
        self.outer = outer
        Environment.alive += 1

    def __del__(self):
        Environment.alive -= 1

    def look_up(self, name):
        if name in self.names:
            return self.names[name]
        if self.outer is None:
            raise NameError(f"nothing is called {name}")
        return self.outer.look_up(name)


class Node:
    def run(self, env):
        raise NotImplementedError()


class Word(Node):
    def __init__(self, text):
        self.text = text

    def run(self, env):
        return Number(int(self.text)) if self.text.isdigit() else env.look_up(self.text)


class Form(Node):
    def __init__(self, parts):
        self.parts = parts

    def word(self, i):
        part = self.parts[i]
        return part.text if isinstance(part, Word) else ""

    def run(self, env):
        match self.word(0):
            case "fun":  # (fun name parameter body)
                closure = Closure(self.word(1), self.word(2), self.parts[3], env)
                env.names[closure.name] = closure
                return closure
            case "if":  # (if condition then else)
                chosen = 2 if self.parts[1].run(env).number() != 0 else 3
                return self.parts[chosen].run(env)
            case "+":
                return Number(self.operand(1, env) + self.operand(2, env))
            case "-":
                return Number(self.operand(1, env) - self.operand(2, env))
            case "*":
                return Number(self.operand(1, env) * self.operand(2, env))
            case _:
                return self.parts[0].run(env).call([part.run(env) for part in self.parts[1:]])

    def operand(self, i, env):
        return self.parts[i].run(env).number()


class Closure(Value):
    def __init__(self, name, parameter, body, env):
        self.name = name
        self.parameter = parameter
        self.body = body
        self.env = env

    def call(self, args):
        return self.body.run(Environment({self.parameter: args[0]}, self.env))

    def __str__(self):
        return f"<{self.name}>"


def parse(tokens):
    token = next(tokens)
    if token != "(":
        return Word(token)
    parts = []
    while True:
        part = parse(tokens)
        if isinstance(part, Word) and part.text == ")":
            return Form(parts)
        parts.append(part)


def evaluate(text, env):
    return str(parse(iter(text.replace("(", "( ").replace(")", " )").split())).run(env))


def main():
    globals = Environment({}, None)
    for line in [
        "(fun factorial n (if n (* n (factorial (- n 1))) 1))",
        "(factorial 20)",
        "(fun adder n (fun add m (+ n m)))",
        "((adder 2) 40)",
        "(adder (adder 1))",
        "(+ 1 (adder 1))",
        "(double 4)",
        "(4 2)",
    ]:
        try:
            print(line, "=>", evaluate(line, globals))
        except Exception as e:
            print(line, "=>", f"{type(e).__name__}: {e}")
    print("environments:", Environment.alive)
    gc.collect()
    print("after a collection:", Environment.alive)
    del globals
    gc.collect()
    print("without the global one:", Environment.alive)


main()
