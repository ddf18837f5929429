import hashlib
import secrets

from odoo import api, fields, models
from odoo.tools.image import image_data_uri

from ...engine import vietnamese, wording
from ...engine.wording import NO_BREAK, keep_place
from .actions import download
from .file_names import name_file

# The identity of this object asks for a paper as the records are now, though it was issued: no RPC call can carry it.
ANEW = object()

# What a clerk types around the body of a document.
FRAME = frozenset(
    {
        *("number", "symbol", "issue_date", "place", "signer_id", "signer_capacity", "signer_on_behalf"),
        *("signer_title", "legal_basis_ids", "abstract", "recipient_lines"),
    }
)
DOCUMENT_STATES = [("draft", "Draft"), ("issued", "Issued"), ("cancelled", "Cancelled")]


CAPACITIES = [
    ("none", "In own name"),
    ("TM", "TM. (on behalf of the collective)"),
    ("KT", "KT. (deputy for the head)"),
    ("TL", "TL. (by order)"),
    ("TUQ", "TUQ. (authorised)"),
    ("Q", "Q. (acting)"),
]


class EmulationDocumentMixin(models.AbstractModel):
    """One administrative document (Decree 30/2020): numbered, dated, signed, stored as PDF with its hash.

    Every heir has its own ``state``: usually ``DOCUMENT_STATES``, for a campaign its richer life.
    ``_issued_states`` says in which of them the document is issued and no longer editable.
    """

    _name = "emulation.document.mixin"
    _description = "Administrative document"
    _inherit = "emulation.numbered.mixin"

    _issued_states = ("issued",)
    _sealed_attachment_field = "document_attachment_id"
    _document_report = ""  # the report that prints it, without its prefix; another addon's in full

    place = fields.Char(compute="_compute_place", store=True, readonly=False)
    signer_id = fields.Many2one(
        "hr.employee",
        check_company=True,
        compute="_compute_signer_id",
        store=True,
        readonly=False,
        precompute=True,
        copy=True,
    )
    signer_capacity = fields.Selection(
        CAPACITIES,
        string="Signer capacity",
        required=True,
        compute="_compute_signer_capacity",
        store=True,
        readonly=False,
        precompute=True,
        copy=True,
    )
    signer_on_behalf = fields.Char(
        string="Signer on behalf",
        help="The body or the head signed for, printed after TM., KT., TL. or TUQ.",
        compute="_compute_signer_capacity",
        store=True,
        readonly=False,
        precompute=True,
        copy=True,
    )
    signer_title = fields.Char(
        string="Signer title",
        compute="_compute_signer_capacity",
        store=True,
        readonly=False,
        precompute=True,
        copy=True,
    )
    legal_basis_ids = fields.Many2many("emulation.legal.document", string="Legal bases")
    abstract = fields.Char(help="What the document is about, in one line.")
    recipient_lines = fields.Text(string="Sent to", help="One recipient a line.")
    document_attachment_id = fields.Many2one(
        "ir.attachment",
        string="Issued PDF",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    waiting_report = fields.Char(
        string="Report to print",
        copy=False,
        readonly=True,
        help="Set while the issued PDF waits for a server that can print.",
    )
    document_sha256 = fields.Char(string="SHA-256 of the PDF", copy=False, readonly=True)
    document_check = fields.Selection(
        [("intact", "Unchanged"), ("changed", "Changed"), ("missing", "Missing")],
        string="Integrity of the issued PDF",
        compute="_compute_document_check",
        help="The stored file compared with the SHA-256 taken when it was issued.",
    )
    verification_token = fields.Char(
        copy=False,
        readonly=True,
        index="btree_not_null",
        groups="hr_emulation.group_emulation_officer",
        default=lambda self: self._default_verification_token(),
    )

    @api.depends("company_id")
    def _compute_place(self):
        """A document is dated where its agency is, whoever draws it up."""
        for document in self:
            document.place = document.company_id.city or document.place

    @api.depends("company_id")
    def _compute_signer_id(self):
        """The agency's list says who signs such a document; a person chosen before stays."""
        signers = self.env["emulation.document.signer"]
        by_agency = signers._get_by_agency(self.company_id)
        for document in self:
            own = by_agency.get(document.company_id, signers)
            usual = own._find(document._get_number_series()).employee_id
            document.signer_id = document.signer_id or usual

    @api.depends("signer_id")
    def _compute_signer_capacity(self):
        """Whoever is in the agency's list brings the own capacity; of others it stays as it was typed."""
        signers = self.env["emulation.document.signer"]
        by_agency = signers._get_by_agency(self.company_id)
        for document in self:
            own = by_agency.get(document.company_id, signers)
            known = own._find(document._get_number_series(), document.signer_id)
            source = known or document
            document.signer_capacity = source.signer_capacity or "none"
            document.signer_on_behalf = source.signer_on_behalf
            document.signer_title = source.signer_title

    @api.depends("document_attachment_id", "document_sha256", "waiting_report")
    def _compute_document_check(self):
        for document in self:
            # sudo: ir.attachment - only to compare its hash. The web client asks for sizes in place of
            # contents.
            content = document.document_attachment_id.sudo().with_context(bin_size=False).raw
            if not document.document_sha256 or document.waiting_report:
                document.document_check = False
            elif not content:
                document.document_check = "missing"
            else:
                same = hashlib.sha256(content).hexdigest() == document.document_sha256
                document.document_check = "intact" if same else "changed"

    def _default_verification_token(self):
        return secrets.token_urlsafe(24)

    # Words of administrative documents are Vietnamese by law (Decree 30/2020), whatever the user's language:
    # they are not translated terms.
    def _get_document_values(self):
        """Return what the shared layout ``hr_emulation.administrative_document`` prints around the body."""
        self.ensure_one()
        company, names = self.company_id, self._get_names()
        return {
            "style": self.env["ir.actions.report"]._get_lean_style("document"),
            "file_name": self._get_document_file_name(),
            "is_draft": self._is_document_draft(),
            "is_state_body": company.emulation_is_state_body,
            "parent_agency": keep_place(company.emulation_parent_agency or ""),
            "agency": keep_place(names["agency"]),
            "logo": image_data_uri(company.logo) if company.logo else False,
            "letterhead": company._get_emulation_letterhead(),
            "number": self._get_document_number() or self._get_blank_number(),
            "place_date": self._get_place_date(),
            "legal_bases": self._get_legal_basis_lines(),
            "recipients": self._get_recipient_lines(),
            "signer_lines": self._get_signer_lines(),
            "signer_name": names["signer"],
        }

    def _is_document_draft(self):
        return self.state not in self._issued_states

    def _get_blank_number(self):
        """Return the room left for a number written by hand."""
        return f"{NO_BREAK * 8}/{self.symbol}" if self.symbol else NO_BREAK * 12

    def _get_document_file_name(self):
        """Return a file name without extension, safe on any system."""
        number = self._get_document_number() or "Dự thảo"
        return name_file(f"{number} {self.abstract or ''}")[:120]

    def _get_place_date(self):
        """Return e.g. ``Lai Châu, ngày 24 tháng 8 năm 2021``; blanks while not dated."""
        if self.issue_date:
            date = vietnamese.administrative_date(self.issue_date)
        else:
            date = f"ngày {NO_BREAK * 5} tháng {NO_BREAK * 5} năm {fields.Date.context_today(self).year}"
        return f"{self.place}, {date}" if self.place else date

    def _get_local(self, moment):
        """Return a moment in the agency's time zone."""
        zone = self.company_id.partner_id.tz or self.env.user.tz or "Asia/Ho_Chi_Minh"
        return fields.Datetime.context_timestamp(self.with_context(tz=zone), moment)

    def _get_issuer_name(self):
        """Return whose decision it is: ``Giám đốc Sở Công Thương``, or the agency where its head has no title."""
        return wording.join_overlapping(self.company_id.emulation_head_title or "", self.company_id.name)

    def _get_legal_basis_lines(self):
        """Return the legal bases in the order of the law: each line ends with ``;``, the last with a point."""
        return self.legal_basis_ids._get_legal_basis_lines(self._get_proposal_line(), self.issue_date or None)

    def _get_proposal_line(self):
        """Return who proposed, the last line of the legal bases; empty: nobody is named."""
        return ""

    def _get_recipient_lines(self):
        """Return the lines of *Nơi nhận*, each with its dash and ``;``, the last with a point."""
        lines = [
            line.strip(" -;.") for line in (self.recipient_lines or "").splitlines() if line.strip(" -;.")
        ]
        return wording.close_lines(f"- {line}" for line in lines)

    def _get_signer_lines(self):
        """Return the capitals above the signature: TM., KT., TL., TUQ. name two persons, Q. one."""
        title = self._get_signer_post()
        if self.signer_capacity in ("TM", "KT", "TL", "TUQ") and self.signer_on_behalf:
            return [f"{self.signer_capacity}. {self.signer_on_behalf}", title]
        return [f"Q. {title}" if self.signer_capacity == "Q" else title]

    def _get_signer_post(self):
        """Return the post that is printed above the signature; empty where nothing says it."""
        return (self.signer_title or self._get_names()["post"]).strip()

    def _get_names(self):
        """Return ``{"agency", "signer", "post"}``: who issues the document, who signs it and that person's post."""
        # sudo: hr.employee - name and post only, for the signature
        signer = self.signer_id.sudo()
        return {
            "agency": self.company_id.name or "",
            "signer": signer.name or "",
            "post": signer.job_title or "",
        }

    def action_print(self):
        """Download the issued PDF; before that, a draft that says it is one, of what it would say today."""
        self.ensure_one()
        if self.document_attachment_id:
            return download(self.document_attachment_id)
        report = self.env.ref(self.env["ir.actions.report"]._get_paper_ref(self._document_report))
        return report.report_action(self, config=False)

    def action_download_word(self):
        """Download the document as a Word file, to be mended there; the issued PDF stays what it is.

        The key ``word_report`` of the context asks for another paper of the record than the document itself.
        """
        self.ensure_one()
        self.check_access("read")
        name = self.env.context.get("word_report") or self._document_report
        return self.env["ir.actions.report"]._get_word_action(name, self)

    def _get_word_values(self):
        """Return ``{field: text}`` for an agency's own Word template: what the page of the document does not mark."""
        return {}

    def _get_word_lines(self):
        """Return ``{list: a dictionary of texts for each line}``, where the page has not all of them."""
        return {}

    def _get_word_facts(self):
        """Return the texts that may not change unnoticed in a Word file: who signs; of an heir, names and awards."""
        # sudo: hr.employee - the name only, as the paper says it
        return [self.signer_id.sudo().name]

    @api.private
    def _store_document_pdf(self):
        """Print the document, keep it as attachment and remember its SHA-256.

        Where there is nothing to print with, the document is issued all the same and its PDF waits.
        """
        self.ensure_one()
        reports = self.env["ir.actions.report"].with_context(emulation_print=ANEW)
        report = reports._get_paper_ref(self._document_report)
        if not reports._can_print():
            self._message_log(
                body=self.env._(
                    "The PDF waits: wkhtmltopdf is not installed on the server. It is made by itself once it is."
                )
            )
            return {"waiting_report": report}
        content = reports._render_qweb_pdf(report, self.ids)[0]
        title = self._get_document_file_name()
        return self._store_document_content(reports._get_archived(content, title, self.company_id))

    @api.model
    @api.private
    def _print_waiting(self):
        """Print what was issued while there was nothing to print with."""
        if not self.env["ir.actions.report"]._can_print():
            return
        for name in self.env.registry.descendants([self._name], "_inherit"):
            if self.env[name]._abstract:
                continue
            # sudo: the documents - each is printed as it was issued, for whoever may read it
            for document in self.env[name].sudo().search([("waiting_report", "!=", False)]):
                values = document._store_document_pdf()
                document._write_protected({**values, "waiting_report": False})

    @api.private
    def _store_document_content(self, content):
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{self._get_document_file_name()}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "document_attachment_id": attachment.id,
            "document_sha256": hashlib.sha256(content).hexdigest(),
        }
