from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ..mixin.emulation_recipient_mixin import RECIPIENT_NAMES
from ..mixin.verb import Verb
from .pictures import check_picture

_lt = LazyTranslate(__name__)

DECIDERS = {"officer": None, "stand_in": None}
ANYBODY = {"owner": None, "declarer": None, "head": None, "officer": None}
VERBS = {
    "nominate": Verb(("draft",), "nominated", ANYBODY, _lt("Nominate the model")),
    "foster": Verb(("draft", "nominated"), "fostered", DECIDERS, _lt("Take it up"), waited=True),
    "decline": Verb(("nominated",), "draft", DECIDERS, _lt("Give the nomination back"), reason=True),
    "honour": Verb(
        ("fostered", "published"), None, DECIDERS, _lt("Honour the model"), stamp=("honoured_on",)
    ),
    "publish": Verb(
        ("draft", "fostered", "withdrawn"),
        "published",
        DECIDERS,
        _lt("Publish"),
        checks=("_check_consent",),
        also="the consent holds today; who has an account gave it in person",
    ),
    "agree": Verb(
        ("nominated", "fostered", "withdrawn"),
        None,
        {"owner": None},
        _lt("Agree to the story"),
        also="in the person's own hand, in the portal; the consent is logged with its wording",
    ),
    "withdraw_consent": Verb(
        ("published",), "withdrawn", {"owner": None, **DECIDERS}, _lt("Consent withdrawn")
    ),
}
RECIPIENT = {
    "recipient_type",
    "employee_id",
    "department_id",
    "partner_id",
    "subject",
    "unit_id",
    "company_id",
}
TOLD = {"name", "story", "campaign_id", "picture", "video_url", "evidence_ids"}
CONTENT = {"achievement_id", "commendation_id", "consent_date", "consent_until"}
FOLLOWED = {"step_ids", "spread_ids"}
CONSENT = frozenset({"consent_date", "consent_until"})
AGREED_TO = RECIPIENT | {"name", "story", "picture", "video_url"}


class EmulationExemplar(models.Model):
    """An exemplary model (điển hình tiên tiến), Law 06/2022/QH15, Article 17: found, fostered, honoured, spread.

    Its story is told outside only with consent, as long as that holds.
    """

    _name = "emulation.exemplar"
    _description = "Exemplary model"
    _inherit = [
        "emulation.verb.mixin",
        "emulation.recipient.mixin",
        "emulation.evidence.mixin",
        "emulation.thread.mixin",
    ]
    _search_key_fields = ("name", *RECIPIENT_NAMES)
    _order = "id desc"
    _check_company_auto = True
    _verbs = VERBS
    _turn_action = "hr_emulation.emulation_exemplar_action"
    _writable = {
        "draft": {"owner declarer head officer": RECIPIENT | TOLD, "officer": CONTENT},
        "nominated fostered withdrawn": {"officer": RECIPIENT | TOLD | CONTENT},
        "nominated fostered published withdrawn": {"officer": FOLLOWED},
    }
    _deletable = {"draft": "owner declarer officer"}

    name = fields.Char(string="Title", required=True)
    story = fields.Text(required=True)
    campaign_id = fields.Many2one("emulation.campaign", index="btree_not_null", check_company=True)
    achievement_id = fields.Many2one("emulation.achievement", index="btree_not_null")
    commendation_id = fields.Many2one("emulation.commendation", index="btree_not_null")
    # Made anew from what was uploaded: what is shown is a picture and nothing else.
    picture = fields.Image(max_width=1280, max_height=1280)
    video_url = fields.Char(
        string="Video", help="Address of a film about it; opened only when somebody asks."
    )
    consent_date = fields.Date(string="Consent given on", copy=False, tracking=True)
    consent_until = fields.Date(string="Consent holds until", copy=False, help="Empty: until withdrawn.")
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("nominated", "Nominated"),
            ("fostered", "Fostered"),
            ("published", "Published"),
            ("withdrawn", "Consent withdrawn"),
        ],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
    )
    reason = fields.Char(copy=False, readonly=True)
    honoured_on = fields.Date(string="Honour date", copy=False, readonly=True, tracking=True)
    step_ids = fields.One2many("emulation.exemplar.step", "exemplar_id", string="Fostering")
    spread_ids = fields.One2many("emulation.exemplar.spread", "exemplar_id", string="Who learnt from it")
    spread_count = fields.Integer(string="Spread to units", compute="_compute_spread_count")
    can_nominate = fields.Boolean(compute="_compute_can")
    can_foster = fields.Boolean(compute="_compute_can")
    can_decline = fields.Boolean(compute="_compute_can")
    can_honour = fields.Boolean(compute="_compute_can")
    can_publish = fields.Boolean(compute="_compute_can")

    _consent_in_order = models.Constraint(
        "CHECK (consent_until IS NULL OR consent_date IS NULL OR consent_until >= consent_date)",
        "Consent cannot end before it was given.",
    )

    @api.depends("spread_ids")
    def _compute_spread_count(self):
        groups = self.env["emulation.exemplar.spread"]._read_group(
            [("exemplar_id", "in", self.ids)], ["exemplar_id"], ["__count"]
        )
        counts = {exemplar.id: count for exemplar, count in groups}
        for exemplar in self:
            exemplar.spread_count = counts.get(exemplar.id, 0)

    @api.constrains("picture")
    def _check_picture(self):
        check_picture(self)

    @api.constrains("video_url")
    def _check_video_url(self):
        for exemplar in self.filtered("video_url"):
            if not exemplar.video_url.startswith("https://"):
                raise ValidationError(self.env._("The address of a film begins with https://."))

    # ---------- Consent ----------

    def _get_speakers(self):
        """Return the models that are persons with an account: they consent themselves, nobody types it for them."""
        # sudo: hr.employee - whether there is an account
        return self.sudo().filtered(lambda exemplar: exemplar.employee_id.user_id.active).sudo(False)

    def write(self, vals):
        """A story that is told otherwise than the person agreed to needs a new consent."""
        result = super().write(vals)
        if vals.keys() & AGREED_TO and not self._has_seal():
            changed = self._get_speakers().filtered("consent_date")
            changed._write_protected({"consent_date": False, "consent_until": False})
        return result

    def _get_fixed(self):
        return {} if self.env.su else dict.fromkeys(self._get_speakers()._ids, CONSENT)

    # ---------- Verbs ----------

    def action_nominate(self):
        """Tell the officers of a model that deserves to be fostered."""
        return self._run_verb("nominate")

    def action_foster(self):
        return self._run_verb("foster")

    def action_decline(self):
        return self._ask_reason("decline")

    def action_honour(self):
        """Note that it was honoured today."""
        return self._run_verb("honour")

    def action_publish(self):
        """Show the story; only with a consent that holds today."""
        return self._run_verb("publish")

    def action_agree(self):
        """The person agrees that the story is told."""
        return self._run_verb("agree")

    def action_withdraw_consent(self):
        """Take the story back everywhere at once."""
        return self._run_verb("withdraw_consent")

    def _get_cannot_nominate_reason(self):
        return self._check_verb("nominate")

    def _get_cannot_foster_reason(self):
        return self._check_verb("foster")

    def _get_cannot_decline_reason(self):
        return self._check_verb("decline")

    def _get_cannot_honour_reason(self):
        """Return {id: reason}; once is enough."""
        reasons = self._check_verb("honour")
        text = self.env._("It is honoured already.")
        return {**dict.fromkeys(self.filtered("honoured_on").ids, text), **reasons}

    def _get_cannot_publish_reason(self):
        return self._check_verb("publish")

    def _get_cannot_agree_reason(self):
        """Return {id: reason}; only a person with an account agrees here."""
        reasons = self._check_verb("agree")
        text = self.env._("Only the person it is about can consent.")
        return {**dict.fromkeys((self - self._get_speakers()).ids, text), **reasons}

    def _get_cannot_withdraw_consent_reason(self):
        return self._check_verb("withdraw_consent")

    def _check_consent(self):
        today, asked = fields.Date.context_today(self), self._get_unasked()
        return {
            exemplar.id: self.env._("%(name)s: there is no valid consent.", name=exemplar.name)
            for exemplar in self
            if exemplar in asked
            or not exemplar.consent_date
            or exemplar.consent_date > today
            or (exemplar.consent_until and exemplar.consent_until < today)
        }

    def _get_unasked(self):
        """Return the persons with an account whose last word in the log is no yes."""
        # sudo: emulation.consent - whether there is one
        log = self.env["emulation.consent"].sudo().search([("exemplar_id", "in", self.ids)], order="id")
        last = {line.exemplar_id.id: line.is_given for line in log}
        return self._get_speakers().filtered(lambda exemplar: not last.get(exemplar.id))

    @api.private
    def _do_nominate(self):
        self._start("nominate")._finish("nominate", reason=False)

    @api.private
    def _do_foster(self):
        self._start("foster")._finish("foster")

    @api.private
    def _do_decline(self, reason):
        self._start("decline", reason)._finish("decline", reason, reason=reason)

    @api.private
    def _do_honour(self):
        self._start("honour").filtered(lambda exemplar: not exemplar.honoured_on)._finish("honour")

    @api.private
    def _do_publish(self):
        self._start("publish")._finish("publish")

    @api.private
    def _do_agree(self):
        """Log the consent; only the person itself gets here.

        :raises AccessError: somebody else asks
        """
        todo = self._start("agree")
        for exemplar in todo:
            self.env["emulation.consent"]._record(exemplar, "exemplar", True)
        todo._finish("agree", consent_date=fields.Date.context_today(self), consent_until=False)

    @api.private
    def _do_withdraw_consent(self):
        """Take the story back; without a new consent it is not told again."""
        todo = self._start("withdraw_consent")
        for exemplar in todo._get_speakers():
            # sudo: hr.employee - whether it is the person who asks
            if exemplar.sudo().employee_id.user_id == self.env.user:
                self.env["emulation.consent"]._record(exemplar, "exemplar", False)
        todo._finish("withdraw_consent", consent_date=False, consent_until=False)

    @api.model
    def _get_shown_domain(self):
        """Return the domain of what may be shown today, in the portal and in reports alike."""
        today = fields.Date.context_today(self)
        holds = Domain("consent_until", "=", False) | Domain("consent_until", ">=", today)
        return Domain("state", "=", "published") & Domain("consent_date", "<=", today) & holds


class EmulationExemplarStep(models.Model):
    """One step by which a model is fostered: who helps, until when, whether it is done."""

    _name = "emulation.exemplar.step"
    _description = "Step of fostering a model"
    _inherit = "emulation.guard.mixin"
    _guard_parent = "exemplar_id"
    _writable = {
        "nominated fostered published withdrawn": {
            "officer": {"exemplar_id", "name", "date", "helper_id", "is_done", "note"}
        }
    }
    _deletable = {"nominated fostered published withdrawn": "officer"}
    _order = "exemplar_id, date, id"
    _check_company_auto = True

    exemplar_id = fields.Many2one("emulation.exemplar", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="exemplar_id.company_id", store=True, index=True)
    name = fields.Char(string="What is done to foster it", required=True)
    date = fields.Date(string="Until", required=True)
    helper_id = fields.Many2one("hr.employee", string="Who helps", check_company=True)
    is_done = fields.Boolean(string="Done")
    note = fields.Char()

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps._tell_helpers()
        return steps

    def write(self, vals):
        # sudo: hr.employee - who helped so far, to tell only who is new
        before = {step: step.helper_id for step in self.sudo()} if "helper_id" in vals else {}
        result = super().write(vals)
        self.filtered(lambda step: step in before and step.helper_id != before[step])._tell_helpers()
        return result

    def _tell_helpers(self):
        """Tell who is to help with what is still to be done; who has no account hears of it from the officer."""
        waiting = self.filtered(lambda step: step.helper_id and not step.is_done)
        self.env["emulation.news"]._tell(waiting, "name_helper")


class EmulationExemplarSpread(models.Model):
    """A unit that learnt from a model, and what came of it."""

    _name = "emulation.exemplar.spread"
    _description = "Unit that learnt from a model"
    _inherit = "emulation.guard.mixin"
    _guard_parent = "exemplar_id"
    _writable = {
        "nominated fostered published withdrawn": {
            "officer": {"exemplar_id", "department_id", "date", "name", "result"}
        }
    }
    _deletable = {"nominated fostered published withdrawn": "officer"}
    _order = "exemplar_id, date, id"
    _check_company_auto = True

    exemplar_id = fields.Many2one("emulation.exemplar", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="exemplar_id.company_id", store=True, index=True)
    department_id = fields.Many2one(
        "hr.department", string="Unit that learnt", required=True, ondelete="restrict", check_company=True
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    name = fields.Char(string="What was taken over", required=True)
    result = fields.Char()
