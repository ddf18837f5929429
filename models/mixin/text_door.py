from odoo import models
from odoo.exceptions import ValidationError

from ...engine.vietnamese import clean_line, clean_text, drop_unstorable
from .value_door import find_fault

CLEANERS = {"char": clean_line, "text": clean_text, "html": drop_unstorable}


class Base(models.AbstractModel):
    """The one door through which typed, pasted, imported and received values come in.

    Every line of text (``Char``) and every longer text (``Text``) of this addon's own models is stored with
    composed letters, Đ for what looks like it, plain apostrophes, hyphens and spaces and nothing invisible.
    Models of others name the fields of theirs that this addon prints or compares in ``_emulation_text_fields``;
    ``_emulation_raw_fields`` are kept letter by letter (what was signed).

    Numbers, days and ids that no field can hold are refused in a sentence, in this addon's models and in its own
    fields on models of others, before anything is reckoned or stored (``value_door``).
    """

    _inherit = "base"

    _emulation_text_fields = frozenset()
    _emulation_raw_fields = frozenset()

    def _add_missing_default_values(self, values):
        values = self._clean_texts(super()._add_missing_default_values(values))
        self._check_values(values)
        return values

    def write(self, vals):
        self._check_values(vals)
        return super().write(self._clean_texts(vals))

    def _check_values(self, vals):
        """Refuse what no field of its kind can hold.

        :raises ValidationError: naming the field
        """
        is_ours = self._name.startswith("emulation.")
        for name, value in vals.items():
            if value is None or isinstance(value, bool) or not (is_ours or name.startswith("emulation_")):
                continue
            field = self._fields.get(name)
            if field and (reason := find_fault(self.env, field, value)):
                label = field._description_string(self.env)
                raise ValidationError(self.env._("%(field)s: %(reason)s", field=label, reason=reason))

    def _clean_texts(self, vals):
        """Return the values with clean texts; the same object where nothing had to be done."""
        if not self._emulation_text_fields and not self._name.startswith("emulation."):
            return vals
        clean = {
            name: self._clean_value(name, value) for name, value in vals.items() if isinstance(value, str)
        }
        changed = {name: value for name, value in clean.items() if value != vals[name]}
        return {**vals, **changed} if changed else vals

    def _clean_value(self, name, value):
        field = self._fields.get(name)
        if not field or name in self._emulation_raw_fields:
            return value
        if self._emulation_text_fields and name not in self._emulation_text_fields:
            return value
        return CLEANERS.get(field.type, str)(value)
