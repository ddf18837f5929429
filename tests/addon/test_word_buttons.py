"""Every button that gives a Word file is pressed and its file opened. On the demo data: `./dev test emulation_demo`."""

import io
import re

from docx import Document
from lxml import etree
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

BUTTON = "action_download_word"
# Papers of a session that are there at one time only, or where somebody votes that way.
SESSIONS = {
    "counting_minutes": [("state", "=", "closed"), ("item_ids", "!=", False)],
    "ballot_papers": [
        ("state", "in", ("draft", "open")),
        ("ballot_way", "!=", "hands"),
        ("item_ids", "!=", False),
        ("attendance_ids", "!=", False),
    ],
    "opinion_forms": [("item_ids", "!=", False), ("attendance_ids.has_vote", "=", True)],
}
WAYS = {
    "ballot_papers": {"uses_paper": True, "presence": "present"},
    "opinion_forms": {"presence": "written"},
}


@tagged("-standard", "emulation_demo", "post_install", "-at_install")
class TestWordButtons(HttpCase):
    def find_model(self, view, button):
        """Return the model whose rows a button of a view stands on: the view's own, or that of a list in it."""
        model = self.env[view.model]
        for field in reversed([*button.iterancestors("field")]):
            model = self.env[model._fields[field.get("name")].comodel_name]
        return model._name

    def find_buttons(self):
        """Return ``{(model, paper)}`` of all forms; the paper is empty where it is the document itself."""
        views = self.env["ir.ui.view"].search([("arch_db", "like", BUTTON), ("type", "=", "form")])
        found = set()
        for view in views:
            for button in etree.fromstring(view.arch).iterfind(f".//button[@name='{BUTTON}']"):
                named = re.search(r"'word_report':\s*'(\w+)'", button.get("context") or "")
                found.add((self.find_model(view, button), named and named[1]))
        return found

    def setUp(self):
        """Let a board of initiatives meet: in the demo none has met yet."""
        super().setUp()
        officer = self.env["res.users"].search([("login", "=", "sct.chuyenvien")])
        env = self.env(user=officer, context={"allowed_company_ids": officer.company_ids.ids})
        company = {"company_id": officer.company_id.id}
        chair = env["hr.employee"].search([("user_id", "=", officer.id)], limit=1)
        member = Command.create({"employee_id": chair.id, "role": "chair"})
        board = {"name": "Hội đồng sáng kiến", "kind": "initiative", "member_ids": [member], **company}
        council = env["emulation.council"].create(board)
        env["emulation.initiative.session"].create({"council_id": council.id, **company})

    def find_record(self, model, paper):
        """Return a record of the demo as an officer of its agency sees it, who is logged in from now on."""
        for officer in self.env["res.users"].search([("login", "=like", "%.chuyenvien")]):
            context = {"lang": "vi_VN", "allowed_company_ids": officer.company_ids.ids, "word_report": paper}
            seen = self.env(user=officer, context=context)[model]
            if record := seen.search(SESSIONS.get(paper, []), limit=1):
                self.authenticate(officer.login, "demo")
                return record
        return self.fail(f"the demo has no {model} for {paper or 'a Word file'}")

    def let_vote(self, session, way):
        """Let somebody vote on paper or in writing: the demo has nobody of its own."""
        session.sudo().attendance_ids.filtered("has_vote")[:1]._write_protected(way)

    def open_file(self, action):
        """Return the text of the Word file an action downloads."""
        self.assertEqual((action["type"], action["target"]), ("ir.actions.act_url", "download"))
        answer = self.url_open(action["url"])
        self.assertEqual(answer.status_code, 200, action["url"])
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        body = Document(io.BytesIO(answer.content)).element.body
        return "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))

    def test_buttons_of_forms(self):
        buttons = self.find_buttons()
        self.assertGreater(len(buttons), 10)
        for model, paper in sorted(buttons, key=str):
            with self.subTest(model=model, paper=paper):
                record = self.find_record(model, paper)
                self.assertGreater(len(self.open_file(record.action_download_word())), 100)

    def test_papers_of_the_action_menu(self):
        actions = self.env["ir.actions.server"].search([("code", "like", BUTTON)])
        self.assertGreater(len(actions), 6)
        for action in actions:
            paper = re.search(r'word_report="(\w+)"', action.code)[1]
            with self.subTest(paper):
                record = self.find_record(action.model_id.model, paper)
                if paper in WAYS:
                    self.let_vote(record, WAYS[paper])
                asked = {"active_model": record._name, "active_id": record.id, "active_ids": record.ids}
                run = action.with_env(record.env).with_context(word_report=None, **asked)
                self.assertGreater(len(self.open_file(run.run())), 100)
