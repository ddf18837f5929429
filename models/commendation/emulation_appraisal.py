from collections import defaultdict

from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain

from ...engine import duplicates, eligibility
from ..mixin.dossier_states import LIVE_STATES
from . import namesakes

STATUS_STYLES = {"met": "text-bg-success", "needs_review": "text-bg-warning", "not_met": "text-bg-danger"}


class EmulationAppraisal(models.AbstractModel):
    """What the rule book, the duplicate guard and the ledger of initiatives say about commendations."""

    _name = "emulation.appraisal"
    _description = "Appraisal of commendations"

    # ------------------------------------------------------------------
    # Judging
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _judge(self, commendations):
        """Ask the rule book and the duplicate guard again and store the answer with its date."""
        findings = self._get_findings(commendations)
        same = self._get_duplicates(commendations)
        today = fields.Date.to_string(fields.Date.context_today(self))
        for record in commendations:
            stored = [finding.as_dict() for finding in findings.get(record.id, [])]
            snapshot = {"judged_on": today, "findings": stored, "duplicates": same.get(record.id, [])}
            # sudo: emulation.commendation - the answer is the rule book's, not the user's, who may not read it in full.
            record.sudo()._write_protected(
                {
                    "finding_snapshot": snapshot,
                    "finding_state": self._get_state(findings.get(record.id), snapshot),
                }
            )

    @api.model
    def _get_findings(self, commendations, kinds=None, on=None):
        """Return {id: [engine Finding]} for the records whose award has a rule; one pass per rule book.

        :param kinds: only requirements of these kinds; default all
        :param datetime.date on: the day of the judgement; default today
        """
        findings = {}
        rules = self.env["emulation.award.rule"]._get_of(commendations)
        rule_model = self.env["emulation.award.rule"]
        for (book, company), book_rules in self._group_rules(rules).items():
            # sudo: emulation.commendation - rule book and company only, to group by
            ids = [
                record.id
                for record in rules
                if (record.sudo().rulebook_id, record.sudo().company_id) == (book, company)
                and rules[record] in book_rules
            ]
            candidates = rule_model._prepare_candidates(commendations.browse(ids), on)
            findings.update(book_rules.with_company(company)._check_eligibility(candidates, kinds))
        return findings

    @api.model
    def _group_rules(self, rules):
        """Return {(rule book of the commendation, its company): the rules to apply}."""
        # sudo: emulation.award.rule - the law is the same for everybody.
        books = defaultdict(self.env["emulation.award.rule"].sudo)
        for record, rule in rules.items():
            if rule:
                # sudo: emulation.commendation - rule book and company only, to group by
                books[record.sudo().rulebook_id, record.sudo().company_id] |= rule
        return books

    @api.model
    def _get_state(self, findings, snapshot):
        verdict = eligibility.verdict(findings or [])
        if verdict == eligibility.NOT_MET:
            return "not_met"
        doubtful = verdict == eligibility.NEEDS_REVIEW or snapshot["duplicates"] or findings is None
        return "review" if doubtful else "met"

    @api.model
    def _get_waived(self, commendations):
        """Return {id: ids of the requirements an officer waived}.

        A waiver is a word about what was on record: a discipline or a case entered or changed since is not waived.
        """
        # sudo: emulation.waiver - to decide; nothing of it is shown
        waivers = commendations.sudo().waiver_ids.filtered("requirement_id")
        secret = waivers.filtered(lambda one: eligibility.KINDS[one.requirement_id.kind].confidential)
        changed = self._get_restrictions_changed(secret.commendation_id)
        waived = {key: set() for key in commendations._ids}
        for waiver in waivers:
            record = waiver.commendation_id
            since = changed.get(record.recipient_key)
            if waiver not in secret or not since or since <= waiver.create_date:
                waived[record.id].add(waiver.requirement_id.id)
        return waived

    @api.model
    def _get_restrictions_changed(self, commendations):
        """Return {recipient key: when one of the restrictions was last entered or changed}."""
        keys = list(filter(None, commendations.mapped("recipient_key")))
        if not keys:
            return {}
        # sudo: emulation.restriction - a moment only, to decide
        groups = (
            self.env["emulation.restriction"]
            .sudo()
            ._read_group([("recipient_key", "in", keys)], ["recipient_key"], ["write_date:max"])
        )
        return dict(groups)

    @api.model
    def _get_blocking(self, commendation):
        """Return the texts of findings that stop the appraisal: not met, blocking and not waived."""
        record = commendation.sudo()  # sudo: emulation.waiver - for officers; the caller has checked the role
        snapshot = record.finding_snapshot or {}
        waived = self._get_waived(record)[record.id]
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

    # ------------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------------

    @api.model
    def _describe(self, commendation):
        """Return the findings as an HTML list, with the missing papers; False without any."""
        officer = self.env.user.has_group("hr_emulation.group_emulation_officer")
        lines = self._describe_findings(commendation, officer) + self._describe_dossier(commendation)
        if not lines:
            return False
        return Markup('<ul class="list-unstyled mb-0">%s</ul>') % Markup("").join(lines)

    @api.model
    def _describe_findings(self, commendation, officer):
        """Return an HTML line for each finding and duplicate."""
        return [
            self._get_line(line["name"], line["status"], line["label"], line["text"], line["article"])
            for line in self._list_findings(commendation, officer)
        ]

    @api.model
    @api.private
    def _list_findings(self, commendation, officer=False, is_close=True):
        """Return [{name, status, label, text, article}] of each finding and duplicate, as far as the reader may know.

        A confidential finding reads the same to a proposer whatever it says: a restriction is not revealed,
        not even by its absence.

        :param bool is_close: False for a colleague, who reads what is asked for and not how the recipient stands
        """
        labels = {
            "met": self.env._("met"),
            "not_met": self.env._("not met"),
            "needs_review": self.env._("needs the officer's review"),
        }
        unclear = {"status": "needs_review", "label": labels["needs_review"]}
        snapshot = commendation.finding_snapshot or {}
        findings = snapshot.get("findings", [])
        waived = self._get_waived(commendation)[commendation.id] if commendation.waiver_ids else set()
        described = self.env["emulation.award.rule"]._describe_findings(findings)
        lines = []
        for stored, finding in zip(findings, described, strict=True):
            secret = (finding["confidential"] and not officer) or not is_close
            status = "needs_review" if secret else finding["status"]
            extra = "" if secret else finding["text"]
            if stored["requirement"] in waived:
                extra = self.env._("%(text)s Waived by the officer.", text=extra)
            lines.append(
                {
                    "name": finding["name"],
                    "status": status,
                    "label": labels[status],
                    "text": extra,
                    "article": finding["article"] or "",
                }
            )
        for entry in snapshot.get("duplicates", []):
            text = self.env._("Possible duplicate: %(earlier)s", earlier=entry["label"])
            lines.append({"name": text, "text": "", "article": "", **unclear})
        return lines

    @api.model
    def _describe_dossier(self, commendation):
        """Return a line that names what is missing in the dossier so far, for the proposer as well."""
        step = "submit" if commendation.state == "draft" else "appraise"
        papers = self.env["emulation.commendation.paper"]._get_missing(commendation, step)
        if commendation.id not in papers:
            return []
        names = ", ".join(papers[commendation.id].mapped("name"))
        label = self.env._("missing")
        return [self._get_line(self.env._("Dossier"), "needs_review", label, names, "")]

    @api.model
    def _get_line(self, name, status, label, text, article):
        return Markup('<li class="mb-1"><span class="badge %s me-2">%s</span><b>%s</b> %s <i>%s</i></li>') % (
            STATUS_STYLES[status],
            label,
            name,
            text,
            article or "",
        )

    # ------------------------------------------------------------------
    # Duplicates and initiatives
    # ------------------------------------------------------------------

    @api.model
    def _get_duplicates(self, commendations):
        """Return {id: [{label, certain, commendation}]} of commendations for the same achievement."""
        earlier = self._search_overlapping(commendations)
        # sudo: emulation.commendation - compared; only label and id leave
        entries = (self._prepare_entries(records) for records in (commendations.sudo(), earlier))
        found = duplicates.find_duplicates(*entries)
        return {
            key: [
                {"label": entry.label, "certain": certain, "commendation": entry.key}
                for entry, certain in pairs
            ]
            for key, pairs in found.items()
        }

    @api.model
    def _search_overlapping(self, commendations):
        """Return what was proposed or granted to the same people, or people of nearly the same name, in the same
        company in an overlapping period: by indexes, for an agency's history is long.
        """
        starts = [record.period_from for record in commendations if record.period_from]
        ends = [record.period_to for record in commendations if record.period_to]
        domain = Domain("state", "in", LIVE_STATES)
        domain &= Domain("company_id", "in", commendations.company_id.ids)
        if starts and ends:
            domain &= Domain("period_to", "=", False) | Domain("period_to", ">=", min(starts))
            domain &= Domain("period_from", "=", False) | Domain("period_from", "<=", max(ends))
        domain &= namesakes.get_domain(commendations)
        # sudo: emulation.commendation - a duplicate is one whoever may see it; its number is told to officers.
        return self.env["emulation.commendation"].sudo().search(domain)

    @api.model
    def _prepare_entries(self, commendations):
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
                label=self._get_duplicate_label(record),
            )
            for record in commendations
        ]

    @api.model
    def _get_duplicate_label(self, record):
        """Name the earlier commendation by recipient, award, unit and decision."""
        decision = (
            record.decision_id._get_document_number() if record.decision_id else record.external_decision
        )
        parts = [
            record._get_recipient_name(),
            record.award_id.name,
            record.unit_name,
            decision or record._get_state_label(),
        ]
        return ", ".join(filter(None, parts))

    @api.model
    def _get_spent_initiatives(self, commendations):
        """Return {id: name of an initiative already spent on the same title elsewhere, or earlier in the list}."""
        titles = commendations.filtered(lambda record: record.award_id.kind == "title")
        initiatives = titles.achievement_ids.filtered(lambda achievement: achievement.kind != "achievement")
        if not initiatives:
            return {}
        # sudo: emulation.commendation - spent is spent, whoever may see the other commendation.
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

    @api.model
    @api.private
    def _log_for_officers(self, notes):
        """Log notes ({commendation: text}) about findings where only officers read them."""
        for record, text in notes.items():
            # sudo: emulation.commendation - written by the waiver, read by officers
            log = "\n".join(filter(None, [record.sudo().officer_log, text]))
            # sudo: emulation.commendation - written by the waiver, read by officers.
            record.sudo()._write_protected({"officer_log": log})
