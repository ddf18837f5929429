"""Who hears what: one activity per approver and stage, one digest mail per person and day."""

from datetime import timedelta

from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain

NEWS_STATES = ("draft", "granted", "rejected", "revoked")
STAGES = {"endorse": "activity_type_endorse", "appraise": "activity_type_appraise"}


class EmulationCommendation(models.Model):
    _inherit = "emulation.commendation"

    def _finish_transition(self, verb, **values):
        heads_before = self._get_waiting_counts() if self else {}
        result = super()._finish_transition(verb, **values)
        if self:
            self._update_activities(heads_before, self._get_waiting_counts())
        return result

    # ------------------------------------------------------------------
    # Who is waited for
    # ------------------------------------------------------------------

    @api.model
    def _get_waiting_counts(self):
        """Return {(stage, user id): number of proposals waiting for that approver}, all companies.

        Grouped in the database: the cost grows with units, not with proposals.
        """
        counts = {}
        # Sudoed: whose turn it is concerns every approver, whoever made the last step.
        records = self.env["emulation.commendation"].sudo()
        submitted = Domain("state", "=", "submitted") & Domain("needs_endorsement", "=", True)
        for unit, count in records._read_group(submitted, ["unit_id"], ["__count"]):
            # A head whose own proposal waits still sees it counted for his unit; the list shows the truth.
            for user in unit._get_emulation_approvers({}).get(unit, ()):
                counts["endorse", user.id] = counts.get(("endorse", user.id), 0) + count
        ready = Domain("state", "=", "endorsed") | (
            Domain("state", "=", "submitted") & Domain("needs_endorsement", "=", False)
        )
        for company, count in records._read_group(ready, ["company_id"], ["__count"]):
            for user in self._get_officers(company):
                counts["appraise", user.id] = counts.get(("appraise", user.id), 0) + count
        return counts

    @api.model
    def _get_officers(self, company):
        """Return the active officers of a company, without the technical users."""
        group = self.env.ref("hr_emulation.group_emulation_officer").sudo()
        return group.all_user_ids.filtered(
            lambda user: user.active and company in user.company_ids and user.id > 2
        )

    # ------------------------------------------------------------------
    # Activities
    # ------------------------------------------------------------------

    @api.model
    def _update_activities(self, before, after):
        """Open an activity for an approver who now has something to do, close it when nothing is left."""
        changed = {
            key for key in before.keys() | after.keys() if bool(before.get(key)) != bool(after.get(key))
        }
        if not changed:
            return
        types = {stage: self.env.ref(f"hr_emulation.{xmlid}").id for stage, xmlid in STAGES.items()}
        # Sudoed: an activity of another person is opened and closed for him.
        activities = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)
        existing = activities.search(
            Domain("activity_type_id", "in", list(types.values()))
            & Domain("user_id", "in", [u for _s, u in changed])
        )
        by_key = {(activity.activity_type_id.id, activity.user_id.id): activity for activity in existing}
        gone, to_create = activities, []
        for stage, user_id in changed:
            activity = by_key.get((types[stage], user_id))
            if not after.get((stage, user_id)):
                gone |= activity or activities
            elif not activity:
                to_create.append(self._prepare_activity(types[stage], user_id))
        gone.unlink()
        activities.create(to_create)

    @api.model
    def _prepare_activity(self, type_id, user_id):
        return {
            "activity_type_id": type_id,
            "user_id": user_id,
            "note": Markup('<a href="/odoo/emulation-my-turn">%s</a>') % self.env._("Open what waits for me"),
        }

    # ------------------------------------------------------------------
    # Digest
    # ------------------------------------------------------------------

    @api.model
    def _cron_send_digests(self):
        """Send each person at most one mail a day: what waits for him, what became of his proposals.

        A copy of the database sends nothing.
        """
        if self.env["emulation.installation"]._is_copy():
            return
        today = fields.Date.context_today(self)
        waiting = {}
        for (_stage, user_id), count in self._get_waiting_counts().items():
            waiting[user_id] = waiting.get(user_id, 0) + count
        news = self._get_news(since=fields.Datetime.now() - timedelta(days=1))
        users = (
            self.env["res.users"]
            .browse(waiting.keys() | news.keys())
            .filtered(lambda user: user.active and user.email and user.emulation_digest_on != today)
        )
        template = self.env.ref("hr_emulation.mail_template_digest")
        for user in users:
            lines = [record._get_news_line(user.lang) for record in news.get(user.id, self)]
            # Who has no desk works in the portal.
            link = "/my/emulation/unit" if user.share else "/odoo/emulation-my-turn"
            context = {"waiting": waiting.get(user.id, 0), "news": lines, "link": link}
            template.with_context(**context).send_mail(user.id)
        users.emulation_digest_on = today

    @api.model
    def _get_news(self, since):
        """Return {user id: commendations of that proposer that were decided or returned since}."""
        records = self.search(Domain("state", "in", NEWS_STATES) & Domain("state_changed_on", ">=", since))
        return {user.id: group for user, group in records.grouped("proposer_id").items() if user}

    def _get_news_line(self, lang):
        record = self.with_context(lang=lang)
        parts = [
            record.display_name,
            record._get_state_label() if record.state != "draft" else record.env._("Returned"),
        ]
        return ": ".join(parts) + (f" ({record.reason})" if record.reason else "")
