import json

from odoo import http
from odoo.fields import Domain

from .files import download
from .gate import PAGE, Gate, form_route
from .texts import day_of, word

DATA = "/my/emulation/data"
TEXT_LENGTH = 2000


class PersonalData(http.Controller):
    """My data: a copy to take along, and the request to be forgotten. Also for who has left."""

    @http.route(DATA, **PAGE)
    def personal_data(self, **_query):
        gate = Gate.enter(former=True)
        domain = Domain("user_id", "=", gate.person.user_id)
        asked = gate.search("emulation.erasure", domain, ["asked_on", "state", "reason", "result"], limit=20)
        values = {
            "requests": [
                {
                    "date": day_of(gate.env, erasure.asked_on),
                    "state": word(erasure, "state"),
                    "answer": erasure.reason or erasure.result or "",
                }
                for erasure in asked
            ],
            "is_waiting": "asked" in asked.mapped("state"),
        }
        return gate.render("hr_emulation.portal_personal_data", gate.env._("My data"), values)

    @http.route(f"{DATA}/json", **PAGE)
    def personal_data_json(self, **_query):
        """Download the copy for a program to read."""
        gate = Gate.enter(former=True)
        gate.throttle("data", limit=10)
        data = gate.env["emulation.personal.data"]._collect(gate.person)
        content = json.dumps(data, ensure_ascii=False, indent=1).encode()
        return download(content, "du-lieu-ca-nhan.json", "application/json")

    @http.route(f"{DATA}/pdf", **PAGE)
    def personal_data_pdf(self, **_query):
        """Download the copy for a person to read."""
        gate = Gate.enter(former=True)
        gate.throttle("data", limit=10)
        content = gate.env["emulation.personal.data"]._get_pdf(gate.person)
        return download(content, "du-lieu-ca-nhan.pdf", "application/pdf")

    @form_route(f"{DATA}/forget", back=DATA)
    def forget(self, **_form):
        gate = Gate.enter(former=True)
        gate.throttle("forget", limit=5)
        text = gate.form.text("text", TEXT_LENGTH)

        def act():
            if "sure" not in gate.form:
                gate.form.add_error("sure", gate.env._("Tick the box to send the request."))
            else:
                gate.env["emulation.erasure"]._ask(gate.person, text)

        return gate.act(act, gate.env._("Your request was sent."), DATA, self.personal_data)
