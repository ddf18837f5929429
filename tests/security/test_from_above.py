"""Where the only officer of an agency is concerned: who decides from above, and on what alone."""

import contextlib

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged

from ..helpers.campaign_common import CampaignCommon
from ..helpers.guard_common import StateSetter
from ..helpers.record_builder import RecordBuilder

# About a person, or a unit, or the dossier of one; with a step that an officer is waited for.
STOOD_IN = (
    *("emulation.participation", "emulation.evaluation", "emulation.target", "emulation.target.progress"),
    *("emulation.achievement", "emulation.commendation", "emulation.exemplar", "emulation.unit.report"),
    *("emulation.request", "emulation.publication.comment", "emulation.inspection.finding"),
)
# What both persons' records may have in common.
SHARED = (
    *("emulation.award", "emulation.campaign", "emulation.review", "emulation.criterion.set"),
    "emulation.criterion",
    *("emulation.report.round", "emulation.publication", "emulation.rulebook"),
)


@tagged("post_install", "-at_install", "security")
class TestFromAbove(CampaignCommon):
    shared = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.below = cls.env["res.company"].create({"name": "Chi cục Thử", "parent_id": cls.company.id})
        group = "hr_emulation.group_emulation_officer"
        cls.user_below = cls.new_user("emulation_below", group, cls.below)
        cls.unit_below = cls.new_unit("Phòng của chi cục", company=cls.below)
        other_below = cls.new_unit("Phòng khác của chi cục", company=cls.below)
        cls.colleague = cls.new_employee("Mai Đồng Nghiệp", other_below)
        cls.own = cls.new_employee("Đinh Một Mình", cls.unit_below, cls.user_below)
        cls.unit_below.manager_id = cls.own
        cls.own_records = cls.build(cls.own)
        cls.others = cls.build(cls.colleague)
        cls.env.flush_all()

    @classmethod
    def build(cls, employee):
        """Return {model: a record of the agency below about an employee, or about a unit of that person}."""
        builder = RecordBuilder(cls.env, cls.below, employee, dict(cls.shared))
        found = {name: builder.get(name) for name in STOOD_IN}
        # Registrations wait in a running campaign only, sheets in an open round, findings once the visit is recorded.
        found["emulation.participation"].campaign_id._write_protected({"state": "launched"})
        found["emulation.evaluation"].review_id._write_protected({"state": "open"})
        found["emulation.inspection.finding"].inspection_id._write_protected({"state": "issued"})
        comment = found["emulation.publication.comment"]
        comment._write_protected({"commendation_id": found["emulation.commendation"].id})
        cls.shared = {name: builder.known[name] for name in SHARED if name in builder.known}
        return found

    def iter_waiting(self, records):
        """Yield (model, record, verb) with each record in the states in which somebody is waited for."""
        setter = StateSetter(self.env)
        for name, record in records.items():
            for verb, step in record._get_verbs().items():
                for state in step.source:
                    roles = step.get_roles(state)
                    if step.waited and "stand_in" in roles and "owner" not in roles:
                        setter.put(record, state)
                        yield name, record, verb

    def test_every_model_of_people_that_waits_is_here(self):
        waits = {
            name
            for name in self.env.registry
            if hasattr(self.env[name], "_get_verbs")
            and not self.env[name]._abstract
            and any(step.waited and "stand_in" in step.roles for step in self.env[name]._get_verbs().values())
            and {"employee_id", "department_id", "commendation_id"} & self.env[name]._fields.keys()
            and name != "emulation.deadline"  # of the agency, about nobody
        }
        self.assertEqual(waits, set(STOOD_IN))

    def test_the_next_able_person_is_named_sees_it_and_can_act(self):
        done = set()
        for name, record, verb in self.iter_waiting(self.own_records):
            mine, above = record.with_user(self.user_below), record.with_user(self.user_officer)
            above = above.with_context(allowed_company_ids=self.company.ids)
            with self.subTest(model=name, verb=verb, state=record.state):
                self.assertIn(mine.id, mine._check_verb(verb))
                self.assertEqual(record.next_actors, ", ".join(self.get_able().mapped("name")))
                self.assertTrue(above.has_access("read"))
                self.assertIn(above, above.search([("is_my_turn", "=", True)]))
                self.assertEqual(above._check_verb(verb), {})
                self.act(above, verb)
                done.add(name)
        self.assertEqual(done, set(STOOD_IN))

    def get_able(self):
        return self.company._get_emulation_officers()

    def act(self, record, verb):
        """Use the button: what is not ready yet says so in words; it never fails for want of rights."""
        try:
            with contextlib.suppress(UserError), self.env.cr.savepoint():
                self.insist(record, verb)
        except ValueError as error:
            self.fail(f"{record._name}.{verb}: {error.__cause__}")

    @staticmethod
    def insist(record, verb):
        try:
            getattr(record, f"action_{verb}")()
        except AccessError as error:
            raise ValueError from error  # no UserError any more

    def test_nothing_else_of_the_agency_below_is_seen(self):
        for name, record, _verb in self.iter_waiting(self.others):
            above = record.with_user(self.user_officer).with_context(allowed_company_ids=self.company.ids)
            with self.subTest(model=name):
                found = above.search(Domain("company_id", "=", self.below.id))
                self.assertFalse(found & above)
                self.assertFalse(above.has_access("read"))
                self.assertFalse(above._get_roles()[above.id] & {"officer", "stand_in", "admin"})

    def test_a_head_of_the_agency_comes_first(self):
        head = self.new_user("emulation_below_head", "base.group_user", self.below)
        self.below.emulation_head_id = self.new_employee("Lâm Chi Cục Trưởng", self.unit_below, head)
        record = self.own_records["emulation.achievement"]
        StateSetter(self.env).put(record, "submitted")
        above = record.with_user(self.user_officer).with_context(allowed_company_ids=self.company.ids)
        self.assertEqual(record.next_actors, head.name)
        self.assertFalse(above.has_access("read"))
        self.below.emulation_head_id.user_id = self.user_portal  # an account that decides nothing
        record.invalidate_recordset()
        self.assertEqual(record.next_actors, ", ".join(self.get_able().mapped("name")))

    def test_an_officer_above_acts_for_good(self):
        achievement = self.own_records["emulation.achievement"]
        achievement._write_protected({"reach": "unit", "kind": "achievement"})
        StateSetter(self.env).put(achievement, "submitted")
        above = achievement.with_user(self.user_officer).with_context(allowed_company_ids=self.company.ids)
        above.action_recognise()
        self.assertEqual(achievement.state, "recognised")
        self.assertEqual(
            achievement.message_ids[:1].author_id, self.user_officer.partner_id, "and it is logged"
        )
        self.env.invalidate_all()
        self.assertFalse(
            above.search([("id", "=", achievement.id), ("is_my_turn", "=", True)]), "it waits no more"
        )
