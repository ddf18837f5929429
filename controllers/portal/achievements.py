from odoo import fields, http
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...models.mixin.search_words import get_words_domain
from .evidence import attach
from .gate import PAGE, Gate, form_route
from .proposals import proposal_values
from .rows import achievement_row, evidence_rows, file_values
from .texts import paragraphs, points, word

ACHIEVEMENTS = "/my/emulation/achievements"
NAME_LENGTH, TEXT_LENGTH = 200, 4000
ROW_FIELDS = [
    "name",
    "kind",
    "state",
    "date_from",
    "date_to",
    "reach",
    "recognition_number",
    "refusal_reason",
]
CO_AUTHORS = range(5)
SHOWN_NAMES = 5
NEW = {
    **{"id": 0, "name": "", "kind": "achievement", "description": "", "date_from": "", "date_to": ""},
    "authors": [{"name": "", "share": ""} for _row in CO_AUTHORS],
}


class Achievements(http.Controller):
    """Achievements and initiatives: declare, edit while a draft, hand in, follow."""

    @http.route(ACHIEVEMENTS, **PAGE)
    def achievements(self, **_query):
        gate = Gate.enter()
        found = gate.search("emulation.achievement", gate.person.declared(), ROW_FIELDS, limit=200)
        values = {"achievements": [achievement_row(achievement) for achievement in found]}
        values.update(proposal_values(gate))
        title = gate.env._("Achievements and initiatives")
        return gate.render("hr_emulation.portal_achievements", title, values, tab="achievements")

    @http.route(f"{ACHIEVEMENTS}/new", **PAGE)
    def new(self, **_query):
        gate = Gate.enter()
        return render_achievement(gate, gate.env._("Declare an achievement"), NEW)

    @http.route(f"{ACHIEVEMENTS}/<int:achievement_id>", **PAGE)
    def achievement(self, achievement_id, **_query):
        gate = Gate.enter()
        achievement = gate.find("emulation.achievement", achievement_id, gate.person.declared())
        values = {
            **achievement_row(achievement),
            "is_own": achievement.employee_id.id in gate.person.employee_ids,
            "author_names": achievement._get_author_names() if achievement.author_ids else "",
            "authors": author_rows(achievement),
            "to_change": achievement.return_reason or "",
            "opinions": opinion_rows(achievement),
            "description": achievement.description or "",
            "lines": paragraphs(achievement.description),
            "date_from": fields.Date.to_string(achievement.date_from) or "",
            "date_to": fields.Date.to_string(achievement.date_to) or "",
            "evidence": evidence_rows(achievement.evidence_ids),
            "may_take_back": achievement.state == "submitted" and achievement.can_take_back,
        }
        return render_achievement(gate, achievement.name, values)

    @form_route(f"{ACHIEVEMENTS}/save", back=f"{ACHIEVEMENTS}/new")
    def declare(self, **_form):
        gate = Gate.enter()
        gate.throttle("achievement", limit=30)
        employee_id, _name, company_id = gate.person.employees[0]
        achievements = gate.records("emulation.achievement").with_company(company_id)
        created = []

        def act():
            values = read_achievement(gate, achievements.browse(), company_id)
            owner = {"recipient_type": "employee", "employee_id": employee_id, "company_id": company_id}
            created.append(achievements.create({**values, **owner}))

        return gate.act(
            act, gate.env._("Saved as a draft."), lambda: f"{ACHIEVEMENTS}/{created[0].id}", self.new
        )

    @form_route(f"{ACHIEVEMENTS}/<int:achievement_id>/save", back=f"{ACHIEVEMENTS}/{{achievement_id}}")
    def save(self, achievement_id, **_form):
        """Change a draft; with ``hand_in`` also hand it in. With ``take_back`` it becomes a draft again."""
        gate = Gate.enter()
        achievement = gate.find("emulation.achievement", achievement_id, gate.person.own())
        gate.throttle("achievement", limit=30)
        act, done = lambda: store(gate, achievement), gate.env._("Saved.")
        if "take_back" in gate.form:
            act, done = achievement.action_take_back, gate.env._("It is a draft of yours again.")
        elif "hand_in" in gate.form:
            done = gate.env._("Submitted for recognition.")
        return gate.act(
            act,
            done,
            f"{ACHIEVEMENTS}/{achievement.id}",
            lambda: self.achievement(achievement_id),
        )

    @form_route(f"{ACHIEVEMENTS}/<int:achievement_id>/evidence", back=f"{ACHIEVEMENTS}/{{achievement_id}}")
    def evidence(self, achievement_id, **_form):
        gate = Gate.enter()
        achievement = gate.find("emulation.achievement", achievement_id, gate.person.own())
        return gate.act(
            lambda: attach(gate, achievement, achievement.company_id, achievement.state == "draft"),
            gate.env._("The file is attached."),
            f"{ACHIEVEMENTS}/{achievement.id}",
            lambda: self.achievement(achievement_id),
        )


def render_achievement(gate, title, achievement):
    kinds = gate.env["emulation.achievement"]._fields["kind"]._description_selection(gate.env)
    company = gate.records("res.company").browse(gate.person.employees[0][2])
    values = {"achievement": achievement, "kinds": kinds, **file_values(company)}
    crumbs = [(gate.env._("Achievements and initiatives"), ACHIEVEMENTS)]
    return gate.render("hr_emulation.portal_achievement", title, values, crumbs, tab="achievements")


def author_rows(achievement):
    """Return the lines of the form: the co-authors, then empty ones."""
    rows = [
        {"name": write_colleague(author.employee_id), "share": points(author.share)}
        for author in achievement.author_ids
    ]
    return rows + [{"name": "", "share": ""} for _row in CO_AUTHORS[len(rows) :]]


def write_colleague(employee):
    unit = employee.current_version_id.department_id.name
    return f"{employee.name} – {unit}" if unit else employee.name


def opinion_rows(achievement):
    """Return what councils said of it, once their sessions are closed."""
    items = achievement.initiative_item_ids.filtered(lambda item: item.session_id.state == "closed")
    return [
        {
            "session": item.session_id.display_name,
            "outcome": word(item, "outcome"),
            "result": item.explanation or "",
            "lines": paragraphs(item.comment),
        }
        for item in items.sorted("id", reverse=True)
    ]


def store(gate, achievement):
    form = gate.form
    if achievement.state != "draft":
        raise UserError(form.env._("It has been submitted and cannot be changed any more."))
    achievement.write(read_achievement(gate, achievement, achievement.company_id.id))
    if "hand_in" in form:
        achievement.action_submit()


def read_authors(gate, achievement, company_id):
    """Return the commands that make the co-authors those of the form; none if the form does not ask for them."""
    rows = [(f"coauthor-{row}", f"share-{row}") for row in CO_AUTHORS]
    if rows[0][0] not in gate.form:
        return []
    shares = {}
    for name, share in rows:
        typed = gate.form.line(name, NAME_LENGTH)
        number = gate.form.number(share)
        employee = find_colleague(gate, name, typed, company_id) if typed else None
        if typed and not number:
            gate.form.add_error(share, gate.env._("Say the share of the work, in per cent."))
        elif typed and not 0 < number < 100:
            text = gate.env._("The share of a co-author lies between 0 and 100%.")
            gate.form.add_error(share, text)
        elif employee and employee.id in shares:
            gate.form.add_error(name, gate.env._("This person is a co-author of it already."))
        elif employee:
            shares[employee.id] = number
    kept = achievement.author_ids.filtered(lambda author: author.employee_id.id in shares)
    known = {author.employee_id.id: author.id for author in kept}
    return [
        *(Command.delete(author.id) for author in achievement.author_ids - kept),
        *(
            Command.update(known[employee], {"share": share})
            if employee in known
            else Command.create({"employee_id": employee, "share": share})
            for employee, share in shares.items()
        ),
    ]


def find_colleague(gate, field, typed, company_id):
    """Return the one colleague of the agency who is called so, with or without accents, with or without the unit."""
    name, _dash, unit = (part.strip() for part in typed.replace(" - ", " – ").partition(" – "))
    domain = Domain("company_id", "=", company_id) & get_words_domain("emulation_search_key", name)
    found = gate.search("hr.employee", domain, ["name", "current_version_id"], limit=50)
    exact = found.filtered(lambda employee: employee.name.casefold() == name.casefold()) or found
    if unit:
        exact = exact.filtered(
            lambda employee: (
                (employee.current_version_id.department_id.name or "").casefold() == unit.casefold()
            )
        )
    if len(exact) == 1:
        return exact
    if not exact:
        gate.form.add_error(field, gate.env._("Nobody of this name works in your agency."))
    else:
        names = "; ".join(write_colleague(employee) for employee in exact[:SHOWN_NAMES])
        gate.form.add_error(field, gate.env._("Who is meant? %(names)s", names=names))
    return None


def read_achievement(gate, achievement, company_id):
    """Return the values of an achievement's form.

    :raises Refused: something is missing or cannot be read
    """
    form = gate.form
    kinds = dict(form.env["emulation.achievement"]._fields["kind"].selection)
    first, last = form.period()
    values = {
        "name": form.line("name", NAME_LENGTH, form.env._("Give it a name.")),
        "description": form.text("description", TEXT_LENGTH),
        "kind": form.choice("kind", kinds, "achievement"),
        "date_from": first,
        "date_to": last,
    }
    if authors := read_authors(gate, achievement, company_id):
        values["author_ids"] = authors
    form.check()
    return values
