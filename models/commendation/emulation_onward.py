from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mixin.actions import open_form
from . import checks


class EmulationOnward(models.AbstractModel):
    """Commendations put on the documents that come next: an agenda, a list for comments, a decision, a submission."""

    _name = "emulation.onward"
    _description = "On to the next document"

    @api.model
    @api.private
    def _show_ratios(self, commendations):
        """Open own drafts of one award with their ratios; ticking rows asks "what if"."""
        drafts = commendations.filtered(lambda record: record.state == "draft")
        if len(drafts.award_id) != 1:
            raise UserError(self.env._("Choose drafts of one award."))
        wizard = self.env["emulation.propose"].create(
            {
                "source": "draft",
                "company_id": drafts[:1].company_id.id,
                "award_id": drafts.award_id.id,
                "period_to": drafts[:1].period_to,
                "draft_ids": [fields.Command.set(drafts.ids)],
                "ticked_draft_ids": [fields.Command.set(drafts.ids)],
            }
        )
        return wizard._list()

    @api.model
    @api.private
    def _add_to_session(self, commendations):
        """Put the selected commendations on the agenda of a new session of the company's council."""
        self._check_one_company(commendations)
        blocked = checks.cannot_be_tabled(commendations)
        able = self._keep_able(commendations, blocked)
        council = self.env["emulation.council"].search(
            [("company_id", "=", able.company_id.id), ("kind", "=", "emulation")], limit=1
        )
        if not council:
            raise UserError(
                self.env._("Set up the council of %(company)s first.", company=able.company_id.name)
            )
        return self._report(self.env["emulation.session"]._create_for(council, able), able, blocked)

    @api.model
    @api.private
    def _add_to_publication(self, commendations):
        """Put the selected commendations on a new list for comments."""
        self._check_one_company(commendations)
        on_their_way = ("submitted", "endorsed", "appraised")
        reason = self.env._("Only proposals on their way are published.")
        blocked = {record.id: reason for record in commendations if record.state not in on_their_way}
        able = self._keep_able(commendations, blocked)
        return self._report(self.env["emulation.publication"]._create_for(able), able, blocked)

    @api.model
    @api.private
    def _add_to_decision(self, commendations):
        """Put the selected commendations on a new draft decision."""
        company, campaign = commendations.company_id[:1], commendations.campaign_id[:1]
        own = campaign.filtered(lambda campaign: campaign.company_id == company)
        return self._add_to_new_decision(commendations, {"campaign_id": own.id})

    @api.model
    @api.private
    def _add_to_revocation(self, commendations):
        """Put the selected granted commendations on a new draft revocation decision."""
        amended = commendations.decision_id[:1]
        return self._add_to_new_decision(
            commendations, {"kind": "revocation", "amended_decision_id": amended.id}
        )

    @api.model
    def _add_to_new_decision(self, commendations, vals):
        self._check_one_company(commendations)
        decision = self.env["emulation.decision"].create({"company_id": commendations.company_id.id, **vals})
        blocked = decision._get_line_reasons(commendations, adding=True)
        able = self._keep_able(commendations, blocked)
        decision._do_add(able)
        return self._report(decision, able, blocked)

    @api.model
    @api.private
    def _add_to_submission(self, commendations):
        """Put the selected commendations on a new draft submission to a superior agency."""
        self._check_one_company(commendations)
        # What else forwarding asks for, a vote for example, may still come: it is asked when the submission is sent.
        possible = commendations._get_verb("forward").source
        blocked = {
            record.id: record._get_wrong_state_text()
            for record in commendations
            if record.state not in possible
        }
        able = self._keep_able(commendations, blocked)
        submission = self.env["emulation.submission"].create(
            {
                "company_id": commendations.company_id.id,
                "abstract": "Về việc đề nghị khen thưởng",
                "line_ids": [fields.Command.create({"commendation_id": line.id}) for line in able],
            }
        )
        return self._report(submission, able, blocked)

    @api.model
    def _check_one_company(self, commendations):
        if len(commendations.company_id) > 1:
            raise UserError(self.env._("Choose commendations of one company."))

    @api.model
    def _keep_able(self, commendations, blocked):
        """Return those that nothing stops.

        :param dict blocked: {id: reason}
        :raises UserError: there is none; each is named
        """
        able = commendations.filtered(lambda record: record.id not in blocked)
        if not able:
            raise UserError(
                "\n".join(f"{record.display_name}: {blocked[record.id]}" for record in commendations)
            )
        return able

    @api.model
    def _report(self, document, able, blocked):
        """Open the new document; where some could not be put on it, say first which and why."""
        if not blocked:
            return open_form(document)
        skipped = able.browse(blocked)
        return self.env["emulation.bulk.result"]._open(able, skipped, blocked, document)
