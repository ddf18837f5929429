from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

FORMAT = "hr_emulation/personal-data"
VERSION = 1


def of_employee(field="employee_id"):
    return lambda person: Domain(field, "in", person.employee_ids)


def of_user(field="user_id"):
    return lambda person: Domain(field, "=", person.user_id)


def is_own_dossier(person):
    """A draft belongs to who writes it until it is handed in; so the portal shows it, and so does the copy."""
    handed_in = Domain("state", "!=", "draft") | Domain("proposer_id", "=", person.user_id)
    return Domain("employee_id", "in", person.employee_ids) & handed_in


def is_known_discipline(person):
    """A discipline was notified to the person; whether a case is pending is not told."""
    return Domain("employee_id", "in", person.employee_ids) & Domain("kind", "=", "discipline")


@dataclass(frozen=True)
class Section:
    """One kind of record about a person, and which of its fields the person gets."""

    model: str
    domain: Callable
    names: tuple


RECIPIENT = ("recipient_name", "unit_name", "position_name")
# An addon that keeps more about people extends ``emulation.personal.data._get_sections`` with ``super()``.
SECTIONS = (
    Section(
        "emulation.participation",
        of_employee(),
        ("campaign_id", "state", "award_ids", "pledge", *RECIPIENT, "refusal_reason", "create_date"),
    ),
    Section(
        "emulation.evaluation",
        of_employee(),
        (
            *("campaign_id", "review_id", "state", "self_total", "verified_total", "final_total"),
            "levels_text",
            "grade_id",
            "rank",
        ),
    ),
    Section(
        "emulation.score",
        of_employee("evaluation_id.employee_id"),
        (
            *("evaluation_id", "criterion_id", "actual_value", "self_points", "verified_points"),
            "final_points",
            *("note", "verifier_note", "evidence_ids"),
        ),
    ),
    Section(
        "emulation.achievement",
        of_employee(),
        (
            *("name", "kind", "description", "date_from", "date_to", "reach", "recognition_number"),
            *("recognition_date", "state", "refusal_reason", "evidence_ids"),
        ),
    ),
    Section("emulation.achievement.author", of_employee(), ("achievement_id", "share")),
    Section(
        "emulation.target",
        of_employee(),
        (
            "campaign_id",
            "name",
            "figure",
            "unit_of_measure",
            "deadline",
            "note",
            "state",
            "reason",
            "reached",
        ),
    ),
    Section(
        "emulation.target.progress",
        of_employee(),
        ("target_id", "date", "value", "unit_of_measure", "note", "state", "reason"),
    ),
    Section("emulation.rating", of_employee(), ("year", "rating", "source")),
    Section(
        "emulation.commendation",
        is_own_dossier,
        (
            *("award_id", "campaign_id", "stage", "period_from", "period_to", "summary", *RECIPIENT),
            *("proposer_id", "submitted_on", "granted_date", "decision_id", "external_decision"),
            *("prize_amount", "honour_consent", "honour_story"),
        ),
    ),
    Section(
        "emulation.certificate",
        of_employee("commendation_id.employee_id"),
        ("number", "award_name", *RECIPIENT, "issue_date", "state", "state_reason"),
    ),
    Section(
        "emulation.request",
        of_user("author_id"),
        ("commendation_id", "kind", "text", "create_date", "state", "answer", "answered_on"),
    ),
    Section(
        "emulation.consent",
        of_user(),
        ("commendation_id", "exemplar_id", "purpose", "is_given", "date", "wording", "wording_version"),
    ),
    Section("emulation.exemplar", of_employee(), ("name", "story", "consent_date", "consent_until", "state")),
    Section("emulation.absence", of_employee(), ("type_id", "date_from", "date_to", "days", "label")),
    Section("emulation.post", of_employee(), ("name", "group_id", "date_from", "date_to", "label")),
    Section(
        "emulation.restriction",
        is_known_discipline,
        ("discipline_level", "date_from", "date_to", "reason", "release_reference"),
    ),
    Section("emulation.council.member", of_employee(), ("council_id", "role")),
    Section("emulation.document.signer", of_employee(), ("kind", "signer_capacity", "signer_title")),
    Section("emulation.news", of_user(), ("kind", "create_date")),
    Section("emulation.erasure", of_user(), ("text", "asked_on", "state", "reason", "done_on", "result")),
)


class EmulationPersonalData(models.AbstractModel):
    """Everything this addon keeps about one person, for that person to take along.

    Right of access and of a copy: Decree 13/2023/NĐ-CP, Articles 9 and 14; Law 91/2025/QH15.
    """

    _name = "emulation.personal.data"
    _description = "Data about a person"

    @api.model
    @api.private
    def _get_sections(self):
        """Return the kinds of records a person gets a copy of."""
        return SECTIONS

    @api.model
    @api.private
    def _collect(self, person):
        """Return the copy as plain values, in Vietnamese, ready for JSON.

        :param person: ``emulation.portal._get_person()``
        """
        own = self.with_context(lang="vi_VN", active_test=False)
        return {
            "format": FORMAT,
            "version": VERSION,
            "made_on": f"{fields.Datetime.now().isoformat()}Z",
            "person": [name for _id, name, _company in person.employees],
            "sections": [own._get_section(section, person) for section in self._get_sections()],
        }

    def _get_section(self, section, person):
        """Return one kind of record: its name, what its fields are called, and the records."""
        # sudo: the model of the section - the person's own records only, by the ids of the person
        model = self.env[section.model].sudo()
        records = model.search_fetch(section.domain(person), section.names, order="id")
        awards = self._get_printed_awards(records)
        return {
            "kind": section.model,
            # sudo: ir.model - what kind of record it is, in words
            "title": self.env["ir.model"].sudo()._get(section.model).name,
            "labels": {name: model._fields[name]._description_string(self.env) for name in section.names},
            "records": [
                {name: self._get_value(record, name) for name in section.names} | awards.get(record, {})
                for record in records
            ],
        }

    def _get_printed_awards(self, records):
        """Return {record: {field: names of its awards on paper}}: the giver of an award is named there."""
        if records._name == "emulation.commendation":
            return {record: {"award_id": name} for record, name in records._get_printed_awards().items()}
        if records._name != "emulation.participation":
            return {}
        found = {}
        books = records.grouped(lambda record: (record.company_id, record.campaign_id.rulebook_id))
        for (company, book), registered in books.items():
            awards = registered.award_ids
            names = dict(zip(awards, awards._get_printed_names(company, book), strict=True))
            for record in registered:
                found[record] = {"award_ids": [names[award] for award in record.award_ids]}
        return found

    def _get_value(self, record, name):
        """Return a plain value: dates as in ISO 8601, choices and records by their names; levels by name instead of
        points where a set has none.
        """
        field, value = record._fields[name], record[name]
        if record._name == "emulation.evaluation" and name.endswith("_total") and record.scale == "levels":
            return None
        if record._name == "emulation.score" and name.endswith("_points"):
            line = record.criterion_id
            return line._name_points(value) if line.scale == "levels" else value
        if field.type in ("many2one", "many2many"):
            names = value.mapped("display_name")
            return names if field.type == "many2many" else (names[0] if names else None)
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value)
        if field.type in ("date", "datetime"):
            return value.isoformat() if value else None
        if field.type in ("boolean", "integer", "float", "monetary"):
            return value
        return value or None

    # ------------------------------------------------------------------
    # On paper
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _get_pdf(self, person):
        """Return the copy as PDF: the same values, for reading."""
        own = self.with_context(lang="vi_VN")
        data = self._collect(person)
        values = {
            "page_title": "Dữ liệu cá nhân",
            # sudo: ir.actions.report - our own style sheet
            "page_style": self.env["ir.actions.report"].sudo()._get_lean_style("document"),
            "person": ", ".join(data["person"]),
            "made_on": format_datetime(
                own.env, fields.Datetime.now(), dt_format="HH 'giờ' mm 'phút ngày' dd/MM/yyyy"
            ),
            "sections": [own._get_printed(section) for section in data["sections"] if section["records"]],
        }
        # sudo: ir.ui.view - a fixed page of our own, filled with the person's values
        page = own.env["ir.ui.view"].sudo()._render_template("hr_emulation.report_personal_data", values)
        return self.env["ir.actions.report"].sudo()._print_sheets(page)

    def _get_printed(self, section):
        """Return a section as {title, records: [[(label, text)]]}, without what is empty."""
        model = self.env[section["kind"]]
        records = [
            [
                (section["labels"][name], self._get_text(model._fields[name], value))
                for name, value in record.items()
                if value not in (None, False, [], 0)
            ]
            for record in section["records"]
        ]
        return {"title": section["title"], "records": records}

    def _get_text(self, field, value):
        if field.type == "date":
            return format_date(self.env, value, date_format="dd/MM/yyyy")
        if field.type == "datetime":
            return format_datetime(self.env, datetime.fromisoformat(value), dt_format="HH:mm dd/MM/yyyy")
        if field.type == "boolean":
            return "Có"
        if field.type == "monetary":
            return f"{value:,.0f} đồng".replace(",", ".")
        if field.type == "float" and not isinstance(value, str):
            return f"{value:,.2f}".rstrip("0").rstrip(".").translate(str.maketrans(",.", ".,"))
        return ", ".join(value) if isinstance(value, list) else str(value)
