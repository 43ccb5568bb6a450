//! As Rust with `#[managed]` types.

use std::f64::consts::PI;

use refcycle::{Gc, managed};

const SOLAR_MASS: f64 = 4.0 * PI * PI;
const DAYS: f64 = 365.24;

#[managed]
struct Body {
    #[managed(mut)]
    x: f64,
    #[managed(mut)]
    y: f64,
    #[managed(mut)]
    z: f64,
    #[managed(mut)]
    vx: f64,
    #[managed(mut)]
    vy: f64,
    #[managed(mut)]
    vz: f64,
    mass: f64,
}

impl Body {
    fn of([x, y, z]: [f64; 3], [vx, vy, vz]: [f64; 3], mass: f64) -> Gc<Self> {
        Body::new(x, y, z, vx * DAYS, vy * DAYS, vz * DAYS, mass * SOLAR_MASS)
    }
}

#[managed]
struct System {
    #[managed(mut)]
    bodies: Vec<Gc<Body>>,
}

impl System {
    fn of(bodies: Vec<Gc<Body>>) -> Gc<Self> {
        let [mut px, mut py, mut pz] = [0.0; 3];
        for body in &bodies {
            px += body.vx() * body.mass;
            py += body.vy() * body.mass;
            pz += body.vz() * body.mass;
        }
        bodies[0].set_vx(-px / SOLAR_MASS);
        bodies[0].set_vy(-py / SOLAR_MASS);
        bodies[0].set_vz(-pz / SOLAR_MASS);
        System::new(bodies)
    }

    fn advance(&self, dt: f64) {
        let bodies = self.bodies();
        for (i, a) in bodies.iter().enumerate() {
            for b in &bodies[i + 1..] {
                let (dx, dy, dz) = (a.x() - b.x(), a.y() - b.y(), a.z() - b.z());
                let squared = dx * dx + dy * dy + dz * dz;
                let magnitude = dt / (squared * squared.sqrt());
                a.set_vx(a.vx() - dx * b.mass * magnitude);
                a.set_vy(a.vy() - dy * b.mass * magnitude);
                a.set_vz(a.vz() - dz * b.mass * magnitude);
                b.set_vx(b.vx() + dx * a.mass * magnitude);
                b.set_vy(b.vy() + dy * a.mass * magnitude);
                b.set_vz(b.vz() + dz * a.mass * magnitude);
            }
        }
        for body in bodies.iter() {
            body.set_x(body.x() + dt * body.vx());
            body.set_y(body.y() + dt * body.vy());
            body.set_z(body.z() + dt * body.vz());
        }
    }

    fn energy(&self) -> f64 {
        let mut energy = 0.0;
        let bodies = self.bodies();
        for (i, a) in bodies.iter().enumerate() {
            energy += 0.5 * a.mass * (a.vx() * a.vx() + a.vy() * a.vy() + a.vz() * a.vz());
            for b in &bodies[i + 1..] {
                let (dx, dy, dz) = (a.x() - b.x(), a.y() - b.y(), a.z() - b.z());
                energy -= a.mass * b.mass / (dx * dx + dy * dy + dz * dz).sqrt();
            }
        }
        energy
    }
}

fn planets() -> Vec<Gc<Body>> {
    vec![
        Body::of([0.0; 3], [0.0; 3], 1.0),
        Body::of(
            [4.841431442, -1.160320044, -0.1036220445],
            [0.001660076643, 0.007699011184, -0.0000690460017],
            0.0009547919384,
        ),
        Body::of(
            [8.343366718, 4.124798564, -0.4035234171],
            [-0.002767425107, 0.004998528012, 0.00002304172976],
            0.0002858859807,
        ),
        Body::of(
            [12.89436956, -15.1111514, -0.2233075789],
            [0.002964601376, 0.00237847174, -0.00002965895685],
            0.00004366244043,
        ),
        Body::of(
            [15.37969711, -25.91931461, 0.179258773],
            [0.002680677725, 0.0016282417, -0.00009515922545],
            0.0000515138902,
        ),
    ]
}

pub fn run(times: i64) -> i64 {
    let system = System::of(planets());
    for _ in 0..times * 1000 {
        system.advance(0.01);
    }
    (system.energy() * 1e12).round_ties_even() as i64
}
