from urllib.parse import urlencode

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ..printing.workbook import build_workbook

CHUNK = 1000
LONGEST_ADDRESS = 4000  # what proxies let through with room to spare


class EmulationExportMixin(models.AbstractModel):
    """A list that is exported as .xlsx; an heir says its title, columns and one row."""

    _name = "emulation.export.mixin"
    _description = "List that is exported as a workbook"

    def action_export_xlsx(self):
        """Return the download of the selected records as a workbook.

        :raises UserError: if nothing is selected
        """
        if not self:
            raise UserError(self.env._("There is nothing to export."))
        query = urlencode({"records": pack_ids(self.ids)})
        address = f"/emulation/export/{self._name}?{query}"
        if len(address) > LONGEST_ADDRESS:
            address = self._store_export()
        return {"type": "ir.actions.act_url", "url": address, "target": "download"}

    def _store_export(self):
        # Without a record behind it, an attachment is readable by its creator only.
        name, content = self._build_export()
        attachment = self.env["ir.attachment"].create({"name": name, "raw": content})
        return f"/web/content/{attachment.id}?download=true"

    @api.private
    def _build_export(self):
        """Return (file name, bytes) after checking that the user may read every record."""
        self.check_access("read")
        # What leaves the agency is in Vietnamese, whatever language the clerk works in.
        records = self.with_context(lang="vi_VN")
        title = records._get_export_title()
        return f"{title}.xlsx", build_workbook(
            title, records._get_export_columns(), records._iterate_export_rows()
        )

    def _iterate_export_rows(self):
        number = 0
        for ids in split_every(CHUNK, self.ids):
            chunk = self.browse(ids)
            for record in chunk:
                number += 1
                yield (number, *record._get_export_row())
            # Read values are dropped chunk by chunk: memory does not grow with the list.
            self.env.invalidate_all(flush=False)

    def _get_export_title(self):
        """Return the title of the list."""
        raise NotImplementedError

    def _get_export_columns(self):
        """Return the ``Column`` of each value; the first one is the running number."""
        raise NotImplementedError

    def _get_export_row(self):
        """Return the values of one record, without the running number."""
        raise NotImplementedError


def pack_ids(ids):
    """Return ids as short text that keeps their order.

    >>> pack_ids([4, 5, 6, 9, 2, 1])
    '4-6,9,2,1'
    """
    spans = []
    for record_id in ids:
        if spans and record_id == spans[-1][1] + 1:
            spans[-1][1] = record_id
        else:
            spans.append([record_id, record_id])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def unpack_ids(text, limit=100_000):
    """Return the ids of ``pack_ids``.

    :raises ValueError: if the text is not such a list or names more than ``limit`` records

    >>> unpack_ids('4-6,9,2')
    [4, 5, 6, 9, 2]
    """
    ids = []
    for span in text.split(","):
        first, _dash, last = span.partition("-")
        first, last = int(first), int(last or first)
        if first <= 0 or not 0 <= last - first < limit - len(ids):
            raise ValueError("not a list of records, or too long")
        ids.extend(range(first, last + 1))
    return ids
