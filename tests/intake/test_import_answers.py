"""Points of a review round and the answers of a superior come in from lists."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..helpers.campaign_common import CampaignCommon
from ..helpers.document_common import DocumentCommon
from ..helpers.import_common import ImportCommon


@tagged("post_install", "-at_install")
class TestImportScores(CampaignCommon, ImportCommon):
    HEAD = ("STT", "Họ và tên", "Hoàn thành nhiệm vụ", "Kỷ luật", "Sáng kiến")

    def setUp(self):
        super().setUp()
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_sub, self.employee_unit)
        self.review = self.open_round()
        self.sheets = self.review.evaluation_ids
        self.mine = self.sheets.filtered(lambda sheet: sheet.employee_id == self.employee_sub)

    def new_scores(self, head, *rows):
        return self.new_import(list(head), *rows, kind="score", review_id=self.review.id)

    def get_points(self, name="self_points"):
        self.env.invalidate_all()
        return self.mine.score_ids.sorted("sequence").mapped(name)

    def test_a_column_a_criterion(self):
        rows = [
            [1, "Nguyễn Thị Ánh", 100, 25, 4],
            [2, "Đặng Văn Bình", 50, 31, ""],
            [3, "Hoàng Cường", 1, 1, 1],
        ]
        record = self.new_scores(self.HEAD, *rows)
        self.assertEqual(
            self.get_verdicts(record), ["change"] * 4 + ["wrong"] * 4, record.line_ids.mapped("message")
        )
        self.assertIn("31", record.line_ids[4].message)
        record.action_run()
        self.assertEqual(self.get_points(), [70, 25, 4, 0])
        self.assertEqual(self.mine.self_total, 99)
        self.assertEqual(self.get_points("is_self_scored"), [True, True, True, False])
        again = self.new_scores(self.HEAD, *rows[:1])
        self.assertEqual(self.get_verdicts(again), ["same"] * 3)
        record.action_undo()
        self.assertEqual(self.get_points(), [0, 0, 0, 0])
        self.assertEqual(self.get_points("is_self_scored"), [False] * 4)
        self.assertEqual(self.mine.self_total, 0)

    def test_a_row_a_criterion(self):
        head = ["STT", "Họ và tên", "Tiêu chí", "Điểm"]
        rows = [[1, "Nguyễn Thị Ánh", "Kỷ luật", "28,5"], [2, "Nguyễn Thị Ánh", "Trang phục", 5]]
        record = self.new_scores(head, *rows)
        self.assertEqual(self.get_verdicts(record), ["change", "wrong"], record.line_ids.mapped("message"))
        record.action_run()
        self.assertEqual(self.get_points()[1], 28.5)

    def test_points_go_to_the_step_of_the_sheet(self):
        self.fill(self.mine, self.user_officer)
        record = self.new_scores(self.HEAD, [1, "Nguyễn Thị Ánh", 60, 20, 3])
        record.action_run()
        self.assertEqual(self.get_points("verified_points"), [60, 20, 3, 0])
        self.assertEqual(self.get_points(), [70, 30, 0, 0])
        self.mine.with_user(self.user_officer).action_verify()
        with self.assertRaisesRegex(UserError, "handed on"):
            record.action_undo()

    def test_nobody_scores_oneself_by_a_list(self):
        self.employee_officer.user_id = False
        self.env.flush_all()  # one account, one employee: given up before it is taken
        self.employee_sub.user_id = self.user_officer
        record = self.new_scores(self.HEAD, [1, "Nguyễn Thị Ánh", 60, 25, 4])
        self.assertEqual(self.get_verdicts(record), ["change"] * 3)  # one's own self score is one's own
        self.mine._write_protected({"state": "submitted"})
        record.action_read()
        self.assertEqual(self.get_verdicts(record), ["wrong"] * 3)
        self.assertIn("may not score", record.line_ids[0].message)

    def test_a_round_that_is_closed(self):
        self.review._write_protected({"state": "closed"})
        record = self.new_scores(["Họ và tên", "Tiêu chí", "Điểm"], ["Nguyễn Thị Ánh", "Kỷ luật", 5])
        self.assertEqual(self.get_verdicts(record), ["wrong"])

    def test_the_list_to_fill_in(self):
        record = self.new_scores(self.HEAD, [1, "Nguyễn Thị Ánh", 100, 25, 4])
        head, rows = record._kind_model()._get_template(record)
        self.assertEqual(head[3:], ["Hoàn thành nhiệm vụ", "Kỷ luật", "Sáng kiến", "Nộp muộn"])
        self.assertEqual([row[1] for row in rows], self.sheets.mapped("display_name"))

    def test_cost_does_not_grow(self):
        people = [self.new_employee(f"Người {number}", self.sub_unit) for number in range(22)]
        self.register(*people)
        self.review.with_user(self.user_officer).action_open()

        def cost(count):
            rows = [[number, f"Người {number}", "Kỷ luật", 10] for number in range(count)]
            record = self.new_scores(["STT", "Họ và tên", "Tiêu chí", "Điểm"], *rows)
            spent = self.count_queries(record.action_run)
            self.assertEqual(record.done_count, count)
            return spent

        few = cost(2)
        people[0].env["emulation.score"].search([])._write_protected({"self_points": 0})
        self.assertLessEqual(cost(22), few + 5)


@tagged("post_install", "-at_install")
class TestImportResults(DocumentCommon, ImportCommon):
    HEAD = (
        "STT", "Họ và tên", "Danh hiệu", "Kết quả", "Số quyết định", "Ngày quyết định", "Cơ quan quyết định",
        "Lý do không xét",
    )  # fmt: skip

    def setUp(self):
        super().setUp()
        items = self.new_lines(3)
        action = self.put_on("submission", items.with_user(self.user_officer))
        self.submission = (
            self.env["emulation.submission"].with_user(self.user_officer).browse(action["res_id"])
        )
        items._write_protected({"state": "forwarded"})
        self.submission._write_protected({"state": "issued"})
        self.rows = [
            [
                1,
                "Nguyễn Thị Ứng Viên 0000",
                "Giấy khen thử",
                "Đạt",
                "123/QĐ-UBND",
                "05/03/2026",
                "UBND tỉnh",
                "",
            ],
            [2, "Nguyễn Thị Ứng Viên 0001", "", "Không xét", "", "", "", "Chưa đủ thời gian"],
            [3, "Nguyễn Thị Ứng Viên 0002", "", "Đạt", "", "", "", ""],
            [4, "Người Lạ", "", "Đạt", "123/QĐ-UBND", "05/03/2026", "UBND tỉnh", ""],
        ]

    def new_results(self, *rows):
        return self.new_import(list(self.HEAD), *rows, kind="result")

    def test_answers_are_filled_in_and_recorded_by_the_officer(self):
        record = self.new_results(*self.rows)
        self.assertEqual(
            self.get_verdicts(record),
            ["change", "change", "wrong", "wrong"],
            record.line_ids.mapped("message"),
        )
        record.action_run()
        lines = self.submission.line_ids
        self.assertRecordValues(
            lines,
            [
                {"answer": "granted", "external_number": "123/QĐ-UBND", "external_issuer": "UBND tỉnh"},
                {"answer": "refused", "external_number": False, "external_issuer": False},
                {"answer": "pending", "external_number": False, "external_issuer": False},
            ],
        )
        self.assertEqual(lines[1].refusal_reason, "Chưa đủ thời gian")
        self.assertEqual(self.get_verdicts(self.new_results(*self.rows[:2])), ["same", "same"])
        record.action_undo()
        self.assertEqual(set(lines.mapped("answer")), {"pending"})

    def test_another_accent_may_be_another_person(self):
        """A list without accents says nothing else; with others it may mean somebody else."""
        names = ("Nguyễn Thị Ưng Viên 0000", "NGUYEN THI UNG VIEN 0000", "Nguyễn Thị Ứng Viên 0000")
        for name, verdict in zip(names, ("unsure", "change", "change"), strict=True):
            record = self.new_results([1, name, *self.rows[0][2:]])
            self.assertEqual(self.get_verdicts(record), [verdict], name)

    def test_what_is_recorded_stays(self):
        record = self.new_results(self.rows[0])
        record.action_run()
        self.submission.action_record_answers()
        self.assertEqual(self.submission.line_ids[0].commendation_id.state, "granted")
        with self.assertRaisesRegex(UserError, "recorded"):
            record.action_undo()
        other = [1, "Nguyễn Thị Ứng Viên 0000", "", "Không", "", "", "", ""]
        self.assertEqual(self.get_verdicts(self.new_results(other)), ["wrong"])

    def test_the_list_to_send_along(self):
        record = self.new_results(self.rows[0])
        _head, rows = record._kind_model()._get_template(record)
        self.assertEqual(
            [row[1] for row in rows], self.submission.line_ids.commendation_id.mapped("recipient_name")
        )
