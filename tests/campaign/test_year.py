"""A year of one agency with six units, through the web client and the portal, by those whose job each step is.

From the launch letter to the final report; what is repeated for six units is clicked once, then sent as the browser
sends it. At the end the figures of the report are counted again, by SQL of its own.
"""

import html
import re
from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...engine import vietnamese
from ..helpers.campaign_common import CampaignCommon
from ..helpers.common import load_vietnamese
from ..helpers.council_common import keep_keys_apart
from ..helpers.portal_common import play_story

UNITS = ("Văn phòng", "Phòng Tài chính", "Phòng Kinh tế", "Phòng Nội vụ", "Phòng Văn hóa", "Trung tâm")
FIGURES = (100, 90, 80, 70, 60)  # what the units reach of 100 each; the last one reports nothing
POINTS = (28, 27, 26, 25, 24, 20)  # discipline, of 30


@tagged("post_install", "-at_install", "is_tour")
class TestYear(CampaignCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        keep_keys_apart(cls)
        cls.env["emulation.base.salary"].search([]).unlink()
        cls.env["emulation.base.salary"].create({"date_from": date(2024, 7, 1), "amount": 2_340_000})
        rules = cls.rulebook.award_rule_ids
        rules.filtered(lambda rule: rule.award_id == cls.award).coefficient_individual = 0.3
        rules.filtered(lambda rule: rule.award_id == cls.collective_award).write(
            {"coefficient_collective": 0.6, "needs_council": True, "vote_threshold": 66.66, "quorum": 50}
        )
        cls._create_agency()
        load_vietnamese(cls.env)
        everybody = cls.director | cls.heads | cls.staff | cls.user_officer
        everybody.write({"lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh"})
        cls.today = fields.Date.context_today(cls.director.with_context(tz="Asia/Ho_Chi_Minh"))

    @classmethod
    def _create_agency(cls):
        """A director, six units with a head each (desk) and one of the staff each (portal)."""
        users = cls.env["res.users"]
        cls.top, cls.director = cls.new_unit("Ban Giám đốc"), cls.new_user("year_director", "base.group_user")
        cls.employee_director = cls.new_employee("Nguyễn Giám Đốc", cls.top, cls.director)
        cls.top.manager_id = cls.employee_director
        cls.units, cls.heads, cls.staff = cls.env["hr.department"], users, users
        for number, name in enumerate(UNITS):
            unit = cls.new_unit(name, cls.top)
            head = cls.new_user(f"year_head_{number}", "base.group_user")
            person = cls.new_user(f"year_staff_{number}", "base.group_portal")
            unit.manager_id = cls.new_employee(f"Trưởng {name}", unit, head)
            cls.new_employee(f"Nhân viên {name}", unit, person)
            cls.units, cls.heads, cls.staff = cls.units | unit, cls.heads | head, cls.staff | person

    # ---------- As the browser does ----------

    def call(self, user, record, method, *args, **kwargs):
        """Call a method by JSON-RPC as a user; ``record`` is a recordset or the name of a model.

        :raises AssertionError: the server answers with an error, whose text it holds
        """
        self.env.flush_all()
        self.authenticate(user.login, user.login)
        model, ids = (record, []) if isinstance(record, str) else (record._name, [record.ids])
        kwargs["context"] = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": user.company_ids.ids}
        params = {"model": model, "method": method, "args": [*ids, *args], "kwargs": kwargs}
        url = f"{self.base_url()}/web/dataset/call_kw/{model}/{method}"
        return self.ask(url, params)

    def choose(self, user, records, document):
        """Choose “put on …” in the menu of the list, as a user."""
        self.env.flush_all()
        self.authenticate(user.login, user.login)
        context = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": user.company_ids.ids}
        context |= {"active_model": records._name, "active_ids": records.ids, "active_id": records[:1].id}
        action = self.env.ref(f"hr_emulation.action_commendation_to_{document}")
        params = {"action_id": action.id, "context": context}
        return self.ask(f"{self.base_url()}/web/action/run", params)

    def ask(self, url, params):
        with mute_logger("odoo.http", "odoo.sql_db"):
            answer = self.opener.post(url, json={"params": params}, timeout=60).json()
        self.env.invalidate_all()
        if "error" in answer:
            raise AssertionError(answer["error"]["data"]["message"])
        return answer.get("result")

    def make(self, user, model, **vals):
        """Create a record by JSON-RPC as a user."""
        made = self.call(user, model, "create", [vals])
        return self.env[model].browse(made)

    def send(self, user, url, **data):
        """Send a form of the portal as a user."""
        self.env.flush_all()
        self.authenticate(user.login, user.login)
        data["csrf_token"] = Request.csrf_token(self)
        answer = self.url_open(url, data=data, allow_redirects=False)
        self.assertEqual(answer.status_code, 303, answer.text[:2000])
        self.env.invalidate_all()

    def tour(self, user, url, name):
        self.env.flush_all()
        self.start_tour(url, f"hr_emulation_year_{name}", login=user.login)
        self.env.invalidate_all()

    def story(self, user, url, name):
        self.env.flush_all()
        play_story(self, url, name, user.login)
        self.env.invalidate_all()

    def give_reason(self, user, record, verb, reason):
        wizard = self.make(
            user,
            "emulation.reason.wizard",
            res_model=record._name,
            res_ids=record.ids,
            verb=verb,
            reason=reason,
        )
        self.call(user, wizard, "action_confirm")

    # ---------- The year ----------

    def test_from_launch_to_final_report(self):
        self.launch()
        self.hand_down()
        self.register_people_and_units()
        self.set_and_reach_targets()
        asked = self.report_of_the_units()
        self.score()
        proposals = self.propose_and_endorse()
        self.vote(proposals)
        self.decide(proposals)
        self.acclaim_in_the_block()
        text = self.report()
        self.compare(text, asked)
        self.close()

    def launch(self):
        officer = self.user_officer
        self.campaign = self.make(
            officer,
            "emulation.campaign",
            name="Phong trào thi đua năm của Sở",
            company_id=self.company.id,
            theme="Kỷ cương, sáng tạo",
            purpose="Hoàn thành nhiệm vụ năm",
            scope="Toàn cơ quan",
            audience="Mọi công chức",
            date_start="2025-01-01",
            date_end="2099-12-31",
            budget=10_000_000,
            individual_set_id=self.sheet.id,
            collective_set_id=self.sheet.id,
            content_ids=[(0, 0, {"name": "Giải quyết hồ sơ đúng hạn"})],
            award_line_ids=[
                (0, 0, {"award_id": self.award.id, "quota": 5}),
                (0, 0, {"award_id": self.collective_award.id, "quota": 2}),
            ],
        )
        self.review = self.make(
            officer,
            "emulation.review",
            name="Tổng kết năm",
            campaign_id=self.campaign.id,
            date_from="2025-01-01",
            date_to=str(self.today),
        )
        basis = self.make(
            officer,
            "emulation.legal.document",
            name="Luật Thi đua, khen thưởng",
            kind="law",
            company_id=self.company.id,
        )
        action = self.call(officer, self.campaign, "action_open_launch_document")
        letter = self.env["emulation.campaign.document"].browse(action["res_id"])
        self.call(
            officer,
            letter,
            "write",
            {
                "signer_id": self.employee_director.id,
                "signer_title": "GIÁM ĐỐC",
                "recipient_lines": "Như trên\nLưu: VT",
                "legal_basis_ids": [(6, 0, basis.ids)],
                "place": "Hà Nội",
            },
        )
        self.tour(officer, f"/odoo/emulation-campaign-documents/{letter.id}", "letter")
        self.assertEqual((letter.state, self.campaign.state), ("issued", "launched"))

    def hand_down(self):
        self.tour(self.user_officer, f"/odoo/emulation-campaigns/{self.campaign.id}", "push")
        below = self.campaign.child_ids
        self.below = below.sorted(lambda child: self.units.ids.index(child.owner_unit_id.id))
        self.assertEqual(self.below.owner_unit_id, self.units)
        self.assertEqual(set(self.below.mapped("state")), {"draft"})
        first, *rest = zip(self.heads, self.below, strict=True)
        self.tour(first[0], f"/odoo/emulation-campaigns/{first[1].id}", "unit_launch")
        with self.assertRaises(AssertionError):
            self.call(first[0], rest[0][1], "action_launch")  # another unit's
        for head, campaign in rest:
            self.call(head, campaign, "action_launch")
        self.assertEqual(set(self.below.mapped("state")), {"launched"})

    def register_people_and_units(self):
        """The staff in the campaign of its unit, in the portal; the units in the campaign of the agency."""
        self.story(self.staff[0], f"/my/emulation/campaigns/{self.below[0].id}", "path_register")
        for person, campaign in list(zip(self.staff, self.below, strict=True))[1:]:
            recipient = f"employee:{person.employee_ids.id}"
            self.send(
                person,
                f"/my/emulation/campaigns/{campaign.id}/register",
                recipient=recipient,
                pledge="Làm việc đúng hẹn",
            )
        people = self.below.participation_ids
        self.assertEqual(set(people.mapped("state")), {"submitted"})
        for head, registration in zip(self.heads[:5], people.sorted("id")[:5], strict=True):
            self.call(head, registration, "action_approve")
        last = people.sorted("id")[5]
        self.give_reason(self.heads[5], last, "refuse", "Mới vào cơ quan")
        units = self.env["emulation.participation"].union(
            *(
                self.make(
                    head,
                    "emulation.participation",
                    campaign_id=self.campaign.id,
                    company_id=self.company.id,
                    recipient_type="department",
                    department_id=unit.id,
                )
                for head, unit in zip(self.heads, self.units, strict=True)
            )
        )
        for head, registration in zip(self.heads, units, strict=True):
            self.call(head, registration, "action_submit")
        self.call(self.heads[5], units[5], "action_withdraw")
        self.assertEqual(units[5].state, "withdrawn")
        self.call(self.heads[5], units[5], "action_submit")  # and comes back
        with self.assertRaises(AssertionError):
            self.call(self.heads[0], units[0], "action_approve")  # one's own unit
        self.call(self.director, units, "action_approve")
        self.assertEqual(set(units.mapped("state")), {"approved"})

    def set_and_reach_targets(self):
        target = self.make(
            self.user_officer,
            "emulation.target",
            name="Hồ sơ đúng hạn",
            campaign_id=self.campaign.id,
            figure=600,
            unit_of_measure="hồ sơ",
            roll_up="sum",
        )
        self.call(self.user_officer, target, "action_approve")
        own = self.env["emulation.target"].union(
            *(
                self.make(
                    head,
                    "emulation.target",
                    name="Hồ sơ đúng hạn",
                    campaign_id=self.campaign.id,
                    department_id=unit.id,
                    parent_id=target.id,
                    figure=100,
                    unit_of_measure="hồ sơ",
                )
                for head, unit in zip(self.heads, self.units, strict=True)
            )
        )
        for head, mine in zip(self.heads, own, strict=True):
            self.call(head, mine, "action_submit")
        self.story(self.director, "/my/emulation/unit", "year_targets")
        self.assertEqual(set(own.mapped("state")), {"active"})
        self.story(self.heads[0], f"/my/emulation/targets/{own[0].id}", "year_progress")
        for head, mine, value in list(zip(self.heads, own, FIGURES, strict=False))[1:]:
            self.send(
                head, f"/my/emulation/targets/{mine.id}/progress", value=str(value), date=str(self.today)
            )
        self.assertEqual((target.reached, target.percent), (400, 66.67))

    def report_of_the_units(self):
        """Four hand in, one a day late, one not at all; the officer sums up."""
        officer = self.user_officer
        outline = self.make(
            officer,
            "emulation.report.template",
            name="Đề cương báo cáo năm",
            company_id=self.company.id,
            question_ids=[(0, 0, {"name": "Cách làm mới", "is_required": True})],
        )
        asked = self.make(
            officer,
            "emulation.report.round",
            name="Báo cáo năm",
            campaign_id=self.campaign.id,
            company_id=self.company.id,
            kind="year",
            date_from="2025-01-01",
            date_to=str(self.today),
            due_date=str(self.today),
            template_id=outline.id,
            unit_ids=[(6, 0, self.units.ids)],
        )
        self.call(officer, asked, "action_open")
        reports = asked.report_ids.sorted(lambda report: self.units.ids.index(report.department_id.id))
        self.story(self.heads[0], f"/my/emulation/unit/reports/{reports[0].id}", "year_report")
        for head, report in list(zip(self.heads, reports, strict=True))[1:4]:
            self.hand_in(head, report)
        tomorrow = self.today + timedelta(days=1)
        with patch.object(fields.Date, "context_today", staticmethod(lambda *_args, **_kw: tomorrow)):
            self.hand_in(self.heads[4], reports[4])
        self.assertEqual(reports.mapped("is_late"), [False, False, False, False, True, False])
        self.call(officer, reports[:5], "action_accept")
        self.call(officer, asked, "action_draft_summary")
        self.call(officer, asked, "write", {"signer_id": self.employee_director.id, "addressee": "Sở Nội vụ"})
        self.call(officer, asked, "action_issue")
        self.assertEqual(asked.state, "issued")
        return asked

    def hand_in(self, head, report):
        """Hand the figures in as they stand there, with an answer to what is asked."""
        data = {
            f"text-{line.id}" if line.answer == "text" else f"figure-{line.id}": "Làm theo tổ"
            if line.answer == "text"
            else str(line.figure).replace(".", ",")
            for line in report.line_ids
        }
        self.send(head, f"/my/emulation/unit/reports/{report.id}/save", hand_in="1", **data)

    def score(self):
        reviews = self.review | self.below.review_ids
        self.call(self.user_officer, reviews, "action_open")
        sheets = reviews.evaluation_ids
        self.assertEqual(len(sheets), 11, "six units and five people")
        people = sheets.filtered("employee_id").sorted(lambda s: self.units.ids.index(s.unit_id.id))
        units = (sheets - people).sorted(lambda s: self.units.ids.index(s.unit_id.id))
        self.story(self.staff[0], f"/my/emulation/evaluations/{people[0].id}", "year_score")
        todo = [*zip(self.staff, people, POINTS, strict=False), *zip(self.heads, units, POINTS, strict=True)]
        for user, sheet, discipline in todo[1:]:
            first, second = sheet.score_ids.sorted("sequence")[:2]
            self.send(
                user,
                f"/my/emulation/evaluations/{sheet.id}/submit",
                hand_in="1",
                **{f"actual_value-{first.id}": "100", f"self_points-{second.id}": str(discipline)},
            )
        self.assertEqual(set(sheets.mapped("state")), {"submitted"})
        for head, sheet in zip(self.heads, people, strict=False):
            self.call(head, sheet, "action_verify")
        with self.assertRaises(AssertionError):
            self.call(self.heads[0], units[0], "action_verify")
        self.call(self.director, units, "action_verify")
        self.tour(self.user_officer, "/odoo/emulation-evaluations", "confirm")
        self.assertEqual(set(sheets.mapped("state")), {"confirmed"})
        self.call(self.user_officer, reviews, "action_close")

    def propose_and_endorse(self):
        """Three heads propose one of their staff, two their unit; a third unit is one too many."""
        vals = [
            (head, self.below[number], self.prepare_commendation(self.staff[number].employee_ids))
            for number, head in enumerate(self.heads[:3])
        ]
        vals += [
            (head, self.campaign, self.prepare_commendation(self.units[number]))
            for number, head in enumerate(self.heads[:3])
        ]
        proposals = self.env["emulation.commendation"]
        for head, campaign, values in vals:
            made = self.make(head, "emulation.commendation", **values, campaign_id=campaign.id)
            if made.department_id == self.units[2]:
                with self.assertRaisesRegex(AssertionError, "đã hết"):
                    self.call(head, made, "action_submit")
                self.call(head, made, "unlink")
                continue
            self.call(head, made, "action_submit")
            proposals |= made
        self.assertEqual(set(proposals.mapped("state")), {"submitted"})
        self.tour(self.director, "/odoo/emulation-commendations", "endorse")
        self.assertEqual(set(proposals.mapped("state")), {"endorsed"})
        self.call(self.user_officer, proposals, "action_appraise")
        self.assertEqual(set(proposals.mapped("state")), {"appraised"})
        return proposals

    def vote(self, proposals):
        """The council hears the review and votes on the units by secret ballot."""
        officer = self.user_officer
        seats = [self.employee_director, *self.heads[3:].employee_ids, self.employee_officer]
        roles = ["chair", "member", "member", "member", "secretary"]
        self.make(
            officer,
            "emulation.council",
            name="Hội đồng Thi đua - Khen thưởng",
            company_id=self.company.id,
            member_ids=[
                (0, 0, {"employee_id": employee.id, "role": role, "sequence": number})
                for number, (employee, role) in enumerate(zip(seats, roles, strict=True))
            ],
        )
        units = proposals.filtered("department_id")
        action = self.choose(officer, units, "session")
        session = self.env["emulation.session"].browse(action["res_id"])
        self.call(officer, session, "write", {"review_ids": [(6, 0, self.review.ids)]})
        self.call(officer, session, "action_all_present")
        self.call(officer, session, "action_open")
        ballot = f"/my/emulation/ballots/{session.id}"
        self.story(self.director, ballot, "year_ballot")
        choices = {f"item-{item.id}": "agree" for item in session.item_ids}
        for user in (*self.heads[3:], officer):
            self.send(user, f"{ballot}/cast", **choices)
        self.tour(officer, f"/odoo/emulation.session/{session.id}", "count")
        self.assertEqual(session.item_ids.mapped("agree_count"), [5, 5])
        self.assertEqual(set(units.mapped("state")), {"voted"})

    def decide(self, proposals):
        officer = self.user_officer
        action = self.choose(officer, proposals, "decision")
        decision = self.env["emulation.decision"].browse(action["res_id"])
        vals = {
            "abstract": "Về việc khen thưởng năm",
            "number": "07",
            "issue_date": str(self.today),
            "place": "Hà Nội",
            "signer_id": self.employee_director.id,
            "signer_title": "GIÁM ĐỐC",
        }
        if not decision.article_ids:
            vals["article_ids"] = [(0, 0, {"content": "Tặng thưởng các tập thể, cá nhân có tên."})]
        self.call(officer, decision, "write", vals)
        self.tour(officer, f"/odoo/emulation-decisions/{decision.id}", "decision")
        self.assertEqual((decision.state, len(decision.certificate_ids)), ("issued", 5))
        self.assertEqual(set(proposals.mapped("state")), {"granted"})
        self.authenticate(self.staff[0].login, self.staff[0].login)
        mine = proposals.filtered(lambda proposal: proposal.employee_id == self.staff[0].employee_ids)
        page = self.url_open(f"/my/emulation/commendations/{mine.id}").text
        self.assertIn("/my/emulation/certificates/", page)
        self.assertIn("Đã khen thưởng", page)

    def acclaim_in_the_block(self):
        """The units score one another; one is silent, which stops the acclaim until it is settled with a reason."""
        officer = self.user_officer
        block = self.make(
            officer,
            "emulation.block",
            name="Khối thi đua các đơn vị",
            company_id=self.company.id,
            member_ids=[(0, 0, {"department_id": unit.id}) for unit in self.units],
        )
        year = self.make(
            officer,
            "emulation.block.year",
            block_id=block.id,
            year=self.today.year,
            head_id=block.member_ids[:1].id,
        )
        for number, head in enumerate(self.heads[:5]):
            # As the dialog sends it: the lines it showed, with the points typed into them.
            lines = [
                (0, 0, {"member_id": member.id, "points": 95 - 3 * place - number, "is_given": True})
                for place, member in enumerate(block.member_ids)
            ]
            own = block.member_ids[number].id
            ballot = self.make(head, "emulation.block.ballot", year_id=year.id, scorer_id=own, line_ids=lines)
            self.call(head, ballot, "action_save")
        with self.assertRaisesRegex(AssertionError, "còn thiếu điểm|thiếu điểm"):
            self.call(officer, year, "action_acclaim")
        self.give_reason(officer, year, "settle", "Đơn vị mới sáp nhập, chưa đủ điều kiện chấm")
        self.call(officer, year, "action_acclaim")
        self.env.cr.execute(
            "SELECT member_id FROM emulation_block_score WHERE year_id = %s AND scorer_id <> member_id "
            "GROUP BY member_id ORDER BY AVG(points) DESC LIMIT 1",
            [year.id],
        )
        best = self.env.cr.fetchone()[0]
        self.assertEqual((year.state, year.leader_id.id), ("acclaimed", best))

    def report(self):
        """Issue the final report; return its words as the officer's browser shows them."""
        officer = self.user_officer
        self.call(
            officer,
            self.review,
            "write",
            {
                "signer_id": self.employee_director.id,
                "recipient_lines": "Sở Nội vụ\nLưu: VT",
                "addressee": "Sở Nội vụ",
                "lessons": "Giao chỉ tiêu sớm thì đạt sớm.",
            },
        )
        self.call(officer, self.review, "action_issue_report")
        self.assertTrue(self.review.report_issued_date)
        return self.read_paper("hr_emulation.report_review", self.review)

    def read_paper(self, report, record):
        self.env.flush_all()
        self.authenticate(self.user_officer.login, self.user_officer.login)
        page = self.url_open(f"/report/html/{report}/{record.id}")
        self.assertEqual(page.status_code, 200)
        text = re.sub(r"<style.*?</style>|<script.*?</script>", "", page.text, flags=re.DOTALL)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())

    # ---------- Counted again ----------

    def count(self, query, *params):
        self.env.cr.execute(query, params)
        return self.env.cr.fetchall()

    def compare(self, text, asked):
        top, below = self.campaign.id, tuple(self.below.ids)
        participations = dict(
            self.count(
                "SELECT state, COUNT(*) FROM emulation_participation WHERE campaign_id = %s GROUP BY state",
                top,
            )
        )
        everywhere = dict(
            self.count(
                "SELECT state, COUNT(*) FROM emulation_participation WHERE campaign_id IN %s GROUP BY state",
                (top, *below),
            )
        )
        ((granted, prizes),) = self.count(
            "SELECT COUNT(*), SUM(prize_amount)::bigint FROM emulation_commendation WHERE state = 'granted' "
            "AND campaign_id IN %s",
            (top, *below),
        )
        ((sheets,),) = self.count(
            "SELECT COUNT(*) FROM emulation_evaluation WHERE review_id = %s AND state = 'confirmed'",
            self.review.id,
        )
        self.assertEqual(
            (participations, everywhere, granted, sheets),
            ({"approved": 6}, {"approved": 11, "refused": 1}, 5, 6),
        )
        for sentence in (
            f"Có {participations['approved']:02} tập thể đăng ký thi đua",
            f"đã duyệt {participations['approved']:02} tập thể",
            f"Đã kết luận {sheets:02}/{sheets:02} phiếu chấm điểm",
            f"Tính cả {len(below):02} phong trào thành phần: có {sum(everywhere.values()):02} lượt đăng ký, đã duyệt "
            f"{everywhere['approved']:02}, đã khen thưởng {granted:02} trường hợp",
            f"{vietnamese.format_amount(prizes)} đồng",
            "Hội đồng Thi đua - Khen thưởng đã nghe và đánh giá tại phiên họp",
            "Giao chỉ tiêu sớm thì đạt sớm",
        ):
            with self.subTest(sentence=sentence):
                self.assertIn(sentence, text)
        self.compare_awards(text, (top, *below))
        self.compare_units(text)
        self.compare_targets(text)
        self.compare_unit_reports(asked)

    def compare_awards(self, text, campaigns):
        rows = self.count(
            "SELECT a.name->>'vi_VN', a.name->>'en_US', COUNT(*), COUNT(*) FILTER (WHERE c.state = 'granted') "
            "FROM emulation_commendation c JOIN emulation_award a ON a.id = c.award_id "
            "WHERE c.campaign_id IN %s AND c.state <> 'draft' GROUP BY 1, 2",
            campaigns,
        )
        self.assertEqual(sorted(row[2:] for row in rows), [(2, 2), (3, 3)])
        for translated, name, proposed, granted in rows:
            self.assertRegex(text, f"{translated or name}[^:]*: đề nghị {proposed}, đã tặng {granted}")

    def compare_units(self, text):
        rows = self.count(
            "SELECT p.recipient_name, e.final_total, e.rank FROM emulation_evaluation e "
            "JOIN emulation_participation p ON p.id = e.participation_id WHERE e.review_id = %s",
            self.review.id,
        )
        self.assertEqual(len(rows), 6)
        for unit, points, rank in rows:
            shown = vietnamese.format_decimal(float(points), 2)
            better = sum(1 for _unit, other, _rank in rows if other > points)
            self.assertEqual(rank, 1 + better)
            self.assertRegex(text, rf"{unit} 1 1 {re.escape(shown)}\b")

    def compare_targets(self, text):
        rows = self.count(
            "SELECT d.name->>'vi_VN', d.name->>'en_US', t.figure, (SELECT value FROM emulation_target_progress p "
            "WHERE p.target_id = t.id AND p.state = 'approved' ORDER BY p.date DESC, p.id DESC LIMIT 1) "
            "FROM emulation_target t JOIN hr_department d ON d.id = t.department_id WHERE t.campaign_id = %s",
            self.campaign.id,
        )
        total = sum(row[3] or 0 for row in rows)
        self.assertEqual(total, sum(FIGURES))
        self.assertRegex(text, rf"Sở Thử nghiệm 600 hồ sơ {round(total)} 66,67")
        for translated, name, figure, reached in rows:
            unit = translated or name
            shown = f"{round(reached)} {round(100 * reached / figure)}" if reached else "– –"
            self.assertIn(f"{unit} {round(figure)} hồ sơ {shown}", text)

    def compare_unit_reports(self, asked):
        ((total, received, late),) = self.count(
            "SELECT COUNT(*), COUNT(*) FILTER (WHERE state <> 'owed'), COUNT(*) FILTER (WHERE is_late) "
            "FROM emulation_unit_report WHERE round_id = %s",
            asked.id,
        )
        self.assertEqual((total, received, late), (6, 5, 1))
        text = self.read_paper("hr_emulation.report_round", asked)
        self.assertIn(
            f"Có {total:02d} đơn vị được yêu cầu báo cáo; đã nhận {received:02d} báo cáo, "
            f"trong đó {late:02d} báo cáo nộp muộn. "
            f"Chưa nộp: {UNITS[5]}.",
            text,
        )
        for figure in FIGURES:
            self.assertRegex(text, rf"\b{figure}\b")

    def close(self):
        for head, campaign in zip(self.heads, self.below, strict=True):
            self.call(head, campaign, "action_close")
        self.call(self.user_officer, self.campaign, "action_close")
        self.assertEqual(set((self.campaign | self.below).mapped("state")), {"closed"})
        with self.assertRaises(AssertionError):
            self.call(self.user_officer, self.campaign, "write", {"theme": "Khác"})
