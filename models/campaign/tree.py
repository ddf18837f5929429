"""A campaign and those below it: their sums, and what a new year takes over from the last one."""

from odoo.fields import Command
from odoo.tools import SQL

from ...engine import years

SUMS = ("below_count", "running_below_count", "tree_registration_count", "tree_approved_count")
SUMS += ("tree_granted_count", "tree_prize_total")
# What a copy of a review round says as the round does; its days and its name move with the year.
ROUND = ("kind", "late_policy", "grace_days", "part_weight", "way", "best_count", "missing_parts")
ROUND_DAYS = ("date_from", "date_to", "self_deadline", "verify_deadline", "confirm_deadline")


def count(campaigns):
    """Return {id: {name of the sum: number}} over each campaign and all below it, in one query.

    Only numbers leave: those below may belong to other agencies.
    """
    if not campaigns.ids:
        return {}
    campaigns.env.flush_all()
    rows = campaigns.env.execute_query_dict(
        SQL(
            """
            SELECT top.id,
                   COUNT(c.id) - 1 AS below_count,
                   COUNT(c.id) FILTER (WHERE c.id <> top.id AND c.state = 'launched') AS running_below_count,
                   SUM(p.registered)::int AS tree_registration_count,
                   SUM(p.approved)::int AS tree_approved_count,
                   SUM(g.granted)::int AS tree_granted_count,
                   SUM(g.prizes)::float AS tree_prize_total
              FROM emulation_campaign top
              JOIN emulation_campaign c ON c.parent_path LIKE top.parent_path || '%%'
                                       AND (c.state <> 'cancelled' OR c.id = top.id)
        CROSS JOIN LATERAL (
                   SELECT COUNT(*) FILTER (WHERE state <> 'withdrawn') AS registered,
                          COUNT(*) FILTER (WHERE state IN ('approved', 'left')) AS approved
                     FROM emulation_participation WHERE campaign_id = c.id) p
        CROSS JOIN LATERAL (
                   SELECT COUNT(*) AS granted,
                          COALESCE(SUM(prize_amount) FILTER (WHERE prize_state IN ('to_pay', 'paid')), 0) AS prizes
                     FROM emulation_commendation WHERE campaign_id = c.id AND state = 'granted') g
             WHERE top.id IN %s
          GROUP BY top.id
            """,
            tuple(campaigns.ids),
        )
    )
    return {row.pop("id"): row for row in rows}


def copy_rounds(owners, span=0):
    """Give copies of campaigns the review rounds of the originals, the parts of a period below it again.

    :param owners: {campaign: [its copies]}
    :param span: years by which days and the years in names move on
    """
    rounds = [
        (review, copy)
        for campaign, copies in owners.items()
        for copy in copies
        for review in campaign.review_ids
    ]
    if not rounds:
        return
    made = rounds[0][0]._create_protected(
        [
            {
                **{name: review[name] for name in ROUND},
                **{day: years.shift_day(review[day], span) for day in ROUND_DAYS},
                "name": years.shift_name(review.name, span),
                "campaign_id": copy.id,
            }
            for review, copy in rounds
        ]
    )
    copies = dict(zip(rounds, made, strict=True))
    wholes = {}
    for (review, copy), part in copies.items():
        if review.part_of_id:
            whole = copies[review.part_of_id, copy]
            wholes[whole] = wholes.get(whole, part.browse()) | part
    for whole, parts in wholes.items():
        parts._write_protected({"part_of_id": whole.id})


class Repetition:
    """The same campaign in its next period: with its rounds, milestones, quotas, owners and all below it; with the
    targets set for it, and the reports asked of units.

    :param campaign: ``emulation.campaign``, the topmost that is repeated
    """

    def __init__(self, campaign):
        self.campaign = campaign
        self.env = campaign.env
        self.years = years.get_span(campaign.date_start, campaign.date_end)
        self.done = {}  # campaign -> its repetition

    def run(self):
        """Return the draft of the next period; those below it are drafts too."""
        below = self.env["emulation.campaign"].search(
            [("id", "child_of", self.campaign.id), ("state", "!=", "cancelled")]
        )
        levels = below.grouped(lambda campaign: campaign.parent_path.count("/"))
        for _level, campaigns in sorted(levels.items()):
            campaigns = campaigns.filtered(lambda c: c == self.campaign or c.parent_id in self.done)
            made = campaigns._create_protected([self.prepare(campaign) for campaign in campaigns])
            self.done.update(zip(campaigns, made, strict=True))
        copy_rounds({campaign: [copy] for campaign, copy in self.done.items()}, self.years)
        self.repeat_targets()
        self.repeat_reports()
        return self.done[self.campaign]

    def prepare(self, campaign):
        days = ("date_start", "date_end", "registration_from", "registration_deadline")
        occasions = self.find_occasions(campaign)
        vals = campaign.copy_data()[0]
        return {
            **vals,
            "award_line_ids": self.prepare_offers(vals.get("award_line_ids", ()), occasions),
            "name": self.get_name(campaign),
            **{day: years.shift_day(campaign[day], self.years) for day in days},
            **self.prepare_sets(campaign),
            "parent_id": self.get_parent(campaign).id,
            "previous_id": campaign.id,
            "owner_unit_id": campaign.owner_unit_id.id,
            "is_handed_down": campaign.is_handed_down,
            "occasion_ids": [Command.set([occasions[occasion].id for occasion in campaign.occasion_ids])],
            "milestone_ids": self.prepare_lines(campaign.milestone_ids, "date"),
        }

    @staticmethod
    def prepare_offers(commands, occasions):
        """Return what is on offer, each on the anniversary of the new period."""
        moved = {occasion.id: again.id for occasion, again in occasions.items()}
        return [
            Command.create(
                {**vals, "occasion_id": moved.get(vals.get("occasion_id"), vals.get("occasion_id"))}
            )
            for _command, _id, vals in commands
        ]

    def get_name(self, campaign):
        name = years.shift_name(campaign.name, self.years)
        day = years.shift_day(campaign.date_start, self.years)
        return f"{name} ({day.year})" if name == campaign.name and day else name

    def prepare_sets(self, campaign):
        """Return the templates the sets were copied from: those of the campaign are locked."""
        names = filter(campaign.__getitem__, campaign._set_fields)
        return {name: (campaign[name].template_id or campaign[name]).id for name in names}

    def get_parent(self, campaign):
        """Return what is above: repeated with it, repeated before, or running on; else nothing."""
        above = campaign.parent_id
        if above in self.done or not above:
            return self.done.get(above, above)
        repeated = above.search([("previous_id", "=", above.id), ("state", "!=", "cancelled")], limit=1)
        end = years.shift_day(campaign.date_end, self.years)
        runs_on = not above.date_end or not end or above.date_end >= end
        return above if runs_on else repeated

    def prepare_lines(self, lines, *days):
        return [
            Command.create(
                {
                    "name": years.shift_name(line.name, self.years),
                    **{day: years.shift_day(line[day], self.years) for day in days},
                }
            )
            for line in lines
        ]

    def repeat_targets(self):
        """Set the same figures for the new period, as drafts, each below the one it was below."""
        campaigns = self.campaign.browse().union(*self.done)
        targets = self.env["emulation.target"].search(
            [("campaign_id", "in", campaigns.ids), ("state", "in", ("submitted", "active"))]
        )
        copies, left = {}, targets
        while left:
            level = left.filtered(lambda target, waiting=left: target.parent_id not in waiting)
            made = level._create_protected(
                [
                    self.prepare_target(target, vals, copies)
                    for target, vals in zip(level, level.copy_data(), strict=True)
                ]
            )
            copies.update(zip(level, made, strict=True))
            left -= level

    def prepare_target(self, target, vals, copies):
        above = target.parent_id
        return {
            **vals,
            "name": years.shift_name(target.name, self.years),
            "campaign_id": self.done[target.campaign_id].id,
            "date_start": years.shift_day(target.date_start, self.years),
            "deadline": years.shift_day(target.deadline, self.years),
            "parent_id": copies[above].id if above in copies else False,
        }

    def repeat_reports(self):
        """Plan the same rounds of reports, asked of the same units; they are opened when their time comes."""
        campaigns = self.campaign.browse().union(*self.done)
        rounds = self.env["emulation.report.round"].search([("campaign_id", "in", campaigns.ids)])
        rounds._create_protected(
            [
                {
                    **{
                        name: getattr(asked[name], "id", asked[name])
                        for name in (
                            *("kind", "template_id", "addressee"),
                            *("asks_below", "late_policy", "grace_days"),
                        )
                    },
                    **{
                        day: years.shift_day(asked[day], self.years)
                        for day in ("date_from", "date_to", "due_date")
                    },
                    "name": years.shift_name(asked.name, self.years),
                    "campaign_id": self.done[asked.campaign_id].id,
                    "company_id": asked.company_id.id,
                    "unit_ids": [Command.set(asked.unit_ids.ids)],
                }
                for asked in rounds
            ]
        )

    def find_occasions(self, campaign):
        """Return {anniversary: that of the new period}: the same day, created where nobody has yet.

        What all agencies share is the administrator's to keep: a new one belongs to the agency of the campaign.
        """
        found = {}
        for occasion in campaign.occasion_ids | campaign.award_line_ids.occasion_id:
            day = years.shift_day(occasion.date, self.years)
            vals = {"name": years.shift_name(occasion.name, self.years), "date": day}
            owners = (occasion.company_id.id, campaign.company_id.id)
            domain = [("company_id", "in", owners), *((k, "=", v) for k, v in vals.items())]
            same = occasion.search(domain, limit=1)
            found[occasion] = same or occasion.create(
                {**vals, "origin_date": occasion.origin_date, "company_id": campaign.company_id.id}
            )
        return found
