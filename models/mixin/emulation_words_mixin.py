from odoo import api, models

from .search_words import get_search_domain


class EmulationWordsMixin(models.AbstractModel):
    """Search boxes find each word typed in a key without accents that the model has, stored or in its view."""

    _name = "emulation.words.mixin"
    _description = "Record found by the words typed"

    _words_field = "search_key"

    @api.model
    def _search_display_name(self, operator, value):
        """Find each word typed, whatever its accents; exact operators go the usual way."""
        found = get_search_domain(self._words_field, operator, value)
        return super()._search_display_name(operator, value) if found is None else found
