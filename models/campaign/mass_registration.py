from odoo import api, models


class EmulationCampaign(models.Model):
    """Registrations of many at once, as the wizard asks for them."""

    _inherit = "emulation.campaign"

    @api.private
    def _work_register(self, ids, *, model, award_ids=(), pledge=False, is_approved=False):
        """Register employees or departments; those who withdrew are taken in again where it is approved at once.

        :param str model: ``hr.employee`` or ``hr.department``, whose ids these are
        :return: the ids of those who are in already
        """
        recipients = self.env[model].browse(ids).exists()
        known, registrations = self._find_registered(recipients), self.env["emulation.participation"]
        if is_approved:
            registrations, returned = self._find_withdrawn(recipients)
            known, recipients = known - returned, recipients - returned
        registrations |= registrations._insert_registrations(self, recipients - known, award_ids, pledge)
        if is_approved:
            registrations._do_submit()
            registrations._do_approve()
        return known.ids

    def _find_registered(self, recipients):
        """Return those of the employees or departments who are in already."""
        field = "employee_id" if recipients._name == "hr.employee" else "department_id"
        groups = self.env["emulation.participation"]._read_group(
            [("campaign_id", "=", self.id), (field, "in", recipients.ids)], [field]
        )
        return recipients & recipients.browse(found.id for (found,) in groups)

    def _find_withdrawn(self, recipients):
        """Return (registrations withdrawn, whose they are): they are taken in again."""
        field = "employee_id" if recipients._name == "hr.employee" else "department_id"
        found = self.env["emulation.participation"].search(
            [("campaign_id", "=", self.id), (field, "in", recipients.ids), ("state", "=", "withdrawn")]
        )
        return found, recipients & recipients.browse(found[field].ids)
