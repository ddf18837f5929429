"""Nothing outlives the command that started it."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tools import processes
from tools.console import Stop
from tools.locks import Users, exclusive


def gone(number):
    def ended():
        try:
            with open(f"/proc/{number}/stat") as stat:
                return stat.read().rsplit(")", 1)[1].split()[0] == "Z"
        except OSError:
            return True

    return processes.wait_until(ended, 10)


def test_a_whole_group_is_ended():
    code = "import subprocess, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
    process = processes.start([sys.executable, "-c", code], stdout=subprocess.PIPE)
    child = int(process.stdout.readline())
    processes.end(process)
    assert gone(process.pid)
    assert gone(child)


def test_a_stubborn_program_is_ended():
    code = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
    )
    process = processes.start([sys.executable, "-c", code], stdout=subprocess.PIPE)
    process.stdout.readline()
    processes.end(process, patience=0.3)
    assert gone(process.pid)


def test_children_end_with_a_killed_parent():
    code = (
        "import sys, time; from tools import processes; "
        "print(processes.start(['sleep', '60']).pid, flush=True); time.sleep(60)"
    )
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    parent = subprocess.Popen([sys.executable, "-B", "-c", code], cwd=root, stdout=subprocess.PIPE)
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert gone(child)


def test_a_failing_program_says_why():
    with pytest.raises(Stop, match=r"exit status 3\)\nthe reason"):
        processes.run([sys.executable, "-c", "import sys; print('the reason', file=sys.stderr); sys.exit(3)"])


def test_a_missing_program_says_so():
    with pytest.raises(Stop, match="no-such-program is not installed"):
        processes.run(["no-such-program"])


def test_a_program_that_takes_too_long_is_ended():
    started = time.monotonic()
    with pytest.raises(Stop, match="longer than"):
        processes.run(["sleep", "60"], timeout=0.3)
    assert time.monotonic() - started < 30


def test_a_lock_keeps_others_out(tmp_path):
    with (
        exclusive(tmp_path / "lock"),
        pytest.raises(Stop, match="taken"),
        exclusive(tmp_path / "lock", "taken", wait=False),
    ):
        pass
    with exclusive(tmp_path / "lock", "taken", wait=False):
        pass


def test_the_last_user_is_told(tmp_path):
    one, two = Users(tmp_path / "users"), Users(tmp_path / "users")
    one.enter()
    two.enter()
    assert not one.leave()
    assert two.leave()
    one.close()
    two.close()
