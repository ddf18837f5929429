from odoo import fields, http
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.http import request
from werkzeug.exceptions import NotFound

from ...engine.vietnamese import sort_key
from ...models.mixin.search_words import get_words_domain
from .achievements import EmulationAchievements
from .commendations import DOSSIER_FIELDS
from .texts import day, paragraphs, typed, word

SHOWN_COLLEAGUES = 50


class EmulationProposals(EmulationAchievements):
    """Propose oneself or a colleague; mend what was returned, follow it, take it back."""

    def _emulation_proposed(self, person):
        """Domain of what this person proposed, for whomever."""
        return Domain("proposer_id", "=", person.user_id) & Domain("company_id", "in", person.company_ids)

    def _emulation_proposal_values(self, person):
        # Sudoed: portal users have no access rights; the domain is what the visitor proposed.
        proposals = request.env["emulation.commendation"].sudo()
        found = proposals.search_fetch(self._emulation_proposed(person), DOSSIER_FIELDS, limit=200)
        self._emulation_fetch_names(found)
        return {
            "proposals": [self._emulation_proposal_row(proposal) for proposal in found],
            "may_nominate": bool(self._emulation_nomination_kind(person)),
        }

    def _emulation_proposal_row(self, proposal):
        return {
            "id": proposal.id,
            "url": f"/my/emulation/proposals/{proposal.id}",
            "award": proposal.award_id.name,
            "recipient": proposal._get_recipient_name(),
            "state": proposal.state,
            "state_name": word(proposal, "state"),
            "reason": proposal.reason or "",
        }

    # ------------------------------------------------------------------------------------------------
    # A new proposal
    # ------------------------------------------------------------------------------------------------

    def _emulation_nomination_kind(self, person):
        """Return ``unit`` or ``agency`` as the company of the person allows, False if it does not."""
        # Sudoed: one setting of the person's own company.
        company = request.env["res.company"].sudo().browse(person.employees[0][2])
        return company.emulation_nomination if company.emulation_nomination != "off" else False

    def _emulation_colleagues(self, person, kind):
        """Domain of the employees this person may propose: itself and, as the company allows, colleagues."""
        employee_id, _name, company_id = person.employees[0]
        colleagues = Domain("department_id", "in", person.unit_ids) if kind == "unit" else Domain.TRUE
        return Domain("company_id", "=", company_id) & (Domain("id", "=", employee_id) | colleagues)

    def _emulation_colleague_rows(self, person, kind, search):
        """Return (id, name, unit) of whom the form offers: the person first, then colleagues by name."""
        employee_id, name, _company = person.employees[0]
        rows = [(employee_id, name, "")]
        if kind == "unit" or search:
            domain = self._emulation_colleagues(person, kind) & Domain("id", "!=", employee_id)
            domain &= get_words_domain("emulation_search_key", search)
            # Sudoed: only name and unit reach the page, of colleagues the company lets one propose.
            found = (
                request.env["hr.employee"]
                .sudo()
                .search_fetch(domain, ["name", "current_version_id"], limit=SHOWN_COLLEAGUES)
            )
            found.current_version_id.fetch(["department_id"])
            found.current_version_id.department_id.fetch(["name"])
            rows += [
                (employee.id, employee.name, employee.current_version_id.department_id.name or "")
                for employee in sorted(found, key=lambda employee: sort_key(employee.name))
            ]
        return rows

    def _emulation_awards(self, company_id):
        shared = Domain("company_id", "in", (company_id, False))
        return (
            shared
            & Domain("subject_individual", "=", True)
            & Domain("level", "in", ("internal", "grassroots"))
        )

    def _emulation_award_rows(self, company_id):
        # Sudoed: the catalogue of awards, names only.
        found = (
            request.env["emulation.award"].sudo().search_fetch(self._emulation_awards(company_id), ["name"])
        )
        return [{"id": award.id, "name": award.name} for award in found]

    def _emulation_merits(self, person):
        """Domain of own achievements a proposal of oneself may rest on."""
        return person.own() & Domain("state", "in", ("submitted", "recognised"))

    def _emulation_merit_rows(self, person, chosen=()):
        # Sudoed: the visitor's own achievements.
        found = (
            request.env["emulation.achievement"]
            .sudo()
            .search_fetch(self._emulation_merits(person), ["name"], limit=100)
        )
        return [{"id": merit.id, "name": merit.name, "chosen": merit.id in chosen} for merit in found]

    @http.route("/my/emulation/nominate", type="http", auth="user", website=True, readonly=True)
    def emulation_nominate(self, search="", **_query):
        person = self._emulation_person()
        kind = self._emulation_nomination_kind(person)
        if not kind:
            raise NotFound
        search = typed(search, 100)
        self._emulation_throttle("colleagues", limit=60)
        today = fields.Date.context_today(request.env.user)
        values = {
            "search": search,
            "proposal": {
                "id": 0,
                "award": 0,
                "summary": "",
                "date_from": f"{today.year}-01-01",
                "date_to": f"{today.year}-12-31",
            },
            "colleagues": [
                {"id": key, "name": name, "unit": unit}
                for key, name, unit in self._emulation_colleague_rows(person, kind, search)
            ],
            "awards": self._emulation_award_rows(person.employees[0][2]),
            "merits": self._emulation_merit_rows(person),
        }
        return self._emulation_proposal_page(person, request.env._("Propose an award"), values)

    def _emulation_proposal_page(self, person, title, values):
        crumbs = [(request.env._("Achievements and initiatives"), "/my/emulation/achievements")]
        return self._emulation_render(
            "hr_emulation.portal_proposal", title, values, crumbs, tab="achievements", person=person
        )

    @http.route("/my/emulation/nominate/send", type="http", auth="user", website=True, methods=["POST"])
    def emulation_nominate_post(self, employee="", **form):
        person = self._emulation_person()
        kind = self._emulation_nomination_kind(person)
        if not kind:
            raise NotFound
        self._emulation_throttle("nominate", limit=20)

        def nominate():
            chosen = Domain("id", "=", int(employee) if employee.isdigit() else 0)
            # Sudoed: portal users have no access rights; the recipient is one of those the page may offer.
            colleague = (
                request.env["hr.employee"].sudo().search(chosen & self._emulation_colleagues(person, kind))
            )
            if not colleague:
                raise UserError(request.env._("Choose a colleague and an award, and say what for."))
            own = colleague.id in person.employee_ids
            values = self._emulation_proposal_content(person, form, own)
            # Sudoed: as above; the content has been checked.
            proposals = request.env["emulation.commendation"].sudo().with_company(colleague.company_id)
            recipient = {
                "recipient_type": "employee",
                "employee_id": colleague.id,
                "company_id": colleague.company_id.id,
            }
            proposals.create({**values, **recipient}).action_submit()

        done = request.env._("The proposal is handed in.")
        return self._emulation_act("/my/emulation/achievements", done, nominate)

    def _emulation_proposal_content(self, person, form, own):
        """Return the values of a proposal's form.

        :param bool own: the visitor proposes itself: own achievements may be attached
        :raises UserError: something is missing or was not on offer
        """
        summary = typed(form.get("summary"), 4000)
        offered = {str(row["id"]): row["id"] for row in self._emulation_award_rows(person.employees[0][2])}
        award = offered.get(form.get("award"))
        if not award or not summary:
            raise UserError(request.env._("Choose a colleague and an award, and say what for."))
        values = {
            "award_id": award,
            "summary": summary,
            "period_from": self._emulation_date(form.get("date_from")),
            "period_to": self._emulation_date(form.get("date_to")),
        }
        if values["period_from"] and values["period_to"] and values["period_to"] < values["period_from"]:
            raise UserError(request.env._("It cannot end before it starts."))
        if own:
            ticked = set(request.httprequest.form.getlist("merit"))
            merits = [row["id"] for row in self._emulation_merit_rows(person) if str(row["id"]) in ticked]
            values["achievement_ids"] = [Command.set(merits)]
        return values

    # ------------------------------------------------------------------------------------------------
    # What I proposed
    # ------------------------------------------------------------------------------------------------

    @http.route(
        "/my/emulation/proposals/<int:proposal_id>", type="http", auth="user", website=True, readonly=True
    )
    def emulation_proposal(self, proposal_id, **_query):
        person = self._emulation_person()
        proposal = self._emulation_find(
            "emulation.commendation", proposal_id, self._emulation_proposed(person)
        )
        self._emulation_fetch_names(proposal)
        is_open = proposal.state == "draft"
        own = proposal.employee_id.id in person.employee_ids
        values = {
            "search": "",
            "colleagues": [],
            "proposal": {
                **self._emulation_proposal_row(proposal),
                "award_id": proposal.award_id.id,
                "summary": proposal.summary or "",
                "lines": paragraphs(proposal.summary),
                "date_from": fields.Date.to_string(proposal.period_from) or "",
                "date_to": fields.Date.to_string(proposal.period_to) or "",
                "period": " – ".join(filter(None, [day(proposal.period_from), day(proposal.period_to)])),
                "merits": proposal.achievement_ids.mapped("name"),
                "may_withdraw": not proposal._get_cannot_withdraw_reason()[proposal.id],
            },
            "awards": self._emulation_award_rows(proposal.company_id.id) if is_open else [],
            "merits": self._emulation_merit_rows(person, proposal.achievement_ids.ids)
            if is_open and own
            else [],
        }
        return self._emulation_proposal_page(person, proposal.award_id.name, values)

    @http.route(
        "/my/emulation/proposals/<int:proposal_id>/save",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def emulation_proposal_save(self, proposal_id, **form):
        """Change a draft; with ``hand_in`` also hand it in again, with ``withdraw`` take the proposal back."""
        person = self._emulation_person()
        proposal = self._emulation_find(
            "emulation.commendation", proposal_id, self._emulation_proposed(person)
        )
        self._emulation_throttle("nominate", limit=20)
        done = request.env._("Saved.")
        if "withdraw" in form:
            done = request.env._("The proposal is withdrawn.")
        elif "hand_in" in form:
            done = request.env._("The proposal is handed in.")
        url = f"/my/emulation/proposals/{proposal.id}"
        return self._emulation_act(url, done, lambda: self._emulation_store_proposal(person, proposal, form))

    def _emulation_store_proposal(self, person, proposal, form):
        if "withdraw" in form:
            proposal.action_withdraw()
            return
        if proposal.state != "draft":
            raise UserError(request.env._("It has been handed in and cannot be changed any more."))
        own = proposal.employee_id.id in person.employee_ids
        proposal.write(self._emulation_proposal_content(person, form, own))
        if "hand_in" in form:
            proposal.action_submit()
