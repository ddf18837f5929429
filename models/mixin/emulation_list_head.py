from lxml import etree
from odoo import api, models
from odoo.tools.safe_eval import safe_eval


class EmulationListHead(models.AbstractModel):
    """A list with counts above it; a click on one filters the list.

    An heir names filters of its search view: label and domain of a count are those of the filter, so what is
    counted is what the click shows.
    """

    _name = "emulation.list.head"
    _description = "List with counts above it"

    _head_filters = ()

    @api.model
    @api.readonly
    def get_list_head(self):
        """Return [{name, label, count}] of the filters above the list, counted among what the user may read."""
        arch = etree.fromstring(self.get_view(view_type="search")["arch"])
        filters = {node.get("name"): node for node in arch.iter("filter")}
        return [
            {
                "name": name,
                "label": filters[name].get("string"),
                "count": self.search_count(self._read_head_domain(filters[name])),
            }
            for name in self._head_filters
            if name in filters
        ]

    def _read_head_domain(self, node):
        """Return the domain of a filter; it may name the user, as in the browser."""
        return safe_eval(node.get("domain") or "[]", {"uid": self.env.uid})
