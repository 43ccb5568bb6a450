#![forbid(unsafe_code)]
//! A crate that allows no `unsafe` of its own may have scripts: fields on the way, tables of methods, exceptions, generators.

use refcycle::gc_script;

gc_script! {
    class Shape {
        name: str;
        next: Shape?;
        sizes: list[float];

        def __init__(self, name: str) {
            self.name = name;
            self.next = None;
            self.sizes = [1.0, 2.0];
        }

        def area(self) -> float { return 0.0; }
    }

    class Square(Shape) {
        side: float;

        def __init__(self, side: float) {
            super().__init__("square");
            self.side = side;
        }

        def __del__(self) { print("bye", self.name); }
        def area(self) -> float { return self.side * self.side; }
    }

    class Scene {
        first: Shape;
        failures: int = 0;

        def __init__(self, first: Shape) { self.first = first; }

        def walk(self) -> Iterator[Shape] {
            shape: Shape? = self.first;
            while shape is not None {
                yield shape;
                shape = shape.next;
            }
        }
    }

    class SceneError(ValueError) { scene: Scene; }

    def check(scene: Scene) raises -> float {
        if scene.first.next is None { raise SceneError("alone", scene); }
        scene.first.sizes[0] = scene.first.sizes[1] + len(scene.first.name);
        scene.first.sizes.append(scene.first.sizes.pop());
        return scene.first.sizes[0];
    }

    def total() -> float {
        scene = Scene(Square(2.0));
        try { check(scene); } except SceneError as e { e.scene.failures += 1; }
        scene.first.next = Shape("plain");
        try { scene.failures += int(check(scene)); } except ValueError { pass; }
        return sum([shape.area() for shape in scene.walk()]) + scene.failures;
    }
}

fn main() {
    assert_eq!(total(), 13.0);
}
