"""`./dev test`: everything, on all processors, without leaving anything running.

Three kinds of tests: plain ones (each folder tests/*/ with a pytest.ini; no Odoo), Odoo's on copies of a
database that has the addon without demo data, and those tagged `emulation_demo` on one with demo data.
"""

import json
import os
import re
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from xml.etree import ElementTree

from . import odoo_log, processes
from .console import complain, say, step, tail
from .locks import exclusive
from .machine import cores
from .places import MODULE, addon_digest, first_port, free_port, remove
from .workshop import LANGUAGE, opened

DEMO_TAG = "emulation_demo"
DEFAULT_TAGS = f"/{MODULE},-{DEMO_TAG}"
SILENCE = 300  # seconds without any event after which a process is taken for stuck
LIMIT = 1500  # seconds after which a process is ended in any case


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
            if now - self.heard > SILENCE or now - self.started > LIMIT:
                self.give_up(outcome)
            return
        processes.end(self.process)
        self.read(outcome)
        self.done = True
        self.well = self.finish(outcome)

    def give_up(self, outcome):
        """End a stuck process; Odoo writes its stacks into the log first."""
        os.killpg(self.process.pid, signal.SIGQUIT)
        time.sleep(2)
        processes.end(self.process)
        outcome.problems.append(
            f"{self.name}: stuck, ended after {time.monotonic() - self.started:.0f} s; see {self.log}"
        )

    def read(self, outcome):
        """Take in what the process reported meanwhile."""

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

    def __init__(self, *arguments, events, durations, **options):
        super().__init__(*arguments, **options)
        self.events = events
        self.durations = durations
        self.tally = Counter()

    def read(self, outcome):
        if not self.events.exists():
            return
        with self.events.open() as file:
            file.seek(self.offset)
            while (line := file.readline()).endswith("\n"):
                self.offset = file.tell()
                self.heard = time.monotonic()
                self.take(json.loads(line), outcome)

    def take(self, event, outcome):
        """Take in one event."""
        if event["kind"] == "selected":
            outcome.selected.update(event["names"])
        elif event["kind"] == "start":
            outcome.add(event["test"], "running", "did not end")
        elif event["kind"] == "result":
            outcome.add(event["test"], event["status"], event["message"])
            self.tally[event["status"]] += 1
        elif event["kind"] == "end":
            report_class(event["name"], event["seconds"], self.tally)
            if self.tally:
                outcome.done.add(event["name"])
            self.durations[event["name"]] = round(event["seconds"], 2)
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


def report_class(name, seconds, tally):
    """Print the line of one test class."""
    counts = ", ".join(
        f"{tally[status]} {status}" for status in ("passed", "failed", "skipped") if tally[status]
    )
    say(f"  {seconds:6.1f} s  {name.removeprefix(MODULE + '.tests.')}  {counts or 'nothing run'}")


def test(checkout, options):
    """Run the tests asked for; return the exit status."""
    busy = "another ./dev test runs in this checkout: waiting"
    with opened(checkout, browser=True) as shop, exclusive(shop.places.data / "test.lock", busy):
        return Run(shop, options).go()


class Run:
    """One `./dev test`."""

    def __init__(self, shop, options):
        self.shop = shop
        self.tags = tags(options.tags)
        self.plain = not options.tags or "plain" in options.tags
        self.odoo = not options.tags or bool(self.tags)
        self.demo = not options.tags or any(DEMO_TAG in tag for tag in options.tags)
        self.whole = not options.tags
        self.outcome = Outcome()
        self.work = shop.places.data / "test"
        self.durations_file = shop.places.data / "durations.json"
        self.durations = {}
        self.allowed_log = self.allow_list("allowed_log.txt")
        self.port = first_port(shop.places.key, base=9100)

    def go(self):
        """Run everything; print the counts; return the exit status."""
        remove(self.work)
        (self.work / "claims").mkdir(parents=True)
        if self.durations_file.exists():
            self.durations = json.loads(self.durations_file.read_text())
        tasks = self.tasks()
        try:
            carry_out(tasks, self.outcome, at_once=max(2, cores()))
        finally:
            self.clean_up()
        self.durations_file.write_text(json.dumps(self.durations, indent=1, sort_keys=True))
        return self.judge()

    def tasks(self):
        """Return the tasks in the order they should start."""
        plain = [self.plain_task(ini.parent) for ini in self.plain_folders()] if self.plain else []
        prepare = self.prepare_task(demo=False) if self.odoo and not self.only_demo() else None
        prepare_demo = self.prepare_task(demo=True) if self.demo else None
        shards = []
        if self.odoo and not self.only_demo():
            count = max(2, min(cores(), 4)) if self.whole else 1
            shards = [self.shard(number + 1, prepare) for number in range(count)]
        demo = []
        if self.demo and (not self.whole or self.has_demo_tests()):
            demo = [self.demo_tests(prepare_demo)]
        return [task for task in (prepare, *plain, prepare_demo, *shards, *demo) if task]

    def only_demo(self):
        return self.demo and not self.whole

    def has_demo_tests(self):
        files = (self.shop.places.checkout / "tests").glob("test_*.py")
        return any(DEMO_TAG in file.read_text(encoding="utf-8") for file in files)

    def plain_folders(self):
        return sorted((self.shop.places.checkout / "tests").glob("*/pytest.ini"))

    def plain_task(self, folder):
        """Return the task of one folder of tests that need no Odoo."""
        name = f"tests/{folder.name}"
        report = self.work / f"{folder.name}.xml"
        command = [
            self.shop.venv / "bin/python", "-m", "pytest", "-q", "-c", folder / "pytest.ini",
            "--rootdir", folder, "-p", "no:cacheprovider", f"--junitxml={report}", folder,
        ]  # fmt: skip
        environment = self.shop.environment(PYTHONPATH="")
        return PlainTests(name, command, self.log(folder.name), environment, report=report, cwd=folder)

    def prepare_task(self, demo):
        """Return the task that installs the addon, or None if a database in step with the files is there."""
        shop, role = self.shop, "test_demo" if demo else "prepared"
        template = shop.template(demo)
        stamp = f"{template} {addon_digest(shop.places.checkout)}"
        if not demo and shop.databases.note(role) == stamp:
            return None
        step(f"installing the addon {'with' if demo else 'without'} demo data")
        shop.databases.copy(template, f"{role}_part")
        options = ["--demo", "--settle"] if demo else []
        name = shop.databases.name(f"{role}_part")
        command = shop.command("jobs", "install", name, MODULE, "--bundles", "--language", LANGUAGE, *options)
        log = self.log(f"install-{'demo' if demo else 'plain'}")
        task = OdooTask(log.stem, command, log, shop.environment(), allowed=self.allowed_log)
        finish = task.finish

        def keep(outcome):
            if well := finish(outcome):
                shop.databases.rename(f"{role}_part", role)
                shop.databases.set_note(role, stamp)
            return well

        task.finish = keep
        return task

    def shard(self, number, prepare):
        role = f"test_{number}"
        return self.tests_task(role, self.tags, prepare, lambda: self.shop.databases.copy("prepared", role))

    def demo_tests(self, prepare):
        return self.tests_task("test_demo", self.tags if self.only_demo() else DEMO_TAG, prepare, None)

    def tests_task(self, role, tags, prepare, before):
        """Return the task of one Odoo that runs tests."""
        self.port = free_port(self.port + 2)
        name = self.shop.databases.name(role)
        events = self.work / f"{role}.events"
        environment = self.shop.environment(
            HR_EMULATION_EVENTS=str(events),
            HR_EMULATION_CLAIMS=str(self.work / "claims"),
            HR_EMULATION_DURATIONS=str(self.durations_file),
        )
        command = self.shop.command(
            "run_tests", "-d", name, f"--db-filter=^{name}$", f"--test-tags={tags}", "--stop-after-init",
            "-p", self.port, "--gevent-port", self.port + 1, "--max-cron-threads", 0,
        )  # fmt: skip
        return OdooTests(
            role, command, self.log(role), environment, needs=[prepare] if prepare else [], before=before,
            allowed=self.allowed_log, events=events, durations=self.durations,
        )  # fmt: skip

    def log(self, name):
        return self.shop.places.logs / f"test-{name}.log"

    def allow_list(self, name):
        path = self.shop.places.checkout / "tests" / name
        return odoo_log.patterns(path.read_text(encoding="utf-8")) if path.exists() else []

    def clean_up(self):
        """Drop the copies; the prepared database stays for the next run."""
        processes.end_all()
        self.shop.databases.drop(*self.shop.databases.roles("test_"), *self.shop.databases.roles("prepared_"))

    def judge(self):
        """Print what failed and the counts; return the exit status."""
        allowed = self.allow_list("allowed_skips.txt")
        for name, message in self.outcome.of_status("skipped"):
            if not any(pattern.search(f"{name}: {message}") for pattern in allowed):
                self.outcome.problems.append(
                    f"skipped, and not in tests/allowed_skips.txt: {name}: {message}"
                )
        for name in sorted(self.outcome.selected - self.outcome.done):
            self.outcome.problems.append(f"selected, but not run: {name}")
        for name, message in self.outcome.of_status("failed", "running"):
            say(f"\nFAILED {name}\n{indent(message)}")
        for problem in self.outcome.problems:
            say(f"\nPROBLEM {problem}")
        passed, failed, skipped = self.outcome.counts()
        if not passed and not failed:
            complain("no test was run")
        if failed:
            say(f"\nlogs: {self.shop.places.logs}/test-*.log")
        step("done")
        say(f"{passed} passed, {failed} failed, {skipped} skipped")
        return 0 if passed and not failed else 1


def carry_out(tasks, outcome, at_once):
    """Run tasks side by side, each after those it needs."""
    waiting, running = list(tasks), []
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
        time.sleep(0.1)


def tags(wanted):
    """Return Odoo's --test-tags for what was asked for.

    >>> tags([])
    '/hr_emulation,-emulation_demo'
    >>> tags(["TestPrize", "TestGrade.test_bands"])
    '/hr_emulation:TestPrize,/hr_emulation:TestGrade.test_bands'
    >>> tags(["/hr:TestEmployee,-slow"])
    '/hr:TestEmployee,-slow'
    >>> tags(["plain"])
    ''
    """
    if not wanted:
        return DEFAULT_TAGS
    parts = [part for item in wanted for part in item.split(",") if part and part != "plain"]
    return ",".join(f"/{MODULE}:{part}" if re.match(r"[A-Z]\w*", part) else part for part in parts)


def indent(text, limit=60):
    """Return the first lines of a text, moved to the right."""
    return "\n".join(f"    {line}" for line in text.splitlines()[:limit])
