"""Reading Odoo's log: what does not belong there."""

import re
from dataclasses import dataclass

LINE = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ ([A-Z]+) (\S+) ([\w.]+): (.*)")
BAD = ("WARNING", "ERROR", "CRITICAL")
# A failed test logs itself and its traceback; it is counted as a failed test already.
FAILED_TEST = re.compile(
    r"^(FAIL|ERROR): |^Module \w+: \d+ failures, |^At least one test failed when loading"
)
SUMMARY = "odoo.tests.result"


@dataclass(frozen=True)
class Complaint:
    """One WARNING or worse, with the lines that follow it."""

    level: str
    logger: str
    text: str

    def __str__(self):
        return f"{self.level} {self.logger}: {self.text}"


def complaints(log):
    """Return the warnings and errors of a log, without those failed tests write about themselves.

    >>> beginning = "2026-01-01 00:00:00,000 7 WARNING db odoo.x: "
    >>> complaints(f"{beginning}careful\\nmore\\n{beginning.replace('WARNING', 'INFO')}fine")
    [Complaint(level='WARNING', logger='odoo.x', text='careful\\nmore')]
    >>> complaints(f"{beginning}FAIL: TestX.test_y\\nTraceback")
    []
    """
    found = []
    current = None
    for line in log.splitlines():
        match = LINE.match(line)
        if match:
            level, _database, logger, text = match.groups()
            current = [level, logger, [text]] if level in BAD else None
            if current and not (FAILED_TEST.match(text) or logger == SUMMARY):
                found.append(current)
        elif current:
            current[2].append(line)
    return [Complaint(level, logger, "\n".join(lines).rstrip()) for level, logger, lines in found]


def patterns(text):
    """Return the regular expressions of an allow list: one a line, empty lines and comments left out.

    >>> [p.pattern for p in patterns("# why\\n\\n^WARNING odoo.x:")]
    ['^WARNING odoo.x:']
    """
    lines = (line.strip() for line in text.splitlines())
    return [re.compile(line) for line in lines if line and not line.startswith("#")]


def unexpected(found, allowed):
    """Return the complaints no pattern allows."""
    return [item for item in found if not any(pattern.search(str(item)) for pattern in allowed)]
