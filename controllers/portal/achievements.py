from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from ...printing.evidence import MAGIC_NAMES
from .evidence import EmulationEvidence
from .texts import day, paragraphs, typed, word

TEXTS = {"name": 200, "description": 4000}
ROW_FIELDS = [
    *("name", "kind", "state", "date_from", "date_to", "reach", "recognition_number", "refusal_reason"),
]
DATES = ("date_from", "date_to")


class EmulationAchievements(EmulationEvidence):
    """Achievements and initiatives: declare, edit while a draft, hand in, follow."""

    @http.route("/my/emulation/achievements", type="http", auth="user", website=True, readonly=True)
    def emulation_achievements(self, **_query):
        person = self._emulation_person()
        # Sudoed: portal users have no access rights; the domain is the visitor's own records.
        found = request.env["emulation.achievement"].sudo().search_fetch(person.own(), ROW_FIELDS, limit=200)
        values = {"achievements": [self._emulation_achievement_row(achievement) for achievement in found]}
        values.update(self._emulation_proposal_values(person))
        title = request.env._("Achievements and initiatives")
        return self._emulation_render(
            "hr_emulation.portal_achievements", title, values, tab="achievements", person=person
        )

    def _emulation_proposal_values(self, person):
        """What the page says about proposals; their door adds it."""
        return {"proposals": [], "may_nominate": False}

    def _emulation_achievement_row(self, achievement):
        return {
            "id": achievement.id,
            "url": f"/my/emulation/achievements/{achievement.id}",
            "name": achievement.name,
            "kind": achievement.kind,
            "kind_name": word(achievement, "kind"),
            "state": achievement.state,
            "state_name": word(achievement, "state"),
            "period": " – ".join(filter(None, [day(achievement.date_from), day(achievement.date_to)])),
            "reach": word(achievement, "reach"),
            "recognition": achievement.recognition_number or "",
            "reason": achievement.refusal_reason or "",
        }

    @http.route("/my/emulation/achievements/new", type="http", auth="user", website=True, readonly=True)
    def emulation_achievement_new(self, **_query):
        person = self._emulation_person()
        empty = {
            "id": 0,
            "name": "",
            "kind": "achievement",
            "description": "",
            "date_from": "",
            "date_to": "",
        }
        return self._emulation_achievement_form(person, request.env._("Declare an achievement"), empty)

    @http.route(
        "/my/emulation/achievements/<int:achievement_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def emulation_achievement(self, achievement_id, **_query):
        person = self._emulation_person()
        achievement = self._emulation_find("emulation.achievement", achievement_id, person.own())
        values = {
            **self._emulation_achievement_row(achievement),
            "description": achievement.description or "",
            "lines": paragraphs(achievement.description),
            "date_from": fields.Date.to_string(achievement.date_from) or "",
            "date_to": fields.Date.to_string(achievement.date_to) or "",
            "evidence": [
                {"id": attachment.id, "name": attachment.name} for attachment in achievement.evidence_ids
            ],
        }
        return self._emulation_achievement_form(person, achievement.name, values)

    def _emulation_achievement_form(self, person, title, achievement):
        kinds = request.env["emulation.achievement"]._fields["kind"]._description_selection(request.env)
        values = {
            "achievement": achievement,
            "kinds": kinds,
            "accept": ",".join(f".{name}" for name in MAGIC_NAMES),
        }
        crumbs = [(request.env._("Achievements and initiatives"), "/my/emulation/achievements")]
        return self._emulation_render(
            "hr_emulation.portal_achievement", title, values, crumbs, tab="achievements", person=person
        )

    @http.route("/my/emulation/achievements/save", type="http", auth="user", website=True, methods=["POST"])
    def emulation_achievement_create(self, **form):
        person = self._emulation_person()
        self._emulation_throttle("achievement", limit=30)
        # Sudoed: portal users have no access rights; the recipient is the visitor itself.
        achievements = request.env["emulation.achievement"].sudo()
        employee_id, _name, company_id = person.employees[0]
        created = []

        def create():
            created.append(
                achievements.with_company(company_id).create(
                    {
                        **self._emulation_achievement_values(form),
                        "recipient_type": "employee",
                        "employee_id": employee_id,
                        "company_id": company_id,
                    }
                )
            )

        answer = self._emulation_act(
            "/my/emulation/achievements/new", request.env._("Saved as a draft."), create
        )
        return (
            request.redirect(f"/my/emulation/achievements/{created[0].id}", code=303) if created else answer
        )

    @http.route(
        "/my/emulation/achievements/<int:achievement_id>/save",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def emulation_achievement_save(self, achievement_id, **form):
        """Change a draft; with ``hand_in`` also hand it in."""
        person = self._emulation_person()
        achievement = self._emulation_find("emulation.achievement", achievement_id, person.own())
        self._emulation_throttle("achievement", limit=30)
        done = request.env._("Handed in.") if "hand_in" in form else request.env._("Saved.")
        return self._emulation_act(
            f"/my/emulation/achievements/{achievement.id}",
            done,
            lambda: self._emulation_store_achievement(achievement, form),
        )

    def _emulation_store_achievement(self, achievement, form):
        if achievement.state != "draft":
            raise UserError(request.env._("It has been handed in and cannot be changed any more."))
        achievement.write(self._emulation_achievement_values(form))
        if "hand_in" in form:
            achievement.action_submit()

    def _emulation_achievement_values(self, form):
        values = {name: typed(form.get(name), limit) for name, limit in TEXTS.items()}
        if not values["name"]:
            raise UserError(request.env._("Give it a name."))
        kinds = dict(request.env["emulation.achievement"]._fields["kind"].selection)
        values["kind"] = form.get("kind") if form.get("kind") in kinds else "achievement"
        values.update({name: self._emulation_date(form.get(name)) for name in DATES})
        if values["date_from"] and values["date_to"] and values["date_to"] < values["date_from"]:
            raise UserError(request.env._("It cannot end before it starts."))
        return values

    def _emulation_date(self, text):
        try:
            return fields.Date.to_date(text) if text else False
        except ValueError as error:
            raise UserError(request.env._("%(text)s is not a date.", text=text[:20])) from error

    @http.route(
        "/my/emulation/achievements/<int:achievement_id>/evidence",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def emulation_achievement_evidence(self, achievement_id, **_form):
        person = self._emulation_person()
        achievement = self._emulation_find("emulation.achievement", achievement_id, person.own())
        return self._emulation_act(
            f"/my/emulation/achievements/{achievement.id}",
            request.env._("The file is attached."),
            lambda: self._emulation_attach(achievement, achievement.company_id, achievement.state == "draft"),
        )
