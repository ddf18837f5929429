"""Proposals, decisions and certificates of the demo agencies."""

from datetime import date, timedelta

from odoo import api, fields, models

# The form of commendation the head of each agency decides himself (Law 06/2022/QH15, Articles 79 and 80).
OWN_FORM = {"vplc": "GKSO", "vplcai": "GKSO", "sct": "GKSO", "tct": "GKSO", "bl": "BKT"}
AUTHORITIES = {
    "vplc": "Chánh Văn phòng UBND tỉnh Lai Châu",
    "vplcai": "Chánh Văn phòng UBND tỉnh Lào Cai",
    "sct": "Giám đốc Sở Công Thương tỉnh Lai Châu",
    "tct": "Hiệu trưởng Trường Chính trị tỉnh",
    "bl": "Chủ tịch Ủy ban nhân dân tỉnh Bạc Liêu",
}
SUMMARY = "Đã có thành tích xuất sắc trong %s"
GOOD = ("excellent", "good")
# The campaigns of the story that ended under the rule books the addon ships, and the day of their decision.
DECIDED = {"c1": date(2026, 1, 15), "c4": date(2025, 12, 30)}
# Who is on his way in the running year, and how far: index among the people of the agency → step.
ON_THE_WAY = {
    0: "submitted",
    2: "draft",
    3: "endorsed",
    4: "submitted",
    5: "returned",
    6: "endorsed",
    7: "rejected",
    8: "appraised",
    9: "withdrawn",
}


class EmulationDemo(models.AbstractModel):
    _inherit = "emulation.demo"

    @api.model
    @api.private
    def tell_rewards(self):
        """Decide what the finished campaigns earned, then fill the desks with this year's proposals."""
        # Odoo reads translations after the data; what is issued here is printed for good.
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        self.env["ir.module.module"]._load_module_terms(["hr_emulation"], languages)
        for key, day in DECIDED.items():
            agency = {"c1": "vplc", "c4": "tct"}[key]
            campaign = self._as_officer(self._get(f"campaign_{key}"), agency)
            decision = self._decide(campaign, campaign.review_ids.sorted("date_to")[-1:], agency, day)
            self._mend(decision)
            campaign.action_close()
        for agency in ("sct", "vplc"):
            self._tell_rewards_of_this_year(agency)

    def _tell_rewards_of_this_year(self, agency):
        today = fields.Date.context_today(self)
        company = self._get(f"company_{agency}")
        campaign = self.env["emulation.campaign"].search(
            [("company_id", "=", company.id), ("date_start", "=", date(today.year, 1, 1))], limit=1
        )
        campaign = self._as_officer(campaign, agency)
        interim = campaign.review_ids.filtered(lambda review: review.kind == "interim")
        self._decide(campaign, interim, agency, min(today, date(today.year, 7, 15)))
        self._add_files(agency, today.year)
        people = self._get_people(agency, 10)
        for index, step in ON_THE_WAY.items():
            code = "CSTDCS" if index in (3, 8) else "LDTT"
            proposal = self._propose(
                people[index], code, campaign, "Hoàn thành tốt nhiệm vụ, có cách làm mới."
            )
            self._walk(proposal, step)

    # ---------- Proposals ----------

    def _propose(self, recipient, code, campaign, summary, evaluation=None):
        """Let the head of the recipient's unit (or of the one above) write and keep a draft."""
        kind = {"hr.employee": "employee", "hr.department": "department"}[recipient._name]
        proposals = self._as(self.env["emulation.commendation"], self._get_head(recipient))
        return proposals.create(
            {
                "recipient_type": kind,
                f"{kind}_id": recipient.id,
                "award_id": self.env["emulation.award"].search([("code", "=", code)]).ensure_one().id,
                "campaign_id": campaign.id,
                "evaluation_id": evaluation.id if evaluation else False,
                "company_id": campaign.company_id.id,
                "period_from": campaign.date_start,
                "period_to": min(campaign.date_end, fields.Date.context_today(self)),
                "commendation_type": "merit" if code in ("LDTT", "CSTDCS", "TTLDTT") else "thematic",
                "summary": summary,
            }
        )

    def _get_head(self, recipient):
        """Return the user who heads the recipient's unit; the one above for the head himself."""
        unit = recipient.department_id if recipient._name == "hr.employee" else recipient
        own_unit = recipient._name == "hr.department" or unit.manager_id == recipient
        return ((unit.parent_id if own_unit else unit).manager_id or unit.manager_id).user_id

    def _walk(self, proposal, step):
        """Take a draft as far as ``step``, each verb by whose it is."""
        # sudo: hr.employee, hr.department - whose unit it is, not readable by everybody
        recipient = proposal._get_recipient().sudo()
        if step == "draft":
            return
        proposal.action_submit()
        if step == "withdrawn":
            proposal.action_withdraw()
        if step not in ("endorsed", "returned", "rejected", "appraised"):
            return
        self._as(proposal, self._get_head(recipient)).action_endorse()
        desk = self._as_officer(proposal, self._get_agency(recipient.company_id))
        if step == "returned":
            desk._do_return("Cần nêu rõ số liệu kết quả thực hiện nhiệm vụ.")
        elif step == "rejected":
            desk._do_reject("Thành tích đã được khen thưởng trong đợt trước.")
        elif step == "appraised":
            desk.action_appraise()

    def _get_agency(self, company):
        """Return the short name of a demo agency, from its external identifier."""
        return (
            company._get_external_ids()[company.id][0]
            .removeprefix("hr_emulation.company_")
            .removesuffix("_demo")
        )

    # ---------- Decisions ----------

    def _decide(self, campaign, review, agency, day):
        """Propose, endorse and appraise the good ones of a round; issue the decision of ``day``."""
        proposals = self.env["emulation.commendation"].browse()
        for sheet in review.evaluation_ids:
            # sudo: hr.employee, hr.department - only compared with the officer's own
            recipient = sheet.participation_id._get_recipient().sudo()
            # The officer cannot appraise a proposal about himself.
            if sheet.grade_id.rating in GOOD and recipient != self._get(f"employee_{agency}_04"):
                text = SUMMARY % campaign._get_launch_name()
                proposal = self._propose(recipient, OWN_FORM[agency], campaign, text, sheet)
                self._walk(proposal, "appraised")
                proposals |= proposal
        ready = self._as_officer(proposals.filtered(lambda p: p.state == "appraised"), agency)
        decision = self._as_officer(self.env["emulation.decision"], agency).create(
            {
                "company_id": campaign.company_id.id,
                "campaign_id": campaign.id,
                "abstract": f"Về việc khen thưởng trong {campaign.name}",
                "issue_date": day,
                "place": campaign.company_id.city,
                "signer_id": self._get(f"employee_{agency}_01").id,
                "signer_title": self._get(f"employee_{agency}_01").job_title,
                "authority": AUTHORITIES[agency],
            }
        )
        decision._do_add(ready)
        decision.action_issue()
        return decision

    def _mend(self, decision):
        """Later a certificate was lost and issued again, and an award was revoked."""
        lost, wrong = decision.certificate_ids.sorted("rank")[-2:]
        lost.action_replace()
        revocation = decision.create(
            {
                "kind": "revocation",
                "company_id": decision.company_id.id,
                "campaign_id": decision.campaign_id.id,
                "amended_decision_id": decision.id,
                "issue_date": decision.issue_date + timedelta(days=75),
                "place": decision.place,
                "signer_id": decision.signer_id.id,
                "signer_title": decision.signer_title,
                "authority": decision.authority,
                "revocation_ground": "fraud",
                "revocation_reason": "số liệu kê khai không đúng với kết quả kiểm tra",
            }
        )
        wrong.commendation_id.action_prize_paid()
        revocation._do_add(wrong.commendation_id)
        revocation.action_issue()

    # ---------- Files ----------

    def _add_files(self, agency, year):
        """An initiative, and a case only officers know of."""
        people = self._get_people(agency, 12)
        company = self._get(f"company_{agency}").id
        desk = self._as_officer(self.env["emulation.rating"], agency)
        desk.env["emulation.achievement"].create(
            [
                {
                    "recipient_type": "employee",
                    "employee_id": people[index].id,
                    "company_id": company,
                    "kind": kind,
                    "name": name,
                    "description": text,
                    "date_from": date(year, 2, 1),
                    "date_to": date(year, 6, 30),
                    "reach": "unit",
                }
                for index, (kind, name, text) in enumerate(ACHIEVEMENTS, 3)
            ]
        )
        desk.env["emulation.restriction"].create(
            {
                "recipient_type": "employee",
                "employee_id": people[9].id,
                "company_id": company,
                "kind": "pending",
                "date_from": date(year, 3, 1),
                "reason": "Đang xem xét đơn phản ánh; chưa có kết luận.",
            }
        )


ACHIEVEMENTS = (
    (
        "initiative",
        "Sổ theo dõi công việc dùng chung trên bảng tính",
        "Rút thời gian tổng hợp báo cáo từ hai ngày còn nửa ngày.",
    ),
    (
        "achievement",
        "Tiếp nhận và trả 1.240 hồ sơ đúng hạn",
        "Không có hồ sơ trễ hạn trong sáu tháng đầu năm.",
    ),
    ("initiative", "Mẫu phiếu khảo sát trực tuyến", "Thay phiếu giấy, thu được gấp đôi số ý kiến."),
)
