from odoo import api, models

GUIDES = {  # the guide of a role, by the group whose screens it shows; the first a user belongs to is the user's
    "hr_emulation_guide_officer": "hr_emulation.group_emulation_officer",
    "hr_emulation_guide_council": "hr_emulation.group_emulation_council",
    "hr_emulation_guide_staff": "base.group_user",
}


class WebTourTour(models.Model):
    """Our guides are asked for on the desk: they follow no plan of tours, and none begins by itself after them."""

    _inherit = "web_tour.tour"

    @api.model
    @api.private
    def _get_emulation_guide(self):
        """Return the name of the guide that shows the current user around."""
        return next(name for name, group in GUIDES.items() if self.env.user.has_group(group))

    @api.model
    def consume(self, tourName):  # pylint: disable=invalid-name
        """End a guide without beginning Odoo's own tours, which it had to switch on."""
        if tourName not in GUIDES:
            return super().consume(tourName)
        # sudo: res.users - the user's own switch
        self.env.user.sudo().tour_enabled = False
        return False
