"""How many queries something costs, the same number each time it is asked."""


def count_queries(env, action):
    """Return how many queries ``action()`` needs from a cold cache, flush included.

    An environment remembers its user's company, language and time zone. Whether one of an earlier call is still there
    depends on when Python collects garbage, so all of them forget first.
    """
    env.flush_all()
    env.transaction.reset()
    before = env.cr.sql_log_count
    action()
    env.flush_all()
    return env.cr.sql_log_count - before
