"""Odoo runs no test that a class inherits, unless the class says so: one that does not say it tests nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]
SAYS_SO = "allow_inherited_tests_method"


def read_classes(sources: list[str]) -> dict[str, tuple[set[str], bool, bool]]:
    """Return ``{class: (bases, has tests of its own, says so)}``."""
    found = {}
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef):
                names = [part.name for part in node.body if isinstance(part, ast.FunctionDef)]
                has_tests = any(name.startswith("test_") for name in names)
                says_so = any(
                    SAYS_SO in ast.unparse(part) for part in node.body if isinstance(part, ast.Assign)
                )
                found[node.name] = ({ast.unparse(base) for base in node.bases}, has_tests, says_so)
    return found


def find_silent(sources: list[str]) -> set[str]:
    """Return the classes that inherit tests nobody runs."""
    classes = read_classes(sources)

    def climb(name: str) -> Iterator[tuple[set[str], bool, bool]]:
        for base in classes[name][0] & classes.keys():
            yield classes[base]
            yield from climb(base)

    return {
        name
        for name, (_bases, _has_tests, says_so) in classes.items()
        if any(above[1] for above in climb(name))
        and not says_so
        and not any(above[2] for above in climb(name))
    }


def test_the_rule_sees_what_it_looks_for():
    source = "class A:\n    def test_x(self): pass\nclass B(A): %s"
    assert find_silent([source % "pass"]) == {"B"}
    assert find_silent([source % f"{SAYS_SO} = True"]) == set()


def test_every_inherited_test_is_run():
    paths = [path for path in TESTS.rglob("test_*.py") if path.is_file()]
    paths += (TESTS / "helpers").glob("*.py")
    assert find_silent([path.read_text() for path in paths]) == set()
