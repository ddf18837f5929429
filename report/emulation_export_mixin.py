from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ..engine import vietnamese
from ..printing.workbook import Column, Frame, build_workbook

CHUNK = 1000
KINDS = {
    **{"integer": "whole", "float": "number", "monetary": "money"},
    **{"date": "date", "datetime": "date"},
}
LONGEST_ADDRESS = 4000  # what proxies let through with room to spare
LONG = 5000  # rows: a longer list is made by a scheduled job, so that nobody waits before a screen that stands still


class EmulationExportMixin(models.AbstractModel):
    """A list that is exported as .xlsx, with the agency above it and the signatures below.

    An heir names its fields (``_export_fields``), or says title, columns and one row in its own way.
    """

    _name = "emulation.export.mixin"
    _description = "List that is exported as a workbook"

    # (field, width in characters)
    _export_fields = ()

    def action_export_xlsx(self):
        """Return the download of the selected records as a workbook, or the screen of the job that makes a long one.

        :raises UserError: if nothing is selected
        """
        if not self:
            raise UserError(self.env._("There is nothing to export."))
        if len(self) > LONG:
            self.check_access("read")
            return self.env["emulation.export"]._ask(self)
        query = urlencode({"records": pack_ids(self.ids)})
        address = f"/emulation/export/{self._name}?{query}"
        if len(address) > LONGEST_ADDRESS:
            address = self._store_export()
        return {"type": "ir.actions.act_url", "url": address, "target": "download"}

    def _store_export(self):
        return self._get_download(*self._build_export())["url"]

    @api.model
    @api.private
    def _get_download(self, name, content):
        """Return the download of a file made now; only who had it made can open it, and only until the next day.

        :raises UserError: it is empty
        """
        if not content:
            raise UserError(self.env._("There is nothing to export."))
        # Without a record behind it, an attachment is readable by its creator only; a day later it is deleted.
        values = {"name": name, "raw": content, "res_model": "emulation.export"}
        attachment = self.env["ir.attachment"].create(values)
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }

    @api.private
    def _build_export(self, tell=None):
        """Return (file name, bytes) after checking that the user may read every record.

        :param tell: called with the number of rows written, every now and then
        """
        self.check_access("read")
        # What leaves the agency is in Vietnamese, whatever language the clerk works in.
        records = self.with_context(lang="vi_VN")
        title = records._get_export_title()
        rows = records._iterate_export_rows(tell)
        content = build_workbook(title, records._get_export_columns(), rows, records._get_export_frame())
        return f"{title}.xlsx", content

    def _get_export_frame(self):
        """Return the heading of the agency whose list it is, and who signs it."""
        first = self[:1]
        company = first.company_id if "company_id" in first._fields else first.env.company
        return self._frame_list(company or self.env.company, self._get_export_period())

    @api.model
    @api.private
    def _frame_list(self, company, period, day=None):
        """Return the heading and the signatures of a list of an agency.

        :param str period: what the list is about besides its title
        :param day: of the list; empty: today
        """
        day = vietnamese.administrative_date(day or fields.Date.context_today(self))
        return Frame(
            agency=company.name,
            superior=company.emulation_parent_agency or "",
            dated=f"{company.city}, {day}" if company.city else day,
            period=period,
        )

    def _get_export_period(self):
        """Return what the list is about besides its title: the day the figures are of."""
        return f"(Số liệu đến {vietnamese.administrative_date(fields.Date.context_today(self))})"

    def _iterate_export_rows(self, tell=None):
        number, readers = 0, self._get_export_readers()
        for ids in split_every(CHUNK, self.ids):
            chunk = self.browse(ids)
            rows = (
                ([read(record) for read in readers] for record in chunk)
                if readers
                else chunk._get_export_rows()
            )
            for row in rows:
                number += 1
                yield (number, *row)
            # Read values are dropped chunk by chunk: memory does not grow with the list.
            self.env.invalidate_all(flush=False)
            if tell:
                tell(number)

    def _get_export_title(self):
        """Return the title of the list."""
        return self.env["ir.model"]._get(self._name).name

    def _get_export_columns(self):
        """Return the ``Column`` of each value; the first one is the running number."""
        columns = [Column(self.env._("No."), 6, "whole")]
        for path, width in self._export_fields:
            field = self._fields[path]
            columns.append(Column(field._description_string(self.env), width, KINDS.get(field.type, "text")))
        return columns

    def _get_export_rows(self):
        """Return the values of each record, without the running number."""
        return [record._get_export_row() for record in self]

    def _get_export_row(self):
        """Return the values of one record, without the running number."""
        raise NotImplementedError

    def _get_export_readers(self):
        """Return a function of a record for each field; what all records share is looked up once."""
        return [self._get_export_reader(self._fields[path]) for path, _width in self._export_fields]

    def _get_export_reader(self, field):
        name = field.name
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            return lambda record: labels.get(record[name])
        if field.type == "many2one":
            return self._get_export_namer(name)
        if field.type in ("many2many", "one2many"):
            # sudo: the linked records - their names are part of the list
            return lambda record: "; ".join(record[name].sudo().mapped("display_name"))
        if field.type == "boolean":
            return lambda record: "x" if record[name] else None
        if field.type == "datetime":
            return lambda record: (
                record[name] and fields.Datetime.context_timestamp(record, record[name]).date()
            )
        return lambda record: record[name]

    @staticmethod
    def _get_export_namer(name):
        """Return a function that names the linked record; each is read once, however many rows have it."""
        names = {}

        def read(record):
            linked = record[name]
            if linked.id not in names:
                # sudo: the linked record - its name is part of the list
                names[linked.id] = linked.sudo().display_name or None
            return names[linked.id]

        return read


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
