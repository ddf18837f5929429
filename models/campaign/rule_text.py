"""How a criterion is scored, in one line: what is asked for, what each time counts, what limits it."""

from ...engine import scoring
from ...engine.vietnamese import format_decimal


def describe(line):
    """Return what stands behind the kind of a criterion; empty where the kind says it all.

    :param line: a criterion, or an empty one of a form
    """
    env = line.env
    texts = [*_describe_target(line), *_describe_times(line)]
    if line.kind == "rating" and line.levels:
        texts.append(_describe_levels(line))
    if line.kind == "yes_no" and line.max_points:
        texts.append(env._("yes is %(points)s points, no is 0", points=format_decimal(line.max_points)))
    if line.kind == "group" and line.max_points:
        limit = format_decimal(line.max_points)
        texts.append(env._("its bonus, and its deductions, count %(points)s points at most", points=limit))
    texts += [
        env._(
            "“%(group)s” counts %(points)s at most", group=group.name, points=format_decimal(group.max_points)
        )
        for group in line._iter_limiting_groups()
    ]
    if line.minimum_points and line.kind != "deduction":
        texts.append(
            env._("a title asks for %(points)s at least", points=format_decimal(line.minimum_points))
        )
    if line._count_evidence(2) > 1:
        texts.append(env._("evidence required each time"))
    elif line.evidence_required:
        texts.append(env._("evidence required"))
    return f": {'; '.join(texts)}" if texts else ""


def _describe_levels(line):
    """Return the levels of a criterion; as typed while they cannot be read."""
    try:
        return line._list_levels()
    except scoring.ScoringError:  # a form in which they are being typed
        return line.levels


def _describe_target(line):
    """Yield what a quantity is measured by."""
    env = line.env
    if line.kind != "quantity":
        return
    if line.step_ids:
        yield "; ".join(line.step_ids.mapped("display_name"))
        return
    if line.lower_is_better:
        yield env._("target at most %(figure)s, less is better", figure=_measure(line, line.target))
    else:
        yield env._("target %(figure)s", figure=_measure(line, line.target))
    if line.least_value:
        least = _measure(line, line.least_value)
        if line.lower_is_better:
            yield env._("above %(figure)s no points", figure=least)
        else:
            yield env._("below %(figure)s no points", figure=least)


def _describe_times(line):
    """Yield what a bonus or a deduction counts each time."""
    env, each = line.env, line.points_per_occurrence
    if line.kind in ("bonus", "deduction") and each:
        yield env._("%(points)s points each time", points=format_decimal(each))
        if line.max_points:
            yield env._("%(points)s at most", points=format_decimal(line.max_points))


def _measure(line, figure):
    return f"{format_decimal(figure)} {line.unit_of_measure or ''}".strip()
