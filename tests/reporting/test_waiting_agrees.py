"""What waits is asked in three places: the portal, the desk and the reminders of a round. They must say the same."""

from odoo.tests import tagged

from ..campaign.test_unit_report import UnitReportCommon

# Where the portal and the desk speak of the same: model of the desk's card -> what the portal calls it.
SHARED = {
    "emulation.evaluation": ("fill", "verify"),
    "emulation.commendation": ("pass",),
    "emulation.participation": ("approve",),
    "emulation.target": ("target",),
    "emulation.target.progress": ("figure",),
    "emulation.unit.report": ("report",),
    "emulation.session": ("vote",),
    "emulation.inspection.finding": ("finding",),
    "emulation.block.year": ("score",),
}
# Counted by the desk without the filter of a turn.
OWN_COUNT = ("emulation.session", "emulation.block.year")


@tagged("post_install", "-at_install")
class TestWaitingAgrees(UnitReportCommon):
    """A unit, the team below it, their people: something of every kind waits, and much that waits for nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = [
            cls.user_head,
            cls.user_sub_head,
            cls.user_proposer,
            cls.user_portal,
            cls.user_other_head,
        ]
        for user in cls.people:
            user.email = f"{user.login}@example.vn"
        cls.staff = cls.employee_head | cls.employee_sub_head | cls.employee_proposer | cls.employee_portal
        cls.staff |= cls.employee_unit | cls.employee_sub | cls.employee_other_head
        cls.units = cls.unit | cls.sub_unit | cls.other_unit

    def setUp(self):
        super().setUp()
        self._add_sheets()
        self._add_registrations()
        self._add_targets()
        self._add_proposals()
        self.new_round(self.units, due=5)
        self.new_round(self.unit, due=60)
        self._add_vote()
        self._add_findings()
        self._add_block()
        self.env.flush_all()
        self.env.invalidate_all()

    def _add_sheets(self):
        """One of each recipient to fill in, another to verify, and a round that is closed."""
        for state, round_state in (("draft", "open"), ("submitted", "open"), ("submitted", "closed")):
            campaign = self._launched(f"{state} {round_state}")
            self.register(*self.staff, *self.units, campaign=campaign)
            review = self.open_round(campaign)
            review.evaluation_ids._write_protected({"state": state})
            review._write_protected({"state": round_state})
            self.sheets = getattr(self, "sheets", review.browse().evaluation_ids) | review.evaluation_ids

    def _launched(self, name):
        campaign = self.new_campaign(name)
        campaign.with_user(self.user_officer).action_launch()
        return campaign

    def _add_registrations(self):
        for state in ("launched", "closed"):
            campaign = self._launched(f"Đăng ký {state}")
            self.register(*self.staff, *self.units, campaign=campaign, state="submitted")
            campaign._write_protected({"state": state})

    def _add_targets(self):
        holders = [{"employee_id": person.id} for person in self.staff]
        holders += [{"department_id": unit.id} for unit in self.units]
        for holder in holders:
            self.new_target(state="submitted", **holder)
            self.report(self.new_target(needs_approval=True, **holder), 10)

    def _add_proposals(self):
        proposals = [self.new_commendation(person) for person in self.staff]
        for proposal in proposals[1:]:
            proposal._do_submit()

    def _add_vote(self):
        council = self.env["emulation.council"].create(
            {
                "name": "Hội đồng",
                "company_id": self.company.id,
                "member_ids": [
                    (0, 0, {"employee_id": self.employee_head.id, "role": "chair"}),
                    (0, 0, {"employee_id": self.employee_portal.id, "role": "member"}),
                ],
            }
        )
        proposal = self.new_commendation(self.employee_other, state="appraised")
        session = self.env["emulation.session"]._create_for(council, proposal)
        session.write({"secretary_id": council.member_ids[:1].id})
        session.action_all_present()
        session.action_open()

    def _add_findings(self):
        """A visit to each unit, recorded and not; one finding of each is answered."""
        for unit in self.units:
            for state in ("draft", "issued"):
                visit = self.env["emulation.inspection"].create(
                    {
                        "subject": "Việc thực hiện phong trào",
                        "campaign_id": self.campaign.id,
                        "company_id": self.company.id,
                        "department_id": unit.id,
                        "planned_date": self.today,
                        "finding_ids": [(0, 0, {"name": name}) for name in ("Một", "Hai")],
                    }
                )
                visit._write_protected({"state": state})
                visit.finding_ids[0]._write_protected({"state": "mended"})

    def _add_block(self):
        """Two open years and an elected one of a block; the unit has scored in one of the open ones."""
        members = [{"department_id": unit.id} for unit in self.units]
        block = self.env["emulation.block"].create(
            {
                "name": "Khối",
                "company_id": self.company.id,
                "member_ids": [(0, 0, member) for member in members],
            }
        )
        years = self.env["emulation.block.year"].create(
            [{"block_id": block.id, "year": year} for year in (2024, 2025, 2026)]
        )
        years[0]._write_protected({"state": "acclaimed"})
        first, *others = block.member_ids
        self.env["emulation.block.score"].create(
            [
                {"year_id": years[1].id, "scorer_id": first.id, "member_id": other.id, "points": 90}
                for other in others
            ]
        )

    def _portal(self, user):
        """Return {what: records} that the portal lists."""
        portal = self.env(user=user)["emulation.portal"]
        waiting = portal._get_waiting(portal._get_person())
        return {what: self.env[model].sudo().search(domain) for what, (model, domain) in waiting.items()}

    def _desk(self, user):
        """Return {model: number} of the cards of the desk."""
        cards = self.env["emulation.desk"].with_user(user).get_desk()["waiting"]
        return {card["model"]: card["count"] for card in cards}

    def test_the_portal_and_the_desk(self):
        seen = set()
        for user in (self.user_head, self.user_sub_head, self.user_proposer, self.user_other_head):
            listed, cards = self._portal(user), self._desk(user)
            with self.subTest(user.login):
                self.assertLessEqual(set(cards), set(SHARED), "a kind of work the portal does not know")
                for model, names in SHARED.items():
                    number = sum(len(listed.get(name, ())) for name in names)
                    self.assertEqual(number, cards.get(model, 0), model)
                    seen |= {model} if number else set()
        self.assertEqual(seen, set(SHARED), "nothing waited of a kind")

    def test_the_portal_and_my_turn(self):
        """Record by record: what the portal lists is exactly what the models call the person's turn."""
        for user in (self.user_head, self.user_sub_head, self.user_proposer, self.user_other_head):
            listed = self._portal(user)
            for model, names in SHARED.items():
                if model in OWN_COUNT:
                    continue
                turn = self.env[model].with_user(user).search([("is_my_turn", "=", True)])
                with self.subTest(user.login, model=model):
                    shown = set().union(*(listed[name].ids for name in names if name in listed))
                    self.assertEqual(shown, set(turn.ids))

    def test_who_is_reminded_finds_it_and_who_fills_it_in_is_reminded(self):
        found = {user: self._portal(user) for user in self.people}
        for state, what in (("draft", "fill"), ("submitted", "verify")):
            waiting = self.sheets.filtered(
                lambda sheet, state=state: (sheet.state, sheet.review_id.state) == (state, "open")
            )
            told = {
                (sheet, user)
                for sheet, partner in waiting._get_debtors(state)
                for user in partner.user_ids
                if user in self.people
            }
            listed = {(sheet, user) for user in self.people for sheet in found[user].get(what, ())}
            with self.subTest(what):
                self.assertTrue(told)
                self.assertLessEqual(told, listed, "reminded of what is nowhere to be found")
        self.assertLessEqual(
            {sheet for sheet, _user in listed if sheet.state == "submitted"},
            {sheet for sheet, _user in told},
            "a head has work nobody is reminded of",
        )

    def test_the_first_card_counts_all_of_it(self):
        from ...controllers.portal.home import count_for_cards

        for user in self.people:
            portal = self.env(user=user)["emulation.portal"]
            cards = count_for_cards(portal, portal._get_person(), ["emulation_waiting_count"])
            with self.subTest(user.login):
                listed = self._portal(user)
                self.assertEqual(cards["emulation_waiting_count"], sum(map(len, listed.values())))
