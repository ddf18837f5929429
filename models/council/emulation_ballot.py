from odoo import api, fields, models
from odoo.tools import SQL


class EmulationBallot(models.Model):
    """One ballot for one item of a session: a choice and nothing else.

    No voter, no time, no author, no chatter. There is none before the vote is closed; all of a session are
    stored at once then, from sums, in random order. Nobody has access rights to this model.
    """

    _name = "emulation.ballot"
    _description = "Ballot"
    _inherit = ["emulation.guard.mixin"]
    _log_access = False

    item_id = fields.Many2one("emulation.session.item", required=True, ondelete="restrict", index=True)
    choice = fields.Selection(
        [("agree", "Agree"), ("disagree", "Disagree"), ("blank", "Blank")], required=True
    )

    @api.private
    def _store(self, counts):
        """Store the ballots of a closed vote.

        :param dict counts: {(item id, choice): number of ballots}
        """
        if counts:
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO emulation_ballot (item_id, choice)
                    SELECT v.item_id, v.choice
                      FROM (VALUES %s) AS v (item_id, choice, number), generate_series(1, v.number)
                  ORDER BY random()
                    """,
                    SQL(", ").join(
                        SQL("(%s, %s, %s)", item, choice, number)
                        for (item, choice), number in sorted(counts.items())
                    ),
                )
            )
            self.invalidate_model()

    @api.private
    def _count(self, item_ids):
        """Return {item id: {choice: number}} of the ballots stored."""
        counts = {item_id: {} for item_id in item_ids}
        groups = self._read_group([("item_id", "in", item_ids)], ["item_id", "choice"], ["__count"])
        for item, choice, number in groups:
            counts[item.id][choice] = number
        return counts
