"""Awards in the résumés of employees, where Odoo's Skills (hr_skills) is installed; where it is not, nothing.

The addon does not depend on Skills: no field leads to a line. Each has an external identifier named after its
commendation, by which it is found again; Odoo deletes both when either addon is removed.
"""

MODEL = "hr.resume.line"
KIND = "hr_emulation.resume_kind"


def write(commendations):
    """Write a line for each person's award that stands, in place of an earlier one of the same award.

    Everybody reads a résumé: an agency that does not show its commendations to all staff gets no lines.
    """
    env = commendations.env
    if MODEL not in env:
        return
    remove(commendations)
    # sudo: emulation.commendation - what of it everybody may read is written
    shown = commendations.sudo().filtered(
        lambda one: one.state == "granted" and one.employee_id and one.company_id.emulation_show_granted
    )
    if not shown:
        return
    kind, awards = _get_kind(env), shown._get_printed_awards()
    # sudo: hr.resume.line - the issued decision says what stands there, whoever may edit résumés
    lines = env[MODEL].sudo().create([_prepare(one, awards[one], kind) for one in shown])
    # sudo: ir.model.data - by which a line is found again
    env["ir.model.data"].sudo().create(
        [
            {
                "module": "hr_emulation",
                "name": _name(one),
                "model": MODEL,
                "res_id": line.id,
                "noupdate": True,
            }
            for one, line in zip(shown, lines, strict=True)
        ]
    )


def follow(companies):
    """Write or delete the lines of agencies that began or ceased to show their commendations to all staff."""
    # sudo: emulation.commendation - every award decided there, whoever changed the setting
    commendations = companies.env["emulation.commendation"].sudo()
    if MODEL in companies.env:
        decided = [
            ("company_id", "in", companies.ids),
            ("state", "=", "granted"),
            ("employee_id", "!=", False),
        ]
        write(commendations.search([*decided, ("decision_id", "!=", False), ("import_id", "=", False)]))


def remove(commendations):
    """Delete the lines of awards that do not stand."""
    env = commendations.env
    if MODEL not in env:
        return
    # sudo: ir.model.data - ours only, by their names
    known = (
        env["ir.model.data"]
        .sudo()
        .search(
            [
                ("module", "=", "hr_emulation"),
                ("model", "=", MODEL),
                ("name", "in", list(map(_name, commendations))),
            ]
        )
    )
    # sudo: hr.resume.line - those we wrote
    env[MODEL].sudo().browse(known.mapped("res_id")).exists().unlink()


def _name(commendation):
    return f"resume_{commendation.id}"


def _prepare(commendation, award, kind):
    number = commendation.decision_id._get_document_number() or commendation.external_decision
    return {
        "employee_id": commendation.employee_id.id,
        "name": award,
        "date_start": commendation.granted_date,
        "date_end": commendation.granted_date,
        "description": f"Quyết định số {number}" if number else False,
        "line_type_id": kind.id,
    }


def _get_kind(env):
    """Return the heading the awards stand under, made at the first one."""
    kind = env.ref(KIND, raise_if_not_found=False)
    if not kind:
        # sudo: hr.resume.line.type - a heading, made once
        kind = env["hr.resume.line.type"].sudo().create({"name": "Khen thưởng"})
        module, name = KIND.split(".")
        # sudo: ir.model.data - by which it is found again
        env["ir.model.data"].sudo().create(
            {"module": module, "name": name, "model": kind._name, "res_id": kind.id, "noupdate": True}
        )
    return kind
