import base64

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.vietnamese import format_decimal
from ..models.campaign import set_file
from ..models.mixin.actions import open_form
from ..models.mixin.office_error import explain
from ..office import criteria_file
from ..office.problems import OfficeError

LINE = Markup("<tr><td>%s</td><td>%s</td><td class='text-end text-nowrap'>%s</td></tr>")
TABLE = Markup("<table class='table table-sm'><tbody>%s</tbody></table>")
NOTE = Markup("<p class='alert alert-info' role='status'>%s</p>")
GROUP = Markup("<strong>%s</strong>")


class EmulationSetLibrary(models.TransientModel):
    """Begin with a sample set, or with one that another agency shared as a file."""

    _name = "emulation.set.library"
    _description = "Sample sets of criteria"
    _inherit = ["emulation.wizard.mixin"]

    sample = fields.Selection("_get_samples")
    data = fields.Binary(string="Or a shared file (.json)", attachment=False)
    filename = fields.Char()
    preview = fields.Html(compute="_compute_preview")

    @api.model
    def _get_samples(self):
        agency = self.env.company.sudo()  # sudo: res.company - its settings
        samples = set_file.sort_samples(agency.emulation_agency_kind_id.code, agency.emulation_sector)
        return [(key, content["name"]) for key, content in samples.items()]

    @api.depends("sample", "data")
    def _compute_preview(self):
        for dialog in self:
            try:
                dialog.preview = dialog._draw(dialog._read())
            except UserError as error:
                dialog.preview = NOTE % error.args[0] if dialog.data else False

    def _read(self):
        """Return what was chosen; a file stands before a sample.

        :raises UserError: nothing was chosen, or the file is refused
        """
        if not self.data:
            samples = set_file.read_samples()
            if self.sample not in samples:
                raise UserError(self.env._("Choose a sample or a file."))
            return samples[self.sample]
        try:
            return criteria_file.read(base64.b64decode(self.with_context(bin_size=False).data))
        except OfficeError as error:
            raise UserError(explain(self.env, error)) from error

    def _draw(self, content):
        """Return the lines of a set as a table, what to adapt above it."""
        rows = Markup("").join(
            LINE
            % (
                line.get("code", ""),
                GROUP % line["name"] if line["kind"] == "group" else line["name"],
                points,
            )
            for line, points in self._iter_lines(content)
        )
        has_points = content.get("scale") != "levels"
        grades = ", ".join(
            f"{grade['name']} ≥ {format_decimal(grade['min_points'])}" if has_points else grade["name"]
            for grade in content.get("grades", ())
        )
        note = NOTE % content["note"] if content.get("note") else ""
        return Markup("%s%s<p>%s</p>") % (note, TABLE % rows, grades)

    def _iter_lines(self, content):
        """Yield (line, its points in words); where a set has no points, its levels by name."""
        has_points = content.get("scale") != "levels"
        signs = {"bonus": "+", "deduction": "−"}
        for line in criteria_file.iter_lines(content["criteria"]):
            if line.get("levels") and not has_points:
                yield line, line["levels"]
                continue
            sign, most = signs.get(line["kind"], ""), line.get("max_points")
            each, most = (
                figure and format_decimal(figure) for figure in (line.get("points_per_occurrence"), most)
            )
            texts = [
                each and self.env._("%(points)s each time", points=f"{sign}{each}"),
                most and (f"≤ {most}" if each or line["kind"] == "group" else f"{sign}{most}"),
            ]
            yield line, "; ".join(filter(None, texts))

    def action_create(self):
        """Make a set of the user's own agency from what was chosen, and open it."""
        self.ensure_one()
        sheet = set_file.create(self.env, self._read())
        return open_form(sheet)
