"""What a review round comes to: its figures, each one query however many took part, and the words of its report.

Words of the document are Vietnamese by law (Decree 30/2020), whatever the user's language.
"""

from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import points, vietnamese
from ..mixin.dossier_states import HANDED_IN_STATES
from . import tree
from .named_levels import count_levels

NAMES = {"interim": "sơ kết", "final": "tổng kết"}
STATES = ("draft", "submitted", "verified", "confirmed")
FULL_MARK = ("quantity", "rating", "yes_no")  # kinds of criteria with a full mark to be reached
SHOWN = 10


class ReviewFigures:
    """The figures of one ``emulation.review``."""

    def __init__(self, review):
        self.review = review
        self.env = review.env

    def list_units(self):
        """Return one row a unit: id, name, sheets by state, and of the confirmed ones with points how many
        (``scored``), their sum and mean (None without any: levels by name have none); in Vietnamese order.
        """
        sheets, units = self.env["emulation.evaluation"], {}
        own = Domain("review_id", "=", self.review.id)
        for unit, state, count in sheets._read_group(own, ["unit_id", "state"], ["__count"]):
            name = unit.sudo().name or ""  # sudo: hr.department - the name only, printed for everybody
            blank = {"id": unit.id, "name": name, "mean": None, "total": 0, "scored": 0}
            units.setdefault(unit.id, {**blank, **dict.fromkeys(STATES, 0)})[state] = count
        scored = own & Domain("state", "=", "confirmed") & Domain("set_id.scale", "!=", "levels")
        for unit, count, total in sheets._read_group(scored, ["unit_id"], ["__count", "final_total:sum"]):
            units[unit.id].update(scored=count, total=total, mean=round(total / count, 2))
        for row in units.values():
            row["count"] = sum(row[state] for state in STATES)
        rows = [row for row in units.values() if row["count"]]
        return sorted(rows, key=lambda row: vietnamese.collation_key(row["name"]))

    def list_grades(self):
        """Return [(grade, people, units, households)] of the confirmed sheets, the best first, then those without.

        They are scored by different sets; grades of the same name are one.
        """
        sheets, rows = self.env["emulation.evaluation"], []
        confirmed = Domain("review_id", "=", self.review.id) & Domain("state", "=", "confirmed")
        for place, subject in enumerate(("individual", "collective", "household")):
            of_subject = confirmed & Domain("participation_id", "any!", [("subject", "=", subject)])
            rows += [(place, *row) for row in sheets._read_group(of_subject, ["grade_id"], ["__count"])]
        found = {}
        for place, grade, count in sorted(rows, key=lambda row: -row[1].min_points if row[1] else 1):
            found.setdefault(grade.name or "Chưa xếp loại", [0, 0, 0])[place] += count
        return [(name, *counts) for name, counts in found.items()]

    def list_criteria(self):
        """Return [(criterion, % of the full mark)] over the confirmed sheets, the best first.

        Bonus and deductions have no full mark, nor have levels by name without points. People and units are scored by
        different sets; criteria of the same name are one.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT TRIM(c.name), 100 * SUM(s.final_points) / SUM(c.max_points) AS share
                  FROM emulation_score s
                  JOIN emulation_evaluation e ON e.id = s.evaluation_id
                  JOIN emulation_criterion c ON c.id = s.criterion_id
                  JOIN emulation_criterion_set frame ON frame.id = c.set_id AND frame.scale <> 'levels'
                 WHERE e.review_id = %s AND e.state = 'confirmed' AND c.kind IN %s AND c.max_points > 0
              GROUP BY 1
              ORDER BY 2 DESC, 1
                """,
                self.review.id,
                FULL_MARK,
            )
        )
        return [(name, float(share)) for name, share in rows]

    def count_participations(self):
        """Return {(subject, state): count} of the campaign's registrations."""
        groups = self.env["emulation.participation"]._read_group(
            [("campaign_id", "=", self.review.campaign_id.id)], ["subject", "state"], ["__count"]
        )
        return {(subject, state): count for subject, state, count in groups}

    def list_below(self):
        """Return one row a campaign directly below: name, registered, approved, commended, those below it included.

        The rows a five-year campaign has are its years; those of an agency, its units.
        """
        campaign = self.review.campaign_id
        # sudo: emulation.campaign - names and numbers only, of those that report here
        below = campaign.sudo().child_ids.filtered(lambda child: child.state in ("launched", "closed"))
        sums = tree.count(below)
        return [
            {"name": child.with_context(lang="vi_VN").display_name, **sums[child.id]}
            for child in below.sorted(
                lambda child: (child.date_start, vietnamese.collation_key(child.display_name))
            )
        ]

    def list_proposals(self):
        """Return [(award, proposed, granted)] of the campaign and all below it, in the order of the catalogue.

        Proposed is all that was handed in, whatever became of it; granted what is in force.

        :raises AccessError: who may not manage the round sees no figures of proposals
        """
        self.review.check_access("write")
        withdrawn = Domain("state", "=", "withdrawn") & Domain("submitted_on", "!=", False)
        # sudo: emulation.commendation - numbers by award only, of all proposers
        groups = (
            self.env["emulation.commendation"]
            .sudo()
            ._read_group(
                Domain("campaign_id", "child_of", self.review.campaign_id.id)
                & (Domain("state", "in", HANDED_IN_STATES) | withdrawn)
                & (Domain("period_to", "=", False) | Domain("period_to", "<=", self.review.date_to)),
                ["award_id", "state"],
                ["__count"],
            )
        )
        found = {}
        for award, state, count in groups:
            row = found.setdefault(award, [0, 0])
            row[0] += count
            row[1] += count if state == "granted" else 0
        awards = self.env["emulation.award"].union(*found).sorted(lambda award: (award.sequence, award.id))
        names = self.review.campaign_id._get_award_names(awards, self.review.company_id)
        return [(name, *found[award]) for award, name in zip(awards, names, strict=True)]

    def list_exemplars(self):
        """Return the exemplary models of the campaign and all below it whose consent holds today."""
        exemplars = self.env["emulation.exemplar"]
        domain = exemplars._get_shown_domain() & Domain("campaign_id", "child_of", self.review.campaign_id.id)
        return exemplars.search(domain, order="id")

    def list_sheets(self, subject=None, limit=None):
        """Return the confirmed sheets by unit and rank as dictionaries: one query, names as they were taken;
        ``levels`` says how often each level was given where the set has no points.

        :raises AccessError: who may not manage the round sees no list of all
        """
        self.review.check_access("write")
        condition = SQL("AND p.subject = %s", subject) if subject else SQL("")
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT p.recipient_name AS name, p.unit_name AS unit, p.subject, e.self_total, e.verified_total,
                       e.final_total, g.name AS grade, e.rank, e.id, s.scale
                  FROM emulation_evaluation e
                  JOIN emulation_criterion_set s ON s.id = e.set_id
                  JOIN emulation_participation p ON p.id = e.participation_id
             LEFT JOIN emulation_grade g ON g.id = e.grade_id
                 WHERE e.review_id = %s AND e.state = 'confirmed' %s
              ORDER BY %s %s
                """,
                self.review.id,
                condition,
                SQL("e.rank, p.recipient_name") if limit else SQL("e.rank, e.id"),
                SQL("LIMIT %s", limit) if limit else SQL(""),
            )
        )
        lettered = self.env["emulation.evaluation"].browse(
            row["id"] for row in rows if row["scale"] == "levels"
        )
        names = count_levels(lettered)
        for row in rows:
            row["levels"] = names.get(row["id"], "–") if row["scale"] == "levels" else ""
        if not limit:
            rows.sort(
                key=lambda row: (row["subject"] != "collective", vietnamese.collation_key(row["unit"] or ""))
            )
        return rows


class ReviewReport:
    """The words of the report (báo cáo sơ kết, tổng kết), Law 06/2022/QH15, Article 17."""

    def __init__(self, review):
        self.review = review
        self.figures = ReviewFigures(review)
        self.campaign = review.campaign_id
        self.kind = NAMES[review.kind]
        self.title = points.inside_sentence(self.campaign.name or "")

    def get_values(self):
        """Return what the report ``hr_emulation.report_review`` prints."""
        return {
            "title": self.review.abstract or f"{self.kind.capitalize()} {self.title}",
            "kind": self.kind,
            "opening": self.get_opening(),
            "participation": self.list_participation(),
            "units": self.figures.list_units(),
            "below": self.figures.list_below(),
            "grades": self.figures.list_grades(),
            "leaders": self.list_leaders(),
            "proposals": self.figures.list_proposals(),
            "money": self.get_money(),
            "council": self.list_sessions(),
            "exemplars": self.figures.list_exemplars(),
            "lessons": [line.strip() for line in (self.review.lessons or "").splitlines() if line.strip()],
            "sheets": self.figures.list_sheets(),
            "points": self.get_points,
            "count": vietnamese.format_count,
        }

    def get_opening(self):
        start, end = map(vietnamese.administrative_date, (self.review.date_from, self.review.date_to))
        theme = f" với chủ đề “{self.campaign.theme.strip()}”" if self.campaign.theme else ""
        return (
            f"{self.review.company_id.name} báo cáo {self.kind} {self.title}{theme}, giai đoạn từ {start} đến {end}, "
            "như sau:"
        )

    def list_participation(self):
        """Return the sentences on who took part."""
        counts = self.figures.count_participations()
        entered, taken, left = (
            self.write_counts(counts, *states)
            for states in (("submitted", "approved", "refused", "left"), ("approved", "left"), ("left",))
        )
        approved = f"đã duyệt {taken}" if taken else "chưa duyệt trường hợp nào"
        sentences = [
            f"Có {entered} đăng ký thi đua; {approved}."
            if entered
            else "Chưa có cá nhân, tập thể đăng ký thi đua.",
            f"Đã thôi tham gia giữa chừng: {left}." if left else "",
            *self.list_scored(),
            self.get_below_sentence(),
        ]
        return list(filter(None, sentences))

    @staticmethod
    def write_counts(counts, *states):
        """Write how many people, units and households are registered in these states; empty: none."""
        words = (("individual", "cá nhân"), ("collective", "tập thể"), ("household", "hộ gia đình"))
        found = [(sum(counts.get((subject, state), 0) for state in states), name) for subject, name in words]
        return vietnamese.join_words(
            f"{vietnamese.format_count(count)} {name}" for count, name in found if count
        )

    def list_scored(self):
        units = self.figures.list_units()
        confirmed, sheets = (
            vietnamese.format_count(sum(unit[key] for unit in units)) for key in ("confirmed", "count")
        )
        late = vietnamese.format_count(self.review.late_count) if self.review.late_count else ""
        return [
            f"Đã kết luận {confirmed}/{sheets} phiếu chấm điểm.",
            f"Có {late} phiếu muộn so với thời hạn." if late else "",
        ]

    def get_below_sentence(self):
        """Return the figures of the campaign with those below it; empty where there are none."""
        below = self.figures.list_below()
        if not below:
            return ""
        total = tree.count(self.campaign)[self.campaign.id]
        registered, approved, granted = (
            vietnamese.format_count(total[f"tree_{name}_count"])
            for name in ("registration", "approved", "granted")
        )
        return (
            f"Tính cả {vietnamese.format_count(len(below))} phong trào thành phần: có {registered} lượt"
            f" đăng ký, đã duyệt {approved}, đã khen thưởng {granted} trường hợp."
        )

    def list_sessions(self):
        """Return a sentence for each closed session in which the council evaluated the round."""
        closed = self.review.session_ids.filtered(lambda session: session.state == "closed")
        return [
            f"{session.council_id.name} đã nghe và đánh giá tại phiên họp "
            f"{vietnamese.administrative_date(session._get_local(session.date_start).date())}."
            for session in closed.sorted("date_start")
        ]

    def get_money(self):
        """Return the sentence that sets the prizes decided so far against the budget; empty without either."""
        spent = round(tree.count(self.campaign)[self.campaign.id]["tree_prize_total"])
        budget = round(self.campaign.budget)
        if not spent:
            return ""
        text = f"Tiền thưởng đã quyết định: {vietnamese.format_amount(spent)} đồng"
        if not budget:
            return f"{text}."
        share = vietnamese.percentage(spent, budget)
        return f"{text}, bằng {share} kinh phí dự kiến ({vietnamese.format_amount(budget)} đồng)."

    def list_leaders(self):
        """Return [(heading, names)] of those ranked first, collectives before people."""
        parts = (
            ("collective", "Tập thể dẫn đầu"),
            ("individual", "Cá nhân dẫn đầu"),
            ("household", "Hộ gia đình dẫn đầu"),
        )
        found = [
            # Points that were confirmed and not ranked yet lead nobody.
            (heading, [row for row in self.figures.list_sheets(subject, SHOWN) if row["rank"]])
            for subject, heading in parts
        ]
        return [
            (
                heading,
                "; ".join(f"{row['name']} ({self._tell_result(row)}, hạng {row['rank']})" for row in rows),
            )
            for heading, rows in found
            if rows
        ]

    def _tell_result(self, row):
        return row["levels"] or f"{self.get_points(row['final_total'])} điểm"

    @staticmethod
    def get_points(value):
        """Return points as printed: half of 97 is ``48,5``."""
        return vietnamese.format_decimal(float(value or 0), 2)
