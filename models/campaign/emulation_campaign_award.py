from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..commendation.transitions import LIVE_STATES

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
                if limit.quota and (limit.id == line.id or line._draws_on(limit))
            ]
            line.left_text = str(min(left)) if left else self.env._("no limit")

    def _draws_on(self, other):
        """Return whether what takes a place of this line takes one of another line further up as well."""
        path = (
            self.campaign_id.sudo().parent_path or ""
        )  # sudo: emulation.campaign - its place in the tree only
        return (
            f"/{other.campaign_id.id}/" in f"/{path}"
            and other.campaign_id != self.campaign_id
            and other.award_id == self.award_id
            and other.subject in (False, self.subject)
            and (not other.occasion_id or other.occasion_id == self.occasion_id)
            and (not other.department_id or self.department_id._is_emulation_below(other.department_id))
        )

    # ---------- Handed down ----------

    @api.constrains("campaign_id", "award_id", "quota", "subject", "department_id", "occasion_id")
    def _check_shares(self):
        """What is handed down is never more than there is: the quotas of those directly below, added up.

        :raises ValidationError: naming the campaign whose quota would be exceeded
        """
        # sudo: emulation.campaign.award - those above and below may belong to other agencies; only numbers leave
        lines = self.sudo()
        above = lines.campaign_id.parent_id.award_line_ids.filtered(
            lambda line: line.award_id in lines.award_id
        )
        for line in (lines | above).filtered("quota"):
            given = sum(line._get_lines_below().mapped("quota"))
            if given > line.quota:
                raise ValidationError(
                    self.env._(
                        "%(award)s: %(campaign)s has %(quota)s on offer, those below it %(given)s.",
                        award=line.award_id.display_name,
                        campaign=line.campaign_id.display_name,
                        quota=line.quota,
                        given=given,
                    )
                )

    def _get_lines_below(self):
        """Return the lines of the campaigns directly below that use up this one."""
        below = self.campaign_id.child_ids.filtered(lambda campaign: campaign.state != "cancelled")
        return below.award_line_ids.filtered(lambda line: line._draws_on(self))

    # ---------- Used and left ----------

    @api.model
    @api.private
    def _find_for(self, campaigns, awards):
        """Return the lines, in sudo, that limit these awards in these campaigns or above them."""
        # sudo: emulation.campaign, .award - what is on offer limits whoever proposes, from whatever agency
        paths = campaigns.sudo().mapped("parent_path")
        ids = {int(part) for path in paths for part in (path or "").split("/") if part}
        domain = [("campaign_id", "in", list(ids)), ("award_id", "in", awards.ids)]
        # sudo: emulation.campaign.award - as above
        return self.sudo().search([*domain, "|", ("quota", ">", 0), ("max_rank", ">", 0)])

    def _matches(self, record):
        """Return whether a commendation, or an evaluation it could come from, takes a place of this line."""
        self.ensure_one()
        campaign = record.campaign_id.sudo()  # sudo: emulation.campaign - its place in the tree only
        if f"/{self.campaign_id.id}/" not in f"/{campaign.parent_path or ''}":
            return False
        subject = record.subject if "subject" in record._fields else record.participation_id.subject
        group = "individual" if subject == "individual" else "collective"
        occasion = record.occasion_id if "occasion_id" in record._fields else self.occasion_id.browse()
        unit = record.unit_id
        return (
            ("award_id" not in record._fields or record.award_id == self.award_id)
            and self.subject in (False, group)
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
        problems = {}
        for record in inside:
            mine = lines.filtered(lambda line, record=record: line._matches(record))
            text = next(filter(None, (line._get_problem(record, left) for line in mine)), None)
            if text:
                problems[record.id] = text
            else:
                left.update({line.id: left[line.id] - 1 for line in mine})
        return problems

    def _get_problem(self, record, left):
        """Return why this line has no place for the commendation, or None."""
        rank = record.evaluation_id.sudo().rank  # sudo: emulation.evaluation - the rank only
        if self.max_rank and record.evaluation_id and rank > self.max_rank:
            return self.env._(
                "%(campaign)s offers %(award)s down to rank %(rank)s only.",
                campaign=self.campaign_id.display_name,
                award=self.award_id.display_name,
                rank=self.max_rank,
            )
        if self.quota and left[self.id] <= 0:
            return self.env._(
                "%(campaign)s has %(quota)s of %(award)s on offer%(whom)s; all are taken.",
                campaign=self.campaign_id.display_name,
                quota=self.quota,
                award=self.award_id.display_name,
                whom=self._get_limits_text(),
            )
        return None

    def _get_limits_text(self):
        """Return for whom the number is, as the end of a phrase; empty if for all."""
        labels = dict(self._fields["subject"]._description_selection(self.env))
        parts = (labels.get(self.subject), self.department_id.name, self.occasion_id.name)
        return f" ({', '.join(filter(None, parts))})" if any(parts) else ""
