from odoo import fields, models
from odoo.tools import SQL

from ..mixin.emulation_recipient_mixin import RECIPIENT_TYPES, SUBJECTS

# Dates of the registers are the agency's; moments are kept in UTC.
LOCAL_DAY = "(%s AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"


def local_day(column):
    """Return the SQL of the day of a moment in Vietnam.

    :param str column: a column of the query, written in the code
    """
    return SQL(LOCAL_DAY % column)  # a column named by the code, never by a user


def selection_of(model, name):
    """Return the selection of a field of a source, in the language of who reads.

    :param str model: name of the source
    """
    return lambda self: self.env[model]._fields[name]._description_selection(self.env)


class EmulationReportMixin(models.AbstractModel):
    """A view of the database that figures are counted from: who a row is about, and where.

    Every figure of the addon's dashboard, statistics and reports is counted over one of these models, by
    somebody who may read the records behind it: each has the record rules of its source.
    """

    _name = "emulation.report.mixin"
    _description = "Rows figures are counted from"
    _inherit = ["emulation.own.mixin", "emulation.words.mixin"]
    _rec_name = "recipient_name"

    company_id = fields.Many2one("res.company", readonly=True)
    recipient_type = fields.Selection(RECIPIENT_TYPES, string="Recipient type", readonly=True)
    subject = fields.Selection(SUBJECTS, readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True)
    department_id = fields.Many2one("hr.department", string="Collective", readonly=True)
    unit_id = fields.Many2one("hr.department", readonly=True)
    campaign_id = fields.Many2one("emulation.campaign", readonly=True)
    recipient_name = fields.Char(string="Recipient", readonly=True)
    search_key = fields.Char(readonly=True)
    row_count = fields.Integer(string="How many", readonly=True)

    def action_open_source(self):
        """Open the record behind a row."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._get_source_model(),
            "res_id": self._get_source_id(),
            "view_mode": "form",
        }

    def _get_source_model(self):
        """Return the model of the record behind a row."""
        raise NotImplementedError

    def _get_source_id(self):
        return self.id
