"""Every search box finds a name however it is typed: without accents, decomposed, with another Đ or apostrophe."""

import unicodedata
from datetime import date

from lxml import etree
from odoo.tests import tagged

from ..helpers.campaign_common import CampaignCommon
from ..helpers.common import EmulationCommon
from ..helpers.record_builder import RecordBuilder

TYPED = (
    "bui thi h",
    "BÙI thị",
    unicodedata.normalize("NFD", "Hường Bùi"),
    "H\u2019đan",
    "h\u2018\u00d0an",
    "hdan",
)
NAME = "Bùi Thị Hường H'Đan"
# A session is found by the commendations on its agenda, these by their key.
SEARCHED_THROUGH = {("emulation.session", "item_ids")}
# Lists of these are not searched by name: they are steps of one record, or sheets of their own.
# Made by the machine, of plain letters and digits.
RAW_BOXES = {("emulation.signing.key", "key_id")}
RELATIONS_OF_ODOO = {"res.users", "res.company", "res.partner"}


@tagged("post_install", "-at_install")
class TestSearchBoxes(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.new_employee(NAME, cls.sub_unit)

    def find(self, model, text, user=None, **context):
        records = self.env[model].with_user(user or self.user_officer).with_context(**context)
        return records.search([("display_name", "ilike", text)])

    def test_people_and_units(self):
        unit = self.new_unit(f"Đội {NAME}", parent=self.unit)
        hr_user = self.new_user("emulation_hr", "hr.group_hr_user")
        system = self.new_user("emulation_system", "base.group_system")  # reads employees, not what is for HR
        for text in TYPED:
            for user in (self.user_officer, self.user_proposer, hr_user, system):
                with self.subTest(text=text, user=user.login):
                    for model, record in (
                        ("hr.employee", self.person),
                        ("hr.employee.public", self.person),
                        ("hr.department", unit),
                    ):
                        found = self.env[model].with_user(user).name_search(text)
                        self.assertEqual([entry[0] for entry in found], record.ids, model)

    def test_a_unit_is_found_with_those_above(self):
        found = self.env["hr.department"].with_user(self.user_officer).name_search("tong hop thi dua")
        self.assertEqual([entry[0] for entry in found], self.sub_unit.ids)

    def test_others_are_not_found(self):
        employees = self.env["hr.employee"].with_user(self.user_officer)
        self.assertFalse(employees.name_search("bui thi huong z"))
        self.assertFalse(employees.name_search("b_i thi"))
        self.assertFalse(employees.name_search("b%thi"))
        not_found = employees.search(
            [("display_name", "not ilike", "bui thi"), ("id", "in", self.person.ids)]
        )
        self.assertFalse(not_found)

    def test_exact_names(self):
        found = self.env["hr.employee"].with_user(self.user_officer).search([("display_name", "=", NAME)])
        self.assertEqual(found.ids, self.person.ids)

    def test_who_left(self):
        self.person.active = False
        self.assertFalse(self.env["hr.employee"].with_user(self.user_officer).name_search(TYPED[0]))
        employees = self.env["hr.employee"].with_user(self.user_officer).with_context(active_test=False)
        self.assertEqual([entry[0] for entry in employees.name_search(TYPED[0])], self.person.ids)

    def test_boxes_of_past_years_offer_who_left(self):
        for model in ("achievement", "commendation", "exemplar", "participation", "rating", "restriction"):
            arch = (
                self.env[f"emulation.{model}"].with_user(self.user_officer).get_view(view_type="form")["arch"]
            )
            boxes = etree.fromstring(arch).xpath(
                "//field[not(ancestor::field)][@name='employee_id' or @name='department_id']"
            )
            self.assertTrue(boxes)
            for box in boxes:
                if box.get("invisible") not in ("1", "True"):
                    with self.subTest(model=model, field=box.get("name")):
                        self.assertIn("'active_test': False", box.get("context") or "", etree.tostring(box))

    def test_registers(self):
        officer = self.env["emulation.rating"].with_user(self.user_officer).env
        vals = {"employee_id": self.person.id, "company_id": self.company.id}
        records = [
            officer["emulation.rating"].create({**vals, "year": 2025, "rating": "good"}),
            officer["emulation.achievement"].create({**vals, "name": "Sổ tay"}),
            officer["emulation.restriction"].create({**vals, "date_from": date(2025, 1, 1)}),
            self.new_commendation(self.person, self.user_officer),
        ]
        for record in records:
            for text in TYPED:
                with self.subTest(model=record._name, text=text):
                    self.assertEqual(self.find(record._name, text).ids, record.ids)

    def test_a_register_follows_a_new_name(self):
        record = self.new_commendation(self.person, self.user_officer)
        self.person.name = "Đào Thị Sen"
        self.assertEqual(self.find(record._name, "dao sen").ids, record.ids)

    def test_every_model_with_a_key_is_found_by_it(self):
        builder = RecordBuilder(self.env, self.company, self.employee_unit)
        for name in self.searchable():
            if not self.env[name]._fields["search_key"].store or not self.env[name]._auto:
                continue
            record = builder.get(name)
            self.env.flush_all()
            if record.search_key:
                with self.subTest(model=name):
                    self.assertIn(
                        record.id, self.env[name].search([("display_name", "ilike", record.search_key)]).ids
                    )

    def searchable(self):
        key = "emulation.search.mixin"
        return [
            name
            for name, model in self.env.registry.models.items()
            if not model._abstract
            and "search_key" in model._fields
            and key in {base._name for base in model.mro() if hasattr(base, "_name")}
        ]

    def test_no_box_asks_for_raw_texts(self):
        """A box of a search view asks for the key, or for a record that is found by its own."""
        # The register of awards is found by the key of its commendations.
        keyed = {
            *self.searchable(),
            "emulation.granted",
            "hr.employee",
            "hr.employee.public",
            "hr.department",
        }
        keyed |= RELATIONS_OF_ODOO
        # So are the views figures are counted from.
        keyed |= {name for name in self.env.registry if name.startswith("emulation.report.")}
        actions = self.env["ir.actions.act_window"].search([("res_model", "=like", "emulation.%")])
        models = set(actions.mapped("res_model"))
        self.assertGreater(len(models), 20)
        for name in models:
            model = self.env[name]
            if model.is_transient():
                continue
            arch = etree.fromstring(model.get_view(view_type="search")["arch"])
            for box in arch.xpath("//field[not(ancestor::searchpanel)]"):
                field = model._fields[box.get("name")]
                if (name, field.name) in SEARCHED_THROUGH:
                    continue
                with self.subTest(model=name, box=field.name):
                    if field.relational:
                        self.assertIn(field.comodel_name, keyed)
                    elif field.type in ("char", "text", "html") and (name, field.name) not in RAW_BOXES:
                        self.assertEqual(field.name, "display_name", name)
                        self.assertIn(name, keyed)

    def test_keys_are_indexed(self):
        self.env.cr.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        wanted = "gin_trgm_ops" if self.env.cr.fetchone() else "text_pattern_ops"
        tables = {self.env[name]._table: "search_key" for name in self.searchable() if self.env[name]._auto}
        tables |= {"hr_employee": "emulation_search_key", "hr_department": "emulation_search_key"}
        self.env.cr.execute(
            "SELECT tablename, indexdef FROM pg_indexes WHERE tablename IN %s AND indexdef LIKE %s",
            [tuple(tables), f"%{wanted}%"],
        )
        found = {table for table, definition in self.env.cr.fetchall() if tables[table] in definition}
        self.assertEqual(set(tables), found)


@tagged("post_install", "-at_install")
class TestSearchOfMassRecords(CampaignCommon):
    def test_registrations_and_sheets_made_by_the_thousand_are_found(self):
        person = self.new_employee(NAME, self.sub_unit)
        self.campaign.with_user(self.user_officer).action_launch()
        registrations = self.env["emulation.participation"].with_user(self.user_officer)
        made = registrations._insert_registrations(self.campaign, person)
        made._do_submit()
        made._do_approve()
        self.open_round()
        for model in ("emulation.participation", "emulation.evaluation"):
            for text in TYPED:
                with self.subTest(model=model, text=text):
                    found = (
                        self.env[model].with_user(self.user_officer).search([("display_name", "ilike", text)])
                    )
                    self.assertEqual(found.employee_id, person)
