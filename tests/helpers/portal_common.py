"""People and records for the portal tests: one user per kind of visitor, nobody is administrator."""

from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user

from ...controllers.portal import throttle
from .common import give_rule, load_vietnamese, make_employees
from .council_common import keep_keys_apart
from .picture import png

PDF = b"%PDF-1.4 minh chung"
SCRIPTS = Path(__file__).resolve().parents[2] / "static/tests/portal"
WIDTHS = {"desktop": 1366, "phone": 390}


def play_story(case, url, story, login, width=WIDTHS["desktop"]):
    """Play one of the stories of static/tests/portal in a browser, on our own pages, which load no tours.

    :param HttpCase case: the running test
    :param str login: empty for a visitor without account
    """
    names = ("driver.js", "stories.js")
    scripts = "\n".join((SCRIPTS / name).read_text(encoding="utf-8") for name in names)
    code = f"{scripts}\nplayStory(stories['{story}'], '{url}', {width});"
    ready = "document.readyState === 'complete'"
    case.browser_js("/my/emulation/worker.js", code, ready, login=login, timeout=120)


def force(record, values):
    """Set up a state for a test, past the guard of protected fields."""
    if hasattr(record, "_write_protected"):
        record._write_protected(values)
    else:
        record.write(values)


class PortalCommon(HttpCase):
    """Two agencies. In the first: An (portal), Binh (portal, colleague), the head Chi (portal) and the former head
    Dung (portal); in the second: Em (portal). ``mine`` records are An's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        keep_keys_apart(cls)
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True, no_reset_password=True))
        cls.env["ir.config_parameter"].set_param("hr_emulation.public_address", "https://thidua.example.org")
        # The day of those who read the portal: from 17:00 UTC on it is the next one.
        cls.today = fields.Date.context_today(cls.env.user.with_context(tz="Asia/Ho_Chi_Minh"))
        cls.agency = cls.env["res.company"].create({"name": "Sở Công Thương"})
        cls.other_agency = cls.env["res.company"].create({"name": "Sở Nội vụ"})
        cls.unit = cls.env["hr.department"].create({"name": "Phòng Tổ chức", "company_id": cls.agency.id})
        cls.other_unit = cls.env["hr.department"].create(
            {"name": "Phòng Kế hoạch", "company_id": cls.agency.id}
        )
        cls.an = cls._person("an", "Nguyễn Thị An", cls.unit, cls.agency)
        cls.binh = cls._person("binh", "Trần Văn Bình", cls.unit, cls.agency)
        cls.chi = cls._person("chi", "Lê Thị Chi", cls.unit, cls.agency)
        cls.dung = cls._person("dung", "Phạm Dũng", cls.other_unit, cls.agency)
        cls.em = cls._person("em", "Vũ Em", cls.env["hr.department"], cls.other_agency)
        cls._make_head(cls.unit, cls.dung)
        cls._make_head(cls.unit, cls.chi)  # Dung was the head and is no more
        cls.award = cls.env["emulation.award"].create(
            {"code": "LDTT-T", "name": "Lao động tiên tiến", "company_id": cls.agency.id}
        )
        give_rule(cls.award, cls.agency, paper_ids=cls.env.ref("hr_emulation.paper_report").ids)
        cls.campaign = cls._campaign(
            "Đoàn kết lập thành tích", award_line_ids=[Command.create({"award_id": cls.award.id})]
        )
        cls.mine = cls._commendation(cls.an)
        cls.participation = cls._participation(cls.an)
        cls.review = cls._review(cls.campaign)
        cls.review._do_open()
        cls.sheet = cls.review.evaluation_ids
        cls.line = cls.sheet.score_ids[0]
        cls.proof = cls.env["ir.attachment"].create(
            {"name": "minh-chung.pdf", "raw": PDF, "res_model": "emulation.score", "res_id": cls.line.id}
        )
        force(cls.line, {"evidence_ids": [Command.link(cls.proof.id)]})
        cls.achievement = cls.env["emulation.achievement"].create(
            {
                "recipient_type": "employee",
                "employee_id": cls.an.id,
                "company_id": cls.agency.id,
                "name": "Bí mật của An",
            }
        )
        cls.unit_report = cls._unit_report()
        cls.inspection = cls._visit()
        cls.finding = cls.inspection.finding_ids
        cls.block_year = cls._block_year()
        cls.story = cls.env["emulation.exemplar"].create(
            {
                "recipient_type": "employee",
                "employee_id": cls.binh.id,
                "company_id": cls.agency.id,
                "name": "Không để hồ sơ qua đêm",
                "story": "Xử lý ngay trong ngày.",
                "picture": png(),
            }
        )
        cls.story.action_foster()
        cls.story.with_user(cls.binh.user_id).sudo()._do_agree()
        cls.story.action_publish()
        cls.news_item = cls.env["emulation.propaganda"].create(
            {
                "name": "Ngày hội hiến máu",
                "campaign_id": cls.campaign.id,
                "company_id": cls.agency.id,
                "picture": png(),
            }
        )
        cls.news_item._do_publish()
        cls.target = cls._target(cls.campaign, employee_id=cls.an.id)
        throttle.forget()

    def setUp(self):
        super().setUp()
        throttle.forget()

    @classmethod
    def _person(cls, login, name, unit, company):
        """Create a portal user with an employee; returns the employee."""
        user = new_test_user(
            cls.env,
            f"{login}.portal",
            groups="base.group_portal",
            name=name,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        values = {"name": name, "user_id": user.id, "company_id": company.id, "department_id": unit.id}
        return make_employees(cls.env, [values])

    @classmethod
    def _make_head(cls, unit, employee):
        """Make a portal user head of a unit. Odoo's time off, where it is installed, takes each head for an approver
        of leave, which no portal user can be: the account is linked afterwards."""
        user = employee.user_id
        employee.user_id = False
        unit.manager_id = employee
        employee.user_id = user

    @classmethod
    def _campaign(cls, name, company=None, **values):
        company = company or cls.agency
        criterion_set = cls.env["emulation.criterion.set"].create(
            {
                "name": "Bộ tiêu chí",
                "company_id": company.id,
                "total_points": 100,
                "criterion_ids": [
                    Command.create({"name": "Hoàn thành nhiệm vụ", "kind": "rating", "max_points": 60}),
                    Command.create(
                        {"name": "Kỷ luật", "kind": "rating", "max_points": 40, "evidence_required": True}
                    ),
                ],
                "grade_ids": [
                    Command.create({"name": "Tốt", "min_points": 80}),
                    Command.create({"name": "Đạt", "min_points": 0}),
                ],
            }
        )
        campaign = cls.env["emulation.campaign"].create(
            {
                "name": name,
                "theme": "Thi đua đổi mới, sáng tạo",
                "purpose": "Nâng cao chất lượng.",
                "company_id": company.id,
                "date_start": cls.today - timedelta(days=10),
                "date_end": cls.today + timedelta(days=60),
                "registration_deadline": cls.today + timedelta(days=20),
                "individual_set_id": criterion_set.id,
                "content_ids": [Command.create({"name": "Cải cách hành chính", "description": "Đúng hạn."})],
                **values,
            }
        )
        force(campaign, {"state": "launched"})
        return campaign

    @classmethod
    def _review(cls, campaign):
        return cls.env["emulation.review"].create(
            {
                "name": "Tổng kết năm",
                "campaign_id": campaign.id,
                "date_from": cls.today - timedelta(days=5),
                "date_to": cls.today + timedelta(days=30),
                "self_deadline": cls.today + timedelta(days=10),
            }
        )

    @classmethod
    def _unit_report(cls, questions=("Kết quả",)):
        """Ask the unit for a report."""
        template = cls.env["emulation.report.template"].create(
            {
                "name": "Đề cương",
                "company_id": cls.agency.id,
                "question_ids": [Command.create({"name": name}) for name in questions],
            }
        )
        asked = cls.env["emulation.report.round"].create(
            {
                "name": "Báo cáo quý",
                "campaign_id": cls.campaign.id,
                "company_id": cls.agency.id,
                "date_from": cls.today,
                "date_to": cls.today,
                "due_date": cls.today,
                "template_id": template.id,
                "unit_ids": cls.unit.ids,
            }
        )
        asked._do_open()
        return asked.report_ids

    @classmethod
    def _visit(cls, findings=("Chưa có sổ theo dõi",), **values):
        """Record a visit to the unit that found something."""
        visit = cls.env["emulation.inspection"].create(
            {
                "subject": "Việc thực hiện phong trào",
                "campaign_id": cls.campaign.id,
                "company_id": cls.agency.id,
                "department_id": cls.unit.id,
                "planned_date": cls.today,
                "visit_date": cls.today,
                "lead_id": cls.binh.id,
                "conclusion": "Đơn vị thực hiện nghiêm túc.",
                "item_ids": [Command.create({"name": name, "answer": "good"}) for name in findings],
                "finding_ids": [
                    Command.create({"name": name, "deadline": cls.today + timedelta(days=3)})
                    for name in findings
                ],
                **values,
            }
        )
        force(visit, {"state": "issued"})
        return visit

    @classmethod
    def _block_year(cls, names=("Sở Tài chính",), year=2026):
        """Start the year of a block in which the unit scores, with bodies known by their name."""
        block = cls.env["emulation.block"].create(
            {
                "name": f"Khối thi đua số {cls.env['emulation.block'].search_count([]) + 1}",
                "company_id": cls.agency.id,
                "criteria": "Hoàn thành nhiệm vụ\nCải cách hành chính",
                "member_ids": [
                    Command.create({"department_id": cls.unit.id}),
                    *(Command.create({"name": name}) for name in names),
                ],
            }
        )
        return cls.env["emulation.block.year"].create({"block_id": block.id, "year": year})

    @classmethod
    def _target(cls, campaign, state="active", **values):
        """Create a target of 100 dossiers, of whomever ``values`` name."""
        target = cls.env["emulation.target"].create(
            {
                "name": "Chỉ tiêu riêng",
                "campaign_id": campaign.id,
                "figure": 100,
                "unit_of_measure": "hồ sơ",
                **values,
            }
        )
        force(target, {"state": state})
        return target

    @classmethod
    def _figure(cls, target, value=10, person=None):
        """Report a figure that waits for whoever approves figures on the target; by a person, as in the portal."""
        force(target, {"needs_approval": True})
        figures = cls.env["emulation.target.progress"].with_context(tz="Asia/Ho_Chi_Minh")  # as cls.today
        if person:
            figures = figures.with_user(person.user_id).sudo()
        return figures.create({"target_id": target.id, "value": value, "date": cls.today})

    @classmethod
    def _story(cls, employee):
        """Bring in a story about a person that waits for the person's own consent."""
        values = {
            "employee_id": employee.id,
            "company_id": cls.agency.id,
            "name": "Chuyện riêng",
            "story": "Kể lại",
        }
        story = cls.env["emulation.exemplar"].create(values)
        story.action_foster()
        return story

    @classmethod
    def _participation(cls, employee, state="approved", campaign=None):
        values = {"recipient_type": "employee", "employee_id": employee.id}
        participation = cls.env["emulation.participation"]._find_or_register(
            campaign or cls.campaign, values, cls.award.ids, "Tôi cam kết"
        )
        participation._do_submit()
        if state == "approved":
            participation._do_approve()
        return participation

    @classmethod
    def _commendation(cls, employee, state="submitted", proposer=None, reason=False, **values):
        proposals = cls.env["emulation.commendation"]
        if proposer:
            proposals = proposals.with_user(proposer.user_id).sudo()
        commendation = proposals.create(
            {
                "recipient_type": "employee",
                "employee_id": employee.id,
                "company_id": employee.company_id.id,
                "award_id": cls.award.id,
                "summary": "Sáng kiến tiết kiệm giấy.",
                "period_from": cls.today - timedelta(days=200),
                "period_to": cls.today - timedelta(days=1),
                **values,
            }
        )
        commendation._do_submit()
        if state != "submitted":
            force(commendation, {"state": state, "reason": reason})
        return commendation.with_env(cls.env)

    @classmethod
    def _add_council_records(cls):
        """A draft of An's, a vote An may cast and a list for comments: what some routes are about."""
        cls.proposal = cls._commendation(
            cls.an, proposer=cls.an, state="draft", summary="Đề nghị của riêng An", reason="Thiếu số liệu"
        )
        cls.paper = cls.proposal.paper_ids[0]
        cls.handed_in = cls._commendation(cls.an, proposer=cls.an, summary="Bí mật của An")
        cls.env["emulation.achievement.report"]._create_protected([{"commendation_id": cls.handed_in.id}])
        cls.council_session = cls._session(
            cls.an, cls._commendation(cls.binh, summary="Sáng kiến tiết kiệm giấy")
        )
        cls.publication = cls._publication(cls._commendation(cls.binh))
        cls.marking = cls._marking(cls.an, cls.chi)

    @classmethod
    def _session(cls, voter, commendation):
        """Open a vote on one proposal in a council of one."""
        council = cls.env["emulation.council"].create(
            {
                "name": "Hội đồng của An",
                "company_id": cls.agency.id,
                "member_ids": [Command.create({"employee_id": voter.id, "role": "chair"})],
            }
        )
        force(commendation, {"state": "appraised"})
        session = cls.env["emulation.session"]._create_for(council, commendation)
        session.write({"secretary_id": council.member_ids.id})
        session.action_all_present()
        session.action_open()
        return session

    @classmethod
    def _initiative(cls, author, **values):
        """Hand in an initiative."""
        initiative = cls.env["emulation.achievement"].create(
            {
                "recipient_type": "employee",
                "employee_id": author.id,
                "company_id": author.company_id.id,
                "kind": "initiative",
                "name": "Số hóa hồ sơ một cửa",
                "description": "Giảm nửa thời gian tra cứu.",
                **values,
            }
        )
        initiative._do_submit()
        return initiative

    @classmethod
    def _marking(cls, member, author, initiatives=None):
        """Open the marking of an initiative in a council of one."""
        council = cls.env["emulation.council"].create(
            {
                "name": "Hội đồng sáng kiến",
                "kind": "initiative",
                "company_id": cls.agency.id,
                "member_ids": [Command.create({"employee_id": member.id, "role": "chair"})],
            }
        )
        session = cls.env["emulation.initiative.session"].create(
            {
                "council_id": council.id,
                "company_id": cls.agency.id,
                "item_ids": [
                    Command.create({"achievement_id": item.id, "reach": "unit"})
                    for item in initiatives or cls._initiative(author)
                ],
            }
        )
        session.action_open()
        return session

    @classmethod
    def _publication(cls, commendations):
        """Publish a list for comments."""
        publication = cls.env["emulation.publication"]._create_for(commendations)
        publication.action_publish()
        return publication

    @classmethod
    def speak_vietnamese(cls):
        """Let everybody read Vietnamese, as almost all do."""
        load_vietnamese(cls.env)
        cls.env["res.users"].search([("login", "like", ".portal")]).lang = "vi_VN"

    def play(self, url, story, person, width=WIDTHS["desktop"]):
        """Play one of the stories of static/tests/portal in a browser as the person, on our own pages."""
        play_story(self, url, story, person and person.user_id.login, width)

    def login(self, employee):
        """Log in as the person; ``None`` is a visitor without account."""
        login = employee and employee.user_id.login
        self.authenticate(login, login)

    def post(self, url, data=None, **options):
        """Post a form with a valid token."""
        token = self._csrf()
        return self.url_open(
            url, data={"csrf_token": token, **(data or {})}, allow_redirects=False, **options
        )

    def _csrf(self):
        from odoo.http import Request

        return Request.csrf_token(self)

    @classmethod
    def new_certificate(cls, attachment=None, **values):
        """Register a signed certificate for An's commendation; without its PDF it has never been printed."""
        values = {
            "decision_id": False,
            "recipient_name": "Nguyễn Thị An",
            "issue_date": cls.today,
            **values,
            **{"commendation_id": cls.mine.id, "company_id": cls.agency.id, "number": "01"},
        }
        card = cls.env["emulation.certificate"]._create_signed([values])
        if attachment:
            card._write_protected({"attachment_id": attachment.id})
        return card
