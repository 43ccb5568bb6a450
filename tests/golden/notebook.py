"""examples/notebook.rs in Python; notebook.out is what CPython 3.11 prints for it."""
import gc
import sys
import weakref


class MyObject:
    def __init__(self, name):
        self.name = name
        self.partner = None
        self.parent = None
        print(f"Object {self.name} is created.")

    def __del__(self):
        print(f"Object {self.name} is deleted.")


def generate_nums(num):
    for x in range(num):
        yield x


def use_local():
    local = MyObject("local")
    print("using", local.name)


def shown(truth):
    return str(truth).lower()


print("# Reference counting")
a = []
print(sys.getrefcount(a))
b = a
print(sys.getrefcount(a))
del b
print(sys.getrefcount(a))

print("# Garbage collection")
gc.collect()
gc.disable()
print("automatic collection:", shown(gc.isenabled()))
gc.enable()
print("automatic collection:", shown(gc.isenabled()))

print("# Two objects that refer to each other")
before = gc.get_stats()
obj1 = MyObject("obj1")
obj2 = MyObject("obj2")
obj1.partner = obj2
obj2.partner = obj1
del obj1, obj2
print("both names are gone, both objects are alive")
print("collected:", gc.collect())
for generation, (old, new) in enumerate(zip(before, gc.get_stats())):
    collections = new["collections"] - old["collections"]
    collected = new["collected"] - old["collected"]
    print(f"generation {generation}: collections {collections}, collected {collected}, uncollectable {new['uncollectable']}")
print("garbage:", len(gc.garbage))

print("# Generators")
for number in generate_nums(10):
    print(number)

print("# 1. Use local variables: they die with the call")
use_local()

print("# 2. Avoid cycles: a weak reference does not count")
child = MyObject("child")
parent = MyObject("parent")
parent.partner = child
child.parent = weakref.ref(parent)
print("parent of", child.name, "is", child.parent().name)
del parent
print("child has a parent:", shown(child.parent() is not None))

print("# 3. Use iterators: one object is alive at a time")
for block in (MyObject(f"block {i}") for i in range(3)):
    print("using", block.name)
    del block

print("# 4. Delete explicitly what is large")
del child
print("child is gone")

print("# 5. Measure: nothing is left for the collector")
print("collected:", gc.collect())
