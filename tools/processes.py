"""Starting programs, and being sure that they end."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from pathlib import Path

from .console import Quiet, Stop, tail

_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1
_RUNNING = []


def _die_with_parent():
    """In a new child: ask the kernel for SIGTERM should `dev` itself be killed."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Failed(Stop):
    """A program ended badly; `said` is what it printed."""

    def __init__(self, what, status, said):
        super().__init__(f"{what} failed (exit status {status})\n{said}")
        self.said = said


def start(command, *, log=None, env=None, cwd="/", stdin=subprocess.DEVNULL, stdout=None, stderr=None):
    """Start a program in its own process group; its output goes to the file `log` if given."""
    sink = open(log, "ab") if log else None  # noqa: SIM115 (closed below)
    try:
        process = subprocess.Popen(
            [str(part) for part in command],
            env=env,
            cwd=cwd,
            stdin=stdin,
            stdout=stdout if stdout is not None else sink,
            stderr=stderr if stderr is not None else sink,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 (there are no threads)
        )
    except (FileNotFoundError, PermissionError) as error:  # the latter: a folder of PATH closed to this user
        raise Stop(f"{command[0]} is not installed") from error
    finally:
        if sink:
            sink.close()
    _RUNNING.append(process)
    return process


def used(pid):
    """Return the seconds of the processor that a process and its children have used; 0 once it is gone."""
    import psutil

    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        every = [process.cpu_times(), *(child.cpu_times() for child in process.children(recursive=True))]
        return sum(times.user + times.system for times in every)
    return 0.0


def run(command, *, log=None, env=None, cwd="/", timeout=1800, text=None, what=None):
    """Run a program to its end and return what it printed (if there is no `log`); raise Stop on failure."""
    pipe = None if log else subprocess.PIPE
    process = start(
        command,
        log=log,
        env=env,
        cwd=cwd,
        stdin=subprocess.PIPE if text is not None else subprocess.DEVNULL,
        stdout=pipe,
        stderr=pipe,
    )
    what = what or Path(str(command[0])).name
    try:
        out, err = listen(process, what, timeout, text)
    finally:
        end(process)
    if process.returncode:
        said = tail(log, 15) if log else (err or out or b"").decode(errors="replace").strip()
        raise Failed(what, process.returncode, said)
    return "" if log else out.decode(errors="replace")


def attempt(command, *, env=None, cwd="/", timeout=1800, what=None):
    """Run a program to its end; return (exit status, all it printed)."""
    process = start(command, env=env, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        out, _nothing = listen(process, what or Path(str(command[0])).name, timeout)
    finally:
        end(process)
    return process.returncode, out.decode(errors="replace")


def listen(process, what, timeout, text=None):
    """Return what a program prints on both channels until it ends; say now and then that it is at work."""
    limit = time.monotonic() + timeout
    quiet = Quiet(what)
    given = text.encode() if text is not None else None
    while True:
        try:
            return process.communicate(given, timeout=min(quiet.left(), limit - time.monotonic()))
        except subprocess.TimeoutExpired:
            given = None  # it has been handed over
        if time.monotonic() >= limit:
            raise Stop(f"{what}: took longer than {timeout} s and was ended") from None
        quiet.speak()


def end(process, patience=15):
    """End a process and its whole group: politely first, then for good."""
    for sign, wait in ((signal.SIGTERM, patience), (signal.SIGKILL, 5)):
        if process.poll() is None:
            _signal_group(process, sign)
            try:
                process.wait(wait)
            except subprocess.TimeoutExpired:
                continue
        break
    _signal_group(process, signal.SIGKILL)  # what the leader left behind
    if process in _RUNNING:
        _RUNNING.remove(process)


def end_all():
    """End everything this command has started."""
    for process in list(_RUNNING):
        if process.poll() is None:
            _signal_group(process, signal.SIGTERM)
    for process in list(_RUNNING):
        end(process)


def _signal_group(process, sign):
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, sign)


def wait_until(question, timeout, pause=0.1):
    """Ask until the answer is true or the time (seconds) is over; return the last answer."""
    limit = time.monotonic() + timeout
    while not (answer := question()) and time.monotonic() < limit:
        time.sleep(pause)
    return answer


def on_signals():
    """Treat SIGTERM and SIGHUP like Ctrl-C, so that every way of stopping cleans up."""

    def interrupt(number, frame):
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
        signal.signal(signal.SIGHUP, interrupt)
