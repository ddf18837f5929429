from odoo import fields, http
from odoo.fields import Command, Domain
from werkzeug.exceptions import NotFound

from ...engine.typed import read_search
from ...engine.vietnamese import sort_key
from ...models.mixin.search_words import get_words_domain
from .gate import PAGE, Gate, form_route
from .rows import DOSSIER_FIELDS, fetch_dossiers, proposal_row
from .texts import day, paragraphs

NOMINATE = "/my/emulation/nominate"
PROPOSALS = "/my/emulation/proposals"
ACHIEVEMENTS = "/my/emulation/achievements"
SUMMARY_LENGTH = 4000
SHOWN_COLLEAGUES = 50


class Proposals(http.Controller):
    """Propose oneself or a colleague; correct what was returned, follow it, take it back."""

    @http.route(NOMINATE, **PAGE)
    def nominate(self, search="", **_query):
        gate = Gate.enter()
        kind = require_nomination_kind(gate)
        search = read_search(search)
        gate.throttle("colleagues", limit=60)
        year = gate.today.year
        period = {"date_from": f"{year}-01-01", "date_to": f"{year}-12-31"}
        values = {
            "search": search,
            "proposal": {"id": 0, "award": 0, "summary": "", **period},
            "colleagues": get_colleagues(gate, kind, search),
            "awards": get_awards(gate, gate.person.employees[0][2]),
            "merits": get_merits(gate),
        }
        return render_proposal(gate, gate.env._("Propose an award"), values)

    @form_route(f"{NOMINATE}/send", back=NOMINATE)
    def send(self, **_form):
        gate = Gate.enter()
        kind = require_nomination_kind(gate)
        gate.throttle("nominate", limit=20)
        return gate.act(
            lambda: do_nominate(gate, kind),
            gate.env._("The proposal is submitted."),
            ACHIEVEMENTS,
            self.nominate,
        )

    @http.route(f"{PROPOSALS}/<int:proposal_id>", **PAGE)
    def proposal(self, proposal_id, **_query):
        gate = Gate.enter()
        proposal = gate.find("emulation.commendation", proposal_id, gate.person.proposed())
        fetch_dossiers(proposal)
        is_open = proposal.state == "draft"
        own = proposal.employee_id.id in gate.person.employee_ids
        chosen = proposal.achievement_ids.ids
        values = {
            "search": "",
            "colleagues": [],
            "proposal": proposal_page(proposal),
            "awards": get_awards(gate, proposal.company_id.id) if is_open else [],
            "merits": get_merits(gate, chosen) if is_open and own else [],
        }
        return render_proposal(gate, proposal.award_id.name, values)

    @form_route(f"{PROPOSALS}/<int:proposal_id>/save", back=f"{PROPOSALS}/{{proposal_id}}")
    def save(self, proposal_id, **_form):
        """Change a draft; with ``hand_in`` also hand it in again, with ``withdraw`` take the proposal back."""
        gate = Gate.enter()
        proposal = gate.find("emulation.commendation", proposal_id, gate.person.proposed())
        gate.throttle("nominate", limit=20)
        if "withdraw" in gate.form:
            act, done = proposal.action_withdraw, gate.env._("The proposal is withdrawn.")
        else:
            act = lambda: store(gate, proposal)  # noqa: E731
            is_handed_in = "hand_in" in gate.form
            done = gate.env._("The proposal is submitted.") if is_handed_in else gate.env._("Saved.")
        url = f"{PROPOSALS}/{proposal.id}"
        return gate.act(act, done, url, lambda: self.proposal(proposal_id))


def proposal_values(gate):
    """Return what the list of achievements says about proposals."""
    found = gate.search("emulation.commendation", gate.person.proposed(), DOSSIER_FIELDS, limit=200)
    fetch_dossiers(found)
    return {
        "proposals": [proposal_row(proposal) for proposal in found],
        "may_nominate": bool(get_nomination_kind(gate)),
    }


def render_proposal(gate, title, values):
    crumbs = [(gate.env._("Achievements and initiatives"), ACHIEVEMENTS)]
    return gate.render("hr_emulation.portal_proposal", title, values, crumbs, tab="achievements")


def proposal_page(proposal):
    return {
        **proposal_row(proposal),
        "award_id": proposal.award_id.id,
        "summary": proposal.summary or "",
        "lines": paragraphs(proposal.summary),
        "date_from": fields.Date.to_string(proposal.period_from) or "",
        "date_to": fields.Date.to_string(proposal.period_to) or "",
        "period": " – ".join(filter(None, [day(proposal.period_from), day(proposal.period_to)])),
        "merits": proposal.achievement_ids.mapped("name"),
        "may_withdraw": proposal.id not in proposal._get_cannot_withdraw_reason(),
    }


# ----------------------------------------------------------------------------------------------------
# Whom, what for
# ----------------------------------------------------------------------------------------------------


def get_nomination_kind(gate):
    """Return ``unit`` or ``agency`` as the company of the person allows, False if it does not."""
    company = gate.records("res.company").browse(gate.person.employees[0][2])
    return company.emulation_nomination if company.emulation_nomination != "off" else False


def require_nomination_kind(gate):
    kind = get_nomination_kind(gate)
    if not kind:
        raise NotFound
    return kind


def colleagues_domain(person, kind):
    """Return the domain of the employees this person may propose: itself and, as the company allows, colleagues."""
    employee_id, _name, company_id = person.employees[0]
    colleagues = Domain("department_id", "in", person.unit_ids) if kind == "unit" else Domain.TRUE
    return Domain("company_id", "=", company_id) & (Domain("id", "=", employee_id) | colleagues)


def get_colleagues(gate, kind, search):
    """Return whom the form offers, names and units only: the person first, then colleagues by name."""
    employee_id, name, _company = gate.person.employees[0]
    rows = [{"id": employee_id, "name": name, "unit": ""}]
    if kind != "unit" and not search:
        return rows
    domain = colleagues_domain(gate.person, kind) & Domain("id", "!=", employee_id)
    domain &= get_words_domain("emulation_search_key", search)
    found = gate.search("hr.employee", domain, ["name", "current_version_id"], limit=SHOWN_COLLEAGUES)
    found.current_version_id.fetch(["department_id"])
    found.current_version_id.department_id.fetch(["name"])
    return rows + [
        {
            "id": employee.id,
            "name": employee.name,
            "unit": employee.current_version_id.department_id.name or "",
        }
        for employee in sorted(found, key=lambda employee: sort_key(employee.name))
    ]


def get_awards(gate, company_id):
    domain = Domain("company_id", "in", (company_id, False)) & Domain("subject_individual", "=", True)
    domain &= Domain("level", "in", ("internal", "grassroots"))
    found = gate.search("emulation.award", domain, ["name"])
    return [{"id": award.id, "name": award.name} for award in found]


def get_merits(gate, chosen=()):
    found = gate.search("emulation.achievement", gate.person.merits(), ["name"], limit=100)
    return [{"id": merit.id, "name": merit.name, "chosen": merit.id in chosen} for merit in found]


# ----------------------------------------------------------------------------------------------------
# Storing
# ----------------------------------------------------------------------------------------------------


def do_nominate(gate, kind):
    form = gate.form
    chosen = Domain("id", "=", form.id("employee") or 0) & colleagues_domain(gate.person, kind)
    colleague = gate.search("hr.employee", chosen)
    if not colleague:
        form.add_error("employee", gate.env._("Choose a colleague."))
    values = read_proposal(gate, own=colleague.id in gate.person.employee_ids)
    proposals = gate.records("emulation.commendation").with_company(colleague.company_id)
    recipient = {
        "recipient_type": "employee",
        "employee_id": colleague.id,
        "company_id": colleague.company_id.id,
    }
    proposals.create({**values, **recipient}).action_submit()


def store(gate, proposal):
    if proposal.state != "draft":
        gate.form.add_error("", gate.env._("It has been submitted and cannot be changed any more."))
        gate.form.check()
    own = proposal.employee_id.id in gate.person.employee_ids
    proposal.write(read_proposal(gate, own))
    if "hand_in" in gate.form:
        proposal.action_submit()


def read_proposal(gate, own):
    """Return the values of a proposal's form.

    :param bool own: the visitor proposes itself: own achievements may be attached
    :raises Refused: something is missing or was not on offer
    """
    form = gate.form
    offered = {str(row["id"]): row["id"] for row in get_awards(gate, gate.person.employees[0][2])}
    award = form.choice("award", offered)
    if not award:
        form.add_error("award", gate.env._("Choose an award."))
    summary = form.text("summary", SUMMARY_LENGTH, gate.env._("Say in a few sentences what for."))
    first, last = form.period()
    form.check()
    values = {
        "award_id": offered[award],
        "summary": summary,
        "period_from": first,
        "period_to": last,
    }
    if own:
        ticked = set(form.ids("merit"))
        merits = [row["id"] for row in get_merits(gate) if row["id"] in ticked]
        values["achievement_ids"] = [Command.set(merits)]
    return values
