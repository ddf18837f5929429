import base64
from datetime import date

from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request
from werkzeug.exceptions import NotFound

from ...engine.typed import read_search
from ...engine.vietnamese import collation_key
from ...printing.evidence import identify
from .gate import ITEMS_PER_PAGE, PUBLIC_PAGE, Gate
from .texts import day, paragraphs

HONOUR = "/emulation/honour"
STORIES, NEWS = f"{HONOUR}/stories", f"{HONOUR}/news"
PEOPLE_PER_PAGE = 60


def list_public_pages(env, rule, query_string):
    """Yield the pages of the honour board for the sitemap of a website, if an agency shows its board to everybody."""
    if any(who == "public" for _key, _name, who in env["res.company"]._get_honour_boards()):
        for page in (HONOUR, STORIES, NEWS):
            if not query_string or query_string in page:
                yield {"loc": page}


class Honour(http.Controller):
    """The honour board: who was commended, by year and award, in alphabetical order. No ranks, no points."""

    @http.route([HONOUR, f"{HONOUR}/page/<int:page>"], sitemap=list_public_pages, **PUBLIC_PAGE)
    def honour(self, page=1, year="", award="", search="", agency="", **_query):
        gate = Gate.enter_public()
        agencies = get_agencies(gate)
        gate.throttle("honour", limit=240)
        company_id, company_name = choose_agency(agencies, agency)
        # Only granted awards, only with consent, only printed names.
        board = gate.records("emulation.honour.board")
        years = [str(entry) for entry in board._get_years(company_id)]
        year = year if year in years else (years[0] if years else "")
        search = read_search(search)
        values = {
            "groups": [],
            "years": years,
            "year": year,
            "awards": [],
            "award": "",
            "search": search,
            "agencies": [{"id": str(key), "name": name} for key, name in agencies],
            "agency": str(company_id),
            "agency_name": company_name,
            "page_agency": company_name,
            "list_pager": gate.get_pager(HONOUR, 0, 1, {}),
        }
        if year:
            values.update(get_board(gate, board, company_id, int(year), award, search, page))
        return gate.render("hr_emulation.portal_honour", gate.env._("Honour board"), values, tab="honour")

    @http.route([STORIES, f"{STORIES}/page/<int:page>"], sitemap=list_public_pages, **PUBLIC_PAGE)
    def stories(self, page=1, agency="", **_query):
        """Exemplary models, each as long as the consent to tell the story holds."""
        gate = Gate.enter_public()
        agencies = get_agencies(gate)
        gate.throttle("honour", limit=240)
        company_id, company_name = choose_agency(agencies, agency)
        stories = gate.records("emulation.exemplar")
        domain = stories._get_shown_domain() & Domain("company_id", "=", company_id)
        pager = gate.get_pager(STORIES, stories.search_count(domain), page, {"agency": company_id})
        found = stories.search(domain, offset=pager["offset"], limit=ITEMS_PER_PAGE)
        values = {
            "agency_name": company_name,
            "page_agency": company_name,
            "list_pager": pager,
            "stories": [story_row(story) for story in found],
        }
        crumbs = [(gate.env._("Honour board"), HONOUR)]
        title = gate.env._("Exemplary models")
        return gate.render("hr_emulation.portal_stories", title, values, crumbs, tab="honour")

    @http.route(f"{STORIES}/<int:story_id>/picture", **PUBLIC_PAGE)
    def picture(self, story_id, **_query):
        """The picture of a story, as long as it may be told; made anew from what was uploaded."""
        return send_picture("emulation.exemplar", story_id)

    @http.route(f"{NEWS}/<int:news_id>/picture", **PUBLIC_PAGE)
    def news_picture(self, news_id, **_query):
        """The picture of news, as long as they are published."""
        return send_picture("emulation.propaganda", news_id)

    @http.route([NEWS, f"{NEWS}/page/<int:page>"], sitemap=list_public_pages, **PUBLIC_PAGE)
    def news(self, page=1, agency="", **_query):
        """News of campaigns, the latest first."""
        gate = Gate.enter_public()
        agencies = get_agencies(gate)
        gate.throttle("honour", limit=240)
        company_id, company_name = choose_agency(agencies, agency)
        records = gate.records("emulation.propaganda")
        domain = records._get_shown_domain() & Domain("company_id", "=", company_id)
        pager = gate.get_pager(NEWS, records.search_count(domain), page, {"agency": company_id})
        records = records.with_context(bin_size=True)  # whether there is a picture, not what is in it
        found = records.search(domain, offset=pager["offset"], limit=ITEMS_PER_PAGE)
        found.campaign_id.fetch(["name"])
        found.department_id.fetch(["name"])
        values = {
            "agency_name": company_name,
            "page_agency": company_name,
            "list_pager": pager,
            "news": [news_row(line) for line in found],
        }
        crumbs = [(gate.env._("Honour board"), HONOUR)]
        title = gate.env._("News of campaigns")
        return gate.render("hr_emulation.portal_news", title, values, crumbs, tab="honour")


def get_agencies(gate):
    """Return the (id, name) of the agencies whose board this visitor may open, the own ones first.

    :raises NotFound: there is none
    """
    own = ()
    if gate.person and (gate.person.employee_ids or gate.env.user._is_internal()):
        own = gate.person.company_ids
    boards = gate.env["res.company"]._get_honour_boards()
    allowed = [
        (key, name) for key, name, who in boards if who == "public" or (who == "employees" and key in own)
    ]
    if not allowed:
        raise NotFound
    return sorted(allowed, key=lambda entry: entry[0] not in own)


def choose_agency(agencies, wanted):
    return next((entry for entry in agencies if str(entry[0]) == wanted), agencies[0])


def send_picture(model, record_id):
    """Answer with the picture of something that is shown in an agency whose board the visitor may open.

    :raises NotFound: it is not shown, or has no picture
    """
    gate = Gate.enter_public()
    agencies = [key for key, _name in get_agencies(gate)]
    gate.throttle("honour", limit=240)
    shown = gate.records(model)._get_shown_domain()
    record = gate.find(model, record_id, shown & Domain("company_id", "in", agencies))
    content = base64.b64decode(record.with_context(bin_size=False).picture or b"")
    mimetype = identify(content)[1]
    if mimetype not in ("image/png", "image/jpeg"):
        raise NotFound
    headers = [("Content-Type", mimetype), ("X-Content-Type-Options", "nosniff")]
    return request.make_response(content, [*headers, ("Cache-Control", "private, max-age=3600")])


def news_row(line):
    return {
        "picture": f"{NEWS}/{line.id}/picture" if line.picture else "",
        "name": line.name,
        "date": day(line.date),
        "campaign": line.campaign_id.name,
        "unit": line.department_id.name or "",
        "text": paragraphs(line.text),
        "url": line.url or "",
    }


def story_row(story):
    return {
        "picture": f"{STORIES}/{story.id}/picture" if story.picture else "",
        "video": story.video_url or "",
        "honoured": day(story.honoured_on),
        "spread": len(story.spread_ids),
        "title": story.name,
        "name": story._get_recipient_name(),
        "unit": story.unit_name or "",
        "is_unit": story.recipient_type == "department",
        "campaign": story.campaign_id.name or "",
        "text": paragraphs(story.story),
    }


def get_board(gate, board, company_id, year, award, search, page):
    """Return one page of the board of a year."""
    counts = board._get_counts(company_id, year, search)
    # Names only; also of awards no longer given.
    awards = gate.records("emulation.award").with_context(active_test=False)
    awards = awards.search([("id", "in", [*counts])])
    company = gate.records("res.company").browse(company_id)
    day = min(date(year, 12, 31), fields.Date.context_today(company))
    book = gate.records("emulation.rulebook")._for_date(company, day, raise_if_none=False)
    names = dict(zip(awards.ids, awards._get_printed_names(company, book), strict=True))
    award = award if award in {str(key) for key in counts} else ""
    shown = {key: number for key, number in counts.items() if not award or str(key) == award}
    query = {"year": year, "award": award, "search": search, "agency": company_id}
    pager = gate.get_pager(HONOUR, sum(shown.values()), page, query, PEOPLE_PER_PAGE)
    rows = board._get_page(company_id, year, shown, search, pager["offset"], PEOPLE_PER_PAGE)
    return {
        "groups": group_by_award(rows, names),
        "awards": sorted(
            ({"id": key, "name": name, "count": counts[key]} for key, name in names.items()),
            key=lambda entry: collation_key(entry["name"]),
        ),
        "award": award,
        "list_pager": pager,
    }


def group_by_award(rows, names):
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
