"""Ten years of awards, ratings and initiatives, imported from the lists an agency would have kept."""

import base64
from datetime import date

from odoo import fields

from ..office.write_xlsx import build_plain_workbook
from .story import Story

AGENCIES = {"sct": ("SCT", "Giám đốc Sở Công Thương"), "vplc": ("VP", "Chánh Văn phòng UBND tỉnh")}
AWARDS = [
    "STT",
    "Họ và tên",
    "Chức vụ, đơn vị công tác",
    "Danh hiệu",
    "Quyết định số",
    "Ngày ký",
    "Người ký",
    "Năm",
]
RATINGS = ["STT", "Họ và tên", "Đơn vị", "Năm", "Mức độ hoàn thành nhiệm vụ"]
INITIATIVES = ["STT", "Tác giả", "Tên sáng kiến", "Phạm vi ảnh hưởng", "Quyết định công nhận", "Năm"]
TOPICS = ("Số hóa hồ sơ lưu trữ", "Rút ngắn thời gian giải quyết thủ tục", "Sổ tay nghiệp vụ điện tử")
YEARS = 10


class HistoryStory(Story):
    def tell_history(self):
        """Let the officers of two agencies bring in what their offices kept, and say since when it is complete."""
        this_year = fields.Date.context_today(self.env.user).year
        years = range(this_year - YEARS, this_year)
        for agency in AGENCIES:
            people = self.get_people(agency, 12)
            people.current_version_id.write({"contract_date_start": date(years[0] - 2, 3, 1)})
            self.bring_in(agency, "award", AWARDS, self.list_awards(agency, people, years))
            self.bring_in(agency, "rating", RATINGS, self.list_ratings(people, [*years, this_year]))
            self.bring_in(agency, "achievement", INITIATIVES, self.list_initiatives(agency, people, years))
            self.confirm_rules(people.company_id, ("LDTT", "CSTDCS"))
            names = ("awards", "ratings", "initiatives")
            people.company_id.write({f"emulation_{name}_since": years[0] for name in names})

    def confirm_rules(self, company, codes):
        """Let the administrator confirm for the agency what the books say of its yearly titles: the text of the
        amended law is not known to them, so that without this every answer is for a person."""
        rules = self.as_user(self.env["emulation.award.rule"], self.env.ref("base.user_admin"))
        rules.with_company(company).search(
            [("award_id.code", "in", codes), ("rulebook_id.company_id", "=", False)]
        ).action_confirm()

    def bring_in(self, agency, kind, head, rows):
        """Store a list as the officer does; what is about the officer is brought in by the administrator."""
        company = self.get(f"company_{agency}")
        imports = self.as_officer(self.env["emulation.import"], agency).with_company(company)
        officer = imports.env.user.employee_id.name
        others = self.as_user(imports, self.env.ref("base.user_admin")).with_company(company)
        self.store_list(imports, kind, head, [row for row in rows if row[1] != officer])
        self.store_list(others, kind, head, [row for row in rows if row[1] == officer])

    def store_list(self, imports, kind, head, rows):
        """Read, look at and store a list; what is recorded or unsure stays out."""
        if not rows:
            return
        titles = {"award": "khen thưởng", "rating": "xếp loại", "achievement": "sáng kiến"}
        record = imports.create(
            {
                "kind": kind,
                "company_id": imports.env.company.id,
                "data": base64.b64encode(build_plain_workbook(head, rows)),
                "filename": f"Danh sách {titles[kind]} {YEARS} năm.xlsx",
            }
        )
        record.action_read()
        record.line_ids.filtered(lambda line: line.verdict == "unsure").action_leave_out()
        if record.ready_count:
            record.action_run()

    def list_awards(self, agency, people, years):
        symbol, signer = AGENCIES[agency]
        rows = []
        for year in years:
            for index, person in enumerate(people):
                if (index + year) % 6 == 0:  # nobody is commended every year
                    continue
                awards = "LĐTT, CSTĐCS" if (index * 3 + year) % 4 == 0 else "LĐTT"
                place = ", ".join(filter(None, (person.job_title, person.department_id.name)))
                decision = (f"{index % 2 + 10}/QĐ-{symbol}", f"05/01/{year + 1}", signer)
                rows.append([len(rows) + 1, person.name, place, awards, *decision, year])
        return rows

    def list_ratings(self, people, years):
        words = ("Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ")
        return [
            [number, person.name, person.department_id.name, year, words[(index * 3 + year) % 3]]
            for number, (year, index, person) in enumerate(
                ((year, index, person) for year in years for index, person in enumerate(people)), 1
            )
        ]

    def list_initiatives(self, agency, people, years):
        symbol = AGENCIES[agency][0]
        return [
            [
                number,
                people[index].name,
                f"{TOPICS[index % 3]} ({year})",
                "Cơ sở",
                f"{number:02}/QĐ-{symbol} ngày 10/12/{year}",
                year,
            ]
            for number, (year, index) in enumerate(((year, year % len(people)) for year in years), 1)
        ]
