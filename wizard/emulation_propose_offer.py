from odoo import models
from odoo.fields import Domain

from ..engine import ratios
from ..models.commendation.transitions import LIVE_STATES


class EmulationPropose(models.TransientModel):
    """The awards a campaign offers: a list longer than what is left warns or is refused, as the company sets."""

    _inherit = "emulation.propose"

    def _get_bars(self):
        bars = self._get_offer_bars() + super()._get_bars()
        return sorted(bars, key=lambda bar: ratios.ORDER[bar.status])

    def _get_places(self, evaluations):
        """Return how many rows the preview ticks: what the user asks for, within what the campaign still offers."""
        wanted = self.quota or len(evaluations)
        offers = self._get_offers(evaluations.campaign_id)
        left = [offer.quota - self._count_proposed(offer) for offer in offers]
        return max(min([wanted, *left]), 0)

    def _get_offer_bars(self):
        lines = self.line_ids.filtered("is_selected")
        holders = lines.commendation_id if self.source == "draft" else lines.evaluation_id
        # sudo: res.company - a setting
        severity = self.company_id.sudo().emulation_offer_guard
        return [
            ratios.Bar(
                "group_quota",
                self._count_proposed(offer)
                + len(holders.filtered(lambda holder, offer=offer: holder.campaign_id == offer.campaign_id)),
                offer.quota,
                100,
                True,
                severity,
                self.env._("On offer in %(campaign)s", campaign=offer.campaign_id.name),
            )
            for offer in self._get_offers(holders.campaign_id)
        ]

    def _get_offers(self, campaigns):
        """Return the lines of the campaigns that limit the award."""
        # sudo: emulation.campaign.award - a head proposes from a campaign whose awards the head need not
        # manage
        return (
            self.env["emulation.campaign.award"]
            .sudo()
            .search(
                [("campaign_id", "in", campaigns.ids), ("award_id", "=", self.award_id.id), ("quota", ">", 0)]
            )
        )

    def _count_proposed(self, offer):
        """Return how many are proposed or commended already, apart from the drafts of this list."""
        # sudo: emulation.commendation - only the number leaves; proposals of other units count too
        return (
            self.env["emulation.commendation"]
            .sudo()
            .search_count(
                Domain("campaign_id", "=", offer.campaign_id.id)
                & Domain("award_id", "=", offer.award_id.id)
                & Domain("state", "in", ("draft", *LIVE_STATES))
                & Domain("id", "not in", self.line_ids.commendation_id.ids)
            )
        )
