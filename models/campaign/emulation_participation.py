from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..mixin.emulation_recipient_mixin import RECIPIENT_NAMES


class EmulationParticipation(models.Model):
    """Registration (đăng ký thi đua) of one person or unit in one campaign."""

    _name = "emulation.participation"
    _description = "Registration"
    _inherit = [
        "emulation.protected.mixin",
        "emulation.bulk.mixin",
        "emulation.recipient.mixin",
        "mail.thread",
    ]
    _search_key_fields = (*RECIPIENT_NAMES, "campaign_id.name")
    _order = "campaign_id, id"
    _check_company_auto = True
    _protected_fields = frozenset(("state", "refusal_reason", "recipient_name", "unit_name", "position_name"))

    campaign_id = fields.Many2one(
        "emulation.campaign", required=True, ondelete="restrict", index=True, check_company=True
    )
    registration_text = fields.Char(string="Rules of registration", compute="_compute_registration_text")
    award_ids = fields.Many2many("emulation.award", string="Titles aimed at")
    pledge = fields.Text()
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
        index=True,
    )
    refusal_reason = fields.Char(string="Reason", copy=False, readonly=True)
    evaluation_ids = fields.One2many("emulation.evaluation", "participation_id")
    can_approve = fields.Boolean(compute="_compute_can_approve")

    _recipient_uniq = models.UniqueIndex(
        "(campaign_id, recipient_key)", "Already registered in this campaign."
    )

    @api.depends("recipient_name", "employee_id", "department_id", "partner_id")
    def _compute_display_name(self):
        for participation in self:
            participation.display_name = participation._get_recipient_name()

    @api.depends("campaign_id")
    @api.depends_context("lang")
    def _compute_registration_text(self):
        for participation in self:
            # Sudoed: the rules of a campaign are for everybody it asks to register.
            participation.registration_text = participation.campaign_id.sudo().registration_text

    @api.depends("state", "unit_id")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        reasons = self._get_cannot_approve_reason()
        for participation in self:
            participation.can_approve = participation.id not in reasons

    # ---------- Guards ----------

    def _get_cannot_reason(self, states, roles):
        actors = self._get_actors()
        reasons = {}
        for participation in self:
            if participation.state not in states:
                reasons[participation.id] = self.env._("The registration is not at this step.")
            elif not actors[participation.id] & roles:
                reasons[participation.id] = self.env._(
                    "Only the recipient, the head of the unit or an officer may."
                )
        return reasons

    def _get_actors(self):
        """Return {id: set of "owner", "head", "officer"} for the current user; nobody approves the own
        one.
        """
        # Sudoed: who heads what is not readable by everybody; only the current user's own roles leave.
        headed = self.env["hr.department"].sudo()._get_emulation_headed_units()
        paths = tuple(headed.mapped("parent_path"))
        officer = self.env.user.has_group("hr_emulation.group_emulation_officer")
        actors = {}
        records = self.sudo()
        records._fetch_all()
        for record in records:
            unit = record.department_id
            owner = unit in headed if unit else record.employee_id.user_id.id == self.env.uid
            above = unit.parent_id if unit else record.unit_id
            head = bool(paths) and (above.parent_path or "").startswith(paths) and not owner
            roles = (("owner", owner), ("head", head), ("officer", officer))
            actors[record.id] = {role for role, holds in roles if holds}
        return actors

    def _fetch_all(self):
        """Read what the verbs look at in one query a model; left alone the ORM reads slices of a thousand."""
        recipient = ("recipient_type", "employee_id", "department_id", "partner_id", "unit_id")
        self.fetch(["state", "campaign_id", "company_id", *recipient])
        self.employee_id.fetch(["user_id"])
        (self.unit_id | self.department_id).fetch(["parent_id", "parent_path"])

    def _get_cannot_submit_reason(self):
        """Return {id: reason}; also when registration is not open (see the campaign's deadline and
        grace days).
        """
        reasons = self._get_cannot_reason(("draft", "refused"), {"owner", "head", "officer"})
        campaigns = self.sudo().campaign_id  # a draft campaign is not readable by everybody
        closed = {campaign.id: campaign._get_registration_closed_reason() for campaign in campaigns}
        for participation in self:
            if closed[participation.campaign_id.id]:
                reasons.setdefault(participation.id, closed[participation.campaign_id.id])
        return reasons

    def _get_cannot_approve_reason(self):
        return self._get_cannot_reason(("submitted",), {"head", "officer"})

    def _get_cannot_withdraw_reason(self):
        """Return {id: reason}; possible while nobody has acted on it."""
        return self._get_cannot_reason(("draft", "submitted"), {"owner", "officer"})

    # ---------- Verbs ----------

    def action_submit(self):
        """Hand the registration in and freeze name, unit and post."""
        return self._run("submit")

    def action_approve(self):
        """Approve as unit head or officer."""
        return self._run("approve")

    def action_refuse(self):
        return self.env["emulation.reason.wizard"]._open(self, "_do_refuse")

    def action_withdraw(self):
        return self._run("withdraw")

    def _run(self, verb):
        reasons = getattr(self, f"_get_cannot_{verb}_reason")()
        ready = self.filtered(lambda participation: participation.id not in reasons)
        getattr(ready, f"_do_{verb}")()
        return self.env["emulation.reason.wizard"]._report(self, ready, reasons)

    @api.private
    def _do_submit(self):
        if self:
            self.lock_for_update()
            self._take_snapshot()
            self._move_all("submitted", refusal_reason=False)

    def _take_snapshot(self, as_of=None):
        as_of = as_of or fields.Date.context_today(self)
        self.sudo()._fetch_all()
        # Sudoed: names, units and posts only; read for all at once.
        self.employee_id.sudo().fetch(["name", "current_version_id"])
        units = self.department_id.sudo()
        (units | units.parent_id).fetch(["name", "parent_id"])
        self.partner_id.sudo().fetch(["name"])
        versions = self._get_employee_versions(as_of)
        names = ("recipient_name", "unit_name", "position_name")
        snapshots = ((record.id, record._prepare_snapshot(versions)) for record in self)
        self._store_rows(names, [(id_, *(values[name] for name in names)) for id_, values in snapshots])

    @api.private
    def _do_approve(self):
        if self:
            self.lock_for_update()
            self._move_all("approved")

    @api.private
    def _do_refuse(self, reason):
        """Refuse with a reason the recipient can read."""
        blocked = self._get_cannot_approve_reason()
        if blocked:
            raise UserError("\n".join(set(blocked.values())))
        self.lock_for_update()
        self._move_all("refused", refusal_reason=reason)
        return True

    @api.private
    def _do_withdraw(self):
        if self:
            self.lock_for_update()
            self._move_all("withdrawn")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(participation.state != "draft" for participation in self):
            raise UserError(self.env._("Only a draft registration can be deleted; withdraw it instead."))

    @api.private
    def _insert_registrations(self, campaign, recipients, award_ids=(), pledge=False):
        """Create draft registrations for many employees or departments in two statements.

        :param recipients: employees or departments of the campaign's company; who is in is skipped
        :return: the registrations created
        """
        self.env.flush_all()
        kind = "employee" if recipients._name == "hr.employee" else "department"
        inserted = self.env.execute_query(
            SQL(
                """
                INSERT INTO emulation_participation
                    (campaign_id, company_id, recipient_type, subject, %(column)s, unit_id, recipient_key,
                     pledge, state, create_uid, write_uid, create_date, write_date)
                SELECT %(campaign)s, %(company)s, %(kind)s, %(subject)s, r.id, %(unit)s, %(kind)s || ':' || r.id,
                       %(pledge)s, 'draft', %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM %(source)s
                 WHERE r.id IN %(ids)s
              ORDER BY r.id
                ON CONFLICT DO NOTHING
             RETURNING id
                """,
                column=SQL.identifier(f"{kind}_id"),
                campaign=campaign.id,
                company=campaign.company_id.id,
                kind=kind,
                subject="individual" if kind == "employee" else "collective",
                unit=SQL("v.department_id" if kind == "employee" else "r.id"),
                source=SQL(
                    "hr_employee r LEFT JOIN hr_version v ON v.id = r.current_version_id"
                    if kind == "employee"
                    else "hr_department r"
                ),
                pledge=pledge or None,
                uid=self.env.uid,
                now=self.env.cr.now(),
                ids=tuple(recipients.ids) or (0,),
            )
        )
        registrations = self.browse(row[0] for row in inserted)
        registrations._insert_awards(award_ids)
        self.env.invalidate_all(flush=False)
        return registrations

    def _insert_awards(self, award_ids):
        link = self._fields["award_ids"]
        if self and award_ids:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO %s (%s, %s) SELECT p, a FROM unnest(%s) p, unnest(%s) a",
                    SQL.identifier(link.relation),
                    SQL.identifier(link.column1),
                    SQL.identifier(link.column2),
                    self.ids,
                    list(award_ids),
                )
            )

    @api.private
    def _find_or_register(self, campaign, recipient, award_ids=(), pledge=False):
        """Create a draft registration, or return the one there is.

        :param dict recipient: ``{"recipient_type": "employee", "employee_id": 5}`` and the like
        :param award_ids: ids of titles aimed at, of those the campaign offers
        """
        vals = {
            **recipient,
            "campaign_id": campaign.id,
            "company_id": campaign.company_id.id,
            "pledge": pledge,
        }
        new = self.new(vals)
        known = self.search([("campaign_id", "=", campaign.id), ("recipient_key", "=", new.recipient_key)])
        if known:
            return known
        offered = campaign.award_line_ids.award_id.ids
        return self.create({**vals, "award_ids": [id_ for id_ in award_ids if id_ in offered]})
