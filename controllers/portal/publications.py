from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from .gate import EmulationGate
from .texts import day, paragraphs, typed

PUBLICATIONS = "/my/emulation/publications"
MOST = 500


class EmulationPublications(EmulationGate):
    """Lists published for comments: name, unit and award, and a signed comment to the officers."""

    def _emulation_published(self, person):
        """Domain of the lists open for comments in the visitor's agencies."""
        return Domain("company_id", "in", person.company_ids) & Domain("is_open", "=", True)

    @http.route(PUBLICATIONS, type="http", auth="user", website=True, readonly=True)
    def emulation_publications(self, **_query):
        person = self._emulation_person()
        # Sudoed: portal users have no access rights; open lists of the visitor's own agencies only.
        lists = request.env["emulation.publication"].sudo().search(self._emulation_published(person))
        rows = [
            {
                "url": f"{PUBLICATIONS}/{record.id}",
                "name": record.name,
                "until": day(record.date_to),
                "count": len(record.commendation_ids),
            }
            for record in lists
        ]
        title = request.env._("Published for comments")
        return self._emulation_render(
            "hr_emulation.portal_publications", title, {"publications": rows}, tab="waiting", person=person
        )

    @http.route(f"{PUBLICATIONS}/<int:publication_id>", type="http", auth="user", website=True, readonly=True)
    def emulation_publication(self, publication_id, **_query):
        person = self._emulation_person()
        record = self._emulation_find(
            "emulation.publication", publication_id, self._emulation_published(person)
        )
        own = record.comment_ids.filtered(lambda comment: comment.author_id.id == person.user_id)
        values = {
            "url": f"{PUBLICATIONS}/{record.id}",
            "until": day(record.date_to),
            "lines": [self._emulation_published_line(line) for line in record.commendation_ids[:MOST]],
            "comments": [
                {
                    "about": comment.commendation_id.display_name or "",
                    "text": paragraphs(comment.text),
                    "answer": paragraphs(comment.answer) if comment.is_handled else [],
                }
                for comment in own
            ],
        }
        crumbs = [(request.env._("Published for comments"), PUBLICATIONS)]
        return self._emulation_render(
            "hr_emulation.portal_publication",
            record.name,
            {"publication": values},
            crumbs,
            tab="waiting",
            person=person,
        )

    def _emulation_published_line(self, line):
        """Name, post and award: what a list needs, and no more (law on personal data)."""
        place = ", ".join(filter(None, (line.position_name, line.unit_name)))
        return {
            "id": line.id,
            "recipient": line._get_recipient_name(),
            "place": place,
            "award": line.award_id.name,
        }

    @http.route(
        f"{PUBLICATIONS}/<int:publication_id>/comment",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def emulation_comment(self, publication_id, about="", text="", **_form):
        person = self._emulation_person()
        record = self._emulation_find(
            "emulation.publication", publication_id, self._emulation_published(person)
        )
        self._emulation_throttle("comment", limit=10)

        def act():
            if not text.strip():
                raise UserError(request.env._("Write your comment."))
            line = record.commendation_ids.filtered(lambda line: str(line.id) == about)
            # Sudoed: only this one comment is written, signed by the visitor.
            record.env["emulation.publication.comment"].sudo().create(
                {
                    "publication_id": record.id,
                    "commendation_id": line.id,
                    "author_id": person.user_id,
                    "text": typed(text, 4000),
                }
            )

        done = request.env._("Your comment was sent to the emulation officers.")
        return self._emulation_act(f"{PUBLICATIONS}/{record.id}", done, act)
