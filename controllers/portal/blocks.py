from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from werkzeug.exceptions import NotFound

from .gate import PAGE, Gate, form_route
from .rows import list_choices
from .texts import day, days_left, paragraphs, points

BLOCKS = "/my/emulation/blocks"
MOST = 50
NOTE_LENGTH = 500
YEAR_FIELDS = [
    "block_id",
    "year",
    "theme",
    "plan",
    "head_id",
    "maximum",
    "score_deadline",
    "late_policy",
    "state",
    "leader_id",
    "way",
    "set_id",
]


class Blocks(http.Controller):
    """The sheet on which a member of a cluster or block scores the others and itself.

    For who acts for it: the head of the unit, the officers of the agency, people of an outside body, who need be no
    employees here.
    """

    @http.route(BLOCKS, **PAGE)
    def years(self, **_query):
        gate = Gate.enter(guest=True)
        mine = find_mine(gate)
        years = gate.search("emulation.block.year", own_years(mine), YEAR_FIELDS, limit=MOST)
        given, last = read_given(gate, years, mine), years._get_last_days()
        values = {
            "rows": [
                {
                    **year_row(gate, year, mine, last),
                    "scorers": [
                        scorer_row(year, scorer, given) for scorer in mine & year.block_id.member_ids
                    ],
                }
                for year in years.sorted(lambda year: (year.state != "open", -year.year))
            ]
        }
        return gate.render(
            "hr_emulation.portal_blocks", gate.env._("Clusters and blocks"), values, tab="blocks"
        )

    @http.route(f"{BLOCKS}/<int:year_id>", **PAGE)
    def year(self, year_id, **_query):
        gate = Gate.enter(guest=True)
        mine = find_mine(gate)
        year = gate.find("emulation.block.year", year_id, own_years(mine), YEAR_FIELDS)
        last = year._get_last_days()
        values = {
            "year": {**year_row(gate, year, mine, last), **year_page(year)},
            "sheets": list_sheets(gate, year, mine, last) if year.state == "open" else [],
            "ranking": list_ranking(gate, year) if year.state != "open" else [],
        }
        crumbs = [(gate.env._("Clusters and blocks"), BLOCKS)]
        return gate.render("hr_emulation.portal_block", year.display_name, values, crumbs, tab="blocks")

    @form_route(f"{BLOCKS}/<int:year_id>/save", back=f"{BLOCKS}/{{year_id}}")
    def save(self, year_id, **_form):
        """Keep the points of one member for the others and itself; what is left empty may come later."""
        gate = Gate.enter(guest=True)
        mine = find_mine(gate)
        year = gate.find("emulation.block.year", year_id, own_years(mine))
        gate.throttle("blocks", limit=30)
        scorer = mine & year.block_id.member_ids & mine.browse(gate.form.id("scorer") or ())
        if not scorer:
            raise NotFound
        return gate.act(
            lambda: store(gate, year, scorer),
            lambda: get_outcome(gate, year, scorer),
            f"{BLOCKS}/{year.id}",
            lambda: self.year(year_id),
        )


# ----------------------------------------------------------------------------------------------------
# Whose
# ----------------------------------------------------------------------------------------------------


def find_mine(gate):
    """Return the members the visitor scores for.

    :raises NotFound: a visitor who is no employee and scores for none has nothing to look for here
    """
    mine = gate.env["emulation.block.member"]._find_mine()
    if not (mine or gate.person.employee_ids):
        raise NotFound
    return mine


def own_years(mine):
    return Domain("block_id", "in", mine.block_id.ids)


def read_given(gate, years, mine):
    """Return {(year, scorer, member): score} of the visitor's own members; nobody else's before the election."""
    own = Domain("year_id", "in", years.ids) & Domain("scorer_id", "in", mine.ids)
    names = ["year_id", "scorer_id", "member_id", "points", "note", "line_ids"]
    scores = gate.search("emulation.block.score", own, names)
    return {(score.year_id, score.scorer_id, score.member_id): score for score in scores}


def count_left(year, scorer, given):
    """Return how many of those whose points count are not scored yet."""
    scored = year._get_scored(scorer)
    counted = scored if year.way == "own" else scored - scorer
    return sum((year, scorer, member) not in given for member in counted)


# ----------------------------------------------------------------------------------------------------
# Rows
# ----------------------------------------------------------------------------------------------------


def year_row(gate, year, mine, last):
    """Return what a list and the page say of a year.

    :param dict last: {(year id, member id): the day until which it scores}; the latest of the own members is said
    """
    is_open = year.state == "open"
    days = [last[year.id, member.id] for member in mine & year.block_id.member_ids]
    until = max(filter(None, days), default=None)
    return {
        "url": f"{BLOCKS}/{year.id}",
        "name": year.display_name,
        "is_open": is_open,
        "deadline": day(until) if is_open else "",
        "days_left": days_left(until, gate.today) if is_open else None,
        "is_overdue": bool(is_open and until and until < gate.today),
        "head": year.head_id.name or "",
        "leader": year.leader_id.name or "",
    }


def scorer_row(year, scorer, given):
    """Return where a member's sheet stands, as a sign and in words."""
    env, left = year.env, count_left(year, scorer, given)
    if year.state != "open":
        return {"name": scorer.name, "state": "acclaimed", "state_name": env._("Leader elected")}
    if left:
        text = env._("Members still to score: %(count)s", count=left)
        return {"name": scorer.name, "state": "draft", "state_name": text}
    return {"name": scorer.name, "state": "confirmed", "state_name": env._("Every member scored")}


def year_page(year):
    return {
        "maximum": points(year.maximum),
        "way": year.way,
        "theme": year.theme or "",
        "criteria": paragraphs(year.block_id.criteria),
        "plan": paragraphs(year.plan),
    }


def list_sheets(gate, year, mine, last):
    """Return a sheet for each own member: the other members first, itself last."""
    given, sheets = read_given(gate, year, mine), []
    for scorer in mine & year.block_id.member_ids:
        scored = year._get_scored(scorer)
        members = [*(scored - scorer), *(scored & scorer)]
        lines = [score_line(year, scorer, member, given.get((year, scorer, member))) for member in members]
        until = last[year.id, scorer.id]
        sheets.append(
            {
                **scorer_row(year, scorer, given),
                "id": scorer.id,
                "lines": lines,
                "deadline": day(until),
                "is_over": bool(until and until < gate.today and year.late_policy == "refuse"),
            }
        )
    return sheets


def score_line(year, scorer, member, score):
    return {
        "key": f"{scorer.id}-{member.id}",
        "id": member.id,
        "name": member.name,
        "is_own": member == scorer,
        "points": points(score.points) if score else "",
        "note": (score.note or "") if score else "",
        "criteria": [criterion_row(score, criterion) for criterion in year._get_criteria()],
    }


def criterion_row(score, criterion):
    line = score.line_ids.filtered(lambda line: line.criterion_id == criterion) if score else None
    return {
        "id": criterion.id,
        "name": criterion.name,
        "rule": criterion.rule_text or "",
        "points": points(line.points) if line else "",
        "choices": list_choices(criterion),
    }


def list_ranking(gate, year):
    """Return the members by place with the points each got, which are open to all once the leader is elected."""
    names = ["scorer_id", "member_id", "points", "note"]
    scores = gate.search("emulation.block.score", Domain("year_id", "=", year.id), names)
    got = scores.grouped("member_id")
    members = gate.records("emulation.block.member")
    return [
        {
            "place": place,
            "name": members.browse(member_id).name,
            "mean": points(mean),
            "scores": [
                {
                    "scorer": score.scorer_id.name,
                    "is_own": score.scorer_id == score.member_id,
                    "points": points(score.points),
                    "note": score.note or "",
                }
                for score in got.get(members.browse(member_id), scores.browse())
            ],
        }
        for place, member_id, mean in year.ranking
    ]


# ----------------------------------------------------------------------------------------------------
# Deeds
# ----------------------------------------------------------------------------------------------------


def store(gate, year, scorer):
    """Write what was given, changed or taken back.

    :raises Refused: a number cannot be read or lies outside what the year allows, or a remark stands without points
    :raises UserError: the leader is elected, or somebody else is storing the same sheet
    """
    if year.state != "open":
        raise UserError(gate.env._("The leader is elected: scores are closed."))
    read_one = read_criteria if year._get_criteria() else read_score
    read = {member: read_one(gate, year, member) for member in year._get_scored(scorer)}
    gate.form.check()
    scorer.lock_for_update()  # the head and a deputy at once
    given = read_given(gate, year, scorer)
    scores = gate.records("emulation.block.score")
    for member, values in read.items():
        score = given.get((year, scorer, member), scores)
        if values is None:
            score.unlink()
        elif not score:
            scores.create({**values, "year_id": year.id, "scorer_id": scorer.id, "member_id": member.id})
        elif "line_ids" in values or any(values[name] != (score[name] or "") for name in values):
            score.write(values)


def read_score(gate, year, member):
    """Return the values of one line; None where no points are given."""
    form = gate.form
    number = form.number(f"points-{member.id}")
    note = form.line(f"note-{member.id}", NOTE_LENGTH)
    if number is None:
        if note:
            form.add_error(
                f"points-{member.id}", gate.env._("Give the member the points your remark is about.")
            )
        return None
    if not 0 <= number <= year.maximum:
        text = gate.env._("Points lie between 0 and %(maximum)s.", maximum=points(year.maximum))
        form.add_error(f"points-{member.id}", text)
    return {"points": number, "note": note}


def read_criteria(gate, year, member):
    """Return the values of a member scored criterion by criterion; None where no points are given."""
    form, points_of = gate.form, {}
    for criterion in year._get_criteria():
        name = f"points-{member.id}-{criterion.id}"
        number = form.number(name)
        if number is None:
            continue
        points_of[criterion] = number
        if fault := criterion._get_points_fault(number):
            form.add_error(name, fault)
    note = form.line(f"note-{member.id}", NOTE_LENGTH)
    if not points_of:
        if note:
            text = gate.env._("Give the member the points your remark is about.")
            form.add_error(f"note-{member.id}", text)
        return None
    for criterion in year._get_criteria() - gate.records("emulation.criterion").concat(*points_of):
        if criterion.kind not in ("bonus", "deduction"):
            form.add_error(f"points-{member.id}-{criterion.id}", gate.env._("Give points, or 0."))
    return {**gate.records("emulation.block.score")._prepare_points(points_of), "note": note}


def get_outcome(gate, year, scorer):
    left = count_left(year, scorer, read_given(gate, year, scorer))
    if left:
        return gate.env._("Saved. Members still to score: %(count)s.", count=left)
    return gate.env._("Saved. Every member is scored; points can be changed until the leader is elected.")
