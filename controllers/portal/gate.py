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

    ``unit_path_ids`` are the units the person works in and all units above them; ``headed_ids`` the units the person
    heads today with all units below them (a former head has none), ``led_ids`` only the units headed directly.
    """

    user_id: int
    company_ids: tuple
    employee_ids: tuple = ()
    unit_ids: tuple = ()
    unit_path_ids: tuple = ()
    led_ids: tuple = ()
    headed_ids: tuple = ()

    @property
    def is_head(self):
        return bool(self.led_ids)

    def own(self):
        """Domain of records whose recipient is this person."""
        return Domain("company_id", "in", self.company_ids) & Domain("employee_id", "in", self.employee_ids)

    def own_or_led(self):
        """Domain of records whose recipient is this person or a unit this person heads directly."""
        mine = Domain("employee_id", "in", self.employee_ids) | Domain("department_id", "in", self.led_ids)
        return Domain("company_id", "in", self.company_ids) & mine

    def headed(self):
        """Domain of records of the units this person heads, without the person's own record."""
        in_units = Domain("unit_id", "in", self.headed_ids)
        not_self = Domain("employee_id", "=", False) | Domain("employee_id", "not in", self.employee_ids)
        return Domain("company_id", "in", self.company_ids) & in_units & not_self

    def audience(self):
        """Domain of the campaigns this person may read."""
        told = Domain("audience_kind", "=", "all")
        told |= Domain("audience_department_ids", "in", self.unit_path_ids + self.headed_ids)
        told |= Domain("participation_ids.employee_id", "in", self.employee_ids)
        told |= Domain("participation_ids.department_id", "in", self.led_ids)
        public = Domain("state", "in", ("launched", "closed"))
        return Domain("company_id", "in", self.company_ids) & public & told


def find_person(env):
    """Return the ``Person`` behind the current user; without ``employee_ids`` if there is no employee."""
    user = env.user
    companies = tuple(user.company_ids.ids)
    # By SQL, two short queries for every page: a portal user reads nothing of hr, and through the ORM the unit of an
    # employee costs six. Limited to the employees linked to this very user; only ids leave.
    employees = env.execute_query(
        SQL(
            """
            SELECT e.id, d.id, d.parent_path
              FROM hr_employee e
         LEFT JOIN hr_version v ON v.id = e.current_version_id
         LEFT JOIN hr_department d ON d.id = v.department_id
             WHERE e.user_id = %s AND e.active AND e.company_id IN %s
          ORDER BY e.id
            """,
            user.id,
            companies,
        )
    )
    if not employees:
        return Person(user.id, companies)
    employee_ids = tuple(employee for employee, _unit, _path in employees)
    path = {int(unit) for _employee, _unit, path in employees for unit in (path or "").split("/") if unit}
    units = env.execute_query(
        SQL(
            """
            SELECT below.id, BOOL_OR(below.id = led.id)
              FROM hr_department led
              JOIN hr_department below ON below.id = led.id OR below.parent_path LIKE led.parent_path || '%%'
             WHERE led.manager_id IN %s AND led.active AND below.active
               AND (led.company_id IS NULL OR led.company_id IN %s)
          GROUP BY below.id ORDER BY below.id
            """,
            employee_ids,
            companies,
        )
    )
    return Person(
        user.id,
        companies,
        employee_ids,
        tuple(unit for _employee, unit, _path in employees if unit),
        tuple(sorted(path)),
        tuple(unit for unit, is_led in units if is_led),
        tuple(unit for unit, _is_led in units),
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

    def _emulation_find(self, model, record_id, domain):
        """Return the one record in superuser mode if it lies within ``domain``.

        :raises NotFound: it does not exist or is not the visitor's; both look the same from outside
        """
        # Sudoed: portal users have no access rights at all. The domain always carries the visitor's own ids.
        record = request.env[model].sudo().search(Domain("id", "=", record_id) & domain, limit=1)
        if not record:
            raise NotFound
        return record

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
        text_size, contrast = self._emulation_display()
        lang = (request.env.lang or "vi_VN").replace("_", "-")
        shared = {
            "title": title,
            "page_title": title,
            "page_name": "emulation",
            "page_crumbs": list(crumbs),
            "page_tab": tab,
            "page_tabs": self._emulation_tabs(person),
            "page_flash": request.session.pop("emulation_flash", None),
            "page_text_size": text_size,
            "page_contrast": contrast,
            "state_icons": STATE_ICONS,
            "page_path": request.httprequest.full_path.rstrip("?"),
            "html_data": {
                "lang": lang,
                "class": f"o_emulation_text_{text_size}" + (" o_emulation_contrast" if contrast else ""),
            },
        }
        response = request.render(template, {**shared, **(values or {})})
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def _emulation_tabs(self, person):
        """Return the section menu: (name, url, label); a visitor without employee sees the honour board only."""
        labels = {
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

    def _emulation_pager(self, url, total, page, url_args):
        """Return {offset, page, pages, previous, next} of a list page; a page beyond the end is the last one."""
        step = self._emulation_items_per_page
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
        """Refuse (429) a visitor who posts more than ``limit`` times in ``seconds``."""
        throttle.check((request.env.uid, bucket), limit, seconds)

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
