from odoo import models
from odoo.fields import Domain


class EmulationReview(models.Model):
    """What the report of a round says of propaganda, inspections, unit reports and models in its period."""

    _name = "emulation.review"
    _inherit = ["emulation.review"]

    def _get_activity_sentences(self):
        """Return sentences with the counts of the period, of this campaign and those below; Vietnamese, as printed."""
        self.check_access("write")
        counted = (
            self._count_propaganda(),
            self._count_inspections(),
            self._count_unit_reports(),
            self._count_exemplars(),
        )
        return [text for text in counted if text]

    def _get_period_domain(self, field):
        below = Domain("campaign_id", "child_of", self.campaign_id.id)
        return below & Domain(field, ">=", self.date_from) & Domain(field, "<=", self.date_to)

    def _count_propaganda(self):
        # sudo: emulation.propaganda - numbers only, also of agencies below
        records = self.env["emulation.propaganda"].sudo()
        count, people = records._read_group(
            self._get_period_domain("date"), [], ["__count", "audience_count:sum"]
        )[0]
        articles = records.search_count(self._get_period_domain("date") & Domain("kind", "=", "article"))
        if not count:
            return ""
        text = f"Đã tổ chức {count} hoạt động tuyên truyền, trong đó {articles} tin, bài"
        return f"{text}, tiếp cận {people} lượt người." if people else f"{text}."

    def _count_inspections(self):
        # sudo: emulation.inspection - as above
        visits = self.env["emulation.inspection"].sudo()
        found = visits.search(self._get_period_domain("visit_date") & Domain("state", "=", "issued"))
        if not found:
            return ""
        findings = found.finding_ids
        settled = len(findings.filtered(lambda finding: finding.state == "settled"))
        units = len(found.department_id)
        text = f"Đã kiểm tra {len(found)} lượt tại {units} đơn vị"
        return f"{text}; phát hiện {len(findings)} tồn tại, đã khắc phục {settled}."

    def _count_unit_reports(self):
        # sudo: emulation.unit.report - as above
        reports = self.env["emulation.unit.report"].sudo()
        asked = Domain("round_id.state", "!=", "draft") & Domain("state", "!=", "stopped")
        found = reports.search(self._get_period_domain("due_date") & asked)
        if not found:
            return ""
        received = found.filtered(lambda report: report.state != "owed")
        late = len(received.filtered("is_late"))
        return f"Các đơn vị đã nộp {len(received)}/{len(found)} báo cáo, trong đó {late} báo cáo muộn."

    def _count_exemplars(self):
        # sudo: emulation.exemplar - as above
        stories = self.env["emulation.exemplar"].sudo()
        found = stories.search(
            Domain("campaign_id", "child_of", self.campaign_id.id) & Domain("state", "!=", "draft")
        )
        if not found:
            return ""
        honoured = len(found.filtered("honoured_on"))
        spread = len(found.spread_ids.department_id)
        text = f"Phát hiện, bồi dưỡng {len(found)} điển hình tiên tiến"
        return f"{text}; tôn vinh {honoured}; nhân rộng tới {spread} đơn vị."
