from odoo import api, fields, models
from odoo.fields import Domain

from ...engine.vietnamese import search_key


class EmulationSearchMixin(models.AbstractModel):
    """Records found by name without accents, in any order of words, on any PostgreSQL.

    An heir says what a person may type in ``_get_search_texts`` and on what that depends, by
    overriding ``_compute_search_key`` with its own ``@api.depends``.
    """

    _name = "emulation.search.mixin"
    _description = "Record found without accents"

    search_key = fields.Char(
        compute="_compute_search_key", store=True, help="What a search compares with: no accents, lower case."
    )

    @api.depends("display_name")
    def _compute_search_key(self):
        for record in self:
            record.search_key = search_key(" ".join(filter(None, record._get_search_texts())))

    def _get_search_texts(self):
        """Return the texts the record is found by."""
        self.ensure_one()
        return [self.display_name]

    @api.model
    def _search_display_name(self, operator, value):
        """Find each word typed, whatever its accents; exact operators go the usual way."""
        if operator not in ("ilike", "not ilike", "like", "not like") or not isinstance(value, str):
            return super()._search_display_name(operator, value)
        found = Domain.AND(Domain("search_key", "like", word) for word in search_key(value).split())
        return ~found if operator in Domain.NEGATIVE_OPERATORS else found
