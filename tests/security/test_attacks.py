"""Attempts to certify what never happened, each as the most powerful user who must not; all of them succeeded once."""

import base64
import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...models.mixin.emulation_wizard_mixin import EmulationWizardMixin
from ...models.mixin.naming import check_named
from ..helpers.campaign_common import CampaignCommon
from ..helpers.common import EmulationCommon
from ..helpers.document_common import DocumentCommon
from ..helpers.picture import png

REFUSALS = UserError  # AccessError is one


@tagged("post_install", "-at_install", "security")
class TestConversationIsKept(EmulationCommon):
    """What the log of a record says is neither rewritten nor removed, and nobody speaks in it as another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dossier = cls.new_commendation(cls.employee_sub, state="submitted")
        cls.dossier.with_user(cls.user_officer)._run_verb("return", reason="Thiếu minh chứng")
        cls.log = cls.dossier.message_ids[:1]
        cls.boss = cls.user_admin.partner_id

    def test_nobody_rewrites_or_deletes_the_log(self):
        for user in (self.user_officer, self.user_admin, self.user_proposer):
            log = self.log.with_user(user)
            for deed in (
                lambda log=log: log.write({"body": "Đã bổ sung"}),
                lambda log=log: log.write({"author_id": self.boss.id}),
                lambda log=log: log.write({"date": "2020-01-01"}),
                lambda log=log: log.unlink(),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    deed()
        self.assertIn("Thiếu minh chứng", self.log.body)

    def test_nobody_writes_into_it_from_outside(self):
        values = {"model": self.dossier._name, "res_id": self.dossier.id, "body": "Tôi đồng ý"}
        for user in (self.user_officer, self.user_admin):
            messages = self.env["mail.message"].with_user(user)
            for forged in ({"author_id": self.boss.id}, {"tracking_value_ids": [Command.create({})]}, {}):
                with self.subTest(user=user.login, forged=forged), self.assertRaises(AccessError):
                    messages.create({**values, **forged})

    def test_no_mass_mail_speaks_as_another(self):
        composer = self.env["mail.compose.message"].with_user(self.user_officer)
        mail = composer.create(
            {
                "model": self.dossier._name,
                "res_ids": str(self.dossier.ids),
                "author_id": self.boss.id,
                "email_from": "boss@example.vn",
                "subject": "Ý kiến",
                "body": "Tôi đồng ý",
                "composition_mode": "mass_mail",
                "auto_delete": False,
            }
        )
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            mail._action_send_mail()
        said = self.env["mail.message"].search([("subject", "=", "Ý kiến")])
        self.assertTrue(said)
        self.assertEqual(said.author_id, self.user_officer.partner_id)
        self.assertNotIn("boss@example.vn", said[:1].email_from)

    def test_a_message_says_when_it_was_written_and_what_changed(self):
        own = self.dossier.with_user(self.user_officer)
        message = own.message_post(
            body="Ghi chú", date="2020-01-01 00:00:00", tracking_value_ids=[Command.create({})]
        )
        self.assertEqual(message.date.date(), fields.Date.today())
        self.assertFalse(message.sudo().tracking_value_ids)

    def test_who_follows_a_record_is_known_to_its_readers_alone(self):
        """Odoo shows the followers of anything to every internal user, with their addresses."""
        self.dossier.message_subscribe(partner_ids=[self.boss.id, self.user_foreign_officer.partner_id.id])
        about = [("res_model", "=", self.dossier._name), ("res_id", "=", self.dossier.id)]
        rows = self.env["mail.followers"].search(about)
        seen = self.env["mail.followers"].with_user(self.user_officer).search(about)
        self.assertEqual(seen, rows)
        self.assertIn(self.boss.name, seen.mapped("name"))
        self.assertIn(self.boss, self.dossier.with_user(self.user_officer).message_partner_ids)
        outside = self.env(user=self.user_foreign_officer, context={})
        stranger = outside["mail.followers"]
        own = rows.filtered(lambda row: row.partner_id == self.user_foreign_officer.partner_id)
        self.assertEqual(stranger.search(about), own, "what one follows oneself one knows")
        self.assertEqual(stranger.search_count([*about, ("partner_id", "=", self.boss.id)]), 0)
        with self.assertRaises(AccessError):
            (rows - own).with_env(outside).read(["name", "email"])
        told = self.dossier.with_env(outside).message_get_followers()
        self.assertFalse(told.get("mail.followers"))

    def test_a_comment_is_corrected_by_its_author_alone(self):
        comment = self.dossier.with_user(self.user_proposer).message_post(
            body="Xin xem lại", message_type="comment"
        )
        other = self.dossier.with_user(self.user_admin)
        with self.assertRaises(AccessError):
            other._message_update_content(comment.sudo(), body="Tôi rút")
        own = self.dossier.with_user(self.user_proposer)
        own._message_update_content(comment.with_user(self.user_proposer).sudo(), body="Xin xem lại ạ")
        self.assertIn("Xin xem lại ạ", comment.sudo().body)


@tagged("post_install", "-at_install", "security")
class TestOneselfByAnotherName(DocumentCommon):
    def test_as_an_outside_party(self):
        """An officer entered as a contact is the officer still."""
        officer, contact = self.env(user=self.user_officer), self.user_officer.partner_id
        recipient = {"recipient_type": "partner", "partner_id": contact.id, "subject": "individual"}
        recipient["company_id"] = self.company.id
        with self.assertRaises(AccessError):
            officer["emulation.rating"].create({**recipient, "year": 2025, "rating": "excellent"})
        with self.assertRaises(AccessError):
            officer["emulation.restriction"].create({**recipient, "date_from": "2025-01-01"})
        own = officer["emulation.commendation"].create(
            {**recipient, "award_id": self.document_award.id, "summary": "Việc tốt"}
        )
        own._write_protected({"state": "submitted", "rulebook_id": self.document_book.id})
        for verb in ("action_appraise", "action_reject", "action_return"):
            with self.subTest(verb=verb), self.assertRaisesRegex(UserError, "own matter"):
                getattr(own, verb)()
        self.assertIn(self.user_admin.name, own.next_actors)
        self.assertNotIn(self.user_officer.name, own.next_actors)

    def send(self, employee):
        line = self.env["emulation.commendation"].create(
            {
                "recipient_type": "employee",
                "employee_id": employee.id,
                "award_id": self.document_award.id,
                "company_id": self.company.id,
            }
        )
        line._write_protected({"state": "appraised", "rulebook_id": self.document_book.id})
        submission = (
            self.env["emulation.submission"]
            .with_user(self.user_officer)
            .create(
                {
                    "abstract": "Về việc đề nghị khen thưởng",
                    "addressee": "UBND tỉnh",
                    "signer_id": self.signer.id,
                    "line_ids": [Command.create({"commendation_id": line.id})],
                }
            )
        )
        submission.action_send()
        return submission.line_ids

    def answer(self, line, **vals):
        line.write(
            {"answer": "granted", "external_number": "1/QĐ-UBND", "external_date": "2026-01-15", **vals}
        )
        line.submission_id.action_record_answers()

    def test_another_officer_types_the_answer_to_one_s_own(self):
        line = self.send(self.employee_officer)
        with self.assertRaises(REFUSALS):
            self.answer(line)
        self.answer(line.with_user(self.user_admin))
        self.assertEqual(line.commendation_id.state, "granted")

    def test_the_answer_another_typed_is_not_recorded_by_oneself(self):
        line = self.send(self.employee_officer)
        line.with_user(self.user_admin).write(
            {"answer": "granted", "external_number": "1/QĐ-UBND", "external_date": "2026-01-15"}
        )
        with self.assertRaises(REFUSALS):
            line.submission_id.action_record_answers()
        self.assertEqual(line.commendation_id.state, "forwarded")

    def test_the_only_officer_shows_the_decision(self):
        self.user_admin.group_ids -= self.env.ref("hr_emulation.group_emulation_admin")
        self.user_admin.group_ids -= self.env.ref("hr_emulation.group_emulation_officer")
        line = self.send(self.employee_officer)
        with self.assertRaisesRegex(UserError, "Attach"):
            self.answer(line)
        self.answer(line, scan="JVBERi0xLjQK")
        self.assertEqual(line.commendation_id.state, "granted")

    def test_no_list_puts_somebody_onto_a_decision_issued_here(self):
        decision = self.new_decision(self.new_lines(1)).with_user(self.user_officer)
        decision.action_issue()
        number = f"{decision.number}/{decision.symbol}"
        found = decision._get_external(self.company, number, decision.issue_date, "UBND tỉnh")
        self.assertNotEqual(found, decision)
        self.assertTrue(found.external_issuer)
        again = decision._get_external(self.company, number, decision.issue_date, "UBND tỉnh")
        self.assertEqual(again, found)

    def test_a_contact_of_another_agency_is_not_given_away(self):
        hidden = self.env["res.partner"].create(
            {"name": "Hộ kín", "vat": "VN-THU-1", "company_id": self.other_company.id}
        )
        dialog = self.env["emulation.outsider"].with_user(self.user_officer)
        action = dialog.create({"name": "Hộ của ta", "kind": "household", "vat": "VN-THU-1"}).action_create()
        self.assertNotEqual(action["context"]["default_partner_id"], hidden.id)
        self.assertEqual(action["name"], "Hộ của ta")


@tagged("post_install", "-at_install", "security")
class TestFrozenWhenItCounts(CampaignCommon):
    def test_findings_of_a_recorded_visit(self):
        visit = self.env["emulation.inspection"].create(
            {
                "subject": "Kiểm tra",
                "campaign_id": self.campaign.id,
                "company_id": self.company.id,
                "department_id": self.unit.id,
                "planned_date": fields.Date.today(),
                "finding_ids": [Command.create({"name": "Chưa có sổ"})],
            }
        )
        visit._write_protected({"state": "issued"})
        finding = visit.finding_ids.with_user(self.user_officer)
        for deed in (
            lambda: finding.write({"name": "Không có gì"}),
            lambda: finding.write({"deadline": "2099-01-01"}),
            finding.unlink,
            lambda: finding.create({"inspection_id": visit.id, "name": "Thêm sau khi ký"}),
            lambda: finding.sudo().write({"name": "Không có gì"}),
        ):
            with self.assertRaises(REFUSALS), self.env.cr.savepoint():
                deed()
        self.assertEqual(visit.finding_ids.mapped("name"), ["Chưa có sổ"])
        finding.action_settle()
        self.assertEqual(finding.state, "settled", "its verbs go on")

    def new_block(self):
        block = self.env["emulation.block"].create({"name": "Khối thử", "company_id": self.company.id})
        units = (self.unit, self.sub_unit, self.other_unit)
        members = self.env["emulation.block.member"].create(
            [{"block_id": block.id, "department_id": unit.id} for unit in units]
        )
        year = self.env["emulation.block.year"].create({"block_id": block.id, "year": 2025})
        return members, year

    def test_points_a_member_gave_itself_are_nobody_else_s(self):
        members, year = self.new_block()
        officer = self.env["emulation.block.score"].with_user(self.user_officer)
        values = {"year_id": year.id, "scorer_id": members[0].id, "points": 80}
        own = officer.with_user(self.user_head).create({**values, "member_id": members[2].id})
        entered = officer.create({**values, "member_id": members[1].id})
        self.assertEqual((own.is_own_hand, entered.is_own_hand), (True, False))
        mine = own.with_user(self.user_officer)
        for deed in (
            lambda: mine.write({"points": 1}),
            mine.unlink,
            lambda: year.with_user(self.user_officer).write(
                {"score_ids": [Command.update(own.id, {"points": 1})]}
            ),
            lambda: year.with_user(self.user_officer).unlink(),
        ):
            with self.assertRaises(REFUSALS), self.env.cr.savepoint():
                deed()
        self.assertEqual(own.points, 80)
        entered.with_user(
            self.user_officer
        ).points = 70  # what an officer entered for it, an officer corrects
        with self.assertRaises(AccessError):
            own.with_user(self.user_officer).write({"is_own_hand": False})

    def test_who_was_scored_stays_who_it_was(self):
        members, year = self.new_block()
        self.env["emulation.block.score"].create(
            {"year_id": year.id, "scorer_id": members[0].id, "member_id": members[1].id, "points": 80}
        )
        for member in members[:2].with_user(self.user_officer):
            for values in ({"department_id": self.foreign_unit.id}, {"name": "Đơn vị khác"}):
                with self.subTest(member=member.name), self.assertRaises(REFUSALS):
                    member.write(values)
        members[2].with_user(self.user_officer).name = "Kế toán"
        members[0].with_user(self.user_officer).sequence = 5

    def test_flags_are_as_many_as_when_the_leader_was_acclaimed(self):
        members, year = self.new_block()
        year.block_id.award_id = self.collective_award
        for scorer in members:
            for member in members - scorer:
                self.env["emulation.block.score"].create(
                    {
                        "year_id": year.id,
                        "scorer_id": scorer.id,
                        "member_id": member.id,
                        "points": 90 - member.id % 7,
                    }
                )
        officer = year.with_user(self.user_officer)
        leader = officer.ranking[0][1]
        officer.action_acclaim()
        year.block_id.with_user(self.user_officer).members_per_flag = 1  # a flag for everybody
        self.assertEqual([member.id for member, _award in officer._get_laureates()], [leader])

    def test_a_figure_is_changed_by_who_reported_it(self):
        self.campaign._write_protected({"state": "launched"})
        target = self.env["emulation.target"].create(
            {
                "campaign_id": self.campaign.id,
                "department_id": self.unit.id,
                "name": "Hồ sơ đúng hạn",
                "figure": 100,
                "deadline": "2026-12-31",
                "unit_of_measure": "%",
            }
        )
        target._write_protected({"state": "active"})
        progress = self.env["emulation.target.progress"].with_user(self.user_head)
        entry = progress.create({"target_id": target.id, "value": 40})
        entry._write_protected({"state": "submitted"})
        for user in (self.user_officer, self.user_admin):
            for deed in (
                lambda user=user: entry.with_user(user).write({"value": 100}),
                lambda user=user: entry.with_user(user).unlink(),
            ):
                with self.subTest(user=user.login), self.assertRaises(REFUSALS):
                    deed()
        self.assertEqual(entry.value, 40)

    def test_no_unit_hands_a_campaign_to_another_agency(self):
        self.user_head.company_ids += self.other_company
        head = self.user_head.with_user(self.user_head).env(
            context={"allowed_company_ids": (self.company | self.other_company).ids}
        )
        campaign = self.new_campaign("Của phòng")
        campaign._write_protected({"state": "launched", "owner_unit_id": self.unit.id})
        push = head["emulation.campaign.push"].create(
            {"campaign_id": campaign.id, "company_ids": [Command.set(self.other_company.ids)]}
        )
        with self.assertRaises(AccessError):
            push.action_push()
        self.assertFalse(campaign.child_ids)


@tagged("post_install", "-at_install", "security")
class TestStoryNeedsItsPerson(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.story = cls.env["emulation.exemplar"].create(
            {
                "name": "Người giữ lửa",
                "story": "Mười năm không trễ hạn.",
                "employee_id": cls.employee_portal.id,
                "company_id": cls.company.id,
            }
        )
        cls.officer = cls.story.with_user(cls.user_officer)
        cls.officer.action_foster()

    def agree(self):
        self.story.with_user(self.user_portal).sudo()._do_agree()  # as the portal does it

    def test_nobody_types_the_consent_of_who_can_give_it(self):
        for values in ({"consent_date": self.today}, {"consent_until": "2099-01-01"}):
            with self.assertRaises(REFUSALS):
                self.officer.write(values)
        with self.assertRaises(REFUSALS):
            self.officer.create(
                {
                    "name": "Khác",
                    "story": "Khác",
                    "employee_id": self.employee_portal.id,
                    "company_id": self.company.id,
                    "consent_date": self.today,
                }
            )
        self.story._write_protected({"consent_date": self.today})  # typed before there was an account
        with self.assertRaisesRegex(UserError, "consent"):
            self.officer.action_publish()
        with self.assertRaises(REFUSALS):
            self.officer.action_agree()
        with self.assertRaises(AccessError):
            self.officer.sudo()._do_agree()

    def test_taken_back_it_is_told_again_only_with_a_new_consent(self):
        self.agree()
        self.officer.action_publish()
        self.assertEqual(self.story.consent_date, self.today)
        self.story.with_user(self.user_portal).sudo()._do_withdraw_consent()
        self.assertEqual((self.story.state, self.story.consent_date), ("withdrawn", False))
        log = self.env["emulation.consent"].search([("exemplar_id", "=", self.story.id)], order="id")
        self.assertEqual(log.mapped("is_given"), [True, False])
        self.assertEqual(log.user_id, self.user_portal)
        self.assertTrue(all(log.mapped("wording")))
        for deed in (
            lambda: self.officer.write({"consent_date": self.today}),
            self.officer.action_publish,
            lambda: log.with_user(self.user_admin).unlink(),
            lambda: log.with_user(self.user_admin).write({"is_given": True}),
        ):
            with self.assertRaises(REFUSALS):
                deed()
        self.agree()
        self.officer.action_publish()
        self.assertEqual(self.story.state, "published")

    def test_another_story_than_agreed_to_is_not_told(self):
        for values in (
            {"story": "Người này nhận lỗi."},
            {"name": "Kẻ có lỗi"},
            {"video_url": "https://x.vn/phim"},
        ):
            self.agree()
            self.officer.write(values)
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "consent"):
                self.officer.action_publish()

    def test_who_has_no_account_agrees_on_paper(self):
        story = self.story.copy({"employee_id": self.employee_sub.id}).with_user(self.user_officer)
        story.consent_date = self.today - timedelta(days=1)
        story.action_publish()
        self.assertEqual(story.state, "published")


@tagged("post_install", "-at_install", "security")
class TestMarksOfInitiatives(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.env(user=cls.user_officer)
        cls.env["emulation.initiative.criterion"].search([]).write({"active": False})
        cls.points = cls.officer["emulation.initiative.criterion"].create(
            {"name": "Hiệu quả", "kind": "points", "most": 100, "company_id": cls.company.id}
        )
        for user in (cls.user_head, cls.user_other_head):
            user.group_ids += cls.env.ref("hr_emulation.group_emulation_council")
        cls.council = cls.officer["emulation.council"].create(
            {
                "name": "Hội đồng sáng kiến",
                "kind": "initiative",
                "company_id": cls.company.id,
                "quorum": 66,
                "member_ids": [
                    Command.create({"employee_id": employee.id})
                    for employee in (cls.employee_head, cls.employee_other_head, cls.employee_council)
                ],
            }
        )

    def open_session(self, **recipient):
        initiative = self.officer["emulation.achievement"].create(
            {
                **(recipient or {"recipient_type": "employee", "employee_id": self.employee_unit.id}),
                "company_id": self.company.id,
                "kind": "initiative",
                "name": "Số hóa",
            }
        )
        initiative._do_submit()
        session = self.officer["emulation.initiative.session"].create(
            {
                "council_id": self.council.id,
                "company_id": self.company.id,
                "item_ids": [Command.create({"achievement_id": initiative.id, "reach": "unit"})],
            }
        )
        session.action_open()
        return session

    def test_what_marks_are_given_by_stays(self):
        self.open_session()
        for values in ({"most": 10}, {"kind": "pass"}, {"name": "Khác"}, {"stage": "first"}):
            with self.subTest(values=values), self.assertRaises(REFUSALS):
                self.points.write(values)
        self.points.active = False

    def test_nobody_sits_down_on_another_s_seat(self):
        session = self.open_session()
        seat = self.council.member_ids[0].with_user(self.user_officer)
        with self.assertRaises(REFUSALS):
            seat.write({"employee_id": self.employee_officer.id})
        seat.sudo().employee_id.user_id = False
        self.employee_officer.user_id = False
        self.env.flush_all()
        seat.sudo().employee_id.user_id = self.user_officer  # the account behind the seat changes
        marks = session.sudo().mark_ids.filtered(lambda mark: mark.member_id == seat)
        self.assertEqual(marks.user_id, self.user_head, "as the marking was opened")
        with self.assertRaises(AccessError):
            marks.with_user(self.user_officer).write({"points": 100})

    def test_the_quorum_is_the_one_of_the_opening(self):
        session = self.open_session()
        self.council.with_user(self.user_officer).quorum = 0
        one = session.sudo().mark_ids[:1]
        one.with_user(one.user_id).write({"points": 100})
        with self.assertRaisesRegex(UserError, "Too few"):
            session.action_close()

    def test_who_heads_the_unit_does_not_mark_its_initiative(self):
        session = self.open_session(recipient_type="department", department_id=self.unit.id)
        self.assertNotIn(self.user_head, session.sudo().mark_ids.user_id)
        self.assertEqual(len(session.sudo().mark_ids), 2)

    def test_a_council_that_marked_stays_with_its_agency(self):
        self.open_session()
        with self.assertRaises(UserError):
            self.council.sudo().company_id = self.other_company


@tagged("post_install", "-at_install", "security")
class TestRestrictionLeavesATrace(EmulationCommon):
    def test_who_changed_or_deleted_it(self):
        """A discipline that was there while a dossier was judged is not made away with unseen."""
        restriction = self.env["emulation.restriction"].create(
            {"employee_id": self.employee_sub.id, "date_from": "2025-01-01", "company_id": self.company.id}
        )
        number, own = restriction.id, restriction.with_user(self.user_officer)
        own.read(["reason"])
        own.date_from = "2019-01-01"
        own.unlink()
        log = self.env["emulation.restriction.reading"].search([("restriction_number", "=", number)])
        self.assertEqual(set(log.mapped("what")), {"read", "changed", "deleted"})
        self.assertEqual(log.user_id, self.user_officer)
        for user in (self.user_officer, self.user_admin):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                log.with_user(user).unlink()


@tagged("post_install", "-at_install", "security")
class TestFormTellsNothing(EmulationCommon):
    def test_a_form_answers_nothing_about_who_is_not_to_be_seen(self):
        """Whoever counts ids of employees up would read the names and units of every agency."""
        stranger = self.new_employee("Người nơi khác", self.foreign_unit, self.user_foreign_officer)
        asked = {"display_name": {}, "search_key": {}, "unit_id": {"fields": {"display_name": {}}}}
        for model in ("emulation.commendation", "emulation.achievement"):
            form = self.env(user=self.user_proposer, context={})[model]
            values = {"recipient_type": "employee"}
            for field_names in (["employee_id"], []):
                for said in (stranger.id, {"id": stranger.id}):
                    with self.subTest(model=model, said=said), self.assertRaises(AccessError):
                        form.onchange({**values, "employee_id": said}, field_names, asked)
            values["employee_id"] = self.employee_other.id
            told = form.onchange(values, ["employee_id"], asked)["value"]
            self.assertIn("search_key", told, "a colleague is seen")
        plan = self.env(user=self.user_officer, context={})["emulation.decision"]
        line = Command.create({"employee_id": stranger.id, "recipient_type": "employee"})
        with self.assertRaises(AccessError):
            plan.onchange({"commendation_ids": [line]}, ["commendation_ids"], {"commendation_ids": {}})
        for said in ([stranger.id], [[4, stranger.id]], [[6, 0, [stranger.id]]]):
            with self.subTest(said=said), self.assertRaises(AccessError):
                check_named(
                    self.env(user=self.user_officer)["emulation.campaign"], [{"audience_employee_ids": said}]
                )

    def test_forms_that_are_thrown_away_work_with_the_rights_of_their_user(self):
        """A related field, and a stored one that is computed, are worked out in superuser mode unless they say no."""
        forms = [
            self.env[name]
            for name in sorted(self.env.registry)
            if self.env[name]._transient and name.startswith("emulation.")
        ]
        self.assertGreater(len(forms), 20)
        for form in forms:
            with self.subTest(form=form._name):
                self.assertIsInstance(form, EmulationWizardMixin)
                for field in form._fields.values():
                    self.assertFalse((field.compute or field.related) and field.compute_sudo, field)

    def test_forms_that_are_thrown_away_name_what_their_user_reads(self):
        theirs, own = self.env["emulation.decision"].create(
            [{"company_id": company.id} for company in (self.other_company, self.company)]
        )
        forms = self.env(user=self.user_officer, context={})["emulation.decision.issue"]
        form, values = forms.create({"decision_id": own.id}), {"decision_id": theirs.id}
        for ask in (
            lambda: forms.create(values),
            lambda: form.write(values),
            lambda: forms.onchange(values, [], {"decision_id": {"fields": {"display_name": {}}}}),
        ):
            with self.assertRaises(AccessError):
                ask()


@tagged("post_install", "-at_install", "security")
class TestPictures(EmulationCommon):
    def test_a_picture_is_a_picture(self):
        """Odoo keeps what begins like a page as it is, and an administrator's browser would run it."""
        campaign = self.env["emulation.campaign"].create({"name": "Thử", "company_id": self.company.id})
        values = {"name": "Thử", "company_id": self.company.id, "campaign_id": campaign.id}
        about = {"recipient_type": "employee", "employee_id": self.employee_sub.id, "story": "Thử"}
        for model, more in (("emulation.exemplar", about), ("emulation.propaganda", {})):
            records = self.env[model].with_user(self.user_officer)
            for content in (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"<html></html>"):
                with self.subTest(model=model, content=content), self.assertRaises(ValidationError):
                    records.create({**values, **more, "picture": base64.b64encode(content)})
            self.assertTrue(records.create({**values, **more, "picture": png()}).picture)


@tagged("post_install", "-at_install", "security")
class TestJson2(EmulationCommon, HttpCase):
    """The newest door: keys of programs (/json/2)."""

    def ask(self, user, model, method, **params):
        key = (
            self.env["res.users.apikeys"]
            .with_user(user)
            .sudo()
            ._generate("rpc", "Thử", fields.Datetime.add(fields.Datetime.now(), days=1))
        )
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(params),
            headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
        )

    def test_it_is_no_way_round(self):
        dossier = self.new_commendation(self.employee_sub, state="submitted")
        forged = {"state": "granted", "prize_amount": 99_999_999}
        born = self.prepare_commendation(self.employee_other)
        name = dossier._name
        with mute_logger("odoo.http"):
            for method, params in (
                ("write", {"ids": dossier.ids, "vals": forged}),
                ("create", {"vals_list": [{**born, **forged}]}),
                ("copy", {"ids": dossier.ids, "default": forged}),
                ("_write_protected", {"ids": dossier.ids, "vals": forged}),
                ("_do_appraise", {"ids": dossier.ids}),
                ("write", {"ids": dossier.ids, "vals": forged, "context": {"emulation_seal": True}}),
            ):
                with self.subTest(method=method):
                    self.ask(self.user_officer, name, method, **params)
            self.ask(
                self.user_officer,
                name,
                "create",
                vals_list=[born],
                context={f"default_{field}": value for field, value in forged.items()},
            )
        self.env.invalidate_all()
        every = self.env[name].search([("company_id", "=", self.company.id)])
        self.assertEqual(dossier.state, "submitted")
        self.assertGreater(len(every), 1, "the door itself is open")
        self.assertLessEqual(set(every.mapped("state")), {"draft", "submitted"})
        self.assertFalse(any(every.mapped("prize_amount")))


@tagged("post_install", "-at_install", "security")
class TestRuleChangedMeanwhile(EmulationCommon):
    def test_a_rule_bent_for_a_dossier_is_in_its_log(self):
        """An administrator may correct a rule; nobody does it unseen while a dossier is judged by it."""
        rule = self.rulebook.award_rule_ids.filtered(lambda rule: rule.award_id == self.award)
        waiting = self.new_commendation(self.employee_sub, state="submitted")
        over = self.new_commendation(self.employee_other, state="rejected", summary="Khác")
        told = len(over.message_ids)
        bent = rule.with_user(self.user_admin)
        bent.needs_council = not rule.needs_council
        self.assertIn("TEST", waiting.message_ids[:1].body)
        self.assertIn("vote of the council", waiting.message_ids[:1].body)
        self.assertEqual(waiting.message_ids[:1].author_id, self.user_admin.partner_id)
        condition = bent.requirement_ids.create(
            {"award_rule_id": rule.id, "name": "Đủ hai năm", "kind": "judgement"}
        )
        self.assertIn("Đủ hai năm", waiting.message_ids[:1].body)
        count = len(waiting.message_ids)
        condition.unlink()
        self.assertEqual((len(waiting.message_ids), len(over.message_ids)), (count + 1, told))
