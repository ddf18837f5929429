"""The campaigns of the demo agencies: the five of public documents, and one of the running year in two of them."""

from datetime import date

from odoo import fields
from odoo.fields import Command

from .story import Story
from .targets import TargetStory

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
# What has ended, those below before those above.
ENDED = (
    *("c2_phase", "c2_covid", "c2_ad_hoc", "c2_culture", "c2", "c3", "c4", "c5_snv", "c5_ldld", "c5_tp"),
    "c5",
    *("c1", "laichau_province"),
)
PEOPLE_OF_A_STORY = 7
# The people take part, too: heads of households and where they live.
HOUSEHOLDS = {
    "c5": (
        ("Thạch Sà Vang", "Ấp Biển Tây A, xã Vĩnh Trạch Đông"),
        ("Lữ Thị Bé Ba", "Khóm 5, phường Nhà Mát"),
        ("Quách Minh Đương", "Ấp Công Điền, xã Vĩnh Trạch"),
    )
}
# What was handed down in Bạc Liêu: the unit whose people register there.
HANDED_DOWN = {"c5_snv": "snv", "c5_ldld": "ldld", "c5_tp": "tp"}
YEARS_OF_C1 = {
    2021: "Đoàn kết, kỷ cương, vượt khó",
    2022: "Trách nhiệm, kịp thời, hiệu quả",
    2023: "Đổi mới lề lối làm việc",
    2024: "Sáng tạo, đẩy mạnh chuyển đổi số",
    2025: "Tăng tốc, về đích",
}


class CampaignStory(Story):
    def tell_campaigns(self):
        """Launch the five campaigns and those around them; score and close the past ones."""
        for key, agency in HISTORY.items():
            campaign = self.as_officer(self.get(f"campaign_{key}"), agency)
            if key == "c3":
                self.offer(campaign, {"individual": 5, "collective": 2}, campaign.occasion_ids)
            if campaign.document_ids:
                campaign.document_ids.action_issue()
            else:
                campaign.action_launch()
            TargetStory(self.env).set_targets(key, campaign)
            if key in SCORED:
                self.enrol(campaign, agency, PEOPLE_OF_A_STORY)
                self.enrol_households(campaign, HOUSEHOLDS.get(key, ()))
                for review in campaign.review_ids.sorted("date_to"):
                    self.review(review)
            if key == "c1":
                self.tell_years(campaign, agency)
            if key in HANDED_DOWN:
                self.enrol_unit(campaign, self.get(f"department_{agency}_{HANDED_DOWN[key]}"))

    def tell_years(self, campaign, agency):
        """The five years of a campaign, each a campaign below it with its own theme and registrations."""
        template_of = {
            name: campaign[name].template_id.id for name in ("individual_set_id", "collective_set_id")
        }
        below = campaign.create(
            [
                {
                    "name": f"Phong trào thi đua năm {year} của {campaign.company_id.name}",
                    "parent_id": campaign.id,
                    "theme": theme,
                    "kind": "regular",
                    "company_id": campaign.company_id.id,
                    "purpose": f"Hoàn thành nhiệm vụ năm {year} của phong trào 5 năm 2021 - 2025.",
                    "scope": campaign.scope,
                    "audience": campaign.audience,
                    "standing_unit_id": campaign.standing_unit_id.id,
                    "date_start": date(year, 1, 1),
                    "date_end": date(year, 12, 31),
                    "content_ids": [
                        Command.create({"name": content.name, "description": content.description})
                        for content in campaign.content_ids
                    ],
                    **template_of,
                }
                for year, theme in YEARS_OF_C1.items()
            ]
        )
        below.action_launch()
        for number, one in enumerate(below.sorted("date_start"), 2):
            self.enrol(one, agency, number)

    def enrol_households(self, campaign, households):
        """Register households as an officer does: entered where they are registered, handed in and approved."""
        wizard = campaign.env["emulation.outsider"]
        for name, street in households:
            entered = wizard.create(
                {
                    "name": name,
                    "street": street,
                    "purpose": "emulation.participation",
                    "campaign_id": campaign.id,
                }
            ).action_create()
            registration = campaign.participation_ids.with_context(**entered["context"]).create(
                {
                    "company_id": campaign.company_id.id,
                    "pledge": "Sản xuất giỏi, giúp hàng xóm, giữ xóm ấp an toàn trong mùa dịch.",
                }
            )
            registration._do_submit()  # those of past years were handed in then
            registration.action_approve()

    def enrol_unit(self, campaign, unit):
        """Register a unit and its people in what was handed down to it."""
        # sudo: hr.employee - who works in the unit
        people = self.env["hr.employee"].sudo().search([("department_id", "=", unit.id)])
        base = {"campaign_id": campaign.id, "company_id": campaign.company_id.id}
        pledge = "Hoàn thành chỉ tiêu được giao, bảo đảm phòng, chống dịch tại đơn vị."
        values = [{**base, "recipient_type": "department", "department_id": unit.id, "pledge": pledge}]
        values += [
            {**base, "recipient_type": "employee", "employee_id": person.id, "pledge": pledge}
            for person in people
        ]
        registrations = campaign.participation_ids.create(values)
        registrations._do_submit()
        registrations.action_approve()

    def tell_this_year(self):
        """One campaign of the running year in two agencies, with work for everybody."""
        for agency in ("sct", "vplc"):
            campaign = self.start_this_year(agency)
            registrations = self.enrol(campaign, agency, 9, approve=6)
            registrations.filtered(lambda r: r.state == "submitted")[:1]._do_refuse(
                "Chưa nêu giao ước cụ thể."
            )
            interim, final = campaign.review_ids.sorted("date_to")
            self.review(interim)
            self.review(final, finish=False)
            self.amend(campaign)
            registrations[5]._do_leave("Chuyển công tác sang cơ quan khác theo quyết định điều động.")

    # ---------- What they do ----------

    def start_this_year(self, agency):
        today = fields.Date.context_today(self.env.user)
        last = self.as_officer(self.get({"sct": "campaign_c3", "vplc": "campaign_c1"}[agency]), agency)
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
        campaign.body_ids.create(
            [
                {"campaign_id": campaign.id, "sequence": place, "name": name, "part": part}
                for place, (name, part) in enumerate(BODIES)
            ]
        )
        self.offer(campaign, {"individual": 20, "collective": 6})
        campaign.block_ids = campaign.env["emulation.block"].search(
            [("company_id", "=", campaign.company_id.id)]
        )
        head = self.get(f"employee_{agency}_01")
        document = campaign.document_ids.create(
            {
                "campaign_id": campaign.id,
                "issue_date": date(today.year, 1, 8),
                "place": campaign.company_id.city,
                "signer_id": head.id,
                "signer_title": head.job_title,
                "recipient_lines": "Như trên\nLưu: VT, TĐKT",
                "legal_basis_ids": self.env.ref("hr_emulation.legal_law_2022").ids,
            }
        )
        document.action_issue()
        return campaign

    def offer(self, campaign, numbers, occasions=()):
        """Put so many certificates of the agency's head on offer, for people and for collectives; on each occasion."""
        award = self.env["emulation.award"].search([("code", "=", "GKSO")]).ensure_one()
        campaign.award_line_ids = [
            Command.create(
                {
                    "award_id": award.id,
                    "quota": number,
                    "subject": subject,
                    "occasion_id": occasion.id if occasion else False,
                }
            )
            for occasion in occasions or [None]
            for subject, number in numbers.items()
        ]

    def amend(self, campaign):
        """Add a content in the middle of the year, by a document that says old and new."""
        action = campaign.with_context(emulation_purpose="amendment").action_new_document()
        document = campaign.document_ids.browse(action["res_id"])
        document.write(
            {
                "reason": "Thực hiện chỉ đạo đẩy mạnh giải quyết hồ sơ tồn đọng trong 6 tháng cuối năm",
                "issue_date": date(campaign.date_start.year, 7, 10),
                "legal_basis_ids": campaign.launch_document_id.legal_basis_ids.ids,
                "change_ids": [
                    Command.create(
                        {
                            "what": "content",
                            "new_name": "Giải quyết hồ sơ tồn đọng",
                            "new_text": "Không để hồ sơ quá hạn kéo dài sang năm sau.",
                        }
                    )
                ],
            }
        )
        document.action_issue()

    def tell_ends(self):
        """Close what is over, by the people whose job it is."""
        for key in ENDED:
            if key == "c1":
                self.as_officer(self.get("campaign_c1").child_ids, HISTORY[key]).action_close()
            self.end(self.as_officer(self.get(f"campaign_{key}"), HISTORY[key]), HISTORY[key])

    def end(self, campaign, agency):
        """End a campaign: those begun by a document by the report of their final review, else by a closing document."""
        final = campaign.review_ids.filtered(
            lambda review: review.kind == "final" and review.state == "closed"
        )
        if campaign.launch_document_id and final:
            head = self.get(f"employee_{agency}_01")
            final.write(
                {
                    "issue_date": fields.Date.add(final.date_to, days=20),
                    "symbol": f"BC-{campaign.company_id.emulation_document_symbol}",
                    "place": campaign.company_id.city,
                    "signer_id": head.id,
                    "signer_title": head.job_title,
                    "recipient_lines": "Như trên\nLưu: VT, TĐKT",
                    "lessons": LESSONS,
                }
            )
            final.action_issue_report()
        elif campaign.launch_document_id:
            action = campaign.with_context(emulation_purpose="closing").action_new_document()
            closing = campaign.document_ids.browse(action["res_id"])
            closing.write({"reason": "Thời gian thực hiện đã hết", "issue_date": campaign.date_end})
            closing.action_issue()
            return
        campaign.action_close()

    def enrol(self, campaign, agency, number, approve=None):
        """Register people and their units; the officer approves the first ``approve`` (all if None)."""
        people = self.get_people(agency, number)
        base = {"campaign_id": campaign.id, "company_id": campaign.company_id.id}
        pledge = "Hoàn thành nhiệm vụ đúng hạn, không vi phạm kỷ luật, có ít nhất một cách làm mới."
        values = [
            {**base, "recipient_type": "employee", "employee_id": person.id, "pledge": pledge}
            for person in people
        ]
        units = people.department_id.filtered("parent_id")[:3]
        values += [{**base, "recipient_type": "department", "department_id": unit.id} for unit in units]
        registrations = campaign.participation_ids.create(values)
        registrations._do_submit()  # those of past years were handed in then
        (registrations if approve is None else registrations[:approve] | registrations[-2:]).action_approve()
        return registrations

    def review(self, review, finish=True):
        """Score a round. Unfinished, it stops with sheets at every step."""
        review.action_open()
        sheets = review.evaluation_ids.sorted("id")
        shift = 0 if review.kind == "interim" else 2  # people do better or worse from one round to the next
        for index, sheet in enumerate(sheets):
            if finish or index >= 2:
                self.score(sheet, QUALITY[(index + shift) % len(QUALITY)])
        done = sheets if finish else sheets[2:]
        done.action_submit()
        (done if finish else done[2:]).action_verify()
        (done if finish else done[4:]).action_confirm()
        if finish:
            review.action_close()

    def score(self, sheet, quality):
        lines = sheet.score_ids
        sheet._save_self_scores({line.id: self.get_points(line.criterion_id, quality) for line in lines})
        for line in lines.filtered(lambda line: line.criterion_id.evidence_required):
            line.note = "Có quyết định công nhận kèm theo hồ sơ."
            line.evidence_ids = line.evidence_ids.create(
                {
                    "name": "quyet-dinh-cong-nhan.png",
                    "raw": self.get_evidence(),
                    "res_model": line._name,
                    "res_id": line.id,
                }
            )

    def get_points(self, criterion, quality):
        if criterion.kind == "quantity":
            value = criterion.target * quality
            return {"actual_value": round(value) if criterion.target > 1 else float(quality > 0.8)}
        if criterion.kind == "yes_no":
            return {"self_points": criterion.max_points if quality > 0.5 else 0}
        return {"self_points": round(criterion.max_points * quality * 2) / 2}


LESSONS = (
    "Giao chỉ tiêu cụ thể cho từng đơn vị ngay từ đầu kỳ thì phong trào có kết quả rõ.\n"
    "Phát hiện và khen thưởng kịp thời cách làm mới có sức lan tỏa hơn khen thưởng cuối kỳ."
)
BODIES = (
    ("Công đoàn cơ sở", "vận động đoàn viên đăng ký thi đua, giám sát việc bình xét, khen thưởng"),
    ("Đoàn Thanh niên", "đảm nhận việc khó, việc mới về chuyển đổi số"),
    ("Chi bộ cơ quan", "lãnh đạo, kiểm tra việc thực hiện phong trào"),
)
THIS_YEAR = (
    ("Hoàn thành nhiệm vụ", "Mỗi phòng, đơn vị đăng ký nhiệm vụ trọng tâm của năm và hoàn thành trước hạn."),
    ("Chuyển đổi số", "Xử lý hồ sơ trên môi trường số, giảm giấy tờ cho người dân, doanh nghiệp."),
    ("Điển hình tiên tiến", "Mỗi đơn vị giới thiệu ít nhất một điển hình để cơ quan nhân rộng."),
)
