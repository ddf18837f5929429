"""What every benchmark needs: a result with its floor, a stopwatch, a server."""

import contextlib
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

from odoo.addons.hr_emulation.tools import ports

NOISE = (
    0.004  # seconds: what is faster is compared with this, for a ratio of two very short times says nothing
)


@dataclass(frozen=True)
class Result:
    """A measured value beside its floor, both in the same unit; `goal` is the highest ratio accepted."""

    name: str
    value: float
    floor: float
    goal: float | None = None
    unit: str = "s"

    @property
    def ratio(self):
        """How many times the floor the value is."""
        return self.value / self.floor if self.floor else float("inf")

    @property
    def reached(self):
        """Tell whether the goal, if there is one, is kept."""
        return self.goal is None or self.ratio <= self.goal

    def __str__(self):
        goal = "" if self.goal is None else f"  goal {self.goal:g}{'' if self.reached else '  MISSED'}"
        return (
            f"{self.name:<56} {self.value:>10.3f} {self.unit:<6} floor {self.floor:>9.3f}  "
            f"ratio {self.ratio:>7.1f}{goal}"
        )


def fastest(function, times=3):
    """Return the seconds of the shortest of several calls."""
    return min(duration(function) for _time in range(times))


def duration(function):
    """Return the seconds one call takes."""
    started = time.perf_counter()
    function()
    return time.perf_counter() - started


def finish_jobs(env):
    """Do in this transaction what the addon leaves to its scheduled job."""
    for job in env["emulation.job"].search([("state", "=", "waiting")], order="id"):
        while job._do_piece():
            pass


class PeakMemory:
    """While entered, watches how much memory this process and its children hold together.

    `megabytes` is the highest sum seen, of looks every 100 ms; what processes share is counted for each.
    """

    def __init__(self):
        self.megabytes = 0
        self._stop = threading.Event()
        self._thread = None

    def __enter__(self):
        self._stop.clear()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._stop.set()
        self._thread.join()

    def _watch(self):
        while not self._stop.wait(0.1):
            self.megabytes = max(self.megabytes, sum(map(_resident, _family())) / 2**20)


def _family():
    """Return this process and its children; not those that are about to start their program in our own memory."""
    this = psutil.Process()
    program = this.exe()
    family = [this]
    for child in this.children(recursive=True):
        with contextlib.suppress(psutil.Error):  # it has ended
            if child.exe() != program:
                family.append(child)
    return family


def _resident(process):
    """Return the bytes a process holds in memory."""
    with contextlib.suppress(psutil.Error):
        return process.memory_info().rss
    return 0


@contextmanager
def serving(env, workers=2, limit=120, options=()):
    """Serve the database of `env` with several processes; give the URL. Commit first what they shall see.

    `options` are further options of Odoo's command line.
    """
    name, port = env.cr.dbname, ports.find(20000 + os.getpid() % 9000)
    command = [sys.executable, os.environ["HR_EMULATION_LAUNCHER"], "-d", name, f"--db-filter=^{name}$"]
    command += [
        "-p",
        port,
        "--gevent-port",
        port + 1,
        "--workers",
        workers,
        "--max-cron-threads",
        0,
        *options,
    ]
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/web/health", process, limit)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(url, process, limit):
    """Wait until a URL answers."""
    until = time.monotonic() + limit
    while True:
        try:
            urllib.request.urlopen(url, timeout=limit).close()
            return
        except (urllib.error.URLError, ConnectionError):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the server does not start") from None
            time.sleep(0.2)
