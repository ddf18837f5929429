"""A paper of another addon is printed as those of this one: size and margins in millimetres, as PDF and as Word."""

import io
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools.pdf import PdfReader

from ...models.document.ir_actions_report import IrActionsReport
from ..helpers.common import EmulationCommon

PAPER = """
<t t-name="another_addon.report_thanks">
    <t t-foreach="docs" t-as="doc">
        <t t-call="hr_emulation.lean_page">
            <t t-set="page_title" t-value="'Thư cảm ơn'" />
            <t t-set="page_style" t-value="doc.env['ir.actions.report']._get_lean_style('document')" />
            <section class="sheet" data-paper="148 210" data-margins="20 15 20 30">
                <p>Cảm ơn <b t-out="doc._get_recipient_name()" /></p>
            </section>
        </t>
    </t>
</t>
"""


@tagged("post_install", "-at_install")
class TestPaperElsewhere(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls.new_commendation(cls.employee_sub)
        view = cls.env["ir.ui.view"].create(
            {"name": "Thư cảm ơn", "type": "qweb", "key": "another_addon.report_thanks", "arch": PAPER}
        )
        report = cls.env["ir.actions.report"].create(
            {
                "name": "Thư cảm ơn",
                "model": cls.record._name,
                "report_type": "qweb-pdf",
                "report_name": "another_addon.report_thanks",
            }
        )
        names = {"report_thanks": view, "action_report_thanks": report}
        cls.env["ir.model.data"].create(
            [
                {"module": "another_addon", "name": name, "model": record._name, "res_id": record.id}
                for name, record in names.items()
            ]
        )
        cls.reports = cls.env["ir.actions.report"].with_context(force_report_rendering=True)

    def setUp(self):
        super().setUp()
        own = IrActionsReport._get_paper_addons
        more = patch.object(IrActionsReport, "_get_paper_addons", lambda self: own(self) | {"another_addon"})
        self.enterContext(more)

    def test_it_has_the_size_it_asks_for(self):
        content, _kind = self.reports._render_qweb_pdf("another_addon.action_report_thanks", self.record.ids)
        [page] = PdfReader(io.BytesIO(content)).pages
        self.assertEqual([round(float(side) / 72 * 25.4) for side in page.mediabox[2:]], [148, 210])

    def test_it_is_a_word_file_too(self):
        name, content = self.reports._build_word("another_addon.action_report_thanks", self.record.id)
        self.assertTrue(name.startswith("Thư cảm ơn"))
        self.assertEqual(content[:2], b"PK")

    def test_papers_of_this_addon_are_named_in_short(self):
        refer = self.reports._get_paper_ref
        self.assertEqual(refer("decision"), "hr_emulation.action_report_decision")
        self.assertEqual(refer("another_addon.action_report_thanks"), "another_addon.action_report_thanks")
