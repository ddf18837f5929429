from odoo import api, fields, models

from ..mixin.emulation_document_mixin import CAPACITIES
from ..mixin.verb import ANY
from ..numbering.emulation_number_series import SERIES

# Minutes are signed by whoever chaired and wrote them, certificates by who signed their decision.
KINDS = [(key, label) for key, label in SERIES if key not in ("minutes", "certificate")]


class EmulationDocumentSigner(models.Model):
    """Who signs the documents of an agency, and in what capacity (Decree 30/2020, Article 8 and Annex I).

    The first in the list who signs a kind of document stands in each new one of that kind; whoever is chosen
    instead brings the own capacity along. Both may be changed in the draft.
    """

    _name = "emulation.document.signer"
    _description = "Signer of documents"
    _inherit = "emulation.guard.mixin"
    _writable = {
        ANY: {
            "officer": {
                *("company_id", "sequence", "kind", "employee_id"),
                *("signer_capacity", "signer_on_behalf", "signer_title"),
            }
        }
    }
    _deletable = {ANY: "officer"}
    _order = "company_id, sequence, id"
    _rec_name = "employee_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", index=True, default=lambda self: self.env.company
    )
    sequence = fields.Integer(default=10, aggregator=None)
    employee_id = fields.Many2one(
        "hr.employee", string="Signer", required=True, check_company=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, string="Documents", help="Empty: every kind.")
    signer_capacity = fields.Selection(CAPACITIES, string="Signer capacity", default="none", required=True)
    signer_on_behalf = fields.Char(
        string="Signer on behalf", help="The body or the head signed for, printed after TM., KT., TL. or TUQ."
    )
    signer_title = fields.Char(string="Signer title", help="Empty: the job position.")

    _signer_uniq = models.UniqueIndex(
        "(company_id, employee_id, COALESCE(kind, ''))", "This person already signs these documents."
    )

    @api.model
    @api.private
    def _get_by_agency(self, companies):
        """Return the signers of each agency, in their order, who still work there.

        :return: ``{company: signers}``
        """
        # sudo: emulation.document.signer - who signs is printed on every document, whoever writes the draft
        found = self.sudo().search([("company_id", "in", companies.ids), ("employee_id.active", "=", True)])
        return found.grouped("company_id")

    @api.private
    def _find(self, kind, signer=None):
        """Return the first of these who signs a kind of document; who signs this kind alone goes before the others.

        :param str kind: one of ``SERIES``; nobody here signs minutes and certificates
        :param signer: only this employee, if given
        """
        if kind not in dict(KINDS):
            return self.browse()
        fitting = self.filtered(
            lambda row: row.kind in (kind, False) and (signer is None or row.employee_id == signer)
        )
        return fitting.sorted(lambda row: not row.kind)[:1]
