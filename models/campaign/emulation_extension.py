from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine import deadlines
from ..mixin.refusals import GIVE_REASON

# what is put off -> the field that holds the common deadline
WHAT = {
    "registration": "registration_deadline",
    "self": "self_deadline",
    "verify": "verify_deadline",
    "confirm": "confirm_deadline",
}


class EmulationExtension(models.Model):
    """A later deadline for one unit, with the reason: who gave it and why stays on record."""

    _name = "emulation.extension"
    _description = "Extension of a deadline for a unit"
    _inherit = ["emulation.guard.mixin"]
    _begun_in = "campaign_id"
    _writable = {
        "*": {
            "officer": {"campaign_id", "company_id", "review_id", "what", "department_id", "date", "reason"}
        }
    }
    _write_once = True
    _order = "id desc"
    _rec_name = "department_id"
    _check_company_auto = True

    campaign_id = fields.Many2one("emulation.campaign", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    review_id = fields.Many2one("emulation.review", ondelete="cascade", index="btree_not_null")
    what = fields.Selection(
        [
            ("registration", "Registration"),
            ("self", "Self scoring"),
            ("verify", "Verification by the head"),
            ("confirm", "Confirmation by the officer"),
        ],
        required=True,
        default="registration",
    )
    department_id = fields.Many2one(
        "hr.department", string="Unit", required=True, ondelete="restrict", index=True, check_company=True
    )
    date = fields.Date(string="Until", required=True)
    reason = fields.Char(required=True)

    @api.constrains("what", "review_id", "date", "campaign_id", "reason")
    def _check_deadline(self):
        for extension in self:
            if not (extension.reason or "").strip():
                raise ValidationError(self.env._(GIVE_REASON))
            is_registration = extension.what == "registration"
            if not is_registration and extension.review_id.campaign_id != extension.campaign_id:
                raise ValidationError(self.env._("Choose a review round of the campaign."))
            holder = extension.campaign_id if is_registration else extension.review_id
            common = holder[WHAT[extension.what]]
            if common and extension.date <= common:
                raise ValidationError(self.env._("An extension ends after the deadline of all others."))

    @api.model
    @api.private
    def _get_days(self, records, what, units):
        """Return {(record id, unit id): the days granted to the unit or one above it}, in one query.

        :param records: campaigns for ``registration``, else review rounds
        :param what: a key of ``WHAT``
        :param units: the units asked about
        """
        field = "campaign_id" if what == "registration" else "review_id"
        # sudo: emulation.extension, hr.department - which day holds for whom is no secret
        given = self.sudo().search([(field, "in", records.ids), ("what", "=", what)])
        days = {}
        if given:
            # sudo: hr.department - its place in the tree of units only
            for unit in units.sudo():
                for extension in given:
                    if unit._is_emulation_below(extension.department_id):
                        days.setdefault((extension[field].id, unit.id), []).append(extension.date)
        return days

    @api.model
    @api.private
    def _find_put_off(self, reviews, what):
        """Return the review rounds in which some unit was granted a later day.

        :param what: a key of ``WHAT`` other than ``registration``
        """
        # sudo: emulation.extension - which day holds for whom is no secret
        return self.sudo().search([("review_id", "in", reviews.ids), ("what", "=", what)]).review_id & reviews

    @api.model
    @api.private
    def _get_deadlines(self, holders, what):
        """Return {record id: deadline that holds for it}.

        :param holders: registrations for ``registration``, else evaluations
        """
        field = "campaign_id" if what == "registration" else "review_id"
        # sudo: emulation.campaign, emulation.review - their deadlines are no secret
        holders = holders.sudo()
        holders.fetch([field, "unit_id", "department_id"])  # in one query; left alone the ORM reads slices
        days = self._get_days(holders[field], what, holders.unit_id | holders.department_id)
        return {
            one.id: deadlines.latest(
                one[field][WHAT[what]], days.get((one[field].id, (one.department_id or one.unit_id).id), [])
            )
            for one in holders
        }
