from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, convert_file, file_path

from ...printing import signing
from ..document.test_verify_offline import OLD_CODE, OLD_KEY
from ..helpers.document_common import DocumentCommon


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

    def test_jobs_of_an_older_database_go_by_the_day_in_viet_nam(self):
        names = (
            "emulation_review_cron_remind",
            "emulation_campaign_cron_follow",
            "emulation_target_cron_lights",
        )
        remind, follow, changed = (self.env.ref(f"hr_emulation.{name}") for name in names)
        remind.code, follow.code = "model._cron_remind()", "model.with_context(lang='vi_VN')._cron_follow()"
        changed.code = "model._refresh_lights()  # ours"
        self.migrate("19.0.1.4.0/post-update.py", "19.0.1.3.0")
        today = "model.with_context(tz='Asia/Ho_Chi_Minh')."
        self.assertEqual(remind.code, f"{today}_cron_remind()")
        vietnamese = "model.with_context(lang='vi_VN').with_context(tz='Asia/Ho_Chi_Minh')."
        self.assertEqual(follow.code, f"{vietnamese}_cron_follow()")
        self.assertEqual(changed.code, "model._refresh_lights()  # ours", "what users changed is theirs")

    def test_funds_of_an_older_database_that_money_went_through_stay(self):
        funds = self.env["emulation.fund"].create(
            [{"company_id": self.company.id, "year": year} for year in (2040, 2041)]
        )
        lines = [{"fund_id": fund.id, "name": "Khung", "amount": 1_000_000} for fund in funds]
        self.env["emulation.fund.line"].create([lines[0], {**lines[1], "is_planned": True}])
        funds._write_protected({"is_used": False})  # as before
        self.migrate("19.0.1.4.0/post-update.py", "19.0.1.3.0")
        self.assertEqual(funds.mapped("is_used"), [True, False])

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

    def update(self, name):
        """Load a data file as an update of the addon does."""
        convert_file(self.env, "hr_emulation", name, {}, mode="update")
        self.env.invalidate_all()

    def test_rights_of_an_older_database_become_those_of_today(self):
        """They are the addon's, not the administrator's: a corrected rule reaches every database."""
        rules = [
            self.env.ref(f"hr_emulation.rule_emulation_{name}")
            for name in ("campaign_user", "restriction_company")
        ]
        today = [rule.domain_force for rule in rules]
        names = ("ir.rule", "mail.template")
        data = self.env["ir.model.data"].search([("module", "=", "hr_emulation"), ("model", "in", names)])
        self.assertFalse(data.filtered("noupdate"))
        data.noupdate = True  # as they were before
        for rule in rules:
            rule.domain_force = "[('id', '=', 0)]"
        self.env.flush_all()
        self.update("security/rules.xml")
        self.assertEqual({rule.domain_force for rule in rules}, {"[('id', '=', 0)]"})
        self.migrate("19.0.1.4.0/pre-update.py", "19.0.1.3.0")
        self.update("security/rules.xml")
        self.assertEqual([rule.domain_force for rule in rules], today)

    def test_keys_of_numbers_without_a_symbol_are_as_they_are_computed_today(self):
        decision = self.new_decision(self.new_lines(1), issue_date="2026-11-20")
        decision.write({"number": "5", "symbol": False})
        key = decision.number_key
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE emulation_decision SET number_key = number_key || '/' WHERE id = %s", [decision.id]
        )
        self.migrate("19.0.1.4.0/pre-update.py", "19.0.1.3.0")
        self.assertEqual(decision.number_key, key)

    def test_no_right_is_kept_from_an_update(self):
        rights = ("ir.rule", "ir.model.access", "res.groups", "res.groups.privilege", "ir.ui.view")
        found = self.env["ir.model.data"].search([("module", "=", "hr_emulation"), ("model", "in", rights)])
        self.assertFalse(found.filtered("noupdate").mapped("name"))

    def test_what_a_user_changed_stays_and_the_rest_is_brought(self):
        """Names, order and the step at which a paper is due: a user was told they may be changed."""
        paper, other = (self.env.ref(f"hr_emulation.paper_{name}") for name in ("report", "submission"))
        award = self.env.ref("hr_emulation.award_hcsv")
        shipped = self.env["emulation.shipped"]
        paper.write({"name": "Own report", "due_at": "grant"})
        award.sequence = 77
        row = shipped._find(other._name, other.ids)
        row._write_protected({"shipped_values": {**row.shipped_values, "article": "Điều cũ"}})
        other.article = "Điều cũ"  # as an older version shipped it
        self.env.flush_all()
        for name in ("emulation.dossier.paper.csv", "emulation.award.csv"):
            self.update(f"data/{name}")
        self.assertEqual((paper.name, paper.due_at, award.sequence), ("Own report", "grant", 77))
        self.assertEqual(paper.article, "Điều 84 Luật Thi đua, khen thưởng")
        self.assertEqual(other.article, "Điều 84 Luật Thi đua, khen thưởng", "what nobody touched is brought")
        self.assertEqual(
            (paper.emulation_shipped_text, award.emulation_shipped_text, other.emulation_shipped_text),
            ("Name: Achievement report\nRequired at: To submit", "Sequence: 2", ""),
        )

    def test_of_an_older_version_what_a_user_wrote_last_stays(self):
        mine, theirs = (self.env.ref(f"hr_emulation.paper_{name}") for name in ("report", "submission"))
        self.env["emulation.shipped"]._find(mine._name, (mine | theirs).ids)._with_seal().unlink()
        mine.with_user(self.user_admin).name = "Own report"
        theirs.name = "Name of an older version"
        self.env.flush_all()
        self.update("data/emulation.dossier.paper.csv")
        self.assertEqual((mine.name, theirs.name), ("Own report", "Submission (tờ trình)"))

    def test_decision_templates_and_legal_bases_are_brought_field_by_field(self):
        """What nobody touched takes the corrected text; beside what an agency wrote the form shows the new one."""
        first, third = (self.env.ref(f"hr_emulation.decision_template_grant_{number}") for number in (1, 3))
        decree, template = (
            self.env.ref(f"hr_emulation.{name}")
            for name in ("legal_decree_152_2025", "decision_template_grant")
        )
        today = first.content
        for record, values in (
            (third, {"content": "Như bản trước."}),
            (decree, {"name": "Nghị định 152/2025/NĐ-CP"}),
        ):
            row = self.env["emulation.shipped"]._find(record._name, record.ids)
            row._write_protected({"shipped_values": {**row.shipped_values, **values}})
            record._write_protected(values)
        first.with_user(self.user_admin).content = "Tặng {awards} cho {recipients}{list}."
        template.with_user(self.user_admin).legal_basis_ids = decree
        self.env.flush_all()
        for name in ("legal_documents", "decision_template_data"):
            self.update(f"data/{name}.xml")
        self.assertIn("Thủ trưởng các đơn vị có liên quan", third.content)
        self.assertEqual(decree.name, "Nghị định số 152/2025/NĐ-CP")
        self.assertEqual(first.content, "Tặng {awards} cho {recipients}{list}.")
        self.assertIn(today, first.emulation_shipped_text)
        self.assertEqual(template.legal_basis_ids, decree, "the legal bases are the agency's to choose")

    def test_a_mail_that_nobody_rewrote_is_brought(self):
        template = self.env.ref("hr_emulation.mail_template_digest")
        self.update("data/commendation_notification_data.xml")
        self.assertFalse(template.emulation_shipped_text, "as it is shipped")
        template.subject = "Our own subject"
        self.update("data/commendation_notification_data.xml")
        self.assertEqual(template.subject, "Our own subject")
        self.assertEqual(template.emulation_shipped_text, "Subject: Commendations: news of the day")

    def ship(self, record, **values):
        """Make a record as if an older version had shipped these values."""
        row = self.env["emulation.shipped"]._find(record._name, record.ids)
        row._write_protected({"shipped_values": {**row.shipped_values, **values}})
        record._write_protected(values)

    def test_layouts_of_certificates_are_brought_where_nobody_changed_them(self):
        """A text is kept for itself, places are kept together: half a new layout would print over itself."""
        merit, title = (
            self.env.ref(f"hr_emulation.certificate_template_{kind}") for kind in ("merit", "title")
        )
        verb, agency, award, national = (
            self.env.ref(f"hr_emulation.certificate_template_{name}")
            for name in ("merit_box_05", "merit_box_04", "title_box_05", "title_box_01")
        )
        today = {box: (box.content, box.x) for box in (verb, agency, award, national)}
        self.ship(merit, name="Bằng khen")
        for box in (verb, award):
            self.ship(box, content="TẶNG", x=50.0)
        agency.with_user(self.user_admin).content = "ỦY BAN NHÂN DÂN"
        national.with_user(self.user_admin).x = 70.0
        self.env.flush_all()
        self.update("data/certificate_template_data.xml")
        self.assertEqual(merit.name, "Bằng khen (A4)")
        self.assertEqual((verb.content, verb.x), today[verb])
        self.assertEqual(agency.content, "ỦY BAN NHÂN DÂN")
        self.assertEqual(agency.emulation_shipped_text, f"Content: {today[agency][0]}")
        self.assertEqual(
            (award.content, award.x), (today[award][0], 50.0), "the text is right, nothing moves"
        )
        self.assertEqual(national.x, 70.0)
        self.assertEqual((title.emulation_shipped_text, verb.emulation_shipped_text), ("", ""))

    def test_layouts_of_an_older_database_are_taken_in(self):
        """Nothing is known of what an older version shipped: what a user wrote last is the user's."""
        names = ("emulation.certificate.template", "emulation.certificate.field", "emulation.base.salary")
        names += ("emulation.deadline.rule", "emulation.statistic.form", "emulation.statistic.line")
        data = self.env["ir.model.data"].search([("module", "=", "hr_emulation"), ("model", "in", names)])
        self.assertFalse(data.filtered("noupdate"))
        data.noupdate = True
        self.env["emulation.shipped"].search([("res_model", "in", names)])._with_seal().unlink()
        old, own = (
            self.env.ref(f"hr_emulation.certificate_template_{kind}_box_05") for kind in ("merit", "title")
        )
        salary, deadline = (
            self.env.ref(f"hr_emulation.{name}") for name in ("base_salary_2026", "deadline_return")
        )
        old._write_protected({"content": "TẶNG"})
        own.with_user(self.user_admin).content = "KÍNH TẶNG"
        salary._write_protected({"amount": 2_500_000})
        deadline.with_user(self.user_admin).days = 12
        self.env.flush_all()
        self.migrate("19.0.1.5.0/pre-shipped.py", "19.0.1.4.0")
        for name in ("certificate_template_data", "base_salaries", "deadline_rules", "statistic_forms"):
            self.update(f"data/{name}.xml")
        self.assertEqual((old.content, own.content), ("{verb}", "KÍNH TẶNG"))
        self.assertEqual((salary.amount, deadline.days), (2_530_000, 12))
        self.assertEqual(deadline.emulation_shipped_text, "Working days: 15")
        self.assertIn("Content: {verb}", own.emulation_shipped_text)

    def test_what_was_deleted_does_not_come_back(self):
        names = ("certificate_template_merit_box_05", "decision_template_grant_2", "statistic_0601_row_02")
        for name in names:
            self.env.ref(f"hr_emulation.{name}").with_user(self.user_admin).unlink()
        for name in ("certificate_template_data", "decision_template_data", "statistic_forms"):
            self.update(f"data/{name}.xml")
        for name in names:
            self.assertFalse(self.env.ref(f"hr_emulation.{name}", raise_if_not_found=False), name)

    def test_what_others_name_is_archived_and_not_deleted(self):
        template = self.env.ref("hr_emulation.certificate_template_merit").with_user(self.user_admin)
        with self.assertRaisesRegex(UserError, "archive it instead"):
            template.unlink()
        template.copy().unlink()
        template.active = False
        self.update("data/certificate_template_data.xml")
        self.assertFalse(template.active)

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

    def test_numbers_that_stand_twice_are_named(self):
        first, second = (
            self.new_decision(self.env["emulation.commendation"], number=str(number), issue_date="2026-11-20")
            for number in (71, 72)
        )
        with self.assertNoLogs("odoo.addons.hr_emulation.migrations", "WARNING"):
            self.migrate("19.0.1.6.0/post-numbers.py", "19.0.1.5.0")
        self.env.cr.execute("DROP INDEX emulation_decision_number_uniq")
        key = first.number_key
        self.env.cr.execute(
            SQL("UPDATE emulation_decision SET number_key = %s WHERE id = %s", key, second.id)
        )
        self.env.invalidate_all()
        with self.assertLogs("odoo.addons.hr_emulation.migrations", "WARNING") as caught:
            self.migrate("19.0.1.6.0/post-numbers.py", "19.0.1.5.0")
        self.assertEqual(len(caught.output), 1)
        self.assertIn(f"{first}", caught.output[0])
        self.assertIn(f"{second}", caught.output[0])

    def test_articles_of_an_older_database_are_printed_as_before(self):
        """Words said whether an article is about money; now it is said beside it."""
        old = "Về việc hủy bỏ quyết định khen thưởng và thu hồi hiện vật, tiền thưởng"
        draft, own, issued = (
            self.new_decision(self.env["emulation.commendation"], kind="revocation", abstract=text)
            for text in (old, "Về việc thu hồi tiền thưởng", old)
        )
        contents = ("Tổng số tiền là {total} đồng.", "Thu hồi hiện vật và số tiền {total} đồng.", "Hiệu lực.")
        articles = self.env["emulation.decision.article"].create(
            [{"decision_id": draft.id, "content": content} for content in contents]
        )
        articles.only_with_money = False
        issued._write_protected({"state": "issued"})
        self.migrate("19.0.1.6.0/post-articles.py", "19.0.1.5.0")
        self.assertEqual(articles.mapped("only_with_money"), [True, False, False])
        self.assertEqual(draft.abstract, "Về việc hủy bỏ quyết định khen thưởng")
        self.assertEqual((own.abstract, issued.abstract), ("Về việc thu hồi tiền thưởng", old))
        shipped = self.env["emulation.decision.article"].search([("template_id", "!=", False)])
        self.assertFalse([one.content for one in shipped if one.emulation_shipped_text])

    def test_a_campaign_reopened_before_ends_by_itself_again(self):
        campaigns = self.env["emulation.campaign"].create(
            [{"name": name, "company_id": self.company.id} for name in ("Mở lại", "Không mở lại", "Lại đóng")]
        )
        reopened, other, closed = campaigns
        (reopened | other)._write_protected({"state": "launched"})
        closed._write_protected({"state": "closed"})
        self.migrate("19.0.1.5.0/pre-reopened.py", "19.0.1.4.0")
        self.assertFalse(any(campaigns.mapped("reopened_until")), "run on a newer database it does nothing")
        self.env.cr.execute("ALTER TABLE emulation_campaign ADD COLUMN is_reopened boolean")
        ids = tuple((reopened | closed).ids)
        self.env.cr.execute(SQL("UPDATE emulation_campaign SET is_reopened = TRUE WHERE id IN %s", ids))
        self.migrate("19.0.1.5.0/pre-reopened.py", "19.0.1.4.0")
        self.assertEqual([bool(one.reopened_until) for one in campaigns], [True, False, False])

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
