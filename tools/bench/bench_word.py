"""A decision of 1,000 names as a Word file, beside rendering its page alone; how long an officer waits, what it takes.

Memory: what this process grows by while the file is made, from a cold cache.
"""

import psutil
from certificates import make_decision
from measure import PeakMemory, Result, duration, fastest

COUNT = 1000
SECONDS, MEGABYTES = 10, 200  # the most one request may take


def run(env):
    """1,000 names as .docx: beside the page alone, and beside what one request may take."""
    decision = make_decision(env, COUNT)
    env.flush_all()
    reports = env["ir.actions.report"]
    page = fastest(lambda: reports._render_qweb_html("hr_emulation.action_report_decision", decision.ids))
    env.invalidate_all()
    before = psutil.Process().memory_info().rss / 2**20
    with PeakMemory() as memory:
        seconds = duration(lambda: reports._build_word("decision", decision.id))
    yield Result(f"a decision of {COUNT} names as .docx, beside its page", seconds, page, goal=6)
    yield Result("the same, beside the time one request may take", seconds, SECONDS, goal=1)
    yield Result("memory it takes", memory.megabytes - before, MEGABYTES, goal=1, unit="MB")
