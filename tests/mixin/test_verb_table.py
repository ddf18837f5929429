"""What no table of verbs allows is refused: model × verb × state × role × whose record, in Python and over JSON-RPC."""

import logging
import random
from collections import Counter

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers import guard_common as guard
from .test_guard import GuardCase, RpcGuardCase

_logger = logging.getLogger(__name__)

ROLES = (
    *("proposer", "sub_head", "head", "other_head", "council", "officer", "admin"),
    *("portal", "foreign_officer"),
)
DONE = 8  # one in so many is really tried, the rest is asked as a button asks
SAMPLE = 50  # one in so many goes over the wire


class VerbTableCase(GuardCase):
    """Records about a colleague, and the same about the officer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = guard.build_own_records(cls, cls.builder, cls.employee_officer)
        cls.kept = {"colleague": cls.records, "officer": own}
        cls.env.flush_all()

    def iter_steps(self):
        """Yield (whose, record, state) of every model with verbs, the record in that state."""
        for whose, records in self.kept.items():
            for name, record in records.items():
                if hasattr(self.env[name], "_get_verbs") and self.env[name]._get_verbs():
                    for state in guard.get_states(record):
                        if name == "emulation.evaluation":
                            self.setter.put(record.review_id, "open")
                        if name == "emulation.participation":
                            self.setter.put(record.campaign_id, "launched")
                        self.setter.put(record, state)
                        yield whose, record, state

    def iter_turns(self):
        """Yield (whose, record as the user, state, role, {verb: whether the table allows it})."""
        for whose, record, state in self.iter_steps():
            for role in ROLES:
                mine = self.as_role(record, role)
                roles = mine._get_roles()[record.id]
                steps = mine._get_verbs().items()
                # A document's verb is no person's, so no button asks.
                verbs = {
                    verb: bool(step.get_roles(state) & roles) for verb, step in steps if not step.document
                }
                yield whose, mine, state, role, verbs

    def iter_cases(self):
        """Yield (whose, record as the user, state, role, verb, whether the table allows it)."""
        for *turn, verbs in self.iter_turns():
            for verb, able in verbs.items():
                yield *turn, verb, able

    def get_blocked(self, record, verbs):
        """Return {verb: whether it is blocked}, each asked by itself."""
        return {verb: self.is_blocked(record, verb) for verb in verbs}

    def is_blocked(self, record, verb):
        try:
            return record.id in record._get_refused(verb)
        except AccessError:
            return True


@tagged("post_install", "-at_install", "security", "access_rights")
class TestVerbTable(VerbTableCase):
    def test_nobody_has_a_say_about_oneself(self):
        """Whoever a record is about is neither its head nor an officer nor an administrator, for no model at all."""
        done = Counter()
        for _whose, record, state in self.iter_steps():
            owners = record.sudo()._get_emulation_owner_users()
            for role in ROLES:
                roles = self.as_role(record, role)._get_roles()[record.id]
                with self.subTest(model=record._name, state=state, role=role):
                    if self.get_user(role) in owners:
                        self.assertIn("owner", roles)
                        self.assertFalse(roles & {"head", "officer", "stand_in", "admin"})
                        done[record._name] += 1
                    if role in ("portal", "foreign_officer"):
                        self.assertLessEqual(roles, {"employee"})
        self.report("nobody on oneself", done, 50)

    def test_what_the_table_does_not_allow(self):
        asked, done, open_ = Counter(), Counter(), Counter()
        chance = random.Random(20261128)
        for whose, record, state, role, verbs in self.iter_turns():
            name, blocked = record._name, self.get_blocked(record, verbs)
            open_[name] += sum(able and not blocked[verb] for verb, able in verbs.items())
            for verb in [verb for verb, able in verbs.items() if not able]:
                with self.subTest(model=name, verb=verb, state=state, role=role, whose=whose):
                    self.assertTrue(blocked[verb])
                    asked[name] += 1
                    if hasattr(record, f"action_{verb}") and not chance.randrange(DONE):
                        with self.refused():
                            getattr(record, f"action_{verb}")()
                        self.assertEqual(record.sudo()["state"], state)
                        done[name] += 1
        self.report("verbs refused", asked, 3_500)
        self.report("verbs tried", done, 350)
        self.report("verbs open to somebody", open_, 100)

    def test_lists_and_buttons_agree_on_whose_turn_it_is(self):
        """What the form calls my turn is what the list of my turn holds."""
        done = Counter()
        for whose, record, state in self.iter_steps():
            for role in ROLES:
                mine = self.as_role(record, role)
                # A sheet's turn depends on its round, too.
                if mine._name == "emulation.evaluation" or not mine.has_access("read"):
                    continue
                listed = mine.search_count([("id", "=", mine.id), ("is_my_turn", "=", True)])
                with self.subTest(model=mine._name, state=state, role=role, whose=whose):
                    self.assertEqual(bool(listed), mine.is_my_turn)
                done[mine._name] += 1
        self.report("my turn", done, 300)

    def test_the_next_able_person_finds_it(self):
        """The only officer is concerned: somebody else is named, sees the record, and finds it among what waits."""
        self.user_admin.group_ids -= self.env.ref("hr_emulation.group_emulation_admin")
        self.company.emulation_head_id = self.employee_proposer  # heads no unit
        self.env.flush_all()
        done = Counter()
        for whose, record, state in self.iter_steps():
            roles = record._get_waited_roles()
            concerned = record.sudo()._get_emulation_owner_users()
            if self.user_officer not in concerned or "officer" not in roles or "owner" in roles:
                continue
            actors = record._get_next_actors()[record.id]
            with self.subTest(model=record._name, state=state, whose=whose):
                self.assertTrue(actors, "nobody is named")
                self.assertFalse(actors & concerned)
                for user in actors:
                    able = self.env[record._name].with_user(user).sudo(False)
                    self.assertIn(record.id, able.search([("is_my_turn", "=", True)]).ids, user.name)
                done[record._name] += 1
        self.report("next able person", done, 5)


@tagged("post_install", "-at_install", "security", "access_rights")
class TestVerbTableOverJsonRpc(VerbTableCase, RpcGuardCase):
    """A seeded sample of the same cases as a client sends them, and the inner layers, which no client reaches."""

    def test_a_sample_of_verbs(self):
        chance = random.Random(20261128)
        cases = [
            (whose, record, state, role, verb)
            for whose, record, state, role, verb, able in self.iter_cases()
            if not able and hasattr(record, f"action_{verb}") and not chance.randrange(SAMPLE)
        ]
        self.assertGreater(len(cases), 100)
        cases.sort(key=lambda case: (case[3], case[0], case[1]._name, case[2]))
        signed_in = None
        for whose, record, state, role, verb in cases:
            if role != signed_in:
                user = self.get_user(role)
                self.authenticate(user.login, user.login)
                signed_in = role
            self.setter.put(record.sudo(), state)
            with self.subTest(model=record._name, verb=verb, role=role, state=state, whose=whose):
                self.assertTrue(self.is_refused(record._name, f"action_{verb}", record.ids))
                self.assertTrue(self.is_refused(record._name, f"_do_{verb}", record.ids))
                self.env.invalidate_all()
                self.assertEqual(record.sudo()["state"], state)
        _logger.info("guard: %s verbs over JSON-RPC", len(cases))

    def test_a_dialog_gives_no_verb(self):
        """The dialog of a reason, filled in by hand, asks the same question as the button."""
        chance = random.Random(20261128)
        cases = [
            (record, state, role, verb)
            for _whose, record, state, role, verb, able in self.iter_cases()
            if not able and record._get_verb(verb).reason and not chance.randrange(SAMPLE // 5)
        ]
        self.assertGreater(len(cases), 50)
        cases.sort(key=lambda case: (case[2], case[0]._name, case[1]))
        signed_in, dialog = None, "emulation.reason.wizard"
        for record, state, role, verb in cases:
            if role != signed_in:
                user = self.get_user(role)
                self.authenticate(user.login, user.login)
                signed_in = role
            self.setter.put(record.sudo(), state)
            values = {"res_model": record._name, "res_ids": record.ids, "verb": verb, "reason": "Vì vậy"}
            with self.subTest(model=record._name, verb=verb, role=role, state=state):
                if made := self.ask(dialog, "create", [values]):
                    self.assertTrue(self.is_refused(dialog, "action_confirm", made))
                self.env.invalidate_all()
                self.assertEqual(record.sudo()["state"], state)
        _logger.info("guard: %s dialogs over JSON-RPC", len(cases))
