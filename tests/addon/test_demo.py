"""What a newcomer finds after `./dev run`. Runs on the demo database only: `./dev test emulation_demo`."""

import base64
import csv

from lxml import etree
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open

PAGE = 80


@tagged("-standard", "emulation_demo", "post_install", "-at_install")
class TestDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        companies = cls.admin.company_ids.ids
        cls.env = cls.env(user=cls.admin, context={"lang": "vi_VN", "allowed_company_ids": companies})

    def test_every_login_opens_a_session_with_its_role(self):
        with file_open("hr_emulation/demo/logins.csv") as logins:
            rows = list(csv.DictReader(logins))
        self.assertGreater(len(rows), 50)
        for row in rows:
            with self.subTest(row["login"]):
                user = self.env["res.users"].search([("login", "=", row["login"])])
                self.assertEqual(user.lang, "vi_VN")
                if ".cong" in row["login"]:
                    self.assertTrue(user.share)
                if ".chuyenvien" in row["login"]:
                    self.assertTrue(user.has_group("hr_emulation.group_emulation_officer"))
                if ".truong" in row["login"]:
                    units = self.env["hr.department"].search([("manager_id.user_id", "=", user.id)])
                    self.assertTrue(units)

    def test_the_passwords_are_those_of_the_list(self):
        user = self.env["res.users"].search([("login", "=", "sct.chuyenvien")])
        env = self.env(user=user)
        credential = {"login": user.login, "password": "demo", "type": "password"}
        self.assertEqual(
            user.with_env(env)._check_credentials(credential, {"interactive": False})["uid"], user.id
        )

    def test_sixty_people_and_headed_units(self):
        employees = self.env["hr.employee"].search(
            [("company_id", "!=", self.env.ref("base.main_company").id)]
        )
        self.assertGreaterEqual(len(employees), 60)
        units = self.env.ref("hr_emulation.company_sct_demo")
        departments = self.env["hr.department"].search([("company_id", "=", units.id)])
        self.assertTrue(all(departments.mapped("manager_id")))

    def test_lai_chau_office(self):
        campaign = self.env.ref("hr_emulation.campaign_c1_demo")
        document = campaign.launch_document_id
        self.assertEqual(str(document.issue_date), "2022-01-17")
        self.assertEqual((campaign.date_start.year, str(campaign.date_end)), (2021, "2025-12-31"))
        self.assertIn("Đoàn kết, kỷ cương, trách nhiệm, đổi mới, sáng tạo thi đua", campaign.theme)
        bases = document.legal_basis_ids
        self.assertLessEqual({"09/CT-UBND", "39/2020/NQ-HĐND"}, set(bases.mapped("number")))
        self.assertEqual(campaign.standing_unit_id.name, "Phòng Hành chính - Tổ chức")
        self.assertEqual(campaign.parent_id.company_id.name, "Ủy ban nhân dân tỉnh Lai Châu")
        self.assertEqual(set(campaign.review_ids.mapped("kind")), {"interim", "final"})
        self.assertIn("tự nguyện", campaign.audience)

    def test_lao_cai_office(self):
        campaign = self.env.ref("hr_emulation.campaign_c2_demo")
        document = campaign.launch_document_id
        self.assertEqual(
            (document._get_document_number(), document.issue_date.year), ("162/VPUBND-TCHC", 2022)
        )
        kinds = {campaign.kind, *campaign.child_ids.mapped("kind")}
        self.assertEqual(kinds, {"regular", "phase", "thematic", "special", "ad_hoc"})
        self.assertIn("100%", " ".join(campaign.content_ids.mapped("description")))
        self.assertIn((3, 5), [(day.date.month, day.date.day) for day in campaign.occasion_ids])

    def test_industry_and_trade(self):
        campaign = self.env.ref("hr_emulation.campaign_c3_demo")
        self.assertEqual(str(campaign.date_end), "2023-10-30")
        self.assertEqual(len(campaign.occasion_ids), 4)
        origins = {str(day) for day in campaign.occasion_ids.mapped("origin_date")}
        self.assertEqual(origins, {"1909-06-28", "1949-10-10", "1953-12-12", "2004-01-01"})
        self.assertEqual(len(campaign.content_ids), 7)
        numbers = set(campaign.launch_document_id.legal_basis_ids.mapped("number"))
        self.assertLessEqual({"1954/UBND-TH", "34-CT/TW", "32-CT/TU"}, numbers)
        self.assertEqual(campaign.standing_unit_id.name, "Văn phòng Sở")
        leaves = campaign.individual_set_id.criterion_ids.filtered(lambda c: c.kind == "quantity")
        self.assertTrue(leaves.filtered("target"))

    def test_quotas_by_occasion_and_of_this_year(self):
        offers = self.env.ref("hr_emulation.campaign_c3_demo").award_line_ids
        self.assertEqual(len(offers.occasion_id), 4)
        self.assertEqual(offers.mapped("quota"), 4 * [5, 2])
        for agency in ("sct", "vplc"):
            campaign = self.env["emulation.campaign"].search(
                [
                    ("company_id", "=", self.env.ref(f"hr_emulation.company_{agency}_demo").id),
                    ("award_line_ids", "!=", False),
                ],
                limit=1,
            )
            for offer in campaign.award_line_ids:
                self.assertTrue(0 < offer.used_count < offer.quota, offer.subject)

    def test_political_school(self):
        campaign = self.env.ref("hr_emulation.campaign_c4_demo")
        document = campaign.launch_document_id
        self.assertEqual((str(document.issue_date), document.place), ("2021-08-24", "Lai Châu"))
        self.assertEqual(
            (document.signer_id.name, document.signer_title), ("Nguyễn Tiến Tăng", "Hiệu trưởng")
        )
        self.assertEqual(document.legal_basis_ids.mapped("number"), ["02/CT-UBND"])
        self.assertEqual(len(campaign.content_ids), 5)
        self.assertEqual(len(document.recipient_lines.splitlines()), 6)
        self.assertIn("Trường CĐCĐ (Trưởng Khối thi đua)", document.recipient_lines)
        self.assertIn("Lưu: VT, TĐKT", document.recipient_lines)
        top = document.point_ids.filtered(lambda point: point.level == 1)
        self.assertEqual(len(top), 5)
        self.assertIn("4 nhiệm vụ đột phá và 4 chương trình trọng điểm", top[1].text)

    def test_every_launch_document_is_numbered_dated_signed_and_sealed(self):
        documents = self.env["emulation.campaign.document"].search([("purpose", "=", "launch")])
        self.assertGreaterEqual(len(documents), 8)
        for document in documents:
            with self.subTest(document.abstract):
                self.assertEqual((document.state, document.document_check), ("issued", "intact"))
                self.assertTrue(document.number and document.issue_date and document.signer_id)
                self.assertTrue(document.legal_basis_ids and document.recipient_lines)
                self.assertLessEqual(document.issue_date, document.campaign_id.date_end)

    def test_bac_lieu(self):
        campaign = self.env.ref("hr_emulation.campaign_c5_demo")
        document = campaign.launch_document_id
        self.assertEqual((document.kind, str(document.issue_date)), ("plan", "2021-03-08"))
        self.assertGreaterEqual(len(campaign.child_ids), 3)
        self.assertEqual(campaign.standing_unit_id.name, "Sở Nội vụ")

    def test_five_years_below_one_campaign(self):
        campaign = self.env.ref("hr_emulation.campaign_c1_demo")
        years = campaign.child_ids.sorted("date_start")
        self.assertEqual([year.date_start.year for year in years], [2021, 2022, 2023, 2024, 2025])
        self.assertEqual(set(years.mapped("state")), {"closed"}, "they end before the one above")
        self.assertTrue(all(years.mapped("participation_ids")))
        own = len(campaign.participation_ids)
        self.assertGreater(campaign.tree_registration_count, own, "the years count above")

    def test_what_was_handed_down_is_taken_up(self):
        for unit in ("snv", "ldld", "tp"):
            campaign = self.env.ref(f"hr_emulation.campaign_c5_{unit}_demo")
            registered = campaign.participation_ids
            self.assertLessEqual({"individual", "collective"}, set(registered.mapped("subject")))
            waiting = registered.filtered(lambda one: one.state != "approved")
            logins = set(waiting.employee_id.user_id.mapped("login"))
            self.assertLessEqual(logins, {"bl.chuyenvien"}, "the officer does not decide on himself")
            self.assertLess(len(waiting), 2)

    def test_somebody_has_left_and_a_ballot_waits(self):
        left = self.env["emulation.participation"].search([("state", "=", "left")])
        self.assertTrue(all(left.mapped("leaving_reason")) and left)
        user = self.env["res.users"].search([("login", "=", "sct.hoidong")])
        sessions = self.env["emulation.session"]
        seats = self.env["emulation.session.attendance"].sudo()
        self.assertTrue(seats.search_count(sessions._open_seat_domain(user)))

    def test_every_step_has_something_to_show(self):
        for model, field, states in (
            ("emulation.campaign", "state", {"launched", "closed"}),
            ("emulation.participation", "state", {"submitted", "approved", "refused"}),
            ("emulation.evaluation", "state", {"draft", "submitted", "verified", "confirmed"}),
            (
                "emulation.commendation",
                "state",
                {"draft", "submitted", "endorsed", "rejected", "withdrawn", "granted", "revoked"},
            ),
            ("emulation.decision", "state", {"issued"}),
            ("emulation.certificate", "state", {"issued", "revoked", "replaced"}),
        ):
            with self.subTest(model):
                found = {state for (state,) in self.env[model]._read_group([], [field])}
                self.assertLessEqual(states, found)

    def test_targets_are_alive(self):
        targets = self.env["emulation.target"].search([])
        self.assertLessEqual({"active", "submitted"}, set(targets.mapped("state")))
        self.assertLessEqual(
            {"green", "none"}, set(targets.filtered(lambda t: t.state == "active").mapped("light"))
        )
        c2 = self.env.ref("hr_emulation.campaign_c2_demo").target_ids
        self.assertIn((100, "%", 100), [(t.figure, t.unit_of_measure, t.percent) for t in c2])
        waiting = self.env["emulation.target.progress"].search([("state", "=", "submitted")])
        self.assertTrue(waiting)

    def test_units_report_in_time_late_and_not_at_all(self):
        reports = self.env["emulation.unit.report"].search([])
        self.assertTrue(reports.filtered(lambda report: report.state == "owed"))
        rounds = self.env["emulation.report.round"].search([("kind", "=", "plan")])
        self.assertEqual(set(rounds.report_ids.mapped("state")), {"accepted"})
        for summary in self.env["emulation.report.round"].search([("state", "=", "issued")]):
            with self.subTest(summary.name):
                self.assertEqual(summary.document_check, "intact")
                self.assertIn("Kết quả nổi bật", summary.summary)

    def test_models_visits_and_news_are_alive(self):
        for model, states in (
            ("emulation.exemplar", {"nominated", "fostered", "published"}),
            ("emulation.inspection", {"draft", "issued"}),
            ("emulation.inspection.finding", {"open", "mended", "settled"}),
            ("emulation.propaganda", {"draft", "published"}),
        ):
            with self.subTest(model):
                found = {state for (state,) in self.env[model]._read_group([], ["state"])}
                self.assertLessEqual(states, found)

    def test_news_and_models_have_pictures(self):
        for model in ("emulation.propaganda", "emulation.exemplar"):
            shown = self.env[model].search([("state", "=", "published")]).filtered("picture")
            with self.subTest(model):
                self.assertTrue(shown)
                self.assertTrue(all(base64.b64decode(one.picture).startswith(b"\x89PNG") for one in shown))

    def test_households_are_scored_by_criteria_of_their_own(self):
        campaign = self.env.ref("hr_emulation.campaign_c5_demo")
        shared = self.env.ref("hr_emulation.criterion_set_bl_household_demo")
        registered = campaign.participation_ids.filtered(lambda one: one.subject == "household")
        sheets = campaign.review_ids.evaluation_ids.filtered(lambda one: one.participation_id in registered)
        self.assertEqual((len(registered), len(sheets)), (3, 3))
        self.assertEqual(sheets.set_id.template_id, shared)
        self.assertEqual(set(sheets.mapped("state")), {"confirmed"})
        self.assertEqual(sorted(sheets.mapped("rank")), [1, 2, 3], "among themselves")
        self.assertEqual(sheets.grade_id.set_id, campaign.household_set_id)

    def test_decisions_add_up_in_figures_and_words(self):
        domain = [("state", "=", "issued"), ("external_issuer", "=", False)]  # not those of imported years
        decisions = self.env["emulation.decision"].search(domain)
        self.assertGreaterEqual(len(decisions), 4)
        for decision in decisions:
            lines = decision.commendation_ids | decision.revoked_commendation_ids
            with self.subTest(decision.abstract):
                self.assertEqual(decision.prize_total, sum(lines.mapped("prize_amount")))
                self.assertTrue(decision.prize_total_words.endswith("đồng"))
                self.assertEqual(decision.document_attachment_id.sudo().raw[:5], b"%PDF-")
                self.assertEqual(decision.document_check, "intact")
                self.assertNotIn("Certificate", str(decision.issued_articles), "printed in Vietnamese")

    def test_a_portal_employee_has_something_to_do_and_to_download(self):
        user = self.env["res.users"].search([("login", "=", "sct.cong1")])
        mine = [("employee_id.user_id", "=", user.id)]
        self.assertTrue(self.env["emulation.participation"].sudo().search(mine))
        granted = self.env["emulation.commendation"].sudo().search([*mine, ("state", "=", "granted")])
        self.assertTrue(granted.certificate_ids)

    def test_something_waits_for_every_portal_login(self):
        with file_open("hr_emulation/demo/logins.csv") as logins:
            names = [row["login"] for row in csv.DictReader(logins) if ".cong" in row["login"]]
        users = self.env["res.users"].search([("login", "in", names)])
        self.assertEqual(len(users), 15)
        seen = set()
        for user in users:
            portal = self.env(user=user)["emulation.portal"]
            person = portal._get_person()
            counts = portal._count(portal._get_waiting(person))
            with self.subTest(user.login):
                self.assertGreater(sum(counts.values()), 1, counts)
            seen |= {what for what, number in counts.items() if number}
            if portal._count({"join": ("emulation.campaign", portal._get_joinable(person))})["join"]:
                seen.add("join")
        self.assertLessEqual(
            {"fill", "to_correct", "vote", "comment", "pass", "verify", "approve", "join"}, seen
        )

    def test_a_board_and_a_story_for_everybody(self):
        agency = self.env.ref("hr_emulation.company_sct_demo")
        self.assertEqual(agency.emulation_honour_board, "public")
        board = self.env["emulation.honour.board"].sudo()
        self.assertTrue(board._get_years(agency.id))
        self.assertTrue(self.env["emulation.exemplar"].search([("state", "=", "published")]))

    def test_every_screen_opens(self):
        actions = self._get_actions()
        self.assertTrue(actions, "the menus lead nowhere")
        for action in actions:
            with self.subTest(action.name, model=action.res_model):
                self._open(action)

    def _get_actions(self):
        root = self.env.ref("hr_emulation.menu_emulation_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        return [m.action for m in menus if m.action and m.action._name == "ir.actions.act_window"]

    def _open(self, action):
        model = self.env[action.res_model]
        views = [(view_id, "list" if kind == "tree" else kind) for view_id, kind in action.views]
        archs = model.get_views(views)["views"]
        records = model.search([], limit=3)
        for kind in ("list", "kanban", "form"):
            if kind in archs:
                spec = self._get_specification(archs[kind]["arch"])
                if kind == "form":
                    records.web_read(spec)
                    if model.has_access("create"):
                        model.onchange({}, [], spec)
                else:
                    model.web_search_read([], spec, limit=PAGE)

    def _get_specification(self, arch):
        fields = etree.fromstring(arch).xpath("//field[not(ancestor::field)]/@name")
        return {name: {} for name in fields}

    def test_ten_years_of_lists_are_stored(self):
        for agency in ("sct", "vplc"):
            company = self.env.ref(f"hr_emulation.company_{agency}_demo")
            imports = self.env["emulation.import"].search([("company_id", "=", company.id)])
            self.assertEqual(set(imports.mapped("kind")), {"award", "rating", "achievement"})
            self.assertEqual(set(imports.mapped("state")), {"done"})
            self.assertFalse(sum(imports.mapped("wrong_count")))
            self.assertTrue(company.emulation_awards_since)

    def test_ten_imported_years_judge_nine_of_ten_titles(self):
        """Titles have standards of law; what a certificate of commendation needs is a judgement of the agency."""
        for agency in ("sct", "vplc"):
            company = self.env.ref(f"hr_emulation.company_{agency}_demo")
            officer = self.env["res.users"].search([("login", "=", f"{agency}.chuyenvien")])
            proposals = self.env["emulation.commendation"].search(
                [
                    ("company_id", "=", company.id),
                    ("import_id", "=", False),
                    ("state", "!=", "draft"),
                    ("award_id.kind", "=", "title"),
                ]
            )
            proposals = proposals.with_user(officer).with_context(allowed_company_ids=company.ids)
            states = proposals.mapped("finding_state")
            with self.subTest(agency=agency):
                self.assertGreater(len(states), 5)
                self.assertLessEqual(states.count("review") * 10, len(states), states)

    def test_histories_begin_in_vietnamese(self):
        records = [name for name in self.env.registry if name.startswith("emulation.")]
        messages = self.env["mail.message"].search([("model", "in", records)])
        self.assertTrue(messages.filtered(lambda one: "Đã được tạo trên hệ thống." in (one.body or "")))
        odd = messages.filtered(lambda one: "created" in (one.body or "") or "được tạo<" in (one.body or ""))
        self.assertFalse(odd.mapped("body"))
