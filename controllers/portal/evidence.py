from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.http import request
from werkzeug.exceptions import NotFound

from ...printing.evidence import identify
from .files import download_attachment, safe_name
from .home import EmulationHome

MEGABYTE = 1024 * 1024
HOLDERS = ("emulation.score", "emulation.achievement")


class EmulationEvidence(EmulationHome):
    """Evidence files: taken in after a look at their content, given back as downloads to those who may see them."""

    def _emulation_attach(self, holder, company, is_open):
        """Keep the posted files on ``holder`` (a score line or an achievement in superuser mode).

        :raises UserError: closed, too large, beyond the person's space, or not a kind of file we take
        """
        self._emulation_throttle("evidence", limit=30)
        if not is_open:
            raise UserError(request.env._("This has been handed in: files cannot be changed any more."))
        files = [file for file in request.httprequest.files.getlist("evidence") if file.filename]
        if not files:
            raise UserError(request.env._("Choose a file first."))
        values = [self._emulation_check_file(file, company) for file in files[:10]]
        used = sum(holder.env["ir.attachment"].search(self._emulation_own_files()).mapped("file_size"))
        if used + sum(len(entry["raw"]) for entry in values) > company.emulation_evidence_quota * MEGABYTE:
            raise UserError(
                request.env._("Your space of %(limit)s MB is full.", limit=company.emulation_evidence_quota)
            )
        attachments = holder.env["ir.attachment"].create(
            [{**entry, "res_model": holder._name, "res_id": holder.id} for entry in values]
        )
        holder.write({"evidence_ids": [Command.link(attachment.id) for attachment in attachments]})

    def _emulation_own_files(self):
        return Domain("res_model", "in", HOLDERS) & Domain("create_uid", "=", request.env.uid)

    def _emulation_check_file(self, file, company):
        limit = company.emulation_evidence_size * MEGABYTE
        content = file.read(limit + 1)
        if len(content) > limit:
            raise UserError(
                request.env._(
                    "%(name)s is larger than %(limit)s MB.", name=file.filename[:80], limit=limit // MEGABYTE
                )
            )
        extension, mimetype = identify(content)
        if not extension:
            raise UserError(
                request.env._(
                    "%(name)s: only PDF, PNG, JPEG, Word, Excel and OpenDocument files without macros can be sent.",
                    name=file.filename[:80],
                )
            )
        return {"name": safe_name(file.filename, extension), "raw": content, "mimetype": mimetype}

    def _emulation_holder(self, attachment_id, person, with_headed=False):
        """Return (attachment, the record it is evidence of) in superuser mode, or 404."""
        sheets, achievements = self._emulation_sheets(person), person.own_or_led()
        if with_headed and person.is_head:
            sheets |= person.headed()
            achievements |= person.headed()
        attached = Domain("evidence_ids", "in", [attachment_id])
        # Sudoed: the domains hold the visitor's own ids.
        score = (
            request.env["emulation.score"]
            .sudo()
            .search(attached & Domain("evaluation_id", "any", sheets), limit=1)
        )
        holder = score or request.env["emulation.achievement"].sudo().search(attached & achievements, limit=1)
        attachment = holder.evidence_ids.filtered(lambda entry: entry.id == attachment_id)
        if not attachment:
            raise NotFound
        return attachment, holder

    @http.route(
        "/my/emulation/evidence/<int:attachment_id>", type="http", auth="user", website=True, readonly=True
    )
    def emulation_evidence(self, attachment_id, **_query):
        attachment, _holder = self._emulation_holder(
            attachment_id, self._emulation_person(), with_headed=True
        )
        return download_attachment(attachment)

    @http.route(
        "/my/emulation/evidence/<int:attachment_id>/remove",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def emulation_evidence_remove(self, attachment_id, **_form):
        attachment, holder = self._emulation_holder(attachment_id, self._emulation_person())
        is_score = holder._name == "emulation.score"
        url = (
            f"/my/emulation/evaluations/{holder.evaluation_id.id}#line-{holder.id}"
            if is_score
            else f"/my/emulation/achievements/{holder.id}"
        )
        state = holder.evaluation_id.state if is_score else holder.state
        return self._emulation_act(
            url,
            request.env._("The file is removed."),
            lambda: self._emulation_detach(attachment, holder, state),
        )

    def _emulation_detach(self, attachment, holder, state):
        if state != "draft":
            raise UserError(request.env._("This has been handed in: files cannot be changed any more."))
        holder.write({"evidence_ids": [Command.unlink(attachment.id)]})
        attachment.unlink()
