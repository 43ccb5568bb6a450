//! After an object's `__del__`, its fields are released in declaration order.

use super::python::*;

golden!("050_scope_fields_in_order");

#[managed]
struct T {
    name: &'static str,
}

#[managed]
impl T {
    fn __del__(&self) {
        out!("del {}", self.name);
    }
}

#[managed(new = from_fields)]
struct Car {
    #[managed(mut)]
    engine: Gc<T>,
    gearbox: Gc<T>,
    wheels: Gc<List<Gc<T>>>,
    radio: Gc<T>,
}

impl Car {
    fn new() -> Gc<Self> {
        Car::from_fields(
            T::new("engine"),
            T::new("gearbox"),
            List::of([T::new("wheel0"), T::new("wheel1"), T::new("wheel2"), T::new("wheel3")]),
            T::new("radio"),
        )
    }
}

#[managed]
impl Car {
    fn __del__(&self) {
        out!("del car with {} {}", self.engine().name, self.wheels.len());
    }
}

fn program() {
    let car = Car::new();
    out!("drop car");
    drop(car);
    out!("--");
    let car = Car::new();
    car.set_engine(T::new("engine2"));
    out!("engine replaced");
}

fn main() {
    program();
    out!("end");
}
