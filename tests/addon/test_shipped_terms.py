"""Vietnamese texts of the addon on an update: what nobody changed is brought, what somebody changed is listed."""

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.mixin import shipped_texts
from ..helpers.common import EmulationCommon

NAMES = ("emulation.award", "name")
VIEWS = ("ir.ui.view", "arch_db")
FORM = "hr_emulation.emulation_propose_view_form"


@tagged("post_install", "-at_install")
class TestShippedTerms(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.terms = cls.env["emulation.shipped.term"]
        cls.xml_ids = ["hr_emulation.award_ldtt", "hr_emulation.award_hcsv"]
        cls.first, cls.own = (cls.env.ref(name).with_context(lang="vi_VN") for name in cls.xml_ids)
        cls.form = cls.env.ref(FORM)

    def update(self, place, texts):
        """Update to a version that ships these texts."""
        kept = self.terms._renew({place: texts})
        self.terms._note({place: texts}, kept)
        self.env.invalidate_all()

    def ship_names(self, *names):
        self.update(NAMES, {xml_id: {"": name} for xml_id, name in zip(self.xml_ids, names, strict=True)})

    def get_row(self, place=NAMES):
        return self.terms.search([("res_model", "=", place[0]), ("field_name", "=", place[1])])

    def get_term(self, term):
        self.env.flush_all()
        return self.terms._read_stored(*VIEWS)[FORM].get(term)

    def test_a_changed_text_arrives_and_an_own_one_stays(self):
        english = self.own.with_context(lang=None).name
        self.ship_names("Tên trước", "Tên trước nữa")
        self.assertEqual((self.first.name, self.own.name), ("Tên trước", "Tên trước nữa"))
        self.assertFalse(self.get_row().kept_count)
        self.own.with_user(self.user_admin).name = "Tên của cơ quan"
        self.ship_names("Tên sau", "Tên sau nữa")
        self.assertEqual((self.first.name, self.own.name), ("Tên sau", "Tên của cơ quan"))
        self.assertEqual(self.own.with_context(lang=None).name, english)
        told = "“Tên của cơ quan”, originally “Tên sau nữa” (hr_emulation.award_hcsv)"
        self.assertEqual(self.get_row().kept_text, told, "side by side")
        self.assertEqual(
            self.get_row().with_context(lang="vi_VN").place,
            "Danh hiệu thi đua hoặc hình thức khen thưởng: Tên",
        )
        self.assertEqual(
            self.own.with_context(lang=None).emulation_shipped_text, "Name in Vietnamese: Tên sau nữa"
        )
        self.assertFalse(self.first.emulation_shipped_text)

    def test_a_place_that_is_gone_is_called_as_it_was(self):
        row = self.terms._create_protected([{"res_model": "gone.model", "field_name": "name"}])
        self.assertEqual(row.place, "gone.model: name")

    def test_a_second_update_changes_nothing(self):
        self.ship_names("Tên trước", "Tên trước nữa")
        self.own.name = "Tên của cơ quan"
        self.ship_names("Tên sau", "Tên sau nữa")
        row = self.get_row()
        before = row.read(["texts", "kept", "kept_count"])
        with (
            patch.object(type(self.terms), "_write_protected", side_effect=AssertionError),
            patch.object(type(self.terms), "_create_protected", return_value=None) as create,
        ):
            self.ship_names("Tên sau", "Tên sau nữa")
        self.assertEqual(create.call_args.args, ([],))
        self.assertEqual(row.read(["texts", "kept", "kept_count"]), before)
        self.assertEqual((self.first.name, self.own.name), ("Tên sau", "Tên của cơ quan"))

    def test_whoever_takes_the_text_of_the_addon_gets_the_next_one_too(self):
        self.ship_names("Tên trước", "Tên trước nữa")
        self.own.name = "Tên của cơ quan"
        self.ship_names("Tên sau", "Tên sau nữa")
        self.own.name = "Tên sau nữa"
        self.ship_names("Tên sau", "Tên mới nhất")
        self.assertEqual(self.own.name, "Tên mới nhất")
        self.assertFalse(self.get_row().kept)

    def test_terms_of_a_view_are_brought_one_by_one(self):
        before = {"Preview": "Xem trước đây", "Propose selected": "Đề nghị trước đây"}
        self.update(VIEWS, {FORM: before})
        self.assertEqual([self.get_term(term) for term in before], list(before.values()))
        other = self.get_term("Cancel")
        self.assertTrue(other)
        self.form.update_field_translations("arch_db", {"vi_VN": {"Preview": "Xem của cơ quan"}})
        after = {"Preview": "Xem trước", "Propose selected": "Đề nghị các dòng đã chọn"}
        self.update(VIEWS, {FORM: after})
        self.assertEqual(
            [self.get_term(term) for term in after], ["Xem của cơ quan", "Đề nghị các dòng đã chọn"]
        )
        self.assertEqual(self.get_term("Cancel"), other)
        self.assertEqual(self.get_row(VIEWS).kept, [[FORM, "Xem của cơ quan", "Xem trước"]])

    def test_a_term_whose_english_was_reworded_gets_its_new_text(self):
        """Odoo gives a term that is nearly the same the Vietnamese of the former one."""
        self.update(VIEWS, {FORM: {"Preview": "Xem trước đây"}})
        row = self.get_row(VIEWS)
        row._write_protected({"texts": {FORM: {"Preview!": "Xem trước đây"}}})
        self.update(VIEWS, {FORM: {"Preview": "Xem trước"}})
        self.assertEqual(self.get_term("Preview"), "Xem trước")

    def test_the_same_xml_written_otherwise_is_no_change(self):
        same = [
            ("A &amp; B<br/>", "A & B<br>"),
            ("<b class='x'>A</b>", '<b  class="x">A</b>'),
            ("A\xa0B", "A B"),
        ]
        for one, other in same:
            self.assertEqual(shipped_texts.tidy(one), shipped_texts.tidy(other))
        self.assertNotEqual(shipped_texts.tidy("A"), shipped_texts.tidy("a"))

    def test_of_a_database_without_notes_texts_of_earlier_versions_are_known(self):
        """What nobody noted: a text that a version shipped gives way, any other is the agency's."""
        self.terms.search([])._with_seal().unlink()
        self.first.name, self.own.name = "Tên phiên bản cũ", "Tên của cơ quan"
        earlier = {shipped_texts.digest(NAMES, self.xml_ids[0], "Tên phiên bản cũ")}
        with patch.object(shipped_texts, "read_earlier", return_value=earlier):
            self.ship_names("Tên sau", "Tên sau nữa")
        self.assertEqual((self.first.name, self.own.name), ("Tên sau", "Tên của cơ quan"))
        self.assertEqual(self.get_row().kept_count, 1)

    def test_what_earlier_versions_shipped_is_on_record(self):
        self.assertGreater(len(shipped_texts.read_earlier()), 100)
        shipped = shipped_texts.read(self.env.cr)
        names = shipped[NAMES]
        today = {shipped_texts.digest(NAMES, xml_id, text[""]) for xml_id, text in names.items()}
        self.assertFalse(
            today & shipped_texts.read_earlier(), "what is shipped today is no text of yesterday"
        )

    def test_an_update_by_odoo_brings_them(self):
        """Once through the door that Odoo's update takes, with the whole catalogue."""
        modules = self.env["ir.module.module"]
        today = self.first.name
        row = self.get_row()
        texts = {**row.texts, self.xml_ids[0]: {"": "Tên trước"}}
        row._write_protected({"texts": texts})
        self.first.name, self.own.name = "Tên trước", "Tên của cơ quan"
        modules._load_module_terms(["hr_emulation"], ["vi_VN"])
        self.env.invalidate_all()
        self.assertEqual((self.first.name, self.own.name), (today, "Tên của cơ quan"))
        self.assertEqual([name for name, _own, _text in row.kept], [self.xml_ids[1]])
        self.assertEqual(row.texts[self.xml_ids[0]], {"": today})
        modules._load_module_terms(["hr_emulation"], ["vi_VN"], overwrite=True)
        self.env.invalidate_all()
        self.assertNotEqual(self.own.name, "Tên của cơ quan", "that is what --i18n-overwrite is for")
        self.assertFalse(row.kept)

    def test_nothing_in_a_new_database_counts_as_changed(self):
        shipped = shipped_texts.read(self.env.cr)
        kept = self.terms._renew(shipped)
        self.assertFalse({place: texts for place, texts in kept.items() if texts})

    def test_many_changed_texts_cost_what_few_cost(self):
        award_names = {data.complete_name for data in self.find_names("emulation.award")}

        def cost(xml_ids, mark):
            texts = {xml_id: {"": f"{mark} {xml_id}"} for xml_id in xml_ids}
            return self.count_queries(lambda: self.update(NAMES, texts))

        cost(award_names, "Trước")
        few, many = sorted(award_names)[:2], sorted(award_names)[:22]
        self.assertEqual(len(many), 22)
        self.assertEqual(cost(few, "Sau"), cost(many, "Mới"))

    def find_names(self, model):
        return self.env["ir.model.data"].search([("module", "=", "hr_emulation"), ("model", "=", model)])

    def test_the_list_is_for_who_runs_the_server(self):
        with self.assertRaises(AccessError):
            self.terms.with_user(self.user_officer).search([])
        with self.assertRaises(AccessError):
            self.get_row().with_user(self.env.ref("base.user_admin")).write({"texts": {}})
