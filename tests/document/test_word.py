import base64
import hashlib
import io
import re

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from odoo.exceptions import UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...models.mixin.verb import get_fields
from ..helpers.document_common import DocumentCommon


class WordCommon(DocumentCommon):
    def new_document(self, count):
        return self.new_decision(
            self.new_lines(count),
            issue_date="2026-01-05",
            place="Hà Nội",
            authority="Giám đốc Sở Thử nghiệm",
            recipient_lines="Như Điều 3\nLưu: VT",
        )

    def build(self, document, name="decision"):
        reports = self.env["ir.actions.report"].with_user(self.user_officer)
        return reports._build_word(name, document.id)

    def open_word(self, document, name="decision"):
        return Document(io.BytesIO(self.build(document, name)[1]))


@tagged("post_install", "-at_install")
class TestWordDoor(HttpCase, WordCommon):
    """Who may read a document may have it as a Word file; for others there is none."""

    def test_downloaded_by_who_may_read_it(self):
        decision = self.new_document(1)
        path = f"/emulation/word/decision/{decision.id}"
        self.authenticate(self.user_officer.login, self.user_officer.login)
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertTrue(Document(io.BytesIO(answer.content)).paragraphs)
        for user in (self.user_foreign_officer, self.user_proposer, self.user_portal):
            self.authenticate(user.login, user.login)
            self.assertEqual(self.url_open(path).status_code, 404, user.login)
        for wrong in ("certificate/1", "decision/999999999", "nothing/1"):
            self.authenticate(self.user_officer.login, self.user_officer.login)
            self.assertEqual(self.url_open(f"/emulation/word/{wrong}").status_code, 404, wrong)


@tagged("post_install", "-at_install")
class TestWord(WordCommon):
    """The Word file of a document says what its PDF says, with real styles and the measures of the decree."""

    def get_words(self, document):
        texts = [node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")]
        return self.normalise(" ".join(texts))

    @staticmethod
    def normalise(text):
        return re.sub(r"[\s\W]+", "", text).casefold()

    def test_it_says_what_the_pdf_says(self):
        for count in (1, 2, 60):
            with self.subTest(count=count):
                decision = self.new_document(count)
                self.issue(decision)
                pdf = sorted(self.normalise(self.get_pdf_text(decision)))
                word = sorted(self.get_words(self.open_word(decision)))
                self.assertEqual("".join(word), "".join(pdf))

    def get_pdf_text(self, decision):
        """Return the text of the PDF, without page numbers and headings that are repeated."""
        texts, heads = [], "STT Họ và tên cá nhân, tên tập thể Chức vụ, đơn vị Mức thưởng (đồng) Ghi chú"
        for number, page in enumerate(self.pages(decision.document_attachment_id.raw)):
            spots = [text for text, _x, y in self.spots(page) if not (text.isdigit() and y < 18)]
            text = " ".join(" ".join(spots).split())
            texts.append(text if number < 2 else text.replace(heads, "", 1))
        return " ".join(texts)

    def test_an_issued_decision_says_what_it_said_whatever_was_amended_since(self):
        decision = self.new_document(2)
        decision._do_issue()
        before = self.get_words(self.open_word(decision))
        line = decision.commendation_ids[0]
        name = line.recipient_name
        self.new_correction(line, "Nguyễn Tên Đúng", issue_date="2026-02-05")._do_issue()
        line._write_protected({"prize_amount": 5})  # as where a higher award was revoked
        self.assertEqual(line.recipient_name, "Nguyễn Tên Đúng")
        document = self.open_word(decision)
        self.assertEqual(self.get_words(document), before)
        self.assertIn(self.normalise(name), before)
        self.new_template("{number}", row=("{line.name}", "{line.sum}"))
        names = [row.cells[0].text for row in self.open_word(decision).tables[0].rows]
        self.assertIn(name, names)
        self.assertNotIn("Nguyễn Tên Đúng", names)

    def test_measures_of_the_decree(self):
        first, annex = self.open_word(self.new_document(2)).sections
        self.assertEqual([round(side.mm) for side in (first.page_width, first.page_height)], [210, 297])
        self.assertEqual([round(side.mm) for side in (annex.page_width, annex.page_height)], [297, 210])
        for section in (first, annex):
            self.assertEqual(round(section.left_margin.mm), 30)
            self.assertIn(round(section.right_margin.mm), range(15, 21))
            self.assertIn(round(section.top_margin.mm), range(20, 26))
            self.assertTrue(section.different_first_page_header_footer)
            self.assertIn("PAGE", section.header._element.xml)
            self.assertNotIn("PAGE", section.first_page_header._element.xml)

    def test_real_styles_and_the_font_by_its_name(self):
        document = self.open_word(self.new_document(2))
        by_text = {paragraph.text: paragraph.style for paragraph in document.paragraphs}
        self.assertEqual(by_text["Quyết định"].name, "Tên loại văn bản")
        self.assertTrue(by_text["Quyết định"].font.bold)
        articles = [text for text, style in by_text.items() if style.name == "Điều"]
        self.assertEqual(len(articles), 3)
        for style in {paragraph.style.name for paragraph in document.paragraphs}:
            self.assertIn(document.styles[style].font.name, (None, "Times New Roman"), style)
        self.assertEqual(document.core_properties.language, "vi-VN")

    def test_the_heading_of_a_table_is_repeated_and_rows_are_whole(self):
        table = self.open_word(self.new_document(3)).tables[-1]
        self.assertIn("w:tblHeader", table.rows[0]._tr.xml)
        self.assertTrue(all("w:cantSplit" in row._tr.xml for row in table.rows))

    def new_submission(self):
        return self.env["emulation.submission"].create(
            {
                "company_id": self.company.id,
                "abstract": "Về việc đề nghị khen thưởng",
                "addressee": "UBND tỉnh",
                "line_ids": [(0, 0, {"commendation_id": line.id}) for line in self.new_lines(2)],
            }
        )

    def test_submissions_too(self):
        submission = self.new_submission()
        document = self.open_word(submission, "submission")
        self.assertIn("Kính gửi: UBND tỉnh", [paragraph.text for paragraph in document.paragraphs])
        self.assertEqual(len(document.tables[-1].rows), 3)

    def test_a_long_annex(self):
        decision = self.new_document(1000)
        name, content = self.build(decision)
        self.assertTrue(name.endswith(".docx"))
        self.assertLess(len(content), 300_000)
        self.assertEqual(len(Document(io.BytesIO(content)).tables[-1]._tbl.tr_lst), 1003)

    def test_papers_of_a_decision(self):
        decision = self.new_document(3)
        for name, title in (("payments", "Danh sách chi tiền thưởng"), ("ceremony", "Kịch bản trao thưởng")):
            with self.subTest(name=name):
                texts = [paragraph.text for paragraph in self.open_word(decision, name).paragraphs]
                self.assertIn(title, texts)

    # ---------- A version that came back ----------

    def work_on(self, decision, before, after):
        """Return the Word file of a decision in which somebody wrote something else."""
        document, found = self.open_word(decision), False
        for node in document.element.body.iter():
            if node.tag.endswith("}t") and before in (node.text or ""):
                node.text, found = node.text.replace(before, after), True
        self.assertTrue(found, before)
        output = io.BytesIO()
        document.save(output)
        return base64.b64encode(output.getvalue())

    def upload(self, decision, content):
        decision = decision.with_user(self.user_officer)
        decision.write({"word_copy": content, "word_copy_name": "sửa.docx"})
        return decision

    def test_a_sentence_is_changed_and_the_decision_is_issued(self):
        decision = self.new_document(2)
        decision = self.upload(decision, self.work_on(decision, "thành tích xuất sắc", "nhiều thành tích"))
        digest = hashlib.sha256(base64.b64decode(decision.word_copy)).hexdigest()
        self.assertEqual(decision.word_copy_sha256, digest)
        self.assertIn(digest, decision.message_ids[0].body)
        self.assertRegex(decision.word_differences, "^Wording: .*nhiều thành tích")
        self.issue(decision)
        self.assertEqual(decision.state, "issued")
        with self.assertRaises(UserError):
            decision.write({"word_copy": False})

    def test_a_changed_name_or_sum_is_noticed(self):
        decision = self.new_document(2)
        name = decision.commendation_ids[0].recipient_name
        decision = self.upload(decision, self.work_on(decision, name, "Nguyễn Thị Người Khác"))
        self.assertRegex(decision.word_differences, f"^Name, award or sum: .*{name}.*Người Khác")
        wizard = self.env["emulation.decision.issue"].create({"decision_id": decision.id})
        self.assertIn("Người Khác", wizard.warnings)
        decision = self.upload(
            decision, self.work_on(decision, "Tổng số tiền thưởng là 1", "Tổng số tiền thưởng là 9")
        )
        self.assertIn("Name, award or sum:", decision.word_differences)

    def test_the_sum_in_words_and_who_signs_are_facts(self):
        decision = self.new_document(2)
        words = decision._get_word_values()["total_words"]
        for before, after in ((words, "Chín triệu đồng"), (self.signer.name, "Vũ Ký Hộ")):
            decision = self.upload(decision, self.work_on(decision, before, after))
            self.assertRegex(decision.word_differences, f"^Name, award or sum: .*{after}")

    def test_what_the_data_say_since_is_told_when_it_goes_out(self):
        decision = self.new_document(2)
        decision = self.upload(decision, base64.b64encode(self.build(decision)[1]))
        self.assertFalse(decision.word_differences)
        decision.commendation_ids[0]._write_protected({"decision_id": False})
        decision.invalidate_recordset()
        self.issue(decision)
        self.assertIn("Name, award or sum:", decision.word_differences)
        self.assertIn("The data changed since", "".join(decision.message_ids.mapped("body")))

    def test_a_signed_copy_put_in_at_once_is_read_too(self):
        document = self.new_submission().copy_data()[0]
        document.update({"signed_copy": base64.b64encode(b"%PDF-1.7"), "signed_copy_name": "bản ký.pdf"})
        document.pop("line_ids", None)
        made = self.env["emulation.submission"].with_user(self.user_officer).create(document)
        self.assertEqual(len(made.signed_copy_sha256), 64)
        self.assertTrue(made.signed_copy_check)

    def test_another_document_altogether_is_told_in_some_lines(self):
        decision, other = self.new_document(80), self.new_document(1)
        decision = self.upload(decision, base64.b64encode(self.build(other)[1]))
        lines = decision.word_differences.splitlines()
        self.assertEqual(len(lines), 51)
        self.assertRegex(lines[-1], r"^\d+ more differences\.$")

    def test_papers_tell_the_time_of_viet_nam(self):
        """Whoever downloads them: many an account has no time zone, and the PDF says the same."""
        (line,) = self.new_lines(1)
        line._write_protected({"submitted_on": "2026-11-20 20:30:00", "state": "submitted"})
        for zone in (False, "America/New_York"):
            self.user_officer.tz = zone
            reports = self.env["ir.actions.report"].with_user(self.user_officer).with_context(tz=zone)
            content = reports._build_word("receipt", line.id)[1]
            texts = "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)
            self.assertIn("03 giờ 30 phút, ngày 21 tháng 11 năm 2026", texts)

    def test_names_are_text_whatever_is_in_them(self):
        name = "Trần & <b>Bình</b> {number} =1+1"
        lines = self.new_lines(1)
        lines._write_protected({"recipient_name": name})
        decision = self.new_decision(lines, issue_date="2026-01-05", place="Hà Nội")
        self.assertIn(name, "\n".join(paragraph.text for paragraph in self.open_word(decision).paragraphs))
        self.new_template("{articles}", row=("{line.name}", "{line.sum}"))
        document = self.open_word(decision)
        self.assertIn(name, document.paragraphs[0].text)
        self.assertEqual(document.tables[0].cell(0, 0).text, name)

    def test_every_document_takes_an_edited_and_a_signed_version(self):
        """On its form an officer finds both, what was found in them, and may write them."""
        copies = {"word_copy", "word_copy_name", "signed_copy", "signed_copy_name"}
        heirs = self.env.registry.descendants(["emulation.issued.document.mixin"], "_inherit")
        for name in heirs - {"emulation.issued.document.mixin"}:
            with self.subTest(name):
                model = self.env[name].with_user(self.user_officer)
                shown = model.get_view(view_type="form")["models"][name]
                self.assertLessEqual(copies | {"word_differences", "signed_copy_check"}, set(shown))
                table = model._get_writable()
                written = [state for state in table if "recipient_lines" in get_fields(table, state)]
                self.assertTrue(written)
                for state in written:
                    self.assertIn("word_copy", get_fields(table, state), state)
                self.assertIn("signed_copy", get_fields(table, "issued"))

    def test_the_file_as_it_was_differs_in_nothing(self):
        decision = self.new_document(2)
        decision = self.upload(decision, base64.b64encode(self.build(decision)[1]))
        self.assertFalse(decision.word_differences)

    # Without libmagic Odoo tells the log that a damaged file is damaged.
    @mute_logger("odoo.tools.mimetypes.guess_mimetype")
    def test_only_a_word_file_is_kept(self):
        decision = self.new_document(1)
        for content in (b"%PDF-1.7", b"<html/>", b"PK\x03\x04"):
            with self.assertRaises(ValidationError):
                self.upload(decision, base64.b64encode(content))
        self.assertFalse(decision.word_copy_sha256)

    def make_dangerous_word(self):
        """Return a Word file that starts a program when its fields are updated."""
        document = Document()
        document.add_paragraph()._p.append(
            parse_xml(f"<w:fldSimple {nsdecls('w')} w:instr='DDEAUTO c:/cmd.exe'/>")
        )
        output = io.BytesIO()
        document.save(output)
        return base64.b64encode(output.getvalue())

    def test_a_file_that_runs_or_fetches_is_not_kept(self):
        decision = self.new_document(1)
        with self.assertRaisesRegex(ValidationError, "DDEAUTO"):
            self.upload(decision, self.make_dangerous_word())
        with self.assertRaisesRegex(ValidationError, "DDEAUTO"):
            self.env["emulation.word.template"].create(
                {"name": "Mẫu", "company_id": self.company.id, "content": self.make_dangerous_word()}
            )

    # ---------- A template of the agency's own ----------

    def new_template(self, *paragraphs, row=(), report="decision"):
        document = Document()
        for text in paragraphs:
            document.add_paragraph(text)
        if row:
            cells = document.add_table(rows=1, cols=len(row)).rows[0].cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
        output = io.BytesIO()
        document.save(output)
        with self.env.cr.savepoint():  # what is refused is gone, as at the end of a request
            return self.env["emulation.word.template"].create(
                {
                    "name": "Mẫu của cơ quan",
                    "report": report,
                    "company_id": self.company.id,
                    "content": base64.b64encode(output.getvalue()),
                }
            )

    def test_a_template_of_the_agency(self):
        decision = self.new_document(2)
        names = {line.recipient_name for line in decision.commendation_ids}
        self.new_template(
            "{agency}", "{place_date}", "{articles}", row=("{line.index}", "{line.name}", "{line.sum}")
        )
        document = self.open_word(decision)
        texts = [paragraph.text for paragraph in document.paragraphs]
        self.assertEqual(texts[:2], [self.company.name, "Hà Nội, ngày 05 tháng 01 năm 2026"])
        self.assertTrue(texts[2].startswith("Điều 1. "))
        rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
        self.assertEqual({row[1] for row in rows}, names)
        self.assertEqual([row[0] for row in rows], ["1", "2"])

    def test_a_wrong_field_is_named_with_its_place(self):
        with self.assertRaisesRegex(ValidationError, r"\{nubmer\}, paragraph 2"):
            self.new_template("{agency}", "Số: {nubmer}")
        with self.assertRaisesRegex(ValidationError, r"\{line\.nam\}, table 1, row 1"):
            self.new_template(row=("{line.nam}", ""))
        with self.assertRaisesRegex(
            ValidationError, r"\{line\.name\}, paragraph 1: a field of a line stands"
        ):
            self.new_template("{line.name}")

    def test_a_paper_has_one_template(self):
        first = self.new_template("{articles}")
        with self.assertRaisesRegex(ValidationError, "Archive one of them"):
            self.new_template("{articles}")
        first.active = False
        second = self.new_template("{articles}")
        with self.assertRaisesRegex(ValidationError, "Archive one of them"), self.env.cr.savepoint():
            first.active = True
        self.assertTrue(second.exists())

    def test_a_template_reaches_for_nothing(self):
        for text in (
            "{{ agency }}",
            "{agency.env}",
            "{% for x in y %}",
            "{0.__class__}",
            "{_get_word_values}",
        ):
            with self.assertRaisesRegex(ValidationError, "paragraph 1"):
                self.new_template(text)

    def test_a_field_of_another_paper_is_refused(self):
        with self.assertRaisesRegex(ValidationError, r"\{articles\}, paragraph 1"):
            self.new_template("{articles}", report="submission")
        template = self.new_template("{articles}")
        with self.assertRaisesRegex(ValidationError, r"\{articles\}, paragraph 1"):
            template.report = "submission"

    def test_every_field_is_explained_in_the_language_of_the_user(self):
        template = self.new_template("{articles}")
        self.assertIn("<code>{line.award}</code>", template.known_fields)
        self.assertNotIn("{line.award}", template.new({"report": "inspection"}).known_fields)
        self.assertNotIn("<code>", template.new({"report": False}).known_fields)

    def test_the_text_of_the_paper_in_the_form_of_the_agency(self):
        decision = self.new_document(2)
        self.new_template("{agency}", "{body}", "{annex}", "{signer_name}")
        document = self.open_word(decision)
        texts = [paragraph.text for paragraph in document.paragraphs]
        self.assertEqual(texts[1], "QUYẾT ĐỊNH:")
        self.assertTrue(texts[2].startswith("Điều 1. "), texts)
        names = {row.cells[1].text for row in document.tables[-1].rows}
        self.assertLessEqual({line.recipient_name for line in decision.commendation_ids}, names)

    def test_a_submission_by_the_template_of_the_agency(self):
        submission = self.new_submission()
        self.new_template(
            "Kính gửi: {addressee}, {count} trường hợp",
            row=("{line.name}", "{line.award}"),
            report="submission",
        )
        document = self.open_word(submission, "submission")
        self.assertEqual(document.paragraphs[0].text, "Kính gửi: UBND tỉnh, 02 trường hợp")
        self.assertEqual(len(document.tables[0].rows), 2)
