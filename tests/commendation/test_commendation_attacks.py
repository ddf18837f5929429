"""What a hostile user tries over JSON-RPC."""

from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..helpers.common import EmulationCommon


@tagged("post_install", "-at_install", "security")
class TestCommendationAttacks(EmulationCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.commendation = self.new_commendation(self.employee_sub)

    def attack(self, user, method, *args, model="emulation.commendation", **kwargs):
        """Call ``method`` as ``user`` and insist that it is refused."""
        self.authenticate(user.login, user.login)
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request("/web/dataset/call_kw", params)
        self.env.invalidate_all()

    def ask(self, user, method, *args, model="emulation.commendation", **kwargs):
        self.authenticate(user.login, user.login)
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        return self.make_jsonrpc_request("/web/dataset/call_kw", params)

    def test_forged_state_decision_and_finding(self):
        decision = self.new_decision()
        for vals in (
            {"state": "granted"},
            {"decision_id": decision.id},
            {"finding_snapshot": {"verdict": "met"}},
            {"finding_state": "met"},
            {"prize_amount": 1},
            {"needs_endorsement": False},
            {"proposer_id": self.user_officer.id},
        ):
            for user in (self.user_proposer, self.user_officer, self.user_admin):
                with self.subTest(user=user.login, **vals):
                    self.attack(user, "write", self.commendation.ids, vals)
                    self.attack(
                        user,
                        "write",
                        self.commendation.ids,
                        vals,
                        context={"emulation_seal": "x", "su": True},
                    )
        self.assertEqual(self.commendation.state, "draft")
        self.assertFalse(self.commendation.decision_id)

    def test_born_granted(self):
        vals = self.prepare_commendation(self.employee_sub, state="granted")
        self.attack(self.user_proposer, "create", [vals])
        vals.pop("state")
        forged = {"default_state": "granted", "default_prize_amount": 99_999_999, "default_vote_passed": True}
        for user in (self.user_proposer, self.user_officer, self.user_admin):
            born = self.ask(user, "create", [vals], context=forged)
            record = self.env["emulation.commendation"].browse(born)
            self.assertEqual((record.state, record.prize_amount, record.vote_passed), ("draft", 0, False))

    def test_deeds_are_not_callable(self):
        for method in (
            "_do_grant",
            "_do_endorse",
            "_do_appraise",
            "_write_protected",
            "_with_seal",
            "_run_verb",
        ):
            with self.subTest(method=method):
                self.attack(self.user_admin, method, self.commendation.ids)
        self.assertEqual(self.commendation.state, "draft")

    def test_proposing_for_another_company(self):
        vals = self.prepare_commendation(self.employee_foreign, rulebook_id=False)
        self.attack(self.user_proposer, "create", [vals])
        vals["company_id"] = self.company.id
        self.attack(self.user_proposer, "create", [vals])

    def test_proposing_in_another_name(self):
        vals = self.prepare_commendation(self.employee_sub, proposer_id=self.user_head.id)
        self.attack(self.user_proposer, "create", [vals])

    def test_approving_ones_own(self):
        own = self.new_commendation(self.employee_sub_head, state="submitted")
        self.attack(self.user_sub_head, "action_endorse", own.ids)
        officers_own = self.new_commendation(self.employee_officer, state="endorsed")
        self.attack(self.user_officer, "action_appraise", officers_own.ids)
        self.assertEqual((own.state, officers_own.state), ("submitted", "endorsed"))

    def test_borrowing_a_friendly_unit(self):
        """A proposer who points the draft at another unit does not choose his approver by it."""
        self.attack(self.user_proposer, "write", self.commendation.ids, {"unit_id": self.other_unit.id})
        self.commendation.with_user(self.user_proposer).action_submit()
        self.assertEqual(self.commendation.unit_id, self.sub_unit)
        self.attack(self.user_other_head, "action_endorse", self.commendation.ids)
        self.assertEqual(self.commendation.state, "submitted")

    def test_replaying_an_approval(self):
        self.walk(self.commendation, "submitted")
        self.ask(self.user_sub_head, "action_endorse", self.commendation.ids)
        self.attack(self.user_sub_head, "action_endorse", self.commendation.ids)
        steps = self.commendation.message_ids.tracking_value_ids.mapped("new_value_char")
        self.assertEqual(steps.count("Endorsed"), 1)

    def test_reusing_the_dialog_for_another_record(self):
        self.walk(self.commendation, "appraised")
        foreign = self.new_commendation(
            self.employee_foreign,
            user=self.user_foreign_officer,
            award=self.new_award("TEST-KHAC", company_id=self.other_company.id),
            rulebook_id=False,
        )
        self.walk(foreign, "submitted")
        vals = {
            "verb": "reject",
            "reason": "x",
            "res_model": "emulation.commendation",
            "res_ids": foreign.ids,
        }
        for user in (self.user_proposer, self.user_head, self.user_officer):
            self.refuse_dialog(user, vals)
        self.assertEqual(foreign.state, "submitted")
        for verb, user in (
            ("return", self.user_proposer),
            ("reject", self.user_head),
            ("return", self.user_head),
        ):
            self.refuse_dialog(
                user,
                {
                    "verb": verb,
                    "reason": "x",
                    "res_model": "emulation.commendation",
                    "res_ids": self.commendation.ids,
                },
            )
        self.assertEqual(self.commendation.state, "appraised")

    def refuse_dialog(self, user, vals):
        """The dialog is only a form: filling it in gives nobody a right he has not."""
        model = "emulation.reason.wizard"
        self.authenticate(user.login, user.login)
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            wizard = self.ask(user, "create", [vals], model=model)
            self.ask(user, "action_confirm", wizard, model=model)
        self.env.invalidate_all()

    def test_mass_write(self):
        others = self.new_commendation(self.employee_unit, state="submitted") | self.commendation
        self.attack(self.user_proposer, "write", others.ids, {"summary": "Sửa lén"})
        self.attack(self.user_officer, "write", others.ids, {"summary": "Sửa lén"})
        self.attack(self.user_head, "write", others.ids, {"summary": "Sửa lén"})
        self.assertNotIn("Sửa lén", others.mapped("summary"))

    def test_mass_import(self):
        """The import of spreadsheets is one more way to write: it forges no state and no decision."""
        self.walk(self.commendation, "submitted")
        names = ["recipient_type", "employee_id/.id", "award_id/.id", "company_id/.id", "state"]
        born = ["employee", str(self.employee_sub.id), str(self.award.id), str(self.company.id), "granted"]
        known = [["id", "state"], [[f"__import__.commendation_{self.commendation.id}", "granted"]]]
        self.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": f"commendation_{self.commendation.id}",
                "model": "emulation.commendation",
                "res_id": self.commendation.id,
            }
        )
        for user in (self.user_proposer, self.user_officer, self.user_admin):
            for columns, rows in ((names, [born]), known):
                with self.subTest(user=user.login, columns=columns):
                    try:
                        with mute_logger("odoo.http", "odoo.sql_db", "odoo.orm.models"):
                            answer = self.ask(user, "load", columns, rows)
                        self.assertFalse(answer["ids"])
                    except JsonRpcException:
                        continue  # refused as a whole
        self.env.invalidate_all()
        self.assertEqual(self.commendation.state, "submitted")
        self.assertFalse(self.env["emulation.commendation"].search([("state", "=", "granted")]))

    def test_saving_through_the_form(self):
        """What the web client itself calls: a form, a multi-edit and an onchange with forged values."""
        self.walk(self.commendation, "submitted")
        for user in (self.user_proposer, self.user_officer):
            for vals in ({"state": "granted"}, {"summary": "Sửa lén"}, {"finding_state": "met"}):
                with self.subTest(user=user.login, **vals):
                    self.attack(user, "web_save", self.commendation.ids, vals, {"display_name": {}})
        self.assertEqual(self.commendation.state, "submitted")

    def test_deleting_what_was_submitted(self):
        self.walk(self.commendation, "submitted")
        for user in (self.user_proposer, self.user_officer, self.user_admin):
            self.attack(user, "unlink", self.commendation.ids)
        self.assertTrue(self.commendation.exists())

    def test_findings_stay_with_officers(self):
        self.walk(self.commendation, "submitted")
        for user in (self.user_proposer, self.user_sub_head):
            self.attack(user, "read", self.commendation.ids, ["finding_snapshot"])
            self.attack(user, "search_count", [("finding_state", "=", "review")])
            self.attack(user, "formatted_read_group", [], ["finding_state"], ["__count"])

    def test_portal_reads_nothing_by_rpc(self):
        """Every model of the addon: portal pages read through their own gate, never through RPC."""
        models = self.env["ir.model"].search([("model", "=like", "emulation.%"), ("transient", "=", False)])
        concrete = [name for name in models.mapped("model") if not self.env[name]._abstract]
        self.assertGreater(len(concrete), 20)
        for name in concrete:
            for method, args in (("search_read", ([],)), ("search_count", ([],)), ("name_search", ("a",))):
                with self.subTest(model=name, method=method):
                    self.attack(self.user_portal, method, *args, model=name)
