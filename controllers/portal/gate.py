"""The one door of the portal: who stands there, and which records are theirs.

Every emulation route asks ``EmulationGate`` first. It answers with ids and companies, never with an employee
record; whatever it does not find does not exist for the visitor (404).
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import SQL
from werkzeug.exceptions import NotFound

from . import throttle
from odoo.addons.portal.controllers.portal import CustomerPortal

# One sign a state, so that no state is told by colour alone.
STATE_ICONS = {
    "draft": "fa-pencil",
    "submitted": "fa-paper-plane-o",
    "approved": "fa-check",
    "endorsed": "fa-check",
    "verified": "fa-check",
    "appraised": "fa-search",
    "voted": "fa-users",
    "forwarded": "fa-share",
    "granted": "fa-star",
    "confirmed": "fa-star",
    "recognised": "fa-star",
    "issued": "fa-check-circle",
    "launched": "fa-flag",
    "closed": "fa-flag-checkered",
    "refused": "fa-times",
    "rejected": "fa-times",
    "withdrawn": "fa-undo",
    "revoked": "fa-ban",
    "suspended": "fa-pause",
    "replaced": "fa-exchange",
}
TAB_URLS = {
    "waiting": "/my/emulation",
    "campaigns": "/my/emulation/campaigns",
    "evaluations": "/my/emulation/evaluations",
    "achievements": "/my/emulation/achievements",
    "commendations": "/my/emulation/commendations",
    "unit": "/my/emulation/unit",
    "honour": "/emulation/honour",
}
TEXT_SIZES = ("normal", "large", "larger")
DISPLAY_COOKIE = "emulation_display"


@dataclass(frozen=True)
class Person:
    """Who is at the door, in plain ids.

    ``employees`` are the person's own records as (id, name, company id), ``unit_ids`` the units the person works in,
    ``unit_path_ids`` these and all units above them; ``headed_ids`` the units the person
    heads today with all units below them (a former head has none), ``led_ids`` only the units headed directly.
    """

    user_id: int
    company_ids: tuple
    employee_ids: tuple = ()
    employees: tuple = ()
    unit_ids: tuple = ()
    unit_path_ids: tuple = ()
    led_ids: tuple = ()
    headed_ids: tuple = ()
    tag_ids: tuple = ()

    @property
    def is_head(self):
        return bool(self.led_ids)

    def own(self):
        """Domain of records whose recipient is this person."""
        return Domain("company_id", "in", self.company_ids) & Domain("employee_id", "in", self.employee_ids)

    def own_or_led(self):
        """Domain of records whose recipient is this person or a unit this person heads directly."""
        mine = Domain("employee_id", "in", self.employee_ids)
        if self.led_ids:
            mine |= Domain("department_id", "in", self.led_ids)
        return Domain("company_id", "in", self.company_ids) & mine

    def dossiers(self):
        """Domain of own dossiers and those of units headed, once handed in: a draft belongs to who writes it."""
        handed_in = Domain("state", "!=", "draft") | Domain("submitted_on", "!=", False)
        return self.own_or_led() & (handed_in | Domain("proposer_id", "=", self.user_id))

    def headed(self):
        """Domain of records of the units this person heads, without the person's own record."""
        in_units = Domain("unit_id", "in", self.headed_ids)
        not_self = Domain("employee_id", "=", False) | Domain("employee_id", "not in", self.employee_ids)
        return Domain("company_id", "in", self.company_ids) & in_units & not_self

    def to_verify(self):
        """Domain of registrations and sheets this person decides as a head: a unit's own go to the head above it."""
        return self.headed() & Domain("department_id", "not in", self.led_ids)

    def audience(self):
        """Domain of the campaigns this person may read."""
        named = {
            "departments": Domain("audience_department_ids", "in", self.unit_path_ids + self.headed_ids),
            "employees": Domain("audience_employee_ids", "in", self.employee_ids),
            "tags": Domain("audience_category_ids", "in", self.tag_ids),
        }
        told = Domain("audience_kind", "=", "all")
        told |= Domain.OR(Domain("audience_kind", "=", kind) & domain for kind, domain in named.items())
        told |= Domain("participation_ids.employee_id", "in", self.employee_ids)
        told |= Domain("participation_ids.department_id", "in", self.led_ids)
        public = Domain("state", "in", ("launched", "closed"))
        return Domain("company_id", "in", self.company_ids) & public & told


def find_person(env):
    """Return the ``Person`` behind the current user; without ``employee_ids`` if there is no employee."""
    # By SQL, one query for every page: a portal user reads nothing of hr, and through the ORM companies, employee and
    # units cost nine. Limited to what belongs to this very user; only ids and own names leave.
    rows = env.execute_query(
        SQL(
            """
            WITH mine AS (
                SELECT rel.cid FROM res_company_users_rel rel JOIN res_company c ON c.id = rel.cid AND c.active
                 WHERE rel.user_id = %(user)s),
            me AS (
                SELECT e.id, e.name, e.company_id, v.department_id
                  FROM hr_employee e LEFT JOIN hr_version v ON v.id = e.current_version_id
                 WHERE e.user_id = %(user)s AND e.active AND e.company_id IN (SELECT cid FROM mine)),
            led AS (
                SELECT d.id, d.parent_path FROM hr_department d
                 WHERE d.manager_id IN (SELECT id FROM me) AND d.active
                   AND (d.company_id IS NULL OR d.company_id IN (SELECT cid FROM mine)))
            SELECT 'company', cid, NULL, NULL, NULL FROM mine
             UNION ALL
            SELECT 'employee', me.id, me.name, me.company_id, NULL FROM me
             UNION ALL
            SELECT 'unit', d.id, NULL, NULL, d.parent_path FROM me JOIN hr_department d ON d.id = me.department_id
             UNION ALL
            SELECT 'tag', rel.category_id, NULL, NULL, NULL
              FROM me JOIN employee_category_rel rel ON rel.employee_id = me.id
             UNION ALL
            SELECT 'led', led.id, NULL, NULL, NULL FROM led
             UNION ALL
            SELECT 'headed', below.id, NULL, NULL, NULL
              FROM led JOIN hr_department below
                ON below.id = led.id OR below.parent_path LIKE led.parent_path || '%%'
             WHERE below.active
          ORDER BY 1, 2
            """,
            user=env.uid,
        )
    )

    def ids(kind):
        return tuple(dict.fromkeys(row[1] for row in rows if row[0] == kind))

    path = {int(unit) for row in rows if row[0] == "unit" for unit in (row[4] or "").split("/") if unit}
    return Person(
        env.uid,
        ids("company"),
        ids("employee"),
        tuple((row[1], row[2], row[3]) for row in rows if row[0] == "employee"),
        ids("unit"),
        tuple(sorted(path)),
        ids("led"),
        ids("headed"),
        ids("tag"),
    )


class EmulationGate(CustomerPortal):
    """What every emulation page needs: the person, own records only, one page frame, one way to answer a form."""

    _emulation_items_per_page = 20

    # ------------------------------------------------------------------------------------------------
    # Who and what
    # ------------------------------------------------------------------------------------------------

    def _emulation_person(self, head=False):
        """Return the person at the door.

        :param bool head: only heads of a unit may pass
        :raises NotFound: no employee behind the user, or not a head
        """
        person = find_person(request.env)
        if not person.employee_ids or (head and not person.is_head):
            raise NotFound
        return person

    def _emulation_find(self, model, record_id, domain, names=()):
        """Return the one record in superuser mode if it lies within ``domain``.

        :param names: fields to read with it (default: whatever is asked for later)
        :raises NotFound: it does not exist or is not the visitor's; both look the same from outside
        """
        # Sudoed: portal users have no access rights at all. The domain always carries the visitor's own ids.
        records, domain = request.env[model].sudo(), Domain("id", "=", record_id) & domain
        record = records.search_fetch(domain, names, limit=1) if names else records.search(domain, limit=1)
        if not record:
            raise NotFound
        return record

    def _emulation_fetch_names(self, records):
        """Read the names a dossier is listed by, and nothing else of award, recipient or campaign."""
        without_snapshot = records.filtered(lambda record: not record.recipient_name)
        without_snapshot.employee_id.fetch(["name"])
        without_snapshot.department_id.fetch(["name"])
        records.award_id.fetch(["name"])
        records.campaign_id.fetch(["name"])

    # ------------------------------------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------------------------------------

    def _emulation_render(self, template, title, values=None, crumbs=(), tab="", person=None):
        """Render one page in the common frame.

        :param str template: external id
        :param str title: heading of the page and of the browser tab
        :param dict values: plain values only: text, numbers, lists and dictionaries
        :param crumbs: (label, url) of the pages above
        :param str tab: entry of the section menu that is current
        """
        shared = {
            **self._emulation_frame(),
            "title": title,
            "page_title": title,
            "page_name": "emulation",
            "page_crumbs": list(crumbs),
            "page_tab": tab,
            "page_tabs": self._emulation_tabs(person),
            "page_flash": request.session.pop("emulation_flash", None),
            "state_icons": STATE_ICONS,
        }
        response = request.render(template, {**shared, **(values or {})})
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def _emulation_frame(self):
        """Return what the root of a page and the switch of text size and contrast need."""
        text_size, contrast = self._emulation_display()
        return {
            "page_text_size": text_size,
            "page_contrast": contrast,
            "page_path": request.httprequest.full_path.rstrip("?"),
            "html_data": {
                "lang": (request.env.lang or "vi_VN").replace("_", "-"),
                "class": f"o_emulation_text_{text_size}" + (" o_emulation_contrast" if contrast else ""),
            },
        }

    def _emulation_tabs(self, person):
        """Return the section menu: (name, url, label); a visitor without employee sees the honour board only."""
        labels = {
            "waiting": request.env._("For me to do"),
            "campaigns": request.env._("Campaigns"),
            "evaluations": request.env._("Evaluations"),
            "achievements": request.env._("Achievements"),
            "commendations": request.env._("My commendations"),
            "unit": request.env._("My unit"),
            "honour": request.env._("Honour board"),
        }
        hidden = set() if person and person.is_head else {"unit"}
        if not person or not person.employee_ids:
            hidden = labels.keys() - {"honour"}
        return [(name, TAB_URLS[name], label) for name, label in labels.items() if name not in hidden]

    def _emulation_display(self):
        """Return (text size, high contrast?) as the visitor chose."""
        size, _dash, contrast = request.cookies.get(DISPLAY_COOKIE, "").partition("-")
        return (size if size in TEXT_SIZES else "normal"), contrast == "contrast"

    def _emulation_pager(self, url, total, page, url_args, step=None):
        """Return {offset, page, pages, previous, next} of a list page; a page beyond the end is the last one."""
        step = step or self._emulation_items_per_page
        pages = max(1, -(-total // step))
        page = max(1, min(page, pages))
        query = urlencode({key: value for key, value in url_args.items() if value})

        def link(number):
            address = f"{url}/page/{number}" if number > 1 else url
            return f"{address}?{query}" if query else address

        return {
            "offset": (page - 1) * step,
            "page": page,
            "pages": pages,
            "total": total,
            "previous": link(page - 1) if page > 1 else "",
            "next": link(page + 1) if page < pages else "",
        }

    # ------------------------------------------------------------------------------------------------
    # Forms
    # ------------------------------------------------------------------------------------------------

    def _emulation_throttle(self, bucket, limit=60, seconds=60):
        """Refuse (429) a visitor who asks more than ``limit`` times in ``seconds``: a person by its user, the public
        by its address.
        """
        is_public = request.env.user._is_public()
        who = request.httprequest.remote_addr if is_public else request.env.uid
        throttle.check(request.env, (who, bucket), limit, seconds)

    def _emulation_act(self, url, done, action):
        """Run ``action`` for a form and go to ``url``; say what was done, or why it was not.

        A refused action leaves nothing behind: it runs in a savepoint.
        """
        try:
            with request.env.cr.savepoint():
                action()
            self._emulation_say("success", done)
        except UserError as error:
            self._emulation_say("danger", str(error.args[0]))
        return request.redirect(url, code=303)

    def _emulation_say(self, kind, text):
        request.session["emulation_flash"] = {"kind": kind, "text": str(text)}
