from odoo import fields, http
from odoo.fields import Command, Domain
from werkzeug.exceptions import NotFound

from ...engine.typed import read_id, read_search
from ...engine.vietnamese import sort_key
from ...models.commendation import checks
from ...models.mixin.search_words import get_words_domain
from .evidence import attach
from .files import download
from .gate import PAGE, Gate, form_route
from .rows import DOSSIER_FIELDS, fetch_dossiers, file_values, paper_row, proposal_row
from .texts import day, paragraphs

NOMINATE = "/my/emulation/nominate"
PROPOSALS = "/my/emulation/proposals"
ACHIEVEMENTS = "/my/emulation/achievements"
SUMMARY_LENGTH, SECTION_LENGTH, REASON_LENGTH = 4000, 20_000, 500
SHOWN_COLLEAGUES = 50
# Kinds of commendation that no campaign gives; which they are decides what the report has to speak of.
TYPES = ("ad_hoc", "career", "external")
WITH_DAY = ("ad_hoc",)  # those that are about one day
LONG = frozenset({"results", "career"})
# What the form needs of an agency, in one query.
AGENCY_FIELDS = [
    *("emulation_nomination", "emulation_agency_kind_id", "emulation_sector", "emulation_rulebook_id"),
    "emulation_evidence_size",
]


class Proposals(http.Controller):
    """Propose oneself, a colleague or the unit one heads: begin a draft, write the dossier, hand it in, follow it, take
    it back.
    """

    @http.route(NOMINATE, **PAGE)
    def nominate(self, search="", unit="", **_query):
        """Begin a proposal of oneself or a colleague; with ``unit`` of a unit the visitor heads."""
        gate = Gate.enter()
        kind = require_nomination_kind(gate)
        search = read_search(search)
        gate.throttle("colleagues", limit=60)
        unit = find_unit(gate, unit) if unit else gate.records("hr.department")
        company_id = get_company_id(gate, unit)
        year = gate.today.year
        period = {"date_from": f"{year}-01-01", "date_to": f"{year}-12-31"}
        blank = {"id": 0, "award": 0, "campaign_id": 0, "summary": "", "is_open": True, **period}
        values = {
            "search": search,
            "proposal": {**blank, "unit_id": unit.id, "recipient": unit.name},
            "units": get_units(gate),
            "colleagues": [] if unit else get_colleagues(gate, kind, search),
            "awards": get_awards(gate, company_id, subject="collective" if unit else "individual"),
            "campaigns": get_campaigns(gate, company_id),
            "types": get_types(gate),
            "merits": get_merits(gate, unit=unit),
        }
        return render_proposal(gate, gate.env._("Propose an award"), values)

    @form_route(f"{NOMINATE}/send", back=NOMINATE)
    def send(self, **_form):
        """Begin a proposal as a draft; with ``hand_in`` hand it in at once."""
        gate = Gate.enter()
        kind = require_nomination_kind(gate)
        unit = find_unit(gate, gate.form.id("unit")) if "unit" in gate.form else gate.records("hr.department")
        gate.throttle("nominate", limit=20)
        made = []
        return gate.act(
            lambda: made.append(do_nominate(gate, kind, unit)),
            lambda: get_outcome(gate, made[0]),
            lambda: f"{PROPOSALS}/{made[0].id}",
            lambda: self.nominate(unit=unit.id),
        )

    @http.route(f"{PROPOSALS}/<int:proposal_id>", **PAGE)
    def proposal(self, proposal_id, **_query):
        gate = Gate.enter()
        proposal = gate.find("emulation.commendation", proposal_id, gate.person.proposed())
        proposal.company_id.fetch(AGENCY_FIELDS)
        fetch_dossiers(proposal)
        page = proposal_page(gate, proposal)
        unit, is_open = proposal.department_id, page["is_open"]
        own = unit or proposal.employee_id.id in gate.person.employee_ids
        chosen = proposal.achievement_ids.ids
        company_id = proposal.company_id.id
        awards = get_awards(gate, company_id, proposal.award_id, proposal.subject) if is_open else []
        values = {
            "search": "",
            "units": [],
            "colleagues": [],
            "proposal": page,
            "awards": awards,
            "campaigns": get_campaigns(gate, company_id) if is_open else [],
            "types": get_types(gate),
            "merits": get_merits(gate, chosen, unit) if is_open and own else [],
            **file_values(proposal.company_id),
        }
        return render_proposal(gate, proposal.award_id.name, values)

    @form_route(f"{PROPOSALS}/<int:proposal_id>/save", back=f"{PROPOSALS}/{{proposal_id}}")
    def save(self, proposal_id, **_form):
        """Change a draft; with ``hand_in`` also hand it in; take it back to correct it, or withdraw it for good."""
        gate = Gate.enter()
        proposal = gate.find("emulation.commendation", proposal_id, gate.person.proposing())
        gate.throttle("nominate", limit=20)
        if "withdraw" in gate.form:
            act, done = proposal.action_withdraw, gate.env._("The proposal is withdrawn.")
        elif "take_back" in gate.form:
            act, done = proposal.action_take_back, gate.env._("The proposal is a draft of yours again.")
        else:
            act = lambda: store(gate, proposal)  # noqa: E731
            done = lambda: get_outcome(gate, proposal)  # noqa: E731
        url = f"{PROPOSALS}/{proposal.id}"
        return gate.act(act, done, url, lambda: self.proposal(proposal_id))

    @http.route(f"{PROPOSALS}/<int:proposal_id>/receipt", **PAGE)
    def receipt(self, proposal_id, **_query):
        """Download the receipt of a proposal that was handed in."""
        gate = Gate.enter()
        handed_in = (
            gate.person.proposed() & Domain("submitted_on", "!=", False) & Domain("state", "!=", "draft")
        )
        proposal = gate.find("emulation.commendation", proposal_id, handed_in)
        gate.throttle("print", limit=20)
        receipts = gate.records("emulation.receipt")
        name = f"tiep-nhan-{receipts._get_number(proposal).replace('/', '-')}.pdf"
        return download(receipts._get_pdf(proposal), name, "application/pdf")

    @form_route("/my/emulation/papers/<int:paper_id>/evidence", back=ACHIEVEMENTS)
    def evidence(self, paper_id, **_form):
        """Attach files to a paper of the checklist."""
        gate = Gate.enter()
        own = Domain("commendation_id", "any", gate.person.proposing())
        paper = gate.find("emulation.commendation.paper", paper_id, own)
        proposal = paper.commendation_id
        return gate.act(
            lambda: attach(gate, paper, paper.company_id, proposal.state == "draft"),
            gate.env._("The file is attached."),
            f"{PROPOSALS}/{proposal.id}#papers",
            lambda: self.proposal(proposal.id),
        )


def get_outcome(gate, proposal):
    """Say what became of a proposal that was sent."""
    number = gate.records("emulation.receipt")._get_number(proposal)
    if not number and proposal.report_ids._get_kept():
        return gate.env._(
            "Saved as a draft. What you wrote in sections of another kind of report is kept below."
        )
    if not number:
        return gate.env._("Saved as a draft.")
    return gate.env._("The proposal is submitted. It was received under number %(number)s.", number=number)


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


def proposal_page(gate, proposal):
    report = proposal.report_ids[:1]
    may_write = not proposal.department_id or proposal.department_id.id in gate.person.led_ids
    is_open = may_write and proposal.state == "draft"
    return {
        **proposal_row(proposal),
        "is_open": is_open,
        "unit_id": proposal.department_id.id,
        "award_id": proposal.award_id.id,
        "campaign_id": proposal.campaign_id.id,
        "commendation_type": proposal.commendation_type,
        "achieved_on": fields.Date.to_string(proposal.achieved_on) or "",
        "period_reason": proposal.period_reason or "",
        "summary": proposal.summary or "",
        "lines": paragraphs(proposal.summary),
        "date_from": fields.Date.to_string(proposal.period_from) or "",
        "date_to": fields.Date.to_string(proposal.period_to) or "",
        "period": " – ".join(filter(None, [day(proposal.period_from), day(proposal.period_to)])),
        "merits": proposal.achievement_ids.mapped("name"),
        "may_withdraw": may_write and proposal.can_withdraw,
        "may_take_back": may_write and proposal.can_take_back,
        "number": gate.records("emulation.receipt")._get_number(proposal),
        "papers": [paper_row(paper) for paper in proposal.paper_ids],
        "report": get_report(gate, report) if report else [],
        "kept": get_kept(gate, report) if report and is_open else [],
        "report_url": f"/my/emulation/dossiers/{proposal.id}/report" if report else "",
        "findings": get_findings(gate, proposal),
        "missing": get_missing(gate, proposal) if is_open else [],
    }


def get_labels(gate, report):
    """Return {section: what to write there}, of a person or of a unit."""
    is_person = report.commendation_id.subject == "individual"
    return {
        "background": gate.env._("Who it is about") if is_person else gate.env._("What unit it is"),
        "duties": gate.env._("Duties and tasks"),
        "career": gate.env._("Posts held, from when to when"),
        "results": gate.env._("What was achieved, with figures"),
        "initiatives": gate.env._("Initiatives and projects"),
        "influence": gate.env._("Whom it helped or moved, how far it was known"),
        "ratings": gate.env._("Yearly ratings"),
        "awards": gate.env._("Earlier awards, with number and date of the decision"),
        "discipline": gate.env._("Disciplines in this time, or none"),
    }


def get_report(gate, report):
    """Return the sections the report has, in the order printed."""
    labels = get_labels(gate, report)
    return [
        {"name": name, "label": labels[name], "text": report[name] or "", "rows": 8 if name in LONG else 4}
        for name in report._get_headings()
    ]


def get_kept(gate, report):
    """Return what was written in sections that a report of this kind does not have."""
    labels = get_labels(gate, report)
    return [
        {"name": name, "label": labels[name], "lines": paragraphs(text)}
        for name, text in report._get_kept().items()
    ]


def get_findings(gate, proposal):
    """Return what the rule book says: all of it of oneself and of who one leads, of a colleague only what is asked."""
    person = gate.person
    is_close = proposal.employee_id.id in person.employee_ids or proposal.unit_id.id in person.headed_ids
    return gate.records("emulation.appraisal")._list_findings(proposal, is_close=is_close)


def get_missing(gate, proposal):
    """Return in words what a draft still lacks before it can be handed in, and what the rule asks for later."""
    missing = list(checks.content_is_missing(proposal).values())
    later = gate.env._("needed later")
    missing += [
        paper.paper_id.name if paper.due_at == "submit" else f"{paper.paper_id.name} ({later})"
        for paper in proposal.paper_ids
        if not paper.is_there and not paper.is_waived
    ]
    return missing


# ----------------------------------------------------------------------------------------------------
# Whom, what for
# ----------------------------------------------------------------------------------------------------


def get_nomination_kind(gate):
    """Return ``unit`` or ``agency`` as the company of the person allows, False if it does not."""
    company = gate.records("res.company").browse(gate.person.employees[0][2])
    company.fetch(AGENCY_FIELDS)
    return company.emulation_nomination if company.emulation_nomination != "off" else False


def require_nomination_kind(gate):
    kind = get_nomination_kind(gate)
    if not kind:
        raise NotFound
    return kind


def find_unit(gate, unit_id):
    """Return a unit the visitor heads directly.

    :raises NotFound: it is another's, or none
    """
    return gate.find(
        "hr.department", read_id(unit_id), Domain("id", "in", gate.person.led_ids), ["name", "company_id"]
    )


def get_units(gate):
    """Return the units the visitor may propose: those it heads directly."""
    units = gate.search("hr.department", Domain("id", "in", gate.person.led_ids), ["name"])
    return [{"id": unit.id, "name": unit.name} for unit in units]


def get_company_id(gate, unit):
    """Return whose proposal it is: of the unit's agency, else of the visitor's."""
    return unit.company_id.id or gate.person.employees[0][2]


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


def get_awards(gate, company_id, chosen=None, subject="individual"):
    """Return the awards that fit the agency and the subject; the one a draft has stays on offer."""
    company = gate.records("res.company").browse(company_id)
    found = gate.records("emulation.award")._get_fitting(company, subject)
    return [{"id": award.id, "name": award.name} for award in (found | chosen if chosen else found)]


def get_campaigns(gate, company_id):
    """Return the campaigns a proposal may come from: those of the person's audience that run or ended this year."""
    domain = gate.person.audience() & Domain("company_id", "=", company_id)
    domain &= Domain("date_end", "=", False) | Domain("date_end", ">=", gate.today.replace(month=1, day=1))
    found = gate.search("emulation.campaign", domain, ["name"], limit=SHOWN_COLLEAGUES)
    return [{"id": campaign.id, "name": campaign.name} for campaign in found]


def get_types(gate):
    labels = dict(
        gate.records("emulation.commendation")._fields["commendation_type"]._description_selection(gate.env)
    )
    return [{"value": value, "name": labels[value], "has_day": value in WITH_DAY} for value in TYPES]


def get_merits(gate, chosen=(), unit=None):
    """Return the achievements a proposal may rest on: the visitor's own, or those of a unit it heads."""
    found = gate.search(
        "emulation.achievement", gate.person.merits(unit.id if unit else None), ["name"], limit=100
    )
    return [{"id": merit.id, "name": merit.name, "chosen": merit.id in chosen} for merit in found]


# ----------------------------------------------------------------------------------------------------
# Storing
# ----------------------------------------------------------------------------------------------------


def do_nominate(gate, kind, unit):
    """Make a draft, its report begun from the registers; return it.

    :param unit: the unit proposed; empty for a person, whom the form names
    """
    recipient = get_recipient(gate, unit) if unit else read_recipient(gate, kind)
    own = recipient.get("employee_id") in gate.person.employee_ids
    values = read_proposal(gate, own, unit, recipient["company_id"])
    proposals = gate.records("emulation.commendation").with_company(recipient["company_id"])
    proposal = proposals.create({**values, **recipient})
    is_led = proposal.unit_id.id in gate.person.headed_ids
    gate.records("emulation.achievement.report")._begin(proposal, with_ratings=own or is_led)
    finish(gate, proposal)
    return proposal


def get_recipient(gate, unit):
    return {
        "recipient_type": "department",
        "department_id": unit.id,
        "company_id": get_company_id(gate, unit),
    }


def read_recipient(gate, kind):
    """Return for whom the form is; who may not be proposed is said at its field."""
    chosen = Domain("id", "=", gate.form.id("employee") or 0) & colleagues_domain(gate.person, kind)
    colleague = gate.search("hr.employee", chosen)
    if not colleague:
        gate.form.add_error("employee", gate.env._("Choose a colleague."))
    return {
        "recipient_type": "employee",
        "employee_id": colleague.id,
        "company_id": colleague.company_id.id or gate.person.employees[0][2],
    }


def store(gate, proposal):
    if proposal.state != "draft":
        gate.form.add_error("", gate.env._("It has been submitted and cannot be changed any more."))
        gate.form.check()
    unit = proposal.department_id
    own = proposal.employee_id.id in gate.person.employee_ids
    values = read_proposal(gate, own, unit, proposal.company_id.id, proposal.award_id)
    report = gate.records("emulation.achievement.report")._begin(proposal, with_ratings=own or bool(unit))
    sections = read_sections(gate, report)
    gate.form.check()
    report.write(sections)
    proposal.write(values)
    finish(gate, proposal)


def read_sections(gate, report):
    """Return {section: text} of the report as the form has it; kept texts go where the form says."""
    form, headings = gate.form, report._get_headings()
    sections = {name: form.text(name, SECTION_LENGTH) for name in headings if name in form}
    for name, text in report._get_kept().items():
        move = f"move-{name}"
        target = form.choice(move, headings)
        if target:
            before = sections.get(target, report[target])
            sections.update({target: "\n".join(filter(None, (before, text))), name: False})
            if len(sections[target]) > SECTION_LENGTH:
                too_long = gate.env._("This is longer than %(limit)s letters.", limit=SECTION_LENGTH)
                form.add_error(move, too_long)
    return sections


def finish(gate, proposal):
    """Ask the rule book, and with ``hand_in`` hand the draft in: received under a number, told by mail."""
    appraisal = gate.records("emulation.appraisal")
    appraisal._judge(proposal)
    if "hand_in" not in gate.form:
        return
    for entry in (proposal.finding_snapshot or {}).get("duplicates", []):
        if entry["certain"]:
            text = gate.env._("This was proposed or commended already: %(earlier)s.", earlier=entry["label"])
            gate.form.add_error("award", text)
    gate.form.check()
    proposal.action_submit()
    gate.records("emulation.news")._tell_receipt(proposal)


def read_proposal(gate, own, unit, company_id, chosen=None):
    """Return the values of a proposal's form.

    :param bool own: the visitor proposes itself: own achievements may be attached
    :param unit: the unit it is about, whose achievements may be attached; empty for a person
    :param chosen: the award a draft has
    :raises Refused: something is missing or was not on offer
    """
    form, subject = gate.form, "collective" if unit else "individual"
    offered = {str(row["id"]): row["id"] for row in get_awards(gate, company_id, chosen, subject)}
    award = form.choice("award", offered)
    if not award:
        form.add_error("award", gate.env._("Choose an award."))
    campaigns = {str(row["id"]): row["id"] for row in get_campaigns(gate, company_id)}
    summary = form.text("summary", SUMMARY_LENGTH, gate.env._("Say in a few sentences what for."))
    first, last = form.period()
    kind = form.choice("commendation_type", TYPES)
    has_day = kind in WITH_DAY
    achieved_on = has_day and form.date("achieved_on", gate.env._("Give the day of the achievement."))
    if achieved_on and achieved_on > gate.today:
        form.add_error("achieved_on", gate.env._("This day is yet to come."))
    form.check()
    campaign = campaigns.get(form.choice("campaign", campaigns), False)
    values = {
        "award_id": offered[award],
        "campaign_id": campaign,
        "commendation_type": kind or get_usual_type(gate, offered[award], campaign),
        "achieved_on": achieved_on,
        "period_reason": form.line("period_reason", REASON_LENGTH),
        "summary": summary,
        "period_from": first,
        "period_to": last,
    }
    check_offer(gate, values)
    if own or unit:
        ticked = set(form.ids("merit"))
        merits = [row["id"] for row in get_merits(gate, unit=unit) if row["id"] in ticked]
        values["achievement_ids"] = [Command.set(merits)]
    return values


def get_usual_type(gate, award_id, campaign_id):
    award = gate.records("emulation.award").browse(award_id)
    campaign = gate.records("emulation.campaign").browse(campaign_id or ())
    return award._get_usual_type(campaign)


def check_offer(gate, values):
    """A campaign that says which awards it offers gives no other; a title is for the regular work of a year.

    :raises Refused: the award is not one of them, or does not go with the kind of commendation
    """
    award = gate.records("emulation.award").browse(values["award_id"])
    if award.kind == "title" and values["commendation_type"] in TYPES:
        text = gate.env._("A title is for the work of a year: leave it as the campaign has it.")
        gate.form.add_error("commendation_type", text)
    campaign = gate.records("emulation.campaign").browse(values["campaign_id"] or ())
    offered = campaign.award_line_ids.award_id
    if offered and values["award_id"] not in offered.ids:
        names = ", ".join(offered.mapped("name"))
        gate.form.add_error("award", gate.env._("This campaign offers: %(names)s.", names=names))
    gate.form.check()
