from odoo import models

from ..engine import vietnamese

TYPE_NAMES = {"plan": "Kế hoạch", "directive": "Chỉ thị"}
ROUNDS = {"interim": "Sơ kết phong trào", "final": "Tổng kết phong trào"}
COMMON_NOUNS = ("Phong trào", "Đợt", "Chương trình", "Cuộc vận động", "Thi đua")


class EmulationCampaign(models.Model):
    """The doors of a campaign: its launch document and the list of its results.

    Words of the document are Vietnamese by law (Decree 30/2020), whatever the user's language.
    """

    _inherit = "emulation.campaign"

    def action_export_xlsx(self):
        """Return the results of the selected campaigns as a workbook."""
        evaluations = self.env["emulation.evaluation"].search([("campaign_id", "in", self.ids)])
        by_rank = evaluations.sorted(lambda e: (e.campaign_id.id, e.review_id.id, e.rank or 10**9))
        return by_rank.action_export_xlsx()

    def action_print_launch(self):
        """Download the launch document: a draft while the campaign is one, else the PDF stored once."""
        self.ensure_one()
        if self._is_document_draft():
            return self.env.ref("hr_emulation.action_report_campaign_launch").report_action(
                self, config=False
            )
        self._store_letter()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.document_attachment_id.id}?download=true",
            "target": "self",
        }

    def _get_launch_type_name(self):
        """Return the type name printed in the middle; an official letter has none."""
        return TYPE_NAMES.get(self.launch_document_kind, "")

    def _get_launch_addressee(self):
        return "" if self._get_launch_type_name() else f"Kính gửi: {self._get_launch_audience_unit()}"

    def _get_launch_audience_unit(self):
        units = self.audience_department_ids.mapped("name")
        return "; ".join(units) if units else f"Các phòng, đơn vị thuộc {self.company_id.name}"

    def _get_launch_name(self):
        """Return the name as it stands inside a sentence: only a common noun begins small there."""
        noun = next((noun for noun in COMMON_NOUNS if self.name.startswith(noun)), "")
        return noun.lower() + self.name[len(noun) :]

    def _get_launch_subject(self):
        """Return the name after "<agency> phát động": the agency is not named twice."""
        return self._get_launch_name().removesuffix(f" của {self.company_id.name}")

    def _get_launch_sections(self):
        """Return [(heading, [lines])] of what is there, in the order of Article 17."""
        sections = [
            ("Mục tiêu", [self.purpose]),
            ("Phạm vi, đối tượng", [self.scope, self.audience]),
            ("Thời gian thực hiện", [self._get_launch_period()]),
            ("Nội dung thi đua", self._get_launch_contents()),
            ("Tiêu chí thi đua", self._get_launch_criteria()),
            (
                "Danh hiệu, hình thức khen thưởng",
                [
                    "; ".join(
                        self.award_line_ids.award_id._get_printed_names(self.company_id, self.rulebook_id)
                    )
                ],
            ),
            ("Tổ chức thực hiện", self._get_launch_organisation()),
        ]
        filled = [(heading, [line for line in lines if line]) for heading, lines in sections]
        return [(heading, lines) for heading, lines in filled if lines]

    def _get_launch_period(self):
        if not (self.date_start and self.date_end):
            return ""
        start, end = map(vietnamese.administrative_date, (self.date_start, self.date_end))
        text = f"Từ {start} đến {end}."
        if self.occasion_ids:
            days = (
                f"{o.name} ({vietnamese.short_date(o.date)})" if o.date else o.name for o in self.occasion_ids
            )
            text += f" Chào mừng {', '.join(days)}."
        return text

    def _get_launch_contents(self):
        lines = []
        for index, content in enumerate(self.content_ids, 1):
            text = f" {content.description}" if content.description else ""
            lines.append(f"{vietnamese.point_letter(index)}) {content.name}.{text}")
        return lines

    def _get_launch_criteria(self):
        words = (("individual_set_id", "Đối với cá nhân"), ("collective_set_id", "Đối với tập thể"))
        lines = []
        for field, who in words:
            sheet = self[field]
            if sheet:
                names = sheet.criterion_ids.filtered(lambda c: c.kind != "group").mapped("name")
                total = f"{sheet.total_points:g}".replace(".", ",")
                lines.append(f"{who} (tổng {total} điểm): {'; '.join(names)}.")
        return lines

    def _get_launch_organisation(self):
        lines = []
        if self.standing_unit_id:
            # sudo: hr.department - the name only, printed for everybody
            unit = self.standing_unit_id.sudo().name
            lines.append(
                f"{unit} là bộ phận thường trực: theo dõi, hướng dẫn, đôn đốc việc thực hiện, thẩm định hồ sơ "
                "khen thưởng và tổng hợp báo cáo."
            )
        for review in self.review_ids.sorted("date_to"):
            lines.append(
                f"{ROUNDS[review.kind]}: hoàn thành chậm nhất {vietnamese.administrative_date(review.date_to)}."
            )
        return lines

    def _get_launch_closing(self):
        return (
            f"Đề nghị các tập thể, cá nhân tích cực hưởng ứng {self._get_launch_name()}; "
            "trong quá trình thực hiện, kịp thời phản ánh vướng mắc để được hướng dẫn./."
        )
