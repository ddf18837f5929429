"""Proposals, decisions and certificates of the demo agencies."""

from datetime import date, timedelta

from odoo import fields

from ..engine import points, wording
from .story import Story

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
# Who is on the way in the running year, and how far: index among the people of the agency → step.
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


class RewardStory(Story):
    def tell_rewards(self):
        """Decide what the finished campaigns earned, then fill the desks with this year's proposals."""
        for key, day in DECIDED.items():
            agency = {"c1": "vplc", "c4": "tct"}[key]
            campaign = self.as_officer(self.get(f"campaign_{key}"), agency)
            decision = self.decide(campaign, campaign.review_ids.sorted("date_to")[-1:], agency, day)
            self.mend(decision)
        for agency in ("sct", "vplc"):
            self.tell_rewards_of_this_year(agency)

    def tell_rewards_of_this_year(self, agency):
        today = fields.Date.context_today(self.env.user)
        company = self.get(f"company_{agency}")
        campaign = self.env["emulation.campaign"].search(
            [("company_id", "=", company.id), ("date_start", "=", date(today.year, 1, 1))], limit=1
        )
        campaign = self.as_officer(campaign, agency)
        interim = campaign.review_ids.filtered(lambda review: review.kind == "interim")
        self.decide(campaign, interim, agency, min(today, date(today.year, 7, 15)))
        self.add_files(agency, today.year)
        people = self.get_people(agency, 10)
        for index, step in ON_THE_WAY.items():
            code = "CSTDCS" if index in (3, 8) else "LDTT"
            proposal = self.propose(
                people[index], code, campaign, "Hoàn thành tốt nhiệm vụ, có cách làm mới."
            )
            self.walk(proposal, step)

    # ---------- Proposals ----------

    def propose(self, recipient, code, campaign, summary, evaluation=None):
        """Let the head of the recipient's unit (or of the one above) write and keep a draft."""
        kind = {"hr.employee": "employee", "hr.department": "department"}[recipient._name]
        proposals = self.as_user(self.env["emulation.commendation"], self.get_head(recipient))
        return proposals.create(
            {
                "recipient_type": kind,
                f"{kind}_id": recipient.id,
                "award_id": self.env["emulation.award"].search([("code", "=", code)]).ensure_one().id,
                "campaign_id": campaign.id,
                "evaluation_id": evaluation.id if evaluation else False,
                "company_id": campaign.company_id.id,
                "period_from": campaign.date_start,
                "period_to": min(campaign.date_end, fields.Date.context_today(self.env.user)),
                "commendation_type": "merit" if code in ("LDTT", "CSTDCS", "TTLDTT") else "thematic",
                "summary": summary,
            }
        )

    def walk(self, proposal, step):
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
        self.as_user(proposal, self.get_head(recipient)).action_endorse()
        desk = self.as_officer(proposal, self.get_agency(recipient.company_id))
        if step == "returned":
            desk._do_return("Cần nêu rõ số liệu kết quả thực hiện nhiệm vụ.")
        elif step == "rejected":
            desk._do_reject("Thành tích đã được khen thưởng trong đợt trước.")
        elif step == "appraised":
            desk.action_appraise()

    def get_agency(self, company):
        """Return the short name of a demo agency, from its external identifier."""
        return (
            company._get_external_ids()[company.id][0]
            .removeprefix("hr_emulation.company_")
            .removesuffix("_demo")
        )

    # ---------- Decisions ----------

    def decide(self, campaign, review, agency, day):
        """Propose, endorse and appraise the good ones of a round; issue the decision of ``day``."""
        proposals = self.env["emulation.commendation"].browse()
        for sheet in review.evaluation_ids:
            # sudo: hr.employee, hr.department - only compared with the officer's own
            recipient = sheet.participation_id._get_recipient().sudo()
            # The officer cannot appraise a proposal about himself.
            if sheet.grade_id.rating in GOOD and recipient != self.get(f"employee_{agency}_04"):
                text = SUMMARY % points.inside_sentence(campaign.name)
                proposal = self.propose(recipient, OWN_FORM[agency], campaign, text, sheet)
                self.walk(proposal, "appraised")
                proposals |= proposal
        ready = self.as_officer(proposals.filtered(lambda p: p.state == "appraised"), agency)
        decision = self.as_officer(self.env["emulation.decision"], agency).create(
            {
                "company_id": campaign.company_id.id,
                "campaign_id": campaign.id,
                "abstract": f"Về việc khen thưởng trong {wording.campaign_text(campaign.name)}",
                "issue_date": day,
                "place": campaign.company_id.city,
                "signer_id": self.get(f"employee_{agency}_01").id,
                "signer_title": self.get(f"employee_{agency}_01").job_title,
                "authority": AUTHORITIES[agency],
            }
        )
        decision._do_add(ready)
        decision.action_issue()
        return decision

    def mend(self, decision):
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
        wrong.env["emulation.decision"]._record_payment(wrong.commendation_id)
        revocation._do_add(wrong.commendation_id)
        revocation.action_issue()

    # ---------- Files ----------

    def add_files(self, agency, year):
        """An initiative, and a case only officers know of."""
        people = self.get_people(agency, 12)
        company = self.get(f"company_{agency}").id
        desk = self.as_officer(self.env["emulation.rating"], agency)
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
