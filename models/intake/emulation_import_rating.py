from odoo import api, models
from odoo.fields import Domain

from ...engine.vietnamese import collation_key, sort_key
from ...office import words

LABELS = {
    "excellent": "Hoàn thành xuất sắc nhiệm vụ",
    "good": "Hoàn thành tốt nhiệm vụ",
    "completed": "Hoàn thành nhiệm vụ",
    "not_completed": "Không hoàn thành nhiệm vụ",
}


class EmulationImportRating(models.AbstractModel):
    """Yearly ratings of people and units: one for each and year."""

    _name = "emulation.import.rating"
    _description = "Import of yearly ratings"
    _inherit = ["emulation.import.kind"]
    _year_field = "rating"
    _target = "emulation.rating"
    _kept = ("rating",)

    @api.model
    def _check_row(self, record, verdict):
        text = verdict.texts.get("rating")
        rating = words.find_choice("rating", text or "")
        if not text:
            verdict.wrong.append(self.env._("The rating is missing."))
        elif not rating:
            verdict.wrong.append(self.env._("Unknown rating “%(value)s”.", value=text))
        year = self._read_year(record, verdict)
        if not year:
            verdict.wrong.append(self.env._("The year is missing."))
        verdict.vals = {
            "year": year,
            "rating": rating,
            "source": verdict.texts.get("source") or record.default_number or record.filename or False,
        }

    @api.model
    def _match_known(self, record, verdicts):
        keys = {verdict.recipient_key for verdict in verdicts} - {None}
        years = {verdict.vals["year"] for verdict in verdicts if verdict.vals["year"]}
        known = self.env["emulation.rating"].search(
            Domain("recipient_key", "in", list(keys)) & Domain("year", "in", list(years))
        )
        by_key = {(rating.recipient_key, rating.year): rating for rating in known}
        for verdict in verdicts:
            rating = by_key.get((verdict.recipient_key, verdict.vals["year"]))
            if rating and not verdict.wrong:
                self._compare(record, verdict, rating)

    def _compare(self, record, verdict, rating):
        verdict.existing = rating
        if rating.rating == verdict.vals["rating"]:
            return
        verdict.changes = self._format_changes(rating, {"rating": verdict.vals["rating"]})
        if not record.replace_known:
            verdict.unsure.append(self.env._("Already rated for %(year)s.", year=rating.year))
        verdict.vals["evaluation_id"] = False

    @api.model
    def _get_key(self, line):
        return ((line.vals or {}).get("year"),)

    @api.model
    def _get_recognisers(self, record):
        return {
            **super()._get_recognisers(record),
            "rating": lambda cell: isinstance(cell, str) and bool(words.find_choice("rating", cell)),
        }

    @api.model
    def _get_template(self, record):
        head = ["STT", "Họ và tên", "Đơn vị", "Số CCCD", "Năm", "Mức độ hoàn thành nhiệm vụ", "Căn cứ"]
        if record.default_year:
            return head, self._get_everybody(record)
        rows = [
            ["I", "Tập thể"],
            [1, "Phòng Tổng hợp", "", "", 2025, "Hoàn thành tốt nhiệm vụ", "12/QĐ-SNV"],
            ["II", "Cá nhân"],
            [
                1,
                "Nguyễn Văn A",
                "Phòng Tổng hợp",
                "001085000123",
                2025,
                "Hoàn thành xuất sắc nhiệm vụ",
                "12/QĐ-SNV",
            ],
        ]
        return head, rows

    def _get_everybody(self, record):
        """Return a row for each unit and person of the year, who left in it included, with the known rating."""
        year = record.default_year
        rated = {
            rating.recipient_key: rating
            for rating in self.env["emulation.rating"].search(
                Domain("company_id", "=", record.company_id.id) & Domain("year", "=", year)
            )
        }
        rows = []
        for section, kind, records in self._get_recipients(record, year):
            rows.append(section)
            for number, item in enumerate(records, 1):
                rating = rated.get(f"{kind}:{item.id}")
                unit = item.department_id.name if kind == "employee" else item.parent_id.name
                identity = item.identification_id if kind == "employee" else ""
                known = (LABELS[rating.rating], rating.source) if rating else ("", "")
                rows.append([number, item.name, unit or "", identity or "", year, known[0], known[1] or ""])
        return rows

    def _get_recipients(self, record, year):
        """Return [(section row, kind, records)] of who can be rated for a year."""
        company = Domain("company_id", "=", record.company_id.id)
        # sudo: hr.department, hr.employee - an officer rates everybody without the rights of the staff office;
        # name, unit and identity number are on the list
        units = self.env["hr.department"].sudo().search(company, order="name, id")
        # sudo: hr.employee - as above
        people = self.env["hr.employee"].sudo().with_context(active_test=False).search(company)
        people = people.filtered(
            lambda person: person.active or (person.departure_date and person.departure_date.year >= year)
        )
        people = people.sorted(
            lambda person: (collation_key(person.department_id.name), sort_key(person.name))
        )
        return [(["I", "Tập thể"], "department", units), (["II", "Cá nhân"], "employee", people)]
