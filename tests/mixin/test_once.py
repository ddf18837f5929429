"""What is asked once within a page is asked anew as soon as something may have been written."""

from unittest.mock import patch

from odoo.tests import tagged

from ...models.mixin import once
from ..helpers.common import EmulationCommon
from ..helpers.portal_common import PortalCommon


@tagged("post_install", "-at_install")
class TestOnce(EmulationCommon):
    def asked(self):
        """Return what a question answers that counts how often it was put."""
        self.times += 1
        return self.times

    def setUp(self):
        super().setUp()
        self.times = 0

    def test_answers_are_kept_while_entered_only(self):
        def ask():
            return once.ask(self.env, "times", self.asked)

        self.assertEqual((ask(), ask()), (1, 2), "nothing is kept outside")
        with once.kept(self.env):
            with once.kept(self.env):
                self.assertEqual((ask(), ask()), (3, 3))
            self.assertEqual(ask(), 3, "who entered first keeps on")
        self.assertEqual(ask(), 4)

    def test_nothing_is_kept_after_an_error(self):
        with self.assertRaises(ZeroDivisionError), once.kept(self.env):
            once.ask(self.env, "times", lambda: 1 / 0)
        self.assertNotIn(once.KEPT, self.env.cr.cache)

    def test_roles_are_asked_once_for_all_verbs_and_of_each_record(self):
        both = self.new_commendation(self.employee_sub) | self.new_commendation(self.employee_unit)
        both = both.with_user(self.user_head)
        with once.kept(self.env):
            first = both[0]._ask_roles()
            with self.assertQueryCount(0):
                self.assertEqual(both[0]._ask_roles(), first)
            self.assertEqual(both._ask_roles(), both._get_roles())
            self.assertEqual(
                both.with_user(self.user_council)._ask_roles(),
                both.with_user(self.user_council)._get_roles(),
                "another user is asked for apart",
            )

    def test_a_verb_asks_once_for_sight_and_once_for_reasons_who_the_user_is(self):
        records = self.env["emulation.commendation"]
        for employee in (self.employee_sub, self.employee_unit, self.employee_portal):
            records |= self.new_commendation(employee, state="submitted")
        users = type(self.env["res.users"])
        original = users._read_emulation_identity
        with patch.object(users, "_read_emulation_identity", autospec=True, side_effect=original) as read:
            for ask in (records._check_all_seen.__func__, lambda seen: seen._get_refused("endorse")):
                read.reset_mock()
                ask(records.with_user(self.user_head))
                asked = [call.args[0].id for call in read.call_args_list]
                self.assertEqual(len(asked), len(set(asked)))
                self.assertIn(self.user_head.id, asked)

    def test_a_head_changed_after_the_buttons_were_shown_counts_at_once(self):
        record = self.new_commendation(self.employee_sub, state="submitted").with_user(self.user_sub_head)
        self.assertTrue(record.can_endorse)
        self.sub_unit.manager_id = self.employee_other
        record.invalidate_recordset()
        self.assertFalse(record.can_endorse)


@tagged("post_install", "-at_install")
class TestOnceInThePortal(PortalCommon):
    def test_answers_are_kept_for_looking_and_not_for_sending(self):
        self.login(self.an)
        with patch.object(once, "keep", wraps=once.keep) as keep:
            self.url_open("/my/emulation")
            self.assertTrue(keep.called)
            keep.reset_mock()
            self.post("/my/emulation/settings/save", {"news": "digest"})
            self.assertFalse(keep.called)
        self.assertEqual(self.an.user_id.emulation_news, "digest")
