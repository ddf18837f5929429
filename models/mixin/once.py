"""What is asked once while nothing is written: who somebody is does not change within a page.

with once.kept(env):
    once.ask(env, key, question)  # the second time the answer of the first
"""

from contextlib import contextmanager

KEPT = "hr_emulation_once"


@contextmanager
def kept(env):
    """While entered, ``ask`` keeps its answers; nothing they depend on may be written meanwhile."""
    cache = env.cr.cache
    if KEPT in cache:  # kept by who entered before
        yield
        return
    keep(env)
    try:
        yield
    finally:
        del cache[KEPT]


def keep(env):
    """Keep answers until the cursor is closed: for a request that only reads."""
    env.cr.cache.setdefault(KEPT, {})


def ask(env, key, question):
    """Return the answer that is kept under a key; where none is, that of ``question()``."""
    answers = env.cr.cache.get(KEPT)
    if answers is None:
        return question()
    if key not in answers:
        answers[key] = question()
    return answers[key]
