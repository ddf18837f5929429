import base64
import io
import json
import re
import shlex
import unicodedata
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import openpyxl
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import HttpCase, tagged
from odoo.tests.common import TEST_CURSOR_COOKIE_NAME, release_test_lock
from odoo.tools import mute_logger

from ...printing import signing
from ..helpers.exchange_common import ExchangeCommon
from ..helpers.rpc import RpcCase

PAGE = Path(__file__).parents[2] / "docs/exchange.md"


@tagged("post_install", "-at_install")
class TestExchange(ExchangeCommon):
    """A unit submits by file, the superior decides, the unit has the decision; nothing is typed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee_sub.write({"birthday": "1988-03-08", "sex": "female"})
        cls.submission = cls.send(
            cls.new_proposals([cls.employee_sub, cls.employee_unit, cls.employee_other])
        )
        cls.file = cls.submission.export_signed()

    def receive(self):
        return self.take(self.superior_env, self.file)

    def answer(self, received, granted=1):
        """Grant the first proposals, refuse the next one; return the superior's file."""
        drafts = received.line_ids.sorted("line_number").commendation_id
        self.decide(drafts[:granted])
        drafts[granted].action_submit()
        drafts[granted]._do_reject("Chưa đủ thời gian")
        return received.export_answer()

    def refuse(self, env, text, words):
        """Insist that a file is refused with these words and leaves nothing behind."""
        before = self.count()
        with self.assertRaisesRegex(UserError, words):
            env["emulation.exchange"].receive(text)
        self.assertEqual(self.count(), before)

    def count(self):
        names = (
            "emulation.received.submission",
            "emulation.commendation",
            "res.partner",
            "emulation.decision",
        )
        return [self.env[name].sudo().search_count([]) for name in names]

    # ------------------------------------------------------------------
    # There and back
    # ------------------------------------------------------------------

    def test_what_the_superior_gets(self):
        received = self.receive()
        self.assertEqual(received.number, self.submission._get_document_number())
        self.assertEqual(received.agency, "Sở Thử nghiệm")
        line = received.line_ids.filtered(lambda line: line.recipient_name == "Nguyễn Thị Ánh")
        self.assertEqual((line.birth_year, line.sex, line.finding), (1988, "female", "met"))
        draft = line.commendation_id
        self.assertEqual(
            (draft.state, draft.recipient_type, draft.subject), ("draft", "partner", "individual")
        )
        self.assertEqual((draft.award_id, draft.company_id), (self.superior_award, self.other_company))
        self.assertEqual(
            (draft.proposer_id, draft.summary), (self.user_foreign_officer, "Thành tích xuất sắc")
        )
        self.assertEqual((draft.period_from, draft.period_to), self.PERIOD)
        draft.action_submit()
        self.assertEqual(draft.unit_name, "Tổ Thi đua, Sở Thử nghiệm")
        self.assertEqual(draft.position_name, "Chuyên viên")

    def test_figures_have_the_sex_the_unit_wrote(self):
        received = self.receive()
        self.env.flush_all()
        rows = self.superior_env["emulation.report.commendation"]
        found = {line.recipient_name: rows.browse(line.commendation_id.id).sex for line in received.line_ids}
        self.assertEqual(found.pop("Nguyễn Thị Ánh"), "female")
        self.assertEqual(set(found.values()), {"unknown"})

    def test_nothing_leaves_that_the_page_does_not_say(self):
        self.employee_sub.identification_id = "001188000123"
        text = self.submission.export_signed()
        for secret in ("001188000123", "1988-03-08", self.user_officer.login):
            self.assertNotIn(secret, text)

    def test_there_and_back(self):
        received = self.receive()
        self.take(self.unit_env, self.answer(received))
        self.submission.invalidate_recordset()
        granted, refused, waiting = self.submission.line_ids.sorted("id")
        decision = received.line_ids.commendation_id.decision_id
        self.assertEqual(granted.answer, "granted")
        self.assertEqual(granted.external_number, decision._get_document_number())
        self.assertEqual(granted.external_date, decision.issue_date)
        self.assertEqual(granted.commendation_id.state, "granted")
        self.assertEqual(granted.commendation_id.granted_date, decision.issue_date)
        self.assertEqual(refused.commendation_id.state, "rejected")
        self.assertEqual(refused.commendation_id.reason, "Chưa đủ thời gian")
        self.assertEqual((waiting.answer, waiting.commendation_id.state), ("pending", "forwarded"))
        self.assertEqual(self.submission.answered_count, 2)

    def test_the_certificate_verifies_at_the_issuer(self):
        self.take(self.unit_env, self.answer(self.receive()))
        line = self.submission.line_ids.sorted("id")[0]
        self.assertRegex(line.certificate_address, r"^https://thidua\.example\.org/kt/[0-9]+$")
        checked = self.env["emulation.certificate"]._verify_code(line.certificate_address.rpartition("/")[2])
        self.assertEqual((checked.page, checked.issuer), ("issued", "Sở Khác"))
        self.assertEqual(checked.statement.name, line.commendation_id.recipient_name)
        self.assertEqual(checked.statement.number, line.certificate_number)

    def test_the_agencies_see_nothing_of_each_other(self):
        received = self.receive()
        for env, records in (
            (self.unit_env, received),
            (self.unit_env, received.line_ids.commendation_id),
            (self.superior_env, self.submission),
            (self.superior_env, self.submission.line_ids.commendation_id),
            (self.superior_env, self.superior_known),
        ):
            with self.assertRaises(AccessError):
                records.with_env(env).read(["display_name"])

    def test_a_second_answer_says_the_rest(self):
        received = self.receive()
        self.take(self.unit_env, self.answer(received))
        self.decide(received.line_ids.sorted("line_number").commendation_id[2:])
        self.take(self.unit_env, received.export_answer())
        states = self.submission.line_ids.sorted("id").commendation_id.mapped("state")
        self.assertEqual(states, ["granted", "rejected", "granted"])

    def test_again_it_changes_nothing(self):
        received = self.receive()
        drafts = received.line_ids.commendation_id
        drafts[0].summary = "Đã sửa ở cấp trên"
        before = self.count()
        again = self.superior_env["emulation.exchange"].receive(self.file)
        self.assertEqual((again["id"], again["is_new"]), (received.id, False))
        self.assertEqual(self.count(), before)
        self.assertEqual(drafts[0].summary, "Đã sửa ở cấp trên")
        answer = self.answer(received)
        self.take(self.unit_env, answer)
        lines = self.submission.line_ids
        told = len(self.submission.message_ids)
        before = (
            lines.read(),
            lines.commendation_id.read(["state", "granted_date", "decision_id", "reason"]),
        )
        again = self.unit_env["emulation.exchange"].receive(answer)
        self.assertEqual((again["id"], again["is_new"]), (self.submission.id, False))
        after = (lines.read(), lines.commendation_id.read(["state", "granted_date", "decision_id", "reason"]))
        self.assertEqual(after, before)
        self.assertEqual(len(self.submission.message_ids), told)

    def test_the_same_person_is_one_outside_party(self):
        first = self.receive().line_ids
        proposals = self.new_proposals([self.employee_sub])
        second = self.take(self.superior_env, self.send(proposals).export_signed()).line_ids
        self.assertEqual(
            second.partner_id, first.filtered(lambda line: line.recipient_name == "Nguyễn Thị Ánh").partner_id
        )

    def forge(self, *changes):
        """Return the unit's file with changes to its lines, signed by the unit's real key."""
        content = self.read(self.file)
        for line, change in zip(content["lines"], changes, strict=False):
            line.update(change)
        return self.seal(self.company, content)

    def test_two_of_one_name_are_two(self):
        """Proposed for one award in one file they are two people; for another award it may be the same one."""
        namesake = {"name": "Nguyễn Thị Hương", "unit": "Tổ Thi đua"}
        other = self.new_document_award("Kỷ niệm chương thử", "KNCTHU", 1, company_id=False)
        content = self.read(
            self.forge(namesake, namesake, {**namesake, "award": {"code": other.code, "name": other.name}})
        )
        for line in content["lines"]:
            line.pop("birth_year", None)
        lines = self.take(self.superior_env, self.seal(self.company, content)).line_ids.sorted("line_number")
        first, second, third = lines.mapped(lambda line: line.partner_id.id)
        self.assertNotEqual(first, second)
        self.assertEqual(first, third)
        # Which of the two is proposed next time nobody can tell: their histories are not mixed.
        again = {**content, "id": "A" * 32, "lines": content["lines"][:1]}
        later = self.take(self.superior_env, self.seal(self.company, again)).line_ids
        self.assertNotIn(later.partner_id, lines.partner_id)

    def test_a_renamed_agency_sends_nothing_twice(self):
        received = self.receive()
        self.company.name = "Sở Thử nghiệm và Đổi tên"
        text = self.submission.export_signed()
        self.trust(self.user_foreign_officer, self.superior_admin, self.company)
        self.assertNotEqual(json.loads(text)["agency"], received.agency)
        self.refuse(self.superior_env, text, "received before from Sở Thử nghiệm")

    def test_a_code_of_an_own_catalogue_is_nobody_else_s(self):
        """Another agency's award may have the same code; by its name it is the one that was asked for."""
        other = self.new_document_award("Kỷ niệm chương thử", "KNCTHU", 1, company_id=False)
        name = self.read(self.file)["lines"][0]["award"]["name"]
        received = self.take(self.superior_env, self.forge({"award": {"code": other.code, "name": name}}))
        self.assertEqual(received.line_ids.commendation_id.award_id, self.superior_award)

    def test_a_decision_by_itself_is_for_reading(self):
        decision = self.decide(self.receive().line_ids.commendation_id[:1])
        text = decision.export_signed()
        content = self.read(text)
        (line,) = content["decision"]["lines"]
        self.assertEqual(content["decision"]["number"], decision._get_document_number())
        self.assertEqual(content["decision"]["signer"], "Lê Chủ Tịch")
        self.assertEqual(line["prize"], int(decision.prize_total))
        self.assertGreater(line["prize"], 0)
        keys = {
            key.name: key for key in (signing.PublicKey(one["key"], one["agency"]) for one in content["keys"])
        }
        self.assertEqual(signing.check(line["certificate"]["code"], keys)[0], "valid")
        self.refuse(self.unit_env, text, "for reading")

    # ------------------------------------------------------------------
    # What is refused
    # ------------------------------------------------------------------

    def test_a_changed_file_is_refused(self):
        for old, new in (("Nguyễn Thị Ánh", "Nguyễn Thị Anh"), ("Sở Thử nghiệm", "Sở thử nghiệm")):
            changed = self.file.replace(old, new)
            self.assertNotEqual(changed, self.file)
            with self.assertRaises(UserError):
                self.superior_env["emulation.exchange"].receive(changed)
        self.refuse(self.superior_env, self.file.replace("Nguyễn Thị Ánh", "Nguyễn Thị Anh"), "was changed")
        envelope = json.loads(self.file) | {"signature": "A" * 86}
        self.refuse(self.superior_env, json.dumps(envelope), "was changed")
        answer = self.answer(self.receive())
        self.refuse(self.unit_env, answer.replace("Chưa đủ thời gian", "Không đạt"), "was changed")
        self.assertEqual(set(self.submission.line_ids.mapped("answer")), {"pending"})

    def test_only_a_trusted_key(self):
        self.unit_known.with_env(self.superior_env)._do_withdraw("Khóa bị lộ")
        self.refuse(self.superior_env, self.file, "no longer trusted")
        with self.assertRaises(UserError):
            self.unit_known.public_key = "A" * 43
        self.unit_known._with_seal().unlink()
        self.refuse(self.superior_env, self.file, "is not known here")
        entered = self.enter_key(self.user_foreign_officer, self.company)
        self.refuse(self.superior_env, self.file, "has confirmed")
        with self.assertRaises(UserError):
            entered.action_confirm()  # an officer
        entered.with_env(self.get_env(self.superior_admin)).action_confirm()
        self.receive()

    def test_a_stolen_key(self):
        key = self.get_key(self.company)
        key.with_env(self.get_env(self.user_admin))._do_report_stolen(Date.context_today(key), "Mất máy")
        self.refuse(self.superior_env, self.file, "as stolen")

    def test_the_name_of_a_key_is_not_the_key(self):
        """Whoever calls an own key by the name of a trusted agency is unknown."""
        private, public = signing.new_key()
        envelope = json.loads(self.file)
        envelope |= {"key": public, "signature": signing.sign_exchange(envelope["content"], private)}
        self.refuse(self.superior_env, json.dumps(envelope), "is not known here")

    def test_another_version_or_agency(self):
        envelope = json.loads(self.file)
        self.refuse(self.superior_env, json.dumps(envelope | {"version": 2}), "version 2")
        self.refuse(self.unit_env, self.file, "for another agency")
        content = self.read(self.file) | {"to": "0" * 16}
        self.refuse(self.superior_env, self.seal(self.company, content), "for another agency")

    def test_other_contents_under_one_reference(self):
        self.receive()
        content = self.read(self.file)
        content["lines"] = content["lines"][:1]
        self.refuse(self.superior_env, self.seal(self.company, content), "with other contents")

    def test_an_unknown_award_takes_nothing_in(self):
        content = self.read(self.file)
        content["lines"][2]["award"] = {"code": "KHONGCO", "name": "Huân chương chưa có"}
        self.refuse(self.superior_env, self.seal(self.company, content), "Huân chương chưa có")

    def test_an_answer_of_somebody_else(self):
        """Another agency that is trusted too does not answer what it was not asked."""
        stranger = self.env["res.company"].create({"name": "Sở Thứ Ba"})
        self.trust(self.user_officer, self.user_admin, stranger)
        content = self.read(self.answer(self.receive()))
        self.refuse(self.unit_env, self.seal(stranger, content), "No submission was sent")

    def test_an_answer_that_says_too_much(self):
        content = self.read(self.answer(self.receive()))
        refused = content["refused"][0]
        for lines in ([refused, refused], [{**refused, "line": 2_000_000_000}]):
            text = self.seal(self.other_company, {**content, "refused": lines})
            self.refuse(self.unit_env, text, "does not have")

    def test_an_answer_that_says_something_else(self):
        """What was not asked is left to a person; the rest is recorded."""
        content = self.read(self.answer(self.receive(), granted=2))
        first, second = content["decisions"][0]["lines"]
        first["award"] = {"code": "KHAC", "name": "Danh hiệu khác"}
        self.take(self.unit_env, self.seal(self.other_company, content))
        lines = self.submission.line_ids.sorted("id").grouped("id")
        self.assertEqual(lines[first["line"]].answer, "pending")
        self.assertEqual(lines[second["line"]].answer, "granted")
        self.assertIn("Danh hiệu khác", self.submission.message_ids[0].body)

    def test_an_answer_with_the_same_code_for_another_award(self):
        content = self.read(self.answer(self.receive(), granted=2))
        first, second = content["decisions"][0]["lines"]
        first["award"] = {"code": self.superior_award.code, "name": "Danh hiệu khác"}
        self.take(self.unit_env, self.seal(self.other_company, content))
        lines = self.submission.line_ids.sorted("id").grouped("id")
        self.assertEqual([lines[one["line"]].answer for one in (first, second)], ["pending", "granted"])

    # ------------------------------------------------------------------
    # Code and name of an award
    # ------------------------------------------------------------------

    def show(self, env, text):
        """Return the dialog that has a file, not yet taken in."""
        return env["emulation.exchange.import"].create({"data": base64.b64encode(text.encode())})

    def refuse_award(self, code, name, words):
        """Insist that a submission is refused, in the dialog too, whose first line names this award."""
        text = self.forge({"award": {"code": code, "name": name}})
        self.refuse(self.superior_env, text, words)
        dialog = self.show(self.superior_env, text)
        self.assertTrue(dialog.is_refused)
        self.assertIn(name, dialog.preview)

    def print_with_giver(self, company, award):
        """Let a company put its head into the name of an award, as the rule books do with certificates."""
        company.emulation_head_title = "Giám đốc"
        award.with_company(company).printed_name = "Giấy khen của {head} {agency}"

    def test_a_proposal_whose_code_is_another_award_s(self):
        """The law's codes are everybody's, and still the code does not win over what is printed."""
        for code, name in (
            ("LDTT", "Chiến sĩ thi đua toàn quốc"),
            ("CSTDCS", "Lao động tiên tiến"),
            ("LDTT", "Nhân viên xuất sắc"),
            ("BKT", "Bằng khen của Thủ tướng Chính phủ"),
        ):
            self.refuse_award(code, name, f"Nguyễn Thị Ánh: the file asks for “{name}” \\({code}\\)")

    def test_a_proposal_for_what_another_head_gives(self):
        self.print_with_giver(self.other_company, self.env.ref("hr_emulation.award_gkso"))
        for name in ("Giấy khen của Chánh Văn phòng UBND tỉnh", "Giấy khen của Giám đốc Sở Nội vụ"):
            for code in ("GKSO", "GK-RIENG") if "Sở" in name else ("GKSO",):
                self.refuse_award(code, name, "here that would be “Giấy khen của Giám đốc Sở Khác”")

    def test_another_wording_is_the_same_award(self):
        award = self.env.ref("hr_emulation.award_gkso")
        self.print_with_giver(self.other_company, award)
        names = ["giấy khen sở khác", award.official_name, "Giấy khen của Giám đốc Sở Khác"]
        text = self.forge(*({"award": {"code": "GKSO", "name": name}} for name in names))
        self.assertIn("(in the file: giấy khen sở khác)", self.show(self.superior_env, text).preview)
        lines = self.take(self.superior_env, text).line_ids.sorted("line_number")
        self.assertEqual(lines.commendation_id.award_id, award)
        for line, name in zip(lines, names, strict=True):
            told = any(name in body for body in line.commendation_id.message_ids.mapped("body"))
            self.assertEqual(told, name != "Giấy khen của Giám đốc Sở Khác")

    def test_a_spelling_of_offices_is_the_same_award(self):
        text = self.forge({"award": {"code": "CSTDCS", "name": "Danh hiệu Chiến sỹ thi đua cơ sở"}})
        line = self.take(self.superior_env, text).line_ids.sorted("line_number")[0]
        self.assertEqual(line.commendation_id.award_id.code, "CSTDCS")

    def answer_first(self, **values):
        """Take in an answer that says this of the line it grants first; returns that line, and the log."""
        content = self.read(self.answer(self.receive(), granted=2))
        first = min(content["decisions"][0]["lines"], key=lambda line: line["line"])
        first.pop("certificate", None)
        first |= values
        text = self.seal(self.other_company, content)
        preview = self.show(self.unit_env, text).preview
        self.take(self.unit_env, text)
        lines = self.submission.line_ids.sorted("id")
        self.assertEqual(lines[1].answer, "granted")  # the others do not wait for it
        return lines[0], self.submission.message_ids[0].body, preview

    def test_an_answer_whose_code_is_another_award_s(self):
        """Of an award of the law neither code nor name is enough: what was asked for is not what is named."""
        self.superior_award.sudo()._write_protected({"is_official": True})
        award = {"code": self.superior_award.code, "name": "Chiến sĩ thi đua toàn quốc"}
        line, log, preview = self.answer_first(award=award)
        self.assertEqual((line.answer, line.commendation_id.state), ("pending", "forwarded"))
        for text in (log, preview):
            self.assertIn("another award was granted: Chiến sĩ thi đua toàn quốc (BKTINHTHU)", text)

    def test_an_answer_with_the_name_and_another_award_s_code(self):
        line, log, _preview = self.answer_first(award={"code": "LDTT", "name": "Bằng khen tỉnh thử"})
        self.assertEqual(line.answer, "pending")
        self.assertIn("another award was granted: Bằng khen tỉnh thử (LDTT)", log)

    def test_an_answer_of_another_head(self):
        """Asked for by the name of who gives it, it is not another's of the same code."""
        self.superior_award.sudo()._write_protected({"is_official": True})
        self.superior_award.with_company(
            self.company
        ).printed_name = "Giấy khen của Chánh Văn phòng UBND tỉnh"
        award = {"code": self.superior_award.code, "name": "Giấy khen của Giám đốc Sở Công Thương"}
        self.assertEqual(self.answer_first(award=award)[0].answer, "pending")

    def test_an_answer_in_another_wording(self):
        self.superior_award.sudo()._write_protected({"is_official": True})
        award = {"code": self.superior_award.code, "name": "Danh hiệu “Bằng khen tỉnh thử”"}
        line, log, preview = self.answer_first(award=award)
        self.assertEqual(line.commendation_id.state, "granted")
        self.assertIn("in the file its award is called Danh hiệu “Bằng khen tỉnh thử”", log)
        self.assertIn("Bằng khen tỉnh thử (in the file: Danh hiệu “Bằng khen tỉnh thử”)", preview)

    # ------------------------------------------------------------------
    # Name and day
    # ------------------------------------------------------------------

    def name_first(self, asked, granted):
        """Return the answer recorded for whom the unit and the superior spell thus, and the log."""
        self.submission.line_ids.sorted("id")[0].commendation_id._write_protected({"recipient_name": asked})
        self.file = self.submission.export_signed()
        line, log, _preview = self.answer_first(name=granted)
        return line.answer, log

    def test_an_answer_to_another_person(self):
        answer, log = self.name_first("Mai Thị Thu Thủy", "Mai Thị Thu Thúy")
        self.assertEqual(answer, "pending")
        self.assertIn("granted under another name: Mai Thị Thu Thúy", log)

    def test_an_answer_in_the_other_spelling(self):
        self.assertEqual(self.name_first("Mai Thị Hoà Thủy", "MAI THỊ HÒA THUỶ")[0], "granted")

    def test_a_certificate_to_another_person(self):
        """The name of a certificate is compared by its accents as well."""
        content = self.read(self.answer(self.receive()))
        line = self.submission.line_ids.sorted("id")[0]
        line.commendation_id._write_protected({"recipient_name": "Nguyễn Thị Anh"})
        content["decisions"][0]["lines"][0]["name"] = "Nguyễn Thị Anh"
        content["refused"] = []
        self.refuse(self.unit_env, self.seal(self.other_company, content), "does not say the same")

    def test_a_decision_of_an_impossible_day(self):
        content = self.read(self.answer(self.receive()))
        content["refused"] = []
        for day, words in (("2020-01-01", "older than the submission"), ("2131-05-05", "a day to come")):
            content["decisions"][0]["date"] = day
            text = self.seal(self.other_company, content)
            self.refuse(self.unit_env, text, words)
            self.assertIn(words, self.show(self.unit_env, text).preview)

    def test_a_typed_decision_of_a_day_to_come(self):
        line = self.submission.line_ids.sorted("id")[0]
        line.write({"answer": "granted", "external_number": "1/QĐ-UBND", "external_date": "2131-05-05"})
        with self.assertRaisesRegex(UserError, "a day to come"):
            self.submission.action_record_answers()

    # ------------------------------------------------------------------
    # Twice
    # ------------------------------------------------------------------

    def test_a_number_of_two_proposals(self):
        content = self.read(self.file)
        number = content["lines"][0]["line"]
        content["lines"][2]["line"] = number
        text = self.seal(self.company, content)
        self.refuse(self.superior_env, text, f"two proposals of the number {number}")
        self.assertTrue(self.show(self.superior_env, text).is_refused)

    def test_a_second_submission_of_the_same_number(self):
        """It may be meant; nobody takes it in without having been told. Another year's has the number again."""
        self.assertNotIn("another submission", self.show(self.superior_env, self.file).preview)
        received = self.receive()
        content = self.read(self.file) | {"id": "A" * 32}
        text = self.seal(self.company, content)
        dialog = self.show(self.superior_env, text)
        self.assertFalse(dialog.is_refused)
        self.assertIn(f"another submission of this number: {received.number}", dialog.preview)
        earlier = {**content, "id": "B" * 32, "date": f"{received.date.year - 1}-12-31"}
        other = {**content, "id": "C" * 32, "number": f"9{content['number']}"}
        for values in (earlier, other):
            preview = self.show(self.superior_env, self.seal(self.company, values)).preview
            self.assertNotIn("another submission", preview)
        exchange = self.superior_env["emulation.exchange"]
        self.assertFalse(exchange.receive(self.file)["warnings"])  # it came before
        (warning,) = exchange.receive(text)["warnings"]
        self.assertIn(received.number, warning)

    def test_a_submission_of_a_day_to_come(self):
        text = self.seal(self.company, self.read(self.file) | {"date": "2131-05-05"})
        self.assertIn("of a day to come: 05/5/2131", self.show(self.superior_env, text).preview)

    # ------------------------------------------------------------------
    # Taken back
    # ------------------------------------------------------------------

    def revoke(self, draft):
        """Revoke a proposal at the superior by an issued decision."""
        decision = self.superior_env["emulation.decision"].create(
            {
                "kind": "revocation",
                "abstract": "Về việc hủy bỏ khen thưởng",
                "signer_id": self.superior_signer.id,
                "symbol": "QĐ-UBND",
                "article_ids": [Command.create({"content": "Hủy bỏ."})],
                "revocation_ground": "fraud",
                "revocation_reason": "Kê khai gian dối",
            }
        )
        decision._do_add(draft)
        decision._do_issue()
        return decision

    def test_a_revocation_reaches_the_unit(self):
        """What was revoked above is revoked below, once, by the superior's decision."""
        received = self.receive()
        draft = received.line_ids.sorted("line_number")[0].commendation_id
        self.decide(draft)
        self.take(self.unit_env, received.export_answer())
        decision = self.revoke(draft)
        text = received.export_answer()  # of the only line that was decided
        self.assertIn("Revoked", self.show(self.unit_env, text).preview)
        self.take(self.unit_env, text)
        line = self.submission.line_ids.sorted("id")[0]
        award = line.commendation_id
        self.assertEqual((award.state, line.answer), ("revoked", "granted"))
        known = award.revocation_decision_id
        self.assertEqual(known._get_document_number(), decision._get_document_number())
        self.assertEqual(
            (known.kind, known.state, known.issue_date), ("revocation", "issued", decision.issue_date)
        )
        self.assertEqual((known.external_issuer, known.amended_decision_id), ("Sở Khác", award.decision_id))
        self.assertIn("Kê khai gian dối", award.reason)
        self.assertIn("Kê khai gian dối", self.submission.message_ids[0].body)
        self.assertNotEqual(known, award.decision_id)
        self.check_nothing_new(text, award)

    def check_nothing_new(self, text, award):
        before = (self.count(), award.read(), len(self.submission.message_ids))
        self.assertFalse(self.unit_env["emulation.exchange"].receive(text)["is_new"])
        self.assertEqual((self.count(), award.read(), len(self.submission.message_ids)), before)

    def test_what_was_revoked_before_it_came(self):
        """The unit that never heard of the award has its whole history."""
        received = self.receive()
        first, second, _third = received.line_ids.sorted("line_number").commendation_id
        self.decide(first | second)
        self.revoke(first)
        self.take(self.unit_env, received.export_answer())
        states = self.submission.line_ids.sorted("id").commendation_id.mapped("state")
        self.assertEqual(states, ["revoked", "granted", "forwarded"])

    def test_an_earlier_file_does_not_bring_it_back(self):
        received = self.receive()
        draft = received.line_ids.sorted("line_number")[0].commendation_id
        self.decide(draft)
        earlier = received.export_answer()
        self.take(self.unit_env, earlier)
        self.revoke(draft)
        self.take(self.unit_env, received.export_answer())
        self.check_nothing_new(earlier, self.submission.line_ids.sorted("id")[0].commendation_id)

    def test_a_revocation_of_an_impossible_day(self):
        received = self.receive()
        draft = received.line_ids.sorted("line_number")[0].commendation_id
        self.decide(draft)
        self.take(self.unit_env, received.export_answer())
        self.revoke(draft)
        content = self.read(received.export_answer())
        for day, words in (("2020-01-01", "revoked before it was granted"), ("2131-05-05", "a day to come")):
            content["decisions"][0]["lines"][0]["revoked"]["date"] = day
            self.refuse(self.unit_env, self.seal(self.other_company, content), words)

    def test_another_revocation_is_recorded_already(self):
        received = self.receive()
        draft = received.line_ids.sorted("line_number")[0].commendation_id
        self.decide(draft)
        self.revoke(draft)
        self.take(self.unit_env, received.export_answer())
        content = self.read(received.export_answer())
        content["decisions"][0]["lines"][0]["revoked"]["number"] = "999/QĐ-UBND"
        self.refuse(self.unit_env, self.seal(self.other_company, content), "another answer is recorded")

    def test_nobody_takes_in_the_own_revocation(self):
        submission = self.send(self.new_proposals([self.employee_officer]))
        received = self.take(self.superior_env, submission.export_signed())
        draft = received.line_ids.commendation_id
        self.decide(draft)
        other = self.get_env(self.new_user("second_officer", "hr_emulation.group_emulation_officer"))
        self.take(other, received.export_answer())
        self.revoke(draft)
        text = received.export_answer()
        with self.assertRaises(AccessError):
            self.unit_env["emulation.exchange"].receive(text)
        self.take(other, text)
        self.assertEqual(submission.line_ids.commendation_id.state, "revoked")

    def test_a_decision_by_itself_says_what_was_revoked(self):
        first, second, _third = self.receive().line_ids.commendation_id
        decision = self.decide(first | second)
        revocation = self.revoke(first)
        lines = self.read(decision.export_signed())["decision"]["lines"]
        said = [line.get("revoked", {}).get("number") for line in lines]
        self.assertEqual(set(said), {revocation._get_document_number(), None})

    # ------------------------------------------------------------------
    # What is left to a person
    # ------------------------------------------------------------------

    def test_an_answer_about_what_ended_meanwhile(self):
        """What the unit gave up itself is left to a person; the others do not wait for it."""
        answer = self.answer(self.receive(), granted=2)
        ended, granted, refused = self.submission.line_ids.sorted("id")
        ended.commendation_id._do_reject("Có đơn tố cáo")
        self.take(self.unit_env, answer)
        self.assertEqual((ended.answer, ended.is_recorded), ("pending", False))
        self.assertEqual(ended.commendation_id.reason, "Có đơn tố cáo")
        self.assertEqual(
            (granted.commendation_id.state, refused.commendation_id.state), ("granted", "rejected")
        )
        self.assertIn("another step: Rejected", self.submission.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "another step: Rejected"):
            self.take(self.unit_env, answer)

    def test_a_certificate_of_somebody_else(self):
        content = self.read(self.answer(self.receive(), granted=2))
        first, second = content["decisions"][0]["lines"]
        first["certificate"] = second["certificate"]
        del content["decisions"][0]["lines"][1], content["refused"][0]
        self.refuse(self.unit_env, self.seal(self.other_company, content), "does not say the same")

    def test_nobody_takes_in_the_own_award(self):
        submission = self.send(self.new_proposals([self.employee_officer]))
        received = self.take(self.superior_env, submission.export_signed())
        self.decide(received.line_ids.commendation_id)
        answer = received.export_answer()
        other = self.new_user("second_officer", "hr_emulation.group_emulation_officer")
        with self.assertRaises(AccessError):
            self.unit_env["emulation.exchange"].receive(answer)
        self.take(self.get_env(other), answer)
        self.assertEqual(submission.line_ids.commendation_id.state, "granted")

    def test_the_only_officer_has_the_superior_s_signature(self):
        submission = self.send(self.new_proposals([self.employee_officer]))
        received = self.take(self.superior_env, submission.export_signed())
        self.decide(received.line_ids.commendation_id)
        self.user_admin.group_ids -= self.env.ref("hr_emulation.group_emulation_admin")
        self.user_admin.group_ids -= self.env.ref("hr_emulation.group_emulation_officer")
        answer = received.export_answer()
        self.take(self.unit_env, answer)
        self.assertEqual(submission.line_ids.commendation_id.state, "granted")
        self.assertEqual(base64.b64decode(submission.line_ids.scan).decode(), answer)

    def test_only_officers(self):
        for user in (self.user_proposer, self.user_head, self.user_council, self.user_portal):
            with self.assertRaises(AccessError):
                self.get_env(user)["emulation.exchange"].receive(self.file)
            with self.assertRaises(AccessError):
                self.submission.with_env(self.get_env(user)).export_signed()

    def test_nothing_received_is_rewritten(self):
        received = self.receive()
        for values in ({"number": "99"}, {"agency": "Sở khác"}, {"line_ids": [(5,)]}):
            with self.assertRaises(AccessError):
                received.write(values)
        with self.assertRaises(AccessError):
            received.line_ids[0].partner_id = self.env.user.partner_id
        with self.assertRaises(AccessError):
            received.unlink()

    # ------------------------------------------------------------------
    # Odd files
    # ------------------------------------------------------------------

    def test_a_text_no_file_holds_is_named_before_it_is_sent(self):
        proposal = self.submission.line_ids.commendation_id[:1]
        proposal._write_protected({"summary": "a" * 20_001})
        with self.assertRaisesRegex(UserError, "Achievement.*20001.*20000") as caught:
            self.submission.export_signed()
        self.assertIn(proposal._get_recipient_name(), str(caught.exception))
        proposal._write_protected({"summary": "a" * 20_000})
        received = self.take(self.superior_env, self.submission.export_signed())
        self.assertIn("a" * 20_000, received.line_ids.commendation_id.mapped("summary"))

    def test_odd_names(self):
        """Formulas and tags are texts; letters are composed."""
        content = self.read(self.file)
        first, second, third = content["lines"]
        first["name"], second["name"] = '=HYPERLINK("http://x.vn","An")', "<img src=x onerror=alert(1)>"
        third["name"] = unicodedata.normalize("NFD", "Hoàng Cường")
        text = self.seal(self.company, content)
        dialog = self.superior_env["emulation.exchange.import"].create(
            {"data": base64.b64encode(text.encode())}
        )
        self.assertIn("&lt;img src=x", dialog.preview)
        self.assertNotIn("<img", dialog.preview)
        received = self.take(self.superior_env, text)
        names = received.line_ids.commendation_id.mapped("partner_id.name")
        self.assertEqual(set(names), {first["name"], second["name"], "Hoàng Cường"})
        book = openpyxl.load_workbook(io.BytesIO(received.line_ids.commendation_id._build_export()[1]))
        types = {cell.value: cell.data_type for row in book.active.iter_rows() for cell in row}
        self.assertEqual(types[first["name"]], "s")

    def test_files_that_are_none(self):
        content = self.file.replace('\\"line\\": ', '\\"line\\": \\"1\\", \\"line\\": ')
        for text in (
            "",
            "{}",
            "[" * 100_000,
            '{"a":' * 100_000,
            "x" * 10_000_000,
            content,
            None,
            5,
            "\ud800",
        ):
            with self.assertRaises(UserError):
                self.superior_env["emulation.exchange"].receive(text)
        content = self.read(self.file)
        content["lines"][0]["birth_year"] = "1988"
        self.refuse(self.superior_env, self.seal(self.company, content), "/lines/0/birth_year")
        content = self.read(self.file) | {"id": self.read(self.file)["id"], "note": "x"}
        self.refuse(self.superior_env, self.seal(self.company, content), "/note")

    # ------------------------------------------------------------------
    # The dialog, and the cost
    # ------------------------------------------------------------------

    def test_the_dialog_shows_first_and_enters_a_key(self):
        data = base64.b64encode(self.file.encode())
        dialog = self.superior_env["emulation.exchange.import"].create({"data": data})
        self.assertFalse(dialog.is_refused)
        self.assertIn("Nguyễn Thị Ánh", dialog.preview)
        self.assertFalse(self.superior_env["emulation.received.submission"].search([]))
        self.assertEqual(dialog.action_import()["res_model"], "emulation.received.submission")
        key = self.get_key(self.company)
        key.with_env(self.get_env(self.user_admin)).action_rotate()
        dialog = self.superior_env["emulation.exchange.import"].create(
            {"data": base64.b64encode(self.submission.export_signed().encode())}
        )
        self.assertTrue(dialog.is_refused)
        known = self.superior_env["emulation.agency.key"].browse(dialog.action_note_key()["res_id"])
        self.assertEqual((known.state, known.agency), ("draft", "Sở Thử nghiệm"))
        self.assertEqual(known.fingerprint, self.get_key(self.company).fingerprint)

    def test_as_cheap_for_many(self):
        """The same number of queries for two lines as for twenty-two, there and back."""
        costs = {count: self.count_exchange(count) for count in (3, 2, 22)}  # the first fills the caches
        self.assertEqual(costs[2], costs[22])

    def count_exchange(self, count):
        people = [self.new_employee(f"Người {count} Thứ {number}", self.sub_unit) for number in range(count)]
        submission = self.send(self.new_proposals(people))
        text, exchange = submission.export_signed(), self.superior_env["emulation.exchange"]
        costs = [
            self.count_queries(submission.export_signed),
            self.count_queries(lambda: exchange.receive(text)),
        ]
        received = self.take(self.superior_env, text)
        drafts = received.line_ids.commendation_id
        self.decide(drafts[:-1])
        drafts[-1].action_submit()
        drafts[-1]._do_reject("Không đạt")
        return [*costs, self.count_queries(received.export_answer)]


@tagged("post_install", "-at_install")
class TestExchangeRpc(RpcCase, ExchangeCommon):
    """The doors of the web client, for whom they are not."""

    def test_who_may_not(self):
        text = self.send(self.new_proposals([self.employee_sub])).export_signed()
        for user in (self.user_proposer, self.user_portal):
            self.refuse(user, "emulation.exchange", "receive", text)
        self.refuse(self.user_officer, "emulation.exchange", "receive", text)
        for method in ("_open", "_seal", "_note_key"):
            self.refuse(self.user_admin, "emulation.exchange", method, text)
        values = {"agency": "Sở Giả", "public_key": "A" * 43, "state": "confirmed"}
        self.refuse(self.user_foreign_officer, "emulation.agency.key", "create", [values])
        self.refuse(self.user_foreign_officer, "emulation.received.submission", "create", [{"number": "1"}])
        self.assertFalse(
            self.env["emulation.received.submission"].search([("company_id", "=", self.other_company.id)])
        )


@tagged("post_install", "-at_install")
class TestExchangeExample(HttpCase, ExchangeCommon):
    """The examples of docs/exchange.md do what the page says."""

    @contextmanager
    def as_a_program(self):
        """Let requests of the standard library reach the server of the test."""
        cookie = f"{TEST_CURSOR_COOKIE_NAME}={self.http_request_key}"
        opener = urllib.request.build_opener()
        opener.addheaders = [("Cookie", cookie)]
        with patch.object(urllib.request, "_opener", opener), release_test_lock():
            yield

    def new_api_key(self, user):
        keys = self.get_env(user)["res.users.apikeys"].sudo()
        return keys._generate("rpc", "exchange", Date.add(Date.today(), days=1))

    def read_example(self, language):
        return re.search(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)[1]

    def fill(self, text, submission):
        """Put the server of the test, real keys and the submission into an example."""
        for old, new in (
            ("https://unit.example.vn", self.base_url()),
            ("https://superior.example.vn", self.base_url()),
            ("key-of-an-officer-there", self.new_api_key(self.user_officer)),
            ("key-of-an-officer-here", self.new_api_key(self.user_foreign_officer)),
            ("[12]", str(submission.ids)),
        ):
            text = text.replace(old, new)
        return text

    def test_python(self):
        submission = self.send(self.new_proposals([self.employee_sub]))
        before, after = self.fill(self.read_example("python"), submission).split("# … the superior decides …")
        names = {"print": lambda *words: said.append(words)}
        said = []
        with self.as_a_program():
            exec(before, names)
        self.assertEqual(said, [(submission._get_document_number(), "new")])
        self.env.invalidate_all()
        received = self.superior_env["emulation.received.submission"].browse(names["received"]["id"])
        self.decide(received.line_ids.commendation_id)
        self.env.flush_all()
        with self.as_a_program():
            exec(after, names)
        self.env.invalidate_all()
        self.assertEqual(submission.line_ids.commendation_id.state, "granted")
        code = submission.line_ids.certificate_address.rpartition("/")[2]
        self.authenticate(None, None)
        page = self.url_open(f"/kt/{code}", headers={"Accept-Language": "vi"}).text
        self.assertIn("Nguyễn Thị Ánh", page)

    def test_curl(self):
        submission = self.send(self.new_proposals([self.employee_sub]))
        command = shlex.split(self.fill(self.read_example("sh"), submission).replace("\\\n", ""))
        address, headers = command[1], [command[i + 1] for i, word in enumerate(command) if word == "-H"]
        answer = self.url_open(
            address,
            data=command[command.index("-d") + 1],
            headers=dict(header.split(": ") for header in headers),
        )
        self.assertEqual(self.read(answer.json())["number"], submission._get_document_number())

    @mute_logger("odoo.http")
    def test_a_refusal_says_why(self):
        self.authenticate(None, None)
        for user, status in ((self.user_foreign_officer, 422), (self.user_proposer, 403)):
            answer = self.url_open(
                "/json/2/emulation.exchange/receive",
                data=json.dumps({"content": "{}"}),
                headers={
                    "Authorization": f"bearer {self.new_api_key(user)}",
                    "Content-Type": "application/json",
                },
            )
            self.assertEqual(answer.status_code, status)
            self.assertTrue(answer.json()["message"])
