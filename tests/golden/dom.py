"""examples/dom.rs in Python; dom.out is what CPython 3.11 prints for it.

Here the children of an element are a list of their own, which a collection counts: they are subtracted."""

import gc


class Element:
    __slots__ = ("tag", "parent", "children")

    def __init__(self, tag):
        self.tag = tag
        self.parent = None
        self.children = []

    def append(self, child):
        child.remove()
        child.parent = self
        self.children.append(child)
        return child

    def remove(self):
        if self.parent is not None:
            self.parent.children.remove(self)
            self.parent = None

    def path(self):
        if self.parent is not None:
            return f"{self.parent.path()}/{self.tag}"
        return self.tag

    def markup(self):
        inside = "".join(child.markup() for child in self.children)
        return f"<{self.tag}>{inside}</{self.tag}>"


def collect():
    elements_and_lists = gc.collect()
    return elements_and_lists // 2


gc.collect()
html = Element("html")
body = html.append(Element("body"))
ul = body.append(Element("ul"))
first = ul.append(Element("li"))
link = first.append(Element("a"))
aside = body.append(Element("aside"))
print(html.markup())

aside.append(link)
print(f"{link.tag} is at {link.path()}")
print(html.markup())

ul.remove()
del ul, first
print(f"without the list: {collect()} elements collected")

del html, body, aside
print(f"all but the link let go: {collect()} elements collected")
print(f"{link.tag} is still at {link.path()}")

del link
print(f"the link let go: {collect()} elements collected")
