from odoo import api, models, tools
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ...engine.vietnamese import format_decimal


class EmulationCampaign(models.Model):
    _name = "emulation.campaign"
    _inherit = ["emulation.campaign", "emulation.search.mixin"]
    _search_key_fields = ("name", "theme", "number")

    # ------------------------------------------------------------------
    # What every visitor of the portal reads
    # ------------------------------------------------------------------

    @api.private
    def _get_portal_page(self):
        """Return what the page of the campaign says, the same for every visitor: texts, lists and dictionaries.

        Read once and remembered until something it is made of changes; do not change the answer.
        """
        self.ensure_one()
        return self._read_portal_page(self.id, self.env.lang, self._get_portal_stamp())

    def _get_portal_stamp(self):
        """Return a text that changes whenever a part of the page is added, changed or removed, in one query."""
        self.flush_recordset()
        # Times are added up, not compared: of two changes at once, the one that began first may be stored last.
        rows = self.env.execute_query(
            SQL(
                """
                SELECT STRING_AGG(part.name || part.number || ':' || part.changed, ' ' ORDER BY part.name)
                  FROM emulation_campaign c
                 CROSS JOIN LATERAL (
                    SELECT 'c' AS name, 1 AS number, EXTRACT(epoch FROM c.write_date) AS changed
                     UNION ALL
                    SELECT 'n', COUNT(*), SUM(EXTRACT(epoch FROM n.write_date))
                      FROM emulation_campaign_content n WHERE n.campaign_id = c.id
                     UNION ALL
                    SELECT 'm', COUNT(*), SUM(EXTRACT(epoch FROM m.write_date))
                      FROM emulation_campaign_milestone m WHERE m.campaign_id = c.id
                     UNION ALL
                    SELECT 'r', COUNT(*), SUM(EXTRACT(epoch FROM r.write_date))
                      FROM emulation_review r WHERE r.campaign_id = c.id
                     UNION ALL
                    SELECT 'a', COUNT(*), SUM(EXTRACT(epoch FROM l.write_date) + EXTRACT(epoch FROM a.write_date))
                      FROM emulation_campaign_award l JOIN emulation_award a ON a.id = l.award_id
                     WHERE l.campaign_id = c.id
                     UNION ALL
                    SELECT 's', COUNT(*), SUM(EXTRACT(epoch FROM s.write_date))
                      FROM emulation_criterion_set s WHERE s.id IN (c.individual_set_id, c.collective_set_id)
                     UNION ALL
                    SELECT 'k', COUNT(*), SUM(EXTRACT(epoch FROM k.write_date))
                      FROM emulation_criterion k WHERE k.set_id IN (c.individual_set_id, c.collective_set_id)
                     UNION ALL
                    SELECT 'g', COUNT(*), SUM(EXTRACT(epoch FROM g.write_date))
                      FROM emulation_grade g WHERE g.set_id IN (c.individual_set_id, c.collective_set_id)
                     UNION ALL
                    SELECT 'o', COUNT(*), SUM(EXTRACT(epoch FROM o.write_date))
                      FROM emulation_campaign_emulation_occasion_rel x
                      JOIN emulation_occasion o ON o.id = x.emulation_occasion_id
                     WHERE x.emulation_campaign_id = c.id
                     UNION ALL
                    SELECT 'l', COUNT(*), SUM(EXTRACT(epoch FROM d.write_date))
                      FROM emulation_campaign_emulation_legal_document_rel y
                      JOIN emulation_legal_document d ON d.id = y.emulation_legal_document_id
                     WHERE y.emulation_campaign_id = c.id
                     UNION ALL
                    SELECT 'u', COUNT(*), SUM(EXTRACT(epoch FROM u.write_date))
                      FROM hr_department u WHERE u.id = c.standing_unit_id
                 ) part
                 WHERE c.id = %s
                """,
                self.id,
            )
        )
        return rows[0][0]

    @api.model
    @tools.ormcache("campaign_id", "lang", "stamp")
    def _read_portal_page(self, campaign_id, lang, stamp):
        """Read the page; ``stamp`` (see ``_get_portal_stamp``) tells one state of it from the next."""
        campaign = self.browse(campaign_id)
        return {
            "purpose": self._get_lines(campaign.purpose),
            "audience": self._get_lines(campaign.audience),
            "contents": [
                {"name": content.name, "text": self._get_lines(content.description)}
                for content in campaign.content_ids
            ],
            "milestones": [
                {"name": entry.name, "date": format_date(self.env, entry.date)}
                for entry in campaign.milestone_ids
            ],
            "occasions": [
                {"name": entry.name, "date": format_date(self.env, entry.date) if entry.date else ""}
                for entry in campaign.occasion_ids
            ],
            "legal_bases": campaign.legal_basis_ids.mapped("display_name"),
            "standing_unit": campaign.standing_unit_id.name or "",
            "awards": [
                {"id": line.award_id.id, "name": line.award_id.name} for line in campaign.award_line_ids
            ],
            "sheets": campaign._get_portal_sheets(),
            "rounds": [
                {
                    "name": review.name,
                    "date_from": format_date(self.env, review.date_from) if review.date_from else "",
                    "date_to": format_date(self.env, review.date_to) if review.date_to else "",
                    "self_deadline": format_date(self.env, review.self_deadline)
                    if review.self_deadline
                    else "",
                }
                for review in campaign.review_ids
            ],
            "document_number": campaign._get_document_number(),
            "document_date": format_date(self.env, campaign.issue_date) if campaign.issue_date else "",
            "has_document": bool(campaign.document_attachment_id),
        }

    @staticmethod
    def _get_lines(text):
        return [line.strip() for line in (text or "").splitlines() if line.strip()]

    def _get_portal_sheets(self):
        """Return the criteria with their guidance, for people and for units."""
        self.ensure_one()
        sets = [
            (self.env._("Criteria for people"), self.individual_set_id),
            (self.env._("Criteria for units"), self.collective_set_id),
        ]
        return [
            {
                "title": title,
                "total": format_decimal(round(criterion_set.total_points, 2)),
                "criteria": [self._get_portal_criterion(line) for line in criterion_set.criterion_ids],
                "grades": [
                    {"name": grade.name, "from": format_decimal(round(grade.min_points, 2))}
                    for grade in criterion_set.grade_ids
                ],
            }
            for title, criterion_set in sets
            if criterion_set
        ]

    def _get_portal_criterion(self, criterion):
        return {
            "name": criterion.name,
            "code": criterion.code or "",
            "is_group": criterion.kind == "group",
            "guidance": criterion.guidance or "",
            "max_points": format_decimal(round(criterion.max_points, 2)),
            "evidence": criterion.evidence_required,
        }
