"""Draw a picture of every document, certificate and public page out of the demo data; all of it is rolled back."""

import io
import os
import resource
import subprocess
import tempfile
from pathlib import Path
from unittest.mock import patch

import pypdfium2
from odoo import Command
from PIL import Image, ImageOps

PAPER = (233, 230, 222)
GAP = 14
PHONE = (390, 844)
# Papers of which the demo has one: report → (model, domain, pages shown). Of several the last one.
FOUND = {
    "registration": ("emulation.participation", [("state", "=", "approved"), ("pledge", "!=", False)], 1),
    "round": ("emulation.report.round", [("state", "=", "issued")], 2),
    "inspection": ("emulation.inspection", [("state", "=", "issued")], 2),
    "block_ranking": ("emulation.block.year", [("state", "=", "acclaimed")], 1),
    "achievement_report": ("emulation.achievement.report", [], 2),
    "receipt": (
        "emulation.commendation",
        [("state", "in", ("submitted", "endorsed")), ("submitted_on", "!=", False)],
        1,
    ),
    "outcome_notice": ("emulation.commendation", [("state", "in", ("returned", "rejected"))], 1),
    "publication_notice": ("emulation.publication", [("state", "!=", "draft")], 2),
}

# Only a province or a ministry gives these, not the agency of the story.
PROVINCE = {
    "agency": "Chủ tịch Ủy ban nhân dân tỉnh Lai Châu",
    "signer_on_behalf": "",
    "signer_title": "CHỦ TỊCH",
}
GIVERS = {"BKT": PROVINCE, "CTDT": PROVINCE}


class Pictures:
    """The pictures, one method a group; ``draw`` writes them as PNG files of few colours."""

    def __init__(self, env, folder):
        self.env = env(
            context={**env.context, "force_report_rendering": True, "lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh"}
        )
        self.env.user.tz = "Asia/Ho_Chi_Minh"
        # Not kept: what is drawn is rolled back.
        self.env["ir.config_parameter"].set_param(
            "hr_emulation.public_address", "https://thidua.example.gov.vn"
        )
        self.folder = Path(folder)
        self.company = env.ref("hr_emulation.company_sct_demo")
        self.names = []

    def draw(self):
        """Draw everything; return the names of the files."""
        self.draw_campaigns()
        self.draw_council()
        self.draw_block()
        self.draw_decisions()
        self.draw_initiatives()
        self.draw_found()
        self.draw_templates()
        self.draw_verification()
        return self.names

    # ---------- Documents ----------

    def draw_campaigns(self):
        documents = self.env["emulation.campaign.document"].search([("state", "=", "issued")], order="id")
        plans = documents.filtered(lambda document: document.kind == "plan")
        self.report("campaign_document", documents - plans, "launch-letter", pages=2)
        self.report("campaign_document", plans, "launch-plan", pages=2)
        reviews = self.env["emulation.review"].search([("evaluation_ids", "!=", False)], order="id")
        review = reviews[-1:]
        heads = self.env["hr.employee"].search(
            [("company_id", "=", review.company_id.id)], order="id", limit=1
        )
        review.write({"signer_id": heads.id})
        self.report("review", review, "review-report", pages=3)

    def draw_council(self):
        waiting = self.env["emulation.commendation"].search(
            [("company_id", "=", self.company.id), ("state", "=", "appraised")]
        )
        people = self.env["hr.employee"].search([("company_id", "=", self.company.id)], order="id", limit=7)
        roles = ["chair", "vice_chair", "standing", *["member"] * 3, "secretary"]
        council = self.env["emulation.council"].create(
            {
                "name": "Hội đồng Thi đua - Khen thưởng Sở Công Thương",
                "company_id": self.company.id,
                "member_ids": [
                    Command.create({"employee_id": person.id, "role": role, "sequence": index})
                    for index, (person, role) in enumerate(zip(people, roles, strict=True))
                ],
            }
        )
        session = self.env["emulation.session"].create(
            {
                "council_id": council.id,
                "abstract": self.env["emulation.session"]._get_usual_abstract(waiting.award_id),
                "date_start": "2026-11-20 01:30:00",
                "place": "Lai Châu",
                "location": "Phòng họp tầng 2",
                "ballot_way": "paper",
                "chair_id": council.member_ids[0].id,
                "secretary_id": council.member_ids[-1].id,
                "item_ids": [Command.create({"commendation_id": line.id}) for line in waiting],
                "discussion": "Các thành viên thống nhất với kết quả thẩm định hồ sơ.",
                "conclusion": "Trình Giám đốc Sở quyết định khen thưởng các trường hợp đạt tỷ lệ phiếu.",
            }
        )
        session.action_all_present()
        self.report("ballot_papers", session, "ballot-papers", pages=2)
        session.action_open()
        for item in session.item_ids:
            voters = item._get_voters(session)[item.id]
            item.write({"paper_agree": len(voters) - 1, "paper_disagree": 1})
        session.action_close()
        self.report("minutes", session, "minutes", pages=3)
        self.report("counting_minutes", session, "counting-minutes", pages=2)
        session.attendance_ids[1]._write_protected({"presence": "written"})
        self.report("opinion_forms", session, "opinion-form")

    def draw_block(self):
        year = self.env["emulation.block.year"].search([("state", "=", "acclaimed")], order="id", limit=1)
        year._write_protected(
            {
                "plan": "Tháng 3: ký giao ước thi đua\nTháng 7: sơ kết, trao đổi kinh nghiệm\n"
                "Tháng 12: tổng kết, suy tôn",
                "score_deadline": f"{year.year}-12-05",
            }
        )
        self.report("block_plan", year, "block-plan", pages=2)
        meeting = self.meet({"year_id": year.id, "conclusion": "Trình cơ quan thường trực kết quả suy tôn."})
        self.report("meeting", meeting, "block-minutes", pages=2)

    def meet(self, values):
        """Return a meeting with everybody there but the last of many; the second writes the minutes."""
        meeting = self.env["emulation.meeting"].create(
            {"date_start": "2026-11-20 01:30:00", "date_end": "2026-11-20 03:00:00", **values}
        )
        meeting.action_list_people()
        rows = meeting.attendance_ids
        rows.filtered(lambda row: row.part != "chair")[:1].part = "secretary"
        rows[3:][-1:].write({"presence": "absent", "reason": "đi công tác"})
        return meeting

    def draw_unit(self, proposals):
        """The minutes of a unit that voted on its own people."""
        unit, proposals = max(proposals.grouped("unit_id").items(), key=lambda found: len(found[1]))
        meeting = self.meet(
            {
                "department_id": unit.id,
                "discussion": "Các thành viên tự đánh giá kết quả thực hiện nhiệm vụ; cuộc họp góp ý từng trường hợp.",
                "conclusion": "Đề nghị các trường hợp đạt quá nửa số người có mặt; giao thư ký hoàn thiện hồ sơ.",
            }
        )
        present = meeting.present_count
        meeting.vote_ids = [
            Command.create(
                {"commendation_id": line.id, "votes_for": present - place % 2, "votes_against": place % 2}
            )
            for place, line in enumerate(proposals)
        ]
        self.report("meeting", meeting, "unit-minutes", pages=2)

    def draw_decisions(self):
        granted = self.env["emulation.decision"].search(
            [("state", "=", "issued"), ("kind", "=", "grant"), ("external_issuer", "=", False)]
        )
        decision = max(granted, key=lambda found: len(found.commendation_ids))
        self.report("decision", decision, "decision-with-annex", pages=3)
        self.report("ceremony", decision, "ceremony", pages=3)
        self.report("roll_call", decision, "roll-call", pages=2)
        self.report("seating", decision, "seating")
        self.report("payments", decision, "payment-list", pages=2)
        lines = decision.commendation_ids.sorted(lambda line: (line.subject != "individual", line.id))
        self.draw_unit(self.propose_again(lines[:12]))
        self.draw_single(decision, lines)
        self.draw_submission(lines)
        self.draw_changes(decision, lines)
        valid = decision.certificate_ids.filtered(lambda card: card.state == "issued").sorted("rank")
        self.cards = {
            subject: valid.filtered(lambda card, subject=subject: card.commendation_id.subject == subject)[-1]
            for subject in ("individual", "collective")
        }
        card = self.cards["individual"]
        self.env["emulation.request"]._ask(
            card.commendation_id, "reissue", "Thất lạc khi chuyển nơi làm việc", "lost"
        )
        self.report("reissue_request", card, "reissue-request")

    def draw_single(self, decision, lines):
        single = self.env["emulation.decision"].create(self.decision_values(decision))
        single._do_add(self.propose_again(lines[:1]))
        single._do_issue()
        self.report("decision", single, "decision-for-one")

    def draw_submission(self, lines):
        action = self.env["emulation.onward"]._add_to_submission(self.propose_again(lines[:9]))
        submission = self.env["emulation.submission"].browse(action["res_id"])
        submission.write(
            {
                "addressee": "Chủ tịch Ủy ban nhân dân tỉnh",
                "consulted": "Thuế tỉnh Lai Châu\nCông an tỉnh Lai Châu",
                "signer_id": lines.decision_id.signer_id.id,
                "signer_title": lines.decision_id.signer_title,
                "appraisal": "Hồ sơ đầy đủ; thành tích có xác nhận của đơn vị; đã công khai lấy ý kiến.",
                "place": lines.decision_id.place,
            }
        )
        self.report("opinion_request", submission, "opinion-request", pages=2)
        submission.action_send()
        self.report("submission", submission, "submission", pages=2)

    def propose_again(self, lines):
        """Return appraised proposals like these lines."""
        proposals = lines.browse()
        for line in lines:
            names = {name: line[name] for name in ("recipient_name", "unit_name", "position_name")}
            proposal = line.copy({"evaluation_id": False})
            proposal._write_protected({"state": "appraised", **names})
            proposals |= proposal
        return proposals

    def draw_changes(self, decision, lines):
        values = {**self.decision_values(decision), "amended_decision_id": decision.id}
        change = {"commendation_id": lines[1].id, "position_name": "Phó Trưởng phòng"}
        amendment = self.env["emulation.decision"].create(
            {**values, "kind": "amendment", "change_ids": [Command.create(change)]}
        )
        amendment._do_issue()
        self.report("decision", amendment, "decision-amendment")
        values.update(
            kind="revocation",
            revocation_ground="fraud",
            revocation_reason="kê khai thành tích không đúng sự thật",
        )
        revocation = self.env["emulation.decision"].create(values)
        self.env["emulation.decision"]._record_payment(
            lines[2].filtered(lambda line: line.prize_state == "to_pay")
        )
        revocation._do_add(lines[2])
        revocation._do_issue()
        self.report("decision", revocation, "decision-revocation")

    def decision_values(self, decision):
        return {
            "company_id": decision.company_id.id,
            "campaign_id": decision.campaign_id.id,
            "place": decision.place,
            "signer_id": decision.signer_id.id,
            "signer_title": decision.signer_title,
            "authority": decision.authority,
        }

    def draw_initiatives(self):
        """A council on initiatives marks three of them; a decision recognises those that pass."""
        domain = [("company_id", "=", self.company.id)]
        people = self.env["hr.employee"].search([*domain, ("user_id", "!=", False)], order="id", limit=5)
        authors = (self.env["hr.employee"].search(domain, order="id") - people)[:3]
        council = self.env["emulation.council"].create(
            {
                "name": "Hội đồng Sáng kiến Sở Công Thương",
                "kind": "initiative",
                "company_id": self.company.id,
                "member_ids": [
                    Command.create({"employee_id": person.id, "role": role})
                    for person, role in zip(people, ("chair", *["member"] * 3, "secretary"), strict=False)
                ],
            }
        )
        names = (
            "Số hóa quy trình cấp phép",
            "Bản đồ số lưới điện nông thôn",
            "Mẫu biên bản kiểm tra một trang",
        )
        initiatives = self.env["emulation.achievement"].create(
            [
                {"employee_id": person.id, "company_id": self.company.id, "kind": "initiative", "name": name}
                for person, name in zip(authors, names, strict=True)
            ]
        )
        initiatives._do_submit()
        session = self.env["emulation.initiative.session"].create(
            {
                "council_id": council.id,
                "company_id": self.company.id,
                "date": "2026-11-20",
                "chair_id": council.member_ids[0].id,
                "secretary_id": council.member_ids[-1].id,
                "discussion": "Các thành viên đánh giá tính mới, hiệu quả và khả năng áp dụng của từng sáng kiến.",
                "conclusion": "Đề nghị Giám đốc Sở công nhận các sáng kiến đạt yêu cầu.",
                "item_ids": [
                    Command.create({"achievement_id": one.id, "reach": "unit"}) for one in initiatives
                ],
            }
        )
        session.action_open()
        marks = self.env["emulation.initiative.mark"].search([("session_id", "=", session.id)])
        for mark in marks:
            given = {"points": mark.most - mark.id % 3} if mark.kind == "points" else {"verdict": "pass"}
            mark.with_user(mark.user_id).write(given)
        session.action_close()
        self.report("initiative_minutes", session, "initiative-minutes", pages=2)
        recognition = self.env["emulation.recognition"].browse(session.action_make_recognition()["res_id"])
        recognition.write({"signer_id": people[0].id, "issue_date": "2026-11-25", "place": "Lai Châu"})
        recognition._do_issue()
        self.report("recognition", recognition, "recognition")
        self.report("recognition_certificates", recognition, "recognition-certificate")

    def draw_found(self):
        """Draw what the demo itself has."""
        for name, (model, domain, pages) in FOUND.items():
            records = self.env[model].search(domain, order="id desc", limit=1)
            self.report(name, records, name.replace("_", "-"), pages)

    # ---------- Certificates ----------

    def draw_templates(self):
        templates = self.env["emulation.certificate.template"].search([])
        names = templates.get_external_id()
        awards = {"title": "CSTDCS", "merit": "BKT", "flag": "CTDT"}
        for template in templates:
            name = names[template.id].split("certificate_template_")[-1].replace("_", "-")
            award = self.env["emulation.award"].search([("code", "=", awards.get(template.kind, "GKSO"))])
            card = self.cards["collective" if template.kind == "flag" else "individual"]
            card._with_seal().write({"template_id": template.id})
            texts = {
                **card._get_own_values(),
                "award": award._get_vietnamese_name(),
                **GIVERS.get(award.code, {}),
            }
            with patch.object(type(card), "_get_own_values", lambda _card, texts=texts: texts):
                body = card._render_body("report_certificate")
            content = next(iter(self.env["ir.actions.report"]._print_bodies([(template._get_paper(), body)])))
            self.pdf(content, f"certificate-{name}", width=1000)
        self.report(
            "stress", templates.filtered(lambda item: item.kind == "merit")[:1], "certificate-longest-names"
        )
        self.report("calibration", templates[-1:], "certificate-calibration")

    # ---------- The public page ----------

    def draw_verification(self):
        from odoo.addons.hr_emulation.controllers.verification import verification_values

        card = self.cards["individual"]
        replacement = card._do_replace("Cấp lại do bị mất")
        shots, name = [], card.recipient_name
        code = replacement.payload
        changed = code[:-1] + str(int(code[-1]) ^ 1)
        for page in ("issued", "suspended", "revoked", "replaced", "differs", "unknown", "forged"):
            shown = card if page == "replaced" else replacement
            if page in ("issued", "suspended", "revoked"):
                shown._write_protected({"state": page})
            shown._write_protected({"recipient_name": "Trần Văn Khác" if page == "differs" else name})
            checks = (
                [shown._verify(changed if page == "forged" else shown.payload)] if page != "unknown" else []
            )
            values = verification_values(self.env, page, "vi_VN", checks=checks)
            view = self.env["ir.ui.view"].with_context(lang="vi_VN")
            shots.append(self.phone(view._render_template("hr_emulation.verification_page", values)))
        self.save(beside(shots), "verification")

    def phone(self, page):
        """Return how Chromium shows a page on a telephone."""
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "page.html").write_text(str(page), encoding="utf-8")
            style = f"border:0;width:{PHONE[0]}px;height:{PHONE[1]}px"
            frame = f'<body style="margin:0"><iframe src="page.html" style="{style}">'
            (Path(folder) / "frame.html").write_text(frame)
            shot = Path(folder) / "shot.png"
            command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
            command += [f"--user-data-dir={folder}/profile", f"--window-size=600,{PHONE[1]}"]
            command += [f"--screenshot={shot}", f"file://{folder}/frame.html"]
            subprocess.run(
                command, check=True, capture_output=True, timeout=120, preexec_fn=lift_memory_limit
            )
            return Image.open(io.BytesIO(shot.read_bytes())).convert("RGB").crop((0, 0, *PHONE))

    # ---------- Files ----------

    def report(self, name, records, picture, pages=1):
        """Draw the first pages of a report beside each other."""
        if not records:
            raise SystemExit(f"no record for the picture {picture}")
        reference = f"hr_emulation.action_report_{name}"
        content = self.env["ir.actions.report"]._render_qweb_pdf(reference, records[:1].ids)[0]
        self.pdf(content, picture, pages)

    def pdf(self, content, name, pages=1, width=None):
        document = pypdfium2.PdfDocument(content)
        shown = [document[index] for index in range(min(pages, len(document)))]
        scale = width / shown[0].get_width() if width else 900 / max(shown[0].get_size())
        self.save(beside([page.render(scale=scale).to_pil() for page in shown]), name)

    def save(self, picture, name):
        path = self.folder / f"{name}.png"
        picture.quantize(96).save(path, optimize=True)
        self.names.append(path.name)


def beside(pictures):
    """Return pictures beside each other on a table."""
    framed = [ImageOps.expand(picture.convert("RGB"), 1, (150, 146, 138)) for picture in pictures]
    width = sum(picture.width for picture in framed) + GAP * (len(framed) + 1)
    sheet = Image.new("RGB", (width, max(picture.height for picture in framed) + 2 * GAP), PAPER)
    left = GAP
    for picture in framed:
        sheet.paste(picture, (left, GAP))
        left += picture.width + GAP
    return sheet


def lift_memory_limit():
    """Odoo limits its address space; Chromium reserves far more than it uses."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def draw(env, folder):
    """Draw all pictures into a folder; return their names."""
    os.makedirs(folder, exist_ok=True)
    return Pictures(env, folder).draw()
