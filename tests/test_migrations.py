from datetime import date

from odoo.tests import tagged
from odoo.tools import SQL, convert_file, file_path

from ..printing import signing
from .document_common import DocumentCommon
from .test_verify_offline import OLD_CODE, OLD_KEY


@tagged("post_install", "-at_install")
class TestMigrations(DocumentCommon):
    """What an older version left is brought to what this one expects."""

    def migrate(self, script, version):
        """Run a script of ours as Odoo runs it."""
        self.env.flush_all()
        names = {}
        with open(file_path(f"hr_emulation/migrations/{script}")) as file:
            exec(compile(file.read(), file.name, "exec"), names)
        names["migrate"](self.env.cr, version)
        self.env.invalidate_all()

    def test_numbers_of_an_older_database_go_on(self):
        sequence = self.env["ir.sequence"].create(
            {
                "name": "old",
                "code": "emulation.decision",
                "company_id": self.company.id,
                "implementation": "no_gap",
                "use_date_range": True,
            }
        )
        for _index in range(6):
            sequence.with_context(ir_sequence_date="2026-03-01").next_by_id(sequence_date=date(2026, 3, 1))
        self.migrate("19.0.1.1.0/post-numbering.py", "19.0.1.0.0")
        self.assertFalse(sequence.exists())
        decision = self.new_decision(self.new_lines(1), issue_date="2026-11-20")
        decision._take_number()
        self.assertEqual(decision.number, "7")

    def test_letters_of_an_older_database_become_documents(self):
        campaigns = self.env["emulation.campaign"].create(
            [{"name": name, "company_id": self.company.id} for name in ("Đã gửi", "Dự thảo", "Chưa có")]
        )
        pdf = self.env["ir.attachment"].create({"name": "thu.pdf", "raw": b"%PDF-1"})
        columns = {
            **dict.fromkeys(("number", "symbol", "place", "signer_capacity", "signer_on_behalf"), "varchar"),
            **dict.fromkeys(("signer_title", "recipient_lines", "abstract", "document_sha256"), "varchar"),
            **dict.fromkeys(("launch_document_kind",), "varchar"),
            **dict.fromkeys(("issue_date", "letter_sent_date"), "date"),
            **dict.fromkeys(("signer_id", "document_attachment_id"), "int"),
        }
        self.env.flush_all()
        for name, kind in columns.items():
            self.env.cr.execute(
                SQL("ALTER TABLE emulation_campaign ADD %s %s", SQL.identifier(name), SQL(kind))
            )
        self.env.cr.execute(
            "UPDATE emulation_campaign SET launch_document_kind = 'plan', number = '5', symbol = 'KH-STN',"
            " issue_date = '2022-03-01', signer_capacity = 'none', abstract = 'Về phong trào',"
            " document_attachment_id = %s WHERE id = %s",
            [pdf.id, campaigns[0].id],
        )
        self.env.cr.execute(
            "UPDATE emulation_campaign SET launch_document_kind = 'letter', recipient_lines = 'Như trên'"
            " WHERE id = %s",
            [campaigns[1].id],
        )
        self.migrate("19.0.1.3.0/post-documents.py", "19.0.1.2.0")
        self.migrate("19.0.1.3.0/post-documents.py", "19.0.1.2.0")
        sent, draft = (campaign.document_ids for campaign in campaigns[:2])
        self.assertEqual(
            (sent.state, sent.kind, sent._get_document_number(), sent.document_attachment_id),
            ("issued", "plan", "05/KH-STN", pdf),
        )
        self.assertEqual((draft.state, draft.recipient_lines), ("draft", "Như trên"))
        self.assertFalse(campaigns[2].document_ids)

    def test_rules_that_changed_their_meaning_are_loaded_anew_and_others_stay(self):
        """An update leaves record rules alone; the script lets it write those that say something else today."""
        changed = self.env.ref("hr_emulation.rule_emulation_campaign_user")
        kept = self.env.ref("hr_emulation.rule_emulation_restriction_company")
        today = {rule: rule.domain_force for rule in (changed, kept)}
        (changed | kept).write({"domain_force": "[('id', '=', 0)]"})
        self.migrate("19.0.1.3.0/pre-rules.py", "19.0.1.2.0")
        self.assertFalse(changed.exists())
        convert_file(self.env, "hr_emulation", "security/rules.xml", {}, mode="update")
        fresh = self.env.ref("hr_emulation.rule_emulation_campaign_user")
        self.assertEqual((fresh.domain_force, fresh.active), (today[changed], True))
        self.assertEqual(kept.domain_force, "[('id', '=', 0)]", "as the administrator left it")

    def test_certificates_of_an_older_database_say_what_was_signed(self):
        decision = self.new_decision(self.new_lines(1), issue_date="2026-11-20")
        decision._do_issue()
        card = decision.certificate_ids.sudo()
        key = self.env["emulation.signing.key"]._create_protected(
            [{"company_id": self.company.id, "key_id": OLD_KEY.name, "public_key": OLD_KEY.public}]
        )
        statement = signing.check(OLD_CODE, {OLD_KEY.name: OLD_KEY})[1]
        facts = {"payload": OLD_CODE, "token": statement.token, "number": statement.number}
        facts |= {"recipient_name": statement.name, "issue_date": statement.date}
        card._write_protected({**facts, "award_name": False, "signing_key_id": False})
        decision._write_protected({"number": "5", "symbol": "QĐ-SCT"})
        self.assertEqual(card._verify().page, "differs")
        self.migrate("19.0.1.2.0/post-signing.py", "19.0.1.1.0")
        self.assertEqual((card.award_name, card.signing_key_id), ("Giấy khen", key))
        self.assertEqual(card._verify(OLD_CODE).page, "issued")

    def test_shipped_layouts_get_room_for_the_code_and_own_ones_stay(self):
        shipped, moved = (
            self.env.ref(f"hr_emulation.certificate_template_{kind}") for kind in ("merit", "title")
        )
        for template, x in ((shipped, 35.0), (moved, 36.0)):
            template.field_ids.filtered(lambda box: "verify_address" in (box.content or "")).unlink()
            box = template.field_ids.filtered(lambda box: box.kind == "qr")
            box.write({"x": x, "y": 154.0, "width": 24.0})
        self.migrate("19.0.1.2.0/post-signing.py", "19.0.1.1.0")
        self.assertGreaterEqual(shipped.qr_module, 0.4)
        self.assertTrue(shipped.field_ids.filtered(lambda box: "verify_address" in (box.content or "")))
        self.assertEqual(moved.field_ids.filtered(lambda box: box.kind == "qr").mapped("x"), [36.0])
        self.assertLess(moved.qr_module, 0.4)
