"""What is typed, pasted or imported is stored with the letters it is meant to have."""

import unicodedata

from odoo.tests import tagged

from ..helpers.common import EmulationCommon

NAME = "Đỗ Thị H'Đào Niê"
FORMS = {
    "decomposed": unicodedata.normalize("NFD", NAME),
    "another letter that looks like Đ": NAME.replace("Đ", "\u00d0"),
    "curly apostrophe": NAME.replace("'", "\u2019"),
    "no-break spaces": NAME.replace(" ", "\u00a0"),
    "invisible letters": f"\ufeff{NAME}\u200b",
    "spaces around": f"  {NAME}  ",
}


@tagged("post_install", "-at_install")
class TestTextDoor(EmulationCommon):
    def test_created(self):
        for form, text in FORMS.items():
            with self.subTest(form=form):
                item = self.new_achievement(text)
                self.assertEqual(item.name, NAME)

    def test_written(self):
        item = self.new_achievement("x")
        for form, text in FORMS.items():
            with self.subTest(form=form):
                item.write({"name": "x"})
                item.write({"name": text})
                self.assertEqual(item.name, NAME)

    def test_default_of_the_context(self):
        achievements = self.env["emulation.achievement"].with_user(self.user_officer)
        item = achievements.with_context(default_name=FORMS["decomposed"]).create(
            {"employee_id": self.employee_sub.id}
        )
        self.assertEqual(item.name, NAME)

    def test_loaded_from_a_file(self):
        result = (
            self.env["emulation.occasion"]
            .with_user(self.user_officer)
            .load(["name", "date"], [[FORMS["decomposed"], "2026-05-19"]])
        )
        self.assertFalse(result["messages"])
        self.assertEqual(self.env["emulation.occasion"].browse(result["ids"]).name, NAME)

    def test_longer_texts_keep_their_lines(self):
        item = self.new_achievement("x")
        item.description = unicodedata.normalize("NFD", "Dòng một – “tốt”\r\n  dòng hai")
        self.assertEqual(item.description, "Dòng một – “tốt”\n  dòng hai")

    def test_the_values_of_the_caller_stay(self):
        vals = {"name": FORMS["decomposed"]}
        self.new_achievement("x").write(vals)
        self.assertEqual(vals, {"name": FORMS["decomposed"]})

    def test_names_of_people_and_units(self):
        employee = self.new_employee(FORMS["decomposed"], self.sub_unit)
        self.assertEqual(employee.name, NAME)
        employee.name = FORMS["another letter that looks like Đ"]
        self.assertEqual(employee.name, NAME)
        self.assertEqual(self.new_unit(FORMS["no-break spaces"]).name, NAME)

    def test_what_is_printed(self):
        employee = self.new_employee(FORMS["decomposed"], self.sub_unit)
        commendation = self.new_commendation(employee, state="submitted")
        self.assertEqual(commendation.recipient_name, NAME)

    def test_what_was_signed_is_kept(self):
        fields = self.env["emulation.certificate"]._emulation_raw_fields
        self.assertIn("payload", fields)
        vals = {"payload": FORMS["curly apostrophe"], "number": FORMS["curly apostrophe"]}
        self.assertEqual(
            self.env["emulation.certificate"]._clean_texts(vals), {"payload": vals["payload"], "number": NAME}
        )

    def test_other_models_are_left_alone(self):
        partner = self.env["res.partner"].create({"name": FORMS["curly apostrophe"]})
        self.assertEqual(partner.name, FORMS["curly apostrophe"])

    def new_achievement(self, name):
        achievements = self.env["emulation.achievement"].with_user(self.user_officer)
        return achievements.create({"name": name, "employee_id": self.employee_sub.id})
