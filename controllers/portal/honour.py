from odoo import http
from odoo.fields import Domain
from odoo.http import request
from werkzeug.exceptions import NotFound

from ...engine.vietnamese import collation_key, sort_key
from . import throttle
from .gate import EmulationGate, find_person
from .texts import matches, paragraphs

MOST = 2000
SHOWN = ["award_id", "recipient_type", "recipient_name", "unit_name", "honour_story"]


class EmulationHonour(EmulationGate):
    """The honour board: who was commended, by year and award, in alphabetical order. No ranks, no points."""

    @http.route("/emulation/honour", type="http", auth="public", website=True, readonly=True, sitemap=True)
    def emulation_honour(self, year="", award="", search="", agency="", **_query):
        companies = self._emulation_honour_companies()
        if not companies:
            raise NotFound
        throttle.check((request.httprequest.remote_addr, "honour"), 240, 60)
        company = next((entry for entry in companies if str(entry.id) == agency), companies[0])
        domain = self._emulation_honoured(company)
        # Sudoed: visitors have no access rights. Only granted awards, only with consent, only printed names.
        commendations = request.env["emulation.commendation"].sudo()
        years, awards = self._emulation_honour_choices(commendations, domain)
        year = year if year in {str(entry) for entry in years} else ""
        award = award if award in {str(entry["id"]) for entry in awards} else ""
        year = year or (str(years[0]) if years else "")
        if year:
            domain &= Domain("granted_date", ">=", f"{year}-01-01") & Domain(
                "granted_date", "<=", f"{year}-12-31"
            )
        if award:
            domain &= Domain("award_id", "=", int(award))
        found = commendations.search_fetch(domain, SHOWN, limit=MOST)
        if search:
            found = found.filtered(lambda entry: matches(search[:100], entry.recipient_name, entry.unit_name))
        values = {
            "groups": self._emulation_honour_groups(found),
            "years": [str(entry) for entry in years],
            "year": year,
            "awards": awards,
            "award": award,
            "search": search[:100],
            "agencies": [{"id": str(entry.id), "name": entry.name} for entry in companies],
            "agency": str(company.id),
            "agency_name": company.name,
        }
        title = request.env._("Honour board")
        person = None if request.env.user._is_public() else find_person(request.env)
        return self._emulation_render(
            "hr_emulation.portal_honour", title, values, tab="honour", person=person
        )

    def _emulation_honour_companies(self):
        """Return the companies whose board this visitor may open, in superuser mode."""
        companies = request.env["res.company"].sudo()
        if request.env.user._is_public():
            return companies.search([("emulation_honour_board", "=", "public")])
        person = find_person(request.env)
        own = person.company_ids if person.employee_ids or request.env.user._is_internal() else ()
        allowed = Domain("id", "in", own) & Domain("emulation_honour_board", "!=", "off")
        return companies.search(allowed | Domain("emulation_honour_board", "=", "public"), order="id").sorted(
            lambda company: company.id not in own
        )

    def _emulation_honoured(self, company):
        consented = Domain("recipient_type", "=", "department") | Domain("honour_consent", "=", True)
        return Domain("company_id", "=", company.id) & Domain("state", "=", "granted") & consented

    def _emulation_honour_choices(self, commendations, domain):
        groups = commendations._read_group(domain, ["award_id", "granted_date:year"])
        years = sorted({date.year for _award, date in groups if date}, reverse=True)
        awards = {award.id: award.name for award, _date in groups}
        named = [{"id": key, "name": name} for key, name in awards.items()]
        return years, sorted(named, key=lambda entry: collation_key(entry["name"]))

    def _emulation_honour_groups(self, commendations):
        """Return the honoured by award, the highest award first, names the Vietnamese way."""
        groups = commendations.grouped("award_id")
        return [
            {
                "award": award.name,
                "people": sorted(
                    (self._emulation_honour_entry(entry) for entry in entries),
                    key=lambda entry: (entry["is_unit"], entry["key"]),
                ),
            }
            for award, entries in sorted(
                groups.items(), key=lambda item: (item[0].sequence, item[0].code or "")
            )
        ]

    def _emulation_honour_entry(self, commendation):
        name = commendation._get_recipient_name()
        is_unit = commendation.recipient_type == "department"
        return {
            "name": name,
            "key": collation_key(name) if is_unit else sort_key(name),
            "unit": commendation.unit_name or "",
            "is_unit": is_unit,
            "story": paragraphs(commendation.honour_story),
        }
