from datetime import date as Date
from datetime import datetime, time

import pytz
from odoo import api, fields, models

from ...engine import working_days


class ResCompany(models.Model):
    """Working days of an agency: those of its own calendar, less the public holidays of Vietnam."""

    _inherit = "res.company"

    emulation_public_holidays = fields.Boolean(
        string="Public holidays of Vietnam",
        default=True,
        help="Deadlines leave out Tết, the Hùng Kings' day and the other public holidays (Labour Code 2019,"
        " Article 112). Days off of the agency itself stand in its working schedule.",
        groups="base.group_user",
    )

    @api.private
    def _get_emulation_is_working(self):
        """Return a function that tells of a day whether the agency works.

        :rtype: Callable[[datetime.date], bool]
        """
        self.ensure_one()
        # sudo: res.company - the hours of the agency are no secret, its calendar may be closed to the reader
        company, years = self.sudo(), {}

        def is_working(day):
            if day.year not in years:
                years[day.year] = company._get_emulation_calendar_days(day.year)
            if company.emulation_public_holidays and working_days.holiday_name(day):
                return False
            return day in years[day.year] if years[day.year] else day.weekday() < 5

        return is_working

    def _get_emulation_calendar_days(self, year):
        """Return the days of a year on which the calendar has hours; empty without a calendar."""
        calendar = self.resource_calendar_id
        if not calendar:
            return set()
        zone = pytz.timezone(calendar.tz or "Asia/Ho_Chi_Minh")
        start = zone.localize(datetime.combine(Date(year, 1, 1), time.min))
        end = zone.localize(datetime.combine(Date(year, 12, 31), time.max))
        return {begins.date() for begins, _ends, _line in calendar._work_intervals_batch(start, end)[False]}
