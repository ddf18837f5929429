"""Bring the demo agencies to life: what XML and CSV cannot say is done here, through the real verbs."""

import csv

from odoo import api, models
from odoo.tools import file_open


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
