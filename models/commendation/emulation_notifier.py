from collections import Counter
from datetime import timedelta

from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain

from . import endorsement

NEWS_STATES = ("draft", "granted", "rejected", "revoked")
MOST_LATE = 10  # named in one mail
STAGES = {"endorse": "activity_type_endorse", "appraise": "activity_type_appraise"}


class EmulationNotifier(models.AbstractModel):
    """Who hears what of commendations: one activity per approver and stage, one mail a person and day."""

    _name = "emulation.notifier"
    _description = "Notifier of commendations"

    @api.model
    @api.private
    def _notify(self):
        """Open and close the activities of approvers after proposals moved."""
        self._update_activities(self._get_waiting_counts())

    # ------------------------------------------------------------------
    # Who is waited for
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _get_waiting_counts(self):
        """Return {(stage, user id): number of proposals waiting for that approver}, all companies.

        Grouped in the database: the cost grows with units, not with proposals.
        """
        counts = Counter()
        # sudo: emulation.commendation - whose turn it is concerns every approver, whoever made the last step.
        records = self.env["emulation.commendation"].sudo()
        headless = endorsement.find_headless(self.env)
        waits = endorsement.get_waiting_domain()
        groups = records._read_group(
            waits & Domain("id", "not in", headless.ids), ["unit_id", "company_id"], ["__count"]
        )
        heads = self.env["hr.department"]._get_emulation_heads_of(
            (unit, company) for unit, company, _n in groups
        )
        for unit, company, count in groups:
            # A head whose own proposal waits still sees it counted for the unit; the list shows the truth.
            for user in next(iter(heads[unit, company]), ()):
                counts["endorse", user.id] += count
        ready = Domain("state", "=", "endorsed") | (Domain("state", "=", "submitted") & ~waits)
        ready |= Domain("id", "in", headless.ids)
        for company, count in records._read_group(ready, ["company_id"], ["__count"]):
            officers = company._get_emulation_officers()
            for user in officers:
                counts["appraise", user.id] += count
            if len(officers) < 2:
                for user in company._get_emulation_stand_ins() - officers:
                    counts["appraise", user.id] += len(
                        records.search(ready & records.with_user(user)._get_role_domain("stand_in"))
                    )
        return {key: count for key, count in counts.items() if count}

    @api.model
    def _get_late(self, today):
        """Return {user id: proposals past their day that wait for that approver}, the latest first."""
        # sudo: emulation.commendation - as in _get_waiting_counts; each approver hears only of the own work
        records = self.env["emulation.commendation"].sudo()
        waits = Domain("state", "in", ("submitted", "endorsed"))
        late = records.search(waits & records._get_late_domain(today), order="deadline, id")
        found = {}
        for record_id, users in late._get_next_actors().items():
            for user in users:
                found[user.id] = found.get(user.id, records) | records.browse(record_id)
        return {user: group & late for user, group in found.items()}

    # ------------------------------------------------------------------
    # Activities
    # ------------------------------------------------------------------

    @api.model
    def _update_activities(self, waiting):
        """Open an activity for an approver who now has something to do, close it when nothing is left."""
        data = self.env["ir.model.data"]
        stages = {data._xmlid_to_res_id(f"hr_emulation.{xmlid}"): stage for stage, xmlid in STAGES.items()}
        # sudo: mail.activity - those of other people are opened and closed for them.
        activities = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)
        existing = activities.search([("activity_type_id", "in", list(stages))])
        known = {
            (stages[activity.activity_type_id.id], activity.user_id.id): activity for activity in existing
        }
        existing.filtered(lambda a: (stages[a.activity_type_id.id], a.user_id.id) not in waiting).unlink()
        types = {stage: type_id for type_id, stage in stages.items()}
        activities.create(
            [
                self._prepare_activity(types[stage], user_id)
                for stage, user_id in sorted(waiting.keys() - known.keys())
            ]
        )

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
        """Send each person at most one mail a day: what waits for them, what became of their proposals.

        A copy of the database sends nothing.
        """
        if self.env["emulation.installation"]._is_copy():
            return
        today = fields.Date.context_today(self)
        waiting = {}
        for (_stage, user_id), count in self._get_waiting_counts().items():
            waiting[user_id] = waiting.get(user_id, 0) + count
        late = self._get_late(today)
        news = self._get_news(since=fields.Datetime.now() - timedelta(days=1))
        own = self.env["emulation.news"]._take_digest()
        users = (
            self.env["res.users"]
            .browse(waiting.keys() | news.keys() | own.keys())
            .filtered(lambda user: user.active and user.email and user.emulation_digest_on != today)
        )
        template = self.env.ref("hr_emulation.mail_template_digest")
        none = self.env["emulation.commendation"]
        for user in users:
            lines = [self._get_news_line(record, user) for record in news.get(user.id, ())]
            lines += own[user.id]._get_links(user.lang) if user.id in own else []
            # Who has no desk works in the portal.
            link = "/my/emulation" if user.share else "/odoo/emulation-my-turn"
            context = {
                "waiting": waiting.get(user.id, 0),
                "late": self._get_late_lines(late.get(user.id, none), user),
                "news": lines,
                "link": link,
            }
            template.with_context(**context).send_mail(user.id)
        users.emulation_digest_on = today

    @api.model
    def _get_late_lines(self, commendations, user):
        """Return each proposal past its day and by how much, as a link to where this approver decides on it."""
        lines = []
        for commendation in commendations[:MOST_LATE]:
            record = commendation.with_context(lang=user.lang)
            desk = f"/odoo/emulation.commendation/{record.id}"
            url = f"/my/emulation/dossiers/{record.id}" if user.share else desk
            text = f"{record.display_name} – {record.overdue_text}"
            lines.append(self.env["emulation.news"]._get_link(url, text))
        more = len(commendations) - len(lines)
        if more > 0:
            lines.append(self.with_context(lang=user.lang).env._("And %(count)s more.", count=more))
        return lines

    @api.model
    def _get_news(self, since):
        """Return {user id: commendations of that proposer that were decided or returned since}."""
        records = self.env["emulation.commendation"].search(
            Domain("state", "in", NEWS_STATES) & Domain("state_changed_on", ">=", since)
        )
        return {user.id: group for user, group in records.grouped("proposer_id").items() if user}

    @api.model
    def _get_news_line(self, commendation, user):
        """Return what became of a proposal, as a link to where the proposer reads it."""
        record = commendation.with_context(lang=user.lang)
        parts = [
            record.display_name,
            record._get_state_label() if record.state != "draft" else record.env._("Returned"),
        ]
        text = ": ".join(parts) + (f" ({record.reason})" if record.reason else "")
        desk = f"/odoo/emulation.commendation/{record.id}"
        url = f"/my/emulation/proposals/{record.id}" if user.share else desk
        return self.env["emulation.news"]._get_link(url, text)
