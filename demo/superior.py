"""What one agency asks of the one above, and what rests on an award that was revoked."""

from datetime import timedelta

from odoo import fields

from .merit import AUTHORITIES, RewardStory

SUMMARY = "Dẫn đầu phong trào thi đua năm; cách làm được các đơn vị khác học tập."


class SuperiorStory(RewardStory):
    """The office proposes to the province; another agency finds what a revoked award was the ground of."""

    def propose_upwards(self, agency="vplc"):
        """Two proposals for the certificate of the province, ready for the council: a unit and a person."""
        campaign = self.get_this_year(agency, fields.Date.context_today(self.env.user))
        unit = self.get_led_units(campaign)[:1]
        for recipient in (unit, self.get_people(agency, 3)[2]):
            self.walk(self.propose(recipient, "BKT", campaign, SUMMARY), "appraised")

    def send_upwards(self, agency="vplc"):
        """What the council passed goes up; the province grants one and asks the other to wait."""
        today = fields.Date.context_today(self.env.user)
        passed = self.as_officer(self.env["emulation.commendation"], agency).search(
            [
                ("company_id", "=", self.get(f"company_{agency}").id),
                ("award_id.code", "=", "BKT"),
                ("state", "=", "voted"),
                ("vote_passed", "=", True),
            ],
            order="id",
        )
        action = passed.env["emulation.onward"]._add_to_submission(passed)
        submission = passed.env["emulation.submission"].browse(action["res_id"])
        submission.write(
            {
                "addressee": "Chủ tịch UBND tỉnh Lai Châu",
                "place": submission.company_id.city,
                "signer_id": self.get(f"employee_{agency}_01").id,
                "signer_title": self.get(f"employee_{agency}_01").job_title,
                "answer_by": fields.Date.add(today, days=20),
            }
        )
        submission.action_send()
        granted, refused = submission.line_ids.sorted("id")
        granted.write(
            {
                "answer": "granted",
                "external_number": "1234/QĐ-UBND",
                "external_date": today,
                "external_issuer": "Chủ tịch UBND tỉnh Lai Châu",
            }
        )
        refused.write({"answer": "refused", "refusal_reason": "Thành tích chưa đủ thời gian theo quy định"})
        submission.action_record_answers()

    def tell_reliance(self, agency="sct"):
        """An award of the summer is revoked; the proposal under way that names it waits for a decision."""
        today = fields.Date.context_today(self.env.user)
        proposals = self.as_officer(self.env["emulation.commendation"], agency)
        campaign = self.get_this_year(agency, today)
        own = [("campaign_id", "=", campaign.id)]
        waiting = proposals.search([*own, ("state", "in", ("submitted", "endorsed"))]).employee_id
        wrong = proposals.search(
            [*own, ("state", "=", "granted"), ("employee_id", "in", waiting.ids)], order="id", limit=2
        )
        decision = wrong.decision_id
        revocation = decision.create(
            {
                "kind": "revocation",
                "company_id": decision.company_id.id,
                "campaign_id": campaign.id,
                "amended_decision_id": decision.id,
                "issue_date": min(today, decision.issue_date + timedelta(days=75)),
                "place": decision.place,
                "signer_id": decision.signer_id.id,
                "signer_title": decision.signer_title,
                "authority": AUTHORITIES[agency],
                "revocation_ground": "fraud",
                "revocation_reason": "số liệu kê khai không đúng với kết quả kiểm tra",
            }
        )
        wrong.env["emulation.decision"]._record_payment(wrong)
        revocation._do_add(wrong)
        revocation.action_issue()
        rows = self.as_officer(self.env["emulation.reliance"], agency).search(
            [("revoked_id", "in", wrong.ids)], order="id"
        )
        rows[:1]._do_keep("Thành tích của đề nghị này không lấy từ giấy khen đã bị hủy bỏ.")
        rows[1:2]._do_review("Chờ đối chiếu số liệu với hồ sơ gốc.")
