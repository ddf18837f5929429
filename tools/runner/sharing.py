"""How several processes share the test classes: the longest first, and the very long in pieces."""

import math

PIECE = 60  # seconds: each piece sets its class up anew, and the longest come first
BROWSER, PLAIN = 20, 2  # seconds a class is thought to take that has never been measured


def units(classes, durations, browser=()):
    """Return [(class name, number of the piece, tests)] in the order they should begin.

    `classes` is {name: tests}, `durations` {name: seconds}, `browser` the names of classes that drive one.

    >>> units({"short": "ab", "long": "cde"}, {"short": 1, "long": 100})
    [('long', 0, 'ce'), ('long', 1, 'd'), ('short', 0, 'ab')]
    >>> units({"one": "a"}, {"one": 500})
    [('one', 0, 'a')]
    >>> [name for name, _number, _tests in units({"new": "a", "new tour": "b"}, {}, {"new tour"})]
    ['new tour', 'new']
    """
    found = []
    for name, tests in classes.items():
        seconds = durations.get(name, BROWSER if name in browser else PLAIN)
        count = max(1, min(len(tests), math.ceil(seconds / PIECE)))
        found += [(-seconds / count, name, number, tests[number::count]) for number in range(count)]
    found.sort(key=lambda unit: unit[:3])
    return [tuple(unit) for _weight, *unit in found]
