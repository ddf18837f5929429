from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..mixin.dossier_states import LIVE_STATES
from ..mixin.labels import get_labels

# verb -> the states that take a place already when it is used: who has come further, has it.
TAKEN = {
    "submit": LIVE_STATES,
    "appraise": ("appraised", "voted", "forwarded", "granted"),
    "vote": ("voted", "forwarded", "granted"),
    "grant": ("granted",),
}


class EmulationCampaignAward(models.Model):
    """How many of an award a campaign has on offer: in all, or for one subject, unit or occasion.

    What campaigns below commend counts here too. More than that is refused or warned about, as the agency sets.
    """

    _name = "emulation.campaign.award"
    _description = "Award on offer in a campaign"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "campaign_id"
    _writable = {
        "draft": {
            "officer": {
                *("campaign_id", "sequence", "award_id", "quota", "subject", "department_id"),
                *("occasion_id", "max_rank"),
            }
        }
    }
    _deletable = {"draft": "officer"}
    _order = "campaign_id, sequence, id"
    _rec_name = "award_id"

    campaign_id = fields.Many2one("emulation.campaign", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10, aggregator=None)
    award_id = fields.Many2one("emulation.award", required=True, ondelete="restrict", index=True)
    quota = fields.Integer(help="How many at most; 0 means no limit.")
    subject = fields.Selection(
        [("individual", "People"), ("collective", "Collectives")],
        string="Whom it is for",
        help="Empty: for both.",
    )
    department_id = fields.Many2one(
        "hr.department",
        string="Of the unit",
        ondelete="restrict",
        index="btree_not_null",
        help="And of those below it. Empty: of all.",
    )
    occasion_id = fields.Many2one(
        "emulation.occasion",
        string="On the occasion",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: on any.",
    )
    max_rank = fields.Integer(
        string="Ranked at least", aggregator=None, help="The last rank that may be proposed; 0: any."
    )
    used_count = fields.Integer(string="Used", compute="_compute_used", help="On their way and granted.")
    left_text = fields.Char(string="Still left", compute="_compute_used")
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)

    _offer_uniq = models.UniqueIndex(
        "(campaign_id, award_id, COALESCE(subject, ''), COALESCE(department_id, 0), COALESCE(occasion_id, 0))",
        "This award is already on offer.",
    )
    _not_negative = models.Constraint("CHECK (quota >= 0 AND max_rank >= 0)", "A number cannot be negative.")

    def _compute_used(self):
        limits = self | self._find_for(self.campaign_id, self.award_id)
        used = {line: sum(states.values()) for line, states in limits._count_used().items()}
        for line in self:
            line.used_count = used.get(line.id, 0)
            left = [
                limit.quota - used.get(limit.id, 0)
                for limit in limits
                if limit.quota and (limit.id == line.id or line._shares(limit))
            ]
            line.left_text = str(min(left)) if left else self.env._("no limit")

    def _shares(self, other):
        """Return whether what takes a place of this line takes one of another line, here or further up, as well."""
        # sudo: emulation.campaign - its place in the tree only
        path = self.campaign_id.sudo().parent_path or ""
        return f"/{other.campaign_id.id}/" in f"/{path}" and self._is_part_of(other)

    def _is_part_of(self, other):
        """Return whether all this line is for is also what the other one is for."""
        unit = self.department_id
        if self.campaign_id != other.campaign_id:
            # sudo: emulation.campaign - whose it is; what a unit's own campaign offers is for the unit
            unit = unit or self.campaign_id.sudo().owner_unit_id
        return (
            other.award_id == self.award_id
            and other.subject in (False, self.subject)
            and (not other.occasion_id or other.occasion_id == self.occasion_id)
            and (not other.department_id or unit._is_emulation_below(other.department_id))
        )

    # ---------- Handed down ----------

    @api.constrains("campaign_id", "award_id", "quota", "subject", "department_id", "occasion_id")
    def _check_shares(self):
        """What is handed down is never more than there is: the quotas of those below, added up.

        :raises ValidationError: naming the campaign whose quota would be exceeded
        """
        # sudo: emulation.campaign.award - those above and below may belong to other agencies; only numbers leave
        lines = self.sudo()
        lines |= self._find_for(lines.campaign_id, lines.award_id)
        for line in lines.filtered("quota"):
            line._check_given(line.quota, line._get_given_below())
        for (campaign, award), offers in lines.grouped(
            lambda line: (line.campaign_id, line.award_id)
        ).items():
            offers = campaign.award_line_ids.filtered(lambda line, award=award: line.award_id == award)
            widest = offers._get_widest()
            if all(widest.mapped("quota")):
                most = sum(widest.mapped("quota"))
                offers[:1]._check_given(most, offers._get_given_in(campaign.child_ids))

    def _check_given(self, most, given):
        if given > most:
            raise ValidationError(
                self.env._(
                    "%(award)s: %(campaign)s has %(quota)s on offer, those below it %(given)s.",
                    award=self.award_id.display_name,
                    campaign=self.campaign_id.display_name,
                    quota=most,
                    given=given,
                )
            )

    def _get_given_below(self):
        """Return how many of this number those below have on offer."""
        return self._get_given_in(self.campaign_id.child_ids, lambda line: line._shares(self))

    def _get_given_in(self, campaigns, counts=None):
        """Return how many of the award campaigns have on offer together; one without a number, what is below it.

        :param counts: function of a line: whether it counts
        """
        given = 0
        for campaign in campaigns.filtered(lambda campaign: campaign.state != "cancelled"):
            lines = campaign.award_line_ids.filtered(
                lambda line: line.award_id == self.award_id and (not counts or counts(line))
            )
            own = sum(lines.filtered("quota")._get_widest().mapped("quota"))
            given += own or self._get_given_in(campaign.child_ids, counts)
        return given

    def _get_widest(self):
        """Return those of a campaign's lines that are no part of another one: a number for all holds that for some."""
        return self.filtered(
            lambda line: not any(other != line and line._is_part_of(other) for other in self)
        )

    def _is_copied_to(self, vals):
        """Return whether values of a campaign below are those of this line."""
        names = ("award_id", "department_id", "occasion_id")
        same = all((vals.get(name) or False) == self[name].id for name in names)
        return same and (vals.get("subject") or False) == self.subject

    # ---------- Used and left ----------

    @api.model
    @api.private
    def _find_for(self, campaigns, awards):
        """Return the lines, in sudo, on which these awards are on offer in these campaigns or above them."""
        # sudo: emulation.campaign, .award - what is on offer limits whoever proposes, from whatever agency
        paths = campaigns.sudo().mapped("parent_path")
        ids = {int(part) for path in paths for part in (path or "").split("/") if part}
        # sudo: emulation.campaign.award - as above
        return self.sudo().search([("campaign_id", "in", list(ids)), ("award_id", "in", awards.ids)])

    def _matches(self, record, occasion=None):
        """Return whether a commendation, or an evaluation it could come from, takes a place of this line.

        :param occasion: on which an evaluation is proposed
        """
        subject = record.subject if "subject" in record._fields else record.participation_id.subject
        occasion = record.occasion_id if "occasion_id" in record._fields else occasion
        return ("award_id" not in record._fields or record.award_id == self.award_id) and self._takes(
            record.campaign_id, subject, record.unit_id, occasion
        )

    def _takes(self, campaign, subject, unit, occasion):
        """Return whether somebody who is proposed for the award takes a place of this line."""
        self.ensure_one()
        path = campaign.sudo().parent_path or ""  # sudo: emulation.campaign - its place in the tree only
        return (
            f"/{self.campaign_id.id}/" in f"/{path}"
            and self.subject in (False, "individual" if subject == "individual" else "collective")
            and (not self.occasion_id or occasion == self.occasion_id)
            and (not self.department_id or unit._is_emulation_below(self.department_id))
        )

    def _count_used(self, without=(), states=LIVE_STATES):
        """Return {line id: {state: number of commendations that take a place}}: one query for all lines.

        :param without: ids of commendations that are not counted
        """
        if not self.ids:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.id, c.state, COUNT(*)
                  FROM emulation_campaign_award l
                  JOIN emulation_campaign top ON top.id = l.campaign_id
                  JOIN emulation_campaign own ON own.parent_path LIKE top.parent_path || '%%'
                  JOIN emulation_commendation c ON c.campaign_id = own.id AND c.award_id = l.award_id
             LEFT JOIN hr_department lu ON lu.id = l.department_id
             LEFT JOIN hr_department cu ON cu.id = c.unit_id
                 WHERE l.id IN %(lines)s AND c.state IN %(states)s AND c.id <> ALL(%(without)s)
                   AND (c.state <> 'voted' OR c.vote_passed)
                   AND (l.subject IS NULL OR (l.subject = 'individual') = (c.subject = 'individual'))
                   AND (l.occasion_id IS NULL OR l.occasion_id = c.occasion_id)
                   AND (lu.id IS NULL OR cu.parent_path LIKE lu.parent_path || '%%')
              GROUP BY l.id, c.state
                """,
                lines=tuple(self.ids),
                states=tuple(states),
                without=list(without),
            )
        )
        used = {}
        for line, state, number in rows:
            used.setdefault(line, {})[state] = number
        return used

    @api.model
    @api.private
    def _find_problems(self, records, verb):
        """Return {id: reason} of the commendations for which nothing is left when they come to ``verb``.

        Several at once are taken in their order until the last place is gone.

        :param records: commendations
        :param verb: a key of ``TAKEN``
        """
        inside = records.filtered("campaign_id")
        lines = self._find_for(inside.campaign_id, inside.award_id)
        lines = lines.filtered(lambda line: line.company_id.emulation_offer_guard == "block")
        if not lines:
            return {}
        used = lines._count_used(inside.ids, TAKEN[verb])
        left = {line.id: line.quota - sum(used.get(line.id, {}).values()) for line in lines}
        ranks = lines._find_ranks(inside)
        problems = {}
        for record in inside:
            mine = lines.filtered(lambda line, record=record: line._matches(record))
            text = lines._explain_not_offered(record) or next(
                filter(None, (line._get_problem(ranks.get(record.id, 0), left) for line in mine)), None
            )
            if text:
                problems[record.id] = text
            else:
                left.update({line.id: left[line.id] - 1 for line in mine})
        return problems

    def _explain_not_offered(self, record, award=None, occasion=None):
        """Return why none of these lines is for a commendation, or an evaluation, although its award is on offer.

        The campaign itself says whom an award is for, else the nearest above it that offers it.

        :param award: of an evaluation
        :param occasion: on which an evaluation is proposed
        """
        award = award or record.award_id
        path = f"/{record.campaign_id.sudo().parent_path or ''}"  # sudo: emulation.campaign - its place only
        known = self.filtered(
            lambda line: line.award_id == award and f"/{line.campaign_id.id}/" in path
        ).grouped("campaign_id")
        if not known:
            return None
        campaign = max(known, key=lambda campaign: len(campaign.parent_path))
        if any(line._matches(record, occasion) for line in known[campaign]):
            return None
        return self.env._(
            "%(campaign)s offers %(award)s for these only: %(whom)s.",
            campaign=campaign.display_name,
            award=award.display_name,
            whom="; ".join(line._get_limits_text().strip(" ()") for line in known[campaign]),
        )

    def _find_ranks(self, records):
        """Return {id: rank of the sheet a commendation comes from}; without one, of the recipient's latest sheet."""
        if not any(self.mapped("max_rank")):
            return {}
        # sudo: emulation.evaluation - ranks only
        evaluations = self.env["emulation.evaluation"].sudo()
        ranks = {record.id: evaluations.browse(record.evaluation_id.id).rank for record in records}
        others = records.filtered(lambda record: not record.evaluation_id)
        sheets = evaluations.search_fetch(
            [
                ("campaign_id", "in", others.campaign_id.ids),
                ("participation_id.recipient_key", "in", others.mapped("recipient_key")),
                ("state", "=", "confirmed"),
                ("rank", ">", 0),
            ],
            ["campaign_id", "participation_id", "rank"],
            order="id",
        )
        latest = {(sheet.campaign_id, sheet.participation_id.recipient_key): sheet.rank for sheet in sheets}
        return ranks | {
            record.id: latest.get((record.campaign_id, record.recipient_key), 0) for record in others
        }

    def _get_problem(self, rank, left):
        """Return why this line has no place for one of a rank (0: none), or None."""
        if text := self._explain_rank(rank):
            return text
        if self.quota and left[self.id] <= 0:
            return self.env._(
                "%(campaign)s has %(quota)s of %(award)s on offer%(whom)s; all are taken.",
                campaign=self.campaign_id.display_name,
                quota=self.quota,
                award=self.award_id.display_name,
                whom=self._get_limits_text(),
            )
        return None

    def _explain_rank(self, rank):
        """Return why one of a rank (0: none) is not ranked well enough for this line, or None."""
        if not self.max_rank or 0 < rank <= self.max_rank:
            return None
        return self.env._(
            "%(campaign)s offers %(award)s down to rank %(rank)s only.",
            campaign=self.campaign_id.display_name,
            award=self.award_id.display_name,
            rank=self.max_rank,
        )

    def _get_limits_text(self):
        """Return for whom the number is, as the end of a phrase; empty if for all."""
        labels = get_labels(self, "subject")
        parts = (labels.get(self.subject), self.department_id.name, self.occasion_id.name)
        return f" ({', '.join(filter(None, parts))})" if any(parts) else ""
