"""Every page of the portal with something on it, from the list of routes that a new route must join."""

from odoo.fields import Command

from .common import give_rule
from .portal_cases import CASES
from .portal_common import PDF, PortalCommon, force

# Files, and pages that only pass on: nothing to count.
NO_PAGES = (
    "/picture",
    "/file/<int:attachment_id>",
    "/decision",
    "/receipt",
    "/record",
    "/report",
    "/display",
    ".webmanifest",
    ".js",
    ".ics",
    "/json",
    "/pdf",
)
FILES = ("/my/emulation/certificates/", "/my/emulation/evidence/", "/my/emulation/documents/")
# Whose page it is, where it is not An's.
HEADS_PAGES = "/my/emulation/unit"
HEADS_TOO = ("/my/emulation", "/my/emulation/blocks", "/my/emulation/blocks/<int:year_id>")


class PortalPages(PortalCommon):
    """Records behind every page, and more of everything on demand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agency.emulation_honour_board = "employees"
        cls.proposal = cls._commendation(cls.an, proposer=cls.an, state="draft", reason="Thiếu số liệu")
        force(cls.mine, {"state": "granted", "granted_date": cls.today, "honour_consent": True})
        # What the head sees of one sheet: a colleague's, handed in.
        cls._participation(cls.binh)
        cls.review._do_open()
        cls.theirs = cls.review.evaluation_ids - cls.sheet
        force(cls.theirs, {"state": "submitted"})
        cls.records = {
            "campaign_id": cls.campaign,
            "evaluation_id": cls.sheet,
            "achievement_id": cls.achievement,
            "proposal_id": cls.proposal,
            "commendation_id": cls.mine,
            "session_id": cls._session(cls.an, cls._commendation(cls.binh, state="appraised")),
            "marking_id": cls._marking(cls.an, cls.chi),
            "publication_id": cls._publication(cls._commendation(cls.binh, state="appraised")),
            "target_id": cls.target,
            "document_id": cls._document(cls.campaign),
            "report_id": cls.unit_report,
            "inspection_id": cls.inspection,
            "year_id": cls.block_year,
            "page": 1,
        }

    @classmethod
    def _document(cls, campaign):
        """Return an issued document of a campaign."""
        paper = cls.env["ir.attachment"].create({"name": "phat-dong.pdf", "raw": PDF})
        values = {"campaign_id": campaign.id, "state": "issued", "number": str(paper.id), "symbol": "SCT"}
        return cls.env["emulation.campaign.document"]._create_protected(
            [{**values, "issue_date": cls.today, "document_attachment_id": paper.id}]
        )

    def setUp(self):
        super().setUp()
        self.records = dict(self.records)

    def _pages(self):
        """Return {route: (address, person)} of all that show a page, from the list a new route must join."""
        pages = {}
        for rule, (_kind, _record, form) in CASES.items():
            if form is not None or rule.endswith(NO_PAGES) or rule.startswith(FILES):
                continue
            url = rule
            before, _mark, rest = rule.partition("<int:")
            if rest:
                name, _end, after = rest.partition(">")
                record = self.records[name]
                if rule.startswith(f"{HEADS_PAGES}/evaluations/"):
                    record = self.theirs
                url = f"{before}{getattr(record, 'id', record)}{after}"
            is_heads = rule.startswith(HEADS_PAGES) or rule in HEADS_TOO
            pages[rule] = url, self.chi if is_heads else self.an
        return pages

    # ---------- More of everything ----------

    def _add(self, number):
        """Put ``number`` more on every list and into every record."""
        self._add_campaigns(number)
        self._add_people(number)
        self._add_commendations(number)
        self._add_councils(number)
        parts = [f"Phần {index}" for index in range(number)]
        for achievement in [self.achievement, *self.theirs.score_ids, *self.sheet.score_ids]:
            files = [Command.create({"name": f"{name}.pdf", "raw": PDF}) for name in parts]
            force(achievement, {"evidence_ids": files})
        self.env["emulation.achievement"].create(
            [
                {"employee_id": self.an.id, "company_id": self.agency.id, "name": name, "kind": "initiative"}
                for name in parts
            ]
        )._do_submit()
        self.records["report_id"] = self._unit_report(parts)
        files = [Command.create({"name": f"{name}.pdf", "raw": PDF}) for name in parts]
        force(self.records["report_id"], {"evidence_ids": files})
        self.records["inspection_id"] = self._visit(parts)
        self.records["year_id"] = self._block_year(parts)
        for index, name in enumerate(parts):
            self._visit((name, f"{name} khác"), subject=name)
            self._block_year(year=2027 + index)
            self._unit_report()
            self._target(self.campaign, name=name, employee_id=self.an.id)
            self._target(self.campaign, name=name, department_id=self.unit.id)
            self._target(self.campaign, name=name)
            force(self._document(self.campaign), {"purpose": "amendment"})
        self.env["emulation.target.progress"].with_context(tz="Asia/Ho_Chi_Minh").create(
            [
                {
                    "target_id": self.target.id,
                    "value": 10,
                    "date": self.today,
                    "evidence_ids": [Command.create({"name": f"{name}.pdf", "raw": PDF})],
                }
                for name in parts
            ]
        )
        exemplars = self.env["emulation.exemplar"].create(
            [
                {
                    "employee_id": self.binh.id,
                    "company_id": self.agency.id,
                    "name": name,
                    "story": name,
                    "campaign_id": self.campaign.id,
                }
                for name in parts
            ]
        )
        exemplars.action_foster()
        exemplars.with_user(self.binh.user_id).sudo()._do_agree()
        exemplars.action_publish()
        news = self.env["emulation.propaganda"].create(
            [
                {"name": name, "campaign_id": self.campaign.id, "company_id": self.agency.id, "text": name}
                for name in parts
            ]
        )
        news._do_publish()

    def _add_campaigns(self, number):
        """More campaigns, each with a sheet of An's to fill in; and more parts of the one that is looked at."""
        for index in range(number):
            offer = [Command.create({"award_id": self.award.id})]
            campaign = self._campaign(f"Phong trào {index}", award_line_ids=offer)
            for employee in (self.an, self.chi):
                self._participation(employee, campaign=campaign)
            self._review(campaign)._do_open()
        names = [f"Phần {index}" for index in range(number)]
        force(
            self.campaign,
            {
                "content_ids": [Command.create({"name": name, "description": name}) for name in names],
                "milestone_ids": [Command.create({"name": name, "date": self.today}) for name in names],
                "occasion_ids": [Command.create({"name": name}) for name in names],
                "award_line_ids": [Command.create({"award_id": award.id}) for award in self._awards(names)],
            },
        )
        bases = [Command.create({"name": name}) for name in names]
        force(self.records["document_id"], {"legal_basis_ids": bases})
        criteria = self.env["emulation.criterion"].create(
            [
                {
                    "name": name,
                    "kind": "rating",
                    "max_points": 1,
                    "set_id": self.campaign.individual_set_id.id,
                }
                for name in names
            ]
        )
        for sheet in (self.sheet, self.theirs):
            lines = [{"evaluation_id": sheet.id, "criterion_id": criterion.id} for criterion in criteria]
            self.env["emulation.score"]._create_protected(lines)

    def _awards(self, names):
        serial = self.env["emulation.award"].search_count([])
        awards = self.env["emulation.award"].create(
            [
                {"code": f"COST-{serial}-{index}", "name": name, "company_id": self.agency.id}
                for index, name in enumerate(names)
            ]
        )
        give_rule(awards, self.agency)
        return awards

    def _add_people(self, number):
        """More colleagues, each with what waits for the head: a proposal, a registration, a sheet."""
        people = self.env["hr.employee"].create(
            [
                {"name": f"Người {index}", "company_id": self.agency.id, "department_id": self.unit.id}
                for index in range(number)
            ]
        )
        waiting = self._campaign("Chờ duyệt")
        verified = self._campaign("Chờ thẩm tra")
        for employee in people:
            self._commendation(employee)
            self._participation(employee, state="submitted", campaign=waiting)
            self._participation(employee, campaign=verified)
            self._figure(self._target(self.campaign, employee_id=employee.id))
        review = self._review(verified)
        review._do_open()
        force(review.evaluation_ids, {"state": "submitted"})

    def _add_commendations(self, number):
        """More of An's own dossiers, proposals of An and of Chi to mend, honoured people, papers and requests."""
        for award in self._awards([f"Giấy khen {index}" for index in range(number)]):
            granted = self._commendation(self.an, state="granted", award_id=award.id, proposer=self.an)
            force(granted, {"granted_date": self.today, "honour_consent": True})
            self._commendation(self.binh, state="draft", reason="Sửa", proposer=self.chi)
        for _index in range(number):
            self.env["emulation.request"]._create_protected(
                [{"commendation_id": self.mine.id, "kind": "correction", "text": "Sửa", "state": "answered"}]
            )

    def _add_councils(self, number):
        """More votes and lists of An's, the last with as many proposals; and as many comments of An's."""
        for _index in range(number - 1):
            self._session(self.an, self._commendation(self.binh))
            self._publication(self._commendation(self.binh, state="appraised"))
        proposals = self.env["emulation.commendation"]
        for _index in range(number):
            proposals |= self._commendation(self.binh, state="appraised")
        session, publication = self._session(self.an, proposals), self._publication(proposals)
        for _index in range(number):
            publication._do_comment(self.an.user_id, "Nhất trí")
        self.records.update(session_id=session, publication_id=publication)
