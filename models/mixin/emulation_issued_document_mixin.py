import base64
import hashlib
from datetime import UTC, date, datetime

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine import vietnamese
from ...printing import signed, word_compare
from ...printing.evidence import identify
from .emulation_document_mixin import DOCUMENT_STATES, FRAME
from .word_door import read_word

MOST_TOLD = 50  # differences: whoever uploads another document altogether sees that without a thousand lines


class EmulationIssuedDocumentMixin(models.AbstractModel):
    """A document that is sent out once: drafted, issued, then closed, with its signed copy beside it."""

    _name = "emulation.issued.document.mixin"
    _description = "Document issued once"
    _inherit = [
        "emulation.search.mixin",
        "emulation.verb.mixin",
        "emulation.document.mixin",
        "emulation.thread.mixin",
        "mail.activity.mixin",
    ]
    _search_key_fields = ("number", "symbol", "abstract")
    _order = "issue_date desc, id desc"
    _rec_name = "abstract"
    _check_company_auto = True
    # What still comes to an issued document is its signed copy.
    _writable = {
        "draft": {"officer": FRAME | {"company_id", "word_copy", "word_copy_name"}},
        "draft issued": {"officer": {"signed_copy", "signed_copy_name"}},
    }
    _deletable = {"draft": "officer"}
    # What the symbol of such a document begins with, as QĐ in QĐ-SNV (Decree 30/2020, Annex III).
    _symbol_kind = ""

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    state = fields.Selection(DOCUMENT_STATES, default="draft", required=True, copy=False, tracking=True)
    symbol = fields.Char(compute="_compute_symbol", store=True, readonly=False, precompute=True)
    signed_copy = fields.Binary(
        string="Signed copy",
        attachment=True,
        copy=False,
        help="Scan of the signed paper or the digitally signed PDF, kept beside the issued PDF.",
    )
    signed_copy_name = fields.Char(copy=False)
    signed_copy_sha256 = fields.Char(string="SHA-256 of the signed copy", copy=False, readonly=True)
    signed_copy_signatures = fields.Json(string="What the signatures say", copy=False, readonly=True)
    signed_copy_check = fields.Text(
        string="Digital signatures",
        compute="_compute_signed_copy_check",
        help="As the file has them. Whether the issuer may issue certificates is not judged.",
    )
    word_copy = fields.Binary(
        string="Edited version (.docx)",
        attachment=True,
        copy=False,
        help="The Word file of this document as somebody worked on it. It is kept beside the document; names, awards"
        " and sums in it are compared with the data.",
    )
    word_copy_name = fields.Char(copy=False)
    word_copy_sha256 = fields.Char(string="SHA-256 of the edited version", copy=False, readonly=True)
    word_differences = fields.Text(
        string="What the edited version says otherwise",
        copy=False,
        readonly=True,
        help="Found when it was uploaded, and once more when the document is issued.",
    )

    @api.depends("company_id")
    def _compute_symbol(self):
        for document in self:
            agency = document.company_id.emulation_document_symbol
            kind = document._symbol_kind
            document.symbol = f"{kind}-{agency}" if agency else document.symbol or kind

    @api.depends("signed_copy_signatures")
    @api.depends_context("lang", "tz")
    def _compute_signed_copy_check(self):
        for document in self:
            read = document.signed_copy_signatures
            document.signed_copy_check = "\n".join(document._describe_signatures(read)) if read else False

    def _describe_signatures(self, read):
        """Return a line for each signature, then whether it was this document that was signed."""
        if read.get("is_unreadable"):
            return [
                self.env._(
                    "The digital signatures could not be read: look at the file in the signing program."
                )
            ]
        told = [line for found in read["signatures"] for line in self._list_signature_lines(found)]
        if not told:
            return [self.env._("The file has no digital signature.")]
        told += self._list_missing_signer(read["signatures"])
        if read.get("holds_issued"):
            return [*told, self.env._("What was signed is the issued PDF.")]
        return [*told, self.env._("What was signed is not the issued PDF as it is kept: compare them.")]

    def _list_missing_signer(self, signatures):
        """Return a warning where the paper names a signer and no certificate bears the name."""
        # sudo: hr.employee - the name only, as it is printed
        name = self.signer_id.sudo().name or ""
        key = vietnamese.search_key(name)  # certificates often bear names without accents
        if any(key in vietnamese.search_key(found["signer"]) for found in signatures):
            return []
        return [
            self.env._(
                "The paper is to be signed by %(name)s: no signature in the file is theirs.", name=name
            )
        ]

    def _list_signature_lines(self, found):
        """Return who signed, and warnings where the certificate is not by whom it says or was not valid then."""
        lines = [self._describe_signature(found)]
        if found.get("false_issuer"):
            lines.append(
                self.env._(
                    "%(issuer)s did not issue the certificate that names it: do not trust this signature.",
                    issuer=found["false_issuer"],
                )
            )
        if found.get("valid_other"):
            start, end = (vietnamese.short_date(date.fromisoformat(day)) for day in found["valid_other"])
            lines.append(
                self.env._(
                    "The certificate was valid from %(start)s to %(end)s, not when it was signed: do not trust this"
                    " signature.",
                    start=start,
                    end=end,
                )
            )
        return lines

    def _describe_signature(self, found):
        """Return who signed, when, with whose certificate, in one line."""
        moment = "–"
        if found["moment"]:
            local = fields.Datetime.context_timestamp(self, datetime.fromisoformat(found["moment"]))
            moment = f"{local:%d/%m/%Y %H:%M}"
        values = {
            "signer": f"{found['signer']} ({found['organisation']})"
            if found["organisation"]
            else found["signer"],
            "chain": " ← ".join(found["chain"]) or "–",
            "moment": moment,
        }
        if found["is_stamped"]:
            return self.env._(
                "%(signer)s, %(moment)s by a time stamp. Certificate of %(chain)s. Unchanged since.", **values
            )
        return self.env._(
            "%(signer)s, %(moment)s by the signer's clock. Certificate of %(chain)s. Unchanged since.",
            **values,
        )

    @api.constrains("signed_copy")
    def _check_signed_copy(self):
        for document in self.filtered("signed_copy"):
            content = document._get_signed_content()
            kind = identify(content)[1]
            if kind not in ("application/pdf", "image/jpeg", "image/png"):
                raise ValidationError(self.env._("A signed copy is a PDF or a picture (JPEG, PNG)."))
            broken = [found.signer for found in signed.read_signatures(content) or () if not found.is_intact]
            if broken:
                raise ValidationError(
                    self.env._(
                        "The file was changed after it was signed by %(names)s.", names=", ".join(broken)
                    )
                )

    @api.constrains("word_copy")
    def _check_word_copy(self):
        for document in self.filtered("word_copy"):
            read_word(self.env, document._get_word_content(), word_compare.read_lines)

    def _get_word_differences(self):
        """Return a sentence for each line of the edited version that differs, names, awards and sums first."""
        self.ensure_one()
        content = self._get_word_content()
        if not content:
            return []
        made = self.env["ir.actions.report"]._build_word(self._document_report, self.id)[1]
        found = word_compare.compare(made, content, self._get_word_facts())
        found.sort(key=lambda difference: not difference.is_fact)
        told = [self._describe_difference(difference) for difference in found[:MOST_TOLD]]
        more = len(found) - len(told)
        return [*told, self.env._("%(count)s more differences.", count=more)] if more else told

    def _describe_difference(self, difference):
        before, after = difference.before or "–", difference.after or "–"
        if difference.is_fact:
            return self.env._(
                "Name, award or sum: “%(before)s” became “%(after)s”.", before=before, after=after
            )
        return self.env._("Wording: “%(before)s” became “%(after)s”.", before=before, after=after)

    def _get_word_content(self):
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).word_copy or b"")

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents.filtered("word_copy")._note_word_copy()
        documents.filtered("signed_copy")._note_signed_copy()
        return documents

    def write(self, vals):
        result = super().write(vals)
        if "signed_copy" in vals:
            self._note_signed_copy()
        if "word_copy" in vals:
            self._note_word_copy()
        return result

    def _note_word_copy(self):
        for document in self:
            content = document._get_word_content()
            digest = hashlib.sha256(content).hexdigest() if content else False
            differences = "\n".join(document._get_word_differences())
            document._write_protected({"word_copy_sha256": digest, "word_differences": differences})
            document.message_post(
                body=self.env._(
                    "Edited version: %(name)s, SHA-256 %(digest)s",
                    name=document.word_copy_name or "–",
                    digest=digest or "–",
                )
            )

    def _start(self, verb, reason=None):
        """Before a document goes out its edited version is compared once more: the data may have changed since."""
        todo = super()._start(verb, reason)
        if self._get_verb(verb).target in self._issued_states:
            todo._renew_word_differences()
        return todo

    def _renew_word_differences(self):
        for document in self.filtered("word_copy_sha256"):
            differences = "\n".join(document._get_word_differences())
            if differences != (document.word_differences or ""):
                document._write_protected({"word_differences": differences})
                document._message_log(
                    body=self.env._(
                        "The data changed since the edited version was uploaded. It says otherwise:\n%(differences)s",
                        differences=differences or "–",
                    )
                )

    def _get_signed_content(self):
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).signed_copy or b"")

    def _note_signed_copy(self):
        for document in self:
            content = document._get_signed_content()
            digest = hashlib.sha256(content).hexdigest() if content else False
            signatures = document._read_signatures(content)
            document._write_protected({"signed_copy_sha256": digest, "signed_copy_signatures": signatures})
            document.message_post(
                body=self.env._(
                    "Signed copy: %(name)s, SHA-256 %(digest)s",
                    name=document.signed_copy_name or "–",
                    digest=digest or "–",
                )
            )

    def _read_signatures(self, content):
        """Return ``{"signatures": [...]}`` of a PDF; False: a picture, or nothing here can read them."""
        if identify(content)[1] != "application/pdf" or not signed.can_read():
            return False
        found = signed.read_signatures(content)
        if found is None:
            return {"is_unreadable": True}
        # sudo: ir.attachment - only to see whether the signed file is the issued one
        issued = self.document_attachment_id.sudo().with_context(bin_size=False).raw
        return {
            "holds_issued": signed.holds(content, issued or b""),
            "signatures": [
                one._asdict()
                | {"moment": one.moment and one.moment.astimezone(UTC).replace(tzinfo=None).isoformat()}
                for one in found
            ],
        }
