import base64

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...printing import word_template
from ..mixin.verb import ANY
from ..mixin.word_door import read_word

REPORTS = [("decision", "Decision"), ("submission", "Submission")]
# Documented in docs/documents.md: fields of a document, then fields of each of its lines.
FIELDS = (
    *("parent_agency", "agency", "number", "place_date", "abstract", "legal_bases", "authority", "articles"),
    *("addressee", "appraisal", "opinions", "total", "total_words", "count", "recipients"),
    *("signer_title", "signer_name"),
)
LINE_FIELDS = ("index", "name", "position", "award", "sum", "note")
CONTENT = {"name", "report", "company_id", "content", "content_name", "active"}


class EmulationWordTemplate(models.Model):
    """An agency's own Word file for a kind of document: its fields are filled when the Word file is downloaded."""

    _name = "emulation.word.template"
    _description = "Word template"
    _inherit = ["emulation.guard.mixin", "emulation.search.mixin"]
    _search_key_fields = ("name",)
    _writable = {ANY: {"admin": CONTENT}}
    _deletable = {ANY: "admin"}
    _order = "report, id"

    name = fields.Char(required=True)
    report = fields.Selection(REPORTS, string="Used for", required=True, default="decision")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    content = fields.Binary(
        string="Word file (.docx)",
        attachment=True,
        required=True,
        help="Fields stand in braces, as {number}; a row of a table with {line.name} is repeated for every line.",
    )
    content_name = fields.Char(copy=False)
    active = fields.Boolean(default=True)

    @api.constrains("content")
    def _check_content(self):
        for template in self:
            problems = read_word(
                self.env,
                template._get_content(),
                lambda content: word_template.find_problems(content, FIELDS, LINE_FIELDS),
            )
            if problems:
                raise ValidationError("\n".join(map(template._describe_problem, problems)))

    def _describe_problem(self, problem):
        """Return the sentence that names a wrong field and its place, counted as a person counts."""
        place, field = problem.place, problem.field
        if problem.is_stray:
            return self.env._(
                "%(field)s, paragraph %(paragraph)s: a field of a line stands in a row of a table.",
                field=field,
                paragraph=place.paragraph,
            )
        if place.table:
            return self.env._(
                "%(field)s, table %(table)s, row %(row)s: there is no such field.",
                field=field,
                table=place.table,
                row=place.row,
            )
        parts = {
            "body": self.env._("%(field)s, paragraph %(paragraph)s: there is no such field."),
            "header": self.env._("%(field)s, paragraph %(paragraph)s of the header: there is no such field."),
            "footer": self.env._("%(field)s, paragraph %(paragraph)s of the footer: there is no such field."),
        }
        return parts[place.part] % {"field": field, "paragraph": place.paragraph}

    def _get_content(self):
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).content or b"")

    @api.model
    @api.private
    def _get_for(self, report, company):
        """Return the agency's own template of a kind of document; may be empty."""
        # sudo: emulation.word.template - who may read a document may have it in the form of the agency
        return self.sudo().search([("report", "=", report), ("company_id", "=", company.id)], limit=1)

    @api.private
    def _fill(self, document):
        """Return the Word file of a document.

        :rtype: bytes
        """
        self.ensure_one()
        values = {**dict.fromkeys(FIELDS, ""), **document._get_word_values()}
        return word_template.fill(self._get_content(), values, document._get_word_lines())
