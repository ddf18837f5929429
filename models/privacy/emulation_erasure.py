from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..mixin.dossier_states import PENDING_STATES
from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)

VERBS = {
    "erase": Verb(
        ("asked",),
        "done",
        {"admin": None},
        _lt("Erase and anonymise"),
        stamp=("done_on", "done_by"),
        checks=("_check_nothing_pends",),
        waited=True,
        also="nothing about the person is pending: no dossier, no sheet of an open round, no open case",
    ),
    "refuse": Verb(("asked",), "refused", {"admin": None}, _lt("Refuse"), reason=True),
}
TEXT_LENGTH = 2000
NOBODY = "Người đã được ẩn danh"
# What has to end first.
PENDING = {
    "emulation.commendation": ("state", "in", PENDING_STATES),
    "emulation.evaluation": ("review_id.state", "=", "open"),
    "emulation.restriction": ("date_to", "=", False),
}
# What is never a ground of anything granted, and goes whole.
DELETED = ("emulation.absence", "emulation.post", "emulation.restriction", "emulation.exemplar")


class EmulationErasure(models.Model):
    """A person asks to be forgotten; an administrator carries it out, and what the law keeps stays.

    Names and texts go from what led to no award; numbers stay, so that statistics of units and years hold. What was
    granted, its decision and its certificate are the agency's register (Law 06/2022/QH15): they stay as they
    were issued. Right: Decree 13/2023/NĐ-CP, Article 16; Law 91/2025/QH15.
    """

    _name = "emulation.erasure"
    _description = "Request to be forgotten"
    _inherit = ["emulation.verb.mixin"]
    _order = "id desc"
    _rec_name = "employee_id"
    _verbs = VERBS
    _turn_action = "hr_emulation.emulation_erasure_action"

    employee_id = fields.Many2one(
        "hr.employee", string="Person", readonly=True, index="btree_not_null", ondelete="set null"
    )
    user_id = fields.Many2one(
        "res.users", string="Asked by", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    text = fields.Text(string="In the person's words", readonly=True)
    asked_on = fields.Datetime(string="Asked on", required=True, readonly=True, default=fields.Datetime.now)
    state = fields.Selection(
        [("asked", "To decide"), ("done", "Done"), ("refused", "Refused")],
        default="asked",
        required=True,
        readonly=True,
        copy=False,
    )
    reason = fields.Char(string="Why it was refused", readonly=True, copy=False)
    done_on = fields.Datetime(string="Done on", readonly=True, copy=False)
    done_by = fields.Many2one("res.users", string="Done by", readonly=True, copy=False)
    result = fields.Text(string="What was done", readonly=True, copy=False)
    preview = fields.Text(string="What would be done", compute="_compute_preview")
    can_erase = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")

    _one_waits = models.UniqueIndex(
        "(employee_id) WHERE state = 'asked'", "You have asked for this already; it waits for an answer."
    )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_preview(self):
        for erasure in self:
            erasure.preview = erasure._describe() if erasure.state == "asked" else False

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_erase(self):
        return self._run_verb("erase")

    def action_refuse(self):
        return self._ask_reason("refuse")

    def _get_cannot_erase_reason(self):
        return self._check_verb("erase")

    def _get_cannot_refuse_reason(self):
        return self._check_verb("refuse")

    def _check_nothing_pends(self):
        """Return {id: what is pending about the person}."""
        pending = {}
        for erasure in self:
            if texts := erasure._get_pending():
                pending[erasure.id] = self.env._("Still pending: %(what)s.", what=", ".join(texts))
        return pending

    def _get_pending(self):
        own = [("employee_id", "=", self.employee_id.id)]
        texts = {
            "emulation.commendation": self.env._("a dossier on its way"),
            "emulation.evaluation": self.env._("a scoring sheet of an open round"),
            "emulation.restriction": self.env._("an open case or discipline"),
        }
        # sudo: the models named - whether there is one, for the administrator who decides
        return [
            texts[model]
            for model, pending in PENDING.items()
            if self.env[model].sudo().search_count([*own, pending], limit=1)
        ]

    @api.private
    def _ask(self, person, text=""):
        """Store the request of the person at the door, and take back every consent at once.

        :param person: ``emulation.portal._get_person()``
        :raises UserError: one is waiting already
        """
        for employee, _name, company in person.employees:
            # sudo: emulation.erasure - people of the portal have no rights on any model
            if self.sudo().search_count([("employee_id", "=", employee), ("state", "=", "asked")], limit=1):
                raise UserError(self.env._("You have asked for this already; it waits for an answer."))
            # sudo: emulation.erasure - people of the portal have no rights on any model
            self.sudo()._create_protected(
                [
                    {
                        "employee_id": employee,
                        "user_id": self.env.uid,
                        "company_id": company,
                        "text": (text or "").strip()[:TEXT_LENGTH],
                    }
                ]
            )
        # sudo: emulation.commendation - the person's own, to take back what it agreed to
        shown = self.env["emulation.commendation"].sudo()
        domain = [("employee_id", "in", person.employee_ids), ("honour_consent", "=", True)]
        for commendation in shown.search(domain).sudo(False):
            self.env["emulation.consent"]._answer(commendation, False)

    @api.private
    def _do_refuse(self, reason):
        self._start("refuse", reason)._finish("refuse", reason=reason)

    @api.private
    def _do_erase(self):
        todo = self._start("erase")
        for erasure in todo:
            # sudo: everything about the person - whoever may decide this erases what others entered
            done = erasure.sudo()._erase()
            erasure.sudo()._write_protected({"text": False, "result": done})
        todo._finish("erase")

    # ------------------------------------------------------------------
    # What is about the person
    # ------------------------------------------------------------------

    def _find(self):
        """Return {what: records} about the person: what is anonymised, what is deleted, what stays."""
        own = [("employee_id", "=", self.employee_id.id)]
        everything = self.env(su=True, context={**self.env.context, "active_test": False})
        granted = ("granted", "revoked")
        dossiers = everything["emulation.commendation"].search([*own, ("state", "not in", granted)])
        register = everything["emulation.commendation"].search([*own, ("state", "in", granted)])
        achievements = everything["emulation.achievement"].search(own) - register.achievement_ids
        return {
            "dossiers": dossiers,
            "register": register,
            "achievements": achievements,
            "registrations": everything["emulation.participation"].search(own),
            "ratings": everything["emulation.rating"].search(own),
            **{model: everything[model].search(own) for model in DELETED},
        }

    def _describe(self):
        """Return in words what an erasure does to how many records."""
        found = self._find()
        changed = [found[what] for what in ("dossiers", "registrations", "achievements", "ratings")]
        deleted = sum(len(found[model]) for model in DELETED)
        return "\n".join(
            [
                self.env._("Made anonymous: %(count)s records.", count=sum(map(len, changed))),
                self.env._("Deleted: %(count)s records.", count=deleted),
                self.env._(
                    "Kept as the register of the agency: %(count)s commendations.",
                    count=len(found["register"]),
                ),
            ]
        )

    def _erase(self):
        """Anonymise and delete; return in words what was done."""
        self.ensure_one()
        text, found = self._describe(), self._find()
        nobody = self.env["res.partner"].create({"name": NOBODY, "company_id": self.company_id.id})
        unknown = {
            "recipient_type": "partner",
            "employee_id": False,
            "partner_id": nobody.id,
            "recipient_name": NOBODY,
            "unit_name": False,
            "position_name": False,
        }
        sheets = found["registrations"].evaluation_ids
        changed = {
            "dossiers": {"summary": False, "reason": False, "officer_log": False, "finding_snapshot": False},
            "achievements": {"name": NOBODY, "description": False, "refusal_reason": False},
            "registrations": {"pledge": False, "refusal_reason": False},
            "ratings": {"source": False},
        }
        self._delete_files(found["achievements"].evidence_ids | sheets.score_ids.evidence_ids)
        self._delete_files(found["dossiers"].paper_ids.attachment_ids)
        for what, values in changed.items():
            found[what]._write_protected({**unknown, **values})
            self._delete_talk(found[what])
        sheets.score_ids._write_protected({"note": False, "verifier_note": False})
        self._empty_targets()
        self._delete_talk(sheets)
        for model in DELETED:
            self._delete_talk(found[model])
            found[model]._with_seal().unlink()
        self.env["emulation.news"].search([("user_id", "=", self.user_id.id)])._with_seal().unlink()
        self._empty_import_lines()
        return text

    def _empty_targets(self):
        """Take the words from the person's targets; the figures are part of the plan of the unit above."""
        targets = self.env["emulation.target"].search([("employee_id", "=", self.employee_id.id)])
        for records in (targets, targets.progress_ids):
            records._write_protected({"note": False, "reason": False})
            self._delete_talk(records)

    def _delete_files(self, attachments):
        attachments.with_env(self._with_seal().env).unlink()  # of closed records too

    def _delete_talk(self, records):
        """Delete what was said and attached: it names people in every line."""
        if isinstance(records, self.env.registry["mail.thread"]) and records:
            about = [("model", "=", records._name), ("res_id", "in", records.ids)]
            self.env["mail.message"].search(about).unlink()

    def _empty_import_lines(self):
        """Empty the rows of lists the person came in with; that they were stored stays known."""
        self.env["emulation.import.line"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE emulation_import_line
                   SET raw = '{}', cells = NULL, vals = NULL, before = NULL, recipient_label = NULL,
                       search_key = NULL, message = NULL, employee_id = NULL
                 WHERE employee_id = %s
                """,
                self.employee_id.id,
            )
        )
        self.env["emulation.import.line"].invalidate_model()
