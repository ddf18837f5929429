"""Bring the demo agencies to life through the real verbs, by the people whose job each step is."""

import csv
from datetime import date

from odoo import api, fields, models
from odoo.tools import file_open

# How well a person or unit does, by order of registration; one of each grade in a long list.
QUALITY = (1.0, 0.96, 0.93, 0.88, 0.97, 0.81, 0.9, 0.74, 0.95, 0.58, 0.86, 0.45)
HISTORY = {
    "laichau_province": "laichau",
    "c1": "vplc",
    "c2": "vplcai",
    "c2_culture": "vplcai",
    "c2_phase": "vplcai",
    "c2_covid": "vplcai",
    "c2_ad_hoc": "vplcai",
    "c3": "sct",
    "c4": "tct",
    "c5": "bl",
    "c5_snv": "bl",
    "c5_ldld": "bl",
    "c5_tp": "bl",
}
# The campaigns whose rounds are scored to the end.
SCORED = ("c1", "c2", "c3", "c4", "c5")
# Closed here; c1 and c4 close after their decisions, the province's after the office below it.
CLOSED = ("c2", "c2_phase", "c2_covid", "c2_ad_hoc", "c3", "c5", "c5_snv", "c5_ldld", "c5_tp")
PEOPLE_OF_A_STORY = 7


class EmulationDemo(models.AbstractModel):
    """Called only by ``demo/story.xml``; every method is private, so nobody can call it from outside."""

    _name = "emulation.demo"
    _description = "Loader of the demo data"

    @api.model
    @api.private
    def load_passwords(self):
        """Give the users of ``demo/logins.csv`` their passwords."""
        # One hash for all who share a password: a hash costs a third of a second, there are fifty users.
        hashes = {}
        with file_open("hr_emulation/demo/logins.csv") as logins:
            rows = [row for row in csv.DictReader(logins) if row["login"] != "admin"]
        users = self.env["res.users"].search([("login", "in", [row["login"] for row in rows])])
        by_login = {user.login: user for user in users}
        for row in rows:
            password = row["password"]
            hashes.setdefault(password, users._crypt_context().hash(password))
            users._set_encrypted_password(by_login[row["login"]].id, hashes[password])

    @api.model
    @api.private
    def tell_campaigns(self):
        """Launch the five campaigns and those around them; score and close the past ones."""
        for key, agency in HISTORY.items():
            campaign = self._as_officer(self._get(f"campaign_{key}"), agency)
            campaign.action_launch()
            self._set_targets(key, campaign)
            if key in SCORED:
                campaign._store_letter()
                self._enrol(campaign, agency, PEOPLE_OF_A_STORY)
                for review in campaign.review_ids.sorted("date_to"):
                    self._review(review)
            if key in CLOSED:
                campaign.action_close()

    @api.model
    @api.private
    def tell_this_year(self):
        """One campaign of the running year in two agencies, with work for everybody."""
        for agency in ("sct", "vplc"):
            campaign = self._start_this_year(agency)
            campaign._store_letter()
            registrations = self._enrol(campaign, agency, 9, approve=6)
            registrations.filtered(lambda r: r.state == "submitted")[:1]._do_refuse(
                "Chưa nêu giao ước cụ thể."
            )
            interim, final = campaign.review_ids.sorted("date_to")
            self._review(interim)
            self._review(final, finish=False)

    # ---------- The people ----------

    def _get(self, name):
        return self.env.ref(f"hr_emulation.{name}_demo")

    def _get_user(self, agency, role):
        return self._get(f"user_{agency}_{role}")

    def _as(self, records, user):
        """Return the records as this user sees them after logging in."""
        context = {"lang": "vi_VN", "tz": user.tz, "allowed_company_ids": user.company_ids.ids}
        return records.with_user(user).with_context(**context)

    def _as_officer(self, records, agency):
        # The province has no officer of its own among the demo users: the administrator acts.
        user = (
            self.env.ref("base.user_admin") if agency == "laichau" else self._get_user(agency, "chuyenvien")
        )
        return self._as(records, user)

    def _get_people(self, agency, number):
        """Return ``number`` employees of an agency, its head last: he rarely competes."""
        ids = [self._get(f"employee_{agency}_{index:02d}").id for index in (*range(3, 13), 2, 1)]
        return self.env["hr.employee"].browse(ids[:number])

    # ---------- What they do ----------

    def _start_this_year(self, agency):
        today = fields.Date.context_today(self)
        last = self._as_officer(self._get({"sct": "campaign_c3", "vplc": "campaign_c1"}[agency]), agency)
        template_of = {name: last[name].template_id.id for name in ("individual_set_id", "collective_set_id")}
        campaign = last.create(
            {
                "name": f"Phong trào thi đua năm {today.year} của {last.company_id.name}",
                "theme": "Kỷ cương, đổi mới, sáng tạo, hoàn thành xuất sắc nhiệm vụ năm",
                "kind": "regular",
                "company_id": last.company_id.id,
                "purpose": "Hoàn thành và vượt các chỉ tiêu được giao trong năm.",
                "scope": last.scope,
                "audience": last.audience,
                "standing_unit_id": last.standing_unit_id.id,
                "date_start": date(today.year, 1, 1),
                "date_end": date(today.year, 12, 31),
                "registration_deadline": date(today.year, 12, 31),
                "abstract": f"phát động phong trào thi đua năm {today.year}",
                "signer_id": self._get(f"employee_{agency}_01").id,
                "signer_title": self._get(f"employee_{agency}_01").job_title,
                **template_of,
            }
        )
        campaign.content_ids.create(
            [
                {"campaign_id": campaign.id, "name": name, "description": text, "sequence": sequence}
                for sequence, (name, text) in enumerate(THIS_YEAR, 1)
            ]
        )
        campaign.review_ids.create(
            [
                {
                    "campaign_id": campaign.id,
                    "name": f"Sơ kết 6 tháng đầu năm {today.year}",
                    "kind": "interim",
                    "date_from": date(today.year, 1, 1),
                    "date_to": date(today.year, 6, 30),
                },
                {
                    "campaign_id": campaign.id,
                    "name": f"Tổng kết năm {today.year}",
                    "kind": "final",
                    "date_from": date(today.year, 1, 1),
                    "date_to": date(today.year, 12, 31),
                    "self_deadline": fields.Date.add(today, days=14),
                    "verify_deadline": fields.Date.add(today, days=21),
                    "confirm_deadline": fields.Date.add(today, days=28),
                },
            ]
        )
        campaign.action_launch()
        return campaign

    def _enrol(self, campaign, agency, number, approve=None):
        """Register people and their units; the officer approves the first ``approve`` (all if None)."""
        people = self._get_people(agency, number)
        base = {"campaign_id": campaign.id, "company_id": campaign.company_id.id}
        pledge = "Hoàn thành nhiệm vụ đúng hạn, không vi phạm kỷ luật, có ít nhất một cách làm mới."
        values = [
            {**base, "recipient_type": "employee", "employee_id": person.id, "pledge": pledge}
            for person in people
        ]
        units = people.department_id.filtered("parent_id")[:3]
        values += [{**base, "recipient_type": "department", "department_id": unit.id} for unit in units]
        registrations = campaign.participation_ids.create(values)
        registrations.action_submit()
        (registrations if approve is None else registrations[:approve] | registrations[-2:]).action_approve()
        return registrations

    def _review(self, review, finish=True):
        """Score a round. Unfinished, it stops with sheets at every step."""
        review.action_open()
        sheets = review.evaluation_ids.sorted("id")
        shift = 0 if review.kind == "interim" else 2  # people do better or worse from one round to the next
        for index, sheet in enumerate(sheets):
            if finish or index >= 2:
                self._score(sheet, QUALITY[(index + shift) % len(QUALITY)])
        done = sheets if finish else sheets[2:]
        done.action_submit()
        (done if finish else done[2:]).action_verify()
        (done if finish else done[4:]).action_confirm()
        if finish:
            review.action_close()

    def _score(self, sheet, quality):
        lines = sheet.score_ids
        sheet._save_self_scores({line.id: self._get_points(line.criterion_id, quality) for line in lines})
        for line in lines.filtered(lambda line: line.criterion_id.evidence_required):
            line.note = "Có quyết định công nhận kèm theo hồ sơ."
            line.evidence_ids = line.evidence_ids.create(
                {
                    "name": "quyet-dinh-cong-nhan.png",
                    "raw": self._get_evidence(),
                    "res_model": line._name,
                    "res_id": line.id,
                }
            )

    def _get_evidence(self):
        """Return a picture that stands for a scan."""
        with file_open("hr_emulation/static/description/icon.png", "rb") as picture:
            return picture.read()

    def _get_points(self, criterion, quality):
        if criterion.kind == "quantity":
            value = criterion.target * quality
            return {"actual_value": round(value) if criterion.target > 1 else float(quality > 0.8)}
        if criterion.kind == "yes_no":
            return {"self_points": criterion.max_points if quality > 0.5 else 0}
        return {"self_points": round(criterion.max_points * quality * 2) / 2}


THIS_YEAR = (
    ("Hoàn thành nhiệm vụ", "Mỗi phòng, đơn vị đăng ký việc lớn của năm và hoàn thành trước hạn."),
    ("Chuyển đổi số", "Xử lý hồ sơ trên môi trường số, giảm giấy tờ cho người dân, doanh nghiệp."),
    ("Điển hình tiên tiến", "Mỗi đơn vị giới thiệu ít nhất một điển hình để cơ quan nhân rộng."),
)
