from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine.vietnamese import with_measure
from .evidence import read_files
from .gate import PAGE, Gate, form_route
from .rows import evidence_rows, file_values, get_today
from .texts import day, days_left, paragraphs, points, word

TARGETS = "/my/emulation/targets"
MOST = 100
NAME_LENGTH, MEASURE_LENGTH, TEXT_LENGTH = 200, 40, 2000
TARGET_FIELDS = [
    *("name", "campaign_id", "company_id", "department_id", "employee_id", "figure", "unit_of_measure"),
    *("direction", "adds_up", "date_start", "deadline", "needs_approval", "note", "state", "reason"),
    *("roll_up", "reached", "reached_on", "percent", "light"),
]
NEW = {
    **{"id": 0, "name": "", "figure": "", "measure": "", "direction": "more", "deadline": "", "note": ""},
    "adds_up": True,
}
# One sign a light, so that none is told by colour alone.
LIGHT_ICONS = {
    "none": "fa-circle-o",
    "red": "fa-exclamation-triangle",
    "amber": "fa-info-circle",
    "green": "fa-check-circle",
}


class Targets(http.Controller):
    """Targets: one's own, those of the units one heads, and what the campaign as a whole is to reach."""

    @http.route(TARGETS, **PAGE)
    def targets(self, **_query):
        gate = Gate.enter()
        mine = gate.search("emulation.target", own_targets(gate), TARGET_FIELDS, limit=MOST)
        running = common_targets(gate) & Domain("campaign_id.state", "=", "launched")
        common = gate.search("emulation.target", running, TARGET_FIELDS, limit=MOST)
        fetch_names(mine | common)
        values = {
            "mine": [target_row(target) for target in mine],
            "common": [target_row(target) for target in common],
            "light_icons": LIGHT_ICONS,
            "may_register": bool(find_campaigns(gate)),
        }
        return gate.render("hr_emulation.portal_targets", gate.env._("Targets"), values, tab="targets")

    @http.route(f"{TARGETS}/new", **PAGE)
    def new(self, **_query):
        gate = Gate.enter()
        directions = gate.env["emulation.target"]._fields["direction"]._description_selection(gate.env)
        values = {
            "campaigns": [{"id": campaign.id, "name": campaign.name} for campaign in find_campaigns(gate)],
            "holders": get_holders(gate),
            "directions": directions,
            "draft": NEW,
        }
        title = gate.env._("Register a target")
        return gate.render("hr_emulation.portal_target_new", title, values, get_crumbs(gate), tab="targets")

    @form_route(f"{TARGETS}/save", back=f"{TARGETS}/new")
    def save(self, **_form):
        gate = Gate.enter()
        gate.throttle("target", limit=30)
        return gate.act(
            lambda: do_register(gate),
            gate.env._("Handed in. It counts once it is approved."),
            TARGETS,
            self.new,
        )

    @http.route(f"{TARGETS}/<int:target_id>", **PAGE)
    def target(self, target_id, **_query):
        gate = Gate.enter()
        target = gate.find("emulation.target", target_id, readable_targets(gate), TARGET_FIELDS)
        fetch_names(target)
        entries = gate.search("emulation.target.progress", [("target_id", "=", target.id)], limit=MOST)
        values = {
            "target": {**target_row(target), "lines": paragraphs(target.note), "forecast": forecast(target)},
            "draft": draft_row(target) if may_change(gate, target) else None,
            "directions": target._fields["direction"]._description_selection(gate.env),
            "may_take_back": target.state == "submitted" and is_own(gate, target) and target.can_take_back,
            "entries": [entry_row(entry) for entry in entries],
            "report": report_row(gate, entries),
            "light_icons": LIGHT_ICONS,
            "may_report": may_report(gate, target),
            "may_see_files": is_own(gate, target),
            "today": gate.today.isoformat(),
            **file_values(target.company_id),
        }
        return gate.render("hr_emulation.portal_target", target.name, values, get_crumbs(gate), tab="targets")

    @form_route(f"{TARGETS}/<int:target_id>/save", back=f"{TARGETS}/{{target_id}}")
    def change(self, target_id, **_form):
        """Change a draft; with ``hand_in`` also hand it in. With ``take_back`` it becomes a draft again."""
        gate = Gate.enter()
        target = gate.find("emulation.target", target_id, own_targets(gate))
        gate.throttle("target", limit=30)
        act, done = lambda: do_change(gate, target), gate.env._("Saved.")
        if "take_back" in gate.form:
            act, done = target.action_take_back, gate.env._("It is a draft of yours again.")
        elif "hand_in" in gate.form:
            done = gate.env._("Handed in. It counts once it is approved.")
        return gate.act(act, done, f"{TARGETS}/{target.id}", lambda: self.target(target_id))

    @form_route("/my/emulation/figures/<int:figure_id>/take_back", back=TARGETS)
    def take_back(self, figure_id, **_form):
        """Take back a figure nobody has approved yet; only who reported it can."""
        gate = Gate.enter()
        own = own_targets(gate) & Domain("create_uid", "=", gate.env.uid)
        figure = gate.find("emulation.target.progress", figure_id, own)
        gate.throttle("target", limit=30)
        return gate.act(
            figure.action_take_back,
            gate.env._("Taken back. Correct it and report it again."),
            f"{TARGETS}/{figure.target_id.id}#report",
        )

    @form_route(f"{TARGETS}/<int:target_id>/progress", back=f"{TARGETS}/{{target_id}}")
    def progress(self, target_id, **_form):
        """Report what is reached on a day, with evidence."""
        gate = Gate.enter()
        target = gate.find("emulation.target", target_id, own_targets(gate))
        gate.throttle("target", limit=30)
        return gate.act(
            lambda: do_report(gate, target),
            gate.env._("Reported."),
            f"{TARGETS}/{target.id}",
            lambda: self.target(target_id),
        )


# ----------------------------------------------------------------------------------------------------
# Whose
# ----------------------------------------------------------------------------------------------------


def own_targets(gate):
    """Return the domain of the targets of this person and of the units this person heads directly."""
    return gate.person.own_or_led()


def common_targets(gate):
    """Return the domain of the running targets of whole campaigns this person may read."""
    whole = Domain("employee_id", "=", False) & Domain("department_id", "=", False)
    return whole & Domain("state", "=", "active") & Domain("campaign_id", "any", gate.person.audience())


def readable_targets(gate):
    return own_targets(gate) | common_targets(gate)


def is_own(gate, target):
    person = gate.person
    return target.employee_id.id in person.employee_ids or target.department_id.id in person.led_ids


def may_change(gate, target):
    return (
        target.state == "draft" and is_own(gate, target) and target.campaign_id.state in ("draft", "launched")
    )


def may_report(gate, target):
    is_running = target.state == "active" and target.campaign_id.state == "launched"
    return is_own(gate, target) and is_running and target.roll_up == "own"


def find_campaigns(gate):
    """Return the running campaigns in which this person may register a target."""
    launched = Domain("state", "=", "launched")
    return gate.search(
        "emulation.campaign", gate.person.audience() & launched, ["name", "date_start"], limit=MOST
    )


def get_holders(gate):
    """Return for whom this person may register a target: itself and the units it heads."""
    found = [
        {"key": f"employee:{employee}", "name": name} for employee, name, _company in gate.person.employees
    ]
    if gate.person.led_ids:
        units = gate.search("hr.department", Domain("id", "in", gate.person.led_ids), ["name"])
        found += [{"key": f"department:{unit.id}", "name": unit.name} for unit in units]
    return found


# ----------------------------------------------------------------------------------------------------
# Rows
# ----------------------------------------------------------------------------------------------------


def fetch_names(targets):
    targets.campaign_id.fetch(["name", "state"])
    targets.department_id.fetch(["name"])
    targets.employee_id.fetch(["name"])
    targets.company_id.fetch(["name"])


def target_row(target):
    return {
        "id": target.id,
        "url": f"{TARGETS}/{target.id}",
        "name": target.name,
        "holder": (target.employee_id or target.department_id or target.company_id).name,
        "campaign": target.campaign_id.name,
        "figure": with_measure(points(target.figure), target.unit_of_measure),
        "is_less": target.direction == "less",
        "deadline": day(target.deadline),
        "days_left": days_left(target.deadline, get_today(target)) if target.state == "active" else None,
        "is_reported": bool(target.reached_on),
        "reached": with_measure(points(target.reached), target.unit_of_measure) if target.reached_on else "",
        "reached_on": day(target.reached_on),
        "percent": points(target.percent) if target.reached_on else "",
        "label": f"{target.name}: {points(target.percent)}%",
        "bar": min(100, round(target.percent)),
        "light": target.light or "none",
        "light_name": word(target, "light"),
        "state": target.state,
        "state_name": word(target, "state"),
        "is_running": target.state == "active",
        "reason": target.reason or "",
    }


def forecast(target):
    return with_measure(points(target.forecast), target.unit_of_measure) if target.reached_on else ""


def entry_row(entry):
    return {
        "date": day(entry.date),
        "id": entry.id,
        "value": points(entry.value),
        "note": entry.note or "",
        "may_take_back": entry.state == "submitted" and entry.can_take_back,
        "state": entry.state,
        "state_name": word(entry, "state"),
        "reason": entry.reason or "",
        "evidence": evidence_rows(entry.evidence_ids),
    }


def draft_row(target):
    """Return what the form of a draft begins with."""
    return {
        "id": target.id,
        "name": target.name,
        "figure": points(target.figure),
        "measure": target.unit_of_measure,
        "direction": target.direction,
        "deadline": target.deadline.isoformat() if target.deadline else "",
        "adds_up": target.adds_up,
        "note": target.note or "",
    }


def report_row(gate, entries):
    """Return what the form of a figure begins with: the visitor's last one, if it was taken back to be corrected."""
    last = entries.sorted("id", reverse=True)[:1]
    if last.state != "withdrawn" or last.create_uid.id != gate.env.uid:
        return {"value": "", "date": gate.today.isoformat(), "note": ""}
    return {"value": points(last.value), "date": last.date.isoformat(), "note": last.note or ""}


def get_crumbs(gate):
    return [(gate.env._("Targets"), TARGETS)]


# ----------------------------------------------------------------------------------------------------
# Deeds
# ----------------------------------------------------------------------------------------------------


def do_register(gate):
    form, env = gate.form, gate.env
    campaigns = {str(campaign.id): campaign for campaign in find_campaigns(gate)}
    campaign = campaigns.get(form.choice("campaign", campaigns))
    holder = form.choice("holder", {entry["key"] for entry in get_holders(gate)})
    values = read_target(gate)
    if not campaign or not holder:
        raise UserError(env._("You cannot register a target there."))
    kind, _colon, record_id = holder.partition(":")
    targets = gate.records("emulation.target").with_company(campaign.company_id)
    owner = {f"{kind}_id": int(record_id), "campaign_id": campaign.id}
    targets.create({**values, **owner, **get_start(campaign, values)}).action_submit()


def do_change(gate, target):
    if not may_change(gate, target):
        raise UserError(gate.env._("It has been submitted and cannot be changed any more."))
    values = read_target(gate)
    target.write({**values, **get_start(target.campaign_id, values)})
    if "hand_in" in gate.form:
        target.action_submit()


def get_start(campaign, values):
    """Return the first day where the deadline asks for another than the campaign's."""
    if not values["deadline"] or not campaign.date_start:
        return {}
    return {"date_start": min(values["deadline"], campaign.date_start)}


def read_target(gate):
    """Return the values of a target's form.

    :raises Refused: something is missing or cannot be read
    """
    form, env = gate.form, gate.env
    values = {
        "name": form.line("name", NAME_LENGTH, env._("Say what is to be reached.")),
        "figure": form.number("figure", env._("Give a figure.")),
        "unit_of_measure": form.line("unit_of_measure", MEASURE_LENGTH, env._("Say what it is measured in.")),
        "direction": form.choice("direction", ("more", "less"), "more"),
        "deadline": form.date("deadline"),
        "note": form.text("note", TEXT_LENGTH),
        "adds_up": "adds_up" in form,
    }
    if values["figure"] is not None and values["figure"] < 0:
        form.add_error("figure", env._("The figure is not below zero."))
    form.check()
    return values


def do_report(gate, target):
    form, env = gate.form, gate.env
    values = {
        "value": form.number("value", env._("Give a figure.")),
        "date": form.date("date", env._("Say on which day.")) or gate.today,
        "note": form.text("note", TEXT_LENGTH),
    }
    if values["date"] > gate.today:
        form.add_error("date", env._("Nothing is reached yet on a day to come."))
    if values["value"] is not None and values["value"] < 0:
        form.add_error("value", env._("What is reached is not below zero."))
    form.check()
    entries = gate.records("emulation.target.progress")
    files = read_files(gate, target.company_id)
    evidence = entries.env["ir.attachment"].create([{**file, "res_model": entries._name} for file in files])
    entry = entries.create({**values, "target_id": target.id, "evidence_ids": [(6, 0, evidence.ids)]})
    evidence.res_id = entry.id
