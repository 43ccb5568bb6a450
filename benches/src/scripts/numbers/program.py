"""Functions of numbers alone."""


def gcd(a: int, b: int) -> int:
    while b != 0:
        a, b = b, a % b
    return a


def collatz(start: int) -> int:
    n = start
    steps = 0
    while n != 1:
        if n % 2 == 0:
            n = n // 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps


def polynomial(x: float, terms: int) -> float:
    value = 0.0
    for i in range(terms):
        value = value * x + i
    return value


def escapes(re: float, im: float) -> int:
    x = 0.0
    y = 0.0
    for i in range(60):
        if x * x + y * y > 4.0:
            return i
        x, y = x * x - y * y + re, 2.0 * x * y + im
    return 60


def run(times: int) -> int:
    total = 0
    for turn in range(times):
        for i in range(1, 100):
            total += gcd(7 * i, 840) + collatz(i)
            if polynomial(0.5, i) < 2.0:
                total += 1
            total += escapes(-2.0 + 0.03 * i, 0.25)
    return total
