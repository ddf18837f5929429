"""A small limiter in the memory of each worker process: enough to stop a hand-made flood, no table, no lock.

In memory on purpose: counted in the database, every page of a replica would need the primary, and a flood would
become a flood of writes. With N workers a visitor may get N times the limit; the reverse proxy is where stricter
limits belong. An agency whose proxy does it all sets the parameter ``hr_emulation.portal_limit_factor`` to 0; 2
doubles every limit.
"""

import time
from collections import OrderedDict, deque

from werkzeug.exceptions import TooManyRequests

MAX_KEYS = 10_000

_hits = OrderedDict()


def get_factor(env):
    """Return the factor of all limits; what is no number above or equal to 0 counts as 1."""
    # sudo: ir.config_parameter - one figure, read from the cache of the process
    text = env["ir.config_parameter"].sudo().get_param("hr_emulation.portal_limit_factor", "1")
    try:
        return max(0.0, float(text))
    except ValueError:
        return 1.0


def check(env, key, limit, seconds, now=None):
    """Count one hit for ``key``.

    :param key: anything hashable: (user id or address, name of the action)
    :param int limit: hits allowed within ``seconds``
    :raises TooManyRequests: the limit is passed
    """
    require(env, key, limit, seconds, now)
    count(env, key, now)


def require(env, key, limit, seconds, now=None):
    """Look whether one more hit is allowed, without counting it.

    :raises TooManyRequests: the limit is reached
    """
    factor = get_factor(env)
    hits, now = _hits.get((env.cr.dbname, *key), ()), _get_time(now)
    while hits and hits[0] <= now - seconds:
        hits.popleft()
    if factor and len(hits) >= limit * factor:
        raise TooManyRequests(retry_after=max(1, round(hits[0] + seconds - now)) if hits else seconds)


def count(env, key, now=None):
    """Count one hit for ``key``, without asking whether it is allowed."""
    if not get_factor(env):
        return
    key = (env.cr.dbname, *key)
    hits = _hits.pop(key, None) or deque()
    hits.append(_get_time(now))
    _hits[key] = hits
    while len(_hits) > MAX_KEYS:
        _hits.popitem(last=False)


def _get_time(now):
    return time.monotonic() if now is None else now


def forget():
    """Forget every hit (tests)."""
    _hits.clear()
