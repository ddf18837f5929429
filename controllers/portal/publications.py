from odoo import http
from odoo.exceptions import UserError

from .gate import PAGE, Gate, form_route
from .rows import listed_dossier
from .texts import day, days_left, paragraphs

PUBLICATIONS = "/my/emulation/publications"
MOST = 500
COMMENT_LENGTH = 4000


class Publications(http.Controller):
    """Lists published for comments: name, unit and award, and a signed comment to the officers."""

    @http.route(PUBLICATIONS, **PAGE)
    def publications(self, **_query):
        gate = Gate.enter()
        rows = [
            {
                "url": f"{PUBLICATIONS}/{record.id}",
                "name": record.name,
                "facts": [
                    gate.env._("Comments until %(day)s", day=day(record.date_to)),
                    gate.env._("Days left: %(days)s", days=days_left(record.date_to, gate.today)),
                    gate.env._("%(count)s proposals", count=len(record.commendation_ids)),
                ],
            }
            for record in gate.search("emulation.publication", gate.person.published())
        ]
        values = {"rows": rows, "empty": gate.env._("No list is open for comments.")}
        title = gate.env._("Published for comments")
        return gate.render("hr_emulation.portal_list", title, values, tab="waiting")

    @http.route(f"{PUBLICATIONS}/<int:publication_id>", **PAGE)
    def publication(self, publication_id, **_query):
        gate = Gate.enter()
        record = gate.find("emulation.publication", publication_id, gate.person.published())
        own = record.comment_ids.filtered(lambda comment: comment.author_id.id == gate.person.user_id)
        values = {
            "url": f"{PUBLICATIONS}/{record.id}",
            "until": day(record.date_to),
            "days_left": days_left(record.date_to, gate.today),
            # Name, post and award: what a list needs, and no more (law on personal data).
            "lines": [listed_dossier(line) for line in record.commendation_ids[:MOST]],
            "comments": [
                {
                    "about": comment.commendation_id.display_name or "",
                    "text": paragraphs(comment.text),
                    "answer": paragraphs(comment.answer) if comment.is_handled else [],
                }
                for comment in own
            ],
        }
        crumbs = [(gate.env._("Published for comments"), PUBLICATIONS)]
        values = {"publication": values}
        return gate.render("hr_emulation.portal_publication", record.name, values, crumbs, tab="waiting")

    @form_route(f"{PUBLICATIONS}/<int:publication_id>/comment", back=f"{PUBLICATIONS}/{{publication_id}}")
    def comment(self, publication_id, **_form):
        gate = Gate.enter()
        record = gate.find("emulation.publication", publication_id, gate.person.published())
        gate.throttle("comment", limit=10)
        return gate.act(
            lambda: do_comment(gate, record),
            gate.env._("Your comment was sent to the emulation officers."),
            f"{PUBLICATIONS}/{record.id}",
            lambda: self.publication(publication_id),
        )


def do_comment(gate, record):
    text = gate.form.text("text", COMMENT_LENGTH, gate.env._("Write your comment."))
    about = gate.form.id("about")
    line = record.commendation_ids.filtered(lambda line: line.id == about)
    if about and not line:
        raise UserError(gate.env._("This proposal is not on the list."))
    gate.form.check()
    record._do_comment(gate.env.user, text, line)
