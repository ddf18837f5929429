"""The grid of a marker: the lines one marks in a round, over all units or people, saved in one call.

A line is marked stage by stage. Its ``marked_stage`` is the last stage that marked it; the next one is the lowest
stage above. Whoever marked last may still change it until the next stage has.
"""

import math

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import scoring
from ..mixin.reason import tell
from ..mixin.refusals import BUSY
from . import totals

OPEN = ("draft", "submitted", "verified")


class Stages:
    """Who marks which line at which stage, of the criteria given: read once, asked for any number of lines."""

    def __init__(self, criteria):
        self.env = criteria.env
        self.by_line = criteria._get_stages()
        self.own = self.env["emulation.criterion.marker"]._search_own()

    def get_own(self, criterion_id, marked_stage):
        """Return the user's marker whose turn it is at a line, or who marked it last; none otherwise."""
        stages = self.by_line.get(criterion_id, {})
        following = min((stage for stage in stages if stage > marked_stage), default=None)
        for stage in (following, marked_stage):
            if found := stages.get(stage, self.own.browse()) & self.own:
                return found[0]
        return self.own.browse()

    def iter_own_turns(self):
        """Yield (marker of the user, criterion id, stage before, stage) of each line and stage the user marks."""
        for markers, criterion, before, stage in iter_turns(self.by_line):
            if found := markers & self.own:
                yield found[0], criterion, before, stage


def iter_turns(by_line):
    """Yield (markers, criterion id, stage before, stage) of each line and stage.

    :param by_line: as ``_get_stages`` of the criteria returns it
    """
    for criterion, stages in by_line.items():
        before = 0
        for stage, markers in stages.items():
            yield markers, criterion, before, stage
            before = stage


def get_states(marker, criterion):
    """Return the states of a sheet in which a marker marks a line."""
    if marker.is_after_head:
        return ("verified",)
    return OPEN if criterion.is_marked_only else ("submitted", "verified")


def get_others_domain(env):
    """Return the domain of the sheets that are not one's own: nobody marks oneself, no office itself."""
    sheets = env["emulation.evaluation"]
    own = sheets._get_owner_domain(env.user._get_emulation_identity())
    units = env["emulation.criterion.marker"]._get_own_units()
    own |= Domain("employee_id", "=", False) & Domain("department_id", "in", list(units))
    return ~own


def get_criteria(env):
    """Return the criteria the user marks, of whatever set."""
    # sudo: emulation.criterion - those of the user's own markers
    return env["emulation.criterion.marker"]._search_own().sudo().criterion_id._get_leaves()


def get_turn_domain(env):
    """Return the domain of the lines that wait for a mark of the current user."""
    criteria = get_criteria(env)
    if not criteria:
        return Domain.FALSE
    turns = {}
    for marker, criterion, before, stage in Stages(criteria).iter_own_turns():
        states = get_states(marker, criteria.browse(criterion))
        turns.setdefault((before, stage, states), []).append(criterion)
    sheets = get_others_domain(env) & Domain("review_id", "any!", [("state", "=", "open")])
    return Domain.OR(get_waiting_domain(turn, lines, sheets) for turn, lines in turns.items())


def get_waiting_domain(turn, criteria, sheets):
    """Return the domain of the lines of some criteria that wait for a stage.

    :param turn: (stage before, stage, states of the sheet in which it marks)
    :param sheets: domain of the sheets looked at
    """
    before, stage, states = turn
    return (
        Domain("criterion_id", "in", list(criteria))
        & Domain("marked_stage", ">=", before)
        & Domain("marked_stage", "<", stage)
        & Domain("evaluation_id", "any!", sheets & Domain("state", "in", states))
    )


def find_waiting(reviews, *, after_head):
    """Return {marker: sheets of open rounds in which a line waits for it}: a query a stage, however many sheets.

    :param after_head: whether those who mark after the head are meant, or those who do not wait for it
    """
    # sudo: emulation.evaluation, emulation.criterion - which lines wait for whom
    sheets, own = reviews.sudo().env["emulation.evaluation"], Domain("review_id", "in", reviews.ids)
    criteria = sheets.env["emulation.criterion"].union(
        *(one.criterion_ids for (one,) in sheets._read_group(own, ["set_id"]))
    )
    turns = {}
    for markers, criterion, before, stage in iter_turns(criteria._get_stages()):
        for marker in markers.filtered(lambda one: one.is_after_head == after_head):
            turn = (before, stage, get_states(marker, criteria.browse(criterion)))
            turns.setdefault(turn, {}).setdefault(criterion, []).append(marker)
    waiting = {}
    for turn, lines in turns.items():
        found = sheets.env["emulation.score"]._read_group(
            get_waiting_domain(turn, lines, own), ["criterion_id"], ["evaluation_id:recordset"]
        )
        for criterion, waited in found:
            for marker in lines[criterion.id]:
                waiting[marker] = waiting.get(marker, sheets) | waited
    return waiting


def get_markers_users(markers, company):
    """Return {marker: users to write to}: the person, or who is head of the office today."""
    # sudo: emulation.criterion.marker, hr.department - who marks, to write to them
    markers = markers.sudo()
    pairs = [(unit, company) for unit in markers.department_id]
    heads = markers.department_id._get_emulation_heads_of(pairs)
    nobody = markers.user_id.browse()
    return {
        marker: marker.user_id.filtered("active")
        or next(iter(heads.get((marker.department_id, company), ())), nobody)
        for marker in markers
    }


def find_unmarked(sheets):
    """Return the sheets in which a line still waits for a marker: one query for all."""
    # sudo: emulation.evaluation - which lines wait for whom; only the sheets leave
    every = sheets.sudo()
    stages = every.set_id.criterion_ids._get_stages()
    lasts = {}
    for criterion, by_stage in stages.items():
        lasts.setdefault(max(by_stage), []).append(criterion)
    if not lasts:
        return sheets.browse()
    waiting = Domain.OR(
        Domain("criterion_id", "in", lines) & Domain("marked_stage", "<", last)
        for last, lines in lasts.items()
    )
    lines = every.env["emulation.score"]._read_group(
        Domain("evaluation_id", "in", sheets.ids) & waiting, ["evaluation_id"]
    )
    return sheets.browse(sheet.id for (sheet,) in lines)


def get_rounds(env):
    """Return the open rounds in which the user marks lines, the newest first."""
    criteria = get_criteria(env)
    if not criteria:
        return env["emulation.review"]
    # sudo: emulation.evaluation - only the rounds in which the user marks
    groups = (
        env["emulation.score"]
        .sudo()
        ._read_group(
            Domain("criterion_id", "in", criteria.ids)
            & Domain("evaluation_id", "any", get_others_domain(env) & Domain("review_id.state", "=", "open")),
            ["evaluation_id"],
        )
    )
    sheets = env["emulation.evaluation"].sudo().union(*(sheet for (sheet,) in groups))
    return sheets.review_id.sorted("id", reverse=True)


class Grid:
    """The lines a user marks in one round."""

    def __init__(self, review):
        self.env, self.review = review.env, review
        self.criteria = get_criteria(review.env)
        self.stages = Stages(self.criteria)

    def _search_lines(self, more=Domain.TRUE):
        sheets = Domain("review_id", "=", self.review.id) & get_others_domain(self.env)
        domain = Domain("criterion_id", "in", self.criteria.ids) & Domain("evaluation_id", "any", sheets)
        # sudo: emulation.score - the lines the user marks, of others only
        return self.env["emulation.score"].sudo().search(domain & more)

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def get_values(self):
        """Return rows (sheets), columns (criteria) and cells of the grid, in a fixed number of queries."""
        lines = self._search_lines()
        sheets = lines.evaluation_id.sorted(lambda sheet: (sheet.unit_id.complete_name or "", sheet.id))
        sheets.participation_id.fetch(["recipient_name", "employee_id", "department_id", "partner_id"])
        columns = lines.criterion_id.sorted(lambda line: (line.set_id.id, line.sequence, line.id))
        trail = self._read_trail(lines)
        return {
            "columns": [self._prepare_column(line) for line in columns],
            "rows": [self._prepare_row(sheet) for sheet in sheets],
            "cells": [self._prepare_cell(line, trail.get(line.id, [])) for line in lines],
        }

    def _prepare_column(self, line):
        return {
            "id": line.id,
            "code": line.code or "",
            "name": line.name,
            "maximum": None if line._is_unlimited() else line.max_points,
            "is_deduction": line.kind == "deduction",
            "guidance": line.guidance or "",
            "levels": line._get_level_choices(),
        }

    def _prepare_row(self, sheet):
        unit = sheet.unit_id.name if sheet.employee_id else sheet.department_id.parent_id.name
        return {"id": sheet.id, "name": sheet.display_name, "unit": unit or "", "state": sheet.state}

    def _prepare_cell(self, line, trail):
        marker = self._get_marker(line)
        return {
            "id": line.id,
            "row": line.evaluation_id.id,
            "column": line.criterion_id.id,
            "self": line.self_points if line.is_self_scored else None,
            "points": get_standing(line),
            "is_open": bool(marker),
            "is_done": bool(marker) and line.marked_stage >= marker.stage,
            "trail": trail,
        }

    def _get_marker(self, line):
        """Return the user's marker that may mark the line now."""
        marker = self.stages.get_own(line.criterion_id.id, line.marked_stage)
        if self.review.state != "open" or (
            marker and line.evaluation_id.state not in get_states(marker, line.criterion_id)
        ):
            return marker.browse()
        return marker

    def _read_trail(self, lines):
        """Return {line: [who gave what, and why]}, the earliest first."""
        # sudo: emulation.score.mark - of the lines the user marks
        marks = self.env["emulation.score.mark"].sudo()
        found = {}
        for mark in marks.search([("score_id", "in", lines.ids)]):
            found.setdefault(mark.score_id.id, []).append(
                {"name": mark.marker_name, "points": mark.points, "reason": mark.reason or ""}
            )
        return found

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    def save(self, given, reason):
        """Store marks; what cannot be stored is said for each line, the rest is stored.

        :param dict given: {score id: points}
        :param reason: why figures that others gave are changed
        :return: {score id: what is wrong}
        """
        lines = self._search_lines(Domain("id", "in", list(given)))
        locked = lines.evaluation_id.try_lock_for_update()
        errors = dict.fromkeys(given.keys() - set(lines.ids), self.env._("You do not mark this line."))
        rows = []
        for line in lines:
            row = self._prepare_mark(line, given[line.id], reason, locked)
            if isinstance(row, str):
                errors[line.id] = row
            else:
                rows.append((line, *row))
        changed = [row for row in rows if row[2] != row[3] or row[0].marked_stage != row[1].stage]
        self._store(changed, reason)
        return errors

    def _prepare_mark(self, line, points, reason, locked):
        """Return (marker, points before, points) of a mark, or a text saying why not."""
        if line.evaluation_id not in locked:
            return self.env._(BUSY)
        marker = self._get_marker(line)
        if not marker:
            return self.env._("It is not your turn to mark this line.")
        try:
            is_number = isinstance(points, int | float) and not isinstance(points, bool)
            line._check_values({"verified_points": points if is_number else math.nan})
            exact = scoring.check_points(line.criterion_id._to_engine(), points)
        except ValidationError as error:
            return str(error.args[0])
        except scoring.ScoringError as error:
            return tell(self.env, error.reason)
        before = get_standing(line)
        if before is not None and scoring.points(before) != exact and not reason:
            return self.env._("Another figure stood here: give the reason for the change.")
        return marker, before, float(exact)

    def _store(self, rows, reason):
        """Write points, stages and the trail in one statement each, then the totals."""
        if not rows:
            return
        env = self.env
        # sudo: emulation.score - the grid has checked who marks what
        scores = env["emulation.score"].sudo()
        scores.flush_model()
        env.cr.execute(
            SQL(
                """
                UPDATE emulation_score s
                   SET verified_points = CASE WHEN e.state = 'verified' THEN s.verified_points ELSE d.points END,
                       final_points = CASE WHEN e.state = 'verified' THEN d.points ELSE s.final_points END,
                       is_verified = TRUE, is_final = (s.is_final OR e.state = 'verified'), is_abstained = FALSE,
                       marked_stage = d.stage, write_uid = %s, write_date = %s
                  FROM unnest(%s::int[], %s::numeric[], %s::int[]) AS d(id, points, stage), emulation_evaluation e
                 WHERE s.id = d.id AND e.id = s.evaluation_id
                """,
                env.uid,
                fields.Datetime.now(),
                [line.id for line, *_rest in rows],
                [points for *_rest, points in rows],
                [marker.stage for _line, marker, *_rest in rows],
            )
        )
        scores.invalidate_model()
        env["emulation.score.mark"]._create_protected([self._prepare_trail(*row, reason) for row in rows])
        totals.update(scores.browse(line.id for line, *_rest in rows).evaluation_id)

    @staticmethod
    def _prepare_trail(line, marker, before, points, reason):
        return {
            "score_id": line.id,
            "stage": marker.stage,
            "marker_name": marker.display_name,
            "former_points": before or 0,
            "points": points,
            "reason": reason if before is not None and before != points else False,
        }


def get_standing(line):
    """Return the points that stand on a line now; None where nobody has given any."""
    if line.evaluation_id.state == "verified":
        return line.final_points
    if line.is_verified:
        return line.verified_points
    return line.self_points if line.is_self_scored else None
