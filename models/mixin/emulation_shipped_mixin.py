from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from .labels import get_labels
from .shipped_texts import LANG, MODULE, tidy


class EmulationShippedMixin(models.AbstractModel):
    """A record that the addon ships and that users may change: an update brings what they never touched, and keeps
    the rest.

    An heir lists in ``_shipped_fields`` the fields that users were told they may change. What the addon shipped last
    lies in ``emulation.shipped``. Of a record from before that, a field is taken for the user's own if a user wrote
    the record last.

    What a user deleted does not come back with an update where ``_shipped_returns`` is False. Other files of the addon
    may name the rest: those that can be archived are archived instead, and others come back.
    """

    _name = "emulation.shipped.mixin"
    _description = "Supplied record that users may change"
    _shipped_fields = ()
    _shipped_returns = True

    emulation_shipped_text = fields.Text(
        string="Original text",
        compute="_compute_emulation_shipped_text",
        help="What the addon says where this record was changed here. An update leaves the change alone.",
    )

    def _compute_emulation_shipped_text(self):
        shipped = self.env["emulation.shipped"]._get_values(self)
        vietnamese = self.env["emulation.shipped.term"]._get_texts(self)
        for record in self:
            lines = [
                f"{record._get_shipped_label(name)}: {record._get_shipped_word(name, value)}"
                for name, value in shipped.get(record.id, {}).items()
                if not record._is_as_shipped(name, value)
            ]
            lines += record._get_changed_translations(vietnamese.get(record.id, {}))
            record.emulation_shipped_text = "\n".join(lines)

    def _get_changed_translations(self, vietnamese):
        """Return what the addon says in Vietnamese where it was changed here, a line each.

        :param dict vietnamese: ``{field: text}`` of the addon
        """
        record = self.with_context(lang=LANG) if vietnamese else self
        return [
            self.env._(
                "%(field)s in Vietnamese: %(text)s",
                field=self._get_shipped_label(name),
                text=self._get_shipped_word(name, text),
            )
            for name, text in vietnamese.items()
            if tidy(record[name] or "") != tidy(text)
        ]

    def _get_shipped_label(self, name):
        return self._fields[name]._description_string(self.env)

    def _get_shipped_word(self, name, value):
        """Return a shipped value as people read it."""
        field = self._fields[name]
        if field.type == "selection":
            return get_labels(self, name).get(value, value)
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(value).exists().display_name or ""
        return html2plaintext(value or "") if field.type == "html" else value

    def _is_as_shipped(self, name, value):
        """Return whether a field holds a value of the addon's files, which are English."""
        self.ensure_one()
        record = self.with_context(lang=None)
        field = self._fields[name]
        return record[name] == field.convert_to_record(field.convert_to_cache(value, record), record)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_archived_instead(self):
        if self._shipped_returns and "active" in self._fields and self._get_shipped_names():
            raise UserError(
                self.env._("This came with the addon and would come back with an update: archive it instead.")
            )

    def _get_shipped_names(self):
        """Return the external ids under which the addon ships some of these records."""
        # sudo: ir.model.data - names only
        names = self.env["ir.model.data"].sudo()
        domain = [("module", "=", MODULE), ("model", "=", self._name), ("res_id", "in", self.ids)]
        return names.search(domain).mapped("complete_name")

    @api.model
    def _load_records(self, data_list, update=False):
        data_list = self._drop_deleted(data_list)
        shipped = self._drop_changed(data_list)
        records = super()._load_records(data_list, update)
        self.env["emulation.shipped"]._note(self._name, shipped)
        return records

    def _drop_deleted(self, data_list):
        """Return what is loaded without what the addon shipped before and a user deleted."""
        if self._shipped_returns:
            return data_list
        known = self.env["emulation.shipped"]._get_names(self._name)
        return [
            data
            for data in data_list
            if data.get("xml_id") not in known or self.env.ref(data["xml_id"], raise_if_not_found=False)
        ]

    def _drop_changed(self, data_list):
        """Take out of what is loaded what users have replaced; return ``{external id: what was shipped}``."""
        shipped = {}
        for data in data_list:
            xml_id = data.get("xml_id") or ""
            if not xml_id.startswith(f"{MODULE}."):
                continue
            given = {name: data["values"][name] for name in self._shipped_fields if name in data["values"]}
            record = self.env.ref(xml_id, raise_if_not_found=False)
            changed = record._get_changed(given) if record else set()
            shipped[xml_id] = given
            data["values"] = {name: value for name, value in data["values"].items() if name not in changed}
        return shipped

    def _get_changed(self, given):
        """Return those of the fields that an update leaves as they are.

        :param dict given: what the addon ships now
        """
        return self._find_changed(given)

    def _find_changed(self, names):
        """Return those of the fields that a user has changed since the addon shipped them."""
        self.ensure_one()
        # What was shipped before and still stands was not changed; without such knowledge: who wrote it last?
        known = self.env["emulation.shipped"]._get_values(self).get(self.id)
        if known is None:
            return set() if self.write_uid.id in (False, api.SUPERUSER_ID) else set(names)
        return {name for name in names if name in known and not self._is_as_shipped(name, known[name])}
