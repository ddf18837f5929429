import hashlib

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

from ...engine import points
from ..mixin.labels import get_labels
from ..mixin.verb import Verb
from . import asking, ending
from .papers import DRAFTS, KIND_NAMES, SYMBOLS

_lt = LazyTranslate(__name__)

# Who gets a letter, as its draft says it: those it is addressed to, then the clerk and the officers who keep it.
AS_ABOVE, ARCHIVE = "Như trên", "Lưu: VT, TĐKT"
DECIDERS = {"officer": None, "stand_in": None}
VERBS = {
    "issue": Verb(
        ("draft",),
        "issued",
        DECIDERS,
        _lt("Issue"),
        checks=("_check_parts", "_check_effect"),
        also="signer, recipients and what else the purpose asks for are there; a launch document launches its campaign,"
        " an amendment changes it, an extension moves its end, a closing document closes it",
    ),
    "cancel": Verb(("draft",), "cancelled", DECIDERS, _lt("Discard the draft")),
}
CONTENT = {
    *("campaign_id", "purpose", "kind", "title", "addressee", "opening", "closing", "executed_basis_ids"),
    *("point_ids", "change_ids", "reason", "pass_on", "evidence_ids"),
}
# purpose -> what it cannot be issued without, besides number and date, which are given on issue
NEEDED = {
    "launch": ("signer_id", "legal_basis_ids", "recipient_lines"),
    "amendment": ("signer_id", "recipient_lines", "change_ids", "reason"),
    "extension": ("signer_id", "recipient_lines", "change_ids", "reason"),
    "closing": ("signer_id", "recipient_lines", "reason"),
}


class EmulationCampaignDocument(models.Model):
    """What a campaign says on paper: the letter, appeal, plan or directive that launches it, and what follows.

    Drafted from the campaign, mended in the writer's own words, then issued once: numbered, dated, signed, stored as
    PDF and sealed. Before that every print says that it is a draft; nothing but an issued document is sent.
    """

    _name = "emulation.campaign.document"
    _description = "Document of a campaign"
    _inherit = ["emulation.issued.document.mixin", "emulation.evidence.mixin"]
    _search_key_fields = ("number", "symbol", "abstract", "campaign_id.name")
    _document_report = "campaign_document"
    _verbs = VERBS
    _writable = {"draft": {"officer": CONTENT}}
    _begun_in = "campaign_id"
    _sealed_files_field = "evidence_ids"

    campaign_id = fields.Many2one(
        "emulation.campaign", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(
        default=None, compute="_compute_company_id", store=True, readonly=True, precompute=True
    )
    purpose = fields.Selection(
        [
            ("launch", "Launch document"),
            ("amendment", "Amendment"),
            ("extension", "Extension"),
            ("closing", "Closing"),
            ("guidance", "Guidance document"),
        ],
        required=True,
        default="launch",
    )
    kind = fields.Selection(
        [
            ("letter", "Official letter"),
            ("appeal", "Call to take part"),
            ("plan", "Plan"),
            ("directive", "Directive"),
            ("notice", "Notice"),
            ("report", "Report"),
            ("minutes", "Minutes"),
            ("guidance", "Guidance document"),
        ],
        required=True,
        default="letter",
    )
    title = fields.Char(
        help="Printed in the middle in place of the kind, for example: Phát động phong trào thi đua."
    )
    abstract = fields.Char(compute="_compute_abstract", store=True, readonly=False, precompute=True)
    addressee = fields.Char(
        compute="_compute_addressee",
        store=True,
        readonly=False,
        precompute=True,
        help="Printed after “Kính gửi”. Empty: the document is addressed to nobody by name.",
    )
    executed_basis_ids = fields.Many2many(
        "emulation.legal.document",
        "emulation_campaign_document_executed_rel",
        string="Carried out",
        help="Directives and letters from above, printed with “Thực hiện”; legal bases are printed with “Căn cứ”.",
    )
    opening = fields.Text(help="The paragraphs before the points. Empty: as drafted from the campaign.")
    point_ids = fields.One2many(
        "emulation.campaign.point",
        "document_id",
        string="Points of the text",
        copy=True,
        help="Empty: the text drafted from the campaign is printed.",
    )
    closing = fields.Text(string="Closing words", help="The paragraphs after the points. Empty: as drafted.")
    reason = fields.Text(string="Reason of the change")
    change_ids = fields.One2many("emulation.campaign.change", "document_id", string="Changes of the campaign")
    pass_on = fields.Boolean(
        string="Change the campaigns below alike",
        default=True,
        help="Those handed down that say the same today follow; each head is told.",
    )
    evidence_ids = fields.Many2many(string="Annexes")
    annex_digests = fields.Json(string="SHA-256 of the annexes", readonly=True, copy=False)
    sent_date = fields.Date(string="Sent to the audience on", readonly=True, copy=False)
    can_issue = fields.Boolean(compute="_compute_can")

    # ---------- Defaults ----------

    @api.depends("campaign_id.company_id")
    def _compute_company_id(self):
        for document in self:
            document.company_id = document.campaign_id.company_id

    @api.depends("campaign_id.name", "purpose", "kind")
    def _compute_abstract(self):
        for document in self:
            document.abstract = document._get_draft().get_abstract()

    @api.depends("kind", "campaign_id.audience_department_ids")
    def _compute_addressee(self):
        for document in self:
            document.addressee = document._get_draft().get_addressee() if document.kind == "letter" else False

    @api.depends("company_id", "kind")
    def _compute_symbol(self):
        for document in self:
            agency = document.company_id.emulation_document_symbol
            kind = SYMBOLS.get(document.kind)
            document.symbol = "-".join(filter(None, (kind, agency))) or document.symbol

    @api.depends("kind")
    def _compute_number_key(self):
        return super()._compute_number_key()

    def _get_number_series(self):
        return self.kind

    @api.depends("abstract", "number", "symbol", "purpose")
    def _compute_display_name(self):
        labels = get_labels(self, "purpose")
        for document in self:
            name = document._get_document_number() or labels.get(document.purpose, "")
            document.display_name = f"{name} – {document.abstract}" if document.abstract else name

    @api.model
    @api.private
    def _start_for(self, campaign, purpose):
        """Return a new draft for a campaign; an extension comes with the line that moves the end."""
        vals = {
            "campaign_id": campaign.id,
            "purpose": purpose,
            **self._prepare_like_launch(campaign, purpose),
        }
        if purpose == "extension":
            vals["change_ids"] = [Command.create({"what": "date_end"})]
        return self.create(vals)

    @api.model
    def _prepare_like_launch(self, campaign, purpose):
        """Return who signs and who gets it: as for the launch."""
        launch = campaign.launch_document_id
        if purpose == "launch":
            return self._prepare_launch(campaign)
        if not launch:
            return {"kind": "guidance"} if purpose == "guidance" else {}
        names = ("place", "signer_capacity", "signer_on_behalf", "signer_title", "recipient_lines")
        kind = {"closing": "notice", "guidance": "guidance"}.get(purpose, launch.kind)
        return {"kind": kind, "signer_id": launch.signer_id.id, **{name: launch[name] for name in names}}

    @api.model
    def _prepare_launch(self, campaign):
        """Return the usual bases and recipients: the law by which the campaign goes, and those it is addressed to."""
        day = fields.Date.context_today(self)
        book = campaign.rulebook_id or self.env["emulation.rulebook"]._for_date(
            campaign.company_id, day, raise_if_none=False
        )
        bases = book.legal_document_ids or book.parent_id.legal_document_ids
        return {"legal_basis_ids": [Command.set(bases.ids)], "recipient_lines": f"{AS_ABOVE}\n{ARCHIVE}"}

    @api.onchange("kind")
    def _onchange_kind(self):
        """“Như trên” are those whom a letter is addressed to; what is addressed to nobody names them."""
        named = f"{self._get_draft().get_addressee()}\n{ARCHIVE}"
        usual = f"{AS_ABOVE}\n{ARCHIVE}"
        if self.recipient_lines in (named, usual):
            self.recipient_lines = usual if self.kind == "letter" else named

    # ---------- Words ----------

    def _get_draft(self):
        """Return the words of this document where the writer has none of their own."""
        return DRAFTS[self.purpose or "launch"](self)

    def _get_printed(self):
        """Return what the report prints around the frame: own words first, else those drafted."""
        draft = self._get_draft()
        own = self.point_ids or draft.get_points()
        marks = points.marks((point.level, point.style) for point in own)
        return {
            "type_name": self._get_type_name(),
            "addressee": f"Kính gửi: {self.addressee}" if self.addressee else "",
            "opening": _split(self.opening or draft.get_opening()),
            "points": [_print_point(point, mark) for point, mark in zip(own, marks, strict=True)],
            "closing": _split(points.end_sentence(self.closing or draft.get_closing()) + "/."),
            "annexes": self.evidence_ids.mapped("name"),
        }

    def _get_type_name(self):
        """Return what is printed in the middle; an official letter has no title of its own kind."""
        return self.title or ("" if self.kind == "letter" else KIND_NAMES[self.kind])

    def _get_legal_basis_lines(self):
        """Return the bases, then what is carried out; each line ends with ``;``, the last with a point."""
        day = self.issue_date or fields.Date.context_today(self)
        executed = self.executed_basis_ids
        lines = (self.legal_basis_ids - executed)._get_legal_basis_lines("", day)
        lines += [f"Thực hiện {basis._get_citation(day)}" for basis in executed]
        return points.end_lines(lines)

    def action_take_over(self):
        """Make the drafted text the writer's own, to reorder and mend."""
        for document in self.filtered(lambda document: document.state == "draft"):
            draft = document._get_draft()
            drafted = [] if document.point_ids else draft.get_points()
            document.write(
                {
                    "opening": document.opening or draft.get_opening(),
                    "closing": document.closing or draft.get_closing(),
                }
            )
            self.env["emulation.campaign.point"]._create_protected(
                [document._prepare_point(point, place) for place, point in enumerate(drafted, 1)]
            )
        return True

    def _prepare_point(self, point, place):
        vals = {"name": point.name, "text": point.text, "level": point.level, "style": point.style}
        return {**vals, "table": point.table, "document_id": self.id, "sequence": 10 * place}

    # ---------- Issue ----------

    def action_take_number(self):
        """Reserve the next number of the year for these drafts; a number given by the clerk stays."""
        self.filtered(lambda document: not document.issue_date).issue_date = fields.Date.context_today(self)
        self._take_number()

    def action_issue(self):
        """Number, date, seal: from then on the document stands, and does what it says."""
        return self._run_verb("issue")

    def action_cancel(self):
        """Give a draft up."""
        return self._run_verb("cancel")

    def _get_cannot_issue_reason(self):
        return self._check_verb("issue")

    def _get_cannot_cancel_reason(self):
        return self._check_verb("cancel")

    def _check_parts(self):
        """Return {id: reason} naming what a document of its purpose cannot be issued without."""
        reasons = {}
        for document in self:
            missing = [
                document._fields[name]._description_string(self.env)
                for name in NEEDED.get(document.purpose, ("signer_id", "recipient_lines"))
                if not (document[name] or (name == "legal_basis_ids" and document.executed_basis_ids))
            ]
            if missing:
                reasons[document.id] = self.env._(
                    "%(document)s cannot be issued without: %(missing)s.",
                    document=document.abstract,
                    missing=", ".join(missing),
                )
        return reasons

    def _check_effect(self):
        """Return {id: reason}: what the document does must be possible."""
        checks = {"launch": "_find_launch_problem", "closing": "_find_closing_problem"}
        reasons = {}
        for document in self:
            problem = getattr(document, checks.get(document.purpose, "_find_change_problem"))()
            if problem:
                reasons[document.id] = problem
        return reasons

    def _find_launch_problem(self):
        campaign = self.campaign_id
        if campaign.launch_document_id:
            return self.env._("%(name)s was launched by a document already.", name=campaign.name)
        if campaign.state == "launched":
            return False
        return campaign._get_refused("launch").get(campaign.id)

    def _find_change_problem(self):
        if self.campaign_id.state != "launched":
            return self.env._("The campaign is not launched.")
        problem = next(filter(None, (change._get_problem() for change in self.change_ids)), False)
        return problem or self.change_ids._find_dates_problem()

    def _find_closing_problem(self):
        campaign = self.campaign_id
        reasons = {
            **campaign._check_verb("close"),
            **ending.round_is_open(campaign),
            **ending.one_runs_below_in_time(campaign),
        }
        return reasons.get(campaign.id)

    @api.private
    def _do_issue(self):
        """Issue these drafts; those already issued are left alone."""
        for document in self._start("issue"):
            if not document.issue_date:
                document._write_protected({"issue_date": fields.Date.context_today(self)})
            document._with_seal()._take_number()
            document._finish(
                "issue", self.env._("Issued as %(number)s.", number=document._get_document_number())
            )
            document._take_effect()
            document._seal()

    @api.private
    def _do_cancel(self):
        self._start("cancel")._finish("cancel")

    def _seal(self):
        digests = {file.name: hashlib.sha256(file.raw or b"").hexdigest() for file in self.evidence_ids}
        self._write_protected({"annex_digests": digests or False, **self._store_document_pdf()})

    def _take_effect(self):
        """Do what the document says; the campaign notes which document did it."""
        campaign = self.campaign_id
        if self.purpose == "launch":
            (campaign if campaign.state == "draft" else campaign.browse())._do_launch()
        elif self.purpose == "closing":
            campaign._do_close()
        elif self.change_ids:
            self.change_ids._do_apply()
            self._tell_below()
        campaign._message_log(body=self.env._("%(document)s is issued.", document=self.display_name))

    def _tell_below(self):
        """Say in the campaigns below what changed above them; those handed down follow if the document says so."""
        # sudo: emulation.campaign - those below may belong to other agencies; they are told, and follow where they
        # were handed down
        below = self.campaign_id.sudo().search(
            [("id", "child_of", self.campaign_id.id), ("state", "in", ("draft", "launched"))]
        )
        below -= self.campaign_id.sudo()
        if self.pass_on:
            self.change_ids._apply_below(below.filtered("is_handed_down"))
        note = self.env._("The campaign above was changed: %(document)s", document=self.display_name)
        below._message_log_batch(dict.fromkeys(below.ids, note))
        asking.tell_heads(below.filtered(lambda campaign: campaign.state == "launched"), note)

    # ---------- Print and send ----------

    def action_send(self):
        """Send the issued documents to the audience, each once, with the signed copy if there is one."""
        for document in self:
            document.check_access("write")
            document._send()

    def _send(self):
        if self.state != "issued":
            raise UserError(self.env._("Only an issued document is sent: issue it first."))
        if self.sent_date:
            raise UserError(
                self.env._("It was sent on %(date)s.", date=format_date(self.env, self.sent_date))
            )
        self.lock_for_update()
        # sudo: hr.employee - addresses of employees are readable by HR only; one message goes to all of them
        employees = self.env["hr.employee"].sudo().search(self.campaign_id._get_audience_domain())
        signed = self._get_signed_content()
        self.campaign_id.message_post(
            body=self.env._("%(document)s is attached.", document=self.display_name),
            partner_ids=(employees.user_id.partner_id | employees.work_contact_id).ids,
            attachment_ids=(self.document_attachment_id | self.evidence_ids).ids,
            attachments=[(self.signed_copy_name or self.env._("Signed copy"), signed)] if signed else [],
        )
        self._write_protected({"sent_date": fields.Date.context_today(self)})


def _split(text):
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _print_point(point, mark):
    """Return a point as plain values: its heading with the mark, how it is joined to the text, the paragraphs."""
    lines, name = _split(point.text), (point.name or "").strip()
    joiner = " " if not name or name[-1] in ".:?!" else ": "
    title = " ".join(filter(None, (mark, name)))
    frame = Markup("<b>%s</b>%s") if point.level == 1 and name else Markup("%s%s")
    first = (joiner if title else "") + lines[0] if lines else ""
    return {
        "head": frame % (title, first),
        "lines": lines[1:],
        "level": point.level,
        "table": point.table or None,
    }
