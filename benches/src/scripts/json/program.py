"""JSON: a parser by recursive descent, and a writer."""


class Value:
    def write(self, out: list[str]):
        out.append("null")

    def weight(self) -> int:
        return 1


class Flag(Value):
    def __init__(self, value: bool):
        self.value = value

    def write(self, out: list[str]):
        out.append("true" if self.value else "false")


class Number(Value):
    def __init__(self, value: float):
        self.value = value

    def write(self, out: list[str]):
        if self.value == int(self.value):
            out.append(str(int(self.value)))
        else:
            out.append(str(self.value))

    def weight(self) -> int:
        return int(self.value)


class Text(Value):
    def __init__(self, value: str):
        self.value = value

    def write(self, out: list[str]):
        write_text(self.value, out)

    def weight(self) -> int:
        return len(self.value)


class Array(Value):
    def __init__(self):
        self.items: list[Value] = []

    def write(self, out: list[str]):
        out.append("[")
        for i, item in enumerate(self.items):
            if i > 0:
                out.append(",")
            item.write(out)
        out.append("]")

    def weight(self) -> int:
        total = 0
        for item in self.items:
            total += item.weight()
        return total


class Object(Value):
    def __init__(self):
        self.entries: dict[str, Value] = {}

    def write(self, out: list[str]):
        out.append("{")
        first = True
        for key, value in self.entries.items():
            if not first:
                out.append(",")
            first = False
            write_text(key, out)
            out.append(":")
            value.write(out)
        out.append("}")

    def weight(self) -> int:
        total = 0
        for key, value in self.entries.items():
            total += len(key) + value.weight()
        return total


def write_text(text: str, out: list[str]):
    out.append('"')
    for c in text:
        if c == '"' or c == "\\":
            out.append("\\")
            out.append(c)
        elif c == "\n":
            out.append("\\n")
        else:
            out.append(c)
    out.append('"')


class Parser:
    def __init__(self, text: str):
        self.text = text
        self.at = 0

    def fail(self, wanted: str) -> ValueError:
        return ValueError(f"expected {wanted} at {self.at}")

    def peek(self) -> str:
        while self.at < len(self.text):
            c = self.text[self.at]
            if c not in " \n\r\t":
                return c
            self.at += 1
        raise self.fail("more text")

    def expect(self, wanted: str):
        if self.peek() != wanted:
            raise self.fail(wanted)
        self.at += 1

    def literal(self, text: str):
        if not self.text.startswith(text, self.at):
            raise self.fail(text)
        self.at += len(text)

    def value(self) -> Value:
        c = self.peek()
        if c == "{":
            return self.object()
        if c == "[":
            return self.array()
        if c == '"':
            return Text(self.string())
        if c == "t":
            self.literal("true")
            return Flag(True)
        if c == "f":
            self.literal("false")
            return Flag(False)
        if c == "n":
            self.literal("null")
            return Value()
        return self.number()

    def object(self) -> Object:
        self.expect("{")
        found = Object()
        if self.peek() == "}":
            self.at += 1
            return found
        while True:
            key = self.string()
            self.expect(":")
            found.entries[key] = self.value()
            if self.peek() == "}":
                self.at += 1
                return found
            self.expect(",")

    def array(self) -> Array:
        self.expect("[")
        found = Array()
        if self.peek() == "]":
            self.at += 1
            return found
        while True:
            found.items.append(self.value())
            if self.peek() == "]":
                self.at += 1
                return found
            self.expect(",")

    def string(self) -> str:
        self.expect('"')
        parts: list[str] = []
        start = self.at
        while self.at < len(self.text):
            c = self.text[self.at]
            if c == '"':
                parts.append(self.text[start : self.at])
                self.at += 1
                return "".join(parts)
            if c == "\\":
                parts.append(self.text[start : self.at])
                parts.append(self.escape())
                start = self.at
            else:
                self.at += 1
        raise self.fail("the end of the string")

    def escape(self) -> str:
        c = self.text[self.at + 1]
        self.at += 2
        if c == "n":
            return "\n"
        if c == "t":
            return "\t"
        if c == "u":
            code = int(self.text[self.at : self.at + 4], 16)
            self.at += 4
            return chr(code)
        return c

    def number(self) -> Number:
        start = self.at
        while self.at < len(self.text):
            c = self.text[self.at]
            if not (c.isdigit() or c in "+-.eE"):
                break
            self.at += 1
        if start == self.at:
            raise self.fail("a value")
        return Number(float(self.text[start : self.at]))


def document(count: int) -> str:
    records: list[str] = []
    for i in range(count):
        tags = "[\"red\", \"green \\\"and\\\" blue\", \"caf\\u00e9\"]"
        place = f"{{\"x\": {i}.5, \"y\": -{i * 3}, \"z\": 1e3}}"
        name = f"\"id\": {i}, \"name\": \"record {i}\""
        records.append(f"{{{name}, \"tags\": {tags}, \"place\": {place}, \"ok\": true, \"next\": null}}")
    return "{\"records\": [\n  " + ",\n  ".join(records) + "\n]}"


def run(times: int) -> int:
    text = document(200)
    total = 0
    for i in range(times):
        found = Parser(text).value()
        out: list[str] = []
        found.write(out)
        total += found.weight() + len("".join(out))
    return total
