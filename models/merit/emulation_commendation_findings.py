"""What the rule book, the duplicate guard and the ledger of initiatives say about a commendation."""

from collections import defaultdict

from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain

from ...engine import duplicates, eligibility

LIVE_STATES = ("submitted", "endorsed", "appraised", "voted", "forwarded", "granted")
STATUS_STYLES = {"met": "text-bg-success", "needs_review": "text-bg-warning", "not_met": "text-bg-danger"}


class EmulationCommendation(models.Model):
    _inherit = "emulation.commendation"

    waiver_ids = fields.One2many(
        "emulation.waiver", "commendation_id", groups="hr_emulation.group_emulation_officer"
    )
    finding_html = fields.Html(
        string="Requirements", compute="_compute_finding_html", sanitize=False, compute_sudo=True
    )

    officer_log = fields.Text(
        string="Officers' log", readonly=True, copy=False, groups="hr_emulation.group_emulation_officer"
    )

    @api.depends("finding_snapshot", "waiver_ids", "paper_ids.is_there")
    @api.depends_context("uid", "lang")
    def _compute_finding_html(self):
        officer = self.env.user.has_group("hr_emulation.group_emulation_officer")
        for record in self:
            findings = (record.finding_snapshot or {}).get("findings", [])
            lines = record._describe_for(findings, officer)
            record.finding_html = (
                Markup('<ul class="list-unstyled mb-0">%s</ul>') % Markup("").join(lines) if lines else False
            )

    def _describe_for(self, findings, officer):
        """Return an HTML line for each finding.

        A confidential finding reads the same to a proposer whatever it says: a restriction is not revealed,
        not even by its absence.
        """
        self.ensure_one()
        labels = {
            "met": self.env._("met"),
            "not_met": self.env._("not met"),
            "needs_review": self.env._("needs the officer's review"),
        }
        waived = set(self.waiver_ids.requirement_id.ids)
        lines = []
        for stored, finding in zip(
            findings, self.env["emulation.award.rule"]._describe_findings(findings), strict=True
        ):
            secret = finding["confidential"] and not officer
            status = "needs_review" if secret else finding["status"]
            extra = "" if secret else finding["text"]
            if stored["requirement"] in waived:
                extra = self.env._("%(text)s Waived by the officer.", text=extra)
            lines.append(
                self._get_finding_line(finding["name"], status, labels[status], extra, finding["article"])
            )
        for entry in (self.finding_snapshot or {}).get("duplicates", []):
            text = self.env._("Possible duplicate: %(earlier)s", earlier=entry["label"])
            lines.append(self._get_finding_line(text, "needs_review", labels["needs_review"], "", ""))
        return lines

    @api.model
    def _get_finding_line(self, name, status, label, text, article):
        return Markup('<li class="mb-1"><span class="badge %s me-2">%s</span><b>%s</b> %s <i>%s</i></li>') % (
            STATUS_STYLES[status],
            label,
            name,
            text,
            article or "",
        )

    # ------------------------------------------------------------------
    # Judging
    # ------------------------------------------------------------------

    @api.private
    def _refresh_findings(self):
        """Ask the rule book and the duplicate guard again and store the answer with its date."""
        findings = self._get_findings()
        twins = self._get_duplicates()
        today = fields.Date.to_string(fields.Date.context_today(self))
        for record in self:
            stored = [finding.as_dict() for finding in findings.get(record.id, [])]
            snapshot = {"judged_on": today, "findings": stored, "duplicates": twins.get(record.id, [])}
            # Sudoed: the answer is the rule book's, not the user's; he may not read it in full.
            record.sudo()._write_protected(
                {
                    "finding_snapshot": snapshot,
                    "finding_state": record._get_finding_state(findings.get(record.id), snapshot),
                }
            )

    def _get_findings(self):
        """Return {id: [engine Finding]} for the records whose award has a rule; one pass per rule book."""
        findings = {}
        rules = self._get_award_rules()
        for book_rules in self._group_rules(rules).values():
            rule_model = self.env["emulation.award.rule"]
            records = self.browse(record.id for record, rule in rules.items() if rule.id in book_rules.ids)
            findings.update(book_rules._check_eligibility(rule_model._prepare_candidates(records)))
        return findings

    def _group_rules(self, rules):
        """Return {rule book of the commendation: the rules to apply}."""
        books = defaultdict(self.env["emulation.award.rule"].sudo)
        for record, rule in rules.items():
            if rule:
                books[record.sudo().rulebook_id] |= rule
        return books

    def _get_finding_state(self, findings, snapshot):
        self.ensure_one()
        verdict = eligibility.verdict(findings or [])
        if verdict == eligibility.NOT_MET:
            return "not_met"
        doubtful = verdict == eligibility.NEEDS_REVIEW or snapshot["duplicates"] or findings is None
        return "review" if doubtful else "met"

    def _get_blocking(self):
        """Return the texts of findings that stop the appraisal: not met, blocking and not waived."""
        self.ensure_one()
        record = self.sudo()  # waivers and findings are for officers; the caller has checked the role
        snapshot = record.finding_snapshot or {}
        waived = record.waiver_ids.requirement_id.ids
        blocking = [
            finding["name"]
            for finding in snapshot.get("findings", [])
            if finding["blocks"] and finding["requirement"] not in waived
        ]
        guard = record.company_id.emulation_duplicate_guard == "block"
        certain = any(entry["certain"] for entry in snapshot.get("duplicates", []))
        if guard and certain and not any(record.waiver_ids.mapped("is_duplicate")):
            blocking.append(self.env._("Already commended for the same achievement"))
        return blocking

    def _get_cannot_appraise_more(self):
        """A blocking requirement stops the appraisal until the officer waives it with a reason.

        An initiative is looked up again: two proposals may have been handed in at the same moment.
        """
        reasons = self._get_spent_reason()
        for record in self:
            blocking = record._get_blocking()
            if blocking:
                reasons[record.id] = self.env._(
                    "Not met and not waived: %(names)s.", names="; ".join(blocking)
                )
        return reasons

    def action_appraise(self):
        """Judge again on the facts of today, then appraise what may go."""
        shallow = self._get_cannot_reason("appraise", deep=False)
        ready = self.filtered(lambda record: not shallow[record.id])
        # Rows somebody else is moving are not waited for: the verb itself skips and explains them.
        ready.try_lock_for_update()._refresh_findings()
        return super().action_appraise()

    # ------------------------------------------------------------------
    # Duplicates and initiatives
    # ------------------------------------------------------------------

    def _get_duplicates(self):
        """Return {id: [{label, certain, commendation}]} of commendations for the same achievement."""
        earlier = self._search_overlapping()
        found = duplicates.find_duplicates(self._prepare_entries(self.sudo()), self._prepare_entries(earlier))
        return {
            key: [
                {"label": entry.label, "certain": certain, "commendation": entry.key}
                for entry, certain in pairs
            ]
            for key, pairs in found.items()
        }

    def _search_overlapping(self):
        """Return what was proposed or granted in the same company in an overlapping period."""
        starts = [record.period_from for record in self if record.period_from]
        ends = [record.period_to for record in self if record.period_to]
        domain = Domain("state", "in", LIVE_STATES) & Domain("company_id", "in", self.company_id.ids)
        if starts and ends:
            domain &= Domain("period_to", "=", False) | Domain("period_to", ">=", min(starts))
            domain &= Domain("period_from", "=", False) | Domain("period_from", "<=", max(ends))
        # Sudoed: a duplicate is one whoever may see the earlier decision; its number is told to officers.
        return self.env["emulation.commendation"].sudo().search(domain)

    @api.model
    def _prepare_entries(self, records):
        return [
            duplicates.Entry(
                key=record.id,
                recipient=record.recipient_key,
                name=record._get_recipient_name(),
                award=record.award_id.code,
                kind=record.award_id.kind,
                period_from=record.period_from or None,
                period_to=record.period_to or None,
                achievements=frozenset(record.achievement_ids.ids),
                text=record.summary or "",
                label=record._get_duplicate_label(),
            )
            for record in records
        ]

    def _get_duplicate_label(self):
        """Name the earlier commendation by recipient, award, unit and decision."""
        self.ensure_one()
        decision = self.decision_id._get_document_number() if self.decision_id else self.external_decision
        state = dict(self._fields["state"]._description_selection(self.env))[self.state]
        return ", ".join(
            filter(None, [self._get_recipient_name(), self.award_id.name, self.unit_name, decision or state])
        )

    def _get_spent_initiatives(self):
        """Return {id: name of an initiative already spent on the same title elsewhere, or earlier in the list}."""
        titles = self.filtered(lambda record: record.award_id.kind == "title")
        initiatives = titles.achievement_ids.filtered(lambda achievement: achievement.kind != "achievement")
        if not initiatives:
            return {}
        # Sudoed: spent is spent, whoever may see the other commendation.
        users = (
            self.env["emulation.commendation"]
            .sudo()
            .search(Domain("achievement_ids", "in", initiatives.ids) & Domain("state", "in", LIVE_STATES))
        )
        spent = {(item.id, user.award_id.id): user.id for user in users for item in user.achievement_ids}
        result = {}
        for record in titles:
            for item in record.achievement_ids & initiatives:
                if spent.setdefault((item.id, record.award_id.id), record.id) != record.id:
                    result[record.id] = item.name
        return result

    def _get_cannot_submit_more(self):
        return {**self._get_spent_reason(), **super()._get_cannot_submit_more()}

    def _get_spent_reason(self):
        return {
            key: self.env._("The initiative “%(name)s” was already used for this title.", name=name)
            for key, name in self._get_spent_initiatives().items()
        }

    def _log_for_officers(self, notes):
        """Log notes ({id: text}) about findings without naming them to others: they go to the officers' log."""
        for record in self:
            record.sudo()._write_protected(
                {"officer_log": "\n".join(filter(None, [record.sudo().officer_log, notes.get(record.id)]))}
            )
