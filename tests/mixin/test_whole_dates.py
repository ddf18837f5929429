"""Days are shown with their year in every view of the addon, and in no other."""

from lxml import etree
from odoo.tests import tagged

from ..helpers.common import EmulationCommon


@tagged("post_install", "-at_install")
class TestWholeDates(EmulationCommon):
    def get_days(self, model, view_type):
        records = self.env[model]
        arch = etree.fromstring(records.get_view(view_type=view_type)["arch"])
        return {
            node.get("name"): node.get("options") or ""
            for node in arch.iter("field")
            if node.getparent().getparent() is None
            and node.get("name") in records._fields
            and records._fields[node.get("name")].type in ("date", "datetime")
        }

    def test_lists_show_the_year(self):
        for model in (
            "emulation.commendation",
            "emulation.campaign",
            "emulation.decision",
            "emulation.rulebook",
        ):
            days = self.get_days(model, "list")
            with self.subTest(model=model):
                self.assertTrue(days)
                self.assertEqual(
                    [name for name, options in days.items() if "'numeric': True" not in options], []
                )

    def test_lines_within_a_form_too(self):
        arch = etree.fromstring(self.env["emulation.campaign"].get_view(view_type="form")["arch"])
        lines = arch.xpath("//field[@name='milestone_ids']//field[@name='date']")
        self.assertTrue(lines)
        self.assertTrue(all("'numeric': True" in line.get("options") for line in lines))

    def test_other_views_stay_as_they_are(self):
        self.assertFalse(
            [
                name
                for name, options in self.get_days("res.partner.bank", "list").items()
                if "numeric" in options
            ]
        )
        arch = self.env["hr.employee"].get_view(view_type="form")["arch"]
        nodes = [node for node in etree.fromstring(arch).iter("field") if node.get("name") == "birthday"]
        self.assertTrue(nodes)
        self.assertFalse([node for node in nodes if "numeric" in (node.get("options") or "")])
