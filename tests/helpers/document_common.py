"""Fixtures for documents: awards with coefficients, a signer, decisions ready to be issued."""

import io

from odoo import fields
from odoo.fields import Command
from odoo.tools.pdf import PdfReader

from .common import EmulationCommon

POINTS_PER_MM = 72 / 25.4


class DocumentCommon(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"emulation_document_symbol": "STN", "emulation_parent_agency": "UBND tỉnh"})
        cls.document_book = cls.env["emulation.rulebook"].create(
            {"name": "Quy tắc thử", "code": "THU", "date_from": "2000-01-01", "company_id": cls.company.id}
        )
        cls.document_award = cls.new_document_award("Giấy khen thử", "GKTHU", 0.3)
        if not cls.env["emulation.base.salary"].search([]):
            cls.env["emulation.base.salary"].create({"date_from": "2024-07-01", "amount": 2_340_000})
        cls.signer = cls.new_employee("Vũ Ký Tên", cls.unit)
        cls.signer.job_title = "Giám đốc"

    @classmethod
    def new_document_award(cls, name, code, coefficient, **values):
        award = cls.env["emulation.award"].create(
            {
                "name": name,
                "code": code,
                "kind": "form",
                "level": "grassroots",
                "subject_individual": True,
                "subject_collective": True,
                "company_id": cls.company.id,
                **values,
            }
        )
        cls.env["emulation.award.rule"].create(
            {
                "rulebook_id": cls.document_book.id,
                "award_id": award.id,
                "coefficient_individual": coefficient,
                "needs_endorsement": False,
                "needs_council": False,
            }
        )
        return award

    @classmethod
    def new_lines(cls, count, award=None, state="appraised"):
        # Outside people: a thousand employees take Odoo half a minute to create.
        people = cls.env["res.partner"].create(
            [{"name": f"Nguyễn Thị Ứng Viên {index:04d}"} for index in range(count)]
        )
        lines = cls.env["emulation.commendation"].create(
            [
                {
                    "recipient_type": "partner",
                    "partner_id": person.id,
                    "award_id": (award or cls.document_award).id,
                    "company_id": cls.company.id,
                    "period_from": "2025-01-01",
                    "period_to": "2025-12-31",
                }
                for person in people
            ]
        )
        versions = lines._get_employee_versions(fields.Date.today())
        for line in lines:
            line._write_protected(line._prepare_snapshot(versions))
        lines._write_protected({"state": state})
        return lines

    @classmethod
    def new_decision(cls, lines, **values):
        decision = (
            cls.env["emulation.decision"]
            .with_user(cls.user_officer)
            .create({"company_id": cls.company.id, "signer_id": cls.signer.id, **values})
        )
        decision._do_add(lines.with_user(cls.user_officer))
        return decision

    @classmethod
    def issue_cards(cls):
        """Return the certificates of two, as a decision of January 2026 registered them."""
        decision = cls.new_decision(cls.new_lines(2), issue_date="2026-01-05")
        decision._do_issue()
        return decision.certificate_ids.sorted("rank").sudo()

    @classmethod
    def new_correction(cls, line, name, **values):
        """Return a draft that corrects the name of a line of an issued decision."""
        change = Command.create({"commendation_id": line.id, "recipient_name": name})
        nobody = line.browse()
        decision = line.decision_id
        return cls.new_decision(
            nobody, kind="amendment", amended_decision_id=decision.id, change_ids=[change], **values
        )

    @classmethod
    def new_revocation(cls, line, **values):
        """Return a draft that revokes a line of an issued decision."""
        values = {"revocation_ground": "fraud", "revocation_reason": "Khai không đúng", **values}
        return cls.new_decision(line, kind="revocation", amended_decision_id=line.decision_id.id, **values)

    def issue(self, decision):
        with self.allow_pdf_render():
            decision.with_context(force_report_rendering=True).action_issue()
        decision.invalidate_recordset()

    def pages(self, content):
        return PdfReader(io.BytesIO(content)).pages

    def spots(self, page):
        """Return ``[(text, mm from the left, mm from the top)]`` of the texts of a page."""
        height, found = float(page.mediabox[3]), []

        def visit(text, matrix, text_matrix, _font, _size):
            if text.strip():
                x = matrix[0] * text_matrix[4] + matrix[2] * text_matrix[5] + matrix[4]
                y = matrix[1] * text_matrix[4] + matrix[3] * text_matrix[5] + matrix[5]
                found.append((text.strip(), x / POINTS_PER_MM, (height - y) / POINTS_PER_MM))

        page.extract_text(visitor_text=visit)
        return found

    def size(self, page):
        """Return width and height of a page in whole mm."""
        return tuple(round(float(side) / POINTS_PER_MM) for side in page.mediabox[2:])

    def assert_own_fonts_embedded(self, page):
        """Every font of the page is one of ours, inside the file, and tells which letter each sign is."""
        fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
        self.assertTrue(fonts)
        for font in fonts:
            self.assertRegex(str(font["/BaseFont"]), "Tinos|Emulation|GreatVibes|Great Vibes")
            inner = font.get("/DescendantFonts", [font])[0].get_object()
            self.assertTrue({"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].keys()))
            self.assertIn("/ToUnicode", font)

    def today(self):
        return fields.Date.context_today(self.env.user)
