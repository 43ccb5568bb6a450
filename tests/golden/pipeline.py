"""examples/pipeline.rs in Python; pipeline.out is what CPython 3.11 prints for it."""


class Token:
    def __init__(self, kind, text):
        self.kind = kind
        self.text = text


class SyntaxProblem(Exception):
    pass


def characters(text):
    try:
        for c in text:
            yield c
        yield "\n"
    finally:
        print("source closed")


def tokens(source):
    number = ""
    for c in source:
        if c.isdigit():
            number += c
            continue
        if number != "":
            yield Token("number", number)
            number = ""
        if c in "+*":
            yield Token("operator", c)
        elif c == "\n":
            yield Token("end", "end of line")
        elif c != " ":
            raise SyntaxProblem("unexpected character " + c)


def values(stream):
    while True:
        token = next(stream, None)
        if token is None:
            return
        total, product = 0, 1
        while True:
            if token.kind != "number":
                raise SyntaxProblem("expected a number, found " + token.text)
            product *= int(token.text)
            token = next(stream)
            if token.kind == "end":
                break
            if token.text == "+":
                total += product
                product = 1
            token = next(stream)
        yield total + product


def evaluate(text):
    yield from values(tokens(characters(text)))


def show(text):
    try:
        for value in evaluate(text):
            print("value", value)
    except SyntaxProblem as problem:
        print("problem:", problem)
        problem.__traceback__ = None


for text in ["1 + 2 * 3\n10 * 10", "2 * + 3", "4 $ 4"]:
    show(text)
first = next(evaluate("7 * 6\n1"))
print("first value", first)
