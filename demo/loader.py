"""Bring the demo agencies to life through the real verbs, by the people whose job each step is."""

import csv

from odoo import api, models
from odoo.tools import file_open

from .activities import ActivityStory
from .blocks import BlockStory
from .campaigns import CampaignStory
from .council import CouncilStory
from .history import HistoryStory
from .meetings import MeetingStory
from .merit import RewardStory
from .portal import PortalStory
from .superior import SuperiorStory
from .targets import TargetStory
from .unit_reports import UnitReportStory


class EmulationDemo(models.AbstractModel):
    """Called only by ``demo/story.xml``; every method is private, so nobody can call it from outside."""

    _name = "emulation.demo"
    _description = "Loader of the demo data"

    @api.model
    @api.private
    def load_passwords(self):
        """Give the users of ``demo/logins.csv`` their passwords."""
        # One hash for all who share a password: a hash costs a third of a second, there are fifty users.
        hashes = {}
        with file_open("hr_emulation/demo/logins.csv") as logins:
            rows = [row for row in csv.DictReader(logins) if row["login"] != "admin"]
        users = self.env["res.users"].search([("login", "in", [row["login"] for row in rows])])
        by_login = {user.login: user for user in users}
        for row in rows:
            password = row["password"]
            hashes.setdefault(password, users._crypt_context().hash(password))
            users._set_encrypted_password(by_login[row["login"]].id, hashes[password])

    @api.model
    @api.private
    def tell_story(self):
        """Tell everything in the order of time."""
        # Odoo reads translations after the data; what is issued here is printed for good.
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        self.env["ir.module.module"]._load_module_terms(["hr_emulation"], languages)
        campaigns = CampaignStory(self.env)
        campaigns.tell_campaigns()
        BlockStory(self.env).tell_blocks()
        campaigns.tell_this_year()
        TargetStory(self.env).tell_targets()
        UnitReportStory(self.env).tell_reports()
        ActivityStory(self.env).tell_activities()
        HistoryStory(self.env).tell_history()
        RewardStory(self.env).tell_rewards()
        campaigns.tell_ends()
        superior = SuperiorStory(self.env)
        superior.propose_upwards()
        CouncilStory(self.env).tell_councils()
        superior.send_upwards()
        superior.tell_reliance()
        PortalStory(self.env).tell_portal()
        MeetingStory(self.env).tell_meetings()
