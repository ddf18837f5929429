from odoo import http
from odoo.fields import Domain
from odoo.http import request
from werkzeug.exceptions import NotFound

from ...engine.vietnamese import collation_key
from .gate import EmulationGate, find_person
from .texts import paragraphs, typed


class EmulationHonour(EmulationGate):
    """The honour board: who was commended, by year and award, in alphabetical order. No ranks, no points."""

    _emulation_honour_per_page = 60

    @http.route(
        ["/emulation/honour", "/emulation/honour/page/<int:page>"],
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=True,
    )
    def emulation_honour(self, page=1, year="", award="", search="", agency="", **_query):
        person = None if request.env.user._is_public() else find_person(request.env)
        agencies = self._emulation_honour_agencies(person)
        self._emulation_throttle("honour", limit=240)
        company_id, company_name = next((entry for entry in agencies if str(entry[0]) == agency), agencies[0])
        # Sudoed: visitors have no access rights. Only granted awards, only with consent, only printed names.
        board = request.env["emulation.commendation"].sudo()
        years = [str(entry) for entry in board._get_honour_years(company_id)]
        year = year if year in years else (years[0] if years else "")
        search = typed(search, 100)
        values = {
            "groups": [],
            "years": years,
            "year": year,
            "awards": [],
            "award": award,
            "search": search,
            "agencies": [{"id": str(key), "name": name} for key, name in agencies],
            "agency": str(company_id),
            "agency_name": company_name,
            "pager": self._emulation_pager("/emulation/honour", 0, 1, {}),
        }
        if year:
            values.update(self._emulation_honour_page(board, company_id, int(year), award, search, page))
        return self._emulation_render(
            "hr_emulation.portal_honour",
            request.env._("Honour board"),
            values,
            tab="honour",
            person=person,
        )

    @http.route(
        ["/emulation/honour/stories", "/emulation/honour/stories/page/<int:page>"],
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=True,
    )
    def emulation_stories(self, page=1, agency="", **_query):
        """Exemplary models, each as long as the consent to tell the story holds."""
        person = None if request.env.user._is_public() else find_person(request.env)
        agencies = self._emulation_honour_agencies(person)
        self._emulation_throttle("honour", limit=240)
        company_id, company_name = next((entry for entry in agencies if str(entry[0]) == agency), agencies[0])
        # Sudoed: visitors have no access rights. Only published stories whose consent holds today.
        stories = request.env["emulation.exemplar"].sudo()
        domain = stories._get_shown_domain() & Domain("company_id", "=", company_id)
        pager = self._emulation_pager(
            "/emulation/honour/stories", stories.search_count(domain), page, {"agency": agency}
        )
        found = stories.search(domain, offset=pager["offset"], limit=self._emulation_items_per_page)
        values = {
            "agency_name": company_name,
            "pager": pager,
            "stories": [
                {
                    "title": story.name,
                    "name": story._get_recipient_name(),
                    "unit": story.unit_name or "",
                    "is_unit": story.recipient_type == "department",
                    "campaign": story.campaign_id.name or "",
                    "text": paragraphs(story.story),
                }
                for story in found
            ],
        }
        crumbs = [(request.env._("Honour board"), "/emulation/honour")]
        title = request.env._("Exemplary models")
        return self._emulation_render(
            "hr_emulation.portal_stories", title, values, crumbs, tab="honour", person=person
        )

    def _emulation_honour_agencies(self, person):
        """Return the (id, name) of the agencies whose board this visitor may open, the own ones first.

        :raises NotFound: there is none
        """
        own = ()
        if person and (person.employee_ids or request.env.user._is_internal()):
            own = person.company_ids
        boards = request.env["res.company"]._get_honour_boards()
        allowed = [
            (key, name) for key, name, who in boards if who == "public" or (who == "employees" and key in own)
        ]
        if not allowed:
            raise NotFound
        return sorted(allowed, key=lambda entry: entry[0] not in own)

    def _emulation_honour_page(self, board, company_id, year, award, search, page):
        counts = board._get_honour_counts(company_id, year, search)
        # Sudoed: names of awards only.
        awards = request.env["emulation.award"].sudo().with_context(active_test=False)
        names = {entry.id: entry.name for entry in awards.search_fetch([("id", "in", [*counts])], ["name"])}
        award = award if award in {str(key) for key in counts} else ""
        shown = {key: number for key, number in counts.items() if not award or str(key) == award}
        query = {"year": year, "award": award, "search": search, "agency": company_id}
        step = self._emulation_honour_per_page
        pager = self._emulation_pager("/emulation/honour", sum(shown.values()), page, query, step)
        rows = board._get_honoured(company_id, year, shown, search, pager["offset"], step)
        return {
            "groups": self._emulation_honour_groups(rows, names),
            "awards": sorted(
                ({"id": key, "name": name, "count": counts[key]} for key, name in names.items()),
                key=lambda entry: collation_key(entry["name"]),
            ),
            "award": award,
            "pager": pager,
        }

    def _emulation_honour_groups(self, rows, names):
        """Return the rows of one page by award, in their order."""
        groups = {}
        for row in rows:
            groups.setdefault(row["award_id"], []).append(
                {
                    "name": row["name"] or "",
                    "unit": row["unit"] or "",
                    "is_unit": row["is_unit"],
                    "story": paragraphs(row["story"]),
                }
            )
        return [{"award": names[award], "people": people} for award, people in groups.items()]
