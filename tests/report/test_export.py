import doctest
import io

from odoo.tests import HttpCase, new_test_user, tagged
from openpyxl import load_workbook

from ...printing.workbook import Column, build_workbook
from ...report import emulation_export_mixin
from ...report.emulation_export_mixin import pack_ids, unpack_ids
from ..helpers.paper_language import ENGLISH
from ..helpers.queries import count_queries

HEAD = 6  # the row of the headings, below the agency and the title
BELOW = 4  # rows of place, day and signatures


def read_rows(content):
    """Return the rows of the first sheet of an .xlsx as lists of values."""
    return [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]


@tagged("post_install", "-at_install")
class TestExport(HttpCase):
    """Lists leave as .xlsx: right values, Vietnamese headings, nothing that is not the reader's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("vi_VN")
        groups = "base.group_user,hr_emulation.group_emulation_officer"
        cls.officer = new_test_user(cls.env, "export_officer", groups=groups)
        cls.stranger = new_test_user(cls.env, "export_portal", groups="base.group_portal")
        cls.award = cls.env["emulation.award"].create(
            {"code": "EXP", "name": "Giấy khen", "kind": "recognition"}
        )
        cls.employees = cls.env["hr.employee"].create(
            [{"name": name} for name in ("Nguyễn Văn Ảnh", "=HYPERLINK(1)", "Đỗ Thị Ước")]
        )
        cls.commendations = cls.env["emulation.commendation"].create(
            [
                {"employee_id": e.id, "award_id": cls.award.id, "summary": "+1 sáng kiến"}
                for e in cls.employees
            ]
        )

    def download(self, records, login):
        self.authenticate(login, login)
        return self.url_open(f"/emulation/export/{records._name}?records={pack_ids(records.ids)}")

    def test_officer_downloads_the_list(self):
        action = self.commendations.with_user(self.officer).action_export_xlsx()
        self.authenticate("export_officer", "export_officer")
        response = self.url_open(action["url"])
        self.assertEqual(response.status_code, 200)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        rows = read_rows(response.content)
        self.assertEqual(rows[HEAD][:2], ["STT", "Họ và tên hoặc tập thể"])
        lines = rows[HEAD + 1 : -BELOW]
        self.assertEqual([row[0] for row in lines], [1, 2, 3])
        self.assertEqual([row[1] for row in lines], self.commendations.employee_id.mapped("name"))

    def test_every_list_is_vietnamese_for_an_english_officer(self):
        lists = self.env.registry["emulation.export.mixin"]
        models = [model for model in self.env.values() if isinstance(model, lists) and not model._abstract]
        self.assertGreater(len(models), 8)
        for model in models:
            with self.subTest(model=model._name):
                empty = model.with_user(self.officer).with_context(lang="en_US")
                name, content = empty._build_export()
                cells = [str(cell) for row in read_rows(content) for cell in row if cell]
                self.assertEqual(ENGLISH.findall(" ".join([name, *cells])), [], cells)

    def test_the_list_names_who_gives_the_award(self):
        company = self.commendations.company_id
        company.write({"name": "Sở Thử nghiệm", "emulation_head_title": "Giám đốc"})
        self.award.printed_name = "Giấy khen của {head} {agency}"
        rows = read_rows(self.commendations.with_user(self.officer)._build_export()[1])
        self.assertEqual(
            {row[4] for row in rows[HEAD + 1 : -BELOW]}, {"Giấy khen của Giám đốc Sở Thử nghiệm"}
        )

    def test_a_text_never_becomes_a_formula(self):
        content = self.commendations.with_user(self.officer)._build_export()[1]
        sheet = load_workbook(io.BytesIO(content)).active
        self.assertEqual(
            {cell.data_type for row in sheet.iter_rows() for cell in row} - {"n", "s", "d"}, set()
        )
        self.assertIn("=HYPERLINK(1)", [cell.value for cell in sheet["B"]])

    def test_strangers_find_nothing(self):
        self.assertEqual(self.download(self.commendations, "export_portal").status_code, 404)

    def test_other_models_and_odd_ids_are_not_found(self):
        self.authenticate("export_officer", "export_officer")
        paths = (
            "res.users?records=1",
            "emulation.commendation?records=x",
            "emulation.commendation",
            "%00?records=1",
        )
        for path in (
            *paths,
            "emulation.commendation?records=1-999999999",
            "emulation.commendation?records=0",
        ):
            with self.subTest(path):
                self.assertEqual(self.url_open(f"/emulation/export/{path}").status_code, 404)

    def test_a_long_selection_is_stored_for_its_reader_only(self):
        self.patch(emulation_export_mixin, "LONGEST_ADDRESS", 10)
        url = self.commendations.with_user(self.officer).action_export_xlsx()["url"]
        self.authenticate("export_officer", "export_officer")
        self.assertEqual(len(read_rows(self.url_open(url).content)), HEAD + 1 + 3 + BELOW)
        self.authenticate("export_portal", "export_portal")
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_nothing_selected_says_so(self):
        with self.assertRaisesRegex(Exception, "nothing to export"):
            self.env["emulation.commendation"].action_export_xlsx()

    def test_ids_survive_packing(self):
        self.assertEqual(doctest.testmod(emulation_export_mixin).failed, 0)
        for ids in ([1], [3, 2, 1], [5, 6, 7, 1, 9, 10], list(range(1, 5000))):
            self.assertEqual(unpack_ids(pack_ids(ids)), ids)

    def test_columns_are_wide_enough_to_read(self):
        content = build_workbook(
            "Danh sách", [Column("Họ và tên", 32), Column("Tiền", 16, "money")], [("A", 2340000)]
        )
        sheet = load_workbook(io.BytesIO(content)).active
        self.assertGreaterEqual(sheet.column_dimensions["A"].width, 30)
        self.assertEqual(sheet["B4"].number_format, "#,##0")

    def test_the_agency_above_and_the_signatures_below(self):
        company = self.commendations.company_id
        company.write({"emulation_parent_agency": "UBND tỉnh Thử", "city": "Lai Châu"})
        content = self.commendations.with_user(self.officer)._build_export()[1]
        sheet = load_workbook(io.BytesIO(content)).active
        texts = [[value for value in row if value] for row in sheet.iter_rows(values_only=True)]
        self.assertEqual(texts[0], ["UBND TỈNH THỬ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])
        self.assertEqual(texts[1], [company.name.upper(), "Độc lập - Tự do - Hạnh phúc"])
        self.assertEqual(texts[3], ["DANH SÁCH KHEN THƯỞNG"])
        self.assertRegex(texts[-3][-1], "^Lai Châu, ngày [0-9]{2} tháng")
        self.assertEqual(texts[-2], ["NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG CƠ QUAN"])
        self.assertEqual(sheet.title, "Danh sách khen thưởng")
        self.assertEqual(sheet.freeze_panes, f"A{HEAD + 2}")
        self.assertEqual(sheet.auto_filter.ref, f"A{HEAD + 1}:J{HEAD + 4}")
        self.assertEqual((sheet.page_setup.orientation, sheet.page_setup.paperSize), ("landscape", 8))

    def test_every_list_is_exported(self):
        """Lists without a builder of their own are exported with the columns of their screens."""
        lists = [
            name
            for name, model in self.env.registry.items()
            if issubclass(model, emulation_export_mixin.EmulationExportMixin) and not model._abstract
        ]
        self.assertGreaterEqual(len(lists), 12)
        self.env["emulation.rating"].create(
            {"employee_id": self.employees[0].id, "year": 2025, "rating": "good"}
        )
        self.env.flush_all()
        for name in lists:
            records = self.env[name].with_user(self.officer).search([], limit=3)
            with self.subTest(model=name):
                file_name, content = records._build_export()
                rows = read_rows(content)
                self.assertTrue(file_name.endswith(".xlsx"))
                self.assertEqual(rows[HEAD][0], "STT")
                self.assertEqual(len(rows), HEAD + 1 + len(records) + BELOW)
        rating = self.env["emulation.rating"].with_user(self.officer).search([("year", "=", 2025)], limit=1)
        values = read_rows(rating._build_export()[1])[HEAD + 1]
        self.assertEqual(values[3:5], [2025, "Hoàn thành tốt nhiệm vụ"])

    def test_query_count_does_not_grow(self):
        few = self._count_queries(2)
        self.assertLessEqual(self._count_queries(22), few + 2)

    def _count_queries(self, number):
        employees = self.env["hr.employee"].create([{"name": f"Người {n}"} for n in range(number)])
        values = [{"employee_id": e.id, "award_id": self.award.id} for e in employees]
        records = self.env["emulation.commendation"].create(values).with_user(self.officer)
        return count_queries(self.env, records._build_export)
