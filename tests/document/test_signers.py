"""Who signs which kind of document is said once for the agency and stands in each new draft."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..helpers.document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestSigners(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deputy = cls.new_employee("Trần Thị Phó", cls.unit)
        cls.stranger = cls.new_employee("Lê Văn Lạ", cls.unit)
        cls.signers = cls.env["emulation.document.signer"].with_user(cls.user_officer)
        cls.head_row = cls.new_signer(cls.signer, sequence=1)
        cls.deputy_row = cls.new_signer(
            cls.deputy,
            sequence=2,
            signer_capacity="KT",
            signer_on_behalf="Giám đốc",
            signer_title="Phó Giám đốc",
        )

    @classmethod
    def new_signer(cls, employee, **values):
        return cls.signers.create({"company_id": cls.company.id, "employee_id": employee.id, **values})

    def new_draft(self, model="emulation.decision", **values):
        return self.env[model].with_user(self.user_officer).create({"company_id": self.company.id, **values})

    def get_signature(self, document):
        return document.signer_id, document.signer_capacity, document.signer_on_behalf, document.signer_title

    def test_the_first_of_the_list_stands_in_a_new_draft(self):
        for model in ("emulation.decision", "emulation.submission", "emulation.recognition"):
            with self.subTest(model):
                self.assertEqual(
                    self.get_signature(self.new_draft(model)), (self.signer, "none", False, False)
                )

    def test_who_signs_this_kind_alone_goes_first(self):
        self.new_signer(
            self.deputy, kind="submission", sequence=90, signer_capacity="TL", signer_on_behalf="Giám đốc"
        )
        self.assertEqual(self.new_draft().signer_id, self.signer)
        self.assertEqual(
            self.get_signature(self.new_draft("emulation.submission")), (self.deputy, "TL", "Giám đốc", False)
        )

    def test_another_signer_brings_the_own_capacity(self):
        with Form(
            self.env["emulation.decision"].with_user(self.user_officer).with_company(self.company)
        ) as form:
            self.assertEqual(form.signer_id, self.signer)
            form.abstract = "Về việc khen thưởng"
            form.signer_id = self.deputy
            self.assertEqual((form.signer_capacity, form.signer_title), ("KT", "Phó Giám đốc"))
            form.signer_title = "Phó Giám đốc phụ trách"
        decision = form.record
        self.assertEqual(
            self.get_signature(decision), (self.deputy, "KT", "Giám đốc", "Phó Giám đốc phụ trách")
        )
        self.assertIn("KT. Giám đốc", decision._get_signer_lines())

    def test_what_is_typed_stays(self):
        draft = self.new_draft(
            signer_id=self.stranger.id,
            signer_capacity="TUQ",
            signer_on_behalf="Giám đốc",
            signer_title="Trưởng phòng",
        )
        typed = (self.stranger, "TUQ", "Giám đốc", "Trưởng phòng")
        self.assertEqual(self.get_signature(draft), typed)
        self.head_row.signer_title = "Quyền Giám đốc"
        self.assertEqual(self.get_signature(draft), typed)
        self.assertEqual(self.get_signature(draft.copy()), typed)

    def test_a_change_of_the_list_changes_no_draft(self):
        draft = self.new_draft()
        self.head_row.signer_title = "Quyền Giám đốc"
        self.assertEqual(draft.signer_title, False)
        self.assertEqual(self.new_draft().signer_title, "Quyền Giám đốc")

    def test_who_left_signs_no_more(self):
        self.signer.active = False
        self.assertEqual(self.new_draft().signer_id, self.deputy)

    def test_who_signs_without_a_post_issues_nothing(self):
        self.stranger.job_title = False
        decision = self.new_decision(self.new_lines(1), signer_id=self.stranger.id)
        with self.assertRaisesRegex(UserError, "post of the signer"):
            decision._do_issue()
        wizard = self.env["emulation.decision.issue"].browse(decision.action_preview()["res_id"])
        self.assertIn("post of the signer", wizard.problems)
        decision.signer_title = "Phó Giám đốc"
        decision._do_issue()
        values = self.env["emulation.certificate"]._get_common_values(decision)
        self.assertEqual((values["signer_on_behalf"], values["signer_name"]), ("Phó Giám đốc", "Lê Văn Lạ"))

    def test_each_agency_has_its_own(self):
        other = self.env["res.company"].create({"name": "Sở khác"})
        self.user_officer.sudo().company_ids += other
        decisions = self.env["emulation.decision"].with_user(self.user_officer)
        both = decisions.with_context(allowed_company_ids=[self.company.id, other.id])
        draft = both.create({"company_id": other.id})
        self.assertFalse(draft.signer_id)
        self.assertEqual(draft.signer_capacity, "none")

    def test_minutes_are_signed_by_who_held_the_meeting(self):
        for model in ("emulation.meeting", "emulation.session", "emulation.inspection"):
            with self.subTest(model):
                self.assertFalse(self.env[model].new({"company_id": self.company.id}).signer_id)

    def test_the_same_person_is_not_listed_twice_for_a_kind(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.new_signer(self.deputy)

    def test_only_officers_keep_the_list(self):
        for user in (self.user_head, self.user_proposer, self.user_council):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.signers.with_user(user).create({"employee_id": self.stranger.id})

    def test_twenty_drafts_cost_what_two_cost(self):
        model = self.env["emulation.submission"]

        def draft(values):
            return model.concat(*[model.new(value) for value in values]).mapped("signer_title")

        def count(number):
            values = [{"company_id": self.company.id} for _index in range(number)]
            return self.count_queries(lambda: draft(values))

        count(2)
        self.assertEqual(count(2), count(22))
