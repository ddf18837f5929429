"""Shared fixtures: two companies, a tree of units, one user per role and factories. No demo data."""

from datetime import date
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from .queries import count_queries


def give_rule(awards, company=None, **vals):
    """Give awards a rule in a book of a company: without one nothing can be proposed or granted.

    :return: the book
    """
    company = company or awards.env.company
    book = awards.env["emulation.rulebook"].create(
        {
            "name": "Bộ quy tắc thử",
            "code": f"TEST-{company.id}-{awards[:1].code}",
            "date_from": date(2000, 1, 1),
            "company_id": company.id,
        }
    )
    awards.env["emulation.award.rule"].create(
        [{"rulebook_id": book.id, "award_id": award.id, **vals} for award in awards]
    )
    return book


def load_vietnamese(env):
    """Load Vietnamese, unless the database was made with it: to read all of our words again takes seconds."""
    menu = env.ref("hr_emulation.menu_emulation_campaigns")
    if "vi_VN" in dict(env["res.lang"].get_installed()) and menu.with_context(lang="vi_VN").name != menu.name:
        return
    env["res.lang"]._activate_lang("vi_VN")
    env["ir.module.module"].search([("name", "=", "hr_emulation")])._update_translations("vi_VN")


def make_employees(env, vals_list):
    """Create employees without the picture Odoo draws of each: it takes longer than all the rest of them."""
    employees = env["hr.employee"]
    with patch.object(type(employees), "_avatar_generate_svg", lambda self: False):
        return employees.create(vals_list)


class Personnel:
    """Makes units and people of a company as the personnel office has them, for any kind of test."""

    @classmethod
    def new_unit(cls, name, parent=None, company=None):
        return cls.env["hr.department"].create(
            {"name": name, "parent_id": parent and parent.id, "company_id": (company or cls.company).id}
        )

    @classmethod
    def new_employee(cls, name, unit, user=None):
        return cls.new_employees([cls.get_employee_values(name, unit, user)])

    @classmethod
    def new_employees(cls, vals_list):
        return make_employees(cls.env, vals_list)

    @staticmethod
    def get_employee_values(name, unit, user=None):
        return {
            "name": name,
            "department_id": unit.id,
            "company_id": unit.company_id.id,
            "job_title": "Chuyên viên",
            "user_id": user.id if user else False,
            "date_version": date(2020, 1, 1),
        }


class EmulationCommon(Personnel, TransactionCase):
    """Public API for every test of the addon.

    Units: ``unit`` ▸ ``sub_unit``, ``other_unit`` (company), ``foreign_unit`` (other company).
    Users: ``user_proposer`` (works in sub_unit), ``user_sub_head`` (head of sub_unit), ``user_head``
    (head of unit, above sub_unit), ``user_other_head`` (head of other_unit), ``user_council``,
    ``user_officer``, ``user_admin``, ``user_portal`` (an employee of sub_unit without a desk),
    ``user_foreign_officer`` (officer of the other company). Never the superuser for behaviour.
    """

    # Far from today and from any other data.
    PERIOD = (date(2025, 1, 1), date(2025, 12, 31))

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True, no_reset_password=True))
        cls.company, cls.other_company = cls.env["res.company"].create(
            [{"name": "Sở Thử nghiệm", "city": "Hà Nội"}, {"name": "Sở Khác", "city": "Huế"}]
        )
        cls.env = cls.env(
            user=cls.env.user, context=dict(cls.env.context, allowed_company_ids=[cls.company.id])
        )
        # Codes are printed with an address that leads somewhere.
        cls.env["ir.config_parameter"].set_param("hr_emulation.public_address", "https://thidua.example.org")
        cls._create_users()
        cls._create_units()
        cls._create_awards()

    @staticmethod
    def put_on(document, commendations):
        """Put commendations on a new document, as the menu of their list does."""
        return getattr(commendations.env["emulation.onward"], f"_add_to_{document}")(commendations)

    @staticmethod
    def pay_out(commendations):
        """Record that prizes were paid, or came back, as the menu of the list does."""
        commendations.env["emulation.decision"]._record_payment(commendations)

    @staticmethod
    def consent(commendation, given, story=""):
        """Agree to be shown on the honour board, or take it back, as the page of the person does."""
        commendation.env["emulation.consent"]._answer(commendation, given, story)

    @classmethod
    def _create_users(cls):
        officer = "hr_emulation.group_emulation_officer"
        wanted = {
            "proposer": ("base.group_user", cls.company),
            "sub_head": ("base.group_user", cls.company),
            "head": ("base.group_user", cls.company),
            "other_head": ("base.group_user", cls.company),
            "council": ("hr_emulation.group_emulation_council", cls.company),
            "officer": (officer, cls.company),
            "admin": ("hr_emulation.group_emulation_admin", cls.company),
            "portal": ("base.group_portal", cls.company),
            "foreign_officer": (officer, cls.other_company),
        }
        # At once, as ``new_test_user`` makes them: every class waits for them.
        users = cls.env["res.users"].create(
            [cls._get_user_values(f"emulation_{name}", *groups) for name, groups in wanted.items()]
        )
        for name, user in zip(wanted, users, strict=True):
            setattr(cls, f"user_{name}", user)

    @classmethod
    def _get_user_values(cls, login, groups, company):
        return {
            "login": login,
            "password": login,
            "name": f"{login} ({groups})",
            "email": "e.e@example.com",
            "group_ids": [Command.set(cls.env.ref(groups).ids)],
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
        }

    @classmethod
    def new_user(cls, login, groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env, login, groups=groups, company_id=company.id, company_ids=[Command.set(company.ids)]
        )

    @classmethod
    def _create_units(cls):
        cls.unit = cls.new_unit("Phòng Tổng hợp")
        cls.sub_unit = cls.new_unit("Tổ Thi đua", parent=cls.unit)
        cls.other_unit = cls.new_unit("Phòng Kế toán")
        cls.foreign_unit = cls.new_unit("Phòng của sở khác", company=cls.other_company)
        cls._create_employees(
            proposer=("Trần Đề Xuất", cls.sub_unit, cls.user_proposer),
            sub_head=("Lê Tổ Trưởng", cls.sub_unit, cls.user_sub_head),
            head=("Phạm Trưởng Phòng", cls.unit, cls.user_head),
            other_head=("Vũ Trưởng Khác", cls.other_unit, cls.user_other_head),
            council=("Đỗ Hội Đồng", cls.other_unit, cls.user_council),
            officer=("Hồ Chuyên Viên", cls.other_unit, cls.user_officer),
            admin=("Ngô Quản Trị", cls.other_unit, cls.user_admin),
            portal=("Bùi Ngoại Tuyến", cls.sub_unit, cls.user_portal),
            sub=("Nguyễn Thị Ánh", cls.sub_unit, None),
            unit=("Đặng Văn Bình", cls.unit, None),
            other=("Hoàng Cường", cls.other_unit, None),
            foreign=("Lý Người Ngoài", cls.foreign_unit, None),
        )
        cls.sub_unit.manager_id = cls.employee_sub_head
        cls.unit.manager_id = cls.employee_head
        cls.other_unit.manager_id = cls.employee_other_head

    @classmethod
    def _create_employees(cls, **people):
        """Make employees at once: {name of the attribute: what they are made of}."""
        values = [cls.get_employee_values(*person) for person in people.values()]
        for name, employee in zip(people, cls.new_employees(values), strict=True):
            setattr(cls, f"employee_{name}", employee)

    @classmethod
    def _create_awards(cls):
        cls.rulebook = cls.env["emulation.rulebook"].create(
            {
                "name": "Bộ quy tắc thử",
                "code": "TEST",
                "date_from": date(2020, 1, 1),
                "company_id": cls.company.id,
            }
        )
        cls.award = cls.new_award("TEST-GK")
        cls.collective_award = cls.new_award("TEST-TT", subject_individual=False, subject_collective=True)

    # ------------------------------------------------------------------
    # Factories
    # ------------------------------------------------------------------

    @classmethod
    def new_award(cls, code, rule=None, **vals):
        """Create an award of the test company and its rule in the test rule book."""
        award = cls.env["emulation.award"].create(
            {"code": code, "name": f"Danh hiệu {code}", "company_id": cls.company.id, **vals}
        )
        if award.company_id in (cls.company, award.company_id.browse()):
            cls.env["emulation.award.rule"].create(
                {"rulebook_id": cls.rulebook.id, "award_id": award.id, **(rule or {})}
            )
        else:
            give_rule(award, award.company_id, **(rule or {}))
        return award

    @classmethod
    def prepare_commendation(cls, recipient, award=None, **vals):
        """Return create values for a complete proposal for an employee or a department."""
        kind = {"hr.employee": "employee", "hr.department": "department"}[recipient._name]
        default = cls.award if kind == "employee" else cls.collective_award
        return {
            "recipient_type": kind,
            f"{kind}_id": recipient.id,
            "award_id": (award or default).id,
            "company_id": recipient.company_id.id,
            "period_from": str(cls.PERIOD[0]),
            "period_to": str(cls.PERIOD[1]),
            "summary": "Hoàn thành xuất sắc nhiệm vụ năm 2025.",
            **vals,
        }

    @classmethod
    def new_commendation(cls, recipient, user=None, state="draft", **vals):
        """Create a proposal by ``user`` (default: the proposer) and walk it to ``state``."""
        user = user or cls.user_proposer
        record = (
            cls.env["emulation.commendation"]
            .with_user(user)
            .with_context(allowed_company_ids=recipient.company_id.ids)
            .create(cls.prepare_commendation(recipient, **vals))
        )
        cls.walk(record, state)
        return record.with_env(cls.env)

    @classmethod
    def walk(cls, records, state):
        """Bring drafts to a state by the deeds themselves, as the system would."""
        records = records.sudo()
        if state == "draft":
            return
        records._do_submit()
        if state == "withdrawn":
            records._do_withdraw()
        elif state == "rejected":
            records._do_reject("Trùng khen")
        if state in ("submitted", "withdrawn", "rejected"):
            return
        to_endorse = records.filtered("needs_endorsement")
        to_endorse._do_endorse()
        if state == "endorsed":
            return
        records._do_appraise()
        if state == "voted":
            records._do_vote(dict.fromkeys(records, (True, "9/10 = 90% ≥ 80%")))
        elif state == "forwarded":
            records._do_forward()
        elif state in ("granted", "revoked"):
            records._do_grant(cls.new_decision())
        if state == "revoked":
            records._do_revoke(cls.new_decision(kind="revocation"), "Khai báo không đúng")

    @classmethod
    def new_decision(cls, **vals):
        return cls.env["emulation.decision"].create(
            {
                "company_id": cls.company.id,
                "abstract": "Về việc khen thưởng",
                "issue_date": date(2026, 1, 15),
                **vals,
            }
        )

    # ------------------------------------------------------------------
    # Measuring
    # ------------------------------------------------------------------

    def count_queries(self, action):
        return count_queries(self.env, action)
