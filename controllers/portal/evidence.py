import re

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from werkzeug.exceptions import NotFound

from ...printing.evidence import identify
from .files import download_attachment, safe_name
from .gate import PAGE, Gate, form_route

EVIDENCE = "/my/emulation/evidence"
MEGABYTE = 1024 * 1024
MOST_FILES = 10
UPLOAD_KEY = re.compile(r"[0-9a-f]{64}")  # SHA-256 of a file that comes in parts
HOLDERS = (
    "emulation.score",
    "emulation.achievement",
    "emulation.commendation.paper",
    "emulation.target.progress",
)


class Evidence(http.Controller):
    """Evidence files: given back as downloads to those who may see them, removed while the record is a draft."""

    @http.route(f"{EVIDENCE}/<int:attachment_id>", **PAGE)
    def download(self, attachment_id, **_query):
        gate = Gate.enter()
        attachment, _holder = find_file(gate, attachment_id, to_read=True)
        return download_attachment(attachment)

    @form_route(f"{EVIDENCE}/<int:attachment_id>/remove", back="/my/emulation")
    def remove(self, attachment_id, **_form):
        gate = Gate.enter()
        attachment, holder = find_file(gate, attachment_id)
        gate.throttle("evidence", limit=30)
        if holder._name == "emulation.score":
            sheet, url = holder.evaluation_id, f"evaluations/{holder.evaluation_id.id}#line-{holder.id}"
        elif holder._name == "emulation.commendation.paper":
            sheet, url = holder.commendation_id, f"proposals/{holder.commendation_id.id}#papers"
        elif holder._name == "emulation.achievement":
            sheet, url = holder, f"achievements/{holder.id}"
        else:
            sheet, url = holder, f"targets/{holder.target_id.id}"
        return gate.act(
            lambda: detach(gate, attachment, holder, sheet.state == "draft"),
            gate.env._("The file is removed."),
            f"/my/emulation/{url}",
        )


def find_file(gate, attachment_id, to_read=False):
    """Return (attachment, the record it is evidence of) in superuser mode, or 404.

    :param bool to_read: also what the people of the visitor's units sent, and what belongs to a dossier it reads
    """
    person = gate.person
    sheets = achievements = targets = person.own_or_led()
    dossiers = person.proposing()
    if to_read:
        dossiers = person.readable()
        sheets |= person.headed()
        targets |= person.headed()
        achievements |= person.headed() | Domain("commendation_ids", "any", dossiers)
        achievements |= person.declared() | person.marked()
    domains = {
        "emulation.score": Domain("evaluation_id", "any", sheets),
        "emulation.achievement": achievements,
        "emulation.commendation.paper": Domain("commendation_id", "any", dossiers),
        "emulation.target.progress": targets,
    }
    for model, domain in domains.items():
        name = gate.env[model]._upload_field
        holder = gate.search(model, Domain(name, "in", [attachment_id]) & domain, limit=1)
        attachment = holder[name].filtered(lambda entry: entry.id == attachment_id)
        if attachment:
            return attachment, holder
    raise NotFound


def attach(gate, holder, company, is_open):
    """Keep the posted files on ``holder`` (a score line, an achievement or a paper, in superuser mode).

    :raises UserError: closed, too large, beyond the person's space, or not a kind of file we take
    """
    gate.throttle("evidence", limit=30)
    if not is_open:
        raise UserError(gate.env._("This has been submitted: files cannot be changed any more."))
    values = read_files(gate, company)
    if not values:
        gate.form.add_error("evidence", gate.env._("Choose a file first."))
        return
    attachments = holder.env["ir.attachment"].create(
        [{**entry, "res_model": holder._name, "res_id": holder.id} for entry in values]
    )
    holder.write({holder._upload_field: [Command.link(attachment.id) for attachment in attachments]})


def read_files(gate, company):
    """Return the values of an attachment for each posted file.

    :raises UserError: too large, beyond the person's space, or not a kind of file we take
    """
    files = get_files(gate, company)
    values = [check_file(gate, name, content, company) for name, content in files]
    gate.form.check()
    used = (
        sum(gate.search("ir.attachment", own_files(gate), ["file_size"]).mapped("file_size")) if files else 0
    )
    if used + sum(len(entry["raw"]) for entry in values) > company.emulation_evidence_quota * MEGABYTE:
        limit = company.emulation_evidence_quota
        raise UserError(gate.env._("Your space of %(limit)s MB is full.", limit=limit))
    return values


def get_files(gate, company):
    """Return (name, content) of each file of the form, sent with it or in parts before it."""
    most = company.emulation_evidence_size * MEGABYTE + 1
    posted = [file for file in gate.form.files.getlist("evidence") if file.filename][:MOST_FILES]
    found = [(file.filename, file.read(most)) for file in posted]
    for entry in gate.form.sent.getlist("uploaded")[: MOST_FILES - len(posted)]:
        key, _slash, name = entry.partition("/")
        content = gate.env["emulation.upload.part"]._take(key) if UPLOAD_KEY.fullmatch(key) else None
        if content is None:
            text = gate.env._("%(name)s did not arrive whole. Send it again.", name=name[:80])
            gate.form.add_error("evidence", text)
        else:
            found.append((name, content))
    return found


def own_files(gate):
    return Domain("res_model", "in", HOLDERS) & Domain("create_uid", "=", gate.env.uid)


def check_file(gate, filename, content, company):
    """Return the values of an attachment; what is wrong with the file is noted at its field."""
    limit = company.emulation_evidence_size
    name = filename[:80]
    if len(content) > limit * MEGABYTE:
        text = gate.env._("%(name)s is larger than %(limit)s MB.", name=name, limit=limit)
        gate.form.add_error("evidence", text)
    extension, mimetype = identify(content)
    if not content:
        gate.form.add_error("evidence", gate.env._("%(name)s is empty: choose it again.", name=name))
    elif content[4:8] == b"ftyp":  # HEIC and its like; with a script the browser converts what it can read
        text = gate.env._(
            "This phone's pictures (HEIC) cannot be read here. In the camera settings choose “Most compatible”, "
            "or send a screenshot."
        )
        gate.form.add_error("evidence", text)
    elif not extension:
        text = gate.env._(
            "%(name)s: only PDF, PNG, JPEG, Word, Excel and OpenDocument files without macros can be sent.",
            name=name,
        )
        gate.form.add_error("evidence", text)
    return {"name": safe_name(filename, extension), "raw": content, "mimetype": mimetype}


def detach(gate, attachment, holder, is_open):
    if not is_open:
        raise UserError(gate.env._("This has been submitted: files cannot be changed any more."))
    holder.write({holder._upload_field: [Command.unlink(attachment.id)]})
    attachment.unlink()
