from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain

from ..engine.vietnamese import search_key

RATINGS = {
    "excellent": ("hoan thanh xuat sac nhiem vu", "hoan thanh xuat sac", "xuat sac"),
    "good": ("hoan thanh tot nhiem vu", "hoan thanh tot", "tot"),
    "completed": ("hoan thanh nhiem vu", "hoan thanh"),
    "not_completed": ("khong hoan thanh nhiem vu", "khong hoan thanh"),
}
RATING_WORDS = {word: rating for rating, words in RATINGS.items() for word in (rating, *words)}
KIND_WORDS = {
    "": "employee",
    "person": "employee",
    "ca nhan": "employee",
    "unit": "department",
    "tap the": "department",
    "don vi": "department",
}


class EmulationRatingImport(models.TransientModel):
    """Reads the yearly ratings of people and units from an .xlsx file, all rows or none."""

    _name = "emulation.rating.import"
    _description = "Import ratings"
    _inherit = ["emulation.xlsx.import.mixin"]
    _import_columns = ("kind", "name", "unit", "email", "year", "rating", "source")
    _import_required = ("name", "rating")

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    year = fields.Integer(
        required=True,
        default=lambda self: fields.Date.context_today(self).year,
        help="For rows that name no year.",
    )
    replace_known = fields.Boolean(
        string="Replace ratings already there", help="Otherwise such a row is refused."
    )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_import(self):
        """Create the ratings of the file.

        :raise UserError: listing every bad row; nothing is imported then
        """
        self.ensure_one()
        rows = self._read_rows()
        problems = {number: [] for number, _row in rows}
        directory = {kind: self._get_directory(kind) for kind in set(KIND_WORDS.values())}
        wanted = {number: self._prepare_rating(row, directory, problems[number]) for number, row in rows}
        known = self._get_known(wanted.values())
        self._find_twins(wanted, known, problems)
        self._refuse(problems.items())
        created = self.env["emulation.rating"].create(
            [vals for vals in wanted.values() if self._get_key(vals) not in known]
        )
        for vals in wanted.values():
            if rating := known.get(self._get_key(vals)):
                rating.write({"rating": vals["rating"], "source": vals["source"], "evaluation_id": False})
                created |= rating
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Imported ratings"),
            "res_model": "emulation.rating",
            "view_mode": "list,form",
            "domain": [("id", "in", created.ids)],
        }

    def action_export(self):
        """Download the sheet to fill in: everybody of the company, with the rating of the year if known."""
        self.ensure_one()
        rated = {
            rating.recipient_key: rating
            for rating in self.env["emulation.rating"].search(
                Domain("company_id", "=", self.company_id.id) & Domain("year", "=", self.year)
            )
        }
        rows = []
        for kind, word in (("department", "unit"), ("employee", "person")):
            for record in self._get_recipients(kind):
                rating = rated.get(f"{kind}:{record.id}")
                unit = record.department_id.name if kind == "employee" else record.parent_id.name
                email = record.work_email if kind == "employee" else ""
                known = (rating.rating, rating.source) if rating else ("", "")
                rows.append([word, record.name, unit or "", email or "", self.year, known[0], known[1] or ""])
        return self._download(
            self._write_workbook(rows), self.env._("Ratings of %(year)s", year=self.year) + ".xlsx"
        )

    # ------------------------------------------------------------------
    # Reading a row
    # ------------------------------------------------------------------

    def _prepare_rating(self, row, directory, problems):
        """Return create values of a row; what is wrong with it is added to ``problems``."""
        kind = KIND_WORDS.get(search_key(str(row["kind"] or "")))
        if not kind:
            problems.append(self.env._("unknown kind “%(kind)s”", kind=row["kind"]))
        rating = RATING_WORDS.get(search_key(str(row["rating"] or "")))
        if not rating:
            problems.append(self.env._("unknown rating “%(rating)s”", rating=row["rating"] or ""))
        recipient = self._find_recipient(kind, row, directory[kind], problems) if kind else None
        return {
            "recipient_type": kind,
            f"{kind}_id": recipient and recipient.id,
            "company_id": self.company_id.id,
            "year": self._read_year(row["year"], problems),
            "rating": rating,
            "source": str(row["source"] or self.filename or "").strip(),
        }

    def _read_year(self, value, problems):
        if value is None or value == "":
            return self.year
        text = str(value).strip().removesuffix(".0")
        if not text.isdecimal() or not 1945 <= int(text) <= 2200:
            problems.append(self.env._("“%(value)s” is not a year", value=value))
            return False
        return int(text)

    def _find_recipient(self, kind, row, directory, problems):
        """Return the only person or unit that fits the row; by e-mail address if there is one."""
        name, unit = (" ".join(str(row[column] or "").split()) for column in ("name", "unit"))
        email = str(row["email"] or "").strip().lower()
        found = directory.get(email if kind == "employee" and email else search_key(name), [])
        if email and len(found) > 1:  # a mailbox shared by a unit
            found = [record for record in found if search_key(record.name) == search_key(name)]
        if unit and len(found) > 1:
            link = "department_id" if kind == "employee" else "parent_id"
            found = [record for record in found if search_key(record[link].name or "") == search_key(unit)]
        if not found:
            problems.append(self.env._("nobody is called “%(name)s”", name=name or email))
        elif len(found) > 1:
            problems.append(
                self.env._(
                    "“%(name)s” is the name of %(count)s: give the unit or the e-mail address",
                    name=name,
                    count=len(found),
                )
            )
        return found[0] if len(found) == 1 else None

    def _get_directory(self, kind):
        """Return {name without accents, or e-mail address: [people or units]}."""
        directory = defaultdict(list)
        for record in self._get_recipients(kind):
            directory[search_key(record.name)].append(record)
            email = record.work_email if kind == "employee" else ""
            if email:
                directory[email.strip().lower()].append(record)
        return directory

    def _get_recipients(self, kind):
        """Return the people or the units of the company."""
        # Sudoed: an officer may rate everybody of the company without the rights of the staff office; only
        # name, unit and e-mail address are compared.
        model = self.env["hr.employee" if kind == "employee" else "hr.department"].sudo()
        return model.search(Domain("company_id", "=", self.company_id.id), order="name, id")

    # ------------------------------------------------------------------
    # Comparing with what is there
    # ------------------------------------------------------------------

    @staticmethod
    def _get_key(vals):
        """Return what a rating is unique by: the recipient's key and the year."""
        kind = vals["recipient_type"]
        recipient = vals.get(f"{kind}_id")
        return (f"{kind}:{recipient}", vals["year"]) if recipient and vals["year"] else None

    def _get_known(self, wanted):
        """Return {key: rating already on record} of the wanted ones, in one query."""
        keys = {key for key in map(self._get_key, wanted) if key}
        found = self.env["emulation.rating"].search(
            Domain("recipient_key", "in", [recipient for recipient, _year in keys])
            & Domain("year", "in", [year for _recipient, year in keys])
        )
        return {(rating.recipient_key, rating.year): rating for rating in found}

    def _find_twins(self, wanted, known, problems):
        first = {}
        for number, vals in wanted.items():
            key = self._get_key(vals)
            if not key:
                continue
            if key in first:
                problems[number].append(self.env._("the same as row %(row)s", row=first[key]))
            elif key in known and not self.replace_known:
                problems[number].append(self.env._("already rated for %(year)s", year=vals["year"]))
            first.setdefault(key, number)
