"""What the person at the terminal sees."""

import sys
import time
from collections import deque

STARTED = time.monotonic()
SPOKEN = deque([STARTED], maxlen=1)  # when the last line was printed


class Stop(Exception):
    """The command cannot go on. `message` tells the person what to do; `code` is the exit status."""

    def __init__(self, message, code=1):
        super().__init__(message)
        self.message = message
        self.code = code


def elapsed():
    """Seconds since the command was started."""
    return time.monotonic() - STARTED


def step(text):
    """Print one line of progress with the time since the start."""
    say(f"[{elapsed():4.0f} s] {text}")


def say(text=""):
    """Print a line at once, even into a pipe."""
    SPOKEN.append(time.monotonic())
    print(text, flush=True)


class Quiet:
    """Says that something is still going on after 20 seconds without a line, lest it be taken for a hang."""

    PAUSE = 20

    def __init__(self, what):
        self.what = what

    def left(self):
        """Return the seconds until it is time to speak."""
        return max(0.1, SPOKEN[-1] + self.PAUSE - time.monotonic())

    def speak(self):
        """Say it, if it is time."""
        if time.monotonic() >= SPOKEN[-1] + self.PAUSE:
            step(f"  … {self.what() if callable(self.what) else self.what}")


def complain(text):
    """Print a line on the error channel, after what was said before it."""
    sys.stdout.flush()
    print(text, file=sys.stderr, flush=True)


def tail(path, lines=20, mark=0):
    """Return the last lines of a log file, of those after its first `mark` bytes; an empty text if there is none."""
    try:
        return "\n".join(path.read_bytes()[mark:].decode(errors="replace").splitlines()[-lines:])
    except (OSError, AttributeError):
        return ""


def size(path):
    """Return the bytes of a log file so far."""
    return path.stat().st_size if path and path.exists() else 0
