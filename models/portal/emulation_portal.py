from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .person import find_person


class EmulationPortal(models.AbstractModel):
    """What waits for a person: one answer for the start page, "For me to do" and whoever tells people of it.

    An addon that brings more to do extends ``_get_waiting`` with ``super()``.
    """

    _name = "emulation.portal"
    _description = "Portal of emulation"

    @api.model
    @api.private
    def _get_person(self):
        """Return the ``Person`` behind the current user; without ``employee_ids`` if there is no employee."""
        return find_person(self.env)

    @api.model
    @api.private
    def _get_waiting(self, person):
        """Return {what: (model, domain)} of what waits for the person; the domains hold the person's own ids."""
        today = fields.Date.context_today(self.env.user)
        seats = self.env["emulation.session"]._open_seat_domain(self.env.user)
        waiting = {
            "fill": ("emulation.evaluation", person.to_fill()),
            "mend": ("emulation.commendation", person.returned()),
            "receipt": ("emulation.commendation", person.to_receive(today)),
            "vote": ("emulation.session.attendance", Domain(seats)),
            "comment": ("emulation.publication", person.published()),
        }
        if person.is_head:
            submitted = Domain("state", "=", "submitted")
            is_open = Domain("review_id.state", "=", "open")
            waiting["pass"] = ("emulation.commendation", person.to_pass())
            waiting["verify"] = ("emulation.evaluation", person.to_verify() & submitted & is_open)
            waiting["approve"] = ("emulation.participation", person.to_verify() & submitted)
        return waiting

    @api.model
    @api.private
    def _get_joinable(self, person):
        """Return the domain of running campaigns of the person's audience, without those already joined."""
        today = fields.Date.context_today(self.env.user)
        joined = person.own() & Domain("state", "in", ("draft", "submitted", "approved"))
        # sudo: emulation.participation - the person's own registrations, for people without access rights
        taken = self.env["emulation.participation"].sudo()._search(joined).select("campaign_id")
        running = Domain("state", "=", "launched")
        running &= Domain("registration_deadline", "=", False) | Domain("registration_deadline", ">=", today)
        running &= Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        return person.audience() & running & Domain("id", "not in", taken)

    @api.model
    @api.private
    def _count(self, domains):
        """Return {name: how many there are}, in one query.

        :param dict domains: {name: (model, domain)}; the domains hold the person's own ids
        """
        counts = [
            # sudo: the models named - people of the portal have no access rights, the domain holds their own ids
            self.env[model].sudo()._search(domain).select(SQL("%s AS name, COUNT(*) AS number", name))
            for name, (model, domain) in domains.items()
        ]
        found = SQL(" UNION ALL ").join(SQL("(%s)", count) for count in counts)
        return dict(self.env.execute_query(found))
