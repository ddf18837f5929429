"""A small limiter in the memory of each worker process: enough to stop a hand-made flood, no table, no lock.

With N workers a visitor may get N times the limit; the reverse proxy is where stricter limits belong.
"""

import time
from collections import OrderedDict, deque

from werkzeug.exceptions import TooManyRequests

MAX_KEYS = 10_000

_hits = OrderedDict()


def check(key, limit, seconds, now=None):
    """Count one hit for ``key``.

    :param key: anything hashable: (user id or address, name of the action)
    :param int limit: hits allowed within ``seconds``
    :raises TooManyRequests: the limit is passed
    """
    now = time.monotonic() if now is None else now
    hits = _hits.pop(key, None) or deque()
    while hits and hits[0] <= now - seconds:
        hits.popleft()
    _hits[key] = hits
    if len(hits) >= limit:
        raise TooManyRequests
    hits.append(now)
    while len(_hits) > MAX_KEYS:
        _hits.popitem(last=False)


def forget():
    """Forget every hit (tests)."""
    _hits.clear()
