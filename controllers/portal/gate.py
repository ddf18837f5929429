"""The one door of the portal: who stands there, which records are theirs, one frame, one way to answer a form.

A controller of the portal is a plain ``http.Controller``; each request gets a ``Gate`` that it asks:

    @http.route("/my/example", **PAGE)
    def example(self, **_query):
        gate = Gate.enter()
        record = gate.find("emulation.campaign", 1, gate.person.audience())
        return gate.render("my_addon.example", record.name, {"name": record.name})

Whatever the gate does not find does not exist for the visitor (404).
"""

import hashlib
from functools import wraps
from urllib.parse import urlencode

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request
from werkzeug.exceptions import NotFound

from ...engine import typed
from ...models.mixin import once
from ...models.portal.ir_http import SCRIPT_HEADER
from . import throttle
from .forms import Form, Refused, fill_again

# Not pages of the website, if there is one: a frame, a style sheet and a script of our own, light enough for a phone
# in the mountains, and the language of the user.
PAGE = {"type": "http", "auth": "user", "readonly": True}
PUBLIC_PAGE = {**PAGE, "auth": "public"}
ITEMS_PER_PAGE = 20
REFUSED = 422
LOOKING = ("GET", "HEAD")
CLOCK = "Asia/Ho_Chi_Minh"  # of who has not set one
PAGE_HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "frame-ancestors 'self'; base-uri 'self'; form-action 'self'",
}

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
    "active": "fa-check",
    "owed": "fa-clock-o",
    "open": "fa-clock-o",
    "mended": "fa-paper-plane-o",
    "settled": "fa-check",
    "acclaimed": "fa-star",
    "nominated": "fa-paper-plane-o",
    "fostered": "fa-users",
    "published": "fa-star",
    "accepted": "fa-check",
    "cancelled": "fa-ban",
    "closed": "fa-flag-checkered",
    "refused": "fa-times",
    "rejected": "fa-times",
    "withdrawn": "fa-undo",
    "left": "fa-flag-checkered",
    "stopped": "fa-pause",
    "revoked": "fa-ban",
    "suspended": "fa-pause",
    "replaced": "fa-exchange",
}


def form_route(rule, back):
    """Route of a form. Reached by GET, as after a log-in, it leads to the page the form stands on.

    :param str back: address of that page, with the names of the route's arguments in braces
    """

    def decorate(method):
        @http.route(rule, type="http", auth="user", methods=["GET", "POST"])
        @wraps(method)
        def answer(self, **arguments):
            if request.httprequest.method != "POST":
                return request.redirect(back.format(**arguments), code=303)
            return method(self, **arguments)

        return answer

    return decorate


class Gate:
    """Who stands at the door in this request, and what the door does for them."""

    def __init__(self, person):
        self.person = person
        self.env = request.env

    @staticmethod
    def _keep_answers():
        """While a page is only looked at, ask once who the visitor is towards units and records."""
        if request.httprequest.method in LOOKING:
            once.keep(request.env)

    @classmethod
    def enter(cls, head=False, former=False, guest=False):
        """Let an employee in.

        :param bool head: only heads of a unit may pass
        :param bool former: who has left may pass as well, to read what is its own
        :param bool guest: who has an account and never was an employee may pass as well; the page says to whom it is
        :raises NotFound: no employee behind the user, or not a head, or one who has left
        """
        cls._speak_as_user()
        cls._keep_answers()
        person = request.env["emulation.portal"]._get_person()
        is_stranger = not person.employee_ids and not guest
        if is_stranger or (head and not person.is_head) or (person.is_former and not former):
            raise NotFound
        return cls(person)

    @classmethod
    def enter_public(cls):
        """Let anybody in; ``person`` is None for who is not logged in."""
        if request.env.user._is_public():
            cls._speak_as_asked()
            return cls(None)
        cls._speak_as_user()
        cls._keep_answers()
        return cls(request.env["emulation.portal"]._get_person())

    @staticmethod
    def _speak_as_user():
        """Use the language and the clock of the user, who may have changed them since the log-in."""
        own = request.env["res.users"].context_get()
        request.update_context(lang=own.get("lang") or request.env.lang, tz=own.get("tz") or CLOCK)

    @staticmethod
    def _speak_as_asked():
        """Use the language of the address (``/vi/…``), or the one chosen on a website beside this addon."""
        asked = getattr(request, "lang", None)
        code = asked.code if asked else request.cookies.get("frontend_lang")
        if code and code in dict(request.env["res.lang"].get_installed()):
            request.update_context(lang=code)

    @property
    def today(self):
        return fields.Date.context_today(self.env.user)

    # ------------------------------------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------------------------------------

    def records(self, model):
        """Return the model in superuser mode. Whoever searches it does so by a domain of the visitor's own ids."""
        # sudo: the model named - people of the portal have no access rights at all; see the domains of `Person`
        return self.env[model].sudo()

    def search(self, model, domain, names=(), **options):
        """Return the records within ``domain`` in superuser mode.

        :param names: fields to read with them (default: whatever is asked for later)
        """
        records = self.records(model)
        return records.search_fetch(domain, names, **options) if names else records.search(domain, **options)

    def find(self, model, record_id, domain, names=()):
        """Return the one record if it lies within ``domain``.

        :raises NotFound: it does not exist or is not the visitor's; both look the same from outside
        """
        record = self.search(model, Domain("id", "=", record_id) & domain, names, limit=1)
        if not record:
            raise NotFound
        return record

    # ------------------------------------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------------------------------------

    def render(self, template, title, values=None, crumbs=(), tab=""):
        """Render one page in the common frame.

        :param str template: external id
        :param str title: heading of the page and of the browser tab
        :param dict values: plain values only: text, numbers, lists and dictionaries
        :param crumbs: (label, url) of the pages above
        :param str tab: entry of the section menu that is current
        """
        shared = {
            **self.env["emulation.portal"]._get_frame(self.person),
            "page_title": title,
            "page_crumbs": list(crumbs),
            "page_tab": tab,
            "page_tabs": self.env["emulation.portal"]._get_tabs(self.person),
            "page_flash": request.session.pop("emulation_flash", None),
            "state_icons": STATE_ICONS,
        }
        response = request.render(template, {**shared, **(values or {})})
        response.headers.update(PAGE_HEADERS)
        return response

    def get_pager(self, url, total, page, url_args, step=ITEMS_PER_PAGE):
        """Return {offset, page, pages, previous, next} of a list; a page beyond the end is the last one.

        :param page: as it stands in the address; what is no number is the first page
        """
        pages = max(1, -(-total // step))
        page = max(1, min(typed.read_id(page) or 1, pages))
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

    @property
    def form(self):
        """The form that was sent; the same one for the whole request."""
        if "_form" not in self.__dict__:
            self._form = Form(self.env, request.httprequest.form, request.httprequest.files)
        return self._form

    def throttle(self, bucket, limit=60, seconds=60):
        """Refuse (429) a visitor who asks more than ``limit`` times in ``seconds``: a person by its user, the public
        by its address.
        """
        is_public = self.env.user._is_public()
        who = request.httprequest.remote_addr if is_public else self.env.uid
        throttle.check(self.env, (who, bucket), limit, seconds)

    def act(self, action, done, url, page=None, once=True):
        """Run ``action`` for the form and go to ``url``, saying what was done.

        A refused action leaves nothing behind, for it runs in a savepoint; the visitor gets the form again as it was
        typed, with the reasons at the fields. The same form sent again is answered as before and not done again.

        :param done: what to say; called when the action is done if it is a function, as ``url`` is
        :param page: function that renders the page the form stands on; not needed where nothing is typed or ticked
        :param bool once: False for a form of which not even a fingerprint may be stored
        """
        key = self._get_form_key() if once else None
        try:
            with self.env.cr.savepoint():
                earlier = self.env["emulation.form.answer"]._claim(key) if key else None
                if earlier:
                    return self._answer(earlier)
                action()
                self.form.check()
        except UserError as error:
            errors = error.errors if isinstance(error, Refused) else {"": str(error.args[0])}
            return self._refuse(errors, page, url)
        url = url() if callable(url) else url
        if key:
            self.env["emulation.form.answer"]._answer(key, url)
        self.say("success", done() if callable(done) else done)
        return self._answer(url)

    def _get_form_key(self):
        """Return a fingerprint of the form and of what was typed into it; None for a form without a key."""
        form = self.form
        if not form.sent.get("form_key"):
            return None
        digest = hashlib.sha256(f"{self.env.uid} {request.httprequest.path}".encode())
        for name, value in sorted(form.sent.items(multi=True)):
            if name != "csrf_token":
                digest.update(f"\0{name}\0{value}".encode("utf-8", "surrogatepass"))
        for name, file in sorted(form.files.items(multi=True), key=lambda entry: entry[0]):
            size = file.seek(0, 2)
            file.seek(0)
            digest.update(f"\0{name}\0{file.filename}\0{size}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def _answer(self, url):
        if self.is_by_script:
            return request.make_json_response({"status": "stored", "url": url})
        return request.redirect(url, code=303)

    def _refuse(self, errors, page, url):
        if self.is_by_script:
            rest = "\n".join(text for name, text in errors.items() if not name)
            fields = {name: text for name, text in errors.items() if name}
            answer = {"status": "refused", "errors": fields, "message": rest}
            return request.make_json_response(answer, status=REFUSED)
        if not page:
            self.say("danger", "\n".join(errors.values()))
            return request.redirect(url, code=303)
        response = page()
        response.flatten()
        content = fill_again(response.get_data(as_text=True), request.httprequest.path, self.form, errors)
        response.set_data(content)
        response.status_code = REFUSED
        return response

    @property
    def is_by_script(self):
        return SCRIPT_HEADER in request.httprequest.headers

    def say(self, kind, text):
        """Show ``text`` above the next page."""
        request.session["emulation_flash"] = {"kind": kind, "text": str(text)}
