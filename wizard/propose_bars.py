"""What a list of proposals looks like before it is handed in: quotas, shares, who is on it."""

from collections import Counter
from functools import cached_property

from markupsafe import Markup
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.misc import get_lang

from ..engine import eligibility, ratios
from ..models.mixin.dossier_states import LIVE_STATES
from .proposed_list import TAKING, ProposedList

BAR_STYLES = {"ok": "bg-success", "warn": "bg-warning", "block": "bg-danger"}
TEXT_STYLES = {"ok": "", "warn": "fw-bold text-warning", "block": "fw-bold text-danger"}
# Requirements about the whole list or about shares of a unit: the others are judged one by one later.
LIST_KINDS = ("group_quota", "member_share")
MOST = 20  # bars that are shown, those that are broken first


class ProposeBars:
    """The ratios of what is ticked in a dialog, counted by PostgreSQL and shown as bars."""

    def __init__(self, wizard):
        self.wizard = wizard
        self.env = wizard.env
        self.rows = ProposedList(wizard)

    @cached_property
    def people(self):
        """The people among all rows."""
        return [row for row in self.rows.rows if row.employee_id]

    @cached_property
    def ticked(self):
        """The rows that are ticked."""
        return self.rows.ticked

    @property
    def count(self):
        """How many are ticked."""
        return len(self.ticked)

    def get_html(self):
        bars = self.get()
        rows = Markup("").join(map(self._get_bar_html, bars[:MOST]))
        if len(bars) > MOST:
            rows += Markup("<p>%s</p>") % self.env._("and %(count)s more", count=len(bars) - MOST)
        return Markup("<div>%s</div>") % rows

    def get(self):
        """Return the engine's bars for the ticked rows, what is broken first."""
        rulebook = self._get_rulebook()
        rule = self._get_rule(rulebook)
        judged = self._get_judged_bars(rule)
        has_quota = any(bar.kind == "group_quota" for bar in judged)
        people = self._get_people_bars(rulebook, rule, 0 if has_quota else self._get_quota_percent(rule))
        bars = self._get_offer_bars() + judged + people
        return sorted(bars, key=lambda bar: ratios.ORDER[bar.status])

    def check(self):
        """Refuse a list that breaks a ratio the rules insist on.

        :raises UserError: naming each such ratio and how many to untick
        """
        blocked = [bar for bar in self.get() if bar.status == ratios.BLOCK]
        if blocked:
            raise UserError("\n".join(self._get_blocked_text(bar) for bar in blocked))

    # ------------------------------------------------------------------
    # The awards a campaign offers: a list longer than what is left warns or is refused, as the company sets
    # ------------------------------------------------------------------

    def _get_offer_bars(self):
        offers = self.find_offers(self.ticked)
        used = self.count_used(offers)
        # sudo: res.company - a setting
        severity = self.wizard.company_id.sudo().emulation_offer_guard
        return [
            ratios.Ratio(
                "group_quota",
                used.get(offer.id, 0) + self.count_for(offer, self.ticked),
                offer.quota,
                100,
                True,
                severity,
                self.env._(
                    "On offer in %(campaign)s%(whom)s",
                    campaign=offer.campaign_id.display_name,
                    whom=offer._get_limits_text(),
                ),
            )
            for offer in offers
        ]

    def find_offers(self, rows):
        """Return the lines that limit the award, of the campaigns of these and those above."""
        campaigns = self.env["emulation.campaign"].browse({row.campaign_id for row in rows} - {None})
        return (
            self.env["emulation.campaign.award"]._find_for(campaigns, self.wizard.award_id).filtered("quota")
        )

    def count_for(self, offer, rows):
        """Return how many of these would take a place of a line; those alike are asked about once."""
        alike = Counter((row.campaign_id, row.subject, row.unit_id, row.occasion_id) for row in rows)
        return sum(count for group, count in alike.items() if self._takes(offer, *group))

    def _takes(self, offer, campaign, subject, unit, occasion):
        env = self.env
        return offer._takes(
            env["emulation.campaign"].browse(campaign),
            subject,
            env["hr.department"].browse(unit),
            env["emulation.occasion"].browse(occasion),
        )

    def count_used(self, offers):
        """Return {line id: how many are proposed or commended already}, apart from the drafts of this list."""
        used = offers._count_used(self.wizard._origin.draft_ids.ids, TAKING)
        return {line: sum(states.values()) for line, states in used.items()}

    # ------------------------------------------------------------------
    # Who is on the list
    # ------------------------------------------------------------------

    def _get_people_bars(self, rulebook, rule, quota):
        """Return the bars about the people on the list: none for a list of units."""
        if not self.people:
            return []
        names = self._get_unit_names({row.unit_id for row in self.people} - {None})
        prerequisite = self._get_prerequisite(rulebook)
        alike = Counter((row.unit_id, row.leads, row.sex) for row in self.ticked if row.employee_id)
        # sudo: res.company - a figure of the settings
        return ratios.bars(
            [
                ratios.Person(names.get(unit, ""), leads, sex == "female" if sex else None, count)
                for (unit, leads, sex), count in alike.items()
            ],
            self._get_headcounts(names) if quota or prerequisite else {},
            quota=quota,
            quota_severity=self._get_severity(rule, "group_quota"),
            prerequisite=prerequisite.share if prerequisite else 0,
            holders=self._get_holders(names, prerequisite.award_ids) if prerequisite else {},
            leaders_limit=self.wizard.company_id.sudo().emulation_leader_percent,
        )

    def _get_unit_names(self, ids):
        """Return {unit id: name}, the whole path where two have one name."""
        units = self.env["hr.department"].browse(sorted(ids))
        times = Counter(units.mapped("name"))
        return {unit.id: unit.name if times[unit.name] == 1 else unit.complete_name for unit in units}

    def _get_quota_percent(self, rule):
        """Return the quota of the staff, in per cent; 0: none."""
        quotas = rule.requirement_ids.filtered(lambda requirement: requirement.kind == "group_quota")
        return rule.quota_percent or max(quotas.mapped("share"), default=0)

    def _get_severity(self, rule, kind):
        requirement = rule.requirement_ids.filtered(lambda requirement: requirement.kind == kind)[:1]
        return "block" if requirement.severity == "block" else "warn"

    def _get_prerequisite(self, rulebook):
        """Return the requirement of a collective that asks for a share of members with this award; the highest share.

        A title above it counts in it as well, but nobody needs a share of those.
        """
        # sudo: emulation.rulebook - the law is the same for everybody
        requirements = rulebook.sudo().award_rule_ids.requirement_ids if rulebook else []
        asked = [
            requirement
            for requirement in requirements
            if requirement.kind == "member_share"
            and requirement.share
            and requirement.award_ids.sorted()[-1:] == self.wizard.award_id
        ]
        return max(asked, key=lambda requirement: requirement.share, default=None)

    def _get_holders(self, names, awards):
        """Return {unit name: people not ticked who have one of the awards for this year, or are on their way}, in one
        query."""
        year = (self.wizard.period_to or self.wizard._get_today()).year
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.unit_id, COUNT(DISTINCT c.employee_id)
                  FROM emulation_commendation c
                 WHERE c.award_id = ANY(%(awards)s) AND c.state IN %(states)s AND c.unit_id = ANY(%(units)s)
                   AND c.period_to BETWEEN %(first)s AND %(last)s
                   AND c.employee_id NOT IN (SELECT unnest(%(ticked)s::int[]))
              GROUP BY 1
                """,
                awards=awards.ids,
                states=LIVE_STATES,
                units=list(names),
                first=f"{year}-01-01",
                last=f"{year}-12-31",
                ticked=[row.employee_id for row in self.ticked if row.employee_id],
            )
        )
        return {names[unit]: count for unit, count in rows}

    def _get_headcounts(self, names):
        """Return {unit name: employees}, in one query."""
        # sudo: hr.employee - only a number of a unit leaves
        groups = (
            self.env["hr.employee"]
            .sudo()
            ._read_group([("department_id", "in", list(names))], ["department_id"], ["__count"])
        )
        counts = {unit.id: count for unit, count in groups}
        return {name: counts.get(unit, 0) for unit, name in names.items()}

    # ------------------------------------------------------------------
    # What the rule book says
    # ------------------------------------------------------------------

    def _get_judged_bars(self, rule):
        """Return what the rule book itself says about shares and quotas of the ticked rows.

        A quota is the same for all of a unit, an agency or a campaign: one of each unit is judged, all are counted. A
        share of members is each collective's own.
        """
        kinds = {requirement.kind for requirement in rule.requirement_ids}.intersection(LIST_KINDS)
        if not kinds or not self.count:
            return []
        found = {}
        for holder, findings in self._judge(rule, kinds):
            for finding in findings:
                if finding.reason.values:
                    place = self._get_place(finding.requirement, holder)
                    found[finding.requirement.key, place] = finding, holder
        return [self._get_judged_bar(*pair) for pair in found.values()]

    def _judge(self, rule, kinds):
        """Yield (record, findings) of one of each unit and of each collective, with all that is ticked as the batch."""
        one_of_each = {(row.department_id, row.place_id): row for row in reversed(self.ticked)}
        holders = self.rows.model.browse(row.id for row in one_of_each.values())
        candidates = self._prepare_candidates(holders)
        batch = self._get_batch() if "group_quota" in kinds else ()
        answers = rule._check_eligibility(candidates, kinds, batch)
        for holder, candidate in zip(holders, candidates, strict=True):
            yield holder, answers[candidate.key]

    def _get_batch(self):
        """Return what is ticked as ``QuotaCounts`` takes it."""
        code = self.wizard.award_id.code
        return [
            (row.company_id, row.place_id, row.campaign_id, code, row.year, row.recipient_key, row.leads)
            for row in self.ticked
        ]

    def _get_place(self, requirement, holder):
        """Return whom a finding is about: None for the whole list."""
        if requirement.kind == "group_quota" and requirement.scope != "unit":
            return None
        return holder.id

    def _get_judged_bar(self, finding, holder):
        rule, values = finding.requirement, finding.reason.values
        severity = "block" if rule.severity == "block" and finding.status == "not_met" else "warn"
        if rule.kind == "group_quota":
            unit = holder.unit_id.name if rule.scope == "unit" else ""
            label = f"{unit}: {rule.name}" if unit else rule.name
            return ratios.Ratio("group_quota", values["found"], values["needed"], 100, True, severity, label)
        whole = values["total"] if rule.share else rule.count
        limit = ratios.Fraction(str(rule.share or 100))
        label = f"{self._get_name(holder)}: {rule.name}"
        return ratios.Ratio("share", values["found"], whole, limit, False, severity, label)

    def _get_name(self, holder):
        return (holder if self.rows.is_drafts else holder.participation_id)._get_recipient_name()

    def _prepare_candidates(self, holders):
        """Return the engine's candidates of some rows, in their order."""
        if self.rows.is_drafts:
            return self.env["emulation.award.rule"]._prepare_candidates(holders)
        return [
            eligibility.Candidate(
                recipient_type=registration.recipient_type,
                recipient_id=registration._get_recipient().id,
                award=self.wizard.award_id.code,
                period_from=self.wizard.period_from or None,
                period_to=self.wizard.period_to or None,
                on=self.wizard._get_today(),
                subject=registration.subject,
                campaign=registration.campaign_id.id,
            )
            for registration in holders.participation_id
        ]

    def _get_rulebook(self):
        # the day the proposals would be received
        key = (self.wizard.company_id, self.wizard._get_today(), self.wizard.award_id)
        return self.env["emulation.rulebook"]._choose_many([key])[key]

    def _get_rule(self, rulebook):
        """Return the award's rule in the rule book of the period; empty without one."""
        rule = self.wizard.award_id._rule(rulebook) if rulebook and self.wizard.award_id else None
        # sudo: emulation.award.rule - the law is the same for everybody
        return (rule or self.env["emulation.award.rule"]).sudo()

    # ------------------------------------------------------------------
    # How it is shown
    # ------------------------------------------------------------------

    def _get_bar_html(self, bar):
        return Markup(
            '<div class="mb-3"><div class="d-flex justify-content-between flex-wrap"><span class="me-2">%s</span>'
            '<span class="text-nowrap %s">%s</span></div><div class="progress" role="progressbar"'
            ' aria-label="%s" aria-valuenow="%s" aria-valuemin="0" aria-valuemax="100">'
            '<div class="progress-bar %s" style="width: %s%%"></div></div></div>'
        ) % (
            self._get_bar_name(bar),
            TEXT_STYLES[bar.status],
            self._get_bar_text(bar),
            self._get_bar_name(bar),
            bar.percent,
            BAR_STYLES[bar.status],
            min(bar.percent, 100),
        )

    def _get_bar_name(self, bar):
        match bar.kind:
            case "quota":
                return self.env._("Quota of the staff")
            case "leaders":
                return self.env._("Leaders/direct workers")
            case "women" if bar.label:
                return self.env._("Women on the list (sex not entered: %(count)s)", count=bar.label)
            case "women":
                return self.env._("Women on the list")
            case "prerequisite":
                return self.env._("%(unit)s: members with the title", unit=bar.label)
        return bar.label

    def _get_bar_text(self, bar):
        """Return the figures, e.g. ``7/10 = 70% ≥ 70%``."""
        if bar.kind == "group_quota":
            return self.env._("%(part)s, at most %(most)s", part=bar.part, most=bar.whole)
        sign, percent = "≤" if bar.at_most else "≥", self._format_number(bar.percent)
        limit = "" if bar.limit is None else f" {sign} {self._format_number(float(bar.limit))}%"
        if bar.kind == "leaders":
            return f"{bar.part} : {bar.whole - bar.part} = {percent}%{limit}"
        return f"{bar.part}/{bar.whole} = {percent}%{limit}"

    def _format_number(self, value):
        """Return a number as short as can be, with the decimal point of the user's language."""
        return f"{value:g}".replace(".", get_lang(self.env).decimal_point)

    def _get_blocked_text(self, bar):
        name, figures = self._get_bar_name(bar), self._get_bar_text(bar)
        if bar.at_most:
            return self.env._(
                "%(name)s: %(figures)s. Untick %(count)s.", name=name, figures=figures, count=-bar.room
            )
        return self.env._("%(name)s: %(figures)s. Untick it.", name=name, figures=figures)
