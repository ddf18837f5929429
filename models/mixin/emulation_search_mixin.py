from lxml import etree
from odoo import api, fields, models

from ...engine.vietnamese import search_key
from .search_words import LONGEST_KEY, get_index_definition


class EmulationSearchMixin(models.AbstractModel):
    """Records found without accents, in any order of words, on any PostgreSQL.

    An heir lists in ``_search_key_fields`` the fields (paths may lead to other records) whose texts a person
    may type; one that needs more overrides ``_get_search_texts``. Search views and boxes ask for
    ``display_name``.
    """

    _name = "emulation.search.mixin"
    _inherit = ["emulation.words.mixin"]
    _description = "Record found without accents"
    _search_key_fields = ("display_name",)

    search_key = fields.Char(
        compute="_compute_search_key",
        store=True,
        help="What a search compares with: no accents, lower case.",
    )

    _search_key_idx = models.Index(get_index_definition("search_key"))

    @api.depends(lambda self: self._search_key_fields)
    def _compute_search_key(self):
        for record in self:
            record.search_key = record._get_search_key()

    def _get_search_key(self):
        texts = dict.fromkeys(filter(None, self._get_search_texts()))
        return search_key(" ".join(texts))[:LONGEST_KEY]

    def _get_search_texts(self):
        """Return the texts the record is found by."""
        self.ensure_one()
        return [text for path in self._search_key_fields for text in self.mapped(path)]

    @api.model
    def _get_default_search_view(self):
        """Return the search view of a model that has none: it asks for the key, not for the raw name."""
        view = etree.Element("search")
        etree.SubElement(view, "field", name="display_name")
        return view
