from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools.translate import LazyTranslate

from ...engine.wording import keep_place
from ..mixin.emulation_document_mixin import FRAME
from ..mixin.verb import Verb
from .meeting_paper import MeetingPaper

_lt = LazyTranslate(__name__)

# The unit writes its own minutes: its head is no judge of others here.
KEEPERS = {"owner": None, "head": None, "officer": None}
VERBS = {
    "issue": Verb(
        ("draft",),
        "issued",
        KEEPERS,
        _lt("Close the minutes"),
        checks=("_check_minutes",),
        also="chair, secretary and conclusion are there, nobody got more votes than people were present",
    ),
    "cancel": Verb(("draft",), "cancelled", KEEPERS, _lt("Cancel the meeting"), reason=True),
}
CONTENT = {
    *("department_id", "year_id", "date_start", "date_end", "location", "attendance_ids", "vote_ids"),
    *("discussion", "conclusion", "company_id"),
}
COPIES = {"signed_copy", "signed_copy_name"}
RECIPIENTS = "Thủ trưởng cơ quan (để báo cáo)\nLưu: hồ sơ thi đua, khen thưởng"
HALF = 50  # where no book is in force
BLOCK_SYMBOLS = {"cluster": "BB-CTĐ", "block": "BB-KTĐ"}


class EmulationMeeting(models.Model):
    """A meeting of a unit that proposes people and collectives (họp bình xét), or of a cluster or block, and its
    minutes (biên bản).

    What a block compared and whom it acclaimed stands in its year; here is who met, and what was said.
    """

    _name = "emulation.meeting"
    _description = "Meeting of a unit or of a block"
    _inherit = "emulation.issued.document.mixin"
    _search_key_fields = ("department_id.name", "year_id.block_id.name", "abstract", "number", "symbol")
    _order = "date_start desc, id desc"
    _symbol_kind = "BB"
    _number_series = "minutes"
    _document_report = "meeting"
    _verbs = VERBS
    _writable = {
        "draft": {"owner head officer": CONTENT | FRAME | {"word_copy", "word_copy_name"}},
        "draft issued": {"owner head": COPIES},
    }
    _deletable = {"draft": "owner head"}

    state = fields.Selection(
        [("draft", "Being written"), ("issued", "Minutes closed"), ("cancelled", "Cancelled")]
    )
    company_id = fields.Many2one(
        compute="_compute_company_id", store=True, readonly=False, precompute=True, default=None
    )
    department_id = fields.Many2one(
        "hr.department", string="Unit", index="btree_not_null", ondelete="restrict", check_company=True
    )
    year_id = fields.Many2one(
        "emulation.block.year",
        string="Year of a block",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    abstract = fields.Char(compute="_compute_abstract", store=True, readonly=False, precompute=True)
    date_start = fields.Datetime(string="Opened at", required=True, default=fields.Datetime.now)
    date_end = fields.Datetime(string="Ended at")
    location = fields.Char()
    attendance_ids = fields.One2many(
        "emulation.meeting.attendance", "meeting_id", string="Present and absent", copy=True
    )
    vote_ids = fields.One2many("emulation.meeting.vote", "meeting_id", string="Votes on proposals")
    present_count = fields.Integer(string="People present with a vote", compute="_compute_present_count")
    majority = fields.Float(
        string="Agreed with more than (%)",
        digits=(5, 2),
        compute="_compute_majority",
        help="Of the people present, by the rule book of the day.",
    )
    kept_majority = fields.Float(
        string="Share asked for (%)",
        digits=(5, 2),
        default=HALF,
        copy=False,
        readonly=True,
        help="As the rule book said when the minutes were closed.",
    )
    discussion = fields.Text(help="What was said, for the minutes; opinions that differ are reported.")
    conclusion = fields.Text(help="What the chair concluded.")
    recipient_lines = fields.Text(default=RECIPIENTS)
    can_issue = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _of_one = models.Constraint(
        "CHECK (num_nonnulls(department_id, year_id) = 1)",
        "A meeting is either of a unit or of a block.",
    )

    @api.depends("department_id", "year_id")
    def _compute_company_id(self):
        for meeting in self:
            # sudo: hr.department, emulation.block.year - whose unit or block it is
            about = meeting.sudo().department_id or meeting.sudo().year_id
            meeting.company_id = about.company_id or meeting.company_id or self.env.company

    @api.depends("department_id", "year_id", "date_start")
    def _compute_abstract(self):
        for meeting in self:
            block, day = meeting.year_id.block_id, meeting.date_start or fields.Datetime.now()
            year = meeting.year_id.year or meeting._get_local(day).year
            meeting.abstract = (
                f"Họp {block.name} năm {year}" if block else (f"Họp bình xét thi đua, khen thưởng năm {year}")
            )

    @api.depends("year_id")
    def _compute_symbol(self):
        blocks = self.filtered("year_id")
        for meeting in blocks:
            meeting.symbol = BLOCK_SYMBOLS[meeting.year_id.block_id.kind]
        return super(EmulationMeeting, self - blocks)._compute_symbol()

    @api.depends("attendance_ids.presence", "attendance_ids.part")
    def _compute_present_count(self):
        for meeting in self:
            meeting.present_count = len(meeting._get_voters())

    @api.depends("company_id", "date_start", "state", "kept_majority")
    def _compute_majority(self):
        drafts = self.filtered(lambda meeting: meeting.state == "draft")
        shares = drafts._get_book_majorities()
        for meeting in self:
            meeting.majority = shares.get(meeting, meeting.kept_majority)

    def _get_book_majorities(self):
        """Return ``{meeting: the share that the rule book of its day asks for, in %}``."""
        keys = {
            meeting: (
                meeting.company_id,
                meeting._get_local(meeting.date_start or fields.Datetime.now()).date(),
                None,
            )
            for meeting in self
        }
        books = self.env["emulation.rulebook"]._choose_many(keys.values())
        return {
            meeting: books[key].unit_vote_percent if books[key] else HALF for meeting, key in keys.items()
        }

    def _get_voters(self):
        """Return who is present and no guest."""
        return self.attendance_ids.filtered(lambda row: row.presence == "present" and row.part != "guest")

    def _get_word_facts(self):
        """Return who was there and who was proposed for what."""
        people = self.attendance_ids.mapped("name")
        awards = self.vote_ids.commendation_id._get_printed_awards()
        known = [*super()._get_word_facts(), *people]
        return [*known, *(line._get_recipient_name() for line in awards), *set(awards.values())]

    def _get_document_values(self):
        """Print who met in the heading, below the agency."""
        values = super()._get_document_values()
        # sudo: hr.department, emulation.block - the name of who met, for the heading
        heading = keep_place(self.sudo().department_id.name or self.sudo().year_id.block_id.name or "")
        if values["is_state_body"]:
            return {**values, "parent_agency": values["agency"], "agency": heading}
        return {**values, "letterhead": [heading, *values["letterhead"]]}

    def _get_paper(self):
        self.ensure_one()
        return MeetingPaper(self.with_context(lang="vi_VN")).get_values()

    # ------------------------------------------------------------------
    # Who was there, what was proposed
    # ------------------------------------------------------------------

    def action_list_people(self):
        """List the people of the unit, or the members of the block, who are not on the list yet."""
        self.ensure_one()
        known = set(self.attendance_ids.mapped("name"))
        people = [vals for vals in self._prepare_people() if vals["name"] not in known]
        self.attendance_ids = [Command.create(vals) for vals in people]

    def _prepare_people(self):
        if self.year_id:
            head = self.year_id.head_id
            return [
                {"name": f"Đại diện {member.name}", "part": "chair" if member == head else "member"}
                for member in self.year_id.block_id.member_ids
            ]
        # sudo: hr.employee - names and posts of the unit's own people, which its minutes name
        people = self.env["hr.employee"].sudo()
        manager = self.department_id.sudo().manager_id
        found = people.search([("department_id", "child_of", self.department_id.id)], order="name")
        return [
            {
                "name": person.name,
                "position": person.job_title or "",
                "part": "chair" if person == manager else "member",
            }
            for person in (manager & found) | found
        ]

    def action_list_proposals(self):
        """List the unit's proposals that no other meeting has voted on."""
        self.ensure_one()
        found = self.env["emulation.commendation"].search(
            [
                ("unit_id", "child_of", self.department_id.id),
                ("state", "in", ("draft", "submitted")),
                ("meeting_vote_ids", "not any", [("meeting_id.state", "!=", "cancelled")]),
            ],
            order="id",
        )
        self.vote_ids = [Command.create({"commendation_id": line.id}) for line in found]

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_issue(self):
        """Number the minutes and keep them as they are."""
        return self._run_verb("issue")

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _get_cannot_issue_reason(self):
        return self._check_verb("issue")

    def _get_cannot_cancel_reason(self):
        return self._check_verb("cancel")

    def _check_minutes(self):
        reasons = {}
        for meeting in self:
            parts = set(meeting.attendance_ids.filtered(lambda row: row.presence == "present").mapped("part"))
            crowded = meeting.vote_ids.filtered("is_over")
            if not {"chair", "secretary"} <= parts or not (meeting.conclusion or "").strip():
                reasons[meeting.id] = self.env._(
                    "Say who chaired, who wrote the minutes, and what was concluded."
                )
            elif crowded:
                names = ", ".join(crowded[:5].commendation_id.mapped("display_name"))
                reasons[meeting.id] = self.env._("%(names)s: more votes than people present.", names=names)
        return reasons

    @api.private
    def _do_issue(self):
        meetings = self._start("issue")
        shares = meetings._get_book_majorities()
        for meeting in meetings:
            day = meeting._get_local(meeting.date_start).date()
            values = {"issue_date": meeting.issue_date or day, "kept_majority": shares[meeting]}
            meeting._write_protected(values)
            meeting._with_seal()._take_number()
            meeting._finish("issue")
            meeting._write_protected(meeting._store_document_pdf())

    @api.private
    def _do_cancel(self, reason):
        self._start("cancel", reason)._finish("cancel", reason)
