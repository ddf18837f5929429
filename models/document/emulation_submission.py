import base64
import io
import zipfile
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.translate import LazyTranslate

from ...engine import vietnamese
from ...printing.workbook import Column, build_workbook
from ..hr import resume
from ..mixin import notices
from ..mixin.file_names import name_file
from ..mixin.verb import Verb
from . import exchange_papers
from .emulation_decision_text import SUBJECT_NAMES, count_subject
from .exchange_answer import AnswerReader

_lt = LazyTranslate(__name__)

VERBS = {
    "send": Verb(
        ("draft",),
        "issued",
        {"officer": None},
        _lt("Send"),
        also="lines, addressee and signer are there, and every proposal may be forwarded",
    ),
}
# What comes to a line after it was sent; once recorded it is fixed.
ANSWER = {"answer", "external_number", "external_date", "external_issuer", "refusal_reason", "scan"}
RECORDED = "recorded"
REVOCATION = ("number", "date", "issuer", "reason")


class EmulationSubmission(models.Model):
    """A submission (tờ trình) that asks a superior agency for awards (Decree 152/2025/NĐ-CP, Article 33(11)).

    Sent, its proposals are forwarded. The superior's answer is recorded line by line and flows back:
    granted lines carry the external decision, refused ones are rejected with its reason.
    """

    _name = "emulation.submission"
    _description = "Submission to a superior agency"
    _inherit = "emulation.issued.document.mixin"
    _symbol_kind = "TTr"
    _number_series = "submission"
    _document_report = "submission"
    _verbs = VERBS
    _writable = {
        "draft": {"officer": {"addressee", "appraisal", "opinions", "answer_by", "consulted"}},
        "draft issued": {"officer": {"line_ids", "exchange_key_id"}},
    }

    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Submitted to the superior agency"), ("cancelled", "Cancelled")]
    )
    # Decree 152/2025/NĐ-CP, Article 33(11): a submission states its legal basis.
    legal_basis_ids = fields.Many2many(default=lambda self: self._default_legal_basis_ids())
    recipient_lines = fields.Text(default="Như trên\nLưu: VT, TĐKT")
    addressee = fields.Char(help="The superior agency, printed after “Kính gửi”.")
    appraisal = fields.Text(help="What was examined: subjects, conditions, standards, dossiers, procedure.")
    answer_by = fields.Date(
        string="Answer asked for by", help="Printed at the end; the list shows who is late."
    )
    consulted = fields.Text(
        string="Bodies asked for an opinion",
        help="One body a line: each gets a letter and the form for its answer (Decree 152/2025/NĐ-CP, Article 34).",
    )
    opinions = fields.Text(help="Opinions received from the bodies concerned.")
    line_ids = fields.One2many("emulation.submission.line", "submission_id", string="Proposals", copy=False)
    answered_count = fields.Integer(compute="_compute_answered_count")
    exchange_key_id = fields.Many2one(
        "emulation.agency.key",
        string="Agency that gets the signed file",
        copy=False,
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        domain="[('company_id', '=', company_id), ('state', '=', 'confirmed')]",
        help="It takes the proposals in without typing, and its signed answer is taken in here.",
    )

    def _default_legal_basis_ids(self):
        names = ("legal_law_2022", "legal_decree_152_2025")
        found = (self.env.ref(f"hr_emulation.{name}", raise_if_not_found=False) for name in names)
        return self.env["emulation.legal.document"].union(*filter(None, found))

    @api.depends("line_ids.answer")
    def _compute_answered_count(self):
        for submission in self:
            submission.answered_count = sum(line.answer != "pending" for line in submission.line_ids)

    # ------------------------------------------------------------------
    # In words: Vietnamese by law (Decree 30/2020), whatever the user's language
    # ------------------------------------------------------------------

    def _get_counts_text(self):
        """Return how many are proposed, and of whom: ``03 trường hợp (01 tập thể, 02 cá nhân)``."""
        counts = Counter(self.line_ids.commendation_id.mapped("subject"))
        parts = [
            count_subject(counts[subject], subject)
            for subject in ("collective", "individual", "household")
            if counts[subject]
        ]
        return f"{len(self.line_ids):02d} trường hợp" + (f" ({', '.join(parts)})" if parts else "")

    @staticmethod
    def _get_day_in_words(day):
        return vietnamese.administrative_date(day)

    def _get_finding_sentences(self):
        """Return what the appraisal found, no more: who meets all, who does not, and what nobody has judged."""
        every = self.line_ids.commendation_id
        groups = every.grouped("finding_state")
        texts = {
            "met": "{count} trường hợp đáp ứng các điều kiện, tiêu chuẩn theo quy định",
            "review": "{count} trường hợp còn nội dung phải xem xét thêm",
            "not_met": "{count} trường hợp có điều kiện chưa đạt, được đề nghị xem xét đặc cách",
            False: "{count} trường hợp chưa có kết quả thẩm định",
        }
        found = [
            text.format(count=f"{len(lines):02d}") + (_get_names(lines, every) if state != "met" else "")
            for state, text in texts.items()
            if (lines := groups.get(state))
        ]
        missing = every.filtered("missing_paper_count")
        if missing:
            found.append(f"{len(missing):02d} trường hợp hồ sơ còn thiếu thành phần, sẽ được bổ sung")
        return [f"{text}." for text in found]

    # ------------------------------------------------------------------
    # Send
    # ------------------------------------------------------------------

    def action_send(self):
        """Number, forward and store the submissions that can be sent; the others are reported."""
        return self._run_verb("send")

    def _get_cannot_send_reason(self):
        """Return ``{submission id: reason}``, every bad line named."""
        reasons = self._check_verb("send")
        for submission in self.filtered(lambda submission: submission.id not in reasons):
            lines = submission.line_ids.commendation_id
            bad = lines._get_refused("forward")
            named = [f"{line.display_name}: {bad[line.id]}" for line in lines if line.id in bad]
            if not lines or not submission.addressee or not submission.signer_id:
                reasons[submission.id] = self.env._(
                    "%(name)s: lines, addressee and signer are needed.", name=submission.abstract or "?"
                )
            elif named:
                reasons[submission.id] = "\n".join(named)
        return reasons

    @api.private
    def _do_send(self):
        """Send these drafts; those already sent are left alone.

        :raises UserError: something is missing or a proposal cannot be forwarded
        """
        for submission in self._start("send"):
            submission._send()

    def _send(self):
        reasons = self._get_cannot_send_reason()
        if reasons:
            raise UserError("\n".join(reasons.values()))
        if not self.issue_date:
            self._write_protected({"issue_date": fields.Date.context_today(self)})
        self.line_ids.commendation_id._do_forward()
        self._take_number()
        self._finish("send", self.env._("Sent as %(number)s.", number=self._get_document_number()))
        self._write_protected(self._store_document_pdf())

    def _get_word_values(self):
        return super()._get_word_values() | {
            "addressee": self.addressee or "",
            "count": f"{len(self.line_ids):02d}",
        }

    def _get_word_lines(self):
        names = self.line_ids.commendation_id._get_printed_awards()
        lines = [
            {
                "index": str(index),
                "name": line.commendation_id._get_listed_name() or "",
                "position": line._get_position() or "",
                "award": names[line.commendation_id],
                "sum": "",
                "note": line.commendation_id.summary or "",
            }
            for index, line in enumerate(self._get_ordered_lines(), 1)
        ]
        return {"line": lines}

    def _get_word_facts(self):
        lines = self.line_ids.commendation_id
        names = map(type(lines)._get_recipient_name, lines)
        return [*super()._get_word_facts(), *names, *lines._get_printed_awards().values()]

    def _list_opinion_requests(self):
        """Return the letters of the report ``hr_emulation.report_opinion_request``."""
        self.ensure_one()
        return notices.list_opinion_requests(self)

    # ------------------------------------------------------------------
    # The whole file
    # ------------------------------------------------------------------

    def action_download_zip(self):
        """Offer the submission, its list and the dossiers in one zip file."""
        self.ensure_one()
        name = f"{self._get_document_file_name()}.zip"
        return self.env["emulation.export.mixin"]._get_download(name, self._build_zip())

    def _build_zip(self):
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{self._get_document_file_name()}.pdf", self._get_pdf())
            archive.writestr("danh-sach.xlsx", self._build_list())
            for index, line in enumerate(self._get_ordered_lines(), start=1):
                folder = f"ho-so/{index:03d} {name_file(line.commendation_id._get_recipient_name())}"
                report = line.commendation_id.report_ids.filtered("is_written")
                if report:
                    archive.writestr(f"{folder}/bao-cao-thanh-tich.pdf", report._get_pdf())
                for attachment in line._get_dossier():
                    content = attachment.with_context(bin_size=False).raw
                    archive.writestr(f"{folder}/{attachment.id} {name_file(attachment.name)}", content or b"")
        return output.getvalue()

    def _get_pdf(self):
        if self.document_attachment_id:
            return self.document_attachment_id.with_context(bin_size=False).raw
        return self.env["ir.actions.report"]._render_qweb_pdf(
            "hr_emulation.action_report_submission", self.ids
        )[0]

    def _build_list(self):
        columns = [
            Column("STT", 6, "whole"),
            Column("Họ và tên cá nhân, tên tập thể", 32),
            Column("Chức vụ, đơn vị", 40),
            Column("Đối tượng", 14),
            Column("Danh hiệu, hình thức đề nghị", 34),
            Column("Tóm tắt thành tích", 60),
        ]
        names = self.line_ids.commendation_id._get_printed_awards()
        rows = (
            (
                index,
                line.commendation_id._get_recipient_name(),
                line._get_position(),
                SUBJECT_NAMES[line.commendation_id.subject],
                names[line.commendation_id],
                line.commendation_id.summary or "",
            )
            for index, line in enumerate(self._get_ordered_lines(), start=1)
        )
        return build_workbook("Danh sách đề nghị khen thưởng", columns, rows, self._get_list_frame())

    def _get_list_frame(self):
        """Return what stands round the list as round every other: the paper it goes with and its day."""
        number = self._get_document_number() or self._get_blank_number()
        day = self._get_place_date().split(", ")[-1]
        paper = f"(Kèm theo Tờ trình số {number} {day} của {self.company_id.name})"
        return self.env["emulation.export.mixin"]._frame_list(self.company_id, paper, self.issue_date)

    def _get_ordered_lines(self):
        rank = self.env["emulation.decision"]._line_rank
        return self.line_ids.sorted(lambda line: rank(line.commendation_id))

    # ------------------------------------------------------------------
    # The signed file, and the one that answers it
    # ------------------------------------------------------------------

    def export_signed(self):
        """Return the signed file of this sent submission, for the agency it names.

        :rtype: str
        :raises UserError: it is not sent, or the agency's key is not trusted
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "issued" or self.exchange_key_id.state != "confirmed":
            raise UserError(self.env._("Send the submission, and choose an agency whose key is trusted."))
        return self.env["emulation.exchange"]._seal(
            exchange_papers.describe_submission(self), self.company_id
        )

    def action_export_signed(self):
        name = self._get_document_file_name()
        return self.env["emulation.exchange"]._offer(self, name, self.export_signed())

    @api.model
    @api.private
    def _take(self, paper):
        """Record the superior's answer to a submission of one's own; what is recorded already stays.

        :param Paper paper: an opened file of kind ``answer``
        :return: ``(submission, whether the file said anything new)``
        :raises UserError: nobody asked this agency, or nothing of the answer can be recorded
        """
        submission = self._find_answered(paper)
        submission.lock_for_update()
        reader = AnswerReader(submission, paper.content)
        said, problems = reader.compare()
        todo = {line: values for line, values in said.items() if not line.is_recorded}
        is_new = bool(todo or reader.revoked)
        if problems and not is_new:
            raise UserError("\n".join(problems))
        if is_new:
            submission._store_answers(todo, paper, [*reader.get_notes(todo), *problems], reader.revoked)
        return submission, is_new

    @api.model
    @api.private
    def _get_warnings(self, _paper):
        """Return nothing: what an answer says that is odd is not recorded, and the log says so."""
        return []

    @api.model
    @api.private
    def _find_answered(self, paper):
        """Return the submission an answer is to.

        :raises UserError: none was sent to the agency that answers
        """
        found = self.search(
            [
                ("company_id", "=", paper.company.id),
                ("verification_token", "=", paper.content["submission"]),
                ("state", "=", "issued"),
            ]
        )
        if not found or found.exchange_key_id.agency != paper.sender.agency:
            raise UserError(
                self.env._(
                    "No submission was sent to %(agency)s that this answers.", agency=paper.sender.agency
                )
            )
        return found

    def _store_answers(self, said, paper, notes, revoked):
        """Fill in the lines, let them flow back, and say in the log what the file did and what it could not."""
        lines = self.line_ids.filtered(lambda line: line in said)
        lines._check_writable(ANSWER)  # nobody grants to oneself, whoever signed the answer
        for line, values in said.items():
            line._write_protected(values)
        # Where the only officer is concerned, the signed file is the superior's paper.
        lines._get_own_answers()._write_protected({"scan": base64.b64encode(paper.data)})
        lines._do_record()
        notes = [*self._revoke_lines(revoked), *notes]
        self.env["emulation.exchange"]._keep(self, f"Trả lời {self._get_document_number()}", paper.data)
        note = self.env._(
            "Signed answer of %(agency)s: %(count)s lines.", agency=paper.sender.agency, count=len(lines)
        )
        self._message_log(body="\n".join([note, *notes]))

    def _revoke_lines(self, revoked):
        """Revoke awards by the superior's decisions; returns what is to be said of each.

        :param dict revoked: {line: number, date, issuer and reason, as the file has them}
        :raises AccessError: one is about the user, and there is another officer
        """
        lines = self.line_ids.filtered(lambda line: line in revoked)
        roles = lines._get_roles()
        if not all(roles[line.id] for line in lines):
            raise AccessError(self.env._("This is about yourself: another officer brings it in."))
        groups = lines.grouped(lambda line: tuple(revoked[line][name] for name in REVOCATION))
        for decided, those in groups.items():
            those._revoke_by(*decided)
        return [
            self.env._(
                "%(proposal)s: revoked by %(number)s. %(reason)s",
                proposal=line.commendation_id.display_name,
                number=revoked[line]["number"],
                reason=revoked[line]["reason"],
            )
            for line in lines
        ]

    # ------------------------------------------------------------------
    # Answer
    # ------------------------------------------------------------------

    def action_record_answers(self):
        """Let the superior's answers flow back into the histories."""
        self._check_writable(["line_ids"])
        for submission in self:
            lines = submission.line_ids.filtered(
                lambda line: line.answer != "pending" and not line.is_recorded
            )
            lines._check_writable(ANSWER)  # nobody grants to oneself, whoever typed the answer
            lines._do_record()


class EmulationSubmissionLine(models.Model):
    """One proposal of a submission, and what the superior agency answered."""

    _name = "emulation.submission.line"
    _description = "Line of a submission"
    _inherit = "emulation.guard.mixin"
    _guard_parent = "submission_id"
    _writable = {
        "draft": {"officer": {"submission_id", "commendation_id"}},
        "issued": {"officer": ANSWER},
    }
    _deletable = {"draft": "officer"}
    _order = "submission_id, id"
    _check_company_auto = True

    submission_id = fields.Many2one("emulation.submission", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="submission_id.company_id", store=True)
    commendation_id = fields.Many2one(
        "emulation.commendation", required=True, ondelete="restrict", index=True, check_company=True
    )
    award_id = fields.Many2one(related="commendation_id.award_id")
    commendation_state = fields.Selection(related="commendation_id.state", string="Stands at")
    answer = fields.Selection(
        [("pending", "Waiting"), ("granted", "Granted"), ("refused", "Refused by the superior agency")],
        string="Result",
        default="pending",
        required=True,
    )
    external_number = fields.Char(string="External number", help="With symbol, as printed: 123/QĐ-UBND.")
    external_date = fields.Date(string="External date")
    external_issuer = fields.Char(string="External issuer")
    refusal_reason = fields.Char(string="Refusal reason")
    certificate_number = fields.Char(
        string="Certificate number", readonly=True, copy=False, help="In the register of the superior agency."
    )
    certificate_address = fields.Char(
        string="Check the certificate",
        readonly=True,
        copy=False,
        help="The page of the agency that issued it.",
    )
    scan = fields.Binary(attachment=True)
    is_recorded = fields.Boolean(string="Is recorded", readonly=True, copy=False)

    _line_uniq = models.Constraint(
        "UNIQUE (submission_id, commendation_id)", "This proposal is already on the submission."
    )

    @api.model
    def _get_days_sent(self, commendations):
        """Return ``{commendation id: the day it first went to a superior agency}``, of those that did."""
        # sudo: emulation.submission.line - a day only, to judge
        groups = self.sudo()._read_group(
            [("commendation_id", "in", commendations.ids), ("submission_id.state", "=", "issued")],
            ["commendation_id", "submission_id"],
        )
        days = {}
        for commendation, submission in groups:
            day = submission.issue_date
            days[commendation.id] = min(day, days.get(commendation.id, day))
        return days

    def _get_guard_states(self):
        # sudo: emulation.submission.line - only whether the answer is recorded
        recorded = self.sudo().filtered("is_recorded")
        return {**super()._get_guard_states(), **dict.fromkeys(recorded._ids, RECORDED)}

    def _get_roles(self):
        """What the superior answered to one's own proposal is for another officer to type, if there is one."""
        roles = super()._get_roles()
        own = self._get_own_answers().filtered(
            lambda line: (
                line.company_id._get_emulation_officers() - line.commendation_id._get_emulation_owner_users()
            )
        )
        return {**roles, **dict.fromkeys(own._ids, frozenset())}

    def _get_own_answers(self):
        """Return the lines of sent submissions that are about the current user."""
        user = self.env.user._get_emulation_identity()
        # sudo: emulation.commendation - whom it is about
        return self.sudo().filtered(
            lambda line: (
                line.submission_id.state != "draft" and line.commendation_id._is_emulation_owner(user)
            )
        )

    def _get_position(self):
        line = self.commendation_id
        return ", ".join(filter(None, (line.position_name, line.unit_name)))

    def _get_dossier(self):
        """Return the papers of the proposal and the evidence of its achievements, wherever they were put."""
        line = self.commendation_id
        owners = [("emulation.commendation", line.ids), ("emulation.achievement", line.achievement_ids.ids)]
        # sudo: ir.attachment - the officer who sends the file may read the proposal, hence its papers
        attachments = self.env["ir.attachment"].sudo()
        attached = attachments.union(
            *(
                attachments.search(
                    [("res_model", "=", model), ("res_id", "in", ids), ("res_field", "=", False)]
                )
                for model, ids in owners
                if ids
            )
        )
        # sudo: ir.attachment - as above
        linked = line.sudo().paper_ids.attachment_ids | line.sudo().achievement_ids.evidence_ids
        return linked | attached

    @api.private
    def _do_record(self):
        """Grant or reject by the answers; lines of one external decision are granted together.

        :raises UserError: number or date are missing; or the scan, where the only officer records the own answer
        """
        if own := self._get_own_answers().filtered(lambda line: not line.scan):
            raise UserError(
                self.env._(
                    "%(lines)s: this is about yourself and there is no other officer. Attach the superior's decision.",
                    lines=", ".join(own.commendation_id.mapped("display_name")),
                )
            )
        refused = self.filtered(lambda line: line.answer == "refused")
        for reason, lines in refused.grouped("refusal_reason").items():
            lines.commendation_id._do_reject(reason or self.env._("Refused by the superior agency"))
        granted = self - refused
        missing = granted.filtered(lambda line: not (line.external_number and line.external_date))
        if missing:
            raise UserError(
                self.env._(
                    "%(lines)s: number and date of the superior's decision are needed.",
                    lines=", ".join(missing.commendation_id.mapped("display_name")),
                )
            )
        granted._check_days()
        key = ("company_id", "external_number", "external_date", "external_issuer")
        for values, lines in granted.grouped(lambda line: tuple(line[name] for name in key)).items():
            lines._grant_by(*values)
        self._write_protected({"is_recorded": True})

    def _revoke_by(self, number, date, issuer, reason):
        decision = self.env["emulation.decision"]._get_external(
            self.company_id, number, fields.Date.to_date(date), issuer, is_certain=True, kind="revocation"
        )
        decision._record_revocation(self.commendation_id, reason)

    def _check_days(self):
        """Refuse a decision of a day to come, whoever typed it."""
        today = fields.Date.context_today(self)
        if early := self.filtered(lambda line: line.external_date > today):
            raise UserError(
                self.env._(
                    "%(lines)s: the superior's decision is of a day to come.",
                    lines=", ".join(early.commendation_id.mapped("display_name")),
                )
            )

    def _grant_by(self, company, number, date, issuer):
        decision = self.env["emulation.decision"]._get_external(
            company, number, date, issuer, is_certain=True
        )
        text = ", ".join(filter(None, (number, vietnamese.short_date(date), issuer)))
        lines = self.commendation_id
        lines._do_grant(decision, {line.id: {"external_decision": text} for line in lines})
        resume.write(lines)


def _get_names(lines, every):
    """Return whom a finding is about, to be put behind it; of all there is to say the list attached says it."""
    if len(lines) == len(every) > 1:
        return ""
    return f": {'; '.join(line._get_recipient_name() for line in lines)}"
