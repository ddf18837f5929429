from odoo import fields, models

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
    active = fields.Boolean(default=True)


class EmulationReportQuestion(models.Model):
    _name = "emulation.report.question"
    _description = "Question of an outline"
    _inherit = "emulation.guard.mixin"
    _guard_parent = "template_id"
    _writable = {
        "*": {
            "officer": {
                *("template_id", "sequence", "name", "guidance", "answer", "unit_of_measure", "is_required"),
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
    unit_of_measure = fields.Char()
    is_required = fields.Boolean(string="Must be answered")
