"""A year at a glance: each figure against a query of its own, and the same in statistics, report, list and screen."""

import io
from ast import literal_eval
from datetime import date, timedelta

from odoo import fields
from odoo.fields import Domain
from odoo.tests import HttpCase, tagged
from openpyxl import load_workbook

from ...models.campaign.review_report import ReviewFigures
from ..helpers.campaign_common import CampaignCommon
from ..helpers.common import EmulationCommon

YEAR = 2025
BOTH = {"subject_individual": True, "subject_collective": True}
LEVELS = ("state", "ministry", "province", "grassroots", "internal")


class OverviewCommon(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.awards = [cls.new_award(f"TEST-{level}", level=level, **BOTH) for level in LEVELS]
        cls.people = (cls.employee_sub, cls.employee_unit, cls.employee_other, cls.other_unit, cls.sub_unit)
        cls.employee_sub.sex, cls.employee_unit.sex = "female", "male"
        cls.made = cls.env["emulation.commendation"]
        for number in range(30):
            cls.made |= cls.new_made(number)
        cls.env.flush_all()

    @classmethod
    def new_made(cls, number):
        """Return one of many commendations, each different: whose, which, when, how far."""
        item = cls.new_commendation(cls.people[number % 5], campaign_id=cls.campaign.id).sudo()
        submitted = date(2024 + number % 3, 1 + number % 12, 1 + number % 28)
        values = {
            "award_id": cls.awards[number % 7 % 5].id,
            "submitted_on": f"{submitted} 03:00:00",
            "commendation_type": "ad_hoc" if number % 4 == 0 else "merit",
            "achieved_on": submitted - timedelta(days=number % 3) if number % 4 == 0 else False,
        }
        if number % 5:
            values |= {
                "state": "granted",
                "granted_date": submitted + timedelta(days=number),
                "prize_amount": 100_000 * (number % 6),
                "prize_state": "paid" if number % 2 else "to_pay",
            }
        else:
            values |= {"state": "submitted", "deadline": date(2024 + number % 4, 1, 1)}
        item._write_protected(values)
        return item

    def get_blocks(self, user=None, year=YEAR):
        user = user or self.user_officer
        overview = self.env["emulation.overview"].with_user(user)
        return overview.with_context(allowed_company_ids=user.company_ids.ids).get_overview(year)["blocks"]

    def get_figures(self, user=None, year=YEAR):
        return {
            figure["label"]: figure["value"]
            for block in self.get_blocks(user, year)
            for figure in block["figures"]
        }

    def get_bars(self, user=None, year=YEAR):
        return {
            bar["title"]: {row["label"]: row["count"] for row in bar["rows"]}
            for block in self.get_blocks(user, year)
            for bar in block["bars"]
        }

    def count(self, query, *params):
        self.env.cr.execute(query, params)
        return self.env.cr.fetchall()


@tagged("post_install", "-at_install")
class TestOverview(OverviewCommon):
    def test_figures_are_those_of_queries_of_their_own(self):
        granted = "company_id = %s AND state = 'granted' AND EXTRACT(YEAR FROM granted_date) = %s"
        ((all_, people, money, paid, unpaid),) = self.count(
            "SELECT COUNT(*), COUNT(*) FILTER (WHERE employee_id IS NOT NULL), SUM(prize_amount),"
            " SUM(prize_amount) FILTER (WHERE prize_state = 'paid'),"
            " SUM(prize_amount) FILTER (WHERE prize_state = 'to_pay')"
            f" FROM emulation_commendation WHERE {granted}",
            self.company.id,
            YEAR,
        )
        today = fields.Date.context_today(self.env.user)
        ((waiting, late),) = self.count(
            "SELECT COUNT(*), COUNT(*) FILTER (WHERE deadline < %s) FROM emulation_commendation"
            " WHERE company_id = %s AND state IN ('submitted', 'endorsed', 'appraised', 'voted', 'forwarded')",
            today,
            self.company.id,
        )
        ((slow, mean),) = self.count(
            "SELECT COUNT(*) FILTER (WHERE granted_date - achieved_on > 10), AVG(granted_date - achieved_on)::float"
            f" FROM emulation_commendation WHERE {granted} AND commendation_type = 'ad_hoc'",
            self.company.id,
            YEAR,
        )
        figures = self.get_figures()
        self.assertEqual(figures["Granted"], all_)
        self.assertEqual(
            (figures["To individuals"], figures["To collectives and households"]), (people, all_ - people)
        )
        self.assertEqual((figures["On their way"], figures["Past their day"]), (waiting, late))
        self.assertEqual(figures["Prizes decided (đồng)"], float(money))
        self.assertEqual(figures["Of which paid (đồng)"], float(paid))
        self.assertEqual(figures["Still to pay (đồng)"], float(unpaid))
        self.assertEqual(figures["Sudden achievements after the target"], slow)
        self.assertAlmostEqual(figures["Sudden achievements, on average"], mean, places=4)
        self.assertTrue(all((all_, people, money, paid, unpaid, waiting, late, slow)), "data of every kind")

    def test_comparisons_are_those_of_queries_of_their_own(self):
        bars = self.get_bars()
        labels = dict(self.env["emulation.award"]._fields["level"]._description_selection(self.env))
        levels = self.count(
            "SELECT a.level, COUNT(*) FROM emulation_commendation c JOIN emulation_award a ON a.id = c.award_id"
            " WHERE c.company_id = %s AND c.state = 'granted' AND EXTRACT(YEAR FROM granted_date) = %s GROUP BY 1",
            self.company.id,
            YEAR,
        )
        self.assertEqual(bars["Granted by level"], {labels[level]: count for level, count in levels})
        units = self.count(
            "SELECT c.unit_id, COUNT(*) FROM emulation_commendation c WHERE c.company_id = %s AND c.state = 'granted'"
            " AND EXTRACT(YEAR FROM granted_date) = %s GROUP BY 1",
            self.company.id,
            YEAR,
        )
        names = {unit.id: unit.name for unit in self.env["hr.department"].search([])}
        self.assertEqual(bars["Granted by unit"], {names[unit]: count for unit, count in units})
        for title in ("Granted by sex", "Granted to leaders and direct workers"):
            self.assertEqual(sum(bars[title].values()), self.get_figures()["To individuals"], title)
        self.assertEqual(set(bars["Granted by sex"]), {"Male", "Not recorded"})

    def test_each_opens_what_it_counts(self):
        checked = 0
        for block in self.get_blocks():
            opened = [(figure, figure["model"], figure["value"]) for figure in block["figures"]]
            opened += [(row, bar["model"], row["count"]) for bar in block["bars"] for row in bar["rows"]]
            for item, model, count in opened:
                if "average" in item["label"] or "đồng" in item["label"]:
                    continue
                records = self.env[model].with_user(self.user_officer)
                with self.subTest(block=block["title"], label=item["label"]):
                    self.assertEqual(records.search_count(item["domain"]), count)
                    checked += 1
        self.assertGreater(checked, 20)

    def test_the_year_is_the_year_of_the_decision(self):
        years = {year: self.get_figures(year=year)["Granted"] for year in (2024, 2025, 2026, 2027)}
        found = dict(
            self.count(
                "SELECT EXTRACT(YEAR FROM granted_date)::int, COUNT(*) FROM emulation_commendation"
                " WHERE company_id = %s AND state = 'granted' GROUP BY 1",
                self.company.id,
            )
        )
        self.assertEqual(years, {year: found.get(year, 0) for year in years})

    # ------------------------------------------------------------------
    # The same everywhere
    # ------------------------------------------------------------------

    def test_statistics_say_the_same(self):
        names = ("0602", "0603", "grassroots")
        forms = [self.env.ref(f"hr_emulation.statistic_form_{name}") for name in names]
        figures = self.get_figures()
        total = money = 0
        for form in forms:
            statistic = (
                self.env["emulation.statistic"]
                .with_user(self.user_officer)
                .create({"form_id": form.id, "year": YEAR, "company_id": self.company.id})
            )
            statistic.action_count()
            row, columns = form.row_ids[0], {column.name: column for column in form.column_ids}
            cells = {cell.column_id: cell.value for cell in statistic.cell_ids if cell.row_id == row}
            total += cells[columns["Tổng số"]]
            money += cells[columns["Tiền thưởng (đồng)"]]
        self.assertEqual((total, money), (figures["Granted"], figures["Prizes decided (đồng)"]))

    def test_the_list_as_xlsx_says_the_same(self):
        (figure,) = (
            figure
            for block in self.get_blocks()
            for figure in block["figures"]
            if figure["label"] == "Prizes decided (đồng)"
        )
        rows = self.env["emulation.report.commendation"].with_user(self.user_officer).search(figure["domain"])
        sheet = load_workbook(io.BytesIO(rows._build_export()[1])).active
        lines = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
        (head,) = (row for row in sheet.iter_rows(values_only=True) if row[0] == "STT")
        self.assertEqual(sum(line[head.index("Tiền thưởng")] for line in lines), figure["value"])

    def test_prize_money_says_the_same_whatever_was_revoked(self):
        item = self.made.filtered(
            lambda item: (
                item.granted_date
                and item.granted_date.year == YEAR
                and item.prize_state == "paid"
                and item.prize_amount
            )
        )[0]
        item._write_protected({"state": "revoked", "prize_state": "to_return"})
        self.env.flush_all()
        self.env.invalidate_all()
        action = self.env.ref("hr_emulation.emulation_report_commendation_action_money")
        shown = Domain(literal_eval(action.domain)) & Domain("granted_date", ">=", f"{YEAR}-01-01")
        rows = self.env["emulation.report.commendation"].with_user(self.user_officer)
        [(prizes, revoked)] = rows._read_group(
            shown & Domain("granted_date", "<=", f"{YEAR}-12-31"),
            [],
            ["prize_amount:sum", "revoked_prize:sum"],
        )
        self.assertEqual(prizes, self.get_figures()["Prizes decided (đồng)"])
        self.assertEqual(revoked, item.prize_amount)

    def test_the_report_of_a_round_says_the_same(self):
        self.campaign.with_user(self.user_officer).action_launch()
        review = self.env["emulation.review"].create(
            {
                "name": "Cả kỳ",
                "campaign_id": self.campaign.id,
                "date_from": date(2024, 1, 1),
                "date_to": date(2099, 1, 1),
            }
        )
        printed = sum(row[2] for row in ReviewFigures(review.with_user(self.user_officer)).list_proposals())
        shown = sum(self.get_figures(year=year)["Granted"] for year in range(2024, 2028))
        self.assertEqual(printed, shown)

    def test_a_prize_that_gave_way_is_in_no_figure(self):
        """At a glance, in the statistics and in the sums of a campaign alike."""
        item = self.made.filtered(
            lambda item: item.granted_date and item.granted_date.year == YEAR and item.prize_amount
        )[0]
        item._write_protected({"prize_state": "none"})
        self.env.flush_all()
        self.env.invalidate_all()
        decided = [self.get_figures(year=year)["Prizes decided (đồng)"] or 0 for year in range(2024, 2028)]
        self.assertEqual(self.campaign.tree_prize_total, sum(decided))
        self.test_statistics_say_the_same()

    # ------------------------------------------------------------------
    # Whose, and what it costs
    # ------------------------------------------------------------------

    def test_everybody_counts_what_they_may_read(self):
        for user in (self.user_head, self.user_other_head, self.user_proposer, self.user_foreign_officer):
            report = self.env["emulation.report.commendation"].with_user(user)
            report = report.with_context(allowed_company_ids=user.company_ids.ids)
            rows = report.search([("state", "=", "granted"), ("year", "!=", False)])
            own = rows.filtered(lambda row: row.granted_date.year == YEAR)
            with self.subTest(user=user.login):
                self.assertEqual(self.get_figures(user)["Granted"], len(own))
                titles = {block["title"] for block in self.get_blocks(user)}
                self.assertEqual("Quality of data" in titles, user == self.user_foreign_officer)
        self.assertNotIn("Granted by sex", self.get_bars(self.user_head))

    def test_missing_data_is_told_to_officers(self):
        label = "People without a yearly rating for 2024"
        before = self.get_figures()[label]
        self.env["emulation.rating"].create(
            {"employee_id": self.employee_sub.id, "year": 2024, "rating": "good"}
        )
        self.assertEqual(self.get_figures()[label], before - 1)
        unknown = self.get_figures()["Awards to people whose sex is not recorded"]
        self.employee_other.sex = "female"
        self.env.flush_all()
        self.assertLess(self.get_figures()["Awards to people whose sex is not recorded"], unknown)

    def test_it_costs_the_same_for_many(self):
        def cost():
            self.env.invalidate_all()
            return self.count_queries(self.get_blocks)

        cost()
        few = cost()
        for number in range(30, 52):
            self.new_made(number)
        self.env.flush_all()
        self.assertLessEqual(cost(), few)


@tagged("post_install", "-at_install", "is_tour")
class TestOverviewTour(HttpCase, EmulationCommon):
    def test_a_figure_opens_its_records(self):
        for person in (self.employee_sub, self.employee_unit):
            item = self.new_commendation(person, state="granted")
            item._write_protected({"granted_date": fields.Date.context_today(item)})
        self.user_officer.sudo().lang = "vi_VN"
        self.start_tour("/odoo/emulation-overview", "hr_emulation_overview", login=self.user_officer.login)
