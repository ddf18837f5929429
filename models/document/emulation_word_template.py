import base64
import functools

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...printing import word_check, word_paper, word_template
from ...printing.layout import COPY_TEXT
from ..mixin.verb import ANY
from ..mixin.word_door import read_word
from .word_fields import OPTIONAL, PAPERS, get_meaning, list_needed

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
    report = fields.Selection("_list_papers", string="Used for", required=True, default="decision")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    content = fields.Binary(
        string="Word file (.docx)",
        attachment=True,
        required=True,
        help="Fields stand in braces, as {number}; a row of a table with {line.name} is repeated for every line.",
    )
    content_name = fields.Char(copy=False)
    active = fields.Boolean(default=True)
    known_fields = fields.Html(string="Fields of this paper", compute="_compute_known_fields")

    check_result = fields.Text(
        string="What breaks",
        compute="_compute_check_result",
        help="The template filled with the longest names, awards and texts there are, and sixty lines.",
    )

    @api.model
    def _list_papers(self):
        """Return the papers as reports are called in the user's language."""
        names = self.env["ir.actions.report"]._get_paper_names(PAPERS)
        return [(paper, names[paper]) for paper in PAPERS]

    @api.depends("report")
    @api.depends_context("lang")
    def _compute_known_fields(self):
        for template in self:
            names = PAPERS[template.report].list_names() if template.report else []
            rows = Markup().join(
                Markup("<tr><td><code>{%s}</code></td><td>%s</td></tr>")
                % (name, self.env._(get_meaning(name).text))
                for name in names
            )
            template.known_fields = Markup("<table class='table table-sm'>%s</table>") % rows

    @api.depends("content", "report")
    @api.depends_context("lang")
    def _compute_check_result(self):
        for template in self:
            template.check_result = "\n".join(map(template._describe_finding, template._check())) or False

    def _check(self):
        """Return what breaks once the template is filled with the longest there is; nothing of a file not kept."""
        content = self._get_content()
        if not (content and self.report):
            return []
        known = PAPERS[self.report]
        try:
            return read_word(
                self.env,
                content,
                lambda file: word_check.check(
                    file, known, self._make_sample(), list_needed(self.report), OPTIONAL
                ),
            )
        except ValidationError:
            return []

    def _make_sample(self):
        return word_check.make_sample(PAPERS[self.report], lambda name: get_meaning(name).kind)

    def _describe_finding(self, finding):
        """Return the sentence that says what breaks, and where."""
        place = self._describe_place(finding.place) if finding.place else ""
        texts = {
            "missing": self.env._("%(text)s is missing: the paper must show it."),
            "alone": self.env._("“%(text)s”, %(place)s: the words stay alone where the field is empty."),
            "word": self.env._("“%(text)s”, %(place)s: a word is wider than its column."),
            "line": self.env._("“%(text)s”, %(place)s: too long to stand side by side."),
            "cut": self.env._("“%(text)s”, %(place)s: too high for its row or box, the end is cut off."),
            "wide": self.env._("%(place)s: the table is wider than the page."),
        }
        return texts[finding.kind] % {"text": finding.text, "place": place}

    def action_download_sample(self):
        """Download the template filled with the longest there is."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/emulation/word-sample/{self.id}",
            "target": "download",
        }

    @api.private
    def _build_sample(self):
        """Return ``(file name, content)`` of the template filled with the longest there is.

        :raises AccessError: the template is not the user's to read
        :raises MissingError: there is no such template
        :rtype: tuple[str, bytes]
        """
        self.ensure_one()
        self.check_access("read")
        return f"{self.name}.docx", word_template.fill(self._get_content(), [self._make_sample()])

    @api.constrains("content", "report")
    def _check_content(self):
        for template in self:
            problems = read_word(
                self.env,
                template._get_content(),
                functools.partial(word_template.find_problems, fields=PAPERS[template.report]),
            )
            if problems:
                raise ValidationError("\n".join(map(template._describe_problem, problems)))

    @api.constrains("report", "company_id", "active")
    def _check_alone(self):
        """An agency has one file for each paper: of two nobody would know which one is filled."""
        groups = self._read_group(
            [("report", "in", self.mapped("report")), ("company_id", "in", self.company_id.ids)],
            ["company_id", "report"],
            ["id:recordset"],
        )
        for _company, _report, templates in groups:
            if len(templates) > 1 and templates & self:
                raise ValidationError(
                    self.env._(
                        "Two templates for one paper: %(names)s. Archive one of them.",
                        names=", ".join(f"“{name}”" for name in templates.mapped("name")),
                    )
                )

    def _describe_problem(self, problem):
        """Return the sentence that names a wrong field and its place."""
        values = {"field": problem.field, "place": self._describe_place(problem.place)}
        texts = {
            "unknown": self.env._("%(field)s, %(place)s: there is no such field."),
            "stray": self.env._("%(field)s, %(place)s: a field of a line stands in a row of a table."),
            "mixed": self.env._("%(field)s, %(place)s: a row is repeated for one list only."),
            "block": self.env._("%(field)s, %(place)s: stands in a paragraph of its own, in no table."),
            "note": self.env._("%(field)s, %(place)s: nothing is filled there."),
            "copy": self.env._("%(field)s, %(place)s: each copy has its own, which stands in the text."),
        }
        return texts[problem.kind] % values

    def _describe_place(self, place):
        """Return where something stands, counted as a person counts."""
        if place.table:
            return self.env._("table %(table)s, row %(row)s", table=place.table, row=place.row)
        parts = {
            "body": self.env._("paragraph %(number)s"),
            "header": self.env._("paragraph %(number)s of the header"),
            "footer": self.env._("paragraph %(number)s of the footer"),
            "note": self.env._("footnote"),
        }
        return parts[place.part] % {"number": place.paragraph}

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
    def _fill(self, document, page):
        """Return the Word file of a document.

        :param page: the rendered page of the paper
        :rtype: bytes
        """
        self.ensure_one()
        known, values, lists = PAPERS[self.report], {}, {}
        if self.report == getattr(document, "_document_report", ""):
            values, lists = document._get_word_values(), document._get_word_lines()
        papers = [
            word_paper.Paper(
                {**dict.fromkeys(known.values, ""), **paper.values, **values},
                {**{key: [] for key in known.lists}, **paper.lists, **lists},
                paper.blocks,
            )
            for paper in word_paper.read(page)
        ]
        is_copy = self.env["emulation.installation"]._is_copy()
        return word_template.fill(self._get_content(), papers, mark=COPY_TEXT if is_copy else "")
