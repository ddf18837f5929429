"""`./dev test`: everything, on all processors, without leaving anything running.

Three kinds of tests: plain ones (each folder tests/*/ with a pytest.ini; no Odoo), Odoo's on copies of a
database that has the addon without demo data, and those tagged `emulation_demo` on one with demo data.
Those tagged `emulation_others` run once more, or only, where other addons of Odoo are installed as well.
"""

import json
import os
import re
from collections import Counter
from pathlib import Path

from .. import ports, processes, pythons
from ..console import complain, say, step
from ..locks import exclusive
from ..machine import cores
from ..places import MODULE, addon_digest, digest, remove
from ..workshop import LANGUAGE, opened
from . import odoo_log
from .tasks import OdooTask, OdooTests, Outcome, PlainTests, carry_out

# How long the classes took when this was last noted: for a machine that has not run them yet.
SHIPPED = Path(__file__).with_name("durations.json")
# The databases the tests run on copies of, without and with demo data.
PREPARED = {False: "prepared", True: "prepared_demo"}
DEMO_TAG = "emulation_demo"
# Addons beside which this one has to work: a website of its own, and others that extend employees and the portal.
OTHERS = ("website", "survey", "hr_holidays", "hr_expense", "hr_skills", "project", "crm")
OTHERS_TAG = "emulation_others"
PREPARED_OTHERS = "prepared_others"
DEFAULT_TAGS = f"/{MODULE},-{DEMO_TAG}"


def test(checkout, options):
    """Run the tests asked for; return the exit status."""
    if options.python:
        pythons.switch(checkout, options.python)
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
        self.others = not options.tags or any(OTHERS_TAG in tag for tag in options.tags)
        self.whole = not options.tags
        self.note = options.note_durations
        self.outcome = Outcome()
        self.work = shop.places.data / "test"
        self.durations_file = shop.places.data / "durations.json"
        self.durations = Counter()
        self.allowed_log = self.allow_list("allowed_log.txt")
        self.port = ports.first(shop.places.key, base=9100)

    def go(self):
        """Run everything; print the counts; return the exit status."""
        remove(self.work)
        for folder in ("claims", "claims_others"):
            (self.work / folder).mkdir(parents=True)
        tasks = self.tasks()
        try:
            carry_out(tasks, self.outcome, at_once=max(2, cores()))
        finally:
            self.clean_up()
        self.remember_durations()
        return self.judge()

    def remember_durations(self):
        """Note how long the classes took: the longest are begun first the next time, and shared out."""
        known = json.loads(self.durations_file.read_text()) if self.durations_file.exists() else {}
        known |= {name: round(seconds, 1) for name, seconds in self.durations.items()}
        self.durations_file.write_text(json.dumps(known, indent=1, sort_keys=True))
        if self.note:
            long = {name: round(seconds) for name, seconds in sorted(known.items()) if seconds >= 5}
            SHIPPED.write_text(json.dumps(long, indent=1) + "\n")

    def tasks(self):
        """Return the tasks in the order they should start."""
        plain = [self.plain_task(ini.parent) for ini in self.plain_folders()] if self.plain else []
        is_plain = self.odoo and not self.is_elsewhere()
        prepare = self.prepare_task(demo=False) if is_plain else None
        prepare_demo = self.prepare_task(demo=True) if self.demo else None
        shards = []
        if is_plain:
            count = max(2, min(cores(), 4)) if self.whole else 1
            shards = [self.shard(number + 1, prepare) for number in range(count)]
        demo = []
        if self.demo and (not self.whole or self.has_demo_tests()):
            demo = [self.demo_tests(prepare_demo)]
        others = self.others_tasks() if self.others else []
        # Making a template holds up the others for a while: the first plain tests, then the database without demo
        # data, are at work meanwhile. What the shards share out comes last, so that all finish about the same time.
        return [
            task for task in (*plain[:1], prepare, prepare_demo, *plain[1:], *others, *demo, *shards) if task
        ]

    def is_elsewhere(self):
        """Tell whether only tests on another database than the ordinary one are asked for."""
        return (self.demo or self.others) and not self.whole

    def only_demo(self):
        return self.demo and not self.whole

    def others_tasks(self):
        """Return the tasks of the database with other addons: they are installed once, then this one beside them."""
        role = f"template_others_{digest(self.shop.template_role(False), *OTHERS)}"
        install = None
        if not self.shop.databases.exists(role):
            self.shop.databases.drop(*self.shop.databases.roles("template_others_"))
            install = self.install_task(
                role, lambda: self.shop.template(False), ",".join(OTHERS), "installing other addons"
            )
        prepare = self.prepare_others(role, install)
        tests = self.tests_task(
            "test_others", OTHERS_TAG, prepare, source=PREPARED_OTHERS, label="beside others: "
        )
        return [install, prepare, tests]

    def prepare_others(self, template, install):
        """Return the task that installs the addon beside the others, or None if that is in step with the files."""
        stamp = f"{template} {addon_digest(self.shop.places.checkout)}"
        if self.shop.databases.note(PREPARED_OTHERS) == stamp:
            return None
        what = "installing the addon beside others"
        task = self.install_task(PREPARED_OTHERS, lambda: template, MODULE, what, "--bundles", stamp=stamp)
        task.needs = [install] if install else []
        return task

    def has_demo_tests(self):
        files = (self.shop.places.checkout / "tests").rglob("test_*.py")
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
        shop, role = self.shop, PREPARED[demo]
        stamp = f"{shop.template_role(demo)} {addon_digest(shop.places.checkout)}"
        if shop.databases.note(role) == stamp:
            return None
        options = ["--bundles", *(["--demo", "--settle"] if demo else [])]
        what = f"installing the addon {'with' if demo else 'without'} demo data"
        return self.install_task(role, lambda: shop.template(demo), MODULE, what, *options, stamp=stamp)

    def install_task(self, role, template, addons, what, *options, stamp=""):
        """Return the task that installs addons into a copy of a database and gives it a role when all is well.

        :param template: function that returns the role of the database to copy
        """
        shop = self.shop
        part = f"{role}_part"
        command = shop.command(
            "inside/jobs", "install", shop.databases.name(part), addons, "--language", LANGUAGE, *options
        )
        log = self.log(f"install-{role}")
        task = OdooTask(log.stem, command, log, shop.environment(), allowed=self.allowed_log)
        finish = task.finish

        def copy():
            shop.databases.copy(template(), part)
            step(what)

        def keep(outcome):
            if well := finish(outcome):
                shop.databases.rename(part, role)
                shop.databases.set_note(role, stamp)
            return well

        task.before, task.finish = copy, keep
        return task

    def shard(self, number, prepare):
        return self.tests_task(f"test_{number}", self.tags, prepare, source=PREPARED[False])

    def demo_tests(self, prepare):
        asked = self.tags if self.only_demo() else DEMO_TAG
        return self.tests_task("test_demo", asked, prepare, source=PREPARED[True])

    def tests_task(self, role, tags, prepare, source, label=""):
        """Return the task of one Odoo that runs tests on a copy of a prepared database.

        :param str label: what is put before the names of its tests, where the same ones run elsewhere too
        """

        def copy():
            self.shop.databases.copy(source, role)

        self.port = ports.find(self.port + 2)
        name = self.shop.databases.name(role)
        events = self.work / f"{role}.events"
        environment = self.shop.environment(
            HR_EMULATION_EVENTS=str(events),
            HR_EMULATION_CLAIMS=str(self.work / ("claims_others" if label else "claims")),
            HR_EMULATION_DURATIONS=os.pathsep.join(map(str, (SHIPPED, self.durations_file))),
        )
        command = self.shop.command(
            "runner/inside", "-d", name, f"--db-filter=^{name}$", f"--test-tags={tags}", "--stop-after-init",
            "-p", self.port, "--gevent-port", self.port + 1, "--max-cron-threads", 0,
        )  # fmt: skip
        return OdooTests(
            role, command, self.log(role), environment, needs=[prepare] if prepare else [], before=copy,
            allowed=self.allowed_log, events=events, durations=self.durations, label=label,
        )  # fmt: skip

    def log(self, name):
        return self.shop.places.logs / f"test-{name}.log"

    def allow_list(self, name):
        path = self.shop.places.checkout / "tests" / name
        return odoo_log.patterns(path.read_text(encoding="utf-8")) if path.exists() else []

    def clean_up(self):
        """Drop the copies; the prepared databases stay for the next run."""
        processes.end_all()
        begun = [*PREPARED.values(), PREPARED_OTHERS, *self.shop.databases.roles("template_others_")]
        unfinished = [role if role.endswith("_part") else f"{role}_part" for role in begun]
        self.shop.databases.drop(*self.shop.databases.roles("test_"), *unfinished)

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
