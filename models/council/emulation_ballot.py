from odoo import api, fields, models
from odoo.tools import SQL


class EmulationBallot(models.Model):
    """One ballot for one item of a session: a choice and nothing else (DESIGN §5).

    No voter, no time, no author, no chatter. Blank ballots exist before anybody votes, in random order;
    casting fills a random one; closing the session writes all of them anew in random order, so that not
    even the place on the disk tells who cast which. Nobody has access rights to this model.
    """

    _name = "emulation.ballot"
    _description = "Ballot"
    _inherit = ["emulation.protected.mixin"]
    _log_access = False
    _protected_fields = frozenset({"item_id", "choice"})

    item_id = fields.Many2one("emulation.session.item", required=True, ondelete="restrict", index=True)
    choice = fields.Selection([("agree", "Agree"), ("disagree", "Disagree"), ("blank", "Blank")])

    @api.private
    def _lay_out(self, wanted):
        """Bring the number of blank ballots of each item to what is wanted.

        :param dict wanted: {item id: number of electronic voters who have not voted}
        """
        self.env.cr.execute(
            SQL(
                "SELECT item_id, count(*) FROM emulation_ballot WHERE item_id IN %s AND choice IS NULL GROUP BY 1",
                tuple(wanted),
            )
        )
        there = dict(self.env.cr.fetchall())
        missing = [(item, number - there.get(item, 0)) for item, number in wanted.items()]
        self._add_blank([(item, number) for item, number in missing if number > 0])
        self._remove_blank([(item, -number) for item, number in missing if number < 0])
        self.invalidate_model()

    def _add_blank(self, numbers):
        if numbers:
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO emulation_ballot (item_id)
                    SELECT v.item_id
                      FROM (VALUES %s) AS v (item_id, number), generate_series(1, v.number)
                  ORDER BY random()
                    """,
                    SQL(", ").join(SQL("(%s, %s)", item, number) for item, number in numbers),
                )
            )

    def _remove_blank(self, numbers):
        if numbers:
            self.env.cr.execute(
                SQL(
                    """
                    DELETE FROM emulation_ballot b
                     USING (VALUES %s) AS v (item_id, number),
                           LATERAL (SELECT id FROM emulation_ballot
                                     WHERE item_id = v.item_id AND choice IS NULL
                                  ORDER BY random() LIMIT v.number) AS pick
                     WHERE b.id = pick.id
                    """,
                    SQL(", ").join(SQL("(%s, %s)", item, number) for item, number in numbers),
                )
            )

    @api.private
    def _fill(self, choices):
        """Fill one random blank ballot of each item.

        :param dict choices: {item id: "agree", "disagree" or "blank"}
        :return: how many were filled; fewer than asked means that something is wrong
        :rtype: int
        """
        # A ballot somebody else is filling right now is skipped: there is one for everybody.
        self.env.cr.execute(
            SQL(
                """
                UPDATE emulation_ballot b SET choice = v.choice
                  FROM (VALUES %s) AS v (item_id, choice),
                       LATERAL (SELECT id FROM emulation_ballot
                                 WHERE item_id = v.item_id AND choice IS NULL
                              ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED) AS pick
                 WHERE b.id = pick.id
             RETURNING b.id
                """,
                SQL(", ").join(SQL("(%s, %s)", item, choice) for item, choice in sorted(choices.items())),
            )
        )
        filled = len(self.env.cr.fetchall())
        self.invalidate_model()
        return filled

    @api.private
    def _count(self, item_ids):
        """Return {item id: {choice: number}} of the ballots cast."""
        self.env.cr.execute(
            SQL(
                """
                SELECT item_id, choice, count(*) FROM emulation_ballot
                 WHERE item_id IN %s AND choice IS NOT NULL GROUP BY 1, 2
                """,
                tuple(item_ids),
            )
        )
        counts = {item_id: {} for item_id in item_ids}
        for item_id, choice, number in self.env.cr.fetchall():
            counts[item_id][choice] = number
        return counts

    @api.private
    def _shuffle(self, item_ids):
        """Write the cast ballots anew in random order and drop the blank ones: the order of casting is gone."""
        self.env.cr.execute(
            SQL(
                """
                WITH gone AS (DELETE FROM emulation_ballot WHERE item_id IN %s RETURNING item_id, choice)
                INSERT INTO emulation_ballot (item_id, choice)
                SELECT item_id, choice FROM gone WHERE choice IS NOT NULL ORDER BY random()
                """,
                tuple(item_ids),
            )
        )
        self.invalidate_model()
