from ast import literal_eval

from odoo import models

DAYS = ("date", "datetime")


class IrUiView(models.Model):
    """Days of this addon's records are shown whole: 05/09/2026, where Odoo leaves out the year that runs.

    Files go by dates; one without its year is misread a year later.
    """

    _inherit = "ir.ui.view"

    def _postprocess_tag_field(self, node, name_manager, node_info):
        result = super()._postprocess_tag_field(node, name_manager, node_info)
        model = name_manager.model
        field = model._fields.get(node.get("name"))
        if field and field.type in DAYS and model._name.startswith("emulation."):
            show_whole(node)
        return result


def show_whole(node):
    """Ask for day, month and year in figures, unless the view says otherwise or its options are not plain."""
    try:
        options = literal_eval(node.get("options") or "{}")
    except (ValueError, SyntaxError):
        return
    node.set("options", repr({"numeric": True, **options}))
