"""examples/embed.rs in Python; embed.out is what CPython 3.11 prints for it."""


def average(numbers):
    total = 0.0
    for number in numbers:
        total += number
    return total / len(numbers)


def longest(words):
    found = ""
    length = 0
    for word in words:
        if len(word) > length:
            found = word
            length = len(word)
    return found, length


def settings(text):
    settings = {}
    for line in text.splitlines():
        name, _, value = line.partition("=")
        try:
            settings[name.strip()] = int(value)
        except ValueError as e:
            raise ValueError(f"{name.strip()}: {e}") from e
    return settings


print(f"average {average([1.5, 2.5, 5.0])}")

word, length = longest(["to", "compile", "a", "script"])
print(f"{word} has {length} letters")

for text in ["width = 80\nheight = 24", "width = 80\nheight = tall"]:
    try:
        found = settings(text)
        print(f"area {found['width'] * found['height']}")
    except ValueError as problem:
        print(problem)
