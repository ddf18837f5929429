from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ..mixin import once

_lt = LazyTranslate(__name__)

MOST = 999  # counted no further: nobody reads the exact figure of a pile
DAYS = 30  # how far ahead "what comes" looks
LISTED = 12  # rows of what comes
MINE = Domain("is_my_turn", "=", True)
GUIDES = {  # the guide of a role, by the group whose screens it shows; the first a user belongs to is the user's
    "hr_emulation_guide_officer": "hr_emulation.group_emulation_officer",
    "hr_emulation_guide_council": "hr_emulation.group_emulation_council",
    "hr_emulation_guide_staff": "base.group_user",
}

# What comes: the day of a record, and its states in which the day is still to come.
COMING = {
    "emulation.deadline/date": ("open",),
    "emulation.session/date_start": ("draft", "open"),
    "emulation.initiative.session/date": ("draft", "open"),
    "emulation.publication/date_to": ("published",),
    "emulation.review/self_deadline": ("open",),
    "emulation.review/verify_deadline": ("open",),
    "emulation.unit.report/due_date": ("owed",),
    "emulation.campaign/registration_deadline": ("launched",),
    "emulation.campaign/date_end": ("launched",),
    "emulation.inspection/planned_date": ("draft",),
    "emulation.decision/ceremony_on": ("draft", "issued"),
}
WORDS = {
    "emulation.deadline/date": _lt("Deadline of the law"),
    "emulation.session/date_start": _lt("Council session"),
    "emulation.initiative.session/date": _lt("Session on initiatives"),
    "emulation.publication/date_to": _lt("Comments on a list end"),
    "emulation.review/self_deadline": _lt("Self scores are due"),
    "emulation.review/verify_deadline": _lt("Verified points are due"),
    "emulation.unit.report/due_date": _lt("Report is due"),
    "emulation.campaign/registration_deadline": _lt("Registration ends"),
    "emulation.campaign/date_end": _lt("Campaign ends"),
    "emulation.inspection/planned_date": _lt("Inspection visit"),
    "emulation.decision/ceremony_on": _lt("Award ceremony"),
}


class EmulationDesk(models.AbstractModel):
    """The first screen: what waits for the user, what of it is late, and what comes.

    It stores nothing. What waits is what ``is_my_turn`` finds in each model that has a verb somebody is waited for
    to use; the model names the list that opens (``_turn_action``) and what makes it late (``_get_late_domain``).
    """

    _name = "emulation.desk"
    _description = "Desk"

    @api.model
    @api.readonly
    def get_desk(self):
        """Return what the screen shows the current user.

        :return: ``{"waiting": [{model, label, action or url, count, late}], "coming": [{model, id, date, days, what,
            name}], "steps": {done, all} or False, "guide": name of the tour that shows around}``; what is late and what
            is much first, the nearest day first
        """
        with once.kept(self.env):  # nothing is written: who the user is, is asked once for all of them
            cards = [self._prepare_card(records) for records in self._get_kinds()]
            cards += [
                self._prepare_votes(),
                self._prepare_marks(),
                self._prepare_lines(),
                self._prepare_blocks(),
            ]
        waiting = [card for card in cards if card["count"]]
        waiting.sort(key=lambda card: (-card["late"], -card["count"], card["label"]))
        steps = self.env["emulation.first.steps"]._get_progress()
        guide = self._get_guide()
        return {"waiting": waiting, "coming": self._get_coming(), "steps": steps, "guide": guide}

    @api.model
    @api.private
    def _get_guide(self):
        """Return the name of the tour that shows the current user around."""
        return next(name for name, group in GUIDES.items() if self.env.user.has_group(group))

    @api.model
    @api.readonly
    def get_waiting(self):
        """Return how much waits for the current user: the number in the top bar."""
        with once.kept(self.env):
            counts = [records.search_count(MINE, limit=MOST) for records in self._get_kinds()]
            counts += [self._count_votes(), self._count_marks(), self._count_lines(), self._count_blocks()]
        return sum(counts)

    # ------------------------------------------------------------------
    # What waits
    # ------------------------------------------------------------------

    def _get_kinds(self):
        """Return an empty recordset of each model in which something may wait for the user."""
        every = [self.env[name] for name in sorted(self.env.registry)]
        return [records for records in every if _is_waited_for(records) and records.has_access("read")]

    def _prepare_card(self, records):
        count = records.search_count(MINE, limit=MOST)
        late = records._get_late_domain(fields.Date.context_today(self))
        has_late = count and not late.is_false()
        action = self._get_action(records._turn_action)
        # instead of the filters the list opens with: filters that stand together widen each other
        action["context"] = {"search_default_my_turn": 1}
        return {
            "model": records._name,
            "label": action["name"],
            "action": action,
            "count": count,
            "late": records.search_count(MINE & late, limit=MOST) if has_late else 0,
        }

    def _prepare_votes(self):
        return {
            "model": "emulation.session",
            "label": self.env._("Votes of councils"),
            "url": "/my/emulation/ballots",
            "count": self._count_votes(),
            "late": 0,
        }

    def _get_action(self, xmlid):
        return self.env["ir.actions.act_window"]._for_xml_id(xmlid)

    def _count_votes(self):
        sessions = self.env["emulation.session"]
        # sudo: emulation.session.attendance - the number of the user's own seats with no vote yet
        seats = self.env["emulation.session.attendance"].sudo()
        return seats.search_count(sessions._open_seat_domain(self.env.user))

    def _prepare_marks(self):
        action = self._get_action("hr_emulation.emulation_initiative_mark_action")
        return {
            "model": "emulation.initiative.mark",
            "label": action["name"],
            "action": action,
            "count": self._count_marks(),
            "late": 0,
        }

    def _count_marks(self):
        marks = self.env["emulation.initiative.mark"]
        own = [("user_id", "=", self.env.uid), ("state", "=", "open"), ("is_given", "=", False)]
        return marks.search_count(own, limit=MOST) if marks.has_access("read") else 0

    def _prepare_lines(self):
        action = self.env["ir.actions.client"]._for_xml_id("hr_emulation.emulation_marking_action")
        return {
            "model": "emulation.score",
            "label": action["name"],
            "action": action,
            "count": self._count_lines(),
            "late": 0,
        }

    def _count_lines(self):
        lines = self.env["emulation.score"]
        return lines.search_count([("is_to_mark", "=", True)], limit=MOST) if lines.has_access("read") else 0

    def _prepare_blocks(self):
        action = self._get_action("hr_emulation.emulation_block_year_action")
        action["context"] = {"search_default_mine": 1, "search_default_open": 1}
        return {
            "model": "emulation.block.year",
            "label": action["name"],
            "action": action,
            "count": self._count_blocks(),
            "late": 0,
        }

    def _count_blocks(self):
        years = self.env["emulation.block.year"]
        return years.search_count(years._get_to_score_domain()) if years.has_access("read") else 0

    # ------------------------------------------------------------------
    # What comes
    # ------------------------------------------------------------------

    def _get_coming(self):
        today = fields.Date.context_today(self)
        rows = [row for source in COMING for row in self._search_coming(today, source)]
        return sorted(rows, key=lambda row: (row["days"], row["what"], row["id"]))[:LISTED]

    def _search_coming(self, today, source):
        model, name = source.split("/")
        records = self.env[model]
        if not records.has_access("read"):
            return []
        found = records.search(self._get_coming_domain(source), order=f"{name}, id", limit=LISTED)
        what = str(WORDS[source])
        return [_prepare_row(record, _read_day(record, name), today, what) for record in found]

    @api.model
    @api.private
    def _get_coming_domain(self, source):
        """Return the domain of what comes in the next days.

        :param str source: a key of ``COMING``
        """
        model, name = source.split("/")
        first, last = self._get_window(fields.Date.context_today(self), self.env[model]._fields[name].type)
        return Domain(name, ">=", first) & Domain(name, "<", last) & Domain("state", "in", COMING[source])

    def _get_window(self, today, kind):
        """Return the first moment looked at and the first one no more; a moment is stored in UTC."""
        days = today, today + timedelta(days=DAYS + 1)
        if kind == "date":
            return days
        starts = [self.env.tz.localize(datetime.combine(day, time.min)) for day in days]
        return tuple(start.astimezone(UTC).replace(tzinfo=None) for start in starts)


def _prepare_row(record, day, today, what):
    return {
        "model": record._name,
        "id": record.id,
        "date": fields.Date.to_string(day),
        "days": (day - today).days,
        "what": what,
        "name": record.display_name,
    }


def _read_day(record, name):
    value = record[name]
    if record._fields[name].type == "datetime":
        return fields.Datetime.context_timestamp(record, value).date()
    return value


def _is_waited_for(records):
    return (
        not records._abstract
        and "is_my_turn" in records._fields
        and any(verb.waited for verb in records._get_verbs().values())
    )
