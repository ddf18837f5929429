from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ...models.mixin import emulation_job
from ..helpers.campaign_common import CampaignCommon
from ..helpers.race_common import RaceCase


@tagged("post_install", "-at_install")
class TestPieces(CampaignCommon):
    """Work on thousands of rows is done in pieces: seen, stopped, gone on with, told when it is finished."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.with_user(cls.user_officer).action_launch()
        cls.people = cls.env["hr.employee"].union(
            *(cls.new_employee(f"Người Thứ {number}", cls.unit) for number in range(5))
        )
        cls.startClassPatcher(patch.object(emulation_job, "AT_ONCE", 2))
        cls.startClassPatcher(patch.object(emulation_job, "PIECE", 2))

    def prepare_round(self):
        for person in self.people:
            self.register(person)
        review = self.env["emulation.review"].create(
            {
                "name": "Tổng kết",
                "campaign_id": self.campaign.id,
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
            }
        )
        return review.with_user(self.user_officer)

    def work(self, job):
        """Do one piece as the scheduled job does."""
        goes_on = job.sudo()._do_piece()
        self.env.flush_all()
        self.env.invalidate_all()
        return goes_on

    def get_told(self, job):
        """Return what who started it was told."""
        message = self.env["mail.message"].search([("model", "=", job._name), ("res_id", "=", job.id)])
        self.assertEqual(message.notified_partner_ids, self.user_officer.partner_id)
        return message.body

    def test_a_round_is_opened_in_pieces(self):
        review = self.prepare_round()
        review.action_open()
        job = review.job_id
        self.assertEqual((review.state, len(review.evaluation_ids)), ("open", 0))
        self.assertEqual((job.state, job.total, job.user_id), ("waiting", 5, self.user_officer))
        self.assertTrue(self.work(job))
        self.assertEqual((len(review.evaluation_ids), review.job_progress), (2, 40))
        self.assertIn("40 %", review._get_refused("close")[review.id])
        review.action_open()
        self.assertEqual(review.job_id, job, "what is under way is not begun twice")
        self.assertTrue(self.work(job))
        self.assertFalse(self.work(job))
        self.assertFalse(review.job_id)
        self.assertEqual((job.state, job.progress, job.skipped_count), ("done", 100, 0))
        sheets = review.evaluation_ids
        self.assertEqual(sheets.employee_id, self.people)
        self.assertEqual({len(sheet.score_ids) for sheet in sheets}, {4})
        self.assertEqual(sheets[0].create_uid, self.user_officer)
        self.assertIn("5 rows", self.get_told(job))

    def test_a_piece_done_twice_changes_nothing(self):
        review = self.prepare_round()
        review.action_open()
        self.work(review.job_id)
        again = review._work_open(review.job_id.sudo().record_ids[:2])
        self.assertEqual((len(review.evaluation_ids), len(again)), (2, 2))

    def test_stopped_it_keeps_what_is_done_and_goes_on(self):
        review = self.prepare_round()
        review.action_open()
        job = review.job_id
        self.work(job)
        review.action_stop_job()
        self.assertFalse(self.work(job))
        self.assertEqual((review.job_state, len(review.evaluation_ids)), ("stopped", 2))
        review.action_resume_job()
        while self.work(job):
            pass
        self.assertEqual((job.state, len(review.evaluation_ids)), ("done", 5))

    def test_what_was_stopped_is_asked_for_anew(self):
        review = self.prepare_round()
        review.action_open()
        self.work(review.job_id)
        self.work(review.job_id)
        review.action_stop_job()
        review.action_open()
        self.assertFalse(review.job_id, "one was left: done at once")
        self.assertEqual(len(review.evaluation_ids), 5)

    def test_what_fails_is_told_and_can_go_on(self):
        review = self.prepare_round()
        review.action_open()
        job = review.job_id
        with patch.object(type(review), "_work_open", side_effect=UserError("Hết chỗ")):
            self.assertFalse(self.work(job))
        self.assertEqual((review.job_state, review.job_problem), ("failed", "Hết chỗ"))
        self.assertIn("Hết chỗ", self.get_told(job))
        job.action_resume()
        self.assertTrue(self.work(job))

    def test_who_may_no_more_is_stopped(self):
        """The job does nothing its asker may not do at the time."""
        review = self.prepare_round()
        review.action_open()
        job = review.job_id
        self.user_officer.group_ids -= self.env.ref("hr_emulation.group_emulation_officer")
        self.assertFalse(self.work(job))
        self.assertEqual((job.sudo().state, job.sudo().done_count), ("failed", 0))

    def test_thousands_are_registered_in_pieces(self):
        self.register(self.people[0])
        wizard = self.env["emulation.mass.registration"].with_user(self.user_officer)
        form = Form(wizard.with_context(default_campaign_id=self.campaign.id))
        form.department_ids.add(self.unit)
        form.is_approved = True
        count = form.found_count
        action = form.save().action_register()
        job = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((self.campaign.job_id, job.total), (job, count))
        while self.work(job):
            pass
        registrations = self.campaign.participation_ids
        self.assertEqual((len(registrations), job.skipped_count), (count, 1))
        self.assertEqual(set(registrations.mapped("state")), {"approved"})
        self.assertLessEqual(self.people, registrations.employee_id)

    def test_who_sees_and_stops_it(self):
        review = self.prepare_round()
        review.action_open()
        job = review.job_id
        with self.assertRaises(AccessError):
            job.with_user(self.user_head).action_stop()
        with self.assertRaises(AccessError):
            job.with_user(self.user_officer).write({"state": "done"})
        self.assertEqual(review.with_user(self.user_head).job_progress, 0, "how far it is may be seen")
        job.with_user(self.user_admin).action_stop()
        self.assertEqual(job.state, "stopped")


@tagged("post_install", "-at_install")
class TestVerbInPieces(CampaignCommon):
    """A button pressed on a list of thousands is done in pieces, by the rights of who pressed it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.with_user(cls.user_officer).action_launch()
        people = [cls.new_employee(f"Người Thứ {number}", cls.unit) for number in range(5)]
        cls.rows = cls.register(cls, *people, state="submitted")
        cls.startClassPatcher(patch.object(emulation_job, "AT_ONCE", 2))
        cls.startClassPatcher(patch.object(emulation_job, "PIECE", 2))

    def press(self, user=None, verb="approve"):
        action = getattr(self.rows.with_user(user or self.user_officer), f"action_{verb}")()
        self.assertEqual(action["res_model"], "emulation.job")
        return self.env["emulation.job"].browse(action["res_id"])

    def finish(self, job):
        while job.sudo()._do_piece():
            self.env.flush_all()
            self.env.invalidate_all()

    def test_it_is_done_in_pieces_in_the_name_of_who_pressed(self):
        job = self.press()
        self.assertEqual((job.total, set(self.rows.mapped("state"))), (5, {"submitted"}))
        self.assertEqual(job.name, "Approve: Registration")
        self.assertTrue(job.sudo()._do_piece())
        self.assertEqual(self.rows.mapped("state"), ["approved"] * 2 + ["submitted"] * 3)
        self.finish(job)
        self.assertEqual(set(self.rows.mapped("state")), {"approved"})
        self.assertEqual(
            self.rows.message_ids.filtered("tracking_value_ids")[0].author_id, self.user_officer.partner_id
        )
        self.assertEqual((job.state, job.skipped_count, job.left_out), ("done", 0, False))

    def test_what_cannot_go_is_left_out_and_said_by_reason(self):
        job = self.press()
        self.rows[3].with_user(self.user_officer)._do_approve()
        self.rows[4]._with_seal().unlink()
        gone, moved = self.rows[4], self.rows[3]
        self.finish(job)
        self.assertEqual((job.state, job.skipped_count), ("done", 2))
        self.assertCountEqual(job.left_out.values(), [[moved.id], [gone.id]])
        result = job.with_user(self.user_officer).action_show_left_out()
        shown = self.env["emulation.bulk.result"].browse(result["res_id"])
        self.assertEqual((shown.done_count, shown.skipped_count, len(shown.line_ids)), (3, 2, 2))

    def test_pressed_twice_nothing_is_done_twice(self):
        first, second = self.press(), self.press()
        for job in (first, second):
            self.finish(job)
        self.assertEqual((first.skipped_count, second.skipped_count), (0, 5))
        self.assertEqual(set(self.rows.mapped("state")), {"approved"})

    def test_who_may_not_moves_nothing(self):
        """The most powerful who must not: an officer of another agency, and one who is an officer no more."""
        with self.assertRaises(AccessError):
            self.press(self.user_foreign_officer)
        job = self.press()
        self.user_officer.group_ids -= self.env.ref("hr_emulation.group_emulation_officer")
        self.finish(job)
        self.assertEqual(set(self.rows.mapped("state")), {"submitted"})

    def test_who_left_meanwhile_does_nothing_more(self):
        job = self.press()
        self.assertTrue(job.sudo()._do_piece())
        self.user_officer.active = False
        self.finish(job)
        self.assertEqual(self.rows.mapped("state"), ["approved"] * 2 + ["submitted"] * 3)
        self.assertEqual((job.state, job.done_count), ("failed", 2))

    def test_a_reason_goes_with_it(self):
        action = self.rows.with_user(self.user_officer).action_refuse()
        dialog = self.env["emulation.reason.wizard"].with_user(self.user_officer)
        dialog = dialog.with_context(**action["context"]).create({"reason": "Chưa đủ hồ sơ"})
        job = self.env["emulation.job"].browse(dialog.action_confirm()["res_id"])
        self.finish(job)
        self.assertEqual(set(self.rows.mapped("state")), {"refused"})
        self.assertIn("Chưa đủ hồ sơ", "".join(self.rows.message_ids.mapped("body")))

    def test_it_is_named_in_the_words_of_the_screen(self):
        self.rows = self.rows.with_context(lang="vi_VN")
        self.assertEqual(self.press().name, "Duyệt: Đăng ký thi đua")

    def test_nobody_else_learns_what_was_chosen(self):
        job = self.press()
        for user in (self.user_head, self.user_foreign_officer):
            with self.assertRaises(AccessError):
                job.with_user(user).read(["record_ids", "left_out"])
        with self.assertRaises(AccessError):
            job.with_user(self.user_officer).write({"arguments": {"verb": "approve"}})


@tagged("post_install", "-at_install")
class TestPiecesRace(RaceCase):
    """The scheduled job commits each piece; it is stopped from elsewhere in the middle of one."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(emulation_job, "AT_ONCE", 0))
        self.startPatcher(patch.object(emulation_job, "PIECE", 2))
        with self.connection() as env:
            campaign = env["emulation.campaign"].create({"name": "Phong trào đo"})
            job, _done = campaign._do_in_pieces("register", [1, 2, 3, 4, 5, 6], model="hr.employee")
            self.campaign_id, self.job_id = campaign.id, job.id
        self.addCleanup(self.clean_up)

    def clean_up(self):
        with self.connection() as env:
            self.get_job(env)._with_seal().unlink()
            env["ir.cron.trigger"].search([("cron_id", "=", env.ref(emulation_job.CRON).id)]).unlink()
            env["emulation.campaign"].browse(self.campaign_id)._with_seal().unlink()

    def get_job(self, env):
        return env["emulation.job"].browse(self.job_id)

    def run_job(self, stop_at):
        """Run the scheduled job; while a piece is worked on, another connection stops the job."""
        done = []

        def work(campaign, ids, **_arguments):
            campaign.theme = f"{ids}"
            done.append(ids)
            if ids == stop_at and done.count(ids) == 1:
                with self.connection() as env:
                    self.get_job(env).action_stop()
            return []

        campaigns = self.registry["emulation.campaign"]
        with self.connection() as env, patch.object(campaigns, "_work_register", work):
            env["emulation.job"]._cron_work()
        return done

    def read(self):
        with self.connection() as env:
            job, campaign = self.get_job(env), env["emulation.campaign"].browse(self.campaign_id)
            return job.state, job.done_count, campaign.theme

    def test_stopped_in_the_middle_of_a_piece_and_gone_on_with(self):
        done = self.run_job(stop_at=[3, 4])
        self.assertEqual(done, [[1, 2], [3, 4]])
        self.assertEqual(self.read(), ("stopped", 2, "[1, 2]"), "the piece that was overtaken leaves nothing")
        with self.connection() as env:
            self.get_job(env).action_resume()
        self.assertEqual(self.run_job(stop_at=None), [[3, 4], [5, 6]])
        self.assertEqual(self.read(), ("done", 6, "[5, 6]"))
