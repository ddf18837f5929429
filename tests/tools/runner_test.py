"""What makes a test run fail."""

import sys
from types import SimpleNamespace

import pytest

from tools import runner
from tools.runner import odoo_log, tasks


def run(tmp_path, tests=(), problems=(), **lists):
    """Return (exit status, last line printed) of a run with these outcomes."""
    (tmp_path / "tests").mkdir()
    for name, text in lists.items():
        (tmp_path / f"tests/{name}.txt").write_text(text)
    places = SimpleNamespace(checkout=tmp_path, logs=tmp_path)
    self = runner.Run.__new__(runner.Run)
    self.shop = SimpleNamespace(places=places)
    self.outcome = tasks.Outcome(dict(tests), problems=list(problems))
    return self.judge()


def last_line(capsys):
    return capsys.readouterr().out.splitlines()[-1]


def test_all_passed(tmp_path, capsys):
    assert run(tmp_path, {"a": ("passed", "")}) == 0
    assert last_line(capsys) == "1 passed, 0 failed, 0 skipped"


def test_a_failure(tmp_path, capsys):
    assert run(tmp_path, {"a": ("passed", ""), "b": ("failed", "no")}) == 1
    assert last_line(capsys) == "1 passed, 1 failed, 0 skipped"


def test_nothing_run(tmp_path, capsys):
    assert run(tmp_path) == 1
    assert last_line(capsys) == "0 passed, 0 failed, 0 skipped"


def test_only_skips(tmp_path, capsys):
    assert run(tmp_path, {"a": ("skipped", "why")}, allowed_skips="why") == 1
    assert last_line(capsys) == "0 passed, 0 failed, 1 skipped"


def test_a_skip_that_is_allowed(tmp_path, capsys):
    outcomes = {"a": ("passed", ""), "b": ("skipped", "no such program")}
    assert run(tmp_path, outcomes, allowed_skips="# because\n^b: no such program$\n") == 0
    assert last_line(capsys) == "1 passed, 0 failed, 1 skipped"


def test_a_skip_that_is_not(tmp_path, capsys):
    outcomes = {"a": ("passed", ""), "b": ("skipped", "too tired")}
    assert run(tmp_path, outcomes, allowed_skips="^b: no such program$\n") == 1
    assert last_line(capsys) == "1 passed, 1 failed, 1 skipped"


def test_a_test_that_did_not_end(tmp_path, capsys):
    assert run(tmp_path, {"a": ("passed", ""), "b": ("running", "did not end")}) == 1
    assert last_line(capsys) == "1 passed, 1 failed, 0 skipped"


def test_any_other_problem(tmp_path, capsys):
    assert run(tmp_path, {"a": ("passed", "")}, ["WARNING odoo.x: careful"]) == 1
    assert last_line(capsys) == "1 passed, 1 failed, 0 skipped"


def test_a_failed_sub_test_is_not_forgiven_by_the_end_of_its_test():
    outcome = tasks.Outcome()
    for status in ("running", "failed", "passed"):
        outcome.add("a", status)
    assert outcome.counts() == (0, 1, 0)


def test_a_class_that_was_selected_and_not_run(tmp_path, capsys):
    (tmp_path / "tests").mkdir()
    self = runner.Run.__new__(runner.Run)
    self.shop = SimpleNamespace(places=SimpleNamespace(checkout=tmp_path, logs=tmp_path))
    self.outcome = tasks.Outcome({"a": ("passed", "")}, selected={"A", "B"}, done={"A"})
    assert self.judge() == 1
    assert "selected, but not run: B" in capsys.readouterr().out


LOG = "2026-01-01 00:00:00,000 7 {} base odoo.models: {}"


@pytest.mark.parametrize("level", ["WARNING", "ERROR", "CRITICAL"])
def test_what_is_allowed_in_the_log(level):
    found = odoo_log.complaints("\n".join([LOG.format("INFO", "fine"), LOG.format(level, "two\nlines")]))
    assert len(found) == 1
    assert odoo_log.unexpected(found, odoo_log.patterns("another")) == found
    assert odoo_log.unexpected(found, odoo_log.patterns(f"^{level} odoo.models: two\\s+lines")) == []


def task(tmp_path, code, kind=tasks.Task, **options):
    command = [sys.executable, "-c", code]
    return kind("task", command, tmp_path / "log", None, **options)


def test_a_program_that_fails_is_a_problem(tmp_path):
    outcome = tasks.Outcome()
    later = task(tmp_path, "")
    later.needs = [first := task(tmp_path, "raise SystemExit('broken')")]
    tasks.carry_out([first, later], outcome, at_once=2)
    assert [problem.split("\n")[0] for problem in outcome.problems] == [
        "task: exit status 1",
        "task: not started, because task failed",
    ]


def test_a_program_that_hangs_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(tasks, "SILENCE", 0.5)
    outcome = tasks.Outcome()
    hanging = task(tmp_path, "import time; time.sleep(60)")
    tasks.carry_out([hanging], outcome, at_once=1)
    assert hanging.process.returncode is not None
    assert outcome.problems[0].startswith("task: stuck")


def test_a_silent_process_that_works_is_given_longer(monkeypatch):
    monkeypatch.setattr(tasks, "SILENCE", 300)
    silent = tasks.Task("task", [], None, {})
    silent.process = SimpleNamespace(pid=1)
    for used, seconds, stuck in ((0, 299, False), (0, 301, True), (60, 301, False), (60, 1300, True)):
        monkeypatch.setattr(tasks.processes, "used", lambda _pid, used=used: used)
        assert silent.is_stuck(seconds) is stuck, (used, seconds)


def test_a_warning_in_the_log_is_a_problem(tmp_path):
    line = LOG.format("WARNING", "careful")
    outcome = tasks.Outcome()
    tasks.carry_out([task(tmp_path, f"print({line!r})", tasks.OdooTask)], outcome, at_once=1)
    assert outcome.problems == ["task: WARNING odoo.models: careful"]


def test_an_allowed_warning_is_none(tmp_path):
    line = LOG.format("WARNING", "careful")
    outcome = tasks.Outcome()
    allowed = odoo_log.patterns("careful")
    tasks.carry_out([task(tmp_path, f"print({line!r})", tasks.OdooTask, allowed=allowed)], outcome, at_once=1)
    assert outcome.problems == []
