from fractions import Fraction

from odoo import api, fields, models

from ...engine import initiative, vietnamese, voting
from ..merit.emulation_achievement import REACHES

OUTCOMES = [
    ("recognise", "Recognition proposed"),
    ("refuse", "Recognition not proposed"),
    ("change", "To be changed"),
]


class EmulationInitiativeItem(models.Model):
    """One initiative before the council, and what came out."""

    _name = "emulation.initiative.item"
    _description = "Initiative before the council"
    _inherit = ["emulation.guard.mixin"]
    _order = "session_id, id"
    _rec_name = "achievement_id"
    _check_company_auto = True
    _guard_parent = "session_id"
    _writable = {
        "draft": {"officer stand_in declarer": {"session_id", "achievement_id"}},
        "draft open": {"officer stand_in": {"reach", "needs_change", "comment"}},
    }
    _deletable = {"draft": "officer stand_in declarer"}

    session_id = fields.Many2one(
        "emulation.initiative.session", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="session_id.company_id", store=True, index=True)
    achievement_id = fields.Many2one(
        "emulation.achievement", string="Initiative", required=True, check_company=True, index=True
    )
    author = fields.Char(string="Author of the initiative", compute="_compute_author")
    reach = fields.Selection(REACHES, help="How far the effect reaches; the head who recognises confirms it.")
    needs_change = fields.Boolean(
        string="Back for a change", help="The author gets it back with the comment, and submits it again."
    )
    comment = fields.Text(string="Comment to the author")
    mark_ids = fields.One2many("emulation.initiative.mark", "item_id", string="Marks")
    outcome = fields.Selection(OUTCOMES, readonly=True, copy=False)
    average = fields.Float(string="Points (%)", digits=(5, 2), readonly=True, copy=False, aggregator="avg")
    agree_count = fields.Integer(string="Agree", readonly=True, copy=False, aggregator=None)
    member_count = fields.Integer(string="May mark", readonly=True, copy=False, aggregator=None)
    explanation = fields.Char(string="Result", readonly=True, copy=False)

    _once = models.Constraint(
        "UNIQUE (session_id, achievement_id)", "This initiative is on the agenda already."
    )

    def _get_roles(self):
        """Those of the session; of one's own initiative an officer says no more than that it comes before it."""
        roles = super()._get_roles()
        user = self.env.user._get_emulation_identity()
        # sudo: emulation.achievement - whose it is
        own = self.sudo().filtered(
            lambda item: (
                item.achievement_id._is_emulation_owner(user)
                or not user.employees.isdisjoint(item.achievement_id.author_ids.employee_id.ids)
            )
        )
        for item in own:
            roles[item.id] = frozenset({"declarer"} if roles[item.id] & {"officer", "stand_in"} else ())
        return roles

    @api.depends("achievement_id")
    def _compute_author(self):
        for item in self:
            # sudo: emulation.achievement - the author's name, for the members of the council
            item.author = item.sudo().achievement_id._get_author_names()

    def _is_concerned(self, member):
        """Return whether a member of the council is an author, or heads the unit whose initiative it is."""
        # sudo: emulation.achievement - whose it is
        achievement = self.achievement_id.sudo()
        own = member.employee_id in achievement.employee_id | achievement.author_ids.employee_id
        return bool(own or member.user_id & achievement._get_emulation_owner_users())

    def _get_result(self):
        """Return what the marks come to so far, as ``engine.initiative.Result``."""
        self.ensure_one()
        session = self.session_id
        # sudo: emulation.council - its quorum, where the session was opened before it kept its own
        quorum = session.quorum or session.sudo().council_id.quorum
        # sudo: emulation.initiative.mark - the result counts all marks, whoever reads it
        marks = self.sudo().mark_ids
        return initiative.decide(
            {
                member: [mark._prepare_mark() for mark in own]
                for member, own in marks.grouped("member_id").items()
            },
            voting.as_share(session.pass_percent),
            voting.as_share(session.majority),
            voting.as_share(quorum),
        )

    def _prepare_outcome(self):
        """Return the values of a closed session."""
        result = self._get_result()
        average = round(100 * (result.average or Fraction(0)), 2)
        explanation = self.env._(
            "%(agree)s of %(members)s members agree (%(marked)s marked); %(average)s %% of the points",
            agree=result.agree,
            members=result.members,
            marked=result.marked,
            average=vietnamese.format_decimal(float(average), 2),
        )
        return {
            "outcome": "change" if self.needs_change else result.code,
            "average": float(average),
            "agree_count": result.agree,
            "member_count": result.members,
            "explanation": explanation,
        }

    def _move_initiatives(self):
        """Refuse or send back what the council did not want recognised: all at once, each with its own reason."""
        # sudo: emulation.achievement - the council's result moves what the officer may not have declared
        items = self.sudo()
        result = self.env._("Result of the council on initiatives")
        back = items.filtered(lambda item: item.outcome == "change")
        back.achievement_id._do_return(result)
        refused = items.filtered(lambda item: item.outcome == "refuse")
        refused.achievement_id._do_refuse(result)
        for name, found in (("return_reason", back), ("refusal_reason", refused)):
            for item in found:
                item.achievement_id._write_protected({name: item.comment or item.explanation})
