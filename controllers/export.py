from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from ..models.document.word_fields import PAPERS
from ..report.emulation_export_mixin import EmulationExportMixin, unpack_ids
from .portal.files import download

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class EmulationExportController(http.Controller):
    @http.route(
        "/emulation/export/<string:model>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
        save_session=False,
    )
    def export_list(self, model, records="", **_kwargs):
        """Download the records as .xlsx; what is not the user's to read is not found."""
        lists = request.env.get(model)
        if not isinstance(lists, EmulationExportMixin) or lists._abstract:
            raise request.not_found()
        try:
            name, content = lists.browse(unpack_ids(records))._build_export()
        except (AccessError, MissingError, ValueError) as error:
            raise request.not_found() from error
        return download(content, name, XLSX)

    @http.route(
        "/emulation/word/<string:name>/<int:record>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
        save_session=False,
    )
    def download_word(self, name, record, **_kwargs):
        """Download a document as a Word file; what is not the user's to read is not found."""
        if name not in PAPERS:
            raise request.not_found()
        try:
            name, content = request.env["ir.actions.report"]._build_word(name, record)
        except (AccessError, MissingError, OverflowError) as error:
            raise request.not_found() from error
        return download(content, name, DOCX)

    @http.route(
        "/emulation/word-sample/<int:template>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
        save_session=False,
    )
    def download_word_sample(self, template, **_kwargs):
        """Download a Word template filled with the longest there is."""
        try:
            name, content = request.env["emulation.word.template"].browse(template)._build_sample()
        except (AccessError, MissingError, OverflowError) as error:
            raise request.not_found() from error
        return download(content, name, DOCX)
