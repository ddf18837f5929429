"""Odoo's server with its tests, reporting every event as a line of JSON.

HR_EMULATION_EVENTS     file the events are appended to
HR_EMULATION_CLAIMS     folder in which several such processes, each on its own copy of the database, claim
                        classes: the first that comes to one runs it, so that all finish about the same time
HR_EMULATION_DURATIONS  JSON files {class: seconds}, the later counting more: the longest classes come first, and
                        the very long are claimed in pieces
"""

import contextlib
import json
import os
import re
import sys
import time
from itertools import groupby

import sharing

sys.path[0:1] = []  # this folder itself
sys.path.append(os.environ["HR_EMULATION_ODOO"])

import odoo.cli  # noqa: E402
from odoo.tests import loader, result, suite  # noqa: E402

MODULE = "hr_emulation"
PREFIX = "odoo.addons."


class Events:
    """Appends what happens to a file another process reads."""

    def __init__(self, path):
        self.file = open(path, "a", buffering=1)  # noqa: SIM115 (open to the end)

    def write(self, kind, **values):
        self.file.write(json.dumps({"kind": kind, **values}) + "\n")


EVENTS = Events(os.environ["HR_EMULATION_EVENTS"])


def class_name(test):
    """Return the name a class goes by in reports: hr_emulation.tests.test_prize.TestPrize."""
    kind = type(test)
    return f"{kind.__module__}.{kind.__qualname__}".removeprefix(PREFIX)


def load_durations(paths):
    """Return the seconds each class took the last time."""
    found = {}
    for path in paths.split(os.pathsep):
        with contextlib.suppress(OSError, ValueError), open(path) as file:
            found |= json.load(file)
    return found


def named_modules(tags):
    """Return the addons whose tests the tags ask for (/addon or /addon/tests/test_x.py), else ours."""
    found = {match for tag in tags.split(",") for match in re.findall(r"^[^-/]*/(\w+)", tag)}
    return found or {MODULE}


class SharedSuite(suite.OdooSuite):
    """A suite that runs the classes nobody else has claimed."""

    def has_http_case(self):
        return False  # the asset bundles were made before the database was copied

    def countTestCases(self):
        return len(self._tests)  # without going through them, which would claim them

    def __iter__(self):
        for test_class, number, tests in self.in_order():
            if not claim(f"{test_class}#{number}"):
                continue
            EVENTS.write("begin", name=test_class)
            started = time.monotonic()
            yield from tests
            EVENTS.write("end", name=test_class, seconds=time.monotonic() - started)

    def in_order(self):
        """Return [(class name, number of the piece, tests)] in the order they should begin."""
        classes = {}
        for name, tests in groupby(self._tests, key=class_name):
            classes.setdefault(name, []).extend(tests)
        browser = {class_name(test) for test in self._tests if isinstance(test, suite.HttpCase)}
        return sharing.units(classes, load_durations(os.environ["HR_EMULATION_DURATIONS"]), browser)


def claim(name):
    """Tell whether this process is the one to run a class."""
    try:
        os.close(os.open(os.path.join(os.environ["HR_EMULATION_CLAIMS"], name), os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


_make_suite = loader.make_suite


def make_suite(module_names, position="at_install"):
    """Odoo's own selection, for the addons asked for, in a suite that shares the work."""
    wanted = named_modules(",".join(odoo.tools.config["test_tags"] or [MODULE]))
    names = [name for name in module_names if name in wanted]
    selected = _make_suite(names, position)._tests
    EVENTS.write("selected", names=sorted({class_name(test) for test in selected}))
    return SharedSuite(selected)


def record(method, status):
    """Make the result object report a status as well."""
    original = getattr(result.OdooTestResult, method)

    def recording(self, test, *arguments):
        if not self._soft_fail:
            message = ""
            if arguments:
                message = str(arguments[0][1]) if isinstance(arguments[0], tuple) else str(arguments[0])
            EVENTS.write("result", test=test_id(test), status=status, message=message[:2000])
        return original(self, test, *arguments)

    setattr(result.OdooTestResult, method, recording)


def test_id(test):
    """Return the id of a test; a sub-test counts as its test, a set-up as itself."""
    return getattr(test, "test_case", test).id().removeprefix(PREFIX)


def record_start():
    """Make the result object report that a test begins: a hang is then known by name."""
    original = result.OdooTestResult.startTest

    def start(self, test):
        EVENTS.write("start", test=test_id(test))
        return original(self, test)

    result.OdooTestResult.startTest = start


def main():
    loader.make_suite = make_suite
    record_start()
    for method, status in (
        ("addSuccess", "passed"),
        ("addFailure", "failed"),
        ("addError", "failed"),
        ("addSkip", "skipped"),
    ):
        record(method, status)
    odoo.cli.main()


if __name__ == "__main__":
    main()
