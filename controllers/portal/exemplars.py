from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain

from .gate import PAGE, Gate, form_route
from .texts import day, word

EXEMPLARS = "/my/emulation/exemplars"
MOST = 100
NAME_LENGTH, TEXT_LENGTH = 200, 4000


class Exemplars(http.Controller):
    """Nominate a model: a colleague of one's unit, oneself, one's unit; follow it; agree to the own story."""

    @http.route(EXEMPLARS, **PAGE)
    def exemplars(self, **_query):
        gate = Gate.enter()
        mine = Domain("create_uid", "=", gate.env.uid) & Domain("company_id", "in", gate.person.company_ids)
        names = [
            "name",
            "state",
            "reason",
            "recipient_type",
            "recipient_name",
            "employee_id",
            "department_id",
        ]
        found = gate.search("emulation.exemplar", mine, names, limit=MOST)
        found.employee_id.fetch(["name"])
        found.department_id.fetch(["name"])
        values = {
            "nominated": [
                {
                    "name": story.name,
                    "recipient": story._get_recipient_name(),
                    "state": story.state,
                    "state_name": word(story, "state"),
                    "reason": story.reason or "",
                }
                for story in found
            ],
            "about_me": list_own_stories(gate),
            "helped": list_helped(gate),
            "wording": gate.env["emulation.consent"]._get_wording("exemplar"),
            "candidates": get_candidates(gate),
            "campaigns": [{"id": campaign.id, "name": campaign.name} for campaign in find_campaigns(gate)],
        }
        title = gate.env._("Nominate an exemplary model")
        return gate.render("hr_emulation.portal_exemplars", title, values, tab="achievements")

    @form_route(f"{EXEMPLARS}/save", back=EXEMPLARS)
    def save(self, **_form):
        gate = Gate.enter()
        gate.throttle("exemplar", limit=20)
        return gate.act(
            lambda: do_nominate(gate), gate.env._("Nominated. Thank you."), EXEMPLARS, self.exemplars
        )

    @form_route(f"{EXEMPLARS}/<int:exemplar_id>/consent", back=EXEMPLARS)
    def consent(self, exemplar_id, **_form):
        """Agree that the own story is told, or take that back; only the person itself can."""
        gate = Gate.enter()
        story = gate.find("emulation.exemplar", exemplar_id, own_stories(gate))
        gate.throttle("consent", limit=20)
        agreed = bool(gate.form.choice("consent", ("1", "on")))
        done = gate.env._("Your story may be told.") if agreed else gate.env._("You are not shown.")
        return gate.act(lambda: do_consent(story, agreed), done, EXEMPLARS, self.exemplars)


def own_stories(gate):
    """Return the domain of the stories about this person that somebody handed in."""
    return Domain("employee_id", "in", gate.person.employee_ids) & Domain("state", "!=", "draft")


def list_own_stories(gate):
    """Return what the page shows of the stories about this person, and whether the person agreed."""
    names = ["name", "story", "state", "consent_date"]
    return [
        {
            "id": story.id,
            "name": story.name,
            "story": (story.story or "").splitlines(),
            "state": story.state,
            "state_name": word(story, "state"),
            "is_agreed": bool(story.consent_date),
            "may_agree": story.state != "published" and not story.consent_date,
            "may_take_back": story.state == "published",
        }
        for story in gate.search("emulation.exemplar", own_stories(gate), names, limit=MOST)
    ]


def list_helped(gate):
    """Return the steps this person is asked to help with and that are not done yet, the next first."""
    mine = Domain("helper_id", "in", gate.person.employee_ids) & Domain("is_done", "=", False)
    names = ["name", "date", "note", "exemplar_id"]
    steps = gate.search("emulation.exemplar.step", mine, names, limit=MOST, order="date, id")
    steps.exemplar_id.fetch(["name"])
    return [
        {
            "name": step.name,
            "story": step.exemplar_id.name,
            "date": day(step.date),
            "is_late": step.date < gate.today,
            "note": step.note or "",
        }
        for step in steps
    ]


def do_consent(story, agreed):
    if agreed:
        story.action_agree()
    else:
        story.action_withdraw_consent()


def find_campaigns(gate):
    launched = gate.person.audience() & Domain("state", "=", "launched")
    return gate.search("emulation.campaign", launched, ["name"], limit=MOST)


def get_candidates(gate):
    """Return whom this person may nominate: the units worked in or headed, and the people of these units."""
    person = gate.person
    units = gate.search(
        "hr.department", Domain("id", "in", person.unit_ids + person.led_ids), ["name", "company_id"]
    )
    people = gate.search(
        "hr.employee",
        Domain("department_id", "in", units.ids) & Domain("company_id", "in", person.company_ids),
        ["name"],
        limit=MOST,
        order="name",
    )
    return [
        *({"key": f"department:{unit.id}", "name": unit.name} for unit in units),
        *({"key": f"employee:{employee.id}", "name": employee.name} for employee in people),
    ]


def do_nominate(gate):
    form, env = gate.form, gate.env
    chosen = form.choice("candidate", {entry["key"] for entry in get_candidates(gate)})
    campaigns = {str(campaign.id): campaign for campaign in find_campaigns(gate)}
    campaign = campaigns.get(form.choice("campaign", campaigns))
    values = {
        "name": form.line("name", NAME_LENGTH, env._("Give it a title.")),
        "story": form.text("story", TEXT_LENGTH, env._("Say what others can learn from it.")),
    }
    form.check()
    if not chosen:
        raise UserError(env._("Choose a person or unit."))
    kind, _colon, record_id = chosen.partition(":")
    company = gate.records({"employee": "hr.employee", "department": "hr.department"}[kind])
    company = company.browse(int(record_id)).company_id
    story = gate.records("emulation.exemplar").create(
        {
            **values,
            "recipient_type": kind,
            f"{kind}_id": int(record_id),
            "company_id": company.id or gate.person.employees[0][2],
            "campaign_id": campaign.id if campaign and campaign.company_id == company else False,
        }
    )
    story.action_nominate()
