from odoo.tests import tagged

from ..helpers.common import EmulationCommon


@tagged("post_install", "-at_install")
class TestGroups(EmulationCommon):
    """Groups of commendations stand in the order of what they are grouped by, sorted after they are counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.last = (
            cls.new_award(code, sequence=sequence) for code, sequence in (("TEST-B", 1), ("TEST-A", 9_999))
        )
        for award in (cls.last, cls.first, cls.last):
            cls.new_commendation(cls.employee_sub, award=award)
        cls.records = cls.env["emulation.commendation"].with_user(cls.user_officer)
        cls.domain = [("award_id", "in", (cls.first | cls.last).ids)]

    def get_groups(self, order=None, **options):
        return self.records._read_group(self.domain, ["award_id"], ["__count"], order=order, **options)

    def test_awards_stand_in_their_own_order(self):
        self.assertEqual(self.get_groups("award_id"), [(self.first, 1), (self.last, 2)])
        self.assertEqual(self.get_groups("award_id DESC"), [(self.last, 2), (self.first, 1)])
        self.assertEqual(self.get_groups("award_id", limit=1, offset=1), [(self.last, 2)])
        self.last.active = False
        self.assertEqual(self.get_groups("award_id"), [(self.first, 1), (self.last, 2)])

    def test_units_stand_by_name_and_those_without_last(self):
        self.new_commendation(self.employee_unit, award=self.first)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE emulation_commendation SET unit_id = NULL WHERE id = %s",
            [self.records.search(self.domain, order="id", limit=1).id],
        )
        self.env.invalidate_all()
        groups = self.records._read_group(self.domain, ["unit_id"], ["__count"], order="unit_id")
        units = [unit for unit, _count in groups]
        self.assertEqual(units[:-1], sorted(units[:-1], key=lambda unit: unit.name))
        self.assertFalse(units[-1])

    def test_what_is_counted_is_no_row_of_another_table(self):
        query = self.records._search(self.domain)
        terms = {"award_id": self.records._read_group_groupby("emulation_commendation", "award_id", query)}
        self.records._read_group_orderby("award_id", terms, query)
        self.assertFalse(query._joins)
        self.assertEqual(list(terms), ["award_id"])
