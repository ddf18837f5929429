from odoo import fields, http
from odoo.exceptions import UserError

from .evidence import attach
from .gate import PAGE, Gate, form_route
from .proposals import proposal_values
from .rows import achievement_row, evidence_rows, file_values
from .texts import paragraphs

ACHIEVEMENTS = "/my/emulation/achievements"
NAME_LENGTH, TEXT_LENGTH = 200, 4000
ROW_FIELDS = [
    *("name", "kind", "state", "date_from", "date_to", "reach", "recognition_number", "refusal_reason"),
]
NEW = {"id": 0, "name": "", "kind": "achievement", "description": "", "date_from": "", "date_to": ""}


class Achievements(http.Controller):
    """Achievements and initiatives: declare, edit while a draft, hand in, follow."""

    @http.route(ACHIEVEMENTS, **PAGE)
    def achievements(self, **_query):
        gate = Gate.enter()
        found = gate.search("emulation.achievement", gate.person.own(), ROW_FIELDS, limit=200)
        values = {"achievements": [achievement_row(achievement) for achievement in found]}
        values.update(proposal_values(gate))
        title = gate.env._("Achievements and initiatives")
        return gate.render("hr_emulation.portal_achievements", title, values, tab="achievements")

    @http.route(f"{ACHIEVEMENTS}/new", **PAGE)
    def new(self, **_query):
        gate = Gate.enter()
        return render_achievement(gate, gate.env._("Declare an achievement"), NEW)

    @http.route(f"{ACHIEVEMENTS}/<int:achievement_id>", **PAGE)
    def achievement(self, achievement_id, **_query):
        gate = Gate.enter()
        achievement = gate.find("emulation.achievement", achievement_id, gate.person.own())
        values = {
            **achievement_row(achievement),
            "description": achievement.description or "",
            "lines": paragraphs(achievement.description),
            "date_from": fields.Date.to_string(achievement.date_from) or "",
            "date_to": fields.Date.to_string(achievement.date_to) or "",
            "evidence": evidence_rows(achievement.evidence_ids),
        }
        return render_achievement(gate, achievement.name, values)

    @form_route(f"{ACHIEVEMENTS}/save", back=f"{ACHIEVEMENTS}/new")
    def declare(self, **_form):
        gate = Gate.enter()
        gate.throttle("achievement", limit=30)
        employee_id, _name, company_id = gate.person.employees[0]
        achievements = gate.records("emulation.achievement").with_company(company_id)
        created = []

        def act():
            values = read_achievement(gate.form)
            owner = {"recipient_type": "employee", "employee_id": employee_id, "company_id": company_id}
            created.append(achievements.create({**values, **owner}))

        return gate.act(
            act, gate.env._("Saved as a draft."), lambda: f"{ACHIEVEMENTS}/{created[0].id}", self.new
        )

    @form_route(f"{ACHIEVEMENTS}/<int:achievement_id>/save", back=f"{ACHIEVEMENTS}/{{achievement_id}}")
    def save(self, achievement_id, **_form):
        """Change a draft; with ``hand_in`` also hand it in."""
        gate = Gate.enter()
        achievement = gate.find("emulation.achievement", achievement_id, gate.person.own())
        gate.throttle("achievement", limit=30)
        return gate.act(
            lambda: store(gate.form, achievement),
            gate.env._("Submitted for recognition.") if "hand_in" in gate.form else gate.env._("Saved."),
            f"{ACHIEVEMENTS}/{achievement.id}",
            lambda: self.achievement(achievement_id),
        )

    @form_route(f"{ACHIEVEMENTS}/<int:achievement_id>/evidence", back=f"{ACHIEVEMENTS}/{{achievement_id}}")
    def evidence(self, achievement_id, **_form):
        gate = Gate.enter()
        achievement = gate.find("emulation.achievement", achievement_id, gate.person.own())
        return gate.act(
            lambda: attach(gate, achievement, achievement.company_id, achievement.state == "draft"),
            gate.env._("The file is attached."),
            f"{ACHIEVEMENTS}/{achievement.id}",
            lambda: self.achievement(achievement_id),
        )


def render_achievement(gate, title, achievement):
    kinds = gate.env["emulation.achievement"]._fields["kind"]._description_selection(gate.env)
    company = gate.records("res.company").browse(gate.person.employees[0][2])
    values = {"achievement": achievement, "kinds": kinds, **file_values(company)}
    crumbs = [(gate.env._("Achievements and initiatives"), ACHIEVEMENTS)]
    return gate.render("hr_emulation.portal_achievement", title, values, crumbs, tab="achievements")


def store(form, achievement):
    if achievement.state != "draft":
        raise UserError(form.env._("It has been submitted and cannot be changed any more."))
    achievement.write(read_achievement(form))
    if "hand_in" in form:
        achievement.action_submit()


def read_achievement(form):
    """Return the values of an achievement's form.

    :raises Refused: something is missing or cannot be read
    """
    kinds = dict(form.env["emulation.achievement"]._fields["kind"].selection)
    first, last = form.period()
    values = {
        "name": form.line("name", NAME_LENGTH, form.env._("Give it a name.")),
        "description": form.text("description", TEXT_LENGTH),
        "kind": form.choice("kind", kinds, "achievement"),
        "date_from": first,
        "date_to": last,
    }
    form.check()
    return values
