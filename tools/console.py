"""What the person at the terminal sees."""

import sys
import time

STARTED = time.monotonic()


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
    print(text, flush=True)


def complain(text):
    """Print a line on the error channel, after what was said before it."""
    sys.stdout.flush()
    print(text, file=sys.stderr, flush=True)


def tail(path, lines=20):
    """Return the last lines of a log file, or an empty text if there is none."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""
