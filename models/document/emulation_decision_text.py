"""What a decision says: articles with their placeholders, lines in the order of the law, annex."""

import re
from collections import Counter

from odoo import models
from odoo.tools import groupby

from ...engine import vietnamese, wording

LAST_ARTICLE = re.compile(r"(Như Điều )(\d+)")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
LANGUAGE_WORDS = re.compile(r"total_words_([a-z]{2,3})")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
HONORIFICS = {"male": "ông", "female": "bà"}
SUBJECT_ORDER = ("collective", "household", "individual")
SUBJECT_NAMES = {"collective": "tập thể", "household": "hộ gia đình", "individual": "cá nhân"}
LEVEL_ORDER = ("state", "ministry", "province", "sub_ministry", "grassroots", "internal")


def count_subject(number, subject):
    """Return how many of what, as lists say it.

    >>> count_subject(2, "collective")
    '02 tập thể'
    """
    return f"{number:02d} {SUBJECT_NAMES[subject]}"


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

    def _get_standing_lines(self):
        """Return the lines in their order, of a decision that grants without those revoked since."""
        lines = self._get_ordered_lines()
        return lines.filtered(lambda line: line.state != "revoked") if self.kind == "grant" else lines

    def _get_annex_groups(self):
        """Return ``[(heading, lines)]``, one group for each award and subject, in order."""
        return self._group_lines(self._get_ordered_lines())

    def _get_ceremony_groups(self):
        """Return the groups of the annex as they are called to the stage: nobody whose award was revoked."""
        return self._group_lines(self._get_standing_lines())

    def _group_lines(self, ordered):
        groups, names = {}, ordered._get_printed_awards()
        for line in ordered:
            heading = f"{names[line]} cho {SUBJECT_NAMES[line.subject]}"
            period = line._get_period_text()
            groups.setdefault(f"{heading}, {period}" if period else heading, []).append(line)
        return list(groups.items())

    def _get_annex_title(self):
        if self.kind == "amendment":
            return "Danh sách nội dung sửa đổi"
        verb = "bị hủy bỏ khen thưởng" if self.kind == "revocation" else "được khen thưởng"
        households = any(line["subject"] == "household" for line in self._get_annex_lines())
        return f"Danh sách tập thể,{' hộ gia đình,' if households else ''} cá nhân {verb}"

    def _get_annex_lines(self):
        """Return the texts of each line of the annex; those of an issued decision are frozen: an amendment changes
        the records, and never what was issued."""
        self.ensure_one()
        if self.issued_lines and self.state == "issued":
            return self.issued_lines
        names, amounts = self._get_lines()._get_printed_awards(), self._get_amounts()
        return [
            {
                "heading": heading,
                "subject": line.subject,
                "name": line._get_listed_name(),
                "position": ", ".join(filter(None, [line.position_name, line.unit_name])),
                "award": names[line],
                "sum": self._format_amount(amounts[line]),
                "note": line.external_decision or "",
            }
            for heading, lines in self._get_annex_groups()
            for line in lines
        ]

    def _get_annex_parts(self):
        """Return ``[(title, lines)]``; a title is ``I. Giấy khen … cho tập thể (02 tập thể)``."""
        parts = []
        for heading, lines in groupby(self._get_annex_lines(), key=lambda line: line["heading"]):
            index = len(parts)
            number = ROMAN[index] if index < len(ROMAN) else index + 1
            count = count_subject(len(lines), lines[0]["subject"])
            parts.append((f"{number}. {heading} ({count})", lines))
        return parts

    @staticmethod
    def _get_group_count(lines):
        """Return how many of what a group names: ``02 tập thể``."""
        return count_subject(len(lines), lines[0].subject)

    def _get_register_numbers(self):
        """Return ``{line id: register number}`` of the certificates in force, for the ceremony."""
        cards = self.env["emulation.certificate"].search_fetch(
            [("decision_id", "=", self.id), ("state", "=", "issued")], ["commendation_id", "number"]
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
            for article in self._get_printed_articles()
        ]

    def _get_authority(self):
        """Return who decides, as printed in capitals above the legal bases."""
        return self.authority or self._get_issuer_name()

    def _get_issuer_name(self):
        return self.external_issuer or super()._get_issuer_name()

    def _get_printed_articles(self):
        """Return the articles that are printed: none about money where there is none."""
        if self.kind == "amendment" or self._get_printed_total():
            return self.article_ids
        return self.article_ids.filtered(lambda article: not article.only_with_money)

    def _get_recipient_lines(self):
        """Let "as in Article 3" mean the last article where fewer are printed."""
        last = len(self._get_article_texts())
        return [
            LAST_ARTICLE.sub(lambda match: f"{match[1]}{min(int(match[2]), last) or match[2]}", line)
            for line in super()._get_recipient_lines()
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
            "verb": wording.verb(lines.mapped("is_posthumous")),
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
            "amended_by": (amended or self)._get_issuer_name(),
            "amended_date": vietnamese.administrative_date(amended.issue_date) if amended.issue_date else "…",
            "reason": self.revocation_reason or "…",
        }

    def _get_printed_total(self):
        """Return the sum in đồng: what was decided, on a draft what issuing it today would come to."""
        if self.state == "issued" or self.prize_total:
            return int(self.prize_total)
        return self._get_expected_total()

    def _get_award_text(self, lines):
        names = lines._get_printed_awards()
        ordered = lines.sorted(lambda line: (line.award_id.sequence, line.award_id.code or ""))
        titles, others = (
            list(
                dict.fromkeys(names[line] for line in ordered if (line.award_id.kind == "title") == is_title)
            )
            for is_title in (True, False)
        )
        parts = [f"danh hiệu {', '.join(f'“{name}”' for name in titles)}"] if titles else []
        return "; ".join([*parts, *([", ".join(others)] if others else [])]) or "…"

    def _get_count_text(self, lines):
        counts = Counter(line.subject for line in lines)
        texts = [count_subject(counts[subject], subject) for subject in SUBJECT_ORDER if counts[subject]]
        return " và ".join(filter(None, [", ".join(texts[:-1]), *texts[-1:]])) or "…"

    def _get_recipient_text(self, line):
        # "Trưởng phòng" of "Phòng Tổng hợp" is the "Trưởng phòng Tổng hợp"
        details = wording.join_overlapping(line.position_name or "", line.unit_name or "")
        # sudo: hr.employee - ông or bà, as the paper says it
        name = " ".join(
            filter(None, (HONORIFICS.get(line.sudo().employee_id.sex), line._get_recipient_name()))
        )
        return f"{name}, {details}" if details else name

    def _get_achievement_text(self):
        """Return what it is for, and when: the next award is counted from the time written here."""
        lines = self._get_lines()
        period = wording.periods_text((line.period_from or None, line.period_to or None) for line in lines)
        if len(lines) == 1:
            period = lines._get_period_text()
        if self.campaign_id:
            text = wording.campaign_text(self.campaign_id.name)
            years = re.findall(r"\d{4}", period)
            return text if not period or all(year in text for year in years) else f"{text}, {period}"
        return f"công tác {period}" if period else "công tác"

    def _get_word_values(self):
        total = self._get_printed_total()
        return super()._get_word_values() | {
            "total": vietnamese.format_amount(total),
            "total_words": vietnamese.amount_in_words(total),
            "count": f"{len(self._get_lines()):02d}",
        }

    def _get_word_lines(self):
        kept = ("name", "position", "award", "sum", "note")
        lines = [
            {"index": str(index), **{name: line[name] for name in kept}}
            for index, line in enumerate(self._get_annex_lines(), 1)
        ]
        return {"line": lines}

    def _get_word_facts(self):
        lines, total = self._get_lines(), self._get_printed_total()
        names = [*map(type(lines)._get_recipient_name, lines), *self.change_ids.mapped("recipient_name")]
        sums = [vietnamese.amount_in_words(total)] if total else []
        return [*super()._get_word_facts(), *names, *lines._get_printed_awards().values(), *sums]

    def _get_proposal_line(self):
        return (self.proposal_line or "").strip(" .;")

    @staticmethod
    def _get_amount_in_words(amount):
        return vietnamese.amount_in_words(int(amount))

    @staticmethod
    def _format_amount(amount):
        return vietnamese.format_amount(amount) if amount else ""
