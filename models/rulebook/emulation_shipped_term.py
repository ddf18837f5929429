import logging
from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..mixin import shipped_texts

_logger = logging.getLogger(__name__)


class EmulationShippedTerm(models.Model):
    """What the addon shipped last in Vietnamese in one field of one model, and what of it was changed here.

    An update by Odoo leaves each translation alone that is there. Here one that still reads as it was shipped gives way
    to what is shipped now; what somebody changed stays and is listed beside what the addon says.
    """

    _name = "emulation.shipped.term"
    _description = "Vietnamese texts of the addon"
    # Nobody writes one but an update of the addon.
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin"]
    _order = "res_model, field_name"
    _rec_name = "res_model"
    _search_key_fields = ("res_model", "field_name")

    res_model = fields.Char(string="Model", required=True, readonly=True)
    field_name = fields.Char(string="Field name", required=True, readonly=True)
    texts = fields.Json(string="Original texts", readonly=True)
    kept = fields.Json(string="Texts changed here", readonly=True)
    kept_count = fields.Integer(string="Number of changed texts", readonly=True)
    kept_text = fields.Text(string="Text here and original text", compute="_compute_kept_text")
    place = fields.Char(string="Where it is shown", compute="_compute_place")

    _place_uniq = models.UniqueIndex("(res_model, field_name)")

    @api.depends("kept")
    def _compute_kept_text(self):
        for row in self:
            row.kept_text = "\n".join(
                self.env._("“%(own)s”, originally “%(text)s” (%(name)s)", own=own, text=text, name=name)
                for name, own, text in row.kept or ()
            )

    @api.depends("res_model", "field_name")
    @api.depends_context("lang")
    def _compute_place(self):
        """Name model and field as screens do; of a model that is gone, as it was called."""
        for row in self:
            known = row.res_model in self.env and row.field_name in self.env[row.res_model]._fields
            row.place = row._name_place() if known else f"{row.res_model}: {row.field_name}"

    def _name_place(self):
        field = self.env[self.res_model]._fields[self.field_name]
        return f"{self.env['ir.model']._get(self.res_model).name}: {field._description_string(self.env)}"

    @api.model
    @api.private
    def _renew(self, shipped):
        """Bring what nobody changed.

        :param dict shipped: ``{place: texts}`` of today
        :return: ``{place: [[external id, text here, text of today]]}`` of what somebody changed
        """
        self.env.flush_all()
        earlier = shipped_texts.read_earlier()
        # sudo: emulation.shipped.term - what the files of the addon say; an update asks
        noted = {(row.res_model, row.field_name): row.texts for row in self.sudo().search([])}
        brought, kept = {}, {}
        for place, texts in shipped.items():
            brought[place], kept[place] = shipped_texts.compare(
                place, texts, self._read_stored(*place), noted.get(place) or {}, earlier
            )
        shipped_texts.store(self.env.cr, brought)
        counts = [
            sum(len(terms) for texts in brought.values() for terms in texts.values()),
            sum(map(len, kept.values())),
        ]
        _logger.info("Vietnamese texts: %s brought up to date, %s changed here and kept", *counts)
        return kept

    def _read_stored(self, model, name):
        """Return the Vietnamese texts that the database has in one field of the addon's records, in one query.

        What another module named first is that module's, if ours adds to it: the name of the model of agencies.
        """
        field, table = self.env[model]._fields[name], self.env[model]._table
        rows = self.env.execute_query(
            SQL(
                """
                SELECT d.module || '.' || d.name, r.%(field)s
                  FROM %(table)s r
                  JOIN ir_model_data d ON d.model = %(model)s AND d.res_id = r.id
                 WHERE d.module = %(module)s AND jsonb_exists(r.%(field)s, %(lang)s)
                   AND NOT EXISTS (
                       SELECT FROM ir_model_data o
                        WHERE o.model = d.model AND o.res_id = d.res_id AND o.module <> d.module AND o.id < d.id
                   )
                """,
                field=SQL.identifier(name),
                table=SQL.identifier(table),
                model=model,
                module=shipped_texts.MODULE,
                lang=shipped_texts.LANG,
            )
        )
        return {xml_id: shipped_texts.split(field, values) for xml_id, values in rows}

    @api.model
    @api.private
    def _note(self, shipped, kept):
        """Remember what was shipped, and what was kept instead; what is the same is not written."""
        # sudo: emulation.shipped.term - as above
        rows = {(row.res_model, row.field_name): row for row in self.sudo().search([])}
        fresh = []
        for (model, name), texts in shipped.items():
            own = kept.get((model, name)) or False
            values = {"texts": texts, "kept": own, "kept_count": len(own or ())}
            row = rows.pop((model, name), None)
            if row is None:
                fresh.append({"res_model": model, "field_name": name, **values})
            elif any(row[key] != value for key, value in values.items()):
                row._write_protected(values)
        # sudo: emulation.shipped.term - as above
        self.sudo()._create_protected(fresh)
        self.sudo().browse(row.id for row in rows.values())._with_seal().unlink()

    @api.model
    @api.private
    def _get_texts(self, records):
        """Return ``{id: {field: Vietnamese}}`` of what the addon ships of some records, without terms of views."""
        found = defaultdict(dict)
        # sudo: emulation.shipped.term - as above
        rows = self.sudo().search([("res_model", "=", records._name)])
        if not rows or not self.env["res.lang"]._get_data(code=shipped_texts.LANG):
            return found
        domain = [("module", "=", shipped_texts.MODULE), ("model", "=", records._name)]
        # sudo: ir.model.data - names only
        names = self.env["ir.model.data"].sudo().search([*domain, ("res_id", "in", records.ids)])
        for row in rows:
            for data in names:
                if text := row.texts.get(data.complete_name, {}).get(shipped_texts.WHOLE):
                    found[data.res_id][row.field_name] = text
        return found
