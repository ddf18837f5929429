"""Charts of the report of a round: the same figures as an independent count, in the paper, in Excel and in Word."""

import io
import re
import zipfile
from datetime import date
from html import unescape

from docx import Document
from lxml import etree, html
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from openpyxl import load_workbook

from ...engine import vietnamese
from ...models.campaign.emulation_review import REMARKS
from ...printing.chart import Chart
from ...printing.workbook import COUNTRY, SIGN_HERE, Frame
from ..helpers.campaign_common import CampaignCommon


@tagged("post_install", "-at_install")
class TestReviewCharts(CampaignCommon):
    def setUp(self):
        super().setUp()
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_sub, self.employee_proposer, self.employee_other, self.other_unit)
        self.before = self.score(2024, (10, 20, 5, 28))
        self.review = self.score(2025, (25, 30, 5, 30))
        self.officer = self.review.with_user(self.user_officer)
        for person, state in ((self.employee_sub, "submitted"), (self.employee_proposer, "granted")):
            self.new_commendation(person, campaign_id=self.campaign.id, state=state)
        self.env.flush_all()

    def score(self, year, points):
        """Return a round of a year with confirmed sheets of these points for discipline."""
        review = self.env["emulation.review"].create(
            {
                "name": f"Tổng kết {year}",
                "campaign_id": self.campaign.id,
                "date_from": date(year, 1, 1),
                "date_to": date(year, 12, 31),
            }
        )
        officer = review.with_user(self.user_officer)
        officer.action_open()
        sheets = review.evaluation_ids
        for sheet, discipline in zip(sheets, points, strict=True):
            self.fill(sheet, self.user_officer, discipline=discipline)
        sheets.with_user(self.user_officer).action_verify()
        sheets.with_user(self.user_officer).action_confirm()
        return review

    def count(self, query, *params):
        self.env.cr.execute(query, params)
        return self.env.cr.fetchall()

    def render(self):
        reports = self.env["ir.actions.report"].with_user(self.user_officer)
        return reports._render_qweb_html("hr_emulation.report_review", self.review.ids)[0].decode()

    def get_charts(self):
        """Return the charts of the paper by title, as the page carries them."""
        found = re.findall(r'data-chart="([^"]*)"', self.render())
        return {chart.title: chart for chart in (Chart.from_text(unescape(text)) for text in found)}

    def get_rows(self, chart):
        return dict(
            zip(chart.labels, zip(*(series.values for series in chart.series), strict=True), strict=True)
        )

    # ---------- The same figures ----------

    def count_units(self, review):
        return dict(
            self.count(
                "SELECT COALESCE(d.name->>'vi_VN', d.name->>'en_US'), ROUND(AVG(e.final_total)::numeric, 2)::float"
                " FROM emulation_evaluation e JOIN hr_department d ON d.id = e.unit_id"
                " WHERE e.review_id = %s AND e.state = 'confirmed' GROUP BY 1",
                review.id,
            )
        )

    def test_units_beside_the_round_before(self):
        chart = self.get_charts()["Điểm trung bình theo đơn vị"]
        now, before = self.count_units(self.review), self.count_units(self.before)
        self.assertEqual(self.get_rows(chart), {name: (now[name], before[name]) for name in now})
        self.assertEqual(list(chart.series[0].values), sorted(now.values(), reverse=True))

    def test_grades_and_awards(self):
        charts = self.get_charts()
        grades = {
            name: (people, units)
            for name, people, units in self.count(
                "SELECT g.name, COUNT(DISTINCT e.employee_id), COUNT(DISTINCT e.department_id)"
                " FROM emulation_evaluation e JOIN emulation_grade g ON g.id = e.grade_id"
                " WHERE e.review_id = %s GROUP BY g.name",
                self.review.id,
            )
        }
        self.assertEqual(self.get_rows(charts["Kết quả xếp loại"]), grades)
        ((proposed, granted),) = self.count(
            "SELECT COUNT(*), COUNT(*) FILTER (WHERE state = 'granted') FROM emulation_commendation"
            " WHERE campaign_id = %s",
            self.campaign.id,
        )
        self.assertEqual(list(self.get_rows(charts["Kết quả khen thưởng"]).values()), [(proposed, granted)])

    def test_proposed_is_what_was_handed_in_whatever_became_of_it(self):
        made = [
            self.new_commendation(self.employee_other, campaign_id=self.campaign.id, state=state)
            for state in ("rejected", "revoked", "withdrawn", "withdrawn", "draft")
        ]
        made[2]._write_protected({"submitted_on": "2025-05-05 03:00:00"})
        made[3]._write_protected({"submitted_on": False})
        self.env.flush_all()
        self.assertEqual(list(self.get_rows(self.get_charts()["Kết quả khen thưởng"]).values()), [(5, 1)])
        self.assertIn("đề nghị 5, đã tặng 1.", " ".join(re.sub("<[^>]*>", "", self.render()).split()))

    def test_sentences_compare(self):
        text = self.render()
        means = [
            self.count(
                "SELECT AVG(final_total)::float FROM emulation_evaluation WHERE review_id = %s", review.id
            )[0][0]
            for review in (self.review, self.before)
        ]
        now, before, change = (
            vietnamese.format_decimal(value, 2) for value in (*means, round(means[0], 2) - round(means[1], 2))
        )
        self.assertIn(f"là {now}; Tổng kết 2024: {before}; tăng {change} điểm.", text)
        best = max(self.count_units(self.review).items(), key=lambda row: row[1])
        self.assertIn(f"Cao nhất: {best[0]} (", text)
        ((name, share),) = self.count(
            "SELECT c.name, ROUND((100 * SUM(s.final_points) / SUM(c.max_points))::numeric, 1)::float"
            " FROM emulation_score s JOIN emulation_criterion c ON c.id = s.criterion_id"
            " JOIN emulation_evaluation e ON e.id = s.evaluation_id WHERE e.review_id = %s"
            " AND c.kind IN ('quantity', 'rating', 'yes_no') GROUP BY 1 ORDER BY 2 LIMIT 1",
            self.review.id,
        )
        self.assertIn(f"Tiêu chí đạt thấp nhất: {name} ({vietnamese.format_decimal(share)}%)", text)

    def test_excel_and_word_have_them_as_charts(self):
        charts = list(self.get_charts().values())
        name, book = self.officer._build_charts()
        self.assertTrue(name.endswith(".xlsx"))
        sheets = load_workbook(io.BytesIO(book)).worksheets
        self.assertEqual([sheet["A4"].value for sheet in sheets], [chart.title.upper() for chart in charts])
        for sheet, chart in zip(sheets, charts, strict=True):
            words = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
            for expected in (self.company.name.upper(), *COUNTRY, SIGN_HERE, *Frame("").signers):
                self.assertIn(expected, words)
            rows = list(sheet.iter_rows(min_row=8, max_row=7 + len(chart.labels), values_only=True))
            self.assertEqual({row[0]: row[1 : 1 + len(chart.series)] for row in rows}, self.get_rows(chart))
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            drawn = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        self.assertEqual(len(drawn), len(charts))
        content = (
            self.env["ir.actions.report"]
            .with_user(self.user_officer)
            ._build_word("review", self.review.id)[1]
        )
        relations = Document(io.BytesIO(content)).part.rels.values()
        native = [found.target_part.blob for found in relations if found.reltype.endswith("/chart")]
        self.assertEqual(len(native), len(charts))
        values = [float(point.text) for point in etree.fromstring(native[0]).iterfind(".//{*}val//{*}v")]
        self.assertEqual(values, [value for series in charts[0].series for value in series.values])

    def test_a_chart_stays_with_its_caption(self):
        page = html.fromstring(self.render())
        figures = page.xpath("//div[@class='figure']")
        self.assertEqual(len(figures), len(self.get_charts()))
        for figure in figures:
            self.assertEqual([part.get("class") for part in figure], ["chart", "caption"])
        reports = self.env["ir.actions.report"].with_user(self.user_officer)
        document = Document(io.BytesIO(reports._build_word("review", self.review.id)[1]))
        paragraphs = document.paragraphs
        drawn = [at for at, one in enumerate(paragraphs) if one._p.xpath(".//w:drawing")]
        for at in drawn[-len(figures) :]:
            self.assertTrue(paragraphs[at].paragraph_format.keep_with_next)
            self.assertTrue(paragraphs[at + 1].text.startswith("Biểu đồ"))

    def test_a_chart_that_fits_no_page_is_left_out(self):
        units = [
            {"id": number, "name": f"Đơn vị {number}", "mean": number, "total": number, "scored": 1}
            for number in range(1, 31)
        ]
        chart = self.officer._chart_units(units, [])
        self.assertEqual(
            (len(chart.labels), chart.labels[0], chart.labels[-1]), (20, "Đơn vị 30", "Đơn vị 1")
        )
        self.assertIn("10 đơn vị cao nhất", chart.title)
        paper = {
            "units": [],
            "grades": [],
            "proposals": [(f"Danh hiệu {number}", 1, 1) for number in range(30)],
        }
        self.assertEqual(self.officer._get_charts(paper, []), {})

    def test_many_targets_are_counted(self):
        rows = [
            {"name": f"{share}", "holder": "", "share": share, "is_reached": reached, "is_surpassed": surpassed}
            for share, reached, surpassed in [(120.0, True, True)] * 9 + [(100.0, True, False)] * 8
            + [(50.0, False, False)] * 7 + [(None, False, False)] * 2
        ]  # fmt: skip
        chart = self.officer._chart_targets(rows)
        self.assertEqual(list(chart.series[0].values), [9, 8, 7, 2])
        few = self.officer._chart_targets(rows[:3])
        self.assertEqual((list(few.series[0].values), few.limit), ([120, 120, 120], 100))

    # ---------- What the officer writes ----------

    def test_what_the_officer_says_survives_a_count(self):
        self.officer.units_remark = "Phòng Kế toán bứt phá.\nTổ Thi đua cần cố gắng."
        self.assertIn("Phòng Kế toán bứt phá.", self.render())
        sheet = self.review.evaluation_ids[0]
        sheet._write_protected({"final_total": 1})
        self.env.flush_all()
        text = self.render()
        self.assertIn("Phòng Kế toán bứt phá.", text)
        self.assertIn("Tổ Thi đua cần cố gắng.", text)
        self.assertIn(min(self.count_units(self.review).values()), self.get_charts()[
            "Điểm trung bình theo đơn vị"].series[0].values)  # fmt: skip

    def test_an_issued_report_keeps_its_words(self):
        self.officer.action_close()
        self.officer.write({"signer_id": self.employee_head.id, "recipient_lines": "Như trên"})
        self.officer.grades_remark = "Trước khi ban hành"
        self.officer.action_issue_report()
        for name in REMARKS.values():
            with self.assertRaises(UserError):
                self.officer.write({name: "Sau"})

    def test_the_screen_is_the_officers(self):
        self.assertEqual(self.officer.charts_html.count("<svg"), 3)
        self.assertFalse(self.review.with_user(self.user_sub_head).charts_html)
        with self.assertRaises(AccessError):
            self.review.with_user(self.user_sub_head).action_export_charts()
        self.assertIn("/web/content/", self.officer.action_export_charts()["url"])

    def test_names_are_no_markup(self):
        self.sub_unit.name = "<script>alert(1)</script>"
        self.env.flush_all()
        self.assertNotIn("<script>alert", self.render())
        self.assertNotIn("<script>", self.officer.charts_html)
