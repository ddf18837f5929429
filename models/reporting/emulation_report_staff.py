from odoo import fields, models
from odoo.tools import SQL

from ..mixin.emulation_role_mixin import OFFICER_GROUP
from .emulation_report_commendation import SEXES
from .emulation_report_mixin import selection_of


class EmulationReportStaff(models.Model):
    """A row for each person who does the work of emulation: officers, and those who sit on a council in office.

    As it is today: who was an officer last year is not known. Level of education as the register of employees has
    it. Form 0605 counts it; only officers read it.
    """

    _name = "emulation.report.staff"
    _description = "People who do the work of emulation"
    _inherit = ["emulation.words.mixin"]
    _auto = False
    _order = "name, id"

    company_id = fields.Many2one("res.company", readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True)
    name = fields.Char(readonly=True)
    search_key = fields.Char(readonly=True)
    unit_id = fields.Many2one("hr.department", readonly=True)
    is_officer = fields.Boolean(string="Emulation officer", readonly=True)
    is_member = fields.Boolean(string="Council member", readonly=True)
    sex = fields.Selection(SEXES, readonly=True)
    certificate = fields.Selection(
        selection_of("hr.employee", "certificate"), string="Level of education", readonly=True
    )

    _depends = {
        "hr.employee": [
            "name",
            "emulation_search_key",
            "company_id",
            "user_id",
            "active",
            "certificate",
            "current_version_id",
        ],
        "hr.version": ["department_id", "sex"],
        "emulation.council": ["active"],
        "emulation.council.member": ["council_id", "employee_id", "date_from", "date_to"],
        "res.users": ["group_ids", "active"],
    }

    @property
    def _table_query(self):
        # sudo: res.groups - which groups make an officer
        group = self.env.ref(OFFICER_GROUP).sudo()
        return SQL(
            """
            SELECT s.*
              FROM (SELECT e.id, e.company_id, e.id AS employee_id, e.name, e.emulation_search_key AS search_key,
                           v.department_id AS unit_id, e.certificate, COALESCE(v.sex, 'unknown') AS sex,
                           EXISTS (SELECT FROM res_users u JOIN res_groups_users_rel g ON g.uid = u.id
                                    WHERE u.id = e.user_id AND u.active AND g.gid = ANY(%(groups)s)) AS is_officer,
                           EXISTS (SELECT FROM emulation_council_member m JOIN emulation_council c
                                        ON c.id = m.council_id
                                    WHERE m.employee_id = e.id AND c.active
                                      AND COALESCE(m.date_from <= %(today)s, TRUE)
                                      AND COALESCE(m.date_to >= %(today)s, TRUE)) AS is_member
                      FROM hr_employee e LEFT JOIN hr_version v ON v.id = e.current_version_id
                     WHERE e.active) s
             WHERE s.is_officer OR s.is_member
            """,
            groups=(group | group.all_implied_by_ids).ids,
            today=fields.Date.context_today(self),
        )
