"""The five campaigns of public documents, from an empty database through the forms an officer fills.

Nothing is created behind the forms; then every fact is read back from the records and from the printed letter.
"""

from datetime import date

from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ...engine import vietnamese
from ..helpers.common import EmulationCommon
from ..helpers.five_campaigns import C1, C2, C3, C4, C5, YES


@tagged("post_install", "-at_install")
class TestFiveCampaigns(EmulationCommon):
    # ---------- Filling in ----------

    def settle(self, facts):
        """Set up the agency of a campaign: its units with heads, its people, its officer."""
        self.company.write(facts["agency"])
        self.units = {name: self.new_unit(name) for name in facts["units"]}
        for number, unit in enumerate(self.units.values()):
            head = self.new_user(f"five_head_{number}", "base.group_user")
            unit.manager_id = self.new_employee(f"Trưởng đơn vị {number}", unit, head)

    def form(self, model, view=None):
        return Form(self.env[model].with_user(self.user_officer), view)

    def fill_sheet(self, facts):
        """Build the criterion set in its own form: groups first, then what they hold."""
        form = self.form("emulation.criterion.set")
        form.name = f"Tiêu chí {facts['campaign']['name']}"
        form.scale = facts.get("scale", "points")
        for group, _lines in facts["sheet"]:
            with form.criterion_ids.new() as line:
                line.name, line.kind = group, "group"
        for grade, points in (("Xuất sắc", 90), ("Tốt", 70)):
            with form.grade_ids.new() as line:
                line.name, line.min_points = grade, points
        sheet = form.save()
        with Form(sheet) as form:
            for number, (_group, lines) in enumerate(facts["sheet"]):
                for name, kind, points, target, measure in lines:
                    with form.criterion_ids.new() as line:
                        line.name, line.kind, line.max_points = name, kind, points
                        if sheet.scale == "weights":
                            line.max_points, line.weight = 10, points
                        line.parent_id = sheet.criterion_ids.sorted("id")[number]
                        if kind == "quantity":
                            line.target, line.unit_of_measure = target, measure
        return sheet

    def fill_basis(self, kind, number, issued, issuer, name):
        form = self.form("emulation.legal.document")
        form.name, form.kind = name, kind
        for field, value in (("number", number), ("issue_date", issued), ("issuer", issuer)):
            if value:
                setattr(form, field, value)
        return form.save()

    def fill_occasion(self, name, origin, day):
        form = self.form("emulation.occasion")
        form.name, form.date = name, day
        if origin:
            form.origin_date = origin
        return form.save()

    def fill_campaign(self, values, facts, sheet, parent=None):
        """Fill in the campaign form, line by line."""
        form = self.form("emulation.campaign", "hr_emulation.emulation_campaign_view_form")
        for name, value in values.items():
            setattr(form, name, value)
        if parent:
            form.parent_id = parent
        form.individual_set_id = form.collective_set_id = sheet
        form.standing_unit_id = self.units[facts["standing_unit"]]
        for occasion in facts["occasions"]:
            form.occasion_ids.add(self.fill_occasion(*occasion))
        for heading, text in facts["contents"]:
            with form.content_ids.new() as content:
                content.name, content.description = heading, text
        for award, quota in facts["awards"]:
            with form.award_line_ids.new() as line:
                line.award_id, line.quota = self.new_award(award, name=award), quota
        for day, name in facts["milestones"]:
            with form.milestone_ids.new() as line:
                line.date, line.name = day, name
        return form.save()

    def fill_reviews(self, campaign, facts):
        for kind, start, end in facts["reviews"]:
            form = self.form("emulation.review")
            form.campaign_id, form.kind, form.name = campaign, kind, f"{kind} {end.year}"
            form.date_from, form.date_to = start, end
            form.save()

    def issue_document(self, campaign, values, facts):
        """Fill in the launch document, started on the campaign, and press Issue: that launches the campaign."""
        action = campaign.action_open_launch_document()
        document = campaign.env[action["res_model"]].browse(action["res_id"])
        with Form(document) as form:
            for name, value in values.items():
                setattr(form, name, value)
            form.signer_id = self.new_employee(facts.get("signer", "Người ký"), self.unit)
            form.recipient_lines = values.get("recipient_lines", "Như trên")
            for basis in facts["bases"]:
                record = self.fill_basis(*basis)
                form.legal_basis_ids.add(record)
                if record.number in facts.get("executed", ()):
                    form.executed_basis_ids.add(record)
        document.action_issue()
        return document

    def build(self, facts, parent=None):
        """Fill in everything, issue the launch document: the campaign is launched."""
        sheet = self.fill_sheet(facts)
        campaign = self.fill_campaign(facts["campaign"], facts, sheet, parent)
        self.fill_reviews(campaign, facts)
        self.issue_document(campaign, facts["document"], facts)
        return campaign

    # ---------- Reading back ----------

    def compare(self, campaign, facts):
        """Compare every fact with the records."""
        self.assertEqual(campaign.state, "launched")
        self.assertEqual({name: campaign[name] for name in facts["campaign"]}, facts["campaign"])
        self.assertEqual(campaign.standing_unit_id.name, facts["standing_unit"])
        self.assertFalse(campaign.warning)
        contents = campaign.content_ids.sorted("id")
        self.assertEqual([(line.name, line.description or "") for line in contents], facts["contents"])
        self.assertEqual(
            {
                (b.kind, b.number, b.issue_date, b.issuer, b.name)
                for b in campaign.launch_document_id.legal_basis_ids
            },
            set(facts["bases"]),
        )
        document = campaign.launch_document_id
        self.assertEqual({name: document[name] for name in facts["document"]}, facts["document"])
        self.assertEqual((document.state, document.document_check), ("issued", "intact"))
        self.assertTrue(document.number and document.issue_date and document.signer_id)
        self.assertEqual(
            {(o.name, o.origin_date, o.date) for o in campaign.occasion_ids}, set(facts["occasions"])
        )
        awards = campaign.award_line_ids.sorted("id")
        self.assertEqual([(line.award_id.name, line.quota) for line in awards], facts["awards"])
        self.assertEqual([(line.date, line.name) for line in campaign.milestone_ids], facts["milestones"])
        reviews = campaign.review_ids.sorted("id")
        self.assertEqual([(line.kind, line.date_from, line.date_to) for line in reviews], facts["reviews"])
        self.compare_sheets(campaign, facts)

    def compare_sheets(self, campaign, facts):
        """Both sets are the campaign's own, locked, total 100, and hold the criteria line by line."""
        for sheet in campaign.individual_set_id, campaign.collective_set_id:
            self.assertEqual((sheet.locked, sheet.is_template, sheet.current_total), (True, False, 100))
            self.assertEqual(sheet.scale, facts.get("scale", "points"))
            worth = "weight" if sheet.scale == "weights" else "max_points"
            groups = sheet.criterion_ids.filtered(lambda line: line.kind == "group").sorted("id")
            found = [
                (
                    group.name,
                    [
                        (line.name, line.kind, line[worth], line.target, line.unit_of_measure or "")
                        for line in group.child_ids.sorted("id")
                    ],
                )
                for group in groups
            ]
            self.assertEqual(found, facts["sheet"])
            self.assertEqual(sheet.grade_ids.mapped("min_points"), [90, 70])

    def letter(self, campaign):
        report = self.env["ir.actions.report"].with_user(self.user_officer)
        document = campaign.launch_document_id
        html = report._render_qweb_html("hr_emulation.report_campaign_document", document.ids)[0].decode()
        return " ".join(html.split())

    def compare_letter(self, campaign, facts, *more):
        """The printed document says who, what, from when to when, on which grounds, and to whom."""
        html = self.letter(campaign)
        values = {**facts["campaign"], **facts["document"]}
        self.assertNotIn("DỰ THẢO", html)
        texts = [facts["agency"]["name"], values["purpose"], values["audience"], *more]
        texts += [values[name] for name in ("theme", "signer_title", "place") if name in values]
        for heading, text in facts["contents"]:
            texts += [heading, text.rstrip(".")]
        texts += [number for _kind, number, *_rest in facts["bases"] if number]
        texts += [name for name, *_days in facts["occasions"]]
        texts += [name for _group, lines in facts["sheet"] for name, *_rest in lines]
        texts += [award for award, _quota in facts["awards"]]
        texts += [vietnamese.administrative_date(values[name]) for name in ("date_start", "date_end")]
        texts += [f"{facts['standing_unit']} là bộ phận thường trực"]
        missing = [text for text in texts if text not in html]
        self.assertEqual(missing, [])

    # ---------- The five ----------

    def test_c1_five_years_below_a_campaign_of_the_province(self):
        self.settle(C1)
        above = self.fill_campaign(C1["above"], {**C1, "milestones": [], "awards": []}, self.fill_sheet(C1))
        self.issue_document(above, C1["above_document"], C1)
        campaign = self.build(C1, parent=above)
        self.compare(campaign, C1)
        self.assertEqual((campaign.parent_id, above.state), (above, "launched"))
        self.assertEqual(above.launch_document_id._get_document_number(), "09/CT-UBND")
        self.compare_letter(campaign, C1, "Lai Châu, ngày 17 tháng 01 năm 2022", "nhiệm kỳ 2020 - 2025")
        # voluntary: an employee registers by own choice, and the officer registers nobody for him
        self.assertFalse(campaign.registration_required)
        form = Form(self.env["emulation.participation"].with_user(self.user_proposer))
        form.campaign_id, form.employee_id = campaign, self.employee_proposer
        registration = form.save()
        with self.assertRaisesRegex(UserError, "The campaign ended"):
            registration.action_submit()
        with freeze_time("2022-02-01"):
            registration.action_submit()
        self.assertEqual(registration.state, "submitted")

    def test_c2_a_year_of_several_kinds_launched_by_letter_162(self):
        self.settle(C2)
        campaign = self.build(C2)
        self.compare(campaign, C2)
        self.compare_letter(campaign, C2, "162/VPUBND-TCHC")
        hard = campaign.individual_set_id.criterion_ids.filtered(
            lambda line: line.name == "Học tập chỉ thị và pháp luật"
        )
        self.assertEqual((hard.target, hard.unit_of_measure), (100, "%"))
        common = {
            name: C2["campaign"][name] for name in ("purpose", "scope", "audience", "date_start", "date_end")
        }
        for below in C2["below"]:
            bare = {**C2, "awards": [], "milestones": [], "occasions": []}
            child = self.fill_campaign(
                {**common, **below}, bare, campaign.individual_set_id.template_id, campaign
            )
            child.action_launch()
            self.assertEqual({name: child[name] for name in below}, below)
        self.assertEqual(set(campaign.child_ids.mapped("kind")), {"phase", "thematic", "special", "ad_hoc"})
        self.assertEqual(set(campaign.child_ids.mapped("state")), {"launched"})
        office = campaign.child_ids.filtered(lambda child: child.kind == "thematic")
        self.assertIn("outlasts", office.warning, "it runs from 2019 to 2025, beyond the year it is part of")

    def test_c3_a_special_campaign_for_four_occasions(self):
        self.settle(C3)
        campaign = self.build(C3)
        self.compare(campaign, C3)
        self.compare_letter(
            campaign,
            C3,
            "30 tháng 10 năm 2023",
            "07 tháng 4 năm 2014",
            "g) Kỷ luật, sáng kiến",
            "Thực hiện Công văn",
        )
        self.assertEqual((len(campaign.content_ids), len(campaign.occasion_ids)), (7, 4))

    def test_c4_a_launch_letter_signed_by_the_rector(self):
        self.settle(C4)
        campaign = self.build(C4)
        self.compare(campaign, C4)
        lines = C4["document"]["recipient_lines"].splitlines()
        printed = [f"- {line};" for line in lines[:-1]] + [f"- {lines[-1]}."]
        self.compare_letter(campaign, C4, "Lai Châu, ngày 24 tháng 8 năm 2021", "Nguyễn Tiến Tăng", *printed)
        self.assertEqual(campaign.launch_document_id.signer_id.name, C4["signer"])
        self.assertIn("Thực hiện Chỉ thị số 02/CT-UBND", self.letter(campaign))

    def test_c5_a_plan_cascaded_with_blocks(self):
        self.settle(C5)
        campaign = self.build(C5)
        self.compare(campaign, C5)
        self.compare_letter(campaign, C5, "Kế hoạch", "Bạc Liêu, ngày 08 tháng 3 năm 2021")
        action = campaign.action_push()
        wizard = self.env["emulation.campaign.push"].with_user(self.user_officer)
        form = Form(wizard.with_context(**action["context"]))
        for unit in self.units.values():
            form.department_ids.add(unit)
        form.save().action_push()
        below = campaign.child_ids
        self.assertEqual(below.mapped("owner_unit_id.name"), below.mapped("standing_unit_id.name"))
        self.assertEqual(set(below.mapped("owner_unit_id.name")), set(C5["units"]))
        for child in below:
            self.assertEqual((child.state, child.theme), ("launched", C5["campaign"]["theme"]))
            self.assertEqual((child.date_start, child.date_end), (date(2021, 1, 1), date(2021, 12, 31)))
            self.assertEqual(
                child.content_ids.sorted("id").mapped("name"), [name for name, _text in C5["contents"]]
            )
            self.assertEqual(
                [(line.award_id.name, line.quota, line.left_text) for line in child.award_line_ids],
                [(name, 0, str(quota)) for name, quota in C5["awards"]],
            )
            self.compare_sheets(child, C5)
        self.assertEqual(len(below.activity_ids.user_id), len(C5["units"]))
        self.fill_block()

    def fill_block(self):
        """A block of the three, headed in turn, its leader acclaimed after cross scoring."""
        form = self.form("emulation.block")
        form.name = C5["block"]
        for unit in self.units.values():
            with form.member_ids.new() as member:
                member.department_id = unit
        block = form.save()
        self.assertEqual(block.member_ids.mapped("name"), C5["units"])
        block.action_start_year()
        year = block.year_ids
        self.assertEqual(year.head_id.name, C5["units"][0])
        with Form(year) as form:
            for scorer in block.member_ids:
                for member in block.member_ids - scorer:
                    with form.score_ids.new() as line:
                        line.scorer_id, line.member_id = scorer, member
                        line.points = 90 + C5["units"].index(member.name)
        year.action_acclaim()
        self.assertEqual(year.leader_id.name, "Thành phố Bạc Liêu")

    def test_the_criteria_are_quantitative(self):
        """The data keeps what C3 asks: concrete, clear, quantitative criteria, never ratings alone."""
        for facts in (C1, C2, C3, C4, C5):
            kinds = [kind for _group, lines in facts["sheet"] for _name, kind, *_rest in lines]
            self.assertIn("quantity", kinds)
            self.assertEqual(
                sum(points for _g, lines in facts["sheet"] for _n, _k, points, *_r in lines), 100
            )
            self.assertLessEqual(set(kinds), {"quantity", "rating", YES})
