from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine.vietnamese import with_measure
from .evaluations import save_lines
from .gate import PAGE, Gate, form_route
from .proposals import get_nomination_kind, get_units
from .rows import DOSSIER_FIELDS, SHEET_FIELDS, fetch_dossiers, fetch_sheets, sheet_page, write_total
from .targets import TARGET_FIELDS, entry_row, fetch_names, target_row
from .texts import day_of, paragraphs, points

UNIT = "/my/emulation/unit"
MOST = 15
COUNTED = 1000  # no list says more than this
REASON_LENGTH, REMARK_LENGTH = 500, 1000
SHOWN = {
    "pass": DOSSIER_FIELDS,
    "verify": SHEET_FIELDS,
    "approve": [
        *("campaign_id", "award_ids", "pledge", "recipient_type", "recipient_name"),
        *("employee_id", "department_id"),
    ],
    "target": TARGET_FIELDS,
    "figure": ["target_id", "date", "value", "note", "evidence_ids"],
}


class Unit(http.Controller):
    """For the head of a unit: pass or return proposals, verify scores, approve registrations, targets and figures,
    several at once.
    """

    @http.route(UNIT, **PAGE)
    def unit(self, **_query):
        gate = Gate.enter(head=True)
        found, totals = {}, {}
        waiting = gate.env["emulation.portal"]._get_waiting(gate.person)
        for name, names in SHOWN.items():
            model, domain = waiting[name]
            records = gate.search(model, domain, limit=COUNTED, order="id")  # ids only
            found[name], totals[name] = records[:MOST], len(records)
            found[name].fetch(names)
        proposals, sheets, registrations, targets, figures = (found[name] for name in SHOWN)
        fetch_sheets(sheets)
        fetch_dossiers(proposals)
        figures.target_id.fetch(TARGET_FIELDS)
        fetch_names(targets | figures.target_id)
        (proposals.campaign_id | sheets.campaign_id | registrations.campaign_id).fetch(["name"])
        values = {
            "totals": totals,
            "proposals": [proposal_to_pass(proposal) for proposal in proposals],
            "sheets": [sheet_to_verify(sheet) for sheet in sheets],
            "registrations": [registration_to_approve(registration) for registration in registrations],
            "targets": [target_to_approve(target) for target in targets],
            "figures": [figure_to_approve(entry) for entry in figures],
            "proposable": get_units(gate) if get_nomination_kind(gate) else [],
            "in_blocks": bool(gate.env["emulation.block.member"]._find_mine()),
        }
        return gate.render("hr_emulation.portal_unit", gate.env._("My unit"), values, tab="unit")

    @form_route(f"{UNIT}/proposals", back=UNIT)
    def proposals(self, **_form):
        gate = Gate.enter(head=True)
        done = {"endorse": gate.env._("Endorsed"), "return": gate.env._("Returned")}
        return act_on_ticked(gate, "emulation.commendation", done, self.unit)

    @form_route(f"{UNIT}/registrations", back=UNIT)
    def registrations(self, **_form):
        gate = Gate.enter(head=True)
        done = {"approve": gate.env._("Approved"), "refuse": gate.env._("Refused")}
        return act_on_ticked(gate, "emulation.participation", done, self.unit)

    @form_route(f"{UNIT}/targets", back=UNIT)
    def targets(self, **_form):
        gate = Gate.enter(head=True)
        done = {"approve": gate.env._("Approved"), "return": gate.env._("Returned")}
        return act_on_ticked(gate, "emulation.target", done, self.unit)

    @form_route(f"{UNIT}/figures", back=UNIT)
    def figures(self, **_form):
        gate = Gate.enter(head=True)
        done = {"approve": gate.env._("Approved"), "refuse": gate.env._("Refused")}
        return act_on_ticked(gate, "emulation.target.progress", done, self.unit)

    @form_route(f"{UNIT}/evaluations", back=UNIT)
    def evaluations(self, **_form):
        gate = Gate.enter(head=True)
        done = {"verify": gate.env._("Verified"), "return": gate.env._("Returned")}
        return act_on_ticked(gate, "emulation.evaluation", done, self.unit)

    @http.route(f"{UNIT}/evaluations/<int:evaluation_id>", **PAGE)
    def evaluation(self, evaluation_id, **_query):
        gate = Gate.enter(head=True)
        sheet = sheet_page(find_to_verify(gate, evaluation_id, SHEET_FIELDS))
        crumbs = [(gate.env._("My unit"), UNIT)]
        title = sheet["recipient"]
        return gate.render("hr_emulation.portal_verify", title, {"sheet": sheet}, crumbs, tab="unit")

    @form_route(
        f"{UNIT}/evaluations/<int:evaluation_id>/verify", back=f"{UNIT}/evaluations/{{evaluation_id}}"
    )
    def verify(self, evaluation_id, **_form):
        """Store the head's points of one sheet and pass it on."""
        gate = Gate.enter(head=True)
        evaluation = find_to_verify(gate, evaluation_id)
        gate.throttle("unit", limit=60)
        is_returned = "return" in gate.form
        act = do_return if is_returned else do_verify
        return gate.act(
            lambda: act(gate, evaluation),
            gate.env._("Returned.") if is_returned else gate.env._("Verified."),
            UNIT,
            lambda: self.evaluation(evaluation_id),
        )


def proposal_to_pass(proposal):
    return {
        "id": proposal.id,
        "recipient": proposal._get_recipient_name(),
        "award": proposal.award_id.name,
        "campaign": proposal.campaign_id.name or "",
        "summary": paragraphs(proposal.summary),
        "date": day_of(proposal.env, proposal.create_date),
    }


def sheet_to_verify(sheet):
    return {
        "id": sheet.id,
        "url": f"{UNIT}/evaluations/{sheet.id}",
        "recipient": sheet.participation_id._get_recipient_name(),
        "campaign": sheet.campaign_id.name,
        "review": sheet.review_id.name,
        "total": write_total(sheet, "self_total"),
    }


def registration_to_approve(registration):
    return {
        "id": registration.id,
        "recipient": registration._get_recipient_name(),
        "campaign": registration.campaign_id.name,
        "awards": ", ".join(registration.award_ids.mapped("name")),
        "pledge": registration.pledge or "",
    }


def target_to_approve(target):
    row = target_row(target)
    goal = target.env._("at most %(figure)s", figure=row["figure"]) if row["is_less"] else row["figure"]
    return {**row, "goal": goal, "note": paragraphs(target.note)}


def figure_to_approve(entry):
    target = entry.target_id
    return {
        **entry_row(entry),
        "id": entry.id,
        "holder": (target.employee_id or target.department_id).name,
        "name": target.name,
        "reached": with_measure(points(entry.value), target.unit_of_measure),
        "aim": with_measure(points(target.figure), target.unit_of_measure),
        "lines": paragraphs(entry.note),
    }


def find_to_verify(gate, evaluation_id, names=()):
    domain = gate.person.to_verify() & Domain("state", "=", "submitted")
    return gate.find("emulation.evaluation", evaluation_id, domain, names)


# ----------------------------------------------------------------------------------------------------
# Several at once
# ----------------------------------------------------------------------------------------------------


def act_on_ticked(gate, model, done, page):
    """Run the verb of a head's list on what is ticked; say how many went and how many did not.

    :param dict done: {verb: what was done, in a word}; the first is what the list is for
    """
    gate.throttle("unit", limit=60)
    verb = gate.form.choice("verb", done, next(iter(done)))
    counts = []

    def say():
        return gate.env._(
            "%(done)s: %(count)s. Could not be processed: %(skipped)s.",
            done=done[verb],
            count=counts[0],
            skipped=counts[1],
        )

    def act():
        reason = None
        if verb in ("return", "refuse"):
            reason = gate.form.line("reason", REASON_LENGTH, gate.env._("Give a reason."))
        gate.form.check()
        counts.extend(run(get_ticked(gate, model), verb, reason))

    return gate.act(act, say, UNIT, page)


def get_ticked(gate, model):
    """Return the ticked records that are really waiting in a unit the person heads."""
    domain = Domain("id", "in", gate.form.ids("record")[:MOST]) & gate.person.headed()
    records = gate.search(model, domain)
    if not records:
        raise UserError(gate.env._("Tick at least one line."))
    return records


def run(records, verb, reason=None):
    """Do a verb on those that can go; return how many went and how many could not.

    :raises UserError: none can go, with all reasons
    """
    reasons = getattr(records, f"_get_cannot_{verb}_reason")()
    able = records.filtered(lambda record: record.id not in reasons)
    if not able:
        raise UserError("\n".join(dict.fromkeys(map(str, reasons.values()))))
    step = getattr(able, f"_do_{verb}")
    if reason is None:
        step()
    else:
        step(reason)
    return len(able), len(records) - len(able)


def do_return(gate, evaluation):
    reason = gate.form.line("reason", REASON_LENGTH, gate.env._("Give a reason."))
    gate.form.check()
    run(evaluation, "return", reason)


def do_verify(gate, evaluation):
    form, values = gate.form, {}
    for score in evaluation.score_ids:
        name = f"verified_points-{score.id}"
        given = form.number(name)
        note = form.line(f"verifier_note-{score.id}", REMARK_LENGTH)
        if given is not None:
            values[score.id] = {"verified_points": given, "verifier_note": note}
        elif note:
            form.add_error(name, gate.env._("Give the points your remark is about."))
        elif name in form:  # emptied: neither what stood there nor 0
            form.add_error(name, gate.env._("Give points, or 0."))
    form.check()
    save_lines(evaluation._save_verified_scores, form, values)
    run(evaluation, "verify")
