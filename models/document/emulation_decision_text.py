"""What a decision says: articles with their placeholders, lines in the order of the law, annex."""

import re

from odoo import fields, models

from ...engine import vietnamese

PLACEHOLDER = re.compile(r"\{(\w+)\}")
LANGUAGE_WORDS = re.compile(r"total_words_([a-z]{2,3})")
SUBJECT_ORDER = ("collective", "household", "individual")
SUBJECT_NAMES = {"collective": "tập thể", "household": "hộ gia đình", "individual": "cá nhân"}
LEVEL_ORDER = ("state", "ministry", "province", "sub_ministry", "grassroots", "internal")


class EmulationDecisionText(models.AbstractModel):
    """The part of a decision that says what is printed; ``self`` is the decision."""

    _name = "emulation.decision.text"
    _inherit = "emulation.document.mixin"
    _description = "What a decision says"

    def _get_ordered_lines(self):
        """Return the lines from high rank to low; titles before forms; collectives and households before
        individuals; the living before the dead; names the Vietnamese way (Decree 152/2025/NĐ-CP, Articles 29–30)."""
        return self._get_lines().sorted(self._line_rank)

    @staticmethod
    def _line_rank(line):
        award = line.award_id
        name = line._get_recipient_name()
        key = vietnamese.sort_key(name) if line.subject == "individual" else vietnamese.collation_key(name)
        return (
            LEVEL_ORDER.index(award.level),
            0 if award.kind == "title" else 1,
            award.sequence,
            award.code or "",
            SUBJECT_ORDER.index(line.subject),
            line.is_posthumous,
            key,
        )

    def _get_annex_groups(self):
        """Return ``[(heading, lines)]``, one group for each award and subject, in order."""
        groups = {}
        for line in self._get_ordered_lines():
            award = line.award_id.with_context(lang="vi_VN").name
            groups.setdefault(f"{award} – {SUBJECT_NAMES[line.subject]}", []).append(line)
        return list(groups.items())

    def _get_register_numbers(self):
        """Return ``{line id: register number}`` of the certificates in force, for the ceremony."""
        cards = self.env["emulation.certificate"].search_fetch(
            [("decision_id", "=", self.id), ("state", "!=", "replaced")], ["commendation_id", "number"]
        )
        return {card.commendation_id.id: card.number for card in cards}

    def _has_annex(self):
        """Many lines stand in an annex; so does a correction that no article spells out."""
        if self.kind == "amendment" and not any(
            "{changes}" in (text or "") for text in self.article_ids.mapped("content")
        ):
            return bool(self.change_ids)
        return len(self._get_lines()) > 1

    def _get_changes_text(self):
        """Return what an earlier decision said of one recipient and what is right; for several see the annex."""
        if len(self.change_ids) != 1:
            return "như danh sách kèm theo"
        return f"đã ghi “{self.change_ids.old_text}”, nay sửa thành “{self.change_ids._get_new_text()}”"

    def _get_article_texts(self):
        """Return the articles with their placeholders filled; those of an issued decision are frozen."""
        self.ensure_one()
        if self.issued_articles and self.state == "issued":
            return self.issued_articles
        values = self._get_placeholder_values()
        return [
            PLACEHOLDER.sub(lambda match: self._fill_placeholder(match, values), article.content)
            for article in self.article_ids
        ]

    def _fill_placeholder(self, match, values):
        """Return what a placeholder stands for; ``{total_words_en}`` is the sum in the words of that language."""
        name = match.group(1)
        if language := LANGUAGE_WORDS.fullmatch(name):
            return vietnamese.amount_in_language(self._get_printed_total(), language.group(1))
        return values.get(name, match.group(0))

    def _get_placeholder_values(self):
        lines = self._get_lines()
        total = self._get_printed_total()
        single = lines[:1] if len(lines) == 1 and not self._has_annex() else lines.browse()
        amended = self.amended_decision_id
        return {
            "awards": self._get_award_text(lines),
            "recipients": self._get_recipient_text(single) if single else self._get_count_text(lines),
            "list": "" if single else " (có danh sách kèm theo)",
            "changes": self._get_changes_text(),
            "achievement": self._get_achievement_text(),
            "total": vietnamese.format_amount(total),
            "total_words": vietnamese.amount_in_words(total),
            "fund": self.fund_source or "Quỹ thi đua, khen thưởng",
            "agency": self.company_id.name,
            "amended": amended._get_document_number() if amended else "…",
            "amended_date": vietnamese.administrative_date(amended.issue_date) if amended.issue_date else "…",
            "reason": self.revocation_reason or "…",
        }

    def _get_printed_total(self):
        """Return the sum in đồng: what was decided, on a draft what issuing it today would come to."""
        if self.state == "issued" or self.prize_total:
            return int(self.prize_total)
        return self._get_expected_total()

    def _get_expected_total(self):
        if self.kind != "grant" or not self.commendation_ids:
            return int(
                sum(
                    self._get_lines().filtered(lambda line: line.prize_state == "paid").mapped("prize_amount")
                )
            )
        return sum(line.amount for line in self._get_prize_lines())

    def _get_award_text(self, lines):
        awards = lines.award_id.with_context(lang="vi_VN").sorted(
            lambda award: (award.sequence, award.code or "")
        )
        titles = awards.filtered(lambda award: award.kind == "title").mapped("name")
        others = (awards.filtered(lambda award: award.kind != "title")).mapped("name")
        parts = [f"danh hiệu {', '.join(f'“{name}”' for name in titles)}"] if titles else []
        return "; ".join([*parts, *([", ".join(others)] if others else [])]) or "…"

    def _get_count_text(self, lines):
        counts = [
            (sum(line.subject == subject for line in lines), SUBJECT_NAMES[subject])
            for subject in SUBJECT_ORDER
        ]
        return " và ".join(f"{count:02d} {name}" for count, name in counts if count) or "…"

    def _get_recipient_text(self, line):
        details = ", ".join(filter(None, (line.position_name, line.unit_name)))
        name = line._get_recipient_name()
        return f"{name}, {details}" if details else name

    def _get_achievement_text(self):
        if self.campaign_id:
            return f"phong trào thi đua “{self.campaign_id.name}”"
        date = self.issue_date or fields.Date.context_today(self)
        return f"công tác năm {date.year}"

    def _get_proposal_line(self):
        return (self.proposal_line or "").strip(" .;")

    def _get_amounts(self):
        """Return ``{line: đồng}``: what was decided, on a draft what issuing it today would pay."""
        self.ensure_one()
        if self.kind != "grant" or self.state == "issued":
            return {line: int(line.prize_amount) for line in self._get_lines()}
        amounts = {prize.key: prize.amount for prize in self._get_prize_lines()}
        return {line: int(amounts.get(line.id) or 0) for line in self.commendation_ids}

    def _get_payment_lines(self):
        """Return the lines with money to pay, or to take back by a revocation, in the order of the annex."""
        lines = self._get_ordered_lines().filtered("prize_amount")
        if self.kind == "revocation":
            return lines.filtered(lambda line: line.prize_state in ("to_return", "returned"))
        return lines

    @staticmethod
    def _get_amount_in_words(amount):
        return vietnamese.amount_in_words(int(amount))

    @staticmethod
    def _format_amount(amount):
        return vietnamese.format_amount(amount) if amount else ""
