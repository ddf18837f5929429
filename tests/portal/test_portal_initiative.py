"""An initiative in the portal: declared with its co-authors, marked by the council, changed, handed in again."""

from odoo import sql_db
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..helpers.portal_common import PDF, PortalCommon

ACHIEVEMENTS, INITIATIVES = "/my/emulation/achievements", "/my/emulation/initiatives"


@tagged("post_install", "-at_install")
class TestPortalInitiative(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak_vietnamese()
        cls.env["emulation.initiative.criterion"].search([]).write({"active": False})
        cls.points, cls.lawful = cls.env["emulation.initiative.criterion"].create(
            [
                {"name": "Hiệu quả", "kind": "points", "most": 100, "company_id": cls.agency.id},
                {"name": "Không trái quy định", "kind": "pass", "company_id": cls.agency.id},
            ]
        )

    def declare(self, **values):
        form = {
            "name": "Số hóa hồ sơ một cửa",
            "kind": "initiative",
            "description": "Giảm nửa thời gian tra cứu.",
            "coauthor-0": "",
            **values,
        }
        return self.post(f"{ACHIEVEMENTS}/save", form)

    def declared(self, **values):
        self.login(self.an)
        answer = self.declare(**values)
        self.assertEqual(answer.status_code, 303, answer.text)
        return self.env["emulation.achievement"].browse(int(answer.headers["Location"].rpartition("/")[2]))

    def page(self, person, url):
        self.login(person)
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        return answer.text

    def send(self, session, **values):
        """Send the sheet of a session as the visitor; values by the name of the criterion."""
        form = {}
        for mark in session.mark_ids.filtered(lambda mark: mark.user_id.id == self.visitor.user_id.id):
            given = values.get("points" if mark.kind == "points" else "verdict")
            if given is not None:
                form[f"{'points' if mark.kind == 'points' else 'verdict'}-{mark.id}"] = given
            form[f"comment-{mark.id}"] = values.get("comment", "")
        return self.post(f"{INITIATIVES}/{session.id}/save", form)

    def visit(self, person):
        self.visitor = person
        self.login(person)

    # The author ----------------------------------------------------------------------------------------

    def test_declared_with_co_authors_and_their_shares(self):
        initiative = self.declared(**{"coauthor-0": "tran van binh", "share-0": "30,5"})
        self.assertEqual(initiative.author_ids.employee_id, self.binh)
        self.assertEqual((initiative.author_ids.share, initiative.author_share), (30.5, 69.5))
        url = f"{ACHIEVEMENTS}/{initiative.id}"
        self.assertIn("Trần Văn Bình – Phòng Tổ chức", self.page(self.an, url))
        self.post(f"{url}/save", {"name": "Đổi tên", "kind": "initiative", "coauthor-0": ""})
        self.env.invalidate_all()
        self.assertFalse(initiative.author_ids, "an emptied line is taken away")

    def test_a_co_author_reads_and_changes_nothing(self):
        initiative = self.declared(**{"coauthor-0": "Trần Văn Bình", "share-0": "30"})
        url = f"{ACHIEVEMENTS}/{initiative.id}"
        text = self.page(self.binh, url)
        self.assertIn("Giảm nửa thời gian tra cứu.", text)
        self.assertIn("Trần Văn Bình (30%)", text)
        self.assertNotIn('name="description"', text)
        self.assertEqual(self.post(f"{url}/save", {"name": "Của tôi"}).status_code, 404)
        self.login(self.dung)
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_nothing_typed_is_lost_when_a_name_or_share_is_wrong(self):
        self.login(self.an)
        wrong = (
            ({"coauthor-0": "Người Lạ", "share-0": "10"}, "Không có ai tên này"),
            ({"coauthor-0": "Vũ Em", "share-0": "10"}, "Không có ai tên này"),
            ({"coauthor-0": "Trần Văn Bình", "share-0": ""}, "Ghi tỷ lệ đóng góp"),
            ({"coauthor-0": "Trần Văn Bình", "share-0": "mười"}, "mười"),
            ({"coauthor-0": "Trần Văn Bình", "share-0": "100"}, "lớn hơn 0 và nhỏ hơn 100"),
            ({"coauthor-0": "Trần Văn Bình", "share-0": "-5"}, "lớn hơn 0 và nhỏ hơn 100"),
            (
                {"coauthor-0": "Trần Văn Bình", "share-0": "60", "coauthor-1": "Lê Thị Chi", "share-1": "40"},
                "không còn phần cho tác giả chính",
            ),
            ({"coauthor-0": "Nguyễn Thị An", "share-0": "10"}, "Tác giả chính không đồng thời"),
        )
        for values, text in wrong:
            with self.subTest(values=values):
                answer = self.declare(**values)
                self.assertEqual(answer.status_code, 422)
                self.assertIn(text, answer.text)
                for typed in ("Giảm nửa thời gian tra cứu.", values["coauthor-0"]):
                    self.assertIn(typed, answer.text)
        self.assertFalse(self.env["emulation.achievement.author"].search([]))

    def test_of_two_colleagues_of_one_name_the_unit_says_who_is_meant(self):
        other = self._person("binh2", "Trần Văn Bình", self.other_unit, self.agency)
        self.login(self.an)
        answer = self.declare(**{"coauthor-0": "Trần Văn Bình", "share-0": "10"})
        self.assertIn("Trần Văn Bình – Phòng Kế hoạch", answer.text)
        initiative = self.declared(**{"coauthor-0": "Trần Văn Bình – Phòng Kế hoạch", "share-0": "10"})
        self.assertEqual(initiative.author_ids.employee_id, other)

    def test_changed_and_handed_in_again_until_it_is_recognised(self):
        initiative = self.declared(**{"coauthor-0": "Trần Văn Bình", "share-0": "40"})
        url = f"{ACHIEVEMENTS}/{initiative.id}"
        form = {"name": initiative.name, "kind": "initiative", "description": "Giảm nửa thời gian tra cứu."}
        self.post(f"{url}/save", {**form, "hand_in": "1"})
        session = self._marking(self.chi, self.an, initiative)
        session.item_ids.write({"needs_change": True, "comment": "Bổ sung số liệu hiệu quả"})
        self.visit(self.chi)
        self.send(session, points="80", verdict="pass")
        session.action_close()
        self.assertEqual(initiative.state, "draft")
        news = self.env["emulation.news"].search([("res_model", "=", "emulation.achievement")])
        self.assertEqual(set(news.mapped("kind")), {"initiative_returned"})
        self.assertEqual(news.user_id, self.an.user_id + self.binh.user_id, "the co-author hears of it too")
        text = self.page(self.an, url)
        for words in ("Cần chỉnh sửa rồi gửi lại", "Bổ sung số liệu hiệu quả", "Ý kiến của Hội đồng"):
            self.assertIn(words, text)
        self.post(f"{url}/save", {**form, "description": "Giảm 52 % thời gian tra cứu.", "hand_in": "1"})
        self.assertEqual((initiative.state, initiative.author_ids.employee_id), ("submitted", self.binh))
        again = self._marking(self.chi, self.an, initiative)
        self.visit(self.chi)
        self.send(again, points="80", verdict="pass")
        again.action_close()
        text = self.page(self.an, url)
        self.assertIn(again.item_ids.explanation, text)
        self.assertEqual(again.item_ids.outcome, "recognise")

    # The council ---------------------------------------------------------------------------------------

    def test_a_member_marks_and_comments_in_the_portal(self):
        session = self._marking(self.chi, self.an)
        self.assertIn("Sáng kiến cần chấm", self.page(self.chi, "/my/emulation"))
        text = self.page(self.chi, f"{INITIATIVES}/{session.id}")
        for words in ("Số hóa hồ sơ một cửa", "Nguyễn Thị An", "Giảm nửa thời gian tra cứu.", "Hiệu quả"):
            self.assertIn(words, text)
        self.visit(self.chi)
        self.assertEqual(self.send(session, points="0", comment="Chưa thuyết phục").status_code, 303)
        points = session.mark_ids.filtered(lambda mark: mark.kind == "points")
        self.assertEqual((points.points, points.is_given, points.comment), (0, True, "Chưa thuyết phục"))
        self.assertFalse((session.mark_ids - points).is_given, "what is left empty may follow")
        self.send(session, points="72,5", verdict="pass", comment="Đã xem lại")
        session.action_close()
        self.assertEqual((session.item_ids.outcome, session.item_ids.average), ("recognise", 72.5))
        self.assertIn("Đã xem lại", self.page(self.chi, f"{INITIATIVES}/{session.id}"))
        self.visit(self.chi)
        self.assertEqual(self.send(session, points="1").status_code, 422)
        self.assertEqual(points.points, 72.5, "closed is closed")

    def test_a_mark_out_of_range_is_said_at_its_field_and_nothing_is_lost(self):
        session = self._marking(self.chi, self.an)
        self.visit(self.chi)
        for typed, words in (("101", "0"), ("nhiều", "nhiều"), ("-1", "0")):
            with self.subTest(typed=typed):
                answer = self.send(session, points=typed, comment="Lời nhận xét dài")
                self.assertEqual(answer.status_code, 422)
                for text in (typed, "Lời nhận xét dài", words, "aria-invalid"):
                    self.assertIn(text, answer.text)
        self.assertFalse(any(session.mark_ids.mapped("is_given")))

    def test_authors_do_not_mark_their_own(self):
        initiative = self._initiative(self.an)
        initiative._write_protected(
            {"author_ids": [Command.create({"employee_id": self.binh.id, "share": 40})]}
        )
        other = self._initiative(self.an, name="Sáng kiến khác")
        session = self._marking(self.binh, self.an, initiative | other)
        self.assertEqual(session.mark_ids.item_id.achievement_id, other)
        text = self.page(self.binh, f"{INITIATIVES}/{session.id}")
        self.assertIn("Anh/chị không chấm", text)

    def test_evidence_is_read_by_who_marks_it(self):
        proof = self.env["ir.attachment"].create({"name": "so-lieu.pdf", "raw": PDF})
        initiative = self._initiative(self.an, evidence_ids=[Command.link(proof.id)])
        url = f"/my/emulation/evidence/{proof.id}"
        self.login(self.binh)
        self.assertEqual(self.url_open(url).status_code, 404)
        self._marking(self.binh, self.an, initiative)
        self.assertEqual(self.url_open(url).status_code, 200)

    def test_the_member_is_told_once_and_has_no_rights_by_rpc(self):
        session = self._marking(self.chi, self.an)
        told = self.env["mail.message"].search(
            [("model", "=", session._name), ("partner_ids", "=", self.chi.user_id.partner_id.id)]
        )
        self.assertEqual(len(told), 1)
        own = session.mark_ids.with_user(self.chi.user_id)
        with self.assertRaises(AccessError):
            own.read(["points"])
        with self.assertRaises(AccessError):
            own.write({"points": 100})

    def test_a_sheet_costs_the_same_for_many(self):
        def ask(count):
            initiatives = self.env["emulation.achievement"].union(
                *(self._initiative(self.an, name=f"Sáng kiến {number} / {count}") for number in range(count))
            )
            session = self._marking(self.chi, self.an, initiatives)
            self.login(self.chi)
            url = f"{INITIATIVES}/{session.id}"
            self.url_open(url)  # what is read once only
            before = sql_db.sql_counter
            self.assertEqual(self.url_open(url).status_code, 200)
            return sql_db.sql_counter - before

        ask(2)
        self.assertEqual(ask(2), ask(22))
