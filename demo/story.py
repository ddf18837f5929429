"""What the stories of the demo agencies share: who acts, and as whom."""

from datetime import date

from odoo.tools import file_open


class Story:
    """One chapter, told through the real verbs by the people whose job each step is."""

    def __init__(self, env):
        self.env = env

    def get(self, name):
        return self.env.ref(f"hr_emulation.{name}_demo")

    def get_user(self, agency, role):
        return self.get(f"user_{agency}_{role}")

    def as_user(self, records, user):
        """Return the records as this user sees them after logging in."""
        context = {"lang": "vi_VN", "tz": user.tz, "allowed_company_ids": user.company_ids.ids}
        return records.with_user(user).with_context(**context)

    def as_officer(self, records, agency):
        # The province has no officer of its own among the demo users: the administrator acts.
        user = self.env.ref("base.user_admin") if agency == "laichau" else self.get_user(agency, "chuyenvien")
        return self.as_user(records, user)

    def get_people(self, agency, number):
        """Return ``number`` employees of an agency, its head last: heads rarely compete."""
        ids = [self.get(f"employee_{agency}_{index:02d}").id for index in (*range(3, 13), 2, 1)]
        return self.env["hr.employee"].browse(ids[:number])

    def get_head(self, recipient):
        """Return the user who heads the recipient's unit; the one above for the head himself."""
        unit = recipient.department_id if recipient._name == "hr.employee" else recipient
        own_unit = recipient._name == "hr.department" or unit.manager_id == recipient
        return ((unit.parent_id if own_unit else unit).manager_id or unit.manager_id).user_id

    def get_this_year(self, agency, today):
        campaign = self.env["emulation.campaign"].search(
            [
                ("company_id", "=", self.get(f"company_{agency}").id),
                ("date_start", "=", date(today.year, 1, 1)),
                ("parent_id", "=", False),
            ],
            limit=1,
        )
        return self.as_officer(campaign, agency)

    def get_led_units(self, campaign):
        """Return the units below the agency whose head has an account."""
        # sudo: units - who heads them
        units = (
            self.env["hr.department"]
            .sudo()
            .search([("company_id", "=", campaign.company_id.id), ("parent_id", "!=", False)])
        )
        return units.filtered("manager_id.user_id")

    def get_evidence(self):
        """Return a picture that stands for a scan."""
        with file_open("hr_emulation/static/description/icon.png", "rb") as picture:
            return picture.read()
