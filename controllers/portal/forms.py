"""A form as it was sent: read field by field, and shown again as it was typed when it is refused."""

from lxml import etree, html
from odoo.exceptions import UserError

from ...engine import typed

KEYS = ("csrf_token", "form_key")  # new on every page


class Refused(UserError):
    """A form that cannot be taken as it is; ``errors`` says at which field, in words."""

    def __init__(self, errors):
        super().__init__("\n".join(dict.fromkeys(errors.values())))
        self.errors = errors


class Form:
    """The fields of one POST. What cannot be read is noted at its field; ``check`` raises what was noted.

    The gate checks once more when the action is done, so nothing unread is ever stored.

    :param env: for the language of the messages
    :param sent: the fields, several values a name
    :param files: the uploads, several a name
    """

    def __init__(self, env, sent, files=None):
        self.env = env
        self.sent = sent
        self.files = files
        self.errors = {}

    def __contains__(self, name):
        return name in self.sent

    def text(self, name, limit, missing=""):
        """Return a text of several lines; empty is an error if ``missing`` says which."""
        return self._read(typed.read_text, name, missing, limit) or ""

    def line(self, name, limit, missing=""):
        """Return a text of one line."""
        return self._read(typed.read_line, name, missing, limit) or ""

    def number(self, name, missing=""):
        """Return a number with at most two digits after the comma, or None."""
        return self._read(typed.read_number, name, missing)

    def date(self, name, missing=""):
        """Return a day, or False."""
        return self._read(typed.read_date, name, missing) or False

    def period(self):
        """Return the first and last day from ``date_from`` and ``date_to``, each False if empty."""
        first, last = self.date("date_from"), self.date("date_to")
        if first and last and last < first:
            self.add_error("date_to", self.env._("It cannot end before it starts."))
        return first, last

    def ids(self, name):
        """Return the ids ticked under ``name``; what is no id is passed over: nothing by that id exists."""
        return typed.read_ids(self.sent.getlist(name))

    def id(self, name):
        """Return one id, or None."""
        return typed.read_id(self._get(name))

    def choice(self, name, allowed, default=None):
        """Return the value if it is one of ``allowed``, else ``default``."""
        value = self._get(name)
        return value if isinstance(value, str) and value in allowed else default

    def add_error(self, name, text):
        """Note a mistake at a field; an empty name is the whole form."""
        self.errors.setdefault(name, str(text))

    def check(self):
        """:raises Refused: something was noted"""
        if self.errors:
            raise Refused(dict(self.errors))

    def _get(self, name):
        if self.files and name in self.files:
            return self.files[name]  # a file where a text is expected: the reader refuses it
        return self.sent.get(name)

    def _read(self, read, name, missing, *limits):
        try:
            value = read(self._get(name), *limits)
        except typed.Mistyped as error:
            self.add_error(name, explain(self.env, error))
            return None
        if missing and value in ("", None):
            self.add_error(name, missing)
        return value


def explain(env, error):
    """Return in the visitor's words why something typed could not be read."""
    shown = error.shown
    texts = {
        "not_text": lambda: env._("Type a text here."),
        "too_long": lambda: env._("This is longer than %(limit)s letters.", limit=error.limit),
        "not_number": lambda: env._("%(text)s is not a number.", text=shown),
        "too_large": lambda: env._("%(text)s is too large.", text=shown),
        "not_date": lambda: env._("%(text)s is not a date: day/month/year.", text=shown),
    }
    return texts[error.code]()


# ----------------------------------------------------------------------------------------------------
# The same page again, with what was typed
# ----------------------------------------------------------------------------------------------------


def fill_again(page, action, form, errors):
    """Return the page with its form as it was sent, and each error at its field.

    :param str page: the page as it is without what was typed
    :param str action: the address the form was sent to
    :param Form form: what was sent
    :param dict errors: {field: sentence}; what belongs to no field of the form stands above it
    """
    document = html.document_fromstring(page)
    element = _find_form(document, action, form)
    if element is None:
        _show_without_form(document, errors, _get_lost(form, ()))
        return html.tostring(document, encoding="unicode", doctype="<!DOCTYPE html>")
    fields = _get_fields(document, element)
    for field in fields:
        _fill(field, form)
    for parent in element.iterancestors("details"):
        parent.set("open", "open")
    _show_errors(element, fields, errors, _get_lost(form, fields))
    return html.tostring(document, encoding="unicode", doctype="<!DOCTYPE html>")


def _find_form(document, action, form):
    """Return the form that sends to ``action``; of several, the one whose hidden fields agree with what was sent."""

    def agrees(element):
        hidden = [
            field for field in element.xpath(".//input[@type='hidden']") if field.get("name") not in KEYS
        ]
        return all(form.sent.get(field.get("name")) == field.get("value", "") for field in hidden)

    found = [entry for entry in document.iter("form") if entry.get("action", "").partition("#")[0] == action]
    return next((entry for entry in found if agrees(entry)), found[0] if found else None)


def _get_fields(document, element):
    inside = element.xpath(".//input | .//select | .//textarea")
    outside = document.xpath("//*[@form = $name]", name=element.get("id")) if element.get("id") else []
    return [field for field in [*inside, *outside] if field.get("name") and field.get("name") not in KEYS]


def _fill(field, form):
    name, kind = field.get("name"), field.get("type", "text")
    values = [value for value in form.sent.getlist(name) if isinstance(value, str)]
    if field.tag == "textarea":
        field.text = "\n" + typed.clean(values[0]) if values else ""
    elif field.tag == "select":
        for option in field.iter("option"):
            option.attrib.pop("selected", None)
            if option.get("value", "") in values:
                option.set("selected", "selected")
    elif kind in ("checkbox", "radio"):
        field.attrib.pop("checked", None)
        if field.get("value", "on") in values:
            field.set("checked", "checked")
    elif kind not in ("hidden", "file", "submit") and values:
        field.set("value", typed.clean(values[0]).replace("\n", " "))


def _get_lost(form, fields):
    """Return the texts that were typed into fields that the form no longer has, as one that only takes back."""
    known = {*KEYS, *(field.get("name") for field in fields)}
    return [
        text
        for name in form.sent
        if name not in known
        for text in form.sent.getlist(name)
        if isinstance(text, str) and len(text.split()) > 1
    ]


def _show_errors(element, fields, errors, lost):
    by_name = {}
    for field in fields:
        by_name.setdefault(field.get("name"), field)
    first = None
    for name, text in errors.items():
        if name in by_name:
            _mark(by_name[name], text)
            first = first if first is not None else by_name[name]
    rest = [text for name, text in errors.items() if name not in by_name]
    if rest or lost:
        note = _make_note(rest, lost)
        element.insert(0, note)
        first = first if first is not None else note
    if first is not None:
        first.set("autofocus", "autofocus")


def _show_without_form(document, errors, lost):
    """Say what is wrong where the form is no longer there, and show the texts that were typed into it."""
    note = _make_note(errors.values(), lost)
    heading = next(document.iter("h1"), None)
    if heading is None:
        document.body.insert(0, note)
    else:
        heading.addnext(note)


def _make_note(texts, lost=()):
    attributes = {"class": "o_emulation_note o_emulation_note_danger", "role": "alert", "tabindex": "-1"}
    note = etree.Element("div", attributes)
    for line in dict.fromkeys("\n".join(texts).splitlines()):
        etree.SubElement(note, "p").text = line
    for text in lost:
        etree.SubElement(note, "blockquote", {"class": "o_emulation_typed"}).text = typed.clean(text)
    return note


def _mark(field, text):
    """Say at the field what is wrong with it."""
    identifier = f"error-{field.get('name')}"
    described = [*field.get("aria-describedby", "").split(), identifier]
    field.set("aria-invalid", "true")
    field.set("aria-describedby", " ".join(described))
    note = etree.Element("p", {"class": "o_emulation_field_error", "id": identifier})
    note.text = text
    field.addnext(note)
    note.tail, field.tail = field.tail, None
