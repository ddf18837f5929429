"""The processes of a test run: what each reports, when one is stuck, which waits for which."""

import json
import os
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from xml.etree import ElementTree

from .. import processes
from ..console import Quiet, say, size, tail
from ..places import MODULE, remove
from . import odoo_log

SILENCE = 300  # seconds without any event or line after which a process is taken for stuck,
AT_WORK = 4  # unless it uses the processor: then so many times as long, as on a machine that others use too
LIMIT = 3600  # seconds after which a process is ended in any case


@dataclass
class Outcome:
    """What came out: {test id: (status, message)} and what else went wrong."""

    tests: dict = field(default_factory=dict)
    selected: set = field(default_factory=set)
    done: set = field(default_factory=set)
    problems: list = field(default_factory=list)

    def add(self, test, status, message=""):
        """Record a status; a failure of a part of a test is a failure of the test."""
        if self.tests.get(test, ("",))[0] != "failed":
            self.tests[test] = (status, message)

    def counts(self):
        """Return (passed, failed, skipped); every other problem counts as a failure."""
        tally = Counter(status for status, _message in self.tests.values())
        return tally["passed"], tally["failed"] + tally["running"] + len(self.problems), tally["skipped"]

    def of_status(self, *statuses):
        """Return [(test, message)] of these statuses."""
        return [(test, message) for test, (status, message) in self.tests.items() if status in statuses]


class Task:
    """A process among others; `needs` must have ended well before it starts."""

    def __init__(self, name, command, log, env, needs=(), before=None, cwd="/"):
        self.name = name
        self.command = command
        self.log = log
        self.env = env
        self.needs = needs
        self.before = before
        self.cwd = cwd
        self.process = None
        self.done = False
        self.well = False
        self.started = self.heard = 0.0
        self.used = 0.0  # seconds of the processor when it was last heard
        self.length = 0  # of the log

    def __str__(self):
        return f"{self.name} for {time.monotonic() - self.started:.0f} s"

    def start(self):
        if self.before:
            self.before()
        remove(self.log)
        self.started = self.heard = time.monotonic()
        self.process = processes.start(self.command, log=self.log, env=self.env, cwd=self.cwd)

    def poll(self, outcome):
        """Look at the process; end it if it is stuck."""
        self.read(outcome)
        now = time.monotonic()
        if self.process.poll() is None:
            if self.is_stuck(now - self.heard) or now - self.started > LIMIT:
                self.give_up(outcome)
            return
        processes.end(self.process)
        self.read(outcome)
        self.done = True
        self.well = self.finish(outcome)

    def is_stuck(self, silent):
        """Tell whether a process silent for so many seconds waits for something that does not come."""
        if silent <= SILENCE:
            return False
        works = processes.used(self.process.pid) - self.used > silent / 20
        return not works or silent > AT_WORK * SILENCE

    def hear(self):
        """Note a sign of life."""
        self.heard = time.monotonic()
        self.used = processes.used(self.process.pid)

    def give_up(self, outcome):
        """End a stuck process; Odoo writes its stacks into the log first."""
        os.killpg(self.process.pid, signal.SIGQUIT)
        time.sleep(2)
        processes.end(self.process)
        outcome.problems.append(
            f"{self.name}: stuck, ended after {time.monotonic() - self.started:.0f} s; see {self.log}"
        )

    def read(self, outcome):
        """Take in what the process reported meanwhile: a log that grows is a sign of life."""
        if (length := size(self.log)) != self.length:
            self.length = length
            self.hear()

    def finish(self, outcome):
        """Judge the ended process; return whether what needs it may start."""
        if self.process.returncode:
            outcome.problems.append(
                f"{self.name}: exit status {self.process.returncode}\n{tail(self.log, 40)}"
            )
        return self.process.returncode == 0


class OdooTask(Task):
    """A process whose log must hold no complaint."""

    def __init__(self, *arguments, allowed=(), **options):
        super().__init__(*arguments, **options)
        self.allowed = allowed
        self.offset = 0

    def finish(self, outcome):
        found = odoo_log.complaints(self.log.read_text(errors="replace"))
        bad = odoo_log.unexpected(found, self.allowed)
        outcome.problems += [f"{self.name}: {complaint}" for complaint in bad]
        if bad:
            return False
        return super().finish(outcome)


class OdooTests(OdooTask):
    """A process that runs test classes and reports each."""

    def __init__(self, *arguments, events, durations, label="", **options):
        super().__init__(*arguments, **options)
        self.label = label
        self.events = events
        self.durations = durations
        self.tally = Counter()
        self.current = None

    def __str__(self):
        return f"{self.name}: {self.current}" if self.current else super().__str__()

    def read(self, outcome):
        if not self.events.exists():
            return
        with self.events.open() as file:
            file.seek(self.offset)
            while (line := file.readline()).endswith("\n"):
                self.offset = file.tell()
                self.hear()
                self.take(json.loads(line), outcome)

    def take(self, event, outcome):
        """Take in one event."""
        if event["kind"] == "selected":
            outcome.selected.update(self.label + name for name in event["names"])
        elif event["kind"] == "start":
            self.current = event["test"].removeprefix(f"{MODULE}.tests.")
            outcome.add(self.label + event["test"], "running", "did not end")
        elif event["kind"] == "result":
            outcome.add(self.label + event["test"], event["status"], event["message"])
            self.tally[event["status"]] += 1
        elif event["kind"] == "end":
            report_class(event["name"], event["seconds"], self.tally, self.label)
            if self.tally:
                outcome.done.add(self.label + event["name"])
            if not self.label:
                self.durations[event["name"]] += event["seconds"]
            self.tally.clear()

    def finish(self, outcome):
        failed = any(status == "failed" for status, _message in outcome.tests.values())
        if self.process.returncode == 1 and failed:
            self.process.returncode = 0  # Odoo's way of saying that a test failed
        return super().finish(outcome)


class PlainTests(Task):
    """pytest in one folder."""

    def __init__(self, *arguments, report, **options):
        super().__init__(*arguments, **options)
        self.report = report

    def finish(self, outcome):
        if not self.report.exists():
            return super().finish(outcome)
        for case in ElementTree.parse(self.report).iter("testcase"):  # noqa: S314 (our own)
            test = f"{case.get('classname')}.{case.get('name')}"
            wrong = case.find("failure") if case.find("failure") is not None else case.find("error")
            skip = case.find("skipped")
            if wrong is not None:
                outcome.add(test, "failed", wrong.text or wrong.get("message", ""))
            else:
                outcome.add(
                    test,
                    "passed" if skip is None else "skipped",
                    "" if skip is None else skip.get("message", ""),
                )
        say(f"  {time.monotonic() - self.started:6.1f} s  {self.name}")
        return True


def report_class(name, seconds, tally, label=""):
    """Print the line of one test class."""
    counts = ", ".join(
        f"{tally[status]} {status}" for status in ("passed", "failed", "skipped") if tally[status]
    )
    name = name.removeprefix(f"{MODULE}.tests.")
    say(f"  {seconds:6.1f} s  {label}{name}  {counts or 'nothing run'}")


def carry_out(tasks, outcome, at_once):
    """Run tasks side by side, each after those it needs."""
    waiting, running = list(tasks), []
    quiet = Quiet(lambda: "; ".join(map(str, running)))
    while waiting or running:
        for task in list(waiting):
            if any(need.done and not need.well for need in task.needs):
                waiting.remove(task)
                task.done = True
                outcome.problems.append(f"{task.name}: not started, because {task.needs[0].name} failed")
            elif len(running) < at_once and all(need.done for need in task.needs):
                waiting.remove(task)
                task.start()
                running.append(task)
        for task in list(running):
            task.poll(outcome)
            if task.done:
                running.remove(task)
        quiet.speak()
        time.sleep(0.1)
