from odoo import api, fields, models
from odoo.fields import Command

ANSWERS = [("text", "In words"), ("number", "Figure")]


class EmulationReportTemplate(models.Model):
    """What units are asked in a report or a plan: an outline of questions, used again and again."""

    _name = "emulation.report.template"
    _description = "Outline of unit reports"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin"]
    _search_key_fields = ("name",)
    _order = "name, id"
    _writable = {"*": {"officer": {"name", "company_id", "note", "question_ids", "active"}}}
    _deletable = {"*": "officer"}

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    note = fields.Text(help="Shown above the questions.")
    question_ids = fields.One2many("emulation.report.question", "template_id", string="Questions", copy=True)
    origin_id = fields.Many2one(
        "emulation.report.template",
        string="Outline of the agency above",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    active = fields.Boolean(default=True)

    @api.private
    def _hand_down(self, wanted):
        """Return {(outline, agency): the agency's own copy}; one that asks the same is used again.

        :param wanted: set of (outline, agency)
        """
        templates = self.concat(*(template for template, _company in wanted))
        known = {
            (copy.origin_id, copy.company_id): copy
            for copy in self.search([("origin_id", "in", templates.ids)], order="id")
            if copy._get_asked() == copy.origin_id._get_asked()
        }
        fresh = [pair for pair in wanted if pair not in known]
        copies = self._create_protected([template._prepare_copy(company) for template, company in fresh])
        return {**known, **dict(zip(fresh, copies, strict=True))}

    def _prepare_copy(self, company):
        return {
            "name": self.name,
            "company_id": company.id,
            "note": self.note,
            "origin_id": self.id,
            "question_ids": [Command.create(values) for values in self._get_asked()],
        }

    def _get_asked(self):
        """Return the questions as values, in their order: equal ones ask the same."""
        return [
            {
                "sequence": index,
                "name": question.name,
                "guidance": question.guidance,
                "answer": question.answer,
                "unit_of_measure": question.unit_of_measure,
                "is_required": question.is_required,
            }
            for index, question in enumerate(self.question_ids, 100)
        ]


class EmulationReportQuestion(models.Model):
    _name = "emulation.report.question"
    _description = "Question of an outline"
    _inherit = "emulation.guard.mixin"
    _guard_parent = "template_id"
    _writable = {
        "*": {
            "officer": {
                "template_id",
                "sequence",
                "name",
                "guidance",
                "answer",
                "unit_of_measure",
                "is_required",
            }
        }
    }
    _deletable = {"*": "officer"}
    _order = "template_id, sequence, id"

    template_id = fields.Many2one("emulation.report.template", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="template_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Question", required=True)
    guidance = fields.Char(string="How to answer")
    answer = fields.Selection(ANSWERS, default="text", required=True)
    unit_of_measure = fields.Char(string="Unit of measure")
    is_required = fields.Boolean(string="Must be answered")
