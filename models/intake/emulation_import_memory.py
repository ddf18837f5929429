from odoo import api, fields, models

from ...office.awards import award_key
from ...office.people import unit_key


class EmulationImportMemory(models.Model):
    """What an agency's officers told the imports once: what a heading, a word for an award or a unit means."""

    _name = "emulation.import.memory"
    _description = "Word learnt from an import"
    _order = "purpose, text"
    _rec_name = "text"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin"]
    _writable = {"*": {"officer": {"award_id", "department_id"}}}
    _deletable = {"*": "officer"}
    _search_key_fields = ("text", "award_id.official_name", "department_id.name")

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True, ondelete="cascade"
    )
    purpose = fields.Selection(
        [("heading", "Heading"), ("award", "Award"), ("unit", "Unit")], required=True, readonly=True
    )
    kind = fields.Char(readonly=True, help="For which kind of import a heading was explained.")
    text = fields.Char(required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    field_name = fields.Char(
        string="Field name", readonly=True, help="What a column with this heading is read as; empty: nothing."
    )
    award_id = fields.Many2one("emulation.award", ondelete="cascade", index="btree_not_null")
    department_id = fields.Many2one("hr.department", ondelete="cascade", index="btree_not_null")

    _key_uniq = models.UniqueIndex(
        "(company_id, purpose, key, COALESCE(kind, ''))", "This word was explained before."
    )

    @api.model
    @api.private
    def _learn(self, company, purpose, text, kind=False, **meaning):
        """Remember what a word means; what was learnt later holds."""
        key = {"award": award_key, "unit": unit_key}.get(purpose, str)(text)
        if not key:
            return
        known = self._recall(company, purpose, kind).get(key)
        if known:
            known._write_protected(meaning)
        else:
            fixed = {"company_id": company.id, "purpose": purpose, "kind": kind, "text": text, "key": key}
            self._create_protected([{**fixed, **meaning}])

    @api.model
    @api.private
    def _recall(self, company, purpose, kind=False):
        """Return {key: record} of what was learnt for a purpose."""
        domain = [("company_id", "=", company.id), ("purpose", "=", purpose), ("kind", "=", kind)]
        return {memory.key: memory for memory in self.search(domain)}
