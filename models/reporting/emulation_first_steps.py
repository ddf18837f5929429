from dataclasses import dataclass

from odoo import api, models
from odoo.tools.translate import LazyTranslate

from ..mixin.emulation_role_mixin import OFFICER_GROUP

_lt = LazyTranslate(__name__)

SYSTEM_GROUP = "base.group_system"
FEWEST_MEMBERS = 3  # a council of two can neither differ nor decide


@dataclass(frozen=True)
class Step:
    """Something an agency sets up once.

    key:    names the step for the screen, and its check: ``_check_<key>`` returns ``(done, how far)``
    label:  what is to be done
    why:    what it is good for
    action: the screen where it is done
    group:  who may do it, if not every officer
    """

    key: str
    label: object
    why: object
    action: str
    group: str = ""


STEPS = (
    Step(
        "agency",
        _lt("Say what the agency is"),
        _lt("Its kind and the title of its head decide which awards it may give."),
        "hr_emulation.emulation_settings_action",
        SYSTEM_GROUP,
    ),
    Step(
        "letterhead",
        _lt("Fill in the letterhead"),
        _lt("Symbol, place and agency above stand on every document."),
        "hr_emulation.emulation_settings_action",
        SYSTEM_GROUP,
    ),
    Step(
        "address",
        _lt("Set the public address"),
        _lt("Codes on certificates lead to it for decades."),
        "hr_emulation.emulation_settings_action",
        SYSTEM_GROUP,
    ),
    Step(
        "units",
        _lt("Enter the units and their heads"),
        _lt("A head with a login verifies points and endorses proposals."),
        "hr.hr_department_kanban_action",
        "hr.group_hr_user",
    ),
    Step(
        "head",
        _lt("Say who heads the agency"),
        _lt("The head decides where every officer is concerned."),
        "hr_emulation.emulation_settings_action",
        SYSTEM_GROUP,
    ),
    Step(
        "signers",
        _lt("Say who signs"),
        _lt("Signer and capacity then stand in every new document."),
        "hr_emulation.emulation_document_signer_action",
    ),
    Step(
        "council",
        _lt("Set up the council"),
        _lt("Its members vote in secret; most titles need their vote."),
        "hr_emulation.emulation_council_action",
    ),
    Step(
        "criteria",
        _lt("Make a set of criteria"),
        _lt("By it people and units are scored and graded."),
        "hr_emulation.emulation_criterion_set_action",
    ),
    Step(
        "history",
        _lt("Bring in the past years"),
        _lt("Five to ten years of awards and ratings: without them no requirement can be judged."),
        "hr_emulation.emulation_import_action",
    ),
    Step(
        "since",
        _lt("Say since when the registers are complete"),
        _lt("What is not on record since then counts as not having been."),
        "hr_emulation.emulation_settings_action",
        SYSTEM_GROUP,
    ),
    Step(
        "campaign",
        _lt("Launch the first campaign"),
        _lt("People and units register, report and are scored in it."),
        "hr_emulation.emulation_campaign_action",
    ),
    Step(
        "decision",
        _lt("Issue the first decision"),
        _lt("Its certificates can be checked by anybody."),
        "hr_emulation.emulation_decision_action",
    ),
)


class EmulationFirstSteps(models.AbstractModel):
    """What an agency has set up and what not yet: a list that ticks itself, and stores nothing."""

    _name = "emulation.first.steps"
    _description = "First steps"

    @api.model
    @api.readonly
    def get_steps(self):
        """Return what the current company has to set up, in the order in which it is done.

        :return: ``[{key, label, why, done, detail, action}]``; without an action it is somebody else's to do, and
            nothing at all for who is no officer
        """
        if not self.env.user.has_group(OFFICER_GROUP):
            return []
        return [self._prepare_step(step) for step in STEPS]

    @api.private
    @api.model
    def _get_progress(self):
        """Return ``{done, all}`` until the first decision is issued, then nothing: who issued one knows the way."""
        if not self.env.user.has_group(OFFICER_GROUP) or self._check_decision(self.env.company)[0]:
            return False
        steps = self.get_steps()
        return {"done": len([step for step in steps if step["done"]]), "all": len(steps)}

    def _prepare_step(self, step):
        done, detail = getattr(self, f"_check_{step.key}")(self.env.company)
        may = not step.group or self.env.user.has_group(step.group)
        return {
            "key": step.key,
            "label": str(step.label),
            "why": str(step.why),
            "done": bool(done),
            "detail": detail or ("" if may or done else self.env._("An administrator does this.")),
            "action": step.action if may else False,
        }

    # ------------------------------------------------------------------
    # Checks: whether it is done, and how far it is
    # ------------------------------------------------------------------

    def _check_agency(self, company):
        return company.emulation_agency_kind_id and company.emulation_head_title, ""

    def _check_letterhead(self, company):
        has_above = company.emulation_parent_agency or not company.emulation_is_state_body
        return company.emulation_document_symbol and company.city and has_above, ""

    def _check_address(self, _company):
        return not self.env["emulation.installation"]._get_open_doubts(), ""

    def _check_units(self, company):
        units = self.env["hr.department"].search([("company_id", "=", company.id)])
        led = units._get_emulation_led_by_unit()
        headed = len([unit for unit in units if led[unit.id]])
        detail = self.env._(
            "%(headed)s of %(all)s units have a head with a login.", headed=headed, all=len(units)
        )
        return units and headed == len(units), detail if units else ""

    def _check_head(self, company):
        head = company._get_emulation_head()
        return head, head.name or ""

    def _check_signers(self, company):
        signers = self.env["emulation.document.signer"].search([("company_id", "=", company.id)])
        return signers, ", ".join(signers.employee_id.sorted("name").mapped("name"))

    def _check_council(self, company):
        # sudo: emulation.council - how many members the largest council has, also for officers outside it
        councils = self.env["emulation.council"].sudo().search([("company_id", "=", company.id)])
        members = max((len(council.member_ids) for council in councils), default=0)
        detail = self.env._("%(count)s members", count=members) if members else ""
        return members >= FEWEST_MEMBERS, detail

    def _check_criteria(self, company):
        sets = self.env["emulation.criterion.set"]
        return sets.search_count([("company_id", "in", [company.id, False])], limit=1), ""

    def _check_history(self, company):
        return self._has(company, "emulation.import", [("state", "=", "done")]), ""

    def _check_since(self, company):
        return company.emulation_register_from or company.emulation_awards_since, ""

    def _check_campaign(self, company):
        return self._has(company, "emulation.campaign", [("state", "not in", ("draft", "cancelled"))]), ""

    def _check_decision(self, company):
        return self._has(company, "emulation.decision", [("state", "=", "issued")]), ""

    def _has(self, company, model, domain):
        return self.env[model].search_count([("company_id", "=", company.id), *domain], limit=1)
