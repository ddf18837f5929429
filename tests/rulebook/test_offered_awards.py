"""What an agency of a kind and a field of work is offered in a box, and that everything else is still found."""

from odoo.tests import tagged

from ...models.campaign import set_file
from ..helpers.common import EmulationCommon

# Kind -> what is offered, what is not.
KINDS = {
    "ministry": ("LDTT CSTDCS CSTDB CTDB BKB TTLDXS BKTTG", "CSTDT CTDT XPTB TAH GKSO GKDN GKXA CSTT GDVH"),
    "province": ("LDTT CSTDT CTDT BKT TTLDXS XPTB TAH BKTTG", "CTDDHQG CSTDB CTDB GKSO GKDN GKXA CSTT GDVH"),
    "unit": ("LDTT CSTDCS GKTT CSTDB CTDB BKB TTLDXS", "CSTDT CTDT XPTB TAH GKSO GKDN GKXA CSTT"),
    "department": ("LDTT CSTDCS GKSO CSTDT CTDT BKT TTLDXS", "CSTDB CTDB TAH GKTT GKDN GKXA CSTT GDVH"),
    "commune": ("LDTT GKXA GDVH TTDPVH XPTB CSTDT BKT", "CSTDB CTDB TAH GKSO GKDN GKTT CSTT"),
    "enterprise": ("LDTT CSTDCS GKDN BKT BKB HCLD3 AHLD", "XPTB TAH GKSO GKXA GKTT CSTT GDVH"),
    "forces": ("CSTT DVTT DVQT CTDQK BKQK HCHCSVV", "GKSO GKDN GKXA GDVH"),
    "other": ("LDTT CSTT GKSO GKDN GKXA GDVH CSTDB CSTDT", ""),
}
# Field of work -> what is offered, what is not.
SECTORS = {
    "education": ("NGND NGUT CTDDHQG LDTT BKT", "TTND TTUT NSND NNUT"),
    "health": ("TTND TTUT LDTT BKT", "NGND NGUT NSND CTDDHQG"),
    "culture": ("NSND NSUT NNND NNUT LDTT", "NGND TTND BKDHQG"),
    False: ("NGND TTND NSND LDTT", ""),
}


@tagged("post_install", "-at_install")
class TestOfferedAwards(EmulationCommon):
    def set_kind(self, kind, sector=False):
        self.company.emulation_agency_kind_id = kind and self.env.ref(f"hr_emulation.agency_{kind}")
        self.company.emulation_sector = sector

    def search(self, name="", limit=None, **context):
        """Return the codes that a box of this agency shows an officer, in order."""
        awards = self.env["emulation.award"].with_user(self.user_officer)
        awards = awards.with_context(emulation_offered=self.company.id, **context)
        found = awards.name_search(name, limit=limit)
        return awards.browse(key for key, _name in found).mapped("code")

    def check(self, offered, others):
        shown = self.search()
        self.assertEqual([code for code in offered.split() if code not in shown], [])
        self.assertEqual([code for code in others.split() if code in shown], [])
        for code in others.split():
            self.assertIn(code, self.search(code), "whoever types finds it")

    def test_each_kind_of_agency(self):
        for kind, (offered, others) in KINDS.items():
            with self.subTest(kind=kind):
                self.set_kind(kind)
                self.check(offered, others)

    def test_every_kind_that_is_supplied_is_in_the_table(self):
        kinds = self.env["emulation.agency.kind"].search([("code", "!=", "central")])
        self.assertEqual(set(kinds.mapped("code")) - KINDS.keys(), set())

    def test_each_field_of_work(self):
        for sector, (offered, others) in SECTORS.items():
            with self.subTest(sector=sector):
                self.set_kind("unit", sector)
                self.check(offered, others)

    def test_without_a_kind_nothing_is_left_out(self):
        self.set_kind(False)
        everything = self.env["emulation.award"].search([("company_id", "in", (self.company.id, False))])
        self.assertEqual(set(self.search()), set(everything.mapped("code")))

    def test_the_nearest_comes_first_and_never_the_gold_star_order(self):
        self.set_kind("department")
        shown = self.search()
        order = [shown.index(code) for code in ("CSTDCS", "CSTDT", "BKTTG")]
        self.assertEqual(order, sorted(order))
        self.assertLess(shown.index("GKSO"), shown.index("CSTDT"))
        self.assertNotIn("HCSV", self.search(limit=8))

    def test_typing_offers_what_fits_before_what_does_not(self):
        self.set_kind("department")
        found = self.search("giay khen")
        self.assertEqual(found[0], "GKSO")
        self.assertIn("GKDN", found)

    def test_only_boxes_that_ask_are_ordered(self):
        self.set_kind("department")
        awards = self.env["emulation.award"].with_user(self.user_officer)
        self.assertIn(
            "GKDN", awards.browse(key for key, _name in awards.name_search(limit=None)).mapped("code")
        )

    def test_the_filter_says_the_same(self):
        self.set_kind("department")
        awards = self.env["emulation.award"].with_user(self.user_officer).with_company(self.company)
        offered = awards.search([("is_offered", "=", True)])
        self.assertEqual(set(offered.mapped("code")), set(self.search()))
        others = awards.search([("is_offered", "=", False)])
        self.assertIn("GKDN", others.mapped("code"))
        self.assertEqual(set(offered.mapped("is_offered")), {True})
        self.assertEqual(set(others.mapped("is_offered")), {False})

    def test_an_award_of_ones_own_is_always_offered(self):
        own = self.env["emulation.award"].create(
            {"code": "QUY", "name": "Nhân viên xuất sắc quý", "company_id": self.company.id}
        )
        for kind in KINDS:
            self.set_kind(kind, "health")
            self.assertIn(own.code, self.search())

    def test_it_costs_the_same_for_many_awards(self):
        self.set_kind("department")

        def add(count, letter):
            self.env["emulation.award"].create(
                [
                    {"code": f"{letter}{number}", "name": f"Khen {number}", "company_id": self.company.id}
                    for number in range(count)
                ]
            )
            self.env.flush_all()

        def count():
            self.env.invalidate_all()
            return self.count_queries(self.search)

        add(2, "A")
        count()
        few = count()
        add(22, "B")
        self.assertEqual(count(), few)


@tagged("post_install", "-at_install")
class TestSamplesOfTheKind(EmulationCommon):
    def first(self):
        library = self.env["emulation.set.library"].with_user(self.user_officer).with_company(self.company)
        return [key for key, _name in library._get_samples()]

    def test_sets_of_other_kinds_come_last(self):
        for kind, sector, first, last in (
            ("unit", "education", {"school", "faculty"}, {"hospital", "workshop", "state_office"}),
            ("unit", "health", {"hospital"}, {"school", "faculty", "workshop", "state_office"}),
            ("enterprise", False, {"workshop"}, {"school", "faculty", "hospital", "state_office"}),
            ("department", False, {"state_office"}, {"school", "faculty", "hospital", "workshop"}),
        ):
            self.company.emulation_agency_kind_id = self.env.ref(f"hr_emulation.agency_{kind}")
            self.company.emulation_sector = sector
            with self.subTest(kind=kind, sector=sector):
                shown = self.first()
                self.assertEqual(set(shown[: len(first)]), first)
                self.assertEqual(set(shown[-len(last) :]), last)
                self.assertEqual(set(shown), set(set_file.read_samples()))


@tagged("post_install", "-at_install")
class TestMenusOfBlocks(EmulationCommon):
    def test_they_appear_with_the_first_block(self):
        self.env["emulation.block"].search([]).unlink()
        self.env.registry.clear_cache()
        menus = [self.env.ref(f"hr_emulation.menu_emulation_{name}").id for name in ("block", "block_year")]

        def shown(user):
            loaded = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            return [menu in loaded for menu in menus]

        self.assertEqual(shown(self.user_head), [False, False])
        self.assertEqual(shown(self.user_officer), [True, True], "who may begin one")
        self.env["emulation.block"].with_user(self.user_officer).create(
            {"name": "Khối thi đua số 1", "company_id": self.company.id}
        )
        self.assertEqual(shown(self.user_head), [True, True])
