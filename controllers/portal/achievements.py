from odoo import fields, http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request
from werkzeug.exceptions import NotFound

from ...engine.evidence import MAGIC_NAMES
from ...engine.vietnamese import sort_key
from .evidence import EmulationEvidence
from .texts import day, matches, paragraphs, word

TEXTS = {"name": 200, "description": 4000}
DATES = ("date_from", "date_to")


class EmulationAchievements(EmulationEvidence):
    """Achievements and initiatives: declare, edit while a draft, hand in, follow; propose oneself or a colleague."""

    @http.route("/my/emulation/achievements", type="http", auth="user", website=True, readonly=True)
    def emulation_achievements(self, **_query):
        person = self._emulation_person()
        # Sudoed: portal users have no access rights; the domain is the visitor's own records.
        found = request.env["emulation.achievement"].sudo().search(person.own(), limit=200)
        proposals = (
            request.env["emulation.commendation"].sudo().search(self._emulation_proposed(person), limit=200)
        )
        values = {
            "achievements": [self._emulation_achievement_row(achievement) for achievement in found],
            "proposals": [
                {
                    "award": proposal.award_id.name,
                    "recipient": proposal._get_recipient_name(),
                    "state": proposal.state,
                    "state_name": word(proposal, "state"),
                    "reason": proposal.reason or "",
                }
                for proposal in proposals
            ],
            "may_nominate": bool(self._emulation_nomination_kind(person)),
        }
        title = request.env._("Achievements and initiatives")
        return self._emulation_render(
            "hr_emulation.portal_achievements", title, values, tab="achievements", person=person
        )

    def _emulation_proposed(self, person):
        return Domain("proposer_id", "=", person.user_id) & Domain("company_id", "in", person.company_ids)

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
        employee = request.env["hr.employee"].sudo().browse(person.employee_ids[0])
        created = []

        def create():
            created.append(
                achievements.with_company(employee.company_id).create(
                    {
                        **self._emulation_achievement_values(form),
                        "recipient_type": "employee",
                        "employee_id": employee.id,
                        "company_id": employee.company_id.id,
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
        values = {name: (form.get(name) or "").strip()[:limit] for name, limit in TEXTS.items()}
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

    # ------------------------------------------------------------------------------------------------
    # Nominations
    # ------------------------------------------------------------------------------------------------

    def _emulation_nomination_kind(self, person):
        """Return ``unit`` or ``agency`` as the company of the person allows, False if it does not."""
        # Sudoed: one setting of the person's own company.
        company = request.env["hr.employee"].sudo().browse(person.employee_ids[0]).company_id
        return company.emulation_nomination if company.emulation_nomination != "off" else False

    def _emulation_colleagues(self, person, kind, search=""):
        """Return the employees the person may propose, in superuser mode: itself first, then colleagues by name."""
        employees = request.env["hr.employee"].sudo()  # only name and unit reach the page
        me = employees.browse(person.employee_ids[0])
        domain = Domain("company_id", "=", me.company_id.id) & Domain("id", "!=", me.id)
        if kind == "unit":
            domain &= Domain("department_id", "in", person.unit_ids)
        found = employees.search_fetch(domain, ["name"])
        if search:
            found = found.filtered(lambda employee: matches(search, employee.name))
        return me + found.sorted(lambda employee: sort_key(employee.name))

    @http.route("/my/emulation/nominate", type="http", auth="user", website=True, readonly=True)
    def emulation_nominate(self, search="", **_query):
        person = self._emulation_person()
        kind = self._emulation_nomination_kind(person)
        if not kind:
            raise NotFound
        search = search.strip()[:100]
        self._emulation_throttle("colleagues", limit=60)
        colleagues = self._emulation_colleagues(person, kind, search) if kind == "unit" or search else ()
        me = self._emulation_colleagues(person, "unit")[:1]
        # Sudoed: the catalogue of awards, names only.
        awards = request.env["emulation.award"].sudo().search(self._emulation_awards(me.company_id))
        today = fields.Date.context_today(request.env.user)
        values = {
            "search": search,
            "kind": kind,
            "colleagues": [
                {"id": employee.id, "name": employee.name, "unit": employee.department_id.name or ""}
                for employee in (me | colleagues if colleagues else me)[:50]
            ],
            "awards": [{"id": award.id, "name": award.name} for award in awards],
            "date_from": f"{today.year}-01-01",
            "date_to": f"{today.year}-12-31",
        }
        crumbs = [(request.env._("Achievements and initiatives"), "/my/emulation/achievements")]
        title = request.env._("Propose an award")
        return self._emulation_render(
            "hr_emulation.portal_nominate", title, values, crumbs, tab="achievements", person=person
        )

    def _emulation_awards(self, company):
        shared = Domain("company_id", "in", (company.id, False))
        return (
            shared
            & Domain("subject_individual", "=", True)
            & Domain("level", "in", ("internal", "grassroots"))
        )

    @http.route("/my/emulation/nominate/send", type="http", auth="user", website=True, methods=["POST"])
    def emulation_nominate_post(self, employee="", award="", summary="", date_from="", date_to="", **_form):
        person = self._emulation_person()
        kind = self._emulation_nomination_kind(person)
        if not kind:
            raise NotFound
        self._emulation_throttle("nominate", limit=20)

        def nominate():
            allowed = self._emulation_colleagues(person, kind)
            chosen = allowed.filtered(lambda colleague: str(colleague.id) == employee)
            awards = (
                request.env["emulation.award"].sudo().search(self._emulation_awards(allowed[:1].company_id))
            )
            chosen_award = awards.filtered(lambda entry: str(entry.id) == award)
            if not chosen or not chosen_award or not summary.strip():
                raise UserError(request.env._("Choose a colleague and an award, and say what for."))
            # Sudoed: portal users have no access rights; recipient and award come from what the page offered.
            commendation = (
                request.env["emulation.commendation"]
                .sudo()
                .with_company(chosen.company_id)
                .create(
                    {
                        "recipient_type": "employee",
                        "employee_id": chosen.id,
                        "company_id": chosen.company_id.id,
                        "award_id": chosen_award.id,
                        "summary": summary.strip()[:4000],
                        "period_from": self._emulation_date(date_from),
                        "period_to": self._emulation_date(date_to),
                    }
                )
            )
            commendation.action_submit()

        return self._emulation_act(
            "/my/emulation/achievements", request.env._("The proposal is handed in."), nominate
        )
