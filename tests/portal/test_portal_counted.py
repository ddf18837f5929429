"""Lines counted by occurrence, deductions without a limit, and sheets without lines: no page says what is not so."""

import re

from lxml import etree, html
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from ...models.campaign import marking
from ..helpers.portal_common import PortalCommon, force


@tagged("post_install", "-at_install")
class TestPortalCounted(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.free, cls.counted = cls.sheet.score_ids
        values = {"kind": "deduction", "max_points": 0, "evidence_required": False}
        (cls.free | cls.counted).criterion_id._with_seal().write(values)
        cls.counted.criterion_id._with_seal().write({"points_per_occurrence": 2})
        cls.page = f"/my/emulation/evaluations/{cls.sheet.id}"
        cls.verify = f"/my/emulation/unit/evaluations/{cls.sheet.id}"

    def read(self, url, person):
        """Return what a person reads on a page, each space once."""
        self.login(person)
        page = html.fromstring(self.url_open(url).text)
        return " ".join(page.xpath("//main")[0].text_content().split())

    def test_without_a_maximum_no_range_is_said(self):
        own = self.read(self.page, self.an)
        self.assertIn("Points taken off (0 or more)", own)
        self.sheet._write_protected({"state": "submitted"})
        for text in (own, self.read(self.verify, self.chi), self.read(self.page, self.an)):
            self.assertIsNone(re.search(r"0 to 0|/ 0\b", text), text)
        self.assertEqual(self.read(self.verify, self.chi).count("Points taken off (0 or more)"), 2)
        self.login(self.chi)
        typed = {f"verified_points-{self.free.id}": "7", f"verified_points-{self.counted.id}": "120"}
        self.assertEqual(self.post(f"{self.verify}/verify", typed).status_code, 303)
        self.assertEqual((self.free.verified_points, self.counted.verified_points), (7, 120))

    def test_with_a_maximum_it_stands_there(self):
        self.free.criterion_id._with_seal().max_points = 5
        self.assertIn("Points taken off (0 to 5)", self.read(self.page, self.an))
        self.free.criterion_id._with_seal().kind = "rating"
        self.assertIn("Points (0 to 5)", self.read(self.page, self.an))
        self.sheet._write_protected({"state": "submitted"})
        self.assertIn("Verified points (0 to 5)", self.read(self.verify, self.chi))

    def test_what_is_counted_is_a_number_of_times(self):
        self.speak_vietnamese()
        own = self.read(self.page, self.an)
        self.assertIn("Số lần", own)
        self.sheet._write_protected({"state": "submitted"})
        for text in (own, self.read(self.page, self.an), self.read(self.verify, self.chi)):
            self.assertIn("Số lần", text)
            self.assertNotIn("Kết quả đạt được", text)
        counted = self.counted.criterion_id._with_seal()
        counted.unit_of_measure = "lần"
        self.assertNotIn("(lần)", self.read(self.page, self.an))
        counted.unit_of_measure = "báo cáo"
        self.assertIn("Số lần (báo cáo)", self.read(self.page, self.an))
        counted.write({"kind": "quantity", "max_points": 5, "target": 10})
        self.assertIn("Kết quả đạt được (báo cáo)", self.read(self.page, self.an))

    def test_the_campaign_says_that_there_is_no_limit(self):
        text = self.read(f"/my/emulation/campaigns/{self.campaign.id}", self.an)
        self.assertIn("Hoàn thành nhiệm vụ No limit", text)
        self.free.criterion_id._with_seal().max_points = 5
        text = self.read(f"/my/emulation/campaigns/{self.campaign.id}", self.an)
        self.assertIn("Hoàn thành nhiệm vụ 5", text)

    def test_the_sheet_and_the_grid_say_the_same(self):
        self.assertEqual(self.sheet.measured, "times")
        self.free.criterion_id._with_seal().write({"kind": "quantity", "max_points": 5, "target": 10})
        self.env.invalidate_all()
        self.assertEqual(self.sheet.measured, "both")
        self.counted.criterion_id._with_seal().kind = "rating"
        self.env.invalidate_all()
        self.assertEqual(self.sheet.measured, "result")
        grid = marking.Grid(self.review)
        bonus = self.counted.criterion_id._with_seal()
        bonus.write({"kind": "bonus", "points_per_occurrence": 3, "max_points": 0})
        self.assertIsNone(grid._prepare_column(bonus)["maximum"])
        bonus.max_points = 6
        self.assertEqual(grid._prepare_column(bonus)["maximum"], 6)

    def _open_year(self):
        """Make the round the only part of a year whose sheets have no lines of their own; return An's."""
        force(self.sheet, {"state": "confirmed", "final_total": 95})
        force(self.review, {"state": "closed"})
        year = self._review(self.campaign)
        force(self.review, {"part_of_id": year.id, "name": "Tháng 1"})
        year._do_open()
        return year.evaluation_ids

    def test_a_year_of_months_has_no_empty_table(self):
        sheet = self._open_year()
        self.assertFalse(sheet.score_ids)
        force(sheet, {"state": "submitted"})
        for url, person in ((f"/my/emulation/evaluations/{sheet.id}", self.an), (self.verify, self.chi)):
            self.login(person)
            answer = self.url_open(url.replace(str(self.sheet.id), str(sheet.id)))
            page = html.fromstring(answer.text)
            self.assertFalse(page.xpath("//main//ol[contains(@class, 'o_emulation_lines')]"), url)
            self.assertFalse(page.xpath("//main//progress"), url)
            how = page.xpath("//main//details[@open]")[0]
            self.assertIn("From the parts: Tháng 1", how.text_content())
            self.assertEqual(how.xpath(".//a/@href"), [self.page])

    def test_the_backend_draws_no_empty_table(self):
        sheet = self._open_year()
        form = Form(sheet, "hr_emulation.emulation_evaluation_view_form")
        self.assertTrue(form._get_modifier("score_ids", "invisible"))
        self.assertFalse(Form(self.sheet)._get_modifier("score_ids", "invisible"))

    def test_the_sheet_of_the_members_opens_without_points(self):
        """As the browser of a head asks: for what stands in the form, nothing else."""
        values = {"company_id": self.agency.id, "company_ids": [Command.set(self.agency.ids)]}
        head = new_test_user(self.env, "block.head", groups="base.group_user", **values)
        person = {"name": "Trưởng Phòng", "user_id": head.id, "company_id": self.agency.id}
        self.unit.manager_id = self.env["hr.employee"].create({**person, "department_id": self.unit.id})
        ballots = self.env["emulation.block.ballot"].with_user(head)
        ballots = ballots.with_context(default_year_id=self.block_year.id)
        arch = etree.fromstring(ballots.get_view(view_type="form")["arch"])
        asked = {node.get("name"): {} for node in arch.xpath("//field[not(ancestor::field)]")}
        asked["line_ids"] = {"fields": {"is_given": {}}}
        lines = ballots.onchange({}, [], asked)["value"]["line_ids"]
        self.assertEqual([line[2]["is_given"] for line in lines if line[0] == 0], [False, False])

    def test_the_paper_has_no_rank_before_points(self):
        paper = self.block_year._get_ranking_paper()
        self.assertEqual({(line["points"], line["rank"]) for line in paper["lines"]}, {("–", "–")})
        self.assertIn("tạm tính", paper["closing"][0])
        member = self.block_year.block_id.member_ids[1]
        scorer = self.block_year.block_id.member_ids[0]
        values = {"year_id": self.block_year.id, "scorer_id": scorer.id, "member_id": member.id}
        self.env["emulation.block.score"].create({**values, "points": 90})
        lines = self.block_year._get_ranking_paper()["lines"]
        self.assertEqual([(line["points"], line["rank"]) for line in lines], [("90,00", 1), ("–", "–")])

    def test_a_line_just_added_ranks_nobody(self):
        form = Form(self.block_year)
        with form.score_ids.new() as line:
            line.scorer_id, line.member_id = self.block_year.block_id.member_ids
        self.assertFalse(form.ranking_text)
        with form.score_ids.edit(0) as line:
            line.points = 80
        self.assertIn("1. ", form.ranking_text)
