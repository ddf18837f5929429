from odoo import api, fields, models

# What a client asks of the model itself, and Odoo may ask a replica for.
MODEL_READERS = (
    *("search", "search_read", "name_search", "read_progress_bar"),
    *("web_search_read", "web_name_search", "web_read_group"),
    *("formatted_read_group", "formatted_read_grouping_sets"),
)


class EmulationRestriction(models.Model):
    """A discipline or a pending case (Decree 152/2025/NĐ-CP, Article 4(4)), or an administrative fine where an agency
    looks at these: for officers only.
    """

    _name = "emulation.restriction"
    _description = "Restriction"
    _inherit = ["emulation.recipient.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _writable = {
        "*": {
            "officer stand_in": {
                *("recipient_type", "employee_id", "department_id", "partner_id", "subject", "unit_id"),
                *("company_id", "kind", "discipline_level", "date_from", "date_to", "reason"),
                "release_reference",
            }
        }
    }
    _deletable = {"*": "officer stand_in"}

    kind = fields.Selection(
        [("discipline", "Discipline"), ("pending", "Pending case"), ("fine", "Administrative fine")],
        required=True,
        default="discipline",
    )
    discipline_level = fields.Selection(
        [
            ("reprimand", "Reprimand"),
            ("warning", "Warning"),
            ("demotion", "Demotion or more"),
        ],
        string="Discipline level",
    )
    date_from = fields.Date(string="From date", required=True)
    date_to = fields.Date(
        string="To date", help="Empty: still open. Of a fine: its own day, or until it counts."
    )
    reason = fields.Text()
    release_reference = fields.Char(string="Release reference", help="Document that ended the case.")

    _fine_ends = models.Constraint(
        "CHECK (kind != 'fine' OR date_to IS NOT NULL)", "A fine is never open: enter until when it counts."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)", "The case cannot end before it starts."
    )

    @api.onchange("kind", "date_from")
    def _onchange_kind(self):
        """A fine is of one day unless somebody says otherwise."""
        if self.kind == "fine":
            self.date_to = self.date_to or self.date_from
            self.discipline_level = False

    @api.depends("recipient_type", "employee_id", "department_id", "partner_id")
    def _compute_display_name(self):
        for restriction in self:
            known = restriction.recipient_type
            restriction.display_name = known and restriction._get_recipient_name()

    # ------------------------------------------------------------------
    # Who looked at it: kept, whatever door it was. What the rule book asks goes by SQL and is nobody's look.
    # ------------------------------------------------------------------

    def _fetch_query(self, query, fields):
        restrictions = super()._fetch_query(query, fields)
        restrictions._note_look()
        return restrictions

    def read(self, fields=None, load="_classic_read"):
        self._note_look()  # the request may have read them before, as the superuser
        return super().read(fields, load)

    read._readonly = False  # a replica keeps no log

    @api.model
    def _read_group(self, domain, *args, **kwargs):
        self._note_grouping()
        return super()._read_group(domain, *args, **kwargs)

    @api.model
    def _read_grouping_sets(self, domain, *args, **kwargs):
        self._note_grouping()
        return super()._read_grouping_sets(domain, *args, **kwargs)

    @api.model
    def search_count(self, domain, limit=None):
        self._note_grouping()
        return super().search_count(domain, limit=limit)

    search_count._readonly = False  # a replica keeps no log

    def write(self, vals):
        self._note_look("changed")
        return super().write(vals)

    def unlink(self):
        self._note_look("deleted")
        return super().unlink()

    def _note_look(self, what="read"):
        if not self.env.su:
            self.env["emulation.restriction.reading"]._note(self, what)

    def _note_grouping(self):
        if not self.env.su:
            self.env["emulation.restriction.reading"]._note_grouping()


def write_down(name):
    """Return a method that calls the ORM's reader of this name, on the primary server: a replica keeps no log."""

    def reader(self, *args, **kwargs):
        return getattr(super(EmulationRestriction, self), name)(*args, **kwargs)

    reader._readonly = False  # what api.readonly sets, and what a request asks
    return reader


EmulationRestriction.web_read = write_down("web_read")
for name in MODEL_READERS:
    setattr(EmulationRestriction, name, api.model(write_down(name)))
