"""Make one record of any model of the addon, by filling what is required: for tests that go through all models."""

import base64
import io
from datetime import date

from docx import Document
from odoo.fields import Command

DAY = date(2025, 6, 30)


def make_empty_word():
    output = io.BytesIO()
    Document().save(output)
    return base64.b64encode(output.getvalue())


# Values the field types cannot tell.
SPECIAL = {
    "emulation.agency.key": {"public_key": "A" * 43},
    "emulation.base.salary": {"amount": 2_340_000, "date_from": date(2199, 1, 1)},
    "emulation.block.year": {"score_deadline": date(2025, 1, 1)},
    "emulation.campaign": {"date_start": date(2025, 1, 1), "date_end": date(2025, 12, 31)},
    "emulation.criterion": {"kind": "quantity", "target": 10},
    "emulation.deputy": {"date_from": DAY, "date_to": DAY},
    "emulation.rating": {"year": 2025},
    "emulation.reason.wizard": {"res_ids": [1]},
    "emulation.rulebook": {"date_from": date(2199, 1, 1)},
    "emulation.shipped": {"res_model": "res.partner", "res_id": 1},
    "emulation.shipped.term": {"res_model": "res.partner", "field_name": "name"},
    "emulation.waiver": {"is_duplicate": True},
    "emulation.word.template": {"content": make_empty_word()},
}
# Links that are needed though no single field is required.
LINKS = {
    "emulation.block.member": {"department_id": "hr.department"},
    "emulation.campaign.body": {"department_id": "hr.department"},
    "emulation.consent": {"commendation_id": "emulation.commendation"},
    "emulation.criterion.marker": {"department_id": "hr.department"},
    "emulation.decision.article": {"decision_id": "emulation.decision"},
    "emulation.meeting": {"department_id": "hr.department"},
    "emulation.target": {"employee_id": "hr.employee"},
}


class RecordBuilder:
    """Builds records of one company as superuser; records of the same model are made once and reused.

    :param env: environment
    :param company: the company of every record that has one
    :param employee: who the records about a person are about
    :param known: ``{model: record}`` to use instead of new ones
    """

    def __init__(self, env, company, employee, known=None):
        self.env = env(su=True, context={**env.context, "allowed_company_ids": company.ids})
        self.company = company
        self.known = {
            "res.company": company,
            "hr.employee": employee,
            "hr.department": employee.department_id,
        }
        self.known |= {"res.currency": env.ref("base.VND"), "res.users": employee.user_id or env.user}
        field = env["ir.model.fields"]._get("emulation.achievement", "employee_id")
        self.known |= {"ir.model": field.model_id, "ir.model.fields": field}
        self.known |= known or {}

    def get(self, name):
        if name not in self.known:
            self.known[name] = self.build(name)
        return self.known[name]

    def build_special(self, other_unit):
        """Make what needs more than its required fields.

        :param other_unit: a second unit of the company
        """
        field, criterion = self.env["ir.model.fields"]._get, self.get("emulation.criterion")
        source = {
            "criterion_id": criterion.id,
            "model_id": self.env["ir.model"]._get_id("emulation.achievement"),
            "date_field_id": field("emulation.achievement", "date_to").id,
            "recipient_field_id": field("emulation.achievement", "employee_id").id,
        }
        self.known["emulation.criterion.source"] = self.env["emulation.criterion.source"]._create_protected(
            [source]
        )
        other = self.env["emulation.block.member"].create(
            {"block_id": self.get("emulation.block").id, "department_id": other_unit.id}
        )
        score = {"year_id": self.get("emulation.block.year").id, "member_id": other.id, "points": 9}
        score["scorer_id"] = self.get("emulation.block.member").id
        self.known["emulation.block.score"] = self.env["emulation.block.score"].create(score)
        self.get("emulation.block.year")._write_protected({"set_id": criterion.set_id.id})
        line = {"score_id": self.known["emulation.block.score"].id, "criterion_id": criterion.id, "points": 0}
        self.known["emulation.block.score.line"] = self.env["emulation.block.score.line"].create(line)

    def add_granted(self, commendation):
        """Make the line of the register that everybody reads: it stands for a granted commendation."""
        commendation.sudo()._write_protected(
            {"state": "granted", "granted_date": DAY, "recipient_name": "Nguyễn Thử"}
        )
        self.env.flush_all()
        self.known["emulation.granted"] = self.env["emulation.granted"].browse(commendation.id)

    def add_reports(self):
        """Find the rows of the views figures are counted from: they stand for their sources."""
        for name in ("commendation", "participation", "evaluation"):
            self.known[f"emulation.report.{name}"] = self.env[f"emulation.report.{name}"].browse(
                self.get(f"emulation.{name}").id
            )
        session = self.build("emulation.session")
        known = {**self.known, "emulation.session": session}
        item = RecordBuilder(self.env, self.company, known["hr.employee"], known).build(
            "emulation.session.item"
        )
        session._write_protected({"state": "closed"})
        self.env.flush_all()
        self.known["emulation.report.vote"] = self.env["emulation.report.vote"].browse(item.id)
        self.known["emulation.report.staff"] = self.add_staff()
        steps = self.env["emulation.report.step"]
        self.known[steps._name] = steps.search(
            [("commendation_id", "=", self.known["emulation.commendation"].id)], limit=1
        )

    def add_staff(self):
        """Return the row of somebody who sits on a council: who is nothing but an employee has none."""
        employee = self.known["hr.employee"]
        council = self.env["emulation.council"].create({"name": "Khác", "company_id": self.company.id})
        self.env["emulation.council.member"].create({"council_id": council.id, "employee_id": employee.id})
        self.env.flush_all()
        return self.env["emulation.report.staff"].browse(employee.id)

    def build(self, name):
        """Return a new record of a model, with everything it requires."""
        model = self.env[name]
        values = self.get_values(model)
        create = model._create_protected if hasattr(model, "_create_protected") else model.create
        record = create([values])
        record.flush_recordset()  # what it computes is there before anything is built upon it
        return record

    def get_values(self, model):
        """Return what a new record of the model needs."""
        values = {
            name: self._get_value(field)
            for name, field in model._fields.items()
            if self._is_needed(model, name, field)
        }
        if "company_id" in model._fields and not model._fields["company_id"].related:
            values["company_id"] = self.company.id
        if "recipient_type" in model._fields and not model._fields["recipient_type"].related:
            values |= {"recipient_type": "employee", "employee_id": self.known["hr.employee"].id}
        if model._name == "emulation.achievement.author":  # somebody else than the first author
            colleague = {"name": "Đồng tác giả", "company_id": self.company.id}
            values |= {"employee_id": self.env["hr.employee"].create(colleague).id, "share": 30}
        links = {name: self.get(comodel).id for name, comodel in LINKS.get(model._name, {}).items()}
        return {**values, **SPECIAL.get(model._name, {}), **links}

    def _is_needed(self, model, name, field):
        if name in ("id", "create_uid", "create_date", "write_uid", "write_date"):
            return False
        # What is computed or has a default is there already.
        return (
            field.required
            and not field.compute
            and not field.related
            and name not in model.default_get([name])
        )

    def _get_value(self, field):
        if field.type == "many2one":
            return self.get(field.comodel_name).id
        if field.type in ("many2many", "one2many"):
            return [Command.set(self.get(field.comodel_name).ids)] if field.type == "many2many" else []
        if field.type == "selection":
            return field.get_values(self.env)[0]
        return {
            "char": f"Thử {field.model_name}",
            "text": "Thử",
            "html": "<p>Thử</p>",
            "date": DAY,
            "datetime": "2025-06-30 08:00:00",
            "integer": 1,
            "float": 1.0,
            "monetary": 1.0,
            "boolean": True,
            "binary": b"eA==",
            "json": [],
        }[field.type]
