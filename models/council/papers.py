"""The papers of a session, as plain values. Words are Vietnamese by law, whatever the user's language.

Each class fills one report of ``report/council_papers.xml`` or ``report/minutes_report.xml``.
"""

from odoo.exceptions import UserError

from ...engine import points, vietnamese, voting
from ...engine.wording import NO_BREAK

FORMS = {"meeting": "họp", "written": "lấy ý kiến thành viên bằng văn bản"}
WAYS = {"electronic": "bỏ phiếu kín điện tử", "paper": "bỏ phiếu kín", "hands": "giơ tay biểu quyết"}
ROLES = {
    "chair": "Chủ tịch Hội đồng",
    "standing": "Phó Chủ tịch thường trực Hội đồng",
    "vice_chair": "Phó Chủ tịch Hội đồng",
    "member": "Thành viên Hội đồng",
    "secretary": "Thư ký Hội đồng",
}
GROUPS = (
    ("Thành viên có mặt", "present"),
    ("Thành viên cho ý kiến bằng văn bản", "written"),
    ("Thành viên vắng mặt", "absent"),
)
REVIEWS = {"interim": "sơ kết", "final": "tổng kết"}
TELLER_ROLES = {"head": "Trưởng ban", "member": "Thành viên"}
BLANK_DAY = "ngày ..... tháng ..... năm ........."


def join_parts(*parts):
    """Return e.g. ``Phạm Văn An – Trưởng phòng, Thành viên Hội đồng``; what is empty is left out.

    >>> join_parts("Phạm Văn An", "", "Thành viên Hội đồng")
    'Phạm Văn An – Thành viên Hội đồng'
    """
    first, *others = parts
    rest = ", ".join(filter(None, others))
    return f"{first} – {rest}" if rest else first


def write_moment(local):
    """Return e.g. ``08 giờ 30 phút ngày 24 tháng 8 năm 2026``.

    :param datetime local: in the time zone of the agency
    """
    return f"{local:%H} giờ {local:%M} phút {vietnamese.administrative_date(local.date())}"


class SessionPaper:
    """What the papers of one ``emulation.session`` have in common."""

    def __init__(self, session):
        self.session = session
        self.env = session.env
        self.awards = session.item_ids.commendation_id._get_printed_awards()

    def get_moment(self, moment):
        return write_moment(self.session._get_local(moment))

    def get_end(self):
        closed = self.session.date_end or self.session.closed_on
        return self.get_moment(closed) if closed else "…"

    def get_place(self):
        return self.session.location or "trụ sở cơ quan"

    def get_member(self, row):
        """Return name, post and place in the council of a line of the attendance list."""
        return join_parts(row.name, row._get_position(), ROLES[row.role])

    def get_officer(self, member):
        """Return the same for the chair or the secretary."""
        row = self.session.attendance_ids.filtered(lambda row: row.member_id == member)
        if row:
            return self.get_member(row)
        return join_parts(member.name, ROLES[member.role]) if member else "…"

    def get_proposal(self, item):
        """Return who and what an item of the agenda is about."""
        commendation = item.commendation_id
        place = (commendation.position_name, commendation.unit_name)
        return {
            "name": commendation._get_recipient_name(),
            "place": ", ".join(filter(None, place)),
            "award": self.awards[commendation],
        }

    def get_count(self, item):
        """Return the figures of an item; empty while they do not exist."""
        if self.session.state != "closed":
            return dict.fromkeys(
                ("issued", "cast", "valid", "invalid", "agree", "disagree", "explanation"), ""
            )
        cast = item.agree_count + item.disagree_count + item.blank_count
        return {
            "issued": item.entitled_count,
            "cast": cast,
            "valid": cast - item.blank_count,
            "invalid": item.blank_count,
            "agree": item.agree_count,
            "disagree": item.disagree_count,
            # A decimal comma, and on one line.
            "explanation": (item.explanation or "").replace(" ", NO_BREAK),
        }

    def list_lines(self):
        """Return the table of results."""
        return [
            {
                **self.get_proposal(item),
                **self.get_count(item),
                "conflict": item.conflict_names,
                "result": ("Đạt" if item.is_passed else "Không đạt")
                if self.session.state == "closed"
                else "",
            }
            for item in self.session.item_ids
        ]

    def list_tellers(self):
        """Return the counting board, its head first."""
        tellers = self.session.teller_ids.sorted(lambda teller: (teller.role != "head", teller.sequence))
        return [
            join_parts(teller.name, teller._get_position(), TELLER_ROLES[teller.role]) for teller in tellers
        ]

    def get_ways(self):
        """Return how was voted, e.g. ``bỏ phiếu kín điện tử và phiếu giấy``."""
        way = WAYS[self.session.ballot_way]
        mixed = self.session.ballot_way == "electronic" and self.session.has_paper
        return f"{way} và phiếu giấy" if mixed else way


class Minutes(SessionPaper):
    """The minutes (biên bản bình xét thi đua, biên bản xét khen thưởng): Decree 30/2020, and the result and rate
    of votes, the publication and what became of the comments (Decree 152/2025/NĐ-CP, Articles 33(5) and 44(2))."""

    def get_values(self):
        """Return what the report ``hr_emulation.report_minutes`` prints."""
        session = self.session
        members, participants = session._get_vote_numbers()
        return {
            "opened": self.get_moment(session.date_start),
            "closed": self.get_end(),
            "place": self.get_place(),
            "form": FORMS[session.form],
            "way": self.get_ways(),
            "chair": self.get_officer(session.chair_id),
            "secretary": self.get_officer(session.secretary_id),
            "members": members,
            "participants": participants,
            "needed": voting.needed_for_quorum(members, voting.as_share(session._get_quorum())),
            "groups": [(title, rows) for title, key in GROUPS if (rows := self.list_rows(key))],
            "end": "Việc lấy ý kiến" if session.form == "written" else "Cuộc họp",
            "publications": self.list_publications(),
            "reviews": self.list_reviews(),
            "tellers": self.list_tellers(),
            "discussion": (session.discussion or "").splitlines(),
            "conclusion": (session.conclusion or "").splitlines(),
            "lines": self.list_lines(),
            "passed": len(session.item_ids.filtered("is_passed")),
            "signatures": [
                ("THƯ KÝ", session.secretary_id.name or ""),
                ("CHỦ TỌA", session.chair_id.name or ""),
            ],
        }

    def list_rows(self, presence):
        """Return the members who took part so or stayed away, with the reason of absence."""
        rows = self.session.attendance_ids.filtered(lambda row: row.presence == presence)
        return [self.get_member(row) + (f" ({row.reason})" if row.reason else "") for row in rows]

    def list_reviews(self):
        """Return a sentence for each review of a campaign that the council heard and evaluated."""
        return [
            f"Hội đồng nghe và đánh giá báo cáo {REVIEWS[review.kind]} "
            f"{points.inside_sentence(review.campaign_id.name or '')}, giai đoạn từ "
            f"{vietnamese.administrative_date(review.date_from)} đến "
            f"{vietnamese.administrative_date(review.date_to)}."
            for review in self.session.review_ids
        ]

    def list_publications(self):
        """Return each list for comments of these proposals: its dates and what became of the comments."""
        proposals = self.session.item_ids.commendation_id
        # sudo: emulation.publication - dates, numbers and answers, which the minutes have to state; no author
        lists = self.env["emulation.publication"].sudo()._get_published(proposals)
        return [self.get_publication(record, proposals) for record in lists.sorted("date_from")]

    def get_publication(self, record, proposals):
        comments = record.comment_ids.filtered(
            lambda comment: not comment.commendation_id or comment.commendation_id in proposals
        )
        return {
            "first": vietnamese.administrative_date(record.date_from),
            "last": vietnamese.administrative_date(record.date_to),
            "days": record.days,
            "received": len(comments),
            "handled": len(comments.filtered("is_handled")),
            "answers": [
                join_parts(
                    comment.commendation_id._get_recipient_name() if comment.commendation_id else "Chung",
                    comment.answer,
                )
                for comment in comments.filtered("is_handled")
            ],
        }


class CountingMinutes(SessionPaper):
    """The minutes of the counting board (biên bản kiểm phiếu)."""

    def get_values(self):
        """Return what the report ``hr_emulation.report_counting_minutes`` prints.

        :raises UserError: the vote is not closed
        """
        session = self.session
        if session.state != "closed":
            raise UserError(self.env._("There are counting minutes when the vote is closed."))
        if not session.item_ids:
            raise UserError(self.env._("Nothing was voted on in this session."))
        rows = session.attendance_ids.filtered(lambda row: row._takes_part)
        return {
            "counted": self.get_moment(session.closed_on),
            "place": self.get_place(),
            "tellers": self.list_tellers(),
            "members": session._get_vote_numbers()[0],
            "voters": len(rows),
            "on_paper": len(rows.filtered("uses_paper")),
            "electronic": len(rows.filtered("has_voted")),
            "way": self.get_ways(),
            "opening": self.get_opening(),
            "lines": self.list_lines(),
            "signatures": self.list_signatures(),
        }

    def get_opening(self):
        """Return how the electronic box was opened; empty where there was none."""
        if self.session.ballot_way != "electronic":
            return ""
        if self.session._is_board_box():
            names = ", ".join(self.session.teller_ids._get_holders().mapped("name"))
            return f"Hòm phiếu điện tử được mở bằng mã của hai thành viên Ban kiểm phiếu: {names}."
        return "Hòm phiếu điện tử được mở bằng khóa của máy chủ; khóa đã được hủy sau khi kiểm phiếu."

    def list_signatures(self):
        """Return who signs: the board, its head last; without a board the secretary and the chair."""
        tellers = self.session.teller_ids.sorted(lambda teller: (teller.role == "head", teller.sequence))
        if tellers:
            return [(TELLER_ROLES[teller.role].upper(), teller.name) for teller in tellers]
        return Minutes(self.session).get_values()["signatures"]


class BallotPapers(SessionPaper):
    """The ballot papers (phiếu bầu): one sheet for each member who votes on paper, with the own items."""

    def list_sheets(self):
        """Return the sheets of the report ``hr_emulation.report_ballot_papers``, each a list of lines.

        :raises UserError: nobody votes on ballot papers
        """
        sheets = [lines for row in self.list_rows() if (lines := self.list_own_lines(row))]
        if not sheets:
            raise UserError(self.env._("Nobody votes on ballot papers in this session."))
        return sheets

    def list_rows(self):
        if self.session.ballot_way == "hands" or self.session.state not in ("draft", "open"):
            return []
        return self.session.attendance_ids.filtered(lambda row: row._is_voter and row.uses_paper)

    def list_own_lines(self, row):
        """Return the lines a member votes on. Who writes an opinion needs a ballot where it must be secret."""
        items = self.session._get_ballot_items(row)
        if row.presence == "written":
            items &= self.session._get_secret_items()
        return [self.get_proposal(item) for item in items]


class OpinionForms(SessionPaper):
    """The forms for opinions in writing (phiếu lấy ý kiến): one for each member who is asked so."""

    def list_forms(self):
        """Return the forms of the report ``hr_emulation.report_opinion_forms``.

        :raises UserError: nobody is asked in writing
        """
        rows = self.session.attendance_ids.filtered(lambda row: row.has_vote and row.presence == "written")
        if not rows:
            raise UserError(self.env._("Nobody is asked in writing in this session."))
        return [self.get_form(row) for row in rows]

    def get_form(self, row):
        own, secret = self.session._get_ballot_items(row), self.session._get_secret_items()
        end = self.session.date_end
        return {
            "name": row.name,
            "position": row._get_position() or "…",
            "role": ROLES[row.role],
            "until": vietnamese.administrative_date(self.session._get_local(end).date())
            if end
            else BLANK_DAY,
            "lines": [self.get_proposal(item) for item in own - secret],
            "has_secret": bool(own & secret),
            "electronic": not row.uses_paper,
        }
