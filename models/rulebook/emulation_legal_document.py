from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine import citation
from .confidence import CONFIDENCE, CONFIDENCE_HELP


class EmulationLegalDocument(models.Model):
    """A legal basis (căn cứ pháp lý), cited by campaigns and documents."""

    _name = "emulation.legal.document"
    _description = "Legal document"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin", "emulation.shipped.mixin"]
    _shipped_fields = (
        *("name", "kind", "number", "issue_date", "issuer", "abstract", "date_from", "date_to"),
        *("confidence", "sequence"),
    )
    _order = "sequence, issue_date desc, id desc"
    _search_key_fields = ("name", "number", "abstract", "issuer")
    # What every agency's documents cite is the administrators'; an officer adds the agency's own.
    _writable = {
        "*": {
            "officer admin": {
                *("name", "sequence", "kind", "number", "issue_date", "issuer", "abstract", "date_from"),
                *("date_to", "confidence", "amends_id", "company_id", "active"),
            }
        }
    }
    _deletable = {"*": "officer admin"}

    name = fields.Char(required=True, help="Short name, for example: Luật Thi đua, khen thưởng.")
    sequence = fields.Integer(
        default=50,
        aggregator=None,
        help="Order in the list of legal bases: documents that give authority come first.",
    )
    kind = fields.Selection(
        [
            ("law", "Law"),
            ("decree", "Decree"),
            ("circular", "Circular"),
            ("resolution", "Resolution"),
            ("directive", "Directive"),
            ("decision", "Decision"),
            ("plan", "Plan"),
            ("letter", "Official letter"),
            ("other", "Other"),
        ],
        default="other",
        required=True,
    )
    number = fields.Char()
    issue_date = fields.Date(string="Issue date")
    issuer = fields.Char(help="As it is printed, for example Chính phủ.")
    abstract = fields.Char(help="As it is printed after the issuer, for example về công tác văn thư.")
    date_from = fields.Date(string="In force from")
    date_to = fields.Date(string="In force until")
    confidence = fields.Selection(CONFIDENCE, default="verified", required=True, help=CONFIDENCE_HELP)
    citation = fields.Char(compute="_compute_citation", help="How documents print it (Decree 30/2020).")
    amends_id = fields.Many2one(
        "emulation.legal.document",
        index=True,
        ondelete="restrict",
        help="From the day it is in force, documents cite that act as amended by this one.",
    )
    amendment_ids = fields.One2many("emulation.legal.document", "amends_id", string="Amendments")
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self._get_default_company(),
        help="Empty: shared by all companies.",
    )
    active = fields.Boolean(default=True)

    _dates_in_order = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_to >= date_from)",
        "A legal document cannot end before it comes into force.",
    )

    @api.constrains("amends_id")
    def _check_amends(self):
        if self._has_cycle("amends_id"):
            raise ValidationError(self.env._("An act cannot amend itself."))

    @api.depends("kind", "name", "number", "issue_date", "issuer", "abstract", "amendment_ids.date_from")
    def _compute_citation(self):
        today = fields.Date.context_today(self)
        for document in self:
            document.citation = document._get_citation(today)

    def _get_citation(self, day):
        """Return how a document of a day cites it, as amended by what is in force then."""
        self.ensure_one()
        amending = self.amendment_ids.filtered(
            lambda act: act.issue_date and (act.date_from or act.issue_date) <= day
        )
        return citation.cite(
            self.kind,
            self.name or "",
            self.number or "",
            self.issue_date,
            self.issuer or "",
            self.abstract or "",
            amending.mapped("issue_date"),
        )

    @api.depends("name", "number")
    def _compute_display_name(self):
        for document in self:
            name, number = document.name or "", document.number or ""
            document.display_name = name if not number or number in name else f"{name} ({number})"

    def _get_legal_basis_lines(self, proposal="", day=None):
        """Return the lines "Căn cứ …;" of a document, what gives power first.

        :param str proposal: last line, for example "Theo đề nghị của Chánh Văn phòng"
        :param datetime.date day: the day of the document; default today
        :rtype: list[str]
        """
        day = day or fields.Date.context_today(self)
        ordered = self.sorted(lambda basis: (*citation.rank(basis.kind, basis.issue_date, day), basis.id))
        return citation.legal_basis_lines([basis._get_citation(day) for basis in ordered], proposal)
