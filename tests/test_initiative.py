import io

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.pdf import PdfReader

from .common import EmulationCommon
from .paper_language import check_paper


@tagged("post_install", "-at_install")
class TestInitiative(EmulationCommon):
    """From the hand-in over the council to the decision, the certificate and eligibility."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"emulation_document_symbol": "STN"})
        cls.officer = cls.env(user=cls.user_officer)
        seats = (cls.employee_head, cls.employee_other_head, cls.employee_council)
        for user in (cls.user_head, cls.user_other_head, cls.user_council):
            user.sudo().group_ids += cls.env.ref("hr_emulation.group_emulation_council")
        cls.council = cls.officer["emulation.council"].create(
            {
                "name": "Hội đồng sáng kiến",
                "kind": "initiative",
                "company_id": cls.company.id,
                "member_ids": [Command.create({"employee_id": employee.id}) for employee in seats],
            }
        )
        cls.env["emulation.initiative.criterion"].search([]).write({"active": False})
        cls.points, cls.harmless = cls.officer["emulation.initiative.criterion"].create(
            [
                {"name": "Hiệu quả", "kind": "points", "most": 100, "company_id": cls.company.id},
                {"name": "Không trái quy định", "kind": "pass", "company_id": cls.company.id},
            ]
        )

    def new_initiative(self, employee=None, **vals):
        record = self.officer["emulation.achievement"].create(
            {
                "recipient_type": "employee",
                "employee_id": (employee or self.employee_unit).id,
                "company_id": self.company.id,
                "kind": "initiative",
                "name": "Số hóa hồ sơ thi đua",
                **vals,
            }
        )
        record._do_submit()
        return record

    def new_session(self, initiatives, **vals):
        return self.officer["emulation.initiative.session"].create(
            {
                "council_id": self.council.id,
                "company_id": self.company.id,
                "item_ids": [
                    Command.create({"achievement_id": item.id, "reach": "province"}) for item in initiatives
                ],
                **vals,
            }
        )

    def mark(self, session, user, points, verdict="pass"):
        marks = (
            self.env["emulation.initiative.mark"].with_user(user).search([("session_id", "=", session.id)])
        )
        self.assertEqual(marks.user_id, user)
        for mark in marks:
            mark.write({"points": points} if mark.kind == "points" else {"verdict": verdict})

    def mark_all(self, session, *points):
        session.action_open()
        for user, number in zip(
            (self.user_head, self.user_other_head, self.user_council), points, strict=False
        ):
            self.mark(session, user, number)

    def test_from_hand_in_to_eligibility(self):
        initiative = self.new_initiative()
        session = self.new_session(initiative)
        self.mark_all(session, 80, 60, 40)
        session.action_close()
        item = session.item_ids
        self.assertEqual(
            (item.outcome, item.agree_count, item.member_count, item.average), ("recognise", 2, 3, 60)
        )
        self.assertEqual(initiative.state, "submitted", "the head recognises, not the council")
        recognition = self.officer["emulation.recognition"].browse(
            session.action_make_recognition()["res_id"]
        )
        with self.assertRaisesRegex(UserError, "signer"):
            recognition.action_issue()
        recognition.write({"signer_id": self.employee_head.id, "issue_date": "2026-01-05", "place": "Hà Nội"})
        with self.allow_pdf_render():
            recognition.with_context(force_report_rendering=True, lang="en_US").action_issue()
            certificates = (
                self.env["ir.actions.report"]
                .with_context(force_report_rendering=True, lang="en_US")
                ._render_qweb_pdf("hr_emulation.action_report_recognition_certificates", recognition.ids)[0]
            )
        self.env.invalidate_all()
        check_paper(self, "recognition", recognition)
        check_paper(self, "recognition_certificates", recognition)
        self.assertEqual(
            (
                initiative.state,
                initiative.reach,
                initiative.recognition_number,
                str(initiative.recognition_date),
            ),
            ("recognised", "province", "01/QĐ-STN", "2026-01-05"),
        )
        self.assertFalse(session._get_to_decide())
        for content in (recognition.document_attachment_id.raw, certificates):
            text = self.read_words(content)
            for words in ("Số hóa hồ sơ thi đua", "Đặng Văn Bình", "cấp tỉnh", "01/QĐ-STN"):
                self.assertIn(words, text)
        self.assertIn("Công nhận 01 sáng kiến", self.read_words(recognition.document_attachment_id.raw))
        self.assertIn("GIẤY CHỨNG NHẬN SÁNG KIẾN", self.read_words(certificates).upper())
        register = self.env.ref("hr_emulation.emulation_initiative_register_action")
        self.assertIn("recognised", register.domain)

    def read_words(self, content):
        return " ".join(
            " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split()
        )

    def test_an_officer_says_nothing_of_the_own_initiative(self):
        """It comes before the council; how far it reaches, and whether it goes back, is another's to say."""
        own = self.new_initiative(self.employee_officer)
        with self.assertRaises(UserError):
            self.new_session(own)  # with a reach
        session = self.officer["emulation.initiative.session"].create(
            {
                "council_id": self.council.id,
                "company_id": self.company.id,
                "item_ids": [Command.create({"achievement_id": own.id})],
            }
        )
        for values in ({"reach": "nation"}, {"needs_change": True}, {"comment": "Tốt"}):
            with self.assertRaises(UserError):
                session.item_ids.write(values)
        session.item_ids.with_user(self.user_admin).write({"reach": "unit"})
        self.assertEqual(session.item_ids.reach, "unit")

    def test_too_few_points_are_refused_with_the_figures(self):
        initiative = self.new_initiative()
        session = self.new_session(initiative)
        self.mark_all(session, 80, 40, 30)
        session.action_close()
        self.assertEqual((session.item_ids.outcome, initiative.state), ("refuse", "refused"))
        self.assertIn("1 of 3 members agree", initiative.refusal_reason)

    def test_closing_costs_the_same_for_many(self):
        self.harmless.active = False  # the ORM stores a hundred rows at a time: one mark a member stays below

        def close(count):
            found = self.officer["emulation.achievement"]
            for number in range(count):
                found |= self.new_initiative(name=f"Giải pháp số {number} của {count}")
            session = self.new_session(found)
            self.mark_all(session, 80, 40, 30)
            back = session.item_ids[: count // 2]
            back.write({"needs_change": True, "comment": "Bổ sung số liệu"})
            self.env.invalidate_all()
            queries = self.count_queries(session.action_close)
            self.assertEqual(back.achievement_id.mapped("return_reason"), ["Bổ sung số liệu"] * len(back))
            refused = (session.item_ids - back).achievement_id
            self.assertTrue(all("1 of 3" in reason for reason in refused.mapped("refusal_reason")))
            self.assertEqual(set(refused.mapped("state")), {"refused"})
            return queries

        close(2)
        self.assertEqual(close(2), close(22))

    def test_a_failed_criterion_outweighs_points(self):
        initiative = self.new_initiative()
        session = self.new_session(initiative)
        session.action_open()
        for user in (self.user_head, self.user_other_head, self.user_council):
            self.mark(session, user, 90, "fail")
        session.action_close()
        self.assertEqual(initiative.state, "refused")

    def test_back_to_the_author_and_in_again(self):
        initiative = self.new_initiative()
        session = self.new_session(initiative)
        session.action_open()
        session.item_ids.write({"needs_change": True, "comment": "Bổ sung số liệu hiệu quả"})
        session.action_close()
        self.assertEqual((initiative.state, initiative.return_reason), ("draft", "Bổ sung số liệu hiệu quả"))
        initiative._do_submit()
        self.mark_all(again := self.new_session(initiative), 80, 80, 80)
        again.action_close()
        self.assertEqual(again.item_ids.outcome, "recognise")

    def test_nobody_closes_before_enough_have_marked(self):
        session = self.new_session(self.new_initiative())
        self.mark_all(session, 80)
        with self.assertRaisesRegex(UserError, "Too few members"):
            session.action_close()

    def test_the_author_has_no_mark(self):
        session = self.new_session(self.new_initiative(self.employee_council))
        session.action_open()
        self.assertEqual(
            session.mark_ids.member_id.employee_id, self.employee_head | self.employee_other_head
        )

    def test_a_mark_is_its_member_s_alone(self):
        session = self.new_session(self.new_initiative())
        session.action_open()
        mark = session.mark_ids.filtered(
            lambda mark: mark.user_id == self.user_head and mark.kind == "points"
        )
        with self.assertRaises(AccessError):
            mark.with_user(self.user_council).points = 10
        with self.assertRaises(UserError):
            mark.with_user(self.user_officer).points = 10
        with self.assertRaises(ValidationError):
            mark.with_user(self.user_head).points = 101
        mark.with_user(self.user_head).points = 0
        self.assertTrue(mark.is_given, "zero points are points")
        with self.assertRaises(UserError):
            mark.with_user(self.user_head).member_id = False

    def test_members_read_what_is_before_their_council(self):
        initiative = self.new_initiative()
        member = initiative.with_user(self.user_council)
        session = self.new_session(initiative)
        with self.assertRaises(AccessError):
            member.read(["name"])
        session.action_open()
        self.env.invalidate_all()
        self.assertEqual(member.name, "Số hóa hồ sơ thi đua")

    def test_the_first_look_recognises_nothing(self):
        self.points.stage = self.harmless.stage = "first"
        initiative = self.new_initiative()
        session = self.new_session(initiative, stage="first")
        self.mark_all(session, 80, 80, 80)
        session.action_close()
        self.assertFalse(session.to_decide_count)
        self.assertEqual(initiative.state, "submitted")

    def test_what_was_not_handed_in_does_not_come_before_the_council(self):
        session = self.new_session(self.new_initiative(kind="achievement"))
        with self.assertRaisesRegex(UserError, "only an initiative"):
            session.action_open()

    def test_given_up_it_is_free_again(self):
        initiative = self.new_initiative()
        self.mark_all(session := self.new_session(initiative), 80, 80, 80)
        session.action_close()
        recognition = self.officer["emulation.recognition"].browse(
            session.action_make_recognition()["res_id"]
        )
        recognition.action_cancel()
        self.assertEqual(session._get_to_decide(), initiative)
