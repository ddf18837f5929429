"""Locks between commands, held by the kernel: they vanish with the process, however it ends."""

import fcntl
import os
import time
from contextlib import contextmanager

from .console import Quiet, Stop, step


@contextmanager
def exclusive(path, busy=None, wait=True):
    """Hold a lock. With `wait` false, stop with the message `busy` if another command has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                raise Stop(busy) from None
            busy = busy or f"waiting for another command ({path.name})"
            step(busy)
            wait_for(handle, Quiet(busy))
        yield


def wait_for(handle, quiet):
    """Wait until the lock of an open file is ours."""
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            quiet.speak()
            time.sleep(0.2)


class Users:
    """Counts the commands that use a shared server: the last one to leave may stop it."""

    def __init__(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def enter(self):
        fcntl.flock(self.handle, fcntl.LOCK_SH)

    def leave(self):
        """Stop being a user. Return True, holding the lock alone, if nobody else is one."""
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(self.handle, fcntl.LOCK_UN)
            return False
        return True

    def close(self):
        os.close(self.handle)
