"""n-body: the orbits of the outer planets, step by step."""

from math import pi, sqrt

SOLAR_MASS: float = 4 * pi * pi
DAYS: float = 365.24


class Body:
    def __init__(self, x: float, y: float, z: float, vx: float, vy: float, vz: float, mass: float):
        self.x = x
        self.y = y
        self.z = z
        self.vx = vx * DAYS
        self.vy = vy * DAYS
        self.vz = vz * DAYS
        self.mass = mass * SOLAR_MASS


class System:
    def __init__(self, bodies: list[Body]):
        self.bodies = bodies
        px = 0.0
        py = 0.0
        pz = 0.0
        for body in bodies:
            px += body.vx * body.mass
            py += body.vy * body.mass
            pz += body.vz * body.mass
        sun = bodies[0]
        sun.vx = -px / SOLAR_MASS
        sun.vy = -py / SOLAR_MASS
        sun.vz = -pz / SOLAR_MASS

    def advance(self, dt: float):
        bodies = self.bodies
        for i in range(len(bodies)):
            a = bodies[i]
            for j in range(i + 1, len(bodies)):
                b = bodies[j]
                dx = a.x - b.x
                dy = a.y - b.y
                dz = a.z - b.z
                squared = dx * dx + dy * dy + dz * dz
                magnitude = dt / (squared * sqrt(squared))
                a.vx -= dx * b.mass * magnitude
                a.vy -= dy * b.mass * magnitude
                a.vz -= dz * b.mass * magnitude
                b.vx += dx * a.mass * magnitude
                b.vy += dy * a.mass * magnitude
                b.vz += dz * a.mass * magnitude
        for body in bodies:
            body.x += dt * body.vx
            body.y += dt * body.vy
            body.z += dt * body.vz

    def energy(self) -> float:
        energy = 0.0
        bodies = self.bodies
        for i in range(len(bodies)):
            a = bodies[i]
            energy += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
            for j in range(i + 1, len(bodies)):
                b = bodies[j]
                dx = a.x - b.x
                dy = a.y - b.y
                dz = a.z - b.z
                energy -= a.mass * b.mass / sqrt(dx * dx + dy * dy + dz * dz)
        return energy


def planets() -> list[Body]:
    sun = Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    jupiter = Body(
        4.841431442, -1.160320044, -0.1036220445,
        0.001660076643, 0.007699011184, -0.0000690460017, 0.0009547919384,
    )
    saturn = Body(
        8.343366718, 4.124798564, -0.4035234171,
        -0.002767425107, 0.004998528012, 0.00002304172976, 0.0002858859807,
    )
    uranus = Body(
        12.89436956, -15.1111514, -0.2233075789,
        0.002964601376, 0.00237847174, -0.00002965895685, 0.00004366244043,
    )
    neptune = Body(
        15.37969711, -25.91931461, 0.179258773,
        0.002680677725, 0.0016282417, -0.00009515922545, 0.0000515138902,
    )
    return [sun, jupiter, saturn, uranus, neptune]


def run(times: int) -> int:
    system = System(planets())
    for i in range(times * 1000):
        system.advance(0.01)
    return round(system.energy() * 1e12)
